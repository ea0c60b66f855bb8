//! Who has read a post: for staff, of the groups that are theirs.

use crate::{
    Actor, Error, Portal, Result,
    moments::Dates,
    policy::Action,
    posts::{count, find_published, known_groups},
};
use model::{
    PostId, Time,
    feed::Reach,
    readers::{ReadersChild, ReadersGuardian, ReadersPage},
};
use store::ReaderRow;

/// Guardians by child, and when they have read the post.
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
    let mut children: Vec<ReadersChild> = Vec::new();
    let mut last = None;
    for reader in rows {
        if actor.has_guardianship_of(reader.child_id) && reader.account_id != actor.account() {
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
        if let Some(child) = children.last_mut() {
            child.guardians.push(guardian(reader, dates));
        }
    }
    let reach = Reach { guardians: count(guardians), read: count(have_read) };
    Ok(ReadersPage { post, title: row.title, reach, children })
}

fn guardian(row: ReaderRow, dates: &Dates) -> ReadersGuardian {
    ReadersGuardian { name: row.name, read: row.read_at.map(|at| dates.moment(Time(at))) }
}
