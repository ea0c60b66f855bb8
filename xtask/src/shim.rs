//! Stands in for `wasm-bindgen` while Trunk builds: Trunk knows no code splitting, so the program is split first, and the
//! real `wasm-bindgen` gets what is left as the main part.

use anyhow::{Context as _, Result, bail};
use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::Command,
};

/// The name under which `xtask` is called to be the shim.
pub const NAME: &str = "wasm-bindgen";

const REAL: &str = "IKKER_SHIM_WASM_BINDGEN";
const SPLIT: &str = "IKKER_SHIM_WASM_SPLIT";
const PARTS: &str = "IKKER_SHIM_PARTS";

/// The name of the program: of `app.js`, `app_bg.wasm`.
const PROGRAM: &str = "app";

/// Makes a folder to put first on PATH, and gives the environment that the shim needs. The parts beside the main one, and
/// the script that loads them, come into `parts`.
pub fn prepare(
    folder: &Path,
    wasm_bindgen: &Path,
    wasm_split: &Path,
    parts: &Path,
) -> Result<Vec<(&'static str, OsString)>> {
    crate::files::renew(folder)?;
    let this = std::env::current_exe()?;
    std::os::unix::fs::symlink(&this, folder.join(NAME)).context("the wasm-bindgen shim can't be made")?;
    let path = std::env::var_os("PATH").unwrap_or_default();
    let path = std::env::join_paths(std::iter::once(folder.to_owned()).chain(std::env::split_paths(&path)))?;
    Ok(vec![("PATH", path), (REAL, wasm_bindgen.into()), (SPLIT, wasm_split.into()), (PARTS, parts.into())])
}

/// What Trunk calls: with `--version`, or with options and one input file.
pub fn run(arguments: &[String]) -> Result<()> {
    let variable = |name: &str| std::env::var_os(name).with_context(|| format!("{name} is not set"));
    let real = variable(REAL)?;
    let mut options: Vec<&str> = arguments.iter().map(String::as_str).collect();
    if let Some(at) = options.iter().position(|option| option.ends_with(".wasm")) {
        let input = options.remove(at);
        let parts = PathBuf::from(variable(PARTS)?);
        crate::files::renew(&parts)?;
        let mut split = Command::new(variable(SPLIT)?);
        call(split.arg(input).arg(&parts).args(["--target", "web", "--out-name", PROGRAM]))?;
        let main = parts.join(format!("{PROGRAM}.wasm"));
        let mut bindgen = Command::new(real);
        bindgen.args(options.iter().filter(|option| **option != "--no-typescript"));
        call(bindgen.args(["--keep-lld-exports", "--no-demangle", "--no-typescript"]).arg(&main))?;
        std::fs::remove_file(main)?;
        Ok(())
    } else {
        call(Command::new(real).args(&options))
    }
}

fn call(command: &mut Command) -> Result<()> {
    let name = command.get_program().to_string_lossy().into_owned();
    let status = command.status().with_context(|| format!("{name} can't be started"))?;
    if !status.success() {
        bail!("{name} failed ({status})");
    }
    Ok(())
}
