//! How much of everything one photo may take.

use crate::PhotoError;

/// Bytes of memory that decoding may take for each allowed pixel: three for RGB, three more for the coefficients of a
/// progressive JPEG with the usual halved colour. Codings that need more per pixel get fewer pixels.
const MEMORY_PER_PIXEL: u64 = 6;

/// What one call of [`crate::make_photo`] may take. The default suits photos of current phones and cameras.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of the file. The whole file is held in memory.
    pub max_bytes: u64,
    /// Width × height.
    pub max_pixels: u64,
    /// The longer of width and height.
    pub max_side: u32,
    /// Wall-clock seconds for the child process that reads HEIC and AVIF, and its processor seconds. Other formats are
    /// bounded by `max_pixels`: the work they may cause grows with the pixels alone.
    pub max_seconds: u64,
    /// Address space of that child process.
    pub child_memory_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_bytes: 40 * 1024 * 1024,
            // The 64-megapixel sensors and the longest panoramas of phones have 64.1 million pixels.
            max_pixels: 66_000_000,
            max_side: 32_000,
            max_seconds: 20,
            child_memory_bytes: 1024 * 1024 * 1024,
        }
    }
}

impl Limits {
    pub(crate) fn check_bytes(&self, bytes: u64) -> Result<(), PhotoError> {
        match bytes {
            0 => Err(PhotoError::Empty),
            bytes if bytes > self.max_bytes => Err(PhotoError::TooManyBytes { bytes, limit: self.max_bytes }),
            _ => Ok(()),
        }
    }

    /// Judges the size a header claims. `memory_per_pixel` is what decoding this coding takes, in bytes.
    pub(crate) fn check_size(&self, width: u32, height: u32, memory_per_pixel: u64) -> Result<(), PhotoError> {
        if width == 0 || height == 0 {
            return Err(PhotoError::broken("it has no pixels"));
        }
        let side = width.max(height);
        if side > self.max_side {
            return Err(PhotoError::TooLong { side, limit: self.max_side });
        }
        let limit = self.max_pixels.min(self.memory_bytes() / memory_per_pixel.max(1));
        if u64::from(width) * u64::from(height) > limit {
            return Err(PhotoError::TooManyPixels { width, height, limit });
        }
        Ok(())
    }

    /// The memory all decoding of one picture may take.
    pub(crate) fn memory_bytes(&self) -> u64 {
        self.max_pixels.saturating_mul(MEMORY_PER_PIXEL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_and_panoramas_fit_and_bombs_do_not() {
        let limits = Limits::default();
        for (width, height) in [(1, 1), (4032, 3024), (6000, 4000), (9248, 6936), (16382, 3914)] {
            assert!(limits.check_size(width, height, 6).is_ok(), "{width}x{height}");
        }
        let code = |width, height, memory| limits.check_size(width, height, memory).map_err(|error| error.code());
        assert_eq!(code(20_000, 14_000, 3), Err("too-many-pixels"));
        assert_eq!(code(8_000, 8_000, 8), Err("too-many-pixels"));
        assert_eq!(code(1, 100_000, 3), Err("too-long"));
        assert_eq!(code(65_000, 65_000, 3), Err("too-long"));
        assert_eq!(code(0, 10, 3), Err("broken"));
    }
}
