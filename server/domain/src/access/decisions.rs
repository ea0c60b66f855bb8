//! Directors decide on requests, many at a time, and can think again for a few minutes.

use super::{
    invitations::{join_url, valid_until, write_invitation},
    requests::can_undo,
    tell_directors,
};
use crate::{
    Actor, Error, Portal, Result,
    audit::{self, Entry},
    jobs::{self, Job},
    mail::Letter,
    policy::{self, Action, Target},
};
use model::{
    ApiError, ChildId, InvitationId, Problem, RequestId, SchoolId, Time,
    access::{RequestState, Verdict},
    check::{Checker, REASON_MAX},
    error::Conflict,
    roles::Scope,
};
use store::{Decided, Invited, RequestRow, SchoolRow, Write};
use texts::{Lang, Text, access};

/// How long the letter about a decision waits, so that taking it back is no second letter.
const SECOND_THOUGHTS: i64 = 60 * Time::SECOND;
/// Requests decided on at once, at most: as many as the queue shows.
const AT_ONCE: usize = 200;

/// What a director decides on some requests.
#[derive(Debug)]
pub struct Decision<'a> {
    pub requests: Vec<RequestId>,
    pub verdict: Verdict,
    /// The child that each approved requester becomes a guardian of.
    pub children: Vec<(RequestId, ChildId)>,
    /// The question or the reason for rejecting; approval needs none.
    pub text: &'a str,
}

/// Decides on all requests or on none of them. A problem with one request is told under the field `child:{id}`.
pub async fn decide(portal: &Portal, actor: &Actor, decision: &Decision<'_>) -> Result<()> {
    let mut checker = Checker::default();
    let mut requests = decision.requests.clone();
    requests.sort();
    requests.dedup();
    if requests.is_empty() {
        checker.problem("ids", Problem::Required);
    }
    if requests.len() > AT_ONCE {
        checker.problem("ids", Problem::NotAChoice);
    }
    let text = match decision.verdict {
        Verdict::Approve => String::new(),
        Verdict::Ask | Verdict::Reject => checker.lines("text", decision.text, REASON_MAX),
    };
    let mut write = portal.store.write().await?;
    let mut rows = Vec::new();
    for id in requests.into_iter().take(AT_ONCE) {
        let row = write.find_access_request(id).await?.ok_or_else(Error::not_found)?;
        policy::require(actor, Action::ManagePeople, Target::School(row.school_id))?;
        let child = match decision.verdict {
            Verdict::Approve => {
                let child = decision.children.iter().find(|(request, _)| *request == id).map(|(_, child)| *child);
                if child.is_none() {
                    checker.problem(&format!("child:{id}"), Problem::Required);
                }
                child
            }
            Verdict::Ask | Verdict::Reject => None,
        };
        rows.push((row, child));
    }
    checker.finish()?;
    let mut schools: Vec<SchoolRow> = Vec::new();
    for (row, child) in rows {
        let school = match schools.iter().find(|school| school.id == row.school_id) {
            Some(school) => school.clone(),
            None => {
                let school = write.find_school(row.school_id).await?.ok_or_else(Error::not_found)?;
                schools.push(school.clone());
                school
            }
        };
        let done = match child {
            Some(child) => approve(&mut write, portal, actor, &school, &row, child).await?,
            None => answer(&mut write, portal, actor, &school, &row, decision.verdict, &text).await?,
        };
        if !done {
            return Err(ApiError::conflict(Conflict::AlreadyDecided).into());
        }
    }
    for school in &schools {
        tell_directors(&mut write, portal, school.id).await?;
    }
    write.commit().await?;
    Ok(())
}

fn lang_of(row: &RequestRow) -> Lang {
    Lang::from_tag(&row.language).unwrap_or_default()
}

async fn approve(
    write: &mut Write,
    portal: &Portal,
    actor: &Actor,
    school: &SchoolRow,
    row: &RequestRow,
    child: ChildId,
) -> Result<bool> {
    let child = write.find_child(child).await?.filter(|child| child.school_id == school.id);
    let child = child.ok_or_else(Error::not_found)?;
    let invitation: InvitationId = portal.clock.new_id();
    let invited = Invited::Guardian { child: child.id, scope: Scope::Full, relation: row.relation };
    let by = Some(actor.account());
    let code = write_invitation(write, portal, by, school.id, invitation, invited, &row.name, Some(&row.email)).await?;
    let code = code.ok_or_else(|| Error::internal("a new id is taken"))?;
    let lang = lang_of(row);
    let until = valid_until(portal, school, lang);
    let letter = Letter {
        link: Some((lang.get(access::MAKE_ACCOUNT).to_owned(), join_url(portal, &code))),
        ..letter(
            school,
            row,
            access::APPROVED_SUBJECT,
            vec![
                lang.with(access::APPROVED_BODY, &[("school", &school.name)]),
                lang.with(access::LINK_WORKS_ONCE, &[("date", &until)]),
            ],
        )
    };
    let job = jobs::enqueue(write, portal, &Job::Mail(letter), SECOND_THOUGHTS).await?;
    let entry = Entry { action: "access.approve", subject: &row.name, detail: &child.name() };
    audit::record(write, portal, school.id, by, entry).await?;
    let decided = Decided {
        state: RequestState::Approved,
        reason: None,
        by: actor.account(),
        at: portal.clock.now(),
        child: Some(child.id),
        invitation: Some(invitation),
        job: Some(job),
    };
    Ok(write.decide_access_request(school.id, row.id, &decided).await?)
}

