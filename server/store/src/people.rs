//! Lists of the people of a school: children with their guardians, staff with their groups.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_optional, queries},
};
use model::{
    AccountId, ChildId, GroupId, GuardianshipId, SchoolId, Time,
    roles::{Relation, Scope, StaffRole},
};
use uuid::Uuid;

/// A guardianship that has not ended, with the guardian's name and address.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct GuardianRow {
    #[sqlx(try_from = "Uuid")]
    pub id: GuardianshipId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    #[sqlx(try_from = "String")]
    pub scope: Scope,
    #[sqlx(try_from = "String")]
    pub relation: Relation,
    pub name: String,
    pub email: String,
}

/// One role of one member of staff.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StaffRow {
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    #[sqlx(try_from = "String")]
    pub role: StaffRole,
    pub name: String,
    pub email: String,
}

/// Somebody who teaches a group or is assigned to it.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct GroupStaffRow {
    #[sqlx(try_from = "Uuid")]
    pub group_id: GroupId,
    #[sqlx(try_from = "Uuid")]
    pub account_id: AccountId,
    pub name: String,
}

#[derive(sqlx::FromRow)]
struct CountRow {
    group_id: Uuid,
    children: i64,
}

queries! {
    GUARDIANS = ("SELECT w.id, w.school_id, w.child_id, w.account_id, w.scope, w.relation, a.name, a.email FROM guardianships w \
        JOIN accounts a ON a.id = w.account_id \
        WHERE w.school_id = $1 AND w.child_id IN ids($2) AND w.ended_at IS NULL ORDER BY a.name, w.id");
    GUARDIANSHIP = ("SELECT w.id, w.school_id, w.child_id, w.account_id, w.scope, w.relation, a.name, a.email FROM guardianships w \
        JOIN accounts a ON a.id = w.account_id WHERE w.id = $1 AND w.ended_at IS NULL");
    STAFF = ("SELECT s.account_id, s.role, a.name, a.email FROM staff s JOIN accounts a ON a.id = s.account_id \
        WHERE s.school_id = $1 AND s.ended_at IS NULL ORDER BY a.name, s.account_id, s.role");
    GROUP_STAFF = ("SELECT gs.group_id, gs.account_id, a.name FROM group_staff gs JOIN accounts a ON a.id = gs.account_id \
        WHERE gs.school_id = $1 AND gs.ended_at IS NULL ORDER BY a.name, gs.account_id");
    COUNTS = ("SELECT e.group_id, COUNT(*) AS children FROM enrolments e JOIN children c ON c.id = e.child_id \
        WHERE e.school_id = $1 AND e.ended_at IS NULL AND c.left_at IS NULL GROUP BY e.group_id");
    DIRECTORS = ("SELECT account_id FROM staff WHERE school_id = $1 AND role = 'director' AND ended_at IS NULL");
    LEAVE = ("UPDATE children SET left_at = $3 WHERE school_id = $1 AND id = $2 AND left_at IS NULL");
    END_ENROLMENTS = ("UPDATE enrolments SET ended_at = $3 WHERE school_id = $1 AND child_id = $2 AND ended_at IS NULL");
    LOCK_SCHOOL = {
        sqlite: "SELECT id FROM schools WHERE id = $1",
        postgres: "SELECT id FROM schools WHERE id = $1 FOR NO KEY UPDATE",
    };
    SHARE_SCHOOL = {
        sqlite: "SELECT id FROM schools WHERE id = $1",
        postgres: "SELECT id FROM schools WHERE id = $1 FOR SHARE",
    };
}

impl Read {
    /// All guardians of these children, whatever their scope.
    pub async fn list_guardians(&mut self, school: SchoolId, children: &Ids) -> Result<Vec<GuardianRow>> {
        fetch_all!(self, GuardianRow, GUARDIANS, school.0, children)
    }

    pub async fn find_guardianship(&mut self, id: GuardianshipId) -> Result<Option<GuardianRow>> {
        fetch_optional!(self, GuardianRow, GUARDIANSHIP, id.0)
    }

    /// One row per person and role, by name.
    pub async fn list_staff(&mut self, school: SchoolId) -> Result<Vec<StaffRow>> {
        fetch_all!(self, StaffRow, STAFF, school.0)
    }

    pub async fn list_group_staff(&mut self, school: SchoolId) -> Result<Vec<GroupStaffRow>> {
        fetch_all!(self, GroupStaffRow, GROUP_STAFF, school.0)
    }

    /// How many children each group has; a group without children is not in it.
    pub async fn count_children(&mut self, school: SchoolId) -> Result<Vec<(GroupId, i64)>> {
        let rows = fetch_all!(self, CountRow, COUNTS, school.0)?;
        Ok(rows.into_iter().map(|row| (GroupId(row.group_id), row.children)).collect())
    }

    pub async fn list_directors(&mut self, school: SchoolId) -> Result<Vec<AccountId>> {
        let rows = fetch_all!(self, (Uuid,), DIRECTORS, school.0)?;
        Ok(rows.into_iter().map(|(account,)| AccountId(account)).collect())
    }
}

impl Write {
    /// The child leaves the school: it is in no group any more.
    pub async fn end_child(&mut self, school: SchoolId, child: ChildId, at: Time) -> Result<bool> {
        execute!(self, END_ENROLMENTS, school.0, child.0, at.0)?;
        Ok(execute!(self, LEAVE, school.0, child.0, at.0)? > 0)
    }

    /// Makes changes to a school take turns: no two of them both leave "the other" director, and a withdrawal and a publication
    /// don't miss each other.
    pub async fn lock_school(&mut self, school: SchoolId) -> Result<()> {
        fetch_optional!(self, (Uuid,), LOCK_SCHOOL, school.0)?;
        Ok(())
    }

    /// Waits for whoever has [`Write::lock_school`], and makes them wait; others who share it go on.
    pub async fn share_school(&mut self, school: SchoolId) -> Result<()> {
        fetch_optional!(self, (Uuid,), SHARE_SCHOOL, school.0)?;
        Ok(())
    }
}
