//! Posts: drafts, publication, the ranges a feed is made of, read marks.

use crate::{
    PostOptionsRow, Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_optional, queries},
};
use model::{AccountId, ChildId, GroupId, PostId, SchoolId, Time, feed::PostState, roles::StaffRole};
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
    #[sqlx(flatten)]
    pub options: PostOptionsRow,
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
    pub is_urgent: bool,
    pub asks_to_confirm: bool,
    pub is_pinned: bool,
    /// By whom the card is for.
    pub is_read: bool,
    pub is_confirmed: bool,
    /// How many comments stand under it.
    pub comments: i64,
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
    /// Set while it waits to be published by itself.
    pub scheduled_at: Option<i64>,
    pub held: Option<String>,
    /// Set of a published post that has left the feed.
    pub expired_at: Option<i64>,
}

/// Where the posts of somebody's feed come from.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sources<'a> {
    pub groups: &'a [GroupId],
    /// Posts for the guardians of these.
    pub children: &'a [ChildId],
    /// Posts for the guardians of children of these groups, which the staff of the group reads along.
    pub teams: &'a [GroupId],
}

impl Sources<'_> {
    /// Groups, children, teams.
    pub(crate) fn ids(self) -> (Ids, Ids, Ids) {
        (
            self.groups.iter().copied().collect(),
            self.children.iter().copied().collect(),
            self.teams.iter().copied().collect(),
        )
    }
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

/// The newest posts of all sources together. Those of each group (child, team) are one range of an index; how many posts there are
/// makes no difference. $7: only posts with pictures.
macro_rules! newest {
    ($groups:literal, $children:literal, $teams:literal, $end:literal) => {
        concat!(
            "SELECT DISTINCT post_id, feed_at FROM (",
            newest!(@range $groups, $end),
            " UNION ALL ",
            newest!(@range $children, $end),
            " UNION ALL ",
            newest!(@range $teams, $end),
            ") x ORDER BY feed_at DESC, post_id DESC LIMIT $4"
        )
    };
    (@range $of:literal, $end:literal) => {
        concat!(
            $of,
            " AND (n.feed_at, n.post_id) < ($2, $3) AND (NOT $7 OR EXISTS (SELECT 1 FROM post_media pm \
            JOIN media m ON m.id = pm.media_id AND m.kind <> 'document' WHERE pm.post_id = n.post_id AND NOT pm.is_pending)) \
            ORDER BY n.feed_at DESC, n.post_id DESC LIMIT $4",
            $end
        )
    };
}

queries! {
    NEWEST = {
        sqlite: newest!(
            "SELECT p.post_id, p.feed_at FROM json_each($1) g JOIN post_groups p ON p.rowid IN (SELECT n.rowid FROM post_groups n WHERE n.group_id = unhex(g.value)",
            "SELECT p.post_id, p.feed_at FROM json_each($5) g JOIN post_children p ON p.rowid IN (SELECT n.rowid FROM post_children n WHERE n.child_id = unhex(g.value)",
            "SELECT p.post_id, p.feed_at FROM json_each($6) g JOIN post_teams p ON p.rowid IN (SELECT n.rowid FROM post_teams n WHERE n.group_id = unhex(g.value)",
            ")"
        ),
        postgres: newest!(
            "SELECT p.post_id, p.feed_at FROM unnest($1::uuid[]) g(id) CROSS JOIN LATERAL (SELECT n.post_id, n.feed_at FROM post_groups n WHERE n.group_id = g.id",
            "SELECT p.post_id, p.feed_at FROM unnest($5::uuid[]) g(id) CROSS JOIN LATERAL (SELECT n.post_id, n.feed_at FROM post_children n WHERE n.child_id = g.id",
            "SELECT p.post_id, p.feed_at FROM unnest($6::uuid[]) g(id) CROSS JOIN LATERAL (SELECT n.post_id, n.feed_at FROM post_teams n WHERE n.group_id = g.id",
            ") p"
        ),
    };
    CARDS = ("SELECT p.id, p.school_id, p.author_id, a.name AS author_name, p.author_role, p.title, p.excerpt, p.published_at, \
        p.urgent_reason IS NOT NULL AS is_urgent, p.confirm_by IS NOT NULL AS asks_to_confirm, p.is_pinned, \
        EXISTS (SELECT 1 FROM post_reads r WHERE r.post_id = p.id AND r.account_id = $3) AS is_read, \
        EXISTS (SELECT 1 FROM post_confirmations f WHERE f.post_id = p.id AND f.account_id = $3) AS is_confirmed, \
        (SELECT COUNT(*) FROM comments c WHERE c.post_id = p.id AND c.removed_at IS NULL) AS comments \
        FROM posts p JOIN accounts a ON a.id = p.author_id \
        WHERE p.id IN ids($1) AND p.state = 'published' AND (p.expires_at IS NULL OR p.expires_at > $2)");
    READ_BY = ("SELECT post_id FROM post_reads WHERE account_id = $1 AND post_id = $2");
    FIND = ("SELECT p.id, p.school_id, p.author_id, a.name AS author_name, p.author_role, p.state, p.version, p.title, p.body, \
        p.updated_at, p.published_at, p.edited_at, p.draft_options, p.publish_at, p.scheduled_version, p.held, p.expires_at, p.is_pinned, p.comments_open, \
        p.urgent_reason, p.confirm_by FROM posts p JOIN accounts a ON a.id = p.author_id WHERE p.id = $1");
    LOCK = { sqlite: "SELECT id FROM posts WHERE id = $1", postgres: "SELECT id FROM posts WHERE id = $1 FOR UPDATE" };
    DRAFTS = ("SELECT p.id, p.school_id, p.title, p.updated_at, (SELECT COUNT(*) FROM post_media pm WHERE pm.post_id = p.id) AS pictures, \
        CASE WHEN p.scheduled_version = p.version THEN p.publish_at END AS scheduled_at, p.held, \
        CASE WHEN p.state = 'published' THEN p.expires_at END AS expired_at FROM posts p \
        WHERE p.author_id = $1 AND (p.state = 'draft' OR (p.state = 'published' AND p.expires_at <= $2)) \
        ORDER BY p.updated_at DESC, p.id DESC LIMIT 100");
    CREATE = ("INSERT INTO posts (id, school_id, author_id, author_role, state, version, title, body, excerpt, created_at, updated_at) \
        VALUES ($1, $2, $3, $4, 'draft', 1, $5, $6, $7, $8, $8)");
    SAVE = ("UPDATE posts SET school_id = $3, title = $4, body = $5, excerpt = $6, updated_at = $7, version = version + 1, held = NULL \
        WHERE id = $1 AND version = $2 AND state = 'draft'");
    EDIT = ("UPDATE posts SET title = $3, body = $4, excerpt = $5, updated_at = $6, edited_at = $6, version = version + 1 \
        WHERE id = $1 AND version = $2 AND state = 'published'");
    PUBLISH = ("UPDATE posts SET state = 'published', published_at = $2, updated_at = $2, version = version + 1, held = NULL \
        WHERE id = $1 AND state = 'draft'");
    PUBLISH_GROUPS = ("UPDATE post_groups SET published_at = $2 WHERE post_id = $1");
    DELETE = ("UPDATE posts SET state = 'deleted', updated_at = $2, version = version + 1 WHERE id = $1 AND state <> 'deleted'");
    UNPUBLISH_GROUPS = ("UPDATE post_groups SET published_at = NULL WHERE post_id = $1");
    MARK_READ = ("INSERT INTO post_reads (school_id, post_id, account_id, read_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (post_id, account_id) DO NOTHING");
}

