//! Pages, rendered whole.

use super::AppState;
use app::{FormFeedback, PUBLIC_PATHS, Page, api::request::Asked, shell};
use axum::{
    body::Body,
    extract::{Request, State},
    http::{HeaderValue, Method, StatusCode, Uri, header, request::Parts},
    response::{IntoResponse as _, Redirect, Response},
};
use leptos::{
    nonce::use_nonce,
    prelude::{provide_context, use_context},
};
use model::ApiError;
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What must not stand in a query value as it is.
const QUERY: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'<').add(b'>').add(b'&').add(b'+').add(b'%');

pub async fn handle(State(state): State<AppState>, request: Request) -> Response {
    if request.method() != Method::GET && request.method() != Method::HEAD {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let path = request.uri().path();
    let is_public = PUBLIC_PATHS.contains(&path);
    let signed_in = request.extensions().get::<Asked>().is_some_and(|asked| asked.actor.is_some());
    if !signed_in && !is_public {
        return to_sign_in(request.uri().path_and_query().map_or("/", |path| path.as_str()));
    }
    if signed_in && path == "/sign-in" {
        return Redirect::to("/").into_response();
    }
    render(&state, request, None).await
}

/// To the sign-in page, and back again afterwards.
pub fn to_sign_in(from: &str) -> Response {
    if from == "/" {
        return Redirect::to("/sign-in").into_response();
    }
    Redirect::to(&format!("/sign-in?next={}", utf8_percent_encode(from, QUERY))).into_response()
}

/// Renders the page of the request's path, with the form that came back to it, if any.
pub async fn render(state: &AppState, request: Request, feedback: Option<FormFeedback>) -> Response {
    let lang = request.extensions().get::<Asked>().map(|asked| asked.lang).unwrap_or_default();
    let mut assets = state.inner.assets.clone();
    assets.scripts = feedback.is_none();
    let page = Page { lang, feedback };
    let handler = leptos_axum::render_app_async_with_context(
        move || provide_context(page.clone()),
        move || {
            forbid_everything_else();
            shell(assets.clone())
        },
    );
    let mut response = handler(request).await;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// Renders the page at `path` in answer to a form with files that stands on it, filled in as it was.
pub async fn render_again(state: &AppState, mut parts: Parts, path: &str, mut feedback: FormFeedback) -> Response {
    let status = feedback.error.as_ref().map_or(200, ApiError::status);
    // About what is somebody else's, or nobody's, there is no page to go back to.
    let is_missing = feedback.error == Some(ApiError::NotFound);
    if is_missing {
        feedback.endpoint.clear();
        feedback.values.clear();
    }
    parts.method = Method::GET;
    parts.uri = if is_missing { None } else { path.parse().ok() }.unwrap_or_else(|| Uri::from_static("/not-found"));
    parts.headers.remove(header::CONTENT_TYPE);
    parts.headers.remove(header::CONTENT_LENGTH);
    let mut response = render(state, Request::from_parts(parts, Body::empty()), Some(feedback)).await;
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    response
}

/// The content security policy of a page, with the nonce of its scripts.
fn forbid_everything_else() {
    let (Some(nonce), Some(response)) = (use_nonce(), use_context::<leptos_axum::ResponseOptions>()) else { return };
    let policy = format!(
        "default-src 'none'; script-src 'self' 'nonce-{nonce}' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; media-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; \
         base-uri 'none'; frame-ancestors 'none'"
    );
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        response.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
