//! Lists of who may be pictured, as files to keep.

use super::AppState;
use app::api::request::Asked;
use axum::{
    Extension, Router,
    extract::{Path, Query, State},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
    routing::get,
};
use domain::{
    Error,
    preferences::{ListFile, ListFormat, export_group, export_school},
};
use serde::Deserialize;

/// Which school; the reader's own when none is named.
#[derive(Debug, Deserialize)]
struct Which {
    school: Option<String>,
}

pub fn routes() -> Router<AppState> {
    ListFormat::ALL.into_iter().fold(Router::new(), |router, format| {
        let of_group = move |State(state): State<AppState>,
                             Extension(asked): Extension<Asked>,
                             Path(id): Path<String>| async move {
            answer(group(&state, &asked, &id, format).await)
        };
        let of_school = move |State(state): State<AppState>,
                              Extension(asked): Extension<Asked>,
                              Query(which): Query<Which>| async move {
            answer(school(&state, &asked, which, format).await)
        };
        let ending = format.ending();
        router
            .route(&format!("/groups/{{id}}/preferences.{ending}"), get(of_group))
            .route(&format!("/preferences.{ending}"), get(of_school))
    })
}

async fn group(state: &AppState, asked: &Asked, id: &str, format: ListFormat) -> Result<ListFile, Error> {
    let actor = asked.actor.as_ref().ok_or_else(Error::not_found)?;
    let id = id.parse().map_err(|_| Error::not_found())?;
    export_group(&state.portal, actor, asked.lang, id, format).await
}

async fn school(state: &AppState, asked: &Asked, which: Which, format: ListFormat) -> Result<ListFile, Error> {
    let actor = asked.actor.as_ref().ok_or_else(Error::not_found)?;
    let named = which.school.map(|id| id.parse()).transpose().map_err(|_| Error::not_found())?;
    export_school(&state.portal, actor, asked.lang, named, format).await
}

/// The file, or as if there were none.
fn answer(file: Result<ListFile, Error>) -> Response {
    let sent = file.and_then(|file| {
        let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name));
        Ok((file, disposition.map_err(Error::internal)?))
    });
    match sent {
        Ok((file, disposition)) => {
            let headers = [
                (header::CONTENT_TYPE, HeaderValue::from_static(file.media_type)),
                (header::CONTENT_DISPOSITION, disposition),
                (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
            ];
            (headers, file.bytes).into_response()
        }
        Err(error) => {
            let status = StatusCode::from_u16(error.into_api().status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
            (status, [(header::CACHE_CONTROL, "no-store")]).into_response()
        }
    }
}
