//! Comments on posts.

use crate::{ids::CommentId, roles::Capacity, time::Moment};
use serde::{Deserialize, Serialize};

/// Comments under a post: the newest threads, or those before a cursor.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CommentsPage {
    /// Oldest first.
    pub threads: Vec<Thread>,
    /// All comments under the post that have not been taken away.
    pub count: u32,
    /// Cursor of the threads before these; none if there are none.
    pub earlier: Option<String>,
    /// For the reader's next comment, so that one sent twice stands there once; none if the reader may not comment.
    pub next: Option<CommentId>,
}

/// A comment and what was answered to it, oldest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Thread {
    pub comment: Comment,
    pub replies: Vec<Comment>,
    /// For the reader's answer; none if the reader may not give one.
    pub next: Option<CommentId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Comment {
    pub id: CommentId,
    /// Empty where no text stands.
    pub author: String,
    pub capacity: Capacity,
    pub at: Moment,
    pub is_own: bool,
    pub said: Said,
}

/// What stands in a comment's place.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Text {
        /// Plain text; line breaks count. Shown through [`crate::conversation::paragraphs`].
        text: String,
        is_edited: bool,
        /// The reader wrote it so short ago that it can still be changed.
        can_edit: bool,
        /// The reader may take away what somebody else wrote.
        can_remove: bool,
    },
    /// The author took it back.
    TakenBack,
    /// Staff took it away; the reason is for the author and for those who may do so.
    Removed { reason: Option<String> },
}

impl CommentId {
    /// An id for a comment that a browser is about to send, of 16 random bytes.
    pub fn from_random(bytes: [u8; 16]) -> CommentId {
        CommentId(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }
}
