//! Changes to a photo that is made: turned, cropped, covered in part.

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
    /// Nothing of what is there can be made out any more.
    Cover(Region),
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
        Edit::Cover(region) => cover(bitmap, region),
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

/// One colour that tells nothing of what was there.
const COVER: [u8; 3] = [0x7b, 0x80, 0x86];
/// Pixels on each side that a cover has at least: less hides nobody.
const COVER_MIN: u32 = 8;

fn cover(mut bitmap: Bitmap, region: Region) -> Result<Bitmap, PhotoError> {
    let across = Region::along(region.left, region.width, bitmap.width);
    let down = Region::along(region.top, region.height, bitmap.height);
    let (Some((left, width)), Some((top, height))) = (across, down) else {
        return Err(PhotoError::TooSmall { limit: COVER_MIN });
    };
    if width < COVER_MIN || height < COVER_MIN {
        return Err(PhotoError::TooSmall { limit: COVER_MIN });
    }
    let index = |n: u32| usize::try_from(n).map_err(|_| PhotoError::broken("it is larger than memory"));
    let row = index(bitmap.width)? * COVER.len();
    let (start, end) = (index(left)? * COVER.len(), index(left + width)? * COVER.len());
    for line in bitmap.pixels.chunks_exact_mut(row).skip(index(top)?).take(index(height)?) {
        for pixel in line[start..end].chunks_exact_mut(COVER.len()) {
            pixel.copy_from_slice(&COVER);
        }
    }
    Ok(bitmap)
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

    #[test]
    fn what_is_covered_is_gone_and_the_rest_is_as_it_was() {
        let pixels: Vec<u8> = (0..100 * 50 * 3).map(|n| u8::try_from(n % 251).expect("small")).collect();
        let bitmap = Bitmap { width: 100, height: 50, layout: Layout::Rgb, pixels: pixels.clone() };
        let covered = cover(bitmap, Region { left: 100, top: 200, width: 300, height: 400 }).expect("covered");
        for (n, (before, after)) in pixels.chunks(3).zip(covered.pixels.chunks(3)).enumerate() {
            let is_inside = (10..40).contains(&(n % 100)) && (10..30).contains(&(n / 100));
            assert_eq!(after, if is_inside { &COVER } else { before }, "pixel {n}");
        }
        for region in [
            Region { left: 990, top: 0, width: 20, height: 500 },
            Region { left: 0, top: 0, width: 50, height: 500 },
            Region { left: 0, top: 0, width: 500, height: 0 },
        ] {
            let bitmap = Bitmap { width: 100, height: 50, layout: Layout::Rgb, pixels: pixels.clone() };
            assert!(matches!(cover(bitmap, region), Err(PhotoError::TooSmall { .. })), "{region:?}");
        }
    }
}
