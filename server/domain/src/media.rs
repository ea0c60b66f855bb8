//! Photos, films and documents in posts, and who gets to see them.
//!
//! The uploaded file is kept only until the work on it is done (see `uploads` and `media_work`).

use crate::{
    Actor, Error, Portal, Result,
    gate::{self, Candidate, Cleared, Placed},
    jobs::{self, Job},
    policy::Action,
    posts::{Addressees, announce, find_changeable, known_groups, lock_changeable},
    search,
    uploads::{find_room, take_file},
    views,
};
use bytes::Bytes;
use futures::{StreamExt as _, TryStreamExt as _, stream::BoxStream};
use media::SNIFF_BYTES;
use model::{
    ApiError, ChildId, EditionId, FormId, MediaId, PostId, Problem, SchoolId, Time,
    check::{Checker, PHOTOS_MAX},
    error::Conflict,
    feed::PostState,
    media::{Document, MediaKind, MediaState, Picture, TrayPicture, Variant},
};
use object_store::{GetOptions, GetRange, ObjectStore as _, ObjectStoreExt as _, PutPayload, path::Path};
use std::{ops::Range, str::FromStr};
use store::{MediaSizes, PostPictureRow, PostRow, Read, Write};
use tokio::io::AsyncWriteExt as _;
use uuid::Uuid;

/// Pictures that may wait to be worked on; more uploads are asked to come back.
const WAITING_MAX: i64 = 600;
/// Characters kept of a file's name.
const NAME_MAX: usize = 120;
/// Characters of a picture's description.
const ALT_MAX: usize = 300;
/// Age at which what belongs to nothing is removed.
pub(crate) const LOOSE: i64 = Time::DAY;
/// How long a file with a virus is kept.
const QUARANTINED: i64 = 30 * Time::DAY;
/// Pictures erased or looked up at once.
const CHUNK: usize = 200;

/// A file on its way in. Dropped before it is finished, it leaves nothing behind.
#[derive(Debug)]
pub struct Upload {
    post: PostId,
    name: String,
    incoming: Incoming,
}

/// The bytes of a file as they come in, held to the limits.
#[derive(Debug)]
pub(crate) struct Incoming {
    file: tokio::fs::File,
    size: u64,
    /// Bytes that the school has room for.
    room: u64,
    head: Vec<u8>,
}

/// Bytes of the largest file that a post may hold.
pub fn largest_file(portal: &Portal) -> u64 {
    portal.media_limits.largest()
}

/// Begins the upload of a file for a post of the actor's own. `reserved`: bytes of the school's space that are already kept
/// for it.
pub async fn begin_upload(
    portal: &Portal,
    actor: &Actor,
    post: PostId,
    file_name: &str,
    reserved: u64,
) -> Result<Upload> {
    let mut read = portal.store.read().await?;
    let school = require_place(&mut read, actor, post).await?.school_id;
    let room = find_room(&mut read, portal, school).await?.saturating_add(reserved);
    if room == 0 {
        return Err(bad_file("no-space"));
    }
    if read.count_working_media().await? >= WAITING_MAX {
        return Err(ApiError::Busy { retry_after: 30 }.into());
    }
    drop(read);
    let scratch = portal.scratch.clone();
    // A file without a name: it is gone with the process, whatever happens.
    let file = tokio::task::spawn_blocking(move || tempfile::tempfile_in(scratch)).await.map_err(Error::internal)?;
    Ok(Upload { post, name: file_name.to_owned(), incoming: Incoming::new(file.map_err(disk)?, room) })
}

impl Incoming {
    /// `file`: empty. `room`: bytes that the school has left.
    pub(crate) fn new(file: std::fs::File, room: u64) -> Incoming {
        Incoming { file: tokio::fs::File::from_std(file), size: 0, room, head: Vec::new() }
    }

    /// The next bytes of the file.
    pub(crate) async fn write(&mut self, portal: &Portal, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        let missing = SNIFF_BYTES.saturating_sub(self.head.len());
        self.head.extend(&bytes[..missing.min(bytes.len())]);
        if self.size > portal.media_limits.max_bytes(&self.head) {
            return Err(bad_file("too-large"));
        }
        if self.size > self.room {
            return Err(bad_file("no-space"));
        }
        self.file.write_all(bytes).await.map_err(disk)
    }

