//! Pictures as pages know them.

use crate::check::Checker;
use crate::error::ApiError;
use crate::ids::{ChildId, EditionId, MediaId};
use crate::words;
use serde::{Deserialize, Serialize};

words! {
    /// How far the work on an uploaded file is.
    pub enum MediaState {
        Working = "working",
        Ready = "ready",
        Failed = "failed",
    }
}

words! {
    /// What an uploaded file is.
    pub enum MediaKind {
        Photo = "photo",
        /// Shown with a picture from it, which stands for it wherever only pictures can.
        Film = "film",
        /// Passed on as it is; no picture of anybody, as far as the portal knows.
        Document = "document",
    }
}

words! {
    /// A size of a picture; the last part of `/media/{id}/{variant}`.
    pub enum Variant {
        Small = "small",
        Medium = "medium",
        Large = "large",
    }
}

/// A picture that the reader may see, with its size so that its place is reserved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    pub id: MediaId,
    /// Set once it was turned or cropped: an address of its own, so that no page shows what it was before.
    pub edition: Option<EditionId>,
    /// Which of the 27 colours stands in its place until it arrives.
    pub tone: Option<u8>,
    /// Pixels of the upright picture.
    pub width: u32,
    pub height: u32,
    /// Widths of the small, medium and large files.
    pub widths: [u32; 3],
    /// What is in it, for those who can't see it.
    pub alt: String,
    /// What stands under it.
    pub caption: String,
    /// Seconds of the film whose picture this is; a photo has none.
    pub film: Option<u32>,
    /// The film has subtitles.
    pub subtitles: bool,
}

impl Picture {
    pub fn url(&self, variant: Variant) -> String {
        match self.edition {
            None => format!("/media/{}/{variant}", self.id),
            Some(edition) => format!("/media/{}/{variant}?edition={edition}", self.id),
        }
    }

    /// Where the subtitles of the film are.
    pub fn subtitles_url(&self) -> Option<String> {
        self.subtitles.then(|| format!("/media/{}/subtitles", self.id))
    }

    /// Where the film itself is.
    pub fn film_url(&self) -> String {
        format!("/media/{}/film", self.id)
    }

    /// The `srcset` of an `<img>`.
    pub fn srcset(&self) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut last = 0;
        for (variant, width) in Variant::ALL.iter().zip(self.widths) {
            if width > last {
                parts.push(format!("{} {width}w", self.url(*variant)));
                last = width;
            }
        }
        parts.join(", ")
    }
}

/// A document that the reader may have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub id: MediaId,
    pub name: String,
    /// Kind and size, such as `PDF, 84 kB`.
    pub about: String,
}

/// A picture, film or document in the tray of somebody who composes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TrayPicture {
    pub id: MediaId,
    pub kind: MediaKind,
    pub file_name: String,
    pub state: MediaState,
    /// `media`'s error code when it failed.
    pub error: Option<String>,
    /// Set when ready, but for a document.
    pub picture: Option<Picture>,
    /// Who wrote a document, by its own data.
    pub author: Option<String>,
    /// Children marked as in this picture.
    pub tagged: Vec<ChildId>,
    /// Shown to this child's guardians and staff only.
    pub only_for: Option<ChildId>,
    /// A photo that nobody else has seen yet: it may be turned and cropped.
    pub can_edit: bool,
}

/// What is to be left of a photo, as typed: in per mille of its width and height.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Crop {
    pub left: String,
    pub top: String,
    pub width: String,
    pub height: String,
}

impl Crop {
    /// The whole of a side.
    pub const WHOLE: u32 = 1000;
    /// Its fields, in forms and in problems.
    pub const FIELDS: [&'static str; 4] = ["left", "top", "width", "height"];

    /// Of the fields of a form.
    pub fn of_form(value: impl Fn(&str) -> String) -> Crop {
        let [left, top, width, height] = Crop::FIELDS.map(value);
        Crop { left, top, width, height }
    }

    /// The numbers, in the order of the fields: a region inside of the picture.
    pub fn read(&self) -> Result<[u32; 4], ApiError> {
        let mut checker = Checker::default();
        let [left_name, top_name, width_name, height_name] = Crop::FIELDS;
        let left = checker.number(left_name, &self.left, 0, Crop::WHOLE - 1);
        let top = checker.number(top_name, &self.top, 0, Crop::WHOLE - 1);
        let width = checker.number(width_name, &self.width, 1, Crop::WHOLE.saturating_sub(left).max(1));
        let height = checker.number(height_name, &self.height, 1, Crop::WHOLE.saturating_sub(top).max(1));
        checker.finish()?;
        Ok([left, top, width, height])
    }
}

/// The answer to an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    pub id: MediaId,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Problem;

    fn read(numbers: [&str; 4]) -> Result<[u32; 4], ApiError> {
        let [left, top, width, height] = numbers.map(str::to_owned);
        Crop { left, top, width, height }.read()
    }

    #[test]
    fn crops_are_inside_of_the_picture() {
        assert_eq!(read(["0", "0", "1000", "1000"]), Ok([0, 0, 1000, 1000]));
        assert_eq!(read([" 250", "500", "750", "1"]), Ok([250, 500, 750, 1]));
        for (numbers, field, problem) in [
            (["", "0", "9", "9"], "left", Problem::Required),
            (["-1", "0", "9", "9"], "left", Problem::OutOfRange { min: 0, max: 999 }),
            (["0", "1000", "9", "9"], "top", Problem::OutOfRange { min: 0, max: 999 }),
            (["300", "0", "701", "9"], "width", Problem::OutOfRange { min: 1, max: 700 }),
            (["0", "0", "9", "0"], "height", Problem::OutOfRange { min: 1, max: 1000 }),
            (["0", "0", "veel", "9"], "width", Problem::OutOfRange { min: 1, max: 1000 }),
        ] {
            let error = read(numbers).expect_err("not inside");
            assert_eq!(error.problem_of(field), Some(&problem), "{numbers:?}");
        }
    }

    #[test]
    fn another_edition_has_another_address() {
        let id = MediaId(uuid::Uuid::from_u128(1));
        let edition = Some(EditionId(uuid::Uuid::from_u128(2)));
        let picture = Picture {
            id,
            edition,
            tone: None,
            width: 9,
            height: 9,
            widths: [9, 9, 9],
            alt: String::new(),
            caption: String::new(),
            film: None,
            subtitles: false,
        };
        assert_eq!(
            picture.url(Variant::Large),
            format!("/media/{id}/large?edition=00000000-0000-0000-0000-000000000002")
        );
        assert_eq!(Picture { edition: None, ..picture }.url(Variant::Large), format!("/media/{id}/large"));
    }
}
