//! HTTP tests: the whole router over a real database, asked by people with names.

mod access;
mod accounts;
mod albums;
mod cli;
mod comments;
mod conversations;
mod documents;
mod films;
mod links;
mod live;
mod matrix;
mod media;
mod media_command;
mod people;
mod photo_edits;
mod post_answers;
mod post_audience;
mod post_options;
mod posts;
mod preferences;
mod readers;
mod scan;
mod search;
mod support;
mod uploads;
mod withdrawal;
