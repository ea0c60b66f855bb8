//! Whatever stands in the database: what is a document can be shown everywhere, and carries nothing that runs.
#![no_main]

use libfuzzer_sys::fuzz_target;
use model::document::Document;

fuzz_target!(|bytes: &[u8]| {
    let Ok(document) = serde_json::from_slice::<Document>(bytes) else { return };
    let letter = domain::mail_html::html(&document, "https://ikker.example").to_lowercase();
    assert!(!letter.contains("<script") && !letter.contains("href=\"javascript:"));
    assert!(document.excerpt(300).chars().count() <= 301);
    domain::markdown::read(&document.markdown());
});
