//! A school of its own for every test, and people who ask it things.

mod node;
pub mod posts;
mod preferences;
mod school;

use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use domain::{
    Portal, PortalParts,
    clock::Clock,
    mail::Mailer,
    passwords::{Cost, Passwords},
};
use model::{ApiError, Time};
pub use node::{Heard, Node};
pub use school::{CODE, Person, School, open_session};
use serde::de::DeserializeOwned;
use server::{config::MediaPlace, http::AppState};
use store::Store;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tower::ServiceExt as _;

/// Monday 16 November 2026, 10:00 in the school's time zone.
pub const NOW: Time = Time(1_794_819_600 * 1_000_000);

/// A portal with an empty database.
pub struct TestPortal {
    pub portal: Portal,
    pub router: Router,
    url: String,
    media: MediaPlace,
    folder: tempfile::TempDir,
}

/// Bytes that the files of one school may take.
pub const SCHOOL_SPACE: u64 = 1_000_000_000;

async fn open_portal(
    url: &str,
    folder: &std::path::Path,
    media: &MediaPlace,
    scanner: Option<domain::scan::Scanner>,
) -> Portal {
    Portal::new(PortalParts {
        store: Store::connect(url).await.expect("opened"),
        clock: Clock::fixed(NOW),
        passwords: Passwords::new(Cost::Cheap, 2).expect("made"),
        files: server::open_media(media).expect("opened"),
        scratch: folder.join("work"),
        mailer: Mailer::Folder(folder.join("mail")),
        public_url: "http://localhost:3000".into(),
        // Pages of the test itself, and nothing else.
        web: domain::links::Web::with_rule(|address| address.ip().is_loopback()),
        media_limits: media::MediaLimits::default(),
        school_space: Some(SCHOOL_SPACE),
        scanner,
        photo_work: tokio::sync::Semaphore::new(2),
    })
}

/// What an S3 client has no call for.
async fn make_bucket(endpoint: &str, bucket: &str) {
    let host = endpoint.strip_prefix("http://").expect("an address without TLS");
    let mut stream = tokio::net::TcpStream::connect(host).await.expect("the S3 server");
    let request = format!("PUT /{bucket} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("answered");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

fn config(folder: &std::path::Path) -> server::config::Config {
    let settings = server::config::Settings {
        site_dir: Some(folder.join("site")),
        listen: Some("127.0.0.1:0".into()),
        ..Default::default()
    };
    settings.resolve().expect("settings")
}

fn router(portal: &Portal, folder: &std::path::Path) -> Router {
    let stop = tokio_util::sync::CancellationToken::new();
    server::router(AppState::new(portal.clone(), &config(folder), stop).expect("state"))
}

impl TestPortal {
    /// On SQLite.
    pub async fn new() -> TestPortal {
        Self::open(None, None).await
    }

    /// On SQLite, with a virus scanner.
    pub async fn with_scanner(scanner: domain::scan::Scanner) -> TestPortal {
        Self::make(None, None, Some(scanner)).await
    }

    /// On SQLite, with its media in a bucket of its own of the S3 server in `IKKER_TEST_S3`.
    pub async fn on_s3() -> TestPortal {
        let endpoint =
            std::env::var("IKKER_TEST_S3").expect("IKKER_TEST_S3 names no server: run through `cargo xtask test`");
        let bucket = format!("t{}", uuid::Uuid::now_v7().simple());
        make_bucket(&endpoint, &bucket).await;
        let place = MediaPlace::S3 {
            bucket,
            prefix: "school/media".into(),
            endpoint: Some(endpoint),
            region: "us-east-1".into(),
            keys: Some(("access".into(), "secret".into())),
        };
        Self::open(None, Some(place)).await
    }

    /// On a database of its own of the PostgreSQL server in `IKKER_TEST_POSTGRES`.
    pub async fn on_postgres() -> TestPortal {
        let server = std::env::var("IKKER_TEST_POSTGRES").expect(
            "IKKER_TEST_POSTGRES names no server: run through `cargo xtask test` or `cargo xtask postgres -- COMMAND`",
        );
        let name = format!("t{}", uuid::Uuid::now_v7().simple());
        store::create_postgres_database(&server, &name).await.expect("created");
        Self::open(Some(format!("{server}/{name}")), None).await
    }

    async fn open(url: Option<String>, media: Option<MediaPlace>) -> TestPortal {
        Self::make(url, media, None).await
    }

    async fn make(
        url: Option<String>,
        media: Option<MediaPlace>,
        scanner: Option<domain::scan::Scanner>,
    ) -> TestPortal {
        let folder = tempfile::tempdir().expect("temporary folder");
        for name in ["work", "media", "site"] {
            std::fs::create_dir(folder.path().join(name)).expect("made");
        }
        std::fs::write(folder.path().join("site/build.json"), "{\"id\":\"test\"}").expect("written");
        let url = url.unwrap_or_else(|| format!("sqlite:{}", folder.path().join("test.db").display()));
        let media = media.unwrap_or_else(|| MediaPlace::Folder(folder.path().join("media")));
        let portal = open_portal(&url, folder.path(), &media, scanner).await;
        portal.store.migrate().await.expect("migrated");
        TestPortal { router: router(&portal, folder.path()), portal, url, media, folder }
    }

    /// Another server on the same database and folders, as a restart or a second machine would be.
    pub async fn node(&self) -> Node {
        let portal = open_portal(&self.url, self.folder.path(), &self.media, None).await;
        Node::start(portal.clone(), router(&portal, self.folder.path()), &config(self.folder.path())).await
    }

    /// Does all work that is due.
    pub async fn work(&self) {
        while domain::jobs::run_next(&self.portal).await.expect("worked") {}
    }

    /// Names of all files in the media store, sorted.
    pub fn stored_files(&self) -> Vec<String> {
        let root = self.folder.path().join("media");
        let (mut found, mut folders) = (Vec::new(), vec![root.clone()]);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.strip_prefix(&root).expect("inside").display().to_string());
                }
            }
        }
        found.sort();
        found
    }

    /// Texts of all letters sent so far, decoded, oldest first.
    pub fn letters(&self) -> Vec<String> {
        let Ok(entries) = std::fs::read_dir(self.folder.path().join("mail")) else { return Vec::new() };
        let mut files: Vec<_> = entries.map(|entry| entry.expect("entry").path()).collect();
        files.sort();
        files
            .iter()
            .map(|file| std::fs::read_to_string(file).expect("read"))
            .map(|text| text.replace("=\r\n", "").replace("=3D", "="))
            .collect()
    }

    /// Somebody who is not signed in.
    pub fn anonymous(&self) -> Client {
        Client { router: self.router.clone(), cookies: Vec::new() }
    }

    /// A browser in which the person is signed in.
    pub async fn as_(&self, person: &Person) -> Client {
        let token = school::open_session(&self.portal, person.account).await;
        Client::signed_in(&self.router, &token)
    }
}

