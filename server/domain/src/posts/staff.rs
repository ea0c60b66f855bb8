//! What staff sees of a published post and does with it, beside changing it: what it said before, pinning, reminders.

use super::{Addressees, announce, find_published, is_shown, read_document};
use crate::{
    Actor, Error, Portal, Result,
    jobs::{self, Job},
    live,
    mail::Letter,
    moments::Dates,
    policy::Action,
};
use model::{
    AccountId, ApiError, PostId, Time,
    error::Conflict,
    live::LiveEvent,
    options::{PostForStaff, PostVersion},
};
use store::{MissingRow, Write};
use texts::{Lang, options};
use uuid::Uuid;

/// Time between two reminders of one post.
const BETWEEN_REMINDERS: i64 = Time::DAY;

/// The page for staff, of a post that the actor reads.
pub async fn open_for_staff(portal: &Portal, actor: &Actor, id: PostId, dates: &Dates) -> Result<PostForStaff> {
    let mut read = portal.store.read().await?;
    let (row, to) = find_published(portal, &mut read, actor, id).await?;
    let somewhere = |action| to.may_somewhere(actor, action, row.school_id, row.author_id);
    let can_pin = to.require_post(&mut read, actor, row.school_id).await.is_ok();
    if !can_pin && !somewhere(Action::SeeReaders) && !somewhere(Action::SeeVersions) {
        return Err(Error::not_found());
    }
    let versions = if somewhere(Action::SeeVersions) { read.list_post_versions(id).await? } else { Vec::new() };
    let versions = versions.into_iter().map(|version| {
        Ok(PostVersion {
            body: read_document(&version.body)?,
            title: version.title,
            changed_by: version.changed_by,
            changed: dates.moment(version.changed_at),
        })
    });
    Ok(PostForStaff {
        versions: versions.collect::<Result<_>>()?,
        id,
        pinned: row.options.is_pinned,
        can_pin,
        expires: row.options.expires_at.map(|at| dates.moment(Time(at))),
        urgent_reason: row.options.urgent_reason,
        title: row.title,
    })
}

/// Puts the post above all others in the feed of those to whom it goes, or back in its place.
pub async fn pin(portal: &Portal, actor: &Actor, id: PostId, is_pinned: bool) -> Result<()> {
    let mut write = portal.store.write().await?;
    write.lock_post(id).await?;
    let (row, to) = find_published(portal, &mut write, actor, id).await?;
    to.require_post(&mut write, actor, row.school_id).await?;
    if write.pin_post(id, is_pinned).await? {
        write.place_post(id, portal.clock.now()).await?;
        announce(&mut write, portal, &row, &to).await?;
        write.commit().await?;
    }
    Ok(())
}

/// A guardian says that the post has arrived. Doing it again changes nothing.
pub async fn confirm(portal: &Portal, actor: &Actor, id: PostId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (row, to) = find_published(portal, &mut write, actor, id).await?;
    if row.options.confirm_by.is_none() || !to.may_answer(actor, row.school_id, row.author_id) {
        return Err(Error::not_found());
    }
    if write.confirm_post(row.school_id, id, actor.account(), portal.clock.now()).await? {
        write.commit().await?;
    }
    Ok(())
}

/// Reminds the guardians who have not confirmed; at most once a day.
pub async fn remind(portal: &Portal, actor: &Actor, id: PostId) -> Result<()> {
    let mut write = portal.store.write().await?;
    write.lock_post(id).await?;
    let (row, to) = find_published(portal, &mut write, actor, id).await?;
    let may = to.may(actor, Action::SeeReaders, row.school_id, row.author_id);
    if row.options.confirm_by.is_none() || !may {
        return Err(Error::not_found());
    }
    if !plan_reminder(&mut write, portal, id).await? {
        return Err(ApiError::conflict(Conflict::RemindedToday).into());
    }
    write.commit().await?;
    Ok(())
}

/// False if a day has not passed since the last one.
async fn plan_reminder(write: &mut Write, portal: &Portal, id: PostId) -> Result<bool> {
    let now = portal.clock.now();
    let may = write.note_reminder(id, now, now.plus(-BETWEEN_REMINDERS)).await?;
    if may {
        jobs::enqueue(write, portal, &Job::RemindMissing { post: id }, 0).await?;
    }
    Ok(may)
}

/// The reminder before the deadline; none if somebody has just sent one.
pub(crate) async fn remind_in_time(portal: &Portal, id: PostId) -> Result<()> {
    let mut write = portal.store.write().await?;
    if plan_reminder(&mut write, portal, id).await? {
        write.commit().await?;
    }
    Ok(())
}

/// Writes to everybody who has not confirmed, and tells their open pages. `work`: the id of this piece of work, from which
/// the letters have theirs, so that nobody gets two.
pub(crate) async fn remind_missing(portal: &Portal, work: Uuid, id: PostId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let now = portal.clock.now();
    let Some(row) = write.find_post(id).await?.filter(|row| is_shown(row, now)) else { return Ok(()) };
    let (Some(by), Some(school)) = (row.options.confirm_by, write.find_school(row.school_id).await?) else {
        return Ok(());
    };
    let to = Addressees::find(&mut write, id).await?;
    let groups = write.list_groups(row.school_id).await?;
    let missing = write.list_missing(to.readers(row.school_id, &groups), id).await?;
    for guardian in &missing {
        let letter = letter(portal, &school, guardian, id, Time(by));
        let letter_id = Uuid::new_v5(&work, guardian.account_id.0.as_bytes());
        jobs::enqueue_once(&mut write, portal, letter_id, &Job::Mail(letter)).await?;
    }
    let accounts: Vec<AccountId> = missing.iter().map(|guardian| guardian.account_id).collect();
    live::tell(&mut write, portal, &accounts, LiveEvent::Post { id }).await?;
    write.commit().await?;
    Ok(())
}

/// Names nothing of the post but when: what it says stays in the portal.
fn letter(portal: &Portal, school: &store::SchoolRow, guardian: &MissingRow, post: PostId, by: Time) -> Letter {
    let tag = guardian.language.as_deref().unwrap_or(&school.language);
    let lang = Lang::from_tag(tag).unwrap_or_default();
    let by = Dates::new(lang, &school.time_zone, portal.clock.now()).moment(by).full;
    Letter {
        to_name: guardian.name.clone(),
        to_email: guardian.email.clone(),
        lang: lang.tag().to_owned(),
        school: school.name.clone(),
        subject: lang.with(options::REMINDER_SUBJECT, &[("school", &school.name)]),
        paragraphs: vec![
            lang.with(options::REMINDER_DEAR, &[("name", &guardian.name)]),
            lang.with(options::REMINDER_BODY, &[("by", &by)]),
        ],
        link: Some((lang.get(options::REMINDER_LINK).to_owned(), format!("{}/posts/{post}", portal.public_url))),
    }
}
