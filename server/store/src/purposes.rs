//! Purposes for which a school asks, and their versions.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_all, queries},
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

queries! {
    PURPOSES = ("SELECT id, school_id, key, version, basis, texts, position FROM purposes \
        WHERE school_id = $1 AND superseded_at IS NULL ORDER BY position");
    PORTAL_PURPOSES = ("SELECT s.settings, p.key, p.id FROM purposes p JOIN schools s ON s.id = p.school_id \
        WHERE p.school_id = $1 AND p.superseded_at IS NULL AND p.key IN ($2, $3)");
    CREATE_PURPOSE = ("INSERT INTO purposes (id, school_id, key, version, basis, texts, position, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");
    SUPERSEDE = ("UPDATE purposes SET superseded_at = $3 WHERE school_id = $1 AND key = $2 AND superseded_at IS NULL");
}

impl Read {
    /// Current versions, in order.
    pub async fn list_purposes(&mut self, school: SchoolId) -> Result<Vec<PurposeRow>> {
        fetch_all!(self, PurposeRow, PURPOSES, school.0)
    }

    /// Settings of the school, and keys and current versions of the two purposes of the portal itself.
    pub async fn find_portal_purposes(
        &mut self,
        school: SchoolId,
    ) -> Result<Option<(String, Vec<(String, PurposeId)>)>> {
        let (group, whole) = (purpose::PORTAL_GROUP, purpose::PORTAL_SCHOOL);
        let mut rows = fetch_all!(self, (String, String, Uuid), PORTAL_PURPOSES, school.0, group, whole)?;
        let Some((settings, ..)) = rows.first_mut() else { return Ok(None) };
        let settings = std::mem::take(settings);
        Ok(Some((settings, rows.into_iter().map(|(_, key, id)| (key, PurposeId(id))).collect())))
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
