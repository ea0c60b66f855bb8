//! House rules that no compiler checks. `cargo xtask tidy` prints what breaks them; each is a test of its own as well.

use crate::{files, process, tools::WASM_TARGET, workspace::Workspace};
use anyhow::{Result, bail};
use std::path::PathBuf;

/// One house rule.
pub struct Rule {
    pub name: &'static str,
    check: fn(&Sources) -> Result<Vec<String>>,
}

pub const RULES: [Rule; 10] = [
    Rule { name: "only store contains SQL", check: only_store_contains_sql },
    Rule { name: "only config reads the environment", check: only_config_reads_the_environment },
    Rule { name: "no raw HTML and no inline style", check: no_raw_html },
    Rule { name: "pictures are shown through the gate", check: pictures_pass_the_gate },
    Rule { name: "server functions have fixed addresses", check: endpoints_are_fixed },
    Rule { name: "every text is used", check: every_text_is_used },
    Rule { name: "every icon exists", check: every_icon_exists },
    Rule { name: "nothing is left to do", check: nothing_is_left_to_do },
    Rule { name: "the browser's part reaches no server crates", check: browser_reaches_no_server_crates },
    Rule { name: "lock files name no host", check: lock_files_name_no_host },
];

pub fn command() -> Result<()> {
    let workspace = Workspace::find()?;
    let mut broken = 0;
    for rule in RULES {
        let found = rule.check(&workspace)?;
        println!("{} {}", if found.is_empty() { "kept  " } else { "BROKEN" }, rule.name);
        for line in &found {
            println!("         {line}");
        }
        broken += found.len();
    }
    if broken > 0 {
        bail!("house rules are broken in {broken} places");
    }
    Ok(())
}

impl Rule {
    /// What breaks the rule, one line each.
    pub fn check(&self, workspace: &Workspace) -> Result<Vec<String>> {
        (self.check)(&Sources::read(workspace)?)
    }
}

/// Rust sources of the product, and where they are.
struct Sources {
    root: PathBuf,
    /// Path relative to the root, and content.
    rust: Vec<(String, String)>,
}

impl Sources {
    fn read(workspace: &Workspace) -> Result<Sources> {
        let root = workspace.root.clone();
        let mut rust = Vec::new();
        for folder in ["app", "server"] {
            for file in files::list(&root.join(folder))? {
                let name = file.strip_prefix(&root)?.display().to_string();
                if files::extension(&file) == "rs" && !name.contains("/target/") {
                    rust.push((name, files::read_text(&file)?));
                }
            }
        }
        Ok(Sources { root, rust })
    }

    /// Lines of code with one of the words, in files that `of` picks.
    fn lines_with(&self, words: &[&str], of: impl Fn(&str) -> bool) -> Vec<String> {
        let mut found = Vec::new();
        for (name, text) in self.rust.iter().filter(|(name, _)| of(name)) {
            for (number, line) in text.lines().enumerate() {
                let code = line.trim_start();
                if !code.starts_with("//") && words.iter().any(|word| code.contains(word)) {
                    found.push(format!("{name}:{}: {code}", number + 1));
                }
            }
        }
        found
    }
}

fn is_test(name: &str) -> bool {
    name.contains("/tests/") || name.ends_with("/tests.rs")
}

fn only_store_contains_sql(sources: &Sources) -> Result<Vec<String>> {
    let mut found =
        sources.lines_with(&["sqlx::", "use sqlx"], |name| !name.starts_with("server/store/") && !is_test(name));
    for manifest in ["app/Cargo.toml", "app/model/Cargo.toml", "server/Cargo.toml", "server/domain/Cargo.toml"] {
        let table: toml::Table = files::read_text(&sources.root.join(manifest))?.parse()?;
        if table.get("dependencies").and_then(|all| all.get("sqlx")).is_some() {
            found.push(format!("{manifest} depends on sqlx"));
        }
    }
    Ok(found)
}

fn only_config_reads_the_environment(sources: &Sources) -> Result<Vec<String>> {
    let words = ["env::var", "env::set_var", "env::remove_var"];
    Ok(sources.lines_with(&words, |name| {
        name != "server/src/config.rs" && !is_test(name) && !name.ends_with("/build.rs") && !name.contains("/examples/")
    }))
}

