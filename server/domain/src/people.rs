//! The people of a school: groups, children, guardians and staff.
//!
//! Membership is read anew for every request, so whatever ends here ends access at once; open pages are told to look.

use crate::{
    Actor, Error, Portal, Result,
    access::invitation_line,
    accounts::chip,
    audit::{self, Entry},
    jobs::{self, Job},
    live,
    moments::Dates,
    policy::{self, Action, Target},
    preferences::{Standing, find_paper_forms, follow_change},
};
use model::{
    AccountId, ApiError, ChildId, GroupId, GuardianshipId, SchoolId,
    access::InvitationLine,
    account::{GroupChip, SchoolName},
    check::{Checker, NAME_MAX, REASON_MAX},
    error::Conflict,
    live::LiveEvent,
    people::{ChildLine, ChildPage, GroupLine, GroupPeople, GuardianLine, PeoplePage, StaffLine, StaffPage},
    roles::{Scope, StaffRole},
};
use store::{ChildRow, GroupRow, GroupStaffRow, GuardianRow, Ids, Read, StaffRow, Write};
use texts::Lang;

/// Longest name of a school year, in characters.
const YEAR_MAX: usize = 20;
/// Colours that groups are given in turn.
const HUES: i64 = 8;

/// Groups, staff and open invitations of a school (the actor's own when none is named), and the children of one group.
pub async fn find_page(
    portal: &Portal,
    actor: &Actor,
    school: Option<SchoolId>,
    group: Option<GroupId>,
    lang: Lang,
) -> Result<PeoplePage> {
    let of_group = |group: GroupId| actor.schools().iter().find(|school| school.groups.iter().any(|g| g.id == group));
    let school = match group {
        Some(group) => Some(of_group(group).ok_or_else(Error::not_found)?.id),
        None => school,
    };
    let school = policy::school(actor, Action::PreparePeople, school)?;
    let mut read = portal.store.read().await?;
    let counts = read.count_children(school.id).await?;
    let group_staff = read.list_group_staff(school.id).await?;
    let staff = read.list_staff(school.id).await?;
    let invitations = open_invitations(&mut read, portal, school.id, &school.time_zone, lang, None).await?;
    let group = match group.and_then(|id| school.groups.iter().find(|group| group.id == id)) {
        Some(group) => {
            let children = match group.is_school {
                true => read.list_children_of_school(school.id).await?,
                false => read.list_children_of_groups(school.id, &[group.id]).await?,
            };
            let ids: Ids = children.iter().map(|child| child.id).collect();
            let guardians = read.list_guardians(school.id, &ids).await?;
            let children = children.iter().map(|child| child_line(child, &guardians)).collect();
            Some(GroupPeople { group: chip(group), children })
        }
        None => None,
    };
    let all: i64 = counts.iter().map(|(_, count)| count).sum();
    Ok(PeoplePage {
        school: SchoolName { id: school.id, name: school.name.clone() },
        schools: match prepared_schools(actor) {
            several if several.len() > 1 => several,
            _ => Vec::new(),
        },
        groups: school
            .groups
            .iter()
            .map(|group| {
                let own = counts.iter().find(|(id, _)| *id == group.id).map_or(0, |(_, count)| *count);
                let children = if group.is_school { all } else { own };
                GroupLine {
                    group: chip(group),
                    year: group.school_year.clone(),
                    children: u32::try_from(children).unwrap_or(u32::MAX),
                    staff: group_staff
                        .iter()
                        .filter(|row| row.group_id == group.id)
                        .map(|row| row.name.clone())
                        .collect(),
                }
            })
            .collect(),
        staff: staff_lines(&staff, &group_staff, &school.groups),
        invitations,
        group,
        can_manage: policy::may(actor, Action::ManagePeople, Target::School(school.id)),
        new_group: portal.clock.new_id(),
        new_child: portal.clock.new_id(),
        new_invitation: portal.clock.new_id(),
    })
}

fn prepared_schools(actor: &Actor) -> Vec<SchoolName> {
    actor
        .schools()
        .iter()
        .filter(|school| policy::may(actor, Action::PreparePeople, Target::School(school.id)))
        .map(|school| SchoolName { id: school.id, name: school.name.clone() })
        .collect()
}

