//! The body of a post: a typed document, never HTML. One type renders to page, mail and plain text.

mod markdown;

use crate::ids::{GroupId, MediaId};
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
    /// A photo of the same post. `alt` may be empty: then the photo's own description stands for it.
    Image {
        media: MediaId,
        alt: String,
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
    /// A group of the school, by the name it had when the post was written.
    Mention {
        group: GroupId,
        name: String,
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
            Block::Image { .. } => &mut [],
        }
        .iter_mut()
    }
}

impl Inline {
    /// What is inside; none for what holds no other.
    pub fn content_mut(&mut self) -> Option<&mut Vec<Inline>> {
        match self {
            Inline::Strong { text } | Inline::Emphasis { text } | Inline::Link { text, .. } => Some(text),
            Inline::Text { .. } | Inline::Mention { .. } | Inline::Break => None,
        }
    }

    pub fn is_emphasis(&self) -> bool {
        matches!(self, Inline::Strong { .. } | Inline::Emphasis { .. })
    }

    /// Anything but words and breaks.
    pub fn is_markup(&self) -> bool {
        !matches!(self, Inline::Text { .. } | Inline::Break)
    }
}

/// Adds to a line; text that follows text becomes one with it.
pub fn append(line: &mut Vec<Inline>, inline: Inline) {
    match (line.last_mut(), inline) {
        (Some(Inline::Text { text }), Inline::Text { text: more }) => text.push_str(&more),
        (_, inline) => line.push(inline),
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
    /// The document as plain text: what a mail's text part, the excerpt and search see. Images are not in it, nor their
    /// descriptions: whether a picture may be seen is decided for each reader.
    pub fn plain(&self) -> String {
        let mut out = String::new();
        for block in &self.blocks {
            if matches!(block, Block::Image { .. }) {
                continue;
            }
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
                Block::Image { .. } => {}
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

    /// The photos in it.
    pub fn images(&self) -> impl Iterator<Item = MediaId> {
        self.blocks.iter().filter_map(|block| if let Block::Image { media, .. } = block { Some(*media) } else { None })
    }

    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }
}

/// A line's words, without its markup; a link has its address behind them.
pub fn words(line: &[Inline]) -> String {
    let mut words = String::new();
    plain_inline(line, &mut words);
    words
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
            Inline::Mention { name, .. } => out.push_str(name),
            Inline::Break => out.push('\n'),
        }
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
    fn plain_text_tells_nothing_of_pictures() {
        let image = Block::Image { media: MediaId(uuid::Uuid::from_u128(1)), alt: "Sanne op de glijbaan".into() };
        let before = Block::Paragraph { text: text("Voor") };
        let after = Block::Paragraph { text: text("Na") };
        let document = Document { blocks: vec![image.clone(), before, image.clone(), after, image] };
        assert_eq!(document.plain(), "Voor\nNa");
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