/// A browser.
#[derive(Clone)]
pub struct Client {
    router: Router,
    pub cookies: Vec<String>,
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Client {
    fn signed_in(router: &Router, token: &str) -> Client {
        Client { router: router.clone(), cookies: vec![format!("ikker={token}")] }
    }

    pub async fn send(&self, mut request: Request<Body>) -> Answer {
        let headers = request.headers_mut();
        headers.insert(header::HOST, "localhost:3000".parse().expect("header"));
        if !self.cookies.is_empty() {
            headers.insert(header::COOKIE, self.cookies.join("; ").parse().expect("header"));
        }
        headers.entry(header::ACCEPT_LANGUAGE).or_insert("nl".parse().expect("header"));
        let response = self.router.clone().oneshot(request).await.expect("infallible");
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.expect("body").to_vec();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    /// A page or file.
    pub async fn get(&self, path: &str) -> Answer {
        let request = Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).expect("request");
        self.send(request).await
    }

    /// A server function that reads, called as our code in the browser does.
    pub async fn ask<T: DeserializeOwned>(&self, path: &str, values: &[(&str, &str)]) -> Result<T, ApiError> {
        let query = encode(values);
        let request = Request::get(format!("{path}?{query}"))
            .header(header::ACCEPT, "application/json")
            .body(Body::empty())
            .expect("request");
        self.send(request).await.result()
    }

    /// A server function that changes something, called as our code in the browser does.
    pub async fn call<T: DeserializeOwned>(&self, path: &str, values: &[(&str, &str)]) -> Result<T, ApiError> {
        self.call_raw(path, values).await.result()
    }

    pub async fn call_raw(&self, path: &str, values: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header(header::ACCEPT, "application/json")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(encode(values)))
            .expect("request");
        self.send(request).await
    }

    /// A form sent by a browser without JavaScript, standing on the page `from`.
    pub async fn post_form(&self, path: &str, from: &str, values: &[(&str, &str)]) -> Answer {
        let request = Request::post(path)
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header(header::REFERER, format!("http://localhost:3000{from}"))
            .header(header::ORIGIN, "http://localhost:3000")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(encode(values)))
            .expect("request");
        self.send(request).await
    }

    /// Any method, for doors that are no server functions.
    pub async fn request(&self, method: Method, path: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("sec-fetch-site", "same-origin");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        self.send(request.body(Body::from(body)).expect("request")).await
    }

    /// Keeps the cookies of an answer.
    pub fn keep(&mut self, answer: &Answer) {
        for cookie in answer.headers.get_all(header::SET_COOKIE) {
            let pair = cookie.to_str().expect("text").split(';').next().expect("a pair").to_owned();
            let name = pair.split('=').next().expect("a name").to_owned();
            self.cookies.retain(|kept| kept.split('=').next() != Some(&name));
            if !pair.ends_with('=') {
                self.cookies.push(pair);
            }
        }
    }
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |to| to.to_str().expect("text"))
    }

    pub fn result<T: DeserializeOwned>(self) -> Result<T, ApiError> {
        if self.status.is_success() {
            return Ok(serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.text())));
        }
        let error: ApiError = serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {} {}", self.status, self.text()));
        assert_eq!(self.status.as_u16(), error.status(), "the status fits the error");
        Err(error)
    }
}

fn encode(values: &[(&str, &str)]) -> String {
    let escape =
        |text: &str| percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC).to_string();
    values.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect::<Vec<_>>().join("&")
}
