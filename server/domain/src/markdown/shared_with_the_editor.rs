//! The browser's editor reads and writes the same Markdown by code of its own: both are tested on the same files.

use super::read;
use expect_test::expect_file;
use model::document::Document;
use serde::{Deserialize, Serialize};

/// What people type and paste.
const TYPED: [&str; 32] = [
    "",
    "Beste ouders,\nmorgen **gaan** we.\n\n- laarzen\n- *regenjas*\n\n[site](https://x.example)",
    "# Kop\n## Kop twee\n### Kop drie ###\n#### Kop vier\ntekst",
    "Kop\n===\nKop\n---\ntekst",
    "#geen kop\n\n1.geen lijst\n\n-geen lijst",
    "* een\n* twee\n\n+ drie\n\n1) een\n2) twee\n10. tien",
    "- een\n  gaat verder\n- twee\nook verder\n\n  nieuwe alinea\n\nbuiten",
    "- een\n  - binnen\n  - nog een\n- twee\n\n1. a\n   1. b",
    "> citaat\n> gaat verder\nlui verder\n\n> ander citaat",
    "tekst\n> citaat\n\n> # kop in citaat\n> - lijst",
    "tekst\n- lijst\n1. lijst",
    "tekst\n2. geen lijst\n\n***\n\n---\n\n_ _ _",
    "een  \ntwee\\\ndrie\nvier",
    "***vet en schuin*** **vet *schuin* vet** *schuin **vet** schuin* **a***b*",
    "_schuin_ __vet__ snake_case_naam __a_b__ 2*3*4 ** los ** *los",
    "a*(b)*c a**\"b\"**c **a**b *a b *c **a:**b",
    "\\*geen nadruk\\* \\[geen link\\] \\# \\1 \\\\ einde\\",
    "Tom &amp; Jerry &lt;3 &#233; &#x1F600; &eacute; &nope; AT&T",
    "[a](<https://x.example/?a=b&c>) [b](https://y.example/(x)) [c]( https://z.example \"titel\" ) [d](mailto:a@b.example)",
    "[x](javascript:alert(1)) [y](data:text/html,x) [z](/a) [leeg]() [](https://x.example)",
    "[a [b](https://x.example) c](https://y.example) [**vet** en `code`](https://x.example) **[a](https://x.example)**",
    "<https://x.example/a> <a@b.example> <b>vet</b> <script>alert(1)</script> https://x.example",
    "`code *x*` ``a ` b`` `los",
    "![Een eik](media:01980000-0000-7000-8000-000000000001)\n\nKijk ![eik](media:01980000-0000-7000-8000-000000000001)",
    "[@Groep 3](group:01980000-0000-7000-8000-000000000002) en *[@Groep 4](group:01980000-0000-7000-8000-000000000003)*",
    "[@Groep 3](group:x) ![x](media:x) ![x](https://t.example/p.gif) Hoi![x](https://x.example)",
    "1. een\n1. twee\n\n\n3. drie\n\ntekst\n\n3. opnieuw",
    "   ingesprongen\n\n  ## kop\n   - lijst",
    "👩‍👧 **👩‍👧**x é **é**x مرحبا **مرحبا**",
    "**twee\nregels** en *nog\neen*",
    "- \n- a\n-\n\n> \n\n##\n\n## ##",
    "a\u{a0}b **a\u{a0}**b *\u{a0}a*",
];

#[derive(Serialize, Deserialize)]
struct Sample {
    markdown: String,
    document: Document,
}

#[test]
fn what_people_type() {
    let samples = TYPED.map(|text| Sample { markdown: text.to_owned(), document: read(text) });
    let text = serde_json::to_string_pretty(&samples).expect("JSON") + "\n";
    expect_file!["../../../../app/editor/tests/typed.json"].assert_eq(&text);
}

#[test]
fn what_the_editor_writes() {
    let samples: Vec<Sample> =
        serde_json::from_str(include_str!("../../../../app/editor/tests/written.json")).expect("JSON");
    assert!(samples.len() >= 200);
    for Sample { markdown, document } in samples {
        assert_eq!(read(&markdown), document, "{markdown}");
        assert_eq!(document.markdown(), markdown);
    }
}
