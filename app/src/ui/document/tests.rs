use super::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Sample {
    document: Document,
}

fn samples() -> Vec<Document> {
    let typed = include_str!("../../../editor/tests/typed.json");
    let written = include_str!("../../../editor/tests/written.json");
    let read = |text: &str| serde_json::from_str::<Vec<Sample>>(text).expect("JSON");
    read(typed).into_iter().chain(read(written)).map(|sample| sample.document).collect()
}

/// The words of a page or a letter, without its elements.
fn words(html: &str) -> String {
    let parts = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, text)| text));
    let text = parts.collect::<Vec<_>>().join(" ");
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&");
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The same of plain text: without the signs and addresses that stand for elements.
fn plain_words(document: &Document) -> String {
    let mut document = document.clone();
    let lists: Vec<Block> = document.blocks.iter().flat_map(as_paragraphs).collect();
    document.blocks = lists;
    document.blocks.iter_mut().flat_map(Block::lines_mut).for_each(|line| line.iter_mut().for_each(without_address));
    document.plain().chars().filter(|c| !c.is_whitespace()).collect()
}

fn as_paragraphs(block: &Block) -> Vec<Block> {
    match block {
        Block::List { items, .. } => items.iter().map(|item| Block::Paragraph { text: item.clone() }).collect(),
        other => vec![other.clone()],
    }
}

fn without_address(inline: &mut Inline) {
    if let Some(content) = inline.content_mut() {
        content.iter_mut().for_each(without_address);
    }
    if let Inline::Link { text, .. } = inline {
        *inline = Inline::Strong { text: std::mem::take(text) };
    }
}

#[test]
fn page_letter_and_plain_text_say_the_same() {
    for body in samples() {
        let page = document(&body, &|_, _| None).to_html();
        let letter = domain::mail_html::html(&body, "https://ikker.example");
        let plain = plain_words(&body);
        assert_eq!(words(&page), plain, "{page}");
        assert_eq!(words(&letter), plain, "{letter}");
        for name in ["a ", "a>", "strong", "em>", "h2", "h3", "li", "ol", "blockquote"] {
            let count = |html: &str| html.matches(&format!("<{name}")).count();
            assert_eq!(count(&page), count(&letter), "{name} in {page}");
        }
    }
}

#[test]
fn a_photo_that_is_not_for_the_reader_leaves_nothing() {
    let media = MediaId(Default::default());
    let body = Document { blocks: vec![Block::Image { media, alt: "Sanne".into() }] };
    assert!(!document(&body, &|_, _| None).to_html().contains("Sanne"));
    let shown = document(&body, &|_, alt| Some(alt.to_owned().into_any())).to_html();
    assert!(shown.contains("<figure>Sanne"), "{shown}");
}
