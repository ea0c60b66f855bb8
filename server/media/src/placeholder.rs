//! The blurred hint that is shown until a photo arrives.

use crate::PhotoError;
use crate::resize::Bitmap;

/// The largest side ThumbHash takes.
const SIDE: u32 = 100;

/// The ThumbHash of an RGB bitmap: about 25 bytes, with its rough shape and colours.
pub(crate) fn placeholder(bitmap: Bitmap) -> Result<Vec<u8>, PhotoError> {
    let small = bitmap.shrink(SIDE)?;
    let rgba: Vec<u8> =
        small.pixels.as_chunks::<3>().0.iter().flat_map(|[red, green, blue]| [*red, *green, *blue, 255]).collect();
    Ok(thumbhash::rgba_to_thumb_hash(small.width as usize, small.height as usize, &rgba))
}
