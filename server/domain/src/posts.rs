//! Posts: the feed, the reading page, composing, publishing.

mod addressees;
mod choosing;
mod options;
mod polls;
mod schedule;
mod staff;

pub use addressees::Addressees;
pub(crate) use addressees::{FeedSources, Names, known_groups};
pub use polls::{open_poll, vote};
pub(crate) use schedule::{expire, publish_due};
pub use staff::{confirm, open_for_staff, pin, remind};
pub(crate) use staff::{find_published, remind_in_time, remind_missing};

use crate::{
    Actor, Error, Portal, Result,
    accounts::{chip, readable_groups, writable_groups},
    body::{self, Typed},
    check,
    gate::{self, Candidate},
    jobs::{self, Job},
    links, live,
    media::{document_of, picture_of, tray_of},
    moments::Dates,
    policy::Action,
    search,
};
use addressees::children_offered;
use choosing::{child_ids, keep_teams, preview, read_addressees, refresh_teams, require_somebody};
use model::{
    AccountId, ApiError, ChildId, GroupId, MediaId, PostId, Problem, SchoolId, Time,
    account::GroupChip,
    check::{Checker, PHOTOS_MAX, TITLE_MAX},
    document::Document,
    error::Conflict,
    feed::{
        Asks, Author, ComposePage, DraftLine, FEED_PAGE, FeedCard, FeedMonth, FeedPage, FeedQuery, PictureCheck,
        PostPage, PostState, Reach, Saved,
    },
    live::LiveEvent,
    media::{Document as File, MediaKind, MediaState, Picture},
    options::{Held, PostOptions, PreviewedReach},
    roles::Capacity,
};
use options::{Changed, Due, Options};
use std::collections::{BTreeMap, BTreeSet};
use store::{ChildRow, NewDraft, Place, PostPictureRow, PostRow, Read, Sources, Write};
use uuid::Uuid;

/// Pictures on a card.
const ON_CARD: usize = 4;
/// Months that the feed offers to go to.
const MONTHS: usize = 36;
/// Accounts told of a post in one transaction.
const TOLD_AT_ONCE: i64 = 500;

/// What somebody has typed into the compose form.
#[derive(Clone, Debug)]
pub struct Draft<'a> {
    pub id: PostId,
    /// The version that the form was opened with; 0 for a post that was never saved.
    pub version: i64,
    pub title: &'a str,
    /// Markdown.
    pub body: &'a str,
    pub groups: &'a [GroupId],
    pub options: &'a PostOptions,
}

/// What publishing came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Published {
    Now,
    /// By itself, when its time comes.
    Later,
}

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
    let limit = FEED_PAGE as i64 + 1;
    let mut places = if query.pictures {
        read.list_newest_pictured(from.sources(), below, limit).await?
    } else {
        read.list_newest(from.sources(), below, limit).await?
    };
    places.sort_by(|a, b| b.cmp(a));
    places.dedup();
    let older = (places.len() > FEED_PAGE).then(|| write_cursor(places[FEED_PAGE - 1]));
    places.truncate(FEED_PAGE);
    let posts: Vec<PostId> = places.iter().map(|place| place.post).collect();
    let mut cards = find_cards(&mut read, actor, &posts, portal.clock.now(), dates).await?;
    // Where the gate shows none of a post's pictures, it is no post with pictures.
    cards.retain(|card| !query.pictures || card.picture_count > 0);
    let months = if older.is_some() || query.before.is_some() {
        list_months(&mut read, from.sources(), dates).await?
    } else {
        Vec::new()
    };
    Ok(FeedPage { cards, older, months })
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
        read.list_cards(posts, now).await?.into_iter().map(|row| (row.id, row)).collect();
    let to = Addressees::readable(read, actor, posts, |post| Some(rows.get(&post)?.school_id)).await?;
    rows.retain(|id, _| to.contains_key(id));
    let addressed = rows.values().filter_map(|row| Some((row.school_id, to.get(&row.id)?)));
    let names = Names::find(read, addressed).await?;
    let seen: BTreeSet<PostId> = read.list_read_posts(actor.account(), posts).await?.into_iter().collect();
    let mut shown = find_shown(read, actor, posts, &to, |post| rows.get(&post).map(|row| row.school_id)).await?;
    let mut comments: BTreeMap<PostId, i64> = read.count_comments(posts).await?.into_iter().collect();
    let mut cards = Vec::with_capacity(posts.len());
    for id in posts {
        let Some(row) = rows.remove(id) else { continue };
        let pictures = shown.remove(id).unwrap_or_default().visible;
        cards.push(FeedCard {
            id: row.id,
            groups: to.get(id).map_or_else(Vec::new, |to| to.chips(actor, row.school_id, &names)),
            author: Author { name: row.author_name, capacity: Capacity::Staff(row.author_role) },
            published: dates.moment(row.published_at),
            title: row.title,
            excerpt: row.excerpt,
            picture_count: count(pictures.len() as i64),
            pictures: pictures.into_iter().take(ON_CARD).collect(),
            comments: count(comments.remove(id).unwrap_or(0)),
            unread: row.author_id != actor.account() && !seen.contains(id),
            urgent: row.is_urgent,
            pinned: row.is_pinned,
        });
    }
    Ok(cards)
}

