//! Names in pictures: its author may say who is in one, so that the child's guardians find it among the pictures of their child.
//! Nobody has to, and nothing but a person does.

use crate::{
    Actor, Error, Portal, Result,
    check::{Asked, named},
    gate,
    media::{pass_own, picture_of},
    posts::{children_offered, known_groups},
};
use model::{
    ApiError, ChildId, MediaId, PostId, Problem,
    consent::Effective,
    feed::{NamedChild, NamedPicture, NamesPage, PostState},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{ChildRow, Read, Write};

/// A child's name; with its group where another child is called the same.
fn names_of(children: &[ChildRow]) -> Vec<(String, ChildId)> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for child in children {
        *count.entry(child.name()).or_default() += 1;
    }
    let name = |child: &ChildRow| match (count.get(&child.name()), &child.group_name) {
        (Some(2..), Some(group)) => format!("{} ({group})", child.name()),
        _ => child.name(),
    };
    children.iter().map(|child| (name(child), child.id)).collect()
}

/// Children whose names can be given: those for whose guardians the post is; before that is chosen, of all the author's groups.
async fn known_children(read: &mut Read, actor: &Actor, asked: &Asked) -> Result<Vec<ChildRow>> {
    let school = asked.post.school_id;
    if asked.to.is_empty() {
        let mut children = children_offered(read, actor).await?;
        children.retain(|child| child.school_id == school);
        return Ok(children);
    }
    let audience = asked.to.audience(known_groups(actor, school));
    asked.to.children_in(read, school, audience).await
}

/// The page of names.
pub async fn find_names(portal: &Portal, actor: &Actor, post: PostId) -> Result<NamesPage> {
    let mut read = portal.store.read().await?;
    let asked = Asked::find(&mut read, actor, post).await?;
    let media: Vec<MediaId> = asked.pictures.iter().map(|picture| picture.media_id).collect();
    let shown = read.list_children_in_pictures(&media).await?;
    let ids: Vec<ChildId> = shown.iter().map(|shown| shown.child_id).collect();
    let rows = read.list_children(asked.post.school_id, &ids).await?;
    let in_picture = |media: MediaId| -> Vec<NamedChild> {
        let children = shown.iter().filter(|shown| shown.media_id == media).map(|shown| shown.child_id);
        children.filter_map(|child| rows.iter().find(|row| row.id == child)).map(named).collect()
    };
    let cleared = pass_own(&mut read, actor, &asked.post, &asked.to, &asked.pictures).await?;
    let pictures = asked.pictures.iter().zip(cleared).filter(|(row, _)| row.is_shown());
    let pictures = pictures.filter_map(|(row, cleared)| {
        Some(NamedPicture { picture: picture_of(row, cleared?), children: in_picture(row.media_id) })
    });
    let pictures = pictures.collect();
    let names = names_of(&known_children(&mut read, actor, &asked).await?).into_iter().map(|(name, _)| name).collect();
    Ok(NamesPage { post, title: asked.post.title, pictures, names })
}

/// Says that the child called so is in a picture, too.
pub async fn add_name(portal: &Portal, actor: &Actor, post: PostId, media: MediaId, name: &str) -> Result<()> {
    let mut write = portal.store.write().await?;
    let asked = Asked::find(&mut write, actor, post).await?;
    require_picture(&asked, media)?;
    let names = names_of(&known_children(&mut write, actor, &asked).await?);
    let wanted = name.trim().to_lowercase();
    let mut fitting = names.iter().filter(|(name, _)| name.to_lowercase() == wanted);
    let (Some((_, child)), None) = (fitting.next(), fitting.next()) else {
        return Err(ApiError::field("name", Problem::NotAChoice).into());
    };
    put(&mut write, portal, actor, &asked, media, *child, true).await?;
    write.commit().await?;
    Ok(())
}

/// Says which children are in a picture; all others are not.
pub async fn tag(portal: &Portal, actor: &Actor, post: PostId, media: MediaId, children: &[ChildId]) -> Result<()> {
    let mut write = portal.store.write().await?;
    let asked = Asked::find(&mut write, actor, post).await?;
    require_picture(&asked, media)?;
    let known = write.list_children(asked.post.school_id, children).await?;
    if children.iter().any(|child| !known.iter().any(|row| row.id == *child)) {
        return Err(Error::not_found());
    }
    let shown = write.list_children_in_pictures(&[media]).await?;
    for child in shown.iter().map(|shown| shown.child_id).filter(|child| !children.contains(child)) {
        put(&mut write, portal, actor, &asked, media, child, false).await?;
    }
    for child in children.iter().filter(|child| !shown.iter().any(|shown| shown.child_id == **child)) {
        put(&mut write, portal, actor, &asked, media, *child, true).await?;
    }
    write.commit().await?;
    Ok(())
}

fn require_picture(asked: &Asked, media: MediaId) -> Result<()> {
    if asked.pictures.iter().any(|picture| picture.media_id == media) { Ok(()) } else { Err(Error::not_found()) }
}

/// What the author says of a child is what the picture check would be told: it is kept as proof, and not asked again.
async fn put(
    write: &mut Write,
    portal: &Portal,
    actor: &Actor,
    asked: &Asked,
    media: MediaId,
    child: ChildId,
    is_in: bool,
) -> Result<()> {
    let (school, now) = (asked.post.school_id, portal.clock.now());
    write.record_picture_check(school, media, child, is_in, actor.account(), now).await?;
    let picture = asked.pictures.iter().find(|picture| picture.media_id == media);
    let is_published = asked.post.state == PostState::Published && picture.is_some_and(|picture| !picture.is_pending);
    // Who is named in a picture that is shown, and may not be, is hidden until somebody decides: see `check::answer`.
    if is_in && is_published && !may_be_shown(write, actor, asked, child).await? {
        write.hold_picture(media, child, now).await?;
    }
    Ok(())
}

async fn may_be_shown(read: &mut Read, actor: &Actor, asked: &Asked, child: ChildId) -> Result<bool> {
    let audience = asked.to.audience(known_groups(actor, asked.post.school_id));
    let audiences = BTreeSet::from([audience]);
    let now = actor.asked_at();
    let answers = gate::portal_answers(read, asked.post.school_id, &audiences, &[child], now).await?;
    Ok(answers.of(child, audience) == Effective::Yes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::SchoolId;
    use uuid::Uuid;

    #[test]
    fn who_is_called_the_same_is_told_apart_by_the_group() {
        let child = |n: u128, given: &str, group: &str| ChildRow {
            id: ChildId(Uuid::from_u128(n)),
            school_id: SchoolId(Uuid::nil()),
            given_name: given.to_owned(),
            family_name: "de Vries".to_owned(),
            born_on: None,
            group_id: None,
            group_name: Some(group.to_owned()),
        };
        let names =
            names_of(&[child(1, "Sanne", "Groep 5"), child(2, "Sanne", "Groep 7"), child(3, "Otto", "Groep 7")]);
        let names: Vec<&str> = names.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["Sanne de Vries (Groep 5)", "Sanne de Vries (Groep 7)", "Otto de Vries"]);
    }
}
