//! Comments on posts, one level deep: who reads a post reads what is said under it.

use crate::{
    Actor, Error, Portal, Result,
    accounts::count_tries,
    audit::{self, Entry},
    jobs::{self, Job},
    moments::Dates,
    policy::{Action, Standing},
    posts::{Addressees, count, find_published},
    search,
};
use model::{
    ApiError, CommentId, PostId, Time,
    check::{COMMENT_MAX, Checker, REASON_MAX},
    comment::{Comment, CommentsPage, Said, Thread},
    error::Conflict,
    roles::{Capacity, StaffRole},
};
use store::{CommentRow, PostRow, Read, Write};
use uuid::Uuid;

/// Threads on one page.
const PAGE: usize = 30;
/// How long a comment can be changed by its author.
const EDIT_TIME: i64 = 15 * Time::MINUTE;
/// Comments that one account may make in [`RATE_WINDOW`].
const RATE: i64 = 30;
const RATE_WINDOW: i64 = 10 * Time::MINUTE;
/// The capacity of a guardian, in the database.
const GUARDIAN: &str = "guardian";

/// The newest threads under a post, or those before the cursor of an earlier answer.
pub async fn list(
    portal: &Portal,
    actor: &Actor,
    post: PostId,
    before: Option<&str>,
    dates: &Dates,
) -> Result<CommentsPage> {
    let newest = (Time(i64::MAX), CommentId(Uuid::max()));
    let before = before.map_or(Ok(newest), read_cursor)?;
    let mut read = portal.store.read().await?;
    let place = Place::find(portal, &mut read, actor, post).await?;
    let mut rows = read.list_threads(post, before, PAGE as i64 + 1).await?;
    let has_earlier = rows.len() > PAGE;
    rows.truncate(PAGE);
    let earlier = rows.last().filter(|_| has_earlier).map(write_cursor);
    let ids: Vec<CommentId> = rows.iter().map(|row| row.id).collect();
    let mut replies = read.list_replies(&ids).await?;
    // Nothing is left in its place where nobody answered it.
    replies.retain(|reply| !is_taken_back(reply));
    rows.retain(|row| !is_taken_back(row) || replies.iter().any(|reply| reply.parent() == Some(row.id)));
    let counted = read.count_comments(post).await?;
    drop(read);
    let view = View { actor, now: portal.clock.now(), dates, may_remove: place.may_moderate(actor) };
    let may_comment = place.capacity(actor).is_some();
    let threads = rows.into_iter().rev().map(|row| Thread {
        replies: replies
            .iter()
            .filter(|reply| reply.parent() == Some(row.id))
            .map(|reply| view.comment(reply))
            .collect(),
        next: (may_comment && row.removed_at.is_none()).then(|| portal.clock.new_id()),
        comment: view.comment(&row),
    });
    Ok(CommentsPage {
        threads: threads.collect(),
        count: count(counted),
        earlier,
        next: may_comment.then(|| portal.clock.new_id()),
    })
}

/// A comment as somebody has typed it.
#[derive(Clone, Copy, Debug)]
pub struct NewComment<'a> {
    /// Made by the page: the same id again changes nothing.
    pub id: CommentId,
    pub post: PostId,
    /// The comment that it answers, which answers none itself.
    pub parent: Option<CommentId>,
    pub body: &'a str,
}

