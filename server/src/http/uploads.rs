//! Resumable uploads: the tus protocol 1.0.0 (creation, termination, expiration), <https://tus.io/protocols/resumable-upload>.
//!
//! ```text
//! POST   /api/media/uploads        Upload-Length, Upload-Metadata: filename and post, each in Base64   -> Location
//! HEAD   /api/media/uploads/{id}                                                                      -> Upload-Offset
//! PATCH  /api/media/uploads/{id}   Upload-Offset, application/offset+octet-stream                     -> Upload-Offset
//! DELETE /api/media/uploads/{id}
//! ```
//!
//! What is refused is answered as by every server function: an `ApiError` as JSON.

use super::{AppState, media::failure};
use app::api::request::Asked;
use axum::{
    Extension,
    body::Body,
    extract::{Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use domain::{Error, moments, resumable::Progress};
use model::{ApiError, PostId};
use uuid::Uuid;

/// Where uploads begin.
pub const PATH: &str = "/api/media/uploads";

const VERSION: HeaderValue = HeaderValue::from_static("1.0.0");
const BYTES: &str = "application/offset+octet-stream";

mod name {
    use super::HeaderName;
    pub const RESUMABLE: HeaderName = HeaderName::from_static("tus-resumable");
    pub const VERSION: HeaderName = HeaderName::from_static("tus-version");
    pub const EXTENSION: HeaderName = HeaderName::from_static("tus-extension");
    pub const MAX_SIZE: HeaderName = HeaderName::from_static("tus-max-size");
    pub const LENGTH: HeaderName = HeaderName::from_static("upload-length");
    pub const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
    pub const METADATA: HeaderName = HeaderName::from_static("upload-metadata");
    pub const EXPIRES: HeaderName = HeaderName::from_static("upload-expires");
}

/// Every answer names the protocol; a request in another version of it goes no further.
pub async fn speak(request: Request, next: Next) -> Response {
    let speaks = request.headers().get(name::RESUMABLE) == Some(&VERSION);
    let mut response = if speaks || request.method() == axum::http::Method::OPTIONS {
        next.run(request).await
    } else {
        (StatusCode::PRECONDITION_FAILED, [(name::VERSION, VERSION)]).into_response()
    };
    response.headers_mut().insert(name::RESUMABLE, VERSION);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

pub async fn options(State(state): State<AppState>) -> Response {
    let headers = [
        (name::VERSION, VERSION),
        (name::EXTENSION, HeaderValue::from_static("creation,termination,expiration")),
        (name::MAX_SIZE, HeaderValue::from(domain::media::largest_file(&state.portal))),
    ];
    (StatusCode::NO_CONTENT, headers).into_response()
}

pub async fn create(State(state): State<AppState>, Extension(asked): Extension<Asked>, headers: HeaderMap) -> Response {
    let created = async {
        let actor = asked.actor.as_ref().ok_or(ApiError::SignedOut)?;
        let length = number(&headers, &name::LENGTH)?;
        let metadata = read_metadata(&headers)?;
        let value = |key: &str| metadata.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
        let post: PostId = value("post").ok_or(ApiError::Malformed)?.parse().map_err(|_| Error::not_found())?;
        domain::resumable::create(&state.portal, actor, post, value("filename").unwrap_or_default(), length).await
    };
    match created.await {
        Ok(progress) => {
            let place = HeaderValue::try_from(format!("{PATH}/{}", progress.id));
            let mut response = answer(StatusCode::CREATED, &progress);
            if let Ok(place) = place {
                response.headers_mut().insert(header::LOCATION, place);
            }
            response
        }
        Err(error) => failure(&error.into_api()),
    }
}

pub async fn find(
    State(state): State<AppState>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
) -> Response {
    let found = async {
        let actor = asked.actor.as_ref().ok_or(ApiError::SignedOut)?;
        domain::resumable::find(&state.portal, actor, read_id(&id)?).await
    };
    match found.await {
        Ok(progress) => {
            let mut response = answer(StatusCode::OK, &progress);
            response.headers_mut().insert(name::LENGTH, HeaderValue::from(progress.length));
            response
        }
        Err(error) => failure(&error.into_api()),
    }
}

pub async fn append(
    State(state): State<AppState>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
    headers: HeaderMap,
    body: Body,
) -> Response {
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != BYTES) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let appended = async move {
        let actor = asked.actor.as_ref().ok_or(ApiError::SignedOut)?;
        let (id, offset) = (read_id(&id)?, number(&headers, &name::OFFSET)?);
        domain::resumable::append(&state.portal, actor, id, offset, body.into_data_stream()).await
    };
    // On its own: the connection breaks, and what has come over it is stored all the same.
    match tokio::spawn(appended).await.map_err(Error::internal).flatten() {
        Ok(progress) => answer(StatusCode::NO_CONTENT, &progress),
        Err(error) => failure(&error.into_api()),
    }
}

pub async fn cancel(
    State(state): State<AppState>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
) -> Response {
    let cancelled = async {
        let actor = asked.actor.as_ref().ok_or(ApiError::SignedOut)?;
        domain::resumable::cancel(&state.portal, actor, read_id(&id)?).await
    };
    match cancelled.await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => failure(&error.into_api()),
    }
}

fn answer(status: StatusCode, progress: &Progress) -> Response {
    let mut response = (status, [(name::OFFSET, HeaderValue::from(progress.received))]).into_response();
    if let Ok(expires) = HeaderValue::try_from(moments::http_date(progress.expires)) {
        response.headers_mut().insert(name::EXPIRES, expires);
    }
    response
}

fn read_id(id: &str) -> Result<Uuid, Error> {
    id.parse().map_err(|_| Error::not_found())
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<u64, Error> {
    let text = headers.get(name).and_then(|value| value.to_str().ok());
    text.and_then(|text| text.parse().ok()).ok_or_else(|| ApiError::Malformed.into())
}

/// Names and values; a name without a value has an empty one.
fn read_metadata(headers: &HeaderMap) -> Result<Vec<(String, String)>, Error> {
    let Some(header) = headers.get(name::METADATA) else { return Ok(Vec::new()) };
    let pairs = header.to_str().map_err(|_| ApiError::Malformed)?.split(',').map(|pair| {
        let (name, value) = pair.trim().split_once(' ').unwrap_or((pair.trim(), ""));
        let value = BASE64_STANDARD.decode(value.trim()).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        Ok((name.to_owned(), value.ok_or(ApiError::Malformed)?))
    });
    pairs.collect()
}
