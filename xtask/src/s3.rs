//! An S3 server for tests: moto, from a Python environment in the cache.

use crate::{
    network::{free_port, listens},
    postgres::Scratch,
    process::{self, Service},
    report::step,
    tools,
    workspace::Workspace,
};
use anyhow::{Context as _, Result};
use nix::sys::signal::Signal;
use std::{fs::File, process::Command, time::Duration};

/// The variable in which tests find it.
pub const VARIABLE: &str = "IKKER_TEST_S3";

const MOTO: &str = "moto[server]==5.2.5";

pub struct S3 {
    _service: Service,
    _folder: Scratch,
    /// `http://127.0.0.1:PORT`
    pub url: String,
}

impl S3 {
    pub fn start(workspace: &Workspace) -> Result<S3> {
        let environment = workspace.cache.join("moto-5.2.5");
        let program = environment.join("bin/moto_server");
        // Written last: an interrupted installation is begun again.
        let installed = environment.join(".installed");
        if !installed.is_file() {
            if tools::find("python3").is_none() {
                workspace.debian(&["python3", "python3-venv"])?;
            }
            step("install the S3 test server moto (a minute, once)", || {
                let make = |command: &mut Command| {
                    process::run_quietly(command.args(["-m", "venv", "--clear"]).arg(&environment))
                };
                if make(&mut Command::new("python3")).is_err() {
                    // Debian's Python has this in a package of its own.
                    workspace.debian(&["python3-venv"])?;
                    make(&mut Command::new("/usr/bin/python3"))?;
                }
                process::run_quietly(Command::new(environment.join("bin/pip")).args(["install", "--quiet", MOTO]))?;
                File::create(&installed).context("moto is installed, but that can't be noted")?;
                Ok(())
            })?;
        }
        let folder = Scratch::make("s3")?;
        let port = free_port()?;
        let mut server = process::ended_with_parent(&program);
        server.args(["-H", "127.0.0.1", "-p", &port.to_string()]);
        server.stdout(File::create(folder.0.join("log"))?).stderr(File::create(folder.0.join("errors"))?);
        let mut service = Service::start("moto_server", &mut server, Signal::SIGINT)?;
        service.wait_until(Duration::from_secs(60), || listens(port))?;
        Ok(S3 { _service: service, _folder: folder, url: format!("http://127.0.0.1:{port}") })
    }
}