/// What of a post's pictures the actor gets to see.
#[derive(Default)]
pub(crate) struct Shown {
    pub visible: Vec<Picture>,
    hidden: u32,
    files: Vec<File>,
    /// Films that are not made yet.
    to_come: u32,
    /// Films that can't be made.
    failed: u32,
}

impl Shown {
    fn add(&mut self, row: &PostPictureRow, is_visible: bool) {
        match (row.kind, row.state) {
            (_, MediaState::Ready) if !is_visible => self.hidden += 1,
            (MediaKind::Document, MediaState::Ready) => self.files.push(document_of(row)),
            (_, MediaState::Ready) => self.visible.push(picture_of(row)),
            (MediaKind::Film, MediaState::Working) if is_visible => self.to_come += 1,
            (MediaKind::Film, MediaState::Failed) => self.failed += 1,
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
        });
        pictures.push(row);
    }
    let visible = gate::visible(read, actor, &candidates).await?;
    let mut shown: BTreeMap<PostId, Shown> = BTreeMap::new();
    for (row, visible) in pictures.iter().zip(visible) {
        shown.entry(row.post_id).or_default().add(row, visible);
    }
    Ok(shown)
}

/// A post on its own page; noted as read.
pub async fn open_post(portal: &Portal, actor: &Actor, id: PostId, dates: &Dates) -> Result<PostPage> {
    let mut read = portal.store.read().await?;
    let (row, to) = find_published(portal, &mut read, actor, id).await?;
    let published = row.published_at.map(Time).ok_or_else(Error::not_found)?;
    let by_post = BTreeMap::from([(id, to.clone())]);
    let shown =
        find_shown(&mut read, actor, &[id], &by_post, |_| Some(row.school_id)).await?.remove(&id).unwrap_or_default();
    let seen = to.part(&mut read, actor, Action::SeeReaders, row.school_id, row.author_id).await?;
    let reach = if seen.is_empty() {
        None
    } else {
        let readers = seen.readers(row.school_id, known_groups(actor, row.school_id));
        let (guardians, readers) = read.count_reach(readers, id).await?;
        Some(Reach { guardians: count(guardians), read: count(readers) })
    };
    let asks = find_asks(&mut read, actor, &row, &to, dates).await?;
    let names = Names::find(&mut read, std::iter::once((row.school_id, &to))).await?;
    let is_new = row.author_id != actor.account() && read.list_read_posts(actor.account(), &[id]).await?.is_empty();
    let body = document(&row)?;
    let cards = links::find_cards(&mut read, row.school_id, &body).await?;
    drop(read);
    if is_new {
        let mut write = portal.store.write().await?;
        write.mark_post_read(row.school_id, id, actor.account(), portal.clock.now()).await?;
        write.commit().await?;
    }
    let may_change = may_change(actor, &row, &to);
    let readable = readable_groups(actor);
    let body = body::keep(
        body,
        |media| shown.visible.iter().any(|picture| picture.id == media),
        |group| readable.iter().find(|known| known.id == group && known.school_id == row.school_id).copied(),
    );
    Ok(PostPage {
        id,
        groups: to.chips(actor, row.school_id, &names),
        published: dates.moment(published),
        edited: row.edited_at.map(|at| dates.moment(Time(at))),
        cards,
        body,
        author: Author { name: row.author_name, capacity: Capacity::Staff(row.author_role) },
        title: row.title,
        pictures: shown.visible,
        files: shown.files,
        films_to_come: shown.to_come,
        films_failed: if may_change { shown.failed } else { 0 },
        hidden_pictures: if actor.is_staff(row.school_id) { shown.hidden } else { 0 },
        reach,
        urgent: row.options.urgent_reason.is_some(),
        asks,
        can_edit: may_change,
        can_delete: may_change,
    })
}