/// A page shows what is a `Picture`, and the browser fetches what the media store gives out: the one is made, and the other
/// opened for a reader, where the gate's word is asked for.
fn pictures_pass_the_gate(sources: &Sources) -> Result<Vec<String>> {
    const MADE: &str = "server/domain/src/media.rs";
    /// What opens files for readers, and what works on them itself.
    const OPENED: [&str; 4] = ["media/opening.rs", "media/editing.rs", "media/work.rs", "resumable.rs"];
    let is_product =
        |name: &str| !is_test(name) && !name.starts_with("app/model/") && !name.starts_with("server/media/");
    let made = sources.lines_with(&[" Picture {", "media::Picture {"], |name| is_product(name) && name != MADE);
    // Taking one apart is not making one.
    let made = made.into_iter().filter(|line| !line.contains("let Picture {") && !line.contains("struct Picture {"));
    let is_reader = |name: &str| is_product(name) && name.starts_with("server/domain/");
    let opened = sources.lines_with(&["files.get(", "get_opts(", "get_range("], |name| {
        is_reader(name) && !OPENED.iter().any(|opened| name.ends_with(opened))
    });
    Ok(made.chain(opened).collect())
}

fn no_raw_html(sources: &Sources) -> Result<Vec<String>> {
    Ok(sources.lines_with(&["inner_html", "set_inner_html", "insert_adjacent_html", " style=", " style:"], |name| {
        name.starts_with("app/src/")
    }))
}

fn endpoints_are_fixed(sources: &Sources) -> Result<Vec<String>> {
    let attributes = sources.lines_with(
        &["#[server(endpoint", "#[server(input", "#[server(name", "#[server(prefix", "#[server]"],
        |name| name.starts_with("app/src/"),
    );
    Ok(attributes.into_iter().filter(|line| !line.contains("endpoint = \"")).collect())
}

fn every_text_is_used(sources: &Sources) -> Result<Vec<String>> {
    let mut code = String::new();
    for (name, text) in &sources.rust {
        if !name.starts_with("app/texts/") {
            code.push_str(text);
        }
    }
    let mut found = Vec::new();
    for file in files::list(&sources.root.join("app/locales/nl"))? {
        let area = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let table: toml::Table = files::read_text(&file)?.parse()?;
        for key in table.keys() {
            if !mentions(&code, &format!("{area}::{}", key.to_uppercase())) {
                found.push(format!("app/locales/nl/{area}.toml: `{key}` is used nowhere"));
            }
        }
    }
    Ok(found)
}

/// True when `path` stands in the code and no longer name begins with it.
fn mentions(code: &str, path: &str) -> bool {
    code.match_indices(path).any(|(at, _)| {
        let after = code[at + path.len()..].chars().next();
        after.is_none_or(|after| !after.is_alphanumeric() && after != '_')
    })
}

fn every_icon_exists(sources: &Sources) -> Result<Vec<String>> {
    let sprite = files::read_text(&sources.root.join("public/icons.svg"))?;
    let mut found = Vec::new();
    for line in sources.lines_with(&["icon(\""], |name| name.starts_with("app/src/")) {
        for call in line.split("icon(\"").skip(1) {
            let name = call.split('"').next().unwrap_or_default();
            if !sprite.contains(&format!("<symbol id=\"{name}\"")) {
                found.push(format!("{line}: no icon `{name}` in public/icons.svg"));
            }
        }
    }
    Ok(found)
}

