//! The crate from outside: made files in, derivatives out.

#![allow(clippy::unwrap_used, reason = "a failed unwrap is a failed test")]

mod colours;
mod documents;
mod films;
mod fixtures;
mod formats;
mod hidden;
mod hostile;
mod orientation;
mod support;
