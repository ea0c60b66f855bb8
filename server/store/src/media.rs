//! Photos, films and documents: what is known of them, and in which posts they are. Their files are elsewhere.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{
    AccountId, ChildId, EditionId, MediaId, PostId, SchoolId, Time,
    feed::PostState,
    media::{MediaKind, MediaState},
};
use uuid::Uuid;

/// A picture, whatever became of it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MediaRow {
    #[sqlx(try_from = "Uuid")]
    pub id: MediaId,
    #[sqlx(try_from = "Uuid")]
    pub owner_id: AccountId,
    #[sqlx(try_from = "String")]
    pub kind: MediaKind,
    #[sqlx(try_from = "String")]
    pub state: MediaState,
    pub file_name: String,
    /// Media type of a document.
    pub document_type: Option<String>,
    pub deleted_at: Option<i64>,
    pub subtitles_at: Option<i64>,
    edition: Option<Uuid>,
}

impl MediaRow {
    pub fn edition(&self) -> Option<EditionId> {
        self.edition.map(EditionId)
    }
}

/// A picture in a post.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PostPictureRow {
    #[sqlx(try_from = "Uuid")]
    pub post_id: PostId,
    #[sqlx(try_from = "Uuid")]
    pub media_id: MediaId,
    pub only_for_child: Option<Uuid>,
    /// Added to a published post, and not yet released with it.
    pub is_pending: bool,
    #[sqlx(try_from = "String")]
    pub kind: MediaKind,
    #[sqlx(try_from = "String")]
    pub state: MediaState,
    pub file_name: String,
    pub alt: String,
    pub caption: String,
    /// `media`'s error code when it failed.
    pub error: Option<String>,
    pub width: i64,
    pub height: i64,
    pub width_small: i64,
    pub width_medium: i64,
    pub width_large: i64,
    /// Of a film, in milliseconds.
    pub duration_ms: Option<i64>,
    /// Of a document, in bytes.
    pub document_size: Option<i64>,
    pub document_author: Option<String>,
    /// When the subtitles of a film came.
    pub subtitles_at: Option<i64>,
    edition: Option<Uuid>,
    /// A ThumbHash.
    pub placeholder: Option<Vec<u8>>,
}

impl PostPictureRow {
    pub fn edition(&self) -> Option<EditionId> {
        self.edition.map(EditionId)
    }

    pub fn only_for(&self) -> Option<ChildId> {
        self.only_for_child.map(ChildId)
    }

    /// There is a picture that can be shown.
    pub fn is_shown(&self) -> bool {
        self.state == MediaState::Ready && self.kind != MediaKind::Document
    }

    /// It shows something that the picture check is about.
    pub fn is_checked(&self) -> bool {
        self.kind != MediaKind::Document
    }
}

/// A post that a picture is used in.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MediaUseRow {
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "String")]
    pub state: MediaState,
    #[sqlx(try_from = "Uuid")]
    pub post_id: PostId,
    #[sqlx(try_from = "String")]
    pub post_state: PostState,
    #[sqlx(try_from = "Uuid")]
    pub author_id: AccountId,
    /// When the post leaves the feed.
    pub expires_at: Option<i64>,
    pub only_for_child: Option<Uuid>,
    pub is_pending: bool,
}

#[derive(Debug)]
pub struct NewMedia<'a> {
    pub id: MediaId,
    pub school: SchoolId,
    pub owner: AccountId,
    pub file_name: &'a str,
    /// SHA-256 of the uploaded file.
    pub source_hash: &'a [u8],
    pub at: Time,
    /// Of the uploaded file.
    pub bytes: i64,
    pub kind: MediaKind,
    /// Set for a document alone.
    pub document: Option<NewDocument<'a>>,
}

/// What is known of a document.
#[derive(Debug)]
pub struct NewDocument<'a> {
    pub media_type: &'a str,
    /// In bytes.
    pub size: i64,
    /// Who wrote it, by its own data.
    pub author: Option<&'a str>,
}

