//! What makes an account a member: the facts an actor is built from.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{
    AccountId, ChildId, GroupId, GuardianshipId, SchoolId, Time,
    roles::{Relation, Scope, StaffRole},
};
use uuid::Uuid;

/// A staff role that has not ended.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StaffFact {
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "String")]
    pub role: StaffRole,
}

/// A group that a member of staff teaches or is assigned to.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct StaffGroupFact {
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub group_id: GroupId,
}

/// A guardianship that has not ended, of a child that has not left, with the child's group.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct GuardianshipFact {
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    #[sqlx(try_from = "Uuid")]
    pub child_id: ChildId,
    #[sqlx(try_from = "String")]
    pub scope: Scope,
    pub given_name: String,
    pub group_id: Option<Uuid>,
}

/// A group that has not ended.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct GroupRow {
    #[sqlx(try_from = "Uuid")]
    pub id: GroupId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    pub is_school: bool,
    pub name: String,
    pub school_year: String,
    /// 0 to 7; none for the school group.
    pub hue: Option<i64>,
    pub position: i64,
}

#[derive(sqlx::FromRow)]
struct ScopeRow {
    #[sqlx(try_from = "String")]
    scope: Scope,
}

queries! {
    STAFF = ("SELECT school_id, role FROM staff WHERE account_id = $1 AND ended_at IS NULL ORDER BY school_id, role");
    STAFF_GROUPS = ("SELECT gs.school_id, gs.group_id FROM group_staff gs JOIN groups g ON g.id = gs.group_id \
        WHERE gs.account_id = $1 AND gs.ended_at IS NULL AND g.ended_at IS NULL");
    GUARDIANSHIPS = ("SELECT w.school_id, w.child_id, w.scope, c.given_name, e.group_id FROM guardianships w \
        JOIN children c ON c.id = w.child_id \
        LEFT JOIN enrolments e ON e.child_id = c.id AND e.ended_at IS NULL \
        WHERE w.account_id = $1 AND w.ended_at IS NULL AND c.left_at IS NULL ORDER BY c.given_name, w.child_id");
    SCOPE = ("SELECT scope FROM guardianships WHERE child_id = $1 AND account_id = $2 AND ended_at IS NULL");
    GROUPS = ("SELECT id, school_id, is_school, name, school_year, hue, position FROM groups \
        WHERE school_id = $1 AND ended_at IS NULL ORDER BY is_school DESC, position, name");
    CREATE_GROUP = ("INSERT INTO groups (id, school_id, is_school, name, school_year, hue, position) VALUES ($1, $2, $3, $4, $5, $6, $7)");
    ADD_STAFF = ("INSERT INTO staff (school_id, account_id, role, started_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (school_id, account_id, role) DO UPDATE SET ended_at = NULL");
    END_STAFF = ("UPDATE staff SET ended_at = $4 WHERE school_id = $1 AND account_id = $2 AND role = $3 AND ended_at IS NULL");
    COUNT_DIRECTORS = ("SELECT COUNT(*) FROM staff WHERE school_id = $1 AND role = 'director' AND ended_at IS NULL");
    ADD_GROUP_STAFF = ("INSERT INTO group_staff (school_id, group_id, account_id, started_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (group_id, account_id) DO UPDATE SET ended_at = NULL");
    END_GROUP_STAFF = ("UPDATE group_staff SET ended_at = $4 WHERE school_id = $1 AND group_id = $2 AND account_id = $3 AND ended_at IS NULL");
    END_GROUP_STAFF_ALL = ("UPDATE group_staff SET ended_at = $3 WHERE school_id = $1 AND account_id = $2 AND ended_at IS NULL");
    ADD_GUARDIANSHIP = ("INSERT INTO guardianships (id, school_id, child_id, account_id, scope, relation, started_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7)");
    END_GUARDIANSHIP = ("UPDATE guardianships SET ended_at = $3 WHERE school_id = $1 AND id = $2 AND ended_at IS NULL");
    SET_SCOPE = ("UPDATE guardianships SET scope = $3 WHERE school_id = $1 AND id = $2 AND ended_at IS NULL");
    ADD_CHILD = ("INSERT INTO children (id, school_id, given_name, family_name, born_on, created_at) VALUES ($1, $2, $3, $4, $5, $6)");
    END_ENROLMENTS = ("UPDATE enrolments SET ended_at = $3 WHERE school_id = $1 AND child_id = $2 AND ended_at IS NULL");
    ENROL = ("INSERT INTO enrolments (school_id, child_id, group_id, started_at) VALUES ($1, $2, $3, $4) \
        ON CONFLICT (child_id, group_id) DO UPDATE SET ended_at = NULL");
}

