//! Who may do what: one table, deny by default.
//!
//! The rows are the actions, the columns are what somebody can be towards the thing acted upon. Nobody else decides
//! about rights: pages, server functions, media and streams all come here through the functions of the domain.

use crate::{Actor, Error, Result, actor::ActorSchool};
use model::{AccountId, ChildId, GroupId, SchoolId, roles::StaffRole};

/// What somebody is towards a group, a child or a school. One person can be several things.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// With custody of the child, or of a child in the group or school.
    Guardian,
    /// Teaches the group (of the child).
    Teacher,
    /// Specialist assigned to the group (of the child).
    Specialist,
    /// On the staff as a teacher or specialist, but not for this group.
    OtherTeacher,
    Office,
    Director,
}

impl Standing {
    pub const ALL: [Standing; 6] = [
        Standing::Guardian,
        Standing::Teacher,
        Standing::Specialist,
        Standing::OtherTeacher,
        Standing::Office,
        Standing::Director,
    ];
}

/// What can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    ReadGroupPosts,
    ReadSchoolPosts,
    /// Posts for the guardians of named children.
    ReadChildPosts,
    PostToGroup,
    PostToSchool,
    /// Post to the guardians of a child alone.
    PostToChild,
    /// Confirm a post that asks for it, and vote in its poll.
    AnswerPost,
    /// Change or delete a published post.
    ChangePost,
    /// See who has read and answered a post.
    SeeReaders,
    /// Comment on a post that is open to comments.
    Comment,
    /// Take away what somebody else said under a post.
    ModerateComments,
    /// Decide about published pictures after a withdrawal.
    ReviewPictures,
    /// See what a post said before it was changed.
    SeeVersions,
    /// See all effective image preferences of a child.
    SeePreferences,
    /// The same of all children of a school at once.
    SeeAllPreferences,
    /// Answer image preferences as a guardian.
    AnswerPreferences,
    /// Record a paper form for a guardian.
    RecordPaperForm,
    /// See who has seen the pictures of a child.
    SeeViews,
    StartConversation,
    /// See requests and the people of the school, and prepare decisions.
    PreparePeople,
    /// Decide on access; invite, move and end people.
    ManagePeople,
    /// Audit log, settings, statistics.
    GovernSchool,
}

