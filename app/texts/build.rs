//! Turns `app/locales/{language}/{area}.toml` into constants.
//!
//! Dutch is the reference: a key that another language lacks, or has and Dutch lacks, fails the build.

use std::{collections::BTreeMap, env, fmt::Write as _, fs, path::Path};

/// Languages in the order of `Lang`.
const LANGUAGES: [&str; 3] = ["nl", "en", "fy"];
const FORMS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

enum Entry {
    Plain(String),
    Plural([Option<String>; 6]),
}

type Area = BTreeMap<String, Entry>;

fn main() {
    let locales = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("cargo sets it")).join("../locales");
    println!("cargo::rerun-if-changed={}", locales.display());
    let mut tables: Vec<BTreeMap<String, Area>> = Vec::new();
    for language in LANGUAGES {
        tables.push(read_language(&locales.join(language)));
    }
    let mut code = String::new();
    let reference = &tables[0];
    for (language, table) in LANGUAGES.iter().zip(&tables).skip(1) {
        let has = |table: &BTreeMap<String, Area>, area: &str, key: &str| {
            table.get(area).is_some_and(|keys| keys.contains_key(key))
        };
        for (area, key) in table.iter().flat_map(|(area, keys)| keys.keys().map(move |key| (area, key))) {
            assert!(
                has(reference, area, key),
                "locales/{language}/{area}.toml: `{key}` is not in locales/nl/{area}.toml"
            );
        }
        for (area, key) in reference.iter().flat_map(|(area, keys)| keys.keys().map(move |key| (area, key))) {
            assert!(has(table, area, key), "locales/{language}/{area}.toml: `{key}` is missing");
        }
    }
    let mut names = String::new();
    let mut number = 0;
    for (area, keys) in reference {
        writeln!(code, "/// Texts of `locales/*/{area}.toml`.\npub mod {area} {{\n    use super::{{Entry, Text}};")
            .expect("string");
        for (key, entry) in keys {
            let first = match entry {
                Entry::Plain(text) => text.clone(),
                Entry::Plural(forms) => forms[5].clone().unwrap_or_default(),
            };
            let doc = first.replace('\n', " ").replace('[', "\\[").replace('<', "\\<");
            let entries: Vec<String> = tables.iter().map(|table| constant(&table[area][key])).collect();
            let (name, entries) = (key.to_uppercase(), entries.join(", "));
            // Each in a constant of its own: a part of the browser bundle carries the texts that it alone shows.
            writeln!(code, "    /// {doc}\n    pub const {name}: Text = Text(&[{entries}]);").expect("string");
            writeln!(names, "    (\"{area}.{key}\", {area}::{name}),").expect("string");
            number += 1;
        }
        writeln!(code, "}}").expect("string");
    }
    writeln!(code, "/// Every text by its name, `area.key`.\n#[cfg(test)]\npub(crate) static ALL: [(&str, Text); {number}] = [\n{names}];")
        .expect("string");
    let out = Path::new(&env::var("OUT_DIR").expect("cargo sets it")).join("tables.rs");
    fs::write(out, code).expect("OUT_DIR is writable");
}

/// The text of one language as it stands in the code.
fn constant(entry: &Entry) -> String {
    match entry {
        Entry::Plain(text) => format!("Entry::Plain({text:?})"),
        Entry::Plural(forms) => format!("Entry::Plural(&{:?})", forms.each_ref().map(Option::as_deref)),
    }
}

fn read_language(folder: &Path) -> BTreeMap<String, Area> {
    let mut areas = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else {
        return areas;
    };
    for file in entries.filter_map(Result::ok).map(|entry| entry.path()) {
        if file.extension().is_none_or(|extension| extension != "toml") {
            continue;
        }
        println!("cargo::rerun-if-changed={}", file.display());
        let area = file.file_stem().expect("has a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&file).expect("readable locale file");
        let table: toml::Table = text.parse().unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        let mut keys = Area::new();
        for (key, value) in table {
            let entry = match value {
                toml::Value::String(text) => Entry::Plain(text),
                toml::Value::Table(forms) => {
                    let mut plural: [Option<String>; 6] = Default::default();
                    for (form, text) in forms {
                        let place = FORMS.iter().position(|name| *name == form);
                        let place =
                            place.unwrap_or_else(|| panic!("{}: `{key}.{form}` is no plural form", file.display()));
                        plural[place] = Some(text.as_str().expect("a text").to_owned());
                    }
                    assert!(plural[5].is_some(), "{}: `{key}` lacks `other`", file.display());
                    Entry::Plural(plural)
                }
                other => panic!("{}: `{key}` is a {}, not a text", file.display(), other.type_str()),
            };
            keys.insert(key, entry);
        }
        areas.insert(area, keys);
    }
    areas
}
