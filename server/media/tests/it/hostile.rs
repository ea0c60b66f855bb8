use crate::support::*;
use image::ImageFormat;
use media::{Limits, PhotoError, Stripped};
use std::time::{Duration, Instant};

/// Runs `work` and fails when it takes longer than a worker may be kept busy by one file.
#[track_caller]
fn quickly<T>(seconds: u64, work: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let result = work();
    assert!(start.elapsed() < Duration::from_secs(seconds), "took {:?}", start.elapsed());
    result
}

#[test]
fn what_is_not_a_picture() {
    assert_eq!(code_of(b""), "empty");
    assert_eq!(code_of(b"<html><script>alert(1)</script>"), "not-a-picture");
    assert_eq!(code_of(b"PK\x03\x04"), "not-a-picture");
    assert_eq!(code_of(b"<svg onload='alert(1)'/>"), "unsupported");
    assert_eq!(code_of(b"\xff\xd8\xff"), "broken");
    assert_eq!(code_of(b"\x89PNG\r\n\x1a\n"), "broken");
    assert_eq!(code_of(b"GIF89a/*\0\0\0*/=1;alert(1)"), "broken");
    assert_eq!(code_of(b"RIFF\xff\xff\xff\xffWEBPVP8 "), "broken");
    assert_eq!(code_of(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), "broken");
}

#[test]
fn a_missing_file_is_an_error_of_the_machine() {
    let error = media::make_photo("/no/such/file".as_ref(), &Limits::default()).unwrap_err();
    assert_eq!(error.code(), "io");
    assert!(error.is_transient());
    let folder = media::make_photo(std::env::temp_dir().as_path(), &Limits::default()).unwrap_err();
    assert_eq!(folder.code(), "io");
}

#[test]
fn too_many_bytes() {
    let file = jpeg(&noise(64, 64));
    let limits = Limits { max_bytes: 100, ..Limits::default() };
    let error = photo_within(&file, &limits).unwrap_err();
    assert!(matches!(error, PhotoError::TooManyBytes { limit: 100, .. }), "{error}");
}

#[test]
fn headers_that_claim_gigapixels() {
    quickly(5, || {
        assert_eq!(code_of(&png_header(25_000, 25_000)), "too-many-pixels");
        assert_eq!(code_of(&png_header(65_000, 65_000)), "too-long");
        assert_eq!(code_of(&png_header(1, 100_000)), "too-long");
        assert_eq!(code_of(&png_header(0, 100)), "broken");
        let gif = b"GIF89a\x40\x1f\x40\x1f\0\0\0\x2c\0\0\0\0\x40\x1f\x40\x1f\0\x02\0\x3b";
        assert_eq!(code_of(gif), "too-many-pixels");
        // A frame larger than its canvas: the decoder would believe the frame.
        let webp = b"RIFF\x1e\0\0\0WEBPVP8 \x0a\0\0\0\x10\0\0\x9d\x01\x2a\xff\x3f\xff\x3f";
        assert_eq!(code_of(webp), "too-many-pixels");
    });
    let mut file = FlatJpeg { width: 8, height: 8, samples: vec![1], adobe: None, empty_scans: 0 }.write();
    let frame = file.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    file[frame + 5..frame + 9].copy_from_slice(&[0x75, 0x30, 0x75, 0x30]);
    assert_eq!(quickly(5, || code_of(&file)), "too-many-pixels");
}

#[test]
fn a_picture_of_many_scans_is_refused_and_one_of_some_is_read_in_time() {
    let bomb =
        |scans| FlatJpeg { width: 5_000, height: 5_000, samples: vec![90], adobe: None, empty_scans: scans }.write();
    assert_eq!(quickly(20, || code_of(&bomb(500))), "unsupported");
    assert_eq!(quickly(60, || code_of(&bomb(39))), "fine");
}

#[test]
fn a_compressed_profile_that_inflates_is_dropped() {
    // 60 MB of zeros, compressed as the pixels of a picture are.
    let zeros = image::GrayImage::new(8_000, 7_500);
    let png = encoded(zeros, ImageFormat::Png);
    let data = png.windows(4).position(|name| name == b"IDAT").unwrap();
    let length = u32::from_be_bytes(png[data - 4..data].try_into().unwrap()) as usize;
    let profile = [b"p\0\0", &png[data + 4..data + 4 + length]].concat();
    let file = with_chunk(&encoded(noise(16, 16), ImageFormat::Png), b"iCCP", &profile);
    let photo = quickly(30, || photo_of(&file)).unwrap();
    assert_eq!(photo.stripped, [Stripped::ColourProfile]);
}

#[test]
fn cut_jpegs_are_refused_unless_next_to_nothing_is_missing() {
    let file = jpeg(&noise(800, 800));
    for share in [1, 10, 50, 90] {
        let code = code_of(&file[..file.len() * share / 100]);
        assert_eq!(code, "broken", "{share} %");
    }
    let photo = photo_of(&file[..file.len() - 40]).unwrap();
    assert!((760..=800).contains(&photo.height), "{}", photo.height);
    assert_eq!(photo_of(&file[..file.len() - 2]).unwrap().height, 800);
}

#[test]
fn a_progressive_jpeg_without_its_last_scans_is_refused() {
    let file = FlatJpeg { width: 100, height: 50, samples: vec![90, 128, 128], adobe: None, empty_scans: 3 }.write();
    assert_eq!(code_of(&file), "fine");
    assert_eq!(code_of(&file[..file.len() - 2]), "fine");
    let scans: Vec<usize> = (0..file.len()).filter(|at| file[*at..].starts_with(&[0xff, 0xda])).collect();
    assert_eq!(code_of(&file[..scans[3]]), "broken");
    assert_eq!(code_of(&file[..scans[1]]), "broken");
}

#[test]
fn other_cut_files_are_refused() {
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let file = encoded(noise(300, 300), format);
        for share in [1, 10, 50, 90] {
            assert_eq!(code_of(&file[..file.len() * share / 100]), "broken", "{format:?} {share} %");
        }
    }
}

#[test]
fn damaged_exif_is_no_reason_to_refuse_a_photo() {
    // An EXIF directory whose entries run past the end, and one that points at itself.
    let plain = jpeg(&noise(64, 64));
    for tiff in [&b"MM\0*\0\0\0\x08\xff\xff"[..], b"MM\0*\xff\xff\xff\xff", b"MM\0*\0\0\0\0", b"II"] {
        let file = with_segment(&plain, 0xe1, &[b"Exif\0\0", tiff].concat());
        assert_eq!(code_of(&file), "fine");
    }
}

#[test]
fn a_flipped_byte_never_takes_the_worker_along() {
    let files = [
        jpeg(&noise(40, 40)),
        with_exif(&jpeg(&noise(40, 40)), 6),
        encoded(noise(40, 40), ImageFormat::Png),
        encoded(noise(40, 40), ImageFormat::WebP),
        encoded(image::RgbaImage::new(40, 40), ImageFormat::Gif),
        FlatJpeg { width: 40, height: 40, samples: vec![1, 2, 3, 4], adobe: Some(2), empty_scans: 4 }.write(),
    ];
    let mut state = 7usize;
    for file in files {
        for _ in 0..150 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let mut damaged = file.clone();
            let at = (state >> 33) % damaged.len();
            damaged[at] ^= 1 << (state >> 60 & 7);
            if let Ok(photo) = photo_of(&damaged) {
                for variant in &photo.variants {
                    assert_eq!(media::hidden_data(&variant.bytes), []);
                }
            }
        }
    }
}
