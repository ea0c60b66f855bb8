//! Documents: recognised by what is in them, and refused for what could run.

use media::{MediaLimits, inspect};
use std::io::Write as _;

/// The extension of the kind and the author, or the code of the error.
fn found(bytes: &[u8], name: &str) -> String {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(bytes).unwrap();
    match inspect(&mut file, name, &MediaLimits::default()) {
        Ok(found) => format!("{} {}", found.kind.media_type(), found.author.unwrap_or_default()).trim().to_owned(),
        Err(error) => error.code().to_owned(),
    }
}

/// An archive of these files, as they are. `flags` 1: with a password.
fn archive(files: &[(&str, impl AsRef<[u8]>)], flags: u8) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for (name, content) in files {
        let content = content.as_ref();
        let at = bytes.len() as u32;
        let length = (content.len() as u32).to_le_bytes();
        let name_length = (name.len() as u16).to_le_bytes();
        let common =
            [&[20, 0, flags, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0][..], &length, &length, &name_length, &[0, 0]].concat();
        bytes.extend([b"PK\x03\x04", &common[..], name.as_bytes(), content].concat());
        directory.extend([b"PK\x01\x02\x14\0", &common[..], &[0; 10], &at.to_le_bytes(), name.as_bytes()].concat());
    }
    let (at, size) = ((bytes.len() as u32).to_le_bytes(), (directory.len() as u32).to_le_bytes());
    let count = (files.len() as u16).to_le_bytes();
    bytes.extend(directory);
    bytes.extend([b"PK\x05\x06\0\0\0\0", &count[..], &count, &size, &at, &[0, 0]].concat());
    bytes
}

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const ODS: &str = "application/vnd.oasis.opendocument.spreadsheet";
const TYPES: (&str, &str) = ("[Content_Types].xml", "<Types/>");

/// A text document with one more part.
fn docx(name: &str, content: &str) -> Vec<u8> {
    archive(&[TYPES, ("word/document.xml", "<w:document/>"), (name, content)], 0)
}

fn ods(name: &str, content: &str) -> Vec<u8> {
    archive(&[("mimetype", ODS), ("content.xml", "<x/>"), (name, content)], 0)
}

#[test]
fn office_documents_say_who_wrote_them() {
    let core = "<cp:coreProperties><dc:creator>Juf Anna</dc:creator></cp:coreProperties>";
    assert_eq!(found(&docx("docProps/core.xml", core), "x"), format!("{DOCX} Juf Anna"));
    let last = "<cp:coreProperties><dc:creator/><cp:lastModifiedBy>Bas</cp:lastModifiedBy></cp:coreProperties>";
    assert_eq!(found(&docx("docProps/core.xml", last), "x"), format!("{DOCX} Bas"));
    assert_eq!(
        found(&ods("meta.xml", "<meta:initial-creator>Bas</meta:initial-creator>"), "x.exe"),
        format!("{ODS} Bas")
    );
    assert_eq!(found(&ods("meta.xml", ""), "x"), ODS);
}