impl Read {
    pub async fn list_staff_facts(&mut self, account: AccountId) -> Result<Vec<StaffFact>> {
        fetch_all!(self, StaffFact, STAFF, account.0)
    }

    pub async fn list_staff_group_facts(&mut self, account: AccountId) -> Result<Vec<StaffGroupFact>> {
        fetch_all!(self, StaffGroupFact, STAFF_GROUPS, account.0)
    }

    pub async fn list_guardianship_facts(&mut self, account: AccountId) -> Result<Vec<GuardianshipFact>> {
        fetch_all!(self, GuardianshipFact, GUARDIANSHIPS, account.0)
    }

    /// In what scope somebody is a guardian of a child now; none if in no way.
    pub async fn find_scope(&mut self, child: ChildId, account: AccountId) -> Result<Option<Scope>> {
        let row = fetch_optional!(self, ScopeRow, SCOPE, child.0, account.0)?;
        Ok(row.map(|row| row.scope))
    }

    /// The school group first, then by position.
    pub async fn list_groups(&mut self, school: SchoolId) -> Result<Vec<GroupRow>> {
        fetch_all!(self, GroupRow, GROUPS, school.0)
    }

    pub async fn count_directors(&mut self, school: SchoolId) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT_DIRECTORS, school.0)?.0)
    }
}

impl Write {
    pub async fn create_group(&mut self, group: &GroupRow) -> Result<()> {
        execute!(
            self,
            CREATE_GROUP,
            group.id.0,
            group.school_id.0,
            group.is_school,
            &group.name,
            &group.school_year,
            group.hue,
            group.position
        )?;
        Ok(())
    }

    /// Gives a role, or gives it back.
    pub async fn add_staff(&mut self, school: SchoolId, account: AccountId, role: StaffRole, at: Time) -> Result<()> {
        execute!(self, ADD_STAFF, school.0, account.0, role.as_str(), at.0)?;
        Ok(())
    }

    pub async fn end_staff(&mut self, school: SchoolId, account: AccountId, role: StaffRole, at: Time) -> Result<bool> {
        Ok(execute!(self, END_STAFF, school.0, account.0, role.as_str(), at.0)? > 0)
    }

    pub async fn add_group_staff(
        &mut self,
        school: SchoolId,
        group: GroupId,
        account: AccountId,
        at: Time,
    ) -> Result<()> {
        execute!(self, ADD_GROUP_STAFF, school.0, group.0, account.0, at.0)?;
        Ok(())
    }

    pub async fn end_group_staff(
        &mut self,
        school: SchoolId,
        group: GroupId,
        account: AccountId,
        at: Time,
    ) -> Result<bool> {
        Ok(execute!(self, END_GROUP_STAFF, school.0, group.0, account.0, at.0)? > 0)
    }

    pub async fn end_all_group_staff(&mut self, school: SchoolId, account: AccountId, at: Time) -> Result<()> {
        execute!(self, END_GROUP_STAFF_ALL, school.0, account.0, at.0)?;
        Ok(())
    }

    /// [`crate::Error::Duplicate`] if the account is a guardian of the child already.
    #[expect(clippy::too_many_arguments, reason = "a guardianship is just these facts")]
    pub async fn add_guardianship(
        &mut self,
        id: GuardianshipId,
        school: SchoolId,
        child: ChildId,
        account: AccountId,
        scope: Scope,
        relation: Relation,
        at: Time,
    ) -> Result<()> {
        execute!(self, ADD_GUARDIANSHIP, id.0, school.0, child.0, account.0, scope.as_str(), relation.as_str(), at.0)?;
        Ok(())
    }

    pub async fn end_guardianship(&mut self, school: SchoolId, id: GuardianshipId, at: Time) -> Result<bool> {
        Ok(execute!(self, END_GUARDIANSHIP, school.0, id.0, at.0)? > 0)
    }

    pub async fn set_guardianship_scope(&mut self, school: SchoolId, id: GuardianshipId, scope: Scope) -> Result<bool> {
        Ok(execute!(self, SET_SCOPE, school.0, id.0, scope.as_str())? > 0)
    }

    pub async fn add_child(
        &mut self,
        id: ChildId,
        school: SchoolId,
        given_name: &str,
        family_name: &str,
        born_on: Option<&str>,
        at: Time,
    ) -> Result<()> {
        execute!(self, ADD_CHILD, id.0, school.0, given_name, family_name, born_on, at.0)?;
        Ok(())
    }

    /// Puts the child in this group and no other.
    pub async fn enrol(&mut self, school: SchoolId, child: ChildId, group: GroupId, at: Time) -> Result<()> {
        execute!(self, END_ENROLMENTS, school.0, child.0, at.0)?;
        execute!(self, ENROL, school.0, child.0, group.0, at.0)?;
        Ok(())
    }
}
