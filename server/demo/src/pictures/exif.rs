//! The tags a telephone writes into its photos, made by hand: TIFF, little-endian.

use super::Orientation;
use crate::random::Random;

const BYTES: u16 = 1;
const ASCII: u16 = 2;
const SHORT: u16 = 3;
const LONG: u16 = 4;
const RATIONAL: u16 = 5;

/// Tag, type, number of values, the values.
struct Entry(u16, u16, u32, Vec<u8>);

fn text(tag: u16, value: &str) -> Entry {
    let mut bytes = value.as_bytes().to_vec();
    bytes.push(0);
    Entry(tag, ASCII, bytes.len() as u32, bytes)
}

/// Degrees as the three rationals of a GPS position.
fn degrees(tag: u16, value: f64) -> Entry {
    let minutes = value.fract() * 60.0;
    let seconds = (minutes.fract() * 60.0 * 100.0).round();
    let bytes = [(value.trunc() as u32, 1), (minutes.trunc() as u32, 1), (seconds as u32, 100)]
        .into_iter()
        .flat_map(|(over, under): (u32, u32)| [over.to_le_bytes(), under.to_le_bytes()].concat())
        .collect();
    Entry(tag, RATIONAL, 3, bytes)
}

/// One directory that will stand at `at` in the file: its entries, then what does not fit in them.
fn directory(entries: &[Entry], at: u32) -> Vec<u8> {
    let mut head = (entries.len() as u16).to_le_bytes().to_vec();
    let mut tail = Vec::new();
    let tail_at = at + 2 + 12 * entries.len() as u32 + 4;
    for Entry(tag, kind, count, value) in entries {
        head.extend(tag.to_le_bytes());
        head.extend(kind.to_le_bytes());
        head.extend(count.to_le_bytes());
        if value.len() <= 4 {
            let mut inline = value.clone();
            inline.resize(4, 0);
            head.extend(inline);
        } else {
            head.extend((tail_at + tail.len() as u32).to_le_bytes());
            tail.extend(value);
            // Offsets are even.
            tail.resize(tail.len().next_multiple_of(2), 0);
        }
    }
    head.extend([0; 4]);
    head.extend(tail);
    head
}

/// The body of an APP1 segment: `Exif\0\0` and the directories. The position is on open water.
pub(super) fn tags(random: &mut Random, orientation: Orientation) -> Vec<u8> {
    let north = 52.74 + 0.18 * f64::from(random.unit());
    let east = 5.22 + 0.15 * f64::from(random.unit());
    let taken = format!(
        "2026:{:02}:{:02} {:02}:{:02}:{:02}",
        random.within(1, 12),
        random.within(1, 28),
        random.within(8, 15),
        random.within(0, 59),
        random.within(0, 59)
    );
    let main = |exif_at: u32, gps_at: u32| {
        vec![
            text(0x010F, "Ikker"),
            text(0x0110, "Telefoon 12"),
            Entry(0x0112, SHORT, 1, orientation.code().to_le_bytes().to_vec()),
            text(0x0132, &taken),
            Entry(0x8769, LONG, 1, exif_at.to_le_bytes().to_vec()),
            Entry(0x8825, LONG, 1, gps_at.to_le_bytes().to_vec()),
        ]
    };
    let details = [text(0x9003, &taken), text(0x9004, &taken)];
    let position = [
        Entry(0x0000, BYTES, 4, vec![2, 3, 0, 0]),
        text(0x0001, "N"),
        degrees(0x0002, north),
        text(0x0003, "E"),
        degrees(0x0004, east),
    ];
    const MAIN_AT: u32 = 8;
    let exif_at = MAIN_AT + directory(&main(0, 0), MAIN_AT).len() as u32;
    let exif = directory(&details, exif_at);
    let gps_at = exif_at + exif.len() as u32;
    let mut body = b"Exif\0\0II*\0\x08\0\0\0".to_vec();
    body.extend(directory(&main(exif_at, gps_at), MAIN_AT));
    body.extend(exif);
    body.extend(directory(&position, gps_at));
    body
}
