//! Polls: one vote an account. A vote can be changed until the poll closes, but not an anonymous one: nobody knows which
//! it was.

use super::{count, find_published};
use crate::{Actor, Error, Portal, Result, moments::Dates, policy::Action};
use model::{
    ApiError, ChoiceId, PostId, Problem,
    error::Conflict,
    options::{PollChoice, PollPage},
};

/// The poll of a post that the actor reads. Results are for staff, and for guardians who have voted.
pub async fn open_poll(portal: &Portal, actor: &Actor, id: PostId, dates: &Dates) -> Result<PollPage> {
    let mut read = portal.store.read().await?;
    let (row, to) = find_published(portal, &mut read, actor, id).await?;
    let poll = read.find_poll(id).await?.ok_or_else(Error::not_found)?;
    let has_voted = read.has_voted(id, actor.account()).await?;
    let is_staff = to.may_somewhere(actor, Action::SeeReaders, row.school_id, row.author_id);
    let sees_results = is_staff || has_voted;
    let is_closed = poll.closes_at <= portal.clock.now();
    let own = read.list_own_votes(id, actor.account()).await?;
    // Names of those alone whose answers the actor may see everywhere the post goes.
    let sees_names = to.may(actor, Action::SeeReaders, row.school_id, row.author_id);
    let names = if sees_names { read.list_named_votes(id).await? } else { Vec::new() };
    let voters = if sees_results { Some(count(read.count_voters(id).await?)) } else { None };
    let choices = read.list_choices(id).await?.into_iter().map(|choice| PollChoice {
        chosen: own.contains(&choice.id),
        votes: sees_results.then(|| count(choice.votes)),
        names: names.iter().filter(|(of, _)| *of == choice.id).map(|(_, name)| name.clone()).collect(),
        id: choice.id,
        text: choice.text,
    });
    Ok(PollPage {
        post: id,
        title: row.title,
        choices: choices.collect(),
        can_vote: !(is_closed || poll.is_anonymous && has_voted) && to.may_answer(actor, row.school_id, row.author_id),
        question: poll.question,
        is_multiple: poll.is_multiple,
        is_anonymous: poll.is_anonymous,
        closes: dates.moment(poll.closes_at),
        is_closed,
        has_voted,
        voters,
    })
}

/// Votes; doing it again replaces the vote, or changes nothing in an anonymous poll.
pub async fn vote(portal: &Portal, actor: &Actor, id: PostId, choices: &[ChoiceId]) -> Result<()> {
    let mut write = portal.store.write().await?;
    write.lock_post(id).await?;
    let (row, to) = find_published(portal, &mut write, actor, id).await?;
    let poll = write.find_poll(id).await?.ok_or_else(Error::not_found)?;
    if !to.may_answer(actor, row.school_id, row.author_id) {
        return Err(Error::not_found());
    }
    if poll.closes_at <= portal.clock.now() {
        return Err(ApiError::conflict(Conflict::PollClosed).into());
    }
    let offered = write.list_choices(id).await?;
    if choices.iter().any(|choice| !offered.iter().any(|offered| offered.id == *choice)) {
        return Err(Error::not_found());
    }
    match choices.len() {
        0 => return Err(ApiError::field("choices", Problem::Required).into()),
        1 => {}
        _ if poll.is_multiple => {}
        _ => return Err(ApiError::field("choices", Problem::NotAChoice).into()),
    }
    let account = actor.account();
    if poll.is_anonymous {
        if !write.vote_anonymously(row.school_id, id, account, choices).await? {
            return Ok(());
        }
    } else {
        write.vote(row.school_id, id, account, choices).await?;
    }
    write.commit().await?;
    Ok(())
}
