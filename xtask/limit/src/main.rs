//! The least that answers the same: `limit DATABASE PAGE` prints its port and serves
//!
//! * `/feed`: looks up the session of the cookie `ikker`, reads the newest twenty posts of its account's groups with their
//!   authors and pictures from the same SQLite file, and answers the bytes of the file PAGE;
//! * `/fixed`: the same bytes without a question;
//! * `/live` and `/send`: whatever is posted to the one goes to everybody who listens to the other;
//! * `/search?q=WORD`: the twenty best rows of the search index of that file, and nothing of them but their number;
//! * `/upload`: copies what is posted into a file.
//!
//! `limit fill DATABASE POSTS` copies the posts of a demo school until there are so many; `limit tag DATABASE` puts ten more
//! pictures into each post, with some of the school's children in each.

use anyhow::{Context as _, Result};
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Query, State},
    http::{HeaderMap, StatusCode, header},
    response::{
        IntoResponse, Response, Sse,
        sse::{Event, KeepAlive},
    },
    routing::{get, post},
    serve::ListenerExt as _,
};
use futures::StreamExt as _;
use sha2::{Digest as _, Sha256};
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};
use std::convert::Infallible;
use tokio::{io::AsyncWriteExt as _, net::TcpListener, sync::broadcast};
use tokio_stream::wrappers::BroadcastStream;

const SESSION: &str = "SELECT s.account_id FROM sessions s JOIN accounts a ON a.id = s.account_id \
    WHERE s.token_hash = $1 AND s.ended_at IS NULL AND a.disabled_at IS NULL";

const POSTS: &str = "SELECT p.id, p.title, p.excerpt, p.published_at, a.name FROM (\
        SELECT DISTINCT pg.post_id, pg.published_at FROM guardianships w \
        JOIN enrolments e ON e.child_id = w.child_id AND e.ended_at IS NULL \
        JOIN post_groups pg ON pg.group_id = e.group_id AND pg.published_at IS NOT NULL \
        WHERE w.account_id = $1 AND w.ended_at IS NULL ORDER BY pg.published_at DESC LIMIT 20) n \
    JOIN posts p ON p.id = n.post_id JOIN accounts a ON a.id = p.author_id ORDER BY n.published_at DESC";

const PICTURES: &str = "SELECT m.id, m.width, m.height FROM post_media pm JOIN media m ON m.id = pm.media_id WHERE pm.post_id = $1 \
    ORDER BY pm.position LIMIT 4";

const SEARCH: &str = "SELECT rowid FROM search_index WHERE search_index MATCH $1 ORDER BY rank LIMIT 20";

/// Pictures without files, for whoever decides about them.
const TAG: [&str; 4] = [
    "CREATE TEMP TABLE more AS SELECT randomblob(16) AS id, p.id AS post, p.school_id AS school, p.author_id AS owner, n.value AS n \
        FROM posts p, (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n WHERE value < 10) SELECT value FROM n) n \
        WHERE p.state = 'published'",
    "INSERT INTO media (id, school_id, owner_id, state, file_name, alt, width, height, width_small, width_medium, width_large, source_hash, \
        created_at, kind, bytes) SELECT id, school, owner, 'ready', '', '', 1200, 900, 320, 960, 1200, randomblob(32), 0, 'photo', 0 FROM more",
    "INSERT INTO post_media (school_id, post_id, media_id, position, is_pending) SELECT school, post, id, 100 + n, FALSE FROM more",
    "INSERT INTO media_children (school_id, media_id, child_id) SELECT m.school, m.id, c.id FROM more m \
        JOIN children c ON c.school_id = m.school AND abs(random()) % 20 = 0",
];

/// Each copy an hour older than the one before it.
const FILL: [&str; 4] = [
    "CREATE TEMP TABLE copies AS SELECT randomblob(16) AS id, p.id AS of, p.published_at - n.value * 3600000000 AS at \
        FROM posts p, (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n \
        WHERE value < $1 / (SELECT COUNT(*) FROM posts WHERE state = 'published')) SELECT value FROM n) n WHERE p.state = 'published'",
    "INSERT INTO posts (id, school_id, author_id, author_role, state, version, title, body, excerpt, created_at, updated_at, published_at) \
        SELECT c.id, p.school_id, p.author_id, p.author_role, p.state, p.version, p.title, p.body, p.excerpt, c.at, c.at, c.at \
        FROM copies c JOIN posts p ON p.id = c.of",
    "INSERT INTO post_groups (school_id, post_id, group_id, published_at, feed_at) \
        SELECT g.school_id, c.id, g.group_id, c.at, c.at FROM copies c JOIN post_groups g ON g.post_id = c.of",
    "INSERT INTO search_entries (entry_id, school_id, post_id, kind, scope, title, body) \
        SELECT c.id, e.school_id, c.id, e.kind, e.scope, e.title, e.body FROM copies c JOIN search_entries e ON e.entry_id = c.of",
];

