//! Posts with pictures, as albums and the feed look for them, and who took pictures out.

use crate::{
    Read, Result, Write,
    posts::Place,
    sql::{Ids, execute, fetch_all, fetch_one, queries},
};
use model::{AccountId, ChildId, GroupId, MediaId, PostId, SchoolId, Time};
use uuid::Uuid;

queries! {
    // As for the feed: each group is one range of the index.
    NEWEST_PICTURED = {
        sqlite: "SELECT p.post_id, p.published_at FROM json_each($1) g JOIN post_groups p ON p.rowid IN (\
            SELECT n.rowid FROM post_groups n WHERE n.group_id = unhex(g.value) AND (n.published_at, n.post_id) < ($2, $3) \
            AND EXISTS (SELECT 1 FROM post_media pm JOIN media m ON m.id = pm.media_id AND m.kind <> 'document' \
            WHERE pm.post_id = n.post_id AND NOT pm.is_pending) \
            ORDER BY n.published_at DESC, n.post_id DESC LIMIT $4)",
        postgres: "SELECT p.post_id, p.published_at FROM unnest($1::uuid[]) g(id) CROSS JOIN LATERAL (\
            SELECT n.post_id, n.published_at FROM post_groups n WHERE n.group_id = g.id AND (n.published_at, n.post_id) < ($2, $3) \
            AND EXISTS (SELECT 1 FROM post_media pm JOIN media m ON m.id = pm.media_id AND m.kind <> 'document' \
            WHERE pm.post_id = n.post_id AND NOT pm.is_pending) \
            ORDER BY n.published_at DESC, n.post_id DESC LIMIT $4) p",
    };
    NEWEST_OF_CHILD = ("SELECT DISTINCT p.id, p.published_at FROM media_children mc \
        JOIN post_media pm ON pm.media_id = mc.media_id AND NOT pm.is_pending \
        JOIN posts p ON p.id = pm.post_id AND p.state = 'published' \
        WHERE mc.child_id = $1 AND (p.published_at, p.id) < ($2, $3) \
        AND EXISTS (SELECT 1 FROM post_groups g WHERE g.post_id = p.id AND g.group_id IN ids($4)) \
        ORDER BY p.published_at DESC, p.id DESC LIMIT $5");
    ADD_DOWNLOAD = ("INSERT INTO picture_downloads (id, school_id, media_id, account_id, downloaded_at) VALUES ($1, $2, $3, $4, $5)");
    DOWNLOADS = ("SELECT account_id, downloaded_at FROM picture_downloads WHERE media_id = $1 ORDER BY downloaded_at, id");
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

    /// The newest posts of these groups below a place with a picture in which the child is known to be, in their order.
    pub async fn list_newest_of_child(
        &mut self,
        child: ChildId,
        groups: &[GroupId],
        below: Place,
        limit: i64,
    ) -> Result<Vec<Place>> {
        let ids: Ids = groups.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, i64), NEWEST_OF_CHILD, child.0, below.at.0, below.post.0, ids, limit)?;
        Ok(rows.into_iter().map(|(post, at)| Place { at: Time(at), post: PostId(post) }).collect())
    }

    /// Who took a picture out, and when, oldest first.
    pub async fn list_downloads(&mut self, media: MediaId) -> Result<Vec<(AccountId, Time)>> {
        let rows = fetch_all!(self, (Uuid, i64), DOWNLOADS, media.0)?;
        Ok(rows.into_iter().map(|(account, at)| (AccountId(account), Time(at))).collect())
    }

    /// When the oldest post of these groups was published; none if there is none.
    pub async fn find_oldest_post(&mut self, groups: &[GroupId]) -> Result<Option<Time>> {
        let ids: Ids = groups.iter().copied().collect();
        Ok(fetch_one!(self, (Option<i64>,), OLDEST, ids)?.0.map(Time))
    }
}

impl Write {
    /// Notes that somebody took a picture out.
    pub async fn add_download(
        &mut self,
        id: Uuid,
        school: SchoolId,
        media: MediaId,
        account: AccountId,
        at: Time,
    ) -> Result<()> {
        execute!(self, ADD_DOWNLOAD, id, school.0, media.0, account.0, at.0)?;
        Ok(())
    }
}
