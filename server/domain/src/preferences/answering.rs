//! Answers of guardians, one child and purpose at a time.

use super::{
    Decided, count, find_child, history, ids_of,
    purposes::texts_of,
    record::{NewAnswer, append},
    withdrawal,
};
use crate::{
    Actor, Error, Portal, Result,
    gate::{self, Audience, Rules},
    moments::Dates,
    policy::Action,
};
use model::{
    AccountId, AnswerId, ApiError, ChildId, FormId, PurposeId,
    consent::{AnsweredBy, ChildPreferences, LegalBasis, NamedChild, OwnAnswer, PreferenceRow, Receipt},
    error::Conflict,
    roles::Scope,
};
use store::{AnswerRow, ChildRow, Read, Write};
use texts::Lang;

/// One child's preferences, for one of its guardians with custody. `answered`: what was answered just now, for its receipt.
pub async fn find_preferences(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    child: ChildId,
    answered: Option<AnswerId>,
) -> Result<ChildPreferences> {
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
    let answered = match answered {
        Some(answer) => read.find_own_answer(child.id, actor.account(), answer).await?,
        None => None,
    };
    Ok(ChildPreferences {
        child: child.id,
        can_answer: !rules.is_grown_up(child.born_on.as_deref()),
        all_must_agree: rules.all_must_agree,
        answered: answered.map(|row| history::record_of(&row, lang, &dates)).transpose()?,
        next: next_open(actor, &list_open_of(&mut read, portal, actor).await?, child.id),
        name: child.given_name,
        rows,
    })
}

/// The next child after this one about whom something is open, in the order in which the actor's children stand everywhere.
fn next_open(actor: &Actor, open: &[(ChildId, u32)], child: ChildId) -> Option<NamedChild> {
    let children: Vec<_> = actor.children().collect();
    let here = children.iter().position(|fact| fact.child_id == child)?;
    let is_open = |id| open.iter().any(|(child, _)| *child == id);
    let others = children[here + 1..].iter().chain(&children[..here]);
    let mut others = others.filter(|fact| is_open(fact.child_id));
    others.next().map(|fact| NamedChild { id: fact.child_id, name: fact.given_name.clone() })
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
    // The actor's rights were looked up before the child was locked.
    if let Some(account) = given.account
        && write.find_scope(child.id, account).await? != Some(Scope::Full)
    {
        return Err(Error::not_found());
    }
    require_theirs(rules, child, given.account)?;
    let purposes = write.list_purposes(child.school_id).await?;
    let Some(purpose) = purposes.into_iter().find(|row| row.id == purpose) else {
        return Err(ApiError::conflict(Conflict::PurposeSuperseded).into());
    };
    if purpose.basis != LegalBasis::Consent {
        return Err(Error::not_found());
    }
    let guardians = rules.guardians(write, &[child.id]).await?.get(&child.id).copied().unwrap_or(0);
    let mut answers = write.list_answers(&[child.id], &[purpose.id], &rules.grown_up).await?;
    let outcome = |answers: &[AnswerRow]| rules.outcome(answers.iter().collect(), guardians);
    let before = outcome(&answers);
    let id: AnswerId = portal.clock.new_id();
    match answers.iter_mut().find(|answer| answer.account() == given.account) {
        Some(own) if own.yes == given.yes && given.form.is_none() => {
            return Ok(Receipt { answer: own.id, effective: before, hidden: 0, to_review: 0 });
        }
        Some(own) => own.yes = given.yes,
        None => answers.push(AnswerRow::new(id, child.id, purpose.id, given.account, given.yes, given.how)),
    }
    let after = outcome(&answers);
    let Decided { hidden, to_review } = match Audience::of_purpose(&purpose.key) {
        Some(audience) => withdrawal::follow(write, portal, child, audience, before, after).await?,
        None => Decided::default(),
    };
    let answer = NewAnswer {
        id: id.0,
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
    Ok(Receipt { answer: id, effective: after, hidden: count(hidden), to_review: count(to_review) })
}

/// The pupil answers from 16 years on, before that the guardians do.
pub(super) fn require_theirs(rules: &Rules, child: &ChildRow, account: Option<AccountId>) -> Result<()> {
    if account.is_none() == rules.is_grown_up(child.born_on.as_deref()) {
        Ok(())
    } else {
        Err(ApiError::conflict(Conflict::NotTheirs).into())
    }
}

/// The rules of the child's school.
pub(super) fn rules(portal: &Portal, actor: &Actor, child: &ChildRow) -> Result<Rules> {
    let school = actor.school(child.school_id).ok_or_else(Error::not_found)?;
    Ok(Rules::new(&school.settings, &school.time_zone, portal.clock.now()))
}

/// How many purposes the actor has not answered, for each own child about whom something is open, in their order.
pub async fn list_open(portal: &Portal, actor: &Actor) -> Result<Vec<(ChildId, u32)>> {
    if actor.children().next().is_none() {
        return Ok(Vec::new());
    }
    list_open_of(&mut portal.store.read().await?, portal, actor).await
}

async fn list_open_of(read: &mut Read, portal: &Portal, actor: &Actor) -> Result<Vec<(ChildId, u32)>> {
    let mut open = Vec::new();
    for school in actor.schools() {
        if actor.children().any(|fact| fact.school_id == school.id) {
            let rules = Rules::new(&school.settings, &school.time_zone, portal.clock.now());
            open.extend(read.list_open_questions(actor.account(), school.id, &rules.grown_up).await?);
        }
    }
    let of = |child: ChildId| open.iter().find(|(id, _)| *id == child).map(|(_, open)| (child, count(*open)));
    Ok(actor.children().filter_map(|fact| of(fact.child_id)).collect())
}
