//! Cards of links: the server looks, within limits and only where it may; readers ask nobody else.

use crate::support::{School, TestPortal};
use axum::{
    Router,
    body::Body,
    http::header,
    response::{Html, IntoResponse, Redirect},
    routing::get,
};
use domain::links::{Web, WebError};
use std::{
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

/// A site with a page, and with what nobody should link to.
struct Site {
    url: String,
    hits: Arc<AtomicUsize>,
}

impl Site {
    async fn start(address: &str) -> Site {
        let listener = tokio::net::TcpListener::bind((address, 0)).await.expect("a port");
        let url = format!("http://{}", listener.local_addr().expect("an address"));
        let hits = Arc::new(AtomicUsize::new(0));
        let endless = || async {
            let words = futures::stream::repeat_with(|| Ok::<_, std::io::Error>("<p>verder</p>".repeat(1000)));
            ([(header::CONTENT_TYPE, "text/html")], Body::from_stream(words)).into_response()
        };
        let silent = || async {
            let nothing = futures::stream::pending::<Result<String, std::io::Error>>();
            ([(header::CONTENT_TYPE, "text/html")], Body::from_stream(nothing)).into_response()
        };
        let count = hits.clone();
        let router = Router::new()
            .route(
                "/page",
                get(|| async { Html("<title>Het bos</title><meta name=description content='Een dag uit'>") }),
            )
            .route("/moved", get(|| async { Redirect::to("/page") }))
            .route("/loop", get(|| async { Redirect::to("/loop") }))
            .route("/away", get(|| async { Redirect::to("http://169.254.169.254/latest/meta-data") }))
            .route("/file", get(|| async { Redirect::to("file:///etc/passwd") }))
            .route("/picture", get(|| async { ([(header::CONTENT_TYPE, "image/png")], "x") }))
            .route("/endless", get(endless))
            .route("/silent", get(silent))
            .layer(axum::middleware::map_request(move |request: axum::extract::Request| {
                count.fetch_add(1, Ordering::SeqCst);
                std::future::ready(request)
            }));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Site { url, hits }
    }
}

fn here() -> Web {
    Web::with_rule(|address| address.ip() == IpAddr::from([127, 0, 0, 1]))
}

#[tokio::test]
async fn the_web_is_asked_within_limits() {
    let site = Site::start("127.0.0.1").await;
    let read = async |path: &str| here().read_page(&format!("{}{path}", site.url)).await;
    let (page, host) = read("/moved").await.expect("a page");
    assert!(page.contains("Het bos") && host == "127.0.0.1");
    let (page, _) = read("/endless").await.expect("its beginning");
    assert_eq!(page.len(), 256 * 1024);
    assert!(matches!(read("/loop").await, Err(WebError::Loop)));
    assert!(matches!(read("/picture").await, Err(WebError::NoPage)));
    assert!(matches!(read("/none").await, Err(WebError::Status(404))));
    assert!(matches!(read("/silent").await, Err(WebError::Slow | WebError::Broken(_))));
    for away in ["/away", "/file"] {
        assert!(matches!(read(away).await, Err(WebError::NotPublic)), "{away}");
    }
}

#[tokio::test]
async fn private_networks_are_not_asked() {
    let site = Site::start("127.0.0.1").await;
    let port = site.url.rsplit(':').next().expect("a port");
    for url in [
        format!("http://127.0.0.1:{port}/page"),
        format!("http://localhost:{port}/page"),
        format!("http://2130706433:{port}/page"),
        format!("http://0x7f.1:{port}/page"),
        format!("http://[::ffff:127.0.0.1]:{port}/page"),
        format!("http://someone@127.0.0.1:{port}/page"),
        "ftp://example.org/".to_owned(),
        "gopher://127.0.0.1/".to_owned(),
        "http://93.184.216.34:22/".to_owned(),
    ] {
        assert!(matches!(Web::default().read_page(&url).await, Err(WebError::NotPublic)), "{url}");
    }
    // A page that may be asked leads to one that may not.
    let other = Site::start("127.0.0.2").await;
    assert!(matches!(here().read_page(&format!("{}/page", other.url)).await, Err(WebError::NotPublic)));
    assert_eq!((site.hits.load(Ordering::SeqCst), other.hits.load(Ordering::SeqCst)), (0, 0));
}

#[tokio::test]
async fn a_link_in_a_post_has_a_card() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let site = Site::start("127.0.0.1").await;
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        let post = test.new_post_id();
        let body = format!("Zie <{0}/page>, <{0}/picture> en <{0}/none>.", site.url);
        teacher.save(post, 0, "Titel", &body, &[school.group5]).await.expect("saved");
        test.work().await;
        assert_eq!(site.hits.load(Ordering::SeqCst), 0, "a draft asks nobody");
        teacher.publish(post).await.expect("published");
        test.work().await;
        let cards = mother.open(post).await.expect("hers").cards;
        let shown: Vec<_> =
            cards.iter().map(|card| (card.title.as_str(), card.summary.as_str(), card.host.as_str())).collect();
        assert_eq!(shown, [("Het bos", "Een dag uit", "127.0.0.1")]);
        let hits = site.hits.load(Ordering::SeqCst);
        assert_eq!(hits, 3);
        // The same link in another post is known; in another school it is asked for anew.
        let again = test.new_post_id();
        teacher.save(again, 0, "Titel", &body, &[school.group5]).await.expect("saved");
        teacher.publish(again).await.expect("published");
        test.work().await;
        assert_eq!(mother.open(again).await.expect("hers").cards.len(), 1);
        assert_eq!(site.hits.load(Ordering::SeqCst), hits);
        let foreign = School::new(&test, "elders").await;
        let (theirs, post) = (test.as_(&foreign.teacher5).await, test.new_post_id());
        theirs.save(post, 0, "Titel", &body, &[foreign.group5]).await.expect("saved");
        theirs.publish(post).await.expect("published");
        assert_eq!(theirs.open(post).await.expect("own").cards, [], "not from another school's");
        // A school that wants none asks for none.
        let director = test.as_(&school.director).await;
        let id = school.id.to_string();
        director.call::<()>("/api/account/set-school-settings", &[("school", &id)]).await.expect("set");
        test.work().await;
        let hits = site.hits.load(Ordering::SeqCst);
        let quiet = test.new_post_id();
        let body = format!("<{}/moved>", site.url);
        teacher.save(quiet, 0, "Titel", &body, &[school.group5]).await.expect("saved");
        teacher.publish(quiet).await.expect("published");
        test.work().await;
        assert_eq!(site.hits.load(Ordering::SeqCst), hits);
        assert_eq!(mother.open(quiet).await.expect("hers").cards, []);
    }
}
