//! The body of a post as HTML for mail: no pictures, no styles, nothing but its words and links.

use model::document::{Block, Document, Inline};
use std::fmt::Write as _;

/// The document for a reader who may see everything in it. `portal`: the portal's address, for links to its pages.
pub fn html(document: &Document, portal: &str) -> String {
    let mut out = String::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph { text } => element("p", text, portal, &mut out),
            Block::Heading { level: 0..=2, text } => element("h2", text, portal, &mut out),
            Block::Heading { text, .. } => element("h3", text, portal, &mut out),
            Block::Quote { text } => {
                out.push_str("<blockquote>");
                element("p", text, portal, &mut out);
                out.push_str("</blockquote>");
            }
            Block::List { ordered, items } => {
                let name = if *ordered { "ol" } else { "ul" };
                let _ = write!(out, "<{name}>");
                items.iter().for_each(|item| element("li", item, portal, &mut out));
                let _ = write!(out, "</{name}>");
            }
            // Mail holds no photos.
            Block::Image { .. } => {}
        }
    }
    out
}

fn element(name: &str, content: &[Inline], portal: &str, out: &mut String) {
    let _ = write!(out, "<{name}>");
    inline(content, portal, out);
    let _ = write!(out, "</{name}>");
}

fn inline(content: &[Inline], portal: &str, out: &mut String) {
    for part in content {
        match part {
            Inline::Text { text } => escape(text, out),
            Inline::Strong { text } => element("strong", text, portal, out),
            Inline::Emphasis { text } => element("em", text, portal, out),
            Inline::Link { href, text } => {
                out.push_str("<a href=\"");
                escape(href, out);
                out.push_str("\">");
                inline(text, portal, out);
                out.push_str("</a>");
            }
            Inline::Mention { group, name } => {
                out.push_str("<a href=\"");
                escape(portal, out);
                let _ = write!(out, "/?group={group}\">");
                escape(name, out);
                out.push_str("</a>");
            }
            Inline::Break => out.push_str("<br>"),
        }
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_it_is_markup() {
        let text = |text: &str| vec![Inline::Text { text: text.into() }];
        let link = Inline::Link { href: "https://x.example/?a=\"&b".into(), text: text("<b>hier</b>") };
        let document = Document { blocks: vec![Block::Paragraph { text: vec![link, Inline::Break] }] };
        assert_eq!(
            html(&document, "https://ikker.example"),
            "<p><a href=\"https://x.example/?a=&quot;&amp;b\">&lt;b&gt;hier&lt;/b&gt;</a><br></p>"
        );
    }
}
