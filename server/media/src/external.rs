//! What an office document fetches from elsewhere when it is opened: a picture that tells whoever put it there who reads,
//! a template with its macros. A link that waits for its reader to follow it is only a link.

use crate::PhotoError;
use crate::xml::{Piece, Pieces, attribute, local_name};
use std::io::Read;

/// Bytes of what one field says. Longer ones are citations and the like, whose first word tells enough.
const FIELD_MAX: usize = 16 * 1024;
/// Fields that stand in one another.
const DEPTH_MAX: usize = 100;

/// Fields that stand for what lies elsewhere.
const FETCHING: [&str; 6] = ["INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "LINK", "RD"];
/// Fields that start programs.
const STARTING: [&str; 2] = ["DDE", "DDEAUTO"];

/// Functions of a spreadsheet that fetch what lies elsewhere.
const FETCHING_FUNCTIONS: [&str; 2] = ["WEBSERVICE(", "_XLFN.IMAGE("];

/// What may lead elsewhere in an `OpenDocument`: where a click goes to, and a form is sent.
const LINKS: [&str; 4] = ["a", "event-listener", "form", "button"];

/// Refuses a part of a document of Microsoft's formats that fetches something or starts a program: by a relationship, a
/// field of the text, a formula, or a query to the web.
pub(crate) fn refuse_in_office_open_xml(part: impl Read) -> Result<(), PhotoError> {
    let mut fields = Fields::default();
    let mut formula: Option<String> = None;
    let mut pieces = Pieces::of(part);
    while let Some(piece) = pieces.next()? {
        match piece {
            Piece::Text(text) => {
                fields.say(&text);
                if let Some(formula) = formula.as_mut().filter(|formula| formula.len() < FIELD_MAX) {
                    formula.push_str(&text);
                }
            }
            Piece::Tag(tag) => match local_name(&tag) {
                "f" | "definedName" if tag.starts_with('/') => refuse_formula(&formula.take().unwrap_or_default())?,
                "f" | "definedName" => formula = (!tag.ends_with('/')).then(String::new),
                "webPr" if attribute(&tag, "url").is_some_and(|target| is_elsewhere(&target)) => {
                    return Err(PhotoError::External);
                }
                "Relationship" => refuse_relationship(&tag)?,
                "ddeLink" => return Err(PhotoError::Macros),
                "fldSimple" => refuse_field(&attribute(&tag, "instr").unwrap_or_default())?,
                "fldChar" => fields.turn(&attribute(&tag, "fldCharType").unwrap_or_default())?,
                "instrText" => fields.is_speaking = !tag.starts_with('/') && !tag.ends_with('/'),
                _ => {}
            },
        }
    }
    Ok(())
}

/// The same of an `OpenDocument`.
pub(crate) fn refuse_in_open_document(part: impl Read) -> Result<(), PhotoError> {
    let mut pieces = Pieces::of(part);
    while let Some(piece) = pieces.next()? {
        let Piece::Tag(tag) = piece else { continue };
        let name = local_name(&tag);
        if name.starts_with("dde-") {
            return Err(PhotoError::Macros);
        }
        refuse_formula(&attribute(&tag, "formula").unwrap_or_default())?;
        let Some(target) = attribute(&tag, "href") else { continue };
        if is_script(&target) {
            return Err(PhotoError::Macros);
        }
        if !LINKS.contains(&name) && is_elsewhere(&target) {
            return Err(PhotoError::External);
        }
    }
    Ok(())
}

/// Whatever it says of its target: one that is written as an address is taken for one.
fn refuse_relationship(tag: &str) -> Result<(), PhotoError> {
    let is_link = attribute(tag, "Type").is_some_and(|kind| kind.ends_with("/hyperlink"));
    let is_fetched = !is_link && attribute(tag, "Target").is_some_and(|target| is_elsewhere(&target));
    if is_fetched { Err(PhotoError::External) } else { Ok(()) }
}

/// What the fields say that are open at a place of the text. It comes in pieces, and fields stand in one another.
#[derive(Default)]
struct Fields {
    open: Vec<String>,
    is_speaking: bool,
}

impl Fields {
    fn say(&mut self, text: &str) {
        if self.is_speaking {
            // What an inner field says is part of what the outer ones say.
            for field in self.open.iter_mut().filter(|field| field.len() < FIELD_MAX) {
                field.push_str(text);
            }
        }
    }

    fn turn(&mut self, kind: &str) -> Result<(), PhotoError> {
        match kind {
            "begin" if self.open.len() == DEPTH_MAX => Err(PhotoError::broken("its fields stand too deep")),
            "begin" => {
                self.open.push(String::new());
                Ok(())
            }
            "end" => refuse_field(&self.open.pop().unwrap_or_default()),
            _ => Ok(()),
        }
    }
}

fn refuse_field(said: &str) -> Result<(), PhotoError> {
    let said = said.replace(['“', '”'], "\"");
    let said = said.trim_start();
    let (name, rest) = said.split_at(said.find([' ', '\t', '\n', '\r', '\u{a0}', '"']).unwrap_or(said.len()));
    let is_one_of = |names: &[&str]| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is_one_of(&STARTING) {
        return Err(PhotoError::Macros);
    }
    // Between quotes stands one word, with its spaces.
    let words = rest.split('"').enumerate().flat_map(|(number, part)| {
        let is_quoted = number % 2 == 1;
        part.split(move |c: char| !is_quoted && c.is_whitespace())
    });
    let is_fetched = is_one_of(&FETCHING) && (said.len() >= FIELD_MAX || words.into_iter().any(is_elsewhere));
    if is_fetched { Err(PhotoError::External) } else { Ok(()) }
}

fn refuse_formula(formula: &str) -> Result<(), PhotoError> {
    let written: String = formula.chars().filter(|c| !c.is_whitespace()).collect();
    let written = written.to_ascii_uppercase();
    let is_fetching = FETCHING_FUNCTIONS.iter().any(|function| written.contains(function));
    if is_fetching || formula.len() >= FIELD_MAX { Err(PhotoError::External) } else { Ok(()) }
}

/// Whether an address leads off the machine of whoever opens the document. Paths on that machine are left from the
/// author's own: programs note there which template a document was begun with.
fn is_elsewhere(target: &str) -> bool {
    let target = target.trim();
    let is_slash = |c: char| matches!(c, '/' | '\\');
    let slashes = |path: &str| path.chars().take_while(|c| is_slash(*c)).count();
    match target.split_once(':') {
        Some((scheme, _)) if scheme.contains(|c| is_slash(c) || matches!(c, '#' | '?')) => slashes(target) > 1,
        Some((drive, _)) if drive.len() == 1 => false,
        Some((scheme, path)) if scheme.eq_ignore_ascii_case("file") => {
            !matches!(slashes(path), 0 | 1 | 3) || path.trim_start_matches(is_slash).starts_with('%')
        }
        Some(_) => true,
        None => slashes(target) > 1,
    }
}

fn is_script(target: &str) -> bool {
    let target = target.trim().to_ascii_lowercase();
    ["vnd.sun.star.script:", "script:", "macro:"].iter().any(|scheme| target.starts_with(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_lead_elsewhere_or_stay() {
        for away in [
            "http://x/y.png",
            " HTTPS://x",
            "ftp://x",
            "//x/y",
            r"\\x\y",
            r"\\\\x\\y",
            "file://x/y",
            "file:////x/y",
            r"file:///\\x\y",
            "file:///%5C%5Cx",
            "mhtml:file:///C:/x",
        ] {
            assert!(is_elsewhere(away), "{away}");
        }
        for here in [
            "",
            "NULL",
            "media/image1.png",
            "/word/document.xml",
            "./Object 1",
            "../a:b",
            r"C:\Users\x",
            r"C:\\Users\\x",
            "file:///C:/x.dotx",
            r"file:///C:\x.dotx",
            "file:///Users/x",
            "#Blad1:A1",
        ] {
            assert!(!is_elsewhere(here), "{here}");
        }
    }

    fn field(said: &str) -> &'static str {
        refuse_field(said).map_or_else(|error| error.code(), |()| "fine")
    }

    #[test]
    fn spreadsheets_fetch_by_formulas_and_queries() {
        let sheet =
            |part: &str| refuse_in_office_open_xml(part.as_bytes()).map_or_else(|error| error.code(), |()| "fine");
        for away in [
            "<c r='A1'><f>_xlfn.WEBSERVICE(&quot;http://x/&quot;&amp;A2)</f><v>1</v></c>",
            "<c><f>1+<!-- -->webservice (B1)</f></c>",
            "<c><f t='array' ref='A1'>_xlfn.IMAGE(\"https://x/y.png\")</f></c>",
            "<definedName name='x'>WEBSERVICE(\"http://x\")</definedName>",
            "<connection id='1'><webPr url='http://x/y' parsePre='1'/></connection>",
        ] {
            assert_eq!(sheet(away), "external", "{away}");
        }
        assert_eq!(sheet(&format!("<f>{}</f>", "1+".repeat(FIELD_MAX))), "external");
        for here in [
            "<c><f>SUM(A1:A9)</f></c><c t='s'><v>WEBSERVICE(1)</v></c>",
            "<c><f t='shared' si='0'/><v>WEBSERVICE(1)</v></c>",
            "<f>IMAGE(A1)</f>",
            "<connection><webPr url='#Blad1'/></connection>",
        ] {
            assert_eq!(sheet(here), "fine", "{here}");
        }
        let open = |part: &str| refuse_in_open_document(part.as_bytes()).map_or_else(|error| error.code(), |()| "fine");
        assert_eq!(open("<table:table-cell table:formula='of:=WEBSERVICE(&quot;http://x&quot;)'/>"), "external");
        assert_eq!(open("<table:table-cell table:formula='of:=SUM([.A1:.A9])'/>"), "fine");
    }

    #[test]
    fn fields_are_known_by_their_first_word() {
        assert_eq!(field(r#" INCLUDEPICTURE "http://x/y.png" \* MERGEFORMAT "#), "external");
        assert_eq!(field(" includetext http://x/y "), "external");
        assert_eq!(field(" LINK Word.Document “http://x” "), "external");
        assert_eq!(field(r#"INCLUDEPICTURE"\\\\x\\y""#), "external");
        assert_eq!(field(r#" INCLUDEPICTURE "C:\\Foto's van: mij\\x.png" \d "#), "fine");
        assert_eq!(field(r#" HYPERLINK "http://x" "#), "fine");
        assert_eq!(field(r#" ADDIN "http://x" "#), "fine");
        assert_eq!(field(r" dde Excel x"), "macros");
        assert_eq!(field(r" DDEAUTO c:\\x"), "macros");
        assert_eq!(field(&format!(" LINK {}", " ".repeat(FIELD_MAX))), "external");
        assert_eq!(field(""), "fine");
    }
}
