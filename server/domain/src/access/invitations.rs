//! Invitations: made by a director, for one guardian of one child or one member of staff.

use crate::{
    Actor, Error, Portal, Result,
    audit::{self, Entry},
    jobs::{self, Job},
    mail::Letter,
    moments::Dates,
    policy::{self, Action, Target},
    secrets,
};
use model::{
    AccountId, ApiError, ChildId, GroupId, InvitationId, Problem, SchoolId, Time,
    access::{InvitationLetter, InvitationLine, LetterPage, QrCode},
    check::{Checker, NAME_MAX},
    error::Conflict,
    roles::{Relation, Scope, StaffRole},
};
use store::{InvitationRow, Invited, NewInvitation, SchoolRow, Write};
use texts::{Lang, access};

/// How long a code works.
const VALID: i64 = 30 * Time::DAY;

/// A guardian to invite. `id` becomes the invitation's, so that a form sent twice invites once.
#[derive(Debug)]
pub struct NewGuardian<'a> {
    pub id: InvitationId,
    pub child: ChildId,
    /// [`Scope::Full`] or [`Scope::OnRequest`]: who has no access needs no invitation.
    pub scope: &'a str,
    pub relation: &'a str,
    pub name: &'a str,
    /// May be empty: then there is a letter on paper only.
    pub email: &'a str,
}

/// A member of staff to invite.
#[derive(Debug)]
pub struct NewStaff<'a> {
    pub id: InvitationId,
    pub school: SchoolId,
    pub role: &'a str,
    /// Id of the group they teach or are assigned to, or empty.
    pub group: &'a str,
    pub name: &'a str,
    pub email: &'a str,
}

/// An invitation as its maker gets it.
#[derive(Debug)]
pub struct Made {
    pub invitation: InvitationId,
    /// In its plain form, to be shown once; none when the form was sent twice and the code is known to the first answer
    /// only.
    pub code: Option<String>,
}

/// A director invites a guardian of a child.
pub async fn invite_guardian(portal: &Portal, actor: &Actor, new: NewGuardian<'_>) -> Result<Made> {
    let mut write = portal.store.write().await?;
    let child = write.find_child(new.child).await?.ok_or_else(Error::not_found)?;
    policy::require(actor, Action::ManagePeople, Target::School(child.school_id))?;
    let mut checker = Checker::default();
    let scope = checker.choice::<Scope>("scope", new.scope);
    if scope == Some(Scope::None) {
        checker.problem("scope", Problem::NotAChoice);
    }
    let relation = checker.choice::<Relation>("relation", new.relation);
    let (name, email) = addressee(&mut checker, new.name, new.email);
    checker.finish()?;
    let (Some(scope), Some(relation)) = (scope, relation) else { return Err(ApiError::Malformed.into()) };
    let invited = Invited::Guardian { child: child.id, scope, relation };
    let detail = format!("{}, {scope}", child.name());
    make(write, portal, actor, child.school_id, new.id, invited, &name, &email, &detail).await
}

/// A director invites somebody to the staff.
pub async fn invite_staff(portal: &Portal, actor: &Actor, new: NewStaff<'_>) -> Result<Made> {
    let school = policy::school(actor, Action::ManagePeople, Some(new.school))?;
    let mut checker = Checker::default();
    let role = checker.choice::<StaffRole>("role", new.role);
    let group = match new.group.trim() {
        "" => None,
        id => {
            let group = id.parse::<GroupId>().ok();
            let group = school.groups.iter().find(|one| Some(one.id) == group && !one.is_school);
            if group.is_none() {
                checker.problem("group", Problem::NotAChoice);
            }
            group
        }
    };
    let (name, email) = addressee(&mut checker, new.name, new.email);
    checker.finish()?;
    let Some(role) = role else { return Err(ApiError::Malformed.into()) };
    let invited = Invited::Staff { role, group: group.map(|group| group.id.0) };
    let detail = group.map_or_else(|| role.to_string(), |group| format!("{role}, {}", group.name));
    let write = portal.store.write().await?;
    make(write, portal, actor, school.id, new.id, invited, &name, &email, &detail).await
}

fn addressee(checker: &mut Checker, name: &str, email: &str) -> (String, String) {
    let name = checker.line("name", name, NAME_MAX);
    let email = if email.trim().is_empty() { String::new() } else { checker.email("email", email) };
    (name, email)
}

