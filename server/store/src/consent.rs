//! What has been answered about pictures: rows that are added and never changed, a chain for each child.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_optional, queries},
};
use model::{AccountId, AnswerId, ChildId, FormId, PurposeId, SchoolId, Time, consent::AnsweredBy};
use uuid::Uuid;

/// Somebody's latest answer to a version of a purpose. Only of those who decide for the child now.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct AnswerRow {
    #[sqlx(try_from = "Uuid")]
    pub id: AnswerId,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    #[sqlx(try_from = "Uuid")]
    pub purpose_id: PurposeId,
    account_id: Option<Uuid>,
    pub yes: bool,
    #[sqlx(try_from = "String")]
    pub how: AnsweredBy,
    #[sqlx(try_from = "i64")]
    pub answered_at: Time,
}

impl AnswerRow {
    /// An answer that is about to be given.
    pub fn new(
        id: AnswerId,
        child: ChildId,
        purpose: PurposeId,
        account: Option<AccountId>,
        yes: bool,
        how: AnsweredBy,
    ) -> AnswerRow {
        let account_id = account.map(|account| account.0);
        AnswerRow { id, child_id: child, purpose_id: purpose, account_id, yes, how, answered_at: Time(0) }
    }

    /// The guardian; none: the pupil.
    pub fn account(&self) -> Option<AccountId> {
        self.account_id.map(AccountId)
    }
}

/// What the latest answers about a child to a version of a purpose are. Only of those who decide for the child now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct SaidRow {
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    #[sqlx(try_from = "Uuid")]
    pub purpose_id: PurposeId,
    /// How many said yes, and how many no.
    pub yes: i64,
    pub no: i64,
    /// How many of them are the pupil: one or none.
    pub pupils: i64,
}

/// One row of the record, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct RecordedAnswer {
    pub id: Uuid,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    /// Counts the answers about the child, from 1.
    pub seq: i64,
    #[sqlx(try_from = "Uuid")]
    pub purpose_id: PurposeId,
    pub account_id: Option<Uuid>,
    pub yes: bool,
    #[sqlx(try_from = "String")]
    pub how: AnsweredBy,
    pub recorded_by: Option<Uuid>,
    pub form_id: Option<Uuid>,
    #[sqlx(try_from = "i64")]
    pub answered_at: Time,
    /// Pictures that it hid.
    pub hidden: i64,
    /// Pictures that staff were given to look through.
    pub to_review: i64,
    /// SHA-256 of the text that was answered.
    pub text_hash: Option<Vec<u8>>,
    /// The hash of the row before it about the child.
    pub previous_hash: Option<Vec<u8>>,
    /// Its own hash; none in rows from before there was a chain.
    pub hash: Option<Vec<u8>>,
}

/// An answer with what was asked, for the one who gave it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct OwnAnswerRow {
    #[sqlx(try_from = "Uuid")]
    pub id: AnswerId,
    /// Its place among all answers about the child: not for the eyes of one guardian.
    pub seq: i64,
    #[sqlx(try_from = "Uuid")]
    pub purpose_id: PurposeId,
    /// JSON, as of [`crate::PurposeRow`].
    pub texts: String,
    #[sqlx(try_from = "i64")]
    pub asked_since: Time,
    pub superseded_at: Option<i64>,
    pub yes: bool,
    #[sqlx(try_from = "String")]
    pub how: AnsweredBy,
    pub form_id: Option<Uuid>,
    #[sqlx(try_from = "i64")]
    pub answered_at: Time,
    pub hidden: i64,
    pub to_review: i64,
}

/// What a chain ends with.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ChainHead {
    pub seq: i64,
    pub hash: Vec<u8>,
}

/// What is left of answers that were erased.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ErasureRow {
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub erased_by: AccountId,
    #[sqlx(try_from = "i64")]
    pub erased_at: Time,
    pub reason: String,
    /// How many answers there were.
    pub answers: i64,
    pub last_hash: Option<Vec<u8>>,
}

/// A paper form that the office has read in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PaperFormRow {
    #[sqlx(try_from = "Uuid")]
    pub id: FormId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    pub account_id: Option<Uuid>,
    #[sqlx(try_from = "Uuid")]
    pub recorded_by: AccountId,
    #[sqlx(try_from = "i64")]
    pub recorded_at: Time,
    pub media_type: String,
    /// SHA-256 of the file.
    pub file_hash: Vec<u8>,
    pub bytes: i64,
}

