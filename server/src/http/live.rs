//! The event stream: tells open pages that something changed. One stream serves a whole browser.

use super::AppState;
use app::api::request::Asked;
use axum::{
    Extension,
    extract::{Query, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{
        IntoResponse as _, Response, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::Actor;
use futures::stream;
use model::{Time, live::LiveEvent};
use std::{convert::Infallible, time::Duration};
use store::Wake;
use tokio::sync::watch;

/// A comment that keeps proxies from closing a silent stream.
const KEEP_ALIVE: Duration = Duration::from_secs(20);
/// How often a stream makes sure that its reader may still read.
const STILL_ALLOWED: i64 = 30 * Time::SECOND;

struct Stream {
    state: AppState,
    token: String,
    actor: Actor,
    checked: Time,
    after: i64,
    woken: watch::Receiver<u64>,
    /// Events fetched but not yet sent.
    waiting: std::collections::VecDeque<Event>,
    ended: bool,
}

/// Where a page that was made after the event of this number begins to listen.
#[derive(serde::Deserialize)]
pub struct Begin {
    after: Option<String>,
}

pub async fn stream(
    State(state): State<AppState>,
    Extension(asked): Extension<Asked>,
    jar: axum_extra::extract::CookieJar,
    Query(begin): Query<Begin>,
    headers: HeaderMap,
) -> Response {
    let name = app::api::request::Cookie::Session.name(asked.secure);
    let (Some(actor), Some(token)) = (asked.actor, jar.get(name).map(|cookie| cookie.value().to_owned())) else {
        return StatusCode::UNAUTHORIZED.into_response();
    };
    // A browser that comes back by itself asks with the same address as at first, and says how far it has come since.
    let come_back = headers.get("last-event-id").and_then(|id| id.to_str().ok());
    let last_seen = come_back.or(begin.after.as_deref()).and_then(|id| id.parse().ok());
    let woken = state.portal.store.watch(Wake::Live);
    let (after, missed) = match domain::live::begin(&state.portal, last_seen).await {
        Ok(begin) => begin,
        Err(error) => {
            error.into_api();
            return StatusCode::SERVICE_UNAVAILABLE.into_response();
        }
    };
    let mut waiting = std::collections::VecDeque::new();
    // An id at once, so that a browser that comes back can say where it was.
    waiting
        .push_back(Event::default().event("hello").id(after.to_string()).data("{}").retry(Duration::from_millis(500)));
    if missed {
        waiting.push_back(event(after, LiveEvent::Resync));
    }
    let checked = state.portal.clock.now();
    let stop = state.inner.stop.clone();
    let stream = Stream { state, token, actor, checked, after, woken, waiting, ended: false };
    let events = stream::unfold(stream, |mut stream| async move {
        stream.next().await.map(|event| (Ok::<_, Infallible>(event), stream))
    });
    // Open streams must not keep the server from stopping.
    let events = futures::StreamExt::take_until(events, stop.cancelled_owned());
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(KEEP_ALIVE)).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

impl Stream {
    async fn next(&mut self) -> Option<Event> {
        loop {
            if let Some(event) = self.waiting.pop_front() {
                return Some(event);
            }
            if self.ended {
                return None;
            }
            self.woken.mark_unchanged();
            if let Err(error) = self.fetch().await {
                // The browser comes back by itself and says where it was.
                tracing::debug!(%error, "live stream ends");
                return None;
            }
            if !self.waiting.is_empty() || self.ended {
                continue;
            }
            let recheck = Duration::from_micros(STILL_ALLOWED.unsigned_abs());
            tokio::select! {
                changed = self.woken.changed() => if changed.is_err() { return None },
                () = tokio::time::sleep(recheck) => self.checked = Time(0),
            }
        }
    }

    async fn fetch(&mut self) -> domain::Result<()> {
        let events = domain::live::events_after(&self.state.portal, &self.actor, self.after).await?;
        let now = self.state.portal.clock.now();
        let told_to_look = events.iter().any(|placed| placed.event == LiveEvent::Resync);
        if told_to_look || now.0 - self.checked.0 >= STILL_ALLOWED {
            match Actor::resolve(&self.state.portal, &self.token).await? {
                Some(actor) => self.actor = actor,
                None => {
                    self.waiting.push_back(event(self.after, LiveEvent::SignedOut));
                    self.ended = true;
                    return Ok(());
                }
            }
            self.checked = now;
        }
        for placed in events {
            self.after = placed.seq;
            self.waiting.push_back(event(placed.seq, placed.event));
        }
        Ok(())
    }
}

fn event(seq: i64, event: LiveEvent) -> Event {
    let data = serde_json::to_string(&event).unwrap_or_else(|_| "\"resync\"".to_owned());
    Event::default().id(seq.to_string()).data(data)
}
