//! Purposes edited by the director. What has been answered was answered to a text, so every change is a new version: the
//! answers to the old one stop counting, and everybody concerned is asked again.

use super::{
    asking::{Reason, write_letters},
    purposes::all_texts_of,
};
use crate::{
    Actor, Error, Portal, Result,
    actor::ActorSchool,
    audit::{self, Entry},
    gate::{Audience, Rules},
    jobs::{self, Job},
    moments::Dates,
    policy::{self, Action, Target},
};
use model::{
    ApiError, Problem, PurposeId, SchoolId,
    account::SchoolName,
    check::{Checker, PURPOSE_TEXT_MAX, PURPOSE_TITLE_MAX},
    consent::LegalBasis,
    error::Conflict,
    purposes::{CurrentPurpose, PurposeForm, PurposeLine, PurposeTexts, PurposeWords, PurposesPage},
};
use store::{CurrentPurposeRow, PurposeRow, Read, Write};
use texts::Lang;

/// What publishing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    Published,
    /// It says what it said before: nobody is asked again.
    Unchanged,
}

/// The purposes of a school; of the actor's own when none is named.
pub async fn list_purposes(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    school: Option<SchoolId>,
) -> Result<PurposesPage> {
    let school = policy::school(actor, Action::GovernSchool, school)?;
    let dates = Dates::new(lang, &school.time_zone, portal.clock.now());
    let rows = portal.store.read().await?.list_current_purposes(school.id).await?;
    let line = |CurrentPurposeRow { purpose, created_at }: CurrentPurposeRow| {
        Ok(PurposeLine {
            id: purpose.id,
            title: super::purposes::texts_of(&purpose, lang)?.0,
            basis: purpose.basis,
            version: version(&purpose),
            since: dates.moment(created_at),
        })
    };
    Ok(PurposesPage {
        school: SchoolName { id: school.id, name: school.name.clone() },
        schools: governed_schools(actor),
        purposes: rows.into_iter().map(line).collect::<Result<_>>()?,
    })
}

/// The schools that the actor governs; none where there is no choice.
pub(super) fn governed_schools(actor: &Actor) -> Vec<SchoolName> {
    let schools: Vec<SchoolName> = actor
        .schools()
        .iter()
        .filter(|school| policy::may(actor, Action::GovernSchool, Target::School(school.id)))
        .map(|school| SchoolName { id: school.id, name: school.name.clone() })
        .collect();
    if schools.len() > 1 { schools } else { Vec::new() }
}

/// A purpose to edit, as it reads now, whichever of its versions is named.
pub async fn find_purpose(portal: &Portal, actor: &Actor, lang: Lang, purpose: PurposeId) -> Result<PurposeForm> {
    let mut read = portal.store.read().await?;
    let row = read.find_purpose(purpose).await?.ok_or_else(Error::not_found)?;
    let school = policy::school(actor, Action::GovernSchool, Some(row.school_id))?;
    let dates = Dates::new(lang, &school.time_zone, portal.clock.now());
    let current = read.list_current_purposes(school.id).await?;
    let current = current.into_iter().find(|current| current.purpose.key == row.key);
    let CurrentPurposeRow { purpose: row, created_at } = current.ok_or_else(Error::not_found)?;
    let current = CurrentPurpose {
        id: row.id,
        basis: row.basis,
        version: version(&row),
        since: dates.moment(created_at),
        is_portal: Audience::of_purpose(&row.key).is_some(),
    };
    form(&mut read, portal, school, Some(current), all_texts_of(&row)?).await
}

/// The form for a new purpose of a school; of the actor's own when none is named.
pub async fn new_purpose(portal: &Portal, actor: &Actor, school: Option<SchoolId>) -> Result<PurposeForm> {
    let school = policy::school(actor, Action::GovernSchool, school)?;
    form(&mut portal.store.read().await?, portal, school, None, PurposeTexts::new()).await
}

async fn form(
    read: &mut Read,
    portal: &Portal,
    school: &ActorSchool,
    current: Option<CurrentPurpose>,
    texts: PurposeTexts,
) -> Result<PurposeForm> {
    let is_asked = current.as_ref().is_none_or(|current| current.basis == LegalBasis::Consent);
    let rules = Rules::new(&school.settings, &school.time_zone, portal.clock.now());
    let guardians = if is_asked { read.list_asked_guardians(school.id, &rules.grown_up).await?.len() } else { 0 };
    Ok(PurposeForm {
        school: SchoolName { id: school.id, name: school.name.clone() },
        current,
        new_id: portal.clock.new_id(),
        texts,
        guardians: u32::try_from(guardians).unwrap_or(u32::MAX),
    })
}