    /// The whole file has come.
    pub(crate) async fn finish(mut self) -> Result<std::fs::File> {
        self.file.flush().await.map_err(disk)?;
        Ok(self.file.into_std().await)
    }
}

impl Upload {
    /// The next bytes of the file.
    pub async fn write(&mut self, portal: &Portal, bytes: &[u8]) -> Result<()> {
        self.incoming.write(portal, bytes).await
    }

    /// The whole file has come: see [`take_file`].
    pub async fn finish(self, portal: &Portal, actor: &Actor) -> Result<MediaId> {
        take_file(portal, actor, self.post, &self.name, self.incoming.finish().await?).await
    }
}

/// A post of the actor's own that has room for one more file. Only the author adds to a published post: the
/// picture check is the author's word.
pub(crate) async fn require_place(read: &mut Read, actor: &Actor, post: PostId) -> Result<PostRow> {
    let (row, _) = find_changeable(read, actor, post).await?;
    if row.author_id != actor.account() {
        return Err(Error::not_found());
    }
    if read.list_post_pictures(&[post]).await?.len() >= PHOTOS_MAX {
        return Err(ApiError::conflict(Conflict::TooManyPhotos).into());
    }
    Ok(row)
}

/// The pictures of a post that the actor composes or edits.
pub async fn find_tray(portal: &Portal, actor: &Actor, post: PostId) -> Result<Vec<TrayPicture>> {
    let mut read = portal.store.read().await?;
    let (row, to) = find_changeable(&mut read, actor, post).await?;
    let pictures = read.list_post_pictures(&[post]).await?;
    tray_of(&mut read, actor, &row, &to, pictures).await
}

pub(crate) async fn tray_of(
    read: &mut Read,
    actor: &Actor,
    row: &PostRow,
    to: &Addressees,
    pictures: Vec<PostPictureRow>,
) -> Result<Vec<TrayPicture>> {
    let media: Vec<MediaId> = pictures.iter().map(|picture| picture.media_id).collect();
    let in_picture = read.list_children_in_pictures(&media).await?;
    let cleared = pass_own(read, actor, row, to, &pictures).await?;
    Ok(pictures
        .iter()
        .zip(cleared)
        .map(|(picture, cleared)| TrayPicture {
            id: picture.media_id,
            kind: picture.kind,
            file_name: picture.file_name.clone(),
            state: picture.state,
            error: picture.error.clone(),
            picture: cleared.filter(|_| picture.is_shown()).map(|cleared| picture_of(picture, cleared)),
            author: picture.document_author.clone(),
            tagged: in_picture
                .iter()
                .filter(|shown| shown.media_id == picture.media_id)
                .map(|shown| shown.child_id)
                .collect(),
            only_for: picture.only_for(),
            can_edit: is_editable(actor, row, picture) && picture.state == MediaState::Ready,
        })
        .collect())
}

/// Asks the gate about pictures of a post that the actor composes or edits: what is published is shown to its author as to
/// everybody.
pub(crate) async fn pass_own(
    read: &mut Read,
    actor: &Actor,
    row: &PostRow,
    to: &Addressees,
    pictures: &[PostPictureRow],
) -> Result<Vec<Option<Cleared>>> {
    let audience = to.audience(known_groups(actor, row.school_id));
    let candidates: Vec<Candidate> = pictures
        .iter()
        .map(|picture| Candidate {
            school: row.school_id,
            media: picture.media_id,
            only_for: picture.only_for(),
            audience,
            placed: match row.state {
                PostState::Published if !picture.is_pending => Placed::Published,
                _ => Placed::Waiting { author: row.author_id },
            },
        })
        .collect();
    gate::pass(read, actor, &candidates).await
}

/// Whether the actor may turn and crop it: a photo that is shown to its author alone. One that others have seen stays what
/// they saw.
pub(crate) fn is_editable(actor: &Actor, row: &PostRow, picture: &PostPictureRow) -> bool {
    let is_unseen = row.state == PostState::Draft || picture.is_pending;
    row.author_id == actor.account() && picture.kind == MediaKind::Photo && is_unseen
}

