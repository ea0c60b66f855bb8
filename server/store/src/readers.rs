//! Who has read a post.

use crate::{
    Read, Result,
    post_audience::Readers,
    sql::{fetch_all, queries},
};
use model::{AccountId, ChildId, PostId};
use uuid::Uuid;

/// A guardian with custody of a child in the audience of a post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReaderRow {
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    pub given_name: String,
    pub family_name: String,
    pub group_name: Option<String>,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub name: String,
    /// None for not yet.
    pub read_at: Option<i64>,
}

queries! {
    GUARDIANS = ("SELECT c.id AS child_id, c.given_name, c.family_name, g.name AS group_name, a.id AS account_id, a.name, r.read_at \
        FROM guardianships w JOIN children c ON c.id = w.child_id AND c.left_at IS NULL \
        JOIN accounts a ON a.id = w.account_id AND a.disabled_at IS NULL \
        LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL \
        LEFT JOIN groups g ON g.id = e.group_id \
        LEFT JOIN post_reads r ON r.post_id = $4 AND r.account_id = w.account_id \
        WHERE w.school_id = $1 AND w.ended_at IS NULL AND w.scope = 'full' AND ($3 OR e.group_id IN ids($2) OR w.child_id IN ids($5)) \
        ORDER BY g.position, c.family_name, c.given_name, c.id, a.name, a.id");
}

impl Read {
    /// Guardians with custody in the audience, by group and child, and when they have read the post.
    pub async fn list_guardian_readers(&mut self, readers: Readers<'_>, post: PostId) -> Result<Vec<ReaderRow>> {
        let (groups, children) = (readers.groups(), readers.children());
        fetch_all!(self, ReaderRow, GUARDIANS, readers.school.0, groups, readers.whole_school, post.0, children)
    }
}
