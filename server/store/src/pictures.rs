//! Which children are in which pictures, and what was said about it before they were shown.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_optional, queries},
};
use model::{AccountId, ChildId, MediaId, PostId, ReviewId, SchoolId, Time};
use uuid::Uuid;

/// A child known to be in a picture.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct ShownChild {
    #[sqlx(try_from = "Uuid")]
    pub media_id: MediaId,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    held_since: Option<i64>,
}

impl ShownChild {
    /// A withdrawal hid the picture, and staff have not decided yet.
    pub fn is_held(&self) -> bool {
        self.held_since.is_some()
    }
}

/// A published picture in which staff have something to say about a child.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct ReviewedPicture {
    #[sqlx(try_from = "Uuid")]
    pub post_id: PostId,
    #[sqlx(try_from = "Uuid")]
    pub media_id: MediaId,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
}

/// A look through pictures after a withdrawal.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ReviewRow {
    #[sqlx(try_from = "Uuid")]
    pub id: ReviewId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    pub audience: String,
    #[sqlx(try_from = "i64")]
    pub begun_at: Time,
    /// How many there were to look at.
    pub pictures: i64,
    pub done_at: Option<i64>,
}

queries! {
    IN_PICTURES = ("SELECT media_id, child_id, held_since FROM media_children WHERE media_id IN ids($1) ORDER BY media_id, child_id");
    CHECKS = ("SELECT media_id, child_id, present FROM picture_checks WHERE media_id IN ids($1)");
    ADD_CHECK = ("INSERT INTO picture_checks (school_id, media_id, child_id, present, checked_by, checked_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (media_id, child_id) DO UPDATE SET present = excluded.present, is_covered = FALSE, checked_by = excluded.checked_by, checked_at = excluded.checked_at");
    ADD_COVER = ("INSERT INTO picture_checks (school_id, media_id, child_id, present, is_covered, checked_by, checked_at) \
        VALUES ($1, $2, $3, FALSE, TRUE, $4, $5) ON CONFLICT (media_id, child_id) DO UPDATE \
        SET present = FALSE, is_covered = TRUE, checked_by = excluded.checked_by, checked_at = excluded.checked_at");
    // What was said about the very same file, as long as nothing was done to it.
    REMEMBER = ("INSERT INTO picture_checks (school_id, media_id, child_id, present, checked_by, checked_at) \
        SELECT k.school_id, n.id, k.child_id, k.present, k.checked_by, k.checked_at FROM media n \
        JOIN media o ON o.school_id = n.school_id AND o.source_hash = n.source_hash AND o.id <> n.id AND o.edition IS NULL \
        JOIN picture_checks k ON k.media_id = o.id AND NOT k.is_covered WHERE n.id = $1 \
        AND NOT EXISTS (SELECT 1 FROM media p JOIN picture_checks l ON l.media_id = p.id WHERE p.school_id = n.school_id \
            AND p.source_hash = n.source_hash AND p.id <> n.id AND p.edition IS NULL AND NOT l.is_covered AND l.child_id = k.child_id \
            AND (l.checked_at, l.media_id) > (k.checked_at, k.media_id)) \
        ON CONFLICT (media_id, child_id) DO NOTHING");
    REMEMBER_PRESENT = ("INSERT INTO media_children (school_id, media_id, child_id) \
        SELECT school_id, media_id, child_id FROM picture_checks WHERE media_id = $1 AND present ON CONFLICT (media_id, child_id) DO NOTHING");
    ADD_IN_PICTURE = ("INSERT INTO media_children (school_id, media_id, child_id) VALUES ($1, $2, $3) ON CONFLICT (media_id, child_id) DO NOTHING");
    REMOVE_FROM_PICTURE = ("DELETE FROM media_children WHERE media_id = $1 AND child_id = $2");
    RESTRICT = ("UPDATE post_media SET only_for_child = $3 WHERE post_id = $1 AND media_id = $2");
    // Of published posts, in the school group ($3) or not; but those shown to the child's guardians only stay with them.
    HOLD = ("UPDATE media_children SET held_since = $2 WHERE child_id = $1 AND held_since IS NULL AND EXISTS (SELECT 1 FROM post_media pm \
        JOIN posts p ON p.id = pm.post_id AND p.state = 'published' WHERE pm.media_id = media_children.media_id AND NOT pm.is_pending \
        AND (pm.only_for_child IS NULL OR pm.only_for_child <> $1) \
        AND EXISTS (SELECT 1 FROM post_groups pg JOIN groups g ON g.id = pg.group_id AND g.is_school WHERE pg.post_id = p.id) = $3)");
    HOLD_ONE = ("UPDATE media_children SET held_since = $3 WHERE media_id = $1 AND child_id = $2 AND held_since IS NULL");
    LIFT_HOLD = ("UPDATE media_children SET held_since = NULL WHERE media_id = $1 AND child_id = $2");
    // Published pictures placed for people among whom the child was, in the school group ($3) or not, about which nobody has said
    // whether the child is in them.
    UNANSWERED = ("SELECT pm.post_id, pm.media_id, c.id AS child_id FROM (\
        SELECT pg.post_id FROM children c JOIN groups g ON g.school_id = c.school_id AND g.is_school \
        JOIN post_groups pg ON pg.group_id = g.id AND pg.published_at >= c.created_at WHERE c.id = $1 AND $3 \
        UNION SELECT pg.post_id FROM enrolments e JOIN post_groups pg ON pg.group_id = e.group_id \
        AND pg.published_at >= e.started_at AND (e.ended_at IS NULL OR pg.published_at < e.ended_at) WHERE e.child_id = $1 \
        UNION SELECT pc.post_id FROM post_children pc WHERE pc.child_id = $1) x \
        JOIN posts p ON p.id = x.post_id AND p.school_id = $2 AND p.state = 'published' JOIN children c ON c.id = $1 \
        JOIN post_media pm ON pm.post_id = p.id AND NOT pm.is_pending AND pm.only_for_child IS NULL \
        JOIN media m ON m.id = pm.media_id AND m.deleted_at IS NULL AND m.kind <> 'document' AND m.state <> 'failed' \
        WHERE EXISTS (SELECT 1 FROM post_groups pg JOIN groups g ON g.id = pg.group_id AND g.is_school WHERE pg.post_id = p.id) = $3 \
        AND NOT EXISTS (SELECT 1 FROM picture_checks k WHERE k.media_id = pm.media_id AND k.child_id = c.id) \
        AND NOT EXISTS (SELECT 1 FROM media_children mc WHERE mc.media_id = pm.media_id AND mc.child_id = c.id) \
        ORDER BY p.published_at DESC, p.id DESC, pm.position, pm.media_id");
    HELD = ("SELECT pm.post_id, mc.media_id, mc.child_id FROM media_children mc JOIN post_media pm ON pm.media_id = mc.media_id AND NOT pm.is_pending \
        JOIN media m ON m.id = mc.media_id AND m.deleted_at IS NULL JOIN posts p ON p.id = pm.post_id AND p.state = 'published' \
        WHERE mc.school_id = $1 AND mc.held_since IS NOT NULL ORDER BY p.published_at DESC, p.id DESC, pm.position, mc.child_id");
    ADD_REVIEW = ("INSERT INTO picture_reviews (id, school_id, child_id, audience, begun_at, pictures) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (child_id, audience) WHERE done_at IS NULL DO NOTHING");
    REVIEWS = ("SELECT id, school_id, child_id, audience, begun_at, pictures, done_at FROM picture_reviews \
        WHERE school_id = $1 AND (done_at IS NULL OR done_at > $2) ORDER BY begun_at DESC, id");
    OPEN_REVIEWS = ("SELECT id, school_id, child_id, audience, begun_at, pictures, done_at FROM picture_reviews \
        WHERE school_id = $1 AND done_at IS NULL ORDER BY begun_at, id");
    REVIEW = ("SELECT id, school_id, child_id, audience, begun_at, pictures, done_at FROM picture_reviews WHERE id = $1");
    END_REVIEW = ("UPDATE picture_reviews SET done_at = $2 WHERE id = $1 AND done_at IS NULL");
    READERS_OF_SCHOOL = ("SELECT DISTINCT account_id FROM guardianships WHERE school_id = $1 AND ended_at IS NULL AND scope = 'full' \
        UNION SELECT account_id FROM staff WHERE school_id = $1 AND ended_at IS NULL");
}

