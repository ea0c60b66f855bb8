//! To whom a post goes, and what follows from that: who reads it, whom it is about, who may do what with it.

use crate::{
    Actor, Error, Result,
    accounts::{chip, group_target, readable_groups},
    gate::Audience,
    policy::{self, Action, Standing, Target},
};
use model::{AccountId, ChildId, GroupId, PostId, SchoolId, account::GroupChip};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{Addressee, ChildRow, GroupRow, Read, Readers, Sources, Write};

/// To whom a post goes: groups, or the guardians of named children. Each list is sorted and holds nothing twice.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addressees {
    pub groups: Vec<GroupId>,
    #[serde(default)]
    pub children: Vec<ChildId>,
    /// The groups of those children, whose staff reads along.
    #[serde(default)]
    pub teams: Vec<GroupId>,
}

impl Addressees {
    pub fn of_groups(groups: &[GroupId]) -> Addressees {
        Addressees { groups: distinct(groups.iter().copied()), ..Addressees::default() }
    }

    /// The guardians of these children, and the staff of their groups.
    pub fn of_children(children: &[&ChildRow]) -> Addressees {
        Addressees {
            groups: Vec::new(),
            children: distinct(children.iter().map(|child| child.id)),
            teams: distinct(children.iter().filter_map(|child| child.group_id.map(GroupId))),
        }
    }

    pub async fn find(read: &mut Read, post: PostId) -> Result<Addressees> {
        Ok(Addressees::by_post(read, &[post]).await?.remove(&post).unwrap_or_default())
    }

    /// Of several posts; one that goes to nobody yet is not listed.
    pub async fn by_post(read: &mut Read, posts: &[PostId]) -> Result<BTreeMap<PostId, Addressees>> {
        let mut found: BTreeMap<PostId, Addressees> = BTreeMap::new();
        for (post, addressee) in read.list_addressees(posts).await? {
            let to = found.entry(post).or_default();
            match addressee {
                Addressee::Group(group) => to.groups.push(group),
                Addressee::Child(child) => to.children.push(child),
                Addressee::Team(group) => to.teams.push(group),
            }
        }
        for to in found.values_mut() {
            to.groups.sort();
            to.children.sort();
            to.teams.sort();
        }
        Ok(found)
    }

    /// Of those of the posts that the actor may read. Where a post stands is a place in an index; who reads it is decided
    /// here.
    pub async fn readable(
        read: &mut Read,
        actor: &Actor,
        posts: &[PostId],
        school_of: impl Fn(PostId) -> Option<SchoolId>,
    ) -> Result<BTreeMap<PostId, Addressees>> {
        let mut found = Addressees::by_post(read, posts).await?;
        found.retain(|post, to| school_of(*post).is_some_and(|school| to.may_read(actor, school)));
        Ok(found)
    }

    pub fn is_empty(&self) -> bool {
        self.groups.is_empty() && self.children.is_empty()
    }

    /// Whether nobody is here who is not there.
    pub fn is_within(&self, other: &Addressees) -> bool {
        self.groups.iter().all(|group| other.groups.contains(group))
            && self.children.iter().all(|child| other.children.contains(child))
    }

    /// Makes this the audience of a draft.
    pub async fn set(&self, write: &mut Write, school: SchoolId, post: PostId) -> Result<()> {
        write.set_draft_groups(school, post, &self.groups).await?;
        Ok(write.set_draft_children(school, post, &self.children, &self.teams).await?)
    }

    /// Takes a published post away from those who are in `before` and no longer here.
    pub async fn shrink(&self, write: &mut Write, post: PostId, before: &Addressees) -> Result<()> {
        let gone = |kept: &[GroupId], all: &[GroupId]| -> Vec<GroupId> {
            all.iter().copied().filter(|group| !kept.contains(group)).collect()
        };
        for group in gone(&self.groups, &before.groups) {
            write.remove_addressee(post, Addressee::Group(group)).await?;
        }
        for child in before.children.iter().filter(|child| !self.children.contains(child)) {
            write.remove_addressee(post, Addressee::Child(*child)).await?;
        }
        for team in gone(&self.teams, &before.teams) {
            write.remove_addressee(post, Addressee::Team(team)).await?;
        }
        Ok(())
    }

    /// For whom the pictures of the post are placed; `known`: the school's groups.
    pub fn audience(&self, known: &[GroupRow]) -> Audience {
        let everybody = known.iter().any(|group| group.is_school && self.groups.contains(&group.id));
        if everybody { Audience::School } else { Audience::Group }
    }

