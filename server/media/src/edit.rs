//! Changes to a photo that is made: turned, cropped.

use crate::PhotoError;
use crate::orient::turn_upright;
use crate::resize::{Bitmap, Layout};
use image::RgbImage;
use image::imageops::crop_imm;
use image::metadata::Orientation;

/// Pixels that a crop leaves at least, on each side: less is no picture any more.
const SIDE_MIN: u32 = 32;

/// What is done to a photo.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edit {
    /// By a quarter, clockwise.
    TurnRight,
    Crop(Region),
}

impl Edit {
    /// Whether the picture would be as it was.
    pub fn changes_nothing(self) -> bool {
        self == Self::Crop(Region { left: 0, top: 0, width: Region::WHOLE, height: Region::WHOLE })
    }
}

/// A part of a picture, in per mille of its width and height.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    pub left: u32,
    pub top: u32,
    pub width: u32,
    pub height: u32,
}

impl Region {
    /// As much as there is.
    pub const WHOLE: u32 = 1000;

    /// From one edge to the other in pixels of a side: where it begins and how long it is. None if it is outside.
    fn along(start: u32, length: u32, side: u32) -> Option<(u32, u32)> {
        let end = start.checked_add(length).filter(|end| *end <= Self::WHOLE)?;
        let pixel = |at: u32| {
            let at = (u64::from(at) * u64::from(side) + u64::from(Self::WHOLE) / 2) / u64::from(Self::WHOLE);
            u32::try_from(at).ok()
        };
        let (first, last) = (pixel(start)?, pixel(end)?);
        Some((first, last - first))
    }
}

/// Applies a change to an RGB bitmap.
pub(crate) fn apply(bitmap: Bitmap, edit: Edit) -> Result<Bitmap, PhotoError> {
    match edit {
        Edit::TurnRight => turn_upright(bitmap, Orientation::Rotate90),
        Edit::Crop(region) => crop(bitmap, region),
    }
}

fn crop(bitmap: Bitmap, region: Region) -> Result<Bitmap, PhotoError> {
    let across = Region::along(region.left, region.width, bitmap.width);
    let down = Region::along(region.top, region.height, bitmap.height);
    let (Some((left, width)), Some((top, height))) = (across, down) else {
        return Err(PhotoError::TooSmall { limit: SIDE_MIN });
    };
    if width < SIDE_MIN || height < SIDE_MIN {
        return Err(PhotoError::TooSmall { limit: SIDE_MIN });
    }
    let picture = RgbImage::from_raw(bitmap.width, bitmap.height, bitmap.pixels)
        .ok_or_else(|| PhotoError::broken("it has fewer pixels than it claims"))?;
    let pixels = crop_imm(&picture, left, top, width, height).to_image().into_raw();
    Ok(Bitmap { width, height, layout: Layout::Rgb, pixels })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_end_where_the_picture_does() {
        assert_eq!(Region::along(0, 1000, 1919), Some((0, 1919)));
        assert_eq!(Region::along(500, 500, 1919), Some((960, 959)));
        assert_eq!(Region::along(250, 1, 1920), Some((480, 2)));
        assert_eq!(Region::along(500, 501, 1920), None);
        assert_eq!(Region::along(1, u32::MAX, 1920), None);
    }
}
