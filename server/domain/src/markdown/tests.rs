use super::*;
use expect_test::{Expect, expect};
use proptest::prelude::*;

fn check(markdown: &str, expected: Expect) {
    expected.assert_eq(&serde_json::to_string(&read(markdown)).expect("JSON"));
}

#[test]
fn what_teachers_type() {
    check(
        "Beste ouders,\nmorgen **gaan** we.\n\n- laarzen\n- *regenjas*\n\n[site](https://x.example)",
        expect![[
            r#"{"blocks":[{"paragraph":{"text":[{"text":{"text":"Beste ouders,"}},"break",{"text":{"text":"morgen "}},{"strong":{"text":[{"text":{"text":"gaan"}}]}},{"text":{"text":" we."}}]}},{"list":{"ordered":false,"items":[[{"text":{"text":"laarzen"}}],[{"emphasis":{"text":[{"text":{"text":"regenjas"}}]}}]]}},{"paragraph":{"text":[{"link":{"href":"https://x.example","text":[{"text":{"text":"site"}}]}}]}}]}"#
        ]],
    );
}

#[test]
fn nothing_becomes_markup() {
    check(
        "Zie <script>alert(1)</script> [x](javascript:alert(1)) ![y](https://t.example/p.gif)",
        expect![[r#"{"blocks":[{"paragraph":{"text":[{"text":{"text":"Zie <script>alert(1)</script> x y"}}]}}]}"#]],
    );
}

const ID: &str = "01980000-0000-7000-8000-000000000001";

#[test]
fn a_photo_stands_alone() {
    let image = |alt: &str| Block::Image { media: ID.parse().expect("an id"), alt: alt.into() };
    let text = |text: &str| Block::Paragraph { text: vec![Inline::Text { text: text.into() }] };
    let cases = [
        (format!("![Een *eik*](media:{ID})"), vec![image("Een eik")]),
        (format!("![](media:{ID})"), vec![image("")]),
        (format!("Kijk:\n\n![a](media:{ID})\n\nMooi."), vec![text("Kijk:"), image("a"), text("Mooi.")]),
        (format!("Kijk ![eik](media:{ID})"), vec![text("Kijk eik")]),
        (format!("![eik](media:{ID}) mooi"), vec![text("eik mooi")]),
        (format!("![eik](media:{ID})![es](media:{ID})"), vec![text("eikes")]),
        ("![eik](media:1)".to_owned(), vec![text("eik")]),
        ("![eik](/media/1/small)".to_owned(), vec![text("eik")]),
        (format!("> ![eik](media:{ID})"), vec![Block::Quote { text: vec![Inline::Text { text: "eik".into() }] }]),
        (
            format!("- ![eik](media:{ID})"),
            vec![Block::List { ordered: false, items: vec![vec![Inline::Text { text: "eik".into() }]] }],
        ),
    ];
    for (markdown, blocks) in cases {
        assert_eq!(read(&markdown), Document { blocks }, "{markdown}");
    }
}

#[test]
fn a_group_is_mentioned() {
    check(
        &format!("Voor [@**Groep** 3](group:{ID}) en [@](group:{ID})[@Groep 4](group:4)"),
        expect![[
            r#"{"blocks":[{"paragraph":{"text":[{"text":{"text":"Voor "}},{"mention":{"group":"01980000-0000-7000-8000-000000000001","name":"Groep 3"}},{"text":{"text":" en @Groep 4"}}]}}]}"#
        ]],
    );
}

#[test]
fn emphasis_may_begin_and_end_anywhere() {
    let strong = |text: &str| Inline::Strong { text: vec![Inline::Text { text: text.into() }] };
    let plain = |text: &str| Inline::Text { text: text.into() };
    let line = vec![plain("van"), strong("(tien)"), plain("uur "), strong("Let op:"), plain("morgen!")];
    let document = Document { blocks: vec![Block::Paragraph { text: line }] };
    assert_eq!(document.markdown(), "va&#110;**(tien)**&#117;ur **Let op:**&#109;orgen!");
    assert_eq!(read(&document.markdown()), document);
}

#[test]
fn a_heading_ends_with_any_number_of_signs() {
    for text in ["#", "##", "C#", "\\#", "a \\\\#", "#\\"] {
        let heading = Block::Heading { level: 2, text: vec![Inline::Text { text: text.into() }] };
        let document = Document { blocks: vec![heading] };
        assert_eq!(read(&document.markdown()), document, "{}", document.markdown());
    }
}

#[test]
fn a_flood_of_items_is_cut() {
    let many = "- x\n".repeat(10_000);
    let Block::List { items, .. } = &read(&many).blocks[0] else { panic!("a list") };
    assert_eq!(items.len(), BLOCKS_MAX);
    assert!(read(&"*".repeat(50_000)).blocks.len() < 10);
    assert!(read(&">".repeat(20_000)).blocks.len() < 10);
}

#[test]
fn every_end_of_a_line_is_one() {
    for typed in ["a\nb", "a\r\nb", "a\rb"] {
        let first = read(typed);
        assert_eq!(first, read("a\nb"), "{typed:?}");
        assert_eq!(read(&first.markdown()), first, "{typed:?}");
    }
    let code = read("\ta\rb");
    assert_eq!(read(&code.markdown()), code);
}

proptest! {
    /// Whatever is typed, opening it for editing and saving it again changes nothing that is read.
    #[test]
    fn saving_again_changes_nothing(text in "[a-c #>*_.\\-0-9\\[\\]()<&`!\\n\\r\t\\\\+=~:/é👩]{0,80}") {
        let first = read(&text);
        let second = read(&first.markdown());
        prop_assert_eq!(&first, &second, "{}", first.markdown());
    }

    /// The same of pieces that rarely come together by chance.
    #[test]
    fn saving_pieces_again_changes_nothing(pieces in prop::collection::vec(piece(), 0..12)) {
        let first = read(&pieces.concat());
        let second = read(&first.markdown());
        prop_assert_eq!(&first, &second, "{}", first.markdown());
    }
}

fn piece() -> impl Strategy<Value = String> {
    let image = format!("](media:{ID})");
    let mention = format!("](group:{ID})");
    let fixed = ["![", "[@", "[", "](https://x.example)", "**", "*", "!", " ", "\n", "\n\n", "- ", "1. ", "> ", "## "];
    prop_oneof![
        prop::sample::select(fixed.to_vec()).prop_map(str::to_owned),
        "[a-c(.]{1,3}",
        Just(image),
        Just(mention)
    ]
}
