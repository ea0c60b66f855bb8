//! Erasing what was answered about a child, where the law asks for it: the only way a record ends.

use crate::{
    Actor, Error, Portal, Result,
    audit::{self, Entry},
    policy::{self, Action, Target},
};
use model::{
    ApiError, ChildId,
    check::{Checker, REASON_MAX},
    error::Conflict,
};
use store::ErasureRow;

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
