//! Turning a picture upright.

use crate::PhotoError;
use crate::resize::{Bitmap, Layout};
use image::metadata::Orientation;
use image::{DynamicImage, RgbImage};

/// Applies the orientation a camera noted. `bitmap` is RGB.
pub(crate) fn turn_upright(bitmap: Bitmap, orientation: Orientation) -> Result<Bitmap, PhotoError> {
    if orientation == Orientation::NoTransforms {
        return Ok(bitmap);
    }
    let mut picture = RgbImage::from_raw(bitmap.width, bitmap.height, bitmap.pixels)
        .map(DynamicImage::ImageRgb8)
        .ok_or_else(|| PhotoError::broken("it has fewer pixels than it claims"))?;
    picture.apply_orientation(orientation);
    Ok(Bitmap {
        width: picture.width(),
        height: picture.height(),
        layout: Layout::Rgb,
        pixels: picture.into_rgb8().into_raw(),
    })
}

/// The upright size of a picture stored as `width` × `height`.
pub(crate) fn upright_size(width: u32, height: u32, orientation: Orientation) -> (u32, u32) {
    match orientation {
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH => {
            (height, width)
        }
        _ => (width, height),
    }
}
