//! Posts: drafts, publication, the ranges a feed is made of, read marks.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{AccountId, GroupId, PostId, SchoolId, Time, feed::PostState, roles::StaffRole};
use uuid::Uuid;

/// A whole post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PostRow {
    #[sqlx(try_from = "Uuid")]
    pub id: PostId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub author_id: AccountId,
    pub author_name: String,
    #[sqlx(try_from = "String")]
    pub author_role: StaffRole,
    #[sqlx(try_from = "String")]
    pub state: PostState,
    pub version: i64,
    pub title: String,
    /// JSON of `model::document::Document`.
    pub body: String,
    #[sqlx(try_from = "i64")]
    pub updated_at: Time,
    pub published_at: Option<i64>,
    pub edited_at: Option<i64>,
}

/// A published post as its card shows it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CardRow {
    #[sqlx(try_from = "Uuid")]
    pub id: PostId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub author_id: AccountId,
    pub author_name: String,
    #[sqlx(try_from = "String")]
    pub author_role: StaffRole,
    pub title: String,
    pub excerpt: String,
    #[sqlx(try_from = "i64")]
    pub published_at: Time,
}

/// A line of somebody's drafts.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct DraftRow {
    #[sqlx(try_from = "Uuid")]
    pub id: PostId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    pub title: String,
    #[sqlx(try_from = "i64")]
    pub updated_at: Time,
    pub pictures: i64,
}

/// Where a post stands in a feed: newest first, by time and then by id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub at: Time,
    pub post: PostId,
}

impl Place {
    /// Newer than every post.
    pub const TOP: Place = Place { at: Time(i64::MAX), post: PostId(Uuid::max()) };
}

/// What somebody writes.
#[derive(Clone, Copy, Debug)]
pub struct Content<'a> {
    pub title: &'a str,
    pub body: &'a str,
    pub excerpt: &'a str,
}

#[derive(Debug)]
pub struct NewDraft<'a> {
    pub id: PostId,
    pub school: SchoolId,
    pub author: AccountId,
    pub role: StaffRole,
    pub content: Content<'a>,
    pub at: Time,
}

/// The audience of a post, for finding and counting the people in it.
#[derive(Clone, Copy, Debug)]
pub struct Readers<'a> {
    pub school: SchoolId,
    pub groups: &'a [GroupId],
    /// The school group is among the groups.
    pub whole_school: bool,
}

