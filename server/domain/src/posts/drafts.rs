//! Composing: drafts, and the page that they are written on.

use super::{
    Addressees, Names, children_offered,
    choosing::{preview, read_addressees},
    count, document, find_changeable, known_groups, media_and_restrictions, options, zone_of,
};
use crate::{
    Actor, Error, Portal, Result,
    accounts::{chip, readable_groups, writable_groups},
    body::Typed,
    check, gate,
    media::tray_of,
    moments::Dates,
};
use model::{
    ApiError, GroupId, PostId, Problem, SchoolId, Time,
    account::GroupChip,
    check::Checker,
    error::Conflict,
    feed::{ComposePage, DraftLine, PictureCheck, PostState, Saved},
    options::{Held, PostOptions},
};
use store::{ChildRow, NewDraft, PostPictureRow};

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

/// The compose page: of a new post, of a draft of one's own, or of a published post.
pub async fn open_compose(portal: &Portal, actor: &Actor, post: Option<PostId>, dates: &Dates) -> Result<ComposePage> {
    let writable = writable_groups(actor);
    let Some(id) = post else {
        if writable.is_empty() {
            return Err(Error::not_found());
        }
        let id = portal.clock.new_id();
        let mut read = portal.store.read().await?;
        let (chosen, reach) = match writable.as_slice() {
            [only] => {
                let chosen = vec![only.id];
                let to = Addressees::of_groups(&chosen);
                (chosen, preview(&mut read, portal, actor, only.school_id, id, &to).await?)
            }
            _ => Default::default(),
        };
        return Ok(ComposePage {
            id,
            is_published: false,
            version: 0,
            title: String::new(),
            body: String::new(),
            chosen,
            groups: writable.into_iter().map(chip).collect(),
            pictures: Vec::new(),
            reach,
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
        check::questions(&mut read, row.school_id, &to, audience, &media, &only_for, actor.asked_at()).await?
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
        reach: preview(&mut read, portal, actor, row.school_id, id, &to).await?,
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
    let reach = preview(&mut write, portal, actor, row.school_id, row.id, &to).await?;
    write.commit().await?;
    Ok(Saved { version, at: dates.moment(now), reach })
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
