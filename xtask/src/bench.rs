//! Speed, size and memory, each as a ratio to a reference measured in the same run: absolute times on a shared machine mean
//! nothing.

use crate::{
    files,
    network::{free_port, listens},
    postgres::{Postgres, Scratch},
    process::{self, Service},
    report::step,
    run::has_command,
    web::{self, VIEW_FLAGS},
    workspace::Workspace,
};
use anyhow::{Context as _, Result, bail};
use nix::sys::signal::Signal;
use serde_json::{Value, json};
use std::{
    fs::File,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

pub fn command(arguments: &[String]) -> Result<()> {
    let mut quick = false;
    for argument in arguments {
        match argument.as_str() {
            "--quick" => quick = true,
            other => bail!("bench: no option `{other}`"),
        }
    }
    let workspace = Workspace::find()?;
    let mut table = Table::default();
    measure(&workspace, quick, &mut table)?;
    table.print();
    let file = workspace.target.join("bench.json");
    files::write(&file, serde_json::to_string_pretty(&table.json())?)?;
    println!("-- written to {}", file.display());
    Ok(())
}

/// What was measured, in order.
#[derive(Default)]
struct Table(Vec<Figure>);

struct Figure {
    name: String,
    unit: &'static str,
    measured: std::result::Result<f64, String>,
    reference: Option<f64>,
    goal: Goal,
}

#[derive(Clone, Copy)]
enum Goal {
    /// The ratio to the reference must be at least this.
    RatioAtLeast(f64),
    RatioAtMost(f64),
    AtMost(f64),
    /// Shown only.
    None,
}

impl Goal {
    /// Whether it is reached; none when there is none, or nothing to compare with.
    fn is_reached(self, measured: f64, ratio: Option<f64>) -> Option<bool> {
        match self {
            Goal::RatioAtLeast(least) => ratio.map(|ratio| ratio >= least),
            Goal::RatioAtMost(most) => ratio.map(|ratio| ratio <= most),
            Goal::AtMost(most) => Some(measured <= most),
            Goal::None => None,
        }
    }

    fn words(self) -> String {
        match self {
            Goal::RatioAtLeast(least) => format!("ratio >= {least}"),
            Goal::RatioAtMost(most) => format!("ratio <= {most}"),
            Goal::AtMost(most) => format!("<= {}", number(most)),
            Goal::None => String::new(),
        }
    }
}

impl Table {
    fn add(&mut self, name: &str, unit: &'static str, measured: f64, reference: Option<f64>, goal: Goal) {
        self.0.push(Figure { name: name.to_owned(), unit, measured: Ok(measured), reference, goal });
    }

    /// Nothing is left out silently.
    fn not_measured(&mut self, name: &str, reason: impl std::fmt::Display) {
        let measured = Err(format!("{reason:#}"));
        self.0.push(Figure { name: name.to_owned(), unit: "", measured, reference: None, goal: Goal::None });
    }

    /// Runs one measurement; what it can't do is noted under its name.
    fn try_to(&mut self, name: &str, work: impl FnOnce(&mut Table) -> Result<()>) -> Result<()> {
        let result = step(name, || work(self));
        process::check_interrupted()?;
        if let Err(error) = result {
            self.not_measured(name, format!("{error:#}"));
        }
        Ok(())
    }

    fn print(&self) {
        println!("{:<52} {:>14} {:>11} {:>7}  goal", "figure", "measured", "reference", "ratio");
        for figure in &self.0 {
            let measured = match &figure.measured {
                Ok(measured) => *measured,
                Err(reason) => {
                    println!("{:<52} not measured: {reason}", figure.name);
                    continue;
                }
            };
            let ratio = figure.reference.map(|reference| measured / reference);
            let mark = match figure.goal.is_reached(measured, ratio) {
                Some(true) => "  reached",
                Some(false) => "  MISSED",
                None => "",
            };
            println!(
                "{:<52} {:>14} {:>11} {:>7}  {}{mark}",
                figure.name,
                format!("{} {}", number(measured), figure.unit),
                figure.reference.map(number).unwrap_or_default(),
                ratio.map(|ratio| format!("{ratio:.2}")).unwrap_or_default(),
                figure.goal.words(),
            );
        }
    }

    fn json(&self) -> Value {
        let figures = self.0.iter().map(|figure| match &figure.measured {
            Err(reason) => json!({ "figure": figure.name, "not_measured": reason }),
            Ok(measured) => {
                let ratio = figure.reference.map(|reference| measured / reference);
                json!({
                    "figure": figure.name, "measured": measured, "unit": figure.unit, "reference": figure.reference,
                    "ratio": ratio, "goal": figure.goal.words(), "reached": figure.goal.is_reached(*measured, ratio),
                })
            }
        });
        Value::Array(figures.collect())
    }
}

fn number(value: f64) -> String {
    if value >= 100.0 { format!("{value:.0}") } else { format!("{value:.2}") }
}

/// How much to measure.
struct Effort {
    seconds: u32,
    pages: u32,
    messages: u32,
    photos: u32,
    streams: u32,
    /// To search in.
    posts: u32,
    /// Frames of the film that is sent, of about 1.3 MB each.
    frames: u32,
}

impl Effort {
    fn new(quick: bool) -> Effort {
        match quick {
            true => {
                Effort { seconds: 5, pages: 2_000, messages: 50, photos: 2, streams: 200, posts: 100_000, frames: 40 }
            }
            false => Effort {
                seconds: 20,
                pages: 20_000,
                messages: 300,
                photos: 6,
                streams: 1_000,
                posts: 100_000,
                frames: 150,
            },
        }
    }
}

fn measure(workspace: &Workspace, quick: bool, table: &mut Table) -> Result<()> {
    let effort = Effort::new(quick);
    workspace.debian_programs(&[("wrk", "wrk"), ("vips", "libvips-tools"), ("vipsthumbnail", "libvips-tools")])?;
    web::build(workspace, false)?;
    step("release build of server and references", || {
        workspace.build_server()?;
        let mut cargo = workspace.cargo();
        cargo.args(["build", "--quiet", "--release", "--locked", "--package", "limit"]);
        process::run(cargo.env("RUSTFLAGS", VIEW_FLAGS).env_remove("CARGO_ENCODED_RUSTFLAGS"))?;
        let mut cargo = workspace.cargo();
        cargo.args(["build", "--quiet", "--release", "--locked", "--package", "media", "--example", "photo"]);
        process::run(cargo.env("RUSTFLAGS", VIEW_FLAGS).env_remove("CARGO_ENCODED_RUSTFLAGS"))
    })?;
    let folder = Scratch::make("bench")?;
    if has_command(workspace, "demo")? {
        let sqlite = served(workspace, &folder.0.join("sqlite"), None, &effort, table)?;
        if quick {
            table.not_measured("feed on PostgreSQL", "--quick");
        } else {
            table.try_to("feed on PostgreSQL", |table| {
                let postgres = Postgres::start(workspace)?;
                let url = postgres.create_database("bench")?;
                let portal = Portal::start(workspace, &folder.0.join("postgres"), Some(&url))?;
                let cookie = portal.sign_in(workspace, "guardian", 0)?;
                let load = wrk(&portal.url("/"), &cookie, 32, effort.seconds)?;
                table.add("feed on PostgreSQL, 32 connections", "req/s", load.rate, sqlite, Goal::RatioAtLeast(0.6));
                Ok(())
            })?;
        }
    } else {
        for name in ["feed", "live", "memory", "start", "feed on PostgreSQL"] {
            table.not_measured(name, "this version of ikker makes no demo school");
        }
    }
    table.try_to("photo work", |table| photos(workspace, &folder.0, &effort, table))?;
    table.not_measured("growth: 1, 100, 5,000 schools", "needs a database of 20 million posts, made by hand");
    table.not_measured("Lighthouse", "not a dependency: run it by hand against `cargo xtask run`");
    Ok(())
}

/// A running server with a demo school.
struct Portal {
    service: Service,
    accounts: Value,
    origin: String,
    /// From the start of the process to the first whole page.
    first_page: Duration,
}

impl Portal {
    fn start(workspace: &Workspace, folder: &Path, database: Option<&str>) -> Result<Portal> {
        files::make(folder)?;
        let port = free_port()?;
        let origin = format!("http://127.0.0.1:{port}");
        let ikker = |command: &str| {
            let mut ikker = process::ended_with_parent(&workspace.server());
            ikker.arg(command).env("IKKER_DATA_DIR", folder.join("data")).env("IKKER_SITE_DIR", workspace.site());
            ikker.env("IKKER_LISTEN", format!("127.0.0.1:{port}")).env("IKKER_LOG", "warn");
            if let Some(database) = database {
                ikker.env("IKKER_DATABASE_URL", database);
            }
            ikker
        };
        let text = process::output(ikker("demo").arg("--json"))?;
        let accounts = serde_json::from_str(&text).context("ikker demo --json printed no JSON")?;
        let log = File::create(folder.join("log"))?;
        let begin = Instant::now();
        let mut service =
            Service::start("ikker", ikker("serve").stdout(log.try_clone()?).stderr(log), Signal::SIGTERM)?;
        let page = format!("{origin}/sign-in");
        let answers = || {
            let mut curl = Command::new("curl");
            curl.args(["--silent", "--fail", "--output", "/dev/null", &page]);
            listens(port) && curl.status().is_ok_and(|status| status.success())
        };
        service.wait_until(Duration::from_secs(30), answers)?;
        Ok(Portal { service, accounts, origin, first_page: begin.elapsed() })
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    fn sign_in(&self, workspace: &Workspace, role: &str, nth: usize) -> Result<String> {
        let accounts = self.accounts.get("accounts").and_then(Value::as_array).context("no accounts")?;
        let account = accounts.iter().filter(|account| account["role"] == role).nth(nth);
        let account = account.with_context(|| format!("the demo school has no {role} number {nth}"))?;
        let word = |name: &str| account[name].as_str().unwrap_or_default();
        let cookie = ask(workspace, "sign-in", &[&self.origin, word("email"), word("password")])?;
        Ok(cookie.as_str().context("no cookie")?.to_owned())
    }
}

/// Puts a question to `measure.mjs`.
fn ask(workspace: &Workspace, question: &str, arguments: &[&str]) -> Result<Value> {
    let mut node = Command::new("node");
    node.arg(workspace.root.join("xtask/node/measure.mjs")).arg(question).args(arguments);
    Ok(serde_json::from_str(&process::output(&mut node)?)?)
}

fn float(value: &Value, name: &str) -> Result<f64> {
    value.get(name).and_then(Value::as_f64).with_context(|| format!("no number `{name}`"))
}

/// Everything about the serving of pages; gives requests per second at 32 connections.
fn served(
    workspace: &Workspace,
    folder: &Path,
    database: Option<&str>,
    effort: &Effort,
    table: &mut Table,
) -> Result<Option<f64>> {
    let portal = step("demo school", || Portal::start(workspace, folder, database))?;
    // The second start: the first one may have had something to prepare.
    let again = {
        let Portal { service, .. } = portal;
        drop(service);
        step("start", || Portal::start(workspace, folder, database))?
    };
    let portal = again;
    #[expect(clippy::cast_precision_loss, reason = "milliseconds")]
    let start = portal.first_page.as_millis() as f64;
    table.add("start to first page, existing database", "ms", start, None, Goal::AtMost(300.0));
    table.add("memory idle", "MB", memory(portal.service.pid(), "VmRSS")?, None, Goal::AtMost(60.0));

    let cookie = portal.sign_in(workspace, "guardian", 0)?;
    let page = ask(workspace, "page", &[&portal.url("/"), &cookie])?;
    let body = folder.join("page.html");
    files::write(&body, page["html"].as_str().unwrap_or_default())?;
    println!("   the feed shows {} posts in {} bytes", page["posts"], page["html"].as_str().map_or(0, str::len));
    let database = folder.join("data/ikker.db");
    let (limit, limit_port) = start_limit(workspace, &database, &body)?;
    let limit_url = format!("http://127.0.0.1:{limit_port}");

    let mut rate = None;
    table.try_to("feed", |table| {
        for connections in [1, 32] {
            // Alternately, so that what else the machine does falls on both.
            let most = wrk(&format!("{limit_url}/feed"), &cookie, connections, effort.seconds)?;
            let ours = wrk(&portal.url("/"), &cookie, connections, effort.seconds)?;
            let name = |what: &str| format!("feed, {connections} connections: {what}");
            let goal = if connections == 32 { Goal::RatioAtLeast(0.5) } else { Goal::None };
            table.add(&name("pages"), "req/s", ours.rate, Some(most.rate), goal);
            match connections {
                1 => table.add(&name("p99, of its own p50"), "ms", ours.p99, Some(ours.p50), Goal::RatioAtMost(3.0)),
                _ => table.add(&name("p99"), "ms", ours.p99, Some(most.p99), Goal::RatioAtMost(4.0)),
            }
            rate = Some(ours.rate);
        }
        Ok(())
    })?;
    table.try_to("unfinished answers", |table| {
        let answer = ask(workspace, "unfinished", &[&portal.url("/"), &cookie, &effort.pages.to_string()])?;
        let name = format!("unfinished answers in {}", effort.pages);
        table.add(&name, "", float(&answer, "broken")?, None, Goal::AtMost(0.0));
        Ok(())
    })?;
    table.try_to("cold load", |table| {
        let answer = ask(workspace, "cold-load", &[&portal.url("/"), &cookie])?;
        table.add(
            "cold load of the feed, without pictures",
            "kB",
            float(&answer, "bytes")? / 1000.0,
            None,
            Goal::AtMost(350.0),
        );
        table.add("cold load: requests", "", float(&answer, "requests")?, None, Goal::AtMost(12.0));
        let page = float(&answer["sizes"], &portal.url("/"))?;
        table.add("second page (the page alone)", "kB", page / 1000.0, None, Goal::AtMost(25.0));
        Ok(())
    })?;
    table.try_to("live latency", |table| {
        let mut people = Vec::new();
        for (role, nth) in
            [("guardian", 0), ("guardian", 0), ("teacher", 0), ("teacher", 1), ("specialist", 0), ("director", 0)]
        {
            if let Ok(cookie) = portal.sign_in(workspace, role, nth) {
                people.push(cookie);
            }
        }
        let count = effort.messages.to_string();
        let most = ask(workspace, "live", &["limit", &limit_url, &count])?;
        let mut arguments = vec!["ikker", &portal.origin, &count];
        arguments.extend(people.iter().map(String::as_str));
        let ours = ask(workspace, "live", &arguments)?;
        table.add(
            "live: message to other browser, p50",
            "ms",
            float(&ours, "p50")?,
            Some(float(&most, "p50")?),
            Goal::AtMost(13.0),
        );
        table.add(
            "live: message to other browser, p99",
            "ms",
            float(&ours, "p99")?,
            Some(float(&most, "p99")?),
            Goal::RatioAtMost(2.0),
        );
        Ok(())
    })?;
    table.try_to("memory loaded", |table| {
        let count = effort.streams.to_string();
        let mut node = Command::new("node");
        node.arg(workspace.root.join("xtask/node/measure.mjs")).args([
            "streams",
            &portal.origin,
            &cookie,
            &count,
            "60",
        ]);
        let mut streams = Service::start("node", node.stdout(Stdio::null()).stderr(Stdio::piped()), Signal::SIGTERM)?;
        streams.read_error_line()?;
        wrk(&portal.url("/"), &cookie, 32, effort.seconds)?;
        let name = format!("memory with {count} streams and 32 readers");
        table.add(&name, "MB", memory(portal.service.pid(), "VmRSS")?, None, Goal::AtMost(150.0));
        Ok(())
    })?;
    table.try_to("upload", |table| upload(workspace, &portal, &limit_url, folder, effort, table))?;
    drop(limit);
    drop(portal);
    table.try_to("gate", |table| gate(workspace, folder, &database, effort, table))?;
    table.try_to("search", |table| search(workspace, folder, &database, effort, table))?;
    Ok(rate)
}

/// A film on its way in, against a plain copy of its bytes.
fn upload(
    workspace: &Workspace,
    portal: &Portal,
    limit_url: &str,
    folder: &Path,
    effort: &Effort,
    table: &mut Table,
) -> Result<()> {
    let film = folder.join("film.mp4");
    let mut ffmpeg = Command::new("ffmpeg");
    // Noise: nothing of it can be left out.
    ffmpeg.args([
        "-loglevel",
        "error",
        "-f",
        "rawvideo",
        "-pix_fmt",
        "yuv420p",
        "-video_size",
        "1280x720",
        "-framerate",
        "25",
    ]);
    ffmpeg.args([
        "-i",
        "/dev/urandom",
        "-frames:v",
        &effort.frames.to_string(),
        "-c:v",
        "libx264",
        "-preset",
        "ultrafast",
    ]);
    ffmpeg.args(["-qp", "1", "-pix_fmt", "yuv420p"]).arg(&film);
    process::run_quietly(&mut ffmpeg)?;
    let cookie = portal.sign_in(workspace, "teacher", 0)?;
    let film = film.display().to_string();
    let rate = |kind: &str, origin: &str| -> Result<f64> {
        let answer = ask(workspace, "upload", &[kind, origin, &film, &cookie])?;
        Ok(float(&answer, "length")? / 1000.0 / float(&answer, "milliseconds")?)
    };
    let (most, ours) = (rate("limit", limit_url)?, rate("ikker", &portal.origin)?);
    table.add("upload of a film", "MB/s", ours, Some(most), Goal::RatioAtLeast(0.2));
    Ok(())
}

/// What the gate costs, and how soon a withdrawal is everywhere.
fn gate(workspace: &Workspace, folder: &Path, database: &Path, effort: &Effort, table: &mut Table) -> Result<()> {
    let album = |portal: &Portal| {
        let cookie = portal.sign_in(workspace, "guardian", 0)?;
        wrk(&portal.url("/?pictures=true"), &cookie, 1, effort.seconds)
    };
    let portal = Portal::start(workspace, folder, None)?;
    let before = album(&portal)?;
    let name = |what: &str| format!("withdrawal, {} open pages: {what}", effort.streams);
    let answer = (0..8).find_map(|nth| {
        let cookie = portal.sign_in(workspace, "guardian", nth).ok()?;
        ask(workspace, "withdrawal", &[&portal.origin, &cookie, &effort.streams.to_string()]).ok()
    });
    let answer = answer.context("no guardian's child is in a picture")?;
    table.add(&name("bytes refused"), "ms", float(&answer, "refused")?, None, Goal::AtMost(1_000.0));
    table.add(&name("last page told"), "ms", float(&answer, "told")?, None, Goal::AtMost(1_000.0));
    drop(portal);
    let mut tag = Command::new(workspace.target.join("release/limit"));
    process::run_quietly(tag.arg("tag").arg(database))?;
    let portal = Portal::start(workspace, folder, None)?;
    let after = album(&portal)?;
    table.add("20 posts with 200 pictures of 180 children: p50", "ms", after.p50, Some(before.p50), Goal::None);
    Ok(())
}

/// The page of search over many posts, against the index alone.
fn search(workspace: &Workspace, folder: &Path, database: &Path, effort: &Effort, table: &mut Table) -> Result<()> {
    let mut fill = Command::new(workspace.target.join("release/limit"));
    process::run_quietly(fill.arg("fill").arg(database).arg(effort.posts.to_string()))?;
    let portal = Portal::start(workspace, folder, None)?;
    let (limit, limit_port) = start_limit(workspace, database, &folder.join("page.html"))?;
    let cookie = portal.sign_in(workspace, "guardian", 0)?;
    for (what, word) in [("rare", "schelpen"), ("common", "kinderen")] {
        let most = wrk(&format!("http://127.0.0.1:{limit_port}/search?q={word}"), &cookie, 1, effort.seconds)?;
        let ours = wrk(&portal.url(&format!("/search?q={word}")), &cookie, 1, effort.seconds)?;
        let name = format!("search in {} posts, a {what} word: p50", effort.posts);
        table.add(&name, "ms", ours.p50, Some(most.p50), Goal::None);
    }
    drop(limit);
    Ok(())
}

fn start_limit(workspace: &Workspace, database: &Path, page: &Path) -> Result<(Service, u16)> {
    let mut command = process::ended_with_parent(&workspace.target.join("release/limit"));
    command.arg(database).arg(page).stdout(Stdio::piped());
    let mut service = Service::start("limit", &mut command, Signal::SIGTERM)?;
    let line = service.read_line()?;
    let port = line.trim().parse().context("the limit named no port")?;
    Ok((service, port))
}

/// A value of /proc/PID/status, in MB.
fn memory(pid: u32, field: &str) -> Result<f64> {
    let status = files::read_text(Path::new(&format!("/proc/{pid}/status")))?;
    let line = status.lines().find_map(|line| line.strip_prefix(field)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<f64>().ok());
    Ok(kilobytes.with_context(|| format!("no {field} of process {pid}"))? / 1000.0)
}

/// What wrk says of a page.
#[derive(Debug, PartialEq)]
struct Load {
    rate: f64,
    /// Milliseconds.
    p50: f64,
    p99: f64,
}

fn wrk(url: &str, cookie: &str, connections: u32, seconds: u32) -> Result<Load> {
    let mut wrk = Command::new("wrk");
    wrk.args(["--latency", "--threads", if connections > 1 { "2" } else { "1" }]);
    wrk.args(["--connections", &connections.to_string(), "--duration", &format!("{seconds}s")]);
    wrk.args(["--header", &format!("Cookie: {cookie}"), url]);
    read_wrk(&process::output(&mut wrk)?)
}

fn read_wrk(text: &str) -> Result<Load> {
    if let Some(line) = text.lines().find(|line| line.contains("Non-2xx") || line.contains("Socket errors")) {
        bail!("wrk: {}", line.trim());
    }
    let after = |word: &str| {
        let line = text.lines().find(|line| line.trim_start().starts_with(word))?;
        line.split_whitespace().next_back()
    };
    let time = |word: &str| {
        let value = after(word)?;
        let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
        let milliseconds = match unit {
            "us" => 0.001,
            "ms" => 1.0,
            "s" => 1000.0,
            _ => return None,
        };
        Some(value.strip_suffix(unit)?.parse::<f64>().ok()? * milliseconds)
    };
    let rate = after("Requests/sec:").and_then(|rate| rate.parse().ok());
    let (Some(rate), Some(p50), Some(p99)) = (rate, time("50%"), time("99%")) else {
        bail!("wrk is not understood:\n{text}");
    };
    Ok(Load { rate, p50, p99 })
}

/// Photos per second on one core, against vipsthumbnail making the same three pictures.
fn photos(workspace: &Workspace, folder: &Path, effort: &Effort, table: &mut Table) -> Result<()> {
    let photo = twelve_megapixels(folder)?;
    let rounds = effort.photos.to_string();
    let on_one_core = |program: &Path| {
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", "0"]).arg(program).env("VIPS_CONCURRENCY", "1");
        command
    };
    let begin = Instant::now();
    for _ in 0..effort.photos {
        // One decoding, then each from the one before; quality and effort are the product's.
        let mut from = photo.clone();
        for size in ["1920", "960", "320"] {
            let to = folder.join(format!("{size}.webp"));
            let mut vips = on_one_core(Path::new("vipsthumbnail"));
            vips.arg(&from).args(["--size", &format!("{size}x{size}>"), "--rotate"]);
            process::run_quietly(vips.arg("--output").arg(format!("{}[Q=78,effort=2,strip]", to.display())))?;
            from = to;
        }
    }
    let reference = f64::from(effort.photos) / begin.elapsed().as_secs_f64();
    let mut ours = on_one_core(&workspace.target.join("release/examples/photo"));
    let text = process::output(ours.arg(&photo).args(["--bench", &rounds]))?;
    let rate = text.split("photos/s").next().and_then(|text| text.split_whitespace().next_back()?.parse().ok());
    let rate: f64 = rate.with_context(|| format!("the example is not understood: {text}"))?;
    table.add("photo of 12 MP to three WebP, one core", "photos/s", rate, Some(reference), Goal::RatioAtLeast(1.0));
    Ok(())
}

/// A picture with detail at every scale, as photos have.
fn twelve_megapixels(folder: &Path) -> Result<PathBuf> {
    let path = |name: &str| folder.join(name);
    let vips = |arguments: &[&str]| process::run_quietly(Command::new("vips").current_dir(folder).args(arguments));
    for band in ["r", "g", "b"] {
        vips(&["fractsurf", &format!("{band}.v"), "4000", "3000", "2.4"])?;
        vips(&["scale", &format!("{band}.v"), &format!("{band}8.v")])?;
    }
    vips(&["bandjoin", "r8.v g8.v b8.v", "photo.v"])?;
    vips(&["copy", "photo.v", "photo.jpg[Q=90]"])?;
    Ok(path("photo.jpg"))
}

impl Service {
    /// The first line that it writes to standard output, which is read no further.
    fn read_line(&mut self) -> Result<String> {
        let mut line = String::new();
        BufReader::new(self.take_output()?).read_line(&mut line)?;
        Ok(line)
    }

    fn read_error_line(&mut self) -> Result<String> {
        let mut line = String::new();
        BufReader::new(self.take_errors()?).read_line(&mut line)?;
        Ok(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrk_is_read() {
        let text = "  Latency Distribution\n     50%    1.50ms\n     75%  905.00us\n     99%    1.20s \nRequests/sec:  13100.50\nTransfer/sec: 1MB";
        assert_eq!(read_wrk(text).expect("read"), Load { rate: 13_100.5, p50: 1.5, p99: 1_200.0 });
        let refused = format!("{text}\n  Non-2xx or 3xx responses: 3");
        assert!(read_wrk(&refused).expect_err("refused").to_string().contains("Non-2xx"));
    }

    #[test]
    fn goals_are_judged_by_ratio_or_value() {
        assert_eq!(Goal::RatioAtLeast(0.5).is_reached(60.0, Some(0.6)), Some(true));
        assert_eq!(Goal::RatioAtMost(4.0).is_reached(60.0, Some(4.1)), Some(false));
        assert_eq!(Goal::AtMost(300.0).is_reached(301.0, None), Some(false));
        assert_eq!(Goal::RatioAtLeast(0.5).is_reached(60.0, None), None);
    }
}
