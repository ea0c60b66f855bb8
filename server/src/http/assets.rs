//! Files that the build has made: the browser bundle under a name of its content, fonts, icons.

use super::AppState;
use anyhow::{Context as _, Result};
use app::Assets;
use axum::{
    Router,
    http::{HeaderValue, header},
};
use serde::Deserialize;
use std::path::Path;
use tower::ServiceBuilder;
use tower_http::{
    services::{ServeDir, ServeFile},
    set_header::SetResponseHeaderLayer,
};

/// `build.json`, written by `cargo xtask web`.
#[derive(Deserialize)]
struct Build {
    /// Name of the folder under `pkg/`, made from its content.
    id: String,
}

/// The addresses of the bundle.
pub fn find(site: &Path) -> Result<Assets> {
    let file = site.join("build.json");
    let text = std::fs::read_to_string(&file).with_context(|| {
        format!("{} can't be read: build the browser bundle with `cargo xtask web`", file.display())
    })?;
    let build: Build = serde_json::from_str(&text).with_context(|| format!("{} is not right", file.display()))?;
    let path = |name: &str| format!("/pkg/{}/{name}", build.id);
    Ok(Assets {
        css: path("app.css"),
        js: path("app.js"),
        wasm: path("app_bg.wasm"),
        editor: path("editor.js"),
        scripts: true,
    })
}

/// Routes for everything in the site folder; nothing else on the disk.
pub fn routes(site: &Path) -> Router<AppState> {
    let cache = |value: &'static str| {
        SetResponseHeaderLayer::if_not_present(header::CACHE_CONTROL, HeaderValue::from_static(value))
    };
    let forever = ServiceBuilder::new().layer(cache("public, max-age=31536000, immutable"));
    let mut router = Router::new()
        .nest_service("/pkg", forever.service(ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip()));
    let entries = std::fs::read_dir(site).into_iter().flatten().filter_map(Result::ok);
    for entry in entries {
        let Ok(name) = entry.file_name().into_string() else { continue };
        if matches!(name.as_str(), "pkg" | "build.json") || name.ends_with(".br") || name.ends_with(".gz") {
            continue;
        }
        let day = ServiceBuilder::new().layer(cache("public, max-age=86400"));
        let path = format!("/{name}");
        if entry.path().is_dir() {
            router = router
                .nest_service(&path, day.service(ServeDir::new(entry.path()).precompressed_br().precompressed_gzip()));
        } else {
            router = router.route_service(
                &path,
                day.service(ServeFile::new(entry.path()).precompressed_br().precompressed_gzip()),
            );
        }
    }
    router
}