/// Comments on a post.
pub async fn add(portal: &Portal, actor: &Actor, new: NewComment<'_>) -> Result<()> {
    let mut read = portal.store.read().await?;
    Place::find(portal, &mut read, actor, new.post).await?.capacity(actor).ok_or_else(Error::not_found)?;
    let mut checker = Checker::default();
    let body = checker.lines("body", new.body, COMMENT_MAX);
    checker.finish()?;
    if is_there(&mut read, actor, new).await? {
        return Ok(());
    }
    drop(read);
    count_tries(portal, RATE_WINDOW, &[(format!("comment:{}", actor.account()), RATE)]).await?;

    let mut write = portal.store.write().await?;
    // Comments on one post take turns, so that a second sending of the same one waits for the first.
    write.lock_post(new.post).await?;
    let place = Place::find(portal, &mut write, actor, new.post).await?;
    let capacity = place.capacity(actor).ok_or_else(Error::not_found)?;
    if is_there(&mut write, actor, new).await? {
        return Ok(());
    }
    if let Some(parent) = new.parent {
        let parent = write.find_comment(parent).await?.filter(|parent| parent.post_id == new.post);
        let parent = parent.filter(|parent| parent.parent_id.is_none()).ok_or_else(Error::not_found)?;
        if parent.removed_at.is_some() {
            return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
        }
    }
    let row = store::NewComment {
        id: new.id,
        school: place.post.school_id,
        post: new.post,
        parent: new.parent,
        author: actor.account(),
        capacity: match capacity {
            Capacity::Staff(role) => role.as_str(),
            Capacity::Guardian => GUARDIAN,
        },
        body: &body,
        at: portal.clock.now(),
    };
    match write.add_comment(row).await {
        // Taken in this very moment under another post.
        Err(store::Error::Duplicate(_)) => return Err(Error::not_found()),
        other => other?,
    }
    search::index_comment(&mut write, place.post.school_id, new.post, new.id, &body).await?;
    place.announce(&mut write, portal).await?;
    write.commit().await?;
    Ok(())
}

/// Whether this very comment was sent before; somebody else's id is as good as an unknown one.
async fn is_there(read: &mut Read, actor: &Actor, new: NewComment<'_>) -> Result<bool> {
    match read.find_comment(new.id).await? {
        None => Ok(false),
        Some(row) if row.author_id == actor.account() && row.post_id == new.post => Ok(true),
        Some(_) => Err(Error::not_found()),
    }
}

/// Changes what the actor wrote a short while ago. Answers the post.
pub async fn edit(portal: &Portal, actor: &Actor, id: CommentId, body: &str) -> Result<PostId> {
    let mut checker = Checker::default();
    let body = checker.lines("body", body, COMMENT_MAX);
    let mut write = portal.store.write().await?;
    let (row, place) = Place::of_comment(portal, &mut write, actor, id).await?;
    if row.author_id != actor.account() || row.removed_at.is_some() {
        return Err(Error::not_found());
    }
    checker.finish()?;
    let now = portal.clock.now();
    if body == row.body {
        return Ok(row.post_id);
    }
    if !can_edit(&row, now) {
        return Err(ApiError::conflict(Conflict::TooLate).into());
    }
    if write.edit_comment(id, &body, now).await? {
        search::index_comment(&mut write, row.school_id, row.post_id, id, &body).await?;
        place.announce(&mut write, portal).await?;
        write.commit().await?;
    }
    Ok(row.post_id)
}

/// Takes back what the actor wrote. Doing it again changes nothing. Answers the post.
pub async fn delete(portal: &Portal, actor: &Actor, id: CommentId) -> Result<PostId> {
    let mut write = portal.store.write().await?;
    let (row, place) = Place::of_comment(portal, &mut write, actor, id).await?;
    if row.author_id != actor.account() {
        return Err(Error::not_found());
    }
    if write.take_back_comment(id, actor.account(), portal.clock.now()).await? {
        write.forget_search_entry(row.post_id, id.0).await?;
        place.announce(&mut write, portal).await?;
        write.commit().await?;
    }
    Ok(row.post_id)
}

/// Takes away what somebody else wrote, for a reason. Doing it again changes nothing. Answers the post.
pub async fn remove(portal: &Portal, actor: &Actor, id: CommentId, reason: &str) -> Result<PostId> {
    let mut checker = Checker::default();
    let reason = checker.lines("reason", reason, REASON_MAX);
    let mut write = portal.store.write().await?;
    let (row, place) = Place::of_comment(portal, &mut write, actor, id).await?;
    if !place.may_moderate(actor) || row.author_id == actor.account() {
        return Err(Error::not_found());
    }
    checker.finish()?;
    if write.remove_comment(id, actor.account(), &reason, portal.clock.now()).await? {
        write.forget_search_entry(row.post_id, id.0).await?;
        let entry = Entry { action: "comment.remove", subject: &row.author, detail: &reason };
        audit::record(&mut write, portal, row.school_id, Some(actor.account()), entry).await?;
        place.announce(&mut write, portal).await?;
        write.commit().await?;
    }
    Ok(row.post_id)
}

