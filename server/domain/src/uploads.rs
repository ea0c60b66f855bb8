//! From a file that has come in to a picture, film or document in a post.

use crate::{
    Actor, Error, Portal, Result,
    jobs::{self, Job},
    live::tell,
    media::{
        Part, bad_file, clean_name, delete_file, disk, incoming, place, require_own, require_place, require_place_for,
    },
};
use bytes::Bytes;
use media::{FileKind, Found, PhotoError};
use model::{MediaId, PostId, SchoolId, account::Space, feed::PostState, live::LiveEvent, media::MediaKind};
use object_store::{ObjectStoreExt as _, PutPayload, buffered::BufWriter, path::Path};
use sha2::{Digest as _, Sha256};
use std::{
    fs::File,
    io::{Read as _, Seek as _},
};
use store::{NewDocument, NewMedia, Read, Write};
use tokio::io::{AsyncReadExt as _, AsyncSeekExt as _, AsyncWriteExt as _};

/// What is read and passed on at once, in bytes.
const BUFFER: usize = 256 * 1024;

/// Takes a file that lies whole on this machine into a post of the actor's own, as the last of what is in it: looks at it,
/// puts it where the worker finds it, and has the work done. The same file sent to the same post again is what it is there
/// already. The caller's file is not needed afterwards. `reserved`: bytes of the school's space that are already kept for it.
///
/// # Errors
/// `NotFound` for a post that is not the actor's; a problem of the field `file` with one of `media`'s codes;
/// `TooManyPhotos`.
pub async fn take_file(
    portal: &Portal,
    actor: &Actor,
    post: PostId,
    file_name: &str,
    file: File,
    reserved: u64,
) -> Result<MediaId> {
    let name = clean_name(file_name);
    let school = require_place_for(&mut portal.store.read().await?, actor, post, &name).await?.school_id;
    let (found, file) = inspect(portal, name.clone(), file).await?;
    let (kind, document) = match found.kind {
        FileKind::Photo(_) => (MediaKind::Photo, None),
        FileKind::Film(_) => (MediaKind::Film, None),
        FileKind::Document(kind) => (MediaKind::Document, Some(kind)),
        FileKind::Subtitles => return take_subtitles(portal, actor, post, &name, file).await,
    };
    let id: MediaId = portal.clock.new_id();
    let mut file = tokio::fs::File::from_std(file);
    file.rewind().await.map_err(disk)?;
    let (size, hash) = put(portal, &incoming(id), file).await?;
    let arrived = Arrived { id, school, post, name, size, hash, kind, document, author: found.author, reserved };
    let stored = arrived.store(portal, actor).await;
    if !matches!(stored, Ok(stored) if stored == id) {
        delete_file(portal, &incoming(id)).await?;
    }
    stored
}

/// Subtitles belong to the film of the post that is called like them, else to the last one without, else to the last one.
/// Answers the film. What was there before is replaced.
async fn take_subtitles(portal: &Portal, actor: &Actor, post: PostId, name: &str, file: File) -> Result<MediaId> {
    let read = tokio::task::spawn_blocking(move || {
        let (mut file, mut bytes) = (file, Vec::new());
        file.rewind()?;
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    });
    let bytes = read.await.map_err(Error::internal)?.map_err(disk)?;
    let text = media::read_subtitles(&bytes).map_err(|error| bad_file(error.code()))?;
    let mut write = portal.store.write().await?;
    write.lock_post(post).await?;
    require_own(&mut write, actor, post).await?;
    let rows = write.list_post_pictures(&[post]).await?;
    let films = || rows.iter().rev().filter(|row| row.kind == MediaKind::Film);
    let named = films().find(|row| stem(&row.file_name) == stem(name));
    let film = named.or_else(|| films().find(|row| row.subtitles_at.is_none())).or_else(|| films().next());
    let film = film.ok_or_else(|| bad_file("no-film"))?.media_id;
    portal.files.put(&place(film, None, Part::Subtitles), PutPayload::from(text)).await?;
    write.set_media_subtitles(film, portal.clock.now()).await?;
    tell(&mut write, portal, &[actor.account()], LiveEvent::Media { id: film }).await?;
    write.commit().await?;
    Ok(film)
}

