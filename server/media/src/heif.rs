//! A walk over the boxes of a HEIF file (HEIC, AVIF): which item is the picture, how large it claims to be, what else
//! the file holds.
//!
//! Decoding is left to a child process (see `child`); this walk decides what the child gets to see.

use crate::PhotoError;
use crate::exif::read_exif;
use crate::hidden::Stripped;
use std::ops::Range;

/// More boxes than any camera writes; a bound on the time this walk takes.
const MAX_BOXES: usize = 20_000;

/// Item types that are coded pictures or made of such.
const PICTURE_TYPES: [[u8; 4]; 10] =
    [*b"hvc1", *b"av01", *b"grid", *b"iovl", *b"iden", *b"hev1", *b"avc1", *b"jpeg", *b"vvc1", *b"unci"];

/// The type of a box and where its contents lie.
type BoxAt = ([u8; 4], Range<usize>);

#[derive(Debug, Default)]
pub(crate) struct Heif {
    primary: Option<u32>,
    /// The largest width and height any picture in the file claims (not only the primary: tiles and masks are decoded
    /// along with it).
    pub width: u32,
    pub height: u32,
    /// Colour primaries (ITU-T H.273) of a file that names them by number instead of by profile.
    pub primaries: Option<u16>,
    items: Vec<Item>,
    locations: Vec<(u32, Range<usize>)>,
    pub hidden: Vec<Stripped>,
    boxes_read: usize,
}

#[derive(Debug)]
struct Item {
    id: u32,
    kind: [u8; 4],
    /// Offset in the file of the byte whose lowest bit says "not to be shown".
    flags_at: usize,
}

impl Heif {
    pub fn walk(bytes: &[u8]) -> Result<Self, PhotoError> {
        let mut heif = Self::default();
        let mut has_meta = false;
        for (kind, payload) in heif.boxes(bytes, 0..bytes.len())? {
            match &kind {
                b"meta" if !has_meta => {
                    has_meta = true;
                    heif.read_meta(bytes, full_box(payload))?;
                }
                // Samsung's box for the film of a motion photo, and a film beside the picture.
                b"mpvd" | b"moov" => heif.hidden.push(Stripped::Film),
                b"ftyp" | b"mdat" | b"free" | b"skip" | b"idat" => {}
                _ => heif.hidden.push(Stripped::Other),
            }
        }
        if !has_meta || heif.width == 0 || heif.height == 0 {
            return Err(PhotoError::broken("it describes no picture"));
        }
        heif.read_exif_item(bytes);
        Ok(heif)
    }

    /// The file with all pictures but the primary one marked as not to be shown, so that a converter spends its time
    /// on, and writes, exactly one.
    pub fn only_primary(&self, bytes: &[u8]) -> Result<Vec<u8>, PhotoError> {
        let is_picture = |item: &&Item| PICTURE_TYPES.contains(&item.kind);
        let primary = self
            .primary
            .filter(|id| self.items.iter().filter(is_picture).any(|item| item.id == *id))
            .ok_or_else(|| PhotoError::broken("it has no primary picture"))?;
        let mut file = bytes.to_vec();
        for item in self.items.iter().filter(is_picture) {
            if let Some(flags) = file.get_mut(item.flags_at) {
                *flags = (*flags & !1) | u8::from(item.id != primary);
            }
        }
        Ok(file)
    }

