//! The audit log: written with every decision about people, read by directors.

use crate::{
    Actor, Portal, Result,
    moments::Dates,
    policy::{self, Action},
};
use model::{SchoolId, people::AuditLine};
use store::{NewAudit, Write};
use texts::Lang;

/// How many lines the page shows.
const SHOWN: i64 = 200;

/// What was done, to whom, and how.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    /// Such as `access.approve`.
    pub action: &'a str,
    /// Who or what it was done to, as it is called now.
    pub subject: &'a str,
    pub detail: &'a str,
}

/// Records what somebody does, in the transaction that does it. No actor: whoever runs the server.
pub(crate) async fn record(
    write: &mut Write,
    portal: &Portal,
    school: SchoolId,
    actor: Option<model::AccountId>,
    entry: Entry<'_>,
) -> Result<()> {
    let Entry { action, subject, detail } = entry;
    let (id, at) = (portal.clock.new_id(), portal.clock.now());
    write.add_audit(NewAudit { id, school, actor, action, subject, detail, at }).await?;
    Ok(())
}

/// The newest lines of the log of a school; of the actor's own when none is named.
pub async fn list(portal: &Portal, actor: &Actor, school: Option<SchoolId>, lang: Lang) -> Result<Vec<AuditLine>> {
    let school = policy::school(actor, Action::GovernSchool, school)?;
    let dates = Dates::new(lang, &school.time_zone, portal.clock.now());
    let rows = portal.store.read().await?.list_audit(school.id, SHOWN).await?;
    Ok(rows
        .into_iter()
        .map(|row| AuditLine {
            at: dates.moment(row.at),
            by: row.actor,
            action: row.action,
            subject: row.subject,
            detail: row.detail,
        })
        .collect())
}
