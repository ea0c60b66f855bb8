//! Everything that must hold before a change is taken: style, lints, tests on both databases, house rules, size budget,
//! and the product in a browser.

use crate::{
    browser::{self, Engine},
    editor,
    postgres::{self, Postgres},
    process,
    report::{duration, step},
    s3::{self, S3},
    tools::WASM_TARGET,
    web::{self, VIEW_FLAGS},
    workspace::Workspace,
};
use anyhow::{Result, bail};
use std::time::Instant;

/// What passed and what failed, over all tools.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Tally {
    pub passed: u64,
    pub failed: u64,
    /// What failed, one line each.
    pub failures: Vec<String>,
}

impl Tally {
    /// Runs a step that counts as one test; the next ones run whatever comes of it. False when it failed.
    fn one(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<bool> {
        let result = step(name, work);
        process::check_interrupted()?;
        match result {
            Ok(()) => {
                self.passed += 1;
                Ok(true)
            }
            Err(error) => {
                eprintln!("   {error:#}");
                self.failed += 1;
                self.failures.push(name.to_owned());
                Ok(false)
            }
        }
    }

    /// Runs a step that runs many tests; one that breaks down counts as one failure.
    fn many(&mut self, name: &str, work: impl FnOnce() -> Result<Tally>) -> Result<()> {
        let result = step(name, work);
        process::check_interrupted()?;
        match result {
            Ok(tally) => {
                self.passed += tally.passed;
                self.failed += tally.failed;
                self.failures.extend(tally.failures.into_iter().map(|failure| format!("{name}: {failure}")));
            }
            Err(error) => {
                eprintln!("   {error:#}");
                self.failed += 1;
                self.failures.push(name.to_owned());
            }
        }
        Ok(())
    }
}

pub fn command(arguments: &[String]) -> Result<()> {
    let mut with_browser = true;
    for argument in arguments {
        match argument.as_str() {
            "--no-browser" => with_browser = false,
            other => bail!("test: no option `{other}`"),
        }
    }
    let begin = Instant::now();
    let workspace = Workspace::find()?;
    let mut tally = Tally::default();
    check(&workspace, with_browser, &mut tally)?;
    println!("-- in {}", duration(begin.elapsed()));
    for failure in &tally.failures {
        println!("   failed: {failure}");
    }
    println!("{} passed, {} failed", tally.passed, tally.failed);
    if tally.failed > 0 {
        bail!("{} failed", tally.failed);
    }
    Ok(())
}

fn check(workspace: &Workspace, with_browser: bool, tally: &mut Tally) -> Result<()> {
    let nextest = workspace.nextest()?;
    workspace.web_tools()?;
    workspace.debian_programs(&[
        ("heif-convert", "libheif-examples"),
        ("ffmpeg", "ffmpeg"),
        // Daemons are not on everybody's PATH.
        ("/usr/sbin/clamd", "clamav-daemon"),
    ])?;
    if with_browser {
        workspace.debian_programs(&[("chromium", "chromium")])?;
        workspace.npm_ci("end2end")?;
    }

    tally.one("format", || process::run(workspace.cargo().args(["fmt", "--all", "--check"])))?;
    tally.one("lints", || {
        let mut clippy = workspace.cargo();
        clippy.args(["clippy", "--quiet", "--locked", "--workspace", "--all-targets", "--", "-D", "warnings"]);
        process::run(&mut clippy)
    })?;
    tally.one("lints of the browser's part", || {
        let mut clippy = workspace.cargo();
        clippy.args(["clippy", "--quiet", "--locked", "--package", "app", "--no-default-features"]);
        clippy.args(["--features", "hydrate", "--target", WASM_TARGET, "--", "-D", "warnings"]);
        process::run(&mut clippy)
    })?;

    tally.many("the editor of posts", || editor::test(workspace))?;

    let postgres = step("start PostgreSQL", || Postgres::start(workspace))?;
    let s3 = step("start the S3 test server", || S3::start(workspace))?;
    tally.many("tests", || {
        let mut command = workspace.cargo_like(&nextest);
        command.args(["nextest", "run", "--workspace", "--locked", "--no-fail-fast", "--color", "never"]);
        command.args(["--status-level", "slow", "--final-status-level", "fail"]);
        command.env(postgres::VARIABLE, &postgres.url).env(s3::VARIABLE, &s3.url);
        let (_, text) = process::run_and_read_errors(&mut command)?;
        nextest_summary(&text)
    })?;
    drop(s3);

    let mut bundle = None;
    let built = tally.one("browser bundle", || {
        bundle = Some(web::build(workspace, false)?);
        Ok(())
    })?;
    if let Some(bundle) = &bundle {
        tally.one("size budget", || bundle.check(workspace))?;
    }
    if !with_browser {
        println!("-- not run: the product in a browser (--no-browser)");
        return Ok(());
    }
    let served = tally.one("release build of the server", || workspace.build_server())?;
    if built && served {
        tally.many("in the browser, on SQLite", || browser::test(workspace, &Engine::Sqlite))?;
        let url = postgres.create_database("browser")?;
        tally.many("in the browser, on PostgreSQL", || browser::test(workspace, &Engine::Postgres(url)))?;
    } else {
        println!("-- not run: the product in a browser (nothing to run)");
    }
    Ok(())
}

impl Workspace {
    /// The server's release binary.
    pub fn build_server(&self) -> Result<()> {
        let mut cargo = self.cargo();
        cargo.args(["build", "--quiet", "--release", "--locked", "--package", "server", "--bin", "ikker"]);
        process::run(cargo.env("RUSTFLAGS", VIEW_FLAGS).env_remove("CARGO_ENCODED_RUSTFLAGS"))
    }
}

/// Reads nextest's last word: `Summary [ 1.2s] 10 tests run: 9 passed (1 slow), 1 failed, 2 skipped`.
fn nextest_summary(text: &str) -> Result<Tally> {
    let Some(summary) = text.lines().rev().find(|line| line.trim_start().starts_with("Summary [")) else {
        bail!("the tests can't be run: see above");
    };
    let words: Vec<&str> = summary.split_whitespace().collect();
    let before = |word: &str| {
        let at = words.iter().position(|other| other.trim_end_matches([',', ':']) == word)?;
        words.get(at.checked_sub(1)?)?.trim_matches('(').parse::<u64>().ok()
    };
    // "10" or, when stopped before the end, "7/10".
    let all = words.iter().position(|word| matches!(*word, "tests" | "test")).and_then(|at| at.checked_sub(1));
    let all = all.and_then(|at| words[at].rsplit('/').next()?.parse::<u64>().ok());
    let (Some(all), passed) = (all, before("passed").unwrap_or(0)) else {
        bail!("the runner's summary is not understood: {summary}");
    };
    let failed = all.saturating_sub(passed);
    let mut failures: Vec<String> = Vec::new();
    for line in text.lines().skip_while(|line| !line.trim_start().starts_with("Summary [")) {
        let mut words = line.split_whitespace();
        let status = words.next().unwrap_or_default();
        if matches!(status, "FAIL" | "SIGABRT" | "SIGSEGV" | "TIMEOUT" | "LEAK-FAIL") {
            failures.push(line.split(']').next_back().unwrap_or(line).trim().to_owned());
        }
    }
    Ok(Tally { passed, failed, failures })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_runners_summary_is_read() {
        let text = "
            PASS [   0.004s] store::it accounts
     Summary [  12.305s] 10 tests run: 8 passed (1 slow), 2 failed, 3 skipped
        FAIL [   0.103s] (7/10) media::it hostile::bombs
        TIMEOUT [   0.103s] ( 8/10) media::it hostile::loops
error: test run failed";
        let tally = nextest_summary(text).expect("read");
        assert_eq!((tally.passed, tally.failed), (8, 2));
        assert_eq!(tally.failures, ["(7/10) media::it hostile::bombs", "( 8/10) media::it hostile::loops"]);
    }

    #[test]
    fn a_run_without_failures_is_read() {
        let tally = nextest_summary("     Summary [   0.1s] 1 test run: 1 passed, 0 skipped").expect("read");
        assert_eq!((tally.passed, tally.failed), (1, 0));
    }

    #[test]
    fn tests_that_do_not_compile_are_a_failure() {
        assert!(nextest_summary("error: could not compile `store`").is_err());
    }
}
