//! Posts: the feed, the reading page, composing. Files come in another way: see `server::http::media`.

use super::Failure;
use leptos::prelude::*;
use model::{
    feed::{ComposePage, DraftLine, FeedPage, PostPage, Saved},
    media::{Crop, TrayPicture},
    options::PostOptions,
};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::{
    id,
    request::{dates, signed_in},
};
#[cfg(feature = "ssr")]
use model::{GroupId, MediaId, feed::FeedQuery};

/// News of one's groups; each value narrows it, empty or false for not.
#[server(endpoint = "posts/feed", input = GetUrl)]
pub async fn find_feed(
    #[server(default)] child: String,
    #[server(default)] group: String,
    #[server(default)] pictures: bool,
    #[server(default)] before: String,
) -> Result<FeedPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    let child = if child.is_empty() { None } else { Some(id(&child)?) };
    let group = if group.is_empty() { None } else { Some(id(&group)?) };
    let query = FeedQuery { child, group, pictures, before: (!before.is_empty()).then_some(before) };
    Ok(domain::posts::find_feed(&portal, &actor, &query, &dates(&portal, &actor, lang)).await?)
}

/// A post, noted as read: that is why it is no GET.
#[server(endpoint = "posts/open")]
pub async fn open_post(post: String) -> Result<PostPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::posts::open_post(&portal, &actor, id(&post)?, &dates(&portal, &actor, lang)).await?)
}

/// The compose page; an empty id begins a new post.
#[server(endpoint = "posts/compose", input = GetUrl)]
pub async fn open_compose(#[server(default)] post: String) -> Result<ComposePage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    let post = if post.is_empty() { None } else { Some(id(&post)?) };
    Ok(domain::posts::open_compose(&portal, &actor, post, &dates(&portal, &actor, lang)).await?)
}

/// The pictures of a post that is being written.
#[server(endpoint = "posts/tray", input = GetUrl)]
pub async fn find_tray(post: String) -> Result<Vec<TrayPicture>, Failure> {
    let (portal, actor, _) = signed_in()?;
    Ok(domain::media::find_tray(&portal, &actor, id(&post)?).await?)
}

/// Makes or saves a draft. Leads nowhere: the page calls it while its author types on; the plain form has its own door.
#[server(endpoint = "posts/save")]
pub async fn save_draft(
    post: String,
    version: i64,
    title: String,
    body: String,
    #[server(default)] groups: Vec<String>,
    #[server(default)] options: PostOptions,
) -> Result<Saved, Failure> {
    let (portal, actor, lang) = signed_in()?;
    let groups = group_ids(&groups)?;
    let draft = domain::posts::Draft {
        id: id(&post)?,
        version,
        title: &title,
        body: &body,
        groups: &groups,
        options: &options,
    };
    Ok(domain::posts::save_draft(&portal, &actor, &draft, &dates(&portal, &actor, lang)).await?)
}

/// Publishes a draft, now or when it says, or shows the pictures added to a published post.
#[server(endpoint = "posts/publish")]
pub async fn publish_post(post: String, #[server(default)] version: Option<i64>) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post = id(&post)?;
    match domain::posts::publish(&portal, &actor, post, version).await? {
        domain::posts::Published::Now => leptos_axum::redirect(&format!("/posts/{post}")),
        domain::posts::Published::Later => leptos_axum::redirect("/drafts"),
    }
    Ok(())
}

/// Changes a published post.
#[server(endpoint = "posts/edit")]
pub async fn edit_post(
    post: String,
    version: i64,
    title: String,
    body: String,
    #[server(default)] groups: Vec<String>,
    #[server(default)] options: PostOptions,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let groups = group_ids(&groups)?;
    let draft = domain::posts::Draft {
        id: id(&post)?,
        version,
        title: &title,
        body: &body,
        groups: &groups,
        options: &options,
    };
    domain::posts::edit(&portal, &actor, &draft).await?;
    leptos_axum::redirect(&format!("/posts/{}", draft.id));
    Ok(())
}

#[server(endpoint = "posts/delete")]
pub async fn delete_post(post: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let was_published = domain::posts::delete(&portal, &actor, id(&post)?).await?;
    leptos_axum::redirect(if was_published { "/" } else { "/drafts" });
    Ok(())
}

#[server(endpoint = "posts/drafts", input = GetUrl)]
pub async fn list_drafts() -> Result<Vec<DraftLine>, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::posts::list_drafts(&portal, &actor, &dates(&portal, &actor, lang)).await?)
}

/// The next ones lead nowhere: see [`save_draft`].
#[server(endpoint = "posts/remove-picture")]
pub async fn remove_picture(post: String, picture: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    Ok(domain::media::remove_picture(&portal, &actor, id(&post)?, id(&picture)?).await?)
}

#[server(endpoint = "posts/move-picture-up")]
pub async fn move_picture_up(post: String, picture: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    Ok(domain::media::move_picture_up(&portal, &actor, id(&post)?, id(&picture)?).await?)
}

/// All pictures in their order, at once.
#[server(endpoint = "posts/order-pictures")]
pub async fn order_pictures(post: String, #[server(default)] pictures: Vec<String>) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let pictures: Vec<MediaId> = pictures.iter().filter_map(|picture| picture.parse().ok()).collect();
    Ok(domain::media::order_pictures(&portal, &actor, id(&post)?, &pictures).await?)
}

/// Turns a photo that nobody else has seen yet, clockwise.
#[server(endpoint = "posts/turn-picture")]
pub async fn turn_picture(post: String, picture: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    Ok(domain::media::editing::turn_picture(&portal, &actor, id(&post)?, id(&picture)?).await?)
}

#[server(endpoint = "posts/crop-picture")]
pub async fn crop_picture(post: String, picture: String, crop: Crop) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    Ok(domain::media::editing::crop_picture(&portal, &actor, id(&post)?, id(&picture)?, &crop).await?)
}

#[server(endpoint = "posts/describe-picture")]
pub async fn describe_picture(
    post: String,
    picture: String,
    #[server(default)] alt: String,
    #[server(default)] caption: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    Ok(domain::media::describe_picture(&portal, &actor, id(&post)?, id(&picture)?, &alt, &caption).await?)
}

#[cfg(feature = "ssr")]
fn group_ids(groups: &[String]) -> Result<Vec<GroupId>, Failure> {
    groups.iter().map(|group| id(group)).collect()
}
