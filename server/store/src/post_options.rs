//! The options of a post: when it is published and expires, pinned, urgent, what it asks of its readers.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_all, queries},
};
use model::{AccountId, PostId, Time};

/// The options of a post as they are stored; times are microseconds since 1970, UTC.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PostOptionsRow {
    /// JSON of `model::options::PostOptions`: the form of a draft.
    pub draft_options: String,
    pub publish_at: Option<i64>,
    /// The version that is published at `publish_at`.
    pub scheduled_version: Option<i64>,
    /// A word of `model::options::Held`.
    pub held: Option<String>,
    pub expires_at: Option<i64>,
    pub is_pinned: bool,
    pub comments_open: bool,
    /// None: not urgent.
    pub urgent_reason: Option<String>,
    pub confirm_by: Option<i64>,
}

/// The options of a published post.
#[derive(Clone, Copy, Debug)]
pub struct NewPostOptions<'a> {
    pub expires_at: Option<Time>,
    pub is_pinned: bool,
    pub comments_open: bool,
    pub urgent_reason: Option<&'a str>,
    pub confirm_by: Option<Time>,
}

/// What a post said before it was changed.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PostVersionRow {
    pub version: i64,
    pub title: String,
    /// JSON of `model::document::Document`.
    pub body: String,
    /// Who replaced it by the next one.
    pub changed_by: String,
    #[sqlx(try_from = "i64")]
    pub changed_at: Time,
}

/// Added to the place of a pinned post in the feed: later than anything, earlier than the end of time.
const PINNED: i64 = 1 << 60;

queries! {
    SET = ("UPDATE posts SET expires_at = $2, is_pinned = $3, comments_open = $4, urgent_reason = $5, confirm_by = $6 WHERE id = $1");
    SET_DRAFT = ("UPDATE posts SET draft_options = $2 WHERE id = $1 AND state = 'draft'");
    SCHEDULE = ("UPDATE posts SET scheduled_version = version, publish_at = $3, held = NULL WHERE id = $1 AND version = $2 AND state = 'draft'");
    HOLD = ("UPDATE posts SET scheduled_version = NULL, held = $3 WHERE id = $1 AND scheduled_version = $2 AND state = 'draft'");
    PIN = ("UPDATE posts SET is_pinned = $2 WHERE id = $1 AND is_pinned <> $2 AND state = 'published'");
    PLACE_IN_GROUPS = ("UPDATE post_groups SET feed_at = (SELECT p.published_at + CASE WHEN p.is_pinned THEN CAST($3 AS BIGINT) ELSE 0 END FROM posts p \
        WHERE p.id = $1 AND p.state = 'published' AND (p.expires_at IS NULL OR p.expires_at > $2)) WHERE post_id = $1");
    PLACE_FOR_CHILDREN = ("UPDATE post_children SET feed_at = (SELECT p.published_at + CASE WHEN p.is_pinned THEN CAST($3 AS BIGINT) ELSE 0 END FROM posts p \
        WHERE p.id = $1 AND p.state = 'published' AND (p.expires_at IS NULL OR p.expires_at > $2)) WHERE post_id = $1");
    PLACE_FOR_TEAMS = ("UPDATE post_teams SET feed_at = (SELECT p.published_at + CASE WHEN p.is_pinned THEN CAST($3 AS BIGINT) ELSE 0 END FROM posts p \
        WHERE p.id = $1 AND p.state = 'published' AND (p.expires_at IS NULL OR p.expires_at > $2)) WHERE post_id = $1");
    REMIND = ("UPDATE posts SET reminded_at = $2 WHERE id = $1 AND (reminded_at IS NULL OR reminded_at <= $3)");
    KEEP_VERSION = ("INSERT INTO post_versions (school_id, post_id, version, title, body, changed_by, changed_at) \
        SELECT school_id, id, version, title, body, $2, $3 FROM posts WHERE id = $1");
    VERSIONS = ("SELECT v.version, v.title, v.body, a.name AS changed_by, v.changed_at FROM post_versions v \
        JOIN accounts a ON a.id = v.changed_by WHERE v.post_id = $1 ORDER BY v.version DESC");
}

impl Read {
    /// What the post said before each change, the latest first.
    pub async fn list_post_versions(&mut self, id: PostId) -> Result<Vec<PostVersionRow>> {
        fetch_all!(self, PostVersionRow, VERSIONS, id.0)
    }
}

impl Write {
    pub async fn set_post_options(&mut self, id: PostId, options: NewPostOptions<'_>) -> Result<()> {
        let NewPostOptions { expires_at, is_pinned, comments_open, urgent_reason, confirm_by } = options;
        execute!(
            self,
            SET,
            id.0,
            expires_at.map(|at| at.0),
            is_pinned,
            comments_open,
            urgent_reason,
            confirm_by.map(|at| at.0)
        )?;
        Ok(())
    }

    /// `options`: JSON of `model::options::PostOptions`.
    pub async fn set_draft_options(&mut self, id: PostId, options: &str) -> Result<()> {
        execute!(self, SET_DRAFT, id.0, options)?;
        Ok(())
    }

    /// Has this version of a draft published by itself. False if it is another version by now, or no draft.
    pub async fn schedule_post(&mut self, id: PostId, version: i64, at: Time) -> Result<bool> {
        Ok(execute!(self, SCHEDULE, id.0, version, at.0)? > 0)
    }

    /// Makes a scheduled post a plain draft again, with the reason. False if it was not scheduled in this version.
    pub async fn hold_post(&mut self, id: PostId, version: i64, reason: &str) -> Result<bool> {
        Ok(execute!(self, HOLD, id.0, version, reason)? > 0)
    }

    /// False if it was so already, or is not published.
    pub async fn pin_post(&mut self, id: PostId, is_pinned: bool) -> Result<bool> {
        Ok(execute!(self, PIN, id.0, is_pinned)? > 0)
    }

    /// Puts the post where it belongs in the feed by what it is now, or out of it. Doing it again changes nothing.
    pub async fn place_post(&mut self, id: PostId, now: Time) -> Result<()> {
        execute!(self, PLACE_IN_GROUPS, id.0, now.0, PINNED)?;
        execute!(self, PLACE_FOR_CHILDREN, id.0, now.0, PINNED)?;
        execute!(self, PLACE_FOR_TEAMS, id.0, now.0, PINNED)?;
        Ok(())
    }

    /// Notes that readers are reminded. False if they were after `earliest`.
    pub async fn note_reminder(&mut self, id: PostId, at: Time, earliest: Time) -> Result<bool> {
        Ok(execute!(self, REMIND, id.0, at.0, earliest.0)? > 0)
    }

    /// Keeps what the post says now, before somebody changes it.
    pub(crate) async fn keep_post_version(&mut self, id: PostId, by: AccountId, at: Time) -> Result<()> {
        execute!(self, KEEP_VERSION, id.0, by.0, at.0)?;
        Ok(())
    }
}