/// Invitations not used yet: all, or those for one child.
async fn open_invitations(
    read: &mut Read,
    portal: &Portal,
    school: SchoolId,
    time_zone: &str,
    lang: Lang,
    child: Option<ChildId>,
) -> Result<Vec<InvitationLine>> {
    let now = portal.clock.now();
    let dates = Dates::new(lang, time_zone, now);
    let rows = read.list_unused_invitations(school).await?;
    Ok(rows
        .iter()
        .filter(|row| child.is_none_or(|child| row.child_id == Some(child.0)))
        .map(|row| invitation_line(row, &dates, now))
        .collect())
}

fn child_line(child: &ChildRow, guardians: &[GuardianRow]) -> ChildLine {
    ChildLine {
        id: child.id,
        name: child.name(),
        guardians: guardians
            .iter()
            .filter(|row| row.child_id == child.id)
            .map(|row| GuardianLine {
                guardianship: row.id,
                name: row.name.clone(),
                email: row.email.clone(),
                relation: row.relation,
                scope: row.scope,
            })
            .collect(),
    }
}

/// One line per person, in the order of the rows.
fn staff_lines(staff: &[StaffRow], group_staff: &[GroupStaffRow], groups: &[GroupRow]) -> Vec<StaffLine> {
    let mut lines: Vec<StaffLine> = Vec::new();
    for row in staff {
        if let Some(line) = lines.iter_mut().find(|line| line.account == row.account_id) {
            line.roles.push(row.role);
            line.roles.sort();
            continue;
        }
        let works_with = |group: &&GroupRow| {
            group_staff.iter().any(|one| one.account_id == row.account_id && one.group_id == group.id)
        };
        lines.push(StaffLine {
            account: row.account_id,
            name: row.name.clone(),
            email: row.email.clone(),
            roles: vec![row.role],
            groups: groups.iter().filter(works_with).map(chip).collect(),
        });
    }
    lines
}

/// One child with its guardians.
pub async fn find_child(portal: &Portal, actor: &Actor, child: ChildId, lang: Lang) -> Result<ChildPage> {
    let mut read = portal.store.read().await?;
    let row = read.find_child(child).await?.ok_or_else(Error::not_found)?;
    let school = policy::school(actor, Action::PreparePeople, Some(row.school_id))?;
    let guardians = read.list_guardians(school.id, &[child].into_iter().collect()).await?;
    let dates = Dates::new(lang, &school.time_zone, portal.clock.now());
    Ok(ChildPage {
        paper: find_paper_forms(&mut read, portal, actor, &row, lang, &dates).await?,
        child: child_line(&row, &guardians),
        group: school.groups.iter().find(|group| row.group_id == Some(group.id.0)).map(chip),
        groups: classes(&school.groups),
        invitations: open_invitations(&mut read, portal, school.id, &school.time_zone, lang, Some(child)).await?,
        can_manage: policy::may(actor, Action::ManagePeople, Target::School(school.id)),
        new_invitation: portal.clock.new_id(),
    })
}

/// Groups that children can be in.
fn classes(groups: &[GroupRow]) -> Vec<GroupChip> {
    groups.iter().filter(|group| !group.is_school).map(chip).collect()
}

/// One member of staff.
pub async fn find_staff(
    portal: &Portal,
    actor: &Actor,
    school: Option<SchoolId>,
    account: AccountId,
) -> Result<StaffPage> {
    let school = policy::school(actor, Action::PreparePeople, school)?;
    let mut read = portal.store.read().await?;
    let staff = read.list_staff(school.id).await?;
    let group_staff = read.list_group_staff(school.id).await?;
    let mut lines = staff_lines(&staff, &group_staff, &school.groups);
    lines.retain(|line| line.account == account);
    let person = lines.pop().ok_or_else(Error::not_found)?;
    let mut other_groups = classes(&school.groups);
    other_groups.retain(|group| person.groups.iter().all(|own| own.id != group.id));
    Ok(StaffPage {
        school: SchoolName { id: school.id, name: school.name.clone() },
        person,
        other_groups,
        can_manage: policy::may(actor, Action::ManagePeople, Target::School(school.id)),
    })
}

