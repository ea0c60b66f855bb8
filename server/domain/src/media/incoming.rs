//! A file on its way in, held to the limits until the whole of it is there.

use crate::{
    Actor, Error, Portal, Result,
    posts::find_changeable,
    uploads::{find_room, take_file},
};
use media::SNIFF_BYTES;
use model::{ApiError, MediaId, PostId, Problem, check::PHOTOS_MAX, error::Conflict};
use store::{PostRow, Read};
use tokio::io::AsyncWriteExt as _;

/// Pictures that may wait to be worked on; more uploads are asked to come back.
const WAITING_MAX: i64 = 600;
/// Characters kept of a file's name.
const NAME_MAX: usize = 120;

/// A file on its way in. Dropped before it is finished, it leaves nothing behind.
#[derive(Debug)]
pub struct Upload {
    post: PostId,
    name: String,
    reserved: u64,
    incoming: Incoming,
}

/// The bytes of a file as they come in, held to the limits.
#[derive(Debug)]
pub(crate) struct Incoming {
    file: tokio::fs::File,
    size: u64,
    /// Bytes that the school has room for.
    room: u64,
    head: Vec<u8>,
}

/// Bytes of the largest file that a post may hold.
pub fn largest_file(portal: &Portal) -> u64 {
    portal.media_limits.largest()
}

/// Begins the upload of a file for a post of the actor's own. `reserved`: bytes of the school's space that are already kept
/// for it.
pub async fn begin_upload(
    portal: &Portal,
    actor: &Actor,
    post: PostId,
    file_name: &str,
    reserved: u64,
) -> Result<Upload> {
    let mut read = portal.store.read().await?;
    let school = require_place_for(&mut read, actor, post, file_name).await?.school_id;
    let room = find_room(&mut read, portal, school).await?.saturating_add(reserved);
    if room == 0 {
        return Err(bad_file("no-space"));
    }
    if read.count_working_media().await? >= WAITING_MAX {
        return Err(ApiError::Busy { retry_after: 30 }.into());
    }
    drop(read);
    let scratch = portal.scratch.clone();
    // A file without a name: it is gone with the process, whatever happens.
    let file = tokio::task::spawn_blocking(move || tempfile::tempfile_in(scratch)).await.map_err(Error::internal)?;
    Ok(Upload { post, name: file_name.to_owned(), reserved, incoming: Incoming::new(file.map_err(disk)?, room) })
}

impl Incoming {
    /// `file`: empty. `room`: bytes that the school has left.
    pub(crate) fn new(file: std::fs::File, room: u64) -> Incoming {
        Incoming { file: tokio::fs::File::from_std(file), size: 0, room, head: Vec::new() }
    }

    /// The next bytes of the file.
    pub(crate) async fn write(&mut self, portal: &Portal, bytes: &[u8]) -> Result<()> {
        self.size += bytes.len() as u64;
        let missing = SNIFF_BYTES.saturating_sub(self.head.len());
        self.head.extend(&bytes[..missing.min(bytes.len())]);
        if self.size > portal.media_limits.max_bytes(&self.head) {
            return Err(bad_file("too-large"));
        }
        if self.size > self.room {
            return Err(bad_file("no-space"));
        }
        self.file.write_all(bytes).await.map_err(disk)
    }

    /// The whole file has come.
    pub(crate) async fn finish(mut self) -> Result<std::fs::File> {
        self.file.flush().await.map_err(disk)?;
        Ok(self.file.into_std().await)
    }
}

impl Upload {
    /// The next bytes of the file.
    pub async fn write(&mut self, portal: &Portal, bytes: &[u8]) -> Result<()> {
        self.incoming.write(portal, bytes).await
    }

    /// The whole file has come: see [`take_file`].
    pub async fn finish(self, portal: &Portal, actor: &Actor) -> Result<MediaId> {
        take_file(portal, actor, self.post, &self.name, self.incoming.finish().await?, self.reserved).await
    }
}

/// A post of the actor's own. Only the author adds to a published post: the picture check is the author's word.
pub(crate) async fn require_own(read: &mut Read, actor: &Actor, post: PostId) -> Result<PostRow> {
    let (row, _) = find_changeable(read, actor, post).await?;
    if row.author_id == actor.account() { Ok(row) } else { Err(Error::not_found()) }
}

/// A post of the actor's own that has room for one more file.
pub(crate) async fn require_place(read: &mut Read, actor: &Actor, post: PostId) -> Result<PostRow> {
    let row = require_own(read, actor, post).await?;
    if read.list_post_pictures(&[post]).await?.len() >= PHOTOS_MAX {
        return Err(ApiError::conflict(Conflict::TooManyPhotos).into());
    }
    Ok(row)
}

/// The same for a file that is only known by its name: subtitles take no place beside their film. Where the name lies, the file
/// is refused when it has been looked at.
pub(crate) async fn require_place_for(read: &mut Read, actor: &Actor, post: PostId, name: &str) -> Result<PostRow> {
    if media::is_name_of_subtitles(name) {
        require_own(read, actor, post).await
    } else {
        require_place(read, actor, post).await
    }
}

/// The last part of a file's name, without what could be mistaken for something else.
pub(crate) fn clean_name(name: &str) -> String {
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let strange = |c: char| {
        c.is_control()
            || matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
    };
    name.chars().filter(|c| !strange(*c)).take(NAME_MAX).collect::<String>().trim().to_owned()
}

pub(crate) fn bad_file(code: &str) -> Error {
    ApiError::field("file", Problem::File { code: code.to_owned() }).into()
}

pub(crate) fn disk(error: std::io::Error) -> Error {
    Error::internal(format_args!("work folder or media store: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_made_harmless() {
        for (name, clean) in [
            ("IMG_1.jpg", "IMG_1.jpg"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Users\\x\\klas 5.heic", "klas 5.heic"),
            ("a\u{202E}gpj.exe\n", "agpj.exe"),
            ("", ""),
        ] {
            assert_eq!(clean_name(name), clean);
        }
        assert_eq!(clean_name(&"é".repeat(500)).chars().count(), NAME_MAX);
    }
}
