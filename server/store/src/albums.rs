//! Pictures of a child, as albums look for them; how far back a feed goes, and who took pictures out.

use crate::{
    Read, Result, Write,
    posts::{Place, Sources},
    sql::{execute, fetch_all, fetch_one, queries},
};
use model::{AccountId, ChildId, MediaId, PostId, SchoolId, Time};
use uuid::Uuid;

queries! {
    NEWEST_OF_CHILD = ("SELECT DISTINCT p.id, p.published_at FROM media_children mc \
        JOIN post_media pm ON pm.media_id = mc.media_id AND NOT pm.is_pending \
        JOIN posts p ON p.id = pm.post_id AND p.state = 'published' \
        WHERE mc.child_id = $1 AND (p.published_at, p.id) < ($2, $3) \
        AND (EXISTS (SELECT 1 FROM post_groups g WHERE g.post_id = p.id AND g.group_id IN ids($4)) \
        OR EXISTS (SELECT 1 FROM post_children c WHERE c.post_id = p.id AND c.child_id IN ids($6)) \
        OR EXISTS (SELECT 1 FROM post_teams t WHERE t.post_id = p.id AND t.group_id IN ids($7))) \
        ORDER BY p.published_at DESC, p.id DESC LIMIT $5");
    ADD_DOWNLOAD = ("INSERT INTO picture_downloads (id, school_id, media_id, account_id, downloaded_at) VALUES ($1, $2, $3, $4, $5)");
    DOWNLOADS = ("SELECT account_id, downloaded_at FROM picture_downloads WHERE media_id = $1 ORDER BY downloaded_at, id");
    OLDEST = {
        sqlite: "SELECT MIN(at) FROM (SELECT (SELECT n.feed_at FROM post_groups n WHERE n.group_id = unhex(g.value) AND n.feed_at IS NOT NULL ORDER BY n.feed_at LIMIT 1) AS at FROM json_each($1) g \
            UNION ALL SELECT (SELECT n.feed_at FROM post_children n WHERE n.child_id = unhex(g.value) AND n.feed_at IS NOT NULL ORDER BY n.feed_at LIMIT 1) AS at FROM json_each($2) g \
            UNION ALL SELECT (SELECT n.feed_at FROM post_teams n WHERE n.group_id = unhex(g.value) AND n.feed_at IS NOT NULL ORDER BY n.feed_at LIMIT 1) AS at FROM json_each($3) g)",
        postgres: "SELECT MIN(at) FROM (SELECT (SELECT n.feed_at FROM post_groups n WHERE n.group_id = g.id AND n.feed_at IS NOT NULL ORDER BY n.feed_at LIMIT 1) AS at FROM unnest($1::uuid[]) g(id) \
            UNION ALL SELECT (SELECT n.feed_at FROM post_children n WHERE n.child_id = g.id AND n.feed_at IS NOT NULL ORDER BY n.feed_at LIMIT 1) AS at FROM unnest($2::uuid[]) g(id) \
            UNION ALL SELECT (SELECT n.feed_at FROM post_teams n WHERE n.group_id = g.id AND n.feed_at IS NOT NULL ORDER BY n.feed_at LIMIT 1) AS at FROM unnest($3::uuid[]) g(id)) x",
    };
}

impl Read {
    /// The newest posts from these sources below a place with a picture in which the child is known to be, in their order
    /// of publication.
    pub async fn list_newest_of_child(
        &mut self,
        child: ChildId,
        sources: Sources<'_>,
        below: Place,
        limit: i64,
    ) -> Result<Vec<Place>> {
        let (groups, children, teams) = sources.ids();
        let (at, post) = (below.at.0, below.post.0);
        let rows = fetch_all!(self, (Uuid, i64), NEWEST_OF_CHILD, child.0, at, post, groups, limit, children, teams)?;
        Ok(rows.into_iter().map(|(post, at)| Place { at: Time(at), post: PostId(post) }).collect())
    }

    /// Who took a picture out, and when, oldest first.
    pub async fn list_downloads(&mut self, media: MediaId) -> Result<Vec<(AccountId, Time)>> {
        let rows = fetch_all!(self, (Uuid, i64), DOWNLOADS, media.0)?;
        Ok(rows.into_iter().map(|(account, at)| (AccountId(account), Time(at))).collect())
    }

    /// When the oldest post in the feed of these was published; none if there is none.
    pub async fn find_oldest_post(&mut self, sources: Sources<'_>) -> Result<Option<Time>> {
        let (groups, children, teams) = sources.ids();
        Ok(fetch_one!(self, (Option<i64>,), OLDEST, groups, children, teams)?.0.map(Time))
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
