//! Answers of guardians, one child and purpose at a time.

use super::{
    Decided, find_child, ids_of,
    purposes::texts_of,
    record::{NewAnswer, append},
    withdrawal,
};
use crate::{
    Actor, Error, Portal, Result,
    gate::{self, Rules},
    moments::Dates,
    policy::Action,
};
use model::{
    AccountId, ApiError, ChildId, FormId, PurposeId,
    consent::{AnsweredBy, ChildPreferences, LegalBasis, OwnAnswer, PreferenceRow, Receipt},
    error::Conflict,
};
use store::{AnswerRow, ChildRow, Write};
use texts::Lang;

/// One child's preferences, for one of its guardians with custody.
pub async fn find_preferences(portal: &Portal, actor: &Actor, lang: Lang, child: ChildId) -> Result<ChildPreferences> {
    let mut read = portal.store.read().await?;
    let child = find_child(&mut read, actor, child, Action::AnswerPreferences).await?;
    let rules = rules(portal, actor, &child)?;
    let dates = Dates::new(lang, actor.time_zone(), portal.clock.now());
    let purposes = read.list_purposes(child.school_id).await?;
    let ids = ids_of(&purposes);
    let answers = gate::answers(&mut read, &rules, &ids, &[child.id]).await?;
    let given = read.list_answers(&[child.id], &ids, &rules.grown_up).await?;
    let mut rows = Vec::new();
    for purpose in purposes {
        let (title, text) = texts_of(&purpose, lang)?;
        let is_own = |answer: &&AnswerRow| answer.account() == Some(actor.account());
        let own = given.iter().filter(|answer| answer.purpose_id == purpose.id).find(is_own);
        rows.push(PreferenceRow {
            purpose: purpose.id,
            title,
            text,
            basis: purpose.basis,
            own: own.map(|answer| OwnAnswer { yes: answer.yes, at: dates.moment(answer.answered_at), how: answer.how }),
            effective: answers.of(child.id, purpose.id),
        });
    }
    let can_answer = !rules.is_grown_up(child.born_on.as_deref());
    Ok(ChildPreferences { child: child.id, name: child.given_name, can_answer, rows })
}

/// Answers for one child and purpose. The same answer again changes nothing.
pub async fn answer(portal: &Portal, actor: &Actor, child: ChildId, purpose: PurposeId, yes: bool) -> Result<Receipt> {
    let mut write = portal.store.write().await?;
    // Two guardians who answer at the same instant take turns, so that each sees what the other's answer came to.
    write.lock_child(child).await?;
    let child = find_child(&mut write, actor, child, Action::AnswerPreferences).await?;
    let rules = rules(portal, actor, &child)?;
    let given = Given { account: Some(actor.account()), how: AnsweredBy::Guardian, recorded_by: None, form: None, yes };
    let receipt = give(&mut write, portal, &rules, &child, purpose, given).await?;
    write.commit().await?;
    Ok(receipt)
}

/// Somebody's answer, and how it came.
pub(super) struct Given {
    /// None: the pupil.
    pub account: Option<AccountId>,
    pub how: AnsweredBy,
    pub recorded_by: Option<AccountId>,
    pub form: Option<FormId>,
    pub yes: bool,
}

/// Puts an answer on record with all that follows from it. The child is locked.
pub(super) async fn give(
    write: &mut Write,
    portal: &Portal,
    rules: &Rules,
    child: &ChildRow,
    purpose: PurposeId,
    given: Given,
) -> Result<Receipt> {
    if given.account.is_none() != rules.is_grown_up(child.born_on.as_deref()) {
        return Err(ApiError::conflict(Conflict::NotTheirs).into());
    }
    let purposes = write.list_purposes(child.school_id).await?;
    let Some(purpose) = purposes.into_iter().find(|row| row.id == purpose) else {
        return Err(ApiError::conflict(Conflict::PurposeSuperseded).into());
    };
    if purpose.basis != LegalBasis::Consent {
        return Err(Error::not_found());
    }
    let guardians = rules.guardians(write, &[child.id]).await?.get(&child.id).copied().unwrap_or(0);
    let mut answers = write.list_answers(&[child.id], &[purpose.id], &rules.grown_up).await?;
    let outcome = |answers: &[AnswerRow]| rules.outcome(&answers.iter().collect::<Vec<_>>(), guardians);
    let before = outcome(&answers);
    match answers.iter_mut().find(|answer| answer.account() == given.account) {
        Some(own) if own.yes == given.yes && given.form.is_none() => {
            return Ok(Receipt { effective: before, hidden: 0, to_review: 0 });
        }
        Some(own) => own.yes = given.yes,
        None => answers.push(AnswerRow::new(child.id, purpose.id, given.account, given.yes, given.how)),
    }
    let after = outcome(&answers);
    let Decided { hidden, to_review } = withdrawal::follow(write, portal, child, &purpose.key, before, after).await?;
    let answer = NewAnswer {
        id: portal.clock.new_id(),
        school: child.school_id,
        child: child.id,
        purpose: &purpose,
        account: given.account,
        yes: given.yes,
        how: given.how,
        recorded_by: given.recorded_by,
        form: given.form,
        at: portal.clock.now(),
        hidden,
        to_review,
    };
    append(write, answer).await?;
    let count = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(Receipt { effective: after, hidden: count(hidden), to_review: count(to_review) })
}

/// The rules of the child's school.
pub(super) fn rules(portal: &Portal, actor: &Actor, child: &ChildRow) -> Result<Rules> {
    let school = actor.school(child.school_id).ok_or_else(Error::not_found)?;
    Ok(Rules::new(&school.settings, &school.time_zone, portal.clock.now()))
}

/// Purposes that the actor has not answered, over all own children.
pub async fn count_open(portal: &Portal, actor: &Actor) -> Result<u32> {
    let Some(school) = actor.children().next().and_then(|child| actor.school(child.school_id)) else { return Ok(0) };
    let rules = Rules::new(&school.settings, &school.time_zone, portal.clock.now());
    let open = portal.store.read().await?.count_open_questions(actor.account(), &rules.grown_up).await?;
    Ok(u32::try_from(open).unwrap_or(u32::MAX))
}
