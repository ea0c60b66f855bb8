use crate::support::*;
use expect_test::{Expect, expect};
use image::codecs::gif::GifEncoder;
use image::{DynamicImage, Frame, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use media::{Kind, Photo, Size, Stripped, doctor, hidden_data, sniff};
use std::process::Command;

fn summary(photo: &Photo) -> String {
    let variants: Vec<String> = photo
        .variants
        .iter()
        .map(|variant| format!("{} {}x{}", variant.size.as_str(), variant.width, variant.height))
        .collect();
    format!("{:?} {}x{}: {}", photo.kind, photo.width, photo.height, variants.join(", "))
}

#[track_caller]
fn check(file: &[u8], expect: Expect) -> Photo {
    let photo = photo_of(file).unwrap();
    expect.assert_eq(&summary(&photo));
    for variant in &photo.variants {
        assert_eq!(hidden_data(&variant.bytes), []);
        assert_eq!(sniff(&variant.bytes).unwrap(), Kind::WebP);
    }
    assert!((5..40).contains(&photo.placeholder.len()), "{:?}", photo.placeholder);
    photo
}

#[test]
fn a_large_photo_is_made_smaller_three_times() {
    check(&jpeg(&noise(4032, 3024)), expect!["Jpeg 4032x3024: small 480x360, medium 960x720, large 1920x1440"]);
}

#[test]
fn nothing_is_enlarged() {
    check(&jpeg(&noise(700, 300)), expect!["Jpeg 700x300: small 480x206, medium 700x300, large 700x300"]);
    check(&encoded(noise(1, 1), ImageFormat::Png), expect!["Png 1x1: small 1x1, medium 1x1, large 1x1"]);
}

#[test]
fn panoramas_keep_their_shape() {
    check(
        &encoded(RgbImage::new(16_000, 100), ImageFormat::Png),
        expect!["Png 16000x100: small 480x3, medium 960x6, large 1920x12"],
    );
    check(
        &encoded(RgbImage::new(2, 20_000), ImageFormat::Png),
        expect!["Png 2x20000: small 1x480, medium 1x960, large 1x1920"],
    );
}

#[test]
fn every_depth_of_png() {
    let colour = DynamicImage::from(RgbImage::from_pixel(30, 20, Rgb([120, 120, 120])));
    for picture in [
        DynamicImage::from(colour.to_luma8()),
        DynamicImage::from(colour.to_luma_alpha8()),
        DynamicImage::from(colour.to_rgb8()),
        DynamicImage::from(colour.to_rgba8()),
        DynamicImage::from(colour.to_luma16()),
        DynamicImage::from(colour.to_luma_alpha16()),
        DynamicImage::from(colour.to_rgb16()),
        DynamicImage::from(colour.to_rgba16()),
    ] {
        let photo = photo_of(&encoded(picture, ImageFormat::Png)).unwrap();
        assert_colour(*pixels(&photo, Size::Small).get_pixel(5, 5), Rgb([120, 120, 120]), 2);
    }
}

#[test]
fn the_first_frame_of_an_animation_counts() {
    let mut file = Vec::new();
    let frame = |colour| Frame::new(RgbaImage::from_pixel(40, 30, colour));
    GifEncoder::new(&mut file)
        .encode_frames([frame(Rgba([200, 30, 30, 255])), frame(Rgba([30, 30, 200, 255]))])
        .unwrap();
    let photo = check(&file, expect!["Gif 40x30: small 40x30, medium 40x30, large 40x30"]);
    assert_eq!(photo.stripped, [Stripped::Frames]);
    assert_colour(*pixels(&photo, Size::Small).get_pixel(20, 15), Rgb([200, 30, 30]), 6);
}

#[test]
fn progressive_jpeg() {
    let file = FlatJpeg { width: 100, height: 50, samples: vec![90], adobe: None, empty_scans: 1 }.write();
    let photo = check(&file, expect!["Jpeg 100x50: small 100x50, medium 100x50, large 100x50"]);
    assert_colour(*pixels(&photo, Size::Small).get_pixel(50, 25), Rgb([90, 90, 90]), 2);
}

#[test]
fn heic_and_avif() {
    if doctor().iter().any(|tool| tool.path.is_none()) {
        eprintln!("heif-convert is missing: not tested");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("a.jpg"), jpeg(&corners(640, 400))).unwrap();
    std::fs::write(path("b.jpg"), jpeg(&noise(320, 320))).unwrap();
    for (name, kind) in [("one.heic", Kind::Heic), ("two.heic", Kind::Heic), ("one.avif", Kind::Avif)] {
        let mut encoder = Command::new("heif-enc");
        encoder.current_dir(folder.path()).args(["-q", "90", "a.jpg", "-o", name]);
        if name.starts_with("two") {
            // Two pictures to be shown; the first is the primary one.
            encoder.arg("b.jpg");
        }
        if !encoder.output().is_ok_and(|output| output.status.success()) {
            eprintln!("heif-enc cannot make {name} here: not tested");
            continue;
        }
        let photo = photo_of(&std::fs::read(path(name)).unwrap()).unwrap();
        assert_eq!((photo.kind, photo.width, photo.height), (kind, 640, 400), "{name}");
        let picture = pixels(&photo, Size::Large);
        assert_colour(*picture.get_pixel(20, 20), RED, 12);
        assert_colour(*picture.get_pixel(620, 380), WHITE, 12);
    }
}

#[test]
fn sizes_have_names() {
    for size in Size::ALL {
        assert_eq!(size.as_str().parse(), Ok(size));
    }
    assert!("huge".parse::<Size>().is_err());
}