/// A paper form with the names of whose it is and of who read it in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct NamedFormRow {
    #[sqlx(try_from = "Uuid")]
    pub id: FormId,
    #[sqlx(try_from = "i64")]
    pub recorded_at: Time,
    pub of_name: Option<String>,
    pub by_name: String,
}

/// Latest answers to versions of purposes ($2) about children ($1). An answer counts for as long as its guardian has custody and the
/// child is a minor in this; what was answered before stays on record. $3: who was born on that day or earlier decides for
/// themselves.
macro_rules! latest {
    ($columns:literal, $rest:literal) => {
        concat!(
            "SELECT ",
            $columns,
            " FROM consent_answers a JOIN children c ON c.id = a.child_id \
            LEFT JOIN guardianships w ON w.child_id = a.child_id AND w.account_id = a.account_id AND w.ended_at IS NULL AND w.scope = 'full' \
            WHERE a.child_id IN ids($1) AND a.purpose_id IN ids($2) \
            AND CASE WHEN c.born_on <= $3 THEN a.account_id IS NULL ELSE w.id IS NOT NULL END \
            AND NOT EXISTS (SELECT 1 FROM consent_answers b WHERE b.child_id = a.child_id AND b.purpose_id = a.purpose_id \
            AND b.account_id IS NOT DISTINCT FROM a.account_id AND b.seq > a.seq)",
            $rest
        )
    };
}

