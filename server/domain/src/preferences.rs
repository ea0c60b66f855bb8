//! Image preferences as guardians answer them and staff read them.

use crate::{
    Actor, Error, Portal, Result, gate,
    jobs::{self, Job},
    moments::Dates,
    policy::{self, Action, Target},
};
use model::{
    ApiError, ChildId, GroupId, PurposeId, SchoolId, Time,
    consent::{
        AnsweredBy, ChildPreferences, Effective, GroupPreferenceRow, GroupPreferences, LegalBasis, OwnAnswer,
        PreferenceRow, Receipt, purpose,
    },
    error::Conflict,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use store::{ChildRow, NewAnswer, PurposeRow, Read, Write};
use texts::{Lang, Text, purposes};

/// A purpose in one language.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct PurposeText {
    title: String,
    text: String,
}

/// The purposes that Ikker comes with: key, ground, title, text.
const SHIPPED: [(&str, LegalBasis, Text, Text); 10] = [
    (purpose::PORTAL_GROUP, LegalBasis::Consent, purposes::PORTAL_GROUP, purposes::PORTAL_GROUP_TEXT),
    (purpose::PORTAL_SCHOOL, LegalBasis::Consent, purposes::PORTAL_SCHOOL, purposes::PORTAL_SCHOOL_TEXT),
    ("newsletter", LegalBasis::Consent, purposes::NEWSLETTER, purposes::NEWSLETTER_TEXT),
    ("school_guide", LegalBasis::Consent, purposes::SCHOOL_GUIDE, purposes::SCHOOL_GUIDE_TEXT),
    ("website", LegalBasis::Consent, purposes::WEBSITE, purposes::WEBSITE_TEXT),
    ("social_media", LegalBasis::Consent, purposes::SOCIAL_MEDIA, purposes::SOCIAL_MEDIA_TEXT),
    ("press", LegalBasis::Consent, purposes::PRESS, purposes::PRESS_TEXT),
    ("lesson_recording", LegalBasis::Consent, purposes::LESSON_RECORDING, purposes::LESSON_RECORDING_TEXT),
    ("contact_details", LegalBasis::Consent, purposes::CONTACT_DETAILS, purposes::CONTACT_DETAILS_TEXT),
    ("administration", LegalBasis::Information, purposes::ADMINISTRATION, purposes::ADMINISTRATION_TEXT),
];

/// Gives a new school the purposes that Ikker comes with. Answers them, in order.
pub async fn create_shipped_purposes(
    write: &mut Write,
    portal: &Portal,
    school: SchoolId,
    at: Time,
) -> Result<Vec<PurposeRow>> {
    let mut rows = Vec::new();
    for (position, (key, basis, title, text)) in SHIPPED.into_iter().enumerate() {
        let texts: BTreeMap<&str, PurposeText> = Lang::ALL
            .into_iter()
            .map(|lang| (lang.tag(), PurposeText { title: lang.get(title).into(), text: lang.get(text).into() }))
            .collect();
        let row = PurposeRow {
            id: portal.clock.new_id(),
            school_id: school,
            key: key.into(),
            version: 1,
            basis,
            texts: serde_json::to_string(&texts)?,
            position: i64::try_from(position).unwrap_or(0),
        };
        write.create_purpose(&row, at).await?;
        rows.push(row);
    }
    Ok(rows)
}

/// Title and text of a purpose in the reader's language, else in Dutch.
fn texts_of(row: &PurposeRow, lang: Lang) -> Result<(String, String)> {
    let mut texts: BTreeMap<String, PurposeText> = serde_json::from_str(&row.texts)?;
    let text = texts.remove(lang.tag()).or_else(|| texts.remove(Lang::Nl.tag())).or_else(|| texts.into_values().next());
    let text = text.ok_or_else(|| Error::internal("a purpose without texts"))?;
    Ok((text.title, text.text))
}

fn target(child: &ChildRow) -> Target {
    Target::Child { school: child.school_id, child: child.id, group: child.group_id.map(GroupId) }
}

/// The child, if the actor may answer for it.
async fn own_child(read: &mut Read, actor: &Actor, child: ChildId) -> Result<ChildRow> {
    let child = read.find_child(child).await?.ok_or_else(Error::not_found)?;
    policy::require(actor, Action::AnswerPreferences, target(&child))?;
    Ok(child)
}

/// One child's preferences, for one of its guardians with custody.
pub async fn find_preferences(portal: &Portal, actor: &Actor, lang: Lang, child: ChildId) -> Result<ChildPreferences> {
    let mut read = portal.store.read().await?;
    let child = own_child(&mut read, actor, child).await?;
    let dates = Dates::new(lang, actor.time_zone(), portal.clock.now());
    let purposes = read.list_purposes(child.school_id).await?;
    let ids = ids_of(&purposes);
    let answers = gate::answers(&mut read, all_must_agree(actor, child.school_id), &ids, &[child.id]).await?;
    let given = read.list_answers(&[child.id], &ids).await?;
    let mut rows = Vec::new();
    for purpose in purposes {
        let (title, text) = texts_of(&purpose, lang)?;
        let own = given.iter().find(|answer| answer.purpose_id == purpose.id && answer.account_id == actor.account());
        rows.push(PreferenceRow {
            purpose: purpose.id,
            title,
            text,
            basis: purpose.basis,
            own: own.map(|answer| OwnAnswer { yes: answer.yes, at: dates.moment(answer.answered_at), how: answer.how }),
            effective: answers.of(child.id, purpose.id),
        });
    }
    Ok(ChildPreferences { child: child.id, name: child.given_name, can_answer: true, rows })
}

