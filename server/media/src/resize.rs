//! Pixels in memory, and making them fewer.

use crate::PhotoError;
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, ResizeOptions, Resizer};

/// What the samples of a [`Bitmap`] mean. One byte each, interleaved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    Grey,
    Rgb,
    /// Four inks. `inverted`: 255 is no ink, as Adobe writes them.
    Cmyk {
        inverted: bool,
    },
    /// CMYK with the first three inks as luma and chroma and black inverted, as Adobe writes them.
    Ycck,
}

impl Layout {
    pub fn channels(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Cmyk { .. } | Self::Ycck => 4,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bitmap {
    pub width: u32,
    pub height: u32,
    pub layout: Layout,
    /// `width` × `height` × channels bytes.
    pub pixels: Vec<u8>,
}

impl Bitmap {
    /// The picture with its longer side at most `side`: as it is when it fits, and never less than a pixel wide.
    pub fn shrink(self, side: u32) -> Result<Self, PhotoError> {
        let (width, height) = fit(self.width, self.height, side);
        if (width, height) == (self.width, self.height) {
            return Ok(self);
        }
        let pixel = match self.layout {
            Layout::Grey => PixelType::U8,
            Layout::Rgb => PixelType::U8x3,
            Layout::Cmyk { .. } | Layout::Ycck => PixelType::U8x4,
        };
        let source = ImageRef::new(self.width, self.height, &self.pixels, pixel).map_err(PhotoError::broken)?;
        let mut target = Image::new(width, height, pixel);
        // The fourth channel is an ink, never alpha: transparency was laid on white when decoding.
        Resizer::new()
            .resize(&source, &mut target, &ResizeOptions::new().use_alpha(false))
            .map_err(PhotoError::broken)?;
        Ok(Self { width, height, layout: self.layout, pixels: target.into_vec() })
    }
}

/// The largest size of the same shape that fits in a square of `side`, without enlarging.
pub(crate) fn fit(width: u32, height: u32, side: u32) -> (u32, u32) {
    let longer = width.max(height);
    if longer <= side {
        return (width, height);
    }
    let scale = |length: u32| {
        let scaled = (u64::from(length) * u64::from(side) + u64::from(longer) / 2) / u64::from(longer);
        u32::try_from(scaled).unwrap_or(side).max(1)
    };
    (scale(width), scale(height))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_kept_and_nothing_grows() {
        assert_eq!(fit(4032, 3024, 1920), (1920, 1440));
        assert_eq!(fit(3024, 4032, 960), (720, 960));
        assert_eq!(fit(100, 50, 480), (100, 50));
        assert_eq!(fit(1, 65_500, 1920), (1, 1920));
    }
}
