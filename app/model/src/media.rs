//! Pictures as pages know them.

use crate::ids::{ChildId, MediaId};
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
    /// Pixels of the upright picture.
    pub width: u32,
    pub height: u32,
    /// Widths of the small, medium and large files.
    pub widths: [u32; 3],
    pub alt: String,
    /// Seconds of the film whose picture this is; a photo has none.
    pub film: Option<u32>,
}

impl Picture {
    pub fn url(&self, variant: Variant) -> String {
        format!("/media/{}/{variant}", self.id)
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
}

/// The answer to an upload.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Uploaded {
    pub id: MediaId,
}
