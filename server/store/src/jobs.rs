//! The outbox: work committed together with the change it follows from.

use crate::{
    Read, Result, Wake, Write,
    sql::{execute, fetch_one, fetch_optional, queries},
};
use model::Time;
use uuid::Uuid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct JobRow {
    pub id: Uuid,
    pub kind: String,
    pub payload: String,
    pub attempts: i64,
}

#[derive(Debug)]
pub struct NewJob<'a> {
    pub id: Uuid,
    pub kind: &'a str,
    pub payload: &'a str,
    pub run_at: Time,
    pub at: Time,
}

/// Kinds of work that don't wait for each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// Everything that takes moments.
    Quick,
    /// Work on photos and documents (kind `photo`), which takes seconds of a core.
    Photos,
    /// Work on films (kind `film`), which takes minutes.
    Films,
}

impl Lane {
    pub const ALL: [Lane; 3] = [Lane::Quick, Lane::Photos, Lane::Films];

    /// Its number in the queries below.
    fn number(self) -> i64 {
        match self {
            Lane::Quick => 0,
            Lane::Photos => 1,
            Lane::Films => 2,
        }
    }
}

queries! {
    ADD = ("INSERT INTO jobs (id, kind, payload, run_at, attempts, created_at) VALUES ($1, $2, $3, $4, 0, $5) ON CONFLICT (id) DO NOTHING");
    TAKE = {
        sqlite: "UPDATE jobs SET locked_until = $2, attempts = attempts + 1 WHERE id = (\
            SELECT id FROM jobs WHERE done_at IS NULL AND run_at <= $1 AND (locked_until IS NULL OR locked_until <= $1) \
            AND CASE kind WHEN 'photo' THEN 1 WHEN 'film' THEN 2 ELSE 0 END = $3 \
            ORDER BY run_at LIMIT 1) RETURNING id, kind, payload, attempts",
        postgres: "UPDATE jobs SET locked_until = $2, attempts = attempts + 1 WHERE id = (\
            SELECT id FROM jobs WHERE done_at IS NULL AND run_at <= $1 AND (locked_until IS NULL OR locked_until <= $1) \
            AND CASE kind WHEN 'photo' THEN 1 WHEN 'film' THEN 2 ELSE 0 END = $3 \
            ORDER BY run_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING id, kind, payload, attempts",
    };
    // The payload goes when the work ends, either way: it may hold an address or a code.
    FINISH = ("UPDATE jobs SET done_at = $2, payload = '{}', locked_until = NULL, last_error = NULL WHERE id = $1");
    HOLD = ("UPDATE jobs SET locked_until = $2 WHERE id = $1 AND done_at IS NULL");
    RETRY = ("UPDATE jobs SET run_at = $2, locked_until = NULL, last_error = $3 WHERE id = $1");
    GIVE_UP = ("UPDATE jobs SET done_at = $2, payload = '{}', locked_until = NULL, last_error = $3 WHERE id = $1");
    CANCEL = ("DELETE FROM jobs WHERE id = $1 AND done_at IS NULL AND locked_until IS NULL");
    NEXT = ("SELECT MIN(CASE WHEN locked_until IS NULL OR locked_until < run_at THEN run_at ELSE locked_until END) \
        FROM jobs WHERE done_at IS NULL AND CASE kind WHEN 'photo' THEN 1 WHEN 'film' THEN 2 ELSE 0 END = $1");
    SWEEP = ("DELETE FROM jobs WHERE done_at IS NOT NULL AND done_at <= $1");
    WAITING = ("SELECT COUNT(*) FROM jobs WHERE done_at IS NULL");
}

impl Read {
    /// When the next piece of work is due.
    pub async fn next_job_at(&mut self, lane: Lane) -> Result<Option<Time>> {
        Ok(fetch_one!(self, (Option<i64>,), NEXT, lane.number())?.0.map(Time))
    }

    pub async fn count_waiting_jobs(&mut self) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), WAITING)?.0)
    }
}

impl Write {
    /// Adds work; an id that is there already is left as it is.
    pub async fn add_job(&mut self, job: NewJob<'_>) -> Result<()> {
        execute!(self, ADD, job.id, job.kind, job.payload, job.run_at.0, job.at.0)?;
        self.wake(Wake::Jobs);
        Ok(())
    }

    /// Takes the piece of work that has waited longest, for this worker alone until `locked_until`.
    pub async fn take_job(&mut self, lane: Lane, now: Time, locked_until: Time) -> Result<Option<JobRow>> {
        fetch_optional!(self, JobRow, TAKE, now.0, locked_until.0, lane.number())
    }

    /// Keeps work that takes long for the worker that has it.
    pub async fn hold_job(&mut self, id: Uuid, locked_until: Time) -> Result<()> {
        execute!(self, HOLD, id, locked_until.0)?;
        Ok(())
    }

    pub async fn finish_job(&mut self, id: Uuid, at: Time) -> Result<()> {
        execute!(self, FINISH, id, at.0)?;
        Ok(())
    }

    pub async fn retry_job(&mut self, id: Uuid, run_at: Time, error: &str) -> Result<()> {
        execute!(self, RETRY, id, run_at.0, error)?;
        self.wake(Wake::Jobs);
        Ok(())
    }

    /// Leaves the work undone for good, with the reason.
    pub async fn give_up_job(&mut self, id: Uuid, at: Time, error: &str) -> Result<()> {
        execute!(self, GIVE_UP, id, at.0, error)?;
        Ok(())
    }

    /// Takes back work that nobody has begun; false if it is too late.
    pub async fn cancel_job(&mut self, id: Uuid) -> Result<bool> {
        Ok(execute!(self, CANCEL, id)? > 0)
    }

    /// Removes work done at or before `old`.
    pub async fn sweep_jobs(&mut self, old: Time) -> Result<u64> {
        execute!(self, SWEEP, old.0)
    }
}
