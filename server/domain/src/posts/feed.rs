//! The feed: cards of posts, newest first, and what of their pictures the reader gets to see.

use super::{Addressees, FeedSources, Names, count, known_groups};
use crate::{
    Actor, Error, Portal, Result,
    accounts::readable_groups,
    gate::{self, Candidate, Cleared, Placed},
    media::{document_of, picture_of},
    moments::Dates,
    reviews,
};
use model::{
    ApiError, ChildId, PostId, SchoolId, Time,
    feed::{Author, FEED_PAGE, FeedCard, FeedMonth, FeedPage, FeedQuery},
    media::{Document as File, MediaKind, MediaState, Picture},
    roles::Capacity,
};
use std::collections::{BTreeMap, BTreeSet};
use store::{CardRow, Place, PostPictureRow, Read, Sources};
use uuid::Uuid;

/// Pictures on a card.
const ON_CARD: usize = 4;
/// Months that the feed offers to go to.
const MONTHS: usize = 36;
/// Posts below a page among which one is looked for that is unread. What is older still is no news.
const LOOKED_AT: usize = 200;

/// Posts of the actor's groups, newest first.
pub async fn find_feed(portal: &Portal, actor: &Actor, query: &FeedQuery, dates: &Dates) -> Result<FeedPage> {
    let mut groups = readable_groups(actor);
    let mut children: Vec<ChildId> = actor.children().map(|fact| fact.child_id).collect();
    if let Some(child) = query.child {
        children.retain(|own| *own == child);
        let child = actor.children().find(|fact| fact.child_id == child).ok_or_else(Error::not_found)?;
        groups.retain(|group| {
            group.school_id == child.school_id && (group.is_school || child.group_id == Some(group.id.0))
        });
    }
    if let Some(id) = query.group {
        groups.retain(|group| group.id == id);
        if groups.is_empty() {
            return Err(Error::not_found());
        }
        let in_group =
            |child: &ChildId| actor.children().any(|fact| fact.child_id == *child && fact.group_id == Some(id.0));
        children.retain(in_group);
    }
    let below = query.before.as_deref().map_or(Ok(Place::TOP), read_cursor)?;
    let from = FeedSources::new(actor, &groups, children);
    let mut read = portal.store.read().await?;
    let mut places = list_places(&mut read, query, &from, below, FEED_PAGE + 1).await?;
    let older = (places.len() > FEED_PAGE).then(|| write_cursor(places[FEED_PAGE - 1]));
    places.truncate(FEED_PAGE);
    let posts: Vec<PostId> = places.iter().map(|place| place.post).collect();
    let mut cards = find_cards(&mut read, actor, &posts, portal.clock.now(), dates).await?;
    cards.retain(|card| is_asked_for(query, card));
    let months = if older.is_some() || query.before.is_some() {
        list_months(&mut read, from.sources(), dates).await?
    } else {
        Vec::new()
    };
    let unread = match places.last() {
        Some(last) if older.is_some() && !cards.iter().any(|card| card.unread) => {
            find_unread(portal, &mut read, actor, query, &from, *last, dates).await?
        }
        _ => None,
    };
    let has_reviews = query.before.is_none() && reviews::has_waiting(&mut read, actor).await?;
    Ok(FeedPage { cards, older, months, unread, has_reviews })
}

/// Cursor of the page that begins with the newest unread post below a place. It is a card like all others: who may not
/// read a post is not led to it.
async fn find_unread(
    portal: &Portal,
    read: &mut Read,
    actor: &Actor,
    query: &FeedQuery,
    from: &FeedSources,
    below: Place,
    dates: &Dates,
) -> Result<Option<String>> {
    let mut places = list_places(read, query, from, below, LOOKED_AT).await?;
    let posts: Vec<PostId> = places.iter().map(|place| place.post).collect();
    let rows = read.list_cards(&posts, actor.account(), portal.clock.now()).await?;
    let unseen: BTreeSet<PostId> = rows.iter().filter(|row| is_unread(row, actor)).map(|row| row.id).collect();
    let unseen: Vec<PostId> = posts.into_iter().filter(|post| unseen.contains(post)).collect();
    places.insert(0, below);
    for posts in unseen.chunks(FEED_PAGE) {
        let cards = find_cards(read, actor, posts, portal.clock.now(), dates).await?;
        let Some(card) = cards.iter().find(|card| card.unread && is_asked_for(query, card)) else { continue };
        let above = places.windows(2).find(|pair| pair[1].post == card.id).map(|pair| pair[0]);
        return Ok(above.map(write_cursor));
    }
    Ok(None)
}

/// Nobody has to read what they wrote.
fn is_unread(row: &CardRow, actor: &Actor) -> bool {
    !row.is_read && row.author_id != actor.account()
}

/// The newest of what is asked for below a place, in their order, at most `limit`.
async fn list_places(
    read: &mut Read,
    query: &FeedQuery,
    from: &FeedSources,
    below: Place,
    limit: usize,
) -> Result<Vec<Place>> {
    if query.pictures {
        Ok(read.list_newest_pictured(from.sources(), below, limit as i64).await?)
    } else {
        Ok(read.list_newest(from.sources(), below, limit as i64).await?)
    }
}

/// Where the gate shows none of a post's pictures, it is no post with pictures.
fn is_asked_for(query: &FeedQuery, card: &FeedCard) -> bool {
    !query.pictures || card.picture_count > 0
}

