//! Runs photos through the crate: `photo FILE… [--out FOLDER] [--bench N]`.
//!
//! Prints for each file what it was and what was made of it, or why not. `--out` writes the variants, `--bench` repeats
//! each file N times on one thread and prints photos per second.

use media::{Limits, make_photo};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::time::Instant;

#[derive(Default)]
struct Options {
    files: Vec<PathBuf>,
    out: Option<PathBuf>,
    rounds: Option<u32>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let options = read_options()?;
    if options.files.is_empty() {
        for tool in media::doctor() {
            let place = tool
                .path
                .map_or_else(|| format!("missing (package {})", tool.package), |path| path.display().to_string());
            println!("{}: {place}, for {}", tool.name, tool.needed_for);
        }
        return Err("usage: photo FILE… [--out FOLDER] [--bench N]".into());
    }
    for file in &options.files {
        match options.rounds {
            Some(rounds) => bench(file, rounds),
            None => show(file, options.out.as_deref())?,
        }
    }
    Ok(())
}

fn read_options() -> Result<Options, Box<dyn Error>> {
    let mut options = Options::default();
    let mut arguments = std::env::args_os().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.to_str() {
            Some("--out") => options.out = arguments.next().map(PathBuf::from),
            Some("--bench") => {
                let rounds = arguments.next().ok_or("--bench needs a number")?;
                options.rounds = Some(rounds.to_string_lossy().parse()?);
            }
            _ => options.files.push(argument.into()),
        }
    }
    Ok(options)
}

fn show(file: &Path, out: Option<&Path>) -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let result = make_photo(file, &Limits::default());
    let millis = start.elapsed().as_millis();
    let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
    match result {
        Ok(photo) => {
            let stripped: Vec<&str> = photo.stripped.iter().map(|what| what.as_str()).collect();
            println!("{name}: {:?} {}x{} [{}] {millis} ms", photo.kind, photo.width, photo.height, stripped.join(" "));
            for variant in &photo.variants {
                println!(
                    "    {:6} {}x{} {} bytes",
                    variant.size.as_str(),
                    variant.width,
                    variant.height,
                    variant.bytes.len()
                );
                if let Some(out) = out {
                    std::fs::create_dir_all(out)?;
                    let name = format!("{name}.{}.webp", variant.size.as_str());
                    std::fs::write(out.join(name), &variant.bytes)?;
                }
            }
        }
        Err(error) => println!("{name}: {}: {error} ({millis} ms)", error.code()),
    }
    Ok(())
}

fn bench(file: &Path, rounds: u32) {
    let start = Instant::now();
    for _ in 0..rounds {
        if let Err(error) = make_photo(file, &Limits::default()) {
            println!("{}: {}: {error}", file.display(), error.code());
            return;
        }
    }
    let seconds = start.elapsed().as_secs_f64();
    println!("{}: {:.2} photos/s ({rounds} in {seconds:.2} s)", file.display(), f64::from(rounds) / seconds);
}
