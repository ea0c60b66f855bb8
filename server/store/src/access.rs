//! Invitations and access requests.

use crate::{
    Read, Result, Write,
    sql::{Ids, execute, fetch_all, fetch_one, fetch_optional, queries},
};
use model::{
    AccountId, ChildId, InvitationId, RequestId, SchoolId, Time,
    access::RequestState,
    roles::{Relation, Scope, StaffRole},
};
use uuid::Uuid;

/// An invitation, with the name of the child it is for.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct InvitationRow {
    #[sqlx(try_from = "Uuid")]
    pub id: InvitationId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    pub code_hash: Vec<u8>,
    /// A guardian's invitation has a child, scope and relation; one for staff has a role and perhaps a group.
    pub child_id: Option<Uuid>,
    pub scope: Option<String>,
    pub relation: Option<String>,
    pub role: Option<String>,
    pub group_id: Option<Uuid>,
    pub name: String,
    pub email: Option<String>,
    #[sqlx(try_from = "i64")]
    pub expires_at: Time,
    pub used_at: Option<i64>,
    pub used_by: Option<Uuid>,
    pub revoked_at: Option<i64>,
    pub given_name: Option<String>,
    pub family_name: Option<String>,
    /// When the child left the school.
    pub left_at: Option<i64>,
}

impl InvitationRow {
    pub fn scope(&self) -> Option<Scope> {
        self.scope.as_deref().and_then(Scope::from_word)
    }

    pub fn relation(&self) -> Option<Relation> {
        self.relation.as_deref().and_then(Relation::from_word)
    }

    pub fn role(&self) -> Option<StaffRole> {
        self.role.as_deref().and_then(StaffRole::from_word)
    }

    /// Can be accepted at this moment.
    pub fn is_open(&self, now: Time) -> bool {
        self.used_at.is_none() && self.revoked_at.is_none() && self.left_at.is_none() && self.expires_at > now
    }
}

/// For whom an invitation is.
#[derive(Clone, Copy, Debug)]
pub enum Invited {
    Guardian { child: ChildId, scope: Scope, relation: Relation },
    Staff { role: StaffRole, group: Option<Uuid> },
}

#[derive(Debug)]
pub struct NewInvitation<'a> {
    pub id: InvitationId,
    pub school: SchoolId,
    pub code_hash: &'a [u8],
    pub invited: Invited,
    pub name: &'a str,
    pub email: Option<&'a str>,
    /// None: whoever runs the server.
    pub by: Option<AccountId>,
    pub at: Time,
    pub expires: Time,
}

#[derive(Clone, Debug, sqlx::FromRow)]
pub struct RequestRow {
    #[sqlx(try_from = "Uuid")]
    pub id: RequestId,
    #[sqlx(try_from = "Uuid")]
    pub school_id: SchoolId,
    pub name: String,
    pub email: String,
    pub child_name: String,
    #[sqlx(try_from = "String")]
    pub relation: Relation,
    pub message: String,
    /// Tag of the language in which the request was made.
    pub language: String,
    #[sqlx(try_from = "String")]
    pub state: RequestState,
    /// Why it was rejected, or what was asked.
    pub reason: Option<String>,
    /// Name of who decided.
    pub decider: Option<String>,
    pub decided_by: Option<Uuid>,
    pub decided_at: Option<i64>,
    pub invitation_id: Option<Uuid>,
    pub job_id: Option<Uuid>,
    /// When the invitation that came of it was used.
    pub used_at: Option<i64>,
    #[sqlx(try_from = "i64")]
    pub created_at: Time,
}

#[derive(Debug)]
pub struct NewRequest<'a> {
    pub id: RequestId,
    pub school: SchoolId,
    pub name: &'a str,
    pub email: &'a str,
    pub child_name: &'a str,
    pub relation: Relation,
    pub message: &'a str,
    pub language: &'a str,
    pub at: Time,
}

/// What was decided about a request.
#[derive(Debug)]
pub struct Decided<'a> {
    pub state: RequestState,
    pub reason: Option<&'a str>,
    pub by: AccountId,
    pub at: Time,
    pub child: Option<ChildId>,
    pub invitation: Option<InvitationId>,
    pub job: Option<Uuid>,
}

