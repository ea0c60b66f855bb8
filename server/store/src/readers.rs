//! Who has read a post, and confirmed it.

use crate::{
    Read, Result,
    post_audience::Readers,
    sql::{fetch_all, queries},
};
use model::{AccountId, ChildId, PostId};
use uuid::Uuid;

/// A child in the audience of a post with one of its guardians with custody; without, if it has none with an account.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReaderRow {
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    pub given_name: String,
    pub family_name: String,
    pub group_name: Option<String>,
    account_id: Option<Uuid>,
    name: Option<String>,
    /// None for not yet.
    pub read_at: Option<i64>,
    pub confirmed_at: Option<i64>,
}

impl ReaderRow {
    pub fn guardian(&self) -> Option<(AccountId, &str)> {
        Some((AccountId(self.account_id?), self.name.as_deref()?))
    }
}

queries! {
    READERS = ("SELECT c.id AS child_id, c.given_name, c.family_name, g.name AS group_name, a.id AS account_id, a.name, r.read_at, k.confirmed_at \
        FROM children c LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL LEFT JOIN groups g ON g.id = e.group_id \
        LEFT JOIN guardianships w ON w.child_id = c.id AND w.ended_at IS NULL AND w.scope = 'full' \
        LEFT JOIN accounts a ON a.id = w.account_id AND a.disabled_at IS NULL \
        LEFT JOIN post_reads r ON r.post_id = $4 AND r.account_id = a.id \
        LEFT JOIN post_confirmations k ON k.post_id = $4 AND k.account_id = a.id \
        WHERE c.school_id = $1 AND c.left_at IS NULL AND ($3 OR c.id IN ids($5) OR e.group_id IN ids($2)) \
        ORDER BY g.position, c.family_name, c.given_name, c.id, a.name, a.id");
}

impl Read {
    /// Children in the audience, by group and name, each with its guardians and when they read and confirmed the post.
    pub async fn list_guardian_readers(&mut self, readers: Readers<'_>, post: PostId) -> Result<Vec<ReaderRow>> {
        let (groups, children) = (readers.groups(), readers.children());
        fetch_all!(self, ReaderRow, READERS, readers.school.0, groups, readers.whole_school, post.0, children)
    }
}
