//! The people of a school and the audit log, for directors and the office.

use super::Failure;
use leptos::prelude::*;
use model::people::{AuditLine, ChildPage, FormerPage, PeoplePage, StaffPage};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use {
    super::{optional_id, request::signed_in},
    domain::{audit, people},
    model::{ApiError, roles::StaffRole},
};

/// Where to go on after a change.
#[cfg(feature = "ssr")]
pub(super) fn next_page(next: &str) -> &str {
    if next.is_empty() { "/people" } else { super::local_path(next) }
}

/// Groups, staff and invitations; `school` and `group` may be empty.
#[server(endpoint = "people/page", input = GetUrl)]
pub async fn find_people(
    #[server(default)] school: String,
    #[server(default)] group: String,
) -> Result<PeoplePage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(people::find_page(&portal, &actor, optional_id(&school)?, optional_id(&group)?, lang).await?)
}

#[server(endpoint = "people/child", input = GetUrl)]
pub async fn find_child(child: String) -> Result<ChildPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(people::find_child(&portal, &actor, super::id(&child)?, lang).await?)
}

#[server(endpoint = "people/staff", input = GetUrl)]
pub async fn find_staff(account: String, #[server(default)] school: String) -> Result<StaffPage, Failure> {
    let (portal, actor, _) = signed_in()?;
    Ok(people::find_staff(&portal, &actor, optional_id(&school)?, super::id(&account)?).await?)
}

/// Children who have left; `school` and `before` may be empty.
#[server(endpoint = "people/former", input = GetUrl)]
pub async fn list_former(
    #[server(default)] school: String,
    #[server(default)] before: String,
) -> Result<FormerPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    let (school, before) = (optional_id(&school)?, optional_id(&before)?);
    Ok(domain::preferences::list_former(&portal, &actor, school, before, lang).await?)
}

/// What was answered about pictures of a child that has left goes for good.
#[server(endpoint = "people/erase-answers")]
pub async fn erase_answers(
    child: String,
    #[server(default)] reason: String,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    domain::preferences::erase(&portal, &actor, super::id(&child)?, &reason).await?;
    leptos_axum::redirect(next_page(&next));
    Ok(())
}

#[server(endpoint = "people/audit", input = GetUrl)]
pub async fn list_audit(#[server(default)] school: String) -> Result<Vec<AuditLine>, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(audit::list(&portal, &actor, optional_id(&school)?, lang).await?)
}

#[server(endpoint = "people/add-group")]
pub async fn add_group(
    id: String,
    school: String,
    name: String,
    #[server(default)] year: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let (id, school) = (super::id(&id)?, super::id(&school)?);
    people::add_group(&portal, &actor, school, id, &name, &year).await?;
    leptos_axum::redirect(&format!("/people?group={id}"));
    Ok(())
}

#[server(endpoint = "people/add-child")]
pub async fn add_child(id: String, group: String, given_name: String, family_name: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let (id, group) = (super::id(&id)?, super::id(&group)?);
    people::add_child(&portal, &actor, group, id, &given_name, &family_name).await?;
    leptos_axum::redirect(&format!("/people?group={group}"));
    Ok(())
}

#[server(endpoint = "people/move-child")]
pub async fn move_child(child: String, group: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let child = super::id(&child)?;
    people::move_child(&portal, &actor, child, super::id(&group)?).await?;
    leptos_axum::redirect(&format!("/people/child/{child}"));
    Ok(())
}

/// The child leaves the school.
#[server(endpoint = "people/remove-child")]
pub async fn remove_child(child: String, #[server(default)] next: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    people::remove_child(&portal, &actor, super::id(&child)?).await?;
    leptos_axum::redirect(next_page(&next));
    Ok(())
}

#[server(endpoint = "people/set-scope")]
pub async fn set_scope(
    guardianship: String,
    #[server(default)] scope: String,
    #[server(default)] reason: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let child = people::set_scope(&portal, &actor, super::id(&guardianship)?, &scope, &reason).await?;
    leptos_axum::redirect(&format!("/people/child/{child}"));
    Ok(())
}

#[server(endpoint = "people/end-guardianship")]
pub async fn end_guardianship(guardianship: String, #[server(default)] reason: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let child = people::end_guardianship(&portal, &actor, super::id(&guardianship)?, &reason).await?;
    leptos_axum::redirect(&format!("/people/child/{child}"));
    Ok(())
}

#[server(endpoint = "people/add-role")]
pub async fn add_role(school: String, account: String, #[server(default)] role: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let (school, account) = (super::id(&school)?, super::id(&account)?);
    people::add_role(&portal, &actor, school, account, &role).await?;
    leptos_axum::redirect(&format!("/people/staff/{account}?school={school}"));
    Ok(())
}

#[server(endpoint = "people/end-role")]
pub async fn end_role(school: String, account: String, role: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let (school, account) = (super::id(&school)?, super::id(&account)?);
    let role = StaffRole::from_word(&role).ok_or(ApiError::NotFound)?;
    people::end_role(&portal, &actor, school, account, role).await?;
    // Who ended their own role may not see the people any more.
    let next = if account == actor.account() { "/".to_owned() } else { format!("/people?school={school}") };
    leptos_axum::redirect(&next);
    Ok(())
}

#[server(endpoint = "people/assign-group")]
pub async fn assign_group(group: String, account: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let account = super::id(&account)?;
    people::assign_group(&portal, &actor, super::id(&group)?, account).await?;
    leptos_axum::redirect(&format!("/people/staff/{account}"));
    Ok(())
}

#[server(endpoint = "people/unassign-group")]
pub async fn unassign_group(group: String, account: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let account = super::id(&account)?;
    people::unassign_group(&portal, &actor, super::id(&group)?, account).await?;
    leptos_axum::redirect(&format!("/people/staff/{account}"));
    Ok(())
}
