//! How well a child on the roster fits a name that somebody typed.

use model::access::MatchGrade;
use unicode_normalization::UnicodeNormalization as _;

/// Words of family names that people leave out, or write in another way.
const PARTICLES: [&str; 16] =
    ["van", "de", "der", "den", "d", "het", "t", "ten", "ter", "te", "la", "le", "el", "al", "von", "dos"];

/// A name as it is compared: no accents, case, punctuation or double blanks.
#[derive(Clone, Debug)]
pub(super) struct Name {
    /// All words, joined by one blank.
    whole: String,
    /// The words without particles.
    core: Vec<String>,
    /// The letters of `core` and the blanks between its words.
    letters: Vec<char>,
}

impl Name {
    /// A name as typed; "Vries, Sanne de" is turned around.
    pub fn new(typed: &str) -> Name {
        let text = match typed.split_once(',') {
            Some((family, given)) => format!("{given} {family}"),
            None => typed.to_owned(),
        };
        let words = words(&text);
        let core: Vec<String> = words.iter().filter(|word| !PARTICLES.contains(&word.as_str())).cloned().collect();
        let letters = core.join(" ").chars().collect();
        Name { whole: words.join(" "), core, letters }
    }

    fn family(&self) -> &[String] {
        self.core.get(1..).unwrap_or_default()
    }
}

/// The words of a text without accents and in lower case; hyphens and apostrophes separate.
fn words(text: &str) -> Vec<String> {
    let mut folded = String::with_capacity(text.len());
    for c in text.nfkd() {
        match c {
            'ß' | 'ẞ' => folded.push_str("ss"),
            'æ' | 'Æ' => folded.push_str("ae"),
            'œ' | 'Œ' => folded.push_str("oe"),
            'ø' | 'Ø' => folded.push('o'),
            'đ' | 'Đ' | 'ð' | 'Ð' => folded.push('d'),
            'ł' | 'Ł' => folded.push('l'),
            'ı' => folded.push('i'),
            c if is_mark(c) => {}
            c if c.is_alphanumeric() => folded.extend(c.to_lowercase().filter(|c| !is_mark(*c))),
            _ => folded.push(' '),
        }
    }
    folded.split_whitespace().map(str::to_owned).collect()
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// The grade of a child for a name typed in a request, and how far it is off. `requester` helps when only the child's
/// given name was typed.
pub(super) fn grade(typed: &Name, child: &Name, requester: &Name) -> Option<(MatchGrade, usize)> {
    if typed.whole.is_empty() {
        return None;
    }
    if typed.whole == child.whole {
        return Some((MatchGrade::Exact, 0));
    }
    let shortest = typed.letters.len().min(child.letters.len());
    // Two letters in a name of eight, one in a shorter one.
    let allowed = if shortest >= 8 { 2 } else { usize::from(shortest >= 6) };
    if typed.letters.len().abs_diff(child.letters.len()) <= allowed {
        let off = distance(&typed.letters, &child.letters);
        if off <= allowed {
            return Some((MatchGrade::Similar, off));
        }
    }
    let given = typed.core.first().zip(child.core.first());
    if given.is_some_and(|(typed, child)| typed == child) {
        let family = if typed.family().is_empty() { requester.family() } else { typed.family() };
        let shared = family.iter().any(|word| child.family().iter().any(|other| is_close(word, other)));
        if shared {
            return Some((MatchGrade::Similar, allowed + 1));
        }
    }
    None
}

/// Two words that are the same but for one letter, in words long enough to tell.
fn is_close(a: &str, b: &str) -> bool {
    let (x, y): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    a == b || (x.len().min(y.len()) >= 4 && x.len().abs_diff(y.len()) <= 1 && distance(&x, &y) <= 1)
}

/// Letters to add, drop, change or swap with their neighbour to get from one to the other.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least = (row[j] + usize::from(x != y)).min(row[j + 1] + 1).min(next[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(before[j - 1] + 1);
            }
            next.push(least);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn graded(typed: &str, child: &str) -> Option<MatchGrade> {
        grade(&Name::new(typed), &Name::new(child), &Name::new("Femke Bakker")).map(|(grade, _)| grade)
    }

    #[test]
    fn the_same_name_in_other_letters_is_exact() {
        for typed in [
            "Sanne de Vries",
            "  sanne   DE vries ",
            "Sânne de Vriès",
            "de Vries, Sanne",
            "Sanne\u{a0}de Vries",
            "S\u{0061}\u{0301}nne de Vries",
        ] {
            assert_eq!(graded(typed, "Sanne de Vries"), Some(MatchGrade::Exact), "{typed}");
        }
        assert_eq!(graded("Zoe O'Neill", "Zoë O’Neill"), Some(MatchGrade::Exact));
        assert_eq!(graded("Soren Moller", "Søren Møller"), Some(MatchGrade::Exact));
        assert_eq!(graded("Maaike van t Hof", "Maaike van 't Hof"), Some(MatchGrade::Exact));
    }

    #[test]
    fn a_name_that_is_nearly_right_is_similar() {
        for (typed, child) in [
            ("Sanne Vries", "Sanne de Vries"),
            ("Sane de Vries", "Sanne de Vries"),
            ("Ote Bakker", "Otto Bakker"),
            ("Sanne Bakkker", "Sanne Bakker"),
            ("Sanne Bakker-Visser", "Sanne Bakker"),
            ("Otto Dykstra", "Otto Dijkstra"),
            ("Jan Bos", "Jna Bos"),
            // The requester is called Bakker.
            ("Sanne", "Sanne Bakker"),
        ] {
            assert_eq!(graded(typed, child), Some(MatchGrade::Similar), "{typed} for {child}");
        }
    }

    #[test]
    fn another_child_is_no_match() {
        for (typed, child) in [
            ("Sanne Jansen", "Sanne de Vries"),
            ("Bram de Vries", "Sanne de Vries"),
            ("Sanne", "Sanne de Vries"),
            ("", "Sanne de Vries"),
            ("🙂", "Sanne de Vries"),
            ("de", "Li de"),
            ("Bo Li", "Jo Li"),
        ] {
            assert_eq!(graded(typed, child), None, "{typed} for {child}");
        }
    }

    #[test]
    fn long_nonsense_is_bounded() {
        let long = "a".repeat(100_000);
        assert_eq!(graded(&long, "Sanne de Vries"), None);
    }
}
