//! The document as Markdown that reads back as the same document.

use super::{Block, Document, Inline};
use std::fmt::Write as _;

impl Document {
    /// The document as Markdown that reads back as the same document.
    pub fn markdown(&self) -> String {
        let blocks: Vec<String> = self.blocks.iter().map(block).collect();
        blocks.join("\n\n")
    }
}

fn block(block: &Block) -> String {
    match block {
        Block::Paragraph { text } => line(text),
        Block::Heading { level, text } => {
            let mut inner = line(text);
            // At the end of a heading it would be decoration.
            if let Some(before) = inner.strip_suffix('#')
                && before.chars().rev().take_while(|c| *c == '\\').count() % 2 == 0
            {
                inner.insert(inner.len() - 1, '\\');
            }
            format!("{} {inner}", if *level <= 2 { "##" } else { "###" })
        }
        Block::Quote { text } => format!("> {}", line(text).replace('\n', "\n> ")),
        Block::List { ordered, items } => {
            let items = items.iter().enumerate().map(|(index, item)| {
                let marker = if *ordered { format!("{}. ", index + 1) } else { "- ".to_owned() };
                let indent = format!("\n{}", " ".repeat(marker.len()));
                format!("{marker}{}", line(item).replace('\n', &indent))
            });
            items.collect::<Vec<_>>().join("\n")
        }
        Block::Image { media, alt } => {
            let mut out = "![".to_owned();
            escape(alt, &mut out);
            let _ = write!(out, "](media:{media})");
            out
        }
    }
}

fn line(inlines: &[Inline]) -> String {
    let mut writer = Writer::default();
    writer.inlines(inlines);
    writer.out
}

/// Writes the text of one block.
#[derive(Default)]
struct Writer {
    out: String,
    /// Emphasis has just ended with a sign. Markdown takes that for its end only if no letter follows, so a letter is
    /// written as a number.
    ended_with_sign: bool,
}

impl Writer {
    fn inlines(&mut self, inlines: &[Inline]) {
        for inline in inlines {
            match inline {
                Inline::Text { text } => self.text(text),
                Inline::Strong { text } => self.emphasis("**", text),
                Inline::Emphasis { text } => self.emphasis("*", text),
                Inline::Link { href, text } => {
                    self.open_bracket();
                    self.inlines(text);
                    let _ = write!(self.out, "](<{href}>)");
                    self.ended_with_sign = false;
                }
                Inline::Mention { group, name } => {
                    self.open_bracket();
                    self.out.push('@');
                    escape(name, &mut self.out);
                    let _ = write!(self.out, "](group:{group})");
                }
                Inline::Break => {
                    self.out.push('\n');
                    self.ended_with_sign = false;
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        let mut rest = text.chars();
        if std::mem::take(&mut self.ended_with_sign)
            && let Some(first) = rest.next().filter(|first| !parts_words(*first))
        {
            let _ = write!(self.out, "&#{};", u32::from(first));
            return escape(rest.as_str(), &mut self.out);
        }
        escape(text, &mut self.out);
    }

    fn emphasis(&mut self, marker: &str, content: &[Inline]) {
        let start = self.out.len();
        self.out.push_str(marker);
        self.ended_with_sign = false;
        self.inlines(content);
        let last = self.out.trim_end_matches('*').chars().next_back();
        self.ended_with_sign = last.is_some_and(|last| !last.is_alphanumeric());
        self.out.push_str(marker);
        // The same where it begins: before a sign, Markdown wants no letter.
        let first = self.out[start..].trim_start_matches('*').chars().next();
        if first.is_some_and(|first| !first.is_alphanumeric())
            && let Some((at, before)) = self.out[..start].char_indices().next_back().filter(|(_, c)| !parts_words(*c))
        {
            self.out.replace_range(at..start, &format!("&#{};", u32::from(before)));
        }
    }

    fn open_bracket(&mut self) {
        // Together they would begin an image.
        if self.out.ends_with('!') {
            self.out.insert(self.out.len() - 1, '\\');
        }
        self.out.push('[');
        self.ended_with_sign = false;
    }
}

/// What may stand outside beside emphasis that begins or ends with a sign.
fn parts_words(c: char) -> bool {
    c.is_whitespace() || c.is_ascii_punctuation()
}

/// Escapes what Markdown would take for markup: always inside a line, and at its beginning what would start a block.
fn escape(text: &str, out: &mut String) {
    let mut at_line_start = out.is_empty() || out.ends_with('\n');
    for (index, c) in text.char_indices() {
        let special = matches!(c, '\\' | '*' | '_' | '[' | ']' | '<' | '>' | '`' | '&');
        let starts_block = at_line_start
            && (matches!(c, '#' | '-' | '+' | '=' | '~')
                || (matches!(c, '.' | ')') && text[..index].chars().all(|c| c.is_ascii_digit()) && index > 0));
        if special || starts_block {
            out.push('\\');
        }
        out.push(c);
        at_line_start = at_line_start && (c.is_ascii_digit() || c == ' ');
    }
}
