//! Opening everything, serving, and stopping cleanly.

use crate::{
    config::{Config, MediaPlace},
    http::{self, AppState},
    jobs,
};
use anyhow::{Context as _, Result};
use axum::serve::ListenerExt as _;
use domain::{
    Portal, PortalParts,
    clock::Clock,
    mail::Mailer,
    passwords::{Cost, Passwords},
};
use object_store::{ObjectStore, aws::AmazonS3Builder, local::LocalFileSystem, prefix::PrefixStore};
use std::{net::SocketAddr, path::Path, sync::Arc};
use store::{Lane, Store};
use tokio::net::TcpListener;
use tokio_util::{sync::CancellationToken, task::TaskTracker};

/// Opens database, media store and folders. The database is not migrated.
pub async fn open_portal(config: &Config) -> Result<Portal> {
    make_folder(&config.data_dir)?;
    let scratch = config.data_dir.join("work");
    make_folder(&scratch)?;
    let store = Store::connect(&config.database_url).await?;
    let cores = cores();
    Ok(Portal::new(PortalParts {
        store,
        clock: Clock::System,
        passwords: Passwords::new(Cost::Normal, cores)?,
        files: open_media(&config.media)?,
        scratch,
        mailer: Mailer::Folder(config.mail_dir.clone()),
        public_url: config.public_url.clone(),
        web: domain::links::Web::default(),
        media_limits: config.media_limits.clone(),
        school_space: config.school_space,
        scanner: config.scanner.clone(),
        photo_work: tokio::sync::Semaphore::new(cores),
    }))
}

fn cores() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from)
}

/// Makes a folder that can be written to.
pub(crate) fn make_folder(folder: &Path) -> Result<()> {
    std::fs::create_dir_all(folder).with_context(|| format!("the folder {} can't be made", folder.display()))?;
    tempfile::tempfile_in(folder).with_context(|| format!("the folder {} can't be written to", folder.display()))?;
    Ok(())
}

/// The media store: a folder, or an S3-compatible one.
pub fn open_media(place: &MediaPlace) -> Result<Arc<dyn ObjectStore>> {
    match place {
        MediaPlace::Folder(folder) => {
            make_folder(folder)?;
            Ok(Arc::new(LocalFileSystem::new_with_prefix(folder)?.with_automatic_cleanup(true)))
        }
        MediaPlace::S3 { bucket, prefix, endpoint, region, keys } => {
            let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket).with_region(region);
            if let Some(endpoint) = endpoint {
                builder = builder.with_endpoint(endpoint).with_allow_http(endpoint.starts_with("http://"));
            }
            if let Some((access, secret)) = keys {
                builder = builder.with_access_key_id(access).with_secret_access_key(secret);
            }
            let store = builder.build().context("media-url")?;
            Ok(if prefix.is_empty() { Arc::new(store) } else { Arc::new(PrefixStore::new(store, prefix.as_str())) })
        }
    }
}

/// A running server.
pub struct Server {
    pub address: SocketAddr,
    stop: CancellationToken,
    tasks: TaskTracker,
    portal: Portal,
}

impl Server {
    /// Migrates, binds and serves in the background, with the worker of the outbox.
    pub async fn start(config: &Config, portal: Portal) -> Result<Server> {
        portal.store.migrate().await?;
        let listener = TcpListener::bind(config.listen).await.with_context(|| {
            format!("the address {} can't be served on (is something else using it?)", config.listen)
        })?;
        let address = listener.local_addr()?;
        let stop = CancellationToken::new();
        let tasks = TaskTracker::new();
        let state = AppState::new(portal.clone(), config, stop.clone())?;
        if let Some(metrics) = config.metrics_listen {
            let metrics = TcpListener::bind(metrics).await.with_context(|| format!("metrics-listen: {metrics}"))?;
            let router = http::metrics::router(portal.clone())?;
            let stopped = stop.clone().cancelled_owned();
            tasks.spawn(async move { axum::serve(metrics, router).with_graceful_shutdown(stopped).await });
        }
        let router = http::router(state).into_make_service_with_connect_info::<SocketAddr>();
        // Without TCP_NODELAY a page waits 40 ms for nothing.
        let listener = listener.tap_io(|stream| {
            if let Err(error) = stream.set_nodelay(true) {
                tracing::debug!(%error, "TCP_NODELAY");
            }
        });
        let stopped = stop.clone().cancelled_owned();
        tasks.spawn(async move {
            if let Err(error) = axum::serve(listener, router).with_graceful_shutdown(stopped).await {
                tracing::error!(%error, "serving ended");
            }
        });
        jobs::plan(&portal).await;
        tasks.spawn(jobs::work(portal.clone(), Lane::Quick, stop.clone()));
        for _ in 0..cores() {
            tasks.spawn(jobs::work(portal.clone(), Lane::Photos, stop.clone()));
        }
        tasks.spawn(jobs::work(portal.clone(), Lane::Films, stop.clone()));
        tasks.spawn(jobs::listen(portal.clone(), stop.clone()));
        tasks.close();
        Ok(Server { address, stop, tasks, portal })
    }

    /// Stops accepting, ends live streams, lets requests and running work finish.
    pub async fn stop(self) {
        self.stop.cancel();
        self.tasks.wait().await;
        self.portal.store.close().await;
    }
}
