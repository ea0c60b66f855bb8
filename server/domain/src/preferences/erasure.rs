//! Erasing what was answered about a child, where the law asks for it: the only way a record ends.

use crate::{
    Actor, Error, Portal, Result,
    audit::{self, Entry},
    moments::Dates,
    policy::{self, Action, Target},
};
use model::{
    ApiError, ChildId, SchoolId, Time,
    account::SchoolName,
    check::{Checker, REASON_MAX},
    error::Conflict,
    people::{ErasedAnswers, FormerChild, FormerPage},
};
use store::{ErasureRow, FormerChildRow};
use texts::Lang;
use uuid::Uuid;

/// Children on one page.
const PAGE: usize = 50;

/// Children who have left a school (the actor's own when none is named), the last one first; `before`: the last one of an earlier
/// page.
pub async fn list_former(
    portal: &Portal,
    actor: &Actor,
    school: Option<SchoolId>,
    before: Option<ChildId>,
    lang: Lang,
) -> Result<FormerPage> {
    let school = policy::school(actor, Action::ManagePeople, school)?;
    let mut read = portal.store.read().await?;
    let below = match before {
        Some(child) => (read.find_left_at(school.id, child).await?.ok_or_else(Error::not_found)?, child),
        None => (Time(i64::MAX), ChildId(Uuid::max())),
    };
    let mut rows = read.list_former_children(school.id, below, PAGE as i64 + 1).await?;
    let is_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let dates = Dates::new(lang, &school.time_zone, portal.clock.now());
    Ok(FormerPage {
        school: SchoolName { id: school.id, name: school.name.clone() },
        older: rows.last().filter(|_| is_more).map(|row| row.id),
        children: rows.into_iter().map(|row| former_child(row, &dates)).collect(),
    })
}

fn former_child(row: FormerChildRow, dates: &Dates) -> FormerChild {
    FormerChild {
        id: row.id,
        name: format!("{} {}", row.given_name, row.family_name).trim().to_owned(),
        group: row.group_name,
        left: dates.moment(row.left_at),
        erased: row
            .erased_at
            .map(|at| ErasedAnswers { at: dates.moment(Time(at)), reason: row.reason.unwrap_or_default() }),
    }
}

/// Erases all answers about a child that has left, with its paper forms. What stays is when, by whom and why. Doing it again
/// changes nothing.
pub async fn erase(portal: &Portal, actor: &Actor, child: ChildId, reason: &str) -> Result<()> {
    let mut write = portal.store.write().await?;
    write.lock_child(child).await?;
    let row = write.find_any_child(child).await?.ok_or_else(Error::not_found)?;
    policy::require(actor, Action::ManagePeople, Target::School(row.school_id))?;
    let mut checker = Checker::default();
    let reason = checker.lines("reason", reason, REASON_MAX);
    checker.finish()?;
    if write.find_child(child).await?.is_some() {
        return Err(ApiError::conflict(Conflict::ChildIsHere).into());
    }
    if write.find_erasure(child).await?.is_some() {
        return Ok(());
    }
    let record = write.list_record(child).await?;
    let forms = write.list_paper_forms(child).await?;
    let marker = ErasureRow {
        child_id: child,
        school_id: row.school_id,
        erased_by: actor.account(),
        erased_at: portal.clock.now(),
        reason: reason.clone(),
        answers: record.len() as i64,
        last_hash: record.last().and_then(|row| row.hash.clone()),
    };
    write.erase_answers(&marker).await?;
    let entry = Entry { action: "preferences.erase", subject: &row.name(), detail: &reason };
    audit::record(&mut write, portal, row.school_id, Some(actor.account()), entry).await?;
    write.commit().await?;
    for form in forms {
        crate::media::delete_file(portal, &crate::media::paper_form(form.id)).await?;
    }
    Ok(())
}