/// What the post asks of this reader.
async fn find_asks(read: &mut Read, actor: &Actor, row: &PostRow, to: &Addressees, dates: &Dates) -> Result<Asks> {
    let poll = read.find_poll(row.id).await?.map(|poll| poll.question);
    let Some(by) = row.options.confirm_by else { return Ok(Asks { poll, ..Asks::default() }) };
    let confirmed = read.find_confirmation(row.id, actor.account()).await?;
    Ok(Asks {
        confirm_by: Some(dates.moment(Time(by))),
        can_confirm: confirmed.is_none() && to.may_answer(actor, row.school_id, row.author_id),
        confirmed: confirmed.map(|at| dates.moment(at)),
        poll,
    })
}

/// The compose page: of a new post, of a draft of one's own, or of a published post.
pub async fn open_compose(portal: &Portal, actor: &Actor, post: Option<PostId>, dates: &Dates) -> Result<ComposePage> {
    let writable = writable_groups(actor);
    let Some(id) = post else {
        if writable.is_empty() {
            return Err(Error::not_found());
        }
        let groups: Vec<GroupChip> = writable.into_iter().map(chip).collect();
        let mut read = portal.store.read().await?;
        return Ok(ComposePage {
            id: portal.clock.new_id(),
            is_published: false,
            version: 0,
            title: String::new(),
            body: String::new(),
            chosen: if let [only] = groups.as_slice() { vec![only.id] } else { Vec::new() },
            groups,
            pictures: Vec::new(),
            reach: PreviewedReach::default(),
            options: options::offered(PostOptions::default(), gate::Audience::Group),
            scheduled: None,
            held: None,
            children: children_offered(&mut read, actor).await?.iter().map(check::named).collect(),
            check: PictureCheck::default(),
            saved: None,
        });
    };
    let mut read = portal.store.read().await?;
    let (row, mut to) = find_changeable(&mut read, actor, id).await?;
    let is_published = row.state == PostState::Published;
    let rows = read.list_post_pictures(&[id]).await?;
    let fits = |school: SchoolId| rows.is_empty() || school == row.school_id;
    let (groups, children): (Vec<GroupChip>, Vec<ChildRow>) = if is_published {
        let groups = readable_groups(actor).into_iter().filter(|group| to.groups.contains(&group.id)).map(chip);
        (groups.collect(), read.list_children(row.school_id, &to.children).await?)
    } else {
        let groups = writable.into_iter().filter(|group| fits(group.school_id)).map(chip);
        let mut children = children_offered(&mut read, actor).await?;
        children.retain(|child| fits(child.school_id));
        (groups.collect(), children)
    };
    to.groups.retain(|group| groups.iter().any(|chip| chip.id == *group));
    to.children.retain(|child| children.iter().any(|row| row.id == *child));
    let known = known_groups(actor, row.school_id);
    let audience = to.audience(known);
    let asked: Vec<&PostPictureRow> =
        rows.iter().filter(|row| row.is_shown() && (row.is_pending || !is_published)).collect();
    let (media, only_for) = media_and_restrictions(&asked);
    let check = if to.is_empty() {
        PictureCheck::default()
    } else {
        check::questions(&mut read, row.school_id, &to, audience, &media, &only_for).await?
    };
    let chosen_children = to.children.iter().map(ToString::to_string).collect();
    let scheduled = row.options.scheduled_version.is_some_and(|version| version == row.version);
    let scheduled_at = row.options.publish_at.filter(|_| scheduled && !is_published);
    Ok(ComposePage {
        id,
        is_published,
        version: row.version,
        body: document(&row)?.markdown(),
        pictures: tray_of(&mut read, actor, &row, &to, rows).await?,
        reach: preview(&mut read, portal, actor, &row, &to).await?,
        options: options::shown(&row, chosen_children, audience, zone_of(actor, row.school_id))?,
        scheduled: scheduled_at.map(|at| dates.moment(Time(at))),
        held: row.options.held.as_deref().and_then(Held::from_word),
        children: children.iter().map(check::named).collect(),
        chosen: to.groups,
        groups,
        check,
        saved: Some(dates.moment(row.updated_at)),
        title: row.title,
    })
}

