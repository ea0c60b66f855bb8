//! For what a school asks, as its director edits it.

use crate::{account::SchoolName, consent::LegalBasis, ids::PurposeId, time::Moment};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A purpose in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PurposeWords {
    pub title: String,
    pub text: String,
}

/// A purpose in its languages, by their tags.
pub type PurposeTexts = BTreeMap<String, PurposeWords>;

/// What a school asks now.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurposesPage {
    pub school: SchoolName,
    /// All that the reader governs, if there are several.
    pub schools: Vec<SchoolName>,
    pub purposes: Vec<PurposeLine>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurposeLine {
    /// Its current version.
    pub id: PurposeId,
    pub title: String,
    pub basis: LegalBasis,
    pub version: u32,
    pub since: Moment,
}

/// A purpose to edit, or a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PurposeForm {
    pub school: SchoolName,
    /// None: a new one.
    pub current: Option<CurrentPurpose>,
    /// Id for the version that the form makes: sent twice, it is made once.
    pub new_id: PurposeId,
    pub texts: PurposeTexts,
    /// Guardians who have to answer once it is published.
    pub guardians: u32,
}

/// The version that is being edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CurrentPurpose {
    pub id: PurposeId,
    pub basis: LegalBasis,
    pub version: u32,
    pub since: Moment,
    /// The portal itself acts on it: pictures are hidden until there is an answer, and it does not end.
    pub is_portal: bool,
}
