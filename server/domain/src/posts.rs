//! Posts: the feed, the reading page, composing, publishing.

use crate::{
    Actor, Error, Portal, Result,
    accounts::{chip, group_target, readable_groups, writable_groups},
    body::{self, Typed},
    check,
    gate::{self, Audience, Candidate},
    jobs::{self, Job},
    links,
    media::{document_of, picture_of, tray_of},
    moments::Dates,
    policy::{self, Action, Target},
    readers::seen_groups,
    search,
};
use model::{
    AccountId, ApiError, ChildId, GroupId, MediaId, PostId, Problem, SchoolId, Time,
    account::GroupChip,
    check::{Checker, PHOTOS_MAX, TITLE_MAX},
    document::Document,
    error::Conflict,
    feed::{
        Author, ComposePage, DraftLine, FEED_PAGE, FeedCard, FeedMonth, FeedPage, FeedQuery, PictureCheck, PostPage,
        PostState, Reach, Saved,
    },
    live::LiveEvent,
    media::{Document as File, MediaKind, MediaState, Picture},
    roles::Capacity,
};
use std::collections::{BTreeMap, BTreeSet};
use store::{GroupRow, NewDraft, Place, PostPictureRow, PostRow, Read, Readers, Write};
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
}

/// Posts of the actor's groups, newest first.
pub async fn find_feed(portal: &Portal, actor: &Actor, query: &FeedQuery, dates: &Dates) -> Result<FeedPage> {
    let mut groups = readable_groups(actor);
    if let Some(child) = query.child {
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
    }
    let below = query.before.as_deref().map_or(Ok(Place::TOP), read_cursor)?;
    let ids: Vec<GroupId> = groups.iter().map(|group| group.id).collect();
    let mut read = portal.store.read().await?;
    let limit = FEED_PAGE as i64 + 1;
    let mut places = if query.pictures {
        read.list_newest_pictured(&ids, below, limit).await?
    } else {
        read.list_newest(&ids, below, limit).await?
    };
    places.sort_by(|a, b| b.cmp(a));
    places.dedup();
    let older = (places.len() > FEED_PAGE).then(|| write_cursor(places[FEED_PAGE - 1]));
    places.truncate(FEED_PAGE);
    let posts: Vec<PostId> = places.iter().map(|place| place.post).collect();
    let mut cards = find_cards(&mut read, actor, &posts, dates).await?;
    // Where the gate shows none of a post's pictures, it is no post with pictures.
    cards.retain(|card| !query.pictures || card.picture_count > 0);
    let months =
        if older.is_some() || query.before.is_some() { list_months(&mut read, &ids, dates).await? } else { Vec::new() };
    Ok(FeedPage { cards, older, months })
}

async fn list_months(read: &mut Read, groups: &[GroupId], dates: &Dates) -> Result<Vec<FeedMonth>> {
    let Some(oldest) = read.find_oldest_post(groups).await? else { return Ok(Vec::new()) };
    let months = dates.months_back_to(oldest, MONTHS).into_iter();
    // Below every post of the moment in which the month is over.
    let before = |over| write_cursor(Place { at: over, post: PostId(Uuid::nil()) });
    Ok(months.map(|(over, name)| FeedMonth { name, before: before(over) }).collect())
}