/// How far a post is that the actor may change; none if there is no such post yet.
pub async fn find_state(portal: &Portal, actor: &Actor, id: PostId) -> Result<Option<PostState>> {
    let mut read = portal.store.read().await?;
    if read.find_post(id).await?.is_none() {
        return Ok(None);
    }
    Ok(Some(find_changeable(&mut read, actor, id).await?.0.state))
}

/// Makes or saves a draft. Saving again what is there already changes nothing, so that a request sent twice does no harm.
pub async fn save_draft(portal: &Portal, actor: &Actor, draft: &Draft<'_>, dates: &Dates) -> Result<Saved> {
    let mut checker = Checker::default();
    let typed = Typed::read(&mut checker, draft, false);
    let options = options::form_of(draft.options)?;
    let writable = writable_groups(actor);
    let (to, chosen) = read_addressees(portal, actor, draft, &mut checker).await?;
    checker.finish()?;
    let first = writable.first().ok_or_else(Error::not_found)?;
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let found = write.lock_post(draft.id).await?;
    let school = chosen.or(found.as_ref().map(|row| row.school_id)).unwrap_or(first.school_id);
    let text = typed.keep(&mut write, actor, school, draft.id).await?;
    let version = match found {
        None if draft.version > 0 => return Err(Error::not_found()),
        None => {
            let role = *actor.roles(school).first().ok_or_else(Error::not_found)?;
            let new =
                NewDraft { id: draft.id, school, author: actor.account(), role, content: text.content(), at: now };
            match write.create_draft(new).await {
                Err(store::Error::Duplicate(_)) => return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into()),
                done => done?,
            }
            1
        }
        Some(row) if row.author_id != actor.account() || !actor.is_staff(row.school_id) => {
            return Err(Error::not_found());
        }
        Some(row) if row.state == PostState::Deleted => return Err(Error::not_found()),
        Some(row) => {
            let before = Addressees::find(&mut write, draft.id).await?;
            let is_same = text.is(&row) && before == to && row.options.draft_options == options;
            if is_same && row.state == PostState::Draft {
                row.version
            } else if row.state != PostState::Draft {
                return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
            } else {
                if row.school_id != school && !write.list_post_pictures(&[draft.id]).await?.is_empty() {
                    return Err(ApiError::field("groups", Problem::NotAChoice).into());
                }
                if !write.save_draft(draft.id, draft.version, school, text.content(), now).await? {
                    return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
                }
                row.version + 1
            }
        }
    };
    to.set(&mut write, school, draft.id).await?;
    write.set_draft_options(draft.id, &options).await?;
    let row = write.find_post(draft.id).await?.ok_or_else(Error::not_found)?;
    let reach = preview(&mut write, portal, actor, &row, &to).await?;
    write.commit().await?;
    Ok(Saved { version, at: dates.moment(now), reach })
}

/// Publishes a draft; or, of a post that is published, shows the pictures added since. Doing it again changes nothing.
///
/// `version`: the one that the author has seen, if known.
pub async fn publish(portal: &Portal, actor: &Actor, id: PostId, version: Option<i64>) -> Result<Published> {
    publish_draft(portal, actor, id, version, Due::ByHand).await
}

