use crate::support::*;
use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
use image::{ImageFormat, RgbImage};
use media::{Photo, Size};

/// How a camera stores an upright picture under each orientation: the inverse of what the viewer has to do.
fn stored(upright: &RgbImage, orientation: u16) -> RgbImage {
    match orientation {
        1 => upright.clone(),
        2 => flip_horizontal(upright),
        3 => rotate180(upright),
        4 => flip_vertical(upright),
        5 => flip_horizontal(&rotate90(upright)),
        6 => rotate270(upright),
        7 => flip_horizontal(&rotate270(upright)),
        8 => rotate90(upright),
        _ => unreachable!("orientations are 1 to 8"),
    }
}

#[track_caller]
fn assert_upright(photo: &Photo, width: u32, height: u32) {
    assert_eq!((photo.width, photo.height), (width, height));
    for size in Size::ALL {
        let picture = pixels(photo, size);
        let (right, bottom) = (picture.width() - 9, picture.height() - 9);
        assert_eq!(picture.width() > picture.height(), width > height);
        assert_colour(*picture.get_pixel(8, 8), RED, 20);
        assert_colour(*picture.get_pixel(right, 8), GREEN, 20);
        assert_colour(*picture.get_pixel(8, bottom), BLUE, 20);
        assert_colour(*picture.get_pixel(right, bottom), WHITE, 20);
    }
}

#[test]
fn all_eight_come_out_upright() {
    let upright = corners(640, 400);
    for orientation in 1..=8 {
        let file = with_exif(&jpeg(&stored(&upright, orientation)), orientation);
        assert_upright(&photo_of(&file).unwrap(), 640, 400);
    }
}

#[test]
fn png_and_webp_may_have_one_too() {
    let upright = corners(640, 400);
    let png = encoded(stored(&upright, 6), ImageFormat::Png);
    assert_upright(&photo_of(&with_chunk(&png, b"eXIf", &exif(6))).unwrap(), 640, 400);

    let webp = webp_with_exif(&encoded(stored(&upright, 8), ImageFormat::WebP), 400, 640, &exif(8));
    assert_upright(&photo_of(&webp).unwrap(), 640, 400);
}

/// A plain WebP file put into the extended container, beside an EXIF chunk.
fn webp_with_exif(plain: &[u8], width: u32, height: u32, exif: &[u8]) -> Vec<u8> {
    let mut extended = b"VP8X\x0a\0\0\0\x08\0\0\0".to_vec();
    extended.extend(&(width - 1).to_le_bytes()[..3]);
    extended.extend(&(height - 1).to_le_bytes()[..3]);
    let mut body = [b"WEBP", &extended[..], &plain[12..], b"EXIF"].concat();
    body.extend((exif.len() as u32).to_le_bytes());
    body.extend(exif);
    [b"RIFF", &(body.len() as u32).to_le_bytes()[..], &body].concat()
}

#[test]
fn an_unknown_orientation_is_upright() {
    for orientation in [0, 9, 65_535] {
        let file = with_exif(&jpeg(&corners(640, 400)), orientation);
        assert_upright(&photo_of(&file).unwrap(), 640, 400);
    }
}
