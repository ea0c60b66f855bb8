use crate::support::*;
use image::imageops::{flip_horizontal, flip_vertical, rotate90, rotate180, rotate270};
use image::{ImageFormat, RgbImage};
use media::{Edit, Limits, Photo, Region, Size, edit_photo, hidden_data};

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

fn large(photo: &Photo) -> Vec<u8> {
    photo.variants.last().unwrap().bytes.clone()
}

#[test]
fn turned_by_a_quarter_four_times_it_is_as_it_was() {
    let mut photo = photo_of(&jpeg(&corners(2400, 1500))).unwrap();
    // Clockwise from the top left corner.
    let mut colours = [RED, GREEN, WHITE, BLUE];
    for turn in 1..=4 {
        photo = edit_photo(large(&photo), Edit::TurnRight, &Limits::default()).unwrap();
        colours.rotate_right(1);
        let (width, height) = if turn % 2 == 1 { (1200, 1920) } else { (1920, 1200) };
        assert_eq!((photo.width, photo.height), (width, height));
        for size in Size::ALL {
            let picture = pixels(&photo, size);
            let (right, bottom) = (picture.width() - 9, picture.height() - 9);
            assert_eq!(picture.width() > picture.height(), width > height);
            for ((x, y), colour) in [(8, 8), (right, 8), (right, bottom), (8, bottom)].into_iter().zip(colours) {
                assert_colour(*picture.get_pixel(x, y), colour, 20);
            }
        }
        assert_eq!(hidden_data(&large(&photo)), []);
    }
}

#[test]
fn a_crop_is_the_region_and_nothing_else() {
    let photo = photo_of(&jpeg(&corners(1000, 600))).unwrap();
    let crop = |left, top, width, height| {
        edit_photo(large(&photo), Edit::Crop(Region { left, top, width, height }), &Limits::default())
    };
    let right = crop(520, 0, 480, 450).unwrap();
    assert_eq!((right.width, right.height), (480, 270));
    for size in Size::ALL {
        let picture = pixels(&right, size);
        assert_eq!((picture.width(), picture.height()), (480, 270), "nothing grows");
        assert_colour(*picture.get_pixel(8, 8), GREEN, 20);
        assert_colour(*picture.get_pixel(471, 261), GREEN, 20);
    }
    assert_ne!(right.placeholder, photo.placeholder);
    for (left, top, width, height) in
        [(0, 0, 0, 500), (0, 0, 31, 1000), (0, 0, 1000, 52), (600, 0, 401, 500), (0, 1000, 100, 1), (1, 0, u32::MAX, 9)]
    {
        let error = crop(left, top, width, height).unwrap_err();
        assert_eq!(error.code(), "too-small", "{left} {top} {width} {height}");
    }
    assert_eq!(crop(0, 0, 32, 54).unwrap().variants[0].width, 32);
}
