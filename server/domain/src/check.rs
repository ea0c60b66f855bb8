//! The exception-first check: before a picture goes live, its author has said for each child of the audience whose
//! answer is not yes whether the child is in it. No questions about children with a yes.

use crate::{
    Actor, Error, Portal, Result,
    gate::{self, Audience},
    media::{pass_own, picture_of},
    posts::{Addressees, media_and_restrictions},
};
use model::{
    ApiError, ChildId, MediaId, PostId, SchoolId, Time,
    consent::Effective,
    error::Conflict,
    feed::{NamedChild, PictureCheck, PictureQuestion, PostState},
    media::{MediaKind, MediaState, Picture},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{ChildRow, PostPictureRow, PostRow, Read, Write};

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
    now: Time,
) -> Result<PictureCheck> {
    if media.is_empty() {
        return Ok(PictureCheck::default());
    }
    let mut children = to.children_in(read, school, audience).await?;
    let in_picture = read.list_children_in_pictures(media).await?;
    // Somebody tagged who is not in the audience is shown to it all the same.
    let guests: BTreeSet<ChildId> = in_picture
        .iter()
        .map(|shown| shown.child_id)
        .filter(|child| !children.iter().any(|row| row.id == *child))
        .collect();
    if !guests.is_empty() {
        children.extend(read.list_children(school, &guests.into_iter().collect::<Vec<_>>()).await?);
    }
    let ids: Vec<ChildId> = children.iter().map(|row| row.id).collect();
    let answers = gate::portal_answers(read, school, &BTreeSet::from([audience]), &ids, now).await?;
    children.retain(|row| answers.of(row.id, audience) != Effective::Yes);
    let said: BTreeMap<(MediaId, ChildId), bool> = read
        .list_picture_checks(media)
        .await?
        .into_iter()
        .map(|(media, child, present)| ((media, child), present))
        .collect();
    let shows = |media: MediaId, child: ChildId| {
        in_picture.iter().any(|shown| (shown.media_id, shown.child_id) == (media, child))
            || said.get(&(media, child)).copied().unwrap_or(false)
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
    now: Time,
) -> Result<()> {
    write.share_school(school).await?;
    let check = questions(write, school, to, audience, media, only_for, now).await?;
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
    let asked = Asked::find(&mut read, actor, post).await?;
    let check = asked.check(&mut read, actor).await?;
    let cleared = pass_own(&mut read, actor, &asked.post, &asked.to, &asked.pictures).await?;
    // A film that is still in work stands there without its picture: its author knows who is in it.
    let is_shown = |picture: &PostPictureRow| {
        picture.is_shown() || picture.kind == MediaKind::Film && picture.state == MediaState::Working
    };
    let pictures = asked.pictures.iter().zip(cleared).filter(|(picture, _)| is_shown(picture));
    Ok((check, pictures.filter_map(|(picture, cleared)| Some(picture_of(picture, cleared?))).collect()))
}

/// The author says in which of the post's pictures a child is; in all others it is not.
pub async fn answer(portal: &Portal, actor: &Actor, post: PostId, child: ChildId, present: &[MediaId]) -> Result<()> {
    let mut write = portal.store.write().await?;
    let asked = Asked::find(&mut write, actor, post).await?;
    let check = asked.check(&mut write, actor).await?;
    if !check.questions.iter().any(|question| question.child.id == child)
        || present.iter().any(|media| !asked.pictures.iter().any(|picture| picture.media_id == *media))
    {
        return Err(Error::not_found());
    }
    let now = portal.clock.now();
    for picture in &asked.pictures {
        let is_in = present.contains(&picture.media_id);
        write.record_picture_check(asked.post.school_id, picture.media_id, child, is_in, actor.account(), now).await?;
        // What was shown until now stays hidden until somebody decides about it.
        if is_in && asked.post.state == PostState::Published && !picture.is_pending {
            write.hold_picture(picture.media_id, child, now).await?;
        }
        if !is_in && picture.only_for() == Some(child) {
            write.restrict_picture(post, picture.media_id, None).await?;
        }
    }
    write.commit().await?;
    Ok(())
}

/// Shows a picture to one child's guardians and to staff only, where the check offers it.
pub async fn restrict(portal: &Portal, actor: &Actor, post: PostId, media: MediaId, child: ChildId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let check = Asked::find(&mut write, actor, post).await?.check(&mut write, actor).await?;
    let question = check.questions.iter().find(|question| question.child.id == child).ok_or_else(Error::not_found)?;
    if question.restricted.contains(&media) {
        return Ok(());
    }
    if !question.can_restrict.contains(&media) {
        return Err(ApiError::conflict(Conflict::PictureNotAllowed).into());
    }
    write.restrict_picture(post, media, Some(child)).await?;
    write.commit().await?;
    Ok(())
}

/// A post of the actor's own, and the pictures in it about which the actor may answer.
pub(crate) struct Asked {
    pub post: PostRow,
    pub to: Addressees,
    pub pictures: Vec<PostPictureRow>,
}

impl Asked {
    pub async fn find(read: &mut Read, actor: &Actor, id: PostId) -> Result<Asked> {
        let post = read.find_post(id).await?.filter(|post| post.state != PostState::Deleted);
        let is_own = |post: &PostRow| post.author_id == actor.account() && actor.is_staff(post.school_id);
        let post = post.filter(is_own).ok_or_else(Error::not_found)?;
        let to = Addressees::find(read, id).await?;
        let mut pictures = read.list_post_pictures(&[id]).await?;
        pictures.retain(PostPictureRow::is_checked);
        Ok(Asked { post, to, pictures })
    }

    async fn check(&self, read: &mut Read, actor: &Actor) -> Result<PictureCheck> {
        let school = actor.school(self.post.school_id).ok_or_else(Error::not_found)?;
        let audience = self.to.audience(&school.groups);
        let (media, only_for) = media_and_restrictions(&self.pictures.iter().collect::<Vec<_>>());
        questions(read, school.id, &self.to, audience, &media, &only_for, actor.asked_at()).await
    }
}
