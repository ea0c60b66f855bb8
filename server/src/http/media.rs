//! Pictures, films and documents out, uploads in.

use super::{AppState, range};
use ::media::MediaLimits;
use app::api::request::Asked;
use axum::{
    Extension, Json,
    body::Body,
    extract::{Multipart, Path, State, multipart::Field},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use domain::{
    Actor, Error, Portal,
    media::{MediaFile, Part},
};
use model::{
    ApiError, MediaId, PostId,
    check::PHOTOS_MAX,
    media::{Uploaded, Variant},
};

/// Largest request with files: as many photos as a post holds, each as large as a photo may be, or one film.
pub fn upload_max(limits: &MediaLimits) -> usize {
    let photos = limits.photo.max_bytes.saturating_mul(PHOTOS_MAX as u64);
    usize::try_from(photos.max(limits.film.max_bytes)).unwrap_or(usize::MAX).saturating_add(super::FORM_MAX)
}

/// Longest text field beside the files, in bytes.
const TEXT_MAX: usize = 256 * 1024;

/// A part of an upload, for those who may see it now; everybody else and everything else is told that there is none.
pub async fn show(
    State(state): State<AppState>,
    Extension(asked): Extension<Asked>,
    Path((id, variant)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    match find(&state.portal, &asked, &id, &variant, &headers).await {
        Ok(response) => response,
        Err(error) => refused(error),
    }
}

/// The same to keep, asked for after the notice that goes with it: noted in the access log.
pub async fn download(
    State(state): State<AppState>,
    Extension(asked): Extension<Asked>,
    Path((id, part)): Path<(String, String)>,
) -> Response {
    match take_out(&state.portal, &asked, &id, &part).await {
        Ok(response) => response,
        Err(error) => refused(error),
    }
}

pub fn refused(error: Error) -> Response {
    let status = StatusCode::from_u16(error.into_api().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
}

async fn take_out(portal: &Portal, asked: &Asked, id: &str, part: &str) -> Result<Response, Error> {
    let actor = asked.actor.as_ref().ok_or_else(Error::not_found)?;
    let id: MediaId = id.parse().map_err(|_| Error::not_found())?;
    let part: Part = part.parse().map_err(|()| Error::not_found())?;
    // What the file was called where it came from may say more than the reader should know.
    let name = match part {
        Part::Picture(Variant::Large) => format!("foto-{}.webp", id.0.simple()),
        Part::Film => format!("film-{}.mp4", id.0.simple()),
        Part::Picture(_) | Part::Subtitles | Part::Document => return Err(Error::not_found()),
    };
    let file = domain::media::download_media(portal, actor, id, part).await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    let mut response = send(file, &HeaderMap::new()).await?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_str(&disposition).map_err(Error::internal)?);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

async fn find(portal: &Portal, asked: &Asked, id: &str, part: &str, headers: &HeaderMap) -> Result<Response, Error> {
    let actor = asked.actor.as_ref().ok_or_else(Error::not_found)?;
    let id: MediaId = id.parse().map_err(|_| Error::not_found())?;
    let part = part.parse().map_err(|()| Error::not_found())?;
    let file = domain::media::open_media(portal, actor, id, part).await?;
    let etag = HeaderValue::from_str(&file.etag).map_err(Error::internal)?;
    let disposition = disposition(file.download.as_deref())?;
    let is_known = headers.get(header::IF_NONE_MATCH).is_some_and(|known| matches(known, &file.etag));
    let mut response = if is_known { StatusCode::NOT_MODIFIED.into_response() } else { send(file, headers).await? };
    let headers = response.headers_mut();
    headers.insert(header::ETAG, etag);
    headers.insert(header::ACCEPT_RANGES, HeaderValue::from_static("bytes"));
    // Kept by the browser, but shown again only after it has asked.
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    Ok(response)
}

/// All of the file, or the part that is asked for.
pub async fn send(file: MediaFile, headers: &HeaderMap) -> Result<Response, Error> {
    let media_type = HeaderValue::from_str(&file.media_type).map_err(Error::internal)?;
    let part = if headers.contains_key(header::RANGE) {
        let size = file.size().await?;
        match range::asked(headers, &file.etag, size) {
            range::Asked::Beyond => {
                let range = HeaderValue::from_str(&format!("bytes */{size}")).map_err(Error::internal)?;
                return Ok((StatusCode::RANGE_NOT_SATISFIABLE, [(header::CONTENT_RANGE, range)]).into_response());
            }
            range::Asked::Part(part) => Some((part, size)),
            range::Asked::Whole => None,
        }
    } else {
        None
    };
    let (length, bytes) = file.read(part.as_ref().map(|(part, _)| part.clone())).await?;
    let mut response = Body::from_stream(bytes).into_response();
    if let Some((part, size)) = part {
        let range = format!("bytes {}-{}/{size}", part.start, part.end - 1);
        *response.status_mut() = StatusCode::PARTIAL_CONTENT;
        response.headers_mut().insert(header::CONTENT_RANGE, HeaderValue::from_str(&range).map_err(Error::internal)?);
    }
    response.headers_mut().insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    response.headers_mut().insert(header::CONTENT_TYPE, media_type);
    Ok(response)
}

/// Documents are kept and not opened inside the portal: browsers refuse to show a PDF under the policy that would make it
/// harmless. The name is given twice, for old programs without what they can't read.
pub fn disposition(download: Option<&str>) -> Result<HeaderValue, Error> {
    let Some(name) = download else { return Ok(HeaderValue::from_static("inline")) };
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || " .-_()".contains(c) { c } else { '_' }).collect();
    let encoded = percent_encoding::utf8_percent_encode(name, percent_encoding::NON_ALPHANUMERIC);
    HeaderValue::from_str(&format!("attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"))
        .map_err(Error::internal)
}

fn matches(known: &HeaderValue, etag: &str) -> bool {
    let known = known.to_str().unwrap_or_default();
    known.split(',').any(|one| one.trim().trim_start_matches("W/") == etag)
}

/// Photos for a post, sent by our code: the field `post`, then one or more files. All that can be used are taken; if some
/// can't, the answer says why.
pub async fn upload(State(state): State<AppState>, Extension(asked): Extension<Asked>, form: Multipart) -> Response {
    match receive(&state.portal, &asked, form).await {
        Ok(uploaded) => Json(uploaded).into_response(),
        Err(error) => failure(&error.into_api()),
    }
}

pub fn failure(error: &ApiError) -> Response {
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(error)).into_response();
    if let ApiError::TooMany { retry_after } | ApiError::Busy { retry_after } = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(*retry_after));
    }
    response
}