/// A file's name without its extension.
fn stem(name: &str) -> &str {
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Bytes that the school's files may still take; what is on its way counts as if it had come.
pub(crate) async fn find_room(read: &mut Read, portal: &Portal, school: SchoolId) -> Result<u64> {
    let Some(all) = portal.school_space else { return Ok(u64::MAX) };
    Ok(all.saturating_sub(find_space(read, portal, school).await?.taken))
}

/// What the school's files take, and how much they may.
pub(crate) async fn find_space(read: &mut Read, portal: &Portal, school: SchoolId) -> Result<Space> {
    let taken = u64::try_from(read.count_space(school, portal.clock.now()).await?).unwrap_or(0);
    Ok(Space { taken, all: portal.school_space })
}

async fn inspect(portal: &Portal, name: String, mut file: File) -> Result<(Found, File)> {
    let limits = portal.media_limits.clone();
    let inspected = tokio::task::spawn_blocking(move || (media::inspect(&mut file, &name, &limits), file));
    match inspected.await.map_err(Error::internal)? {
        (Ok(found), file) => Ok((found, file)),
        (Err(PhotoError::Io(error)), _) => Err(disk(error)),
        (Err(error), _) => Err(bad_file(error.code())),
    }
}

/// Puts a file into the media store: all of it, or nothing. Answers its size in bytes and its SHA-256.
pub(crate) async fn put(portal: &Portal, path: &Path, mut file: tokio::fs::File) -> Result<(u64, Vec<u8>)> {
    let mut target = BufWriter::new(portal.files.clone(), path.clone());
    let (mut size, mut hash) = (0, Sha256::new());
    let mut buffer = vec![0; BUFFER];
    let copied: Result<()> = async {
        loop {
            let read = file.read(&mut buffer).await.map_err(disk)?;
            if read == 0 {
                return Ok(());
            }
            size += read as u64;
            hash.update(&buffer[..read]);
            target.put(Bytes::copy_from_slice(&buffer[..read])).await?;
        }
    }
    .await;
    if let Err(error) = copied {
        // The first error is the one to tell; an unfinished upload is no object yet.
        let _ = target.abort().await;
        return Err(error);
    }
    target.shutdown().await.map_err(disk)?;
    Ok((size, hash.finalize().to_vec()))
}

/// A file in the media store that belongs to nothing yet.
struct Arrived {
    id: MediaId,
    school: SchoolId,
    post: PostId,
    name: String,
    size: u64,
    hash: Vec<u8>,
    kind: MediaKind,
    document: Option<media::DocumentKind>,
    /// Who wrote it, by its own data.
    author: Option<String>,
    reserved: u64,
}

impl Arrived {
    async fn store(&self, portal: &Portal, actor: &Actor) -> Result<MediaId> {
        let mut write = portal.store.write().await?;
        write.lock_post(self.post).await?;
        // Meanwhile the post may have been filled, published or deleted.
        let row = require_place(&mut write, actor, self.post).await?;
        if row.school_id != self.school {
            return Err(Error::not_found());
        }
        if let Some(same) = write.find_same_file(self.post, &self.hash).await? {
            return Ok(same);
        }
        write.add_media(self.row(portal, actor, &self.file_name())).await?;
        self.require_room(&mut write, portal).await?;
        write.attach_media(self.school, self.post, self.id, row.state == PostState::Published).await?;
        write.remember_picture_checks(self.id).await?;
        let job = match self.kind {
            MediaKind::Film => Job::Film { media: self.id },
            MediaKind::Photo | MediaKind::Document => Job::Photo { media: self.id },
        };
        jobs::enqueue(&mut write, portal, &job, 0).await?;
        write.commit().await?;
        Ok(self.id)
    }

    /// Files that come in at the same time have each found room for themselves.
    async fn require_room(&self, write: &mut Write, portal: &Portal) -> Result<()> {
        let Some(all) = portal.school_space else { return Ok(()) };
        write.lock_school(self.school).await?;
        let taken = find_space(write, portal, self.school).await?.taken;
        if taken.saturating_sub(self.reserved) > all { Err(bad_file("no-space")) } else { Ok(()) }
    }

    /// What is passed on as it is also ends as what it is.
    fn file_name(&self) -> String {
        self.document.map_or_else(|| self.name.clone(), |kind| kind.name(&self.name))
    }

    fn row<'a>(&'a self, portal: &Portal, actor: &Actor, file_name: &'a str) -> NewMedia<'a> {
        let document = |kind: media::DocumentKind| NewDocument {
            media_type: kind.media_type(),
            size: i64::try_from(self.size).unwrap_or(i64::MAX),
            author: self.author.as_deref(),
        };
        NewMedia {
            id: self.id,
            school: self.school,
            owner: actor.account(),
            file_name,
            source_hash: &self.hash,
            at: portal.clock.now(),
            bytes: i64::try_from(self.size).unwrap_or(i64::MAX),
            kind: self.kind,
            document: self.document.map(document),
        }
    }
}
