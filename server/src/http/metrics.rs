//! Figures for Prometheus, on a listener of their own.

use anyhow::Result;
use axum::{
    Router,
    extract::{MatchedPath, Request},
    middleware::Next,
    response::Response,
    routing::get,
};
use domain::Portal;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder};
use std::time::Instant;

/// `/metrics`.
pub fn router(portal: Portal) -> Result<Router> {
    let buckets = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0];
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Full("ikker_request_seconds".to_owned()), &buckets)?
        .install_recorder()?;
    Ok(Router::new().route(
        "/metrics",
        get(move || {
            let (portal, handle) = (portal.clone(), handle.clone());
            async move {
                let waiting = async { portal.store.read().await?.count_waiting_jobs().await };
                if let Ok(waiting) = waiting.await {
                    metrics::gauge!("ikker_jobs_waiting").set(waiting as f64);
                }
                handle.run_upkeep();
                handle.render()
            }
        }),
    ))
}

/// Counts requests and their time by route, never by address: addresses hold ids.
pub async fn measure(request: Request, next: Next) -> Response {
    let route = match request.extensions().get::<MatchedPath>() {
        Some(path) if path.as_str() == "/api/{*path}" => request.uri().path().to_owned(),
        Some(path) => path.as_str().to_owned(),
        None => "page".to_owned(),
    };
    let started = Instant::now();
    let response = next.run(request).await;
    // An unknown server function must not make a new time series for everybody who guesses.
    let route = if response.status().is_client_error() { "refused".to_owned() } else { route };
    let status = response.status().as_u16().to_string();
    metrics::counter!("ikker_requests_total", "route" => route.clone(), "status" => status).increment(1);
    metrics::histogram!("ikker_request_seconds", "route" => route).record(started.elapsed().as_secs_f64());
    response
}
