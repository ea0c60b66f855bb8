//! The blurred hint that is shown until a photo arrives.

use crate::PhotoError;
use crate::resize::Bitmap;

/// Steps of red, green and blue in a tone, less one.
const STEPS: f32 = 2.0;

/// The one colour that stands for a photo until it arrives, by its ThumbHash: red, green and blue in three steps each, as a number
/// of three digits to the base of three. `style/components/tone.css` has a colour for each.
pub fn tone(placeholder: &[u8]) -> Option<u8> {
    let (red, green, blue, _) = thumbhash::thumb_hash_to_average_rgba(placeholder).ok()?;
    let step = |part: f32| (part * STEPS).round().clamp(0.0, STEPS) as u8;
    Some(step(red) * 9 + step(green) * 3 + step(blue))
}

/// The largest side ThumbHash takes.
const SIDE: u32 = 100;

/// The ThumbHash of an RGB bitmap: about 25 bytes, with its rough shape and colours.
pub(crate) fn placeholder(bitmap: Bitmap) -> Result<Vec<u8>, PhotoError> {
    let small = bitmap.shrink(SIDE)?;
    let rgba: Vec<u8> =
        small.pixels.as_chunks::<3>().0.iter().flat_map(|[red, green, blue]| [*red, *green, *blue, 255]).collect();
    Ok(thumbhash::rgba_to_thumb_hash(small.width as usize, small.height as usize, &rgba))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resize::Layout;

    #[test]
    fn a_tone_is_the_colour_of_most_of_a_photo() {
        for (colour, expected) in
            [([250, 250, 250], 26), ([5, 5, 5], 0), ([128, 128, 128], 13), ([240, 10, 10], 18), ([20, 20, 230], 2)]
        {
            let bitmap = Bitmap { width: 8, height: 6, layout: Layout::Rgb, pixels: colour.repeat(48) };
            let hash = placeholder(bitmap).expect("made");
            assert_eq!(tone(&hash), Some(expected), "{colour:?}");
        }
        assert_eq!(tone(&[]), None);
    }
}