    /// The people behind it; `known`: the school's groups.
    pub fn readers(&self, school: SchoolId, known: &[GroupRow]) -> Readers<'_> {
        Readers {
            school,
            groups: &self.groups,
            children: &self.children,
            teams: &self.teams,
            whole_school: self.audience(known) == Audience::School,
        }
    }

    /// Children who may be in the pictures without a question being asked in vain: those for whose guardians the post is.
    pub async fn children_in(&self, read: &mut Read, school: SchoolId, audience: Audience) -> Result<Vec<ChildRow>> {
        Ok(if !self.children.is_empty() {
            read.list_children(school, &self.children).await?
        } else if audience == Audience::School {
            read.list_children_of_school(school).await?
        } else {
            read.list_children_of_groups(school, &self.groups).await?
        })
    }

    /// Whether the actor reads a post to these, as what they are now.
    pub fn may_read(&self, actor: &Actor, school: SchoolId) -> bool {
        readable_groups(actor).iter().any(|group| group.school_id == school && self.groups.contains(&group.id))
            || self.children.iter().any(|child| may_read_about(actor, school, *child, &self.teams))
    }

    /// Whether the actor may do this to a post of somebody to these: in each of its groups. What somebody else has posted to
    /// the whole school is in every class.
    pub fn may(&self, actor: &Actor, action: Action, school: SchoolId, author: AccountId) -> bool {
        let in_class = |class| policy::may(actor, action, Target::Post { school, group: Some(class), author });
        let is_everybodys = author != actor.account() && self.audience(known_groups(actor, school)) == Audience::School;
        let mut targets = self.targets(actor, school, author).peekable();
        targets.peek().is_some()
            && targets.all(|target| policy::may(actor, action, target))
            && (!is_everybodys || classes(actor, school).all(in_class))
    }

    /// The same in at least one of its groups.
    pub fn may_somewhere(&self, actor: &Actor, action: Action, school: SchoolId, author: AccountId) -> bool {
        self.targets(actor, school, author).any(|target| policy::may(actor, action, target))
    }

    fn targets(&self, actor: &Actor, school: SchoolId, author: AccountId) -> impl Iterator<Item = Target> {
        let whole_school = known_groups(actor, school).iter().find(|group| group.is_school).map(|group| group.id);
        self.groups.iter().chain(&self.teams).map(move |group| Target::Post {
            school,
            group: (whole_school != Some(*group)).then_some(*group),
            author,
        })
    }

    /// Whether the actor may do this here as one who stands so to the post. Of a post about named children, the guardians of
    /// other children of the group are none.
    pub fn may_as(
        &self,
        actor: &Actor,
        standing: Standing,
        action: Action,
        school: SchoolId,
        author: AccountId,
    ) -> bool {
        let may = |target| policy::may_as(actor, standing, action, target);
        if standing == Standing::Guardian && !self.children.is_empty() {
            self.children.iter().any(|child| may(Target::Child { school, child: *child, group: None }))
        } else {
            self.targets(actor, school, author).any(may)
        }
    }

    /// Whether the actor is one of the guardians for whom it is.
    pub fn may_answer(&self, actor: &Actor, school: SchoolId, author: AccountId) -> bool {
        self.may_as(actor, Standing::Guardian, Action::AnswerPost, school, author)
    }

    /// The part of it in which the actor may do this: of its groups, of the classes of the whole school, of the groups of named
    /// children.
    pub async fn part(
        &self,
        read: &mut Read,
        actor: &Actor,
        action: Action,
        school: SchoolId,
        author: AccountId,
    ) -> Result<Addressees> {
        let may = |group: &GroupId| Addressees::of_groups(&[*group]).may(actor, action, school, author);
        let mut groups: Vec<GroupId> = self.groups.iter().copied().filter(may).collect();
        if groups.len() < self.groups.len() && self.audience(known_groups(actor, school)) == Audience::School {
            groups.extend(classes(actor, school).filter(may));
        }
        let teams: Vec<GroupId> = self.teams.iter().copied().filter(may).collect();
        let mut children = self.children.clone();
        if !children.is_empty() && teams != self.teams {
            let rows = read.list_children(school, &children).await?;
            let in_part = |child: &&ChildRow| child.group_id.is_some_and(|group| teams.contains(&GroupId(group)));
            children = distinct(rows.iter().filter(in_part).map(|child| child.id));
        }
        Ok(Addressees { groups: distinct(groups.into_iter()), children, teams })
    }

    /// Refuses somebody who may not post to all of them. Children who have left are no reason.
    pub async fn require_post(&self, read: &mut Read, actor: &Actor, school: SchoolId) -> Result<()> {
        for group in &self.groups {
            let known = known_groups(actor, school).iter().find(|known| known.id == *group);
            let (target, is_school) = group_target(known.ok_or_else(Error::not_found)?);
            policy::require(actor, if is_school { Action::PostToSchool } else { Action::PostToGroup }, target)?;
        }
        if self.children.is_empty() {
            return Ok(());
        }
        for child in read.list_children(school, &self.children).await? {
            if child.group_id.is_some() {
                policy::require(actor, Action::PostToChild, child_target(&child))?;
            }
        }
        Ok(())
    }

    /// What stands on the post: its groups in the school's order, or the children, of whom a guardian sees the own ones.
    pub(crate) fn chips(&self, actor: &Actor, school: SchoolId, names: &Names) -> Vec<GroupChip> {
        let readable = readable_groups(actor);
        let mut chips: Vec<GroupChip> = readable
            .iter()
            .filter(|group| group.school_id == school && self.groups.contains(&group.id))
            .map(|group| chip(group))
            .collect();
        let as_staff = self.teams.iter().any(|team| reads_as_staff(actor, school, *team));
        let group = self.teams.first().copied().unwrap_or(GroupId(uuid::Uuid::nil()));
        let hue = known_groups(actor, school).iter().find(|known| known.id == group).and_then(|known| chip(known).hue);
        chips.extend(
            self.children
                .iter()
                .filter(|child| as_staff || actor.is_guardian_of(**child))
                .filter_map(|child| names.0.get(child))
                .map(|name| GroupChip { id: group, name: name.clone(), hue, is_school: false }),
        );
        chips
    }
}

