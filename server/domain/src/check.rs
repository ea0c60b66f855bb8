//! The exception-first check: before a picture goes live, its author has said for each child of the audience whose
//! answer is not yes whether the child is in it. No questions about children with a yes.

use crate::{
    Actor, Error, Portal, Result,
    gate::{self, Audience},
    media::seconds,
    posts::Addressees,
};
use model::{
    ApiError, ChildId, EditionId, MediaId, PostId, SchoolId,
    consent::Effective,
    error::Conflict,
    feed::{NamedChild, PictureCheck, PictureQuestion},
    media::{MediaKind, MediaState, Picture},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{CheckedPicture, CheckedPost, ChildRow, Read, Write};

/// A child as staff see it.
pub(crate) fn named(row: &ChildRow) -> NamedChild {
    NamedChild { id: row.id, name: format!("{} {}", row.given_name, row.family_name), group: row.group_name.clone() }
}

/// The check's questions about these pictures in a post to these people, answered ones included.
pub async fn questions(
    read: &mut Read,
    school: SchoolId,
    to: &Addressees,
    audience: Audience,
    media: &[MediaId],
    only_for: &[(MediaId, ChildId)],
) -> Result<PictureCheck> {
    if media.is_empty() {
        return Ok(PictureCheck::default());
    }
    let mut children = to.children_in(read, school, audience).await?;
    let in_picture = read.list_children_in_pictures(media).await?;
    // Somebody tagged who is not in the audience is shown to it all the same.
    let guests: BTreeSet<ChildId> = in_picture
        .iter()
        .map(|(_, child)| *child)
        .filter(|child| !children.iter().any(|row| row.id == *child))
        .collect();
    if !guests.is_empty() {
        children.extend(read.list_children(school, &guests.into_iter().collect::<Vec<_>>()).await?);
    }
    let ids: Vec<ChildId> = children.iter().map(|row| row.id).collect();
    let answers = gate::portal_answers(read, school, &BTreeSet::from([audience]), &ids).await?;
    children.retain(|row| answers.of(row.id, audience) != Effective::Yes);
    let said: BTreeMap<(MediaId, ChildId), bool> = read
        .list_picture_checks(media)
        .await?
        .into_iter()
        .map(|(media, child, present)| ((media, child), present))
        .collect();
    let shows = |media: MediaId, child: ChildId| {
        in_picture.contains(&(media, child)) || said.get(&(media, child)).copied().unwrap_or(false)
    };
    let exceptions: Vec<ChildId> = children.iter().map(|row| row.id).collect();
    let questions = children.iter().map(|row| {
        let child = row.id;
        let mut question = PictureQuestion {
            child: named(row),
            open: Vec::new(),
            blocked: Vec::new(),
            can_restrict: Vec::new(),
            restricted: Vec::new(),
            clear: Vec::new(),
        };
        for &media in media {
            if shows(media, child) {
                let alone = exceptions.iter().filter(|other| shows(media, **other)).count() == 1;
                if alone && only_for.contains(&(media, child)) {
                    question.restricted.push(media);
                } else {
                    question.blocked.push(media);
                    if alone {
                        question.can_restrict.push(media);
                    }
                }
            } else if said.contains_key(&(media, child)) {
                question.clear.push(media);
            } else {
                question.open.push(media);
            }
        }
        question
    });
    Ok(PictureCheck { questions: questions.collect() })
}

/// Refuses a publication whose check is not settled. In the transaction that publishes: an answer withdrawn a moment
/// ago counts, and one withdrawn a moment later finds the picture published and hides it.
pub async fn require_settled(
    write: &mut Write,
    school: SchoolId,
    to: &Addressees,
    audience: Audience,
    media: &[MediaId],
    only_for: &[(MediaId, ChildId)],
) -> Result<()> {
    let check = questions(write, school, to, audience, media, only_for).await?;
    if check.questions.iter().any(|question| !question.open.is_empty()) {
        return Err(ApiError::conflict(Conflict::PictureCheckOpen).into());
    }
    if !check.is_settled() {
        return Err(ApiError::conflict(Conflict::PictureNotAllowed).into());
    }
    Ok(())
}

/// The page of the check.
pub async fn find_check(portal: &Portal, actor: &Actor, post: PostId) -> Result<(PictureCheck, Vec<Picture>)> {
    let mut read = portal.store.read().await?;
    let post = own_post(&mut read, actor, post).await?;
    let pictures = read.list_checked_pictures(post.id).await?;
    let check = check_of(&mut read, actor, &post, &pictures).await?;
    // A film that is still in work stands there without its picture: its author knows who is in it.
    let is_shown = |picture: &&CheckedPicture| {
        let is_film = picture.kind == MediaKind::Film.as_str();
        picture.state == MediaState::Ready.as_str() || is_film && picture.state == MediaState::Working.as_str()
    };
    Ok((check, pictures.iter().filter(is_shown).map(picture_of).collect()))
}

/// The author says in which of the post's pictures a child is; in all others it is not.
pub async fn answer(portal: &Portal, actor: &Actor, post: PostId, child: ChildId, present: &[MediaId]) -> Result<()> {
    let mut write = portal.store.write().await?;
    let post = own_post(&mut write, actor, post).await?;
    let pictures = write.list_checked_pictures(post.id).await?;
    let asked = check_of(&mut write, actor, &post, &pictures).await?;
    if !asked.questions.iter().any(|question| question.child.id == child)
        || present.iter().any(|media| !pictures.iter().any(|picture| picture.media_id == *media))
    {
        return Err(Error::not_found());
    }
    let now = portal.clock.now();
    for picture in &pictures {
        let is_in = present.contains(&picture.media_id);
        write.record_picture_check(post.school_id, picture.media_id, child, is_in, actor.account(), now).await?;
        if !is_in && picture.only_for_child == Some(child.0) {
            write.restrict_picture(post.id, picture.media_id, None).await?;
        }
    }
    write.commit().await?;
    Ok(())
}

/// Shows a picture to one child's guardians and to staff only, where the check offers it.
pub async fn restrict(portal: &Portal, actor: &Actor, post: PostId, media: MediaId, child: ChildId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let post = own_post(&mut write, actor, post).await?;
    let pictures = write.list_checked_pictures(post.id).await?;
    let check = check_of(&mut write, actor, &post, &pictures).await?;
    let question = check.questions.iter().find(|question| question.child.id == child).ok_or_else(Error::not_found)?;
    if question.restricted.contains(&media) {
        return Ok(());
    }
    if !question.can_restrict.contains(&media) {
        return Err(ApiError::conflict(Conflict::PictureNotAllowed).into());
    }
    write.restrict_picture(post.id, media, Some(child)).await?;
    write.commit().await?;
    Ok(())
}

/// Marks which children of the school are in a picture; all others are not.
pub async fn tag(portal: &Portal, actor: &Actor, post: PostId, media: MediaId, children: &[ChildId]) -> Result<()> {
    let mut write = portal.store.write().await?;
    let post = own_post(&mut write, actor, post).await?;
    if !write.list_checked_pictures(post.id).await?.iter().any(|picture| picture.media_id == media) {
        return Err(Error::not_found());
    }
    let known = write.list_children(post.school_id, children).await?;
    if children.iter().any(|child| !known.iter().any(|row| row.id == *child)) {
        return Err(Error::not_found());
    }
    for (_, child) in write.list_children_in_pictures(&[media]).await? {
        if !children.contains(&child) {
            write.untag_child(media, child).await?;
        }
    }
    for child in children {
        write.tag_child(post.school_id, media, *child).await?;
    }
    write.commit().await?;
    Ok(())
}

/// The actor's own post, on whose pictures the actor may answer.
async fn own_post(read: &mut Read, actor: &Actor, id: PostId) -> Result<CheckedPost> {
    let post = read.find_checked_post(id).await?.ok_or_else(Error::not_found)?;
    if post.author_id != actor.account() || !actor.is_staff(post.school_id) {
        return Err(Error::not_found());
    }
    Ok(post)
}

async fn check_of(
    read: &mut Read,
    actor: &Actor,
    post: &CheckedPost,
    pictures: &[CheckedPicture],
) -> Result<PictureCheck> {
    let to = Addressees::find(read, post.id).await?;
    let school = actor.school(post.school_id).ok_or_else(Error::not_found)?;
    let audience = to.audience(&school.groups);
    let media: Vec<MediaId> = pictures.iter().map(|picture| picture.media_id).collect();
    let only_for: Vec<(MediaId, ChildId)> = pictures
        .iter()
        .filter_map(|picture| picture.only_for_child.map(|child| (picture.media_id, ChildId(child))))
        .collect();
    questions(read, post.school_id, &to, audience, &media, &only_for).await
}

fn picture_of(row: &CheckedPicture) -> Picture {
    let pixels = |n: i64| u32::try_from(n).unwrap_or(0);
    Picture {
        id: row.media_id,
        edition: row.edition.map(EditionId),
        width: pixels(row.width),
        height: pixels(row.height),
        widths: [pixels(row.width_small), pixels(row.width_medium), pixels(row.width_large)],
        alt: row.alt.clone(),
        film: (row.kind == MediaKind::Film.as_str()).then(|| seconds(row.duration_ms)),
        subtitles: false,
    }
}
