//! Films: made by ffmpeg as telephones make them, where it is installed.

use crate::support::jpeg;
use image::{ImageFormat, Rgb, RgbImage};
use media::{Film, FilmKind, FilmLimits, Made, MediaLimits, PhotoError, Stripped, hidden_data, make};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

fn tools() -> bool {
    media::doctor().iter().all(|tool| tool.path.is_some())
}

/// Runs ffmpeg with these words and answers the file it made.
fn recorded(folder: &Path, name: &str, words: &str) -> PathBuf {
    let path = folder.join(name);
    let mut command = Command::new("ffmpeg");
    command.args(["-v", "error", "-nostdin", "-y"]).args(words.split_whitespace()).arg(&path).current_dir(folder);
    assert!(command.status().unwrap().success(), "{words}");
    path
}

fn made(path: &Path, limits: &MediaLimits) -> Result<Film, PhotoError> {
    let scratch = tempfile::tempdir().unwrap();
    // The film outlives the folder that its own is made in.
    let scratch = scratch.keep();
    match make(path, "film.pdf", &scratch, limits, &|| false)? {
        Made::Film(film) => Ok(film),
        other => panic!("{other:?}"),
    }
}

fn code(path: &Path, limits: &MediaLimits) -> &'static str {
    made(path, limits).map_or_else(|error| error.code(), |_| "fine")
}