/// A post that the actor reads.
struct Place {
    post: PostRow,
    to: Addressees,
}

impl Place {
    async fn find(portal: &Portal, read: &mut Read, actor: &Actor, post: PostId) -> Result<Place> {
        let (post, to) = find_published(portal, read, actor, post).await?;
        Ok(Place { post, to })
    }

    async fn of_comment(portal: &Portal, read: &mut Read, actor: &Actor, id: CommentId) -> Result<(CommentRow, Place)> {
        let row = read.find_comment(id).await?.ok_or_else(Error::not_found)?;
        let place = Place::find(portal, read, actor, row.post_id).await?;
        Ok((row, place))
    }

    /// As what the actor may comment here, nearest to the group first; none if not at all.
    fn capacity(&self, actor: &Actor) -> Option<Capacity> {
        const AS: [(Standing, Capacity); 4] = [
            (Standing::Teacher, Capacity::Staff(StaffRole::Teacher)),
            (Standing::Specialist, Capacity::Staff(StaffRole::Specialist)),
            (Standing::Director, Capacity::Staff(StaffRole::Director)),
            (Standing::Guardian, Capacity::Guardian),
        ];
        if !self.post.options.comments_open {
            return None;
        }
        let PostRow { school_id: school, author_id: author, .. } = self.post;
        let may_as = |standing| self.to.may_as(actor, standing, Action::Comment, school, author);
        AS.into_iter().find(|(standing, _)| may_as(*standing)).map(|(_, capacity)| capacity)
    }

    fn may_moderate(&self, actor: &Actor) -> bool {
        self.to.may_somewhere(actor, Action::ModerateComments, self.post.school_id, self.post.author_id)
    }

    /// Records that the readers' open pages are to be told.
    async fn announce(&self, write: &mut Write, portal: &Portal) -> Result<()> {
        let PostRow { id: post, school_id: school, .. } = self.post;
        jobs::enqueue(write, portal, &Job::AnnounceComments { post, school, to: self.to.clone() }, 0).await?;
        Ok(())
    }
}

/// How comments look to one reader at one moment.
struct View<'a> {
    actor: &'a Actor,
    now: Time,
    dates: &'a Dates,
    may_remove: bool,
}

impl View<'_> {
    fn comment(&self, row: &CommentRow) -> Comment {
        let is_own = row.author_id == self.actor.account();
        let author = if row.removed_at.is_none() { row.author.clone() } else { String::new() };
        let said = match (row.removed_at, &row.removal_reason) {
            (None, _) => Said::Text {
                text: row.body.clone(),
                is_edited: row.edited_at.is_some(),
                can_edit: is_own && can_edit(row, self.now),
                can_remove: !is_own && self.may_remove,
            },
            (Some(_), None) => Said::TakenBack,
            (Some(_), Some(reason)) => Said::Removed { reason: (is_own || self.may_remove).then(|| reason.clone()) },
        };
        Comment {
            id: row.id,
            author,
            capacity: StaffRole::from_word(&row.capacity).map_or(Capacity::Guardian, Capacity::Staff),
            at: self.dates.moment(row.created_at),
            is_own,
            said,
        }
    }
}

fn can_edit(row: &CommentRow, now: Time) -> bool {
    now < row.created_at.plus(EDIT_TIME)
}

fn is_taken_back(row: &CommentRow) -> bool {
    row.removed_at.is_some() && row.removal_reason.is_none()
}

fn write_cursor(row: &CommentRow) -> String {
    format!("{}-{}", row.created_at.0, row.id.0.simple())
}

fn read_cursor(text: &str) -> Result<(Time, CommentId)> {
    let parts = text.split_once('-').and_then(|(at, id)| Some((Time(at.parse().ok()?), id.parse().ok()?)));
    parts.ok_or(Error::Api(ApiError::Malformed))
}