/// The same, also for a scheduled post whose time has come.
async fn publish_draft(
    portal: &Portal,
    actor: &Actor,
    id: PostId,
    version: Option<i64>,
    due: Due,
) -> Result<Published> {
    let mut write = portal.store.write().await?;
    let row = write.lock_post(id).await?.ok_or_else(Error::not_found)?;
    let mut to = Addressees::find(&mut write, id).await?;
    if row.state == PostState::Published {
        if !may_change(actor, &row, &to) {
            return Err(Error::not_found());
        }
        release(portal, write, actor, &row, &to).await?;
        return Ok(Published::Now);
    }
    if row.state != PostState::Draft || !is_own(actor, &row) {
        return Err(Error::not_found());
    }
    to.require_post(&mut write, actor, row.school_id).await?;
    if version.is_some_and(|version| version != row.version) {
        return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
    }
    let now = portal.clock.now();
    let mut checker = Checker::default();
    checker.line("title", &row.title, TITLE_MAX);
    if to.is_empty() {
        checker.problem("groups", Problem::Required);
    }
    let audience = to.audience(known_groups(actor, row.school_id));
    let typed: PostOptions = serde_json::from_str(&row.options.draft_options)?;
    let options = Options::read(&mut checker, &typed, audience, zone_of(actor, row.school_id), now, due);
    checker.finish()?;
    require_somebody(&mut write, actor, &row, &to).await?;
    let pictures = write.list_post_pictures(&[id]).await?;
    if pictures.len() > PHOTOS_MAX {
        return Err(ApiError::conflict(Conflict::TooManyPhotos).into());
    }
    require_pictures(&mut write, actor, &row, &to, &pictures.iter().collect::<Vec<_>>()).await?;
    if let Some(at) = options.publish_at {
        write.schedule_post(id, row.version, at).await?;
        jobs::enqueue(&mut write, portal, &Job::PublishPost { post: id, version: row.version }, at.0 - now.0).await?;
        write.commit().await?;
        return Ok(Published::Later);
    }
    to = refresh_teams(&mut write, &row, to).await?;
    options.set(&mut write, portal, &row).await?;
    write.publish_post(id, now).await?;
    links::ask_for_cards(&mut write, portal, row.school_id, &document(&row)?).await?;
    search::index_post(&mut write, id).await?;
    announce(&mut write, portal, &row, &to).await?;
    if due == Due::Scheduled {
        live::tell(&mut write, portal, &[row.author_id], LiveEvent::Draft { id }).await?;
    }
    write.commit().await?;
    Ok(Published::Now)
}

/// Shows the pictures that were added to a published post.
async fn release(portal: &Portal, mut write: Write, actor: &Actor, row: &PostRow, to: &Addressees) -> Result<()> {
    let pictures = write.list_post_pictures(&[row.id]).await?;
    let pending: Vec<&PostPictureRow> = pictures.iter().filter(|picture| picture.is_pending).collect();
    if pending.is_empty() {
        return Ok(());
    }
    require_pictures(&mut write, actor, row, to, &pending).await?;
    write.release_pictures(row.id).await?;
    search::index_post(&mut write, row.id).await?;
    announce(&mut write, portal, row, to).await?;
    write.commit().await?;
    Ok(())
}

/// Pictures that are about to be shown: all finished, and their check settled.
async fn require_pictures(
    write: &mut Write,
    actor: &Actor,
    row: &PostRow,
    to: &Addressees,
    pictures: &[&PostPictureRow],
) -> Result<()> {
    if pictures.iter().any(|picture| picture.state == MediaState::Failed) {
        return Err(ApiError::conflict(Conflict::MediaFailed).into());
    }
    // A film takes minutes: readers see that it comes, and get it when it is made.
    if pictures.iter().any(|picture| picture.state == MediaState::Working && picture.kind != MediaKind::Film) {
        return Err(ApiError::conflict(Conflict::MediaNotReady).into());
    }
    let checked: Vec<&PostPictureRow> = pictures.iter().copied().filter(|picture| picture.is_checked()).collect();
    let (media, only_for) = media_and_restrictions(&checked);
    let audience = to.audience(known_groups(actor, row.school_id));
    check::require_settled(write, row.school_id, to, audience, &media, &only_for).await
}

