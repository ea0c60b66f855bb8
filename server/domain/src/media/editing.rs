//! Photos turned, cropped and covered in part, for as long as their author alone has seen them: made anew from their largest file, since what
//! was uploaded is not kept. A photo stays itself (its place, its words, who is in it), with other files under other names.

use crate::{
    Actor, Error, Portal, Result,
    live::tell,
    media::{Part, erase_edition, is_editable, place, put_variants},
    posts::{find_changeable, lock_changeable},
};
use media::{Edit, Photo, PhotoError, Region};
use model::{
    ApiError, ChildId, EditionId, MediaId, PostId, Problem,
    error::Conflict,
    live::LiveEvent,
    media::{Crop, MediaState, Variant},
};
use object_store::ObjectStoreExt as _;
use store::{MediaSizes, PostPictureRow, PostRow, Read};

/// Turns a photo by a quarter, clockwise.
pub async fn turn_picture(portal: &Portal, actor: &Actor, post: PostId, id: MediaId) -> Result<()> {
    edit(portal, actor, post, id, Ok(Edit::TurnRight), None).await
}

/// Leaves no more of a photo than this. What was said of who is in it holds on: a smaller picture shows nobody new.
///
/// # Errors
/// A problem of one of the crop's fields.
pub async fn crop_picture(portal: &Portal, actor: &Actor, post: PostId, id: MediaId, crop: &Crop) -> Result<()> {
    let region = crop.read().map(|[left, top, width, height]| Edit::Crop(Region { left, top, width, height }));
    edit(portal, actor, post, id, region, None).await
}

/// Covers a child in a photo, for good: no file shows what was there, and so the child is no longer in it. The children whom
/// the picture check asks about, and whom the author has found in it, can be covered.
///
/// # Errors
/// A problem of one of the region's fields.
pub async fn cover_child(
    portal: &Portal,
    actor: &Actor,
    post: PostId,
    id: MediaId,
    child: ChildId,
    region: &Crop,
) -> Result<()> {
    let region = region.read().map(|[left, top, width, height]| Edit::Cover(Region { left, top, width, height }));
    edit(portal, actor, post, id, region, Some(child)).await
}

/// Problems of the form are told to those alone who may change the picture.
async fn edit(
    portal: &Portal,
    actor: &Actor,
    post: PostId,
    id: MediaId,
    edit: std::result::Result<Edit, ApiError>,
    covered: Option<ChildId>,
) -> Result<()> {
    let mut read = portal.store.read().await?;
    let (row, _) = find_changeable(&mut read, actor, post).await?;
    let before = find_editable(&mut read, actor, &row, id).await?.edition();
    if let Some(child) = covered {
        require_shown(&mut read, id, child).await?;
    }
    drop(read);
    let edit = edit?;
    if edit.changes_nothing() {
        return Ok(());
    }
    let photo = make(portal, id, before, edit).await?;
    let edition: EditionId = portal.clock.new_id();
    let sizes = put_variants(portal, id, Some(edition), &photo).await?;
    let new = New { edition, sizes, placeholder: &photo.placeholder, covered };
    let noted = note(portal, actor, post, id, before, &new).await;
    // Whichever files nobody will ask for. Should this fail, the daily sweep finds them.
    let useless = if noted.is_ok() { before } else { Some(edition) };
    if let Err(error) = erase_edition(portal, id, useless).await {
        tracing::warn!(media = %id, %error, "files of a photo that has others now can't be removed");
    }
    noted
}

/// A photo of this post that the actor may turn and crop now.
async fn find_editable(read: &mut Read, actor: &Actor, row: &PostRow, id: MediaId) -> Result<PostPictureRow> {
    let pictures = read.list_post_pictures(&[row.id]).await?;
    let mut found = pictures.into_iter().filter(|picture| picture.media_id == id);
    let picture = found.next().filter(|picture| is_editable(actor, row, picture)).ok_or_else(Error::not_found)?;
    match picture.state {
        MediaState::Ready => Ok(picture),
        MediaState::Working => Err(ApiError::conflict(Conflict::MediaNotReady).into()),
        MediaState::Failed => Err(ApiError::conflict(Conflict::MediaFailed).into()),
    }
}

/// Only who is in a photo can be covered there.
async fn require_shown(read: &mut Read, id: MediaId, child: ChildId) -> Result<()> {
    let shown = read.list_children_in_pictures(&[id]).await?;
    if shown.iter().any(|shown| shown.child_id == child) { Ok(()) } else { Err(Error::not_found()) }
}

/// Waits its turn among the other work on photos.
async fn make(portal: &Portal, id: MediaId, edition: Option<EditionId>, edit: Edit) -> Result<Photo> {
    let turn = portal.photo_work.acquire().await.map_err(Error::internal)?;
    let source = portal.files.get(&place(id, edition, Part::Picture(Variant::Large))).await?.bytes().await?;
    let limits = portal.media_limits.photo.clone();
    let made = tokio::task::spawn_blocking(move || media::edit_photo(source.into(), edit, &limits));
    let made = made.await.map_err(Error::internal)?;
    drop(turn);
    made.map_err(|error| match error {
        PhotoError::TooSmall { limit } => {
            let [_, _, width, _] = Crop::FIELDS;
            ApiError::field(width, Problem::TooFewPixels { min: limit }).into()
        }
        error => Error::internal(error),
    })
}

struct New<'a> {
    edition: EditionId,
    sizes: MediaSizes,
    placeholder: &'a [u8],
    /// Whom it covers.
    covered: Option<ChildId>,
}

/// The photo has these files from now on; unless it was published, removed or changed while they were made.
async fn note(
    portal: &Portal,
    actor: &Actor,
    post: PostId,
    id: MediaId,
    before: Option<EditionId>,
    new: &New<'_>,
) -> Result<()> {
    let mut write = portal.store.write().await?;
    let (row, _) = lock_changeable(&mut write, actor, post).await?;
    if find_editable(&mut write, actor, &row, id).await?.edition() != before {
        return Err(ApiError::conflict(Conflict::ChangedMeanwhile).into());
    }
    write.set_media_edition(id, new.edition, new.sizes, new.placeholder).await?;
    if let Some(child) = new.covered {
        require_shown(&mut write, id, child).await?;
        write.record_cover(row.school_id, id, child, actor.account(), portal.clock.now()).await?;
    }
    tell(&mut write, portal, &[actor.account()], LiveEvent::Media { id }).await?;
    write.commit().await?;
    Ok(())
}