queries! {
    INVITATION_BY_CODE = ("SELECT i.id, i.school_id, i.code_hash, i.child_id, i.scope, i.relation, i.role, i.group_id, i.name, i.email, \
        i.expires_at, i.used_at, i.used_by, i.revoked_at, c.given_name, c.family_name, c.left_at \
        FROM invitations i LEFT JOIN children c ON c.id = i.child_id WHERE i.code_hash = $1");
    INVITATION = ("SELECT i.id, i.school_id, i.code_hash, i.child_id, i.scope, i.relation, i.role, i.group_id, i.name, i.email, \
        i.expires_at, i.used_at, i.used_by, i.revoked_at, c.given_name, c.family_name, c.left_at \
        FROM invitations i LEFT JOIN children c ON c.id = i.child_id WHERE i.id = $1");
    UNUSED = ("SELECT i.id, i.school_id, i.code_hash, i.child_id, i.scope, i.relation, i.role, i.group_id, i.name, i.email, \
        i.expires_at, i.used_at, i.used_by, i.revoked_at, c.given_name, c.family_name, c.left_at \
        FROM invitations i LEFT JOIN children c ON c.id = i.child_id \
        WHERE i.school_id = $1 AND i.used_at IS NULL AND i.revoked_at IS NULL ORDER BY i.created_at DESC, i.id DESC LIMIT 500");
    INVITE = ("INSERT INTO invitations (id, school_id, code_hash, child_id, scope, relation, role, group_id, name, email, \
        created_by, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) ON CONFLICT (id) DO NOTHING");
    RENEW = ("UPDATE invitations SET code_hash = $3, expires_at = $4 \
        WHERE school_id = $1 AND id = $2 AND used_at IS NULL AND revoked_at IS NULL");
    USE = ("UPDATE invitations SET used_at = $3, used_by = $2 \
        WHERE id = $1 AND used_at IS NULL AND revoked_at IS NULL AND expires_at > $3");
    REVOKE = ("UPDATE invitations SET revoked_at = $3 WHERE school_id = $1 AND id = $2 AND used_at IS NULL AND revoked_at IS NULL");
    REVOKE_FOR_CHILD = ("UPDATE invitations SET revoked_at = $3 \
        WHERE school_id = $1 AND child_id = $2 AND used_at IS NULL AND revoked_at IS NULL");
    ADD_REQUEST = ("INSERT INTO access_requests (id, school_id, name, email, child_name, relation, message, language, state, created_at) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', $9) ON CONFLICT (id) DO NOTHING");
    REQUEST = ("SELECT r.id, r.school_id, r.name, r.email, r.child_name, r.relation, r.message, r.language, r.state, r.reason, \
        a.name AS decider, r.decided_by, r.decided_at, r.invitation_id, r.job_id, i.used_at, r.created_at \
        FROM access_requests r LEFT JOIN accounts a ON a.id = r.decided_by LEFT JOIN invitations i ON i.id = r.invitation_id \
        WHERE r.id = $1");
    OPEN_REQUESTS = ("SELECT r.id, r.school_id, r.name, r.email, r.child_name, r.relation, r.message, r.language, r.state, r.reason, \
        a.name AS decider, r.decided_by, r.decided_at, r.invitation_id, r.job_id, i.used_at, r.created_at \
        FROM access_requests r LEFT JOIN accounts a ON a.id = r.decided_by LEFT JOIN invitations i ON i.id = r.invitation_id \
        WHERE r.school_id IN ids($1) AND r.state IN ('pending', 'asked') ORDER BY r.created_at, r.id LIMIT 200");
    DECIDED_REQUESTS = ("SELECT r.id, r.school_id, r.name, r.email, r.child_name, r.relation, r.message, r.language, r.state, r.reason, \
        a.name AS decider, r.decided_by, r.decided_at, r.invitation_id, r.job_id, i.used_at, r.created_at \
        FROM access_requests r LEFT JOIN accounts a ON a.id = r.decided_by LEFT JOIN invitations i ON i.id = r.invitation_id \
        WHERE r.school_id IN ids($1) AND r.decided_at IS NOT NULL ORDER BY r.decided_at DESC, r.id LIMIT $2");
    DECIDE = ("UPDATE access_requests SET state = $3, reason = $4, decided_by = $5, decided_at = $6, child_id = $7, \
        invitation_id = $8, job_id = $9 WHERE school_id = $1 AND id = $2 AND state IN ('pending', 'asked')");
    REOPEN = ("UPDATE access_requests SET state = 'pending', reason = NULL, decided_by = NULL, decided_at = NULL, child_id = NULL, \
        invitation_id = NULL, job_id = NULL WHERE school_id = $1 AND id = $2 AND decided_at = $3");
    COUNT_PENDING = ("SELECT COUNT(*) FROM access_requests WHERE school_id IN ids($1) AND state = 'pending'");
}

impl Read {
    pub async fn find_invitation_by_code(&mut self, code_hash: &[u8]) -> Result<Option<InvitationRow>> {
        fetch_optional!(self, InvitationRow, INVITATION_BY_CODE, code_hash)
    }

