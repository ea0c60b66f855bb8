//! Parsers of outside input under libFuzzer, with the compiler of the project: its coverage needs no nightly one.

use crate::{files, process, report::step, workspace::Workspace};
use anyhow::{Result, bail};

/// Names of `fuzz/fuzz_targets`.
const TARGETS: [&str; 3] = ["markdown", "document", "file"];
/// Seconds for each target, when nothing is said.
const SECONDS: u32 = 60;
/// Coverage as libFuzzer reads it.
const COVERAGE: [&str; 7] = [
    "--cfg=fuzzing",
    "-Ccodegen-units=1",
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

pub fn command(arguments: &[String]) -> Result<()> {
    let mut targets = Vec::new();
    let mut seconds = SECONDS;
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--seconds" => match rest.next().and_then(|text| text.parse().ok()) {
                Some(number) if number > 0 => seconds = number,
                _ => bail!("fuzz: --seconds needs a number"),
            },
            name => match TARGETS.iter().find(|target| **target == name) {
                Some(target) => targets.push(*target),
                None => bail!("fuzz: no target `{name}`: there are {}", TARGETS.join(", ")),
            },
        }
    }
    if targets.is_empty() {
        targets = TARGETS.to_vec();
    }
    let workspace = Workspace::find()?;
    workspace.debian_programs(&[("c++", "g++")])?;
    let host = host()?;
    let built = workspace.target.join("fuzz");
    step("build with coverage", || {
        let mut cargo = workspace.cargo();
        // With a target named, programs that run during the build are built without coverage.
        cargo.args([
            "build",
            "--quiet",
            "--release",
            "--bins",
            "--target",
            &host,
            "--manifest-path",
            "fuzz/Cargo.toml",
        ]);
        cargo.env("CARGO_TARGET_DIR", &built).env_remove("RUSTFLAGS");
        process::run(cargo.env("CARGO_ENCODED_RUSTFLAGS", COVERAGE.join("\u{1f}")))
    })?;
    for target in targets {
        step(&format!("{target}: {seconds} s"), || {
            // What was found interesting is where the next run begins.
            let corpus = workspace.cache.join("fuzz").join(target);
            files::make(&corpus)?;
            let mut fuzzer = std::process::Command::new(built.join(&host).join("release").join(target));
            fuzzer.arg(&corpus).arg(format!("-max_total_time={seconds}"));
            fuzzer.args(["-timeout=10", "-rss_limit_mb=2048", "-print_final_stats=1", "-verbosity=0"]);
            fuzzer.arg(format!("-artifact_prefix={}/found-", workspace.cache.join("fuzz").display()));
            process::run(&mut fuzzer)
        })?;
    }
    Ok(())
}

/// The compiler's name for this machine.
fn host() -> Result<String> {
    let text = process::output(std::process::Command::new("rustc").arg("-vV"))?;
    match text.lines().find_map(|line| line.strip_prefix("host: ")) {
        Some(host) => Ok(host.to_owned()),
        None => bail!("rustc does not say for which machine it builds"),
    }
}
