//! How far a school's questions have been answered: counts for its director.

use super::{asking::may_remind, editing::governed_schools, ids_of, lists::asked_purposes, purposes::texts_of};
use crate::{
    Actor, Portal, Result,
    gate::{Rules, Said},
    moments::Dates,
    policy::{self, Action},
};
use model::{
    AccountId, ChildId, PurposeId, SchoolId,
    account::SchoolName,
    consent::Effective,
    coverage::{Coverage, CoveragePage, GroupCoverage, LastReminder, PurposeCoverage},
};
use std::collections::BTreeMap;
use store::{ChildRow, PurposeRow, Read, ReminderRow};
use texts::Lang;

/// What has been answered about the children of a school.
struct Known {
    rules: Rules,
    children: Vec<ChildRow>,
    given: BTreeMap<(ChildId, PurposeId), Said>,
    /// Guardians with custody of each child that they decide for.
    custody: BTreeMap<ChildId, usize>,
}

/// The overview of a school; of the actor's own when none is named.
pub async fn find_coverage(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    school: Option<SchoolId>,
) -> Result<CoveragePage> {
    let school = policy::school(actor, Action::GovernSchool, school)?;
    let now = portal.clock.now();
    let dates = Dates::new(lang, &school.time_zone, now);
    let mut read = portal.store.read().await?;
    let purposes = asked_purposes(&mut read, school.id).await?;
    let rules = Rules::new(&school.settings, &school.time_zone, now);
    let guardians = read.list_asked_guardians(school.id, &rules.grown_up).await?.len();
    let open = read.list_open_guardians(school.id, &rules.grown_up).await?.len();
    let last = read.find_last_reminder(school.id).await?;
    let can_remind = open > 0 && may_remind(last.as_ref(), now);
    let known = know(&mut read, school.id, rules, &purposes).await?;
    let last = match last {
        Some(last) => Some(last_reminder(&mut read, &dates, last).await?),
        None => None,
    };
    Ok(CoveragePage {
        school: SchoolName { id: school.id, name: school.name.clone() },
        schools: governed_schools(actor),
        purposes: purposes.iter().map(|purpose| covered(&known, purpose, lang)).collect::<Result<_>>()?,
        guardians: count(guardians),
        open_guardians: count(open),
        last,
        can_remind,
    })
}

async fn know(read: &mut Read, school: SchoolId, rules: Rules, purposes: &[PurposeRow]) -> Result<Known> {
    let mut children = read.list_children_of_school(school).await?;
    // The engines don't agree on where children without a group come.
    children.sort_by_key(|child| child.group_id.is_none());
    let ids: Vec<ChildId> = children.iter().map(|child| child.id).collect();
    let given = read.count_answers(&ids, &ids_of(purposes), &rules.grown_up).await?;
    let given = given.into_iter().map(|row| ((row.child_id, row.purpose_id), row.into())).collect();
    let custody = read.count_custody(&ids, &rules.grown_up).await?;
    let custody = custody.into_iter().map(|(child, count)| (child, usize::try_from(count).unwrap_or(0))).collect();
    Ok(Known { rules, children, given, custody })
}

fn covered(known: &Known, purpose: &PurposeRow, lang: Lang) -> Result<PurposeCoverage> {
    let mut total = Coverage::default();
    let mut groups: Vec<GroupCoverage> = Vec::new();
    let mut last = None;
    for child in &known.children {
        let one = known.about(child, purpose.id);
        total.add(one);
        if last != Some(child.group_id) {
            last = Some(child.group_id);
            groups.push(GroupCoverage { group: child.group_name.clone(), counts: Coverage::default() });
        }
        if let Some(group) = groups.last_mut() {
            group.counts.add(one);
        }
    }
    Ok(PurposeCoverage { title: texts_of(purpose, lang)?.0, total, groups })
}

impl Known {
    fn about(&self, child: &ChildRow, purpose: PurposeId) -> Coverage {
        let given = self.given.get(&(child.id, purpose)).copied().unwrap_or_default();
        let guardians = self.custody.get(&child.id).copied().unwrap_or(0);
        let asked = if self.rules.is_grown_up(child.born_on.as_deref()) { 1 } else { guardians };
        let outcome = self.rules.outcome(given, guardians);
        Coverage {
            children: 1,
            complete: u32::from(asked > 0 && given.answers() >= asked),
            yes: u32::from(outcome == Effective::Yes),
            no: u32::from(outcome == Effective::No),
            open: u32::from(outcome == Effective::Unset),
        }
    }
}

async fn last_reminder(read: &mut Read, dates: &Dates, row: ReminderRow) -> Result<LastReminder> {
    let by = match row.sent_by {
        Some(account) => read.find_account(AccountId(account)).await?.map(|account| account.name),
        None => None,
    };
    Ok(LastReminder { at: dates.moment(row.sent_at), by, letters: u32::try_from(row.letters).unwrap_or(u32::MAX) })
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
