//! Where files lie in the media store, and how they get there and away.

use crate::{Portal, Result};
use futures::TryStreamExt as _;
use model::{
    EditionId, FormId, MediaId,
    media::{MediaKind, Variant},
};
use object_store::{ObjectStore as _, ObjectStoreExt as _, PutPayload, path::Path};
use std::str::FromStr;
use store::MediaSizes;

pub(super) const INCOMING: &str = "incoming";
pub(super) const QUARANTINE: &str = "quarantine";
pub(super) const FORMS: &str = "forms";
pub(super) const DERIVATIVES: &str = "media";

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
    pub(super) fn is_of(self, kind: MediaKind) -> bool {
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

/// Puts a photo's files where [`super::open_media`] finds them. Answers their sizes.
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
