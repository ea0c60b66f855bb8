//! Any file that comes in: what it is, and what is made of it.

use crate::document::{self, Document, DocumentKind};
use crate::film::{self, Film, FilmKind, FilmLimits};
use crate::photo::{Photo, make_photo};
use crate::sniff::{Kind, SNIFF_BYTES, sniff, sniff_film};
use crate::subtitles;
use crate::{Limits, PhotoError};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};
use std::path::Path;

/// What a file is, by its content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FileKind {
    Photo(Kind),
    Film(FilmKind),
    Document(DocumentKind),
    /// Of a film.
    Subtitles,
}

impl FileKind {
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Photo(kind) => kind.media_type(),
            Self::Film(kind) => kind.media_type(),
            Self::Document(kind) => kind.media_type(),
            Self::Subtitles => "text/vtt; charset=utf-8",
        }
    }
}

/// What the work on one file may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MediaLimits {
    pub photo: Limits,
    pub film: FilmLimits,
    /// Size of a document.
    pub document_bytes: u64,
}

impl Default for MediaLimits {
    fn default() -> Self {
        Self { photo: Limits::default(), film: FilmLimits::default(), document_bytes: 25_000_000 }
    }
}

impl MediaLimits {
    /// Bytes of the largest file of any kind.
    pub fn largest(&self) -> u64 {
        self.photo.max_bytes.max(self.film.max_bytes).max(self.document_bytes)
    }

    /// Bytes that a file may have which begins with `head`: what is too large can be refused while it still comes in.
    pub fn max_bytes(&self, head: &[u8]) -> u64 {
        if sniff(head).is_ok() {
            self.photo.max_bytes
        } else if sniff_film(head).is_some() {
            self.film.max_bytes
        } else {
            self.document_bytes
        }
    }
}

/// A file that can be worked on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    pub kind: FileKind,
    /// Who wrote a document, by its own data.
    pub author: Option<String>,
}

/// Says what a file is, before any work on it. Documents are looked through; of photos and films only the beginning is
/// read. `name` is what the file is called: plain text has no other mark.
///
/// # Errors
/// See [`PhotoError`].
pub fn inspect(file: &mut File, name: &str, limits: &MediaLimits) -> Result<Found, PhotoError> {
    file.seek(SeekFrom::Start(0))?;
    let mut head = Vec::with_capacity(SNIFF_BYTES);
    file.take(SNIFF_BYTES as u64).read_to_end(&mut head)?;
    let bytes = file.metadata()?.len();
    let within = |limit| if bytes > limit { Err(PhotoError::TooManyBytes { bytes, limit }) } else { Ok(()) };
    let refused = match sniff(&head) {
        Ok(kind) => {
            within(limits.photo.max_bytes)?;
            return Ok(Found { kind: FileKind::Photo(kind), author: None });
        }
        Err(PhotoError::Empty) => return Err(PhotoError::Empty),
        Err(refused) => refused,
    };
    if let Some(kind) = sniff_film(&head) {
        within(limits.film.max_bytes)?;
        return Ok(Found { kind: FileKind::Film(kind), author: None });
    }
    if subtitles::is_one(&head, name) {
        within(subtitles::BYTES_MAX)?;
        return Ok(Found { kind: FileKind::Subtitles, author: None });
    }
    match document::inspect(file, &head, name, limits.document_bytes) {
        Ok(Document { kind, author }) => Ok(Found { kind: FileKind::Document(kind), author }),
        // Nothing is known of it: what it looked like at first sight says more.
        Err(PhotoError::NotAPicture { found: None }) => Err(refused),
        Err(error) => Err(error),
    }
}

/// What was made of a file.
#[derive(Debug)]
pub enum Made {
    Photo(Photo),
    Film(Film),
    /// Kept as it is.
    Document(Document),
    /// As WebVTT.
    Subtitles(String),
}

/// Does the work on the file at `path`. Blocks: for seconds, with films for minutes, which end early when `stopped` says
/// that nobody wants them any more. Temporary files are in `scratch` and gone with what is answered.
///
/// # Errors
/// See [`PhotoError`]; `Io` (interrupted) when it was stopped.
pub fn make(
    path: &Path,
    name: &str,
    scratch: &Path,
    limits: &MediaLimits,
    stopped: &dyn Fn() -> bool,
) -> Result<Made, PhotoError> {
    let mut file = File::open(path)?;
    let Found { kind, author } = inspect(&mut file, name, limits)?;
    match kind {
        FileKind::Photo(_) => make_photo(path, &limits.photo).map(Made::Photo),
        FileKind::Film(kind) => {
            film::make_film(kind, path, scratch, &limits.film, &limits.photo, stopped).map(Made::Film)
        }
        FileKind::Document(kind) => Ok(Made::Document(Document { kind, author })),
        FileKind::Subtitles => {
            let mut bytes = Vec::new();
            file.seek(SeekFrom::Start(0))?;
            file.take(subtitles::BYTES_MAX).read_to_end(&mut bytes)?;
            subtitles::read_subtitles(&bytes).map(Made::Subtitles)
        }
    }
}
