//! Choosing to whom a post goes, and holding to it until it is published and changed.

use super::{
    Draft,
    addressees::{Addressees, children_offered, known_groups},
    count,
};
use crate::{Actor, Error, Portal, Result, accounts::writable_groups};
use model::{
    ApiError, ChildId, PostId, Problem, SchoolId, Time,
    check::Checker,
    error::Conflict,
    options::{PostOptions, PreviewedReach},
};
use std::collections::BTreeSet;
use store::{ChildRow, PostRow, Read, Write};

/// How far back the posts of a group are counted for whoever is about to add one.
const RECENT: i64 = 7 * Time::DAY;

/// To whom a draft goes, of those to whom the actor may post, and their school. Groups or children, and not both: who is
/// named is written to alone.
pub(super) async fn read_addressees(
    portal: &Portal,
    actor: &Actor,
    draft: &Draft<'_>,
    checker: &mut Checker,
) -> Result<(Addressees, Option<SchoolId>)> {
    let writable = writable_groups(actor);
    let mut schools = BTreeSet::new();
    for id in draft.groups {
        let group = writable.iter().find(|group| group.id == *id).ok_or_else(Error::not_found)?;
        schools.insert(group.school_id);
    }
    let mut children: Vec<&ChildRow> = Vec::new();
    let wanted = child_ids(draft.options)?;
    let offered =
        if wanted.is_empty() { Vec::new() } else { children_offered(&mut portal.store.read().await?, actor).await? };
    for id in wanted {
        let child = offered.iter().find(|child| child.id == id).ok_or_else(Error::not_found)?;
        schools.insert(child.school_id);
        children.push(child);
    }
    if schools.len() > 1 {
        checker.problem("groups", Problem::NotAChoice);
    }
    if !children.is_empty() && !draft.groups.is_empty() {
        checker.problem("children", Problem::NotAChoice);
    }
    let to = if children.is_empty() { Addressees::of_groups(draft.groups) } else { Addressees::of_children(&children) };
    Ok((to, schools.first().copied()))
}

/// The children named in the form, sorted, each once.
pub(super) fn child_ids(options: &PostOptions) -> Result<Vec<ChildId>> {
    let ids = options.children.iter().map(|child| child.parse().map_err(|_| Error::not_found()));
    Ok(ids.collect::<Result<BTreeSet<ChildId>>>()?.into_iter().collect())
}

/// What the author sees before publishing.
pub(super) async fn preview(
    read: &mut Read,
    portal: &Portal,
    actor: &Actor,
    school: SchoolId,
    post: PostId,
    to: &Addressees,
) -> Result<PreviewedReach> {
    let readers = to.readers(school, known_groups(actor, school));
    let (guardians, _) = read.count_reach(readers, post).await?;
    let busiest = read.find_busiest_group(&to.groups, portal.clock.now().plus(-RECENT)).await?;
    Ok(PreviewedReach {
        is_chosen: !to.is_empty(),
        guardians: count(guardians),
        busiest: busiest.map(|(group, posts)| (group, count(posts))),
    })
}

/// Refuses a post that nobody would get: its groups have no children, the named children no guardians.
pub(super) async fn require_somebody(read: &mut Read, actor: &Actor, row: &PostRow, to: &Addressees) -> Result<()> {
    let readers = to.readers(row.school_id, known_groups(actor, row.school_id));
    let somebody = if to.children.is_empty() {
        read.count_addressed_children(readers).await?
    } else {
        read.count_reach(readers, row.id).await?.0
    };
    if somebody > 0 { Ok(()) } else { Err(ApiError::conflict(Conflict::NobodyReads).into()) }
}

/// The groups of named children as they are at the time of publication: a draft may have waited while children moved.
pub(super) async fn refresh_teams(write: &mut Write, row: &PostRow, to: Addressees) -> Result<Addressees> {
    if to.children.is_empty() {
        return Ok(to);
    }
    let children = write.list_children(row.school_id, &to.children).await?;
    let to = Addressees::of_children(&children.iter().collect::<Vec<_>>());
    to.set(write, row.school_id, row.id).await?;
    Ok(to)
}

/// The groups whose staff goes on reading about the children that are left: those that the children are in now, of those
/// that read before.
pub(super) async fn keep_teams(
    write: &mut Write,
    row: &PostRow,
    to: Addressees,
    before: &Addressees,
) -> Result<Addressees> {
    if to.children.len() == before.children.len() {
        return Ok(to);
    }
    let left = write.list_children(row.school_id, &to.children).await?;
    let now = Addressees::of_children(&left.iter().collect::<Vec<_>>());
    let teams = before.teams.iter().copied().filter(|team| now.teams.contains(team)).collect();
    Ok(Addressees { children: now.children, teams, ..to })
}
