//! The three facts of an EXIF block that matter here: orientation, position, thumbnail.
//!
//! A full reader refuses a whole block for one bad entry and follows offsets wherever they point. This one reads the
//! first directory only, follows nothing twice and takes what is sound, because a damaged maker note is no reason to
//! publish a photo on its side.

use image::metadata::Orientation;

const TAG_ORIENTATION: u16 = 0x0112;
const TAG_GPS: u16 = 0x8825;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exif {
    pub orientation: Orientation,
    pub has_gps: bool,
    pub has_thumbnail: bool,
}

/// Reads a TIFF structure, with or without the `Exif\0\0` that precedes it in JPEG and some WebP files.
pub(crate) fn read_exif(block: &[u8]) -> Exif {
    let tiff = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    Tiff::new(tiff).and_then(|tiff| tiff.first_directory()).unwrap_or(Exif {
        orientation: Orientation::NoTransforms,
        has_gps: false,
        has_thumbnail: false,
    })
}

struct Tiff<'a> {
    bytes: &'a [u8],
    big_endian: bool,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let big_endian = match bytes.get(..4)? {
            b"II*\0" => false,
            b"MM\0*" => true,
            _ => return None,
        };
        Some(Self { bytes, big_endian })
    }

    fn first_directory(&self) -> Option<Exif> {
        let mut exif = Exif { orientation: Orientation::NoTransforms, has_gps: false, has_thumbnail: false };
        let start = self.u32(4)? as usize;
        let entries = usize::from(self.u16(start)?);
        for entry in 0..entries {
            let at = start + 2 + entry * 12;
            let Some(tag) = self.u16(at) else {
                return Some(exif);
            };
            match tag {
                TAG_ORIENTATION => {
                    let value = self.u16(at + 8).and_then(|value| u8::try_from(value).ok());
                    if let Some(orientation) = value.and_then(Orientation::from_exif) {
                        exif.orientation = orientation;
                    }
                }
                TAG_GPS => exif.has_gps = true,
                _ => {}
            }
        }
        // A second directory describes the embedded thumbnail.
        let next = self.u32(start + 2 + entries * 12).unwrap_or(0) as usize;
        exif.has_thumbnail = next != start && next > 0 && self.u16(next).is_some();
        Some(exif)
    }

    fn u16(&self, at: usize) -> Option<u16> {
        let bytes = self.bytes.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if self.big_endian { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    }

    fn u32(&self, at: usize) -> Option<u32> {
        let bytes = self.bytes.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if self.big_endian { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn directory(entries: &[(u16, u16)], next: u32) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0".to_vec();
        tiff.extend((entries.len() as u16).to_le_bytes());
        for (tag, value) in entries {
            tiff.extend(tag.to_le_bytes());
            tiff.extend([3, 0, 1, 0, 0, 0]);
            tiff.extend(value.to_le_bytes());
            tiff.extend([0, 0]);
        }
        tiff.extend(next.to_le_bytes());
        tiff
    }

    #[test]
    fn orientation_and_position() {
        let exif = read_exif(&directory(&[(TAG_ORIENTATION, 6), (TAG_GPS, 100)], 0));
        assert_eq!(exif.orientation, Orientation::Rotate90);
        assert!(exif.has_gps);
        assert!(!exif.has_thumbnail);
    }

    #[test]
    fn a_directory_that_follows_itself_is_read_once() {
        assert!(!read_exif(&directory(&[(TAG_ORIENTATION, 1)], 8)).has_thumbnail);
    }

    #[test]
    fn an_orientation_outside_one_to_eight_means_upright() {
        for value in [0, 9, 400] {
            let exif = read_exif(&directory(&[(TAG_ORIENTATION, value)], 0));
            assert_eq!(exif.orientation, Orientation::NoTransforms);
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_read_without_panic(mut bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            read_exif(&bytes);
            let header = b"II*\0\x08\0\0\0";
            if bytes.len() >= header.len() {
                bytes[..header.len()].copy_from_slice(header);
                read_exif(&bytes);
            }
        }
    }
}