queries! {
    OPEN = ("SELECT w.child_id, COUNT(*) FROM guardianships w \
        JOIN purposes p ON p.school_id = w.school_id AND p.superseded_at IS NULL AND p.basis = 'consent' \
        JOIN children c ON c.id = w.child_id AND c.left_at IS NULL \
        WHERE w.account_id = $1 AND w.school_id = $3 AND w.ended_at IS NULL AND w.scope = 'full' AND (c.born_on IS NULL OR c.born_on > $2) \
        AND NOT EXISTS (SELECT 1 FROM consent_answers a \
        WHERE a.child_id = w.child_id AND a.purpose_id = p.id AND a.account_id = w.account_id) GROUP BY w.child_id");
    ANSWERS = (latest!("a.id, a.child_id, a.purpose_id, a.account_id, a.yes, a.how, a.answered_at", ""));
    SAID = (latest!("a.child_id, a.purpose_id, COUNT(*) FILTER (WHERE a.yes) AS yes, COUNT(*) FILTER (WHERE NOT a.yes) AS no, \
        COUNT(*) FILTER (WHERE a.account_id IS NULL) AS pupils", " GROUP BY a.child_id, a.purpose_id"));
    GUARDIANS = ("SELECT w.child_id, COUNT(*) FROM guardianships w JOIN children c ON c.id = w.child_id \
        WHERE w.child_id IN ids($1) AND w.ended_at IS NULL AND w.scope = 'full' AND (c.born_on IS NULL OR c.born_on > $2) GROUP BY w.child_id");
    RECORD = ("SELECT id, school_id, child_id, seq, purpose_id, account_id, yes, how, recorded_by, form_id, answered_at, hidden, to_review, \
        text_hash, previous_hash, hash FROM consent_answers WHERE child_id = $1 ORDER BY seq");
    OWN_ANSWERS = ("SELECT a.id, a.seq, a.purpose_id, p.texts, p.created_at AS asked_since, p.superseded_at, a.yes, a.how, a.form_id, \
        a.answered_at, a.hidden, a.to_review FROM consent_answers a JOIN purposes p ON p.id = a.purpose_id \
        WHERE a.child_id = $1 AND a.account_id = $2 AND a.seq < $3 ORDER BY a.seq DESC LIMIT $4");
    OWN_ANSWER = ("SELECT a.id, a.seq, a.purpose_id, p.texts, p.created_at AS asked_since, p.superseded_at, a.yes, a.how, a.form_id, \
        a.answered_at, a.hidden, a.to_review FROM consent_answers a JOIN purposes p ON p.id = a.purpose_id \
        WHERE a.child_id = $1 AND a.account_id = $2 AND a.id = $3");
    CHILDREN_ON_RECORD = ("SELECT child_id FROM consent_answers WHERE child_id > $1 \
        UNION SELECT child_id FROM consent_heads WHERE child_id > $1 ORDER BY child_id LIMIT $2");
    HEAD = ("SELECT seq, hash FROM consent_heads WHERE child_id = $1");
    SET_HEAD = ("INSERT INTO consent_heads (child_id, school_id, seq, hash) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (child_id) DO UPDATE SET seq = excluded.seq, hash = excluded.hash");
    ADD_ANSWER = ("INSERT INTO consent_answers (id, school_id, child_id, seq, purpose_id, account_id, yes, how, recorded_by, form_id, \
        answered_at, hidden, to_review, text_hash, previous_hash, hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)");
    ADD_FORM = ("INSERT INTO paper_forms (id, school_id, child_id, account_id, recorded_by, recorded_at, media_type, file_hash, bytes) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
    FORM = ("SELECT id, school_id, child_id, account_id, recorded_by, recorded_at, media_type, file_hash, bytes FROM paper_forms WHERE id = $1");
    FORMS_OF_CHILD = ("SELECT id, school_id, child_id, account_id, recorded_by, recorded_at, media_type, file_hash, bytes FROM paper_forms \
        WHERE child_id = $1 ORDER BY recorded_at, id");
    NAMED_FORMS = ("SELECT f.id, f.recorded_at, o.name AS of_name, b.name AS by_name FROM paper_forms f \
        JOIN accounts b ON b.id = f.recorded_by LEFT JOIN accounts o ON o.id = f.account_id \
        WHERE f.child_id = $1 ORDER BY f.recorded_at DESC, f.id DESC");
    KEPT_FORMS = ("SELECT id FROM paper_forms WHERE id IN ids($1)");
    ADD_ERASURE = ("INSERT INTO consent_erasures (child_id, school_id, erased_by, erased_at, reason, answers, last_hash) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)");
    ERASURE = ("SELECT child_id, school_id, erased_by, erased_at, reason, answers, last_hash FROM consent_erasures WHERE child_id = $1");
    ERASE_ANSWERS = ("DELETE FROM consent_answers WHERE child_id = $1");
    ERASE_FORMS = ("DELETE FROM paper_forms WHERE child_id = $1");
    ERASE_HEAD = ("DELETE FROM consent_heads WHERE child_id = $1");
}

impl Read {
    /// Latest answers, of those who decide now, to these versions of purposes. `grown_up`: who was born on that day
    /// (`YYYY-MM-DD`) or earlier decides for themselves.
    pub async fn list_answers(
        &mut self,
        children: &[ChildId],
        purposes: &[PurposeId],
        grown_up: &str,
    ) -> Result<Vec<AnswerRow>> {
        let children: Ids = children.iter().copied().collect();
        let purposes: Ids = purposes.iter().copied().collect();
        fetch_all!(self, AnswerRow, ANSWERS, children, purposes, grown_up)
    }

    /// How many of the same answers are yes and no, for each child and purpose that has any.
    pub async fn count_answers(
        &mut self,
        children: &[ChildId],
        purposes: &[PurposeId],
        grown_up: &str,
    ) -> Result<Vec<SaidRow>> {
        let children: Ids = children.iter().copied().collect();
        let purposes: Ids = purposes.iter().copied().collect();
        fetch_all!(self, SaidRow, SAID, children, purposes, grown_up)
    }

    /// How many questions of a school to a guardian have no answer, per own child; a child without any is not listed.
    pub async fn list_open_questions(
        &mut self,
        account: AccountId,
        school: SchoolId,
        grown_up: &str,
    ) -> Result<Vec<(ChildId, i64)>> {
        let rows = fetch_all!(self, (Uuid, i64), OPEN, account.0, grown_up, school.0)?;
        Ok(rows.into_iter().map(|(child, count)| (ChildId(child), count)).collect())
    }

    /// What somebody has answered about a child before the answer with this `seq`, newest first.
    pub async fn list_own_answers(
        &mut self,
        child: ChildId,
        account: AccountId,
        before: i64,
        limit: i64,
    ) -> Result<Vec<OwnAnswerRow>> {
        fetch_all!(self, OwnAnswerRow, OWN_ANSWERS, child.0, account.0, before, limit)
    }

    /// One of them.
    pub async fn find_own_answer(
        &mut self,
        child: ChildId,
        account: AccountId,
        answer: AnswerId,
    ) -> Result<Option<OwnAnswerRow>> {
        fetch_optional!(self, OwnAnswerRow, OWN_ANSWER, child.0, account.0, answer.0)
    }

    /// Guardians with custody per child that they decide for; children without any are not listed.
    pub async fn count_custody(&mut self, children: &[ChildId], grown_up: &str) -> Result<Vec<(ChildId, i64)>> {
        let ids: Ids = children.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, i64), GUARDIANS, ids, grown_up)?;
        Ok(rows.into_iter().map(|(child, count)| (ChildId(child), count)).collect())
    }

    /// Everything that was ever answered about a child, oldest first.
    pub async fn list_record(&mut self, child: ChildId) -> Result<Vec<RecordedAnswer>> {
        fetch_all!(self, RecordedAnswer, RECORD, child.0)
    }

    /// The next children with a record, by id.
    pub async fn list_children_on_record(&mut self, after: ChildId, limit: i64) -> Result<Vec<ChildId>> {
        let rows = fetch_all!(self, (Uuid,), CHILDREN_ON_RECORD, after.0, limit)?;
        Ok(rows.into_iter().map(|(child,)| ChildId(child)).collect())
    }

    pub async fn find_chain_head(&mut self, child: ChildId) -> Result<Option<ChainHead>> {
        fetch_optional!(self, ChainHead, HEAD, child.0)
    }

    pub async fn find_paper_form(&mut self, form: FormId) -> Result<Option<PaperFormRow>> {
        fetch_optional!(self, PaperFormRow, FORM, form.0)
    }

    pub async fn list_paper_forms(&mut self, child: ChildId) -> Result<Vec<PaperFormRow>> {
        fetch_all!(self, PaperFormRow, FORMS_OF_CHILD, child.0)
    }

    /// The same with names, newest first.
    pub async fn list_named_forms(&mut self, child: ChildId) -> Result<Vec<NamedFormRow>> {
        fetch_all!(self, NamedFormRow, NAMED_FORMS, child.0)
    }

    /// Those of the forms that are on record.
    pub async fn list_kept_forms(&mut self, forms: &[FormId]) -> Result<Vec<FormId>> {
        let ids: Ids = forms.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid,), KEPT_FORMS, ids)?;
        Ok(rows.into_iter().map(|(id,)| FormId(id)).collect())
    }

    /// The marker in place of erased answers.
    pub async fn find_erasure(&mut self, child: ChildId) -> Result<Option<ErasureRow>> {
        fetch_optional!(self, ErasureRow, ERASURE, child.0)
    }
}

