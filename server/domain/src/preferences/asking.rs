//! Letters that ask guardians to look at their preferences: one for each guardian, however many children there are.

use crate::{
    Actor, Error, Portal, Result,
    audit::{self, Entry},
    gate::Rules,
    jobs::{self, Job},
    mail::Letter,
    moments::first_school_monday,
    policy::{self, Action},
};
use model::{AccountId, ApiError, SchoolId, Time, account::SchoolSettings, error::Conflict};
use store::{AskedRow, ReminderRow, SchoolRow, Write};
use texts::{Lang, Text, asking};
use uuid::Uuid;

/// Time between two reminders of one school.
const BETWEEN_REMINDERS: i64 = Time::DAY;

/// How long after their moment yearly letters still go out, where the server was away: until the school week is over.
const YEARLY_FOR: i64 = 5 * Time::DAY;
/// Schools that are looked at together.
const CHUNK: i64 = 500;

/// Why a letter is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    /// A question is new, or its text.
    NewText,
    /// Something is left to answer.
    Open,
    /// A school year has begun.
    Yearly,
}

impl Reason {
    fn words(self) -> (Text, Text) {
        match self {
            Reason::NewText => (asking::NEW_TEXT_SUBJECT, asking::NEW_TEXT_BODY),
            Reason::Open => (asking::OPEN_SUBJECT, asking::OPEN_BODY),
            Reason::Yearly => (asking::YEARLY_SUBJECT, asking::YEARLY_BODY),
        }
    }
}

/// Puts letters to these guardians into the outbox; answers how many. `from`: the id of what they follow from, of which the
/// letters have theirs, so that nobody gets two.
pub(super) async fn write_letters(
    write: &mut Write,
    portal: &Portal,
    school: SchoolId,
    reason: Reason,
    from: Uuid,
    guardians: &[AskedRow],
) -> Result<i64> {
    let school =
        write.find_school(school).await?.ok_or_else(|| Error::internal("letters of a school that is not there"))?;
    for guardian in guardians {
        let letter = letter(portal, &school, reason, guardian);
        let id = Uuid::new_v5(&from, guardian.account_id.0.as_bytes());
        jobs::enqueue_once(write, portal, id, &Job::Mail(letter)).await?;
    }
    Ok(guardians.len() as i64)
}

/// Names no child, no question and no answer: those stay in the portal.
fn letter(portal: &Portal, school: &SchoolRow, reason: Reason, guardian: &AskedRow) -> Letter {
    let tag = guardian.language.as_deref().unwrap_or(&school.language);
    let lang = Lang::from_tag(tag).unwrap_or_default();
    let (subject, body) = reason.words();
    let page = format!("{}/children/{}/preferences", portal.public_url, guardian.child_id);
    Letter {
        to_name: guardian.name.clone(),
        to_email: guardian.email.clone(),
        lang: lang.tag().to_owned(),
        school: school.name.clone(),
        subject: lang.with(subject, &[("school", &school.name)]),
        paragraphs: vec![lang.with(asking::DEAR, &[("name", &guardian.name)]), lang.get(body).to_owned()],
        link: Some((lang.get(asking::LETTER_LINK).to_owned(), page)),
    }
}

/// Whether a day has passed since the last reminder.
pub(super) fn may_remind(last: Option<&ReminderRow>, now: Time) -> bool {
    last.is_none_or(|last| last.sent_at <= now.plus(-BETWEEN_REMINDERS))
}

/// Writes to the guardians who have not answered everything that they are asked, and to nobody else; at most once a day.
pub async fn remind_open(portal: &Portal, actor: &Actor, school: SchoolId) -> Result<()> {
    let school = policy::school(actor, Action::GovernSchool, Some(school))?;
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    write.lock_school(school.id).await?;
    if !may_remind(write.find_last_reminder(school.id).await?.as_ref(), now) {
        return Err(ApiError::conflict(Conflict::RemindedToday).into());
    }
    let rules = Rules::new(&school.settings, &school.time_zone, now);
    let guardians = write.list_open_guardians(school.id, &rules.grown_up).await?;
    if guardians.is_empty() {
        return Ok(());
    }
    let letters = remind(&mut write, portal, school.id, Reason::Open, Some(actor.account()), &guardians).await?;
    let entry = Entry { action: "preferences.remind", subject: "", detail: &letters.to_string() };
    audit::record(&mut write, portal, school.id, Some(actor.account()), entry).await?;
    write.commit().await?;
    Ok(())
}

/// Writes to these guardians and puts it on record; answers how many letters it were. The school is locked.
async fn remind(
    write: &mut Write,
    portal: &Portal,
    school: SchoolId,
    reason: Reason,
    by: Option<AccountId>,
    guardians: &[AskedRow],
) -> Result<i64> {
    let id = portal.clock.new_id();
    let letters = write_letters(write, portal, school, reason, id, guardians).await?;
    let sent_by = by.map(|account| account.0);
    let row = ReminderRow { id, school_id: school, sent_by, sent_at: portal.clock.now(), letters };
    write.add_reminder(&row).await?;
    Ok(letters)
}

/// Asks every guardian of the schools that want it to look at the preferences again, once a year: in the first school week, from
/// Monday at nine. It changes no answer. What is wrong with one school keeps no letter of another one back.
pub async fn remind_yearly(portal: &Portal) -> Result<()> {
    let mut after = SchoolId(Uuid::nil());
    let mut failed = None;
    loop {
        let schools = portal.store.read().await?.list_schools_after(after, CHUNK).await?;
        for school in &schools {
            if let Err(error) = remind_school(portal, school).await {
                tracing::error!(school = %school.id, %error, "yearly letters could not be written");
                failed = Some(error);
            }
        }
        match schools.last() {
            Some(last) if schools.len() as i64 == CHUNK => after = last.id,
            _ => return failed.map_or(Ok(()), Err),
        }
    }
}

async fn remind_school(portal: &Portal, school: &SchoolRow) -> Result<()> {
    let now = portal.clock.now();
    let settings: SchoolSettings = serde_json::from_str(&school.settings)?;
    let due = first_school_monday(&school.time_zone, now);
    let Some(due) = due.filter(|due| settings.yearly_reminder && (*due..due.plus(YEARLY_FOR)).contains(&now)) else {
        return Ok(());
    };
    let mut write = portal.store.write().await?;
    write.lock_school(school.id).await?;
    if write.has_yearly_reminder(school.id, due).await? {
        return Ok(());
    }
    let rules = Rules::new(&settings, &school.time_zone, now);
    let guardians = write.list_asked_guardians(school.id, &rules.grown_up).await?;
    remind(&mut write, portal, school.id, Reason::Yearly, None, &guardians).await?;
    write.commit().await?;
    Ok(())
}