queries! {
    // The newest of each group are one range of the index; how many posts there are makes no difference.
    NEWEST = {
        sqlite: "SELECT p.post_id, p.published_at FROM json_each($1) g JOIN post_groups p ON p.rowid IN (\
            SELECT n.rowid FROM post_groups n WHERE n.group_id = unhex(g.value) AND (n.published_at, n.post_id) < ($2, $3) \
            ORDER BY n.published_at DESC, n.post_id DESC LIMIT $4)",
        postgres: "SELECT p.post_id, p.published_at FROM unnest($1::uuid[]) g(id) CROSS JOIN LATERAL (\
            SELECT n.post_id, n.published_at FROM post_groups n WHERE n.group_id = g.id AND (n.published_at, n.post_id) < ($2, $3) \
            ORDER BY n.published_at DESC, n.post_id DESC LIMIT $4) p",
    };
    CARDS = ("SELECT p.id, p.school_id, p.author_id, a.name AS author_name, p.author_role, p.title, p.excerpt, p.published_at \
        FROM posts p JOIN accounts a ON a.id = p.author_id WHERE p.id IN ids($1) AND p.state = 'published'");
    GROUPS = ("SELECT post_id, group_id FROM post_groups WHERE post_id IN ids($1)");
    READ_BY = ("SELECT post_id FROM post_reads WHERE account_id = $1 AND post_id IN ids($2)");
    FIND = ("SELECT p.id, p.school_id, p.author_id, a.name AS author_name, p.author_role, p.state, p.version, p.title, p.body, \
        p.updated_at, p.published_at, p.edited_at FROM posts p JOIN accounts a ON a.id = p.author_id WHERE p.id = $1");
    LOCK = { sqlite: "SELECT id FROM posts WHERE id = $1", postgres: "SELECT id FROM posts WHERE id = $1 FOR UPDATE" };
    DRAFTS = ("SELECT p.id, p.school_id, p.title, p.updated_at, (SELECT COUNT(*) FROM post_media pm WHERE pm.post_id = p.id) AS pictures \
        FROM posts p WHERE p.author_id = $1 AND p.state = 'draft' ORDER BY p.updated_at DESC, p.id DESC LIMIT 100");
    CREATE = ("INSERT INTO posts (id, school_id, author_id, author_role, state, version, title, body, excerpt, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, 'draft', 1, $5, $6, $7, $8, $8)");
    SAVE = ("UPDATE posts SET school_id = $3, title = $4, body = $5, excerpt = $6, updated_at = $7, version = version + 1 \
        WHERE id = $1 AND version = $2 AND state = 'draft'");
    EDIT = ("UPDATE posts SET title = $3, body = $4, excerpt = $5, updated_at = $6, edited_at = $6, version = version + 1 \
        WHERE id = $1 AND version = $2 AND state = 'published'");
    KEEP_VERSION = ("INSERT INTO post_versions (school_id, post_id, version, title, body, changed_by, changed_at) \
        SELECT school_id, id, version, title, body, $2, $3 FROM posts WHERE id = $1");
    COUNT_VERSIONS = ("SELECT COUNT(*) FROM post_versions WHERE post_id = $1");
    PUBLISH = ("UPDATE posts SET state = 'published', published_at = $2, updated_at = $2, version = version + 1 \
        WHERE id = $1 AND state = 'draft'");
    PUBLISH_GROUPS = ("UPDATE post_groups SET published_at = $2 WHERE post_id = $1");
    DELETE = ("UPDATE posts SET state = 'deleted', updated_at = $2, version = version + 1 WHERE id = $1 AND state <> 'deleted'");
    UNPUBLISH_GROUPS = ("UPDATE post_groups SET published_at = NULL WHERE post_id = $1");
    CLEAR_GROUPS = ("DELETE FROM post_groups WHERE post_id = $1");
    ADD_GROUP = ("INSERT INTO post_groups (school_id, post_id, group_id) VALUES ($1, $2, $3) ON CONFLICT (post_id, group_id) DO NOTHING");
    REMOVE_GROUP = ("DELETE FROM post_groups WHERE post_id = $1 AND group_id = $2");
    MARK_READ = ("INSERT INTO post_reads (school_id, post_id, account_id, read_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (post_id, account_id) DO NOTHING");
    REACH = ("SELECT COUNT(DISTINCT w.account_id), COUNT(DISTINCT r.account_id) FROM guardianships w \
        JOIN children c ON c.id = w.child_id AND c.left_at IS NULL \
        JOIN accounts a ON a.id = w.account_id AND a.disabled_at IS NULL \
        LEFT JOIN post_reads r ON r.post_id = $4 AND r.account_id = w.account_id \
        WHERE w.school_id = $1 AND w.ended_at IS NULL AND w.scope = 'full' AND ($3 OR EXISTS (\
        SELECT 1 FROM enrolments e WHERE e.child_id = w.child_id AND e.ended_at IS NULL AND e.group_id IN ids($2)))");
    READERS = ("SELECT account_id FROM (SELECT w.account_id FROM guardianships w JOIN children c ON c.id = w.child_id AND c.left_at IS NULL \
        WHERE w.school_id = $1 AND w.ended_at IS NULL AND w.scope = 'full' AND ($3 OR EXISTS (\
        SELECT 1 FROM enrolments e WHERE e.child_id = w.child_id AND e.ended_at IS NULL AND e.group_id IN ids($2))) \
        UNION SELECT s.account_id FROM staff s WHERE s.school_id = $1 AND s.ended_at IS NULL AND ($3 OR s.role = 'director' OR EXISTS (\
        SELECT 1 FROM group_staff gs WHERE gs.account_id = s.account_id AND gs.ended_at IS NULL AND gs.group_id IN ids($2)))) x \
        WHERE account_id > $4 ORDER BY account_id LIMIT $5");
}

