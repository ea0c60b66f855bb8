//! What a picture file holds besides its picture.

use crate::sniff::{Kind, sniff};
use crate::{gif, heif, jpeg, png, webp_file};

/// Something in a picture file that is not the picture people see. None of it reaches a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stripped {
    /// Camera, time, settings.
    Exif,
    /// A position, or the place for one.
    Gps,
    Xmp,
    /// Photoshop's block with press data (IPTC).
    Iptc,
    /// An ICC profile. The colours are converted, not lost.
    ColourProfile,
    /// A small copy inside EXIF or the container; may show what was later cut away.
    Thumbnail,
    /// Another picture: depth map, gain map, original before editing.
    SecondPicture,
    /// The film of a motion photo.
    Film,
    /// Frames behind the first of an animation.
    Frames,
    /// Free text.
    Comment,
    /// Private segments, or data behind the end of the picture.
    Other,
}

impl Stripped {
    /// A stable name for storing and translating.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exif => "exif",
            Self::Gps => "gps",
            Self::Xmp => "xmp",
            Self::Iptc => "iptc",
            Self::ColourProfile => "colour-profile",
            Self::Thumbnail => "thumbnail",
            Self::SecondPicture => "second-picture",
            Self::Film => "film",
            Self::Frames => "frames",
            Self::Comment => "comment",
            Self::Other => "other",
        }
    }
}

/// What `bytes`, a whole picture file, hides; sorted, each at most once. Empty for files that are not pictures, and for
/// everything this crate writes.
pub fn hidden_data(bytes: &[u8]) -> Vec<Stripped> {
    let mut hidden = match sniff(bytes) {
        Ok(Kind::Jpeg) => jpeg::Jpeg::walk(bytes).map(|jpeg| jpeg.hidden).unwrap_or_default(),
        Ok(Kind::Png) => png::hidden_data(bytes),
        Ok(Kind::WebP) => webp_file::WebP::walk(bytes).hidden,
        Ok(Kind::Gif) => gif::hidden_data(bytes),
        Ok(Kind::Avif | Kind::Heic) => heif::Heif::walk(bytes).map(|heif| heif.hidden).unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    hidden.sort_unstable();
    hidden.dedup();
    hidden
}
