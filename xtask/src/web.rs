//! The browser bundle: Trunk builds it, split into parts; then it is optimised, named by its content, compressed and
//! weighed.
//!
//! ```text
//! site/build.json            {"id": …}: what the server reads at its start
//! site/pkg/<id>/             app.js, app_bg.wasm, __wasm_split….js, split_….wasm, app.css, editor.js; each with .br and .gz
//! site/…                     what stands in public/
//! ```
//!
//! The folder of the build before stays, for pages that are still open while a new version starts.

use crate::{
    files, process,
    report::step,
    shim,
    size::{self, Budget},
    tools::{WASM_TARGET, WebTools},
    workspace::Workspace,
};
use anyhow::{Context as _, Result, bail};
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What the bundle is made from, relative to the workspace.
const INPUTS: [&str; 11] = [
    "app",
    "style",
    "public",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "rust-toolchain.toml",
    ".cargo/config.toml",
    "xtask/node",
    "xtask/src/web.rs",
    "xtask/package-lock.json",
];

/// What wasm-opt must not take away, and what rustc's output needs.
const WASM_FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// What makes the download smallest, as tried on this product: functions are not written out where they are called (the
/// download grew by 6 % with it), and functions of similar names stand side by side, where brotli finds them
/// alike.
const WASM_PASSES: [&str; 11] = [
    "-O2",
    "--one-caller-inline-max-function-size",
    "0",
    "--always-inline-max-function-size",
    "0",
    "--dae-optimizing",
    "--duplicate-import-elimination",
    "--duplicate-function-elimination",
    "--remove-unused-module-elements",
    "--vacuum",
    "--reorder-functions-by-name",
];

/// Views without their full types: the download is a tenth smaller, and compiles in a fraction of the time. The server's
/// pages and the browser's part fit together only when both are built with it (as `.cargo/config.toml` does for the rest).
pub const VIEW_FLAGS: &str = "--cfg erase_components";

/// Types of file that are worth compressing.
const COMPRESSIBLE: [&str; 10] = ["wasm", "js", "css", "svg", "html", "json", "txt", "webmanifest", "ico", "LICENSE"];

pub fn command(arguments: &[String]) -> Result<()> {
    let (mut dev, mut force) = (false, false);
    for argument in arguments {
        match argument.as_str() {
            "--dev" => dev = true,
            "--force" => force = true,
            other => bail!("web: no option `{other}`"),
        }
    }
    let workspace = Workspace::find()?;
    if force {
        files::remove(&workspace.site())?;
    }
    let built = build(&workspace, dev)?;
    if workspace.target != workspace.root.join("target") {
        println!("   for the server: IKKER_SITE_DIR={}", workspace.site().display());
    }
    if dev { Ok(()) } else { built.check(&workspace) }
}

/// A finished bundle.
pub struct Bundle {
    /// The folder under `pkg/`.
    pub folder: PathBuf,
}

impl Bundle {
    /// Prints every size, and fails when one is over the budget.
    pub fn check(&self, workspace: &Workspace) -> Result<()> {
        let budget = Budget::read(&workspace.root.join("xtask/budget.toml"))?;
        let over = size::check(&workspace.site(), &self.folder, &budget)?;
        if !over.is_empty() {
            bail!("over the size budget: {}", over.join(", "));
        }
        Ok(())
    }
}

/// Builds, unless the site folder already holds what the present sources make.
pub fn build(workspace: &Workspace, dev: bool) -> Result<Bundle> {
    let site = workspace.site();
    let mode = if dev { "dev" } else { "release" };
    let inputs = inputs(workspace, mode)?;
    if let Some(built) = read_build(&site)
        && built.get("inputs").and_then(Value::as_str) == Some(&inputs)
        && let Some(id) = built.get("id").and_then(Value::as_str)
        && site.join("pkg").join(id).is_dir()
    {
        println!("-- browser bundle: up to date ({id})");
        return Ok(Bundle { folder: site.join("pkg").join(id) });
    }
    let tools = workspace.web_tools()?;
    let stage = workspace.target.join("web");
    files::renew(&stage)?;
    let pkg = stage.join("pkg");
    step(&format!("browser bundle: Rust to WebAssembly ({mode})"), || compile(workspace, &tools, &stage, dev))?;
    step("browser bundle: style", || {
        let mut style = node(workspace, "style.mjs");
        style.arg(workspace.root.join("style/main.css")).arg(pkg.join("app.css"));
        process::run(if dev { &mut style } else { style.arg("--minify") })
    })?;
    step("browser bundle: editor of posts", || process::run(node(workspace, "editor.mjs").arg(pkg.join("editor.js"))))?;
    if !dev {
        step("browser bundle: optimise", || optimise(workspace, &pkg))?;
    }
    let made = files::list(&pkg)?;
    let id = files::fingerprint(&pkg, &made, mode)?;
    if !dev {
        step("browser bundle: compress", || compress(workspace, &made))?;
    }
    let folder = place(workspace, &stage, &id, &inputs, dev)?;
    Ok(Bundle { folder })
}

/// A fingerprint of everything that the bundle is made from.
fn inputs(workspace: &Workspace, mode: &str) -> Result<String> {
    let mut all = Vec::new();
    for input in INPUTS {
        let path = workspace.root.join(input);
        if path.is_dir() { all.extend(files::list(&path)?) } else { all.push(path) }
    }
    files::fingerprint(&workspace.root, &all, mode)
}

fn read_build(site: &Path) -> Option<Value> {
    serde_json::from_slice(&fs::read(site.join("build.json")).ok()?).ok()
}

