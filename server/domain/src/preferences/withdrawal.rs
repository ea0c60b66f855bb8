//! What follows when an answer takes a yes away: pictures are hidden at once and stay so, and staff look through the rest.

use crate::{
    Portal, Result,
    gate::{self, Audience},
    jobs::{self, Job},
};
use model::{ReviewId, SchoolId, consent::Effective, live::LiveEvent};
use std::collections::BTreeSet;
use store::{ChildRow, Read, ReviewRow, Write};

/// What a decision about a child came to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Decided {
    /// Pictures that it hid.
    pub hidden: i64,
    /// Pictures that staff have been given to look through.
    pub to_review: i64,
}

/// What the answers about pictures in the portal come to for a child.
pub(crate) struct Standing(Vec<(Audience, Effective)>);

impl Standing {
    pub(crate) async fn find(read: &mut Read, portal: &Portal, child: &ChildRow) -> Result<Standing> {
        let audiences = BTreeSet::from([Audience::Group, Audience::School]);
        let now = portal.clock.now();
        let answers = gate::portal_answers(read, child.school_id, &audiences, &[child.id], now).await?;
        Ok(Standing(audiences.into_iter().map(|audience| (audience, answers.of(child.id, audience))).collect()))
    }
}

/// Does what follows when something else than an answer has changed what the answers come to, such as who has custody. The
/// child has been locked since `before`.
pub(crate) async fn follow_change(
    write: &mut Write,
    portal: &Portal,
    child: &ChildRow,
    before: Standing,
) -> Result<()> {
    let after = Standing::find(write, portal, child).await?;
    for ((audience, before), (_, after)) in before.0.into_iter().zip(after.0) {
        follow(write, portal, child, audience, before, after).await?;
    }
    Ok(())
}

/// Does what follows from a change of what the answers about pictures come to, in the transaction that changes them.
pub(super) async fn follow(
    write: &mut Write,
    portal: &Portal,
    child: &ChildRow,
    audience: Audience,
    before: Effective,
    after: Effective,
) -> Result<Decided> {
    if before == after {
        return Ok(Decided::default());
    }
    // Open pages must not go on showing what they fetched before.
    jobs::enqueue(write, portal, &Job::PicturesChanged { school: child.school_id }, 0).await?;
    if before != Effective::Yes {
        return Ok(Decided::default());
    }
    // What is published at this instant is published before it, and found here, or after it, and asked about.
    write.lock_school(child.school_id).await?;
    let now = portal.clock.now();
    let in_school_group = audience == Audience::School;
    let hidden = write.hold_pictures(child.id, in_school_group, now).await?;
    let pictures = write.list_unanswered_pictures(child.school_id, child.id, in_school_group).await?.len() as i64;
    if pictures > 0 {
        let review = ReviewRow {
            id: ReviewId(portal.clock.new_id()),
            school_id: child.school_id,
            child_id: child.id,
            audience: audience.as_str().to_owned(),
            begun_at: now,
            pictures,
            done_at: None,
        };
        write.add_review(&review).await?;
    }
    Ok(Decided { hidden: i64::try_from(hidden).unwrap_or(i64::MAX), to_review: pictures })
}

/// Tells open pages of a school that pictures may have been hidden.
pub(crate) async fn tell_pictures_changed(portal: &Portal, school: SchoolId) -> Result<()> {
    let readers = portal.store.read().await?.list_readers_of_school(school).await?;
    let mut write = portal.store.write().await?;
    crate::live::tell(&mut write, portal, &readers, LiveEvent::Pictures).await?;
    write.commit().await?;
    Ok(())
}
