//! From a drawing to the bytes of a photo.

use image::ExtendedColorType;
use image::codecs::jpeg::JpegEncoder;
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::Orientation;

const QUALITY: u8 = 88;

/// Rasterises an upright drawing of 4:3 (3:4 when `portrait`) with `long` pixels on its long side,
/// turned so that `orientation` turns it back. Empty if the drawing cannot be read, which the tests
/// rule out.
pub(super) fn develop(svg: &str, portrait: bool, long: u32, orientation: Orientation, tags: &[u8]) -> Vec<u8> {
    let short = long * 3 / 4;
    let (width, height) = if portrait { (short, long) } else { (long, short) };
    let (w, h) = (width as f32, height as f32);
    // Turning while drawing costs nothing; turning twelve million pixels afterwards does.
    let (turn, stored_width, stored_height) = match orientation {
        Orientation::Upright => (Transform::identity(), width, height),
        Orientation::Half => (Transform::from_row(-1.0, 0.0, 0.0, -1.0, w, h), width, height),
        Orientation::Clockwise => (Transform::from_row(0.0, -1.0, 1.0, 0.0, 0.0, w), height, width),
        Orientation::Counterclockwise => (Transform::from_row(0.0, 1.0, -1.0, 0.0, h, 0.0), height, width),
    };
    let Ok(tree) = Tree::from_str(svg, &Options::default()) else { return Vec::new() };
    let Some(mut pixmap) = Pixmap::new(stored_width, stored_height) else { return Vec::new() };
    let scale = w / tree.size().width();
    resvg::render(&tree, turn.pre_scale(scale, scale), &mut pixmap.as_mut());

    let mut rgb = Vec::with_capacity(pixmap.data().len() / 4 * 3);
    for pixel in pixmap.data().chunks_exact(4) {
        rgb.extend_from_slice(&pixel[..3]);
    }
    let mut jpeg = Vec::with_capacity(rgb.len() / 8);
    let encoded = JpegEncoder::new_with_quality(&mut jpeg, QUALITY).encode(
        &rgb,
        stored_width,
        stored_height,
        ExtendedColorType::Rgb8,
    );
    if encoded.is_err() {
        return Vec::new();
    }
    with_tags(&jpeg, tags)
}

/// Puts an APP1 segment right behind the start of the image, where readers look first.
fn with_tags(jpeg: &[u8], tags: &[u8]) -> Vec<u8> {
    let (start, rest) = jpeg.split_at(jpeg.len().min(2));
    let length = (tags.len() + 2) as u16;
    let mut photo = Vec::with_capacity(jpeg.len() + tags.len() + 4);
    photo.extend(start);
    photo.extend([0xFF, 0xE1]);
    photo.extend(length.to_be_bytes());
    photo.extend(tags);
    photo.extend(rest);
    photo
}
