//! Makes the picture files the tests read, and reads the pictures the crate makes.

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use media::{Limits, Photo, PhotoError, Size, make_photo};
use std::io::{Cursor, Write};

pub const RED: Rgb<u8> = Rgb([220, 30, 30]);
pub const GREEN: Rgb<u8> = Rgb([30, 180, 30]);
pub const BLUE: Rgb<u8> = Rgb([30, 30, 220]);
pub const WHITE: Rgb<u8> = Rgb([240, 240, 240]);

/// Runs the crate over a file with this content.
pub fn photo_of(bytes: &[u8]) -> Result<Photo, PhotoError> {
    photo_within(bytes, &Limits::default())
}

pub fn photo_within(bytes: &[u8], limits: &Limits) -> Result<Photo, PhotoError> {
    // The name lies, as names may.
    let mut file = tempfile::Builder::new().suffix(".pdf").tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file.flush().unwrap();
    make_photo(file.path(), limits)
}

/// The code of the error, or `fine`.
pub fn code_of(bytes: &[u8]) -> &'static str {
    photo_of(bytes).map_or_else(|error| error.code(), |_| "fine")
}

/// The pixels of a variant.
pub fn pixels(photo: &Photo, size: Size) -> RgbImage {
    let variant = photo.variants.iter().find(|variant| variant.size == size).unwrap();
    let picture = image::load_from_memory_with_format(&variant.bytes, ImageFormat::WebP).unwrap();
    assert_eq!((picture.width(), picture.height()), (variant.width, variant.height));
    assert!(!picture.color().has_alpha());
    picture.into_rgb8()
}

#[track_caller]
pub fn assert_colour(found: Rgb<u8>, wanted: Rgb<u8>, tolerance: u8) {
    let near = found.0.iter().zip(wanted.0).all(|(found, wanted)| found.abs_diff(wanted) <= tolerance);
    assert!(near, "{found:?} is not {wanted:?}");
}

/// A picture with red, green, blue and white corners: top left, top right, bottom left, bottom right.
pub fn corners(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        (true, true) => RED,
        (false, true) => GREEN,
        (true, false) => BLUE,
        (false, false) => WHITE,
    })
}

/// Something with detail everywhere, so that files have a size and cuts show.
pub fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1u32;
    RgbImage::from_fn(width, height, |x, y| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (state >> 28) as u8;
        Rgb([(x % 200) as u8 + grain, (y % 200) as u8 + grain, 40 + grain])
    })
}

pub fn jpeg(picture: &RgbImage) -> Vec<u8> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, 95).encode_image(picture).unwrap();
    file
}

pub fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.into().write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A TIFF structure with an orientation, a position, a camera name and an embedded thumbnail.
pub fn exif(orientation: u16) -> Vec<u8> {
    let mut tiff = b"MM\0*\0\0\0\x08".to_vec();
    let entries: [(u16, u16, u32, [u8; 4]); 3] = [
        (0x010f, 2, 4, *b"Cam\0"),
        (0x0112, 3, 1, [(orientation >> 8) as u8, orientation as u8, 0, 0]),
        (0x8825, 4, 1, [0, 0, 0, 50]),
    ];
    tiff.extend((entries.len() as u16).to_be_bytes());
    for (tag, kind, count, value) in entries {
        tiff.extend(tag.to_be_bytes());
        tiff.extend(kind.to_be_bytes());
        tiff.extend(count.to_be_bytes());
        tiff.extend(value);
    }
    // At 46 the offset of the thumbnail's directory, at 50 the position: latitude reference N.
    tiff.extend(68u32.to_be_bytes());
    tiff.extend(b"\0\x01\0\x01\0\x02\0\0\0\x02N\0\0\0\0\0\0\0");
    assert_eq!(tiff.len(), 68);
    tiff.extend(b"\0\0\0\0\0\0");
    tiff
}

/// `jpeg` with a segment behind its start.
pub fn with_segment(jpeg: &[u8], marker: u8, payload: &[u8]) -> Vec<u8> {
    let mut file = vec![0xff, 0xd8, 0xff, marker];
    file.extend((payload.len() as u16 + 2).to_be_bytes());
    file.extend(payload);
    file.extend(&jpeg[2..]);
    file
}

pub fn with_exif(jpeg: &[u8], orientation: u16) -> Vec<u8> {
    with_segment(jpeg, 0xe1, &[b"Exif\0\0", &exif(orientation)[..]].concat())
}

/// `jpeg` with a colour profile in parts of `part` bytes, as large profiles are stored.
pub fn with_profile(jpeg: &[u8], profile: &[u8], part: usize) -> Vec<u8> {
    let parts = profile.chunks(part);
    let count = parts.len() as u8;
    // Inserted at the front one by one, so the last becomes the first.
    parts.enumerate().fold(jpeg.to_vec(), |file, (number, part)| {
        let head = [number as u8 + 1, count];
        with_segment(&file, 0xe2, &[b"ICC_PROFILE\0", &head[..], part].concat())
    })
}

