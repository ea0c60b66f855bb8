//! Server functions, and the same doors for forms that are sent without JavaScript.

use super::{AppState, pages};
use app::{FormFeedback, api::local_path};
use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse as _, Redirect, Response},
};
use model::ApiError;

pub async fn handle(State(state): State<AppState>, request: Request) -> Response {
    if is_plain_form(&request) {
        return plain_form(state, request).await;
    }
    let mut response = leptos_axum::handle_server_fns(request).await.into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A browser that navigates, and not our code, has sent this.
fn is_plain_form(request: &Request) -> bool {
    let header = |name| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    request.method() == Method::POST
        && header(header::ACCEPT).contains("text/html")
        && header(header::CONTENT_TYPE).starts_with("application/x-www-form-urlencoded")
}

/// Calls the server function and turns its answer into a page: the next one when it succeeded, the one that the form
/// stands on, filled in as it was, when it did not or is not finished.
async fn plain_form(state: AppState, request: Request) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, super::FORM_MAX).await else { return StatusCode::PAYLOAD_TOO_LARGE.into_response() };
    let endpoint = parts.uri.path().to_owned();
    let from = came_from(&parts.headers);
    parts.headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let call = Request::from_parts(parts.clone(), Body::from(body.clone()));
    let answer = leptos_axum::handle_server_fns(call).await.into_response();
    let status = answer.status();
    // Accepted is not finished: the form is shown again, with what came of it so far.
    if status.is_success() && status != StatusCode::ACCEPTED {
        let to = answer.headers().get(header::LOCATION).and_then(|to| to.to_str().ok()).unwrap_or(&from);
        let mut response = Redirect::to(to).into_response();
        for cookie in answer.headers().get_all(header::SET_COOKIE) {
            response.headers_mut().append(header::SET_COOKIE, cookie.clone());
        }
        return response;
    }
    let retry_after = answer.headers().get(header::RETRY_AFTER).cloned();
    let text = to_bytes(answer.into_body(), super::FORM_MAX).await.unwrap_or_default();
    let error = (!status.is_success()).then(|| serde_json::from_slice(&text).unwrap_or(ApiError::Malformed));
    if error == Some(ApiError::SignedOut) {
        return pages::to_sign_in(&from);
    }
    let values = form_values(&body);
    let feedback = FormFeedback { endpoint, error, values };
    parts.method = Method::GET;
    parts.uri = from.parse().unwrap_or_else(|_| Uri::from_static("/"));
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut response = pages::render(&state, Request::from_parts(parts, Body::empty()), Some(feedback)).await;
    *response.status_mut() = if status == StatusCode::ACCEPTED { StatusCode::OK } else { status };
    if let Some(retry_after) = retry_after {
        response.headers_mut().insert(header::RETRY_AFTER, retry_after);
    }
    response
}

/// Path and query of the page that the form stands on.
fn came_from(headers: &axum::http::HeaderMap) -> String {
    let referer = headers.get(header::REFERER).and_then(|value| value.to_str().ok()).unwrap_or("/");
    let uri: Uri = referer.parse().unwrap_or_default();
    local_path(uri.path_and_query().map_or("/", |path| path.as_str())).to_owned()
}

fn form_values(body: &[u8]) -> Vec<(String, String)> {
    let decode =
        |text: &str| percent_encoding::percent_decode_str(&text.replace('+', " ")).decode_utf8_lossy().into_owned();
    String::from_utf8_lossy(body)
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        })
        .collect()
}
