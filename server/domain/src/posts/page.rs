//! A post on its own page.

use super::{Addressees, Names, count, document, find_published, find_shown, known_groups, may_change};
use crate::{Actor, Error, Portal, Result, accounts::readable_groups, body, links, moments::Dates, policy::Action};
use model::{
    PostId, Time,
    feed::{Asks, Author, PostPage, Reach},
    roles::Capacity,
};
use std::collections::BTreeMap;
use store::{PostRow, Read};

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
    let is_new = row.author_id != actor.account() && !read.has_read_post(actor.account(), id).await?;
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