/// Changes a published post: what it said before is kept, and nobody is notified. Its audience can only shrink. Pictures
/// added since are shown with it when their check is settled; if it is not, the text is changed all the same.
pub async fn edit(portal: &Portal, actor: &Actor, draft: &Draft<'_>) -> Result<()> {
    let mut checker = Checker::default();
    let typed = Typed::read(&mut checker, draft, true);
    let children = child_ids(draft.options)?;
    let mut write = portal.store.write().await?;
    let row = write
        .lock_post(draft.id)
        .await?
        .filter(|row| row.state == PostState::Published)
        .ok_or_else(Error::not_found)?;
    let before = Addressees::find(&mut write, draft.id).await?;
    let to = Addressees { children, teams: before.teams.clone(), ..Addressees::of_groups(draft.groups) };
    if !may_change(actor, &row, &before) || !to.is_within(&before) {
        return Err(Error::not_found());
    }
    if to.is_empty() {
        checker.problem("groups", Problem::Required);
    }
    let to = keep_teams(&mut write, &row, to, &before).await?;
    let now = portal.clock.now();
    let options = Changed::read(&mut checker, draft.options, &row, zone_of(actor, row.school_id), now);
    checker.finish()?;
    let text = typed.keep(&mut write, actor, row.school_id, draft.id).await?;
    if !text.is(&row) || to != before || !options.is(&row.options) {
        if !write.edit_post(draft.id, draft.version, text.content(), actor.account(), now).await? {
            return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
        }
        search::index_post(&mut write, draft.id).await?;
        to.shrink(&mut write, draft.id, &before).await?;
        options.set(&mut write, portal, &row).await?;
        links::ask_for_cards(&mut write, portal, row.school_id, &text.document).await?;
        announce(&mut write, portal, &row, &before).await?;
        write.commit().await?;
        write = portal.store.write().await?;
        write.lock_post(draft.id).await?;
    }
    release(portal, write, actor, &row, &to).await
}

/// Takes a post away from everybody, with its pictures. Doing it again changes nothing. Answers whether it was published.
pub async fn delete(portal: &Portal, actor: &Actor, id: PostId) -> Result<bool> {
    let mut write = portal.store.write().await?;
    let row = write.lock_post(id).await?.ok_or_else(Error::not_found)?;
    let to = Addressees::find(&mut write, id).await?;
    let was_published = row.published_at.is_some();
    let may = if was_published { may_change(actor, &row, &to) } else { is_own(actor, &row) };
    if !may {
        return Err(Error::not_found());
    }
    let now = portal.clock.now();
    if !write.delete_post(id, now).await? {
        return Ok(was_published);
    }
    write.forget_search_of_post(id).await?;
    write.delete_media_of_post(id, now).await?;
    jobs::enqueue(&mut write, portal, &Job::EraseMedia, 0).await?;
    if was_published {
        write
            .add_audit(store::NewAudit {
                id: portal.clock.new_id(),
                school: row.school_id,
                actor: Some(actor.account()),
                action: "post.delete",
                subject: &row.title,
                detail: "",
                at: now,
            })
            .await?;
        announce(&mut write, portal, &row, &to).await?;
    }
    write.commit().await?;
    Ok(was_published)
}