async fn list_months(read: &mut Read, from: Sources<'_>, dates: &Dates) -> Result<Vec<FeedMonth>> {
    let Some(oldest) = read.find_oldest_post(from).await? else { return Ok(Vec::new()) };
    let months = dates.months_back_to(oldest, MONTHS).into_iter();
    // Below every post of the moment in which the month is over.
    let before = |over| write_cursor(Place { at: over, post: PostId(Uuid::nil()) });
    Ok(months.map(|(over, name)| FeedMonth { name, before: before(over) }).collect())
}

async fn find_cards(
    read: &mut Read,
    actor: &Actor,
    posts: &[PostId],
    now: Time,
    dates: &Dates,
) -> Result<Vec<FeedCard>> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: BTreeMap<PostId, _> =
        read.list_cards(posts, actor.account(), now).await?.into_iter().map(|row| (row.id, row)).collect();
    let to = Addressees::readable(read, actor, posts, |post| Some(rows.get(&post)?.school_id)).await?;
    rows.retain(|id, _| to.contains_key(id));
    let addressed = rows.values().filter_map(|row| Some((row.school_id, to.get(&row.id)?)));
    let names = Names::find(read, addressed).await?;
    let mut shown = find_shown(read, actor, posts, &to, |post| rows.get(&post).map(|row| row.school_id)).await?;
    let mut cards = Vec::with_capacity(posts.len());
    for id in posts {
        let Some(row) = rows.remove(id) else { continue };
        let pictures = shown.remove(id).unwrap_or_default().visible;
        cards.push(FeedCard {
            id: row.id,
            unread: is_unread(&row, actor),
            groups: to.get(id).map_or_else(Vec::new, |to| to.chips(actor, row.school_id, &names)),
            author: Author { name: row.author_name, capacity: Capacity::Staff(row.author_role) },
            published: dates.moment(row.published_at),
            title: row.title,
            excerpt: row.excerpt,
            picture_count: count(pictures.len() as i64),
            pictures: pictures.into_iter().take(ON_CARD).collect(),
            comments: count(row.comments),
            urgent: row.is_urgent,
            to_confirm: row.asks_to_confirm
                && !row.is_confirmed
                && to.get(id).is_some_and(|to| to.may_answer(actor, row.school_id, row.author_id)),
            pinned: row.is_pinned,
        });
    }
    Ok(cards)
}

/// What of a post's pictures the actor gets to see.
#[derive(Default)]
pub(crate) struct Shown {
    pub visible: Vec<Picture>,
    pub hidden: u32,
    pub files: Vec<File>,
    /// Films that are not made yet.
    pub to_come: u32,
    /// Films that can't be made.
    pub failed: u32,
}

impl Shown {
    fn add(&mut self, row: &PostPictureRow, cleared: Option<Cleared>) {
        match (row.kind, row.state, cleared) {
            (_, MediaState::Ready, None) => self.hidden += 1,
            (MediaKind::Document, MediaState::Ready, Some(_)) => self.files.push(document_of(row)),
            (_, MediaState::Ready, Some(cleared)) => self.visible.push(picture_of(row, cleared)),
            (MediaKind::Film, MediaState::Working, Some(_)) => self.to_come += 1,
            (MediaKind::Film, MediaState::Failed, _) => self.failed += 1,
            _ => {}
        }
    }
}

/// Asks the gate about all published pictures of posts that the actor may read.
pub(crate) async fn find_shown(
    read: &mut Read,
    actor: &Actor,
    posts: &[PostId],
    to: &BTreeMap<PostId, Addressees>,
    school_of: impl Fn(PostId) -> Option<SchoolId>,
) -> Result<BTreeMap<PostId, Shown>> {
    let mut candidates = Vec::new();
    let mut pictures = Vec::new();
    for row in read.list_post_pictures(posts).await? {
        if row.is_pending {
            continue;
        }
        let (Some(school), Some(to)) = (school_of(row.post_id), to.get(&row.post_id)) else { continue };
        candidates.push(Candidate {
            school,
            media: row.media_id,
            only_for: row.only_for(),
            audience: to.audience(known_groups(actor, school)),
            placed: Placed::Published,
        });
        pictures.push(row);
    }
    let cleared = gate::pass(read, actor, &candidates).await?;
    let mut shown: BTreeMap<PostId, Shown> = BTreeMap::new();
    for (row, cleared) in pictures.iter().zip(cleared) {
        shown.entry(row.post_id).or_default().add(row, cleared);
    }
    Ok(shown)
}

pub(crate) fn write_cursor(place: Place) -> String {
    format!("{}-{}", place.at.0, place.post.0.simple())
}

pub(crate) fn read_cursor(text: &str) -> Result<Place> {
    let parts = text.split_once('-').and_then(|(at, post)| Some((at.parse().ok()?, post.parse().ok()?)));
    let (at, post) = parts.ok_or(Error::Api(ApiError::Malformed))?;
    Ok(Place { at: Time(at), post })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cursors_are_read_as_written() {
        let place = Place { at: Time(1_794_819_600_000_000), post: PostId(Uuid::from_u128(7)) };
        assert_eq!(read_cursor(&write_cursor(place)).expect("fine"), place);
        for bad in ["", "-", "1", "1-", "x-00000000000000000000000000000007", "1-x", "99999999999999999999-1"] {
            assert!(read_cursor(bad).is_err(), "{bad}");
        }
    }
}
