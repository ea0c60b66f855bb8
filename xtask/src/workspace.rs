//! Where things are: the workspace, cargo's target folder, the cache of tools.

use anyhow::{Context as _, Result};
use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

pub struct Workspace {
    pub root: PathBuf,
    /// Cargo's, with `CARGO_TARGET_DIR` honoured.
    pub target: PathBuf,
    /// `$IKKER_CACHE`, by default `~/.cache/ikker`: what is installed once for every checkout.
    pub cache: PathBuf,
}

impl Workspace {
    pub fn find() -> Result<Workspace> {
        // As cargo says when it runs this: two clones that share a target folder share the program, too.
        let package = std::env::var_os("CARGO_MANIFEST_DIR").context("run this as `cargo xtask`")?;
        let root = Path::new(&package).parent().context("xtask is in no workspace")?.to_owned();
        let target = match std::env::var_os("CARGO_TARGET_DIR") {
            Some(folder) => root.join(folder),
            None => root.join("target"),
        };
        let cache = match std::env::var_os("IKKER_CACHE") {
            Some(folder) => PathBuf::from(folder),
            None => PathBuf::from(std::env::var_os("HOME").context("HOME is not set")?).join(".cache/ikker"),
        };
        Ok(Workspace { root, target, cache })
    }

    /// What the server serves files from.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// The server's binary of the release profile.
    pub fn server(&self) -> PathBuf {
        self.target.join("release/ikker")
    }

    /// `cargo`, run in the workspace, as started by whoever started `xtask`.
    pub fn cargo(&self) -> Command {
        self.cargo_like("cargo")
    }

    /// A program that calls `cargo`, run in the workspace.
    pub fn cargo_like(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        // What `cargo xtask` itself was started with is of no concern to the builds.
        for (name, _) in std::env::vars_os() {
            let text = name.to_string_lossy();
            if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST") || text == "CARGO" {
                command.env_remove(&name);
            }
        }
        command
    }

    /// `npm`, run in a folder of the workspace.
    pub fn npm(&self, folder: &str) -> Command {
        let mut command = Command::new("npm");
        command.current_dir(self.root.join(folder));
        command
    }
}
