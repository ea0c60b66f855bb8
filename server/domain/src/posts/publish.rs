//! Publishing, and what becomes of a published post: changed, deleted.

use super::{
    Addressees, Draft, announce,
    choosing::{child_ids, keep_teams, refresh_teams, require_somebody},
    document, is_own, known_groups, may_change, media_and_restrictions,
    options::{Changed, Due, Options},
    zone_of,
};
use crate::{
    Actor, Error, Portal, Result,
    body::Typed,
    check,
    jobs::{self, Job},
    links, live, search,
};
use model::{
    ApiError, PostId, Problem,
    check::{Checker, PHOTOS_MAX, TITLE_MAX},
    error::Conflict,
    feed::PostState,
    live::LiveEvent,
    media::{MediaKind, MediaState},
    options::PostOptions,
};
use store::{PostPictureRow, PostRow, Write};

/// What publishing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    Now,
    /// By itself, when its time comes.
    Later,
}

/// Publishes a draft; or, of a post that is published, shows the pictures added since. Doing it again changes nothing.
///
/// `version`: the one that the author has seen, if known.
pub async fn publish(portal: &Portal, actor: &Actor, id: PostId, version: Option<i64>) -> Result<Published> {
    publish_draft(portal, actor, id, version, Due::ByHand).await
}

/// The same, also for a scheduled post whose time has come.
pub(super) async fn publish_draft(
    portal: &Portal,
    actor: &Actor,
    id: PostId,
    version: Option<i64>,
    due: Due,
) -> Result<Published> {
    let mut write = portal.store.write().await?;
    let row = write.lock_post(id).await?.ok_or_else(Error::not_found)?;
    let mut to = Addressees::find(&mut write, id).await?;
    if row.state == PostState::Published {
        if !may_change(actor, &row, &to) {
            return Err(Error::not_found());
        }
        release(portal, write, actor, &row, &to).await?;
        return Ok(Published::Now);
    }
    if row.state != PostState::Draft || !is_own(actor, &row) {
        return Err(Error::not_found());
    }
    to.require_post(&mut write, actor, row.school_id).await?;
    if version.is_some_and(|version| version != row.version) {
        return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
    }
    let now = portal.clock.now();
    let mut checker = Checker::default();
    checker.line("title", &row.title, TITLE_MAX);
    if to.is_empty() {
        checker.problem("groups", Problem::Required);
    }
    let audience = to.audience(known_groups(actor, row.school_id));
    let typed: PostOptions = serde_json::from_str(&row.options.draft_options)?;
    let options = Options::read(&mut checker, &typed, audience, zone_of(actor, row.school_id), now, due);
    checker.finish()?;
    require_somebody(&mut write, actor, &row, &to).await?;
    let pictures = write.list_post_pictures(&[id]).await?;
    if pictures.len() > PHOTOS_MAX {
        return Err(ApiError::conflict(Conflict::TooManyPhotos).into());
    }
    require_pictures(&mut write, actor, &row, &to, &pictures.iter().collect::<Vec<_>>()).await?;
    if let Some(at) = options.publish_at {
        write.schedule_post(id, row.version, at).await?;
        jobs::enqueue(&mut write, portal, &Job::PublishPost { post: id, version: row.version }, at.0 - now.0).await?;
        write.commit().await?;
        return Ok(Published::Later);
    }
    to = refresh_teams(&mut write, &row, to).await?;
    options.set(&mut write, portal, &row).await?;
    write.publish_post(id, now).await?;
    links::ask_for_cards(&mut write, portal, row.school_id, &document(&row)?).await?;
    search::index_post(&mut write, id).await?;
    announce(&mut write, portal, &row, &to).await?;
    if due == Due::Scheduled {
        live::tell(&mut write, portal, &[row.author_id], LiveEvent::Draft { id }).await?;
    }
    write.commit().await?;
    Ok(Published::Now)
}

/// Shows the pictures that were added to a published post.
async fn release(portal: &Portal, mut write: Write, actor: &Actor, row: &PostRow, to: &Addressees) -> Result<()> {
    let pictures = write.list_post_pictures(&[row.id]).await?;
    let pending: Vec<&PostPictureRow> = pictures.iter().filter(|picture| picture.is_pending).collect();
    if pending.is_empty() {
        return Ok(());
    }
    require_pictures(&mut write, actor, row, to, &pending).await?;
    write.release_pictures(row.id).await?;
    search::index_post(&mut write, row.id).await?;
    announce(&mut write, portal, row, to).await?;
    write.commit().await?;
    Ok(())
}

