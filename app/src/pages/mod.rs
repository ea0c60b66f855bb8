//! One file per route: what it fetches, and how it stands on the page.

pub mod access;
pub mod albums;
pub mod audit;
pub mod check;
pub mod child;
pub mod compose;
pub mod conversation;
pub mod conversations;
pub mod drafts;
pub mod feed;
pub mod group_preferences;
pub mod join;
pub mod letter;
pub mod not_found;
pub mod people;
pub mod poll;
pub mod post;
pub mod post_staff;
pub mod preferences;
pub mod readers;
pub mod request_access;
pub mod search;
pub mod settings;
pub mod sign_in;
pub mod staff;
pub mod start_conversation;
