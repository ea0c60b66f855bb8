//! Access requests: taken from anybody, shown to those who prepare and decide.

use super::{
    matching::{Name, grade},
    tell_directors,
};
use crate::{
    Actor, Error, Portal, Result, accounts,
    moments::Dates,
    policy::{self, Action, Target},
};
use model::{
    ApiError, Problem, RequestId, SchoolId, Time,
    access::{
        AccessQueue, DecidedLine, KnownGuardian, MatchGrade, RequestForm, RequestLine, RequestState, RosterMatch,
        SchoolChoice, UndoOffer,
    },
    check::{Checker, MESSAGE_MAX, NAME_MAX},
    roles::Relation,
};
use std::collections::HashMap;
use store::{ChildRow, GuardianRow, Ids, Read, RequestRow};
use texts::Lang;

/// Requests in an hour from one network address. A hall full of parents shares one.
const PER_ADDRESS: i64 = 40;
/// Requests in a day with one e-mail address.
const PER_EMAIL: i64 = 5;
/// How long a decision can be taken back.
pub(super) const UNDO: i64 = 10 * Time::MINUTE;
/// Children shown with a request, at most.
const MATCHES: usize = 5;
/// Decisions shown, at most.
const DECIDED: i64 = 50;

/// A request as somebody sent it.
#[derive(Debug)]
pub struct NewRequest<'a> {
    /// Made with the form, so that sending it twice is one request.
    pub id: RequestId,
    /// Slug of the school; may be empty where there is one school.
    pub school: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub child_name: &'a str,
    pub relation: &'a str,
    pub message: &'a str,
    /// Network address of the browser.
    pub address: &'a str,
    pub lang: Lang,
}

/// The form for a request.
pub async fn find_request_form(portal: &Portal) -> Result<RequestForm> {
    let schools = portal.store.read().await?.list_schools().await?;
    let schools = schools.into_iter().map(|school| SchoolChoice { slug: school.slug, name: school.name }).collect();
    Ok(RequestForm { id: portal.clock.new_id(), schools })
}

/// Takes a request. Nothing is compared with children or accounts here, so neither the answer nor its time can tell
/// whether they exist; a request with an id that is there already changes nothing and gets the same answer.
pub async fn request_access(portal: &Portal, new: NewRequest<'_>) -> Result<()> {
    let schools = portal.store.read().await?.list_schools().await?;
    let mut checker = Checker::default();
    let school = match (new.school.trim(), schools.as_slice()) {
        ("", [only]) => Some(only.id),
        ("", _) => {
            checker.problem("school", Problem::Required);
            None
        }
        (slug, _) => {
            let school = schools.iter().find(|school| school.slug == slug);
            if school.is_none() {
                checker.problem("school", Problem::NotAChoice);
            }
            school.map(|school| school.id)
        }
    };
    let name = checker.line("name", new.name, NAME_MAX);
    let email = checker.email("email", new.email);
    let child_name = checker.line("child_name", new.child_name, NAME_MAX);
    let relation = checker.choice::<Relation>("relation", new.relation);
    let message = checker.optional_lines("message", new.message, MESSAGE_MAX);
    checker.finish()?;
    let (Some(school), Some(relation)) = (school, relation) else { return Err(ApiError::Malformed.into()) };
    accounts::count_tries(portal, Time::HOUR, &[(format!("request:{}", new.address), PER_ADDRESS)]).await?;
    let bucket = format!("request-of:{}", hex::encode(crate::secrets::hash(&email)));
    accounts::count_tries(portal, Time::DAY, &[(bucket, PER_EMAIL)]).await?;
    let mut write = portal.store.write().await?;
    let added = write
        .add_access_request(&store::NewRequest {
            id: new.id,
            school,
            name: &name,
            email: &email,
            child_name: &child_name,
            relation,
            message: &message,
            language: new.lang.tag(),
            at: portal.clock.now(),
        })
        .await?;
    if added {
        tell_directors(&mut write, portal, school).await?;
    }
    write.commit().await?;
    Ok(())
}

