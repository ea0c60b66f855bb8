//! Which children are in which pictures, and what was said about it before they were shown.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{AccountId, ChildId, MediaId, PostId, SchoolId, Time};
use uuid::Uuid;

/// What the picture check needs to know of a post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CheckedPost {
    #[sqlx(try_from = "Uuid")]
    pub id: PostId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub author_id: AccountId,
    pub state: String,
}

/// A picture of a post, as the picture check sees it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct CheckedPicture {
    #[sqlx(try_from = "Uuid")]
    pub media_id: MediaId,
    pub only_for_child: Option<Uuid>,
    pub state: String,
    pub kind: String,
    pub alt: String,
    pub width: i64,
    pub height: i64,
    pub width_small: i64,
    pub width_medium: i64,
    pub width_large: i64,
    /// Of a film that is made, in milliseconds.
    pub duration_ms: Option<i64>,
    pub edition: Option<Uuid>,
}

queries! {
    IN_PICTURES = ("SELECT media_id, child_id FROM media_children WHERE media_id IN ids($1) ORDER BY media_id, child_id");
    CHECKS = ("SELECT media_id, child_id, present FROM picture_checks WHERE media_id IN ids($1)");
    ADD_CHECK = ("INSERT INTO picture_checks (school_id, media_id, child_id, present, checked_by, checked_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (media_id, child_id) DO UPDATE SET present = excluded.present, checked_by = excluded.checked_by, checked_at = excluded.checked_at");
    ADD_IN_PICTURE = ("INSERT INTO media_children (school_id, media_id, child_id) VALUES ($1, $2, $3) ON CONFLICT (media_id, child_id) DO NOTHING");
    REMOVE_FROM_PICTURE = ("DELETE FROM media_children WHERE media_id = $1 AND child_id = $2");
    CHECKED_POST = ("SELECT id, school_id, author_id, state FROM posts WHERE id = $1 AND state <> 'deleted'");
    CHECKED_PICTURES = ("SELECT pm.media_id, pm.only_for_child, m.state, m.kind, m.alt, m.width, m.height, m.width_small, m.width_medium, m.width_large, \
        m.duration_ms, m.edition FROM post_media pm JOIN media m ON m.id = pm.media_id \
        WHERE pm.post_id = $1 AND m.deleted_at IS NULL AND m.kind <> 'document' ORDER BY pm.position, pm.media_id");
    RESTRICT = ("UPDATE post_media SET only_for_child = $3 WHERE post_id = $1 AND media_id = $2");
    // Pictures of published posts with this child in them, in class groups or for named children ($2 false) or in the school
    // group ($2 true).
    COUNT_PUBLISHED = ("SELECT COUNT(DISTINCT pm.media_id) FROM media_children mc JOIN post_media pm ON pm.media_id = mc.media_id \
        JOIN posts p ON p.id = pm.post_id AND p.state = 'published' \
        WHERE mc.child_id = $1 AND pm.only_for_child IS NULL AND (EXISTS (SELECT 1 FROM post_groups pg JOIN groups g ON g.id = pg.group_id \
        WHERE pg.post_id = p.id AND g.is_school = $2) OR (NOT $2 AND EXISTS (SELECT 1 FROM post_children pc WHERE pc.post_id = p.id)))");
    READERS_OF_SCHOOL = ("SELECT DISTINCT account_id FROM guardianships WHERE school_id = $1 AND ended_at IS NULL AND scope = 'full' \
        UNION SELECT account_id FROM staff WHERE school_id = $1 AND ended_at IS NULL");
}

impl Read {
    /// Who is known to be in these pictures.
    pub async fn list_children_in_pictures(&mut self, media: &[MediaId]) -> Result<Vec<(MediaId, ChildId)>> {
        let ids: Ids = media.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, Uuid), IN_PICTURES, ids)?;
        Ok(rows.into_iter().map(|(media, child)| (MediaId(media), ChildId(child))).collect())
    }

    /// Answers of the picture check: picture, child, whether the child is in it.
    pub async fn list_picture_checks(&mut self, media: &[MediaId]) -> Result<Vec<(MediaId, ChildId, bool)>> {
        let ids: Ids = media.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, Uuid, bool), CHECKS, ids)?;
        Ok(rows.into_iter().map(|(media, child, present)| (MediaId(media), ChildId(child), present)).collect())
    }

    pub async fn find_checked_post(&mut self, id: PostId) -> Result<Option<CheckedPost>> {
        fetch_optional!(self, CheckedPost, CHECKED_POST, id.0)
    }

    /// A post's pictures, in order.
    pub async fn list_checked_pictures(&mut self, post: PostId) -> Result<Vec<CheckedPicture>> {
        fetch_all!(self, CheckedPicture, CHECKED_PICTURES, post.0)
    }

    /// Published pictures open to everybody in which the child is known to be: in groups, or in the school group.
    pub async fn count_published_pictures(&mut self, child: ChildId, in_school_group: bool) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT_PUBLISHED, child.0, in_school_group)?.0)
    }

    /// Accounts that read anything of the school.
    pub async fn list_readers_of_school(&mut self, school: SchoolId) -> Result<Vec<AccountId>> {
        let rows = fetch_all!(self, (Uuid,), READERS_OF_SCHOOL, school.0)?;
        Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
    }
}

impl Write {
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

    pub async fn tag_child(&mut self, school: SchoolId, media: MediaId, child: ChildId) -> Result<()> {
        execute!(self, ADD_IN_PICTURE, school.0, media.0, child.0)?;
        Ok(())
    }

    pub async fn untag_child(&mut self, media: MediaId, child: ChildId) -> Result<()> {
        execute!(self, REMOVE_FROM_PICTURE, media.0, child.0)?;
        Ok(())
    }

    /// Shows a picture of a post to this child's guardians and to staff only; none lifts it.
    pub async fn restrict_picture(&mut self, post: PostId, media: MediaId, only_for: Option<ChildId>) -> Result<bool> {
        Ok(execute!(self, RESTRICT, post.0, media.0, only_for.map(|child| child.0))? > 0)
    }
}
