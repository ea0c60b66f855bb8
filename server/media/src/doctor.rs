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
    [
        ("heif-convert", "libheif-examples", "photos in HEIC and AVIF"),
        ("ffmpeg", "ffmpeg", "films"),
        ("ffprobe", "ffmpeg", "films"),
        ("prlimit", "util-linux", "photos in HEIC and AVIF, and films"),
    ]
    .map(|(name, package, needed_for)| Tool { name, path: child::find(name).ok(), package, needed_for })
    .to_vec()
}
