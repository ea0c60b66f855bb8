//! Ways in: invitations and access requests.

use super::Failure;
use leptos::prelude::*;
use model::access::{AccessQueue, JoinPage, LetterPage, RequestForm};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use {
    super::request::{Asked, Cookie, asked, set_cookie, signed_in, start_session},
    domain::access::{self, Decision, Join as Joining, Made, NewGuardian, NewRequest, NewStaff},
    model::{ApiError, ChildId, Problem, RequestId, access::Verdict},
};

/// What a code opens.
#[server(endpoint = "access/invitation", input = GetUrl)]
pub async fn find_invitation(code: String) -> Result<JoinPage, Failure> {
    let asked = asked()?;
    Ok(access::read_invitation(&asked.portal, asked.actor.as_ref(), &code, &asked.address).await?)
}

/// Joins with a new account.
#[server(endpoint = "access/join")]
pub async fn join(code: String, name: String, email: String, password: String) -> Result<(), Failure> {
    let Asked { portal, address, user_agent, device, secure, .. } = asked()?;
    let joining = Joining {
        code: &code,
        name: &name,
        email: &email,
        password: &password,
        address: &address,
        user_agent: &user_agent,
        device: device.as_deref(),
    };
    start_session(secure, access::join(&portal, joining).await?);
    leptos_axum::redirect("/");
    Ok(())
}

/// Accepts an invitation with the account that is signed in.
#[server(endpoint = "access/accept")]
pub async fn accept(code: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    access::accept(&portal, &actor, &code, &asked()?.address).await?;
    leptos_axum::redirect("/");
    Ok(())
}

#[server(endpoint = "access/request-form", input = GetUrl)]
pub async fn find_request_form() -> Result<RequestForm, Failure> {
    Ok(access::find_request_form(&asked()?.portal).await?)
}

#[server(endpoint = "access/request")]
pub async fn request_access(
    id: String,
    #[server(default)] school: String,
    name: String,
    email: String,
    child_name: String,
    #[server(default)] relation: String,
    #[server(default)] message: String,
) -> Result<(), Failure> {
    let asked = asked()?;
    let new = NewRequest {
        id: super::id(&id)?,
        school: &school,
        name: &name,
        email: &email,
        child_name: &child_name,
        relation: &relation,
        message: &message,
        address: &asked.address,
        lang: asked.lang,
    };
    access::request_access(&asked.portal, new).await?;
    leptos_axum::redirect("/request-access?sent=1");
    Ok(())
}

#[server(endpoint = "access/queue", input = GetUrl)]
pub async fn list_queue() -> Result<AccessQueue, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(access::list_queue(&portal, &actor, lang).await?)
}

/// Approves, asks about or rejects the picked requests. `children`: `{request}:{child}` for each that is approved.
#[server(endpoint = "access/decide")]
pub async fn decide(
    #[server(default)] verdict: String,
    #[server(default)] ids: Vec<String>,
    #[server(default)] children: Vec<String>,
    #[server(default)] text: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let verdict = Verdict::from_word(&verdict).ok_or(ApiError::field("verdict", Problem::NotAChoice))?;
    let decision =
        Decision { requests: request_ids(&ids)?, verdict, children: chosen_children(&children)?, text: &text };
    access::decide(&portal, &actor, &decision).await?;
    leptos_axum::redirect("/access");
    Ok(())
}

#[cfg(feature = "ssr")]
fn request_ids(ids: &[String]) -> Result<Vec<RequestId>, Failure> {
    ids.iter().map(|id| super::id(id)).collect()
}

/// A request without a chosen child is left out.
#[cfg(feature = "ssr")]
fn chosen_children(pairs: &[String]) -> Result<Vec<(RequestId, ChildId)>, Failure> {
    let pairs = pairs.iter().filter_map(|pair| pair.split_once(':'));
    pairs.map(|(request, child)| Ok((super::id(request)?, super::id(child)?))).collect()
}

/// Takes a decision back.
#[server(endpoint = "access/undo")]
pub async fn undo(#[server(default)] ids: Vec<String>) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    access::undo(&portal, &actor, &request_ids(&ids)?).await?;
    leptos_axum::redirect("/access");
    Ok(())
}

#[server(endpoint = "access/invite-guardian")]
pub async fn invite_guardian(
    id: String,
    child: String,
    #[server(default)] relation: String,
    #[server(default)] scope: String,
    name: String,
    #[server(default)] email: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let (id, child) = (super::id(&id)?, super::id(&child)?);
    let new = NewGuardian { id, child, scope: &scope, relation: &relation, name: &name, email: &email };
    to_letter(access::invite_guardian(&portal, &actor, new).await?)
}

#[server(endpoint = "access/invite-staff")]
pub async fn invite_staff(
    id: String,
    school: String,
    #[server(default)] role: String,
    #[server(default)] group: String,
    name: String,
    #[server(default)] email: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let (id, school) = (super::id(&id)?, super::id(&school)?);
    let new = NewStaff { id, school, role: &role, group: &group, name: &name, email: &email };
    to_letter(access::invite_staff(&portal, &actor, new).await?)
}

/// Gives an invitation a new code.
#[server(endpoint = "access/renew-invitation")]
pub async fn renew_invitation(invitation: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    to_letter(access::renew_invitation(&portal, &actor, super::id(&invitation)?).await?)
}

/// On to the letter. Its code goes along in a cookie for an hour, so that it is stored nowhere but in the browser of who
/// made it; the server compares it with its hash.
#[cfg(feature = "ssr")]
fn to_letter(made: Made) -> Result<(), Failure> {
    if let Some(code) = &made.code {
        set_cookie(asked()?.secure, Cookie::Letter, code);
    }
    leptos_axum::redirect(&format!("/people/letter/{}", made.invitation));
    Ok(())
}

#[server(endpoint = "access/letter", input = GetUrl)]
pub async fn find_letter(invitation: String) -> Result<LetterPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    let code = asked()?.letter;
    Ok(access::find_letter(&portal, &actor, super::id(&invitation)?, code.as_deref(), lang).await?)
}

#[server(endpoint = "access/revoke-invitation")]
pub async fn revoke_invitation(invitation: String, #[server(default)] next: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    access::revoke_invitation(&portal, &actor, super::id(&invitation)?).await?;
    leptos_axum::redirect(super::people::next_page(&next));
    Ok(())
}
