//! The record of answers: a chain for each child, in which each row seals the one before it.
//!
//! A row holds the hash of the text that was answered, the hash of the row before it, and its own, which is made of all that it
//! says. Whoever changes, removes or slips in a row afterwards breaks what follows; `consent_heads` says where it ends. Rows from
//! before there was a chain have no hashes: what they say is sealed by the next answer about their child.

use crate::Result;
use model::{AccountId, ChildId, FormId, SchoolId, Time, consent::AnsweredBy};
use sha2::{Digest as _, Sha256};
use store::{PurposeRow, Read, RecordedAnswer, Write};
use uuid::Uuid;

/// Children whose records are looked at together.
const CHUNK: i64 = 500;
/// What the first row of a child has before it.
const BEGINNING: [u8; 32] = [0; 32];

/// An answer that is to be put on record.
#[derive(Debug)]
pub struct NewAnswer<'a> {
    pub id: Uuid,
    pub school: SchoolId,
    pub child: ChildId,
    pub purpose: &'a PurposeRow,
    /// None: the pupil.
    pub account: Option<AccountId>,
    pub yes: bool,
    pub how: AnsweredBy,
    pub recorded_by: Option<AccountId>,
    pub form: Option<FormId>,
    pub at: Time,
    pub hidden: i64,
    pub to_review: i64,
}

/// Adds the next answer about a child, sealed. The child is locked.
pub async fn append(write: &mut Write, new: NewAnswer<'_>) -> Result<()> {
    let (last, previous) = match write.find_chain_head(new.child).await? {
        Some(head) => (head.seq, head.hash),
        None => {
            let unsealed = write.list_record(new.child).await?;
            (unsealed.last().map_or(0, |row| row.seq), fold(&unsealed).to_vec())
        }
    };
    let mut row = RecordedAnswer {
        id: new.id,
        school_id: new.school,
        child_id: new.child,
        seq: last + 1,
        purpose_id: new.purpose.id,
        account_id: new.account.map(|account| account.0),
        yes: new.yes,
        how: new.how,
        recorded_by: new.recorded_by.map(|account| account.0),
        form_id: new.form.map(|form| form.0),
        answered_at: new.at,
        hidden: new.hidden,
        to_review: new.to_review,
        text_hash: Some(text_hash(new.purpose)),
        previous_hash: Some(previous.clone()),
        hash: None,
    };
    row.hash = Some(seal(&previous, &row).to_vec());
    write.add_answer(&row).await?;
    Ok(())
}

/// What was answered: the purpose's words in every language.
fn text_hash(purpose: &PurposeRow) -> Vec<u8> {
    Sha256::digest(purpose.texts.as_bytes()).to_vec()
}

/// The hash of a row: of the hash before it, and of all that it says.
fn seal(previous: &[u8], row: &RecordedAnswer) -> [u8; 32] {
    let says = (
        (row.id, row.school_id, row.child_id, row.seq, row.purpose_id, row.account_id),
        (row.yes, row.how, row.recorded_by, row.form_id, row.answered_at.0),
        (row.hidden, row.to_review, &row.text_hash),
    );
    let says = serde_json::to_vec(&says).unwrap_or_default();
    Sha256::new().chain_update(previous).chain_update(says).finalize().into()
}

/// What rows without hashes come to.
fn fold(rows: &[RecordedAnswer]) -> [u8; 32] {
    rows.iter().fold(BEGINNING, |previous, row| seal(&previous, row))
}

/// What came of looking at all records.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verified {
    pub children: usize,
    pub answers: usize,
    /// One line for each child whose record is not as it was written.
    pub broken: Vec<String>,
}

/// Looks at the record of every child.
pub async fn verify(read: &mut Read) -> Result<Verified> {
    let mut verified = Verified::default();
    let mut after = ChildId(Uuid::nil());
    loop {
        let children = read.list_children_on_record(after, CHUNK).await?;
        for child in &children {
            let rows = read.list_record(*child).await?;
            verified.children += 1;
            verified.answers += rows.len();
            if let Err(what) = verify_child(read, *child, &rows).await? {
                verified.broken.push(format!("child {child}: {what}"));
            }
        }
        match children.last() {
            Some(last) if children.len() as i64 == CHUNK => after = *last,
            _ => return Ok(verified),
        }
    }
}

async fn verify_child(
    read: &mut Read,
    child: ChildId,
    rows: &[RecordedAnswer],
) -> Result<std::result::Result<(), String>> {
    if let Err(what) = follow_chain(rows) {
        return Ok(Err(what));
    }
    for row in rows.iter().filter(|row| row.text_hash.is_some()) {
        let purpose = read.find_purpose(row.purpose_id).await?;
        if purpose.is_none_or(|purpose| Some(text_hash(&purpose)) != row.text_hash) {
            return Ok(Err(format!("answer {} was given to another text", row.seq)));
        }
    }
    let head = read.find_chain_head(child).await?;
    let end = rows.last().and_then(|row| Some((row.seq, row.hash.clone()?)));
    Ok(match (head, end) {
        (None, None) => Ok(()),
        (Some(head), Some(end)) if (head.seq, head.hash.clone()) == end => Ok(()),
        (Some(head), _) => Err(format!("the record ends with answer {} that is not there", head.seq)),
        (None, Some((seq, _))) => Err(format!("nothing says that the record ends with answer {seq}")),
    })
}

fn follow_chain(rows: &[RecordedAnswer]) -> std::result::Result<(), String> {
    let mut previous = BEGINNING;
    let mut is_sealed = false;
    for (row, seq) in rows.iter().zip(1_i64..) {
        if row.seq != seq {
            return Err(format!("answer {seq} is missing"));
        }
        let hash = seal(&previous, row);
        match (&row.previous_hash, &row.hash) {
            (None, None) if !is_sealed => {}
            (Some(before), Some(own)) if *before == previous && *own == hash => is_sealed = true,
            _ => return Err(format!("answer {seq} or the one before it is not as it was written")),
        }
        previous = hash;
    }
    Ok(())
}
