//! Search.

use super::Failure;
use leptos::prelude::*;
use model::search::SearchPage;
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::request::{dates, signed_in};

/// What is found in what the reader may read; pages count from 0.
#[server(endpoint = "search/find", input = GetUrl)]
pub async fn search(#[server(default)] q: String, #[server(default)] page: u32) -> Result<SearchPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::search::find(&portal, &actor, &q, page, &dates(&portal, &actor, lang)).await?)
}
