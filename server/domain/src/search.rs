//! Search: over what the reader may read, and nothing else. The index is kept with each change, in its transaction.

mod snippet;

use crate::{
    Actor, Portal, Result,
    accounts::readable_groups,
    moments::Dates,
    posts::{Addressees, FeedSources, Names, document, find_shown},
};
use model::{
    ApiError, CommentId, MediaId, PostId, Problem, SchoolId, Time,
    feed::PostState,
    media::{MediaKind, MediaState},
    search::{Hit, HitKind, QUERY_MAX, SEARCH_PAGE, SearchPage},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{FoundRow, NewEntry, Read, Search, Write};

/// Words that are looked for; more are left out.
const WORDS_MAX: usize = 8;
/// Pages that can be leafed through.
const PAGES_MAX: u32 = 50;
/// Posts put into the index in one transaction.
const AT_ONCE: i64 = 50;

/// What is found in the posts that the actor may read; `page` counts from 0.
pub async fn find(portal: &Portal, actor: &Actor, query: &str, page: u32, dates: &Dates) -> Result<SearchPage> {
    if query.trim().chars().count() > QUERY_MAX {
        return Err(ApiError::field("q", Problem::TooLong { max: QUERY_MAX as u32 }).into());
    }
    let words = snippet::words(query, WORDS_MAX);
    let readable = readable_groups(actor);
    if words.is_empty() || readable.is_empty() {
        return Ok(SearchPage { has_words: !words.is_empty(), ..SearchPage::default() });
    }
    let page = page.min(PAGES_MAX - 1);
    let own = actor.children().map(|fact| fact.child_id).collect();
    let from = FeedSources::new(actor, &readable, own);
    let schools: Vec<SchoolId> =
        readable.iter().map(|group| group.school_id).collect::<BTreeSet<_>>().into_iter().collect();
    let staff_of: Vec<SchoolId> = schools.iter().copied().filter(|school| actor.is_staff(*school)).collect();
    let search = Search {
        words: &words,
        sources: from.sources(),
        schools: &schools,
        staff_of: &staff_of,
        now: portal.clock.now(),
    };
    let mut read = portal.store.read().await?;
    let mut rows = read.search(search, SEARCH_PAGE as i64 + 1, i64::from(page) * SEARCH_PAGE as i64).await?;
    let next = (rows.len() > SEARCH_PAGE && page + 1 < PAGES_MAX).then_some(page + 1);
    rows.truncate(SEARCH_PAGE);
    let found: BTreeMap<PostId, SchoolId> = rows.iter().map(|row| (row.post_id, row.school_id)).collect();
    let posts: Vec<PostId> = found.keys().copied().collect();
    let to = Addressees::readable(&mut read, actor, &posts, |post| found.get(&post).copied()).await?;
    rows.retain(|row| to.contains_key(&row.post_id));
    keep_visible(&mut read, actor, &to, &mut rows).await?;
    let names = Names::find(&mut read, to.iter().filter_map(|(post, to)| Some((*found.get(post)?, to)))).await?;
    let hit = |row: FoundRow| Hit {
        kind: row.kind,
        post: row.post_id,
        anchor: if row.kind == HitKind::Comment { format!("c{}", CommentId(row.entry_id)) } else { String::new() },
        title: snippet::marked(&row.title, &words),
        snippet: snippet::around(&row.body, &words),
        groups: to.get(&row.post_id).map_or_else(Vec::new, |to| to.chips(actor, row.school_id, &names)),
        published: dates.moment(Time(row.published_at.unwrap_or_default())),
    };
    Ok(SearchPage { has_words: true, hits: rows.into_iter().map(hit).collect(), next })
}

/// The name of a picture tells who is in it as the picture does: the gate decides about both.
async fn keep_visible(
    read: &mut Read,
    actor: &Actor,
    to: &BTreeMap<PostId, Addressees>,
    rows: &mut Vec<FoundRow>,
) -> Result<()> {
    let schools: BTreeMap<PostId, SchoolId> =
        rows.iter().filter(|row| row.kind == HitKind::Picture).map(|row| (row.post_id, row.school_id)).collect();
    if schools.is_empty() {
        return Ok(());
    }
    let posts: Vec<PostId> = schools.keys().copied().collect();
    let shown = find_shown(read, actor, &posts, to, |post| schools.get(&post).copied()).await?;
    let visible: BTreeSet<(PostId, MediaId)> =
        shown.iter().flat_map(|(post, shown)| shown.visible.iter().map(|picture| (*post, picture.id))).collect();
    rows.retain(|row| row.kind != HitKind::Picture || visible.contains(&(row.post_id, MediaId(row.entry_id))));
    Ok(())
}

/// Puts a post as it stands now into the index, with the names of what is in it; takes out what is not published.
pub(crate) async fn index_post(write: &mut Write, id: PostId) -> Result<()> {
    write.forget_search_of_text(id).await?;
    let Some(row) = write.find_post(id).await?.filter(|row| row.state == PostState::Published) else { return Ok(()) };
    let body = document(&row)?.plain();
    let own =
        NewEntry { id: id.0, school: row.school_id, post: id, kind: HitKind::Post, title: &row.title, body: &body };
    write.add_search_entry(own).await?;
    for picture in write.list_post_pictures(&[id]).await? {
        if !picture.is_pending && picture.state == MediaState::Ready {
            let kind = if picture.kind == MediaKind::Document { HitKind::Document } else { HitKind::Picture };
            let body = picture.file_name.as_str();
            let entry = NewEntry { id: picture.media_id.0, school: row.school_id, post: id, kind, title: "", body };
            write.add_search_entry(entry).await?;
        }
    }
    Ok(())
}

/// Puts what was said under a post into the index.
pub(crate) async fn index_comment(
    write: &mut Write,
    school: SchoolId,
    post: PostId,
    id: CommentId,
    body: &str,
) -> Result<()> {
    write.add_search_entry(NewEntry { id: id.0, school, post, kind: HitKind::Comment, title: "", body }).await?;
    Ok(())
}

/// Puts into the index what was published before there was one, or past the rules, as a demo school is.
pub(crate) async fn index_missing(portal: &Portal) -> Result<()> {
    loop {
        let posts = portal.store.read().await?.list_unindexed_posts(AT_ONCE).await?;
        if posts.is_empty() {
            return Ok(());
        }
        let mut write = portal.store.write().await?;
        for post in posts {
            write.lock_post(post).await?;
            index_post(&mut write, post).await?;
        }
        write.commit().await?;
    }
}
