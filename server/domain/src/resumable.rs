//! Files on their way in that survive a lost connection: they come in pieces, each stored before the next, and the sender
//! goes on where the last stored one ends. The protocol is tus (`server/src/http/uploads.rs`).
//!
//! Pieces lie in the media store, so that any node can go on with an upload that another one began.

use crate::{
    Actor, Error, Portal, Result,
    media::{LOOSE, bad_file, begin_upload, clean_name, delete_file, is_older, largest_file, require_place_for},
    uploads::find_room,
};
use bytes::{Bytes, BytesMut};
use futures::{Stream, StreamExt as _};
use model::{ApiError, MediaId, PostId, Time, error::Conflict};
use object_store::{ObjectStore as _, ObjectStoreExt as _, PutPayload, path::Path};
use std::time::Duration;
use store::UploadRow;
use tokio::time::timeout;
use uuid::Uuid;

/// Bytes of a piece: what is lost at most when a connection breaks, and what is held in memory meanwhile.
const PIECE: usize = 2 * 1024 * 1024;
/// How long an upload that is not whole is kept.
const LIFE: i64 = Time::DAY;
/// Uploads that one person may have begun.
const OPEN_MAX: i64 = 100;
/// A sender that is silent for so long is gone.
const SILENCE: Duration = Duration::from_secs(60);
/// Uploads removed at once.
const CHUNK: i64 = 200;
const FOLDER: &str = "uploads";

/// How far an upload is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    pub id: Uuid,
    /// Bytes in all.
    pub length: u64,
    /// Bytes that are stored.
    pub received: u64,
    /// What it has become, once it is whole.
    pub media: Option<MediaId>,
    pub expires: Time,
}

impl Progress {
    fn of(row: &UploadRow) -> Progress {
        Progress {
            id: row.id,
            length: u64::try_from(row.length).unwrap_or(0),
            received: u64::try_from(row.received).unwrap_or(0),
            media: row.media_id.map(MediaId),
            expires: row.expires_at,
        }
    }
}

/// Begins the upload of a file for a post of the actor's own. One that is too large is refused before a byte is sent.
pub async fn create(portal: &Portal, actor: &Actor, post: PostId, file_name: &str, length: u64) -> Result<Progress> {
    if length == 0 {
        return Err(bad_file("empty"));
    }
    let whole = i64::try_from(length).ok().filter(|_| length <= largest_file(portal));
    let Some(whole) = whole else { return Err(bad_file("too-large")) };
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let school_id = require_place_for(&mut write, actor, post, file_name).await?.school_id;
    if length > find_room(&mut write, portal, school_id).await? {
        return Err(bad_file("no-space"));
    }
    if write.count_open_uploads(actor.account(), now).await? >= OPEN_MAX {
        return Err(ApiError::Busy { retry_after: 600 }.into());
    }
    let row = UploadRow {
        id: portal.clock.new_id(),
        school_id,
        account_id: actor.account(),
        post_id: post,
        file_name: clean_name(file_name),
        length: whole,
        received: 0,
        media_id: None,
        expires_at: now.plus(LIFE),
    };
    write.create_upload(&row).await?;
    write.commit().await?;
    Ok(Progress::of(&row))
}

/// How far an upload of the actor's own is. One that was whole when the server went down becomes a picture now.
pub async fn find(portal: &Portal, actor: &Actor, id: Uuid) -> Result<Progress> {
    let row = own(portal, actor, id).await?;
    if row.received == row.length && row.media_id.is_none() {
        return finish(portal, actor, row).await;
    }
    Ok(Progress::of(&row))
}

/// Stores what comes, from byte number `offset` on, for as long as it comes. The last byte makes it a picture of its post;
/// a file that can't be used is refused then, and gone.
pub async fn append<E>(
    portal: &Portal,
    actor: &Actor,
    id: Uuid,
    offset: u64,
    mut bytes: impl Stream<Item = std::result::Result<Bytes, E>> + Unpin,
) -> Result<Progress> {
    let mut row = own(portal, actor, id).await?;
    if Progress::of(&row).received != offset {
        return Err(moved());
    }
    let mut waiting = BytesMut::new();
    // Whatever ends the stream: what has come is stored.
    while let Ok(Some(Ok(next))) = timeout(SILENCE, bytes.next()).await {
        waiting.extend_from_slice(&next);
        while waiting.len() >= PIECE {
            let piece = waiting.split_to(PIECE).freeze();
            store(portal, &mut row, piece).await?;
        }
    }
    if !waiting.is_empty() {
        store(portal, &mut row, waiting.freeze()).await?;
    }
    if row.received == row.length { finish(portal, actor, row).await } else { Ok(Progress::of(&row)) }
}

