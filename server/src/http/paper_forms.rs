//! Paper forms: read in by the office, a form with a file; and their scans, to keep.

use super::{AppState, FORM_MAX, media, pages};
use ::media::MediaLimits;
use app::{FormFeedback, PAPER_FORM, api::request::Asked};
use axum::{
    Extension,
    extract::{FromRequest as _, Multipart, Path, Request, State, multipart::Field},
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    Actor, Error, Portal,
    preferences::{PaperForm, Scan, begin_scan, open_form, record_form},
};
use model::{ApiError, ChildId, FormId, Problem, PurposeId};
use std::collections::BTreeMap;

/// Largest request with a scan.
pub fn scan_max(limits: &MediaLimits) -> usize {
    let largest = limits.photo.max_bytes.max(limits.document_bytes);
    usize::try_from(largest).unwrap_or(usize::MAX).saturating_add(FORM_MAX)
}

/// The scan of a form, for those who may have it; everybody else is told that there is none.
pub async fn show(
    State(state): State<AppState>,
    Extension(asked): Extension<Asked>,
    Path(id): Path<String>,
) -> Response {
    match find(&state.portal, &asked, &id).await {
        Ok(response) => response,
        Err(error) => media::refused(error),
    }
}

async fn find(portal: &Portal, asked: &Asked, id: &str) -> Result<Response, Error> {
    let actor = asked.actor.as_ref().ok_or_else(Error::not_found)?;
    let id: FormId = id.parse().map_err(|_| Error::not_found())?;
    let file = open_form(portal, actor, id).await?;
    let disposition = media::disposition(file.download.as_deref())?;
    let mut response = media::send(file, &HeaderMap::new()).await?;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_DISPOSITION, disposition);
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

pub async fn receive(State(state): State<AppState>, Extension(asked): Extension<Asked>, request: Request) -> Response {
    let Some(actor) = asked.actor else { return pages::to_sign_in("/people") };
    // The parts once more, for the page that may have to be shown again.
    let (parts, body) = request.into_parts();
    let again = parts.clone();
    let form = match Multipart::from_request(Request::from_parts(parts, body), &()).await {
        Ok(form) => form,
        Err(rejection) => return rejection.into_response(),
    };
    let mut sent = Sent { portal: &state.portal, actor: &actor, fields: Vec::new() };
    let recorded = sent.receive(form).await;
    let page = format!("/people/child/{}", sent.value("child"));
    match recorded {
        Ok(()) => Redirect::to(&page).into_response(),
        Err(error) => {
            let feedback =
                FormFeedback { endpoint: PAPER_FORM.to_owned(), error: Some(error.into_api()), values: sent.fields };
            pages::render_again(&state, again, &page, feedback).await
        }
    }
}

/// What has come of the form so far.
struct Sent<'a> {
    portal: &'a Portal,
    actor: &'a Actor,
    fields: Vec<(String, String)>,
}

impl Sent<'_> {
    fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value.as_str())
    }

    fn child(&self) -> Result<ChildId, Error> {
        self.value("child").parse().map_err(|_| Error::not_found())
    }

    async fn receive(&mut self, mut form: Multipart) -> Result<(), Error> {
        // Of several files the first one counts.
        let mut scan: Option<Result<Scan, Error>> = None;
        while let Some(mut field) = form.next_field().await.map_err(media::broken)? {
            match field.file_name().map(str::to_owned) {
                None => {
                    let name = field.name().unwrap_or_default().to_owned();
                    let value = media::text(&mut field).await?;
                    self.fields.push((name, value));
                }
                Some(name) if name.is_empty() => {}
                Some(name) if scan.is_none() => scan = Some(self.take(&name, &mut field).await),
                Some(_) => drain(&mut field).await?,
            }
        }
        let scan = scan.unwrap_or_else(|| Err(ApiError::field("file", Problem::Required).into()));
        let form = self.form()?;
        record_form(self.portal, self.actor, &form, scan?).await
    }

    /// The file. The rest of one that is refused is read all the same: a browser listens only after it has spoken.
    async fn take(&self, name: &str, field: &mut Field<'_>) -> Result<Scan, Error> {
        let begun = match self.child() {
            Ok(child) => begin_scan(self.portal, self.actor, child, name).await,
            Err(error) => Err(error),
        };
        let mut scan = match begun {
            Ok(scan) => scan,
            Err(error) => {
                drain(field).await?;
                return Err(error);
            }
        };
        while let Some(bytes) = field.chunk().await.map_err(media::broken)? {
            if let Err(error) = scan.write(self.portal, &bytes).await {
                drain(field).await?;
                return Err(error);
            }
        }
        Ok(scan)
    }

    fn form(&self) -> Result<PaperForm, Error> {
        let guardianship = match self.value("guardianship") {
            "" => None,
            id => Some(id.parse().map_err(|_| Error::not_found())?),
        };
        let mut answers: BTreeMap<PurposeId, bool> = BTreeMap::new();
        for (name, value) in &self.fields {
            let Some(purpose) = name.strip_prefix("answer:") else { continue };
            let purpose = purpose.parse().map_err(|_| Error::not_found())?;
            match value.as_str() {
                "yes" => answers.insert(purpose, true),
                "no" => answers.insert(purpose, false),
                "" => None,
                _ => return Err(ApiError::field("answers", Problem::NotAChoice).into()),
            };
        }
        Ok(PaperForm { child: self.child()?, guardianship, answers })
    }
}

async fn drain(field: &mut Field<'_>) -> Result<(), Error> {
    while field.chunk().await.map_err(media::broken)?.is_some() {}
    Ok(())
}