/// Answers for one child and purpose. The same answer again changes nothing.
pub async fn answer(portal: &Portal, actor: &Actor, child: ChildId, purpose: PurposeId, yes: bool) -> Result<Receipt> {
    let mut write = portal.store.write().await?;
    let child = own_child(&mut write, actor, child).await?;
    // Two guardians who answer at the same instant take turns, so that each sees what the other's answer came to.
    write.lock_child(child.id).await?;
    let purposes = write.list_purposes(child.school_id).await?;
    let Some(purpose) = purposes.into_iter().find(|row| row.id == purpose) else {
        return Err(ApiError::conflict(Conflict::PurposeSuperseded).into());
    };
    if purpose.basis != LegalBasis::Consent {
        return Err(Error::not_found());
    }
    let before = effective(&mut write, actor, &child, purpose.id).await?;
    let mut given = write.list_answers(&[child.id], &[purpose.id]).await?.into_iter();
    let own = given.rfind(|answer| answer.account_id == actor.account());
    if own.as_ref().is_some_and(|answer| answer.yes == yes) {
        return Ok(Receipt { effective: before, hidden: 0 });
    }
    // The latest answer counts: one given after another must be later, also when the clock was set back in between.
    let now = portal.clock.now();
    let at = own.map_or(now, |answer| now.max(answer.answered_at.plus(1)));
    write
        .add_answer(&NewAnswer {
            id: portal.clock.new_id(),
            school: child.school_id,
            child: child.id,
            purpose: purpose.id,
            account: actor.account(),
            yes,
            how: AnsweredBy::Guardian,
            recorded_by: None,
            at,
        })
        .await?;
    let after = effective(&mut write, actor, &child, purpose.id).await?;
    let mut hidden = 0;
    if before == Effective::Yes && after != Effective::Yes {
        let in_school_group = purpose.key == purpose::PORTAL_SCHOOL;
        if in_school_group || purpose.key == purpose::PORTAL_GROUP {
            hidden = write.count_published_pictures(child.id, in_school_group).await?;
        }
    }
    if before != after {
        // Open pages must not go on showing what they fetched before.
        jobs::enqueue(&mut write, portal, &Job::PicturesChanged { school: child.school_id }, 0).await?;
    }
    write.commit().await?;
    Ok(Receipt { effective: after, hidden: u32::try_from(hidden).unwrap_or(u32::MAX) })
}

async fn effective(read: &mut Read, actor: &Actor, child: &ChildRow, purpose: PurposeId) -> Result<Effective> {
    let all_must_agree = all_must_agree(actor, child.school_id);
    Ok(gate::answers(read, all_must_agree, &[purpose], &[child.id]).await?.of(child.id, purpose))
}

/// The school's setting.
fn all_must_agree(actor: &Actor, school: SchoolId) -> bool {
    actor.school(school).is_none_or(|school| school.settings.all_must_agree)
}

fn ids_of(purposes: &[PurposeRow]) -> Vec<PurposeId> {
    purposes.iter().map(|purpose| purpose.id).collect()
}

/// Purposes that the actor has not answered, over all own children.
pub async fn count_open(portal: &Portal, actor: &Actor) -> Result<u32> {
    if actor.children().next().is_none() {
        return Ok(0);
    }
    let open = portal.store.read().await?.count_open_questions(actor.account()).await?;
    Ok(u32::try_from(open).unwrap_or(u32::MAX))
}

/// A group's list for staff: who may be pictured for what.
pub async fn find_group_preferences(
    portal: &Portal,
    actor: &Actor,
    lang: Lang,
    group: GroupId,
) -> Result<GroupPreferences> {
    let (school, row) = actor
        .schools()
        .iter()
        .find_map(|school| school.groups.iter().find(|row| row.id == group && !row.is_school).map(|row| (school, row)))
        .ok_or_else(Error::not_found)?;
    policy::require(actor, Action::SeePreferences, Target::Group { school: school.id, group })?;
    let mut read = portal.store.read().await?;
    let purposes: Vec<PurposeRow> = read
        .list_purposes(school.id)
        .await?
        .into_iter()
        .filter(|purpose| purpose.basis == LegalBasis::Consent)
        .collect();
    let children = read.list_children_of_groups(school.id, &[group]).await?;
    let ids: Vec<ChildId> = children.iter().map(|child| child.id).collect();
    let answers = gate::answers(&mut read, school.settings.all_must_agree, &ids_of(&purposes), &ids).await?;
    Ok(GroupPreferences {
        group: row.name.clone(),
        purposes: purposes.iter().map(|purpose| Ok(texts_of(purpose, lang)?.0)).collect::<Result<_>>()?,
        children: children
            .into_iter()
            .map(|child| GroupPreferenceRow {
                child: child.id,
                name: format!("{} {}", child.given_name, child.family_name),
                answers: purposes.iter().map(|purpose| answers.of(child.id, purpose.id)).collect(),
            })
            .collect(),
    })
}

/// Tells open pages of a school that pictures may have been hidden.
pub(crate) async fn tell_pictures_changed(portal: &Portal, school: SchoolId) -> Result<()> {
    let readers = portal.store.read().await?.list_readers_of_school(school).await?;
    let mut write = portal.store.write().await?;
    crate::live::tell(&mut write, portal, &readers, model::live::LiveEvent::Pictures).await?;
    write.commit().await?;
    Ok(())
}
