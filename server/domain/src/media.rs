//! Photos, films and documents in posts, and who gets to see them.
//!
//! The uploaded file is kept only until the work on it is done (see `uploads` and `work`).

pub mod editing;
mod incoming;
mod opening;
mod places;
mod sweeping;
mod tray;
pub(crate) mod work;

pub(crate) use incoming::{Incoming, bad_file, clean_name, disk, require_own, require_place, require_place_for};
pub use incoming::{Upload, begin_upload, largest_file};
pub(crate) use opening::scan_of;
pub use opening::{MediaFile, download_media, open_media};
pub use places::{Part, put_variants};
pub(crate) use places::{delete_file, erase_edition, erase_files, incoming, paper_form, place, quarantined};
pub(crate) use sweeping::{LOOSE, SCRATCH_PREFIX, erase_deleted, is_older, sweep, sweep_files};
pub use tray::{describe_picture, find_tray, move_picture_up, order_pictures, remove_picture};
pub(crate) use tray::{is_editable, pass_own, tray_of};

use crate::gate::Cleared;
use model::media::{Document, MediaKind, Picture};
use store::PostPictureRow;

/// A picture as pages show it. The only place where one is made.
pub(crate) fn picture_of(row: &PostPictureRow, cleared: Cleared) -> Picture {
    let pixels = |n: i64| u32::try_from(n).unwrap_or(0);
    Picture {
        id: cleared.media(),
        edition: row.edition(),
        tone: row.placeholder.as_deref().and_then(media::tone),
        width: pixels(row.width),
        height: pixels(row.height),
        widths: [pixels(row.width_small), pixels(row.width_medium), pixels(row.width_large)],
        alt: row.alt.clone(),
        caption: row.caption.clone(),
        film: (row.kind == MediaKind::Film).then(|| seconds(row.duration_ms)),
        subtitles: row.subtitles_at.is_some(),
    }
}

/// The length of a film as it is shown; none yet is none.
pub(crate) fn seconds(milliseconds: Option<i64>) -> u32 {
    u32::try_from((milliseconds.unwrap_or(0) + 500) / 1000).unwrap_or(0)
}

/// A document of a post.
pub(crate) fn document_of(row: &PostPictureRow) -> Document {
    let kind = row.file_name.rsplit('.').next().unwrap_or_default().to_uppercase();
    let size = match row.document_size.unwrap_or(0) {
        bytes if bytes < 1_000_000 => format!("{} kB", (bytes + 999) / 1000),
        bytes => format!("{} MB", (bytes + 500_000) / 1_000_000),
    };
    Document { id: row.media_id, name: row.file_name.clone(), about: format!("{kind}, {size}") }
}
