//! A PostgreSQL for tests: started in a temporary folder, thrown away at the end.

use crate::{
    files,
    network::{free_port, listens},
    process::{self, Service},
    workspace::Workspace,
};
use anyhow::{Context as _, Result, bail};
use nix::{
    sys::signal::Signal,
    unistd::{User, geteuid},
};
use std::{
    fs::File,
    os::unix::{fs::chown, process::CommandExt as _},
    path::{Path, PathBuf},
    process::Command,
    time::Duration,
};

/// The variable in which tests find it.
pub const VARIABLE: &str = "IKKER_TEST_POSTGRES";

/// `cargo xtask postgres -- COMMAND …`
pub fn command(arguments: &[String]) -> Result<()> {
    let arguments = arguments.strip_prefix(&["--".to_owned()]).unwrap_or(arguments);
    let Some((program, rest)) = arguments.split_first() else {
        bail!("postgres: which command? cargo xtask postgres -- COMMAND …");
    };
    let workspace = Workspace::find()?;
    let postgres = Postgres::start(&workspace)?;
    process::run(Command::new(program).args(rest).env(VARIABLE, &postgres.url))
}

pub struct Postgres {
    /// Stopped before the folder goes.
    _service: Service,
    _folder: Scratch,
    programs: PathBuf,
    port: u16,
    /// `postgres://ikker@127.0.0.1:PORT`, without a database.
    pub url: String,
}

impl Postgres {
    pub fn start(workspace: &Workspace) -> Result<Postgres> {
        let programs = match find_programs() {
            Some(found) => found,
            None => {
                workspace.debian(&["postgresql"])?;
                find_programs().context("PostgreSQL is installed, but its server is not where Debian puts it")?
            }
        };
        // The server refuses to run as root.
        let user = match geteuid().is_root() {
            true => Some(User::from_name("postgres")?.context("there is no user `postgres` to run PostgreSQL as")?),
            false => None,
        };
        let as_user = |program: &Path| {
            let mut command = Command::new(program);
            if let Some(user) = &user {
                command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
            }
            command.env_clear().env("PATH", "/usr/bin:/bin").env("LC_ALL", "C.UTF-8").current_dir("/");
            command
        };
        let folder = Scratch::make("postgres")?;
        if let Some(user) = &user {
            chown(&folder.0, Some(user.uid.as_raw()), Some(user.gid.as_raw()))?;
        }
        let data = folder.0.join("data");
        let mut initdb = as_user(&programs.join("initdb"));
        initdb.arg("--pgdata").arg(&data);
        process::run_quietly(initdb.args(["--username=ikker", "--auth=trust", "--no-sync", "--encoding=UTF8"]))?;
        let port = free_port()?;
        let log = folder.0.join("log");
        let mut server = process::ended_with_parent(&programs.join("postgres"));
        if let Some(user) = &user {
            server.uid(user.uid.as_raw()).gid(user.gid.as_raw());
        }
        server.env("LC_ALL", "C.UTF-8").current_dir("/");
        server.arg("-D").arg(&data).arg("-p").arg(port.to_string());
        let sockets = format!("unix_socket_directories={}", folder.0.display());
        // Nobody misses this data after a power cut.
        for setting in [
            "listen_addresses=127.0.0.1",
            &sockets,
            "fsync=off",
            "synchronous_commit=off",
            "full_page_writes=off",
            "max_connections=300",
        ] {
            server.arg("-c").arg(setting);
        }
        server.stdout(File::create(&log)?).stderr(File::create(folder.0.join("errors"))?);
        // SIGINT: "fast", without waiting for those who are still connected.
        let mut service = Service::start("postgres", &mut server, Signal::SIGINT)?;
        let ready = || {
            let mut ask = Command::new(programs.join("pg_isready"));
            ask.args(["--quiet", "--host=127.0.0.1", "--port", &port.to_string()]);
            listens(port) && ask.status().is_ok_and(|status| status.success())
        };
        if let Err(error) = service.wait_until(Duration::from_secs(60), ready) {
            eprint!("{}", files::read_text(&folder.0.join("errors"))?);
            return Err(error);
        }
        let url = format!("postgres://ikker@127.0.0.1:{port}");
        Ok(Postgres { _service: service, _folder: folder, programs, port, url })
    }

    /// Makes an empty database; gives its address.
    pub fn create_database(&self, name: &str) -> Result<String> {
        let mut createdb = Command::new(self.programs.join("createdb"));
        createdb.args(["--host=127.0.0.1", "--username=ikker", "--port", &self.port.to_string(), name]);
        process::run_quietly(&mut createdb)?;
        Ok(format!("{}/{name}", self.url))
    }
}

/// The folder of the newest server's programs: Debian keeps them off PATH.
fn find_programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().filter_map(Result::ok);
    let version = |folder: &PathBuf| files::name(folder.parent().unwrap_or(folder)).parse::<u32>().unwrap_or(0);
    let newest = debian
        .map(|entry| entry.path().join("bin"))
        .filter(|folder| folder.join("postgres").is_file())
        .max_by_key(version);
    newest.or_else(|| Some(crate::tools::find("initdb")?.parent()?.to_owned()))
}

/// A temporary folder, removed with everything in it at the end.
pub struct Scratch(pub PathBuf);

impl Scratch {
    pub fn make(name: &str) -> Result<Scratch> {
        let folder = std::env::temp_dir().join(format!("ikker-{name}-{}", std::process::id()));
        files::renew(&folder)?;
        Ok(Scratch(folder))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = files::remove(&self.0) {
            eprintln!("xtask: {error:#}");
        }
    }
}
