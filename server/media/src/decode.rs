//! From a file's bytes to pixels, per format. Every size is judged from the header before memory is taken.

use crate::child::{self, ChildLimits};
use crate::colour::Profile;
use crate::exif::read_exif;
use crate::heif::Heif;
use crate::jpeg::Jpeg;
use crate::resize::{Bitmap, Layout};
use crate::sniff::Kind;
use crate::webp_file::WebP;
use crate::{Limits, PhotoError, gif, png};
use image::codecs::{gif::GifDecoder, png::PngDecoder, webp::WebPDecoder};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder};
use std::io::Cursor;
use zune_jpeg::JpegDecoder;
use zune_jpeg::zune_core::bytestream::ZCursor;
use zune_jpeg::zune_core::colorspace::ColorSpace;
use zune_jpeg::zune_core::options::DecoderOptions;

/// Scans of a JPEG. Cameras write one, programs for the web ten to twenty; each costs a pass over all pixels.
const MAX_SCANS: u32 = 40;

/// The share of rows, one in so many, that a cut-off JPEG may lack and still be taken.
const MISSING_ROWS: u32 = 16;

/// What zune-jpeg fills rows with for which there was no data.
const FILLER: u8 = 128;

/// The quality with which the HEIF converter writes; the variants, a quarter of the pixels, do not show it.
const INTERMEDIATE_QUALITY: &str = "95";

pub(crate) struct Decoded {
    pub bitmap: Bitmap,
    pub profile: Option<Profile>,
    /// What is still to be done to show the picture upright.
    pub orientation: Orientation,
}

pub(crate) fn decode(kind: Kind, bytes: &[u8], limits: &Limits) -> Result<Decoded, PhotoError> {
    match kind {
        Kind::Jpeg => decode_jpeg(bytes, limits),
        Kind::Png => decode_png(bytes, limits),
        Kind::WebP => decode_webp(bytes, limits),
        Kind::Gif => decode_gif(bytes, limits),
        Kind::Avif | Kind::Heic => decode_heif(bytes, limits),
    }
}

fn decode_jpeg(bytes: &[u8], limits: &Limits) -> Result<Decoded, PhotoError> {
    let jpeg = Jpeg::walk(bytes)?;
    let frame = jpeg.frame.as_ref().ok_or_else(|| PhotoError::broken("it has no header"))?;
    let (width, height) = (frame.width, frame.height);
    limits.check_size(width, height, jpeg.memory_per_pixel())?;
    if jpeg.scans == 0 {
        return Err(PhotoError::broken("it has no pixels"));
    }
    if jpeg.scans > MAX_SCANS {
        return Err(PhotoError::Unsupported("a JPEG of very many scans"));
    }
    let mut file = jpeg.only_pixels(bytes);
    if jpeg.end.is_none() {
        if !jpeg.has_all_scans() {
            return Err(PhotoError::broken("its end is missing"));
        }
        if frame.progressive {
            // What is missing of the last scan are small corrections. With an end in place the decoder does without.
            file.extend([0xff, 0xd9]);
        }
    }
    let options = DecoderOptions::default()
        .set_max_width(limits.max_side as usize)
        .set_max_height(limits.max_side as usize)
        .jpeg_set_max_scans(MAX_SCANS as usize);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(&file), options);
    decoder.decode_headers().map_err(PhotoError::broken)?;
    let (space, layout) = match (jpeg.components(), decoder.input_colorspace()) {
        (1, _) => (ColorSpace::Luma, Layout::Grey),
        (4, Some(ColorSpace::YCCK)) => (ColorSpace::YCCK, Layout::Ycck),
        (4, _) => {
            let inverted = jpeg.adobe;
            (ColorSpace::CMYK, Layout::Cmyk { inverted })
        }
        _ => (ColorSpace::RGB, Layout::Rgb),
    };
    decoder.set_options(options.jpeg_set_out_colorspace(space));
    let row = width as usize * layout.channels();
    let mut pixels = vec![FILLER; row * height as usize];
    match decoder.decode_into(&mut pixels) {
        // The rows before the break are there.
        Err(_) if jpeg.end.is_none() && !frame.progressive => {}
        result => result.map_err(PhotoError::broken)?,
    }
    let height = keep_decoded_rows(&mut pixels, row, height, jpeg.end.is_some())?;
    Ok(Decoded {
        bitmap: Bitmap { width, height, layout, pixels },
        profile: jpeg.profile().map(Profile::Icc),
        orientation: jpeg.exif.map_or(Orientation::NoTransforms, |exif| read_exif(exif).orientation),
    })
}

/// Cuts away the rows a broken-off file had no data for and answers how many are left.
fn keep_decoded_rows(pixels: &mut Vec<u8>, row: usize, height: u32, is_whole: bool) -> Result<u32, PhotoError> {
    if is_whole {
        return Ok(height);
    }
    let filled = pixels.rchunks_exact(row).take_while(|row| row.iter().all(|sample| *sample == FILLER)).count();
    let missing = u32::try_from(filled).unwrap_or(height);
    if missing > height / MISSING_ROWS {
        let percent = u64::from(missing) * 100 / u64::from(height);
        return Err(PhotoError::Broken(format!("its end is missing, and with it {percent} % of the picture")));
    }
    pixels.truncate((height - missing) as usize * row);
    Ok(height - missing)
}

