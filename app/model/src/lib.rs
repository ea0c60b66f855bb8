//! What browser and server say to each other: ids, roles, validation, the post document and the wire types.
//!
//! Nothing here does input or output; the only dependencies are serde and the UUID type.

pub mod access;
pub mod account;
pub mod album;
pub mod check;
pub mod comment;
pub mod consent;
pub mod conversation;
pub mod coverage;
pub mod document;
pub mod error;
pub mod feed;
pub mod ids;
pub mod live;
pub mod media;
pub mod options;
pub mod people;
pub mod purposes;
pub mod readers;
pub mod review;
pub mod roles;
pub mod search;
pub mod time;
pub mod views;

pub use error::{ApiError, Problem};
pub use ids::*;
pub use time::{Moment, Time};
