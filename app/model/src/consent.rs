//! Image preferences.

use crate::{
    ids::{ChildId, GroupId, PurposeId, SchoolId},
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
    /// The reader may answer; without custody only read.
    pub can_answer: bool,
    pub rows: Vec<PreferenceRow>,
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

/// What an answer brought about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
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