impl Read {
    /// The newest posts from these sources below a place, in their order, each once.
    pub async fn list_newest(&mut self, sources: Sources<'_>, below: Place, limit: i64) -> Result<Vec<Place>> {
        self.list_places(sources, below, limit, false).await
    }

    /// The same, but only posts that have pictures; whether anybody may see them is not looked at.
    pub async fn list_newest_pictured(&mut self, sources: Sources<'_>, below: Place, limit: i64) -> Result<Vec<Place>> {
        self.list_places(sources, below, limit, true).await
    }

    async fn list_places(
        &mut self,
        sources: Sources<'_>,
        below: Place,
        limit: i64,
        pictured: bool,
    ) -> Result<Vec<Place>> {
        let (groups, children, teams) = sources.ids();
        let (at, post) = (below.at.0, below.post.0);
        let rows = fetch_all!(self, (Uuid, i64), NEWEST, groups, at, post, limit, children, teams, pictured)?;
        Ok(rows.into_iter().map(|(post, at)| Place { at: Time(at), post: PostId(post) }).collect())
    }

    /// Those of the posts that are published and not expired, for somebody, in no order.
    pub async fn list_cards(&mut self, posts: &[PostId], account: AccountId, now: Time) -> Result<Vec<CardRow>> {
        let ids: Ids = posts.iter().copied().collect();
        fetch_all!(self, CardRow, CARDS, ids, now.0, account.0)
    }

    pub async fn has_read_post(&mut self, account: AccountId, post: PostId) -> Result<bool> {
        Ok(fetch_optional!(self, (Uuid,), READ_BY, account.0, post.0)?.is_some())
    }

    /// A post in whatever state.
    pub async fn find_post(&mut self, id: PostId) -> Result<Option<PostRow>> {
        fetch_optional!(self, PostRow, FIND, id.0)
    }

    /// The account's drafts, and its posts that have expired, the last saved first, at most a hundred.
    pub async fn list_drafts(&mut self, author: AccountId, now: Time) -> Result<Vec<DraftRow>> {
        fetch_all!(self, DraftRow, DRAFTS, author.0, now.0)
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
        self.keep_post_version(id, by, at).await?;
        Ok(execute!(self, EDIT, id.0, version, title, body, excerpt, at.0)? > 0)
    }

    /// False if it is no draft.
    pub async fn publish_post(&mut self, id: PostId, at: Time) -> Result<bool> {
        let done = execute!(self, PUBLISH, id.0, at.0)? > 0;
        if done {
            execute!(self, PUBLISH_GROUPS, id.0, at.0)?;
            self.place_post(id, at).await?;
        }
        Ok(done)
    }

    /// Takes the post away from everybody; it stays on record. False if it was already.
    pub async fn delete_post(&mut self, id: PostId, at: Time) -> Result<bool> {
        execute!(self, UNPUBLISH_GROUPS, id.0)?;
        let done = execute!(self, DELETE, id.0, at.0)? > 0;
        self.place_post(id, at).await?;
        Ok(done)
    }

    pub async fn mark_post_read(&mut self, school: SchoolId, id: PostId, account: AccountId, at: Time) -> Result<()> {
        execute!(self, MARK_READ, school.0, id.0, account.0, at.0)?;
        Ok(())
    }
}
