//! The worker of the outbox: one loop, many kinds of work.

use domain::Portal;
use std::time::Duration;
use store::{Lane, Wake};
use tokio_util::sync::CancellationToken;

/// Longest sleep of the worker; work that is due later than this is looked for again then.
const LONGEST_SLEEP: Duration = Duration::from_secs(60);
/// Pause after the database could not be asked.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Puts work that comes back by itself into the queue.
pub async fn plan(portal: &Portal) {
    if let Err(error) = domain::jobs::start(portal).await {
        tracing::error!(%error, "the hourly work could not be planned");
    }
}

/// Does one kind of work as it comes due, until told to stop. Running work is finished, but for films: they take longer
/// than whoever stops a server waits, and begin again with the next.
pub async fn work(portal: Portal, lane: Lane, stop: CancellationToken) {
    let mut woken = portal.store.watch(Wake::Jobs);
    while !stop.is_cancelled() {
        woken.mark_unchanged();
        let done = tokio::select! {
            done = domain::jobs::run_next_in(&portal, lane) => done,
            () = stop.cancelled(), if lane == Lane::Films => break,
        };
        let pause = match done {
            Ok(true) => continue,
            Ok(false) => until_next(&portal, lane).await,
            Err(error) => {
                tracing::error!(%error, "the outbox can't be read");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = stop.cancelled() => {}
            () = tokio::time::sleep(pause) => {}
            changed = woken.changed() => if changed.is_err() { break },
        }
    }
}

async fn until_next(portal: &Portal, lane: Lane) -> Duration {
    match domain::jobs::next_at(portal, lane).await {
        Ok(Some(at)) => {
            let micros = u64::try_from(at.0 - portal.clock.now().0).unwrap_or(0);
            Duration::from_micros(micros).min(LONGEST_SLEEP)
        }
        Ok(None) => LONGEST_SLEEP,
        Err(_) => AFTER_FAILURE,
    }
}

/// Hears what other nodes commit, until told to stop.
pub async fn listen(portal: Portal, stop: CancellationToken) {
    loop {
        tokio::select! {
            () = stop.cancelled() => return,
            ended = portal.store.listen() => if let Err(error) = ended {
                tracing::warn!(%error, "lost the line to other nodes, trying again");
            },
        }
        tokio::select! {
            () = stop.cancelled() => return,
            () = tokio::time::sleep(AFTER_FAILURE) => {}
        }
    }
}