impl Read {
    /// The newest published posts of each group below a place, at most `limit` of each group, in no order. A post of
    /// several groups may come more than once.
    pub async fn list_newest(&mut self, groups: &[GroupId], below: Place, limit: i64) -> Result<Vec<Place>> {
        let ids: Ids = groups.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, i64), NEWEST, ids, below.at.0, below.post.0, limit)?;
        Ok(rows.into_iter().map(|(post, at)| Place { at: Time(at), post: PostId(post) }).collect())
    }

    /// Those of the posts that are published, in no order.
    pub async fn list_cards(&mut self, posts: &[PostId]) -> Result<Vec<CardRow>> {
        let ids: Ids = posts.iter().copied().collect();
        fetch_all!(self, CardRow, CARDS, ids)
    }

    /// The audience of each post, in no order.
    pub async fn list_post_groups(&mut self, posts: &[PostId]) -> Result<Vec<(PostId, GroupId)>> {
        let ids: Ids = posts.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, Uuid), GROUPS, ids)?;
        Ok(rows.into_iter().map(|(post, group)| (PostId(post), GroupId(group))).collect())
    }

    /// Those of the posts that the account has read.
    pub async fn list_read_posts(&mut self, account: AccountId, posts: &[PostId]) -> Result<Vec<PostId>> {
        let ids: Ids = posts.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid,), READ_BY, account.0, ids)?;
        Ok(rows.into_iter().map(|(post,)| PostId(post)).collect())
    }

    /// A post in whatever state.
    pub async fn find_post(&mut self, id: PostId) -> Result<Option<PostRow>> {
        fetch_optional!(self, PostRow, FIND, id.0)
    }

    /// The account's drafts, the last saved first, at most a hundred.
    pub async fn list_drafts(&mut self, author: AccountId) -> Result<Vec<DraftRow>> {
        fetch_all!(self, DraftRow, DRAFTS, author.0)
    }

    /// Guardians with custody in the audience, and how many of them have read the post.
    pub async fn count_reach(&mut self, readers: Readers<'_>, post: PostId) -> Result<(i64, i64)> {
        let ids: Ids = readers.groups.iter().copied().collect();
        fetch_one!(self, (i64, i64), REACH, readers.school.0, ids, readers.whole_school, post.0)
    }

    /// Accounts that may read a post of this audience, in the order of their ids, after one of them.
    pub async fn list_readers(&mut self, readers: Readers<'_>, after: AccountId, limit: i64) -> Result<Vec<AccountId>> {
        let ids: Ids = readers.groups.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid,), READERS, readers.school.0, ids, readers.whole_school, after.0, limit)?;
        Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
    }

    pub async fn count_post_versions(&mut self, id: PostId) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT_VERSIONS, id.0)?.0)
    }
}

impl Write {
    /// The post in whatever state; changes to one post take turns.
    pub async fn lock_post(&mut self, id: PostId) -> Result<Option<PostRow>> {
        fetch_optional!(self, (Uuid,), LOCK, id.0)?;
        self.find_post(id).await
    }

    /// [`crate::Error::Duplicate`] if there is a post with this id, whoever's it is.
    pub async fn create_draft(&mut self, new: NewDraft<'_>) -> Result<()> {
        let Content { title, body, excerpt } = new.content;
        execute!(
            self,
            CREATE,
            new.id.0,
            new.school.0,
            new.author.0,
            new.role.as_str(),
            title,
            body,
            excerpt,
            new.at.0
        )?;
        Ok(())
    }

    /// False if the draft is no longer at this version, or no draft.
    pub async fn save_draft(
        &mut self,
        id: PostId,
        version: i64,
        school: SchoolId,
        content: Content<'_>,
        at: Time,
    ) -> Result<bool> {
        let Content { title, body, excerpt } = content;
        Ok(execute!(self, SAVE, id.0, version, school.0, title, body, excerpt, at.0)? > 0)
    }

    /// Changes a published post and keeps what it said before. False if it is no longer at this version.
    pub async fn edit_post(
        &mut self,
        id: PostId,
        version: i64,
        content: Content<'_>,
        by: AccountId,
        at: Time,
    ) -> Result<bool> {
        let Content { title, body, excerpt } = content;
        execute!(self, KEEP_VERSION, id.0, by.0, at.0)?;
        Ok(execute!(self, EDIT, id.0, version, title, body, excerpt, at.0)? > 0)
    }

    /// The draft's audience from now on.
    pub async fn set_draft_groups(&mut self, school: SchoolId, id: PostId, groups: &[GroupId]) -> Result<()> {
        execute!(self, CLEAR_GROUPS, id.0)?;
        for group in groups {
            execute!(self, ADD_GROUP, school.0, id.0, group.0)?;
        }
        Ok(())
    }

    pub async fn remove_post_group(&mut self, id: PostId, group: GroupId) -> Result<()> {
        execute!(self, REMOVE_GROUP, id.0, group.0)?;
        Ok(())
    }

    /// False if it is no draft.
    pub async fn publish_post(&mut self, id: PostId, at: Time) -> Result<bool> {
        let done = execute!(self, PUBLISH, id.0, at.0)? > 0;
        if done {
            execute!(self, PUBLISH_GROUPS, id.0, at.0)?;
        }
        Ok(done)
    }

    /// Takes the post away from everybody; it stays on record. False if it was already.
    pub async fn delete_post(&mut self, id: PostId, at: Time) -> Result<bool> {
        execute!(self, UNPUBLISH_GROUPS, id.0)?;
        Ok(execute!(self, DELETE, id.0, at.0)? > 0)
    }

    pub async fn mark_post_read(&mut self, school: SchoolId, id: PostId, account: AccountId, at: Time) -> Result<()> {
        execute!(self, MARK_READ, school.0, id.0, account.0, at.0)?;
        Ok(())
    }
}
