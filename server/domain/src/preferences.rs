//! Image preferences: for what a school asks, what guardians answer, what follows from it, and what staff read of it.

mod answering;
mod asking;
mod coverage;
mod editing;
mod erasure;
mod exports;
mod history;
mod lists;
mod paper;
mod purposes;
mod record;
mod withdrawal;

pub use answering::{answer, find_preferences, list_open};
pub use asking::{remind_open, remind_yearly};
pub use coverage::find_coverage;
pub use editing::{
    Outcome, add_purpose, end_purpose, find_purpose, list_purposes, new_purpose, preview, publish_purpose,
};
pub use erasure::{erase, list_former};
pub use exports::{ListFile, ListFormat, export_group, export_school};
pub use history::{find_history, find_receipt};
pub use lists::{find_group_preferences, record_print};
pub(crate) use paper::find_paper_forms;
pub use paper::{PaperForm, Scan, begin_scan, open_form, record_form};
pub use purposes::create_shipped_purposes;
pub use record::{NewAnswer, Verified, append, verify};
pub(crate) use withdrawal::{Decided, Standing, follow_change, tell_pictures_changed};

use crate::{
    Actor, Error, Result,
    policy::{self, Action, Target},
};
use model::{ChildId, GroupId, PurposeId};
use store::{ChildRow, PurposeRow, Read};

fn target(child: &ChildRow) -> Target {
    Target::Child { school: child.school_id, child: child.id, group: child.group_id.map(GroupId) }
}

/// The child, if the actor may do this about it.
async fn find_child(read: &mut Read, actor: &Actor, child: ChildId, action: Action) -> Result<ChildRow> {
    let child = read.find_child(child).await?.ok_or_else(Error::not_found)?;
    policy::require(actor, action, target(&child))?;
    Ok(child)
}

fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

fn ids_of(purposes: &[PurposeRow]) -> Vec<PurposeId> {
    purposes.iter().map(|purpose| purpose.id).collect()
}
