//! Telling open pages that something changed.

use crate::{Actor, Portal, Result};
use model::{AccountId, Time, live::LiveEvent};
use store::Write;

/// How long events are kept for streams that come back.
pub const KEPT: i64 = Time::HOUR;

/// Tells open pages of these accounts, once the transaction is committed.
pub(crate) async fn tell(write: &mut Write, portal: &Portal, accounts: &[AccountId], event: LiveEvent) -> Result<()> {
    write.add_live_event(accounts, &serde_json::to_string(&event)?, portal.clock.now()).await?;
    Ok(())
}

/// An event with its place in the stream.
#[derive(Clone, Copy, Debug)]
pub struct Placed {
    pub seq: i64,
    pub event: LiveEvent,
}

/// Where a new stream begins: after everything there is, or after the last event that the browser has seen. When that
/// is too long ago to tell what was missed, the second value is true and the page must fetch again.
pub async fn begin(portal: &Portal, last_seen: Option<i64>) -> Result<(i64, bool)> {
    let mut read = portal.store.read().await?;
    let last = read.last_live_seq().await?;
    Ok(match last_seen {
        None => (last, false),
        // Numbers never go back: a larger one is from another database.
        Some(seen) if seen > last => (last, true),
        Some(seen) => {
            let first = read.first_live_seq().await?;
            (seen, seen < last && (first == 0 || seen + 1 < first))
        }
    })
}

/// The actor's events after `after`, oldest first.
pub async fn events_after(portal: &Portal, actor: &Actor, after: i64) -> Result<Vec<Placed>> {
    let rows = portal.store.read().await?.list_live_events(actor.account(), after).await?;
    rows.into_iter().map(|row| Ok(Placed { seq: row.seq, event: serde_json::from_str(&row.event)? })).collect()
}