fn decode_png(bytes: &[u8], limits: &Limits) -> Result<Decoded, PhotoError> {
    let header = png::header(bytes)?;
    limits.check_size(header.width, header.height, header.memory_per_pixel)?;
    let mut decoder = PngDecoder::with_limits(Cursor::new(bytes), allocation(limits)).map_err(PhotoError::broken)?;
    let profile = decoder.icc_profile().ok().flatten().map(Profile::Icc);
    let orientation = orientation_of(&mut decoder);
    Ok(Decoded { bitmap: read(decoder)?, profile, orientation })
}

fn decode_webp(bytes: &[u8], limits: &Limits) -> Result<Decoded, PhotoError> {
    let webp = WebP::walk(bytes);
    // Luma and chroma planes beside RGBA; lossless is decoded as RGBA beside its result.
    limits.check_size(webp.width, webp.height, if webp.lossless { 8 } else { 6 })?;
    let mut decoder = WebPDecoder::new(Cursor::new(bytes)).map_err(PhotoError::broken)?;
    let (width, height) = decoder.dimensions();
    if width > webp.width || height > webp.height {
        return Err(PhotoError::broken("its headers contradict each other"));
    }
    let profile = decoder.icc_profile().ok().flatten().map(Profile::Icc);
    Ok(Decoded {
        bitmap: read(decoder)?,
        profile,
        orientation: webp.exif.map_or(Orientation::NoTransforms, |exif| read_exif(exif).orientation),
    })
}

fn decode_gif(bytes: &[u8], limits: &Limits) -> Result<Decoded, PhotoError> {
    let (width, height) = gif::size(bytes)?;
    // A frame smaller than the screen is decoded beside it.
    limits.check_size(width, height, 8)?;
    let mut decoder = GifDecoder::new(Cursor::new(bytes)).map_err(PhotoError::broken)?;
    decoder.set_limits(allocation(limits)).map_err(PhotoError::broken)?;
    Ok(Decoded { bitmap: read(decoder)?, profile: None, orientation: Orientation::NoTransforms })
}

/// Lets `heif-convert` make a JPEG of the primary picture and reads that.
///
/// The converter applies the rotation of the HEIF container and still copies the EXIF orientation into the JPEG, which
/// describes the same rotation: EXIF is not asked here. It converts luma and chroma by the container's own matrix, and
/// passes an ICC profile on.
fn decode_heif(bytes: &[u8], limits: &Limits) -> Result<Decoded, PhotoError> {
    let heif = Heif::walk(bytes)?;
    limits.check_size(heif.width, heif.height, 3)?;
    let folder = tempfile::Builder::new().prefix("photo-").tempdir()?;
    std::fs::write(folder.path().join("in"), heif.only_primary(bytes)?)?;
    child::run(
        "heif-convert",
        &["--quiet", "-q", INTERMEDIATE_QUALITY, "in", "out.jpg"],
        folder.path(),
        ChildLimits {
            seconds: limits.max_seconds,
            cores: 1,
            memory_bytes: limits.child_memory_bytes,
            file_bytes: limits.max_pixels.saturating_mul(3),
        },
    )?;
    let jpeg = std::fs::read(folder.path().join("out.jpg"))
        .map_err(|_| PhotoError::broken("the converter made no picture of it"))?;
    let decoded = decode_jpeg(&jpeg, limits)?;
    Ok(Decoded {
        profile: decoded.profile.or(heif.primaries.map(Profile::Primaries)),
        orientation: Orientation::NoTransforms,
        ..decoded
    })
}

fn allocation(limits: &Limits) -> image::Limits {
    let mut allocation = image::Limits::no_limits();
    allocation.max_alloc = Some(limits.memory_bytes());
    allocation
}

fn orientation_of(decoder: &mut impl ImageDecoder) -> Orientation {
    decoder.exif_metadata().ok().flatten().map_or(Orientation::NoTransforms, |exif| read_exif(&exif).orientation)
}

/// Reads the (first) picture as 8-bit grey or RGB.
fn read(decoder: impl ImageDecoder) -> Result<Bitmap, PhotoError> {
    let picture = DynamicImage::from_decoder(decoder).map_err(PhotoError::broken)?;
    let (width, height) = (picture.width(), picture.height());
    let (layout, pixels) = match picture {
        DynamicImage::ImageLuma8(_) | DynamicImage::ImageLuma16(_) => (Layout::Grey, picture.into_luma8().into_raw()),
        DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgb16(_) => (Layout::Rgb, picture.into_rgb8().into_raw()),
        _ => (Layout::Rgb, on_white(picture.into_rgba8().into_raw())),
    };
    Ok(Bitmap { width, height, layout, pixels })
}

/// Lays transparent pixels on white, in place.
///
/// White is what people saw when they chose the picture, and a drawing with a transparent ground stays readable on a
/// dark page. Colours hidden under full transparency are gone.
fn on_white(mut pixels: Vec<u8>) -> Vec<u8> {
    let count = pixels.len() / 4;
    for pixel in 0..count {
        let alpha = u32::from(pixels[pixel * 4 + 3]);
        for channel in 0..3 {
            let colour = u32::from(pixels[pixel * 4 + channel]);
            pixels[pixel * 3 + channel] = ((colour * alpha + 255 * (255 - alpha) + 127) / 255) as u8;
        }
    }
    pixels.truncate(count * 3);
    pixels
}
