//! What is looked for in XML files: the text of one element of a small one, and the tags of a large one, one by one. No
//! entities but XML's own, so nothing grows and nothing is fetched.

use crate::PhotoError;
use std::io::{BufRead, BufReader, Read};

/// Bytes of a tag; drawings have long ones.
const TAG_MAX: usize = 8 * 1024 * 1024;
/// Bytes of a text between two tags; what is longer comes as several.
const TEXT_MAX: usize = 64 * 1024;
/// How comments, verbatim text and instructions begin and end, in which a bracket is only a bracket.
const SPECIAL: [(&[u8], &[u8]); 3] = [(b"!--", b"--"), (b"![CDATA[", b"]]"), (b"?", b"?")];
const LONGEST_START: usize = 8;

/// A tag, as it stands between its brackets, or a text.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Piece {
    Tag(String),
    Text(String),
}

/// An XML file piece by piece, in the memory of one piece.
pub(crate) struct Pieces<R> {
    file: BufReader<R>,
    is_in_tag: bool,
}

impl<R: Read> Pieces<R> {
    pub(crate) fn of(file: R) -> Pieces<R> {
        Pieces { file: BufReader::new(file), is_in_tag: false }
    }

    /// The next piece that is no comment.
    ///
    /// # Errors
    /// `Broken` for what can't be read, and for a file that brings entities of its own.
    pub(crate) fn next(&mut self) -> Result<Option<Piece>, PhotoError> {
        loop {
            let was_in_tag = self.is_in_tag;
            let bytes = if was_in_tag { self.tag()? } else { self.text()? };
            let text = String::from_utf8_lossy(&bytes);
            if !was_in_tag {
                match (text.is_empty(), self.is_in_tag) {
                    (true, true) => continue,
                    (true, false) => return Ok(None),
                    (false, _) => return Ok(Some(Piece::Text(unescaped(&text)))),
                }
            }
            if let Some(text) = text.strip_prefix("![CDATA[") {
                return Ok(Some(Piece::Text(text.trim_end_matches("]]").to_owned())));
            }
            if text.starts_with("!DOCTYPE") && text.contains('[') {
                return Err(PhotoError::broken("it brings entities of its own"));
            }
            if !text.starts_with("!--") {
                return Ok(Some(Piece::Tag(text.into_owned())));
            }
        }
    }

    /// Hands on byte after byte until one is the last. False where the file ends before. Without the zeros of UTF-16 what we
    /// look for reads the same.
    fn read(&mut self, mut is_last: impl FnMut(u8) -> Result<bool, PhotoError>) -> Result<bool, PhotoError> {
        loop {
            let buffer = self.file.fill_buf().map_err(PhotoError::broken)?;
            if buffer.is_empty() {
                return Ok(false);
            }
            for (index, byte) in buffer.iter().enumerate() {
                if *byte != 0 && is_last(*byte)? {
                    self.file.consume(index + 1);
                    return Ok(true);
                }
            }
            let length = buffer.len();
            self.file.consume(length);
        }
    }

    fn text(&mut self) -> Result<Vec<u8>, PhotoError> {
        let mut text = Vec::new();
        let mut opens = false;
        self.read(|byte| {
            opens = byte == b'<';
            if !opens {
                text.push(byte);
            }
            Ok(opens || text.len() == TEXT_MAX)
        })?;
        self.is_in_tag = opens;
        Ok(text)
    }

    /// Up to the bracket that closes it: one between quotes does not, nor any in a comment.
    fn tag(&mut self) -> Result<Vec<u8>, PhotoError> {
        self.is_in_tag = false;
        let mut tag: Vec<u8> = Vec::new();
        let (mut quote, mut special) = (None, None);
        let is_whole = self.read(|byte| {
            if tag.len() <= LONGEST_START {
                special = SPECIAL.into_iter().find(|(start, _)| tag.starts_with(start));
            }
            match (special, quote) {
                (Some((start, end)), _)
                    if byte == b'>' && tag.len() >= start.len() + end.len() && tag.ends_with(end) =>
                {
                    return Ok(true);
                }
                (None, None) if byte == b'>' => return Ok(true),
                (None, None) if matches!(byte, b'"' | b'\'') => quote = Some(byte),
                (None, Some(open)) if byte == open => quote = None,
                _ => {}
            }
            if tag.len() == TAG_MAX {
                return Err(PhotoError::broken("it has a tag without end"));
            }
            tag.push(byte);
            Ok(false)
        })?;
        if is_whole { Ok(tag) } else { Err(PhotoError::broken("a tag is cut off")) }
    }
}

/// The name of a tag, opening or closing, without its prefix.
pub(crate) fn local_name(tag: &str) -> &str {
    let name = tag.split(char::is_whitespace).next().unwrap_or_default().trim_matches('/');
    name.rsplit_once(':').map_or(name, |(_, local)| local)
}