    fn read_meta(&mut self, bytes: &[u8], range: Range<usize>) -> Result<(), PhotoError> {
        for (kind, payload) in self.boxes(bytes, range)? {
            let mut fields = Fields::new(bytes, payload.clone());
            match &kind {
                b"pitm" => {
                    let version = fields.version();
                    self.primary = fields.id(version >= 1);
                }
                b"iinf" => {
                    let version = fields.version();
                    fields.skip(if version == 0 { 2 } else { 4 });
                    self.read_items(bytes, fields.rest())?;
                }
                b"iloc" => self.read_locations(fields),
                b"iprp" => {
                    for (kind, payload) in self.boxes(bytes, payload)? {
                        if &kind == b"ipco" {
                            self.read_properties(bytes, payload)?;
                        }
                    }
                }
                b"iref" => {
                    for (kind, _) in self.boxes(bytes, full_box(payload))? {
                        match &kind {
                            b"thmb" => self.hidden.push(Stripped::Thumbnail),
                            b"auxl" => self.hidden.push(Stripped::SecondPicture),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn read_items(&mut self, bytes: &[u8], range: Range<usize>) -> Result<(), PhotoError> {
        for (kind, payload) in self.boxes(bytes, range)? {
            if &kind != b"infe" {
                continue;
            }
            let flags_at = payload.start + 3;
            let mut fields = Fields::new(bytes, payload);
            let version = fields.version();
            let Some(id) = fields.id(version >= 3) else {
                continue;
            };
            fields.skip(2);
            let Some(kind) = fields.take::<4>() else {
                continue;
            };
            match &kind {
                b"Exif" => self.hidden.push(Stripped::Exif),
                b"mime" | b"uri " => {
                    let rest = bytes.get(fields.rest()).unwrap_or_default();
                    let is_xmp = rest.windows(7).any(|part| part == b"rdf+xml");
                    self.hidden.push(if is_xmp { Stripped::Xmp } else { Stripped::Other });
                }
                _ => {}
            }
            self.items.push(Item { id, kind, flags_at });
        }
        Ok(())
    }

    fn read_properties(&mut self, bytes: &[u8], range: Range<usize>) -> Result<(), PhotoError> {
        for (kind, payload) in self.boxes(bytes, range)? {
            let mut fields = Fields::new(bytes, payload);
            match &kind {
                b"ispe" => {
                    fields.skip(4);
                    if let (Some(width), Some(height)) = (fields.u32(), fields.u32()) {
                        self.width = self.width.max(width);
                        self.height = self.height.max(height);
                    }
                }
                b"colr" => match fields.take::<4>().as_ref() {
                    Some(b"nclx") => self.primaries = self.primaries.or(fields.u16()),
                    Some(_) => self.hidden.push(Stripped::ColourProfile),
                    None => {}
                },
                _ => {}
            }
        }
        Ok(())
    }

    /// Where items lie, as far as they lie in one piece directly in the file.
    fn read_locations(&mut self, mut fields: Fields) {
        let version = fields.version();
        let Some(sizes) = fields.u16() else { return };
        let [offset_size, length_size, base_size, index_size] =
            [sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15].map(usize::from);
        let count = fields.id(version >= 2).unwrap_or(0);
        for _ in 0..count {
            let Some(id) = fields.id(version >= 2) else {
                return;
            };
            let method = if version >= 1 { fields.u16() } else { Some(0) };
            fields.skip(2);
            let base = fields.number(base_size);
            let Some(extents) = fields.u16() else { return };
            for extent in 0..extents {
                if version >= 1 {
                    fields.skip(index_size);
                }
                let (Some(base), Some(offset), Some(length)) =
                    (base, fields.number(offset_size), fields.number(length_size))
                else {
                    return;
                };
                let start = base.saturating_add(offset);
                if extent == 0 && method == Some(0) {
                    self.locations.push((id, start..start.saturating_add(length)));
                }
            }
        }
    }

    fn read_exif_item(&mut self, bytes: &[u8]) {
        let exif_item = self.items.iter().find(|item| &item.kind == b"Exif");
        let block = exif_item
            .and_then(|item| self.locations.iter().find(|(id, _)| *id == item.id))
            .and_then(|(_, range)| bytes.get(range.clone()));
        // The block starts with the offset of the TIFF header behind the offset itself.
        let Some((offset, rest)) = block.and_then(|block| block.split_first_chunk::<4>()) else {
            return;
        };
        let offset = u32::from_be_bytes(*offset) as usize;
        let exif = read_exif(rest.get(offset..).unwrap_or_default());
        if exif.has_gps {
            self.hidden.push(Stripped::Gps);
        }
        if exif.has_thumbnail {
            self.hidden.push(Stripped::Thumbnail);
        }
    }

    /// The boxes in `range` with the ranges of their contents. A box that runs past its parent ends the list.
    fn boxes(&mut self, bytes: &[u8], range: Range<usize>) -> Result<Vec<BoxAt>, PhotoError> {
        let mut found = Vec::new();
        let mut at = range.start;
        while let Some(head) = bytes.get(at..at.saturating_add(8)) {
            let size = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
            let kind = [head[4], head[5], head[6], head[7]];
            let (start, end) = match size {
                0 => (at + 8, range.end),
                1 => {
                    let Some(long) = bytes.get(at + 8..).and_then(|rest| rest.first_chunk::<8>()) else {
                        break;
                    };
                    let long = usize::try_from(u64::from_be_bytes(*long)).unwrap_or(usize::MAX);
                    (at + 16, at.saturating_add(long))
                }
                size => (at + 8, at.saturating_add(size)),
            };
            if start > end || end > range.end {
                break;
            }
            self.boxes_read += 1;
            if self.boxes_read > MAX_BOXES {
                return Err(PhotoError::broken("it has too many boxes"));
            }
            found.push((kind, start..end));
            at = end;
        }
        Ok(found)
    }
}

/// The contents of a box behind its version and flags.
fn full_box(payload: Range<usize>) -> Range<usize> {
    (payload.start + 4).min(payload.end)..payload.end
}

/// Reads big-endian fields one after the other. Behind the end every answer is `None`.
struct Fields<'a> {
    bytes: &'a [u8],
    at: usize,
    end: usize,
}

impl<'a> Fields<'a> {
    fn new(bytes: &'a [u8], range: Range<usize>) -> Self {
        Self { bytes, at: range.start, end: range.end }
    }

    fn take<const N: usize>(&mut self) -> Option<[u8; N]> {
        let end = self.at.checked_add(N).filter(|end| *end <= self.end)?;
        let field = self.bytes.get(self.at..end)?.try_into().ok()?;
        self.at = end;
        Some(field)
    }

    fn skip(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn rest(&self) -> Range<usize> {
        self.at.min(self.end)..self.end
    }

    /// The version of a full box, whose flags are skipped.
    fn version(&mut self) -> u8 {
        self.take::<4>().map_or(0, |[version, ..]| version)
    }

    fn u16(&mut self) -> Option<u16> {
        self.take().map(u16::from_be_bytes)
    }

    fn u32(&mut self) -> Option<u32> {
        self.take().map(u32::from_be_bytes)
    }

    /// An item id or count, which newer versions of most boxes write with four bytes.
    fn id(&mut self, long: bool) -> Option<u32> {
        if long { self.u32() } else { self.u16().map(u32::from) }
    }

    fn number(&mut self, size: usize) -> Option<usize> {
        match size {
            0 => Some(0),
            4 => self.u32().map(|number| number as usize),
            8 => self.take().and_then(|bytes| usize::try_from(u64::from_be_bytes(bytes)).ok()),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn boxed(kind: &[u8; 4], payload: &[u8]) -> Vec<u8> {
        let mut file = (payload.len() as u32 + 8).to_be_bytes().to_vec();
        file.extend(kind);
        file.extend(payload);
        file
    }

    fn item(id: u8, kind: &[u8; 4]) -> Vec<u8> {
        boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0], &kind[..], &[0]].concat())
    }

    fn file(width: u32, height: u32) -> Vec<u8> {
        let ispe = [[0; 4], width.to_be_bytes(), height.to_be_bytes()].concat();
        let items = [item(1, b"hvc1"), item(2, b"hvc1"), item(3, b"Exif")].concat();
        let meta = [
            vec![0; 4],
            boxed(b"pitm", &[0, 0, 0, 0, 0, 2]),
            boxed(b"iinf", &[&[0, 0, 0, 0, 0, 3][..], &items].concat()),
            boxed(b"iprp", &boxed(b"ipco", &boxed(b"ispe", &ispe))),
        ]
        .concat();
        [boxed(b"ftyp", b"heic\0\0\0\0mif1"), boxed(b"meta", &meta)].concat()
    }

    #[test]
    fn size_and_hidden_data_of_the_file() {
        let heif = Heif::walk(&file(4032, 3024)).unwrap();
        assert_eq!((heif.width, heif.height), (4032, 3024));
        assert_eq!(heif.hidden, [Stripped::Exif]);
    }

    #[test]
    fn only_the_primary_picture_stays_visible() {
        let file = file(10, 10);
        let heif = Heif::walk(&file).unwrap();
        let shown = heif.only_primary(&file).unwrap();
        let flags: Vec<u8> = heif.items.iter().map(|item| shown[item.flags_at]).collect();
        assert_eq!(flags, [1, 0, 0]);
    }

    #[test]
    fn a_file_without_pictures_is_broken() {
        let error = Heif::walk(&boxed(b"ftyp", b"heic\0\0\0\0mif1")).unwrap_err();
        assert_eq!(error.code(), "broken");
    }

    proptest! {
        #[test]
        fn damaged_files_are_read_without_panic(at in 0usize..200, value: u8, cut in 0usize..250) {
            let mut file = file(10, 10);
            let at = at % file.len();
            file[at] = value;
            file.truncate(cut);
            if let Ok(heif) = Heif::walk(&file) {
                let _ = heif.only_primary(&file);
            }
        }
    }
}
