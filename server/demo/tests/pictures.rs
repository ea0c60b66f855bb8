//! The pictures go through the portal's photo pipeline: they must be what a telephone makes.

use std::io::Cursor;

use demo::*;
use exif::{In, Tag, Value};

fn tags_of(jpeg: &[u8]) -> exif::Exif {
    exif::Reader::new().read_from_container(&mut Cursor::new(jpeg)).expect("EXIF data")
}

fn pixels_of(jpeg: &[u8]) -> image::RgbImage {
    image::load_from_memory_with_format(jpeg, image::ImageFormat::Jpeg).expect("a JPEG").to_rgb8()
}

/// A small copy of what a viewer that honours the orientation shows.
fn upright(jpeg: &[u8]) -> image::RgbImage {
    let code = tags_of(jpeg).get_field(Tag::Orientation, In::PRIMARY).and_then(|field| field.value.get_uint(0));
    let pixels = pixels_of(jpeg);
    let small = image::imageops::thumbnail(&pixels, pixels.width() / 20, pixels.height() / 20);
    match code {
        Some(3) => image::imageops::rotate180(&small),
        Some(6) => image::imageops::rotate90(&small),
        Some(8) => image::imageops::rotate270(&small),
        _ => small,
    }
}

/// The same, as drawn.
fn drawn(svg: &str, width: u32, height: u32) -> resvg::tiny_skia::Pixmap {
    use resvg::{tiny_skia, usvg};
    let tree = usvg::Tree::from_str(svg, &usvg::Options::default()).expect("an SVG document");
    let mut pixmap = tiny_skia::Pixmap::new(width, height).expect("a small image");
    let scale = width as f32 / tree.size().width();
    resvg::render(&tree, tiny_skia::Transform::from_scale(scale, scale), &mut pixmap.as_mut());
    pixmap
}

#[test]
fn there_are_enough_scenes_and_each_is_described() {
    let scenes: std::collections::HashSet<_> = (0..picture_count()).map(picture_scene).collect();
    assert!(scenes.len() >= 30);
    for index in 0..picture_count() {
        assert!(picture_description(index).ends_with('.'));
    }
    let portraits = (0..picture_count()).filter(|&index| picture_is_portrait(index)).count();
    assert!((picture_count() / 8..picture_count() / 3).contains(&portraits));
    let large = (0..picture_count()).filter(|&index| suggested_size(index) == PictureSize::TwelveMegapixels).count();
    assert!((2..10).contains(&large));
}

#[test]
fn are_the_same_for_the_same_seed_only() {
    assert_eq!(picture(3, 5, PictureSize::Small), picture(3, 5, PictureSize::Small));
    assert_ne!(scene_svg(3, 5), scene_svg(4, 5));
    assert_ne!(scene_svg(3, 5), scene_svg(3, 5 + 41));
}

#[test]
fn every_picture_is_a_drawing_that_can_be_read() {
    // Two variants of each scene.
    for index in 0..82 {
        let svg = scene_svg(1, index);
        assert!(!svg.contains("<text") && !svg.contains("href"));
        // A thumbnail is enough to see that nothing is blank.
        let thumbnail = drawn(&svg, 60, 60);
        let colours: std::collections::HashSet<_> = thumbnail.data().chunks_exact(4).collect();
        assert!(colours.len() > 200, "picture {index} has {} colours", colours.len());
    }
}

/// A few of them: without optimisation each takes seconds.
#[test]
fn photos_decode_with_their_orientation_position_and_camera() {
    for index in [0, 5, 13, 26, 31, 40] {
        let jpeg = picture(1, index, PictureSize::Small);
        let tags = tags_of(&jpeg);
        let field = |tag| tags.get_field(tag, In::PRIMARY).unwrap_or_else(|| panic!("{tag} in picture {index}"));
        let code = u32::from(orientation(1, index).code());
        assert_eq!(field(Tag::Orientation).value.get_uint(0), Some(code));
        let pixels = pixels_of(&jpeg);
        let on_its_side = code == 6 || code == 8;
        let wide = if picture_is_portrait(index) == on_its_side { (1600, 1200) } else { (1200, 1600) };
        assert_eq!(pixels.dimensions(), wide);
        for (tag, low, high) in [(Tag::GPSLatitude, 52.7, 53.0), (Tag::GPSLongitude, 5.2, 5.4)] {
            let Value::Rational(parts) = &field(tag).value else { panic!("degrees, minutes and seconds") };
            let degrees = parts[0].to_f64() + parts[1].to_f64() / 60.0 + parts[2].to_f64() / 3600.0;
            assert!((low..high).contains(&degrees), "{tag}: {degrees}");
        }
        assert!(field(Tag::Model).display_value().to_string().contains("Telefoon 12"));
        assert!(field(Tag::DateTimeOriginal).display_value().to_string().starts_with("20"));
    }
}

#[test]
fn every_way_of_holding_the_telephone_shows_the_same_picture() {
    let mut seen = std::collections::HashSet::new();
    for seed in 0..200 {
        let index = 5 + 41 * (seed as usize % 8);
        if !seen.insert(orientation(seed, index)) {
            continue;
        }
        let shown = upright(&picture(seed, index, PictureSize::Small));
        assert_eq!(shown.height() > shown.width(), picture_is_portrait(index));
        let drawn = drawn(&scene_svg(seed, index), shown.width(), shown.height());
        let apart: u64 = shown
            .pixels()
            .zip(drawn.data().chunks_exact(4))
            .flat_map(|(shown, drawn)| (0..3).map(|channel| u64::from(shown[channel].abs_diff(drawn[channel]))))
            .sum();
        let apart = apart / u64::from(shown.width() * shown.height() * 3);
        assert!(apart < 8, "seed {seed}, picture {index}: {apart} apart");
    }
    assert_eq!(seen.len(), 4, "{seen:?}");
}

#[test]
fn a_telephone_takes_twelve_megapixels() {
    let jpeg = picture(1, 2, PictureSize::TwelveMegapixels);
    let (width, height) = pixels_of(&jpeg).dimensions();
    assert_eq!(width * height, 4032 * 3024);
}
