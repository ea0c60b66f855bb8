//! Image preferences.

use crate::{
    ids::{AnswerId, ChildId, FormId, GroupId, PurposeId, SchoolId},
    time::Moment,
    words,
};
use serde::{Deserialize, Serialize};

words! {
    /// What all answers of a child's guardians come to, for one purpose.
    pub enum Effective {
        Yes = "yes",
        No = "no",
        /// Nobody has answered this version of the purpose; counts as no.
        Unset = "unset",
    }
}

words! {
    /// On which ground the school uses the data.
    pub enum LegalBasis {
        /// Needs an answer.
        Consent = "consent",
        /// Another ground of the law: shown as information, nothing to answer.
        Information = "information",
    }
}

words! {
    /// How an answer reached the school.
    pub enum AnsweredBy {
        Guardian = "self",
        /// A paper form, recorded by the office.
        PaperForm = "paper",
        /// A paper form of the pupil, who decides from 16 years on; recorded by the office.
        Pupil = "pupil",
    }
}

/// Purposes that the portal itself acts on.
pub mod purpose {
    /// In this portal, in the child's group.
    pub const PORTAL_GROUP: &str = "portal_group";
    /// In this portal, for the whole school.
    pub const PORTAL_SCHOOL: &str = "portal_school";
}

/// One child's preferences as one of its guardians sees them.
///
/// Another guardian's answer is never in it: where it decides, only the effective answer tells.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildPreferences {
    pub child: ChildId,
    pub name: String,
    /// The reader may answer; from 16 years on the pupil does.
    pub can_answer: bool,
    /// *Yes* needs everybody with custody.
    pub all_must_agree: bool,
    /// What the reader has just answered.
    pub answered: Option<OwnRecord>,
    /// The next of the reader's other children about whom something is open.
    pub next: Option<NamedChild>,
    pub rows: Vec<PreferenceRow>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedChild {
    pub id: ChildId,
    pub name: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PreferenceRow {
    /// The current version of the purpose.
    pub purpose: PurposeId,
    pub title: String,
    pub text: String,
    pub basis: LegalBasis,
    /// The reader's own latest answer to this version.
    pub own: Option<OwnAnswer>,
    pub effective: Effective,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnAnswer {
    pub yes: bool,
    pub at: Moment,
    pub how: AnsweredBy,
}

/// An answer of the reader's own as it stands on record, with what was asked and what it brought about.
///
/// Nothing in it counts the answers of others: its id says when it was given, and not which one about the child it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnRecord {
    pub id: AnswerId,
    pub purpose: PurposeId,
    /// Title and text of the version that was answered.
    pub title: String,
    pub text: String,
    /// The day since which the school has asked it in these words.
    pub asked_since: String,
    /// The school asks it in these words now.
    pub is_current: bool,
    pub yes: bool,
    pub at: Moment,
    pub how: AnsweredBy,
    /// The paper form that it came on.
    pub form: Option<FormId>,
    /// Pictures hidden by it.
    pub hidden: u32,
    /// Pictures that staff were given to look through because of it.
    pub to_review: u32,
}

/// What a guardian has answered about a child, newest first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnHistory {
    pub child: NamedChild,
    pub answers: Vec<OwnRecord>,
    /// The last of them, where there are older ones.
    pub older: Option<AnswerId>,
}

/// The receipt of one answer, to keep or print.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReceiptPage {
    pub school: String,
    pub child: NamedChild,
    /// Who answered: the reader.
    pub by: String,
    pub answer: OwnRecord,
}

/// What an answer brought about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The answer on record.
    pub answer: AnswerId,
    pub effective: Effective,
    /// Pictures hidden by this answer.
    pub hidden: u32,
    /// Pictures that staff look through because of it.
    pub to_review: u32,
}

/// A group's list for staff: who may be pictured.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPreferences {
    pub id: GroupId,
    pub group: String,
    pub school: String,
    /// The moment at which this holds.
    pub at: Moment,
    /// Titles of the purposes, in the order of `answers`.
    pub purposes: Vec<String>,
    pub children: Vec<GroupPreferenceRow>,
    /// None: never printed.
    pub printed: Option<PrintedList>,
    /// The school of which the reader may see the lists of all groups.
    pub whole_school: Option<SchoolId>,
}

/// The list as it was printed last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrintedList {
    pub at: Moment,
    /// Who printed it.
    pub by: String,
    /// Answers that are not what the paper says.
    pub changes: u32,
    /// Children on the paper that are in the group no more.
    pub gone: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPreferenceRow {
    pub child: ChildId,
    pub name: String,
    pub answers: Vec<Effective>,
    /// For each answer, whether it is another one than on the paper that was printed last.
    pub is_changed: Vec<bool>,
}
