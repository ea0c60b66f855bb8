//! HTTP: who asks, what is served where, and what every answer carries.

mod api;
mod assets;
mod completion;
mod compose;
mod headers;
mod health;
mod lists;
mod live;
mod media;
pub mod metrics;
mod pages;
mod paper_forms;
mod range;
mod session;
mod uploads;

use crate::config::Config;
use anyhow::Result;
use app::Assets;
use axum::{
    Router,
    extract::DefaultBodyLimit,
    http::{Extensions, HeaderMap, StatusCode, Version, header},
    middleware::{from_fn, from_fn_with_state},
    routing::{any, get, head, post},
};
use domain::Portal;
use std::{path::PathBuf, sync::Arc};
use tokio_util::sync::CancellationToken;
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::{CompressionLayer, DefaultPredicate, Predicate as _},
    csrf::CsrfLayer,
};

/// Largest form without files, in bytes.
const FORM_MAX: usize = 2 * 1024 * 1024;

/// What handlers share. Cheap to clone.
#[derive(Clone, Debug)]
pub struct AppState {
    pub portal: Portal,
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    site_dir: PathBuf,
    assets: Assets,
    /// Cookies carry `Secure`.
    secure: bool,
    trust_proxy: bool,
    stop: CancellationToken,
}

impl AppState {
    pub fn new(portal: Portal, config: &Config, stop: CancellationToken) -> Result<AppState> {
        let assets = assets::find(&config.site_dir)?;
        // Registers the executor that resources run on, and proves that every page can be listed.
        let routes = leptos_axum::generate_route_list(app::App);
        tracing::debug!(pages = routes.len(), "pages");
        Ok(AppState {
            inner: Arc::new(Inner {
                site_dir: config.site_dir.clone(),
                assets,
                secure: portal.public_url.starts_with("https://"),
                trust_proxy: config.trust_proxy,
                stop,
            }),
            portal,
        })
    }
}

/// Whether the browser bundle is where it is expected.
pub(crate) fn find_bundle(site: &std::path::Path) -> Result<()> {
    assets::find(site).map(drop)
}

/// Everything the portal answers to.
pub fn router(state: AppState) -> Router {
    let resumable = Router::new()
        .route(uploads::PATH, post(uploads::create).options(uploads::options))
        .route(&format!("{}/{{id}}", uploads::PATH), head(uploads::find).patch(uploads::append).delete(uploads::cancel))
        .layer(from_fn(uploads::speak));
    let upload_max = media::upload_max(&state.portal.media_limits);
    let scan_max = paper_forms::scan_max(&state.portal.media_limits);
    // What can be asked for in parts goes as it is: a part of a compressed answer would be no part of the file.
    let is_whole =
        |_: StatusCode, _: Version, headers: &HeaderMap, _: &Extensions| !headers.contains_key(header::ACCEPT_RANGES);
    let people = Router::new()
        .route("/api/{*path}", any(api::handle))
        .route("/api/media/upload", post(media::upload).layer(DefaultBodyLimit::max(upload_max)))
        .merge(resumable)
        .merge(lists::routes())
        .route(app::COMPOSE_FORM, post(compose::handle).layer(DefaultBodyLimit::max(upload_max)))
        .route(app::PAPER_FORM, post(paper_forms::receive).layer(DefaultBodyLimit::max(scan_max)))
        .route("/forms/{id}", get(paper_forms::show))
        .route("/media/{id}/{variant}", get(media::show).post(media::download))
        .route("/live", get(live::stream))
        .route("/sign-out", get(session::sign_out))
        .fallback(pages::handle)
        .layer(DefaultBodyLimit::max(FORM_MAX))
        .layer(from_fn_with_state(state.clone(), session::resolve))
        .layer(from_fn(completion::complete))
        .layer(CsrfLayer::new());
    let health = Router::new().route("/health/live", get(health::live)).route("/health/ready", get(health::ready));
    assets::routes(&state.inner.site_dir)
        .merge(health)
        .merge(people)
        .layer(CompressionLayer::new().compress_when(DefaultPredicate::new().and(is_whole)))
        .layer(from_fn_with_state(state.clone(), headers::add))
        .layer(from_fn(metrics::measure))
        .layer(CatchPanicLayer::new())
        .with_state(state)
}
