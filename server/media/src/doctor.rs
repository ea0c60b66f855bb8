//! Which external programs are installed.

use crate::child;
use std::path::PathBuf;

/// An external program that this crate runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tool {
    pub name: &'static str,
    /// Where it was found.
    pub path: Option<PathBuf>,
    /// The Debian package that has it.
    pub package: &'static str,
    /// What does not work without it.
    pub needed_for: &'static str,
}

/// The programs this crate runs, found or missing. Without them all works but the formats they read.
pub fn doctor() -> Vec<Tool> {
    [("heif-convert", "libheif-examples"), ("prlimit", "util-linux")]
        .map(|(name, package)| Tool {
            name,
            path: child::find(name).ok(),
            package,
            needed_for: "photos in HEIC and AVIF",
        })
        .to_vec()
}
