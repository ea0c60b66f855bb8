//! `ikker media`: the work on uploads, for files outside the portal.

use crate::{
    cli::{ikker_in, text},
    support::posts::photo,
};
use media::hidden_data;
use serde_json::Value;
use std::path::Path;

/// Runs it over these files in a terminal of this language: whether all could be used, and what it printed.
fn run(folder: &Path, lang: &str, files: &[&str]) -> (bool, Value) {
    let output = ikker_in(folder, &[("LANG", lang)], &[&["media"], files, &["--out", "made", "--json"]].concat());
    let report = serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error}: {output:?}"));
    (output.status.success(), report)
}

#[test]
fn photos_are_made_as_in_the_portal() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path();
    std::fs::create_dir(path.join("more")).expect("made");
    for (name, shade) in [("a.jpg", 1), ("more/a.jpg", 2)] {
        std::fs::write(path.join(name), photo(shade)).expect("written");
    }
    let (good, report) = run(path, "nl_NL.UTF-8", &["a.jpg", "more/a.jpg"]);
    assert!(good);
    for (number, name) in [(0, "a.jpg"), (1, "2-a.jpg")] {
        let entry = &report["files"][number];
        assert_eq!(entry["kind"], "image/jpeg");
        assert_eq!(entry["size"], photo(number as u8 + 1).len());
        assert!(entry["stripped"].as_array().expect("a list").contains(&"gps".into()), "{entry}");
        let derivatives = entry["derivatives"].as_array().expect("a list");
        let sizes: Vec<u64> = derivatives.iter().filter_map(|made| made["width"].as_u64()).collect();
        assert_eq!(sizes, [480, 960, 1200]);
        for (made, size) in derivatives.iter().zip(["small", "medium", "large"]) {
            assert_eq!(made["name"], format!("{name}.{size}.webp"));
            let bytes = std::fs::read(path.join("made").join(format!("{name}.{size}.webp"))).expect("written");
            assert_eq!(made["bytes"], bytes.len());
            assert_eq!(hidden_data(&bytes), []);
        }
    }
}

#[test]
fn what_can_not_be_used_is_told_in_the_language_of_the_terminal() {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path();
    std::fs::write(path.join("good.jpg"), photo(1)).expect("written");
    std::fs::write(path.join("page.jpg"), "<!DOCTYPE html><script>alert(1)</script>").expect("written");
    for (lang, word) in
        [("nl_NL.UTF-8", "Dit bestand"), ("fy_NL", "Dit bestand"), ("en_GB", "This file"), ("C", "This file")]
    {
        let (good, report) = run(path, lang, &["good.jpg", "page.jpg", "missing.jpg"]);
        assert!(!good);
        assert_eq!(report["files"][0]["kind"], "image/jpeg", "the others are worked on all the same");
        let error = &report["files"][1]["error"];
        assert_eq!(error["code"], "not-a-picture");
        assert!(error["message"].as_str().expect("a text").starts_with(word), "{error}");
        assert_eq!(report["files"][2]["error"]["code"], "io");
    }
    let told = ikker_in(path, &[], &["media", "good.jpg", "page.jpg", "--out", "made"]);
    assert_eq!(told.status.code(), Some(1));
    let words = text(&told.stdout);
    assert!(
        words.contains("good.jpg: image/jpeg, ")
            && words.contains(" bytes, 1200 × 900 pixels")
            && words.contains("(not-a-picture)"),
        "{words}"
    );
    assert_eq!(text(&told.stderr), "ikker: one file can't be used\n");
}
