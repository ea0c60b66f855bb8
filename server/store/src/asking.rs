//! Whom a school asks about pictures, since when, and how often it has reminded them.

use crate::{
    Read, Result, Write,
    purposes::PurposeRow,
    sql::{execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{AccountId, ChildId, SchoolId, Time};
use uuid::Uuid;

/// A guardian who decides for a child of the school; with several children, the first of them by name.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AskedRow {
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub name: String,
    pub email: String,
    pub language: Option<String>,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
}

/// The current version of a purpose, and since when it is that.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CurrentPurposeRow {
    #[sqlx(flatten)]
    pub purpose: PurposeRow,
    #[sqlx(try_from = "i64")]
    pub created_at: Time,
}

/// Letters that went to guardians together.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ReminderRow {
    pub id: Uuid,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    /// None: the yearly one.
    pub sent_by: Option<Uuid>,
    #[sqlx(try_from = "i64")]
    pub sent_at: Time,
    pub letters: i64,
}

queries! {
    CURRENT = ("SELECT id, school_id, key, version, basis, texts, position, created_at FROM purposes \
        WHERE school_id = $1 AND superseded_at IS NULL ORDER BY position, key");
    // $2: who was born on that day or earlier decides for themselves. $3: only who has a question left to answer.
    ASKED = ("SELECT a.id AS account_id, a.name, a.email, a.language, c.id AS child_id FROM guardianships w \
        JOIN children c ON c.id = w.child_id AND c.left_at IS NULL AND (c.born_on IS NULL OR c.born_on > $2) \
        JOIN accounts a ON a.id = w.account_id AND a.disabled_at IS NULL \
        WHERE w.school_id = $1 AND w.ended_at IS NULL AND w.scope = 'full' AND (NOT $3 OR EXISTS (\
        SELECT 1 FROM purposes p WHERE p.school_id = w.school_id AND p.superseded_at IS NULL AND p.basis = 'consent' \
        AND NOT EXISTS (SELECT 1 FROM consent_answers n WHERE n.child_id = w.child_id AND n.purpose_id = p.id \
        AND n.account_id = w.account_id))) ORDER BY a.id, c.given_name, c.id");
    ADD_REMINDER = ("INSERT INTO preference_reminders (id, school_id, sent_by, sent_at, letters) VALUES ($1, $2, $3, $4, $5)");
    LAST_REMINDER = ("SELECT id, school_id, sent_by, sent_at, letters FROM preference_reminders WHERE school_id = $1 \
        ORDER BY sent_at DESC, id DESC LIMIT 1");
    COUNT_YEARLY = ("SELECT COUNT(*) FROM preference_reminders WHERE school_id = $1 AND sent_by IS NULL AND sent_at >= $2");
}

impl Read {
    /// Current versions, in order, with their dates.
    pub async fn list_current_purposes(&mut self, school: SchoolId) -> Result<Vec<CurrentPurposeRow>> {
        fetch_all!(self, CurrentPurposeRow, CURRENT, school.0)
    }

    /// Guardians with custody of children that are there and don't decide for themselves, each once. `grown_up`: who was born
    /// on that day (`YYYY-MM-DD`) or earlier decides for themselves.
    pub async fn list_asked_guardians(&mut self, school: SchoolId, grown_up: &str) -> Result<Vec<AskedRow>> {
        self.list_asked(school, grown_up, false).await
    }

    /// Those of them who have not answered everything that they are asked.
    pub async fn list_open_guardians(&mut self, school: SchoolId, grown_up: &str) -> Result<Vec<AskedRow>> {
        self.list_asked(school, grown_up, true).await
    }

    async fn list_asked(&mut self, school: SchoolId, grown_up: &str, only_open: bool) -> Result<Vec<AskedRow>> {
        let mut rows = fetch_all!(self, AskedRow, ASKED, school.0, grown_up, only_open)?;
        rows.dedup_by_key(|row| row.account_id);
        Ok(rows)
    }

    /// The newest letters, whoever sent them.
    pub async fn find_last_reminder(&mut self, school: SchoolId) -> Result<Option<ReminderRow>> {
        fetch_optional!(self, ReminderRow, LAST_REMINDER, school.0)
    }

    /// Whether the yearly letters have gone out since then.
    pub async fn has_yearly_reminder(&mut self, school: SchoolId, since: Time) -> Result<bool> {
        Ok(fetch_one!(self, (i64,), COUNT_YEARLY, school.0, since.0)?.0 > 0)
    }
}

impl Write {
    pub async fn add_reminder(&mut self, new: &ReminderRow) -> Result<()> {
        execute!(self, ADD_REMINDER, new.id, new.school_id.0, new.sent_by, new.sent_at.0, new.letters)?;
        Ok(())
    }
}
