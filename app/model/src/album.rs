//! Albums: the pictures of a group or of a child, post by post.

use crate::{
    ids::{ChildId, GroupId, PostId},
    media::Picture,
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// Posts on one page of an album.
pub const ALBUM_PAGE: usize = 12;

/// Whose album.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AlbumOf {
    Group(GroupId),
    /// A child of the reader.
    Child(ChildId),
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumPage {
    /// Of the group, or the child's given name.
    pub name: String,
    /// Newest first.
    pub posts: Vec<AlbumPost>,
    /// Cursor of the next, older page; none at the end.
    pub older: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlbumPost {
    pub id: PostId,
    pub title: String,
    pub published: Moment,
    /// Those that belong to the album and that the reader may see, each with its place among the post's, from 1.
    pub pictures: Vec<(u32, Picture)>,
}
