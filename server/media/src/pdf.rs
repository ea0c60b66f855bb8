//! A look through a PDF for names that matter, in its objects and in its packed streams of objects.

use crate::PhotoError;
use crate::document::contains;
use flate2::read::ZlibDecoder;
use std::io::Read;

/// Bytes of unpacked objects that are looked at, of one file.
const UNPACKED_MAX: u64 = 64 * 1024 * 1024;
/// From the end of the file, where its table of objects must be found.
const TAIL: usize = 2048;

/// Packed streams of objects that are looked at; longer books have fewer.
const STREAMS_MAX: usize = 20_000;
/// Names of authors that are looked up: each may take a walk over the whole file.
const AUTHORS_MAX: usize = 4;

/// Names that start programs.
const RUNNING: [&[u8]; 2] = [b"JavaScript", b"Launch"];

/// The author of a PDF that is whole, open and does nothing by itself.
pub(crate) fn inspect(bytes: &[u8]) -> Result<Option<String>, PhotoError> {
    if !contains(&bytes[bytes.len().saturating_sub(TAIL)..], b"startxref") {
        return Err(PhotoError::broken("its end is missing"));
    }
    let mut author = look(bytes)?;
    let mut left = UNPACKED_MAX;
    for (number, packed) in object_streams(bytes).enumerate() {
        if number == STREAMS_MAX {
            return Err(PhotoError::broken("it has too many parts"));
        }
        let mut objects = Vec::new();
        // What can't be unpacked can't be read by the reader's program either.
        let _ = ZlibDecoder::new(packed).take(left).read_to_end(&mut objects);
        left = left.saturating_sub(objects.len() as u64);
        if left == 0 {
            return Err(PhotoError::TooManyBytes { bytes: UNPACKED_MAX, limit: UNPACKED_MAX });
        }
        author = look(&objects)?.or(author);
    }
    Ok(author)
}

fn look(bytes: &[u8]) -> Result<Option<String>, PhotoError> {
    let mut author = None;
    let mut asked = 0;
    for (name, rest) in names(bytes) {
        if name == b"Encrypt" {
            return Err(PhotoError::Encrypted);
        }
        if RUNNING.contains(&name.as_slice()) {
            return Err(PhotoError::Macros);
        }
        if name == b"Author" && author.is_none() && asked < AUTHORS_MAX {
            asked += 1;
            author = value(bytes, rest);
        }
    }
    Ok(author)
}

/// Every name in the file, with what stands behind it. A character may be written as `#` and two digits.
fn names(bytes: &[u8]) -> impl Iterator<Item = (Vec<u8>, &[u8])> {
    let starts = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'/').map(|(at, _)| &bytes[at + 1..]);
    starts.map(|rest| {
        // Longer names are none of those we look for.
        let end = rest.iter().take(64).position(|byte| is_delimiter(*byte)).unwrap_or(rest.len().min(64));
        (unescaped(&rest[..end]), &rest[end..])
    })
}

fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii_whitespace() || byte == 0 || b"()<>[]{}/%".contains(&byte)
}

fn unescaped(name: &[u8]) -> Vec<u8> {
    let mut plain = Vec::with_capacity(name.len());
    let mut rest = name;
    while let Some((first, behind)) = rest.split_first() {
        let digits = behind.get(..2).filter(|_| *first == b'#').and_then(hex);
        plain.push(digits.unwrap_or(*first));
        rest = if digits.is_some() { &behind[2..] } else { behind };
    }
    plain
}

fn hex(digits: &[u8]) -> Option<u8> {
    u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// The data of the streams that hold objects.
fn object_streams(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        loop {
            let at = rest.windows(7).position(|word| word == b"/ObjStm")?;
            rest = &rest[at + 7..];
            let head = &rest[..rest.len().min(512)];
            if let Some(start) = head.windows(6).position(|word| word == b"stream") {
                let data = &rest[start + 6..];
                let data = data.strip_prefix(b"\r\n").or(data.strip_prefix(b"\n")).unwrap_or(data);
                return Some(data);
            }
        }
    })
}

