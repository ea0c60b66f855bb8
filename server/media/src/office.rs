//! Office documents: archives of XML. What could run when somebody opens them keeps them out, and what they would fetch.

use crate::document::{DocumentKind, contains};
use crate::zip::{self, Entry};
use crate::{PhotoError, external, xml};
use std::io::{Read, Seek, Take};

/// Bytes of a part that are looked at.
const PART_MAX: u64 = 8 * 1024 * 1024;
/// Bytes of all parts once unpacked; more would keep a parent's telephone busy for minutes.
const UNPACKED_MAX: u64 = 200 * 1024 * 1024;

/// The main part of Microsoft's formats.
const MAIN: [(&str, DocumentKind); 3] = [
    ("word/document.xml", DocumentKind::Docx),
    ("xl/workbook.xml", DocumentKind::Xlsx),
    ("ppt/presentation.xml", DocumentKind::Pptx),
];

/// The kind of an office document, and its author.
pub(crate) fn inspect(file: &mut (impl Read + Seek)) -> Result<(DocumentKind, Option<String>), PhotoError> {
    let entries = zip::entries(file)?;
    if entries.iter().any(|entry| entry.is_encrypted) {
        return Err(PhotoError::Encrypted);
    }
    let unpacked = entries.iter().fold(0_u64, |sum, entry| sum.saturating_add(entry.size));
    let found = [office_open_xml, open_document].into_iter().find_map(|read| read(file, &entries).transpose());
    let found = found.unwrap_or(Err(PhotoError::NotAPicture { found: Some("application/zip") }))?;
    if unpacked > UNPACKED_MAX {
        return Err(PhotoError::TooManyBytes { bytes: unpacked, limit: UNPACKED_MAX });
    }
    if entries.iter().any(|entry| entry.name.starts_with('/') || entry.name.split(['/', '\\']).any(|part| part == ".."))
    {
        return Err(PhotoError::broken("it holds names of files elsewhere"));
    }
    Ok(found)
}

/// The old binary formats, which can't be told from programs: of those that are new ones with a password, that is said.
pub(crate) fn refuse_old(bytes: &[u8]) -> PhotoError {
    let wide: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if contains(bytes, &wide) {
        PhotoError::Encrypted
    } else {
        PhotoError::Unsupported("an office document of before 2007")
    }
}

type Found = Option<(DocumentKind, Option<String>)>;

fn office_open_xml<F: Read + Seek>(file: &mut F, entries: &[Entry]) -> Result<Found, PhotoError> {
    let Some(types) = find(entries, "[Content_Types].xml") else { return Ok(None) };
    let Some((_, kind)) = MAIN.into_iter().find(|(main, _)| find(entries, main).is_some()) else { return Ok(None) };
    let runs = |name: &str| {
        name.ends_with("vbaProject.bin") || name.starts_with("xl/macrosheets/") || name.contains("/activeX/")
    };
    if entries.iter().any(|entry| runs(&entry.name)) || contains(&zip::read(file, types, PART_MAX)?, b"macroEnabled") {
        return Err(PhotoError::Macros);
    }
    let tells = |name: &str| {
        let name = name.to_ascii_lowercase();
        let is_text = kind == DocumentKind::Docx && name.ends_with(".xml");
        is_text || name.ends_with(".rels") || name.starts_with("xl/externallinks/")
    };
    look_through(file, entries, tells, |part| external::refuse_in_office_open_xml(part))?;
    let author = part(file, entries, "docProps/core.xml")?
        .and_then(|core| xml::text_of(&core, "dc:creator").or_else(|| xml::text_of(&core, "cp:lastModifiedBy")));
    Ok(Some((kind, author)))
}

fn open_document<F: Read + Seek>(file: &mut F, entries: &[Entry]) -> Result<Found, PhotoError> {
    let Some(declared) = part(file, entries, "mimetype")? else { return Ok(None) };
    let kinds = [DocumentKind::Odt, DocumentKind::Ods, DocumentKind::Odp];
    let Some(kind) = kinds.into_iter().find(|kind| kind.media_type() == declared.trim()) else { return Ok(None) };
    let manifest = part(file, entries, "META-INF/manifest.xml")?.unwrap_or_default();
    if manifest.contains("encryption-data") {
        return Err(PhotoError::Encrypted);
    }
    if entries.iter().any(|entry| entry.name.starts_with("Basic/") || entry.name.starts_with("Scripts/")) {
        return Err(PhotoError::Macros);
    }
    // Objects in the document have a folder with a content of their own.
    let tells = |name: &str| matches!(name.rsplit('/').next(), Some("content.xml" | "styles.xml"));
    look_through(file, entries, tells, |part| external::refuse_in_open_document(part))?;
    let author = part(file, entries, "meta.xml")?
        .and_then(|meta| xml::text_of(&meta, "dc:creator").or_else(|| xml::text_of(&meta, "meta:initial-creator")));
    Ok(Some((kind, author)))
}

/// Has every part looked through whose name tells that it may lead elsewhere. Whatever the directory claims, not more is
/// unpacked for it than a document may have.
fn look_through<F: Read + Seek>(
    file: &mut F,
    entries: &[Entry],
    tells: impl Fn(&str) -> bool,
    refuse: impl Fn(&mut Take<Box<dyn Read + '_>>) -> Result<(), PhotoError>,
) -> Result<(), PhotoError> {
    let mut left = UNPACKED_MAX;
    for entry in entries.iter().filter(|entry| tells(&entry.name)) {
        let mut part = zip::open(file, entry)?.take(left);
        let looked = refuse(&mut part);
        left = part.limit();
        if left == 0 {
            return Err(PhotoError::TooManyBytes { bytes: UNPACKED_MAX.saturating_add(1), limit: UNPACKED_MAX });
        }
        looked?;
    }
    Ok(())
}

fn find<'a>(entries: &'a [Entry], name: &str) -> Option<&'a Entry> {
    entries.iter().find(|entry| entry.name == name)
}

fn part(file: &mut (impl Read + Seek), entries: &[Entry], name: &str) -> Result<Option<String>, PhotoError> {
    let Some(entry) = find(entries, name) else { return Ok(None) };
    Ok(Some(String::from_utf8_lossy(&zip::read(file, entry, PART_MAX)?).into_owned()))
}
