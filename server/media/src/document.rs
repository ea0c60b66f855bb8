//! Documents: recognised by content and looked through for what must not be passed on, then kept as they are.

use crate::{PhotoError, office, pdf};
use std::fs::File;
use std::io::{Read, Seek, SeekFrom};

/// Characters of an author's name.
const AUTHOR_MAX: usize = 100;

/// The documents that are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DocumentKind {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Text,
    Csv,
}

impl DocumentKind {
    pub const ALL: [Self; 9] =
        [Self::Pdf, Self::Docx, Self::Xlsx, Self::Pptx, Self::Odt, Self::Ods, Self::Odp, Self::Text, Self::Csv];

    /// The format's media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => "application/vnd.openxmlformats-officedocument.presentationml.presentation",
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Text => "text/plain",
            Self::Csv => "text/csv",
        }
    }

    /// How names of such files end, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::Text => "txt",
            Self::Csv => "csv",
        }
    }

    /// `name` with the right ending: what is called `x.exe` and is a PDF becomes `x.exe.pdf`, so that no device takes it
    /// for something else.
    pub fn name(self, name: &str) -> String {
        let ends = extension_of(name).is_some_and(|found| found.eq_ignore_ascii_case(self.extension()));
        if ends { name.to_owned() } else { format!("{name}.{}", self.extension()) }
    }
}

/// A document, and what it says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    pub kind: DocumentKind,
    /// Who wrote it, by the file's own data: everybody who gets the file can read this.
    pub author: Option<String>,
}

/// Looks through a whole document of at most `max_bytes`. `name` counts for plain text alone, which has no mark of its own.
///
/// # Errors
/// `NotAPicture` and `Unsupported` for other kinds of files, `Macros`, `External` and `Encrypted` for documents that may not
/// be passed on or can't be looked into, `Broken`, `TooManyBytes`, `Io`.
pub(crate) fn inspect(file: &mut File, head: &[u8], name: &str, max_bytes: u64) -> Result<Document, PhotoError> {
    let bytes = file.seek(SeekFrom::End(0))?;
    if bytes > max_bytes {
        return Err(PhotoError::TooManyBytes { bytes, limit: max_bytes });
    }
    let (kind, author) = match head {
        [b'%', b'P', b'D', b'F', b'-', ..] => (DocumentKind::Pdf, pdf::inspect(&read_all(file)?)?),
        [b'P', b'K', 3, 4, ..] => office::inspect(file)?,
        [0xd0, 0xcf, 0x11, 0xe0, ..] => return Err(office::refuse_old(&read_all(file)?)),
        _ => (inspect_text(&read_all(file)?, name)?, None),
    };
    Ok(Document { kind, author: author.and_then(|name| readable(&name)) })
}

fn read_all(file: &mut File) -> Result<Vec<u8>, PhotoError> {
    file.seek(SeekFrom::Start(0))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn inspect_text(bytes: &[u8], name: &str) -> Result<DocumentKind, PhotoError> {
    let kind = [DocumentKind::Text, DocumentKind::Csv]
        .into_iter()
        .find(|kind| extension_of(name).is_some_and(|found| found.eq_ignore_ascii_case(kind.extension())));
    let Some(kind) = kind else { return Err(PhotoError::NotAPicture { found: None }) };
    let wide = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0c);
    if !wide && bytes.iter().any(|byte| is_control(byte) || *byte == 0x7f) {
        return Err(PhotoError::NotAPicture { found: None });
    }
    // Without the zeros of UTF-16 the words we look for read the same.
    let plain: Vec<u8> = bytes.iter().filter(|byte| **byte != 0).map(u8::to_ascii_lowercase).collect();
    let start = plain.trim_ascii_start();
    let start = start.strip_prefix(b"\xef\xbb\xbf").or(start.strip_prefix(b"\xff\xfe")).unwrap_or(start);
    let start = start.strip_prefix(b"\xfe\xff").unwrap_or(start).trim_ascii_start();
    if start.starts_with(b"<") {
        return Err(PhotoError::NotAPicture { found: Some("text/html") });
    }
    if contains(&plain, b"<script") {
        return Err(PhotoError::Macros);
    }
    Ok(kind)
}

pub(crate) fn contains(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

fn extension_of(name: &str) -> Option<&str> {
    name.rsplit_once('.').map(|(_, extension)| extension)
}

/// A name from a file, as it can be shown; `None` when nothing is left of it.
fn readable(name: &str) -> Option<String> {
    let words: Vec<&str> =
        name.split(|c: char| c.is_whitespace() || c.is_control()).filter(|w| !w.is_empty()).collect();
    let name: String = words.join(" ").chars().take(AUTHOR_MAX).collect();
    (!name.is_empty()).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(content: &[u8], name: &str) -> &'static str {
        inspect_text(content, name).map_or_else(|error| error.code(), DocumentKind::extension)
    }

    #[test]
    fn plain_text_is_what_is_called_so_and_holds_nothing_else() {
        assert_eq!(text(b"Beste ouders,\r\n\tmorgen", "brief.txt"), "txt");
        assert_eq!(text(b"\xff\xfeB\0e\0s\0t\0e\0", "BRIEF.TXT"), "txt");
        assert_eq!(text(b"naam;groep\nZo\xeb;5", "lijst.csv"), "csv");
        assert_eq!(text(b"echo hello", "x.bat"), "not-a-picture");
        assert_eq!(text(b"ffconcat version 1.0", "film.mp4"), "not-a-picture");
        assert_eq!(text(b"\x7fELF\x01", "brief.txt"), "not-a-picture");
        assert_eq!(text(b" \n<html>", "brief.txt"), "not-a-picture");
        assert_eq!(text(b"\xef\xbb\xbf<svg onload=x>", "brief.txt"), "not-a-picture");
        assert_eq!(text(b"\xff\xfe<\0h\0", "brief.txt"), "not-a-picture");
        assert_eq!(text(b"a <SCRIPT>alert(1)</SCRIPT>", "brief.txt"), "macros");
    }

    #[test]
    fn names_end_as_their_kind_does() {
        for (kind, name, wanted) in [
            (DocumentKind::Pdf, "Brief.PDF", "Brief.PDF"),
            (DocumentKind::Pdf, "spel.exe", "spel.exe.pdf"),
            (DocumentKind::Docx, "brief", "brief.docx"),
        ] {
            assert_eq!(kind.name(name), wanted);
        }
    }

    #[test]
    fn authors_are_one_line() {
        assert_eq!(readable(" Juf\n Anna\0 ").as_deref(), Some("Juf Anna"));
        assert_eq!(readable(" \n"), None);
    }
}
