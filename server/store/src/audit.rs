//! The audit log: who decided what, when.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_all, fetch_one, queries},
};
use model::{AccountId, SchoolId, Time};
use uuid::Uuid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AuditRow {
    pub actor: Option<String>,
    pub action: String,
    pub subject: String,
    pub detail: String,
    #[sqlx(try_from = "i64")]
    pub at: Time,
}

#[derive(Debug)]
pub struct NewAudit<'a> {
    pub id: Uuid,
    pub school: SchoolId,
    /// None for what the system did by itself.
    pub actor: Option<AccountId>,
    /// Such as `access.approve`.
    pub action: &'a str,
    pub subject: &'a str,
    pub detail: &'a str,
    pub at: Time,
}

queries! {
    ADD = ("INSERT INTO audit_log (id, school_id, actor_id, action, subject, detail, at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    COUNT = ("SELECT COUNT(*) FROM audit_log WHERE school_id = $1 AND action = $2");
    NEWEST = ("SELECT a.name AS actor, l.action, l.subject, l.detail, l.at FROM audit_log l \
        LEFT JOIN accounts a ON a.id = l.actor_id WHERE l.school_id = $1 ORDER BY l.at DESC, l.id DESC LIMIT $2");
}

impl Read {
    /// How often this was done in the school.
    pub async fn count_audit(&mut self, school: SchoolId, action: &str) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT, school.0, action)?.0)
    }

    pub async fn list_audit(&mut self, school: SchoolId, limit: i64) -> Result<Vec<AuditRow>> {
        fetch_all!(self, AuditRow, NEWEST, school.0, limit)
    }
}

impl Write {
    pub async fn add_audit(&mut self, new: NewAudit<'_>) -> Result<()> {
        execute!(
            self,
            ADD,
            new.id,
            new.school.0,
            new.actor.map(|actor| actor.0),
            new.action,
            new.subject,
            new.detail,
            new.at.0
        )?;
        Ok(())
    }
}