/// Names of children to whose guardians posts go.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeMap<ChildId, String>);

impl Names {
    /// Of the children of these posts; asks nothing where there are none.
    pub async fn find(read: &mut Read, to: impl Iterator<Item = (SchoolId, &Addressees)>) -> Result<Names> {
        let mut wanted: BTreeMap<SchoolId, Vec<ChildId>> = BTreeMap::new();
        for (school, to) in to.filter(|(_, to)| !to.children.is_empty()) {
            wanted.entry(school).or_default().extend(&to.children);
        }
        let mut names = BTreeMap::new();
        for (school, children) in wanted {
            names.extend(read.list_children(school, &children).await?.into_iter().map(|row| (row.id, row.given_name)));
        }
        Ok(Names(names))
    }
}

/// Children to whose guardians the actor may post, by group and name.
pub(crate) async fn children_offered(read: &mut Read, actor: &Actor) -> Result<Vec<ChildRow>> {
    let mut offered = Vec::new();
    for school in actor.schools().iter().filter(|school| actor.is_staff(school.id)) {
        let groups: Vec<GroupId> = school
            .groups
            .iter()
            .filter(|group| {
                !group.is_school && (actor.works_with(group.id) || reads_as_staff(actor, school.id, group.id))
            })
            .map(|group| group.id)
            .collect();
        if !groups.is_empty() {
            offered.extend(read.list_children_of_groups(school.id, &groups).await?);
        }
    }
    offered.retain(|child| policy::may(actor, Action::PostToChild, child_target(child)));
    Ok(offered)
}

/// Where the actor's feed comes from.
pub(crate) struct FeedSources {
    pub groups: Vec<GroupId>,
    pub children: Vec<ChildId>,
    pub teams: Vec<GroupId>,
}

impl FeedSources {
    /// Everything that these groups and children bring to the actor.
    pub fn new(actor: &Actor, groups: &[&GroupRow], children: Vec<ChildId>) -> FeedSources {
        let of_team = |group: &&&GroupRow| !group.is_school && reads_as_staff(actor, group.school_id, group.id);
        FeedSources {
            groups: groups.iter().map(|group| group.id).collect(),
            children,
            teams: groups.iter().filter(of_team).map(|group| group.id).collect(),
        }
    }

    pub fn sources(&self) -> Sources<'_> {
        Sources { groups: &self.groups, children: &self.children, teams: &self.teams }
    }
}

pub(crate) fn known_groups(actor: &Actor, school: SchoolId) -> &[GroupRow] {
    actor.school(school).map_or(&[], |school| school.groups.as_slice())
}

/// The school's groups without the one of everybody.
fn classes(actor: &Actor, school: SchoolId) -> impl Iterator<Item = GroupId> {
    known_groups(actor, school).iter().filter(|group| !group.is_school).map(|group| group.id)
}

fn child_target(child: &ChildRow) -> Target {
    Target::Child { school: child.school_id, child: child.id, group: child.group_id.map(GroupId) }
}

/// As a guardian of the child, or as staff of one of the teams. Somebody kept from the child is not let in as staff.
fn may_read_about(actor: &Actor, school: SchoolId, child: ChildId, teams: &[GroupId]) -> bool {
    if actor.has_guardianship_of(child) {
        return policy::may(actor, Action::ReadChildPosts, Target::Child { school, child, group: None })
            && actor.is_guardian_of(child);
    }
    teams
        .iter()
        .any(|team| policy::may(actor, Action::ReadChildPosts, Target::Child { school, child, group: Some(*team) }))
}

/// Whether the staff of the group that reads posts about its children includes the actor.
fn reads_as_staff(actor: &Actor, school: SchoolId, group: GroupId) -> bool {
    let nobody = ChildId(uuid::Uuid::nil());
    policy::may(actor, Action::ReadChildPosts, Target::Child { school, child: nobody, group: Some(group) })
}

fn distinct<T: Ord>(ids: impl Iterator<Item = T>) -> Vec<T> {
    let mut ids: Vec<T> = ids.collect();
    ids.sort();
    ids.dedup();
    ids
}
