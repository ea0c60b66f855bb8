//! Conversations about one child.

use crate::{
    ids::{AccountId, ChildId, ConversationId, MessageId},
    roles::Capacity,
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationLine {
    pub id: ConversationId,
    pub child: String,
    pub subject: String,
    /// Who takes part, as the reader may know them.
    pub with: Vec<String>,
    pub last: String,
    pub last_author: String,
    pub at: Moment,
    pub unread: u32,
}

/// A conversation with its newest messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    pub id: ConversationId,
    pub child: String,
    pub subject: String,
    pub with: Vec<Participant>,
    /// Oldest first.
    pub messages: Vec<MessageView>,
    /// Sequence number before which older messages exist.
    pub older: Option<i64>,
    /// Sequence number of the last message the reader had read on opening.
    pub read_to: i64,
    pub can_write: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participant {
    pub name: String,
    pub capacity: Capacity,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MessageView {
    pub id: MessageId,
    /// 1, 2, 3 … within the conversation.
    pub seq: i64,
    pub author: String,
    pub capacity: Capacity,
    pub is_own: bool,
    /// Plain text; line breaks count.
    pub text: String,
    pub at: Moment,
    /// For staff: guardians who have read it.
    pub read_by: Vec<String>,
}

/// What is needed to start a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartPage {
    pub children: Vec<StartChild>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartChild {
    pub id: ChildId,
    pub name: String,
    pub group: Option<String>,
    /// For staff: the guardians to choose from. For a guardian: empty, the group's team takes part.
    pub guardians: Vec<StartGuardian>,
    /// Names of the staff team of the child's group.
    pub team: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartGuardian {
    pub account: AccountId,
    pub name: String,
}
