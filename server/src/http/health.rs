//! Whether the server lives, and whether it can do its work.

use super::AppState;
use axum::{extract::State, http::StatusCode};

pub async fn live() -> &'static str {
    "ok"
}

/// Ready when the database answers.
pub async fn ready(State(state): State<AppState>) -> (StatusCode, &'static str) {
    let answer = async { state.portal.store.read().await?.ping().await };
    match answer.await {
        Ok(()) => (StatusCode::OK, "ok"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
