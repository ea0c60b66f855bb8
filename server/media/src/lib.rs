//! Turns an untrusted photo file into derivatives that are safe to publish.
//!
//! The crate owns three promises about every [`Photo`] it returns:
//!
//! 1. **Nothing hidden.** Each variant is encoded anew from pixels alone: no EXIF, GPS, XMP, profile, thumbnail,
//!    second picture or film of the source survives. [`hidden_data`] is the check.
//! 2. **Upright sRGB.** Orientation is applied exactly once, colours are converted to sRGB, transparency is laid on
//!    white.
//! 3. **Bounded work.** Size, pixels, side and memory are judged from the header, before anything is decoded; formats
//!    whose decoders are written in C run in a limited child process.
//!
//! It knows of no database, no HTTP and no user. Everything here blocks: callers run it on a blocking thread and bound
//! how many run at once (one per core; a 12-megapixel JPEG takes less than 100 MB).

#![cfg_attr(test, allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test"))]

mod child;
mod colour;
mod decode;
mod doctor;
mod encode;
mod error;
mod exif;
mod gif;
mod heif;
mod hidden;
mod jpeg;
mod limits;
mod orient;
mod photo;
mod placeholder;
mod png;
mod resize;
mod sniff;
mod webp_file;

pub use doctor::{Tool, doctor};
pub use error::PhotoError;
pub use hidden::{Stripped, hidden_data};
pub use limits::Limits;
pub use photo::{Photo, Size, UnknownSize, Variant, make_photo};
pub use sniff::{Kind, SNIFF_BYTES, sniff};
