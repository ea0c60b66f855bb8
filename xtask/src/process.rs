//! Running other programs: one clear line when one fails, and none left behind, also after Ctrl-C.
//!
//! Every child leads its own process group. A signal to `xtask` ends the commands that run in the foreground; the main
//! thread then sees them fail and unwinds, and services stop as their guards are dropped.

use anyhow::{Context as _, Result, bail};
use nix::{
    sys::signal::{Signal, killpg},
    unistd::Pid,
};
use std::{
    io::{BufRead as _, BufReader, Read, Write as _},
    os::unix::process::CommandExt as _,
    path::Path,
    process::{Child, ChildStderr, ChildStdout, Command, Stdio},
    sync::{
        Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

static INTERRUPTED: AtomicBool = AtomicBool::new(false);
static FOREGROUND: Mutex<Vec<u32>> = Mutex::new(Vec::new());

/// How long a child may take to stop before it is killed.
const PATIENCE: Duration = Duration::from_secs(10);

/// From now on SIGINT, SIGTERM and SIGHUP end the running commands instead of this process.
pub fn catch_signals() {
    let caught = ctrlc::set_handler(|| {
        // Whoever asks twice means it.
        let signal = if INTERRUPTED.swap(true, Ordering::SeqCst) { Signal::SIGKILL } else { Signal::SIGTERM };
        for group in foreground().iter() {
            signal_group(*group, signal);
        }
    });
    if let Err(error) = caught {
        eprintln!("xtask: signals can't be caught: {error}");
    }
}

/// True once somebody has asked to stop.
pub fn interrupted() -> bool {
    INTERRUPTED.load(Ordering::SeqCst)
}

/// Fails once somebody has asked to stop: for loops that wait.
pub fn check_interrupted() -> Result<()> {
    if interrupted() {
        bail!("stopped");
    }
    Ok(())
}

fn foreground() -> MutexGuard<'static, Vec<u32>> {
    FOREGROUND.lock().unwrap_or_else(PoisonError::into_inner)
}

fn signal_group(group: u32, signal: Signal) {
    if let Ok(group) = i32::try_from(group) {
        // The group may be gone already, which is what was asked for.
        let _ = killpg(Pid::from_raw(group), signal);
    }
}

/// A child in the foreground, ended by a signal to `xtask`.
struct Foreground(u32);

impl Foreground {
    fn of(child: &Child) -> Foreground {
        foreground().push(child.id());
        if interrupted() {
            signal_group(child.id(), Signal::SIGTERM);
        }
        Foreground(child.id())
    }
}

impl Drop for Foreground {
    fn drop(&mut self) {
        foreground().retain(|group| *group != self.0);
    }
}

fn program(command: &Command) -> String {
    let path = Path::new(command.get_program());
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn spawn(command: &mut Command) -> Result<Child> {
    check_interrupted()?;
    let name = program(command);
    command.process_group(0).spawn().with_context(|| format!("{name} can't be started"))
}

/// Runs to the end with its output on the screen; true when it ended well.
pub fn succeeds(command: &mut Command) -> Result<bool> {
    let mut child = spawn(command.stdin(Stdio::null()))?;
    let _foreground = Foreground::of(&child);
    let status = child.wait()?;
    check_interrupted()?;
    Ok(status.success())
}

/// Runs to the end with its output on the screen.
pub fn run(command: &mut Command) -> Result<()> {
    if !succeeds(command)? {
        bail!("{} failed: see above", program(command));
    }
    Ok(())
}

/// Runs to the end without a word; its output is shown when it fails.
pub fn run_quietly(command: &mut Command) -> Result<()> {
    output(command).map(drop)
}

/// Runs to the end and gives what it wrote to standard output; the rest is shown when it fails.
pub fn output(command: &mut Command) -> Result<String> {
    let child = spawn(command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()))?;
    let _foreground = Foreground::of(&child);
    let output = child.wait_with_output()?;
    check_interrupted()?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    if !output.status.success() {
        eprint!("{text}{}", String::from_utf8_lossy(&output.stderr));
        bail!("{} failed: see above", program(command));
    }
    Ok(text)
}

/// Runs to the end with its output on the screen, and gives its standard error as well.
pub fn run_and_read_errors(command: &mut Command) -> Result<(bool, String)> {
    let mut child = spawn(command.stdin(Stdio::null()).stderr(Stdio::piped()))?;
    let _foreground = Foreground::of(&child);
    let mut all = Vec::new();
    if let Some(stderr) = child.stderr.take() {
        let mut reader = BufReader::new(stderr);
        let mut line = Vec::new();
        while reader.read_until(b'\n', &mut line)? > 0 {
            std::io::stderr().write_all(&line)?;
            all.append(&mut line);
        }
    }
    let status = child.wait()?;
    check_interrupted()?;
    Ok((status.success(), String::from_utf8_lossy(&all).into_owned()))
}

/// Runs to the end with `input` on its standard input; gives its standard output.
pub fn filter(command: &mut Command, input: &str) -> Result<String> {
    let mut child = spawn(command.stdin(Stdio::piped()).stdout(Stdio::piped()))?;
    let _foreground = Foreground::of(&child);
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(input.as_bytes()).with_context(|| format!("{} does not read", program(command)))?;
    }
    let mut text = String::new();
    if let Some(mut stdout) = child.stdout.take() {
        stdout.read_to_string(&mut text)?;
    }
    let status = child.wait()?;
    check_interrupted()?;
    if !status.success() {
        bail!("{} failed: see above", program(command));
    }
    Ok(text)
}

