//! The words of a search, and where they stand in a text: as data, never as markup.

use model::search::Mark;
use std::ops::Range;

/// Characters of a snippet, about.
const LENGTH: usize = 200;
/// Characters before the first word found, about.
const BEFORE: usize = 60;
/// Characters of a word that count.
const WORD_MAX: usize = 40;
/// Words that begin alike by so much are taken for forms of one word.
const STEM: usize = 4;

/// What there is to look for in what somebody typed: letters and digits, in lower case.
pub(super) fn words(query: &str, most: usize) -> Vec<String> {
    let words = query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.take(most).map(|word| word.chars().take(WORD_MAX).flat_map(char::to_lowercase).collect()).collect()
}

/// The whole text, with the words in it marked.
pub(super) fn marked(text: &str, words: &[String]) -> Vec<Mark> {
    marks(text, 0..text.len(), &found(text, words))
}

/// The text around the first of the words, with the words marked; empty if none stands in it.
pub(super) fn around(text: &str, words: &[String]) -> Vec<Mark> {
    let found = found(text, words);
    let Some(first) = found.first() else { return Vec::new() };
    let start =
        text[..first.start].char_indices().rev().nth(BEFORE).map_or(0, |(at, _)| after_blank(text, at, first.start));
    let end = text[start..].char_indices().nth(LENGTH).map_or(text.len(), |(at, _)| {
        let end = start + at;
        // Not in the middle of a word, unless it is one long word.
        text[first.end.min(end)..end]
            .rfind(char::is_whitespace)
            .map_or(end.max(first.end), |cut| first.end.min(end) + cut)
    });
    let mut marks = marks(text, start..end, &found);
    let plain = |text: &str| Mark { text: text.to_owned(), is_match: false };
    if start > 0 {
        marks.insert(0, plain("… "));
    }
    if end < text.len() {
        marks.push(plain(" …"));
    }
    marks
}

/// The first place after a blank between `at` and `end`; `end` if there is none.
fn after_blank(text: &str, at: usize, end: usize) -> usize {
    let blank = text[at..end].char_indices().find(|(_, c)| c.is_whitespace());
    blank.map_or(end, |(found, c)| at + found + c.len_utf8())
}

fn marks(text: &str, within: Range<usize>, found: &[Range<usize>]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut push = |range: Range<usize>, is_match| {
        if !range.is_empty() {
            marks.push(Mark { text: text[range].to_owned(), is_match });
        }
    };
    let mut at = within.start;
    for word in found.iter().filter(|word| word.start >= within.start && word.end <= within.end) {
        push(at..word.start, false);
        push(word.clone(), true);
        at = word.end;
    }
    push(at..within.end, false);
    marks
}

/// Where words stand that a search for these would find.
fn found(text: &str, words: &[String]) -> Vec<Range<usize>> {
    let words: Vec<String> = words.iter().map(|word| fold(word)).collect();
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (c.is_alphanumeric(), start) {
            (true, None) => start = Some(at),
            (false, Some(begin)) => {
                let word = fold(&text[begin..at]);
                if words.iter().any(|wanted| is_form_of(&word, wanted)) {
                    found.push(begin..at);
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The word begins with what is wanted, or both look like forms of one word.
fn is_form_of(word: &str, wanted: &str) -> bool {
    if word.starts_with(wanted) {
        return true;
    }
    let alike = word.chars().zip(wanted.chars()).take_while(|(a, b)| a == b).count();
    let longest = word.chars().count().max(wanted.chars().count());
    alike >= STEM && alike + 2 >= longest
}

/// In lower case and without accents.
fn fold(word: &str) -> String {
    word.chars().flat_map(char::to_lowercase).map(without_accent).collect()
}

fn without_accent(c: char) -> char {
    match c {
        'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' => 'a',
        'ç' => 'c',
        'é' | 'è' | 'ê' | 'ë' => 'e',
        'í' | 'ì' | 'î' | 'ï' => 'i',
        'ñ' => 'n',
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' => 'o',
        'ú' | 'ù' | 'û' | 'ü' => 'u',
        'ý' | 'ÿ' => 'y',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn list(query: &str) -> Vec<String> {
        words(query, 8)
    }

    fn shown(marks: &[Mark]) -> String {
        marks.iter().map(|mark| if mark.is_match { format!("[{}]", mark.text) } else { mark.text.clone() }).collect()
    }

    #[test]
    fn words_are_letters_and_digits() {
        assert_eq!(list("Naar \"het\" BOS!* -a:b\0 (groep5)"), ["naar", "het", "bos", "a", "b", "groep5"]);
        assert!(list("!?* \"' -- \0").is_empty());
        assert_eq!(list(&"x ".repeat(100)).len(), 8);
        assert_eq!(list(&"x".repeat(100)), ["x".repeat(40)]);
    }

    #[test]
    fn words_are_marked_where_they_stand() {
        assert_eq!(shown(&marked("Eén reis naar de bossen", &list("een bos"))), "[Eén] reis naar de [bossen]");
        assert_eq!(shown(&marked("Op de fiets", &list("fietsen"))), "Op de [fiets]");
        assert_eq!(shown(&marked("<b>bos</b>", &list("bos"))), "<b>[bos]</b>");
        assert_eq!(shown(&around("niets daarvan", &list("bos"))), "");
        let long = format!("{} bos {}", "woord ".repeat(50), "daarna ".repeat(50));
        let snippet = shown(&around(&long, &list("bos")));
        assert!(
            snippet.starts_with("… woord") && snippet.contains(" [bos] daarna") && snippet.ends_with("daarna …"),
            "{snippet}"
        );
        assert!(snippet.chars().count() < 220, "{snippet}");
    }

    proptest! {
        /// Marks are the text itself, in its order, whatever it is.
        #[test]
        fn nothing_is_lost_or_added(text in "\\PC{0,400}", query in "\\PC{0,20}") {
            let words = list(&query);
            let all: String = marked(&text, &words).into_iter().map(|mark| mark.text).collect();
            prop_assert_eq!(&all, &text);
            let mut part: String = around(&text, &words).into_iter().map(|mark| mark.text).collect();
            if let Some(rest) = part.strip_prefix("… ").filter(|_| !text.contains(&part)) {
                part = rest.to_owned();
            }
            if let Some(rest) = part.strip_suffix(" …").filter(|_| !text.contains(&part)) {
                part = rest.to_owned();
            }
            prop_assert!(text.contains(&part), "{part:?} in {text:?}");
        }
    }
}
