//! Ways in: invitations, and requests that a director decides on.
//!
//! A code is stored as a hash and shown once. A request tells its sender nothing: it is never compared with children
//! or accounts while the sender waits for the answer.

mod decisions;
mod invitations;
mod join;
mod matching;
mod requests;

pub use decisions::{Decision, decide, undo};
pub use invitations::{
    Made, NewGuardian, NewStaff, find_letter, invite_guardian, invite_staff, renew_invitation, revoke_invitation,
};
pub(crate) use invitations::{invitation_line, join_url, write_invitation};
pub use join::{Join, accept, join, read_invitation};
pub use requests::{NewRequest, find_request_form, list_queue, request_access};

use crate::{Portal, Result, live};
use model::{SchoolId, live::LiveEvent};
use store::Write;

/// Tells the school's directors that the number of waiting requests has changed.
async fn tell_directors(write: &mut Write, portal: &Portal, school: SchoolId) -> Result<()> {
    let directors = write.list_directors(school).await?;
    live::tell(write, portal, &directors, LiveEvent::Counts).await
}
