//! From whatever colours a file has to sRGB, the only ones that every screen and browser shows alike.

use crate::resize::{Bitmap, Layout};
use moxcms::{ColorProfile, DataColorSpace, TransformOptions};

/// What the numbers of a file mean.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Profile {
    Icc(Vec<u8>),
    /// Colour primaries as numbered in ITU-T H.273, with the transfer curve of sRGB.
    Primaries(u16),
}

/// Converts to sRGB. A profile that is damaged, or made for other channels than the picture has, is ignored: the
/// picture then looks as it would in a viewer without colour management.
pub(crate) fn to_srgb(bitmap: Bitmap, profile: Option<&Profile>) -> Bitmap {
    let bitmap = plain_inks(bitmap);
    let converted = profile.and_then(parse).and_then(|profile| convert(&bitmap, &profile));
    let pixels = match (converted, bitmap.layout) {
        (Some(pixels), _) => pixels,
        (None, Layout::Rgb) => bitmap.pixels,
        (None, Layout::Grey) => bitmap.pixels.iter().flat_map(|grey| [*grey; 3]).collect(),
        (None, Layout::Cmyk { .. } | Layout::Ycck) => without_profile(&bitmap.pixels),
    };
    Bitmap { layout: Layout::Rgb, pixels, ..bitmap }
}

fn parse(profile: &Profile) -> Option<ColorProfile> {
    match profile {
        Profile::Icc(bytes) => ColorProfile::new_from_slice(bytes).ok(),
        Profile::Primaries(9) => Some(with_srgb_curve(ColorProfile::new_bt2020())),
        Profile::Primaries(11 | 12) => Some(ColorProfile::new_display_p3()),
        Profile::Primaries(_) => None,
    }
}

fn with_srgb_curve(mut profile: ColorProfile) -> ColorProfile {
    let srgb = ColorProfile::new_srgb();
    profile.red_trc = srgb.red_trc;
    profile.green_trc = srgb.green_trc;
    profile.blue_trc = srgb.blue_trc;
    profile.cicp = None;
    profile
}

fn convert(bitmap: &Bitmap, profile: &ColorProfile) -> Option<Vec<u8>> {
    let (space, layout) = match bitmap.layout {
        Layout::Grey => (DataColorSpace::Gray, moxcms::Layout::Gray),
        Layout::Rgb => (DataColorSpace::Rgb, moxcms::Layout::Rgb),
        // moxcms says RGBA for any four channels; the profile tells it what they are.
        Layout::Cmyk { .. } | Layout::Ycck => (DataColorSpace::Cmyk, moxcms::Layout::Rgba),
    };
    if profile.color_space != space {
        return None;
    }
    let transform = profile
        .create_transform_8bit(layout, &ColorProfile::new_srgb(), moxcms::Layout::Rgb, TransformOptions::default())
        .ok()?;
    let mut pixels = vec![0; bitmap.width as usize * bitmap.height as usize * 3];
    transform.transform(&bitmap.pixels, &mut pixels).ok()?;
    Some(pixels)
}

/// Four-channel pictures as CMYK with 255 for full ink.
fn plain_inks(mut bitmap: Bitmap) -> Bitmap {
    match bitmap.layout {
        Layout::Grey | Layout::Rgb => return bitmap,
        Layout::Cmyk { inverted: false } => {}
        Layout::Cmyk { inverted: true } => bitmap.pixels.iter_mut().for_each(|ink| *ink = !*ink),
        Layout::Ycck => {
            for pixel in bitmap.pixels.as_chunks_mut::<4>().0 {
                let [luma, blue, red, black] = pixel.map(f32::from);
                let (blue, red) = (blue - 128.0, red - 128.0);
                // As if it were RGB, by JFIF's matrix. The standard takes the complement to get inks, and Adobe stores
                // the complement of inks: the two cancel out, but for black, which has no such detour.
                let inks =
                    [luma + 1.402 * red, luma - 0.344_14 * blue - 0.714_14 * red, luma + 1.772 * blue, 255.0 - black];
                *pixel = inks.map(|ink| ink.round().clamp(0.0, 255.0) as u8);
            }
        }
    }
    bitmap.layout = Layout::Cmyk { inverted: false };
    bitmap
}

/// What browsers show for CMYK without a profile: each ink takes away its share of light.
fn without_profile(pixels: &[u8]) -> Vec<u8> {
    pixels
        .as_chunks::<4>()
        .0
        .iter()
        .flat_map(|[cyan, magenta, yellow, black]| {
            [cyan, magenta, yellow].map(|ink| {
                let light = u32::from(255 - ink) * u32::from(255 - black);
                ((light + 127) / 255) as u8
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_pixel(layout: Layout, pixel: &[u8], profile: Option<&Profile>) -> Vec<u8> {
        let bitmap = Bitmap { width: 1, height: 1, layout, pixels: pixel.to_vec() };
        to_srgb(bitmap, profile).pixels
    }

    #[test]
    fn inks_without_profile() {
        let plain = Layout::Cmyk { inverted: false };
        assert_eq!(one_pixel(plain, &[0, 255, 255, 0], None), [255, 0, 0]);
        assert_eq!(one_pixel(plain, &[0, 0, 0, 255], None), [0, 0, 0]);
        let adobe = Layout::Cmyk { inverted: true };
        assert_eq!(one_pixel(adobe, &[255, 0, 0, 255], None), [255, 0, 0]);
        // The same inks, none, full, full, none: Y, Cb, Cr of (0, 255, 255), and black inverted.
        assert_eq!(one_pixel(Layout::Ycck, &[179, 171, 0, 255], None), [255, 0, 0]);
    }

    #[test]
    fn display_p3_becomes_more_saturated_in_srgb_numbers() {
        let p3 = Profile::Icc(ColorProfile::new_display_p3().encode().unwrap());
        let [red, green, blue] = one_pixel(Layout::Rgb, &[200, 100, 50], Some(&p3))[..] else {
            panic!("three samples");
        };
        assert!(red > 205 && green < 100 && blue < 50, "{red} {green} {blue}");
        assert_eq!(one_pixel(Layout::Rgb, &[200, 100, 50], Some(&Profile::Primaries(12))), [red, green, blue]);
    }

    #[test]
    fn srgb_and_grey_stay_as_they_are() {
        let srgb = Profile::Icc(ColorProfile::new_srgb().encode().unwrap());
        let pixel = one_pixel(Layout::Rgb, &[200, 100, 50], Some(&srgb));
        assert!(pixel.iter().zip([200u8, 100, 50]).all(|(a, b)| a.abs_diff(b) <= 1), "{pixel:?}");
        assert_eq!(one_pixel(Layout::Grey, &[90], None), [90, 90, 90]);
    }

    #[test]
    fn useless_profiles_are_ignored() {
        let p3 = Profile::Icc(ColorProfile::new_display_p3().encode().unwrap());
        assert_eq!(one_pixel(Layout::Grey, &[90], Some(&p3)), [90, 90, 90]);
        let noise = Profile::Icc(vec![7; 500]);
        assert_eq!(one_pixel(Layout::Rgb, &[1, 2, 3], Some(&noise)), [1, 2, 3]);
    }
}