fn version(row: &PurposeRow) -> u32 {
    u32::try_from(row.version).unwrap_or(0)
}

/// Whether these texts could be published; changes nothing.
pub fn preview(actor: &Actor, school: SchoolId, texts: &PurposeTexts) -> Result<()> {
    policy::require(actor, Action::GovernSchool, Target::School(school))?;
    check_texts(texts).map(drop)
}

/// Adds a purpose of the school's own. Doing it again with the same id changes nothing.
pub async fn add_purpose(
    portal: &Portal,
    actor: &Actor,
    school: SchoolId,
    id: PurposeId,
    basis: &str,
    texts: &PurposeTexts,
) -> Result<()> {
    let school = policy::school(actor, Action::GovernSchool, Some(school))?;
    let texts = check_texts(texts)?;
    let mut checker = Checker::default();
    let basis = checker.choice("basis", basis);
    checker.finish()?;
    let basis = basis.unwrap_or(LegalBasis::Consent);
    let mut write = portal.store.write().await?;
    write.lock_school(school.id).await?;
    let current = write.list_purposes(school.id).await?;
    if current.iter().any(|row| row.id == id) {
        return Ok(());
    }
    let row = PurposeRow {
        id,
        school_id: school.id,
        key: format!("own_{}", id.0.simple()),
        version: 1,
        basis,
        texts: serde_json::to_string(&texts)?,
        position: current.iter().map(|row| row.position).max().unwrap_or(0) + 1,
    };
    put(&mut write, portal, actor, school, &row, "purpose.add").await?;
    write.commit().await?;
    Ok(())
}

/// Puts a new version in the place of the one that the actor has seen. Doing it again with the same id changes nothing.
pub async fn publish_purpose(
    portal: &Portal,
    actor: &Actor,
    seen: PurposeId,
    id: PurposeId,
    texts: &PurposeTexts,
) -> Result<Outcome> {
    let mut write = portal.store.write().await?;
    let (school, row) = lock_governed(&mut write, actor, seen).await?;
    let texts = check_texts(texts)?;
    let current = write.list_purposes(school.id).await?.into_iter().find(|current| current.key == row.key);
    let current = match current {
        Some(current) if current.id == id => return Ok(Outcome::Published),
        Some(current) if current.id == seen => current,
        _ => return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into()),
    };
    if all_texts_of(&current)? == texts {
        return Ok(Outcome::Unchanged);
    }
    write.supersede_purpose(school.id, &current.key, portal.clock.now()).await?;
    let next = PurposeRow { id, version: current.version + 1, texts: serde_json::to_string(&texts)?, ..current };
    put(&mut write, portal, actor, school, &next, "purpose.publish").await?;
    write.commit().await?;
    Ok(Outcome::Published)
}

/// Ends a purpose: it is asked no more, and what was answered counts for nothing. Doing it again changes nothing.
pub async fn end_purpose(portal: &Portal, actor: &Actor, seen: PurposeId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (school, row) = lock_governed(&mut write, actor, seen).await?;
    if Audience::of_purpose(&row.key).is_some() {
        return Err(ApiError::conflict(Conflict::PurposeNeeded).into());
    }
    let current = write.list_purposes(school.id).await?.into_iter().find(|current| current.key == row.key);
    match current {
        None => return Ok(()),
        Some(current) if current.id == seen => {}
        Some(_) => return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into()),
    }
    write.supersede_purpose(school.id, &row.key, portal.clock.now()).await?;
    note(&mut write, portal, actor, &row, "purpose.end").await?;
    write.commit().await?;
    Ok(())
}

/// The version and its school, if the actor governs it. The school is locked.
async fn lock_governed<'a>(
    write: &mut Write,
    actor: &'a Actor,
    seen: PurposeId,
) -> Result<(&'a ActorSchool, PurposeRow)> {
    let row = write.find_purpose(seen).await?.ok_or_else(Error::not_found)?;
    let school = policy::school(actor, Action::GovernSchool, Some(row.school_id))?;
    write.lock_school(school.id).await?;
    Ok((school, row))
}

/// Makes this version the current one, with all that follows from it.
async fn put(
    write: &mut Write,
    portal: &Portal,
    actor: &Actor,
    school: &ActorSchool,
    row: &PurposeRow,
    action: &str,
) -> Result<()> {
    let now = portal.clock.now();
    match write.create_purpose(row, now).await {
        Err(store::Error::Duplicate(_)) => return Err(Error::not_found()),
        other => other?,
    }
    if row.basis == LegalBasis::Consent {
        let rules = Rules::new(&school.settings, &school.time_zone, now);
        let guardians = write.list_asked_guardians(school.id, &rules.grown_up).await?;
        write_letters(write, portal, school.id, Reason::NewText, row.id.0, &guardians).await?;
    }
    if Audience::of_purpose(&row.key).is_some() {
        // Nobody's answer is yes any more: open pages must not go on showing what they fetched before.
        jobs::enqueue(write, portal, &Job::PicturesChanged { school: school.id }, 0).await?;
    }
    note(write, portal, actor, row, action).await
}

