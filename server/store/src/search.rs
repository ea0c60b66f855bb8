//! The index of what can be searched: posts, comments, names of pictures. SQLite has it in a table of FTS5 that triggers
//! keep the same as `search_entries`; PostgreSQL as an index on an expression.

use crate::{
    Read, Result, Write,
    backend::Engine,
    posts::Sources,
    sql::{Ids, execute, fetch_all, queries},
};
use model::{PostId, SchoolId, Time, search::HitKind};
use uuid::Uuid;

/// Something found, in a published post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FoundRow {
    /// Of the post, the comment or the picture.
    pub entry_id: Uuid,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub post_id: PostId,
    #[sqlx(try_from = "String")]
    pub kind: HitKind,
    pub body: String,
    /// Of the post.
    pub title: String,
    pub published_at: Option<i64>,
}

#[derive(Clone, Copy, Debug)]
pub struct NewEntry<'a> {
    /// Of the post, the comment or the picture.
    pub id: Uuid,
    pub school: SchoolId,
    pub post: PostId,
    pub kind: HitKind,
    pub title: &'a str,
    pub body: &'a str,
}

/// What is looked for, and where.
#[derive(Clone, Copy, Debug)]
pub struct Search<'a> {
    /// At least one; each letters and digits only. All must be there, as the beginning of a word at least.
    pub words: &'a [String],
    /// Only posts from these, which are of these schools.
    pub sources: Sources<'a>,
    pub schools: &'a [SchoolId],
    /// Names of pictures are found in these schools only.
    pub staff_of: &'a [SchoolId],
    /// Posts that have expired by now are not found.
    pub now: Time,
}

queries! {
    FIND = {
        sqlite: "SELECT e.entry_id, e.school_id, e.post_id, e.kind, e.body, p.title, p.published_at FROM search_index \
            JOIN search_entries e ON e.num = search_index.rowid JOIN posts p ON p.id = e.post_id AND p.state = 'published' AND (p.expires_at IS NULL OR p.expires_at > $9) \
            WHERE search_index MATCH ('scope : (' || $2 || ') AND {title body} : (' || $1 || ')') \
            AND (EXISTS (SELECT 1 FROM post_groups g WHERE g.post_id = e.post_id AND g.feed_at IS NOT NULL AND g.group_id IN ids($3)) \
            OR EXISTS (SELECT 1 FROM post_children c WHERE c.post_id = e.post_id AND c.feed_at IS NOT NULL AND c.child_id IN ids($7)) \
            OR EXISTS (SELECT 1 FROM post_teams t WHERE t.post_id = e.post_id AND t.feed_at IS NOT NULL AND t.group_id IN ids($8))) \
            AND (e.kind <> 'picture' OR e.school_id IN ids($4)) \
            ORDER BY bm25(search_index, 0.0, 8.0, 1.0), p.published_at DESC, e.num DESC LIMIT $5 OFFSET $6",
        postgres: "SELECT e.entry_id, e.school_id, e.post_id, e.kind, e.body, p.title, p.published_at FROM search_entries e \
            JOIN posts p ON p.id = e.post_id AND p.state = 'published' AND (p.expires_at IS NULL OR p.expires_at > $9) \
            CROSS JOIN (SELECT to_tsquery('dutch', search_fold($1::text)) || to_tsquery('simple', search_fold($1::text)) AS words, \
            $2::text::tsquery AS scope) q \
            WHERE search_words(e.scope, e.title, e.body) @@ (q.scope && q.words) \
            AND (EXISTS (SELECT 1 FROM post_groups g WHERE g.post_id = e.post_id AND g.feed_at IS NOT NULL AND g.group_id IN ids($3)) \
            OR EXISTS (SELECT 1 FROM post_children c WHERE c.post_id = e.post_id AND c.feed_at IS NOT NULL AND c.child_id IN ids($7)) \
            OR EXISTS (SELECT 1 FROM post_teams t WHERE t.post_id = e.post_id AND t.feed_at IS NOT NULL AND t.group_id IN ids($8))) \
            AND (e.kind <> 'picture' OR e.school_id IN ids($4)) \
            ORDER BY ts_rank(search_words(e.scope, e.title, e.body), q.words) DESC, p.published_at DESC, e.num DESC LIMIT $5 OFFSET $6",
    };
    ADD = ("INSERT INTO search_entries (entry_id, school_id, post_id, kind, scope, title, body) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    FORGET = ("DELETE FROM search_entries WHERE post_id = $1 AND entry_id = $2");
    FORGET_POST = ("DELETE FROM search_entries WHERE post_id = $1");
    FORGET_OWN = ("DELETE FROM search_entries WHERE post_id = $1 AND kind <> 'comment'");
    MISSING = ("SELECT p.id FROM posts p WHERE p.state = 'published' AND NOT EXISTS (\
        SELECT 1 FROM search_entries e WHERE e.post_id = p.id AND e.entry_id = p.id) ORDER BY p.id LIMIT $1");
}

/// The word that keeps schools apart in the index, so that one school's search is not slower for the others.
fn scope(school: SchoolId) -> String {
    format!("s{}", school.0.simple())
}

impl Read {
    /// Best first. Nothing that does not come from the sources is among it.
    pub async fn search(&mut self, search: Search<'_>, limit: i64, offset: i64) -> Result<Vec<FoundRow>> {
        let scopes = search.schools.iter().map(|school| scope(*school));
        let words = search.words.iter();
        let (words, scopes): (String, String) = match self.engine() {
            Engine::Sqlite(_) => (
                join(words.map(|word| format!("\"{word}\"*")), " AND "),
                join(scopes.map(|scope| format!("\"{scope}\"")), " OR "),
            ),
            Engine::Postgres(_) => (
                join(words.map(|word| format!("'{word}':*")), " & "),
                join(scopes.map(|scope| format!("'{scope}'")), " | "),
            ),
        };
        let (groups, children, teams) = search.sources.ids();
        let staff_of: Ids = search.staff_of.iter().copied().collect();
        fetch_all!(
            self,
            FoundRow,
            FIND,
            &words,
            &scopes,
            groups,
            staff_of,
            limit,
            offset,
            children,
            teams,
            search.now.0
        )
    }

    /// Published posts that are not in the index.
    pub async fn list_unindexed_posts(&mut self, limit: i64) -> Result<Vec<PostId>> {
        let rows = fetch_all!(self, (Uuid,), MISSING, limit)?;
        Ok(rows.into_iter().map(|(post,)| PostId(post)).collect())
    }
}

fn join(parts: impl Iterator<Item = String>, between: &str) -> String {
    parts.collect::<Vec<_>>().join(between)
}

impl Write {
    /// Puts something into the index, in place of what was there of it.
    pub async fn add_search_entry(&mut self, new: NewEntry<'_>) -> Result<()> {
        self.forget_search_entry(new.post, new.id).await?;
        let NewEntry { id, school, post, kind, title, body } = new;
        execute!(self, ADD, id, school.0, post.0, kind.as_str(), scope(school), title, body)?;
        Ok(())
    }

    pub async fn forget_search_entry(&mut self, post: PostId, id: Uuid) -> Result<()> {
        execute!(self, FORGET, post.0, id)?;
        Ok(())
    }

    /// The post with everything in and under it.
    pub async fn forget_search_of_post(&mut self, post: PostId) -> Result<()> {
        execute!(self, FORGET_POST, post.0)?;
        Ok(())
    }

    /// The post with its pictures, but not what is said under it.
    pub async fn forget_search_of_text(&mut self, post: PostId) -> Result<()> {
        execute!(self, FORGET_OWN, post.0)?;
        Ok(())
    }
}