pub fn node(workspace: &Workspace, script: &str) -> Command {
    let mut command = Command::new("node");
    command.current_dir(&workspace.root).arg(workspace.root.join("xtask/node").join(script));
    command
}

/// Trunk, with the shim first on PATH; gathers what comes out into `stage/pkg`.
fn compile(workspace: &Workspace, tools: &WebTools, stage: &Path, dev: bool) -> Result<()> {
    // Trunk builds offline: it would look for its own updates otherwise. What is missing is fetched here.
    process::run_quietly(workspace.cargo().args(["fetch", "--locked", "--target", WASM_TARGET]))?;
    let parts = stage.join("parts");
    let dist = stage.join("trunk");
    let mut trunk = workspace.cargo_like(&tools.trunk);
    trunk.arg("build").arg("--dist").arg(&dist).args(["--offline", "--locked", "--log", "warn"]);
    if !dev {
        trunk.arg("--release");
    }
    trunk.env("CARGO_ENCODED_RUSTFLAGS", compile_flags(workspace)?.join("\x1f")).env("RUST_BACKTRACE", "0");
    for name in ["RUSTFLAGS", "LEPTOS_OUTPUT_NAME", "NO_COLOR"] {
        trunk.env_remove(name);
    }
    trunk.env("CARGO_TARGET_DIR", &workspace.target);
    // Trunk copies whatever snippets it finds there, also those of an earlier build.
    files::remove(&workspace.target.join("wasm-bindgen"))?;
    trunk.envs(shim::prepare(&stage.join("shim"), &tools.wasm_bindgen, &tools.wasm_split, &parts)?);
    process::run(&mut trunk)?;
    let pkg = stage.join("pkg");
    files::copy_all(&dist.join("pkg"), &pkg)?;
    files::copy_all(&parts, &pkg)
}

fn compile_flags(workspace: &Workspace) -> Result<Vec<String>> {
    // The splitter needs relocations.
    let mut flags = vec!["-Clink-args=--emit-relocs".to_owned()];
    flags.extend(VIEW_FLAGS.split(' ').map(str::to_owned));
    // Places of sources on this machine are in the messages of panics: nobody's business, and the same build everywhere.
    let mut places = vec![workspace.root.clone()];
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    if let Some(sources) = home.map(|home| home.join("registry/src"))
        && sources.is_dir()
    {
        for entry in fs::read_dir(&sources)? {
            places.push(entry?.path());
        }
    }
    flags.extend(places.iter().map(|place| format!("--remap-path-prefix={}=", place.display())));
    Ok(flags)
}

/// Optimises every part, and minifies the scripts.
fn optimise(workspace: &Workspace, pkg: &Path) -> Result<()> {
    let made = files::list(pkg)?;
    let of_type = |extension: &str| made.iter().filter(|path| files::extension(path) == extension).collect::<Vec<_>>();
    process::run(node(workspace, "minify.mjs").args(of_type("js")))?;
    let wasm_opt = workspace.root.join("xtask/node_modules/binaryen/bin/wasm-opt");
    process::in_parallel(&of_type("wasm"), |part| {
        let mut command = Command::new(&wasm_opt);
        process::run(command.args(WASM_FEATURES).args(WASM_PASSES).arg(part).arg("--output").arg(part))
    })
}

/// Writes a `.br` and a `.gz` beside each file.
fn compress(workspace: &Workspace, all: &[PathBuf]) -> Result<()> {
    let worth: Vec<&PathBuf> = all.iter().filter(|path| COMPRESSIBLE.contains(&files::extension(path))).collect();
    process::filter(&mut node(workspace, "compress.mjs"), &json!(worth).to_string()).map(drop)
}

/// Puts everything into the site folder; the server may be running on what is there.
fn place(workspace: &Workspace, stage: &Path, id: &str, inputs: &str, dev: bool) -> Result<PathBuf> {
    let site = workspace.site();
    let folder = site.join("pkg").join(id);
    let before = read_build(&site);
    let of_before = |key: &str| before.as_ref().and_then(|build| build.get(key)).and_then(Value::as_str);
    let previous = of_before("id").filter(|before| *before != id).or(of_before("previous")).map(str::to_owned);
    files::make(&site.join("pkg"))?;
    files::remove(&folder)?;
    fs::rename(stage.join("pkg"), &folder).with_context(|| format!("{} can't be moved", stage.display()))?;

    let public = workspace.root.join("public");
    let mut wanted = Vec::new();
    for file in files::list(&public)? {
        let target = site.join(file.strip_prefix(&public)?);
        files::copy(&file, &target)?;
        wanted.push(target);
    }
    if !dev {
        compress(workspace, &wanted)?;
    }
    for old in files::list(&site)? {
        let of_build = old.starts_with(site.join("pkg")) || old == site.join("build.json");
        let compressed =
            matches!(files::extension(&old), "br" | "gz") && !dev && wanted.contains(&old.with_extension(""));
        if !of_build && !compressed && !wanted.contains(&old) {
            fs::remove_file(&old)?;
        }
    }
    for entry in fs::read_dir(site.join("pkg"))? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name != id && Some(&name) != previous.as_ref() {
            files::remove(&entry.path())?;
        }
    }
    // Last, and at once: whoever reads it finds everything that it names.
    let build = json!({ "id": id, "previous": previous, "inputs": inputs });
    let written = site.join("build.json.new");
    files::write(&written, build.to_string())?;
    fs::rename(written, site.join("build.json"))?;
    Ok(folder)
}