/// Works on all of `work`, as many at a time as there are cores; the first failure is reported.
pub fn in_parallel<T: Sync>(work: &[T], each: impl Fn(&T) -> Result<()> + Sync) -> Result<()> {
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    let next = AtomicUsize::new(0);
    let failure = Mutex::new(None);
    std::thread::scope(|scope| {
        for _ in 0..cores.min(work.len()) {
            scope.spawn(|| {
                while let Some(item) = work.get(next.fetch_add(1, Ordering::SeqCst)) {
                    if let Err(error) = each(item) {
                        next.store(work.len(), Ordering::SeqCst);
                        failure.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                    }
                }
            });
        }
    });
    match failure.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// A program that gets SIGINT when `xtask` itself is killed and can stop nothing any more.
pub fn ended_with_parent(program: &Path) -> Command {
    if crate::tools::find("setpriv").is_none() {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "INT"]).arg(program);
    command
}

/// A program that runs beside the others until the guard is dropped.
pub struct Service {
    name: String,
    child: Child,
    stop: Signal,
}

impl Service {
    /// Starts; `stop` is the signal that ends it cleanly.
    pub fn start(name: &str, command: &mut Command, stop: Signal) -> Result<Service> {
        Ok(Service { name: name.to_owned(), child: spawn(command.stdin(Stdio::null()))?, stop })
    }

    pub fn pid(&self) -> u32 {
        self.child.id()
    }

    /// What it writes to standard output, if that is a pipe.
    pub fn take_output(&mut self) -> Result<ChildStdout> {
        self.child.stdout.take().with_context(|| format!("{} writes nothing", self.name))
    }

    /// What it writes to standard error, if that is a pipe.
    pub fn take_errors(&mut self) -> Result<ChildStderr> {
        self.child.stderr.take().with_context(|| format!("{} writes no errors", self.name))
    }

    /// Waits until `ready`, which is asked every 20 ms; fails when the program ends before, or at the deadline.
    pub fn wait_until(&mut self, deadline: Duration, mut ready: impl FnMut() -> bool) -> Result<()> {
        let begin = Instant::now();
        while !ready() {
            check_interrupted()?;
            if let Some(status) = self.child.try_wait()? {
                bail!("{} ended at its start ({status})", self.name);
            }
            if begin.elapsed() > deadline {
                bail!("{} was not ready within {} seconds", self.name, deadline.as_secs());
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(())
    }

    /// Waits until the program ends by itself, or is asked to stop with `xtask`.
    pub fn wait(&mut self) -> Result<()> {
        while !interrupted() {
            if let Some(status) = self.child.try_wait()? {
                if status.success() {
                    return Ok(());
                }
                bail!("{} ended ({status})", self.name);
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Ok(())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let ended = |child: &mut Child| !matches!(child.try_wait(), Ok(None));
        if ended(&mut self.child) {
            return;
        }
        signal_group(self.child.id(), self.stop);
        let begin = Instant::now();
        while !ended(&mut self.child) {
            if begin.elapsed() > PATIENCE {
                eprintln!("xtask: {} does not stop: killed", self.name);
                signal_group(self.child.id(), Signal::SIGKILL);
                let _ = self.child.wait();
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}
