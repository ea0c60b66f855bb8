//! Who has read a post, for staff.

use crate::{feed::Reach, ids::PostId, time::Moment};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadersPage {
    pub post: PostId,
    pub title: String,
    /// Over the groups whose readers are listed.
    pub reach: Reach,
    /// By group and family name.
    pub children: Vec<ReadersChild>,
}

/// A child of the audience whose guardians have access.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadersChild {
    pub name: String,
    pub group: String,
    pub guardians: Vec<ReadersGuardian>,
}

impl ReadersChild {
    /// Whether anybody has read it for this child.
    pub fn is_reached(&self) -> bool {
        self.guardians.iter().any(|guardian| guardian.read.is_some())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadersGuardian {
    pub name: String,
    /// When; none for not yet.
    pub read: Option<Moment>,
}