async fn note(write: &mut Write, portal: &Portal, actor: &Actor, row: &PurposeRow, action: &str) -> Result<()> {
    let (title, _) = super::purposes::texts_of(row, Lang::Nl)?;
    let detail = format!("v{}", row.version);
    let entry = Entry { action, subject: &title, detail: &detail };
    audit::record(write, portal, row.school_id, Some(actor.account()), entry).await
}

/// Dutch must be there; another language has title and text, or neither and is read in Dutch.
fn check_texts(typed: &PurposeTexts) -> Result<PurposeTexts> {
    if typed.keys().any(|tag| !Lang::ALL.iter().any(|lang| lang.tag() == tag)) {
        return Err(ApiError::Malformed.into());
    }
    let mut checker = Checker::default();
    let mut texts = PurposeTexts::new();
    for lang in Lang::ALL {
        let words = typed.get(lang.tag()).cloned().unwrap_or_default();
        let [title_field, text_field] = ["title", "text"].map(|part| format!("texts[{}][{part}]", lang.tag()));
        let title = checker.optional_line(&title_field, &words.title, PURPOSE_TITLE_MAX);
        let text = checker.optional_lines(&text_field, &words.text, PURPOSE_TEXT_MAX);
        if lang != Lang::Nl && title.is_empty() && text.is_empty() {
            continue;
        }
        for (field, value) in [(&title_field, &title), (&text_field, &text)] {
            if value.is_empty() {
                checker.problem(field, Problem::Required);
            }
        }
        texts.insert(lang.tag().to_owned(), PurposeWords { title, text });
    }
    checker.finish()?;
    Ok(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(words: &[(&str, &str, &str)]) -> PurposeTexts {
        let words = words.iter().map(|(tag, title, text)| {
            ((*tag).to_owned(), PurposeWords { title: (*title).to_owned(), text: (*text).to_owned() })
        });
        words.collect()
    }

    fn problem(words: &[(&str, &str, &str)], field: &str) -> Option<Problem> {
        match check_texts(&typed(words)).expect_err("not to be accepted") {
            Error::Api(error) => error.problem_of(field).cloned(),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn dutch_is_there_and_other_languages_are_whole_or_not() {
        let given = [("nl", " Schoolkrant ", "Een foto.\r\nMeer."), ("en", "", " "), ("fy", "Skoalkrante", "In foto.")];
        let texts = check_texts(&typed(&given)).expect("fine");
        assert_eq!(texts, typed(&[("nl", "Schoolkrant", "Een foto.\nMeer."), ("fy", "Skoalkrante", "In foto.")]));
        assert_eq!(problem(&[], "texts[nl][title]"), Some(Problem::Required));
        assert_eq!(problem(&[("nl", "Titel", "")], "texts[nl][text]"), Some(Problem::Required));
        assert_eq!(problem(&[("nl", "T", "t"), ("en", "Title", "")], "texts[en][text]"), Some(Problem::Required));
        assert_eq!(problem(&[("nl", "T", "t"), ("fy", "", "Tekst")], "texts[fy][title]"), Some(Problem::Required));
    }

    #[test]
    fn texts_are_bounded_and_plain() {
        let (title, text) = ("t".repeat(PURPOSE_TITLE_MAX + 1), "t".repeat(PURPOSE_TEXT_MAX + 1));
        let (title_max, text_max) = (PURPOSE_TITLE_MAX as u32, PURPOSE_TEXT_MAX as u32);
        assert_eq!(problem(&[("nl", &title, "t")], "texts[nl][title]"), Some(Problem::TooLong { max: title_max }));
        assert_eq!(problem(&[("nl", "T", &text)], "texts[nl][text]"), Some(Problem::TooLong { max: text_max }));
        for strange in ["a\u{0}b", "a\u{1B}b", "a\u{202E}b", "regel\nregel"] {
            assert_eq!(problem(&[("nl", strange, "t")], "texts[nl][title]"), Some(Problem::StrangeCharacters));
        }
        let other = check_texts(&typed(&[("nl", "T", "t"), ("xx", "T", "t")])).expect_err("no such language");
        assert!(matches!(other, Error::Api(ApiError::Malformed)));
    }
}