/// Forgets an upload of the actor's own.
pub async fn cancel(portal: &Portal, actor: &Actor, id: Uuid) -> Result<()> {
    let row = own(portal, actor, id).await?;
    remove(portal, row.id).await
}

async fn own(portal: &Portal, actor: &Actor, id: Uuid) -> Result<UploadRow> {
    let mut read = portal.store.read().await?;
    read.find_upload(id, actor.account(), portal.clock.now()).await?.ok_or_else(Error::not_found)
}

/// Somebody else goes on with this upload, or the sender is mistaken about where it is.
fn moved() -> Error {
    ApiError::conflict(Conflict::ChangedMeanwhile).into()
}

fn place(upload: Uuid, piece: Uuid) -> Path {
    Path::from(format!("{FOLDER}/{}/{}", upload.simple(), piece.simple()))
}

/// The file first, then the row that names it: what no row names is swept away. Each attempt has a file of its own, because
/// a connection given up by its sender may still hold bytes that come once more over the next one.
async fn store(portal: &Portal, row: &mut UploadRow, bytes: Bytes) -> Result<()> {
    let size = i64::try_from(bytes.len()).map_err(Error::internal)?;
    if row.received + size > row.length {
        return Err(ApiError::Malformed.into());
    }
    let piece = portal.clock.new_id();
    portal.files.put(&place(row.id, piece), PutPayload::from(bytes)).await?;
    let mut write = portal.store.write().await?;
    if !write.add_upload_piece(row, row.received, size, piece).await? {
        drop(write);
        delete_file(portal, &place(row.id, piece)).await?;
        return Err(moved());
    }
    write.commit().await?;
    row.received += size;
    Ok(())
}

/// The way in of every file, from the pieces.
async fn finish(portal: &Portal, actor: &Actor, row: UploadRow) -> Result<Progress> {
    let media = match join(portal, actor, &row).await {
        Ok(media) => media,
        // Its answer is final: sent again, the same bytes come to the same end.
        Err(Error::Api(error @ (ApiError::Invalid { .. } | ApiError::NotFound | ApiError::Conflict { .. }))) => {
            remove(portal, row.id).await?;
            return Err(error.into());
        }
        Err(error) => return Err(error),
    };
    let mut write = portal.store.write().await?;
    let pieces = write.list_upload_pieces(row.id).await?;
    write.finish_upload(row.id, media).await?;
    write.commit().await?;
    for piece in pieces {
        delete_file(portal, &place(row.id, piece)).await?;
    }
    Ok(Progress { media: Some(media), ..Progress::of(&row) })
}

async fn join(portal: &Portal, actor: &Actor, row: &UploadRow) -> Result<MediaId> {
    let pieces = portal.store.read().await?.list_upload_pieces(row.id).await?;
    let reserved = u64::try_from(row.length).unwrap_or(0);
    let mut upload = begin_upload(portal, actor, row.post_id, &row.file_name, reserved).await?;
    for piece in pieces {
        let mut stream = portal.files.get(&place(row.id, piece)).await?.into_stream();
        while let Some(bytes) = stream.next().await {
            upload.write(portal, &bytes?).await?;
        }
    }
    upload.finish(portal, actor).await
}

/// The row goes last: what was cut off here is removed the next time.
async fn remove(portal: &Portal, id: Uuid) -> Result<()> {
    let mut files = portal.files.list(Some(&Path::from(format!("{FOLDER}/{}", id.simple()))));
    while let Some(file) = files.next().await.transpose()? {
        delete_file(portal, &file.location).await?;
    }
    let mut write = portal.store.write().await?;
    write.delete_upload(id).await?;
    write.commit().await?;
    Ok(())
}

/// Removes uploads that nobody went on with.
pub(crate) async fn sweep(portal: &Portal) -> Result<()> {
    loop {
        let expired = portal.store.read().await?.list_expired_uploads(portal.clock.now(), CHUNK).await?;
        if expired.is_empty() {
            return Ok(());
        }
        for id in expired {
            remove(portal, id).await?;
        }
    }
}

/// Removes pieces of uploads that are over.
pub(crate) async fn sweep_files(portal: &Portal) -> Result<()> {
    let old = portal.clock.now().plus(-LOOSE);
    let mut files = portal.files.list(Some(&Path::from(FOLDER)));
    while let Some(file) = files.next().await.transpose()? {
        let Some(upload) = upload_of(&file.location).filter(|upload| is_older(*upload, old)) else { continue };
        if !portal.store.read().await?.is_upload_open(upload).await? {
            tracing::info!(file = %file.location, "removed a piece of an upload that is over");
            delete_file(portal, &file.location).await?;
        }
    }
    Ok(())
}

fn upload_of(file: &Path) -> Option<Uuid> {
    file.parts().nth(1)?.as_ref().parse().ok()
}