/// `png` with a chunk behind its header.
pub fn with_chunk(png: &[u8], name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let header_end = 33;
    [&png[..header_end], &chunk(name, data), &png[header_end..]].concat()
}

pub fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let named = [&name[..], data].concat();
    let length = (data.len() as u32).to_be_bytes();
    [&length[..], &named, &crc(&named).to_be_bytes()].concat()
}

fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

/// A PNG header that claims what it likes, followed by nothing of substance.
pub fn png_header(width: u32, height: u32) -> Vec<u8> {
    let header = [&width.to_be_bytes()[..], &height.to_be_bytes(), &[8, 6, 0, 0, 0]].concat();
    [b"\x89PNG\r\n\x1a\n", &chunk(b"IHDR", &header)[..], &chunk(b"IDAT", &[]), &chunk(b"IEND", &[])].concat()
}

/// Writes JPEG bit by bit, for codings no encoder at hand offers: every block of a component has the same value.
pub struct FlatJpeg {
    pub width: u16,
    pub height: u16,
    /// The value of all samples of each component.
    pub samples: Vec<u8>,
    /// Adobe's marker with this colour transform.
    pub adobe: Option<u8>,
    /// Scans that say nothing, behind the first; makes it progressive.
    pub empty_scans: usize,
}

impl FlatJpeg {
    pub fn write(&self) -> Vec<u8> {
        let progressive = self.empty_scans > 0;
        let mut file = vec![0xff, 0xd8];
        let mut segment = |marker: u8, payload: &[u8]| {
            file.extend([0xff, marker]);
            file.extend((payload.len() as u16 + 2).to_be_bytes());
            file.extend(payload);
        };
        if let Some(transform) = self.adobe {
            segment(0xee, &[b"Adobe\0d\0\0\0\0", &[transform][..]].concat());
        }
        segment(0xdb, &[&[0][..], &[1; 64]].concat());
        let mut frame = vec![8];
        frame.extend(self.height.to_be_bytes());
        frame.extend(self.width.to_be_bytes());
        frame.push(self.samples.len() as u8);
        for id in 0..self.samples.len() as u8 {
            frame.extend([id + 1, 0x11, 0]);
        }
        segment(if progressive { 0xc2 } else { 0xc0 }, &frame);
        // DC: the categories 0 to 11 with four bits each.
        let lengths = [0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        segment(0xc4, &[&[0x00][..], &lengths, &(0..12).collect::<Vec<u8>>()].concat());
        // AC: "end of block", for one or for a run of blocks, with four bits each.
        let lengths = [0, 0, 0, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        let runs: Vec<u8> = (0..15).map(|run| run << 4).collect();
        segment(0xc4, &[&[0x10][..], &lengths, &runs].concat());

        let mut scan = vec![self.samples.len() as u8];
        for id in 0..self.samples.len() as u8 {
            scan.extend([id + 1, 0]);
        }
        scan.extend([0, if progressive { 0 } else { 63 }, 0]);
        segment(0xda, &scan);
        let blocks = usize::from(self.width).div_ceil(8) * usize::from(self.height).div_ceil(8);
        let mut bits = Bits::default();
        for block in 0..blocks {
            for sample in &self.samples {
                let level = if block == 0 { (i32::from(*sample) - 128) * 8 } else { 0 };
                let category = 32 - level.unsigned_abs().leading_zeros();
                bits.put(category, 4);
                bits.put(if level < 0 { level - 1 } else { level } as u32, category);
                if !progressive {
                    bits.put(0, 4);
                }
            }
        }
        file.extend(bits.finish());
        for number in 0..self.empty_scans {
            let id = (number % self.samples.len()) as u8 + 1;
            file.extend([0xff, 0xda, 0, 8, 1, id, 0, 1, 63, 0]);
            let mut bits = Bits::default();
            let mut left = blocks as u32;
            while left > 0 {
                let run = left.min(32_767);
                let category = 31 - run.leading_zeros();
                bits.put(category, 4);
                bits.put(run, category);
                left -= run;
            }
            file.extend(bits.finish());
        }
        file.extend([0xff, 0xd9]);
        file
    }
}

#[derive(Default)]
struct Bits {
    bytes: Vec<u8>,
    pending: u64,
    count: u32,
}

impl Bits {
    /// The lowest `count` bits of `value`.
    fn put(&mut self, value: u32, count: u32) {
        self.pending = (self.pending << count) | (u64::from(value) & ((1 << count) - 1));
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            let byte = (self.pending >> self.count) as u8;
            self.bytes.push(byte);
            if byte == 0xff {
                self.bytes.push(0);
            }
        }
    }

    fn finish(mut self) -> Vec<u8> {
        self.put(0x7f, 7);
        self.bytes
    }
}