/// Sizes of a finished picture, in pixels; none of a document.
#[derive(Clone, Copy, Debug, Default)]
pub struct MediaSizes {
    pub width: i64,
    pub height: i64,
    /// Small, medium, large.
    pub widths: [i64; 3],
    /// All files together.
    pub bytes: i64,
}

queries! {
    ADD = ("INSERT INTO media (id, school_id, owner_id, state, file_name, alt, source_hash, width, height, width_small, width_medium, \
        width_large, created_at, kind, document_type, document_size, document_author, bytes) \
        VALUES ($1, $2, $3, 'working', $4, '', $5, 0, 0, 0, 0, 0, $6, $7, $8, $9, $10, $11)");
    FIND = ("SELECT id, owner_id, kind, state, file_name, document_type, deleted_at, edition, subtitles_at FROM media WHERE id = $1");
    READY = ("UPDATE media SET state = 'ready', error = NULL, width = $2, height = $3, width_small = $4, width_medium = $5, \
        width_large = $6, placeholder = $7, bytes = $8 WHERE id = $1 AND state = 'working' AND deleted_at IS NULL");
    EDITION = ("UPDATE media SET edition = $2, width = $3, height = $4, width_small = $5, width_medium = $6, width_large = $7, \
        placeholder = $8, bytes = $9 WHERE id = $1 AND deleted_at IS NULL");
    DURATION = ("UPDATE media SET duration_ms = $2 WHERE id = $1");
    SUBTITLES = ("UPDATE media SET subtitles_at = $2 WHERE id = $1 AND kind = 'film' AND deleted_at IS NULL");
    FAILED = ("UPDATE media SET state = 'failed', error = $2, bytes = 0 WHERE id = $1 AND state = 'working'");
    SPACE = ("SELECT CAST((SELECT COALESCE(SUM(bytes), 0) FROM media WHERE school_id = $1 AND deleted_at IS NULL) \
        + (SELECT COALESCE(SUM(bytes), 0) FROM paper_forms WHERE school_id = $1) \
        + (SELECT COALESCE(SUM(length), 0) FROM uploads WHERE school_id = $1 AND media_id IS NULL AND expires_at > $2) AS BIGINT)");
    DESCRIBE = ("UPDATE media SET alt = $2, caption = $3 WHERE id = $1");
    COUNT_WORKING = ("SELECT COUNT(*) FROM media WHERE state = 'working' AND deleted_at IS NULL");
    IN_POSTS = ("SELECT pm.post_id, pm.media_id, pm.only_for_child, pm.is_pending, m.kind, m.state, m.file_name, m.alt, m.caption, m.error, m.width, m.height, \
        m.width_small, m.width_medium, m.width_large, m.duration_ms, m.document_size, m.document_author, m.subtitles_at, m.edition, m.placeholder FROM post_media pm JOIN media m ON m.id = pm.media_id \
        WHERE pm.post_id IN ids($1) AND m.deleted_at IS NULL ORDER BY pm.post_id, pm.position, pm.media_id");
    SAME_FILE = ("SELECT m.id FROM post_media pm JOIN media m ON m.id = pm.media_id \
        WHERE pm.post_id = $1 AND m.source_hash = $2 AND m.deleted_at IS NULL AND m.state <> 'failed'");
    USES = ("SELECT m.school_id, m.state, pm.post_id, p.state AS post_state, p.author_id, p.expires_at, pm.only_for_child, pm.is_pending \
        FROM media m JOIN post_media pm ON pm.media_id = m.id JOIN posts p ON p.id = pm.post_id WHERE m.id = $1 AND m.deleted_at IS NULL");
    ATTACH = ("INSERT INTO post_media (school_id, post_id, media_id, position, is_pending) \
        SELECT $1, $2, $3, COALESCE(MAX(position), 0) + 1, $4 FROM post_media WHERE post_id = $2");
    DETACH = ("DELETE FROM post_media WHERE post_id = $1 AND media_id = $2");
    PLACE = ("UPDATE post_media SET position = $3 WHERE post_id = $1 AND media_id = $2");
    RELEASE = ("UPDATE post_media SET is_pending = FALSE WHERE post_id = $1 AND is_pending");
    DELETE = ("UPDATE media SET deleted_at = $2 WHERE id = $1 AND deleted_at IS NULL");
    DELETE_OF_POST = ("UPDATE media SET deleted_at = $2 WHERE deleted_at IS NULL AND id IN (SELECT media_id FROM post_media WHERE post_id = $1) \
        AND NOT EXISTS (SELECT 1 FROM post_media o JOIN posts p ON p.id = o.post_id WHERE o.media_id = media.id AND o.post_id <> $1 AND p.state <> 'deleted')");
    DELETE_LOOSE = ("UPDATE media SET deleted_at = $2 WHERE deleted_at IS NULL AND created_at <= $1 \
        AND NOT EXISTS (SELECT 1 FROM post_media pm WHERE pm.media_id = media.id)");
    TO_ERASE = ("SELECT id FROM media WHERE deleted_at IS NOT NULL AND erased_at IS NULL ORDER BY deleted_at LIMIT $1");
    // The row stays as proof of the picture check; what the file was called goes.
    ERASED = ("UPDATE media SET erased_at = $2, file_name = '', alt = '', caption = '', placeholder = NULL, document_author = NULL WHERE id = $1");
    KEPT = ("SELECT id, edition FROM media WHERE id IN ids($1) AND erased_at IS NULL");
    KEPT_WORKING = ("SELECT id FROM media WHERE id IN ids($1) AND state = 'working' AND deleted_at IS NULL");
}

