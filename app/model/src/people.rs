//! A director's view of the people of a school.

use crate::{
    access::InvitationLine,
    account::{GroupChip, SchoolName},
    ids::{AccountId, ChildId, FormId, GroupId, GuardianshipId, InvitationId, PurposeId},
    roles::{Relation, Scope, StaffRole},
    time::Moment,
};
use serde::{Deserialize, Serialize};

/// Groups, staff and open invitations of one school.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PeoplePage {
    pub school: SchoolName,
    /// All schools whose people the reader sees, when there are several.
    pub schools: Vec<SchoolName>,
    pub groups: Vec<GroupLine>,
    pub staff: Vec<StaffLine>,
    pub invitations: Vec<InvitationLine>,
    /// The chosen group's children.
    pub group: Option<GroupPeople>,
    /// The office prepares, a director decides.
    pub can_manage: bool,
    /// Ids for what the forms of this page make, so that a form sent twice makes one.
    pub new_group: GroupId,
    pub new_child: ChildId,
    pub new_invitation: InvitationId,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupLine {
    pub group: GroupChip,
    pub year: String,
    pub children: u32,
    /// Names of those who teach it or are assigned to it.
    pub staff: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffLine {
    pub account: AccountId,
    pub name: String,
    pub email: String,
    pub roles: Vec<StaffRole>,
    pub groups: Vec<GroupChip>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupPeople {
    pub group: GroupChip,
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

/// One child, its guardians and open invitations.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChildPage {
    pub child: ChildLine,
    pub group: Option<GroupChip>,
    /// Groups of the school, to move the child to.
    pub groups: Vec<GroupChip>,
    pub invitations: Vec<InvitationLine>,
    pub can_manage: bool,
    /// For those who read in paper forms.
    pub paper: Option<PaperForms>,
    /// Becomes the id of an invitation made on this page.
    pub new_invitation: InvitationId,
}

/// Paper forms about a child: what can be read in, and what has been.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperForms {
    /// The pupil is 16 years or older and answers; else the guardians with custody do.
    pub is_pupils: bool,
    /// For what the school asks, with its title.
    pub purposes: Vec<(PurposeId, String)>,
    pub recorded: Vec<RecordedForm>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedForm {
    pub id: FormId,
    /// Whose it is; none: the pupil's.
    pub of: Option<String>,
    pub at: Moment,
    pub by: String,
}

/// Children who have left a school, the last one first.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerPage {
    pub school: SchoolName,
    pub children: Vec<FormerChild>,
    /// The last of them, where there are older ones.
    pub older: Option<ChildId>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FormerChild {
    pub id: ChildId,
    pub name: String,
    /// The group it was last in.
    pub group: Option<String>,
    pub left: Moment,
    /// The answers about pictures are gone.
    pub erased: Option<ErasedAnswers>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ErasedAnswers {
    pub at: Moment,
    pub reason: String,
}

/// One member of staff.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StaffPage {
    pub school: SchoolName,
    pub person: StaffLine,
    /// Groups of the school that the person does not work with.
    pub other_groups: Vec<GroupChip>,
    pub can_manage: bool,
}

/// A line of the audit log.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditLine {
    pub at: Moment,
    /// None for what was done on the server itself.
    pub by: Option<String>,
    /// What was done, such as `access.approve`.
    pub action: String,
    /// Who or what it was done to, as it was called then.
    pub subject: String,
    pub detail: String,
}
