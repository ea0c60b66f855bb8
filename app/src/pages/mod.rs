//! One file per route: what it fetches, and how it stands on the page.

pub mod compose;
pub mod drafts;
pub mod conversation;
pub mod conversations;
pub mod feed;
pub mod group_preferences;
pub mod not_found;
pub mod post;
pub mod preferences;
pub mod settings;
pub mod sign_in;
pub mod start_conversation;
