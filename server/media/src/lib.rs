//! Turns an untrusted file into what is safe to publish: a photo into pictures, a film into one that every browser plays,
//! a document into itself, once it was looked through.
//!
//! The crate owns three promises about every [`Photo`] it returns, and every [`Film`]:
//!
//! 1. **Nothing hidden.** Each variant is encoded anew from pixels (and sound) alone: no EXIF, GPS, XMP, profile,
//!    thumbnail, second picture or film, chapter or data track of the source survives. [`hidden_data`] is the check.
//! 2. **Upright sRGB.** Orientation is applied exactly once, colours are converted to sRGB, transparency is laid on
//!    white.
//! 3. **Bounded work.** Size, pixels, side and memory are judged from the header, before anything is decoded; formats
//!    whose decoders are written in C run in a limited child process.
//!
//! A [`Document`] is what it says it is, holds no program and no lock and fetches nothing; what its author's machine wrote
//! into it is named.
//!
//! It knows of no database, no HTTP and no user. Everything here blocks: callers run it on a blocking thread and bound
//! how many run at once (one per core; a 12-megapixel JPEG takes less than 100 MB).

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test"))]

mod child;
mod colour;
mod decode;
mod doctor;
mod document;
mod edit;
mod encode;
mod error;
mod exif;
mod external;
mod file;
mod film;
mod gif;
mod heif;
mod hidden;
mod jpeg;
mod limits;
mod office;
mod orient;
mod pdf;
mod photo;
mod placeholder;
mod png;
mod probe;
mod resize;
mod sniff;
mod subtitles;
mod webp_file;
mod xml;
mod zip;

pub use doctor::{Tool, doctor};
pub use document::{Document, DocumentKind};
pub use edit::{Edit, Region};
pub use error::PhotoError;
pub use file::{FileKind, Found, Made, MediaLimits, inspect, make};
pub use film::{Film, FilmKind, FilmLimits};
pub use hidden::{Stripped, hidden_data};
pub use limits::Limits;
pub use photo::{Photo, Size, UnknownSize, Variant, edit_photo, make_photo};
pub use placeholder::tone;
pub use sniff::{Kind, SNIFF_BYTES, sniff, sniff_film};
pub use subtitles::{is_name_of_subtitles, read_subtitles};
