use crate::support::*;
use image::{ImageFormat, Luma, Rgb, RgbImage, Rgba, RgbaImage};
use media::{Size, Stripped};
use moxcms::ColorProfile;

#[track_caller]
fn check(file: &[u8], wanted: [u8; 3]) {
    let photo = photo_of(file).unwrap();
    assert_colour(*pixels(&photo, Size::Large).get_pixel(8, 8), Rgb(wanted), 4);
}

fn inks(samples: [u8; 4], adobe: Option<u8>) -> Vec<u8> {
    FlatJpeg { width: 16, height: 16, samples: samples.to_vec(), adobe, empty_scans: 0 }.write()
}

#[test]
fn cmyk_as_the_standard_and_as_adobe_writes_it() {
    // Much cyan, half the magenta, no yellow, little black.
    check(&inks([200, 100, 0, 20], None), [51, 143, 235]);
    check(&inks([55, 155, 255, 235], Some(0)), [51, 143, 235]);
    // The same inks as luma and chroma, which Adobe stores without the complement, and black inverted.
    check(&inks([119, 61, 186, 235], Some(2)), [51, 143, 235]);
}

#[test]
fn display_p3_is_converted_and_parts_of_a_profile_are_put_together() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let picture = RgbImage::from_pixel(64, 64, Rgb([200, 100, 50]));
    for part in [profile.len(), 100] {
        let file = with_profile(&jpeg(&picture), &profile, part);
        let photo = photo_of(&file).unwrap();
        assert!(photo.stripped.contains(&Stripped::ColourProfile));
        check(&file, [215, 93, 31]);
    }
}

#[test]
fn a_profile_for_other_channels_is_ignored() {
    let profile = ColorProfile::new_display_p3().encode().unwrap();
    let grey = encoded(image::GrayImage::from_pixel(20, 20, Luma([90])), ImageFormat::Jpeg);
    check(&with_profile(&grey, &profile, 60_000), [90, 90, 90]);
}

#[test]
fn transparency_is_laid_on_white() {
    let picture = RgbaImage::from_fn(600, 60, |x, _| match x / 200 {
        0 => Rgba([255, 0, 0, 0]),
        1 => Rgba([0, 0, 0, 128]),
        _ => Rgba([0, 0, 255, 255]),
    });
    for format in [ImageFormat::Png, ImageFormat::WebP] {
        let photo = photo_of(&encoded(picture.clone(), format)).unwrap();
        let found = pixels(&photo, Size::Large);
        assert_colour(*found.get_pixel(100, 30), Rgb([255, 255, 255]), 4);
        assert_colour(*found.get_pixel(300, 30), Rgb([127, 127, 127]), 4);
        assert_colour(*found.get_pixel(500, 30), Rgb([0, 0, 255]), 6);
    }
}
