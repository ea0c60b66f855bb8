//! A director's view of the people of a school.

use crate::{
    access::InvitationLine,
    account::GroupChip,
    ids::{AccountId, ChildId, GroupId, GuardianshipId},
    roles::{Relation, Scope, StaffRole},
    time::Moment,
};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    pub groups: Vec<GroupLine>,
    pub staff: Vec<StaffLine>,
    pub invitations: Vec<InvitationLine>,
    /// The chosen group's children.
    pub group: Option<GroupPeople>,
    /// The office prepares, a director decides.
    pub can_manage: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLine {
    pub group: GroupChip,
    pub year: String,
    pub children: u32,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffLine {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub role: StaffRole,
    pub groups: Vec<GroupChip>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPeople {
    pub id: GroupId,
    pub name: String,
    pub children: Vec<ChildLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildLine {
    pub id: ChildId,
    pub name: String,
    pub guardians: Vec<GuardianLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuardianLine {
    pub guardianship: GuardianshipId,
    pub name: String,
    pub email: String,
    pub relation: Relation,
    pub scope: Scope,
}

/// A line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    pub at: Moment,
    pub by: String,
    /// What was done, such as `access.approve`.
    pub action: String,
    /// Who or what it was done to, as it was called then.
    pub subject: String,
    pub detail: String,
}
