//! `ikker`: one binary, several commands.

#![recursion_limit = "512"]

use clap::Parser as _;
use server::cli::{Cli, run};
use std::process::ExitCode;

/// A page is made of many small pieces: a quarter more of them a second than with the C library's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    match run(Cli::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // One clear line; the chain of causes is part of it.
            eprintln!("ikker: {error:#}");
            ExitCode::FAILURE
        }
    }
}
