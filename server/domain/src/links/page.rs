//! What a web page says of itself.

use scraper::{Html, Selector};

/// Characters of a title and of a summary.
const TITLE_MAX: usize = 120;
const SUMMARY_MAX: usize = 240;

/// Title and summary, in plain text; empty where the page says nothing.
pub fn describe(html: &str) -> (String, String) {
    let page = Html::parse_document(html);
    let content = |selector: &str| {
        let selector = Selector::parse(selector).ok()?;
        page.select(&selector).find_map(|found| {
            let text = found.attr("content").map_or_else(|| found.text().collect(), str::to_owned);
            (!text.trim().is_empty()).then_some(text)
        })
    };
    let first = |selectors: &[&str]| selectors.iter().find_map(|selector| content(selector)).unwrap_or_default();
    (
        clean(&first(&["meta[property='og:title']", "title"]), TITLE_MAX),
        clean(&first(&["meta[property='og:description']", "meta[name='description']"]), SUMMARY_MAX),
    )
}

/// One line without characters that turn text around, cut at a word.
fn clean(text: &str, max: usize) -> String {
    let is_plain = |c: &char| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}');
    let text: String = text.chars().filter(is_plain).map(|c| if c.is_control() { ' ' } else { c }).collect();
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() > max {
            line.push('…');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_described_by_its_own_words() {
        let page = "<title>Kop</title><meta property=og:title content='Het &lt;bos&gt;'><meta name=description content='Een\n dag  uit.'>";
        assert_eq!(describe(page), ("Het <bos>".into(), "Een dag uit.".into()));
        assert_eq!(describe("<title> Kop </title>"), ("Kop".into(), String::new()));
        assert_eq!(describe("<svg><title>Tekening</title></svg>"), ("Tekening".into(), String::new()));
        assert_eq!(describe("\0\u{202E}nothing"), (String::new(), String::new()));
        assert_eq!(describe(&format!("<title>{}</title>", "woord ".repeat(100))).0.chars().count(), 120);
        assert_eq!(describe("<title>a\u{202E}b</title>").0, "ab");
    }
}
