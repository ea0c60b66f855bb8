//! Signing in and out, devices, settings.
#![expect(clippy::too_many_arguments, reason = "a form is just its fields")]

use super::Failure;
use leptos::prelude::*;
use model::account::{Settings, Viewer};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::request::{Cookie, asked, set_cookie, signed_in, start_session};

/// Who is signed in; none for nobody.
#[server(endpoint = "account/viewer", input = GetUrl)]
pub async fn find_viewer() -> Result<Option<Viewer>, Failure> {
    let asked = asked()?;
    match asked.actor {
        Some(actor) => {
            let mut viewer = domain::accounts::viewer(&asked.portal, &actor).await?;
            let is_put_off = asked.later.is_some_and(|account| account == actor.account().to_string());
            viewer.ask_about = viewer.ask_about.filter(|_| !is_put_off);
            Ok(Some(viewer))
        }
        None => Ok(None),
    }
}

#[server(endpoint = "account/sign-in")]
pub async fn sign_in(email: String, password: String, #[server(default)] next: String) -> Result<(), Failure> {
    let asked = asked()?;
    let signed_in = domain::accounts::sign_in(
        &asked.portal,
        domain::accounts::SignIn {
            email: &email,
            password: &password,
            address: &asked.address,
            user_agent: &asked.user_agent,
            device: asked.device.as_deref(),
        },
    )
    .await?;
    start_session(asked.secure, signed_in);
    leptos_axum::redirect(super::local_path(&next));
    Ok(())
}

#[server(endpoint = "account/sign-out")]
pub async fn sign_out() -> Result<(), Failure> {
    let asked = asked()?;
    if let Some(actor) = &asked.actor {
        domain::accounts::sign_out(&asked.portal, actor).await?;
    }
    set_cookie(asked.secure, Cookie::Session, "");
    leptos_axum::redirect("/sign-in");
    Ok(())
}

#[server(endpoint = "account/settings", input = GetUrl)]
pub async fn find_settings() -> Result<Settings, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::accounts::settings(&portal, &actor, lang).await?)
}

#[server(endpoint = "account/revoke-device")]
pub async fn revoke_device(session: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let session = super::id(&session)?;
    domain::accounts::revoke_device(&portal, &actor, session).await?;
    leptos_axum::redirect("/settings");
    Ok(())
}

#[server(endpoint = "account/change-password")]
pub async fn change_password(current_password: String, new_password: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    domain::accounts::change_password(&portal, &actor, &current_password, &new_password).await?;
    leptos_axum::redirect("/settings?done=password");
    Ok(())
}

/// An empty tag follows the browser. Works for nobody too: then the browser remembers.
#[server(endpoint = "account/set-language")]
pub async fn set_language(language: String, #[server(default)] next: String) -> Result<(), Failure> {
    let asked = asked()?;
    let lang = texts::Lang::from_tag(&language);
    match &asked.actor {
        Some(actor) => domain::accounts::set_language(&asked.portal, actor, lang).await?,
        None => set_cookie(asked.secure, Cookie::Language, lang.map_or("", texts::Lang::tag)),
    }
    leptos_axum::redirect(super::local_path(&next));
    Ok(())
}

/// A box that is not ticked sends nothing.
#[server(endpoint = "account/set-school-settings")]
pub async fn set_school_settings(
    school: String,
    #[server(default)] teachers_post_to_school: bool,
    #[server(default)] specialists_post_to_school: bool,
    #[server(default)] office_posts_to_school: bool,
    #[server(default)] guardians_start_conversations: bool,
    #[server(default)] all_must_agree: bool,
    #[server(default)] yearly_reminder: bool,
    #[server(default)] link_cards: bool,
    #[server(default)] views_kept_days: Option<String>,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let settings = model::account::SchoolSettings {
        teachers_post_to_school,
        specialists_post_to_school,
        office_posts_to_school,
        guardians_start_conversations,
        all_must_agree,
        yearly_reminder,
        link_cards,
        ..Default::default()
    };
    let (school, days) = (super::id(&school)?, views_kept_days.as_deref());
    domain::accounts::set_school_settings(&portal, &actor, school, settings, days).await?;
    leptos_axum::redirect("/settings?done=school");
    Ok(())
}
