//! The record of answers: a chain for each child, in which each row seals the one before it.
//!
//! A row holds the hash of the text that was answered, the hash of the row before it, and its own, which is made of all that it
//! says. Whoever changes, removes or slips in a row afterwards breaks what follows; `consent_heads` says where it ends. Rows from
//! before there was a chain have no hashes: what they say is sealed by the next answer about their child.

use crate::Result;
use model::{AccountId, ChildId, FormId, PurposeId, SchoolId, Time, consent::AnsweredBy};
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use store::{ChainHead, PurposeRow, Read, RecordedAnswer, Write};
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
            let mut texts = BTreeMap::new();
            for purpose in rows.iter().map(|row| row.purpose_id).collect::<BTreeSet<_>>() {
                texts.extend(read.find_purpose(purpose).await?.map(|row| (purpose, text_hash(&row))));
            }
            if let Err(what) = examine(&rows, read.find_chain_head(*child).await?.as_ref(), &texts) {
                verified.broken.push(format!("child {child}: {what}"));
            }
        }
        match children.last() {
            Some(last) if children.len() as i64 == CHUNK => after = *last,
            _ => return Ok(verified),
        }
    }
}

/// Whether a record is as it was written. `texts`: hashes of the texts that were answered.
fn examine(
    rows: &[RecordedAnswer],
    head: Option<&ChainHead>,
    texts: &BTreeMap<PurposeId, Vec<u8>>,
) -> std::result::Result<(), String> {
    follow_chain(rows)?;
    let other_text =
        |row: &&RecordedAnswer| row.text_hash.is_some() && texts.get(&row.purpose_id) != row.text_hash.as_ref();
    if let Some(row) = rows.iter().find(other_text) {
        return Err(format!("answer {} was given to another text", row.seq));
    }
    let end = rows.last().and_then(|row| Some((row.seq, row.hash.as_ref()?)));
    match (head, end) {
        (None, None) => Ok(()),
        (Some(head), Some(end)) if (head.seq, &head.hash) == end => Ok(()),
        (Some(head), _) => Err(format!("the record ends with answer {} that is not there", head.seq)),
        (None, Some((seq, _))) => Err(format!("nothing says that the record ends with answer {seq}")),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: [u8; 3] = [1, 2, 3];

    fn id(n: i64) -> Uuid {
        Uuid::from_u128(u128::try_from(n).expect("small"))
    }

    /// Three answers about a child, of which the first `unsealed` are from before there was a chain.
    fn record(unsealed: usize) -> (Vec<RecordedAnswer>, Option<ChainHead>) {
        let mut rows: Vec<RecordedAnswer> = Vec::new();
        let mut previous = BEGINNING.to_vec();
        for seq in 1..=3_i64 {
            let is_sealed = rows.len() >= unsealed;
            let mut row = RecordedAnswer {
                id: id(seq),
                school_id: SchoolId(id(10)),
                child_id: ChildId(id(11)),
                seq,
                purpose_id: PurposeId(id(12)),
                account_id: Some(id(13)),
                yes: seq % 2 == 0,
                how: AnsweredBy::Guardian,
                recorded_by: None,
                form_id: None,
                answered_at: Time(seq),
                hidden: 0,
                to_review: 0,
                text_hash: is_sealed.then(|| TEXT.to_vec()),
                previous_hash: is_sealed.then(|| previous.clone()),
                hash: None,
            };
            previous = seal(&previous, &row).to_vec();
            row.hash = is_sealed.then(|| previous.clone());
            rows.push(row);
        }
        let head = rows[2].hash.clone().map(|hash| ChainHead { seq: 3, hash });
        (rows, head)
    }

    fn texts() -> BTreeMap<PurposeId, Vec<u8>> {
        BTreeMap::from([(PurposeId(id(12)), TEXT.to_vec())])
    }

    #[test]
    fn a_record_as_it_was_written_is_fine() {
        for unsealed in 0..=3 {
            let (rows, head) = record(unsealed);
            assert_eq!(examine(&rows, head.as_ref(), &texts()), Ok(()), "{unsealed} from before");
        }
        assert_eq!(examine(&[], None, &texts()), Ok(()));
    }

    /// A name, and what somebody does to a row.
    type Change = (&'static str, fn(&mut RecordedAnswer));

    #[test]
    fn whatever_is_changed_afterwards_shows() {
        let changes: [Change; 10] = [
            ("answer", |row| row.yes = !row.yes),
            ("guardian", |row| row.account_id = Some(id(99))),
            ("pupil", |row| row.account_id = None),
            ("purpose", |row| row.purpose_id = PurposeId(id(98))),
            ("time", |row| row.answered_at = Time(77)),
            ("way", |row| row.how = AnsweredBy::PaperForm),
            ("recorder", |row| row.recorded_by = Some(id(97))),
            ("form", |row| row.form_id = Some(id(96))),
            ("receipt", |row| row.hidden += 1),
            ("number", |row| row.seq += 1),
        ];
        // The second of three rows from before is sealed by the third.
        for unsealed in 0..=2 {
            for (what, change) in changes {
                for place in 0..3 {
                    let (mut rows, head) = record(unsealed);
                    change(&mut rows[place]);
                    assert!(
                        examine(&rows, head.as_ref(), &texts()).is_err(),
                        "{what} of row {place}, {unsealed} from before"
                    );
                }
            }
            for place in 0..3 {
                let (mut rows, head) = record(unsealed);
                rows.remove(place);
                assert!(examine(&rows, head.as_ref(), &texts()).is_err(), "row {place} removed");
                let (mut rows, head) = record(unsealed);
                let again = rows[place].clone();
                rows.push(again);
                assert!(examine(&rows, head.as_ref(), &texts()).is_err(), "row {place} added");
            }
        }
        let (mut rows, head) = record(0);
        rows[1].hash = None;
        rows[1].previous_hash = None;
        assert!(examine(&rows, head.as_ref(), &texts()).is_err(), "hashes taken away");
        let (rows, head) = record(0);
        assert!(examine(&rows, None, &texts()).is_err(), "the end taken away");
        assert!(examine(&[], head.as_ref(), &texts()).is_err(), "everything taken away");
        let other = BTreeMap::from([(PurposeId(id(12)), vec![9])]);
        assert!(examine(&rows, head.as_ref(), &other).is_err(), "another text");
        assert!(examine(&rows, head.as_ref(), &BTreeMap::new()).is_err(), "no text");
    }
}
