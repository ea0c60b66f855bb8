//! Image preferences, and the picture check before a post goes live.

use super::Failure;
use leptos::prelude::*;
use model::{
    consent::{ChildPreferences, GroupPreferences, OwnHistory, ReceiptPage},
    coverage::CoveragePage,
    feed::{NamesPage, PictureCheck},
    media::Picture,
    views::SeenPage,
};
use serde::{Deserialize, Serialize};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::{
    id, optional_id,
    request::{Cookie, asked, set_cookie, signed_in},
};
#[cfg(feature = "ssr")]
use model::media::Crop;

/// What the picture check shows: its questions and the pictures they are about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckPage {
    pub check: PictureCheck,
    pub pictures: Vec<Picture>,
}

/// `answered`: the answer given just now; may be empty, and what it is not says nothing.
#[server(endpoint = "preferences/find", input = GetUrl)]
pub async fn find_preferences(child: String, #[server(default)] answered: String) -> Result<ChildPreferences, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::preferences::find_preferences(&portal, &actor, lang, id(&child)?, answered.parse().ok()).await?)
}

/// `before`: the last answer of an earlier page; may be empty.
#[server(endpoint = "preferences/history", input = GetUrl)]
pub async fn find_history(child: String, #[server(default)] before: String) -> Result<OwnHistory, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::preferences::find_history(&portal, &actor, lang, id(&child)?, optional_id(&before)?).await?)
}

#[server(endpoint = "preferences/receipt", input = GetUrl)]
pub async fn find_receipt(child: String, answer: String) -> Result<ReceiptPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::preferences::find_receipt(&portal, &actor, lang, id(&child)?, id(&answer)?).await?)
}

/// `answer` is `yes` or `no`.
#[server(endpoint = "preferences/answer")]
pub async fn answer_preference(child: String, purpose: String, answer: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let yes = match answer.as_str() {
        "yes" => true,
        "no" => false,
        _ => return Err(model::ApiError::field("answer", model::Problem::NotAChoice).into()),
    };
    let child = id(&child)?;
    let receipt = domain::preferences::answer(&portal, &actor, child, id(&purpose)?, yes).await?;
    leptos_axum::redirect(&format!("/children/{child}/preferences?answered={}#p-{purpose}", receipt.answer));
    Ok(())
}

/// Puts off what is open: this browser does not ask the reader again for two weeks.
#[server(endpoint = "preferences/postpone")]
pub async fn postpone_preferences() -> Result<(), Failure> {
    let (_, actor, _) = signed_in()?;
    set_cookie(asked()?.secure, Cookie::Later, &actor.account().to_string());
    leptos_axum::redirect("/");
    Ok(())
}

/// Who has seen the pictures of a child; `before`: the last picture of an earlier page, may be empty.
#[server(endpoint = "pictures/seen", input = GetUrl)]
pub async fn find_seen(child: String, #[server(default)] before: String) -> Result<SeenPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::views::find_seen(&portal, &actor, lang, id(&child)?, optional_id(&before)?).await?)
}

#[server(endpoint = "preferences/list", input = GetUrl)]
pub async fn list_preferences(group: String) -> Result<GroupPreferences, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::preferences::find_group_preferences(&portal, &actor, lang, id(&group)?).await?)
}

/// Keeps what the list says now, because it is being printed.
#[server(endpoint = "preferences/print")]
pub async fn record_print(group: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let group = id(&group)?;
    domain::preferences::record_print(&portal, &actor, group).await?;
    leptos_axum::redirect(&format!("/groups/{group}/preferences?printing=1"));
    Ok(())
}

/// How far the questions of a school have been answered; `school` may be empty.
#[server(endpoint = "preferences/coverage", input = GetUrl)]
pub async fn find_coverage(#[server(default)] school: String) -> Result<CoveragePage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::preferences::find_coverage(&portal, &actor, lang, optional_id(&school)?).await?)
}

/// Writes to the guardians who have something left to answer.
#[server(endpoint = "preferences/remind")]
pub async fn remind_open(school: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let school = id(&school)?;
    domain::preferences::remind_open(&portal, &actor, school).await?;
    leptos_axum::redirect(&format!("/preferences?school={school}&done=reminded"));
    Ok(())
}

#[server(endpoint = "pictures/check", input = GetUrl)]
pub async fn find_check(post: String) -> Result<CheckPage, Failure> {
    let (portal, actor, _) = signed_in()?;
    let (check, pictures) = domain::check::find_check(&portal, &actor, id(&post)?).await?;
    Ok(CheckPage { check, pictures })
}

/// The child is in `pictures` and in no other picture of the post.
#[server(endpoint = "pictures/answer")]
pub async fn answer_check(
    post: String,
    child: String,
    #[server(default)] pictures: Vec<String>,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post = id(&post)?;
    let pictures = pictures.iter().map(|picture| id(picture)).collect::<Result<Vec<_>, _>>()?;
    domain::check::answer(&portal, &actor, post, id(&child)?, &pictures).await?;
    leptos_axum::redirect(&format!("/compose/check?post={post}"));
    Ok(())
}

/// Shows a picture to one child's guardians and to staff only.
#[server(endpoint = "pictures/restrict")]
pub async fn restrict_picture(post: String, picture: String, child: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post = id(&post)?;
    domain::check::restrict(&portal, &actor, post, id(&picture)?, id(&child)?).await?;
    leptos_axum::redirect(&format!("/compose/check?post={post}"));
    Ok(())
}

/// Covers a child in a picture, for good.
#[server(endpoint = "pictures/cover")]
pub async fn cover_child(
    post: String,
    picture: String,
    child: String,
    left: String,
    top: String,
    width: String,
    height: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post = id(&post)?;
    let region = Crop { left, top, width, height };
    domain::media::editing::cover_child(&portal, &actor, post, id(&picture)?, id(&child)?, &region).await?;
    leptos_axum::redirect(&format!("/compose/check?post={post}"));
    Ok(())
}

/// Marks which children are in a picture.
#[server(endpoint = "pictures/tag")]
pub async fn tag_picture(
    post: String,
    picture: String,
    #[server(default)] children: Vec<String>,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post = id(&post)?;
    let children = children.iter().map(|child| id(child)).collect::<Result<Vec<_>, _>>()?;
    domain::tags::tag(&portal, &actor, post, id(&picture)?, &children).await?;
    leptos_axum::redirect(&format!("/compose/names?post={post}#p-{picture}"));
    Ok(())
}

/// The pictures of a post, with the children named in them.
#[server(endpoint = "pictures/names", input = GetUrl)]
pub async fn find_names(post: String) -> Result<NamesPage, Failure> {
    let (portal, actor, _) = signed_in()?;
    Ok(domain::tags::find_names(&portal, &actor, id(&post)?).await?)
}

/// The child called so is in the picture, too.
#[server(endpoint = "pictures/add-name")]
pub async fn add_name(post: String, picture: String, name: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let post = id(&post)?;
    domain::tags::add_name(&portal, &actor, post, id(&picture)?, &name).await?;
    leptos_axum::redirect(&format!("/compose/names?post={post}#p-{picture}"));
    Ok(())
}
