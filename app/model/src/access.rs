//! Ways in: invitations and access requests.

use crate::{
    ids::{ChildId, InvitationId, RequestId},
    roles::{Relation, Scope, StaffRole},
    time::Moment,
    words,
};
use serde::{Deserialize, Serialize};

words! {
    /// How far an access request is.
    pub enum RequestState {
        Pending = "pending",
        /// A director asked something; waiting for an answer.
        Asked = "asked",
        Approved = "approved",
        Rejected = "rejected",
    }
}

/// What the request form needs: the schools of this server to choose from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestForm {
    /// Becomes the request's id, so that a form sent twice is one request.
    pub id: RequestId,
    pub schools: Vec<SchoolChoice>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SchoolChoice {
    pub slug: String,
    pub name: String,
}

/// The director's queue.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AccessQueue {
    pub open: Vec<RequestLine>,
    pub decided: Vec<DecidedLine>,
    /// The office prepares, a director decides.
    pub can_decide: bool,
    /// The reader's own last decision, as long as it can be taken back.
    pub undo: Option<UndoOffer>,
}

/// A decision that can still be taken back, over all requests it was made about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct UndoOffer {
    pub requests: Vec<RequestId>,
    pub state: RequestState,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestLine {
    pub id: RequestId,
    pub name: String,
    pub email: String,
    pub child_name: String,
    pub relation: Relation,
    pub message: String,
    pub at: Moment,
    pub state: RequestState,
    /// The question asked, when one was.
    pub question: Option<String>,
    /// Children of the roster that look like the one named, best first.
    pub matches: Vec<RosterMatch>,
    /// Another open request has the same e-mail address.
    pub is_repeated: bool,
}

impl RequestLine {
    /// The child chosen for approval when nobody chooses: the only exact match.
    pub fn default_child(&self) -> Option<ChildId> {
        let mut exact = self.matches.iter().filter(|found| found.grade == MatchGrade::Exact);
        match (exact.next(), exact.next()) {
            (Some(only), None) => Some(only.child),
            _ => None,
        }
    }
}

words! {
    /// What a director does with requests.
    pub enum Verdict {
        Approve = "approve",
        Ask = "ask",
        Reject = "reject",
    }
}

words! {
    /// How well a child of the roster fits the name in a request.
    pub enum MatchGrade {
        Exact = "exact",
        Similar = "similar",
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RosterMatch {
    pub child: ChildId,
    pub name: String,
    pub group: Option<String>,
    pub grade: MatchGrade,
    /// The child's guardians with an account, for a director to judge.
    pub guardians: Vec<KnownGuardian>,
}

/// A guardian of the child named in a request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownGuardian {
    pub name: String,
    pub scope: Scope,
    /// Has the requester's name or e-mail address.
    pub is_requester: bool,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DecidedLine {
    pub id: RequestId,
    pub name: String,
    pub child_name: String,
    pub state: RequestState,
    pub reason: Option<String>,
    pub by: String,
    pub at: Moment,
    /// The decision can still be taken back.
    pub can_undo: bool,
}

/// What the holder of a valid code may know before joining.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct JoinPage {
    /// The code in its written form, for the next step of the form.
    pub code: String,
    pub school: String,
    /// Given name of the child, for a guardian's invitation.
    pub child: Option<String>,
    pub role: Option<StaffRole>,
    /// The name on the invitation.
    pub name: String,
    pub email: Option<String>,
    /// Somebody is signed in and would accept with this account.
    pub signed_in_as: Option<String>,
}

/// An invitation in a director's list. The code itself is shown once, when it is made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationLine {
    pub id: InvitationId,
    pub name: String,
    pub email: Option<String>,
    pub child: Option<String>,
    pub role: Option<StaffRole>,
    pub scope: Option<Scope>,
    pub expires: Moment,
    pub is_expired: bool,
}

/// The page of an invitation's letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterPage {
    pub invitation: InvitationLine,
    /// None in a browser that did not make the code, or made it long ago: only a new code can be shown.
    pub letter: Option<InvitationLetter>,
}

/// The letter for a new invitation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InvitationLetter {
    /// Tag of the language of the letter: the school's, not the reader's.
    pub lang: String,
    pub school: String,
    /// Written in groups of four.
    pub code: String,
    /// The address to open, without the code.
    pub address: String,
    pub qr: QrCode,
    /// In the letter's language.
    pub expires: Moment,
}

/// A QR code as one black path on a square of `size` units, quiet zone included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct QrCode {
    pub size: u32,
    /// For `<path d>`.
    pub path: String,
}
