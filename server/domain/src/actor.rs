//! Who is asking.

use crate::{Portal, Result};
use model::{
    AccountId, ChildId, GroupId, SchoolId, SessionId, Time,
    account::SchoolSettings,
    roles::{Scope, StaffRole},
};
use store::{GroupRow, GuardianshipFact, Read, StaffFact, StaffGroupFact};
use texts::Lang;

/// A session that ends by itself after this long without use.
pub const SESSION_IDLE: i64 = 30 * Time::DAY;
/// A session that ends by itself after this long in any case.
pub const SESSION_LIFE: i64 = 180 * Time::DAY;
/// How exactly the last use of a session is remembered.
const SEEN_STEP: i64 = 10 * Time::MINUTE;

/// Somebody signed in, with everything their rights follow from. Made by resolving a session, or
/// by the outbox for work that they ordered; in no other way.
#[derive(Clone, Debug)]
pub struct Actor {
    account: AccountId,
    session: SessionId,
    asked_at: Time,
    heard: i64,
    name: String,
    email: String,
    lang: Option<Lang>,
    staff: Vec<StaffFact>,
    staff_groups: Vec<StaffGroupFact>,
    guardianships: Vec<GuardianshipFact>,
    schools: Vec<ActorSchool>,
}

/// Who somebody is, before their rights are looked up.
struct Identity {
    account: AccountId,
    session: SessionId,
    asked_at: Time,
    heard: i64,
    name: String,
    email: String,
    lang: Option<Lang>,
}

/// A school the actor belongs to in some way.
#[derive(Clone, Debug)]
pub struct ActorSchool {
    pub id: SchoolId,
    pub name: String,
    pub time_zone: String,
    pub settings: SchoolSettings,
    /// The school group first.
    pub groups: Vec<GroupRow>,
}

impl Actor {
    /// The actor of a session token; none if the token opens nothing.
    pub async fn resolve(portal: &Portal, token: &str) -> Result<Option<Actor>> {
        let now = portal.clock.now();
        let hash = crate::secrets::hash(token);
        let mut read = portal.store.read().await?;
        let Some(session) = read.find_session(&hash, now, now.plus(-SESSION_IDLE)).await? else { return Ok(None) };
        let who = Identity {
            account: session.account_id,
            session: session.id,
            asked_at: now,
            heard: session.heard,
            name: session.name,
            email: session.email,
            lang: session.language.as_deref().and_then(Lang::from_tag),
        };
        let actor = Actor::with_rights(&mut read, who).await?;
        drop(read);
        if now.0 - session.seen_at.0 > SEEN_STEP {
            let mut write = portal.store.write().await?;
            write.mark_session_seen(session.id, now).await?;
            write.commit().await?;
        }
        Ok(Some(actor))
    }

    /// Somebody in whose name work is done that they ordered before, with the rights that they have by now; none if the
    /// account is closed.
    pub(crate) async fn of_account(portal: &Portal, account: AccountId) -> Result<Option<Actor>> {
        let mut read = portal.store.read().await?;
        let row = read.find_account(account).await?.filter(|row| row.disabled_at.is_none());
        let Some(row) = row else { return Ok(None) };
        let who = Identity {
            account,
            session: SessionId(uuid::Uuid::nil()),
            asked_at: portal.clock.now(),
            heard: 0,
            name: row.name,
            email: row.email,
            lang: row.language.as_deref().and_then(Lang::from_tag),
        };
        Ok(Some(Actor::with_rights(&mut read, who).await?))
    }

    async fn with_rights(read: &mut Read, who: Identity) -> Result<Actor> {
        let Identity { account, session, asked_at, heard, name, email, lang } = who;
        let staff = read.list_staff_facts(account).await?;
        let staff_groups = if staff.is_empty() { Vec::new() } else { read.list_staff_group_facts(account).await? };
        let guardianships = read.list_guardianship_facts(account).await?;
        let mut ids: Vec<SchoolId> = staff.iter().map(|fact| fact.school_id).collect();
        // A guardian without custody is no member of the school: what is released to them comes by other ways.
        ids.extend(guardianships.iter().filter(|fact| fact.scope == Scope::Full).map(|fact| fact.school_id));
        let mut schools: Vec<ActorSchool> = Vec::new();
        for id in ids {
            if schools.iter().any(|school| school.id == id) {
                continue;
            }
            let Some(row) = read.find_school(id).await? else { continue };
            schools.push(ActorSchool {
                id,
                name: row.name,
                time_zone: row.time_zone,
                settings: serde_json::from_str(&row.settings)?,
                groups: read.list_groups(id).await?,
            });
        }
        Ok(Actor { account, session, asked_at, heard, name, email, lang, staff, staff_groups, guardianships, schools })
    }

    pub fn account(&self) -> AccountId {
        self.account
    }

    pub fn session(&self) -> SessionId {
        self.session
    }

    /// When their rights were looked up.
    pub fn asked_at(&self) -> Time {
        self.asked_at
    }

    /// Number of the newest event for open pages at that time, whoever it was for; 0 where nobody listens.
    pub fn heard(&self) -> i64 {
        self.heard
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn email(&self) -> &str {
        &self.email
    }

    /// The language chosen in the settings; none follows the browser.
    pub fn lang(&self) -> Option<Lang> {
        self.lang
    }

    /// Schools the actor belongs to; empty for somebody whose last role has ended, or a guardian without custody.
    pub fn schools(&self) -> &[ActorSchool] {
        &self.schools
    }

    pub fn school(&self, id: SchoolId) -> Option<&ActorSchool> {
        self.schools.iter().find(|school| school.id == id)
    }

    pub fn has_role(&self, school: SchoolId, role: StaffRole) -> bool {
        self.staff.iter().any(|fact| fact.school_id == school && fact.role == role)
    }

    pub fn is_staff(&self, school: SchoolId) -> bool {
        self.staff.iter().any(|fact| fact.school_id == school)
    }

    /// Roles in a school, most senior first.
    pub fn roles(&self, school: SchoolId) -> Vec<StaffRole> {
        StaffRole::ALL.iter().copied().filter(|role| self.has_role(school, *role)).collect()
    }

    /// Teaches the group or is assigned to it.
    pub fn works_with(&self, group: GroupId) -> bool {
        self.staff_groups.iter().any(|fact| fact.group_id == group)
    }

    /// Children for whom the actor has custody.
    pub fn children(&self) -> impl Iterator<Item = &GuardianshipFact> {
        self.guardianships.iter().filter(|fact| fact.scope == Scope::Full)
    }

    pub fn is_guardian_of(&self, child: ChildId) -> bool {
        self.children().any(|fact| fact.child_id == child)
    }

    /// Is a guardian of the child in whatever scope: then never its staff too, where that would tell of the other guardian.
    pub fn has_guardianship_of(&self, child: ChildId) -> bool {
        self.guardianships.iter().any(|fact| fact.child_id == child)
    }

    /// Children of whom the actor is a guardian in whatever scope.
    pub fn children_in_any_scope(&self) -> Vec<ChildId> {
        self.guardianships.iter().map(|fact| fact.child_id).collect()
    }

    /// Has custody of a child in the group.
    pub fn is_guardian_in(&self, group: GroupId) -> bool {
        self.children().any(|fact| fact.group_id == Some(group.0))
    }

    pub fn is_guardian_at(&self, school: SchoolId) -> bool {
        self.children().any(|fact| fact.school_id == school)
    }

    /// The time zone in which dates are written for the actor.
    pub fn time_zone(&self) -> &str {
        self.schools.first().map_or("Europe/Amsterdam", |school| school.time_zone.as_str())
    }
}
