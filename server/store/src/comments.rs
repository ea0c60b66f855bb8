//! Comments on posts, one level deep.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{AccountId, CommentId, PostId, SchoolId, Time};
use uuid::Uuid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CommentRow {
    #[sqlx(try_from = "Uuid")]
    pub id: CommentId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub post_id: PostId,
    pub parent_id: Option<Uuid>,
    #[sqlx(try_from = "Uuid")]
    pub author_id: AccountId,
    pub author: String,
    /// A staff role's word, or `guardian`.
    pub capacity: String,
    pub body: String,
    #[sqlx(try_from = "i64")]
    pub created_at: Time,
    pub edited_at: Option<i64>,
    pub removed_at: Option<i64>,
    /// Set when staff took it away.
    pub removal_reason: Option<String>,
}

impl CommentRow {
    pub fn parent(&self) -> Option<CommentId> {
        self.parent_id.map(CommentId)
    }
}

#[derive(Debug)]
pub struct NewComment<'a> {
    pub id: CommentId,
    pub school: SchoolId,
    pub post: PostId,
    pub parent: Option<CommentId>,
    pub author: AccountId,
    pub capacity: &'a str,
    pub body: &'a str,
    pub at: Time,
}

/// Columns of a [`CommentRow`].
macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT c.id, c.school_id, c.post_id, c.parent_id, c.author_id, a.name AS author, c.capacity, c.body, c.created_at, \
            c.edited_at, c.removed_at, c.removal_reason FROM comments c JOIN accounts a ON a.id = c.author_id ",
            $rest
        )
    };
}

queries! {
    FIND = (select!("WHERE c.id = $1"));
    THREADS = (select!("WHERE c.post_id = $1 AND c.parent_id IS NULL AND (c.created_at, c.id) < ($2, $3) \
        ORDER BY c.created_at DESC, c.id DESC LIMIT $4"));
    REPLIES = (select!("WHERE c.parent_id IN ids($1) ORDER BY c.created_at, c.id"));
    COUNT = ("SELECT COUNT(*) FROM comments WHERE post_id = $1 AND removed_at IS NULL");
    ADD = ("INSERT INTO comments (id, school_id, post_id, parent_id, author_id, capacity, body, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    EDIT = ("UPDATE comments SET body = $2, edited_at = $3 WHERE id = $1 AND removed_at IS NULL");
    TAKE_BACK = ("UPDATE comments SET body = '', removed_at = $3, removed_by = $2 WHERE id = $1 AND removed_at IS NULL");
    REMOVE = ("UPDATE comments SET removed_at = $3, removed_by = $2, removal_reason = $4 WHERE id = $1 AND removed_at IS NULL");
}

impl Read {
    pub async fn find_comment(&mut self, id: CommentId) -> Result<Option<CommentRow>> {
        fetch_optional!(self, CommentRow, FIND, id.0)
    }

    /// Comments on the post itself before a place (time and id), newest first.
    pub async fn list_threads(
        &mut self,
        post: PostId,
        before: (Time, CommentId),
        limit: i64,
    ) -> Result<Vec<CommentRow>> {
        fetch_all!(self, CommentRow, THREADS, post.0, before.0.0, before.1.0, limit)
    }

    /// Answers to these comments, oldest first.
    pub async fn list_replies(&mut self, to: &[CommentId]) -> Result<Vec<CommentRow>> {
        let ids: Ids = to.iter().copied().collect();
        fetch_all!(self, CommentRow, REPLIES, ids)
    }

    /// How many comments stand under a post.
    pub async fn count_comments(&mut self, post: PostId) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT, post.0)?.0)
    }
}

impl Write {
    /// [`crate::Error::Duplicate`] if there is a comment with this id, whoever's it is.
    pub async fn add_comment(&mut self, new: NewComment<'_>) -> Result<()> {
        execute!(
            self,
            ADD,
            new.id.0,
            new.school.0,
            new.post.0,
            new.parent.map(|parent| parent.0),
            new.author.0,
            new.capacity,
            new.body,
            new.at.0
        )?;
        Ok(())
    }

    /// False if it was taken away.
    pub async fn edit_comment(&mut self, id: CommentId, body: &str, at: Time) -> Result<bool> {
        Ok(execute!(self, EDIT, id.0, body, at.0)? > 0)
    }

    /// Its text is gone. False if it was taken away before.
    pub async fn take_back_comment(&mut self, id: CommentId, by: AccountId, at: Time) -> Result<bool> {
        Ok(execute!(self, TAKE_BACK, id.0, by.0, at.0)? > 0)
    }

    /// By staff; its text stays on record. False if it was taken away before.
    pub async fn remove_comment(&mut self, id: CommentId, by: AccountId, reason: &str, at: Time) -> Result<bool> {
        Ok(execute!(self, REMOVE, id.0, by.0, at.0, reason)? > 0)
    }
}