#[expect(clippy::too_many_arguments, reason = "an invitation is just these facts")]
async fn make(
    mut write: Write,
    portal: &Portal,
    actor: &Actor,
    school: SchoolId,
    id: InvitationId,
    invited: Invited,
    name: &str,
    email: &str,
    detail: &str,
) -> Result<Made> {
    let school = write.find_school(school).await?.ok_or_else(Error::not_found)?;
    let email = (!email.is_empty()).then_some(email);
    let Some(code) =
        write_invitation(&mut write, portal, Some(actor.account()), school.id, id, invited, name, email).await?
    else {
        // Sent twice, or an id that is somebody else's.
        let there = write.find_invitation(id).await?.filter(|there| there.school_id == school.id);
        let there = there.ok_or_else(Error::not_found)?;
        let same = there.name == name && there.email.as_deref() == email && is_for(&there, invited);
        return match same {
            true => Ok(Made { invitation: id, code: None }),
            false => Err(ApiError::conflict(Conflict::ChangedMeanwhile).into()),
        };
    };
    let entry = Entry { action: "access.invite", subject: name, detail };
    audit::record(&mut write, portal, school.id, Some(actor.account()), entry).await?;
    if let Some(email) = email {
        let lang = Lang::from_tag(&school.language).unwrap_or_default();
        let expires = portal.clock.now().plus(VALID);
        let letter = invitation_mail(portal, &school, lang, name, email, &code, expires);
        jobs::enqueue(&mut write, portal, &Job::Mail(letter), 0).await?;
    }
    write.commit().await?;
    Ok(Made { invitation: id, code: Some(code) })
}

fn is_for(row: &InvitationRow, invited: Invited) -> bool {
    match invited {
        Invited::Guardian { child, scope, relation } => {
            row.child_id == Some(child.0) && row.scope() == Some(scope) && row.relation() == Some(relation)
        }
        Invited::Staff { role, group } => row.role() == Some(role) && row.group_id == group,
    }
}

/// Stores an invitation and answers its code in the plain form; none if the id is there already.
#[expect(clippy::too_many_arguments, reason = "an invitation is just these facts")]
pub(crate) async fn write_invitation(
    write: &mut Write,
    portal: &Portal,
    by: Option<AccountId>,
    school: SchoolId,
    id: InvitationId,
    invited: Invited,
    name: &str,
    email: Option<&str>,
) -> Result<Option<String>> {
    let code = secrets::new_code();
    let at = portal.clock.now();
    let code_hash = secrets::hash(&code);
    let new =
        NewInvitation { id, school, code_hash: &code_hash, invited, name, email, by, at, expires: at.plus(VALID) };
    Ok(write.create_invitation(&new).await?.then_some(code))
}

/// The link that a code is behind.
pub(crate) fn join_url(portal: &Portal, code: &str) -> String {
    format!("{}/join?code={}", portal.public_url, secrets::written_code(code))
}

/// Date until which a code made now works, in words.
pub(crate) fn valid_until(portal: &Portal, school: &SchoolRow, lang: Lang) -> String {
    let now = portal.clock.now();
    Dates::new(lang, &school.time_zone, now).moment(now.plus(VALID)).short
}

fn invitation_mail(
    portal: &Portal,
    school: &SchoolRow,
    lang: Lang,
    name: &str,
    email: &str,
    code: &str,
    expires: Time,
) -> Letter {
    let until = Dates::new(lang, &school.time_zone, portal.clock.now()).moment(expires).short;
    Letter {
        to_name: name.to_owned(),
        to_email: email.to_owned(),
        lang: lang.tag().to_owned(),
        school: school.name.clone(),
        subject: lang.with(access::INVITATION_SUBJECT, &[("school", &school.name)]),
        paragraphs: vec![
            lang.with(access::DEAR, &[("name", name)]),
            lang.with(access::INVITATION_BODY, &[("school", &school.name)]),
            lang.with(access::LINK_WORKS_ONCE, &[("date", &until)]),
        ],
        link: Some((lang.get(access::MAKE_ACCOUNT).to_owned(), join_url(portal, code))),
    }
}

/// Gives an unused invitation a new code and a new term; the old code opens nothing any more.
pub async fn renew_invitation(portal: &Portal, actor: &Actor, id: InvitationId) -> Result<Made> {
    let mut write = portal.store.write().await?;
    let row = managed(&mut write, actor, id).await?;
    let code = secrets::new_code();
    let expires = portal.clock.now().plus(VALID);
    if !write.renew_invitation(row.school_id, id, &secrets::hash(&code), expires).await? {
        return Err(ApiError::conflict(Conflict::AlreadyDecided).into());
    }
    let entry = Entry { action: "access.renew", subject: &row.name, detail: "" };
    audit::record(&mut write, portal, row.school_id, Some(actor.account()), entry).await?;
    if let Some(email) = &row.email {
        let school = write.find_school(row.school_id).await?.ok_or_else(Error::not_found)?;
        let lang = Lang::from_tag(&school.language).unwrap_or_default();
        let letter = invitation_mail(portal, &school, lang, &row.name, email, &code, expires);
        jobs::enqueue(&mut write, portal, &Job::Mail(letter), 0).await?;
    }
    write.commit().await?;
    Ok(Made { invitation: id, code: Some(code) })
}