#[test]
fn what_could_run_or_is_locked_is_refused() {
    for part in ["word/vbaProject.bin", "xl/macrosheets/sheet1.xml", "word/activeX/activeX1.bin"] {
        assert_eq!(found(&docx(part, "x"), "x.docx"), "macros", "{part}");
    }
    let dde = r#"<externalLink><ddeLink ddeService="cmd"/></externalLink>"#;
    assert_eq!(found(&docx("xl/externalLinks/externalLink1.xml", dde), "x.xlsx"), "macros");
    let field = r#"<w:fldChar w:fldCharType="begin"/><w:instrText>DDE</w:instrText><w:t/><w:instrText>AUTO c:\\x</w:instrText><w:fldChar w:fldCharType="end"/>"#;
    assert_eq!(found(&docx("word/footer1.xml", field), "x.docx"), "macros");
    assert_eq!(found(&ods("content.xml", r#"<table:dde-link/>"#), "x.ods"), "macros");
    let script = r#"<script:event-listener xlink:href="vnd.sun.star.script:x"/>"#;
    assert_eq!(found(&ods("Object 1/content.xml", script), "x.ods"), "macros");
    assert_eq!(found(&ods("Basic/Standard/Module1.xml", "x"), "x.ods"), "macros");
    assert_eq!(found(&ods("META-INF/manifest.xml", "<manifest:encryption-data/>"), "x.ods"), "encrypted");
    assert_eq!(found(&archive(&[TYPES, ("word/document.xml", "x")], 1), "x.docx"), "encrypted");
    let old: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    assert_eq!(found(&[b"\xd0\xcf\x11\xe0", &old[..]].concat(), "x.docx"), "encrypted");
    assert_eq!(found(b"\xd0\xcf\x11\xe0 WordDocument", "x.doc"), "unsupported");
}

#[test]
fn what_is_fetched_from_elsewhere_is_refused() {
    let rels = "word/_rels/document.xml.rels";
    let to = |kind: &str, target: &str| {
        docx(rels, &format!(r#"<Relationship Type="http://x/{kind}" Target="{target}" TargetMode="External"/>"#))
    };
    for kind in ["attachedTemplate", "image", "oleObject", "frame", "subDocument", "externalLinkPath", "video"] {
        assert_eq!(found(&to(kind, "http://x/y"), "x.docx"), "external", "{kind}");
        assert_eq!(found(&to(kind, r"file:///\\x\y"), "x.docx"), "external", "{kind}");
        assert_eq!(found(&to(kind, r"file:///C:\Users\x"), "x.docx"), DOCX, "{kind}: its author's own machine");
    }
    assert_eq!(found(&to("hyperlink", "http://x"), "x.docx"), DOCX, "a link is a link");
    for hidden in [
        "<r:Relationship\nTargetMode = 'External' Target='&#104;ttp://x' Type='http://x/image'></r:Relationship>",
        r#"<!-- it's --><Relationship Id=">" Type="http://x/image" Target="https://x"/>"#,
    ] {
        assert_eq!(found(&docx("WORD/_RELS/A.XML.RELS", hidden), "x.docx"), "external", "{hidden}");
    }
    let simple = r#"<w:fldSimple w:instr=" INCLUDEPICTURE &quot;http://x&quot; "/>"#;
    assert_eq!(found(&docx("word/header1.xml", simple), "x.docx"), "external");
    let turn = |kind: &str| format!(r#"<w:fldChar w:fldCharType="{kind}"/>"#);
    let (begin, end) = (turn("begin"), turn("end"));
    let say = |said: &str| format!("<w:r><w:instrText>{said}</w:instrText></w:r>");
    for nested in [
        format!("{begin}{}{}{end}", say(" INCLUDE"), say("TEXT //x/y")),
        format!("{begin}{}{begin}{}{end}{end}", say("INCLUDETEXT "), say("QUOTE http://x")),
        format!("{begin}{}{begin}{}{end}{end}", say("IF 1 = 1 "), say("LINK Word http://x")),
    ] {
        assert_eq!(found(&docx("word/x.xml", &nested), "x.docx"), "external", "{nested}");
    }
    let written = format!("{begin}{}{end}<w:t>INCLUDETEXT http://x</w:t>", say("HYPERLINK http://x"));
    assert_eq!(found(&docx("word/x.xml", &written), "x.docx"), DOCX);
    assert_eq!(found(&docx("word/x.xml", &begin.repeat(1_000)), "x.docx"), "broken");

    for (element, wanted) in [
        ("draw:image", "external"),
        ("draw:object", "external"),
        ("text:section-source", "external"),
        ("style:background-image", "external"),
        ("text:a", ODS),
        ("form:form", ODS),
    ] {
        for part in ["content.xml", "styles.xml", "Object 1/content.xml"] {
            let link = format!(r#"<{element} xlink:href="https://x/y" xlink:type="simple"/>"#);
            assert_eq!(found(&ods(part, &link), "x.ods"), wanted, "{element} in {part}");
        }
    }
    assert_eq!(found(&ods("content.xml", r#"<draw:image xlink:href="Pictures/a.png"/>"#), "x.ods"), ODS);
}

#[test]
fn parts_are_not_unpacked_without_end() {
    let mut packer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::best());
    for _ in 0..201 {
        packer.write_all(&[b' '; 1024 * 1024]).unwrap();
    }
    let packed = packer.finish().unwrap();
    let name = b"word/a.xml";
    let mut bomb = archive(&[(TYPES.0, &b"<Types/>"[..]), ("word/document.xml", b"x"), ("word/a.xml", &packed)], 0);
    assert_eq!(found(&bomb, "x.docx"), DOCX, "not unpacked it is as small as it looks");
    let own = bomb.windows(name.len()).position(|word| word == name).unwrap();
    let listed = bomb.windows(name.len()).rposition(|word| word == name).unwrap();
    // Packed, and by the directory's word without any content.
    (bomb[own - 30 + 8], bomb[listed - 46 + 10]) = (8, 8);
    bomb[listed - 46 + 24..][..4].fill(0);
    assert_eq!(found(&bomb, "x.docx"), "too-large");
}

#[test]
fn other_archives_and_damaged_ones_are_refused() {
    assert_eq!(found(&archive(&[("a.txt", "x")], 0), "x.docx"), "not-a-picture");
    assert_eq!(found(&docx("../../x", "x"), "x.docx"), "broken");
    let whole = docx("x", "y");
    for length in 4..whole.len() {
        assert_eq!(found(&whole[..length], "x.docx"), "broken", "{length} of {}", whole.len());
    }
    for at in 4..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 0xff;
        // Any answer is fine, as long as there is one.
        found(&damaged, "x.docx");
    }
}

#[test]
fn text_html_and_pictures_of_script() {
    assert_eq!(found(b"Beste ouders", "brief.txt"), "text/plain");
    assert_eq!(found(b"naam;groep", "lijst.CSV"), "text/csv");
    assert_eq!(found(b"Beste ouders", "brief.html"), "not-a-picture");
    assert_eq!(found(b"<!DOCTYPE html><script>", "brief.txt"), "not-a-picture");
    assert_eq!(found(b"<svg onload='x'/>", "brief.txt"), "not-a-picture");
    assert_eq!(found(b"<svg onload='x'/>", "brief.svg"), "unsupported");
    assert_eq!(found(b"", "brief.txt"), "empty");
    assert_eq!(found(b"%PDF-1.4\n<< /Author (Anna) >>\nstartxref\n0\n%%EOF", "x"), "application/pdf Anna");
}

#[test]
fn documents_have_a_size() {
    let mut file = tempfile::tempfile().unwrap();
    file.write_all(&[b'a'; 100]).unwrap();
    let limits = MediaLimits { document_bytes: 99, ..MediaLimits::default() };
    assert_eq!(inspect(&mut file, "a.txt", &limits).unwrap_err().code(), "too-large");
    assert_eq!(limits.max_bytes(b"hello"), 99);
    assert_eq!(limits.max_bytes(b"\xff\xd8\xff"), limits.photo.max_bytes);
    assert_eq!(limits.max_bytes(b"\0\0\0\x18ftypmp42"), limits.film.max_bytes);
}
