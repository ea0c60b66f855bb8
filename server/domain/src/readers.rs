//! Who has read a post, and confirmed it: for staff, of the groups that are theirs.

use crate::{
    Actor, Error, Portal, Result,
    moments::Dates,
    policy::Action,
    posts::{count, find_published, known_groups},
};
use model::{
    PostId, Time,
    feed::Reach,
    readers::{Confirming, ReadersChild, ReadersGuardian, ReadersPage},
};
use std::collections::BTreeSet;

/// Guardians by child, and when they have read the post and confirmed it.
///
/// Somebody who is a guardian of a child sees no other guardian of that child here, whatever else they are.
pub async fn list(portal: &Portal, actor: &Actor, post: PostId, dates: &Dates) -> Result<ReadersPage> {
    let mut read = portal.store.read().await?;
    let (row, to) = find_published(portal, &mut read, actor, post).await?;
    let seen = to.part(&mut read, actor, Action::SeeReaders, row.school_id, row.author_id).await?;
    if seen.is_empty() {
        return Err(Error::not_found());
    }
    let audience = seen.readers(row.school_id, known_groups(actor, row.school_id));
    let (guardians, have_read) = read.count_reach(audience, post).await?;
    let rows = read.list_guardian_readers(audience, post).await?;
    drop(read);
    let mut missing = BTreeSet::new();
    let mut children: Vec<ReadersChild> = Vec::new();
    let mut last = None;
    for reader in rows {
        let is_hidden = |account| actor.has_guardianship_of(reader.child_id) && account != actor.account();
        if reader.guardian().is_some_and(|(account, _)| is_hidden(account)) {
            continue;
        }
        if last != Some(reader.child_id) {
            last = Some(reader.child_id);
            children.push(ReadersChild {
                name: format!("{} {}", reader.given_name, reader.family_name),
                group: reader.group_name.clone().unwrap_or_default(),
                guardians: Vec::new(),
            });
        }
        let moment = |at: Option<i64>| at.map(|at| dates.moment(Time(at)));
        if let (Some(child), Some((account, name))) = (children.last_mut(), reader.guardian()) {
            child.guardians.push(ReadersGuardian {
                name: name.to_owned(),
                read: moment(reader.read_at),
                confirmed: moment(reader.confirmed_at),
            });
            if reader.confirmed_at.is_none() {
                missing.insert(account);
            }
        }
    }
    let confirming = row.options.confirm_by.map(|by| Confirming {
        by: dates.moment(Time(by)),
        missing: count(missing.len() as i64),
        can_remind: !missing.is_empty() && to.may(actor, Action::SeeReaders, row.school_id, row.author_id),
    });
    let reach = Reach { guardians: count(guardians), read: count(have_read) };
    Ok(ReadersPage { post, title: row.title, reach, confirming, children })
}