/// Asks about a request, or rejects it.
async fn answer(
    write: &mut Write,
    portal: &Portal,
    actor: &Actor,
    school: &SchoolRow,
    row: &RequestRow,
    verdict: Verdict,
    text: &str,
) -> Result<bool> {
    let lang = lang_of(row);
    let values = [("school", school.name.as_str())];
    let (state, action, letter) = match verdict {
        Verdict::Ask => {
            let url = format!("{}/request-access?school={}", portal.public_url, school.slug);
            let body = vec![
                lang.with(access::ASKED_BODY, &values),
                text.to_owned(),
                lang.get(access::ASKED_ANSWER).to_owned(),
            ];
            let letter = letter(school, row, access::ASKED_SUBJECT, body);
            let link = Some((lang.get(access::TO_THE_FORM).to_owned(), url));
            (RequestState::Asked, "access.ask", Letter { link, ..letter })
        }
        Verdict::Approve | Verdict::Reject => {
            let body = vec![
                lang.with(access::REJECTED_BODY, &values),
                text.to_owned(),
                lang.get(access::REJECTED_MISTAKE).to_owned(),
            ];
            (RequestState::Rejected, "access.reject", letter(school, row, access::REJECTED_SUBJECT, body))
        }
    };
    let job = jobs::enqueue(write, portal, &Job::Mail(letter), SECOND_THOUGHTS).await?;
    let entry = Entry { action, subject: &row.name, detail: text };
    audit::record(write, portal, school.id, Some(actor.account()), entry).await?;
    let decided = Decided {
        state,
        reason: Some(text),
        by: actor.account(),
        at: portal.clock.now(),
        child: None,
        invitation: None,
        job: Some(job),
    };
    Ok(write.decide_access_request(school.id, row.id, &decided).await?)
}

/// A letter to the requester, in the language of the request.
fn letter(school: &SchoolRow, row: &RequestRow, subject: Text, body: Vec<String>) -> Letter {
    let lang = lang_of(row);
    let mut paragraphs = vec![lang.with(access::DEAR, &[("name", &row.name)])];
    paragraphs.extend(body);
    Letter {
        to_name: row.name.clone(),
        to_email: row.email.clone(),
        lang: lang.tag().to_owned(),
        school: school.name.clone(),
        subject: lang.with(subject, &[("school", &school.name)]),
        paragraphs,
        link: None,
    }
}

/// Takes decisions back, all or none: the requests wait again, an invitation that came of them is withdrawn, and a letter
/// that has not gone out stays in.
pub async fn undo(portal: &Portal, actor: &Actor, requests: &[RequestId]) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let mut schools: Vec<SchoolId> = Vec::new();
    for id in requests.iter().take(AT_ONCE) {
        let row = write.find_access_request(*id).await?.ok_or_else(Error::not_found)?;
        policy::require(actor, Action::ManagePeople, Target::School(row.school_id))?;
        let Some(decided_at) = row.decided_at else { continue };
        let mut done = can_undo(&row, now);
        if let Some(invitation) = row.invitation_id.map(InvitationId) {
            done = done && write.revoke_invitation(row.school_id, invitation, now).await?;
        }
        done = done && write.reopen_access_request(row.school_id, row.id, decided_at).await?;
        if !done {
            return Err(ApiError::conflict(Conflict::AlreadyDecided).into());
        }
        if let Some(job) = row.job_id {
            write.cancel_job(job).await?;
        }
        let entry = Entry { action: "access.undo", subject: &row.name, detail: row.state.as_str() };
        audit::record(&mut write, portal, row.school_id, Some(actor.account()), entry).await?;
        if !schools.contains(&row.school_id) {
            schools.push(row.school_id);
        }
    }
    for school in schools {
        tell_directors(&mut write, portal, school).await?;
    }
    write.commit().await?;
    Ok(())
}
