//! Pixels to WebP.

use crate::PhotoError;
use crate::resize::Bitmap;
use webp::{Encoder, WebPConfig};

/// libwebp's scale of 0 to 100.
const QUALITY: f32 = 78.0;

/// libwebp's effort, 0 (fast) to 6 (small).
const METHOD: i32 = 2;

/// Encodes an RGB bitmap as lossy WebP. The file has one chunk, of pixels.
pub(crate) fn encode(bitmap: &Bitmap) -> Result<Vec<u8>, PhotoError> {
    let mut config = WebPConfig::new().map_err(|()| PhotoError::broken("libwebp has another version"))?;
    config.quality = QUALITY;
    config.method = METHOD;
    let file = Encoder::from_rgb(&bitmap.pixels, bitmap.width, bitmap.height)
        .encode_advanced(&config)
        .map_err(|error| PhotoError::Broken(format!("{error:?}")))?;
    Ok(file.to_vec())
}