/// Adds a group. The same form a second time changes nothing.
pub async fn add_group(
    portal: &Portal,
    actor: &Actor,
    school: SchoolId,
    id: GroupId,
    name: &str,
    year: &str,
) -> Result<()> {
    let school = policy::school(actor, Action::ManagePeople, Some(school))?;
    let mut checker = Checker::default();
    let name = checker.line("name", name, NAME_MAX);
    let year = checker.line("year", year, YEAR_MAX);
    checker.finish()?;
    let position = school.groups.iter().map(|group| group.position).max().unwrap_or(0) + 1;
    let group = GroupRow {
        id,
        school_id: school.id,
        is_school: false,
        name,
        school_year: year,
        hue: Some((position - 1).rem_euclid(HUES)),
        position,
    };
    let mut write = portal.store.write().await?;
    match write.create_group(&group).await {
        Err(store::Error::Duplicate(_)) => {
            let same = |there: &&GroupRow| there.id == id && there.name == group.name;
            return match school.groups.iter().find(same) {
                Some(_) => Ok(()),
                None => Err(Error::not_found()),
            };
        }
        other => other?,
    }
    let entry = Entry { action: "people.add-group", subject: &group.name, detail: &group.school_year };
    audit::record(&mut write, portal, school.id, Some(actor.account()), entry).await?;
    write.commit().await?;
    Ok(())
}

/// A group with children in it: one that the actor manages, and not the school group.
fn managed_class(actor: &Actor, group: GroupId) -> Result<&GroupRow> {
    let mut groups = actor.schools().iter().flat_map(|school| &school.groups);
    let group = groups.find(|one| one.id == group && !one.is_school).ok_or_else(Error::not_found)?;
    policy::require(actor, Action::ManagePeople, Target::School(group.school_id))?;
    Ok(group)
}

/// A child that has not left, of a school whose people the actor manages.
async fn managed_child(write: &mut Write, actor: &Actor, child: ChildId) -> Result<ChildRow> {
    let row = write.find_child(child).await?.ok_or_else(Error::not_found)?;
    policy::require(actor, Action::ManagePeople, Target::School(row.school_id))?;
    Ok(row)
}

/// Adds a child to a group. The same form a second time changes nothing.
pub async fn add_child(
    portal: &Portal,
    actor: &Actor,
    group: GroupId,
    id: ChildId,
    given_name: &str,
    family_name: &str,
) -> Result<()> {
    let group = managed_class(actor, group)?;
    let mut checker = Checker::default();
    let given = checker.line("given_name", given_name, NAME_MAX);
    let family = checker.line("family_name", family_name, NAME_MAX);
    checker.finish()?;
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    match write.add_child(id, group.school_id, &given, &family, None, now).await {
        Err(store::Error::Duplicate(_)) => {
            drop(write);
            let there = portal.store.read().await?.find_child(id).await?;
            let same = |there: ChildRow| {
                there.school_id == group.school_id && there.given_name == given && there.family_name == family
            };
            return if there.is_some_and(same) { Ok(()) } else { Err(Error::not_found()) };
        }
        other => other?,
    }
    write.enrol(group.school_id, id, group.id, now).await?;
    let name = format!("{given} {family}");
    let entry = Entry { action: "people.add-child", subject: &name, detail: &group.name };
    audit::record(&mut write, portal, group.school_id, Some(actor.account()), entry).await?;
    write.commit().await?;
    Ok(())
}

/// Tells open pages of a child's guardians to look again.
async fn tell_guardians(write: &mut Write, portal: &Portal, child: &ChildRow) -> Result<()> {
    let guardians = write.list_guardians(child.school_id, &[child.id].into_iter().collect()).await?;
    let accounts: Vec<AccountId> = guardians.into_iter().map(|row| row.account_id).collect();
    live::tell(write, portal, &accounts, LiveEvent::Resync).await
}

