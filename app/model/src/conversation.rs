//! Conversations about one child.

use crate::{
    document::safe_link,
    ids::{AccountId, ChildId, ConversationId, MessageId},
    roles::Capacity,
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// The reader's conversations, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationList {
    pub lines: Vec<ConversationLine>,
    /// Cursor of the next, older page; none at the end.
    pub older: Option<String>,
    pub can_start: bool,
    pub is_staff: bool,
}

/// A line of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationLine {
    pub id: ConversationId,
    /// The given name to a guardian, the whole name to staff.
    pub child: String,
    /// Of the child's group.
    pub hue: Option<u8>,
    pub subject: String,
    /// Who else takes part; first those on the other side of the table.
    pub with: Vec<String>,
    /// The beginning of the newest message, on one line.
    pub last: String,
    /// None when the reader wrote it.
    pub last_author: Option<String>,
    pub at: Moment,
    pub unread: u32,
}

/// A conversation with a page of its messages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConversationPage {
    pub id: ConversationId,
    /// The given name to a guardian, the whole name to staff.
    pub child: String,
    pub subject: String,
    /// Who else takes part now.
    pub with: Vec<Participant>,
    /// Oldest first.
    pub messages: Vec<MessageView>,
    /// Sequence number before which older messages exist.
    pub older: Option<i64>,
    /// These are the newest messages.
    pub is_newest: bool,
    /// Sequence number of the last message the reader had read on opening.
    pub read_to: i64,
    /// False when nobody is left on the other side.
    pub can_write: bool,
    /// For the next message of a form without JavaScript.
    pub next_message: MessageId,
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
    /// Plain text; line breaks count. Shown through [`paragraphs`].
    pub text: String,
    /// The day in words, for the line above the first message of a day.
    pub day: String,
    /// `short` is the time of day.
    pub at: Moment,
    /// For staff: guardians who have read it.
    pub read_by: Vec<String>,
}

/// What is needed to start a conversation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartPage {
    /// Becomes the conversation's id, so that a form sent twice starts one.
    pub id: ConversationId,
    /// Children the reader may start a conversation about: by group for staff.
    pub children: Vec<StartChild>,
    /// The child chosen; at once when there is only one.
    pub chosen: Option<StartChosen>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartChild {
    pub id: ChildId,
    pub name: String,
    pub group: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartChosen {
    pub child: StartChild,
    /// The reader would start it as this child's guardian: with the team, and nobody else.
    pub as_guardian: bool,
    /// For staff: the guardians to choose from. For a guardian: empty.
    pub guardians: Vec<StartGuardian>,
    /// Names of the staff team of the child's group, without the reader.
    pub team: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StartGuardian {
    pub account: AccountId,
    pub name: String,
}

/// A part of a line of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    Text(&'a str),
    /// An address that may stand in a link as it is.
    Link(&'a str),
}

/// A message's text as it is shown: paragraphs of lines of pieces. Addresses that [`safe_link`] accepts become links,
/// without the punctuation behind them.
pub fn paragraphs(text: &str) -> Vec<Vec<Vec<Piece<'_>>>> {
    let mut paragraphs = Vec::new();
    let mut lines = Vec::new();
    for line in text.lines() {
        if !line.trim().is_empty() {
            lines.push(pieces(line));
        } else if !lines.is_empty() {
            paragraphs.push(std::mem::take(&mut lines));
        }
    }
    if !lines.is_empty() {
        paragraphs.push(lines);
    }
    paragraphs
}

fn pieces(line: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    // Where the text begins that is in no piece yet.
    let mut start = 0;
    let mut at = 0;
    for word in line.split_inclusive(char::is_whitespace) {
        let begin = at + (word.len() - word.trim_start_matches(['(', '"', '\'', '<', '[']).len());
        at += word.len();
        let address =
            line[begin..at].trim_end().trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '"', '\'', '>', ']']);
        if safe_link(address).is_none() {
            continue;
        }
        if begin > start {
            pieces.push(Piece::Text(&line[start..begin]));
        }
        pieces.push(Piece::Link(address));
        start = begin + address.len();
    }
    if start < line.len() {
        pieces.push(Piece::Text(&line[start..]));
    }
    pieces
}

impl MessageId {
    /// An id for a message that a browser is about to send, of 16 random bytes.
    pub fn from_random(bytes: [u8; 16]) -> MessageId {
        MessageId(uuid::Builder::from_random_bytes(bytes).into_uuid())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Piece::{Link, Text};

    #[test]
    fn line_breaks_make_paragraphs_and_lines() {
        assert_eq!(
            paragraphs("Dag,\nalles goed?\n\n \n\u{1F407} مرحبا"),
            [vec![vec![Text("Dag,")], vec![Text("alles goed?")]], vec![vec![Text("\u{1F407} مرحبا")]]]
        );
        assert!(paragraphs("").is_empty());
    }

    #[test]
    fn addresses_become_links_and_nothing_else_does() {
        assert_eq!(
            pieces("Zie (https://school.example/a?b=1), of mailto:a@b.example."),
            [
                Text("Zie ("),
                Link("https://school.example/a?b=1"),
                Text("), of "),
                Link("mailto:a@b.example"),
                Text("."),
            ]
        );
        for plain in ["javascript:alert(1)", "let op: dit", "https://", "<b>x</b>", "http://user@x.example", "a  b "] {
            assert_eq!(pieces(plain), [Text(plain)], "{plain}");
        }
    }
}
