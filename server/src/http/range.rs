//! Which part of a file is asked for: one range of bytes (RFC 9110, section 14), or all of it.

use axum::http::{HeaderMap, header};
use std::ops::Range;

/// What to answer with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    Whole,
    Part(Range<u64>),
    /// Nothing of the file is there.
    Beyond,
}

/// Reads `Range` and `If-Range` for a file of `size` bytes. What is not understood, and several ranges at once, count as
/// asking for all of it.
pub fn asked(headers: &HeaderMap, etag: &str, size: u64) -> Asked {
    let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
    let Some(range) = text(header::RANGE) else { return Asked::Whole };
    // The part belongs to another version of the file.
    if headers.contains_key(header::IF_RANGE) && text(header::IF_RANGE) != Some(etag) {
        return Asked::Whole;
    }
    parse(range, size).unwrap_or(Asked::Whole)
}

fn parse(range: &str, size: u64) -> Option<Asked> {
    let (first, last) = range.strip_prefix("bytes=")?.trim().split_once('-')?;
    let number = |text: &str| if text.bytes().all(|b| b.is_ascii_digit()) { text.parse::<u64>().ok() } else { None };
    let range = if first.is_empty() {
        size.saturating_sub(number(last)?)..size
    } else {
        let first = number(first)?;
        let end = if last.is_empty() { size } else { number(last)?.saturating_add(1) };
        if end <= first && first < size {
            return None;
        }
        first..end.min(size)
    };
    Some(if range.start < range.end { Asked::Part(range) } else { Asked::Beyond })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(range: &str, size: u64) -> Asked {
        let headers = HeaderMap::from_iter([(header::RANGE, range.parse().expect("a header"))]);
        asked(&headers, "\"a\"", size)
    }

    #[test]
    fn one_range_is_read_and_all_else_is_the_whole() {
        assert_eq!(of("bytes=0-", 10), Asked::Part(0..10));
        assert_eq!(of("bytes=2-4", 10), Asked::Part(2..5));
        assert_eq!(of("bytes=2-400", 10), Asked::Part(2..10));
        assert_eq!(of("bytes=-3", 10), Asked::Part(7..10));
        assert_eq!(of("bytes=-30", 10), Asked::Part(0..10));
        for beyond in ["bytes=10-", "bytes=10-20", "bytes=-0", "bytes=18446744073709551615-"] {
            assert_eq!(of(beyond, 10), Asked::Beyond, "{beyond}");
        }
        for whole in ["bytes=0-1,4-5", "bytes=4-2", "bytes=-", "bytes=a-b", "bytes=+1-2", "items=0-1", "x"] {
            assert_eq!(of(whole, 10), Asked::Whole, "{whole}");
        }
        assert_eq!(of("bytes=0-", 0), Asked::Beyond);
    }

    #[test]
    fn a_part_of_another_version_is_not_sent() {
        for (condition, wanted) in [("\"a\"", Asked::Part(0..1)), ("\"b\"", Asked::Whole), ("W/\"a\"", Asked::Whole)] {
            let headers = HeaderMap::from_iter([
                (header::RANGE, "bytes=0-0".parse().expect("a header")),
                (header::IF_RANGE, condition.parse().expect("a header")),
            ]);
            assert_eq!(asked(&headers, "\"a\"", 10), wanted, "{condition}");
        }
    }
}
