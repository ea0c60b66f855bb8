//! From nothing to a portal with a demo school that can be looked at: `cargo xtask run`.

use crate::{
    process::{self, Service},
    report::{duration, step},
    web,
    workspace::Workspace,
};
use anyhow::Result;
use nix::sys::signal::Signal;
use std::{process::Command, time::Instant};

pub fn command(arguments: &[String]) -> Result<()> {
    let arguments = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    let begin = Instant::now();
    let workspace = Workspace::find()?;
    workspace.debian_programs(&[("heif-convert", "libheif-examples"), ("ffmpeg", "ffmpeg")])?;
    web::build(&workspace, false)?;
    step("release build of the server (many minutes the first time)", || workspace.build_server())?;

    if has_command(&workspace, "demo")? {
        step("demo school", || process::run(ikker(&workspace).arg("demo").args(arguments)))?;
    } else {
        println!("-- demo school: this version of ikker makes none");
    }
    println!("-- ready in {}; Ctrl-C stops the server", duration(begin.elapsed()));
    // The server says itself where it serves.
    Service::start("ikker", ikker(&workspace).arg("serve").args(arguments), Signal::SIGTERM)?.wait()?;
    Ok(())
}

/// The server, run in the workspace: its data come into `data/`.
fn ikker(workspace: &Workspace) -> Command {
    let mut command = process::ended_with_parent(&workspace.server());
    command.current_dir(&workspace.root).env("IKKER_SITE_DIR", workspace.site());
    command
}

/// True when `ikker --help` lists the command.
pub fn has_command(workspace: &Workspace, name: &str) -> Result<bool> {
    let help = process::output(Command::new(workspace.server()).arg("--help"))?;
    Ok(help.lines().any(|line| line.split_whitespace().next() == Some(name)))
}
