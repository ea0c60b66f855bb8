//! Runs a decoder written in C on hostile bytes, as a child process that can do little harm and not for long.
//!
//! The child starts under `prlimit` (util-linux), because limits must be set before it reads its first byte and setting
//! them between fork and exec would need unsafe code here. It gets bounds on address space, processor time, file size
//! and open files, no core dump, no environment, no input, an own working directory, and an own process group that is
//! killed when the time is over. Where the machine lets an unprivileged process do so, `unshare` leaves it without a
//! network. Pages come first: it runs at a lower priority.

use crate::PhotoError;
use nix::sys::signal::{Signal, killpg};
use nix::unistd::Pid;
use std::ffi::{OsStr, OsString};
use std::io::Read;
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

/// Where Debian and its relatives keep programs. A fixed list, because what runs must not depend on an environment.
const FOLDERS: [&str; 3] = ["/usr/bin", "/usr/local/bin", "/bin"];

const PRLIMIT: &str = "prlimit";

/// What the child says on its standard output, as a file in its folder.
pub(crate) const TOLD: &str = "told";

#[derive(Debug, Clone, Copy)]
pub(crate) struct ChildLimits {
    /// By the clock.
    pub seconds: u64,
    /// How many cores may be busy for so long.
    pub cores: u64,
    pub memory_bytes: u64,
    /// Size of each file it writes.
    pub file_bytes: u64,
}

/// The path of an installed program.
pub(crate) fn find(program: &'static str) -> Result<PathBuf, PhotoError> {
    FOLDERS
        .iter()
        .map(|folder| Path::new(folder).join(program))
        .find(|path| path.is_file())
        .ok_or(PhotoError::ToolMissing(program))
}

/// Runs `program` in `folder` until it ends by itself and well.
///
/// # Errors
/// `ToolMissing`; `TimedOut` when it used up its seconds; `Broken` with what it said last when it ended otherwise.
pub(crate) fn run<A: AsRef<OsStr>>(
    program: &'static str,
    arguments: &[A],
    folder: &Path,
    limits: ChildLimits,
) -> Result<(), PhotoError> {
    run_until(program, arguments, folder, limits, &|| false)
}

/// The same, or until `stopped` says so.
///
/// # Errors
/// Also `Io` (interrupted) when it was stopped.
pub(crate) fn run_until<A: AsRef<OsStr>>(
    program: &'static str,
    arguments: &[A],
    folder: &Path,
    limits: ChildLimits,
    stopped: &dyn Fn() -> bool,
) -> Result<(), PhotoError> {
    let path = find(program)?;
    let said = folder.join("said");
    let child = Command::new(find(PRLIMIT)?)
        .arg("--core=0")
        .arg("--nofile=64")
        .arg(format!("--as={}", limits.memory_bytes))
        .arg(format!("--cpu={}", limits.seconds.saturating_mul(limits.cores)))
        .arg(format!("--fsize={}", limits.file_bytes))
        .arg("--")
        .args(before())
        .arg(path)
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        .env("LC_ALL", "C")
        // One heap instead of one per thread: address space is what is limited.
        .env("MALLOC_ARENA_MAX", "1")
        .stdin(Stdio::null())
        .stdout(std::fs::File::create(folder.join(TOLD))?)
        .stderr(std::fs::File::create(&said)?)
        .process_group(0)
        .spawn()?;
    let mut group = Group(child);
    let Some(status) = group.wait(Duration::from_secs(limits.seconds), stopped)? else {
        return Err(PhotoError::TimedOut);
    };
    judge(program, status, &said)
}

/// Programs with their options that run the child in their turn: found out once.
fn before() -> &'static [OsString] {
    static BEFORE: OnceLock<Vec<OsString>> = OnceLock::new();
    BEFORE.get_or_init(|| {
        let usable =
            [("nice", &["-n", "10"][..]), ("unshare", &["--user", "--net", "--"])].map(|(program, options)| {
                let words: Vec<OsString> = std::iter::once(OsString::from(find(program).ok()?))
                    .chain(options.iter().map(OsString::from))
                    .collect();
                let mut trial = Command::new(&words[0]);
                trial.args(&words[1..]).arg(find("true").ok()?).env_clear();
                trial.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
                trial.status().is_ok_and(|status| status.success()).then_some(words)
            });
        usable.into_iter().flatten().flatten().collect()
    })
}

fn judge(program: &str, status: ExitStatus, said: &Path) -> Result<(), PhotoError> {
    if status.success() {
        return Ok(());
    }
    // prlimit ends with 128 + signal or by the same signal, depending on who noticed.
    let signal = status.signal().or(status.code().map(|code| code - 128));
    if [Signal::SIGXCPU, Signal::SIGKILL].iter().any(|limit| signal == Some(*limit as i32)) {
        return Err(PhotoError::TimedOut);
    }
    let mut words = Vec::new();
    std::fs::File::open(said)?.take(300).read_to_end(&mut words)?;
    let words = String::from_utf8_lossy(&words);
    let words = words.lines().next().unwrap_or_default();
    Err(PhotoError::Broken(format!("{program}: {status}, {words}")))
}

