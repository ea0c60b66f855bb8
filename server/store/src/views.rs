//! Who has seen pictures in which a child is known to be, and who has taken them out.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_optional, queries},
};
use model::{AccountId, ChildId, MediaId, PostId, SchoolId, Time};
use uuid::Uuid;

/// How often somebody has seen a picture or taken it out, and when last.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PictureViewsRow {
    #[sqlx(try_from = "Uuid")]
    pub media_id: MediaId,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub name: String,
    pub times: i64,
    #[sqlx(try_from = "i64")]
    pub last_at: Time,
}

queries! {
    IS_NOTED = ("SELECT account_id FROM picture_views WHERE media_id = $1 AND account_id = $2 AND day = $3");
    ADD_VIEW = ("INSERT INTO picture_views (school_id, media_id, account_id, day, viewed_at) VALUES ($1, $2, $3, $4, $5) \
        ON CONFLICT (media_id, account_id, day) DO NOTHING");
    VIEWS = ("SELECT v.media_id, v.account_id, a.name, COUNT(*) AS times, MAX(v.viewed_at) AS last_at FROM picture_views v \
        JOIN accounts a ON a.id = v.account_id WHERE v.media_id IN ids($1) GROUP BY v.media_id, v.account_id, a.name");
    DOWNLOADS = ("SELECT d.media_id, d.account_id, a.name, COUNT(*) AS times, MAX(d.downloaded_at) AS last_at FROM picture_downloads d \
        JOIN accounts a ON a.id = d.account_id WHERE d.media_id IN ids($1) GROUP BY d.media_id, d.account_id, a.name");
    // What waits for publication is its author's alone. What was seen and is gone by now is still told of.
    PICTURES = ("SELECT m.id, m.created_at FROM media_children mc JOIN media m ON m.id = mc.media_id \
        WHERE mc.child_id = $1 AND mc.media_id < $2 AND (EXISTS (SELECT 1 FROM picture_views v WHERE v.media_id = mc.media_id) \
        OR EXISTS (SELECT 1 FROM post_media pm JOIN posts p ON p.id = pm.post_id AND p.state = 'published' \
            WHERE pm.media_id = mc.media_id AND NOT pm.is_pending AND m.deleted_at IS NULL)) \
        ORDER BY mc.media_id DESC LIMIT $3");
    POSTS = ("SELECT DISTINCT pm.post_id FROM post_media pm JOIN posts p ON p.id = pm.post_id AND p.state = 'published' \
        WHERE pm.media_id IN ids($1) AND (p.expires_at IS NULL OR p.expires_at > $2)");
    EVER_GUARDIANS = ("SELECT DISTINCT account_id FROM guardianships WHERE child_id IN ids($1)");
    FORGET_VIEWS = ("DELETE FROM picture_views WHERE school_id = $1 AND day < $2");
    FORGET_DOWNLOADS = ("DELETE FROM picture_downloads WHERE school_id = $1 AND downloaded_at < $2");
}

impl Read {
    /// Whether it is noted that somebody has seen a picture on a day.
    pub async fn is_view_noted(&mut self, media: MediaId, account: AccountId, day: i64) -> Result<bool> {
        Ok(fetch_optional!(self, (Uuid,), IS_NOTED, media.0, account.0, day)?.is_some())
    }

    /// Who has seen these pictures.
    pub async fn list_picture_views(&mut self, media: &[MediaId]) -> Result<Vec<PictureViewsRow>> {
        let ids: Ids = media.iter().copied().collect();
        fetch_all!(self, PictureViewsRow, VIEWS, ids)
    }

    /// Who has taken these pictures out.
    pub async fn list_picture_downloads(&mut self, media: &[MediaId]) -> Result<Vec<PictureViewsRow>> {
        let ids: Ids = media.iter().copied().collect();
        fetch_all!(self, PictureViewsRow, DOWNLOADS, ids)
    }

    /// Pictures of a child that others could see or have seen, and when they came; those before this one, newest first.
    pub async fn list_pictures_of_child(
        &mut self,
        child: ChildId,
        before: MediaId,
        limit: i64,
    ) -> Result<Vec<(MediaId, Time)>> {
        let rows = fetch_all!(self, (Uuid, i64), PICTURES, child.0, before.0, limit)?;
        Ok(rows.into_iter().map(|(media, at)| (MediaId(media), Time(at))).collect())
    }

    /// Published posts in which these pictures are, but those that have expired by now.
    pub async fn list_posts_with(&mut self, media: &[MediaId], now: Time) -> Result<Vec<PostId>> {
        let ids: Ids = media.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid,), POSTS, ids, now.0)?;
        Ok(rows.into_iter().map(|(post,)| PostId(post)).collect())
    }

    /// Everybody who is or was a guardian of one of these children, in whatever scope.
    pub async fn list_ever_guardians(&mut self, children: &[ChildId]) -> Result<Vec<AccountId>> {
        let ids: Ids = children.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid,), EVER_GUARDIANS, ids)?;
        Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
    }
}

impl Write {
    /// Notes that somebody has seen a picture; once for each day (since 1970, UTC).
    pub async fn note_view(
        &mut self,
        school: SchoolId,
        media: MediaId,
        account: AccountId,
        day: i64,
        at: Time,
    ) -> Result<()> {
        execute!(self, ADD_VIEW, school.0, media.0, account.0, day, at.0)?;
        Ok(())
    }

    /// Forgets who has seen pictures of a school before this day, and taken them out before this moment.
    pub async fn forget_views(&mut self, school: SchoolId, day: i64, at: Time) -> Result<()> {
        execute!(self, FORGET_VIEWS, school.0, day)?;
        execute!(self, FORGET_DOWNLOADS, school.0, at.0)?;
        Ok(())
    }
}
