//! Who has read a post, and confirmed it where it asks for that; for staff.

use crate::{feed::Reach, ids::PostId, time::Moment};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadersPage {
    pub post: PostId,
    pub title: String,
    /// Over the groups whose readers are listed.
    pub reach: Reach,
    /// Of a post that asks to confirm.
    pub confirming: Option<Confirming>,
    /// By group and family name.
    pub children: Vec<ReadersChild>,
}

/// How far confirming has come.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirming {
    pub by: Moment,
    /// Guardians among those listed who have not confirmed.
    pub missing: u32,
    pub can_remind: bool,
}

/// A child of the audience.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadersChild {
    pub name: String,
    pub group: String,
    /// Those with custody who have an account; possibly none.
    pub guardians: Vec<ReadersGuardian>,
}

impl ReadersChild {
    /// Whether anybody has read it for this child.
    pub fn is_reached(&self) -> bool {
        self.guardians.iter().any(|guardian| guardian.read.is_some())
    }

    /// Whether anybody has confirmed it for this child.
    pub fn is_confirmed(&self) -> bool {
        self.guardians.iter().any(|guardian| guardian.confirmed.is_some())
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadersGuardian {
    pub name: String,
    /// When; none for not yet.
    pub read: Option<Moment>,
    pub confirmed: Option<Moment>,
}