/// A child with everything it started. Dropping it ends them.
struct Group(Child);

impl Group {
    /// The status with which the child ended, or `None` when it did not within `time`.
    fn wait(&mut self, time: Duration, stopped: &dyn Fn() -> bool) -> Result<Option<ExitStatus>, PhotoError> {
        let start = Instant::now();
        let mut pause = Duration::from_millis(2);
        loop {
            if let Some(status) = self.0.try_wait()? {
                return Ok(Some(status));
            }
            if start.elapsed() >= time {
                return Ok(None);
            }
            if stopped() {
                return Err(std::io::Error::from(std::io::ErrorKind::Interrupted).into());
            }
            std::thread::sleep(pause);
            pause = (pause * 2).min(Duration::from_millis(20));
        }
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Ok(id) = i32::try_from(self.0.id()) {
            // Fails when all have ended, which is what is wanted.
            let _ = killpg(Pid::from_raw(id), Signal::SIGKILL);
        }
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shell(script: &str, limits: ChildLimits) -> (Result<(), PhotoError>, tempfile::TempDir) {
        let folder = tempfile::tempdir().unwrap();
        (run("sh", &["-c", script], folder.path(), limits), folder)
    }

    const LIMITS: ChildLimits =
        ChildLimits { seconds: 2, cores: 1, memory_bytes: 64 * 1024 * 1024, file_bytes: 1024 * 1024 };

    fn code(result: Result<(), PhotoError>) -> &'static str {
        result.map_or_else(|error| error.code(), |()| "done")
    }

    #[test]
    fn the_environment_is_empty_and_the_folder_its_own() {
        let (result, folder) = shell("env > seen", LIMITS);
        assert_eq!(code(result), "done");
        let seen = std::fs::read_to_string(folder.path().join("seen")).unwrap();
        let names: Vec<&str> = seen
            .lines()
            .filter_map(|line| Some(line.split_once('=')?.0))
            .filter(|name| !["PWD", "_", "OLDPWD", "SHLVL"].contains(name))
            .collect();
        assert_eq!(names, ["LC_ALL", "MALLOC_ARENA_MAX"]);
    }

    #[test]
    fn sleepers_are_ended_with_their_children() {
        let start = Instant::now();
        let limits = ChildLimits { seconds: 1, ..LIMITS };
        let (result, folder) = shell("(sleep 2; touch survived) & sleep 60", limits);
        assert_eq!(code(result), "timed-out");
        assert!(start.elapsed() < Duration::from_secs(10));
        std::thread::sleep(Duration::from_secs(2));
        assert!(!folder.path().join("survived").exists());
    }

    #[test]
    fn busy_ones_run_out_of_processor_time() {
        let (result, _folder) = shell("while :; do :; done", LIMITS);
        assert_eq!(code(result), "timed-out");
    }

    #[test]
    fn a_child_is_stopped_when_its_work_is_not_wanted_any_more() {
        let folder = tempfile::tempdir().unwrap();
        let error = run_until("sleep", &["60"], folder.path(), ChildLimits { seconds: 90, ..LIMITS }, &|| true);
        assert_eq!(code(error), "io");
    }

    #[test]
    fn what_it_told_is_kept_and_the_network_is_away_where_that_can_be() {
        let (result, folder) = shell("cat /proc/net/dev", LIMITS);
        assert_eq!(code(result), "done");
        let told = std::fs::read_to_string(folder.path().join(TOLD)).unwrap();
        let devices = told.lines().skip(2).filter(|line| !line.trim_start().starts_with("lo:")).count();
        let is_offline = before().iter().any(|word| word == "--net");
        assert!(!is_offline || devices == 0, "{told}");
    }

    #[test]
    fn files_and_memory_are_bounded() {
        let (result, _folder) = shell("head -c 9000000 /dev/zero > large", LIMITS);
        assert_eq!(code(result), "broken");
        let (result, _folder) = shell("head -c 900000000 /dev/zero | tail -n 1", LIMITS);
        assert_eq!(code(result), "broken");
    }

    #[test]
    fn what_it_said_is_kept_for_the_log() {
        let (result, _folder) = shell("echo 'no such picture' >&2; exit 3", LIMITS);
        let error = result.unwrap_err().to_string();
        assert!(error.contains("no such picture"), "{error}");
    }

    #[test]
    fn a_missing_program_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let error = run::<&str>("no-such-program", &[], folder.path(), LIMITS).unwrap_err();
        assert!(matches!(error, PhotoError::ToolMissing("no-such-program")));
    }
}
