//! Schools and their settings.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{SchoolId, Time};
use uuid::Uuid;

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct SchoolRow {
    #[sqlx(try_from = "Uuid")]
    pub id: SchoolId,
    pub slug: String,
    pub name: String,
    /// IANA name.
    pub time_zone: String,
    pub language: String,
    /// JSON of `model::account::SchoolSettings`.
    pub settings: String,
}

queries! {
    BY_ID = ("SELECT id, slug, name, time_zone, language, settings FROM schools WHERE id = $1");
    BY_SLUG = ("SELECT id, slug, name, time_zone, language, settings FROM schools WHERE slug = $1");
    ALL = ("SELECT id, slug, name, time_zone, language, settings FROM schools ORDER BY name LIMIT 1000");
    AFTER = ("SELECT id, slug, name, time_zone, language, settings FROM schools WHERE id > $1 ORDER BY id LIMIT $2");
    COUNT = ("SELECT COUNT(*) FROM schools");
    CREATE = ("INSERT INTO schools (id, slug, name, time_zone, language, settings, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    SET_SETTINGS = ("UPDATE schools SET settings = $2 WHERE id = $1");
}

impl Read {
    pub async fn find_school(&mut self, id: SchoolId) -> Result<Option<SchoolRow>> {
        fetch_optional!(self, SchoolRow, BY_ID, id.0)
    }

    pub async fn find_school_by_slug(&mut self, slug: &str) -> Result<Option<SchoolRow>> {
        fetch_optional!(self, SchoolRow, BY_SLUG, slug)
    }

    /// The first thousand, by name.
    pub async fn list_schools(&mut self) -> Result<Vec<SchoolRow>> {
        fetch_all!(self, SchoolRow, ALL)
    }

    /// The next schools, by id.
    pub async fn list_schools_after(&mut self, after: SchoolId, limit: i64) -> Result<Vec<SchoolRow>> {
        fetch_all!(self, SchoolRow, AFTER, after.0, limit)
    }

    pub async fn count_schools(&mut self) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT)?.0)
    }
}

impl Write {
    pub async fn create_school(&mut self, school: &SchoolRow, at: Time) -> Result<()> {
        execute!(
            self,
            CREATE,
            school.id.0,
            &school.slug,
            &school.name,
            &school.time_zone,
            &school.language,
            &school.settings,
            at.0
        )?;
        Ok(())
    }

    pub async fn set_school_settings(&mut self, id: SchoolId, settings: &str) -> Result<()> {
        execute!(self, SET_SETTINGS, id.0, settings)?;
        Ok(())
    }
}