/// Pictures that are about to be shown: all finished, and their check settled.
async fn require_pictures(
    write: &mut Write,
    actor: &Actor,
    row: &PostRow,
    to: &Addressees,
    pictures: &[&PostPictureRow],
) -> Result<()> {
    if pictures.iter().any(|picture| picture.state == MediaState::Failed) {
        return Err(ApiError::conflict(Conflict::MediaFailed).into());
    }
    // A film takes minutes: readers see that it comes, and get it when it is made.
    if pictures.iter().any(|picture| picture.state == MediaState::Working && picture.kind != MediaKind::Film) {
        return Err(ApiError::conflict(Conflict::MediaNotReady).into());
    }
    let checked: Vec<&PostPictureRow> = pictures.iter().copied().filter(|picture| picture.is_checked()).collect();
    let (media, only_for) = media_and_restrictions(&checked);
    let audience = to.audience(known_groups(actor, row.school_id));
    check::require_settled(write, row.school_id, to, audience, &media, &only_for, actor.asked_at()).await
}

/// Changes a published post: what it said before is kept, and nobody is notified. Its audience can only shrink. Pictures
/// added since are shown with it when their check is settled; if it is not, the text is changed all the same.
pub async fn edit(portal: &Portal, actor: &Actor, draft: &Draft<'_>) -> Result<()> {
    let mut checker = Checker::default();
    let typed = Typed::read(&mut checker, draft, true);
    let children = child_ids(draft.options)?;
    let mut write = portal.store.write().await?;
    let row = write
        .lock_post(draft.id)
        .await?
        .filter(|row| row.state == PostState::Published)
        .ok_or_else(Error::not_found)?;
    let before = Addressees::find(&mut write, draft.id).await?;
    let to = Addressees { children, teams: before.teams.clone(), ..Addressees::of_groups(draft.groups) };
    if !may_change(actor, &row, &before) || !to.is_within(&before) {
        return Err(Error::not_found());
    }
    if to.is_empty() {
        checker.problem("groups", Problem::Required);
    }
    let to = keep_teams(&mut write, &row, to, &before).await?;
    let now = portal.clock.now();
    let options = Changed::read(&mut checker, draft.options, &row, zone_of(actor, row.school_id), now);
    checker.finish()?;
    let text = typed.keep(&mut write, actor, row.school_id, draft.id).await?;
    if !text.is(&row) || to != before || !options.is(&row.options) {
        if !write.edit_post(draft.id, draft.version, text.content(), actor.account(), now).await? {
            return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
        }
        search::index_post(&mut write, draft.id).await?;
        to.shrink(&mut write, draft.id, &before).await?;
        options.set(&mut write, portal, &row).await?;
        links::ask_for_cards(&mut write, portal, row.school_id, &text.document).await?;
        announce(&mut write, portal, &row, &before).await?;
        write.commit().await?;
        write = portal.store.write().await?;
        write.lock_post(draft.id).await?;
    }
    release(portal, write, actor, &row, &to).await
}

/// Takes a post away from everybody, with its pictures. Doing it again changes nothing. Answers whether it was published.
pub async fn delete(portal: &Portal, actor: &Actor, id: PostId) -> Result<bool> {
    let mut write = portal.store.write().await?;
    let row = write.lock_post(id).await?.ok_or_else(Error::not_found)?;
    let to = Addressees::find(&mut write, id).await?;
    let was_published = row.published_at.is_some();
    let may = if was_published { may_change(actor, &row, &to) } else { is_own(actor, &row) };
    if !may {
        return Err(Error::not_found());
    }
    let now = portal.clock.now();
    if !write.delete_post(id, now).await? {
        return Ok(was_published);
    }
    write.forget_search_of_post(id).await?;
    write.delete_media_of_post(id, now).await?;
    jobs::enqueue(&mut write, portal, &Job::EraseMedia, 0).await?;
    if was_published {
        write
            .add_audit(store::NewAudit {
                id: portal.clock.new_id(),
                school: row.school_id,
                actor: Some(actor.account()),
                action: "post.delete",
                subject: &row.title,
                detail: "",
                at: now,
            })
            .await?;
        announce(&mut write, portal, &row, &to).await?;
    }
    write.commit().await?;
    Ok(was_published)
}
