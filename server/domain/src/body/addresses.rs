//! Links that say where they lead. A host in letters of other alphabets can look like one that everybody knows, and the words of a
//! link can be another address than its own: readers get to see the real one.

use model::document::{Block, Document, Inline, append, words};
use reqwest::Url;

/// Endings of hosts that people write without more; everything else with a dot in it may as well be a file's name.
const ENDINGS: &[&str] = &["com", "org", "net", "info", "frl"];

/// Writes the hosts of a document's links as they are looked up, and shows the address of a link whose words are an address of
/// another host, or of a host that looks like another. What is no address loses its link.
pub(super) fn make_plain(document: &mut Document) {
    document.blocks.iter_mut().flat_map(Block::lines_mut).for_each(plain_line);
}

fn plain_line(line: &mut Vec<Inline>) {
    for mut inline in std::mem::take(line) {
        if let Inline::Link { href, text } = inline {
            match plain_link(href, text) {
                Ok(link) => append(line, link),
                Err(text) => text.into_iter().for_each(|inline| append(line, inline)),
            }
            continue;
        }
        if let Some(content) = inline.content_mut() {
            plain_line(content);
        }
        append(line, inline);
    }
}

/// The link as it may stand; its words where there is no such address.
fn plain_link(href: String, text: Vec<Inline>) -> Result<Inline, Vec<Inline>> {
    if !is_web(&href) {
        return Ok(Inline::Link { href, text });
    }
    let Ok(url) = Url::parse(&href) else { return Err(text) };
    let host = url.host_str().unwrap_or_default();
    let href = if typed_host(&href).is_ascii() { href } else { url.as_str().to_owned() };
    let said = words(&text);
    let is_honest = said_host(said.trim()).is_none_or(|typed| {
        let leads_there = without_www(&looked_up(typed)) == without_www(host);
        let is_file = url.path().ends_with(&format!("/{}", said.trim()));
        (leads_there && typed.chars().all(is_familiar)) || is_file
    });
    let text = if is_honest { text } else { vec![Inline::Text { text: href.clone() }] };
    Ok(Inline::Link { href, text })
}

fn is_web(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("https") || scheme.eq_ignore_ascii_case("http")
}

/// The host of an address as somebody has typed it, with its port.
fn typed_host(address: &str) -> &str {
    let after = address.split_once("://").map_or(address, |(_, after)| after);
    after.split(['/', '?', '#']).next().unwrap_or_default()
}

/// The host that words name, if they are an address.
fn said_host(words: &str) -> Option<&str> {
    if words.is_empty() || words.contains(char::is_whitespace) {
        return None;
    }
    let host = typed_host(words);
    let ending = host.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
    let is_country = ending.chars().count() == 2 && ending.chars().all(char::is_alphabetic);
    let is_bare_host = is_country || ENDINGS.contains(&ending.as_str());
    let is_address = is_web(words) || host.to_ascii_lowercase().starts_with("www.") || is_bare_host;
    (is_address && !host.contains('@')).then_some(host)
}

/// A typed host as it is looked up; itself where it is none.
fn looked_up(host: &str) -> String {
    let url = Url::parse(&format!("https://{host}/")).ok();
    url.and_then(|url| url.host_str().map(str::to_owned)).unwrap_or_else(|| host.to_owned())
}

fn without_www(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Letters that nobody takes for others: those of Dutch and Frisian words.
fn is_familiar(c: char) -> bool {
    c.is_ascii() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ÿ')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown;

    /// Where the only link of a text leads, and its words.
    fn link(markdown: &str) -> (String, String) {
        let mut document = markdown::read(markdown);
        make_plain(&mut document);
        let line = document.blocks.iter_mut().flat_map(Block::lines_mut).next().expect("a line");
        match line.as_slice() {
            [Inline::Link { href, text }] => (href.clone(), words(text)),
            other => (String::new(), words(other)),
        }
    }

    #[test]
    fn hosts_are_written_as_they_are_looked_up() {
        // Letters that look like Latin ones.
        let (real, fake) = ("https://xn--pple-43d.com/nl", "https://\u{430}pple.com/nl");
        assert_eq!(link(&format!("[Appels](<{fake}>)")), (real.to_owned(), "Appels".to_owned()));
        for words in [fake, "\u{430}pple.com/nl", "www.\u{430}pple.com", "https://apple.com"] {
            assert_eq!(link(&format!("[{words}](<{fake}>)")), (real.to_owned(), real.to_owned()), "{words}");
        }
        let nowhere = link("[Hier](<https://a\u{202E}b.example/>)");
        assert_eq!(nowhere, (String::new(), "Hier".to_owned()), "no address");
    }

    #[test]
    fn words_that_are_another_address_give_way_to_the_real_one() {
        let evil = "https://evil.example/rabobank.nl";
        for words in [
            "https://rabobank.nl",
            "www.rabobank.nl",
            "**rabobank**.nl",
            "RABOBANK.COM",
            "http://rabobank.nl/evil.example",
        ] {
            assert_eq!(link(&format!("[{words}](<https://evil.example/>)")).1, "https://evil.example/", "{words}");
        }
        assert_eq!(link(&format!("[de bank](<{evil}>)")), (evil.to_owned(), "de bank".to_owned()));
    }

    #[test]
    fn what_is_meant_well_stays_as_it_was_written() {
        for (words, href) in [
            ("school.nl", "https://www.school.nl/ouders"),
            ("www.school.nl/ouders", "https://school.nl/ouders"),
            ("https://school.nl:8080/a?b#c", "https://school.nl:8080/a?b#c"),
            ("brief.pdf", "https://school.nl/brief.pdf"),
            ("plan.md", "https://school.nl/plan.md"),
            ("13.30", "https://school.nl/agenda"),
            ("1.000.000", "https://school.nl/acties"),
            ("Foto's van gr. 5", "https://school.nl/\u{e9}\u{e9}n"),
            ("juf@school.nl", "mailto:juf@school.nl"),
            ("0512-123456", "tel:+31512123456"),
        ] {
            assert_eq!(link(&format!("[{words}](<{href}>)")), (href.to_owned(), words.to_owned()));
        }
        let frisian = link("[frysl\u{e2}n.frl](<https://frysl\u{e2}n.frl/>)");
        assert_eq!(frisian, ("https://xn--frysln-0ta.frl/".to_owned(), "frysl\u{e2}n.frl".to_owned()));
    }
}