/// The actor's drafts, and posts of the actor's that have expired; the last saved first.
pub async fn list_drafts(portal: &Portal, actor: &Actor, dates: &Dates) -> Result<Vec<DraftLine>> {
    if writable_groups(actor).is_empty() {
        return Err(Error::not_found());
    }
    let mut read = portal.store.read().await?;
    let rows = read.list_drafts(actor.account(), portal.clock.now()).await?;
    let ids: Vec<PostId> = rows.iter().map(|row| row.id).collect();
    let to = Addressees::by_post(&mut read, &ids).await?;
    let names = Names::find(&mut read, rows.iter().filter_map(|row| Some((row.school_id, to.get(&row.id)?)))).await?;
    Ok(rows
        .into_iter()
        .filter(|row| actor.is_staff(row.school_id))
        .map(|row| DraftLine {
            groups: to.get(&row.id).map_or_else(Vec::new, |to| to.chips(actor, row.school_id, &names)),
            scheduled: row.scheduled_at.map(|at| dates.moment(Time(at))),
            held: row.held.as_deref().and_then(Held::from_word),
            expired: row.expired_at.map(|at| dates.moment(Time(at))),
            id: row.id,
            title: row.title,
            pictures: count(row.pictures),
            saved: dates.moment(row.updated_at),
        })
        .collect())
}

/// Records that the readers' open pages are to be told. The author does not wait for it, however many they are.
pub(crate) async fn announce(write: &mut Write, portal: &Portal, row: &PostRow, to: &Addressees) -> Result<()> {
    let job = Job::AnnouncePost { post: row.id, school: row.school_id, to: to.clone() };
    jobs::enqueue(write, portal, &job, 0).await?;
    Ok(())
}

/// Tells the open pages of everybody who reads a post to these.
pub(crate) async fn tell_readers(portal: &Portal, event: LiveEvent, school: SchoolId, to: &Addressees) -> Result<()> {
    let groups = portal.store.read().await?.list_groups(school).await?;
    let readers = to.readers(school, &groups);
    let mut after = AccountId(Uuid::nil());
    loop {
        let accounts = portal.store.read().await?.list_readers(readers, after, TOLD_AT_ONCE).await?;
        let Some(last) = accounts.last() else { return Ok(()) };
        after = *last;
        let mut write = portal.store.write().await?;
        live::tell(&mut write, portal, &accounts, event).await?;
        write.commit().await?;
    }
}

pub(crate) fn document(row: &PostRow) -> Result<Document> {
    read_document(&row.body)
}

fn read_document(body: &str) -> Result<Document> {
    Ok(serde_json::from_str(body)?)
}

/// The post, if the actor may change it, and to whom it goes: one's own draft, or a published post.
pub(crate) async fn find_changeable(read: &mut Read, actor: &Actor, id: PostId) -> Result<(PostRow, Addressees)> {
    let row = read.find_post(id).await?.ok_or_else(Error::not_found)?;
    let to = Addressees::find(read, id).await?;
    let may = match row.state {
        PostState::Draft => is_own(actor, &row),
        PostState::Published => may_change(actor, &row, &to),
        PostState::Deleted => false,
    };
    if may { Ok((row, to)) } else { Err(Error::not_found()) }
}

/// The same for a change: other changes to the post wait.
pub(crate) async fn lock_changeable(write: &mut Write, actor: &Actor, id: PostId) -> Result<(PostRow, Addressees)> {
    write.lock_post(id).await?;
    find_changeable(write, actor, id).await
}

/// A draft is its author's alone, and only while the author works at the school.
pub(crate) fn is_own(actor: &Actor, row: &PostRow) -> bool {
    row.author_id == actor.account() && actor.is_staff(row.school_id)
}

/// Whether the actor may change or delete a published post: in each of its groups.
fn may_change(actor: &Actor, row: &PostRow, to: &Addressees) -> bool {
    to.may(actor, Action::ChangePost, row.school_id, row.author_id)
}

fn zone_of(actor: &Actor, school: SchoolId) -> &str {
    actor.school(school).map_or("UTC", |school| school.time_zone.as_str())
}

fn media_and_restrictions(pictures: &[&PostPictureRow]) -> (Vec<MediaId>, Vec<(MediaId, ChildId)>) {
    let media = pictures.iter().map(|picture| picture.media_id).collect();
    let only_for = pictures.iter().filter_map(|picture| Some((picture.media_id, picture.only_for()?))).collect();
    (media, only_for)
}

/// A count of rows, for people.
pub(crate) fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(0)
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
