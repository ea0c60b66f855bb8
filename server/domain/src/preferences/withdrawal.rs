//! What follows when an answer takes a yes away: pictures are hidden at once and stay so, and staff look through the rest.

use crate::{
    Portal, Result,
    gate::Audience,
    jobs::{self, Job},
};
use model::{ReviewId, SchoolId, consent::Effective, live::LiveEvent};
use store::{ChildRow, ReviewRow, Write};

/// What a decision about a child came to.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Decided {
    /// Pictures that it hid.
    pub hidden: i64,
    /// Pictures that staff have been given to look through.
    pub to_review: i64,
}

/// Does what follows from a change of what the answers about a purpose come to, in the transaction that changes them.
pub(super) async fn follow(
    write: &mut Write,
    portal: &Portal,
    child: &ChildRow,
    purpose: &str,
    before: Effective,
    after: Effective,
) -> Result<Decided> {
    let Some(audience) = Audience::of_purpose(purpose).filter(|_| before != after) else {
        return Ok(Decided::default());
    };
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
