//! A walk over the central directory of a ZIP archive: what is in it, and small parts of it as text.

use crate::PhotoError;
use flate2::read::DeflateDecoder;
use std::io::{Read, Seek, SeekFrom};

/// The end record: signature, counts, size and place of the directory, length of a comment of at most 64 kB.
const END: u64 = 22;
const END_SIGNATURE: &[u8; 4] = b"PK\x05\x06";
const COMMENT_MAX: u64 = 0xffff;
/// More than any document has, and a bound on the time the walk takes.
const ENTRIES_MAX: usize = 10_000;
const DIRECTORY_MAX: u64 = 4 * 1024 * 1024;

const STORED: u16 = 0;
const DEFLATED: u16 = 8;

#[derive(Debug)]
pub(crate) struct Entry {
    pub name: String,
    /// It can't be read without a password.
    pub is_encrypted: bool,
    /// Bytes once unpacked, as the directory claims.
    pub size: u64,
    method: u16,
    packed: u64,
    /// Where the entry's own header is.
    at: u64,
}

/// The entries of the archive.
///
/// # Errors
/// `Broken` for what is no archive, is cut off or contradicts itself.
pub(crate) fn entries(file: &mut (impl Read + Seek)) -> Result<Vec<Entry>, PhotoError> {
    let length = file.seek(SeekFrom::End(0))?;
    let tail_at = length.saturating_sub(END + COMMENT_MAX);
    let tail = read_at(file, tail_at, length - tail_at)?;
    let end = tail.windows(END_SIGNATURE.len()).rposition(|word| word == END_SIGNATURE).and_then(|at| tail.get(at..));
    let end = end.filter(|end| end.len() as u64 >= END).ok_or_else(|| PhotoError::broken("its end is missing"))?;
    let (count, size, at) = (number(end, 10, 2), number(end, 12, 4), number(end, 16, 4));
    if size > DIRECTORY_MAX || at.saturating_add(size) > length {
        return Err(PhotoError::broken("its directory is not where it should be"));
    }
    let directory = read_at(file, at, size)?;
    let mut entries = Vec::new();
    let mut rest = directory.as_slice();
    while let Some(head) = rest.get(..46).filter(|head| head.starts_with(b"PK\x01\x02")) {
        let [name, extra, comment] = [28, 30, 32].map(|at| number(head, at, 2) as usize);
        let end = 46 + name + extra + comment;
        let (Some(bytes), true) = (rest.get(46..46 + name), entries.len() < ENTRIES_MAX) else {
            return Err(PhotoError::broken("its directory is too long or cut off"));
        };
        entries.push(Entry {
            name: String::from_utf8_lossy(bytes).into_owned(),
            is_encrypted: number(head, 8, 2) & 1 == 1,
            size: number(head, 24, 4),
            method: number(head, 10, 2) as u16,
            packed: number(head, 20, 4),
            at: number(head, 42, 4),
        });
        rest = rest.get(end..).unwrap_or_default();
    }
    if entries.len() as u64 != count {
        return Err(PhotoError::broken("its directory is cut off"));
    }
    Ok(entries)
}

/// The first `max` bytes of an entry.
pub(crate) fn read(file: &mut (impl Read + Seek), entry: &Entry, max: u64) -> Result<Vec<u8>, PhotoError> {
    let mut bytes = Vec::new();
    open(file, entry)?.take(max).read_to_end(&mut bytes).map_err(PhotoError::broken)?;
    Ok(bytes)
}

/// An entry to read, unpacked on the way. It may be longer than the directory claims: whoever reads it has a limit.
pub(crate) fn open<'a>(file: &'a mut (impl Read + Seek), entry: &Entry) -> Result<Box<dyn Read + 'a>, PhotoError> {
    let head = read_at(file, entry.at, 30)?;
    let (name, extra) = (number(&head, 26, 2), number(&head, 28, 2));
    file.seek(SeekFrom::Start(entry.at.saturating_add(30 + name + extra)))?;
    let packed = file.take(entry.packed);
    match entry.method {
        STORED => Ok(Box::new(packed)),
        DEFLATED => Ok(Box::new(DeflateDecoder::new(packed))),
        _ => Err(PhotoError::Unsupported("a way of packing that documents don't use")),
    }
}

fn read_at(file: &mut (impl Read + Seek), at: u64, length: u64) -> Result<Vec<u8>, PhotoError> {
    file.seek(SeekFrom::Start(at))?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 == length { Ok(bytes) } else { Err(PhotoError::broken("it is cut off")) }
}

/// A little-endian number of `length` bytes; what lies behind the end counts as zero.
fn number(bytes: &[u8], at: usize, length: usize) -> u64 {
    let field = bytes.get(at..at + length).unwrap_or_default();
    field.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte))
}