/// A picture as pages show it. The only place where one is made.
pub(crate) fn picture_of(row: &PostPictureRow, cleared: Cleared) -> Picture {
    let pixels = |n: i64| u32::try_from(n).unwrap_or(0);
    Picture {
        id: cleared.media(),
        edition: row.edition(),
        width: pixels(row.width),
        height: pixels(row.height),
        widths: [pixels(row.width_small), pixels(row.width_medium), pixels(row.width_large)],
        alt: row.alt.clone(),
        film: (row.kind == MediaKind::Film).then(|| seconds(row.duration_ms)),
        subtitles: row.subtitles_at.is_some(),
    }
}

/// The length of a film as it is shown; none yet is none.
pub(crate) fn seconds(milliseconds: Option<i64>) -> u32 {
    u32::try_from((milliseconds.unwrap_or(0) + 500) / 1000).unwrap_or(0)
}

/// A document of a post.
pub(crate) fn document_of(row: &PostPictureRow) -> Document {
    let kind = row.file_name.rsplit('.').next().unwrap_or_default().to_uppercase();
    let size = match row.document_size.unwrap_or(0) {
        bytes if bytes < 1_000_000 => format!("{} kB", (bytes + 999) / 1000),
        bytes => format!("{} MB", (bytes + 500_000) / 1_000_000),
    };
    Document { id: row.media_id, name: row.file_name.clone(), about: format!("{kind}, {size}") }
}

/// Takes a picture out of a post, for good and at once.
pub async fn remove_picture(portal: &Portal, actor: &Actor, post: PostId, id: MediaId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (row, to) = lock_changeable(&mut write, actor, post).await?;
    if !write.remove_media(post, id, portal.clock.now()).await? {
        return Err(Error::not_found());
    }
    jobs::enqueue(&mut write, portal, &Job::EraseMedia, 0).await?;
    if row.state == PostState::Published {
        search::index_post(&mut write, post).await?;
        announce(&mut write, portal, &row, &to).await?;
    }
    write.commit().await?;
    Ok(())
}

/// Moves a picture one place towards the beginning.
pub async fn move_picture_up(portal: &Portal, actor: &Actor, post: PostId, id: MediaId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (row, to) = lock_changeable(&mut write, actor, post).await?;
    let mut order: Vec<MediaId> =
        write.list_post_pictures(&[post]).await?.iter().map(|picture| picture.media_id).collect();
    let place = order.iter().position(|media| *media == id).ok_or_else(Error::not_found)?;
    if place > 0 {
        order.swap(place - 1, place);
        put_in_order(&mut write, portal, &row, &to, &order).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Readers who have a published post open are told.
async fn put_in_order(
    write: &mut Write,
    portal: &Portal,
    row: &PostRow,
    to: &Addressees,
    order: &[MediaId],
) -> Result<()> {
    write.order_media(row.id, order).await?;
    if row.state == PostState::Published {
        announce(write, portal, row, to).await?;
    }
    Ok(())
}

/// Puts the pictures of a post in this order. Those that are not named follow the others, as they stood; ids of anything
/// else count for nothing.
pub async fn order_pictures(portal: &Portal, actor: &Actor, post: PostId, order: &[MediaId]) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (row, to) = lock_changeable(&mut write, actor, post).await?;
    let before: Vec<MediaId> =
        write.list_post_pictures(&[post]).await?.iter().map(|picture| picture.media_id).collect();
    let mut after: Vec<MediaId> = Vec::with_capacity(before.len());
    for id in order.iter().filter(|id| before.contains(id)).chain(&before) {
        if !after.contains(id) {
            after.push(*id);
        }
    }
    if after != before {
        put_in_order(&mut write, portal, &row, &to, &after).await?;
        write.commit().await?;
    }
    Ok(())
}

/// Says what is in a picture, for those who can't see it.
pub async fn describe_picture(portal: &Portal, actor: &Actor, post: PostId, id: MediaId, alt: &str) -> Result<()> {
    let mut checker = Checker::default();
    let alt = checker.optional_line("alt", alt, ALT_MAX);
    let mut write = portal.store.write().await?;
    lock_changeable(&mut write, actor, post).await?;
    let pictures = write.list_post_pictures(&[post]).await?;
    let picture = pictures.iter().find(|picture| picture.media_id == id).ok_or_else(Error::not_found)?;
    checker.finish()?;
    if picture.alt != alt {
        write.describe_media(id, &alt).await?;
        write.commit().await?;
    }
    Ok(())
}

/// One of the files that are made of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Of a photo, or the picture that stands for a film.
    Picture(Variant),
    Film,
    /// Of a film.
    Subtitles,
    Document,
}

