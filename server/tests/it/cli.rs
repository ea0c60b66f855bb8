//! The real binary: what its commands do, and one clear line for what can't be.

use crate::support::{School, TestPortal};
use std::{
    io::{BufRead as _, BufReader, Read as _, Write as _},
    net::{TcpListener, TcpStream},
    path::Path,
    process::{Child, Command, ExitStatus, Output, Stdio},
    time::Duration,
};

/// Longer than anything here takes.
const HANGS: Duration = Duration::from_secs(60);

/// `ikker` in a folder of its own, with nothing of our environment in its configuration.
fn command(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ikker"));
    for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("IKKER_")) {
        command.env_remove(name);
    }
    command.current_dir(folder);
    command
}

/// Runs it to its end, with these variables in its environment.
pub fn ikker_in(folder: &Path, variables: &[(&str, &str)], args: &[&str]) -> Output {
    let mut command = command(folder);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied()).args(args).output().expect("ended")
}

/// Runs it to its end.
fn ikker(folder: &Path, args: &[&str], input: &str) -> Output {
    let mut command = command(folder);
    // A busy machine may log a slow statement; that is no part of what is told.
    command.args(["--log", "error"]);
    command.args(args).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().expect("started");
    let mut stdin = child.stdin.take().expect("a pipe");
    // A command that reads nothing may be gone before everything is written.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    child.wait_with_output().expect("ended")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The one line that a refusal is.
fn refusal(output: &Output) -> String {
    let text = text(&output.stderr);
    assert!(!output.status.success(), "{text}");
    assert_eq!(text.lines().count(), 1, "one line: {text}");
    text
}

#[test]
fn what_can_not_be_served_is_told_in_one_line() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path();
    let line = refusal(&ikker(path, &["--database-url", "mysql://x"], ""));
    assert!(line.contains("unknown kind of database `mysql`"), "{line}");
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let line = refusal(&ikker(path, &["--listen", &address], ""));
    assert!(line.contains(&address) && line.contains("can't be served on"), "{line}");
    // Below a file there can be no folder, whoever asks.
    std::fs::write(path.join("file"), "x").expect("written");
    let line = refusal(&ikker(path, &["--data-dir", "file/data"], ""));
    assert!(line.contains("file/data"), "{line}");
    let line = refusal(&ikker(path, &["--listen", "nowhere"], ""));
    assert!(line.contains("listen: `nowhere`"), "{line}");
}

/// A server that was started as an operator starts it.
struct Serving {
    child: Child,
    address: String,
}

impl Serving {
    fn start(folder: &Path) -> Serving {
        std::fs::create_dir_all(folder.join("site")).expect("made");
        std::fs::write(folder.join("site/build.json"), "{\"id\":\"test\"}").expect("written");
        let mut command = command(folder);
        command.args(["--listen", "127.0.0.1:0", "--site-dir", "site", "--log-format", "json"]);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().expect("started");
        let lines = BufReader::new(child.stderr.take().expect("a pipe")).lines();
        // The log says where it serves; reading on keeps the pipe from filling up.
        let (told, address) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let entry: serde_json::Value = serde_json::from_str(&line).expect("a log entry is JSON");
                if let Some(address) = entry.pointer("/fields/address").and_then(serde_json::Value::as_str) {
                    let _ = told.send(address.to_owned());
                }
            }
        });
        let address = address.recv_timeout(HANGS).expect("it serves");
        Serving { child, address }
    }

    /// Waits for its end: how it ended.
    fn ended(mut self) -> ExitStatus {
        self.child.wait().expect("ended")
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("it accepts");
        stream.set_read_timeout(Some(HANGS)).expect("set");
        stream
    }

    fn get(&self, path: &str) -> String {
        let mut stream = self.connect();
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address).expect("sent");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("answered");
        answer
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().expect("kill");
        assert!(sent.success());
    }
}

impl Drop for Serving {
    /// A test that failed leaves nothing running; otherwise it has ended already.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[test]
fn a_server_stops_in_good_order_and_starts_again_after_a_bad_end() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let first = Serving::start(folder.path());
    assert!(first.get("/health/live").starts_with("HTTP/1.1 200"));
    assert!(first.get("/health/ready").starts_with("HTTP/1.1 200"));
    assert!(first.get("/sign-in").contains("name=\"password\""));
    first.signal("-KILL");
    assert!(!first.ended().success());

    let second = Serving::start(folder.path());
    assert!(second.get("/health/ready").starts_with("HTTP/1.1 200"));
    // Somebody is connected and says nothing.
    let mut idle = second.connect();
    let address = second.address.clone();
    second.signal("-TERM");
    assert_eq!(second.ended().code(), Some(0));
    assert_eq!(idle.read(&mut [0; 1]).unwrap_or(0), 0, "the connection is closed");
    assert!(TcpStream::connect(address).is_err(), "nobody is accepted any more");
}

