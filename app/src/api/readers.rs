//! Who has read a post.

use super::Failure;
use leptos::prelude::*;
use model::readers::ReadersPage;
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::{
    id,
    request::{dates, signed_in},
};

/// Guardians by child, for the staff of their group.
#[server(endpoint = "readers/list", input = GetUrl)]
pub async fn list_readers(post: String) -> Result<ReadersPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    Ok(domain::readers::list(&portal, &actor, id(&post)?, &dates(&portal, &actor, lang)).await?)
}
