//! Sends a photo with progress: `fetch` can't tell how far it is.

use gloo::events::EventListener;
use js_sys::Promise;
use model::{ApiError, media::Uploaded};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, FormData, ProgressEvent, XmlHttpRequest};

/// Where photos go in.
const UPLOAD: &str = "/api/media/upload";

/// Sends one file for a post; `progress` hears of percent, 0 to 100.
pub async fn send(file: &File, post: &str, progress: impl Fn(u32) + 'static) -> Result<Uploaded, ApiError> {
    // Nothing here fails but for a browser that is closing down.
    let (request, _heard) = start(file, post, progress).map_err(|_| ApiError::Malformed)?;
    if request.status().unwrap_or_default() == 0 {
        let ended = Promise::new(&mut |resolve, _| request.set_onloadend(Some(&resolve)));
        let _ = JsFuture::from(ended).await;
    }
    let status = request.status().unwrap_or_default();
    if status == 0 {
        return Err(ApiError::Offline);
    }
    let text = request.response_text().ok().flatten().unwrap_or_default();
    if (200..300).contains(&status) {
        let uploaded: Vec<Uploaded> = serde_json::from_str(&text).map_err(|_| ApiError::Offline)?;
        return uploaded.into_iter().next().ok_or(ApiError::Malformed);
    }
    // A proxy in between answers in its own words.
    Err(serde_json::from_str(&text).unwrap_or(if status == 413 { ApiError::TooLarge } else { ApiError::Offline }))
}

/// Progress is heard for as long as the listener lives.
fn start(
    file: &File,
    post: &str,
    progress: impl Fn(u32) + 'static,
) -> Result<(XmlHttpRequest, EventListener), JsValue> {
    let form = FormData::new()?;
    // The server wants to know the post before the file comes.
    form.append_with_str("post", post)?;
    form.append_with_blob_and_filename("file", file, &file.name())?;
    let request = XmlHttpRequest::new()?;
    request.open_with_async("POST", UPLOAD, true)?;
    request.set_request_header("Accept", "application/json")?;
    let upload = request.upload()?;
    let heard = EventListener::new(&upload, "progress", move |event| {
        if let Some(event) = event.dyn_ref::<ProgressEvent>()
            && event.length_computable()
            && event.total() > 0.0
        {
            progress((100.0 * event.loaded() / event.total()) as u32);
        }
    });
    request.send_with_opt_form_data(Some(&form))?;
    Ok((request, heard))
}
