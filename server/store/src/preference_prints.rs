//! Lists of who may be pictured, as they were printed.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_optional, queries},
};
use model::{AccountId, GroupId, SchoolId, Time};
use uuid::Uuid;

/// A printed list of a group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PrintRow {
    /// Who printed it.
    pub name: String,
    #[sqlx(try_from = "i64")]
    pub printed_at: Time,
    /// JSON: child, purpose, effective answer.
    pub answers: String,
}

#[derive(Clone, Copy, Debug)]
pub struct NewPrint<'a> {
    pub id: Uuid,
    pub school: SchoolId,
    pub group: GroupId,
    pub by: AccountId,
    pub at: Time,
    pub answers: &'a str,
}

queries! {
    LAST = ("SELECT a.name, p.printed_at, p.answers FROM preference_prints p JOIN accounts a ON a.id = p.printed_by \
        WHERE p.school_id = $1 AND p.group_id = $2 ORDER BY p.printed_at DESC, p.id DESC LIMIT 1");
    ADD = ("INSERT INTO preference_prints (id, school_id, group_id, printed_by, printed_at, answers) VALUES ($1, $2, $3, $4, $5, $6)");
}

impl Read {
    /// The newest print of a group's list.
    pub async fn find_last_print(&mut self, school: SchoolId, group: GroupId) -> Result<Option<PrintRow>> {
        fetch_optional!(self, PrintRow, LAST, school.0, group.0)
    }
}

impl Write {
    pub async fn add_print(&mut self, new: NewPrint<'_>) -> Result<()> {
        execute!(self, ADD, new.id, new.school.0, new.group.0, new.by.0, new.at.0, new.answers)?;
        Ok(())
    }
}