impl Read {
    /// Who is known to be in these pictures.
    pub async fn list_children_in_pictures(&mut self, media: &[MediaId]) -> Result<Vec<ShownChild>> {
        let ids: Ids = media.iter().copied().collect();
        fetch_all!(self, ShownChild, IN_PICTURES, ids)
    }

    /// Answers of the picture check: picture, child, whether the child is in it.
    pub async fn list_picture_checks(&mut self, media: &[MediaId]) -> Result<Vec<(MediaId, ChildId, bool)>> {
        let ids: Ids = media.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, Uuid, bool), CHECKS, ids)?;
        Ok(rows.into_iter().map(|(media, child, present)| (MediaId(media), ChildId(child), present)).collect())
    }

    /// Published pictures about which nobody has said whether the child is in them, newest post first: of the school group, or of
    /// the child's groups and posts about the child.
    pub async fn list_unanswered_pictures(
        &mut self,
        school: SchoolId,
        child: ChildId,
        in_school_group: bool,
    ) -> Result<Vec<ReviewedPicture>> {
        fetch_all!(self, ReviewedPicture, UNANSWERED, child.0, school.0, in_school_group)
    }

    /// Published pictures that a withdrawal hid, newest post first.
    pub async fn list_held_pictures(&mut self, school: SchoolId) -> Result<Vec<ReviewedPicture>> {
        fetch_all!(self, ReviewedPicture, HELD, school.0)
    }

    /// Reviews that are open, or were done after `since`; newest first.
    pub async fn list_reviews(&mut self, school: SchoolId, since: Time) -> Result<Vec<ReviewRow>> {
        fetch_all!(self, ReviewRow, REVIEWS, school.0, since.0)
    }

    /// Reviews in which something is left, oldest first.
    pub async fn list_open_reviews(&mut self, school: SchoolId) -> Result<Vec<ReviewRow>> {
        fetch_all!(self, ReviewRow, OPEN_REVIEWS, school.0)
    }

    pub async fn find_review(&mut self, id: ReviewId) -> Result<Option<ReviewRow>> {
        fetch_optional!(self, ReviewRow, REVIEW, id.0)
    }

    /// Accounts that read anything of the school.
    pub async fn list_readers_of_school(&mut self, school: SchoolId) -> Result<Vec<AccountId>> {
        let rows = fetch_all!(self, (Uuid,), READERS_OF_SCHOOL, school.0)?;
        Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
    }
}

