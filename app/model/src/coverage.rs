//! How far the questions of a school have been answered.

use crate::{account::SchoolName, time::Moment};
use serde::{Deserialize, Serialize};

/// Children, by what the answers about them come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    pub children: u32,
    /// Everybody who is asked about the child has answered.
    pub complete: u32,
    pub yes: u32,
    pub no: u32,
    /// Nobody has decided.
    pub open: u32,
}

impl Coverage {
    pub fn add(&mut self, other: Coverage) {
        self.children += other.children;
        self.complete += other.complete;
        self.yes += other.yes;
        self.no += other.no;
        self.open += other.open;
    }
}

/// The overview for the director: counts of children, and never whose answer it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CoveragePage {
    pub school: SchoolName,
    /// All that the reader governs, if there are several.
    pub schools: Vec<SchoolName>,
    pub purposes: Vec<PurposeCoverage>,
    /// Guardians who are asked.
    pub guardians: u32,
    /// Those of them with a question that they have not answered.
    pub open_guardians: u32,
    pub last: Option<LastReminder>,
    /// Somebody is left to remind, and nobody has done so today.
    pub can_remind: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurposeCoverage {
    pub title: String,
    pub total: Coverage,
    pub groups: Vec<GroupCoverage>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupCoverage {
    /// None: children in no group.
    pub group: Option<String>,
    pub counts: Coverage,
}

/// The letters that went out last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastReminder {
    pub at: Moment,
    /// None: the yearly ones.
    pub by: Option<String>,
    pub letters: u32,
}
