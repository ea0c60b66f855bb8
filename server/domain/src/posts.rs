//! Posts: who reads and changes them is decided here; what is done with them, in the modules.

mod addressees;
mod choosing;
mod drafts;
mod feed;
mod options;
mod page;
mod polls;
mod publish;
mod schedule;
mod staff;

pub use addressees::Addressees;
pub(crate) use addressees::{FeedSources, Names, children_offered, known_groups};
pub use drafts::{Draft, find_state, list_drafts, open_compose, save_draft};
pub use feed::find_feed;
pub(crate) use feed::{find_shown, read_cursor, write_cursor};
pub use page::open_post;
pub use polls::{open_poll, vote};
pub use publish::{Published, delete, edit, publish};
pub(crate) use schedule::{expire, publish_due};
pub use staff::{confirm, open_for_staff, pin, remind};
pub(crate) use staff::{remind_in_time, remind_missing};

use crate::{
    Actor, Error, Portal, Result,
    jobs::{self, Job},
    live,
    policy::Action,
};
use model::{
    AccountId, ChildId, MediaId, PostId, SchoolId, Time, document::Document, feed::PostState, live::LiveEvent,
};
use store::{PostPictureRow, PostRow, Read, Write};
use uuid::Uuid;

/// Accounts told of a post in one transaction.
const TOLD_AT_ONCE: i64 = 500;

/// Records that the readers' open pages are to be told. The author does not wait for it, however many they are.
pub(crate) async fn announce(write: &mut Write, portal: &Portal, row: &PostRow, to: &Addressees) -> Result<()> {
    let job = Job::AnnouncePost { post: row.id, school: row.school_id, to: to.clone() };
    jobs::enqueue(write, portal, &job, 0).await?;
    Ok(())
}

/// Tells the open pages of everybody who reads a post to these.
pub(crate) async fn tell_readers(portal: &Portal, event: LiveEvent, school: SchoolId, to: &Addressees) -> Result<()> {
    let groups = portal.store.read().await?.list_groups(school).await?;
    let readers = to.readers(school, &groups);
    let mut after = AccountId(Uuid::nil());
    loop {
        let accounts = portal.store.read().await?.list_readers(readers, after, TOLD_AT_ONCE).await?;
        let Some(last) = accounts.last() else { return Ok(()) };
        after = *last;
        let mut write = portal.store.write().await?;
        live::tell(&mut write, portal, &accounts, event).await?;
        write.commit().await?;
    }
}

pub(crate) fn document(row: &PostRow) -> Result<Document> {
    read_document(&row.body)
}

fn read_document(body: &str) -> Result<Document> {
    Ok(serde_json::from_str(body)?)
}

/// Published, and not expired.
fn is_shown(row: &PostRow, now: Time) -> bool {
    row.state == PostState::Published && row.options.expires_at.is_none_or(|at| Time(at) > now)
}

/// A published post that the actor reads. One that has expired is there only for those who may change it.
pub(crate) async fn find_published(
    portal: &Portal,
    read: &mut Read,
    actor: &Actor,
    id: PostId,
) -> Result<(PostRow, Addressees)> {
    let row = read.find_post(id).await?.filter(|row| row.state == PostState::Published).ok_or_else(Error::not_found)?;
    let to = Addressees::find(read, id).await?;
    let is_shown =
        is_shown(&row, portal.clock.now()) || to.may(actor, Action::ChangePost, row.school_id, row.author_id);
    if is_shown && to.may_read(actor, row.school_id) { Ok((row, to)) } else { Err(Error::not_found()) }
}

/// The post, if the actor may change it, and to whom it goes: one's own draft, or a published post.
pub(crate) async fn find_changeable(read: &mut Read, actor: &Actor, id: PostId) -> Result<(PostRow, Addressees)> {
    let row = read.find_post(id).await?.ok_or_else(Error::not_found)?;
    let to = Addressees::find(read, id).await?;
    let may = match row.state {
        PostState::Draft => is_own(actor, &row),
        PostState::Published => may_change(actor, &row, &to),
        PostState::Deleted => false,
    };
    if may { Ok((row, to)) } else { Err(Error::not_found()) }
}

/// The same for a change: other changes to the post wait.
pub(crate) async fn lock_changeable(write: &mut Write, actor: &Actor, id: PostId) -> Result<(PostRow, Addressees)> {
    write.lock_post(id).await?;
    find_changeable(write, actor, id).await
}

/// A draft is its author's alone, and only while the author works at the school.
pub(crate) fn is_own(actor: &Actor, row: &PostRow) -> bool {
    row.author_id == actor.account() && actor.is_staff(row.school_id)
}

/// Whether the actor may change or delete a published post: in each of its groups.
fn may_change(actor: &Actor, row: &PostRow, to: &Addressees) -> bool {
    to.may(actor, Action::ChangePost, row.school_id, row.author_id)
}

fn zone_of(actor: &Actor, school: SchoolId) -> &str {
    actor.school(school).map_or("UTC", |school| school.time_zone.as_str())
}

/// Pictures, and those of them that are set apart for a child.
pub(crate) fn media_and_restrictions(pictures: &[&PostPictureRow]) -> (Vec<MediaId>, Vec<(MediaId, ChildId)>) {
    let media = pictures.iter().map(|picture| picture.media_id).collect();
    let only_for = pictures.iter().filter_map(|picture| Some((picture.media_id, picture.only_for()?))).collect();
    (media, only_for)
}

/// A count of rows, for people.
pub(crate) fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
}