impl Read {
    /// Bytes that the school's files take in the media store, with those that are on their way.
    pub async fn count_space(&mut self, school: SchoolId, now: Time) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), SPACE, school.0, now.0)?.0)
    }

    pub async fn find_media(&mut self, id: MediaId) -> Result<Option<MediaRow>> {
        fetch_optional!(self, MediaRow, FIND, id.0)
    }

    /// Pictures of posts, by post and in their order there.
    pub async fn list_post_pictures(&mut self, posts: &[PostId]) -> Result<Vec<PostPictureRow>> {
        let ids: Ids = posts.iter().copied().collect();
        fetch_all!(self, PostPictureRow, IN_POSTS, ids)
    }

    /// Where a picture is used.
    pub async fn list_media_uses(&mut self, id: MediaId) -> Result<Vec<MediaUseRow>> {
        fetch_all!(self, MediaUseRow, USES, id.0)
    }

    /// The picture of the post that was made of the very same file.
    pub async fn find_same_file(&mut self, post: PostId, source_hash: &[u8]) -> Result<Option<MediaId>> {
        Ok(fetch_optional!(self, (Uuid,), SAME_FILE, post.0, source_hash)?.map(|(id,)| MediaId(id)))
    }

    /// Pictures that are being worked on or wait for it.
    pub async fn count_working_media(&mut self) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT_WORKING)?.0)
    }

    /// Deleted pictures whose files are still there, the oldest first.
    pub async fn list_media_to_erase(&mut self, limit: i64) -> Result<Vec<MediaId>> {
        let rows = fetch_all!(self, (Uuid,), TO_ERASE, limit)?;
        Ok(rows.into_iter().map(|(id,)| MediaId(id)).collect())
    }

    /// Those of the pictures whose files are to be kept: those of this edition.
    pub async fn list_kept_media(&mut self, media: &[MediaId]) -> Result<Vec<(MediaId, Option<EditionId>)>> {
        let ids: Ids = media.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid, Option<Uuid>), KEPT, ids)?;
        Ok(rows.into_iter().map(|(id, edition)| (MediaId(id), edition.map(EditionId))).collect())
    }

    /// Those of the pictures whose uploaded file is still to be worked on.
    pub async fn list_working_media(&mut self, media: &[MediaId]) -> Result<Vec<MediaId>> {
        let ids: Ids = media.iter().copied().collect();
        let rows = fetch_all!(self, (Uuid,), KEPT_WORKING, ids)?;
        Ok(rows.into_iter().map(|(id,)| MediaId(id)).collect())
    }
}

