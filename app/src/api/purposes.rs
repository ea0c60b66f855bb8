//! For what the school asks, as its director edits it.

use super::Failure;
use leptos::prelude::*;
use model::purposes::{PurposeForm, PurposeTexts, PurposesPage};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use {
    super::{
        id, optional_id,
        request::{signed_in, stay},
    },
    domain::preferences::{self, Outcome},
};

/// `school` may be empty.
#[server(endpoint = "purposes/list", input = GetUrl)]
pub async fn list_purposes(#[server(default)] school: String) -> Result<PurposesPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(preferences::list_purposes(&portal, &actor, lang, optional_id(&school)?).await?)
}

#[server(endpoint = "purposes/find", input = GetUrl)]
pub async fn find_purpose(purpose: String) -> Result<PurposeForm, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(preferences::find_purpose(&portal, &actor, lang, id(&purpose)?).await?)
}

/// The form for a purpose that is not there yet; `school` may be empty.
#[server(endpoint = "purposes/new", input = GetUrl)]
pub async fn new_purpose(#[server(default)] school: String) -> Result<PurposeForm, Failure> {
    let (portal, actor, _) = signed_in()?;
    Ok(preferences::new_purpose(&portal, &actor, optional_id(&school)?).await?)
}

/// The form again, with what a guardian will read.
#[server(endpoint = "purposes/preview")]
pub async fn preview_purpose(school: String, #[server(default)] texts: PurposeTexts) -> Result<(), Failure> {
    let (_, actor, _) = signed_in()?;
    preferences::preview(&actor, id(&school)?, &texts)?;
    stay();
    Ok(())
}

#[server(endpoint = "purposes/add")]
pub async fn add_purpose(
    school: String,
    new: String,
    #[server(default)] basis: String,
    #[server(default)] texts: PurposeTexts,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let school = id(&school)?;
    preferences::add_purpose(&portal, &actor, school, id(&new)?, &basis, &texts).await?;
    leptos_axum::redirect(&format!("/purposes?school={school}&done=published"));
    Ok(())
}

/// `purpose` is the version that was edited, `new` the id of the one that takes its place.
#[server(endpoint = "purposes/publish")]
pub async fn publish_purpose(
    school: String,
    purpose: String,
    new: String,
    #[server(default)] texts: PurposeTexts,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let school: model::SchoolId = id(&school)?;
    let done = match preferences::publish_purpose(&portal, &actor, id(&purpose)?, id(&new)?, &texts).await? {
        Outcome::Published => "published",
        Outcome::Unchanged => "unchanged",
    };
    leptos_axum::redirect(&format!("/purposes?school={school}&done={done}"));
    Ok(())
}

#[server(endpoint = "purposes/end")]
pub async fn end_purpose(school: String, purpose: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let school: model::SchoolId = id(&school)?;
    preferences::end_purpose(&portal, &actor, id(&purpose)?).await?;
    leptos_axum::redirect(&format!("/purposes?school={school}&done=ended"));
    Ok(())
}
