//! Comments on posts.

use super::Failure;
use leptos::prelude::*;
use model::comment::CommentsPage;
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::{
    id,
    request::{dates, signed_in},
};

/// What is said under a post; `before` is the cursor of an earlier answer.
#[server(endpoint = "comments/list", input = GetUrl)]
pub async fn list_comments(post: String, #[server(default)] before: String) -> Result<CommentsPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    let before = Some(before.as_str()).filter(|before| !before.is_empty());
    let dates = dates(&portal, &actor, lang);
    Ok(domain::comments::list(&portal, &actor, super::id(&post)?, before, &dates).await?)
}

/// `id` is made by the page; `parent` is the comment that this one answers, empty for none. A page that stays where it is
/// says so; a form sent without JavaScript goes to the comment.
#[server(endpoint = "comments/add")]
pub async fn add_comment(
    post: String,
    #[server(default)] parent: String,
    id: String,
    body: String,
    #[server(default)] stay: bool,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let (post, id) = (super::id(&post)?, super::id(&id)?);
    let parent = if parent.is_empty() { None } else { Some(super::id(&parent)?) };
    let new = domain::comments::NewComment { id, post, parent, body: &body };
    domain::comments::add(&portal, &actor, new).await?;
    if !stay {
        leptos_axum::redirect(&format!("/posts/{post}#c{id}"));
    }
    Ok(())
}

#[server(endpoint = "comments/edit")]
pub async fn edit_comment(comment: String, body: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let comment = id(&comment)?;
    let post = domain::comments::edit(&portal, &actor, comment, &body).await?;
    leptos_axum::redirect(&format!("/posts/{post}#c{comment}"));
    Ok(())
}

/// Takes back what one wrote.
#[server(endpoint = "comments/delete")]
pub async fn delete_comment(comment: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post = domain::comments::delete(&portal, &actor, id(&comment)?).await?;
    leptos_axum::redirect(&format!("/posts/{post}#comments"));
    Ok(())
}

/// Takes away what somebody else wrote.
#[server(endpoint = "comments/remove")]
pub async fn remove_comment(comment: String, #[server(default)] reason: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let comment = id(&comment)?;
    let post = domain::comments::remove(&portal, &actor, comment, &reason).await?;
    leptos_axum::redirect(&format!("/posts/{post}#c{comment}"));
    Ok(())
}
