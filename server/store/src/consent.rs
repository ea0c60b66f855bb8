//! What guardians have answered about pictures.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, queries},
};
use model::{AccountId, ChildId, PurposeId, SchoolId, Time, consent::AnsweredBy};
use uuid::Uuid;

/// A guardian's latest answer to a version of a purpose. Only of guardians who have custody now.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AnswerRow {
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    #[sqlx(try_from = "Uuid")]
    pub purpose_id: PurposeId,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub yes: bool,
    #[sqlx(try_from = "String")]
    pub how: AnsweredBy,
    #[sqlx(try_from = "i64")]
    pub answered_at: Time,
}

#[derive(Debug)]
pub struct NewAnswer {
    pub id: Uuid,
    pub school: SchoolId,
    pub child: ChildId,
    pub purpose: PurposeId,
    pub account: AccountId,
    pub yes: bool,
    pub how: AnsweredBy,
    pub recorded_by: Option<AccountId>,
    pub at: Time,
}

queries! {
    COUNT_OPEN = ("SELECT COUNT(*) FROM guardianships w \
        JOIN purposes p ON p.school_id = w.school_id AND p.superseded_at IS NULL AND p.basis = 'consent' \
        WHERE w.account_id = $1 AND w.ended_at IS NULL AND w.scope = 'full' AND NOT EXISTS (SELECT 1 FROM consent_answers a \
        WHERE a.child_id = w.child_id AND a.purpose_id = p.id AND a.account_id = w.account_id)");
    // An answer counts for as long as its guardian has custody; what was answered before stays on record.
    ANSWERS = ("SELECT a.child_id, a.purpose_id, a.account_id, a.yes, a.how, a.answered_at FROM consent_answers a \
        JOIN guardianships w ON w.child_id = a.child_id AND w.account_id = a.account_id AND w.ended_at IS NULL AND w.scope = 'full' \
        WHERE a.child_id IN ids($1) AND a.purpose_id IN ids($2) AND NOT EXISTS (SELECT 1 FROM consent_answers b WHERE b.child_id = a.child_id \
        AND b.purpose_id = a.purpose_id AND b.account_id = a.account_id AND (b.answered_at, b.id) > (a.answered_at, a.id))");
    GUARDIANS = ("SELECT child_id, COUNT(*) FROM guardianships WHERE child_id IN ids($1) AND ended_at IS NULL AND scope = 'full' GROUP BY child_id");
    ADD_ANSWER = ("INSERT INTO consent_answers (id, school_id, child_id, purpose_id, account_id, yes, how, recorded_by, answered_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
}

impl Read {
    /// Latest answers of guardians with custody to these versions of purposes.
    pub async fn list_answers(&mut self, children: &[ChildId], purposes: &[PurposeId]) -> Result<Vec<AnswerRow>> {
        let children: Ids = children.iter().copied().collect();
        let purposes: Ids = purposes.iter().copied().collect();
        fetch_all!(self, AnswerRow, ANSWERS, children, purposes)
    }

    /// Questions to a guardian without an answer, over all own children.
    pub async fn count_open_questions(&mut self, account: AccountId) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT_OPEN, account.0)?.0)
    }

    /// Guardians with custody per child; children without any are not listed.
    pub async fn count_custody(&mut self, children: &[ChildId]) -> Result<Vec<(ChildId, i64)>> {
        let ids: Ids = children.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, i64), GUARDIANS, ids)?;
        Ok(rows.into_iter().map(|(child, count)| (ChildId(child), count)).collect())
    }
}

impl Write {
    pub async fn add_answer(&mut self, new: &NewAnswer) -> Result<()> {
        execute!(
            self,
            ADD_ANSWER,
            new.id,
            new.school.0,
            new.child.0,
            new.purpose.0,
            new.account.0,
            new.yes,
            new.how.as_str(),
            new.recorded_by.map(|account| account.0),
            new.at.0
        )?;
        Ok(())
    }
}
