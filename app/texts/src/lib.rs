//! Every text a person reads, in every language of the interface.
//!
//! The texts stand in `app/locales/{language}/{area}.toml` and become constants here: `texts::feed::EMPTY` is the key
//! `empty` of area `feed`. A missing key does not compile. Placeholders are written `{name}`; a text that depends on a
//! number is a table of plural forms (`one`, `other`, …) with `{n}` for the number.

use std::borrow::Cow;

/// One text, in the order of [`Lang::ALL`].
#[derive(Clone, Copy, Debug)]
pub struct Text(pub(crate) &'static [Entry; 3]);

#[derive(Debug)]
pub(crate) enum Entry {
    Plain(&'static str),
    Plural(&'static [Option<&'static str>; 6]),
}

mod tables {
    use super::{Entry, Text};
    include!(concat!(env!("OUT_DIR"), "/tables.rs"));
}
pub use tables::*;

/// A language of the interface. Dutch is the default and the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    #[default]
    Nl,
    En,
    Fy,
}

impl Lang {
    pub const ALL: [Lang; 3] = [Lang::Nl, Lang::En, Lang::Fy];

    /// The BCP 47 tag, as stored with an account and written in `<html lang>`.
    pub fn tag(self) -> &'static str {
        match self {
            Lang::Nl => "nl",
            Lang::En => "en",
            Lang::Fy => "fy",
        }
    }

    /// The language's own name.
    pub fn name(self) -> &'static str {
        match self {
            Lang::Nl => "Nederlands",
            Lang::En => "English",
            Lang::Fy => "Frysk",
        }
    }

    /// Reads a tag such as `nl`, `nl-BE` or `EN`.
    pub fn from_tag(tag: &str) -> Option<Lang> {
        let primary = tag.split(['-', '_']).next()?.trim();
        Lang::ALL.into_iter().find(|lang| lang.tag().eq_ignore_ascii_case(primary))
    }

    /// The best language of an `Accept-Language` header; Dutch if none of ours is in it.
    pub fn from_accept(header: &str) -> Lang {
        let mut best = (Lang::default(), 0.0_f32);
        for range in header.split(',') {
            let mut parts = range.split(';');
            let Some(lang) = parts.next().and_then(Lang::from_tag) else {
                continue;
            };
            let weight =
                parts.find_map(|part| part.trim().strip_prefix("q=").map(|q| q.parse().unwrap_or(0.0))).unwrap_or(1.0);
            if weight > best.1 {
                best = (lang, weight);
            }
        }
        best.0
    }

    fn entry(self, text: Text) -> &'static Entry {
        &text.0[self as usize]
    }

    /// The text of a key without placeholders.
    pub fn get(self, text: Text) -> &'static str {
        match self.entry(text) {
            Entry::Plain(text) => text,
            Entry::Plural(forms) => forms[5].unwrap_or_default(),
        }
    }

    /// The text of a key with its placeholders filled in.
    pub fn with(self, text: Text, values: &[(&str, &str)]) -> String {
        fill(self.get(text), values)
    }

    /// The plural form for `n`, with `{n}` and the other placeholders filled in.
    pub fn count(self, text: Text, n: u64, values: &[(&str, &str)]) -> String {
        let template = match self.entry(text) {
            Entry::Plural(forms) => forms[self.plural_form(n)].or(forms[5]).unwrap_or_default(),
            Entry::Plain(text) => text,
        };
        let number = n.to_string();
        let mut all = vec![("n", number.as_str())];
        all.extend_from_slice(values);
        fill(template, &all)
    }

    /// Place of the plural category of `n` (CLDR, whole numbers) among zero, one, two, few, many, other.
    fn plural_form(self, n: u64) -> usize {
        match self {
            Lang::Nl | Lang::En | Lang::Fy if n == 1 => 1,
            _ => 5,
        }
    }
}

/// Fills in `{name}` in one pass, so that a value that looks like a placeholder stays what it is.
fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut result = String::with_capacity(template.len() + 16);
    let mut rest = template;
    while let Some(open) = rest.find('{') {
        let Some(close) = rest[open..].find('}').map(|at| open + at) else {
            break;
        };
        let name = &rest[open + 1..close];
        result.push_str(&rest[..open]);
        let value = values.iter().find(|(key, _)| *key == name).map(|(_, value)| Cow::Borrowed(*value));
        result.push_str(&value.unwrap_or_else(|| Cow::Owned(format!("{{{name}}}"))));
        rest = &rest[close + 1..];
    }
    result.push_str(rest);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_browser_chooses_by_weight() {
        assert_eq!(Lang::from_accept("en-GB,en;q=0.9,nl;q=0.8"), Lang::En);
        assert_eq!(Lang::from_accept("de, fy;q=0.4, nl;q=0.3"), Lang::Fy);
        assert_eq!(Lang::from_accept("pl"), Lang::Nl);
        assert_eq!(Lang::from_accept(";;q=,,"), Lang::Nl);
    }

    #[test]
    fn placeholders_are_filled_once() {
        assert_eq!(fill("{a} en {b}", &[("a", "{b}"), ("b", "x")]), "{b} en x");
        assert_eq!(fill("open { blijft", &[]), "open { blijft");
    }

    /// A translation that forgets or invents a placeholder would show `{name}` to a parent.
    #[test]
    fn translations_use_the_same_placeholders() {
        fn placeholders(lang: Lang, text: Text) -> Vec<String> {
            let texts: Vec<&str> = match lang.entry(text) {
                Entry::Plain(text) => vec![text],
                Entry::Plural(forms) => forms.iter().flatten().copied().collect(),
            };
            let mut found: Vec<String> = texts
                .iter()
                .flat_map(|text| text.split('{').skip(1))
                .filter_map(|part| part.split('}').next())
                .filter(|name| *name != "n")
                .map(str::to_owned)
                .collect();
            found.sort();
            found.dedup();
            found
        }
        for (name, text) in ALL {
            for lang in Lang::ALL {
                assert_eq!(placeholders(lang, text), placeholders(Lang::Nl, text), "{name} in {}", lang.tag());
            }
        }
    }
}
