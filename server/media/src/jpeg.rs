//! A walk over the markers of a JPEG file: what it claims, what it hides, and whether it is all there.
//!
//! Pixels are zune-jpeg's business (see `decode`). The walk comes first because it costs nothing: a bomb is refused
//! and a cut-off upload recognised before memory is taken.

use crate::PhotoError;
use crate::hidden::Stripped;
use std::ops::Range;

const SOI: u8 = 0xd8;
const EOI: u8 = 0xd9;
const SOS: u8 = 0xda;
const TEM: u8 = 0x01;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP13: u8 = 0xed;
const APP14: u8 = 0xee;
const COM: u8 = 0xfe;

const XMP: &[u8] = b"http://ns.adobe.com/xap/1.0/\0";
const EXTENDED_XMP: &[u8] = b"http://ns.adobe.com/xmp/extension/\0";
const JFIF: &[u8] = b"JFIF\0";
const ICC: &[u8] = b"ICC_PROFILE\0";

/// The frame header: what the pixels will be.
#[derive(Debug)]
pub(crate) struct Frame {
    pub width: u32,
    pub height: u32,
    pub progressive: bool,
    components: Vec<Component>,
}

#[derive(Debug)]
struct Component {
    id: u8,
    horizontal: u8,
    vertical: u8,
    /// For each of the 64 coefficients the lowest bit delivered so far; `None` before the first scan of it.
    delivered: [Option<u8>; 64],
}

#[derive(Debug, Default)]
pub(crate) struct Jpeg<'a> {
    pub frame: Option<Frame>,
    /// Number of scans. Each makes a decoder pass over the whole picture.
    pub scans: u32,
    /// Components of the first scan; fewer than all means that all scans are held in memory.
    first_scan_components: usize,
    pub exif: Option<&'a [u8]>,
    /// The parts of the ICC profile with their sequence numbers.
    icc: Vec<(u8, &'a [u8])>,
    /// Adobe's marker: samples of CMYK are stored inverted.
    pub adobe: bool,
    pub hidden: Vec<Stripped>,
    /// Offset just behind the end-of-image marker, where the file has one.
    pub end: Option<usize>,
    /// Where the segments lie that pixels do not depend on.
    beside: Vec<Range<usize>>,
}

impl<'a> Jpeg<'a> {
    /// # Errors
    /// `Unsupported` for codings no browser reads either. Damage is not an error here: what was found until then counts.
    pub fn walk(bytes: &'a [u8]) -> Result<Self, PhotoError> {
        let mut jpeg = Self::default();
        let mut at = 2;
        while let Some((marker, next)) = next_marker(bytes, at) {
            at = next;
            match marker {
                EOI => {
                    jpeg.end = Some(at);
                    jpeg.look_behind_the_end(bytes.get(at..).unwrap_or_default());
                    break;
                }
                SOI | TEM | 0xd0..=0xd7 => continue,
                _ => {}
            }
            let Some(segment) = segment(bytes, at) else {
                break;
            };
            let start = at - 2;
            at += 2 + segment.len();
            if matches!(marker, 0xe0..=0xef | COM) && marker != APP14 && !segment.starts_with(JFIF) {
                jpeg.beside.push(start..at);
            }
            match marker {
                0xc0..=0xc2 => jpeg.frame = Frame::read(segment, marker == 0xc2).or(jpeg.frame),
                0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf => {
                    return Err(PhotoError::Unsupported("a lossless, hierarchical or arithmetic-coded JPEG"));
                }
                SOS => {
                    jpeg.read_scan_header(segment);
                    at = end_of_scan(bytes, at);
                }
                COM => jpeg.hide(Stripped::Comment),
                0xe0..=0xef => jpeg.read_app(marker, segment),
                _ => {}
            }
        }
        Ok(jpeg)
    }

    /// The ICC profile, put together in the order its parts are numbered.
    pub fn profile(&self) -> Option<Vec<u8>> {
        let mut parts = self.icc.clone();
        parts.sort_by_key(|(number, _)| *number);
        let profile: Vec<u8> = parts.iter().flat_map(|(_, part)| *part).copied().collect();
        (!profile.is_empty()).then_some(profile)
    }

    /// The file without anything that pixels do not depend on, so that the decoder never reads metadata, let alone
    /// refuses a photo for it. (The markers of JFIF and Adobe stay: they say how
    /// colours are coded.)
    pub fn only_pixels(&self, bytes: &[u8]) -> Vec<u8> {
        let end = self.end.unwrap_or(bytes.len());
        let mut file = Vec::with_capacity(end);
        let mut at = 0;
        for segment in &self.beside {
            file.extend_from_slice(bytes.get(at..segment.start).unwrap_or_default());
            at = segment.end;
        }
        file.extend_from_slice(bytes.get(at..end).unwrap_or_default());
        file
    }

    /// Bytes of memory that decoding takes per pixel.
    pub fn memory_per_pixel(&self) -> u64 {
        let Some(frame) = &self.frame else { return 0 };
        let samples = if frame.components.len() == 4 { 4 } else { 3 };
        if !frame.progressive && self.first_scan_components == frame.components.len() {
            return samples;
        }
        let area =
            |component: &Component| u64::from(component.horizontal.max(1)) * u64::from(component.vertical.max(1));
        let most = frame.components.iter().map(area).max().unwrap_or(1);
        let all: u64 = frame.components.iter().map(area).sum();
        samples + (2 * all).div_ceil(most)
    }

    /// Whether every bit of every coefficient was announced by some scan. In a file without an end this tells a
    /// picture cut in its last scan from one that lacks whole scans.
    pub fn has_all_scans(&self) -> bool {
        self.frame.as_ref().is_some_and(|frame| {
            frame.components.iter().all(|component| component.delivered.iter().all(|bit| *bit == Some(0)))
        })
    }

