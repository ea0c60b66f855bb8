//! What the event stream tells an open page: that something changed, never what it says.

use crate::ids::{ConversationId, MediaId, PostId};
use serde::{Deserialize, Serialize};

/// One event of `/live`. The page fetches the content through the policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LiveEvent {
    /// A message was sent in a conversation the reader takes part in, or somebody read it.
    Conversation { id: ConversationId },
    /// A post was published, changed or taken away in a group of the reader.
    Post { id: PostId },
    /// Something was said under a post that the reader may read, or taken back.
    Comments { post: PostId },
    /// A scheduled post of the reader's own was published, or could not be.
    Draft { id: PostId },
    /// The work on one of the reader's own uploads is done, or failed.
    Media { id: MediaId },
    /// Pictures may have been hidden: show nothing that was fetched before.
    Pictures,
    /// Counts in the page header changed.
    Counts,
    /// The stream can't tell everything since the last event: fetch again what is shown.
    Resync,
    /// The session has ended.
    SignedOut,
}
