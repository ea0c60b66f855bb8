//! Files for those who may have them, asked at the gate each time.

use super::places::{Part, paper_form, place};
use crate::{
    Actor, Error, Portal, Result,
    gate::{self, Candidate, Cleared, Placed},
    policy::Action,
    posts::{Addressees, known_groups},
    views,
};
use bytes::Bytes;
use futures::stream::BoxStream;
use model::{ChildId, FormId, MediaId, PostId, SchoolId, Time, feed::PostState, media::MediaState};
use object_store::{GetOptions, GetRange, ObjectStore as _, ObjectStoreExt as _, path::Path};
use std::ops::Range;
use store::Read;

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
