//! What belongs to nothing is removed: leftovers of uploads, work and erasures that were cut off.

use super::{
    disk,
    places::{DERIVATIVES, FORMS, INCOMING, QUARANTINE, delete_file, erase_files, incoming},
};
use crate::{Error, Portal, Result};
use futures::StreamExt as _;
use model::{EditionId, FormId, MediaId, Time};
use object_store::{ObjectStore as _, path::Path};
use uuid::Uuid;

/// Age at which what belongs to nothing is removed.
pub(crate) const LOOSE: i64 = Time::DAY;
/// How long a file with a virus is kept.
const QUARANTINED: i64 = 30 * Time::DAY;
/// Pictures erased or looked up at once.
const CHUNK: usize = 200;
/// How files and folders of the work begin: `media` makes them too.
pub(crate) const SCRATCH_PREFIX: &str = "photo-";
const FILM_PREFIX: &str = "film-";

/// Removes the files of deleted pictures.
pub(crate) async fn erase_deleted(portal: &Portal) -> Result<()> {
    loop {
        let deleted = portal.store.read().await?.list_media_to_erase(CHUNK as i64).await?;
        for id in &deleted {
            erase_files(portal, *id).await?;
            delete_file(portal, &incoming(*id)).await?;
        }
        let mut write = portal.store.write().await?;
        for id in &deleted {
            write.mark_media_erased(*id, portal.clock.now()).await?;
        }
        write.commit().await?;
        if deleted.len() < CHUNK {
            return Ok(());
        }
    }
}

/// Deletes pictures that are in no post, and leftovers of work that was cut off.
pub(crate) async fn sweep(portal: &Portal) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    write.delete_loose_media(now.plus(-LOOSE), now).await?;
    write.commit().await?;
    erase_deleted(portal).await?;
    let scratch = portal.scratch.clone();
    // A film is read from the same file, and in the same folder, for as long as the work on it may take.
    let seconds = 3_600 + portal.media_limits.film.max_work_seconds;
    tokio::task::spawn_blocking(move || sweep_scratch(&scratch, seconds)).await.map_err(Error::internal)?.map_err(disk)
}

/// Removes what has not been written to for `seconds`.
fn sweep_scratch(scratch: &std::path::Path, seconds: u64) -> std::io::Result<()> {
    for entry in std::fs::read_dir(scratch)? {
        let entry = entry?;
        let age = entry.metadata().and_then(|meta| meta.modified()).ok().and_then(|at| at.elapsed().ok());
        let is_old = age.is_some_and(|age| age.as_secs() > seconds);
        let name = entry.file_name().to_string_lossy().into_owned();
        // Another node may have been quicker.
        if is_old && name.starts_with(SCRATCH_PREFIX) {
            let _ = std::fs::remove_file(entry.path());
        } else if is_old && name.starts_with(FILM_PREFIX) {
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
    Ok(())
}

/// Removes files that no picture or paper form has any more: what an interrupted upload or erasure has left.
pub(crate) async fn sweep_files(portal: &Portal) -> Result<()> {
    let old = portal.clock.now().plus(-QUARANTINED);
    let mut files = portal.files.list(Some(&Path::from(QUARANTINE)));
    while let Some(file) = files.next().await.transpose()? {
        if Found::at(file.location.clone()).is_some_and(|file| is_older(file.owner.0, old)) {
            delete_file(portal, &file.location).await?;
        }
    }
    for folder in [INCOMING, DERIVATIVES, FORMS] {
        let mut files = portal.files.list(Some(&Path::from(folder)));
        let mut found: Vec<Found> = Vec::new();
        loop {
            let next = files.next().await.transpose()?;
            let done = next.is_none();
            if let Some(file) = next.and_then(|file| Found::at(file.location))
                && is_older(file.edition.map_or(file.owner.0, |edition| edition.0), portal.clock.now().plus(-LOOSE))
            {
                found.push(file);
            }
            if done || found.len() >= CHUNK {
                remove_unowned(portal, folder, std::mem::take(&mut found)).await?;
            }
            if done {
                break;
            }
        }
    }
    Ok(())
}

async fn remove_unowned(portal: &Portal, folder: &str, files: Vec<Found>) -> Result<()> {
    let ids: Vec<MediaId> = files.iter().map(|file| file.owner).collect();
    let mut read = portal.store.read().await?;
    let kept = match folder {
        INCOMING => read.list_working_media(&ids).await?.into_iter().map(|id| (id, None)).collect(),
        FORMS => {
            let forms: Vec<FormId> = ids.iter().map(|id| FormId(id.0)).collect();
            read.list_kept_forms(&forms).await?.into_iter().map(|form| (MediaId(form.0), None)).collect()
        }
        _ => read.list_kept_media(&ids).await?,
    };
    drop(read);
    for Found { owner, edition, file } in files {
        if !kept.contains(&(owner, edition)) {
            tracing::info!(file = %file, "removed a file that belongs to nothing");
            delete_file(portal, &file).await?;
        }
    }
    Ok(())
}

/// A file in the media store, and whose it is by its name.
struct Found {
    owner: MediaId,
    edition: Option<EditionId>,
    file: Path,
}

impl Found {
    fn at(file: Path) -> Option<Found> {
        let mut parts = file.parts().skip(1);
        let owner = parts.next()?.as_ref().parse().ok()?;
        let edition = parts.next().and_then(|name| name.as_ref().split('.').next()?.parse().ok());
        Some(Found { owner, edition, file })
    }
}

/// Ids are made from the time.
pub(crate) fn is_older(id: Uuid, than: Time) -> bool {
    id.get_timestamp().is_some_and(|at| {
        let (seconds, _) = at.to_unix();
        i64::try_from(seconds).is_ok_and(|seconds| seconds.saturating_mul(Time::SECOND) < than.0)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::{Part, place};
    use model::media::Variant;

    #[test]
    fn files_belong_to_the_picture_in_their_name() {
        let id = MediaId(Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0001));
        let edition = EditionId(Uuid::from_u128(0x0198_0000_0000_7000_8000_0000_0000_0002));
        let owner = |file: Path| Found::at(file).map(|found| (found.owner, found.edition));
        assert_eq!(owner(incoming(id)), Some((id, None)));
        for part in [Part::Picture(Variant::Small), Part::Film, Part::Document] {
            assert_eq!(owner(place(id, None, part)), Some((id, None)));
        }
        assert_eq!(owner(place(id, Some(edition), Part::Picture(Variant::Small))), Some((id, Some(edition))));
        assert_eq!(owner(Path::from("media/readme.txt")), None);
    }
}
