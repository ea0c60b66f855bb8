//! Sends a file piece by piece (the tus protocol, see `server/src/http/uploads.rs`), with progress: `fetch` can't tell how
//! far it is. A lost connection costs what was under way, never the file; nor does a page that is closed.

mod kept;

use gloo::events::EventListener;
use js_sys::Promise;
use kept::Kept;
use leptos::prelude::window;
use model::ApiError;
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File, ProgressEvent, XmlHttpRequest};

/// Where uploads begin.
const UPLOADS: &str = "/api/media/uploads";
/// Milliseconds between tries without a connection: doubled each time, up to the longest.
const PAUSE: i32 = 500;
const PAUSE_MAX: i32 = 15_000;
/// Tries in a row that brought nothing, after which it is left to the reader to go on.
const TRIES: u32 = 20;
/// Bytes sent in one request: what a proxy lets through, however large the file is.
const REQUEST_MAX: f64 = 32.0 * 1024.0 * 1024.0;

/// Sends one file for a post; `progress` hears of percent, 0 to 100.
pub async fn send(file: &File, post: &str, progress: impl Fn(u32) + 'static) -> Result<(), ApiError> {
    let whole = file.size();
    let progress: Rc<dyn Fn(f64)> = Rc::new(move |sent: f64| progress((100.0 * sent / whole.max(1.0)) as u32));
    let kept = Kept::of(file, post);
    let (place, sent) = begin(file, post, &kept).await?;
    let done = send_from(file, &place, sent, progress).await;
    // What ends otherwise can go on another time.
    if !matches!(done, Err(ApiError::Offline | ApiError::SignedOut | ApiError::Internal { .. })) {
        kept.forget();
    }
    done
}

/// The address of the upload, and the bytes that are there: those of an earlier one of the same file, or none.
async fn begin(file: &File, post: &str, kept: &Kept) -> Result<(String, f64), ApiError> {
    if let Some(place) = kept.find() {
        match patiently(async || offset(&place).await).await {
            Ok(sent) if sent < file.size() => return Ok((place, sent)),
            // A whole one may have been taken out of the post since.
            Ok(_) | Err(ApiError::NotFound) => kept.forget(),
            Err(error) => return Err(error),
        }
    }
    let place = patiently(async || create(file, post).await).await?;
    kept.keep(&place);
    Ok((place, 0.0))
}

/// Sends all from byte number `sent` on.
async fn send_from(file: &File, place: &str, mut sent: f64, progress: Rc<dyn Fn(f64)>) -> Result<(), ApiError> {
    let whole = file.size();
    let mut tries = 0;
    while sent < whole {
        let before = sent;
        match patch(place, file, sent, progress.clone()).await {
            Ok(now) => sent = now,
            // The connection broke, or an earlier request is still being stored: ask where to go on.
            Err(ApiError::Offline | ApiError::Conflict { .. } | ApiError::Busy { .. }) => {
                pause(tries).await;
                sent = patiently(async || offset(place).await).await?;
            }
            Err(error) => return Err(error),
        }
        tries = if sent > before { 0 } else { tries + 1 };
        if tries > TRIES {
            return Err(ApiError::Offline);
        }
        progress(sent);
    }
    Ok(())
}

/// Tries again for as long as it is only the connection.
async fn patiently<T>(ask: impl AsyncFn() -> Result<T, ApiError>) -> Result<T, ApiError> {
    let mut tries = 0;
    loop {
        match ask().await {
            Err(ApiError::Offline) if tries < TRIES => pause(tries).await,
            answer => return answer,
        }
        tries += 1;
    }
}

/// Until the browser says that it is connected again, or for a while.
async fn pause(tries: u32) {
    let length = PAUSE.saturating_mul(1 << tries.min(8)).min(PAUSE_MAX);
    let waited = Promise::new(&mut |resolve, _| {
        let _ = window().set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, length);
        let _ = window().add_event_listener_with_callback("online", &resolve);
    });
    let _ = JsFuture::from(waited).await;
}