impl Part {
    fn is_of(self, kind: MediaKind) -> bool {
        match self {
            Part::Picture(_) => kind != MediaKind::Document,
            Part::Film | Part::Subtitles => kind == MediaKind::Film,
            Part::Document => kind == MediaKind::Document,
        }
    }
}

impl FromStr for Part {
    type Err = ();

    fn from_str(word: &str) -> std::result::Result<Part, ()> {
        match word {
            "film" => Ok(Part::Film),
            "subtitles" => Ok(Part::Subtitles),
            "document" => Ok(Part::Document),
            word => word.parse().map(Part::Picture),
        }
    }
}

/// A file that the actor may have.
#[derive(Debug)]
pub struct MediaFile {
    portal: Portal,
    path: Path,
    /// Changes whenever the file would.
    pub etag: String,
    pub media_type: String,
    /// The name to keep it under: it is no part of a page.
    pub download: Option<String>,
}

impl MediaFile {
    /// In bytes.
    pub async fn size(&self) -> Result<u64> {
        Ok(self.portal.files.head(&self.path).await?.size)
    }

    /// The bytes, or these of them, and how many they are.
    pub async fn read(
        self,
        range: Option<Range<u64>>,
    ) -> Result<(u64, BoxStream<'static, object_store::Result<Bytes>>)> {
        let options = GetOptions { range: range.map(GetRange::Bounded), ..GetOptions::default() };
        let found = self.portal.files.get_opts(&self.path, options).await?;
        Ok((found.range.end - found.range.start, found.into_stream()))
    }
}

/// The scan of a paper form, to keep: whoever may have it has been decided.
pub(crate) fn scan_of(portal: &Portal, form: FormId, media_type: &str) -> MediaFile {
    let ending = if media_type == media::DocumentKind::Pdf.media_type() { "pdf" } else { "webp" };
    MediaFile {
        portal: portal.clone(),
        path: paper_form(form),
        etag: format!("\"{}\"", form.0.simple()),
        media_type: media_type.to_owned(),
        download: Some(format!("formulier-{}.{ending}", form.0.simple())),
    }
}

/// A part of what was uploaded, for those who may see it now: its author while it waits for publication, and the readers
/// of a published post it is in, through the gate.
///
/// Whoever is shown a child has seen it, and that is noted first.
pub async fn open_media(portal: &Portal, actor: &Actor, id: MediaId, part: Part) -> Result<MediaFile> {
    let mut read = portal.store.read().await?;
    let found = find_file(portal, &mut read, actor, id, part).await?;
    if found.is_seen {
        views::note(portal, read, actor, found.school, id).await?;
    }
    Ok(found.file)
}

/// A file that the actor may have, before anything is noted about it.
struct FoundFile {
    file: MediaFile,
    school: SchoolId,
    /// It is given to a reader: a draft is its author's alone.
    is_seen: bool,
}

async fn find_file(portal: &Portal, read: &mut Read, actor: &Actor, id: MediaId, part: Part) -> Result<FoundFile> {
    let uses = read.list_media_uses(id).await?;
    let (candidate, cleared) = clear(read, actor, id, &uses).await?.ok_or_else(Error::not_found)?;
    let row = read.find_media(id).await?.filter(|row| part.is_of(row.kind)).ok_or_else(Error::not_found)?;
    let edition = row.edition();
    let subtitles_at = row.subtitles_at;
    if part == Part::Subtitles && subtitles_at.is_none() {
        return Err(Error::not_found());
    }
    let (word, media_type) = match part {
        Part::Picture(variant) => (variant.as_str(), "image/webp".to_owned()),
        Part::Film => ("film", "video/mp4".to_owned()),
        Part::Subtitles => ("subtitles", media::FileKind::Subtitles.media_type().to_owned()),
        Part::Document => ("document", row.document_type.unwrap_or_else(|| "application/octet-stream".to_owned())),
    };
    let file = MediaFile {
        portal: portal.clone(),
        path: place(cleared.media(), edition, part),
        etag: match (part, subtitles_at) {
            (Part::Subtitles, Some(at)) => format!("\"{}-{word}-{at}\"", id.0.simple()),
            _ => format!("\"{}-{word}\"", edition.map_or(id.0, |edition| edition.0).simple()),
        },
        media_type,
        download: (part == Part::Document).then_some(row.file_name),
    };
    let is_seen = !matches!(candidate.placed, Placed::Waiting { .. });
    Ok(FoundFile { file, school: candidate.school, is_seen })
}

