//! The work on what was uploaded: pictures are made of photos, films that every browser plays of films; documents are looked
//! through once more and passed on as they are.

use crate::{
    Error, Portal, Result, jobs,
    live::tell,
    media::{Part, SCRATCH_PREFIX, delete_file, disk, erase_files, incoming, place, put_variants, quarantined},
    posts::{Addressees, announce},
    search,
    uploads::put,
};
use futures::StreamExt as _;
use media::{Film, Made, PhotoError};
use model::{
    MediaId, PostId,
    feed::PostState,
    live::LiveEvent,
    media::{MediaKind, MediaState},
};
use object_store::ObjectStoreExt as _;
use std::{
    collections::BTreeSet,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};
use store::{MediaRow, MediaSizes, Write};
use tokio::io::AsyncWriteExt as _;

/// Tries after which a file that takes too long, or that the machine could not read, counts as failed.
const TRIES: i64 = 3;

/// Does the work on an uploaded file. May be done twice, and may stop anywhere: the next time it begins again.
pub(crate) async fn work(portal: &Portal, id: MediaId, attempt: i64) -> Result<()> {
    let Some(row) = portal.store.read().await?.find_media(id).await? else { return Ok(()) };
    if row.state == MediaState::Working && row.deleted_at.is_none() {
        let done = match make(portal, &row).await {
            Ok(done) => done,
            // The store may be away for a while; in the end somebody waits for an answer.
            Err(error) if attempt < jobs::ATTEMPTS => return Err(error),
            Err(error) => {
                tracing::error!(media = %id, %error, "file can't be read or written");
                Err(PhotoError::Io(std::io::Error::other(error)))
            }
        };
        if let Err(error) = &done
            && attempt < TRIES
            && is_worth_another_try(row.kind, error)
        {
            return Err(Error::internal(error));
        }
        if !note(portal, &row, done).await? {
            // Deleted meanwhile; the files just written have nobody to erase them.
            erase_files(portal, id).await?;
        }
    }
    delete_file(portal, &incoming(id)).await
}

/// A busy machine may be quicker the next time; but not with a film, which had an hour.
fn is_worth_another_try(kind: MediaKind, error: &PhotoError) -> bool {
    match error {
        PhotoError::Io(_) => true,
        PhotoError::TimedOut => kind != MediaKind::Film,
        _ => false,
    }
}

/// What is to be remembered of finished work.
struct Done {
    sizes: MediaSizes,
    placeholder: Vec<u8>,
    /// Of a film, in milliseconds.
    duration: Option<i64>,
}

/// Notes how it ended and tells those who wait for it. False if the file was deleted meanwhile.
async fn note(portal: &Portal, row: &MediaRow, done: std::result::Result<Done, PhotoError>) -> Result<bool> {
    let mut write = portal.store.write().await?;
    let is_current = match done {
        Ok(Done { sizes, placeholder, duration }) => {
            if let Some(duration) = duration {
                write.set_media_duration(row.id, duration).await?;
            }
            write.set_media_ready(row.id, sizes, &placeholder).await?
        }
        Err(error) => {
            tracing::info!(media = %row.id, code = error.code(), "file can't be used");
            write.set_media_failed(row.id, error.code()).await?
        }
    };
    tell(&mut write, portal, &[row.owner_id], LiveEvent::Media { id: row.id }).await?;
    if row.kind == MediaKind::Film {
        tell_readers(&mut write, portal, row.id).await?;
    }
    write.commit().await?;
    Ok(is_current)
}

/// A film may be published before it is made: whoever has the post open gets to see it, or that it will not come.
async fn tell_readers(write: &mut Write, portal: &Portal, id: MediaId) -> Result<()> {
    let uses = write.list_media_uses(id).await?;
    let shown = uses.iter().filter(|row| row.post_state == PostState::Published && !row.is_pending);
    let posts: BTreeSet<PostId> = shown.map(|row| row.post_id).collect();
    for post in posts {
        search::index_post(write, post).await?;
        let to = Addressees::find(write, post).await?;
        if let Some(row) = write.find_post(post).await? {
            announce(write, portal, &row, &to).await?;
        }
    }
    Ok(())
}

