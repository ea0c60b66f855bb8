//! What a guardian has answered, for that guardian alone: every answer with the words it was given to, and its receipt.

use super::{count, find_child, purposes::read_texts};
use crate::{Actor, Error, Portal, Result, moments::Dates, policy::Action};
use model::{
    AnswerId, ChildId, FormId,
    consent::{NamedChild, OwnHistory, OwnRecord, ReceiptPage},
};
use store::{ChildRow, OwnAnswerRow};
use texts::Lang;

/// Answers on one page.
const PAGE: usize = 50;

/// The actor's own answers about a child, newest first; `before`: the last one of an earlier page.
pub async fn find_history(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    child: ChildId,
    before: Option<AnswerId>,
) -> Result<OwnHistory> {
    let mut read = portal.store.read().await?;
    let child = find_child(&mut read, actor, child, Action::AnswerPreferences).await?;
    let dates = Dates::new(lang, actor.time_zone(), portal.clock.now());
    let before = match before {
        Some(answer) => {
            read.find_own_answer(child.id, actor.account(), answer).await?.ok_or_else(Error::not_found)?.seq
        }
        None => i64::MAX,
    };
    let mut rows = read.list_own_answers(child.id, actor.account(), before, PAGE as i64 + 1).await?;
    let is_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    Ok(OwnHistory {
        child: named(child),
        older: rows.last().filter(|_| is_more).map(|row| row.id),
        answers: rows.iter().map(|row| record_of(row, lang, &dates)).collect::<Result<_>>()?,
    })
}

/// The receipt of one of the actor's own answers about a child.
pub async fn find_receipt(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    child: ChildId,
    answer: AnswerId,
) -> Result<ReceiptPage> {
    let mut read = portal.store.read().await?;
    let child = find_child(&mut read, actor, child, Action::AnswerPreferences).await?;
    let school = actor.school(child.school_id).ok_or_else(Error::not_found)?.name.clone();
    let row = read.find_own_answer(child.id, actor.account(), answer).await?.ok_or_else(Error::not_found)?;
    let dates = Dates::new(lang, actor.time_zone(), portal.clock.now());
    let answer = record_of(&row, lang, &dates)?;
    Ok(ReceiptPage { school, child: named(child), by: actor.name().to_owned(), answer })
}

fn named(child: ChildRow) -> NamedChild {
    NamedChild { id: child.id, name: child.given_name }
}

pub(super) fn record_of(row: &OwnAnswerRow, lang: Lang, dates: &Dates) -> Result<OwnRecord> {
    let (title, text) = read_texts(&row.texts, lang)?;
    Ok(OwnRecord {
        id: row.id,
        purpose: row.purpose_id,
        title,
        text,
        asked_since: dates.day(row.asked_since),
        is_current: row.superseded_at.is_none(),
        yes: row.yes,
        at: dates.moment(row.answered_at),
        how: row.how,
        form: row.form_id.map(FormId),
        hidden: count(row.hidden),
        to_review: count(row.to_review),
    })
}