impl Write {
    /// A picture that is to be worked on.
    pub async fn add_media(&mut self, new: NewMedia<'_>) -> Result<()> {
        let (kind, document) = (new.kind.as_str(), new.document);
        let media_type = document.as_ref().map(|document| document.media_type);
        let size = document.as_ref().map(|document| document.size);
        let author = document.as_ref().and_then(|document| document.author);
        execute!(
            self,
            ADD,
            new.id.0,
            new.school.0,
            new.owner.0,
            new.file_name,
            new.source_hash,
            new.at.0,
            kind,
            media_type,
            size,
            author,
            new.bytes
        )?;
        Ok(())
    }

    /// False if the picture was deleted or finished meanwhile.
    pub async fn set_media_ready(&mut self, id: MediaId, sizes: MediaSizes, placeholder: &[u8]) -> Result<bool> {
        let MediaSizes { width, height, widths: [small, medium, large], bytes } = sizes;
        Ok(execute!(self, READY, id.0, width, height, small, medium, large, placeholder, bytes)? > 0)
    }

    /// The picture has other files from now on.
    pub async fn set_media_edition(
        &mut self,
        id: MediaId,
        edition: EditionId,
        sizes: MediaSizes,
        placeholder: &[u8],
    ) -> Result<()> {
        let MediaSizes { width, height, widths: [small, medium, large], bytes } = sizes;
        execute!(self, EDITION, id.0, edition.0, width, height, small, medium, large, placeholder, bytes)?;
        Ok(())
    }

    /// Notes how long a film lasts.
    pub async fn set_media_duration(&mut self, id: MediaId, milliseconds: i64) -> Result<()> {
        execute!(self, DURATION, id.0, milliseconds)?;
        Ok(())
    }

    /// Notes that a film has subtitles, and since when.
    pub async fn set_media_subtitles(&mut self, id: MediaId, at: Time) -> Result<()> {
        execute!(self, SUBTITLES, id.0, at.0)?;
        Ok(())
    }

    /// `error`: one of `media`'s codes. False if the picture was finished meanwhile.
    pub async fn set_media_failed(&mut self, id: MediaId, error: &str) -> Result<bool> {
        Ok(execute!(self, FAILED, id.0, error)? > 0)
    }

    pub async fn describe_media(&mut self, id: MediaId, alt: &str, caption: &str) -> Result<()> {
        execute!(self, DESCRIBE, id.0, alt, caption)?;
        Ok(())
    }

    /// Puts a picture at the end of a post.
    pub async fn attach_media(&mut self, school: SchoolId, post: PostId, id: MediaId, is_pending: bool) -> Result<()> {
        execute!(self, ATTACH, school.0, post.0, id.0, is_pending)?;
        Ok(())
    }

    /// Gives the pictures of a post this order.
    pub async fn order_media(&mut self, post: PostId, order: &[MediaId]) -> Result<()> {
        for (position, id) in (1_i64..).zip(order) {
            execute!(self, PLACE, post.0, id.0, position)?;
        }
        Ok(())
    }

    /// Shows the pictures that were added to a published post.
    pub async fn release_pictures(&mut self, post: PostId) -> Result<u64> {
        execute!(self, RELEASE, post.0)
    }

    /// Takes a picture out of a post for good. False if it is not in it.
    pub async fn remove_media(&mut self, post: PostId, id: MediaId, at: Time) -> Result<bool> {
        let removed = execute!(self, DETACH, post.0, id.0)? > 0;
        if removed {
            execute!(self, DELETE, id.0, at.0)?;
        }
        Ok(removed)
    }

    /// Deletes the pictures that only this post has.
    pub async fn delete_media_of_post(&mut self, post: PostId, at: Time) -> Result<u64> {
        execute!(self, DELETE_OF_POST, post.0, at.0)
    }

    /// Deletes pictures made at or before `old` that are in no post.
    pub async fn delete_loose_media(&mut self, old: Time, at: Time) -> Result<u64> {
        execute!(self, DELETE_LOOSE, old.0, at.0)
    }

    /// The files of a deleted picture are gone.
    pub async fn mark_media_erased(&mut self, id: MediaId, at: Time) -> Result<()> {
        execute!(self, ERASED, id.0, at.0)?;
        Ok(())
    }
}
