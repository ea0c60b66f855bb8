//! HTTP tests: the whole router over a real database, asked by people with names.

mod access;
mod accounts;
mod cli;
mod conversations;
mod live;
mod matrix;
mod people;
mod preferences;
mod support;
