//! Children, each with its group.

use crate::{
    Read, Result, Write,
    sql::{Ids, fetch_all, fetch_optional, queries},
};
use model::{ChildId, GroupId, SchoolId, Time};
use uuid::Uuid;

/// A child on the roster, with its group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct ChildRow {
    #[sqlx(try_from = "Uuid")]
    pub id: ChildId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    pub given_name: String,
    pub family_name: String,
    /// `YYYY-MM-DD`, if the school has told.
    pub born_on: Option<String>,
    pub group_id: Option<Uuid>,
    pub group_name: Option<String>,
}

impl ChildRow {
    /// Given and family name.
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name).trim().to_owned()
    }
}

/// A child that has left, and what became of the answers about it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct FormerChildRow {
    #[sqlx(try_from = "Uuid")]
    pub id: ChildId,
    pub given_name: String,
    pub family_name: String,
    #[sqlx(try_from = "i64")]
    pub left_at: Time,
    /// The group it was last in.
    pub group_name: Option<String>,
    pub erased_at: Option<i64>,
    pub reason: Option<String>,
}

queries! {
    FORMER = ("SELECT c.id, c.given_name, c.family_name, c.left_at, \
        (SELECT g.name FROM enrolments e JOIN groups g ON g.id = e.group_id WHERE e.child_id = c.id ORDER BY e.ended_at DESC, e.started_at DESC LIMIT 1) \
        AS group_name, x.erased_at, x.reason FROM children c LEFT JOIN consent_erasures x ON x.child_id = c.id \
        WHERE c.school_id = $1 AND c.left_at IS NOT NULL AND (c.left_at, c.id) < ($2, $3) ORDER BY c.left_at DESC, c.id DESC LIMIT $4");
    LEFT_AT = ("SELECT left_at FROM children WHERE school_id = $1 AND id = $2 AND left_at IS NOT NULL");
    LOCK_CHILD = { sqlite: "SELECT id FROM children WHERE id = $1", postgres: "SELECT id FROM children WHERE id = $1 FOR NO KEY UPDATE" };
    CHILD = ("SELECT c.id, c.school_id, c.given_name, c.family_name, c.born_on, e.group_id, g.name AS group_name FROM children c \
        LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL LEFT JOIN groups g ON g.id = e.group_id \
        WHERE c.id = $1 AND c.left_at IS NULL");
    ANY_CHILD = ("SELECT c.id, c.school_id, c.given_name, c.family_name, c.born_on, e.group_id, g.name AS group_name FROM children c \
        LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL LEFT JOIN groups g ON g.id = e.group_id WHERE c.id = $1");
    CHILDREN_OF_GROUPS = ("SELECT c.id, c.school_id, c.given_name, c.family_name, c.born_on, e.group_id, g.name AS group_name FROM enrolments e \
        JOIN children c ON c.id = e.child_id JOIN groups g ON g.id = e.group_id \
        WHERE e.group_id IN ids($2) AND e.ended_at IS NULL AND c.left_at IS NULL AND c.school_id = $1 \
        ORDER BY g.position, c.given_name, c.family_name, c.id");
    CHILDREN_OF_SCHOOL = ("SELECT c.id, c.school_id, c.given_name, c.family_name, c.born_on, e.group_id, g.name AS group_name FROM children c \
        LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL LEFT JOIN groups g ON g.id = e.group_id \
        WHERE c.school_id = $1 AND c.left_at IS NULL ORDER BY g.position, c.given_name, c.family_name, c.id");
    CHILDREN_BY_ID = ("SELECT c.id, c.school_id, c.given_name, c.family_name, c.born_on, e.group_id, g.name AS group_name FROM children c \
        LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL LEFT JOIN groups g ON g.id = e.group_id \
        WHERE c.school_id = $1 AND c.id IN ids($2) ORDER BY c.given_name, c.family_name, c.id");
}

impl Read {
    /// A child that has not left.
    pub async fn find_child(&mut self, id: ChildId) -> Result<Option<ChildRow>> {
        fetch_optional!(self, ChildRow, CHILD, id.0)
    }

    /// A child, also one that has left.
    pub async fn find_any_child(&mut self, id: ChildId) -> Result<Option<ChildRow>> {
        fetch_optional!(self, ChildRow, ANY_CHILD, id.0)
    }

    /// Children of these groups, by group and name.
    pub async fn list_children_of_groups(&mut self, school: SchoolId, groups: &[GroupId]) -> Result<Vec<ChildRow>> {
        let ids: Ids = groups.iter().copied().collect();
        fetch_all!(self, ChildRow, CHILDREN_OF_GROUPS, school.0, ids)
    }

    pub async fn list_children_of_school(&mut self, school: SchoolId) -> Result<Vec<ChildRow>> {
        fetch_all!(self, ChildRow, CHILDREN_OF_SCHOOL, school.0)
    }

    /// These children of the school, also those that have left.
    pub async fn list_children(&mut self, school: SchoolId, children: &[ChildId]) -> Result<Vec<ChildRow>> {
        let ids: Ids = children.iter().copied().collect();
        fetch_all!(self, ChildRow, CHILDREN_BY_ID, school.0, ids)
    }
}

impl Read {
    /// When a child left; none if it has not.
    pub async fn find_left_at(&mut self, school: SchoolId, child: ChildId) -> Result<Option<Time>> {
        Ok(fetch_optional!(self, (i64,), LEFT_AT, school.0, child.0)?.map(|(at,)| Time(at)))
    }

    /// Children who left before this moment, and of those who left at it the ones before this child; the last one first.
    pub async fn list_former_children(
        &mut self,
        school: SchoolId,
        (at, child): (Time, ChildId),
        limit: i64,
    ) -> Result<Vec<FormerChildRow>> {
        fetch_all!(self, FormerChildRow, FORMER, school.0, at.0, child.0, limit)
    }
}

impl Write {
    /// Answers about one child, and publications that show it, take turns.
    pub async fn lock_child(&mut self, child: ChildId) -> Result<()> {
        fetch_optional!(self, (Uuid,), LOCK_CHILD, child.0)?;
        Ok(())
    }
}
