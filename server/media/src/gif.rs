//! A walk over the blocks of a GIF file.

use crate::PhotoError;
use crate::hidden::Stripped;

/// The largest width and height that the screen or the first frame claims: decoders take memory for both.
pub(crate) fn size(bytes: &[u8]) -> Result<(u32, u32), PhotoError> {
    let mut size = (number(bytes, 6), number(bytes, 8));
    let first = blocks(bytes).find(|block| matches!(block, Block::Frame { .. }));
    let Some(Block::Frame { width, height }) = first else {
        return Err(PhotoError::broken("it has no frame"));
    };
    size.0 = size.0.max(width);
    size.1 = size.1.max(height);
    Ok(size)
}

pub(crate) fn hidden_data(bytes: &[u8]) -> Vec<Stripped> {
    let mut hidden = Vec::new();
    let mut frames = 0;
    for block in blocks(bytes) {
        match block {
            Block::Frame { .. } => {
                frames += 1;
                if frames == 2 {
                    hidden.push(Stripped::Frames);
                }
            }
            Block::Extension(0xfe, _) | Block::Extension(0x01, _) => hidden.push(Stripped::Comment),
            Block::Extension(0xff, b"XMP DataXMP") => hidden.push(Stripped::Xmp),
            Block::Extension(0xff, b"ICCRGBG1012") => hidden.push(Stripped::ColourProfile),
            // How often to loop.
            Block::Extension(0xff, b"NETSCAPE2.0" | b"ANIMEXTS1.0") => {}
            Block::Extension(0xf9, _) => {}
            Block::Extension(..) => hidden.push(Stripped::Other),
        }
    }
    hidden
}

enum Block<'a> {
    Frame {
        width: u32,
        height: u32,
    },
    /// Its label and first sub-block.
    Extension(u8, &'a [u8]),
}

fn blocks(bytes: &[u8]) -> impl Iterator<Item = Block<'_>> {
    let mut at = 13 + bytes.get(10).map_or(0, |flags| colour_table_bytes(*flags));
    std::iter::from_fn(move || match bytes.get(at)? {
        0x2c => {
            let frame = Block::Frame { width: number(bytes, at + 5), height: number(bytes, at + 7) };
            at = behind_sub_blocks(bytes, at + 11 + colour_table_bytes(*bytes.get(at + 9)?));
            Some(frame)
        }
        0x21 => {
            let label = *bytes.get(at + 1)?;
            let length = usize::from(*bytes.get(at + 2)?);
            let first = bytes.get(at + 3..at + 3 + length)?;
            at = behind_sub_blocks(bytes, at + 2);
            Some(Block::Extension(label, first))
        }
        _ => None,
    })
}

fn behind_sub_blocks(bytes: &[u8], mut at: usize) -> usize {
    while let Some(length) = bytes.get(at).filter(|length| **length > 0) {
        at += 1 + usize::from(*length);
    }
    at + 1
}

fn colour_table_bytes(flags: u8) -> usize {
    if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) }
}

fn number(bytes: &[u8], at: usize) -> u32 {
    bytes.get(at..at + 2).map_or(0, |pair| u32::from(pair[0]) | u32::from(pair[1]) << 8)
}
