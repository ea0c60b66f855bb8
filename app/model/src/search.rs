//! Search over posts, comments and names of pictures.

use crate::{account::GroupChip, ids::PostId, time::Moment, words};
use serde::{Deserialize, Serialize};

/// Longest search, in characters.
pub const QUERY_MAX: usize = 200;
/// Hits on one page.
pub const SEARCH_PAGE: usize = 20;

words! {
    /// What was found.
    pub enum HitKind {
        /// In its title or text.
        Post = "post",
        Comment = "comment",
        /// By the name of its file; for staff only.
        Picture = "picture",
        /// By its name.
        Document = "document",
    }
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SearchPage {
    /// False when there was no word to look for.
    pub has_words: bool,
    /// Best first.
    pub hits: Vec<Hit>,
    /// Number of the next page; none at the end.
    pub next: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    pub kind: HitKind,
    pub post: PostId,
    /// Where on the post's page it stands; empty for the post itself.
    pub anchor: String,
    /// Of the post.
    pub title: Vec<Mark>,
    /// The words around what was found; empty where the title says it all.
    pub snippet: Vec<Mark>,
    pub groups: Vec<GroupChip>,
    pub published: Moment,
}

/// A piece of text, and whether it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub text: String,
    pub is_match: bool,
}
