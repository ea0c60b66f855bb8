//! What a server function answers when it does not do what was asked.
//!
//! The texts for people are made from these codes in the interface's language; nothing internal is ever in them.

use serde::{Deserialize, Serialize};

/// An answer other than success. Its HTTP status is [`ApiError::status`], decided here and nowhere else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ApiError {
    /// Nobody is signed in.
    SignedOut,
    /// Unknown, or known but not for this reader: the answer is the same.
    NotFound,
    /// Some fields of the form can't be accepted.
    Invalid { fields: Vec<FieldProblem> },
    /// The thing has changed in the meantime, or is in a state that does not allow this.
    Conflict { reason: Conflict },
    /// Too many tries; come back after so many seconds.
    TooMany { retry_after: u32 },
    /// The server has more work than it can take; come back after so many seconds.
    Busy { retry_after: u32 },
    /// The request is not one that our pages make.
    Malformed,
    /// The file or form is larger than allowed.
    TooLarge,
    /// The server can't be reached (made by the browser, never sent).
    Offline,
    /// Something broke on the server; it is in the log under this reference.
    Internal { reference: String },
}

/// Why something can't be done in its present state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Conflict {
    /// E-mail or password is wrong (which of the two is not told).
    WrongCredentials,
    /// The code is unknown, used, expired or withdrawn (which is not told).
    CodeNotValid,
    /// The invitation's e-mail address has an account: sign in first.
    AccountExists,
    /// Somebody changed this after the page was opened.
    ChangedMeanwhile,
    /// The picture check has open questions.
    PictureCheckOpen,
    /// A picture shows a child whose answer is not yes.
    PictureNotAllowed,
    /// A photo is still being worked on.
    MediaNotReady,
    /// A photo could not be used; remove it first.
    MediaFailed,
    /// The post has as many photos as it may have.
    TooManyPhotos,
    /// The answer is about an older version of the purpose.
    PurposeSuperseded,
    /// The portal itself acts on this purpose.
    PurposeNeeded,
    /// Somebody else decides: the pupil from 16 years on, before that the guardians.
    NotTheirs,
    /// The guardian has no custody, and does not decide.
    NoCustody,
    /// The child has not left the school.
    ChildIsHere,
    /// A decision has been taken already.
    AlreadyDecided,
    /// The last director can't go.
    LastDirector,
    /// Nobody is left on the other side of the conversation.
    NobodyElse,
    /// What was written can no longer be changed.
    TooLate,
    /// Nobody is left of those for whom the post is meant.
    NobodyReads,
    /// The guardians were reminded less than a day ago.
    RemindedToday,
    /// The poll has closed.
    PollClosed,
}

/// What is wrong with one field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldProblem {
    /// The `name` of the form field.
    pub field: String,
    pub problem: Problem,
}

/// Why a value can't be accepted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Problem {
    Required,
    /// More characters than `max`.
    TooLong {
        max: u32,
    },
    /// Fewer characters than `min`.
    TooShort {
        min: u32,
    },
    /// Control characters or characters that turn the direction of text around.
    StrangeCharacters,
    NotAnEmail,
    /// A password that is guessed easily.
    EasyPassword,
    /// Not one of the choices.
    NotAChoice,
    /// A moment that is past, or before what it has to come after.
    TooEarly,
    /// No whole number from `min` to `max`.
    OutOfRange {
        min: u32,
        max: u32,
    },
    /// Less of a picture than `min` pixels on a side.
    TooFewPixels {
        min: u32,
    },
    /// A file that can't be used; the code is one of `media`'s.
    File {
        code: String,
    },
}

impl ApiError {
    /// The HTTP status that goes with the answer.
    pub fn status(&self) -> u16 {
        match self {
            ApiError::SignedOut => 401,
            ApiError::NotFound => 404,
            ApiError::Invalid { .. } => 422,
            ApiError::Conflict { reason: Conflict::WrongCredentials } => 401,
            ApiError::Conflict { .. } => 409,
            ApiError::TooMany { .. } => 429,
            ApiError::Busy { .. } => 503,
            ApiError::Malformed => 400,
            ApiError::TooLarge => 413,
            ApiError::Offline => 503,
            ApiError::Internal { .. } => 500,
        }
    }

    pub fn conflict(reason: Conflict) -> ApiError {
        ApiError::Conflict { reason }
    }

    /// One field can't be accepted.
    pub fn field(field: &str, problem: Problem) -> ApiError {
        ApiError::Invalid { fields: vec![FieldProblem { field: field.to_owned(), problem }] }
    }

    /// The problem of a field, if this error is about it.
    pub fn problem_of(&self, field: &str) -> Option<&Problem> {
        match self {
            ApiError::Invalid { fields } => fields.iter().find(|f| f.field == field).map(|f| &f.problem),
            _ => None,
        }
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

impl std::error::Error for ApiError {}
