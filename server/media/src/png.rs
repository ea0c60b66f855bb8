//! A walk over the chunks of a PNG file.

use crate::PhotoError;
use crate::exif::read_exif;
use crate::hidden::Stripped;

const SIGNATURE_BYTES: usize = 8;

/// The size a PNG header claims, and the bytes of memory that decoding takes per pixel.
pub(crate) struct Header {
    pub width: u32,
    pub height: u32,
    pub memory_per_pixel: u64,
}

pub(crate) fn header(bytes: &[u8]) -> Result<Header, PhotoError> {
    let header = chunks(bytes)
        .next()
        .filter(|chunk| &chunk.name == b"IHDR" && chunk.data.len() == 13)
        .ok_or_else(|| PhotoError::broken("it has no header"))?;
    let number = |at: usize| {
        u32::from_be_bytes([header.data[at], header.data[at + 1], header.data[at + 2], header.data[at + 3]])
    };
    let channels = match header.data[9] {
        0 => 1,
        2 => 3,
        4 => 2,
        // A palette may have transparent entries.
        _ => 4,
    };
    let sample_bytes = if header.data[8] == 16 { 2 } else { 1 };
    Ok(Header {
        width: number(0),
        height: number(4),
        // What is not 8-bit RGB or RGBA is converted into a second buffer.
        memory_per_pixel: match (channels, sample_bytes) {
            (3 | 4, 1) => channels,
            _ => channels * sample_bytes + 4,
        },
    })
}

pub(crate) fn hidden_data(bytes: &[u8]) -> Vec<Stripped> {
    let mut hidden = Vec::new();
    let mut end = SIGNATURE_BYTES;
    for chunk in chunks(bytes) {
        end = chunk.end;
        match &chunk.name {
            b"eXIf" => {
                hidden.push(Stripped::Exif);
                let exif = read_exif(chunk.data);
                if exif.has_gps {
                    hidden.push(Stripped::Gps);
                }
                if exif.has_thumbnail {
                    hidden.push(Stripped::Thumbnail);
                }
            }
            b"iTXt" if chunk.data.starts_with(b"XML:com.adobe.xmp\0") => hidden.push(Stripped::Xmp),
            b"tEXt" | b"zTXt" | b"iTXt" | b"tIME" => hidden.push(Stripped::Comment),
            b"iCCP" => hidden.push(Stripped::ColourProfile),
            b"fdAT" => hidden.push(Stripped::Frames),
            b"IHDR" | b"PLTE" | b"IDAT" | b"IEND" | b"tRNS" | b"gAMA" | b"cHRM" | b"sRGB" | b"cICP" | b"bKGD"
            | b"pHYs" | b"sBIT" | b"hIST" | b"acTL" | b"fcTL" => {}
            _ => hidden.push(Stripped::Other),
        }
    }
    if end < bytes.len() {
        hidden.push(Stripped::Other);
    }
    hidden
}

struct Chunk<'a> {
    name: [u8; 4],
    data: &'a [u8],
    /// Offset in the file of what follows.
    end: usize,
}

/// The chunks until `IEND` or until the file breaks off.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = Chunk<'_>> {
    let mut at = SIGNATURE_BYTES;
    let mut ended = false;
    std::iter::from_fn(move || {
        if ended {
            return None;
        }
        let head = bytes.get(at..at.checked_add(8)?)?;
        let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let name = [head[4], head[5], head[6], head[7]];
        let data = bytes.get(at + 8..(at + 8).checked_add(length)?)?;
        at += 12 + length;
        ended = &name == b"IEND";
        Some(Chunk { name, data, end: at })
    })
}