impl Write {
    /// Adds the next answer about its child, and moves the end of the chain to it.
    pub async fn add_answer(&mut self, new: &RecordedAnswer) -> Result<()> {
        execute!(
            self,
            ADD_ANSWER,
            new.id,
            new.school_id.0,
            new.child_id.0,
            new.seq,
            new.purpose_id.0,
            new.account_id,
            new.yes,
            new.how.as_str(),
            new.recorded_by,
            new.form_id,
            new.answered_at.0,
            new.hidden,
            new.to_review,
            new.text_hash.as_deref(),
            new.previous_hash.as_deref(),
            new.hash.as_deref()
        )?;
        if let Some(hash) = &new.hash {
            execute!(self, SET_HEAD, new.child_id.0, new.school_id.0, new.seq, hash)?;
        }
        Ok(())
    }

    pub async fn add_paper_form(&mut self, new: &PaperFormRow) -> Result<()> {
        execute!(
            self,
            ADD_FORM,
            new.id.0,
            new.school_id.0,
            new.child_id.0,
            new.account_id,
            new.recorded_by.0,
            new.recorded_at.0,
            &new.media_type,
            &new.file_hash,
            new.bytes
        )?;
        Ok(())
    }

    /// Puts a marker in place of a child's answers and paper forms.
    pub async fn erase_answers(&mut self, marker: &ErasureRow) -> Result<()> {
        let child = marker.child_id.0;
        execute!(
            self,
            ADD_ERASURE,
            child,
            marker.school_id.0,
            marker.erased_by.0,
            marker.erased_at.0,
            &marker.reason,
            marker.answers,
            marker.last_hash.as_deref()
        )?;
        execute!(self, ERASE_ANSWERS, child)?;
        execute!(self, ERASE_FORMS, child)?;
        execute!(self, ERASE_HEAD, child)?;
        Ok(())
    }
}