async fn receive(portal: &Portal, asked: &Asked, mut form: Multipart) -> Result<Vec<Uploaded>, Error> {
    let actor = asked.actor.as_ref().ok_or(ApiError::SignedOut)?;
    let mut post: Option<PostId> = None;
    let mut uploaded = Vec::new();
    let mut refused = None;
    while let Some(mut field) = form.next_field().await.map_err(broken)? {
        if field.file_name().is_some() {
            let post = post.ok_or(ApiError::Malformed)?;
            match take_file(portal, actor, post, &mut field).await {
                Ok(id) => uploaded.push(Uploaded { id }),
                Err(Error::Api(error @ ApiError::Invalid { .. })) => refused = Some(error),
                Err(error) => return Err(error),
            }
        } else if field.name() == Some("post") {
            post = Some(text(&mut field).await?.parse().map_err(|_| Error::not_found())?);
        }
    }
    match refused {
        Some(error) => Err(error.into()),
        None if uploaded.is_empty() => Err(ApiError::Malformed.into()),
        None => Ok(uploaded),
    }
}

/// One file of a form, from the network to where the worker finds it.
pub async fn take_file(portal: &Portal, actor: &Actor, post: PostId, field: &mut Field<'_>) -> Result<MediaId, Error> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let mut upload = domain::media::begin_upload(portal, actor, post, &name, 0).await?;
    let mut refused = None;
    while let Some(bytes) = field.chunk().await.map_err(broken)? {
        // The rest of a file that is too large is read and dropped: a browser listens only after it has spoken.
        if refused.is_none()
            && let Err(error) = upload.write(portal, &bytes).await
        {
            refused = Some(error);
        }
    }
    match refused {
        Some(error) => Err(error),
        None => upload.finish(portal, actor).await,
    }
}

/// A text field of a form.
pub async fn text(field: &mut Field<'_>) -> Result<String, Error> {
    let mut bytes = Vec::new();
    while let Some(part) = field.chunk().await.map_err(broken)? {
        bytes.extend(part);
        if bytes.len() > TEXT_MAX {
            return Err(ApiError::TooLarge.into());
        }
    }
    String::from_utf8(bytes).map_err(|_| ApiError::Malformed.into())
}

/// A form that can't be read: cut off, too large, or none at all.
pub fn broken(error: axum::extract::multipart::MultipartError) -> Error {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { ApiError::TooLarge.into() } else { ApiError::Malformed.into() }
}