/// The queue of all schools whose people the actor prepares.
pub async fn list_queue(portal: &Portal, actor: &Actor, lang: Lang) -> Result<AccessQueue> {
    let schools: Vec<SchoolId> = actor
        .schools()
        .iter()
        .map(|school| school.id)
        .filter(|school| policy::may(actor, Action::PreparePeople, Target::School(*school)))
        .collect();
    if schools.is_empty() {
        return Err(Error::not_found());
    }
    let can_decide = schools.iter().any(|school| policy::may(actor, Action::ManagePeople, Target::School(*school)));
    let now = portal.clock.now();
    let dates = Dates::new(lang, actor.time_zone(), now);
    let ids: Ids = schools.iter().copied().collect();
    let mut read = portal.store.read().await?;
    let open = read.list_open_requests(&ids).await?;
    let decided = read.list_decided_requests(&ids, DECIDED).await?;
    let mut rosters = Vec::new();
    for school in &schools {
        if open.iter().any(|row| row.school_id == *school) {
            rosters.push(Roster::load(&mut read, *school, &open).await?);
        }
    }
    let mut per_email: HashMap<&str, u32> = HashMap::new();
    for row in &open {
        *per_email.entry(&row.email).or_default() += 1;
    }
    let lines = open
        .iter()
        .map(|row| RequestLine {
            id: row.id,
            name: row.name.clone(),
            email: row.email.clone(),
            child_name: row.child_name.clone(),
            relation: row.relation,
            message: row.message.clone(),
            at: dates.moment(row.created_at),
            state: row.state,
            question: row.reason.clone().filter(|_| row.state == RequestState::Asked),
            matches: rosters
                .iter()
                .find(|roster| roster.school == row.school_id)
                .map(|roster| roster.matches(row))
                .unwrap_or_default(),
            is_repeated: per_email.get(row.email.as_str()).is_some_and(|count| *count > 1),
        })
        .collect();
    let undo = can_decide.then(|| undo_offer(&decided, actor, now)).flatten();
    Ok(AccessQueue {
        open: lines,
        decided: decided
            .iter()
            .filter(|row| row.state != RequestState::Asked)
            .map(|row| DecidedLine {
                id: row.id,
                name: row.name.clone(),
                child_name: row.child_name.clone(),
                state: row.state,
                reason: row.reason.clone(),
                by: row.decider.clone().unwrap_or_default(),
                at: dates.moment(Time(row.decided_at.unwrap_or_default())),
                can_undo: can_decide && can_undo(row, now),
            })
            .collect(),
        can_decide,
        undo,
    })
}

/// Whether a decision can still be taken back: it is recent, and nobody has come in by it.
pub(super) fn can_undo(row: &RequestRow, now: Time) -> bool {
    row.used_at.is_none() && row.decided_at.is_some_and(|at| now.0 - at <= UNDO)
}

/// The actor's latest decision with everything decided in the same moment.
fn undo_offer(decided: &[RequestRow], actor: &Actor, now: Time) -> Option<UndoOffer> {
    let own = |row: &&RequestRow| row.decided_by == Some(actor.account().0) && can_undo(row, now);
    let latest = decided.iter().find(own)?;
    let same = |row: &&RequestRow| row.decided_at == latest.decided_at && row.state == latest.state;
    let requests = decided.iter().filter(own).filter(same).map(|row| row.id).collect();
    Some(UndoOffer { requests, state: latest.state })
}

/// A school's open requests with the children that fit each.
struct Roster {
    school: SchoolId,
    /// Best fit first.
    fitting: HashMap<RequestId, Vec<(MatchGrade, ChildRow)>>,
    /// Guardians of all children in `fitting`.
    guardians: Vec<GuardianRow>,
}

impl Roster {
    async fn load(read: &mut Read, school: SchoolId, requests: &[RequestRow]) -> Result<Roster> {
        let children: Vec<(Name, ChildRow)> =
            read.list_children_of_school(school).await?.into_iter().map(|row| (Name::new(&row.name()), row)).collect();
        let fitting: HashMap<_, _> = requests
            .iter()
            .filter(|row| row.school_id == school)
            .map(|row| (row.id, fitting(row, &children)))
            .collect();
        let ids: Ids = fitting.values().flatten().map(|(_, child)| child.id).collect();
        let guardians = read.list_guardians(school, &ids).await?;
        Ok(Roster { school, fitting, guardians })
    }

    fn matches(&self, request: &RequestRow) -> Vec<RosterMatch> {
        let requester = request.name.to_lowercase();
        let known = |guardian: &GuardianRow| KnownGuardian {
            name: guardian.name.clone(),
            scope: guardian.scope,
            is_requester: guardian.email == request.email || guardian.name.to_lowercase() == requester,
        };
        let matched = |(grade, row): &(MatchGrade, ChildRow)| RosterMatch {
            child: row.id,
            name: row.name(),
            group: row.group_name.clone(),
            grade: *grade,
            guardians: self.guardians.iter().filter(|one| one.child_id == row.id).map(known).collect(),
        };
        self.fitting.get(&request.id).map(|found| found.iter().map(matched).collect()).unwrap_or_default()
    }
}

/// Children that fit the name in a request, best first.
fn fitting(request: &RequestRow, children: &[(Name, ChildRow)]) -> Vec<(MatchGrade, ChildRow)> {
    let (typed, requester) = (Name::new(&request.child_name), Name::new(&request.name));
    let mut found: Vec<_> = children
        .iter()
        .filter_map(|(name, row)| grade(&typed, name, &requester).map(|(grade, off)| (grade, off, row)))
        .collect();
    found.sort_by_key(|(grade, off, _)| (*grade, *off));
    found.into_iter().take(MATCHES).map(|(grade, _, row)| (grade, row.clone())).collect()
}