/// What ffprobe says of a made film: every stream, chapter and tag.
fn described(film: &Film) -> serde_json::Value {
    let output = Command::new("ffprobe")
        .args(["-v", "error", "-print_format", "json", "-show_format", "-show_streams", "-show_chapters", "-i"])
        .arg(film.path())
        .output()
        .unwrap();
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Asserts what must hold of every film that is made, within a second and a half of this length.
fn check(film: &Film) {
    let told = described(film);
    let streams = told["streams"].as_array().unwrap();
    let codecs: Vec<&str> = streams.iter().filter_map(|stream| stream["codec_name"].as_str()).collect();
    assert!(codecs == ["h264", "aac"] || codecs == ["h264"], "{codecs:?}");
    assert_eq!(told["chapters"].as_array().unwrap().len(), 0);
    let tags = streams.iter().map(|stream| &stream["tags"]).chain([&told["format"]["tags"]]);
    for tag in tags.filter_map(|tags| tags.as_object()).flat_map(|tags| tags.keys()) {
        let is_of_the_container =
            ["encoder", "language", "handler_name", "vendor_id", "major_brand", "minor_version", "compatible_brands"];
        assert!(is_of_the_container.contains(&tag.as_str()), "{tag}");
    }
    assert!(streams[0]["side_data_list"].is_null(), "upright without a word about it");
    assert_eq!(
        (streams[0]["width"].as_u64(), streams[0]["height"].as_u64()),
        (Some(film.width.into()), Some(film.height.into()))
    );
    assert!(film.width.max(film.height) <= 1280 && film.width.min(film.height) <= 720);
    let rate = streams[0]["avg_frame_rate"].as_str().unwrap().split_once('/').unwrap();
    assert!(rate.0.parse::<f64>().unwrap() / rate.1.parse::<f64>().unwrap() < 30.5, "{rate:?}");
    let bytes = std::fs::read(film.path()).unwrap();
    let at = |name: &[u8]| bytes.windows(4).position(|word| word == name).unwrap();
    assert!(at(b"moov") < at(b"mdat"), "it plays while it arrives");
    for word in [&b"secret"[..], b"x264 - core", b"Lavf", b"com.apple", b"\xa9xyz"] {
        assert!(!bytes.windows(word.len()).any(|part| part == word), "{}", String::from_utf8_lossy(word));
    }
    for variant in &film.poster.variants {
        assert_eq!(hidden_data(&variant.bytes), []);
    }
    let (width, height) = (f64::from(film.poster.width), f64::from(film.poster.height));
    assert!((width / height - f64::from(film.width) / f64::from(film.height)).abs() < 0.05);
}

fn poster(film: &Film) -> RgbImage {
    image::load_from_memory_with_format(&film.poster.variants[0].bytes, ImageFormat::WebP).unwrap().into_rgb8()
}

#[test]
fn a_film_of_a_telephone_held_upright() {
    if !tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    // Red on the left as it was stored; the camera was turned, so red is on top.
    let still = RgbImage::from_fn(640, 360, |x, _| if x < 320 { Rgb([220, 30, 30]) } else { Rgb([30, 30, 220]) });
    std::fs::write(path.join("still.jpg"), jpeg(&still)).unwrap();
    std::fs::write(
        path.join("meta.txt"),
        ";FFMETADATA1\ntitle=secret\nlocation=+52.1000+005.1000/\n[CHAPTER]\nTIMEBASE=1/1000\nSTART=0\nEND=1000\ntitle=secret\n",
    )
    .unwrap();
    recorded(
        path,
        "lying.mov",
        "-loop 1 -framerate 60 -i still.jpg -f lavfi -i sine=d=2 -f ffmetadata -i meta.txt -map 0:v -map 1:a -map_metadata 2 \
         -map_chapters 2 -c:v libx264 -preset ultrafast -pix_fmt yuv420p -c:a aac -t 2",
    );
    let film = recorded(path, "film.mov", "-i lying.mov -map 0:v -map 0:a -c copy -metadata:s:v:0 rotate=270");
    let film = made(&film, &MediaLimits::default()).unwrap();
    assert_eq!(film.kind, FilmKind::QuickTime);
    assert_eq!((film.source_width, film.source_height, film.width, film.height), (360, 640, 360, 640));
    assert!((1_900..2_200).contains(&film.duration_ms), "{}", film.duration_ms);
    assert!(
        film.stripped.contains(&Stripped::Gps) && film.stripped.contains(&Stripped::Comment),
        "{:?}",
        film.stripped
    );
    check(&film);
    let poster = poster(&film);
    let (top, bottom) = (poster.get_pixel(100, 20), poster.get_pixel(100, poster.height() - 20));
    assert!(top[0] > 150 && top[2] < 100 && bottom[2] > 150 && bottom[0] < 100, "{top:?} {bottom:?}");
}

#[test]
fn films_of_browsers_and_old_telephones() {
    if !tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let source = "-f lavfi -i testsrc=size=176x144:rate=15:duration=1 -f lavfi -i sine=frequency=440:duration=1:sample_rate=8000";
    for (name, coding, kind) in [
        ("a.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -c:a libopus", FilmKind::WebM),
        ("b.3gp", "-c:v h263 -c:a aac", FilmKind::ThreeGp),
        ("c.mp4", "-c:v libx265 -x265-params log-level=none -tag:v hvc1 -c:a aac", FilmKind::Mp4),
        ("d.mov", "-c:v libx264 -c:a pcm_u8", FilmKind::QuickTime),
        ("e.mp4", "-c:v libx264 -c:a flac -strict -2", FilmKind::Mp4),
    ] {
        let film =
            made(&recorded(folder.path(), name, &format!("{source} {coding}")), &MediaLimits::default()).unwrap();
        assert_eq!((film.kind, film.width, film.height), (kind, 176, 144), "{name}");
        check(&film);
    }
}

#[test]
fn a_cover_is_left_out() {
    if !tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    std::fs::write(path.join("cover.jpg"), jpeg(&RgbImage::from_pixel(500, 500, Rgb([30, 220, 30])))).unwrap();
    recorded(path, "bare.mp4", "-f lavfi -i color=red:size=176x144:rate=15:duration=1 -c:v libx264");
    for (name, words) in [
        ("behind.mp4", "-i bare.mp4 -i cover.jpg -map 0 -map 1 -c copy -disposition:v:1 attached_pic"),
        ("before.mp4", "-i cover.jpg -i bare.mp4 -map 0 -map 1 -c copy -disposition:v:0 attached_pic"),
    ] {
        let film = made(&recorded(path, name, words), &MediaLimits::default()).unwrap();
        assert_eq!((film.width, film.height), (176, 144), "{name}");
        assert!(film.stripped.contains(&Stripped::Thumbnail), "{name}: {:?}", film.stripped);
        check(&film);
    }
}

#[test]
fn one_picture_that_lasts_is_its_own_poster() {
    if !tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let words =
        "-f lavfi -i color=red:size=176x144:rate=25:duration=0.04 -f lavfi -i sine=duration=3 -c:v libx264 -c:a aac";
    let film = made(&recorded(folder.path(), "still.mp4", words), &MediaLimits::default()).unwrap();
    assert!((2_900..3_200).contains(&film.duration_ms), "{}", film.duration_ms);
    let poster = poster(&film);
    let middle = poster.get_pixel(80, 70);
    assert!(middle[0] > 200 && middle[2] < 60, "{middle:?}");
}

#[test]
fn what_can_not_be_used_says_why() {
    if !tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let limits = MediaLimits::default();
    let film = recorded(
        path,
        "film.mp4",
        "-f lavfi -i testsrc=size=320x240:rate=10:duration=20 -c:v libx264 -movflags +faststart",
    );
    let bytes = std::fs::read(&film).unwrap();
    std::fs::write(path.join("cut.mp4"), &bytes[..bytes.len() / 2]).unwrap();
    assert_eq!(code(&path.join("cut.mp4"), &limits), "broken");
    let index = bytes.windows(4).position(|word| word == b"moov").unwrap();
    std::fs::write(path.join("no-index.mp4"), &bytes[..index]).unwrap();
    assert_eq!(code(&path.join("no-index.mp4"), &limits), "broken");
    let sound = recorded(path, "sound.mp4", "-f lavfi -i sine=d=1 -c:a aac");
    assert_eq!(code(&sound, &limits), "unsupported");
    let other = recorded(path, "other.mov", "-f lavfi -i testsrc=duration=1 -c:v prores");
    assert_eq!(code(&other, &limits), "unsupported");
    let short = FilmLimits { max_length_seconds: 5, ..FilmLimits::default() };
    assert_eq!(code(&film, &MediaLimits { film: short, ..limits.clone() }), "film-too-long");
    let small = FilmLimits { max_bytes: 1_000, ..FilmLimits::default() };
    assert_eq!(code(&film, &MediaLimits { film: small, ..limits }), "too-large");
}

#[test]
fn work_that_takes_too_long_or_is_not_wanted_ends() {
    if !tools() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let film = recorded(
        folder.path(),
        "long.mp4",
        "-f lavfi -i color=size=1280x720:rate=30:duration=120 -c:v libx264 -preset ultrafast",
    );
    let start = Instant::now();
    let limits = FilmLimits { max_work_seconds: 1, ..FilmLimits::default() };
    assert_eq!(code(&film, &MediaLimits { film: limits, ..MediaLimits::default() }), "timed-out");
    let scratch = tempfile::tempdir().unwrap();
    let stopped = make(&film, "film.mp4", scratch.path(), &MediaLimits::default(), &|| true).unwrap_err();
    assert_eq!(stopped.code(), "io");
    assert_eq!(std::fs::read_dir(scratch.path()).unwrap().count(), 0, "nothing is left");
    assert!(start.elapsed() < Duration::from_secs(60));
}