/// Moves a child to another group of its school.
pub async fn move_child(portal: &Portal, actor: &Actor, child: ChildId, group: GroupId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let child = managed_child(&mut write, actor, child).await?;
    let group = managed_class(actor, group)?;
    if group.school_id != child.school_id {
        return Err(Error::not_found());
    }
    if child.group_id == Some(group.id.0) {
        return Ok(());
    }
    write.enrol(child.school_id, child.id, group.id, portal.clock.now()).await?;
    let entry = Entry { action: "people.move-child", subject: &child.name(), detail: &group.name };
    audit::record(&mut write, portal, child.school_id, Some(actor.account()), entry).await?;
    tell_guardians(&mut write, portal, &child).await?;
    write.commit().await?;
    Ok(())
}

/// A child leaves the school: its guardians lose what they saw because of it, and open invitations are withdrawn.
pub async fn remove_child(portal: &Portal, actor: &Actor, child: ChildId) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let child = managed_child(&mut write, actor, child).await?;
    write.end_child(child.school_id, child.id, now).await?;
    write.revoke_invitations_for_child(child.school_id, child.id, now).await?;
    let group = child.group_name.clone().unwrap_or_default();
    let entry = Entry { action: "people.remove-child", subject: &child.name(), detail: &group };
    audit::record(&mut write, portal, child.school_id, Some(actor.account()), entry).await?;
    tell_guardians(&mut write, portal, &child).await?;
    write.commit().await?;
    Ok(())
}

/// A guardianship that the actor manages, and its child, locked.
async fn managed_guardianship(write: &mut Write, actor: &Actor, id: GuardianshipId) -> Result<(GuardianRow, ChildRow)> {
    let row = write.find_guardianship(id).await?.ok_or_else(Error::not_found)?;
    policy::require(actor, Action::ManagePeople, Target::School(row.school_id))?;
    write.lock_child(row.child_id).await?;
    let child = write.find_child(row.child_id).await?.ok_or_else(Error::not_found)?;
    Ok((row, child))
}

/// Who has custody of a child decides whose answers about pictures count: open pages must look again.
pub(crate) async fn pictures_may_change(write: &mut Write, portal: &Portal, school: SchoolId) -> Result<()> {
    jobs::enqueue(write, portal, &Job::PicturesChanged { school }, 0).await?;
    Ok(())
}

/// Changes what a guardian sees of a child, with the reason. Answers the child.
pub async fn set_scope(
    portal: &Portal,
    actor: &Actor,
    id: GuardianshipId,
    scope: &str,
    reason: &str,
) -> Result<ChildId> {
    let mut write = portal.store.write().await?;
    let (row, child) = managed_guardianship(&mut write, actor, id).await?;
    let mut checker = Checker::default();
    let scope = checker.choice::<Scope>("scope", scope);
    let reason = checker.lines("reason", reason, REASON_MAX);
    checker.finish()?;
    let Some(scope) = scope else { return Err(ApiError::Malformed.into()) };
    let before = Standing::find(&mut write, portal, &child).await?;
    write.set_guardianship_scope(row.school_id, id, scope).await?;
    follow_change(&mut write, portal, &child, before).await?;
    let detail = format!("{}: {} → {scope}. {reason}", child.name(), row.scope);
    let entry = Entry { action: "people.set-scope", subject: &row.name, detail: &detail };
    audit::record(&mut write, portal, row.school_id, Some(actor.account()), entry).await?;
    live::tell(&mut write, portal, &[row.account_id], LiveEvent::Resync).await?;
    write.commit().await?;
    Ok(row.child_id)
}

/// Ends a guardianship, with the reason. Answers the child.
pub async fn end_guardianship(portal: &Portal, actor: &Actor, id: GuardianshipId, reason: &str) -> Result<ChildId> {
    let mut write = portal.store.write().await?;
    let (row, child) = managed_guardianship(&mut write, actor, id).await?;
    let mut checker = Checker::default();
    let reason = checker.lines("reason", reason, REASON_MAX);
    checker.finish()?;
    let before = Standing::find(&mut write, portal, &child).await?;
    write.end_guardianship(row.school_id, id, portal.clock.now()).await?;
    follow_change(&mut write, portal, &child, before).await?;
    let detail = format!("{}. {reason}", child.name());
    let entry = Entry { action: "people.end-guardianship", subject: &row.name, detail: &detail };
    audit::record(&mut write, portal, row.school_id, Some(actor.account()), entry).await?;
    live::tell(&mut write, portal, &[row.account_id], LiveEvent::Resync).await?;
    write.commit().await?;
    Ok(row.child_id)
}

