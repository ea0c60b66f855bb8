//! Cards of the links in a post: what the page behind it is called. Fetched by the server alone, so that no reader's browser
//! asks another site for anything; where the school wants none, nothing is asked.

mod guard;
mod page;
mod web;

pub use guard::is_public;
pub use web::{Web, WebError};

use crate::{
    Error, Portal, Result,
    jobs::{self, Job},
};
use model::{
    SchoolId, Time,
    account::SchoolSettings,
    document::{Block, Document, Inline},
    feed::LinkCard,
};
use store::{LinkCardRow, Read, Write};

/// Cards under a post.
const CARDS_MAX: usize = 3;
/// Tries for a page that does not answer.
const TRIES: i64 = 3;
/// How long a card is good.
const FRESH: i64 = 30 * Time::DAY;

/// The first links to the web in a text, each once.
fn links_of(document: &Document) -> Vec<String> {
    let mut found = Vec::new();
    for block in &document.blocks {
        match block {
            Block::Paragraph { text } | Block::Heading { text, .. } | Block::Quote { text } => {
                collect(text, &mut found)
            }
            Block::List { items, .. } => items.iter().for_each(|item| collect(item, &mut found)),
            Block::Image { .. } => {}
        }
    }
    found
}

fn collect(text: &[Inline], found: &mut Vec<String>) {
    for inline in text {
        match inline {
            Inline::Link { href, .. } => {
                let is_web = href.starts_with("https://") || href.starts_with("http://");
                if is_web && found.len() < CARDS_MAX && !found.contains(href) {
                    found.push(href.clone());
                }
            }
            Inline::Strong { text } | Inline::Emphasis { text } => collect(text, found),
            Inline::Text { .. } | Inline::Mention { .. } | Inline::Break => {}
        }
    }
}

/// Asks for the cards that a published text lacks, in the transaction that publishes it.
pub(crate) async fn ask_for_cards(
    write: &mut Write,
    portal: &Portal,
    school: SchoolId,
    document: &Document,
) -> Result<()> {
    let Some(row) = write.find_school(school).await? else { return Ok(()) };
    if !serde_json::from_str::<SchoolSettings>(&row.settings)?.link_cards {
        return Ok(());
    }
    let urls = links_of(document);
    let old = portal.clock.now().plus(-FRESH);
    let known = write.list_link_cards(school, &urls).await?;
    for url in urls {
        if !known.iter().any(|card| card.url == url && card.fetched_at > old) {
            jobs::enqueue(write, portal, &Job::LinkCard { school, url }, 0).await?;
        }
    }
    Ok(())
}

/// The cards that are there for a text.
pub(crate) async fn find_cards(read: &mut Read, school: SchoolId, document: &Document) -> Result<Vec<LinkCard>> {
    let rows = read.list_link_cards(school, &links_of(document)).await?;
    let cards = rows.into_iter().filter(|row| !row.title.is_empty());
    Ok(cards.map(|row| LinkCard { url: row.url, host: row.host, title: row.title, summary: row.summary }).collect())
}

/// Looks behind a link. What can't be seen has an empty card, so that it is not asked for at every change.
pub(crate) async fn fetch_card(portal: &Portal, school: SchoolId, url: &str, attempt: i64) -> Result<()> {
    let (host, title, summary) = match portal.web.read_page(url).await {
        Ok((html, host)) => {
            let (title, summary) = page::describe(&html);
            (host, title, summary)
        }
        Err(error) if error.may_pass() && attempt < TRIES => return Err(Error::internal(error)),
        Err(error) => {
            tracing::info!(%error, "no card for a link");
            Default::default()
        }
    };
    let card = LinkCardRow { url: url.to_owned(), host, title, summary, fetched_at: portal.clock.now() };
    let mut write = portal.store.write().await?;
    write.put_link_card(school, &card).await?;
    write.commit().await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_links_to_the_web_are_looked_at() {
        let text = "Zie [dit](https://a.example/x), **[dat](http://b.example)** en [mail](mailto:x@y.example).\n\n\
            - <https://a.example/x>\n- <https://c.example>\n- <https://d.example>";
        let links = links_of(&crate::markdown::read(text));
        assert_eq!(links, ["https://a.example/x", "http://b.example", "https://c.example"]);
    }
}
