//! Builds, runs, tests and measures the product: `cargo xtask help`.

mod bench;
mod browser;
mod editor;
mod files;
mod fuzz;
mod network;
mod postgres;
mod process;
mod report;
mod run;
mod s3;
mod shim;
mod size;
mod test;
mod tidy;
mod tools;
mod web;
mod workspace;

use anyhow::{Result, bail};
use std::process::ExitCode;

const HELP: &str = "\
cargo xtask COMMAND

  run [-- ARGUMENTS]         set up, build and serve the portal with a demo school; ARGUMENTS go to `ikker serve`
  test [--no-browser]        check everything; the last line says how much passed and failed
  bench [--quick]            measure speed, size and memory against references; --quick: about 3 minutes
  fuzz [TARGET…] [--seconds N]
                             feed parsers with what nobody typed: markdown, document, file
  tidy                       check the house rules only
  web [--dev] [--force]      build the browser bundle into the site folder and check its sizes;
                             --dev: quickly, without optimisation and compression
  postgres -- COMMAND ...    run a command with a throw-away PostgreSQL in IKKER_TEST_POSTGRES
";

fn main() -> ExitCode {
    let mut arguments: Vec<String> = std::env::args().collect();
    let name = arguments.remove(0);
    if name.ends_with(shim::NAME) {
        return finish(shim::run(&arguments));
    }
    process::catch_signals();
    finish(command(&arguments))
}

fn command(arguments: &[String]) -> Result<()> {
    let (command, rest) = match arguments.split_first() {
        None => ("help", arguments),
        Some((command, rest)) => (command.as_str(), rest),
    };
    match command {
        "bench" => bench::command(rest),
        "fuzz" => fuzz::command(rest),
        "run" => run::command(rest),
        "test" => test::command(rest),
        "tidy" => tidy::command(),
        "postgres" => postgres::command(rest),
        "web" => web::command(rest),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => bail!("no command `{other}`: see `cargo xtask help`"),
    }
}

fn finish(result: Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) if process::interrupted() => {
            eprintln!("xtask: stopped");
            ExitCode::from(130)
        }
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}
