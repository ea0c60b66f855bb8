//! The tray of a post: its pictures, films and documents as the author sees them while composing.

use super::picture_of;
use crate::{
    Actor, Error, Portal, Result,
    gate::{self, Candidate, Cleared, Placed},
    jobs::{self, Job},
    posts::{Addressees, announce, find_changeable, known_groups, lock_changeable},
    search,
};
use model::{
    MediaId, PostId,
    check::Checker,
    feed::PostState,
    media::{MediaKind, MediaState, TrayPicture},
};
use store::{PostPictureRow, PostRow, Read, Write};

/// Characters of a picture's description, and of its caption.
const ALT_MAX: usize = 300;

/// The pictures of a post that the actor composes or edits.
pub async fn find_tray(portal: &Portal, actor: &Actor, post: PostId) -> Result<Vec<TrayPicture>> {
    let mut read = portal.store.read().await?;
    let (row, to) = find_changeable(&mut read, actor, post).await?;
    let pictures = read.list_post_pictures(&[post]).await?;
    tray_of(&mut read, actor, &row, &to, pictures).await
}

pub(crate) async fn tray_of(
    read: &mut Read,
    actor: &Actor,
    row: &PostRow,
    to: &Addressees,
    pictures: Vec<PostPictureRow>,
) -> Result<Vec<TrayPicture>> {
    let media: Vec<MediaId> = pictures.iter().map(|picture| picture.media_id).collect();
    let in_picture = read.list_children_in_pictures(&media).await?;
    let cleared = pass_own(read, actor, row, to, &pictures).await?;
    Ok(pictures
        .iter()
        .zip(cleared)
        .map(|(picture, cleared)| TrayPicture {
            id: picture.media_id,
            kind: picture.kind,
            file_name: picture.file_name.clone(),
            state: picture.state,
            error: picture.error.clone(),
            picture: cleared.filter(|_| picture.is_shown()).map(|cleared| picture_of(picture, cleared)),
            author: picture.document_author.clone(),
            tagged: in_picture
                .iter()
                .filter(|shown| shown.media_id == picture.media_id)
                .map(|shown| shown.child_id)
                .collect(),
            only_for: picture.only_for(),
            can_edit: is_editable(actor, row, picture) && picture.state == MediaState::Ready,
        })
        .collect())
}

/// Asks the gate about pictures of a post that the actor composes or edits: what is published is shown to its author as to
/// everybody.
pub(crate) async fn pass_own(
    read: &mut Read,
    actor: &Actor,
    row: &PostRow,
    to: &Addressees,
    pictures: &[PostPictureRow],
) -> Result<Vec<Option<Cleared>>> {
    let audience = to.audience(known_groups(actor, row.school_id));
    let candidates: Vec<Candidate> = pictures
        .iter()
        .map(|picture| Candidate {
            school: row.school_id,
            media: picture.media_id,
            only_for: picture.only_for(),
            audience,
            placed: match row.state {
                PostState::Published if !picture.is_pending => Placed::Published,
                _ => Placed::Waiting { author: row.author_id },
            },
        })
        .collect();
    gate::pass(read, actor, &candidates).await
}

/// Whether the actor may turn and crop it: a photo that is shown to its author alone. One that others have seen stays what
/// they saw.
pub(crate) fn is_editable(actor: &Actor, row: &PostRow, picture: &PostPictureRow) -> bool {
    let is_unseen = row.state == PostState::Draft || picture.is_pending;
    row.author_id == actor.account() && picture.kind == MediaKind::Photo && is_unseen
}

/// Takes a picture out of a post, for good and at once.
pub async fn remove_picture(portal: &Portal, actor: &Actor, post: PostId, id: MediaId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (row, to) = lock_changeable(&mut write, actor, post).await?;
    if !write.remove_media(post, id, portal.clock.now()).await? {
        return Err(Error::not_found());
    }
    jobs::enqueue(&mut write, portal, &Job::EraseMedia, 0).await?;
    if row.state == PostState::Published {
        search::index_post(&mut write, post).await?;
        announce(&mut write, portal, &row, &to).await?;
    }
    write.commit().await?;
    Ok(())
}

/// Moves a picture one place towards the beginning.
pub async fn move_picture_up(portal: &Portal, actor: &Actor, post: PostId, id: MediaId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (row, to) = lock_changeable(&mut write, actor, post).await?;
    let mut order: Vec<MediaId> =
        write.list_post_pictures(&[post]).await?.iter().map(|picture| picture.media_id).collect();
    let place = order.iter().position(|media| *media == id).ok_or_else(Error::not_found)?;
    if place > 0 {
        order.swap(place - 1, place);
        put_in_order(&mut write, portal, &row, &to, &order).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Puts the pictures of a post in this order. Those that are not named follow the others, as they stood; ids of anything
/// else count for nothing.
pub async fn order_pictures(portal: &Portal, actor: &Actor, post: PostId, order: &[MediaId]) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (row, to) = lock_changeable(&mut write, actor, post).await?;
    let before: Vec<MediaId> =
        write.list_post_pictures(&[post]).await?.iter().map(|picture| picture.media_id).collect();
    let mut after: Vec<MediaId> = Vec::with_capacity(before.len());
    for id in order.iter().filter(|id| before.contains(id)).chain(&before) {
        if !after.contains(id) {
            after.push(*id);
        }
    }
    if after != before {
        put_in_order(&mut write, portal, &row, &to, &after).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Readers who have a published post open are told.
async fn put_in_order(
    write: &mut Write,
    portal: &Portal,
    row: &PostRow,
    to: &Addressees,
    order: &[MediaId],
) -> Result<()> {
    write.order_media(row.id, order).await?;
    if row.state == PostState::Published {
        announce(write, portal, row, to).await?;
    }
    Ok(())
}

/// Says what is in a picture, for those who can't see it, and what stands under it for everybody.
pub async fn describe_picture(
    portal: &Portal,
    actor: &Actor,
    post: PostId,
    id: MediaId,
    alt: &str,
    caption: &str,
) -> Result<()> {
    let mut checker = Checker::default();
    let alt = checker.optional_line("alt", alt, ALT_MAX);
    let caption = checker.optional_line("caption", caption, ALT_MAX);
    let mut write = portal.store.write().await?;
    lock_changeable(&mut write, actor, post).await?;
    let pictures = write.list_post_pictures(&[post]).await?;
    let picture = pictures.iter().find(|picture| picture.media_id == id).ok_or_else(Error::not_found)?;
    checker.finish()?;
    if (&picture.alt, &picture.caption) != (&alt, &caption) {
        write.describe_media(id, &alt, &caption).await?;
        write.commit().await?;
    }
    Ok(())
}
