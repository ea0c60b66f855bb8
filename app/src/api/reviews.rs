//! Pictures that staff look at after a withdrawal.

use super::Failure;
use leptos::prelude::*;
use model::review::{ReviewPage, ReviewsPage};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::{
    id,
    request::{dates, signed_in},
};
#[cfg(feature = "ssr")]
use model::{ApiError, Problem, ReviewId};

/// Everything that waits for the reader.
#[server(endpoint = "reviews/list", input = GetUrl)]
pub async fn list_reviews() -> Result<ReviewsPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::reviews::find_reviews(&portal, &actor, &dates(&portal, &actor, lang)).await?)
}

#[server(endpoint = "reviews/find", input = GetUrl)]
pub async fn find_review(review: String) -> Result<ReviewPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::reviews::find_review(&portal, &actor, id(&review)?, &dates(&portal, &actor, lang)).await?)
}

/// The child is in `pictures` of the post, and in no other that is to be looked at.
#[server(endpoint = "reviews/answer")]
pub async fn answer_review(
    review: String,
    post: String,
    #[server(default)] pictures: Vec<String>,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let review: ReviewId = id(&review)?;
    let pictures = pictures.iter().map(|picture| id(picture)).collect::<Result<Vec<_>, _>>()?;
    let goes_on = domain::reviews::answer(&portal, &actor, review, id(&post)?, &pictures).await?;
    let next = if goes_on { format!("/reviews/{review}") } else { "/reviews".to_owned() };
    leptos_axum::redirect(&next);
    Ok(())
}

/// Decides about a picture that a withdrawal hid.
#[server(endpoint = "reviews/decide")]
pub async fn decide_picture(post: String, picture: String, child: String, decision: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let decision = decision.parse().map_err(|_| ApiError::field("decision", Problem::NotAChoice))?;
    domain::reviews::decide(&portal, &actor, id(&post)?, id(&picture)?, id(&child)?, decision).await?;
    leptos_axum::redirect("/reviews");
    Ok(())
}