fn nothing_is_left_to_do(sources: &Sources) -> Result<Vec<String>> {
    let words = ["TODO", "FIXME", "XXX:"];
    let mut found = Vec::new();
    for (name, text) in &sources.rust {
        for (number, line) in text.lines().enumerate() {
            if words.iter().any(|word| line.contains(word)) {
                found.push(format!("{name}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    Ok(found)
}

/// Crates that only the server may contain; `http` and `bytes` are types and may be anywhere.
const SERVER_CRATES: [&str; 8] = ["sqlx", "sqlx-core", "tokio", "axum", "hyper", "store", "domain", "media"];

fn browser_reaches_no_server_crates(sources: &Sources) -> Result<Vec<String>> {
    let workspace = Workspace { root: sources.root.clone(), ..Workspace::find()? };
    let mut found = Vec::new();
    for package in [&["model"][..], &["texts"], &["app", "--no-default-features", "--features", "hydrate"]] {
        let mut tree = workspace.cargo();
        tree.args(["tree", "--locked", "--offline", "--edges", "normal", "--prefix", "none", "--format", "{p}"]);
        tree.args(["--target", WASM_TARGET, "--package"]).args(package);
        for line in process::output(&mut tree)?.lines() {
            let name = line.split_whitespace().next().unwrap_or_default();
            if SERVER_CRATES.contains(&name) {
                found.push(format!("{} contains {name}", package[0]));
            }
        }
    }
    found.sort();
    found.dedup();
    Ok(found)
}

fn lock_files_name_no_host(sources: &Sources) -> Result<Vec<String>> {
    let mut found = Vec::new();
    for file in ["xtask/package-lock.json", "end2end/package-lock.json"] {
        let path = sources.root.join(file);
        if path.is_file() && files::read_text(&path)?.contains("\"resolved\": \"http") {
            found.push(format!("{file}: packages are tied to the registry they came from"));
        }
    }
    let lock = files::read_text(&sources.root.join("Cargo.lock"))?;
    // The index that cargo itself names in every lock file, whatever mirror serves it.
    let index = "registry+https://github.com/rust-lang/crates.io-index";
    let lines = lock.lines().filter(|line| line.starts_with("source = ") && !line.contains(index));
    found.extend(lines.map(|line| format!("Cargo.lock: {line}")));
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sources(files: &[(&str, &str)]) -> Sources {
        let rust = files.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect();
        Sources { root: Workspace::find().expect("found").root, rust }
    }

    fn holds(name: &str) {
        let rule = RULES.into_iter().find(|rule| rule.name == name).expect("named as in the list");
        let found = rule.check(&Workspace::find().expect("found")).expect("checked");
        assert!(found.is_empty(), "{name}:\n{}", found.join("\n"));
    }

    #[test]
    fn sql() {
        holds("only store contains SQL");
    }

    #[test]
    fn environment() {
        holds("only config reads the environment");
    }

    #[test]
    fn gate() {
        holds("pictures are shown through the gate");
        let around =
            [("server/domain/src/x.rs", "let shown = Picture { id };"), ("server/domain/src/y.rs", "a.files.get(b)")];
        assert_eq!(pictures_pass_the_gate(&sources(&around)).expect("checked").len(), 2);
    }

    #[test]
    fn raw_html() {
        holds("no raw HTML and no inline style");
    }

    #[test]
    fn endpoints() {
        holds("server functions have fixed addresses");
    }

    #[test]
    fn texts() {
        holds("every text is used");
    }

    #[test]
    fn icons() {
        holds("every icon exists");
    }

    #[test]
    fn unfinished() {
        holds("nothing is left to do");
    }

    #[test]
    fn crates_of_the_browser() {
        holds("the browser's part reaches no server crates");
    }

    #[test]
    fn lock_files() {
        holds("lock files name no host");
    }

    #[test]
    fn a_word_in_a_comment_breaks_no_rule() {
        let of = |line: &str| sources(&[("server/src/jobs.rs", line)]);
        let found = |line: &str| only_config_reads_the_environment(&of(line)).expect("checked");
        assert_eq!(found("// never env::var here"), Vec::<String>::new());
        assert_eq!(found("let x = std::env::var(\"X\");"), ["server/src/jobs.rs:1: let x = std::env::var(\"X\");"]);
    }

    #[test]
    fn a_longer_name_is_no_mention() {
        assert!(!mentions("feed::EMPTY_LEAD", "feed::EMPTY"));
        assert!(mentions("feed::EMPTY_LEAD, feed::EMPTY)", "feed::EMPTY"));
    }

    #[test]
    fn an_address_by_chance_is_found() {
        let found = endpoints_are_fixed(&sources(&[("app/src/api/x.rs", "#[server(input = GetUrl)]")]));
        assert_eq!(found.expect("checked").len(), 1);
    }
}
