//! What happens to a post by itself: it is published at its time, and leaves the feed at its time.

use super::{Addressees, announce, options::Due, publish::publish_draft};
use crate::{Actor, Error, Portal, Result, live};
use model::{ApiError, PostId, Time, error::Conflict, feed::PostState, live::LiveEvent, options::Held};

/// Publishes a scheduled post, if it is still what was scheduled; or makes it a draft again and tells its author why.
pub(crate) async fn publish_due(portal: &Portal, post: PostId, version: i64) -> Result<()> {
    let Some(row) = portal.store.read().await?.find_post(post).await? else { return Ok(()) };
    let is_scheduled = row.state == PostState::Draft && row.options.scheduled_version == Some(version);
    if !is_scheduled || row.version != version {
        return Ok(());
    }
    let done = match Actor::of_account(portal, row.author_id).await? {
        Some(author) => publish_draft(portal, &author, post, Some(version), Due::Scheduled).await.map(drop),
        None => Err(Error::not_found()),
    };
    let Err(error) = done else { return Ok(()) };
    let held = reason(error)?;
    let mut write = portal.store.write().await?;
    if write.hold_post(post, version, held.as_str()).await? {
        live::tell(&mut write, portal, &[row.author_id], LiveEvent::Draft { id: post }).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Why it could not be published; what may be better in a moment is an error of the work instead.
fn reason(error: Error) -> Result<Held> {
    match error {
        Error::Api(ApiError::NotFound) => Ok(Held::Rights),
        Error::Api(ApiError::Invalid { .. } | ApiError::Conflict { reason: Conflict::NobodyReads }) => {
            Ok(Held::Audience)
        }
        Error::Api(ApiError::Conflict { .. }) => Ok(Held::Pictures),
        other => Err(other),
    }
}

/// Takes a post out of the feed whose time is over, and tells open pages.
pub(crate) async fn expire(portal: &Portal, post: PostId) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let Some(row) = write.lock_post(post).await? else { return Ok(()) };
    if row.options.expires_at.is_none_or(|at| Time(at) > now) || row.state != PostState::Published {
        return Ok(());
    }
    let to = Addressees::find(&mut write, post).await?;
    write.place_post(post, now).await?;
    announce(&mut write, portal, &row, &to).await?;
    write.commit().await?;
    Ok(())
}
