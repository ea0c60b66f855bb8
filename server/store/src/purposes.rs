//! Purposes for which a school asks, and their versions.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_all, fetch_optional, queries},
};
use model::{
    PurposeId, SchoolId, Time,
    consent::{LegalBasis, purpose},
};
use uuid::Uuid;

/// The current version of a purpose.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct PurposeRow {
    #[sqlx(try_from = "Uuid")]
    pub id: PurposeId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    pub key: String,
    pub version: i64,
    #[sqlx(try_from = "String")]
    pub basis: LegalBasis,
    /// JSON: `{"nl": {"title": …, "text": …}, …}`.
    pub texts: String,
    pub position: i64,
}

/// What decides about pictures in the portal.
#[derive(Clone, Debug)]
pub struct PortalPurposes {
    /// JSON of the school's settings.
    pub settings: String,
    pub time_zone: String,
    /// Key and current version.
    pub current: Vec<(String, PurposeId)>,
}

queries! {
    PURPOSES = ("SELECT id, school_id, key, version, basis, texts, position FROM purposes \
        WHERE school_id = $1 AND superseded_at IS NULL ORDER BY position");
    PORTAL_PURPOSES = ("SELECT s.settings, s.time_zone, p.key, p.id FROM purposes p JOIN schools s ON s.id = p.school_id \
        WHERE p.school_id = $1 AND p.superseded_at IS NULL AND p.key IN ($2, $3)");
    PURPOSE = ("SELECT id, school_id, key, version, basis, texts, position FROM purposes WHERE id = $1");
    CREATE_PURPOSE = ("INSERT INTO purposes (id, school_id, key, version, basis, texts, position, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    SUPERSEDE = ("UPDATE purposes SET superseded_at = $3 WHERE school_id = $1 AND key = $2 AND superseded_at IS NULL");
}

impl Read {
    /// A version of a purpose, current or not.
    pub async fn find_purpose(&mut self, id: PurposeId) -> Result<Option<PurposeRow>> {
        fetch_optional!(self, PurposeRow, PURPOSE, id.0)
    }

    /// Current versions, in order.
    pub async fn list_purposes(&mut self, school: SchoolId) -> Result<Vec<PurposeRow>> {
        fetch_all!(self, PurposeRow, PURPOSES, school.0)
    }

    /// The school's rules, and the current versions of the two purposes of the portal itself.
    pub async fn find_portal_purposes(&mut self, school: SchoolId) -> Result<Option<PortalPurposes>> {
        let (group, whole) = (purpose::PORTAL_GROUP, purpose::PORTAL_SCHOOL);
        let rows = fetch_all!(self, (String, String, String, Uuid), PORTAL_PURPOSES, school.0, group, whole)?;
        let mut found: Option<PortalPurposes> = None;
        for (settings, time_zone, key, id) in rows {
            let found = found.get_or_insert(PortalPurposes { settings, time_zone, current: Vec::new() });
            found.current.push((key, PurposeId(id)));
        }
        Ok(found)
    }
}

impl Write {
    pub async fn create_purpose(&mut self, purpose: &PurposeRow, at: Time) -> Result<()> {
        execute!(
            self,
            CREATE_PURPOSE,
            purpose.id.0,
            purpose.school_id.0,
            &purpose.key,
            purpose.version,
            purpose.basis.as_str(),
            &purpose.texts,
            purpose.position,
            at.0
        )?;
        Ok(())
    }

    /// Ends the current version of a purpose; its answers stop counting.
    pub async fn supersede_purpose(&mut self, school: SchoolId, key: &str, at: Time) -> Result<()> {
        execute!(self, SUPERSEDE, school.0, key, at.0)?;
        Ok(())
    }
}