impl Action {
    pub const ALL: [Action; 22] = [
        Action::ReadGroupPosts,
        Action::ReadSchoolPosts,
        Action::ReadChildPosts,
        Action::PostToGroup,
        Action::PostToSchool,
        Action::PostToChild,
        Action::AnswerPost,
        Action::ChangePost,
        Action::SeeReaders,
        Action::Comment,
        Action::ModerateComments,
        Action::ReviewPictures,
        Action::SeeVersions,
        Action::SeePreferences,
        Action::SeeAllPreferences,
        Action::AnswerPreferences,
        Action::RecordPaperForm,
        Action::SeeViews,
        Action::StartConversation,
        Action::PreparePeople,
        Action::ManagePeople,
        Action::GovernSchool,
    ];
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Rule {
    Yes,
    No,
    /// As the school has set.
    Setting(Setting),
    /// On their own posts only.
    OwnPosts,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Setting {
    TeachersPost,
    SpecialistsPost,
    OfficePosts,
    GuardiansStart,
}

use Rule::{No, OwnPosts, Yes};
const TEACHERS: Rule = Rule::Setting(Setting::TeachersPost);
const SPECIALISTS: Rule = Rule::Setting(Setting::SpecialistsPost);
const OFFICE: Rule = Rule::Setting(Setting::OfficePosts);
const GUARDIANS: Rule = Rule::Setting(Setting::GuardiansStart);

/// The table. Columns: guardian, teacher of the group, specialist of the group, other teacher, office, director.
#[rustfmt::skip]
const TABLE: [(Action, [Rule; 6]); 22] = [
    //                           guardian   teacher   specialist   other  office  director
    (Action::ReadGroupPosts,    [Yes,       Yes,      Yes,         No,    No,     Yes]),
    (Action::ReadSchoolPosts,   [Yes,       Yes,      Yes,         Yes,   Yes,    Yes]),
    (Action::ReadChildPosts,    [Yes,       Yes,      Yes,         No,    No,     Yes]),
    (Action::PostToGroup,       [No,        Yes,      Yes,         No,    No,     Yes]),
    (Action::PostToSchool,      [No,        TEACHERS, SPECIALISTS, No,    OFFICE, Yes]),
    (Action::PostToChild,       [No,        Yes,      Yes,         No,    No,     Yes]),
    (Action::AnswerPost,        [Yes,       No,       No,          No,    No,     No]),
    (Action::ChangePost,        [No,        OwnPosts, OwnPosts,    No,    OwnPosts, Yes]),
    (Action::SeeReaders,        [No,        Yes,      OwnPosts,    No,    No,     Yes]),
    (Action::Comment,           [Yes,       Yes,      Yes,         No,    No,     Yes]),
    (Action::ModerateComments,  [No,        Yes,      OwnPosts,    No,    No,     Yes]),
    (Action::ReviewPictures,    [No,        Yes,      OwnPosts,    No,    OwnPosts, Yes]),
    (Action::SeeVersions,       [No,        Yes,      Yes,         No,    OwnPosts, Yes]),
    (Action::SeePreferences,    [No,        Yes,      Yes,         No,    Yes,    Yes]),
    (Action::SeeAllPreferences, [No,        No,       No,          No,    Yes,    Yes]),
    (Action::AnswerPreferences, [Yes,       No,       No,          No,    No,     No]),
    (Action::RecordPaperForm,   [No,        No,       No,          No,    Yes,    Yes]),
    (Action::SeeViews,          [Yes,       No,       No,          No,    No,     Yes]),
    (Action::StartConversation, [GUARDIANS, Yes,      Yes,         No,    No,     Yes]),
    (Action::PreparePeople,     [No,        No,       No,          No,    Yes,    Yes]),
    (Action::ManagePeople,      [No,        No,       No,          No,    No,     Yes]),
    (Action::GovernSchool,      [No,        No,       No,          No,    No,     Yes]),
];

/// What is acted upon.
#[derive(Clone, Copy, Debug)]
pub enum Target {
    School(SchoolId),
    /// A class, not the school group.
    Group {
        school: SchoolId,
        group: GroupId,
    },
    /// A child and the group it is in.
    Child {
        school: SchoolId,
        child: ChildId,
        group: Option<GroupId>,
    },
    /// A post in a class or in the school group (`group` none), and its author.
    Post {
        school: SchoolId,
        group: Option<GroupId>,
        author: AccountId,
    },
}

impl Target {
    fn school(self) -> SchoolId {
        match self {
            Target::School(school)
            | Target::Group { school, .. }
            | Target::Child { school, .. }
            | Target::Post { school, .. } => school,
        }
    }
}

/// Whether the actor may do this to that.
pub fn may(actor: &Actor, action: Action, target: Target) -> bool {
    let Some(school) = actor.school(target.school()) else { return false };
    let own = matches!(target, Target::Post { author, .. } if author == actor.account());
    standings(actor, target).into_iter().any(|standing| allows(action, standing, own, school))
}

/// Whether the actor may do this to that as what they are in this one way, whatever else they are.
pub fn may_as(actor: &Actor, standing: Standing, action: Action, target: Target) -> bool {
    let Some(school) = actor.school(target.school()) else { return false };
    let own = matches!(target, Target::Post { author, .. } if author == actor.account());
    standings(actor, target).contains(&standing) && allows(action, standing, own, school)
}

/// [`may`], or the answer that tells nothing.
pub fn require(actor: &Actor, action: Action, target: Target) -> Result<()> {
    if may(actor, action, target) { Ok(()) } else { Err(Error::not_found()) }
}

/// The school that was named, or the actor's first one, in which the actor may do this.
pub(crate) fn school(actor: &Actor, action: Action, named: Option<SchoolId>) -> Result<&ActorSchool> {
    let fits = |school: &&ActorSchool| named.is_none_or(|named| named == school.id);
    let allowed = |school: &&ActorSchool| may(actor, action, Target::School(school.id));
    actor.schools().iter().filter(fits).find(allowed).ok_or_else(Error::not_found)
}

fn allows(action: Action, standing: Standing, own: bool, school: &ActorSchool) -> bool {
    let Some((_, row)) = TABLE.iter().find(|(row, _)| *row == action) else { return false };
    let column = Standing::ALL.iter().position(|column| *column == standing);
    match column.map_or(No, |column| row[column]) {
        Yes => true,
        No => false,
        OwnPosts => own,
        Rule::Setting(Setting::TeachersPost) => school.settings.teachers_post_to_school,
        Rule::Setting(Setting::SpecialistsPost) => school.settings.specialists_post_to_school,
        Rule::Setting(Setting::OfficePosts) => school.settings.office_posts_to_school,
        Rule::Setting(Setting::GuardiansStart) => school.settings.guardians_start_conversations,
    }
}

/// Everything the actor is towards the target.
fn standings(actor: &Actor, target: Target) -> Vec<Standing> {
    let school = target.school();
    let mut standings = Vec::new();
    let (group, guardian) = match target {
        // Towards the school as a whole, teachers stand as they do towards their own group.
        Target::School(_) | Target::Post { group: None, .. } => (None, actor.is_guardian_at(school)),
        Target::Group { group, .. } | Target::Post { group: Some(group), .. } => {
            (Some(group), actor.is_guardian_in(group))
        }
        Target::Child { child, group, .. } => {
            if actor.is_guardian_of(child) {
                standings.push(Standing::Guardian);
            }
            match group {
                Some(group) => (Some(group), false),
                None => return with_offices(actor, school, standings),
            }
        }
    };
    if guardian {
        standings.push(Standing::Guardian);
    }
    let close = group.is_none_or(|group| actor.works_with(group));
    for (role, near) in [(StaffRole::Teacher, Standing::Teacher), (StaffRole::Specialist, Standing::Specialist)] {
        if actor.has_role(school, role) {
            standings.push(if close { near } else { Standing::OtherTeacher });
        }
    }
    with_offices(actor, school, standings)
}

fn with_offices(actor: &Actor, school: SchoolId, mut standings: Vec<Standing>) -> Vec<Standing> {
    if actor.has_role(school, StaffRole::Office) {
        standings.push(Standing::Office);
    }
    if actor.has_role(school, StaffRole::Director) {
        standings.push(Standing::Director);
    }
    standings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_action_has_one_row() {
        for action in Action::ALL {
            assert_eq!(TABLE.iter().filter(|(row, _)| *row == action).count(), 1, "{action:?}");
        }
    }
}
