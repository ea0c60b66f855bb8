//! Where uploads are that did not end, kept by the browser: the same file chosen again for the same post goes on there,
//! though the page was closed meanwhile.

use js_sys::Date;
use leptos::prelude::window;
use web_sys::{File, Storage};

/// How names of entries begin.
const PREFIX: &str = "upload:";
/// Milliseconds until the server has forgotten an upload.
const LIFE: f64 = 24.0 * 3_600_000.0;

/// The entry of one file. Where the browser keeps nothing, there is none, and uploads begin anew.
pub(super) struct Kept {
    name: String,
}

impl Kept {
    pub(super) fn of(file: &File, post: &str) -> Kept {
        let (size, changed) = (file.size(), file.last_modified());
        Kept { name: format!("{PREFIX}{post}:{size}:{changed}:{}", file.name()) }
    }

    /// The address of the upload.
    pub(super) fn find(&self) -> Option<String> {
        let entry = storage()?.get_item(&self.name).ok().flatten()?;
        read(&entry).map(str::to_owned)
    }

    pub(super) fn keep(&self, place: &str) {
        let Some(storage) = storage() else { return };
        sweep(&storage);
        // It may be full.
        let _ = storage.set_item(&self.name, &format!("{} {place}", Date::now() + LIFE));
    }

    pub(super) fn forget(&self) {
        if let Some(storage) = storage() {
            let _ = storage.remove_item(&self.name);
        }
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

/// The address in an entry, until its time is over.
fn read(entry: &str) -> Option<&str> {
    let (end, place) = entry.split_once(' ')?;
    end.parse::<f64>().ok().filter(|end| *end > Date::now())?;
    Some(place)
}

/// Removes what nobody can go on with.
fn sweep(storage: &Storage) {
    let names = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok().flatten());
    for name in names.filter(|name| name.starts_with(PREFIX)).collect::<Vec<_>>() {
        let entry = storage.get_item(&name).ok().flatten();
        if entry.is_some_and(|entry| read(&entry).is_none()) {
            let _ = storage.remove_item(&name);
        }
    }
}