async fn find_cards(read: &mut Read, actor: &Actor, posts: &[PostId], dates: &Dates) -> Result<Vec<FeedCard>> {
    if posts.is_empty() {
        return Ok(Vec::new());
    }
    let mut rows: BTreeMap<PostId, _> = read.list_cards(posts).await?.into_iter().map(|row| (row.id, row)).collect();
    let mut groups: BTreeMap<PostId, Vec<GroupId>> = BTreeMap::new();
    for (post, group) in read.list_post_groups(posts).await? {
        groups.entry(post).or_default().push(group);
    }
    let seen: BTreeSet<PostId> = read.list_read_posts(actor.account(), posts).await?.into_iter().collect();
    let mut shown = find_shown(read, actor, posts, &groups, |post| rows.get(&post).map(|row| row.school_id)).await?;
    let mut comments: BTreeMap<PostId, i64> = read.count_comments(posts).await?.into_iter().collect();
    let mut cards = Vec::with_capacity(posts.len());
    for id in posts {
        let Some(row) = rows.remove(id) else { continue };
        let pictures = shown.remove(id).unwrap_or_default().visible;
        cards.push(FeedCard {
            id: row.id,
            groups: chips(actor, row.school_id, groups.get(id).map_or(&[], Vec::as_slice)),
            author: Author { name: row.author_name, capacity: Capacity::Staff(row.author_role) },
            published: dates.moment(row.published_at),
            title: row.title,
            excerpt: row.excerpt,
            picture_count: count(pictures.len() as i64),
            pictures: pictures.into_iter().take(ON_CARD).collect(),
            comments: count(comments.remove(id).unwrap_or(0)),
            unread: row.author_id != actor.account() && !seen.contains(id),
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
    groups: &BTreeMap<PostId, Vec<GroupId>>,
    school_of: impl Fn(PostId) -> Option<SchoolId>,
) -> Result<BTreeMap<PostId, Shown>> {
    let mut candidates = Vec::new();
    let mut pictures = Vec::new();
    for row in read.list_post_pictures(posts).await? {
        if row.is_pending {
            continue;
        }
        let Some(school) = school_of(row.post_id) else { continue };
        candidates.push(Candidate {
            school,
            media: row.media_id,
            only_for: row.only_for(),
            audience: audience(actor, school, groups.get(&row.post_id).map_or(&[], Vec::as_slice)),
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
    let (row, groups) = find_readable(&mut read, actor, id).await?;
    let published = row.published_at.ok_or_else(Error::not_found)?;
    let by_post = BTreeMap::from([(id, groups.clone())]);
    let shown =
        find_shown(&mut read, actor, &[id], &by_post, |_| Some(row.school_id)).await?.remove(&id).unwrap_or_default();
    let reach = if !seen_groups(actor, &row, &groups).is_empty() {
        let (guardians, readers) = read.count_reach(readers(actor, row.school_id, &groups), id).await?;
        Some(Reach { guardians: count(guardians), read: count(readers) })
    } else {
        None
    };
    let is_new = row.author_id != actor.account() && read.list_read_posts(actor.account(), &[id]).await?.is_empty();
    let body = document(&row)?;
    let cards = links::find_cards(&mut read, row.school_id, &body).await?;
    drop(read);
    if is_new {
        let mut write = portal.store.write().await?;
        write.mark_post_read(row.school_id, id, actor.account(), portal.clock.now()).await?;
        write.commit().await?;
    }
    let may_change = may_change(actor, &row, &groups);
    let readable = readable_groups(actor);
    let body = body::keep(
        body,
        |media| shown.visible.iter().any(|picture| picture.id == media),
        |group| readable.iter().find(|known| known.id == group && known.school_id == row.school_id).copied(),
    );
    Ok(PostPage {
        id,
        groups: chips(actor, row.school_id, &groups),
        published: dates.moment(Time(published)),
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
        can_edit: may_change,
        can_delete: may_change,
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
        return Ok(ComposePage {
            id: portal.clock.new_id(),
            is_published: false,
            version: 0,
            title: String::new(),
            body: String::new(),
            chosen: if let [only] = groups.as_slice() { vec![only.id] } else { Vec::new() },
            groups,
            pictures: Vec::new(),
            reach: 0,
            check: PictureCheck::default(),
            saved: None,
        });
    };
    let mut read = portal.store.read().await?;
    let (row, chosen) = find_changeable(&mut read, actor, id).await?;
    let is_published = row.state == PostState::Published;
    let rows = read.list_post_pictures(&[id]).await?;
    let offered: Vec<GroupChip> = if is_published {
        chips(actor, row.school_id, &chosen)
    } else {
        writable.into_iter().filter(|group| rows.is_empty() || group.school_id == row.school_id).map(chip).collect()
    };
    let chosen: Vec<GroupId> =
        chosen.into_iter().filter(|group| offered.iter().any(|chip| chip.id == *group)).collect();
    let (reach, _) = read.count_reach(readers(actor, row.school_id, &chosen), id).await?;
    let asked: Vec<&PostPictureRow> =
        rows.iter().filter(|row| row.is_shown() && (row.is_pending || !is_published)).collect();
    let (media, only_for) = media_and_restrictions(&asked);
    let check = if chosen.is_empty() {
        PictureCheck::default()
    } else {
        let audience = audience(actor, row.school_id, &chosen);
        check::questions(&mut read, row.school_id, &chosen, audience, &media, &only_for).await?
    };
    Ok(ComposePage {
        id,
        is_published,
        version: row.version,
        body: document(&row)?.markdown(),
        pictures: tray_of(&mut read, actor, &row, &chosen, rows).await?,
        title: row.title,
        chosen,
        groups: offered,
        reach: count(reach),
        check,
        saved: Some(dates.moment(row.updated_at)),
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
    let groups = distinct(draft.groups);
    let writable = writable_groups(actor);
    let mut chosen = Vec::new();
    for id in &groups {
        chosen.push(*writable.iter().find(|group| group.id == *id).ok_or_else(Error::not_found)?);
    }
    if chosen.windows(2).any(|pair| pair[0].school_id != pair[1].school_id) {
        checker.problem("groups", Problem::NotAChoice);
    }
    checker.finish()?;
    let first = writable.first().ok_or_else(Error::not_found)?;
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let found = write.lock_post(draft.id).await?;
    let school = chosen
        .first()
        .map_or_else(|| found.as_ref().map_or(first.school_id, |row| row.school_id), |group| group.school_id);
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
            let is_same = text.is(&row) && distinct(&groups_of(&mut write, draft.id).await?) == groups;
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
    let groups: Vec<GroupId> = groups.into_iter().collect();
    write.set_draft_groups(school, draft.id, &groups).await?;
    let (reach, _) = write.count_reach(readers(actor, school, &groups), draft.id).await?;
    write.commit().await?;
    Ok(Saved { version, at: dates.moment(now), reach: count(reach) })
}

/// Publishes a draft; or, of a post that is published, shows the pictures added since. Doing it again changes nothing.
///
/// `version`: the one that the author has seen, if known.
pub async fn publish(portal: &Portal, actor: &Actor, id: PostId, version: Option<i64>) -> Result<()> {
    let mut write = portal.store.write().await?;
    let row = write.lock_post(id).await?.ok_or_else(Error::not_found)?;
    let groups = groups_of(&mut write, id).await?;
    if row.state == PostState::Published {
        if !may_change(actor, &row, &groups) {
            return Err(Error::not_found());
        }
        return release(portal, write, actor, &row, &groups).await;
    }
    if row.state != PostState::Draft || row.author_id != actor.account() || !actor.is_staff(row.school_id) {
        return Err(Error::not_found());
    }
    for group in &groups {
        require_post(actor, row.school_id, *group)?;
    }
    if version.is_some_and(|version| version != row.version) {
        return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
    }
    let mut checker = Checker::default();
    checker.line("title", &row.title, TITLE_MAX);
    if groups.is_empty() {
        checker.problem("groups", Problem::Required);
    }
    checker.finish()?;
    let pictures = write.list_post_pictures(&[id]).await?;
    if pictures.len() > PHOTOS_MAX {
        return Err(ApiError::conflict(Conflict::TooManyPhotos).into());
    }
    require_pictures(&mut write, actor, &row, &groups, &pictures.iter().collect::<Vec<_>>()).await?;
    write.publish_post(id, portal.clock.now()).await?;
    links::ask_for_cards(&mut write, portal, row.school_id, &document(&row)?).await?;
    search::index_post(&mut write, id).await?;
    announce(&mut write, portal, &row, &groups).await?;
    write.commit().await?;
    Ok(())
}

/// Shows the pictures that were added to a published post.
async fn release(portal: &Portal, mut write: Write, actor: &Actor, row: &PostRow, groups: &[GroupId]) -> Result<()> {
    let pictures = write.list_post_pictures(&[row.id]).await?;
    let pending: Vec<&PostPictureRow> = pictures.iter().filter(|picture| picture.is_pending).collect();
    if pending.is_empty() {
        return Ok(());
    }
    require_pictures(&mut write, actor, row, groups, &pending).await?;
    write.release_pictures(row.id).await?;
    search::index_post(&mut write, row.id).await?;
    announce(&mut write, portal, row, groups).await?;
    write.commit().await?;
    Ok(())
}

/// Pictures that are about to be shown: all finished, and their check settled.
async fn require_pictures(
    write: &mut Write,
    actor: &Actor,
    row: &PostRow,
    groups: &[GroupId],
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
    let audience = audience(actor, row.school_id, groups);
    check::require_settled(write, row.school_id, groups, audience, &media, &only_for).await
}

/// Changes a published post: what it said before is kept, and nobody is notified. Its audience can only shrink. Pictures
/// added since are shown with it when their check is settled; if it is not, the text is changed all the same.
pub async fn edit(portal: &Portal, actor: &Actor, draft: &Draft<'_>) -> Result<()> {
    let mut checker = Checker::default();
    let typed = Typed::read(&mut checker, draft, true);
    let groups = distinct(draft.groups);
    if groups.is_empty() {
        checker.problem("groups", Problem::Required);
    }
    let mut write = portal.store.write().await?;
    let row = write
        .lock_post(draft.id)
        .await?
        .filter(|row| row.state == PostState::Published)
        .ok_or_else(Error::not_found)?;
    let before = distinct(&groups_of(&mut write, draft.id).await?);
    if !may_change(actor, &row, &before) || !groups.is_subset(&before) {
        return Err(Error::not_found());
    }
    checker.finish()?;
    let text = typed.keep(&mut write, actor, row.school_id, draft.id).await?;
    if !text.is(&row) || groups != before {
        let now = portal.clock.now();
        if !write.edit_post(draft.id, draft.version, text.content(), actor.account(), now).await? {
            return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
        }
        search::index_post(&mut write, draft.id).await?;
        for group in before.difference(&groups) {
            write.remove_post_group(draft.id, *group).await?;
        }
        links::ask_for_cards(&mut write, portal, row.school_id, &text.document).await?;
        announce(&mut write, portal, &row, &before.into_iter().collect::<Vec<_>>()).await?;
        write.commit().await?;
        write = portal.store.write().await?;
        write.lock_post(draft.id).await?;
    }
    release(portal, write, actor, &row, &groups.into_iter().collect::<Vec<_>>()).await
}

/// Takes a post away from everybody, with its pictures. Doing it again changes nothing. Answers whether it was published.
pub async fn delete(portal: &Portal, actor: &Actor, id: PostId) -> Result<bool> {
    let mut write = portal.store.write().await?;
    let row = write.lock_post(id).await?.ok_or_else(Error::not_found)?;
    let groups = groups_of(&mut write, id).await?;
    let was_published = row.published_at.is_some();
    let may = if was_published { may_change(actor, &row, &groups) } else { is_own(actor, &row) };
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
        announce(&mut write, portal, &row, &groups).await?;
    }
    write.commit().await?;
    Ok(was_published)
}

/// The actor's drafts, the last saved first.
pub async fn list_drafts(portal: &Portal, actor: &Actor, dates: &Dates) -> Result<Vec<DraftLine>> {
    if writable_groups(actor).is_empty() {
        return Err(Error::not_found());
    }
    let mut read = portal.store.read().await?;
    let rows = read.list_drafts(actor.account()).await?;
    let ids: Vec<PostId> = rows.iter().map(|row| row.id).collect();
    let groups = read.list_post_groups(&ids).await?;
    let of = |id| groups.iter().filter(|(post, _)| *post == id).map(|(_, group)| *group).collect::<Vec<_>>();
    Ok(rows
        .into_iter()
        .filter(|row| actor.is_staff(row.school_id))
        .map(|row| DraftLine {
            groups: chips(actor, row.school_id, &of(row.id)),
            id: row.id,
            title: row.title,
            pictures: count(row.pictures),
            saved: dates.moment(row.updated_at),
        })
        .collect())
}

/// Records that the readers' open pages are to be told. The author does not wait for it, however many they are.
pub(crate) async fn announce(write: &mut Write, portal: &Portal, row: &PostRow, groups: &[GroupId]) -> Result<()> {
    let job = Job::AnnouncePost { post: row.id, school: row.school_id, groups: groups.to_vec() };
    jobs::enqueue(write, portal, &job, 0).await?;
    Ok(())
}

/// Tells the open pages of everybody who reads these groups.
pub(crate) async fn tell_readers(
    portal: &Portal,
    event: LiveEvent,
    school: SchoolId,
    groups: &[GroupId],
) -> Result<()> {
    let mut read = portal.store.read().await?;
    let whole_school =
        read.list_groups(school).await?.iter().any(|group| group.is_school && groups.contains(&group.id));
    drop(read);
    let readers = Readers { school, groups, whole_school };
    let mut after = AccountId(Uuid::nil());
    loop {
        let accounts = portal.store.read().await?.list_readers(readers, after, TOLD_AT_ONCE).await?;
        let Some(last) = accounts.last() else { return Ok(()) };
        after = *last;
        let mut write = portal.store.write().await?;
        crate::live::tell(&mut write, portal, &accounts, event).await?;
        write.commit().await?;
    }
}

pub(crate) fn document(row: &PostRow) -> Result<Document> {
    Ok(serde_json::from_str(&row.body)?)
}

/// The published post, if the actor may read it, and its groups.
pub(crate) async fn find_readable(read: &mut Read, actor: &Actor, id: PostId) -> Result<(PostRow, Vec<GroupId>)> {
    let row = read.find_post(id).await?.ok_or_else(Error::not_found)?;
    let groups = groups_of(read, id).await?;
    let may = row.state == PostState::Published && may_read(actor, row.school_id, &groups);
    if may { Ok((row, groups)) } else { Err(Error::not_found()) }
}

/// The post, if the actor may change it, and its groups: one's own draft, or a published post.
pub(crate) async fn find_changeable(read: &mut Read, actor: &Actor, id: PostId) -> Result<(PostRow, Vec<GroupId>)> {
    let row = read.find_post(id).await?.ok_or_else(Error::not_found)?;
    let groups = groups_of(read, id).await?;
    let may = match row.state {
        PostState::Draft => is_own(actor, &row),
        PostState::Published => may_change(actor, &row, &groups),
        PostState::Deleted => false,
    };
    if may { Ok((row, groups)) } else { Err(Error::not_found()) }
}

/// The same for a change: other changes to the post wait.
pub(crate) async fn lock_changeable(write: &mut Write, actor: &Actor, id: PostId) -> Result<(PostRow, Vec<GroupId>)> {
    write.lock_post(id).await?;
    find_changeable(write, actor, id).await
}

/// A draft is its author's alone, and only while the author works at the school.
pub(crate) fn is_own(actor: &Actor, row: &PostRow) -> bool {
    row.author_id == actor.account() && actor.is_staff(row.school_id)
}

/// Whether the actor may change or delete a published post: in each of its groups.
fn may_change<'a>(actor: &Actor, row: &PostRow, groups: impl IntoIterator<Item = &'a GroupId>) -> bool {
    let mut groups = groups.into_iter().peekable();
    groups.peek().is_some()
        && groups.all(|group| {
            policy::may(actor, Action::ChangePost, post_target(actor, row.school_id, *group, row.author_id))
        })
}

/// Whether the actor reads one of these groups of the school.
pub(crate) fn may_read(actor: &Actor, school: SchoolId, groups: &[GroupId]) -> bool {
    readable_groups(actor).iter().any(|group| group.school_id == school && groups.contains(&group.id))
}

fn require_post(actor: &Actor, school: SchoolId, group: GroupId) -> Result<()> {
    let known = actor.school(school).and_then(|school| school.groups.iter().find(|known| known.id == group));
    let (target, is_school) = group_target(known.ok_or_else(Error::not_found)?);
    policy::require(actor, if is_school { Action::PostToSchool } else { Action::PostToGroup }, target)
}

pub(crate) fn post_target(actor: &Actor, school: SchoolId, group: GroupId, author: AccountId) -> Target {
    let is_school = known_groups(actor, school).iter().any(|known| known.is_school && known.id == group);
    Target::Post { school, group: (!is_school).then_some(group), author }
}

/// For whom the pictures of a post to these groups are placed.
pub(crate) fn audience(actor: &Actor, school: SchoolId, groups: &[GroupId]) -> Audience {
    check::audience_of(known_groups(actor, school), groups)
}

pub(crate) fn readers<'a>(actor: &Actor, school: SchoolId, groups: &'a [GroupId]) -> Readers<'a> {
    Readers { school, groups, whole_school: audience(actor, school, groups) == Audience::School }
}

pub(crate) fn known_groups(actor: &Actor, school: SchoolId) -> &[GroupRow] {
    actor.school(school).map_or(&[], |school| school.groups.as_slice())
}

/// The post's groups that the actor may read, in the school's order.
pub(crate) fn chips(actor: &Actor, school: SchoolId, groups: &[GroupId]) -> Vec<GroupChip> {
    readable_groups(actor)
        .into_iter()
        .filter(|group| group.school_id == school && groups.contains(&group.id))
        .map(chip)
        .collect()
}

pub(crate) async fn groups_of(read: &mut Read, post: PostId) -> Result<Vec<GroupId>> {
    Ok(read.list_post_groups(&[post]).await?.into_iter().map(|(_, group)| group).collect())
}

fn media_and_restrictions(pictures: &[&PostPictureRow]) -> (Vec<MediaId>, Vec<(MediaId, ChildId)>) {
    let media = pictures.iter().map(|picture| picture.media_id).collect();
    let only_for = pictures.iter().filter_map(|picture| Some((picture.media_id, picture.only_for()?))).collect();
    (media, only_for)
}

fn distinct(groups: &[GroupId]) -> BTreeSet<GroupId> {
    groups.iter().copied().collect()
}

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