impl Write {
    /// Keeps published pictures of a child hidden until staff decide: those of the school group, or all others. Answers how many
    /// they are.
    pub async fn hold_pictures(&mut self, child: ChildId, in_school_group: bool, at: Time) -> Result<u64> {
        execute!(self, HOLD, child.0, at.0, in_school_group)
    }

    /// The same for one picture.
    pub async fn hold_picture(&mut self, media: MediaId, child: ChildId, at: Time) -> Result<()> {
        execute!(self, HOLD_ONE, media.0, child.0, at.0)?;
        Ok(())
    }

    pub async fn lift_hold(&mut self, media: MediaId, child: ChildId) -> Result<()> {
        execute!(self, LIFT_HOLD, media.0, child.0)?;
        Ok(())
    }

    /// Begins a review; one that is open goes on.
    pub async fn add_review(&mut self, new: &ReviewRow) -> Result<()> {
        execute!(
            self,
            ADD_REVIEW,
            new.id.0,
            new.school_id.0,
            new.child_id.0,
            &new.audience,
            new.begun_at.0,
            new.pictures
        )?;
        Ok(())
    }

    pub async fn end_review(&mut self, id: ReviewId, at: Time) -> Result<()> {
        execute!(self, END_REVIEW, id.0, at.0)?;
        Ok(())
    }

    /// Records whether a child is in a picture; a later answer replaces the earlier one.
    pub async fn record_picture_check(
        &mut self,
        school: SchoolId,
        media: MediaId,
        child: ChildId,
        present: bool,
        by: AccountId,
        at: Time,
    ) -> Result<()> {
        execute!(self, ADD_CHECK, school.0, media.0, child.0, present, by.0, at.0)?;
        if present {
            execute!(self, ADD_IN_PICTURE, school.0, media.0, child.0)?;
        } else {
            execute!(self, REMOVE_FROM_PICTURE, media.0, child.0)?;
        }
        Ok(())
    }

    /// Records that a child who was in a picture has been covered there.
    pub async fn record_cover(
        &mut self,
        school: SchoolId,
        media: MediaId,
        child: ChildId,
        by: AccountId,
        at: Time,
    ) -> Result<()> {
        execute!(self, ADD_COVER, school.0, media.0, child.0, by.0, at.0)?;
        execute!(self, REMOVE_FROM_PICTURE, media.0, child.0)?;
        Ok(())
    }

    /// Gives a picture what was last said about the very same file in other posts of the school.
    pub async fn remember_picture_checks(&mut self, media: MediaId) -> Result<()> {
        execute!(self, REMEMBER, media.0)?;
        execute!(self, REMEMBER_PRESENT, media.0)?;
        Ok(())
    }

    pub async fn tag_child(&mut self, school: SchoolId, media: MediaId, child: ChildId) -> Result<()> {
        execute!(self, ADD_IN_PICTURE, school.0, media.0, child.0)?;
        Ok(())
    }

    /// Shows a picture of a post to this child's guardians and to staff only; none lifts it.
    pub async fn restrict_picture(&mut self, post: PostId, media: MediaId, only_for: Option<ChildId>) -> Result<bool> {
        Ok(execute!(self, RESTRICT, post.0, media.0, only_for.map(|child| child.0))? > 0)
    }
}