/// A text: in brackets, in hexadecimal digits, or in an object of its own.
fn value(file: &[u8], rest: &[u8]) -> Option<String> {
    let rest = rest.trim_ascii_start();
    match rest {
        [b'(', rest @ ..] => literal(rest),
        [b'<', rest @ ..] => {
            let end = rest.iter().take(1024).position(|byte| *byte == b'>')?;
            let digits: Vec<u8> = rest[..end].iter().copied().filter(u8::is_ascii_hexdigit).collect();
            Some(decoded(&digits.chunks(2).filter_map(hex).collect::<Vec<u8>>()))
        }
        [b'0'..=b'9', ..] => {
            let words: Vec<&[u8]> = rest.splitn(4, |byte| *byte == b' ').collect();
            let [number, generation, _, _] = words.as_slice() else { return None };
            let head = [b"\n".as_slice(), number, b" ", generation, b" obj"].concat();
            let object = file.windows(head.len()).position(|part| part == head.as_slice())? + head.len();
            let object = file.get(object..)?.trim_ascii_start();
            // One step only: an object that points on is none that programs write.
            matches!(object, [b'(' | b'<', ..]).then(|| value(&[], object)).flatten()
        }
        _ => None,
    }
}

fn literal(rest: &[u8]) -> Option<String> {
    let (mut text, mut depth, mut at) = (Vec::new(), 0, 0);
    while at < rest.len().min(1024) {
        match rest[at] {
            b'\\' => {
                at += 1;
                text.push(match rest.get(at)? {
                    b'n' | b'r' | b't' => b' ',
                    digit @ b'0'..=b'7' => {
                        let digits = rest[at..].iter().take(3).take_while(|byte| matches!(byte, b'0'..=b'7'));
                        let octal: Vec<u32> = digits.map(|byte| u32::from(byte - b'0')).collect();
                        at += octal.len() - 1;
                        let number = octal.iter().fold(0, |number, digit| number * 8 + digit);
                        u8::try_from(number).unwrap_or(*digit)
                    }
                    other => *other,
                });
            }
            b')' if depth == 0 => return Some(decoded(&text)),
            byte => {
                depth += i32::from(byte == b'(') - i32::from(byte == b')');
                text.push(byte);
            }
        }
        at += 1;
    }
    None
}

/// UTF-16 or UTF-8 with their marks, else Latin-1, which PDF's own code is for nearly all names.
fn decoded(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, wide @ ..] => {
            let units: Vec<u16> = wide.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
            String::from_utf16_lossy(&units)
        }
        [0xef, 0xbb, 0xbf, text @ ..] => String::from_utf8_lossy(text).into_owned(),
        _ => bytes.iter().map(|byte| char::from(*byte)).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::ZlibEncoder};
    use std::io::Write as _;

    fn outcome(objects: &str) -> String {
        let file = format!("%PDF-1.7\n{objects}\nstartxref\n0\n%%EOF\n");
        match inspect(file.as_bytes()) {
            Ok(author) => author.unwrap_or_default(),
            Err(error) => error.code().to_owned(),
        }
    }

    #[test]
    fn authors_in_every_way_they_are_written() {
        assert_eq!(outcome("<< /Author (Juf Anna) >>"), "Juf Anna");
        assert_eq!(outcome("<< /Author(Anna \\(juf\\) \\353) >>"), "Anna (juf) ë");
        assert_eq!(outcome("<< /Author <FEFF004A0075006600> >>"), "Juf");
        assert_eq!(outcome("<< /Author 7 0 R >>\n7 0 obj\n(Meester Bas)\nendobj"), "Meester Bas");
        assert_eq!(outcome("<< /Author 7 0 R >>\n7 0 obj\n7 0 R"), "");
        assert_eq!(outcome("<< /Author (open"), "");
        assert_eq!(outcome("<< /Title (x) >>"), "");
    }

    #[test]
    fn what_runs_or_is_closed_is_refused_also_when_hidden() {
        assert_eq!(outcome("<< /S /JavaScript /JS (app.alert(1)) >>"), "macros");
        assert_eq!(outcome("<< /S /J#61vaScript >>"), "macros");
        assert_eq!(outcome("<< /S /Launch /F (cmd.exe) >>"), "macros");
        assert_eq!(outcome("trailer << /Encrypt 5 0 R >>"), "encrypted");
        assert_eq!(outcome("<< /LaunchDate (x) >>"), "");
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(b"<< /S /JavaScript >>").unwrap();
        let stream = packed.finish().unwrap();
        let file =
            [b"%PDF-1.7\n1 0 obj << /Type /ObjStm /Filter /FlateDecode >> stream\r\n", &stream[..], b"\nstartxref"];
        assert_eq!(inspect(&file.concat()).unwrap_err().code(), "macros");
    }

    #[test]
    fn a_cut_off_file_is_refused() {
        assert_eq!(inspect(b"%PDF-1.7\n<< >>").unwrap_err().code(), "broken");
        assert_eq!(inspect(b"").unwrap_err().code(), "broken");
    }
}