/// Answers the address of the new upload.
async fn create(file: &File, post: &str) -> Result<String, ApiError> {
    let encoded = |text: &str| {
        // Base64 of the UTF-8 bytes, each of them a character of the string.
        let bytes: String = text.bytes().map(char::from).collect();
        window().btoa(&bytes).unwrap_or_default()
    };
    let metadata = format!("filename {},post {}", encoded(&file.name()), encoded(post));
    let headers = [("Upload-Length", file.size().to_string()), ("Upload-Metadata", metadata)];
    let request = ask("POST", UPLOADS, &headers, None, None).await?;
    header(&request, "Location").ok_or(ApiError::Offline)
}

async fn offset(place: &str) -> Result<f64, ApiError> {
    let request = ask("HEAD", place, &[], None, None).await?;
    read_offset(&request)
}

/// Sends from byte number `from` on; answers how far the server has come.
async fn patch(place: &str, file: &File, from: f64, progress: Rc<dyn Fn(f64)>) -> Result<f64, ApiError> {
    let to = (from + REQUEST_MAX).min(file.size());
    let piece = file.slice_with_f64_and_f64(from, to).map_err(|_| ApiError::Malformed)?;
    let headers = [("Upload-Offset", from.to_string()), ("Content-Type", "application/offset+octet-stream".to_owned())];
    let heard = Rc::new(move |sent: f64| progress(from + sent));
    let request = ask("PATCH", place, &headers, Some(&piece), Some(heard)).await?;
    read_offset(&request)
}

fn read_offset(request: &XmlHttpRequest) -> Result<f64, ApiError> {
    header(request, "Upload-Offset").and_then(|offset| offset.parse().ok()).ok_or(ApiError::Offline)
}

fn header(request: &XmlHttpRequest, name: &str) -> Option<String> {
    request.get_response_header(name).ok().flatten()
}

/// One request; `progress` hears of bytes.
async fn ask(
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: Option<&Blob>,
    progress: Option<Rc<dyn Fn(f64)>>,
) -> Result<XmlHttpRequest, ApiError> {
    // Nothing here fails but for a browser that is closing down.
    let (request, _heard) = start(method, path, headers, body, progress).map_err(|_| ApiError::Malformed)?;
    if request.ready_state() != XmlHttpRequest::DONE {
        let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
        let _ = JsFuture::from(ended).await;
    }
    match request.status().unwrap_or_default() {
        200..300 => Ok(request),
        // A proxy in between answers in its own words.
        status => {
            let text = request.response_text().ok().flatten().unwrap_or_default();
            Err(serde_json::from_str(&text).unwrap_or(match status {
                413 => ApiError::TooLarge,
                404 | 410 => ApiError::NotFound,
                401 => ApiError::SignedOut,
                409 => ApiError::conflict(model::error::Conflict::ChangedMeanwhile),
                _ => ApiError::Offline,
            }))
        }
    }
}

/// Progress is heard for as long as the listener lives.
fn start(
    method: &str,
    path: &str,
    headers: &[(&str, String)],
    body: Option<&Blob>,
    progress: Option<Rc<dyn Fn(f64)>>,
) -> Result<(XmlHttpRequest, Option<EventListener>), JsValue> {
    let request = XmlHttpRequest::new()?;
    request.open_with_async(method, path, true)?;
    request.set_request_header("Accept", "application/json")?;
    request.set_request_header("Tus-Resumable", "1.0.0")?;
    for (name, value) in headers {
        request.set_request_header(name, value)?;
    }
    let upload = request.upload()?;
    let heard = progress.map(|progress| {
        EventListener::new(&upload, "progress", move |event| {
            if let Some(event) = event.dyn_ref::<ProgressEvent>() {
                progress(event.loaded());
            }
        })
    });
    request.send_with_opt_blob(body)?;
    Ok((request, heard))
}