/// Says that work is not wanted any more, when nobody waits for it any longer.
struct Abandoned(Arc<AtomicBool>);

impl Drop for Abandoned {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The outer error is the store's, the inner one the file's.
async fn make(portal: &Portal, row: &MediaRow) -> Result<std::result::Result<Done, PhotoError>> {
    let source = fetch(portal, row.id).await?;
    if let Some(scanner) = &portal.scanner {
        let copy = tokio::fs::File::from_std(source.reopen().map_err(disk)?);
        // A scanner that does not answer is no permission: the work waits for it.
        if scanner.finds(copy).await.map_err(|error| Error::internal(format_args!("virus scanner: {error}")))? {
            portal.files.copy(&incoming(row.id), &quarantined(row.id)).await?;
            tracing::warn!(media = %row.id, file = %quarantined(row.id), "a virus was found; the file is in quarantine");
            return Ok(Err(PhotoError::Infected));
        }
    }
    // Films wait in a lane of their own, one at a time.
    let turn = match row.kind {
        MediaKind::Film => None,
        MediaKind::Photo | MediaKind::Document => Some(portal.photo_work.acquire().await.map_err(Error::internal)?),
    };
    let stop = Arc::new(AtomicBool::new(false));
    let _abandoned = Abandoned(stop.clone());
    let (limits, scratch, name) = (portal.media_limits.clone(), portal.scratch.clone(), row.file_name.clone());
    let made = tokio::task::spawn_blocking(move || {
        media::make(source.path(), &name, &scratch, &limits, &|| stop.load(Ordering::Relaxed))
    });
    let made = made.await.map_err(Error::internal)?;
    drop(turn);
    let done = match made {
        Ok(Made::Photo(photo)) => Done {
            sizes: put_variants(portal, row.id, None, &photo).await?,
            placeholder: photo.placeholder,
            duration: None,
        },
        Ok(Made::Film(film)) => put_film(portal, row.id, film).await?,
        Ok(Made::Document(_)) => {
            portal.files.copy(&incoming(row.id), &place(row.id, None, Part::Document)).await?;
            let size = portal.files.head(&place(row.id, None, Part::Document)).await?.size;
            let size = i64::try_from(size).unwrap_or(i64::MAX);
            let sizes = MediaSizes { bytes: size, ..MediaSizes::default() };
            Done { sizes, placeholder: Vec::new(), duration: None }
        }
        // They become part of a film when they come in, and never a file of their own.
        Ok(Made::Subtitles(_)) => return Ok(Err(PhotoError::NotAPicture { found: None })),
        Err(error) => return Ok(Err(error)),
    };
    Ok(Ok(done))
}

/// A copy of the uploaded file on this machine, gone when it is dropped.
async fn fetch(portal: &Portal, id: MediaId) -> Result<tempfile::NamedTempFile> {
    let scratch = portal.scratch.clone();
    let source =
        tokio::task::spawn_blocking(move || tempfile::Builder::new().prefix(SCRATCH_PREFIX).tempfile_in(scratch));
    let source = source.await.map_err(Error::internal)?.map_err(disk)?;
    let mut stream = portal.files.get(&incoming(id)).await?.into_stream();
    let mut copy = tokio::fs::File::from_std(source.reopen().map_err(disk)?);
    while let Some(bytes) = stream.next().await {
        copy.write_all(&bytes?).await.map_err(disk)?;
    }
    copy.flush().await.map_err(disk)?;
    Ok(source)
}

/// The film and its poster. The poster's size is the film's: both have the same shape.
async fn put_film(portal: &Portal, id: MediaId, film: Film) -> Result<Done> {
    let file = tokio::fs::File::open(film.path()).await.map_err(disk)?;
    let (size, _) = put(portal, &place(id, None, Part::Film), file).await?;
    let poster = put_variants(portal, id, None, &film.poster).await?;
    let sizes = MediaSizes { bytes: poster.bytes.saturating_add_unsigned(size), ..poster };
    let duration = i64::try_from(film.duration_ms).unwrap_or(i64::MAX);
    Ok(Done { sizes, placeholder: film.poster.placeholder, duration: Some(duration) })
}
