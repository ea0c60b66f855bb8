//! Events for open pages.

use crate::{
    Read, Result, Wake, Write,
    sql::{execute, fetch_all, fetch_one, queries},
};
use model::{AccountId, Time};

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct LiveRow {
    pub seq: i64,
    pub event: String,
}

queries! {
    // Numbers must become visible in their order, or a stream that has sent 8 never sends 7: on PostgreSQL writers of
    // events take turns; SQLite has one writer anyway.
    LOCK = { sqlite: "SELECT 1", postgres: "SELECT 1 FROM (SELECT pg_advisory_xact_lock(1768646514)) l" };
    ADD = ("INSERT INTO live_events (account_id, event, created_at) VALUES ($1, $2, $3)");
    AFTER = ("SELECT seq, event FROM live_events WHERE account_id = $1 AND seq > $2 ORDER BY seq LIMIT 200");
    LAST = ("SELECT COALESCE(MAX(seq), 0) FROM live_events");
    FIRST = ("SELECT COALESCE(MIN(seq), 0) FROM live_events");
    SWEEP = ("DELETE FROM live_events WHERE created_at <= $1");
}

impl Read {
    /// The account's events after a number, in order, at most 200.
    pub async fn list_live_events(&mut self, account: AccountId, after: i64) -> Result<Vec<LiveRow>> {
        fetch_all!(self, LiveRow, AFTER, account.0, after)
    }

    /// The newest number there is, 0 if none.
    pub async fn last_live_seq(&mut self) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), LAST)?.0)
    }

    /// The oldest number still kept, 0 if none.
    pub async fn first_live_seq(&mut self) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), FIRST)?.0)
    }
}

impl Write {
    /// Tells open pages of these accounts; `event` is JSON of `model::live::LiveEvent`.
    pub async fn add_live_event(&mut self, accounts: &[AccountId], event: &str, at: Time) -> Result<()> {
        if accounts.is_empty() {
            return Ok(());
        }
        fetch_one!(self, (i32,), LOCK)?;
        for account in accounts {
            execute!(self, ADD, account.0, event, at.0)?;
        }
        self.wake(Wake::Live);
        Ok(())
    }

    /// Forgets events made at or before `old`.
    pub async fn sweep_live_events(&mut self, old: Time) -> Result<u64> {
        execute!(self, SWEEP, old.0)
    }
}