/// The same to keep outside of the portal: noted before the first byte.
pub async fn download_media(portal: &Portal, actor: &Actor, id: MediaId, part: Part) -> Result<MediaFile> {
    let mut read = portal.store.read().await?;
    let FoundFile { file, school, .. } = find_file(portal, &mut read, actor, id, part).await?;
    drop(read);
    let mut write = portal.store.write().await?;
    write.add_download(portal.clock.new_id(), school, id, actor.account(), portal.clock.now()).await?;
    write.commit().await?;
    Ok(file)
}

/// The gate's word on one picture, wherever it is used, and as what it is given.
async fn clear(
    read: &mut Read,
    actor: &Actor,
    id: MediaId,
    uses: &[store::MediaUseRow],
) -> Result<Option<(Candidate, Cleared)>> {
    let posts: Vec<PostId> = uses.iter().map(|row| row.post_id).collect();
    let to = Addressees::by_post(read, &posts).await?;
    let mut candidates = Vec::new();
    for used in uses.iter().filter(|used| used.state == MediaState::Ready) {
        let none = Addressees::default();
        let to = to.get(&used.post_id).unwrap_or(&none);
        let mut add = |placed| {
            candidates.push(Candidate {
                school: used.school_id,
                media: id,
                only_for: used.only_for_child.map(ChildId),
                audience: to.audience(known_groups(actor, used.school_id)),
                placed,
            });
        };
        match used.post_state {
            PostState::Published if !used.is_pending => {
                if may_read_now(actor, used, to) {
                    add(Placed::Published);
                }
                if to.may(actor, Action::ReviewPictures, used.school_id, used.author_id) {
                    add(Placed::UnderReview);
                }
            }
            PostState::Published | PostState::Draft => add(Placed::Waiting { author: used.author_id }),
            _ => {}
        }
    }
    let cleared = gate::pass(read, actor, &candidates).await?;
    Ok(candidates.into_iter().zip(cleared).find_map(|(candidate, cleared)| Some((candidate, cleared?))))
}

/// Whether the actor reads the post that a picture is in; one that has expired only if the actor may change it.
fn may_read_now(actor: &Actor, used: &store::MediaUseRow, to: &Addressees) -> bool {
    let is_shown = used.expires_at.is_none_or(|at| Time(at) > actor.asked_at())
        || to.may(actor, Action::ChangePost, used.school_id, used.author_id);
    is_shown && to.may_read(actor, used.school_id)
}

/// Puts a photo's files where [`open_media`] finds them. Answers their sizes.
pub async fn put_variants(
    portal: &Portal,
    id: MediaId,
    edition: Option<EditionId>,
    photo: &media::Photo,
) -> Result<MediaSizes> {
    let mut widths = [0; 3];
    let mut bytes = 0;
    for ((variant, made), width) in Variant::ALL.iter().zip(&photo.variants).zip(&mut widths) {
        *width = i64::from(made.width);
        bytes += made.bytes.len() as i64;
        portal.files.put(&place(id, edition, Part::Picture(*variant)), PutPayload::from(made.bytes.clone())).await?;
    }
    Ok(MediaSizes { width: i64::from(photo.width), height: i64::from(photo.height), widths, bytes })
}

/// Removes the files of deleted pictures.
pub(crate) async fn erase_deleted(portal: &Portal) -> Result<()> {
    loop {
        let deleted = portal.store.read().await?.list_media_to_erase(CHUNK as i64).await?;
        for id in &deleted {
            erase_files(portal, *id).await?;
            delete_file(portal, &incoming(*id)).await?;
        }
        let mut write = portal.store.write().await?;
        for id in &deleted {
            write.mark_media_erased(*id, portal.clock.now()).await?;
        }
        write.commit().await?;
        if deleted.len() < CHUNK {
            return Ok(());
        }
    }
}