    pub async fn find_invitation(&mut self, id: InvitationId) -> Result<Option<InvitationRow>> {
        fetch_optional!(self, InvitationRow, INVITATION, id.0)
    }

    /// Invitations neither used nor withdrawn, expired ones included, newest first, at most 500.
    pub async fn list_unused_invitations(&mut self, school: SchoolId) -> Result<Vec<InvitationRow>> {
        fetch_all!(self, InvitationRow, UNUSED, school.0)
    }

    pub async fn find_access_request(&mut self, id: RequestId) -> Result<Option<RequestRow>> {
        fetch_optional!(self, RequestRow, REQUEST, id.0)
    }

    /// Requests that wait for the school or for the requester, oldest first, at most 200.
    pub async fn list_open_requests(&mut self, schools: &Ids) -> Result<Vec<RequestRow>> {
        fetch_all!(self, RequestRow, OPEN_REQUESTS, schools)
    }

    /// Requests that somebody approved, rejected or asked about, the latest first.
    pub async fn list_decided_requests(&mut self, schools: &Ids, limit: i64) -> Result<Vec<RequestRow>> {
        fetch_all!(self, RequestRow, DECIDED_REQUESTS, schools, limit)
    }

    pub async fn count_pending_requests(&mut self, schools: &Ids) -> Result<i64> {
        Ok(fetch_one!(self, (i64,), COUNT_PENDING, schools)?.0)
    }
}

impl Write {
    /// False if the id is there already.
    pub async fn create_invitation(&mut self, new: &NewInvitation<'_>) -> Result<bool> {
        let (child, scope, relation, role, group) = match new.invited {
            Invited::Guardian { child, scope, relation } => (Some(child.0), Some(scope), Some(relation), None, None),
            Invited::Staff { role, group } => (None, None, None, Some(role), group),
        };
        let added = execute!(
            self,
            INVITE,
            new.id.0,
            new.school.0,
            new.code_hash,
            child,
            scope.map(Scope::as_str),
            relation.map(Relation::as_str),
            role.map(StaffRole::as_str),
            group,
            new.name,
            new.email,
            new.by.map(|by| by.0),
            new.at.0,
            new.expires.0
        )?;
        Ok(added > 0)
    }

    /// Gives an unused invitation another code; the one before opens nothing any more.
    pub async fn renew_invitation(
        &mut self,
        school: SchoolId,
        id: InvitationId,
        code_hash: &[u8],
        expires: Time,
    ) -> Result<bool> {
        Ok(execute!(self, RENEW, school.0, id.0, code_hash, expires.0)? > 0)
    }

    /// Marks the invitation as used; false if it can't be used (any more).
    pub async fn use_invitation(&mut self, id: InvitationId, by: AccountId, at: Time) -> Result<bool> {
        Ok(execute!(self, USE, id.0, by.0, at.0)? > 0)
    }

    /// False if it is used or withdrawn already.
    pub async fn revoke_invitation(&mut self, school: SchoolId, id: InvitationId, at: Time) -> Result<bool> {
        Ok(execute!(self, REVOKE, school.0, id.0, at.0)? > 0)
    }

    pub async fn revoke_invitations_for_child(&mut self, school: SchoolId, child: ChildId, at: Time) -> Result<()> {
        execute!(self, REVOKE_FOR_CHILD, school.0, child.0, at.0)?;
        Ok(())
    }

    /// False if the id is there already.
    pub async fn add_access_request(&mut self, new: &NewRequest<'_>) -> Result<bool> {
        let added = execute!(
            self,
            ADD_REQUEST,
            new.id.0,
            new.school.0,
            new.name,
            new.email,
            new.child_name,
            new.relation.as_str(),
            new.message,
            new.language,
            new.at.0
        )?;
        Ok(added > 0)
    }

    /// False if the request is not open (any more).
    pub async fn decide_access_request(
        &mut self,
        school: SchoolId,
        id: RequestId,
        decided: &Decided<'_>,
    ) -> Result<bool> {
        let changed = execute!(
            self,
            DECIDE,
            school.0,
            id.0,
            decided.state.as_str(),
            decided.reason,
            decided.by.0,
            decided.at.0,
            decided.child.map(|child| child.0),
            decided.invitation.map(|invitation| invitation.0),
            decided.job
        )?;
        Ok(changed > 0)
    }

    /// Takes back the decision made at `decided_at`; false if there is another by now.
    pub async fn reopen_access_request(&mut self, school: SchoolId, id: RequestId, decided_at: i64) -> Result<bool> {
        Ok(execute!(self, REOPEN, school.0, id.0, decided_at)? > 0)
    }
}
