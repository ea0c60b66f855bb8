//! HTTP tests: the whole router over a real database, asked by people with names.

mod accounts;
mod conversations;
mod live;
mod matrix;
mod preferences;
mod support;
