//! What a published post asks of its readers, and what staff does with it beside changing it.

use super::Failure;
use leptos::prelude::*;
use model::options::{PollPage, PostForStaff};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::{
    id,
    request::{dates, signed_in},
};
#[cfg(feature = "ssr")]
use model::PostId;

/// A guardian says that the post has arrived.
#[server(endpoint = "posts/confirm")]
pub async fn confirm_post(post: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post: PostId = id(&post)?;
    domain::posts::confirm(&portal, &actor, post).await?;
    leptos_axum::redirect(&format!("/posts/{post}"));
    Ok(())
}

/// Reminds those who have not confirmed.
#[server(endpoint = "posts/remind")]
pub async fn remind_of_post(post: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post: PostId = id(&post)?;
    domain::posts::remind(&portal, &actor, post).await?;
    leptos_axum::redirect(&format!("/posts/{post}/staff"));
    Ok(())
}

/// Puts a post above all others, or back in its place.
#[server(endpoint = "posts/pin")]
pub async fn pin_post(post: String, pinned: bool) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post: PostId = id(&post)?;
    domain::posts::pin(&portal, &actor, post, pinned).await?;
    leptos_axum::redirect(&format!("/posts/{post}/staff"));
    Ok(())
}

/// What staff sees of a post beside the post itself.
#[server(endpoint = "posts/staff", input = GetUrl)]
pub async fn open_for_staff(post: String) -> Result<PostForStaff, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::posts::open_for_staff(&portal, &actor, id(&post)?, &dates(&portal, &actor, lang)).await?)
}

/// The poll of a post.
#[server(endpoint = "posts/poll", input = GetUrl)]
pub async fn open_poll(post: String) -> Result<PollPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::posts::open_poll(&portal, &actor, id(&post)?, &dates(&portal, &actor, lang)).await?)
}

/// Votes; a plain form sends one `choice` by its own name, a form of several sends them as a list.
#[server(endpoint = "posts/vote")]
pub async fn vote(post: String, #[server(default)] choices: Vec<String>) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post: PostId = id(&post)?;
    let choices = choices.iter().map(|choice| id(choice)).collect::<Result<Vec<_>, _>>()?;
    domain::posts::vote(&portal, &actor, post, &choices).await?;
    leptos_axum::redirect(&format!("/posts/{post}/poll"));
    Ok(())
}
