//! The tools that the work needs, installed once when they are missing. Rust's go into the cache, npm's beside their lock
//! file, Debian's into the system.

use crate::{files, process, report::step, workspace::Workspace};
use anyhow::{Context as _, Result, bail};
use std::{
    fs::File,
    path::{Path, PathBuf},
    process::Command,
};

const TRUNK: &str = "0.21.14";
const WASM_SPLIT: &str = "0.2.4";
const NEXTEST: &str = "0.9.143";
pub const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// A tool that `cargo install` builds.
struct Tool {
    package: &'static str,
    version: String,
    binary: &'static str,
    options: &'static [&'static str],
    /// About how long it takes on two cores.
    minutes: u32,
}

/// Paths of the tools that build the browser bundle.
pub struct WebTools {
    pub trunk: PathBuf,
    pub wasm_bindgen: PathBuf,
    pub wasm_split: PathBuf,
}

impl Workspace {
    pub fn tools(&self) -> PathBuf {
        self.cache.join("tools")
    }

    /// What `cargo xtask web` needs.
    pub fn web_tools(&self) -> Result<WebTools> {
        self.wasm_target()?;
        self.node()?;
        let trunk =
            Tool { package: "trunk", version: TRUNK.to_owned(), binary: "trunk", options: &["--locked"], minutes: 7 };
        // Not `--locked`: a dependency that its lock file names has been withdrawn.
        let wasm_bindgen = Tool {
            package: "wasm-bindgen-cli",
            version: self.locked_version("wasm-bindgen")?,
            binary: "wasm-bindgen",
            options: &[],
            minutes: 2,
        };
        let wasm_split = Tool {
            package: "wasm_split_cli_support",
            version: WASM_SPLIT.to_owned(),
            binary: "wasm-split-cli",
            options: &["--features", "build-binary", "--locked"],
            minutes: 2,
        };
        self.npm_ci("xtask")?;
        Ok(WebTools {
            trunk: self.install(&trunk)?,
            wasm_bindgen: self.install(&wasm_bindgen)?,
            wasm_split: self.install(&wasm_split)?,
        })
    }

    /// The test runner: the one on PATH, or one in the cache.
    pub fn nextest(&self) -> Result<PathBuf> {
        if let Some(found) = find("cargo-nextest") {
            return Ok(found);
        }
        self.install(&Tool {
            package: "cargo-nextest",
            version: NEXTEST.to_owned(),
            binary: "cargo-nextest",
            options: &["--locked"],
            minutes: 6,
        })
    }

    fn install(&self, tool: &Tool) -> Result<PathBuf> {
        let root = self.tools();
        let path = root.join("bin").join(tool.binary);
        if path.is_file() && is_recorded(&root, tool) {
            return Ok(path);
        }
        files::make(&root)?;
        // Two checkouts may find the same tool missing at the same time.
        let lock = File::create(root.join("lock"))?;
        lock.lock()?;
        if path.is_file() && is_recorded(&root, tool) {
            return Ok(path);
        }
        let Tool { package, version, minutes, .. } = tool;
        step(&format!("install {package} {version} (about {minutes} minutes on two cores, once)"), || {
            let mut command = self.cargo();
            command.args(["install", "--quiet", "--force", "--root"]).arg(&root);
            command.arg(format!("{package}@{version}")).args(tool.options);
            // A tool that runs for seconds need not be optimised for minutes.
            command.envs([
                ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
                ("CARGO_PROFILE_RELEASE_LTO", "off"),
                ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
                ("CARGO_PROFILE_RELEASE_DEBUG", "0"),
            ]);
            command.env("CARGO_TARGET_DIR", self.cache.join("tools-target"));
            command.env_remove("RUSTFLAGS").env_remove("CARGO_ENCODED_RUSTFLAGS");
            process::run(&mut command)
        })?;
        Ok(path)
    }

    fn wasm_target(&self) -> Result<()> {
        let mut command = Command::new("rustc");
        command.current_dir(&self.root).args(["--print", "target-libdir", "--target", WASM_TARGET]);
        if Path::new(process::output(&mut command)?.trim()).is_dir() {
            return Ok(());
        }
        step(&format!("install the Rust target {WASM_TARGET}"), || {
            process::run(Command::new("rustup").current_dir(&self.root).args(["target", "add", WASM_TARGET]))
        })
    }

    fn node(&self) -> Result<()> {
        if find("node").is_none() || find("npm").is_none() {
            self.debian(&["nodejs", "npm"])?;
        }
        let text = process::output(Command::new("node").arg("--version"))?;
        let major = text.trim().trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
        match major {
            Some(20..) => Ok(()),
            _ => bail!("node {} is too old: version 20 or later is needed", text.trim()),
        }
    }

    /// `npm ci` in a folder of the workspace, unless what is there already is what the lock file says.
    pub fn npm_ci(&self, folder: &str) -> Result<()> {
        let folder_path = self.root.join(folder);
        let lock = folder_path.join("package-lock.json");
        let wanted = files::fingerprint(&folder_path, &[lock], "")?;
        let stamp = folder_path.join("node_modules/.installed");
        if std::fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) {
            return Ok(());
        }
        step(&format!("install the npm packages of {folder}/ (seconds)"), || {
            process::run_quietly(self.npm(folder).arg("ci").env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))?;
            files::write(&stamp, wanted)
        })
    }

    /// Installs Debian packages, as root or by sudo.
    pub fn debian(&self, packages: &[&str]) -> Result<()> {
        let names = packages.join(" ");
        if find("apt-get").is_none() {
            bail!("{names}: not installed, and this is no Debian: install them by hand");
        }
        let root = nix::unistd::geteuid().is_root();
        if !root && find("sudo").is_none() {
            bail!("{names}: not installed; run as root: apt-get install {names}");
        }
        step(&format!("install the Debian packages {names} (a minute)"), || {
            for arguments in
                [vec!["update"], [vec!["install", "--yes", "--no-install-recommends"], packages.into()].concat()]
            {
                let mut command = if root { Command::new("apt-get") } else { Command::new("sudo") };
                if !root {
                    command.arg("apt-get");
                }
                command.arg("--quiet=2").args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
                process::run_quietly(&mut command)?;
            }
            Ok(())
        })
    }

    /// Installs the Debian packages of those programs that are not on PATH.
    pub fn debian_programs(&self, programs: &[(&str, &str)]) -> Result<()> {
        let missing: Vec<&str> =
            programs.iter().filter(|(program, _)| find(program).is_none()).map(|(_, package)| *package).collect();
        if missing.is_empty() { Ok(()) } else { self.debian(&missing) }
    }

    fn locked_version(&self, package: &str) -> Result<String> {
        let lock: toml::Table = files::read_text(&self.root.join("Cargo.lock"))?.parse()?;
        let packages = lock.get("package").and_then(toml::Value::as_array).context("Cargo.lock names no packages")?;
        let found = packages.iter().find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package));
        let version = found.and_then(|entry| entry.get("version")).and_then(toml::Value::as_str);
        Ok(version.with_context(|| format!("Cargo.lock does not name {package}"))?.to_owned())
    }
}

/// True when cargo has noted that this version was installed here.
fn is_recorded(root: &Path, tool: &Tool) -> bool {
    let wanted = format!("\"{} {} ", tool.package, tool.version);
    std::fs::read_to_string(root.join(".crates.toml")).is_ok_and(|text| text.contains(&wanted))
}

/// A program on PATH.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(program)).find(|file| file.is_file())
}