/// Deletes pictures that are in no post, and leftovers of work that was cut off.
pub(crate) async fn sweep(portal: &Portal) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    write.delete_loose_media(now.plus(-LOOSE), now).await?;
    write.commit().await?;
    erase_deleted(portal).await?;
    let scratch = portal.scratch.clone();
    // A film is read from the same file, and in the same folder, for as long as the work on it may take.
    let seconds = 3_600 + portal.media_limits.film.max_work_seconds;
    tokio::task::spawn_blocking(move || sweep_scratch(&scratch, seconds)).await.map_err(Error::internal)?.map_err(disk)
}

/// How files and folders of the work begin: `media` makes them too.
pub(crate) const SCRATCH_PREFIX: &str = "photo-";
const FILM_PREFIX: &str = "film-";

/// Removes what has not been written to for `seconds`.
fn sweep_scratch(scratch: &std::path::Path, seconds: u64) -> std::io::Result<()> {
    for entry in std::fs::read_dir(scratch)? {
        let entry = entry?;
        let age = entry.metadata().and_then(|meta| meta.modified()).ok().and_then(|at| at.elapsed().ok());
        let is_old = age.is_some_and(|age| age.as_secs() > seconds);
        let name = entry.file_name().to_string_lossy().into_owned();
        // Another node may have been quicker.
        if is_old && name.starts_with(SCRATCH_PREFIX) {
            let _ = std::fs::remove_file(entry.path());
        } else if is_old && name.starts_with(FILM_PREFIX) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    Ok(())
}

/// Removes files that no picture or paper form has any more: what an interrupted upload or erasure has left.
pub(crate) async fn sweep_files(portal: &Portal) -> Result<()> {
    let old = portal.clock.now().plus(-QUARANTINED);
    let mut files = portal.files.list(Some(&Path::from(QUARANTINE)));
    while let Some(file) = files.next().await.transpose()? {
        if Found::at(file.location.clone()).is_some_and(|file| is_older(file.owner.0, old)) {
            delete_file(portal, &file.location).await?;
        }
    }
    for folder in [INCOMING, DERIVATIVES, FORMS] {
        let mut files = portal.files.list(Some(&Path::from(folder)));
        let mut found: Vec<Found> = Vec::new();
        loop {
            let next = files.next().await.transpose()?;
            let done = next.is_none();
            if let Some(file) = next.and_then(|file| Found::at(file.location))
                && is_older(file.edition.map_or(file.owner.0, |edition| edition.0), portal.clock.now().plus(-LOOSE))
            {
                found.push(file);
            }
            if done || found.len() >= CHUNK {
                remove_unowned(portal, folder, std::mem::take(&mut found)).await?;
            }
            if done {
                break;
            }
        }
    }
    Ok(())
}

async fn remove_unowned(portal: &Portal, folder: &str, files: Vec<Found>) -> Result<()> {
    let ids: Vec<MediaId> = files.iter().map(|file| file.owner).collect();
    let mut read = portal.store.read().await?;
    let kept = match folder {
        INCOMING => read.list_working_media(&ids).await?.into_iter().map(|id| (id, None)).collect(),
        FORMS => {
            let forms: Vec<FormId> = ids.iter().map(|id| FormId(id.0)).collect();
            read.list_kept_forms(&forms).await?.into_iter().map(|form| (MediaId(form.0), None)).collect()
        }
        _ => read.list_kept_media(&ids).await?,
    };
    drop(read);
    for Found { owner, edition, file } in files {
        if !kept.contains(&(owner, edition)) {
            tracing::info!(file = %file, "removed a file that belongs to nothing");
            delete_file(portal, &file).await?;
        }
    }
    Ok(())
}

/// A file in the media store, and whose it is by its name.
struct Found {
    owner: MediaId,
    edition: Option<EditionId>,
    file: Path,
}

impl Found {
    fn at(file: Path) -> Option<Found> {
        let mut parts = file.parts().skip(1);
        let owner = parts.next()?.as_ref().parse().ok()?;
        let edition = parts.next().and_then(|name| name.as_ref().split('.').next()?.parse().ok());
        Some(Found { owner, edition, file })
    }
}

const INCOMING: &str = "incoming";
const QUARANTINE: &str = "quarantine";
const FORMS: &str = "forms";
const DERIVATIVES: &str = "media";

/// Where an upload waits for the work on it.
pub(crate) fn incoming(id: MediaId) -> Path {
    Path::from(format!("{INCOMING}/{}", id.0.simple()))
}

/// Where a file lies in which a virus was found: for the operator to look at, and for nobody to open.
pub(crate) fn quarantined(id: MediaId) -> Path {
    Path::from(format!("{QUARANTINE}/{}", id.0.simple()))
}

/// Where the scan of a paper form lies.
pub(crate) fn paper_form(id: FormId) -> Path {
    Path::from(format!("{FORMS}/{}", id.0.simple()))
}

/// Where what was made of it is. Only photos have editions.
pub(crate) fn place(id: MediaId, edition: Option<EditionId>, part: Part) -> Path {
    let name = match (part, edition) {
        (Part::Picture(variant), None) => format!("{variant}.webp"),
        (Part::Picture(variant), Some(edition)) => format!("{}.{variant}.webp", edition.0.simple()),
        (Part::Film, _) => "film.mp4".to_owned(),
        (Part::Subtitles, _) => "subtitles.vtt".to_owned(),
        (Part::Document, _) => "document".to_owned(),
    };
    Path::from(format!("{DERIVATIVES}/{}/{name}", id.0.simple()))
}

/// Ids are made from the time.
pub(crate) fn is_older(id: Uuid, than: Time) -> bool {
    id.get_timestamp().is_some_and(|at| {
        let (seconds, _) = at.to_unix();
        i64::try_from(seconds).is_ok_and(|seconds| seconds.saturating_mul(Time::SECOND) < than.0)
    })
}

/// Removes all that was made of an upload, of whichever edition.
pub(crate) async fn erase_files(portal: &Portal, id: MediaId) -> Result<()> {
    let folder = Path::from(format!("{DERIVATIVES}/{}", id.0.simple()));
    let files: Vec<_> = portal.files.list(Some(&folder)).try_collect().await?;
    for file in files {
        delete_file(portal, &file.location).await?;
    }
    Ok(())
}

/// Removes the files of a photo that another edition has taken the place of.
pub(crate) async fn erase_edition(portal: &Portal, id: MediaId, edition: Option<EditionId>) -> Result<()> {
    for variant in Variant::ALL {
        delete_file(portal, &place(id, edition, Part::Picture(*variant))).await?;
    }
    Ok(())
}

pub(crate) async fn delete_file(portal: &Portal, file: &Path) -> Result<()> {
    match portal.files.delete(file).await {
        Ok(()) | Err(object_store::Error::NotFound { .. }) => Ok(()),
        Err(error) => Err(error.into()),
    }
}

pub(crate) fn bad_file(code: &str) -> Error {
    ApiError::field("file", Problem::File { code: code.to_owned() }).into()
}

pub(crate) fn disk(error: std::io::Error) -> Error {
    Error::internal(format_args!("work folder or media store: {error}"))
}

/// The last part of a file's name, without what could be mistaken for something else.
pub(crate) fn clean_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let strange = |c: char| {
        c.is_control()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    name.chars().filter(|c| !strange(*c)).take(NAME_MAX).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_made_harmless() {
        for (name, clean) in [
            ("IMG_1.jpg", "IMG_1.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\klas 5.heic", "klas 5.heic"),
            ("a\u{202E}gpj.exe\n", "agpj.exe"),
            ("", ""),
        ] {
            assert_eq!(clean_name(name), clean);
        }
        assert_eq!(clean_name(&"é".repeat(500)).chars().count(), NAME_MAX);
    }

    #[test]
    fn files_belong_to_the_picture_in_their_name() {
        let id = MediaId(Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001));
        let edition = EditionId(Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0002));
        let owner = |file: Path| Found::at(file).map(|found| (found.owner, found.edition));
        assert_eq!(owner(incoming(id)), Some((id, None)));
        for part in [Part::Picture(Variant::Small), Part::Film, Part::Document] {
            assert_eq!(owner(place(id, None, part)), Some((id, None)));
        }
        assert_eq!(owner(place(id, Some(edition), Part::Picture(Variant::Small))), Some((id, Some(edition))));
        assert_eq!(owner(Path::from("media/readme.txt")), None);
    }
}
