//! The body of a post as page content. Everything in it is text: nothing is ever taken for markup.

use leptos::prelude::*;
use model::{
    MediaId,
    document::{Block, Document, Inline},
};

/// The typed document, block by block. `image` makes a photo of it, or none that is not for this reader.
pub fn document(document: &Document, image: &dyn Fn(MediaId, &str) -> Option<AnyView>) -> impl IntoView + use<> {
    view! { <div class="document">{document.blocks.iter().map(|part| block(part, image)).collect_view()}</div> }
}

fn block(block: &Block, image: &dyn Fn(MediaId, &str) -> Option<AnyView>) -> AnyView {
    match block {
        Block::Paragraph { text } => view! { <p>{inline(text)}</p> }.into_any(),
        Block::Heading { level: 0..=2, text } => view! { <h2>{inline(text)}</h2> }.into_any(),
        Block::Heading { text, .. } => view! { <h3>{inline(text)}</h3> }.into_any(),
        Block::List { ordered: true, items } => view! { <ol>{list_items(items)}</ol> }.into_any(),
        Block::List { items, .. } => view! { <ul>{list_items(items)}</ul> }.into_any(),
        Block::Quote { text } => view! { <blockquote><p>{inline(text)}</p></blockquote> }.into_any(),
        Block::Image { media, alt } => image(*media, alt).map(|image| view! { <figure>{image}</figure> }).into_any(),
    }
}

fn list_items(items: &[Vec<Inline>]) -> impl IntoView + use<> {
    items.iter().map(|item| view! { <li>{inline(item)}</li> }).collect_view()
}

fn inline(inlines: &[Inline]) -> AnyView {
    inlines
        .iter()
        .map(|part| match part {
            Inline::Text { text } => text.clone().into_any(),
            Inline::Strong { text } => view! { <strong>{inline(text)}</strong> }.into_any(),
            Inline::Emphasis { text } => view! { <em>{inline(text)}</em> }.into_any(),
            Inline::Link { href, text } => {
                view! { <a href=href.clone() rel="external noreferrer nofollow">{inline(text)}</a> }.into_any()
            }
            Inline::Mention { group, name } => {
                view! { <a href=format!("/?group={group}")>{name.clone()}</a> }.into_any()
            }
            Inline::Break => view! { <br/> }.into_any(),
        })
        .collect_view()
        .into_any()
}

#[cfg(all(test, feature = "ssr"))]
mod tests;
