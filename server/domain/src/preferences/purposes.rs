//! For what a school asks: the purposes, each with its versions.

use crate::{Error, Portal, Result};
use model::{
    SchoolId, Time,
    consent::{LegalBasis, purpose},
    purposes::{PurposeTexts, PurposeWords},
};
use store::{PurposeRow, Write};
use texts::{Lang, Text, purposes};

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
        let texts: PurposeTexts = Lang::ALL
            .into_iter()
            .map(|lang| {
                (lang.tag().to_owned(), PurposeWords { title: lang.get(title).into(), text: lang.get(text).into() })
            })
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
pub(super) fn texts_of(row: &PurposeRow, lang: Lang) -> Result<(String, String)> {
    read_texts(&row.texts, lang)
}

/// The same of its texts as they are stored.
pub(super) fn read_texts(texts: &str, lang: Lang) -> Result<(String, String)> {
    let mut texts: PurposeTexts = serde_json::from_str(texts)?;
    let text = texts.remove(lang.tag()).or_else(|| texts.remove(Lang::Nl.tag())).or_else(|| texts.into_values().next());
    let text = text.ok_or_else(|| Error::internal("a purpose without texts"))?;
    Ok((text.title, text.text))
}

/// A purpose in all its languages.
pub(super) fn all_texts_of(row: &PurposeRow) -> Result<PurposeTexts> {
    Ok(serde_json::from_str(&row.texts)?)
}
