//! Sessions: devices that are signed in. Only the hash of a token is stored.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_all, fetch_optional, queries},
};
use model::{AccountId, SessionId, Time};
use uuid::Uuid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SessionRow {
    #[sqlx(try_from = "Uuid")]
    pub id: SessionId,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub user_agent: String,
    #[sqlx(try_from = "i64")]
    pub created_at: Time,
    #[sqlx(try_from = "i64")]
    pub seen_at: Time,
    #[sqlx(try_from = "i64")]
    pub expires_at: Time,
}

/// A session that opens, with its account.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OpenSession {
    #[sqlx(try_from = "Uuid")]
    pub id: SessionId,
    #[sqlx(try_from = "i64")]
    pub seen_at: Time,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub email: String,
    pub name: String,
    pub language: Option<String>,
    /// Number of the newest event for open pages, whoever it is for; 0 if none.
    pub heard: i64,
}

#[derive(Debug)]
pub struct NewSession<'a> {
    pub id: SessionId,
    pub account: AccountId,
    pub token_hash: &'a [u8],
    pub user_agent: &'a str,
    pub at: Time,
    pub expires: Time,
}

queries! {
    CREATE = ("INSERT INTO sessions (id, account_id, token_hash, user_agent, created_at, seen_at, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $5, $6)");
    BY_TOKEN = ("SELECT s.id, s.seen_at, s.account_id, a.email, a.name, a.language, \
        (SELECT COALESCE(MAX(seq), 0) FROM live_events) AS heard FROM sessions s \
        JOIN accounts a ON a.id = s.account_id \
        WHERE s.token_hash = $1 AND s.ended_at IS NULL AND s.expires_at > $2 AND s.seen_at > $3 AND a.disabled_at IS NULL");
    OF_ACCOUNT = ("SELECT id, account_id, user_agent, created_at, seen_at, expires_at FROM sessions \
        WHERE account_id = $1 AND ended_at IS NULL AND expires_at > $2 AND seen_at > $3 ORDER BY seen_at DESC");
    SEEN = ("UPDATE sessions SET seen_at = $2 WHERE id = $1");
    END = ("UPDATE sessions SET ended_at = $3 WHERE id = $1 AND account_id = $2 AND ended_at IS NULL");
    END_ALL = ("UPDATE sessions SET ended_at = $2 WHERE account_id = $1 AND ended_at IS NULL");
    KNOWN_DEVICE = ("SELECT account_id FROM known_devices WHERE token_hash = $1");
    ADD_KNOWN_DEVICE = ("INSERT INTO known_devices (token_hash, account_id, created_at) VALUES ($1, $2, $3)");
    END_OTHERS = ("UPDATE sessions SET ended_at = $3 WHERE account_id = $1 AND id <> $2 AND ended_at IS NULL");
}

impl Read {
    /// The session of a token that is neither ended, expired, nor idle since before `idle_since`.
    pub async fn find_session(
        &mut self,
        token_hash: &[u8],
        now: Time,
        idle_since: Time,
    ) -> Result<Option<OpenSession>> {
        fetch_optional!(self, OpenSession, BY_TOKEN, token_hash, now.0, idle_since.0)
    }

    /// Whether this browser has signed in to the account before.
    pub async fn is_known_device(&mut self, token_hash: &[u8], account: AccountId) -> Result<bool> {
        let row = fetch_optional!(self, (Uuid,), KNOWN_DEVICE, token_hash)?;
        Ok(row.is_some_and(|(known,)| known == account.0))
    }

    /// The account's devices, last seen first.
    pub async fn list_sessions(&mut self, account: AccountId, now: Time, idle_since: Time) -> Result<Vec<SessionRow>> {
        fetch_all!(self, SessionRow, OF_ACCOUNT, account.0, now.0, idle_since.0)
    }
}

impl Write {
    pub async fn create_session(&mut self, new: NewSession<'_>) -> Result<()> {
        execute!(self, CREATE, new.id.0, new.account.0, new.token_hash, new.user_agent, new.at.0, new.expires.0)?;
        Ok(())
    }

    pub async fn add_known_device(&mut self, token_hash: &[u8], account: AccountId, at: Time) -> Result<()> {
        execute!(self, ADD_KNOWN_DEVICE, token_hash, account.0, at.0)?;
        Ok(())
    }

    pub async fn mark_session_seen(&mut self, id: SessionId, at: Time) -> Result<()> {
        execute!(self, SEEN, id.0, at.0)?;
        Ok(())
    }

    /// Ends one session of the account; false if it has no such session.
    pub async fn end_session(&mut self, account: AccountId, id: SessionId, at: Time) -> Result<bool> {
        Ok(execute!(self, END, id.0, account.0, at.0)? > 0)
    }

    pub async fn end_all_sessions(&mut self, account: AccountId, at: Time) -> Result<()> {
        execute!(self, END_ALL, account.0, at.0)?;
        Ok(())
    }

    /// Ends all sessions of the account but one.
    pub async fn end_other_sessions(&mut self, account: AccountId, keep: SessionId, at: Time) -> Result<()> {
        execute!(self, END_OTHERS, account.0, keep.0, at.0)?;
        Ok(())
    }
}
