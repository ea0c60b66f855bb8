//! What somebody has asked for is done, also when nobody waits for the answer any more: a page that is left, a telephone without a
//! connection. The web server drops a handler whose connection is gone, in the middle of its work.

use axum::{
    extract::Request,
    http::StatusCode,
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use tracing::Instrument as _;

pub async fn complete(request: Request, next: Next) -> Response {
    // What is only looked up is of use to nobody then.
    if request.method().is_safe() {
        return next.run(request).await;
    }
    match tokio::spawn(next.run(request).in_current_span()).await {
        Ok(response) => response,
        Err(error) => match error.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            // The server stops.
            Err(_) => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        },
    }
}
