//! Ids: UUID v7 in a type of their own each, so that a child's id can't be passed for a group's.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
        impl FromStr for $name {
            type Err = uuid::Error;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map($name)
            }
        }
        impl From<Uuid> for $name {
            fn from(id: Uuid) -> Self {
                $name(id)
            }
        }
        impl From<$name> for Uuid {
            fn from(id: $name) -> Uuid {
                id.0
            }
        }
    )*};
}

ids! {
    /// A school: the tenant that every other row belongs to.
    SchoolId,
    /// One human's login.
    AccountId,
    /// A device that is signed in.
    SessionId,
    /// A class in one school year, or the school group.
    GroupId,
    ChildId,
    /// The link between an account and a child.
    GuardianshipId,
    InvitationId,
    /// A request for access by somebody without an invitation.
    RequestId,
    PostId,
    CommentId,
    /// One of the answers that a poll offers.
    ChoiceId,
    MediaId,
    /// The files of a photo after it was turned or cropped: others than before.
    EditionId,
    /// One version of one image-preference purpose.
    PurposeId,
    ConversationId,
    MessageId,
    /// One answer about pictures, on record.
    AnswerId,
    /// A paper form with answers about pictures.
    FormId,
    /// A look through the published pictures that may show a child.
    ReviewId,
}