/// Somebody on the staff of a school whose people the actor manages.
async fn managed_staff(
    write: &mut Write,
    actor: &Actor,
    school: SchoolId,
    account: AccountId,
) -> Result<(SchoolId, Vec<StaffRow>)> {
    let school = policy::school(actor, Action::ManagePeople, Some(school))?.id;
    write.lock_school(school).await?;
    let mut roles = write.list_staff(school).await?;
    roles.retain(|row| row.account_id == account);
    if roles.is_empty() {
        return Err(Error::not_found());
    }
    Ok((school, roles))
}

/// Gives a member of staff one more role.
pub async fn add_role(portal: &Portal, actor: &Actor, school: SchoolId, account: AccountId, role: &str) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (school, roles) = managed_staff(&mut write, actor, school, account).await?;
    let mut checker = Checker::default();
    let role = checker.choice::<StaffRole>("role", role);
    checker.finish()?;
    let Some(role) = role else { return Err(ApiError::Malformed.into()) };
    if roles.iter().any(|row| row.role == role) {
        return Ok(());
    }
    write.add_staff(school, account, role, portal.clock.now()).await?;
    changed_staff(&mut write, portal, actor, school, &roles, "people.add-role", role.as_str()).await?;
    write.commit().await?;
    Ok(())
}

/// Ends a role. With the last one the person leaves the staff and all groups. A school keeps at least one director.
pub async fn end_role(
    portal: &Portal,
    actor: &Actor,
    school: SchoolId,
    account: AccountId,
    role: StaffRole,
) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let (school, roles) = managed_staff(&mut write, actor, school, account).await?;
    if roles.iter().all(|row| row.role != role) {
        return Err(Error::not_found());
    }
    if role == StaffRole::Director && write.count_directors(school).await? <= 1 {
        return Err(ApiError::conflict(Conflict::LastDirector).into());
    }
    write.end_staff(school, account, role, now).await?;
    let works_with_groups = |row: &StaffRow| matches!(row.role, StaffRole::Teacher | StaffRole::Specialist);
    if !roles.iter().any(|row| row.role != role && works_with_groups(row)) {
        write.end_all_group_staff(school, account, now).await?;
    }
    changed_staff(&mut write, portal, actor, school, &roles, "people.end-role", role.as_str()).await?;
    write.commit().await?;
    Ok(())
}

/// Lets a member of staff work with a group.
pub async fn assign_group(portal: &Portal, actor: &Actor, group: GroupId, account: AccountId) -> Result<()> {
    let group = managed_class(actor, group)?;
    let mut write = portal.store.write().await?;
    let (school, roles) = managed_staff(&mut write, actor, group.school_id, account).await?;
    write.add_group_staff(school, group.id, account, portal.clock.now()).await?;
    changed_staff(&mut write, portal, actor, school, &roles, "people.assign-group", &group.name).await?;
    write.commit().await?;
    Ok(())
}

/// Takes a group away from a member of staff.
pub async fn unassign_group(portal: &Portal, actor: &Actor, group: GroupId, account: AccountId) -> Result<()> {
    let group = managed_class(actor, group)?;
    let mut write = portal.store.write().await?;
    let (school, roles) = managed_staff(&mut write, actor, group.school_id, account).await?;
    if !write.end_group_staff(school, group.id, account, portal.clock.now()).await? {
        return Err(Error::not_found());
    }
    changed_staff(&mut write, portal, actor, school, &roles, "people.unassign-group", &group.name).await?;
    write.commit().await?;
    Ok(())
}

/// Records a change to somebody on the staff and tells their open pages.
async fn changed_staff(
    write: &mut Write,
    portal: &Portal,
    actor: &Actor,
    school: SchoolId,
    roles: &[StaffRow],
    action: &str,
    detail: &str,
) -> Result<()> {
    let Some(person) = roles.first() else { return Ok(()) };
    let entry = Entry { action, subject: &person.name, detail };
    audit::record(write, portal, school, Some(actor.account()), entry).await?;
    live::tell(write, portal, &[person.account_id], LiveEvent::Resync).await
}
