//! The body of a post: a typed document, never HTML. One type renders to page, mail and plain text.

use serde::{Deserialize, Serialize};
use std::fmt::Write as _;

/// Most blocks in a document; more is cut by the reader of Markdown.
pub const BLOCKS_MAX: usize = 2_000;

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    pub blocks: Vec<Block>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Paragraph {
        text: Vec<Inline>,
    },
    /// Level 2 or 3; level 1 is the post's title.
    Heading {
        level: u8,
        text: Vec<Inline>,
    },
    /// Items are one line each.
    List {
        ordered: bool,
        items: Vec<Vec<Inline>>,
    },
    Quote {
        text: Vec<Inline>,
    },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    Text {
        text: String,
    },
    Strong {
        text: Vec<Inline>,
    },
    Emphasis {
        text: Vec<Inline>,
    },
    /// `href` is http, https, mailto or tel: see [`safe_link`].
    Link {
        href: String,
        text: Vec<Inline>,
    },
    /// A line break within a paragraph.
    Break,
}

impl Block {
    /// The lines of text in it.
    pub fn lines_mut(&mut self) -> impl Iterator<Item = &mut Vec<Inline>> {
        match self {
            Block::Paragraph { text } | Block::Heading { text, .. } | Block::Quote { text } => {
                std::slice::from_mut(text)
            }
            Block::List { items, .. } => items.as_mut_slice(),
        }
        .iter_mut()
    }
}

impl Inline {
    /// What is inside; none for plain text.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => Some(text),
            Inline::Text { .. } | Inline::Break => None,
        }
    }

    pub fn is_emphasis(&self) -> bool {
        matches!(self, Inline::Strong { .. } | Inline::Emphasis { .. })
    }

    /// Emphasis or a link.
    pub fn is_span(&self) -> bool {
        self.is_emphasis() || matches!(self, Inline::Link { .. })
    }
}

/// The address if it may stand in a link: http, https, mailto or tel, without user name, blanks or controls.
pub fn safe_link(href: &str) -> Option<&str> {
    let href = href.trim();
    let (scheme, rest) = href.split_once(':')?;
    if rest.is_empty() || href.len() > 2_000 || href.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return None;
    }
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" => {
            let authority = rest.strip_prefix("//")?.split(['/', '?', '#']).next()?;
            (!authority.is_empty() && !authority.contains('@')).then_some(href)
        }
        "mailto" | "tel" => Some(href),
        _ => None,
    }
}

impl Document {
    /// The document as plain text: what a mail's text part, the excerpt and search see.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            if !out.is_empty() {
                out.push('\n');
            }
            match block {
                Block::Paragraph { text } | Block::Heading { text, .. } | Block::Quote { text } => {
                    plain_inline(text, &mut out)
                }
                Block::List { ordered, items } => {
                    for (index, item) in items.iter().enumerate() {
                        if index > 0 {
                            out.push('\n');
                        }
                        if *ordered {
                            let _ = write!(out, "{}. ", index + 1);
                        } else {
                            out.push_str("• ");
                        }
                        plain_inline(item, &mut out);
                    }
                }
            }
        }
        out
    }

    /// The first `max` characters of the plain text, on one line, cut at a word.
    pub fn excerpt(&self, max: usize) -> String {
        let plain = self.plain();
        let flat = plain.split_whitespace().collect::<Vec<_>>().join(" ");
        if flat.chars().count() <= max {
            return flat;
        }
        let cut: String = flat.chars().take(max).collect();
        let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
        format!("{}…", cut.trim_end_matches([',', '.', ';', ':', '-']))
    }

    /// The document as Markdown that reads back as the same document.
    pub fn markdown(&self) -> String {
        let mut out = String::new();
        for (index, block) in self.blocks.iter().enumerate() {
            if index > 0 {
                out.push_str("\n\n");
            }
            match block {
                Block::Paragraph { text } => markdown_inline(text, &mut out),
                Block::Heading { level, text } => {
                    out.push_str(if *level <= 2 { "## " } else { "### " });
                    markdown_inline(text, &mut out);
                    // At the end of a heading it would be decoration.
                    if out.ends_with('#') {
                        out.insert(out.len() - 1, '\\');
                    }
                }
                Block::Quote { text } => {
                    let mut inner = String::new();
                    markdown_inline(text, &mut inner);
                    out.push_str("> ");
                    out.push_str(&inner.replace('\n', "\n> "));
                }
                Block::List { ordered, items } => {
                    for (index, item) in items.iter().enumerate() {
                        if index > 0 {
                            out.push('\n');
                        }
                        let marker = if *ordered { format!("{}. ", index + 1) } else { "- ".to_owned() };
                        let mut inner = String::new();
                        markdown_inline(item, &mut inner);
                        let indent = format!("\n{}", " ".repeat(marker.len()));
                        out.push_str(&marker);
                        out.push_str(&inner.replace('\n', &indent));
                    }
                }
            }
        }
        out
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

fn plain_inline(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } => out.push_str(text),
            Inline::Strong { text } | Inline::Emphasis { text } => plain_inline(text, out),
            Inline::Link { href, text } => {
                let start = out.len();
                plain_inline(text, out);
                if out[start..] != **href {
                    let _ = write!(out, " ({href})");
                }
            }
            Inline::Break => out.push('\n'),
        }
    }
}

fn markdown_inline(inlines: &[Inline], out: &mut String) {
    for inline in inlines {
        match inline {
            Inline::Text { text } => escape(text, out),
            Inline::Strong { text } => {
                out.push_str("**");
                markdown_inline(text, out);
                out.push_str("**");
            }
            Inline::Emphasis { text } => {
                out.push('*');
                markdown_inline(text, out);
                out.push('*');
            }
            Inline::Link { href, text } => {
                out.push('[');
                markdown_inline(text, out);
                let _ = write!(out, "](<{href}>)");
            }
            Inline::Break => out.push('\n'),
        }
    }
}

/// Escapes what Markdown would take for markup: always inside a line, and at its beginning what would start a block.
fn escape(text: &str, out: &mut String) {
    let mut at_line_start = out.is_empty() || out.ends_with('\n') || out.ends_with("- ") || out.ends_with("> ");
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

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Vec<Inline> {
        vec![Inline::Text { text: text.into() }]
    }

    #[test]
    fn links_are_only_what_they_seem() {
        for good in ["https://school.example/a?b#c", "HTTP://x.example", "mailto:a@b.example", "tel:+31512"] {
            assert!(safe_link(good).is_some(), "{good}");
        }
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "//x.example",
            "/a",
            "http://",
            "https:x",
            "https://user@x.example",
            "java\nscript:x",
            "https://a b",
            "vbscript:x",
            "file:///etc/passwd",
            "https:\\\\x",
        ] {
            assert!(safe_link(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn plain_text_keeps_addresses_and_lists() {
        let document = Document {
            blocks: vec![
                Block::Heading { level: 2, text: text("Mee") },
                Block::List { ordered: true, items: vec![text("laarzen"), text("regenjas")] },
                Block::Paragraph { text: vec![Inline::Link { href: "https://x.example".into(), text: text("hier") }] },
            ],
        };
        assert_eq!(document.plain(), "Mee\n1. laarzen\n2. regenjas\nhier (https://x.example)");
        assert_eq!(document.excerpt(12), "Mee 1…");
    }
}
