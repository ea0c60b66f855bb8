//! Real and hostile files from outside, where there are any.

use crate::support::{assert_colour, pixels};
use image::{Rgb, RgbImage};
use media::{Limits, Made, MediaLimits, Photo, PhotoError, Size, Stripped, hidden_data, make, make_photo};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The folder of collected files: `IKKER_FIXTURES`, or beside the workspace.
fn fixtures() -> Option<PathBuf> {
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/fixtures");
    let folder = std::env::var_os("IKKER_FIXTURES").map_or_else(beside, PathBuf::from);
    folder.is_dir().then_some(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// Reads a file and asserts what must hold of every outcome.
fn read(path: &Path) -> Result<Photo, PhotoError> {
    let name = path.display();
    let start = Instant::now();
    let result = make_photo(path, &Limits::default());
    assert!(start.elapsed() < Duration::from_secs(60), "{name} took {:?}", start.elapsed());
    match &result {
        Ok(photo) => {
            assert_eq!(photo.variants.len(), Size::ALL.len());
            for (variant, size) in photo.variants.iter().zip(Size::ALL) {
                assert_eq!(variant.size, size);
                assert!(variant.width.max(variant.height) <= size.side(), "{name}");
                assert!(variant.width <= photo.width && variant.height <= photo.height, "{name}");
                assert_eq!(hidden_data(&variant.bytes), [], "{name}");
                pixels(photo, size);
            }
        }
        Err(error) => assert!(!matches!(error.code(), "io" | "timed-out"), "{name}: {error}"),
    }
    result
}

/// Mean difference of the samples of two pictures of one size.
fn difference(one: &RgbImage, other: &RgbImage) -> f64 {
    assert_eq!(one.dimensions(), other.dimensions());
    let sum: u64 = one.as_raw().iter().zip(other.as_raw()).map(|(a, b)| u64::from(a.abs_diff(*b))).sum();
    sum as f64 / one.as_raw().len() as f64
}

#[test]
fn photos_are_read() {
    let Some(folder) = fixtures() else { return };
    for path in files(&folder.join("photos")) {
        match read(&path) {
            Ok(photo) => {
                let name = path.file_name().unwrap().to_string_lossy();
                let is_upright = photo.height > photo.width;
                if name.contains("gps") && !name.contains("empty") {
                    assert!(photo.stripped.contains(&Stripped::Gps), "{name}: {:?}", photo.stripped);
                }
                if name.contains("rot90") || name.contains("irot270") || name.contains("motion_photo_rot") {
                    assert!(is_upright, "{name} is {}x{}", photo.width, photo.height);
                }
            }
            Err(PhotoError::ToolMissing(_)) => {}
            Err(error) => panic!("{}: {error}", path.display()),
        }
    }
}

#[test]
fn all_orientations_give_the_same_picture() {
    let Some(folder) = fixtures() else { return };
    let pictures: Vec<RgbImage> = (1..=8)
        .map(|number| folder.join(format!("photos/orientation/landscape_{number}.jpg")))
        .map(|path| pixels(&read(&path).unwrap(), Size::Small))
        .collect();
    for (index, picture) in pictures.iter().enumerate() {
        // The number in the middle and the compression differ.
        let found = difference(picture, &pictures[0]);
        assert!(found < 4.0, "orientation {}: {found}", index + 1);
    }
}

#[test]
fn the_same_photo_as_heic_and_as_jpeg_looks_the_same() {
    let Some(folder) = fixtures() else { return };
    let of = |name: &str| read(&folder.join("photos").join(name));
    let (heic, jpeg) = match (of("iphone7_gps_p3.heic"), of("iphone7_display_p3_gps.jpg")) {
        (Ok(heic), Ok(jpeg)) => (heic, jpeg),
        (Err(PhotoError::ToolMissing(_)), _) => return,
        (heic, jpeg) => panic!("{heic:?} {jpeg:?}"),
    };
    let found = difference(&pixels(&heic, Size::Medium), &pixels(&jpeg, Size::Medium));
    assert!(found < 3.0, "{found}");
    let (plain, cmyk) = (of("person_24mp_progressive.jpg").unwrap(), of("cmyk_6mp_no_profile.jpg").unwrap());
    let found = difference(&pixels(&plain, Size::Medium), &pixels(&cmyk, Size::Medium));
    assert!(found < 4.0, "{found}");
}

#[test]
fn inks_as_adobe_writes_them_come_out_as_the_profile_says() {
    // Was once dark grey: luma and chroma of inks are stored without the complement that inks themselves have.
    let Some(folder) = fixtures() else { return };
    let logo = read(&folder.join("photos/cmyk_multi_icc_segments.jpg")).unwrap();
    let picture = pixels(&logo, Size::Small);
    assert_colour(*picture.get_pixel(3, 3), Rgb([255, 255, 255]), 6);
    assert_colour(*picture.get_pixel(53, 68), Rgb([23, 43, 78]), 12);
}

#[test]
fn hostile_files_are_refused_or_made_harmless() {
    let Some(folder) = fixtures() else { return };
    for path in files(&folder.join("hostile")) {
        let code = read(&path).map_or_else(|error| error.code(), |_| "fine");
        let name = path.file_name().unwrap().to_string_lossy();
        let wanted: &[&str] = match &*name {
            "zero_bytes.jpg" => &["empty"],
            "giant_280mp_grey.jpg" | "png_bomb_25000x25000.png" | "gif_5000_frames_8000x8000.gif" => {
                &["too-many-pixels"]
            }
            "png_header_lies_65000x65000.png" | "image_1x100000.png" | "image_1x65500.jpg" => &["too-long"],
            "jpeg_cut_half.jpg" | "truncated_10kB.jpg" | "truncated_10kB.png" | "polyglot_gif_js.gif" => &["broken"],
            "corrupted.heic" | "heif_zero_crop.heic" => &["broken", "tool-missing"],
            "image_1x1.png" | "jpeg_named.heic" | "truncated_real_33_bytes.jpg" | "jpeg_comment_php_html.jpg" => {
                &["fine"]
            }
            name if name.contains("svg_") => &["unsupported"],
            name if name.contains("exif_") => &["fine"],
            name if [".mp4", ".mov", ".webm", ".xlsx", ".docx", ".docm", ".pdf", ".zip"]
                .iter()
                .any(|end| name.ends_with(end)) =>
            {
                &["not-a-picture"]
            }
            "html_named.jpg" | "zip_named.jpg" => &["not-a-picture"],
            // What else is there, or will be added: any answer, as long as there is one.
            _ => continue,
        };
        assert!(wanted.contains(&code), "{name}: {code}");
    }
}

/// What comes of a file when it is worked on as the portal does, but for films of more than a minute.
fn outcome(path: &Path) -> Result<Made, PhotoError> {
    let mut limits = MediaLimits::default();
    limits.film.max_length_seconds = 60;
    let scratch = tempfile::tempdir().unwrap();
    let name = path.file_name().unwrap().to_string_lossy();
    let start = Instant::now();
    let made = make(path, &name, scratch.path(), &limits, &|| false);
    assert!(start.elapsed() < Duration::from_secs(120), "{name} took {:?}", start.elapsed());
    if let Ok(Made::Film(film)) = &made {
        let bytes = std::fs::read(film.path()).unwrap();
        for word in [&b"com.apple"[..], b"\xa9xyz", b"location", b"Exif", b"+52.", b"GPS"] {
            assert!(!bytes.windows(word.len()).any(|part| part == word), "{name}: {}", String::from_utf8_lossy(word));
        }
        for variant in &film.poster.variants {
            assert_eq!(hidden_data(&variant.bytes), [], "{name}");
        }
    }
    made
}

#[test]
fn films_are_made_for_every_browser() {
    let Some(folder) = fixtures() else { return };
    for path in files(&folder.join("videos")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let film = match outcome(&path) {
            Ok(Made::Film(film)) => film,
            Err(PhotoError::ToolMissing(_)) => return,
            Err(error) => {
                let wanted = [("audio_only.mp4", "unsupported"), ("long_6min_1080p_tiny.mp4", "film-too-long")];
                assert!(wanted.contains(&(name.as_str(), error.code())), "{name}: {error}");
                continue;
            }
            Ok(other) => panic!("{name}: {other:?}"),
        };
        assert!(film.width.max(film.height) <= 1280 && film.width.min(film.height) <= 720, "{name}");
        if name.contains("rot90") {
            assert!(film.height > film.width, "{name} is {}x{}", film.width, film.height);
        }
        if name.contains("gps") {
            assert!(film.stripped.contains(&Stripped::Gps), "{name}: {:?}", film.stripped);
        }
    }
}

#[test]
fn documents_are_recognised() {
    let Some(folder) = fixtures() else { return };
    for path in files(&folder.join("documents")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        match outcome(&path) {
            Ok(Made::Document(document)) => assert_eq!(document.kind.name(&name), name),
            other => panic!("{name}: {other:?}"),
        }
    }
}

#[test]
fn no_hostile_file_comes_through_as_something_else() {
    let Some(folder) = fixtures() else { return };
    for path in files(&folder.join("hostile")) {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let code = outcome(&path).map_or_else(|error| error.code(), |_| "fine");
        let wanted: &[&str] = match name.as_str() {
            "testWORD_macros.docm" | "testDdeLink.xlsx" | "testPDF_jsActionOnPage.pdf" => &["macros"],
            "testExternalRefs.docx" => &["external"],
            "concat_script_named.mp4" | "xlsx_bomb_300MB.xlsx" | "zip_named.jpg" | "html_named.jpg" => {
                &["not-a-picture"]
            }
            "mov_no_moov.mov"
            | "mp4_cut_half.mp4"
            | "mp4_malformed_free_box.mp4"
            | "mp4_stsc_contradiction.mp4"
            | "vp9_invalid_bitstream.webm" => &["broken", "unsupported", "tool-missing"],
            name if name.contains("svg_") => &["unsupported"],
            // The other photos have a test of their own; what is added gets an answer, whichever.
            _ => continue,
        };
        assert!(wanted.contains(&code), "{name}: {code}");
    }
}
