//! Albums: the pictures of a group's posts, or those in which one's own child is known to be.

use crate::{
    Actor, Error, Portal, Result,
    accounts::readable_groups,
    moments::Dates,
    posts::{Addressees, FeedSources, find_shown, read_cursor, write_cursor},
};
use model::{
    PostId, SchoolId,
    album::{ALBUM_PAGE, AlbumOf, AlbumPage, AlbumPost},
    media::Picture,
};
use std::collections::{BTreeMap, BTreeSet};
use store::{CardRow, Place, Read};

/// The newest posts of an album, or those before the cursor of an earlier answer.
pub async fn find(
    portal: &Portal,
    actor: &Actor,
    of: AlbumOf,
    before: Option<&str>,
    dates: &Dates,
) -> Result<AlbumPage> {
    let below = before.map_or(Ok(Place::TOP), read_cursor)?;
    let limit = ALBUM_PAGE as i64 + 1;
    let readable = readable_groups(actor);
    let mut read = portal.store.read().await?;
    let (name, mut places) = match of {
        AlbumOf::Group(id) => {
            let group = readable.iter().find(|group| group.id == id).ok_or_else(Error::not_found)?;
            let from = FeedSources::new(actor, &[group], Vec::new());
            (group.name.clone(), read.list_newest_pictured(from.sources(), below, limit).await?)
        }
        AlbumOf::Child(id) => {
            let child = actor.children().find(|fact| fact.child_id == id).ok_or_else(Error::not_found)?;
            let own = actor.children().map(|fact| fact.child_id).collect();
            let from = FeedSources::new(actor, &readable, own);
            (child.given_name.clone(), read.list_newest_of_child(id, from.sources(), below, limit).await?)
        }
    };
    let older = (places.len() > ALBUM_PAGE).then(|| write_cursor(places[ALBUM_PAGE - 1]));
    places.truncate(ALBUM_PAGE);
    let posts: Vec<PostId> = places.iter().map(|place| place.post).collect();
    let cards: BTreeMap<PostId, _> = read
        .list_cards(&posts, actor.account(), portal.clock.now())
        .await?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let mut pictures = find_pictures(&mut read, actor, of, &posts, &cards).await?;
    let posts = posts.into_iter().filter_map(|id| {
        let (row, pictures) = (cards.get(&id)?, pictures.remove(&id)?);
        Some(AlbumPost { id, title: row.title.clone(), published: dates.moment(row.published_at), pictures })
    });
    Ok(AlbumPage { name, posts: posts.collect(), older })
}

/// What the gate lets through of each post, with its place there; of a child's album, only what shows the child.
async fn find_pictures(
    read: &mut Read,
    actor: &Actor,
    of: AlbumOf,
    posts: &[PostId],
    cards: &BTreeMap<PostId, CardRow>,
) -> Result<BTreeMap<PostId, Vec<(u32, Picture)>>> {
    let school_of = |post: PostId| -> Option<SchoolId> { Some(cards.get(&post)?.school_id) };
    let to = Addressees::readable(read, actor, posts, school_of).await?;
    let shown = find_shown(read, actor, posts, &to, school_of).await?;
    let with_child: Option<BTreeSet<_>> = match of {
        AlbumOf::Group(_) => None,
        AlbumOf::Child(child) => {
            let media: Vec<_> =
                shown.values().flat_map(|shown| shown.visible.iter().map(|picture| picture.id)).collect();
            let known = read.list_children_in_pictures(&media).await?;
            Some(known.into_iter().filter(|shown| shown.child_id == child).map(|shown| shown.media_id).collect())
        }
    };
    let belongs = |picture: &Picture| with_child.as_ref().is_none_or(|media| media.contains(&picture.id));
    let albums = shown.into_iter().map(|(post, shown)| {
        let numbered = (1..).zip(shown.visible).filter(|(_, picture)| belongs(picture));
        (post, numbered.collect::<Vec<_>>())
    });
    Ok(albums.filter(|(_, pictures)| !pictures.is_empty()).collect())
}