/// An attribute of a tag, by its name without a prefix.
pub(crate) fn attribute(tag: &str, wanted: &str) -> Option<String> {
    let mut rest = tag;
    while let Some((before, after)) = rest.split_once('=') {
        let name = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let value = after.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, after) = value[1..].split_once(quote)?;
        if name.rsplit_once(':').map_or(name, |(_, local)| local) == wanted {
            return Some(unescaped(value));
        }
        rest = after;
    }
    None
}

/// With XML's own entities read; others stay as they are written.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut read = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        match part.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest))) {
            Some((c, rest)) => {
                read.push(c);
                read.push_str(rest);
            }
            None => {
                read.push('&');
                read.push_str(part);
            }
        }
    }
    read
}

fn entity(name: &str) -> Option<char> {
    match name {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "amp" => Some('&'),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            code.ok().and_then(char::from_u32)
        }
    }
}

/// The text of the first element of this (prefixed) name.
pub(crate) fn text_of(xml: &str, name: &str) -> Option<String> {
    let mut rest = xml;
    loop {
        let at = rest.find(&format!("<{name}"))?;
        rest = &rest[at + 1 + name.len()..];
        if rest.starts_with(|c: char| c == '>' || c.is_whitespace()) {
            break;
        }
    }
    let (attributes, rest) = rest.split_once('>')?;
    if attributes.ends_with('/') {
        return None;
    }
    let (text, _) = rest.split_once('<')?;
    let text = unescaped(text);
    (!text.trim().is_empty()).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(file: &str) -> String {
        let mut pieces = Pieces::of(file.as_bytes());
        let mut found = String::new();
        loop {
            match pieces.next() {
                Ok(Some(Piece::Tag(tag))) => found.push_str(&format!("<{tag}>")),
                Ok(Some(Piece::Text(text))) => found.push_str(&format!("[{text}]")),
                Ok(None) => return found,
                Err(error) => return format!("{found} {}", error.code()),
            }
        }
    }

    #[test]
    fn tags_and_texts_come_one_by_one() {
        assert_eq!(
            pieces("<?xml a='>'?><w:a x=\"1>2\" y='\"'>b &amp; c</w:a>"),
            "<?xml a='>'?><w:a x=\"1>2\" y='\"'>[b & c]</w:a>"
        );
        assert_eq!(pieces("<a><!-- it's <b> --><![CDATA[<c> \"&lt;]]></a>"), "<a>[<c> \"&lt;]</a>");
        assert_eq!(pieces("<!--> <a '> --><b/><![CDATA[]]>"), "<b/>[]");
        assert_eq!(pieces("<\0a\0>\0"), "<a>");
        assert_eq!(pieces("<!DOCTYPE a 'b'><a>"), "<!DOCTYPE a 'b'><a>");
        assert_eq!(pieces("<!DOCTYPE a [<!ENTITY b 'c'>]>"), " broken");
        assert_eq!(pieces("a<b"), "[a] broken");
        assert_eq!(pieces("<b '>"), " broken");
        let long = "x".repeat(TEXT_MAX + 1);
        assert_eq!(pieces(&long), format!("[{}][x]", "x".repeat(TEXT_MAX)));
        assert_eq!(pieces(&format!("<{}", "x".repeat(TAG_MAX + 1))), " broken");
        assert_eq!(pieces(""), "");
    }

    #[test]
    fn attributes_by_their_names() {
        let tag = "w:fldSimple w:dirty=\"a='b'\" w:instr = ' x &#60;&#x3e;&amp;lt;&y; '/";
        assert_eq!(local_name(tag), "fldSimple");
        assert_eq!(local_name("/w:a"), "a");
        assert_eq!(local_name("b/"), "b");
        assert_eq!(attribute(tag, "instr").as_deref(), Some(" x <>&lt;&y; "));
        assert_eq!(attribute(tag, "dirty").as_deref(), Some("a='b'"));
        for none in ["a", "a b=c", "a b='c", "a b=", ""] {
            assert_eq!(attribute(none, "b"), None, "{none}");
        }
    }

    #[test]
    fn the_first_element_of_a_name() {
        assert_eq!(
            text_of("<a><dc:creator x='1'>Juf &amp; meester</dc:creator>", "dc:creator").as_deref(),
            Some("Juf & meester")
        );
        assert_eq!(
            text_of("<dc:creators>x</dc:creators><dc:creator>y</dc:creator>", "dc:creator").as_deref(),
            Some("y")
        );
        for none in ["", "<dc:creator/>", "<dc:creator></dc:creator>", "<dc:creator>", "<dc:creator"] {
            assert_eq!(text_of(none, "dc:creator"), None, "{none}");
        }
    }
}