#[test]
fn the_doctor_names_every_problem() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path();
    let sick = ikker(path, &["doctor"], "");
    let told = text(&sick.stdout);
    assert!(!sick.status.success());
    assert!(told.contains("problem  database: SQLite answers but is not of this version yet"), "{told}");
    assert!(told.contains("problem  browser bundle"), "{told}");
    assert!(told.contains("ok       media store"), "{told}");
    assert!(refusal(&sick).contains("problems found"));
    std::fs::create_dir(path.join("site")).expect("made");
    std::fs::write(path.join("site/build.json"), "{\"id\":\"test\"}").expect("written");
    assert!(ikker(path, &["migrate"], "").status.success());
    let told = text(&ikker(path, &["doctor", "--site-dir", "site"], "").stdout);
    for what in ["configuration", "data folder", "mail folder", "browser bundle", "database", "media store"] {
        assert!(told.lines().any(|line| line.starts_with("ok ") && line.contains(what)), "{what}: {told}");
    }
    assert!(told.contains("heif-convert"), "{told}");
    let sick = ikker(path, &["doctor", "--database-url", "postgres://nobody@127.0.0.1:1/x"], "");
    assert!(text(&sick.stdout).contains("problem  database: PostgreSQL does not answer"), "{}", text(&sick.stdout));
}

const DIRECTOR: [&str; 10] = [
    "user",
    "create-director",
    "--school-name",
    "De Twa-ikker",
    "--school-slug",
    "twa-ikker",
    "--name",
    "Dina",
    "--email",
    "dina@ikker.example",
];

#[test]
fn the_first_director_is_made_by_command() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path();
    let made = ikker(path, &DIRECTOR, "");
    let told = text(&made.stdout);
    assert!(made.status.success(), "{}", text(&made.stderr));
    assert!(told.contains("Code: ") && told.contains("http://127.0.0.1:3000/join?code="), "{told}");
    let with_password = [&DIRECTOR[..], &["--password-stdin"]].concat();
    let made = ikker(path, &with_password, "een heel lang wachtwoord\n");
    assert!(text(&made.stdout).contains("can sign in"), "{}", text(&made.stderr));
    let made = ikker(path, &with_password, "een heel lang wachtwoord\n");
    assert!(text(&made.stdout).contains("had an account already"), "{}", text(&made.stderr));
    let line = refusal(&ikker(path, &with_password, "kort\n"));
    assert!(line.contains("--password"), "{line}");
    assert!(refusal(&ikker(path, &with_password, "")).contains("no password"));
    let mut bad = DIRECTOR;
    bad[5] = "Twa Ikker";
    bad[9] = "dina";
    let line = refusal(&ikker(path, &bad, ""));
    assert!(line.contains("--school-slug") && line.contains("--email"), "{line}");

    let reset = ikker(path, &["user", "reset-password", "--email", "DINA@ikker.example"], "");
    assert!(text(&reset.stdout).starts_with("Password: "), "{}", text(&reset.stderr));
    let line = refusal(&ikker(path, &["user", "reset-password", "--email", "x@y.example"], ""));
    assert!(line.contains("no such account"), "{line}");
}

#[tokio::test]
async fn a_code_from_the_command_makes_a_director() {
    let test = TestPortal::new().await;
    let new = domain::operator::NewDirector {
        school_name: "De Twa-ikker",
        school_slug: "twa-ikker",
        name: "Dina",
        email: "dina@ikker.example",
        password: None,
    };
    let entrance = domain::operator::create_director(&test.portal, &new).await.expect("made");
    let domain::operator::Entrance::Code { code, .. } = entrance else { panic!("{entrance:?}") };
    let mut dina = test.anonymous();
    let values = [
        ("code", code.as_str()),
        ("name", "Dina"),
        ("email", "dina@ikker.example"),
        ("password", "een lang wachtwoord"),
    ];
    let answer = dina.call_raw("/api/access/join", &values).await;
    dina.keep(&answer);
    let page = dina.get("/people").await;
    assert!(page.text().contains("De hele school") && page.text().contains("directeur"), "{}", page.text());
}

#[tokio::test]
async fn resetting_a_password_ends_all_sessions() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let password = domain::operator::reset_password(&test.portal, &school.mother.email, None).await.expect("reset");
    assert_eq!(mother.get("/settings").await.status, axum::http::StatusCode::SEE_OTHER, "signed out");
    let values = [("email", school.mother.email.as_str()), ("password", password.as_str())];
    test.anonymous().call::<()>("/api/account/sign-in", &values).await.expect("the new password");
}
