//! Lists for staff: who may be pictured for what, on a screen and on paper.

use super::{ids_of, purposes::texts_of};
use crate::{
    Actor, Error, Portal, Result,
    actor::ActorSchool,
    audit::{self, Entry},
    gate::{self, Answers, Rules},
    moments::Dates,
    policy::{self, Action, Target},
};
use model::{
    ChildId, GroupId, SchoolId,
    consent::{Effective, GroupPreferenceRow, GroupPreferences, LegalBasis, PrintedList},
};
use std::collections::BTreeMap;
use store::{ChildRow, GroupRow, NewPrint, PrintRow, PurposeRow, Read};
use texts::Lang;

/// Who may be pictured, as it stands now.
pub(super) struct Listed {
    /// Those that are asked.
    pub purposes: Vec<PurposeRow>,
    pub children: Vec<ChildRow>,
    pub answers: Answers,
}

/// What a printed list says of each child, by the key of the purpose: a new version is another question.
type Printed = BTreeMap<ChildId, BTreeMap<String, Effective>>;

impl Listed {
    /// Titles of the purposes.
    pub fn titles(&self, lang: Lang) -> Result<Vec<String>> {
        self.purposes.iter().map(|purpose| Ok(texts_of(purpose, lang)?.0)).collect()
    }

    fn to_print(&self) -> Printed {
        let said = |child: &ChildRow| {
            let answers = self.purposes.iter();
            answers.map(|purpose| (purpose.key.clone(), self.answers.of(child.id, purpose.id))).collect()
        };
        self.children.iter().map(|child| (child.id, said(child))).collect()
    }
}

/// The purposes of a school that are asked, in order.
pub(super) async fn asked_purposes(read: &mut Read, school: SchoolId) -> Result<Vec<PurposeRow>> {
    let mut purposes = read.list_purposes(school).await?;
    purposes.retain(|purpose| purpose.basis == LegalBasis::Consent);
    Ok(purposes)
}

/// The group and its school, if the actor may see its list.
pub(super) fn find_group(actor: &Actor, group: GroupId) -> Result<(&ActorSchool, &GroupRow)> {
    let (school, row) = actor
        .schools()
        .iter()
        .find_map(|school| school.groups.iter().find(|row| row.id == group && !row.is_school).map(|row| (school, row)))
        .ok_or_else(Error::not_found)?;
    policy::require(actor, Action::SeePreferences, Target::Group { school: school.id, group })?;
    Ok((school, row))
}

/// The list of a group; of the whole school when none is named.
pub(super) async fn look(
    read: &mut Read,
    portal: &Portal,
    school: &ActorSchool,
    group: Option<GroupId>,
) -> Result<Listed> {
    let purposes = asked_purposes(read, school.id).await?;
    let children = match group {
        Some(group) => read.list_children_of_groups(school.id, &[group]).await?,
        None => read.list_children_of_school(school.id).await?,
    };
    let ids: Vec<ChildId> = children.iter().map(|child| child.id).collect();
    let rules = Rules::new(&school.settings, &school.time_zone, portal.clock.now());
    let answers = gate::answers(read, &rules, &ids_of(&purposes), &ids).await?;
    Ok(Listed { purposes, children, answers })
}

/// A group's list for staff: who may be pictured for what, and what has changed since it was last printed.
pub async fn find_group_preferences(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    group: GroupId,
) -> Result<GroupPreferences> {
    let (school, row) = find_group(actor, group)?;
    let now = portal.clock.now();
    let dates = Dates::new(lang, &school.time_zone, now);
    let mut read = portal.store.read().await?;
    let listed = look(&mut read, portal, school, Some(group)).await?;
    let last = read.find_last_print(school.id, group).await?;
    let on_paper: Option<Printed> = last.as_ref().map(|print| serde_json::from_str(&print.answers)).transpose()?;
    let children: Vec<GroupPreferenceRow> =
        listed.children.iter().map(|child| child_row(&listed, child, on_paper.as_ref())).collect();
    let printed = match (last, &on_paper) {
        (Some(last), Some(on_paper)) => Some(printed(&mut read, school.id, &dates, &last, on_paper, &children).await?),
        _ => None,
    };
    Ok(GroupPreferences {
        id: group,
        group: row.name.clone(),
        school: school.name.clone(),
        at: dates.moment(now),
        purposes: listed.titles(lang)?,
        children,
        printed,
        whole_school: policy::may(actor, Action::SeeAllPreferences, Target::School(school.id)).then_some(school.id),
    })
}

fn child_row(listed: &Listed, child: &ChildRow, on_paper: Option<&Printed>) -> GroupPreferenceRow {
    let answer = |purpose: &PurposeRow| listed.answers.of(child.id, purpose.id);
    let is_changed = |purpose: &PurposeRow| {
        on_paper
            .is_some_and(|paper| paper.get(&child.id).and_then(|said| said.get(&purpose.key)) != Some(&answer(purpose)))
    };
    GroupPreferenceRow {
        child: child.id,
        name: child.name(),
        answers: listed.purposes.iter().map(answer).collect(),
        is_changed: listed.purposes.iter().map(is_changed).collect(),
    }
}

async fn printed(
    read: &mut Read,
    school: SchoolId,
    dates: &Dates,
    last: &PrintRow,
    on_paper: &Printed,
    children: &[GroupPreferenceRow],
) -> Result<PrintedList> {
    let is_here = |id: &ChildId| children.iter().any(|child| child.child == *id);
    let gone: Vec<ChildId> = on_paper.keys().filter(|id| !is_here(id)).copied().collect();
    let gone = read.list_children(school, &gone).await?;
    let changes = children.iter().flat_map(|child| &child.is_changed).filter(|is_changed| **is_changed).count();
    Ok(PrintedList {
        at: dates.moment(last.printed_at),
        by: last.name.clone(),
        changes: u32::try_from(changes).unwrap_or(u32::MAX),
        gone: gone.iter().map(ChildRow::name).collect(),
    })
}

/// Keeps what a group's list says now, because it is being printed: what changes from now on is marked.
pub async fn record_print(portal: &Portal, actor: &Actor, group: GroupId) -> Result<()> {
    let (school, row) = find_group(actor, group)?;
    let mut write = portal.store.write().await?;
    let listed = look(&mut write, portal, school, Some(group)).await?;
    let answers = serde_json::to_string(&listed.to_print())?;
    let new = NewPrint {
        id: portal.clock.new_id(),
        school: school.id,
        group,
        by: actor.account(),
        at: portal.clock.now(),
        answers: &answers,
    };
    write.add_print(new).await?;
    let entry = Entry { action: "preferences.print", subject: &row.name, detail: "" };
    audit::record(&mut write, portal, school.id, Some(actor.account()), entry).await?;
    write.commit().await?;
    Ok(())
}
