//! The options of a post, and what readers answered: for the pages of staff, and the poll.

use crate::{
    ids::{ChoiceId, PostId},
    time::Moment,
    words,
};
use serde::{Deserialize, Serialize};

/// Fewest and most choices of a poll.
pub const CHOICES_MIN: usize = 2;
pub const CHOICES_MAX: usize = 8;
/// Longest question of a poll, in characters.
pub const QUESTION_MAX: usize = 200;
/// Longest choice of a poll, in characters.
pub const CHOICE_MAX: usize = 100;
/// Longest reason for *urgent*, in characters.
pub const URGENT_REASON_MAX: usize = 200;

words! {
    /// Why a scheduled post was not published, and is a draft again.
    pub enum Held {
        /// The picture check is no longer settled, or a photo is not ready.
        Pictures = "pictures",
        /// Nobody is left for whom it is meant, or its times no longer fit.
        Audience = "audience",
        /// Its author may no longer post there.
        Rights = "rights",
    }
}

/// The options as they stand in the compose form. Moments are the values of `datetime-local` fields in the time zone of
/// the school (`2026-11-16T10:00`), empty for none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PostOptions {
    /// Ids of the children whose guardians alone the post is for.
    pub children: Vec<String>,
    pub publish_at: String,
    pub expires_at: String,
    pub pinned: bool,
    pub comments: bool,
    /// How `comments` was on the form that was opened: as long as nobody touches it, it follows the audience.
    pub comments_was: bool,
    pub urgent: bool,
    pub urgent_reason: String,
    pub confirm: bool,
    pub confirm_by: String,
    /// Empty: no poll.
    pub poll_question: String,
    /// Empty ones are left out.
    pub poll_choices: Vec<String>,
    pub poll_multiple: bool,
    pub poll_anonymous: bool,
    pub poll_closes_at: String,
}

impl PostOptions {
    /// Reads the fields of a form; `values` answers what was sent under a name.
    pub fn of_form(values: impl Fn(&str) -> Vec<String>) -> PostOptions {
        let text = |name: &str| values(name).into_iter().next().unwrap_or_default();
        let ticked = |name: &str| text(name) == "true";
        PostOptions {
            children: values("children"),
            publish_at: text("publish_at"),
            expires_at: text("expires_at"),
            pinned: ticked("pinned"),
            comments: ticked("comments"),
            comments_was: ticked("comments_was"),
            urgent: ticked("urgent"),
            urgent_reason: text("urgent_reason"),
            confirm: ticked("confirm"),
            confirm_by: text("confirm_by"),
            poll_question: text("poll_question"),
            poll_choices: values("poll_choices"),
            poll_multiple: ticked("poll_multiple"),
            poll_anonymous: ticked("poll_anonymous"),
            poll_closes_at: text("poll_closes_at"),
        }
    }
}

/// What the author sees before publishing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreviewedReach {
    /// It is said for whom it is.
    pub is_chosen: bool,
    /// Guardians who would get it now.
    pub guardians: u32,
    /// The busiest of the chosen groups, and the posts that it got in the past seven days.
    pub busiest: Option<(String, u32)>,
}

/// What staff sees of a post beside the post itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostForStaff {
    pub id: PostId,
    pub title: String,
    pub pinned: bool,
    pub can_pin: bool,
    pub expires: Option<Moment>,
    pub urgent_reason: Option<String>,
    /// What the post said before each change, the latest first.
    pub versions: Vec<PostVersion>,
}

/// What a post said until somebody changed it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PostVersion {
    pub title: String,
    pub body: crate::document::Document,
    pub changed_by: String,
    pub changed: Moment,
}

/// A poll, as its reader may see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollPage {
    pub post: PostId,
    pub title: String,
    pub question: String,
    pub is_multiple: bool,
    pub is_anonymous: bool,
    pub closes: Moment,
    pub is_closed: bool,
    pub can_vote: bool,
    pub has_voted: bool,
    pub choices: Vec<PollChoice>,
    /// Accounts that have voted; for those who see results.
    pub voters: Option<u32>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PollChoice {
    pub id: ChoiceId,
    pub text: String,
    /// The reader's own vote, where it is known.
    pub chosen: bool,
    /// For those who see results.
    pub votes: Option<u32>,
    /// Who chose it: for staff, and never of an anonymous poll.
    pub names: Vec<String>,
}