/// Withdraws an unused invitation. Withdrawing it again changes nothing.
pub async fn revoke_invitation(portal: &Portal, actor: &Actor, id: InvitationId) -> Result<()> {
    let mut write = portal.store.write().await?;
    let row = managed(&mut write, actor, id).await?;
    if row.revoked_at.is_some() {
        return Ok(());
    }
    if !write.revoke_invitation(row.school_id, id, portal.clock.now()).await? {
        return Err(ApiError::conflict(Conflict::AlreadyDecided).into());
    }
    let entry = Entry { action: "access.revoke", subject: &row.name, detail: "" };
    audit::record(&mut write, portal, row.school_id, Some(actor.account()), entry).await?;
    write.commit().await?;
    Ok(())
}

async fn managed(write: &mut Write, actor: &Actor, id: InvitationId) -> Result<InvitationRow> {
    let row = write.find_invitation(id).await?.ok_or_else(Error::not_found)?;
    policy::require(actor, Action::ManagePeople, Target::School(row.school_id))?;
    Ok(row)
}

/// An invitation in a list.
pub(crate) fn invitation_line(row: &InvitationRow, dates: &Dates, now: Time) -> InvitationLine {
    InvitationLine {
        id: row.id,
        name: row.name.clone(),
        email: row.email.clone(),
        child: row.given_name.as_ref().map(|given| match &row.family_name {
            Some(family) => format!("{given} {family}").trim().to_owned(),
            None => given.clone(),
        }),
        role: row.role(),
        scope: row.scope(),
        expires: dates.moment(row.expires_at),
        is_expired: row.expires_at <= now,
    }
}

/// The letter of an unused invitation, for the browser that keeps its code: what is not stored can't be shown again.
pub async fn find_letter(
    portal: &Portal,
    actor: &Actor,
    id: InvitationId,
    code: Option<&str>,
    lang: Lang,
) -> Result<LetterPage> {
    let now = portal.clock.now();
    let mut read = portal.store.read().await?;
    let row = read.find_invitation(id).await?.ok_or_else(Error::not_found)?;
    policy::require(actor, Action::ManagePeople, Target::School(row.school_id))?;
    if row.used_at.is_some() || row.revoked_at.is_some() {
        return Err(Error::not_found());
    }
    let school = read.find_school(row.school_id).await?.ok_or_else(Error::not_found)?;
    let invitation = invitation_line(&row, &Dates::new(lang, &school.time_zone, now), now);
    let code = code.filter(|code| row.is_open(now) && secrets::hash(code) == row.code_hash);
    let letter = code.map(|code| letter(portal, &school, &row, code)).transpose()?;
    Ok(LetterPage { invitation, letter })
}

fn letter(portal: &Portal, school: &SchoolRow, row: &InvitationRow, code: &str) -> Result<InvitationLetter> {
    let lang = Lang::from_tag(&school.language).unwrap_or_default();
    let host = portal.public_url.split("://").nth(1).unwrap_or(&portal.public_url);
    Ok(InvitationLetter {
        lang: lang.tag().to_owned(),
        school: school.name.clone(),
        code: secrets::written_code(code),
        address: format!("{host}/join"),
        qr: qr_code(&join_url(portal, code))?,
        expires: Dates::new(lang, &school.time_zone, portal.clock.now()).moment(row.expires_at),
    })
}

/// The QR code of an address: each run of black squares in a row is one piece of the path.
fn qr_code(url: &str) -> Result<QrCode> {
    /// White squares around it that scanners need.
    const QUIET: usize = 4;
    let code = qrcode::QrCode::new(url).map_err(Error::internal)?;
    let width = code.width();
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        let mut x = 0;
        for run in row.chunk_by(|a, b| a == b) {
            if run[0] == qrcode::Color::Dark {
                path.push_str(&format!("M{} {}h{}v1h-{}z", x + QUIET, y + QUIET, run.len(), run.len()));
            }
            x += run.len();
        }
    }
    let size = u32::try_from(width + 2 * QUIET).map_err(Error::internal)?;
    Ok(QrCode { size, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_qr_code_is_a_square_with_a_quiet_edge() {
        let code = qr_code("https://portaal.example/join?code=ABCD-EFGH-JKMN").expect("made");
        assert_eq!(code.size, 33 + 8);
        // The finder in the first corner: seven black squares, after four white ones each way.
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", code.path);
    }
}
