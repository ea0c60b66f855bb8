//! Who has seen the pictures of a child.

use crate::{
    consent::NamedChild,
    ids::{MediaId, PostId},
    media::Picture,
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// Pictures on one page.
pub const SEEN_PAGE: usize = 20;

/// Pictures in which a child is known to be, newest first, and who has seen each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenPage {
    pub child: NamedChild,
    /// For a guardian; else for the school.
    pub is_guardians: bool,
    /// For how many days it is kept.
    pub kept_days: u32,
    pub pictures: Vec<SeenPicture>,
    /// The last of them, where there are older ones.
    pub older: Option<MediaId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SeenPicture {
    pub id: MediaId,
    /// The day on which it came into the portal.
    pub day: String,
    /// None if the reader may not see it (any more).
    pub shown: Option<ShownAt>,
    /// By the last time, newest first.
    pub viewers: Vec<PictureViewer>,
}

/// A picture, and where it stands: its post, and its place there from 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShownAt {
    pub picture: Picture,
    pub post: PostId,
    pub place: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PictureViewer {
    pub name: String,
    pub is_staff: bool,
    /// The last time on which it was seen.
    pub seen: Option<Moment>,
    /// On how many days.
    pub days: u32,
    /// The last time on which it was taken out.
    pub downloaded: Option<Moment>,
    pub downloads: u32,
}
