//! A walk over the chunks of a WebP file.

use crate::exif::read_exif;
use crate::hidden::Stripped;

#[derive(Debug, Default)]
pub(crate) struct WebP<'a> {
    /// The largest width and height that the canvas or any frame claims. A frame's own header counts because decoders
    /// take memory for it before they compare it with the canvas.
    pub width: u32,
    pub height: u32,
    pub lossless: bool,
    pub exif: Option<&'a [u8]>,
    pub hidden: Vec<Stripped>,
}

impl<'a> WebP<'a> {
    pub fn walk(bytes: &'a [u8]) -> Self {
        let mut webp = Self::default();
        let end = bytes.get(4..8).map_or(0, |length| 8 + little_endian(length));
        webp.read_chunks(bytes.get(12..).unwrap_or_default(), 0);
        if end < bytes.len() {
            webp.hidden.push(Stripped::Other);
        }
        webp
    }

    fn read_chunks(&mut self, mut rest: &'a [u8], depth: u8) {
        let mut frames = 0;
        while let Some(head) = rest.get(..8) {
            let length = little_endian(&head[4..]);
            // Decoders read a chunk that the file cuts short as far as it goes.
            let data = &rest[8..(8 + length).min(rest.len())];
            match &head[..4] {
                b"VP8X" if data.len() >= 10 => {
                    self.claim(little_endian(&data[4..7]), little_endian(&data[7..10]), 1);
                }
                b"VP8 " if data.len() >= 10 => {
                    let side = |at: usize| usize::from(u16::from_le_bytes([data[at], data[at + 1]]) & 0x3fff);
                    self.claim(side(6), side(8), 0);
                }
                b"VP8L" if data.len() >= 5 => {
                    let bits = little_endian(&data[1..5]);
                    self.claim(bits & 0x3fff, (bits >> 14) & 0x3fff, 1);
                    self.lossless = true;
                }
                b"ANMF" if depth == 0 => {
                    frames += 1;
                    if frames == 1 {
                        self.read_chunks(data.get(16..).unwrap_or_default(), 1);
                    } else if frames == 2 {
                        self.hidden.push(Stripped::Frames);
                    }
                }
                b"EXIF" => {
                    self.hidden.push(Stripped::Exif);
                    let exif = read_exif(data);
                    if exif.has_gps {
                        self.hidden.push(Stripped::Gps);
                    }
                    if exif.has_thumbnail {
                        self.hidden.push(Stripped::Thumbnail);
                    }
                    self.exif = self.exif.or(Some(data));
                }
                b"XMP " => self.hidden.push(Stripped::Xmp),
                b"ICCP" => self.hidden.push(Stripped::ColourProfile),
                b"ALPH" | b"ANIM" | b"VP8X" | b"VP8 " | b"VP8L" => {}
                _ => self.hidden.push(Stripped::Other),
            }
            rest = rest.get(8 + length + length % 2..).unwrap_or_default();
        }
    }

    fn claim(&mut self, width: usize, height: usize, plus: usize) {
        self.width = self.width.max((width + plus) as u32);
        self.height = self.height.max((height + plus) as u32);
    }
}

fn little_endian(bytes: &[u8]) -> usize {
    bytes.iter().take(4).rev().fold(0, |number, byte| number << 8 | usize::from(*byte))
}
