//! The rules of Ikker: who may see and do what, what follows from it, and nothing about HTTP or SQL.
//!
//! Every function that reads or changes something for somebody takes that somebody as an [`Actor`], and asks
//! [`policy`] before it answers. What is forbidden and what does not exist get the same answer.

pub mod access;
pub mod accounts;
mod actor;
pub mod albums;
pub mod audit;
mod body;
pub mod check;
pub mod clock;
pub mod comments;
pub mod conversations;
mod error;
pub mod gate;
pub mod jobs;
pub mod links;
pub mod live;
pub mod mail;
pub mod mail_html;
pub mod markdown;
pub mod media;
pub mod moments;
pub mod operator;
pub mod passwords;
pub mod people;
pub mod policy;
mod portal;
pub mod posts;
pub mod preferences;
pub mod readers;
pub mod resumable;
pub mod reviews;
pub mod scan;
pub mod search;
pub mod secrets;
pub mod tags;
pub mod uploads;
pub mod views;

pub use actor::Actor;
pub use error::{Error, Result};
pub use portal::{Portal, PortalParts};
