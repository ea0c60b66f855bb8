//! Counters that slow down guessing.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_one, fetch_optional, queries},
};
use model::Time;

queries! {
    COUNT = ("INSERT INTO tries (bucket, window_start, count) VALUES ($1, $2, 1) \
        ON CONFLICT (bucket) DO UPDATE SET \
        count = CASE WHEN tries.window_start <= $3 THEN 1 ELSE tries.count + 1 END, \
        window_start = CASE WHEN tries.window_start <= $3 THEN $2 ELSE tries.window_start END \
        RETURNING count, window_start");
    FIND = ("SELECT count, window_start FROM tries WHERE bucket = $1");
    FORGET = ("DELETE FROM tries WHERE bucket = $1");
    UNCOUNT = ("UPDATE tries SET count = count - 1 WHERE bucket = $1 AND count > 0");
    SWEEP = ("DELETE FROM tries WHERE window_start <= $1");
}

impl Read {
    /// Tries counted in a bucket and when its window began.
    pub async fn find_tries(&mut self, bucket: &str) -> Result<Option<(i64, i64)>> {
        fetch_optional!(self, (i64, i64), FIND, bucket)
    }
}

impl Write {
    /// Counts one more try; a window that began at or before `old` starts anew. Answers count and begin of the window.
    pub async fn count_try(&mut self, bucket: &str, now: Time, old: Time) -> Result<(i64, i64)> {
        fetch_one!(self, (i64, i64), COUNT, bucket, now.0, old.0)
    }

    /// Takes one counted try back: it was no guess.
    pub async fn uncount_try(&mut self, bucket: &str) -> Result<()> {
        execute!(self, UNCOUNT, bucket)?;
        Ok(())
    }

    pub async fn forget_tries(&mut self, bucket: &str) -> Result<()> {
        execute!(self, FORGET, bucket)?;
        Ok(())
    }

    /// Removes windows that began at or before `old`.
    pub async fn sweep_tries(&mut self, old: Time) -> Result<u64> {
        execute!(self, SWEEP, old.0)
    }
}
