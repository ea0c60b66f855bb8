//! Posts with pictures, as albums and the feed look for them.

use crate::{
    Read, Result,
    posts::Place,
    sql::{Ids, fetch_all, fetch_one, queries},
};
use model::{GroupId, PostId, Time};
use uuid::Uuid;

queries! {
    // As for the feed: each group is one range of the index.
    NEWEST_PICTURED = {
        sqlite: "SELECT p.post_id, p.published_at FROM json_each($1) g JOIN post_groups p ON p.rowid IN (\
            SELECT n.rowid FROM post_groups n WHERE n.group_id = unhex(g.value) AND (n.published_at, n.post_id) < ($2, $3) \
            AND EXISTS (SELECT 1 FROM post_media pm WHERE pm.post_id = n.post_id AND NOT pm.is_pending) \
            ORDER BY n.published_at DESC, n.post_id DESC LIMIT $4)",
        postgres: "SELECT p.post_id, p.published_at FROM unnest($1::uuid[]) g(id) CROSS JOIN LATERAL (\
            SELECT n.post_id, n.published_at FROM post_groups n WHERE n.group_id = g.id AND (n.published_at, n.post_id) < ($2, $3) \
            AND EXISTS (SELECT 1 FROM post_media pm WHERE pm.post_id = n.post_id AND NOT pm.is_pending) \
            ORDER BY n.published_at DESC, n.post_id DESC LIMIT $4) p",
    };
    OLDEST = {
        sqlite: "SELECT MIN((SELECT n.published_at FROM post_groups n WHERE n.group_id = unhex(g.value) AND n.published_at IS NOT NULL \
            ORDER BY n.published_at LIMIT 1)) FROM json_each($1) g",
        postgres: "SELECT MIN((SELECT n.published_at FROM post_groups n WHERE n.group_id = g.id AND n.published_at IS NOT NULL \
            ORDER BY n.published_at LIMIT 1)) FROM unnest($1::uuid[]) g(id)",
    };
}

impl Read {
    /// Like [`Read::list_newest`], but only posts that have pictures; whether anybody may see them is not looked at.
    pub async fn list_newest_pictured(&mut self, groups: &[GroupId], below: Place, limit: i64) -> Result<Vec<Place>> {
        let ids: Ids = groups.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, i64), NEWEST_PICTURED, ids, below.at.0, below.post.0, limit)?;
        Ok(rows.into_iter().map(|(post, at)| Place { at: Time(at), post: PostId(post) }).collect())
    }

    /// When the oldest post of these groups was published; none if there is none.
    pub async fn find_oldest_post(&mut self, groups: &[GroupId]) -> Result<Option<Time>> {
        let ids: Ids = groups.iter().copied().collect();
        Ok(fetch_one!(self, (Option<i64>,), OLDEST, ids)?.0.map(Time))
    }
}
