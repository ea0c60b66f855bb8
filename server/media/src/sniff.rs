//! What a file is, from its content. Names and declared types are never asked.

use crate::{FilmKind, PhotoError};

/// Bytes from the start of a file that [`sniff`] wants to see; fewer are enough for a shorter file.
pub const SNIFF_BYTES: usize = 4096;

/// The picture formats that are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    Jpeg,
    Png,
    WebP,
    Gif,
    Avif,
    Heic,
}

impl Kind {
    /// The format's media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::WebP => "image/webp",
            Self::Gif => "image/gif",
            Self::Avif => "image/avif",
            Self::Heic => "image/heic",
        }
    }
}

/// The kind of picture that starts with `head` (the first [`SNIFF_BYTES`] of the file, or all of it).
///
/// # Errors
/// `Empty`; `Unsupported` for pictures in formats that are not accepted; `NotAPicture` for everything else.
pub fn sniff(head: &[u8]) -> Result<Kind, PhotoError> {
    match head {
        [] => Err(PhotoError::Empty),
        [0xff, 0xd8, 0xff, ..] => Ok(Kind::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Ok(Kind::Png),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Ok(Kind::Gif),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Ok(Kind::WebP),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => sniff_ftyp(head),
        _ => Err(not_accepted(head)),
    }
}

/// The `ftyp` box: length, `ftyp`, main brand, version, compatible brands. Films use the same container.
fn sniff_ftyp(head: &[u8]) -> Result<Kind, PhotoError> {
    let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
    let end = length.min(head.len());
    let main = head.get(8..12);
    let compatible = head.get(16..end).unwrap_or_default().chunks_exact(4);
    // The main brand decides; `mif1` says only "some picture" and leaves it to the compatible brands.
    for brand in main.into_iter().chain(compatible) {
        match brand {
            b"avif" => return Ok(Kind::Avif),
            b"heic" | b"heix" | b"heim" | b"heis" => return Ok(Kind::Heic),
            b"avis" | b"hevc" | b"hevx" | b"msf1" => {
                return Err(PhotoError::Unsupported("a picture sequence"));
            }
            b"mif1" | b"mif2" | b"miaf" | b"MiHE" | b"MiHB" | b"MiHA" | b"MA1A" | b"MA1B" => {}
            _ if main == Some(brand) => return Err(not_accepted(head)),
            _ => {}
        }
    }
    Err(PhotoError::Unsupported("a HEIF picture that is neither HEVC nor AV1"))
}

/// The kind of film that starts with `head`, if it is one of those that are accepted.
pub fn sniff_film(head: &[u8]) -> Option<FilmKind> {
    match head {
        [_, _, _, _, b'f', b't', b'y', b'p', a, b, c, d, ..] => match &[*a, *b, *c, *d] {
            b"qt  " => Some(FilmKind::QuickTime),
            [b'3', b'g', ..] => Some(FilmKind::ThreeGp),
            [b'i', b's', b'o', _]
            | [b'm', b'p', b'4', _]
            | b"avc1"
            | b"M4V "
            | b"M4VH"
            | b"M4VP"
            | b"MSNV"
            | b"dash" => Some(FilmKind::Mp4),
            _ => None,
        },
        // QuickTime of before there was a brand.
        [_, _, _, _, b'm', b'o', b'o', b'v', ..]
        | [_, _, _, _, b'm', b'd', b'a', b't', ..]
        | [_, _, _, _, b'w', b'i', b'd', b'e', ..] => Some(FilmKind::QuickTime),
        // Matroska is a larger family with the same beginning.
        [0x1a, 0x45, 0xdf, 0xa3, ..] => {
            let start = &head[..head.len().min(64)];
            start.windows(4).any(|word| word == b"webm").then_some(FilmKind::WebM)
        }
        _ => None,
    }
}

fn not_accepted(head: &[u8]) -> PhotoError {
    let text = head.trim_ascii_start();
    let starts = |tag: &[u8]| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    // infer knows neither SVG nor HTML behind a comment or a doctype, the two that matter most when mislabelled.
    if starts(b"<svg") || (starts(b"<?xml") && text.windows(4).any(|word| word == b"<svg")) {
        return PhotoError::Unsupported("SVG");
    }
    if starts(b"<!doctype html") || starts(b"<html") {
        return PhotoError::NotAPicture { found: Some("text/html") };
    }
    match infer::get(head) {
        Some(found) if found.matcher_type() == infer::MatcherType::Image => PhotoError::Unsupported(found.mime_type()),
        Some(found) => PhotoError::NotAPicture { found: Some(found.mime_type()) },
        None => PhotoError::NotAPicture { found: None },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::{Expect, expect};

    fn check(head: &[u8], expect: Expect) {
        let found = match sniff(head) {
            Ok(kind) => kind.media_type().to_owned(),
            Err(error) => format!("{}: {error}", error.code()),
        };
        expect.assert_eq(&found);
    }

    #[test]
    fn pictures_by_content() {
        check(b"\xff\xd8\xff\xe0", expect!["image/jpeg"]);
        check(b"\x89PNG\r\n\x1a\n", expect!["image/png"]);
        check(b"GIF89a", expect!["image/gif"]);
        check(b"RIFF\0\0\0\0WEBPVP8 ", expect!["image/webp"]);
        check(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", expect!["image/heic"]);
        check(b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", expect!["image/heic"]);
        check(b"\0\0\0\x18ftypmif1\0\0\0\0avifmiaf", expect!["image/avif"]);
    }

    #[test]
    fn films_by_content() {
        let kind = |head: &[u8]| sniff_film(head).map(FilmKind::media_type);
        assert_eq!(kind(b"\0\0\0\x18ftypmp42\0\0\0\0isommp42"), Some("video/mp4"));
        assert_eq!(kind(b"\0\0\0\x14ftypqt  \0\0\0\0qt  "), Some("video/quicktime"));
        assert_eq!(kind(b"\0\0\0\x18ftyp3gp5\0\0\0\0isom3gp5"), Some("video/3gpp"));
        assert_eq!(kind(b"\0\0\x10\0moov\0\0\0\0mvhd"), Some("video/quicktime"));
        assert_eq!(kind(b"\x1a\x45\xdf\xa3\x9f\x42\x86\x81\x01\x42\x82\x84webm"), Some("video/webm"));
        let others: [&[u8]; 5] = [
            b"",
            b"\x1a\x45\xdf\xa3\x42\x82\x88matroska",
            b"ffconcat version 1.0",
            b"#EXTM3U",
            b"\0\0\0\x18ftypheic\0\0\0\0mif1",
        ];
        for other in others {
            assert_eq!(kind(other), None);
        }
    }

    #[test]
    fn everything_else_is_named() {
        check(b"", expect!["empty: the file is empty"]);
        check(b"hello", expect!["not-a-picture: the file is not a picture"]);
        check(b"<!DOCTYPE html><script>", expect!["not-a-picture: the file is not a picture but text/html"]);
        check(b"PK\x03\x04............", expect!["not-a-picture: the file is not a picture but application/zip"]);
        check(b"%PDF-1.7", expect!["not-a-picture: the file is not a picture but application/pdf"]);
        check(b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", expect!["not-a-picture: the file is not a picture but video/mp4"]);
        check(b"<?xml version='1.0'?><svg onload='x'/>", expect!["unsupported: SVG is not accepted"]);
        check(b"II*\0\x08\0\0\0\0\0\0\0\0\0\0\0", expect!["unsupported: image/tiff is not accepted"]);
        check(b"\0\0\0\x18ftypavis\0\0\0\0avisavif", expect!["unsupported: a picture sequence is not accepted"]);
    }
}
