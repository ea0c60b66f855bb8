//! Files on their way in, piece by piece.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{AccountId, MediaId, PostId, SchoolId, Time};
use uuid::Uuid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct UploadRow {
    pub id: Uuid,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    #[sqlx(try_from = "Uuid")]
    pub post_id: PostId,
    pub file_name: String,
    /// Bytes in all.
    pub length: i64,
    /// Bytes that are stored.
    pub received: i64,
    /// What it has become.
    pub media_id: Option<Uuid>,
    #[sqlx(try_from = "i64")]
    pub expires_at: Time,
}

queries! {
    CREATE = ("INSERT INTO uploads (id, school_id, account_id, post_id, file_name, length, received, expires_at) \
        VALUES ($1, $2, $3, $4, $5, $6, 0, $7)");
    FIND = ("SELECT id, school_id, account_id, post_id, file_name, length, received, media_id, expires_at FROM uploads \
        WHERE id = $1 AND account_id = $2 AND expires_at > $3");
    COUNT = ("SELECT COUNT(*) FROM uploads WHERE account_id = $1 AND media_id IS NULL AND expires_at > $2");
    ADVANCE = ("UPDATE uploads SET received = received + $3 WHERE id = $1 AND received = $2 AND received + $3 <= length");
    ADD_PIECE = ("INSERT INTO upload_pieces (school_id, upload_id, starts_at, piece_id) VALUES ($1, $2, $3, $4)");
    PIECES = ("SELECT piece_id FROM upload_pieces WHERE upload_id = $1 ORDER BY starts_at");
    FINISH = ("UPDATE uploads SET media_id = $2 WHERE id = $1");
    FORGET_PIECES = ("DELETE FROM upload_pieces WHERE upload_id = $1");
    DELETE = ("DELETE FROM uploads WHERE id = $1");
    EXPIRED = ("SELECT id FROM uploads WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2");
    EXISTS = ("SELECT COUNT(*) FROM uploads WHERE id = $1 AND media_id IS NULL");
}

impl Read {
    /// An upload of this account that has not expired.
    pub async fn find_upload(&mut self, id: Uuid, account: AccountId, now: Time) -> Result<Option<UploadRow>> {
        fetch_optional!(self, UploadRow, FIND, id, account.0, now.0)
    }

    /// Uploads of this account that are not whole.
    pub async fn count_open_uploads(&mut self, account: AccountId, now: Time) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT, account.0, now.0)?.0)
    }

    /// Its pieces, in order.
    pub async fn list_upload_pieces(&mut self, id: Uuid) -> Result<Vec<Uuid>> {
        let rows = fetch_all!(self, (Uuid,), PIECES, id)?;
        Ok(rows.into_iter().map(|(piece,)| piece).collect())
    }

    pub async fn list_expired_uploads(&mut self, now: Time, limit: i64) -> Result<Vec<Uuid>> {
        let rows = fetch_all!(self, (Uuid,), EXPIRED, now.0, limit)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    /// Whether pieces of it are still wanted.
    pub async fn is_upload_open(&mut self, id: Uuid) -> Result<bool> {
        Ok(fetch_one!(self, (i64,), EXISTS, id)?.0 > 0)
    }
}

impl Write {
    /// A new upload, of which nothing has come yet.
    pub async fn create_upload(&mut self, row: &UploadRow) -> Result<()> {
        let UploadRow { id, school_id, account_id, post_id, file_name, length, expires_at, .. } = row;
        execute!(self, CREATE, *id, school_id.0, account_id.0, post_id.0, file_name, *length, expires_at.0)?;
        Ok(())
    }

    /// Adds a piece of so many bytes at this place. False if others were added there meanwhile, or if it is too much.
    pub async fn add_upload_piece(&mut self, row: &UploadRow, starts_at: i64, size: i64, piece: Uuid) -> Result<bool> {
        if execute!(self, ADVANCE, row.id, starts_at, size)? == 0 {
            return Ok(false);
        }
        execute!(self, ADD_PIECE, row.school_id.0, row.id, starts_at, piece)?;
        Ok(true)
    }

    /// Notes what it has become; its pieces are not needed any more.
    pub async fn finish_upload(&mut self, id: Uuid, media: MediaId) -> Result<()> {
        execute!(self, FINISH, id, media.0)?;
        execute!(self, FORGET_PIECES, id)?;
        Ok(())
    }

    pub async fn delete_upload(&mut self, id: Uuid) -> Result<()> {
        execute!(self, FORGET_PIECES, id)?;
        execute!(self, DELETE, id)?;
        Ok(())
    }
}
