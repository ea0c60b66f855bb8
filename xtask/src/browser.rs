//! Playwright: the release server with demo data, driven by a real browser.

use crate::{files, process, test::Tally, workspace::Workspace};
use anyhow::{Context as _, Result, bail};
use serde_json::Value;

/// The database that the server runs on.
pub enum Engine {
    Sqlite,
    /// An empty database.
    Postgres(String),
}

/// Runs the suite; a second engine runs what depends on one.
pub fn test(workspace: &Workspace, engine: &Engine) -> Result<Tally> {
    let name = match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres(_) => "postgres",
    };
    let results = workspace.target.join(format!("browser-{name}.json"));
    let mut playwright = workspace.npm("end2end");
    playwright.args(["exec", "--", "playwright", "test", "--reporter=list,json"]);
    playwright.env("PLAYWRIGHT_JSON_OUTPUT_FILE", &results).env("IKKER_E2E_ENGINE", name);
    playwright.env("IKKER_E2E_SERVER", workspace.server()).env("IKKER_SITE_DIR", workspace.site());
    if let Engine::Postgres(url) = engine {
        playwright.env("IKKER_E2E_DATABASE_URL", url);
    }
    if results.is_file() {
        std::fs::remove_file(&results)?;
    }
    let fine = process::succeeds(&mut playwright)?;
    let text = files::read_text(&results).context("Playwright broke down: see above")?;
    let tally = read(&serde_json::from_str(&text)?)?;
    if !fine && tally.failed == 0 {
        bail!("Playwright broke down: see above");
    }
    Ok(tally)
}

/// Counts what Playwright's JSON report says. A test that passed at its second attempt is a failure: it hides something.
fn read(report: &Value) -> Result<Tally> {
    let stats = report.get("stats").context("Playwright's report has no stats")?;
    let count = |name: &str| stats.get(name).and_then(Value::as_u64).unwrap_or(0);
    let mut failures = Vec::new();
    if let Some(suites) = report.get("suites").and_then(Value::as_array) {
        for suite in suites {
            failed_in(suite, &mut failures);
        }
    }
    Ok(Tally { passed: count("expected"), failed: count("unexpected") + count("flaky"), failures })
}

fn failed_in(suite: &Value, failures: &mut Vec<String>) {
    let list = |of: &Value, name: &str| of.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |of: &Value, name: &str| of.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    for inner in list(suite, "suites") {
        failed_in(&inner, failures);
    }
    for spec in list(suite, "specs") {
        for test in list(&spec, "tests") {
            if matches!(text(&test, "status").as_str(), "unexpected" | "flaky") {
                let project = text(&test, "projectName");
                failures.push(format!("{} {} ({project})", text(&spec, "file"), text(&spec, "title")));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_report_is_counted() {
        let spec = json!({ "file": "flows/sign-in.spec.ts", "title": "signs in", "tests": [
            { "projectName": "phone", "status": "unexpected" }, { "projectName": "desktop", "status": "expected" },
        ]});
        let report = json!({
            "stats": { "expected": 3, "unexpected": 1, "flaky": 1, "skipped": 2 },
            "suites": [{ "suites": [{ "specs": [spec] }] }],
        });
        let tally = read(&report).expect("read");
        assert_eq!((tally.passed, tally.failed), (3, 2));
        assert_eq!(tally.failures, ["flows/sign-in.spec.ts signs in (phone)"]);
    }
}