    /// Number of colour components: 1 grey, 3 colour, 4 CMYK or YCCK.
    pub fn components(&self) -> usize {
        self.frame.as_ref().map_or(0, |frame| frame.components.len())
    }

    fn hide(&mut self, what: Stripped) {
        if !self.hidden.contains(&what) {
            self.hidden.push(what);
        }
    }

    fn read_scan_header(&mut self, segment: &[u8]) {
        self.scans += 1;
        let (Some(frame), Some(&count)) = (&mut self.frame, segment.first()) else {
            return;
        };
        let count = usize::from(count);
        if self.scans == 1 {
            self.first_scan_components = count;
        }
        let Some(&[first, last, bits]) = segment.get(1 + 2 * count..4 + 2 * count) else {
            return;
        };
        let (first, last, bit) =
            if frame.progressive { (usize::from(first), usize::from(last).min(63), bits & 0x0f) } else { (0, 63, 0) };
        for chosen in segment[1..1 + 2 * count].chunks_exact(2) {
            for component in &mut frame.components {
                if component.id == chosen[0] && first <= last {
                    component.delivered[first..=last].fill(Some(bit));
                }
            }
        }
    }

    fn read_app(&mut self, marker: u8, segment: &'a [u8]) {
        match marker {
            APP1 if segment.starts_with(b"Exif\0") => {
                self.hide(Stripped::Exif);
                if self.exif.is_none() {
                    self.exif = Some(segment.get(6..).unwrap_or_default());
                    let exif = crate::exif::read_exif(segment);
                    if exif.has_gps {
                        self.hide(Stripped::Gps);
                    }
                    if exif.has_thumbnail {
                        self.hide(Stripped::Thumbnail);
                    }
                }
            }
            APP1 if segment.starts_with(XMP) => self.hide(Stripped::Xmp),
            APP1 if segment.starts_with(EXTENDED_XMP) => {
                self.hide(Stripped::Xmp);
                // Google's cameras keep the unblurred original and the depth map there, as base64.
                let holds = |name: &[u8]| segment.windows(name.len()).any(|part| part == name);
                if holds(b"GImage:Data") || holds(b"GDepth:Data") {
                    self.hide(Stripped::SecondPicture);
                }
            }
            APP2 if segment.starts_with(ICC) => {
                self.hide(Stripped::ColourProfile);
                if let [number, _count, part @ ..] = &segment[ICC.len()..] {
                    self.icc.push((*number, part));
                }
            }
            APP2 if segment.starts_with(b"MPF\0") => self.hide(Stripped::SecondPicture),
            APP13 if segment.starts_with(b"Photoshop 3.0\0") => self.hide(Stripped::Iptc),
            APP14 if segment.starts_with(b"Adobe") => self.adobe = true,
            0xe0 if segment.starts_with(b"JFXX\0") => self.hide(Stripped::Thumbnail),
            // Behind its own fourteen bytes come the pixels of a thumbnail.
            0xe0 if segment.starts_with(JFIF) && segment.len() > 14 => self.hide(Stripped::Thumbnail),
            0xe0 if segment.starts_with(JFIF) => {}
            _ => self.hide(Stripped::Other),
        }
    }

    /// Phones append what belongs to the photo but is not it: a film, a gain map, a second exposure.
    fn look_behind_the_end(&mut self, rest: &[u8]) {
        if rest.iter().all(|byte| *byte == 0) {
            return;
        }
        let holds = |tag: &[u8]| rest.windows(tag.len()).any(|part| part == tag);
        if holds(b"ftypmp4") || holds(b"ftypisom") || holds(b"ftypqt") || holds(b"ftypiso") {
            self.hide(Stripped::Film);
        } else if holds(&[0xff, SOI, 0xff]) {
            self.hide(Stripped::SecondPicture);
        } else {
            self.hide(Stripped::Other);
        }
    }
}

impl Frame {
    fn read(segment: &[u8], progressive: bool) -> Option<Self> {
        let [_precision, h1, h2, w1, w2, count, components @ ..] = segment else {
            return None;
        };
        let components = components
            .chunks_exact(3)
            .take(usize::from(*count))
            .map(|component| Component {
                id: component[0],
                horizontal: component[1] >> 4,
                vertical: component[1] & 0x0f,
                delivered: [None; 64],
            })
            .collect();
        Some(Self {
            width: u32::from(u16::from_be_bytes([*w1, *w2])),
            height: u32::from(u16::from_be_bytes([*h1, *h2])),
            progressive,
            components,
        })
    }
}

/// The next marker at or behind `at` and the offset behind it. Stray bytes between segments are skipped, as all
/// decoders do.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|byte| *byte == 0xff)?;
        at += bytes.get(at..)?.iter().position(|byte| *byte != 0xff)?;
        match bytes.get(at)? {
            0 => at += 1,
            marker => return Some((*marker, at + 1)),
        }
    }
}

/// The segment whose two bytes of length stand at `at`, without them.
fn segment(bytes: &[u8], at: usize) -> Option<&[u8]> {
    let length = usize::from(u16::from_be_bytes([*bytes.get(at)?, *bytes.get(at + 1)?]));
    bytes.get(at + 2..at + length)
}

/// Where the entropy-coded data that starts at `at` ends: the next marker that is not a restart.
fn end_of_scan(bytes: &[u8], mut at: usize) -> usize {
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xff)) {
        at += found;
        match bytes.get(at + 1) {
            Some(0 | 0xd0..=0xd7) => at += 2,
            Some(0xff) => at += 1,
            _ => return at,
        }
    }
    bytes.len()
}
