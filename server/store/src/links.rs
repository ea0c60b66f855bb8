//! Cards of links.

use crate::{
    Read, Result, Write,
    sql::{execute, fetch_all, queries},
};
use model::{SchoolId, Time};

#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct LinkCardRow {
    pub url: String,
    /// As it is spelled in the network.
    pub host: String,
    /// Empty when there is nothing to show.
    pub title: String,
    pub summary: String,
    #[sqlx(try_from = "i64")]
    pub fetched_at: Time,
}

queries! {
    FIND = ("SELECT url, host, title, summary, fetched_at FROM link_cards WHERE school_id = $1 AND url = $2");
    PUT = ("INSERT INTO link_cards (school_id, url, host, title, summary, fetched_at) VALUES ($1, $2, $3, $4, $5, $6) \
        ON CONFLICT (school_id, url) DO UPDATE SET host = excluded.host, title = excluded.title, summary = excluded.summary, \
        fetched_at = excluded.fetched_at");
}

impl Read {
    /// Cards of these addresses, in their order; those that were never fetched are not listed.
    pub async fn list_link_cards(&mut self, school: SchoolId, urls: &[String]) -> Result<Vec<LinkCardRow>> {
        let mut found = Vec::new();
        // A post has few links.
        for url in urls {
            found.extend(fetch_all!(self, LinkCardRow, FIND, school.0, url)?);
        }
        Ok(found)
    }
}

impl Write {
    /// Keeps a card, in place of an older one.
    pub async fn put_link_card(&mut self, school: SchoolId, card: &LinkCardRow) -> Result<()> {
        execute!(self, PUT, school.0, &card.url, &card.host, &card.title, &card.summary, card.fetched_at.0)?;
        Ok(())
    }
}
