//! The server: configuration, HTTP, the worker of the outbox. The rules are in `domain`, the pages in `app`.

#![recursion_limit = "512"]

pub mod cli;
pub mod config;
pub mod demo;
pub mod http;
pub mod jobs;
mod start;

pub use http::router;
pub use start::{Server, open_media, open_portal};
