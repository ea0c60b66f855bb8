//! `ikker media`: the work on uploads, done to files outside the portal.

use crate::config::{self, Config};
use anyhow::{Context as _, Result, bail};
use clap::Args;
use media::{Film, MediaLimits, Photo, PhotoError, Variant};
use serde::Serialize;
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};
use texts::Lang;

#[derive(Debug, Args)]
pub(super) struct Media {
    /// Files to work on
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Folder for what is made of them
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Print the outcome as JSON
    #[arg(long)]
    json: bool,
}

/// What became of the files, as it is printed.
#[derive(Debug, Serialize)]
struct Report {
    files: Vec<Entry>,
}

#[derive(Debug, Serialize)]
struct Entry {
    /// The path as it was given.
    file: String,
    #[serde(flatten)]
    outcome: Outcome,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Outcome {
    Made(Made),
    Refused { error: Refusal },
}

#[derive(Debug, Serialize)]
struct Made {
    /// Media type by content.
    kind: &'static str,
    /// Of the file, in bytes.
    size: u64,
    /// Of the upright picture or film, in pixels.
    #[serde(skip_serializing_if = "Option::is_none")]
    width: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height: Option<u32>,
    /// Of a film.
    #[serde(skip_serializing_if = "Option::is_none")]
    duration_ms: Option<u64>,
    /// Who wrote a document: it stays in the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<String>,
    stripped: Vec<&'static str>,
    /// None of a document, which is kept as it is.
    derivatives: Vec<Derivative>,
}

#[derive(Debug, Serialize)]
struct Derivative {
    /// Its name in the folder.
    name: String,
    width: u32,
    height: u32,
    bytes: u64,
}

#[derive(Debug, Serialize)]
struct Refusal {
    /// One of `media`'s codes.
    code: &'static str,
    message: String,
}

/// Works on each file; fails if one can't be used.
pub(super) async fn run(command: Media, config: &Config) -> Result<()> {
    let lang = config::terminal_lang();
    let json = command.json;
    let limits = config.media_limits.clone();
    let report = tokio::task::spawn_blocking(move || work(&command, &limits, lang)).await??;
    let refused = report.files.iter().filter(|entry| matches!(entry.outcome, Outcome::Refused { .. })).count();
    if json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        report.files.iter().for_each(print);
    }
    match refused {
        0 => Ok(()),
        1 => bail!("one file can't be used"),
        several => bail!("{several} files can't be used"),
    }
}

fn work(command: &Media, limits: &MediaLimits, lang: Lang) -> Result<Report> {
    std::fs::create_dir_all(&command.out)
        .with_context(|| format!("the folder {} can't be made", command.out.display()))?;
    let scratch = std::env::temp_dir();
    let mut names = Names::default();
    let mut files = Vec::with_capacity(command.files.len());
    for file in &command.files {
        let name = names.of(file);
        let outcome = match media::make(file, &name, &scratch, limits, &|| false) {
            Ok(made) => Outcome::Made(write(file, &made, &Out { folder: &command.out, name: &name })?),
            Err(error) => Outcome::Refused { error: refusal(lang, &error) },
        };
        files.push(Entry { file: file.display().to_string(), outcome });
    }
    Ok(Report { files })
}

/// Where the derivatives of one file go.
struct Out<'a> {
    folder: &'a Path,
    /// How their names begin.
    name: &'a str,
}

impl Out<'_> {
    fn put(&self, ending: &str, (width, height): (u32, u32), bytes: &[u8]) -> Result<Derivative> {
        let name = format!("{}.{ending}", self.name);
        let path = self.folder.join(&name);
        std::fs::write(&path, bytes).with_context(|| format!("{} can't be written", path.display()))?;
        Ok(Derivative { name, width, height, bytes: bytes.len() as u64 })
    }

    fn put_photo(&self, photo: &Photo) -> Result<Vec<Derivative>> {
        let one = |variant: &Variant| {
            self.put(&format!("{}.webp", variant.size.as_str()), (variant.width, variant.height), &variant.bytes)
        };
        photo.variants.iter().map(one).collect()
    }

    /// The film, then its poster.
    fn put_film(&self, film: &Film) -> Result<Vec<Derivative>> {
        let mut all = vec![self.put("film.mp4", (film.width, film.height), &std::fs::read(film.path())?)?];
        all.extend(self.put_photo(&film.poster)?);
        Ok(all)
    }
}

fn write(file: &Path, made: &media::Made, out: &Out<'_>) -> Result<Made> {
    let (kind, size, stripped, derivatives) = match made {
        media::Made::Photo(photo) => (
            photo.kind.media_type(),
            Some((photo.width, photo.height)),
            photo.stripped.as_slice(),
            out.put_photo(photo)?,
        ),
        media::Made::Film(film) => {
            let size = (film.source_width, film.source_height);
            (film.kind.media_type(), Some(size), film.stripped.as_slice(), out.put_film(film)?)
        }
        media::Made::Document(document) => (document.kind.media_type(), None, [].as_slice(), Vec::new()),
        media::Made::Subtitles(_) => (media::FileKind::Subtitles.media_type(), None, [].as_slice(), Vec::new()),
    };
    Ok(Made {
        kind,
        size: std::fs::metadata(file)?.len(),
        width: size.map(|(width, _)| width),
        height: size.map(|(_, height)| height),
        duration_ms: if let media::Made::Film(film) = made { Some(film.duration_ms) } else { None },
        author: if let media::Made::Document(document) = made { document.author.clone() } else { None },
        stripped: stripped.iter().map(|what| what.as_str()).collect(),
        derivatives,
    })
}

fn refusal(lang: Lang, error: &PhotoError) -> Refusal {
    Refusal { code: error.code(), message: app::file_text(lang, error.code()) }
}

/// Names for what is made, so that files of one name in several folders don't overwrite each other's.
#[derive(Debug, Default)]
struct Names(BTreeSet<String>);

impl Names {
    fn of(&mut self, file: &Path) -> String {
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy().into_owned();
        let mut free = name.clone();
        let mut number = 2;
        while !self.0.insert(free.clone()) {
            free = format!("{number}-{name}");
            number += 1;
        }
        free
    }
}

fn print(entry: &Entry) {
    let file = &entry.file;
    match &entry.outcome {
        Outcome::Refused { error } => println!("{file}: {} ({})", error.message, error.code),
        Outcome::Made(made) => {
            print!("{file}: {}, {} bytes", made.kind, made.size);
            if let (Some(width), Some(height)) = (made.width, made.height) {
                print!(", {width} × {height} pixels");
            }
            if let Some(duration) = made.duration_ms {
                print!(", {}.{:03} seconds", duration / 1000, duration % 1000);
            }
            if let Some(author) = &made.author {
                print!(", by {author}");
            }
            let stripped = if made.stripped.is_empty() { "nothing".to_owned() } else { made.stripped.join(", ") };
            println!("; stripped: {stripped}");
            for Derivative { name, width, height, bytes } in &made.derivatives {
                println!("    {name}: {width} × {height} pixels, {bytes} bytes");
            }
        }
    }
}
