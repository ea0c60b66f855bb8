//! Albums.

use super::Failure;
use leptos::prelude::*;
use model::album::AlbumPage;
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::{
    id,
    request::{dates, signed_in},
};
#[cfg(feature = "ssr")]
use model::album::AlbumOf;

/// Pictures of a child of the reader, or of a group; `before` is the cursor of an earlier answer.
#[server(endpoint = "albums/find", input = GetUrl)]
pub async fn find_album(
    #[server(default)] child: String,
    #[server(default)] group: String,
    #[server(default)] before: String,
) -> Result<AlbumPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    let of = if child.is_empty() { AlbumOf::Group(id(&group)?) } else { AlbumOf::Child(id(&child)?) };
    let before = Some(before.as_str()).filter(|before| !before.is_empty());
    Ok(domain::albums::find(&portal, &actor, of, before, &dates(&portal, &actor, lang)).await?)
}