type Post = (Vec<u8>, String, String, i64, String);
type Picture = (Vec<u8>, i64, i64);

#[derive(Clone)]
struct Limit {
    pool: SqlitePool,
    page: Bytes,
    live: broadcast::Sender<String>,
}

#[tokio::main]
async fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (database, page) = arguments.next().zip(arguments.next()).context("usage: limit DATABASE PAGE")?;
    if database == "fill" {
        let posts: i64 = arguments.next().and_then(|posts| posts.parse().ok()).context("how many?")?;
        return change(&page, &FILL, posts).await;
    }
    if database == "tag" {
        return change(&page, &TAG, 0).await;
    }
    let options = SqliteConnectOptions::new().filename(&database).read_only(true);
    let pool = SqlitePoolOptions::new().max_connections(4).connect_with(options).await.context(database)?;
    let page = Bytes::from(std::fs::read(&page).context(page)?);
    let router = Router::new()
        .route("/fixed", get(|State(limit): State<Limit>| async move { answer(limit.page) }))
        .route("/feed", get(feed))
        .route("/live", get(live))
        .route("/send", post(send))
        .route("/search", get(search))
        .route("/upload", post(upload).layer(DefaultBodyLimit::disable()))
        .with_state(Limit { pool, page, live: broadcast::channel(1024).0 });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    println!("{}", listener.local_addr()?.port());
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            eprintln!("limit: {error}");
        }
    });
    axum::serve(listener, router).await?;
    Ok(())
}

async fn feed(State(limit): State<Limit>, headers: HeaderMap) -> Response {
    match read(&limit.pool, &headers).await {
        Ok(Some(posts)) if posts > 0 => answer(limit.page),
        Ok(Some(_)) => StatusCode::NO_CONTENT.into_response(),
        Ok(None) => StatusCode::UNAUTHORIZED.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn answer(page: Bytes) -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], page).into_response()
}

/// How many posts there were; none for nobody.
async fn read(pool: &SqlitePool, headers: &HeaderMap) -> sqlx::Result<Option<usize>> {
    let cookies = headers.get(header::COOKIE).and_then(|cookies| cookies.to_str().ok()).unwrap_or_default();
    let token = cookies.split("; ").find_map(|cookie| cookie.strip_prefix("ikker=")).unwrap_or_default();
    let hash = Sha256::digest(token.as_bytes()).to_vec();
    let Some((account,)) = sqlx::query_as::<_, (Vec<u8>,)>(SESSION).bind(hash).fetch_optional(pool).await? else {
        return Ok(None);
    };
    let posts: Vec<Post> = sqlx::query_as(POSTS).bind(account).fetch_all(pool).await?;
    for post in &posts {
        let _: Vec<Picture> = sqlx::query_as(PICTURES).bind(&post.0).fetch_all(pool).await?;
    }
    Ok(Some(posts.len()))
}

async fn live(State(limit): State<Limit>) -> impl IntoResponse {
    let events = BroadcastStream::new(limit.live.subscribe())
        .filter_map(|text| async move { Some(Ok::<_, Infallible>(Event::default().data(text.ok()?))) });
    Sse::new(events).keep_alive(KeepAlive::default())
}

async fn send(State(limit): State<Limit>, text: String) -> StatusCode {
    // Nobody listening is fine.
    let _ = limit.live.send(text);
    StatusCode::NO_CONTENT
}

#[derive(serde::Deserialize)]
struct Wanted {
    q: String,
}

async fn search(State(limit): State<Limit>, Query(Wanted { q }): Query<Wanted>) -> Response {
    let found = sqlx::query_as::<_, (i64,)>(SEARCH).bind(format!("\"{q}\"*")).fetch_all(&limit.pool).await;
    match found {
        Ok(rows) if rows.is_empty() => StatusCode::NOT_FOUND.into_response(),
        Ok(_) => answer(limit.page),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

async fn upload(body: Body) -> Response {
    match copy(body).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

/// Into a file that is gone at the end.
async fn copy(body: Body) -> Result<()> {
    let path = std::env::temp_dir().join(format!("limit-{}", std::process::id()));
    let mut file = tokio::fs::File::create(&path).await?;
    let mut bytes = body.into_data_stream();
    while let Some(next) = bytes.next().await {
        file.write_all(&next?).await?;
    }
    file.flush().await?;
    tokio::fs::remove_file(&path).await?;
    Ok(())
}

async fn change(database: &str, statements: &[&'static str], posts: i64) -> Result<()> {
    let options = SqliteConnectOptions::new().filename(database).foreign_keys(false);
    let pool = SqlitePoolOptions::new().max_connections(1).connect_with(options).await.context(database.to_owned())?;
    let mut work = pool.begin().await?;
    for statement in statements {
        let query = sqlx::query(*statement);
        let query = if statement.contains("$1") { query.bind(posts) } else { query };
        query.execute(&mut *work).await?;
    }
    work.commit().await?;
    Ok(())
}
