//! The tests of the editor of posts (`app/editor`), by Node's own runner.

use crate::{files, process, test::Tally, web, workspace::Workspace};
use anyhow::{Context as _, Result, bail};
use std::{fs, process::Command};

/// Checks the types, which counts as a test, and runs all tests.
pub fn test(workspace: &Workspace) -> Result<Tally> {
    let folder = workspace.target.join("editor-tests");
    files::renew(&folder)?;
    let mut types = Command::new(workspace.root.join("xtask/node_modules/.bin/tsc"));
    process::run(types.arg("--project").arg(workspace.root.join("app/editor")))?;
    process::run(web::node(workspace, "editor.mjs").arg("--tests").arg(&folder))?;
    let results = folder.join("results.tap");
    let mut runner = Command::new("node");
    runner.current_dir(&folder).args(["--test", "--test-reporter=dot", "--test-reporter-destination=stdout"]);
    runner.arg("--test-reporter=tap").arg("--test-reporter-destination").arg(&results);
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if files::extension(&path) == "mjs" {
            runner.arg(path);
        }
    }
    let fine = process::succeeds(&mut runner)?;
    let tally = read(&files::read_text(&results).context("the runner broke down: see above")?)?;
    if !fine && tally.failed == 0 {
        bail!("the runner broke down: see above");
    }
    Ok(Tally { passed: tally.passed + 1, ..tally })
}

/// Counts what the runner's TAP says: `not ok 3 - name` of what failed, `# pass 10` and `# fail 1` at the end.
fn read(results: &str) -> Result<Tally> {
    let count = |word: &str| results.lines().find_map(|line| line.strip_prefix(word)?.trim().parse::<u64>().ok());
    let (Some(passed), Some(failed)) = (count("# pass "), count("# fail ")) else {
        bail!("the runner's results are not understood");
    };
    let failures = results.lines().filter_map(|line| line.trim_start().strip_prefix("not ok ").map(str::to_owned));
    Ok(Tally { passed, failed, failures: failures.collect() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_results_are_counted() {
        let results = "TAP version 13\nok 1 - lists\nnot ok 2 - links\n1..2\n# tests 2\n# pass 1\n# fail 1\n";
        let tally = read(results).expect("read");
        assert_eq!((tally.passed, tally.failed, tally.failures), (1, 1, vec!["2 - links".to_owned()]));
        assert!(read("SyntaxError").is_err());
    }
}
