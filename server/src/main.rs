//! `ikker`: one binary, several commands.

#![recursion_limit = "512"]

use clap::Parser as _;
use server::cli::{Cli, run};
use std::process::ExitCode;

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
