//! Subtitles of a film: WebVTT and SubRip, read strictly and written anew as WebVTT. Nothing but times and words survives.

use crate::PhotoError;
use std::fmt::Write as _;

/// Bytes of the largest file.
pub(crate) const BYTES_MAX: u64 = 1_000_000;
/// Most that is shown one after another.
const CUES_MAX: usize = 10_000;
/// Characters shown at once; more would cover the film.
const TEXT_MAX: usize = 500;

/// Whether a file that begins so is one. `name` is what it is called: SubRip has no other mark.
pub(crate) fn is_one(head: &[u8], name: &str) -> bool {
    let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head);
    head.starts_with(b"WEBVTT") || is_called(name, "srt")
}

/// Whether a file of which nothing has come yet will be one, by what it is called.
pub fn is_name_of_subtitles(name: &str) -> bool {
    is_called(name, "srt") || is_called(name, "vtt")
}

fn is_called(name: &str, extension: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case(extension))
}

/// WebVTT with the same words at the same times.
///
/// # Errors
/// `Broken` for what has no subtitles in it, or too many.
pub fn read_subtitles(bytes: &[u8]) -> Result<String, PhotoError> {
    let text = std::str::from_utf8(bytes).map_err(|_| PhotoError::broken("subtitles that are not UTF-8"))?;
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n");
    let mut written = String::from("WEBVTT\n");
    let mut cues = 0;
    for block in text.split("\n\n") {
        let mut lines = block.lines();
        // What comes before the times is a number or a name; a block without them is a comment or a style.
        let Some((start, end)) = lines.by_ref().find_map(times) else { continue };
        let words = lines.map(plain).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n");
        if words.is_empty() || end <= start {
            continue;
        }
        cues += 1;
        if cues > CUES_MAX {
            return Err(PhotoError::broken("more subtitles than a film has"));
        }
        let words: String = words.chars().take(TEXT_MAX).collect();
        let words = words.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let _ = write!(written, "\n{} --> {}\n{words}\n", clock(start), clock(end));
    }
    if cues == 0 { Err(PhotoError::broken("no subtitles")) } else { Ok(written) }
}

/// `00:00:01,500 --> 00:00:04.000 align:start`, in milliseconds.
fn times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once("-->")?;
    Some((time(start.trim())?, time(rest.split_whitespace().next()?)?))
}

/// Hours may be left out.
fn time(text: &str) -> Option<u64> {
    let (clock, fraction) = text.split_once(['.', ','])?;
    let digits = |text: &str, most: usize| {
        let fits = !text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit());
        if fits { text.parse::<u64>().ok() } else { None }
    };
    let milliseconds = digits(fraction, 3).filter(|_| fraction.len() == 3)?;
    let mut parts = clock.rsplit(':');
    let seconds = digits(parts.next()?, 2).filter(|seconds| *seconds < 60)?;
    let minutes = digits(parts.next()?, 2).filter(|minutes| *minutes < 60)?;
    let hours = parts.next().map_or(Some(0), |hours| digits(hours, 2))?;
    if parts.next().is_some() {
        return None;
    }
    Some(((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds)
}

fn clock(milliseconds: u64) -> String {
    let seconds = milliseconds / 1000;
    format!("{:02}:{:02}:{:02}.{:03}", seconds / 3600, seconds / 60 % 60, seconds % 60, milliseconds % 1000)
}

/// A line without marks of its own (`<i>`, `{\\an8}`) and without control characters; what is written as an entity is what it
/// stands for.
fn plain(line: &str) -> String {
    let mut words = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(open) = rest.find(['<', '{']) {
        let close = if rest[open..].starts_with('<') { '>' } else { '}' };
        words.push_str(&rest[..open]);
        match rest[open..].find(close) {
            Some(end) => rest = &rest[open + end + 1..],
            // A mark that does not end: a smaller-than sign.
            None => {
                words.push_str(&rest[open..=open]);
                rest = &rest[open + 1..];
            }
        }
    }
    words.push_str(rest);
    let words = words.replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", " ").replace("&amp;", "&");
    words.chars().filter(|character| !character.is_control()).collect::<String>().trim().replace("-->", "→")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn both_kinds_become_one() {
        let subrip = "1\r\n00:00:01,500 --> 00:00:04,000\r\n<i>Hallo</i> {\\an8}allemaal\r\n& welkom\r\n\r\n2\r\n00:00:05,000 --> 00:00:06,000\r\nDag!\r\n";
        let expected = "WEBVTT\n\n00:00:01.500 --> 00:00:04.000\nHallo allemaal\n&amp; welkom\n\n00:00:05.000 --> 00:00:06.000\nDag!\n";
        assert_eq!(read_subtitles(subrip.as_bytes()).expect("read"), expected);
        let vtt = "\u{feff}WEBVTT - titel\n\nSTYLE\n::cue { background: url(https://spion.example) }\n\nNOTE van de juf\n\nnaam\n00:01.500 --> 00:04.000 align:start\n<v Juf>Hallo allemaal</v>\n&amp; welkom\n\n00:05.000 --> 00:06.000\nDag!\n";
        assert_eq!(read_subtitles(vtt.as_bytes()).expect("read"), expected);
        assert_eq!(read_subtitles(expected.as_bytes()).expect("read"), expected, "what was written is read the same");
    }

    #[test]
    fn what_has_no_words_at_a_time_is_refused() {
        for bad in [
            "",
            "WEBVTT\n",
            "hallo",
            "WEBVTT\n\n00:05.000 --> 00:04.000\nDag",
            "WEBVTT\n\n00:05 --> 00:06\nDag",
            "WEBVTT\n\n00:61.000 --> 00:62.000\nDag",
        ] {
            assert!(matches!(read_subtitles(bad.as_bytes()), Err(PhotoError::Broken(_))), "{bad}");
        }
        assert!(read_subtitles(b"WEBVTT\n\n00:01.000 --> 00:02.000\n\xFF\xFE").is_err());
        let endless = "WEBVTT\n".to_owned() + &"\n00:01.000 --> 00:02.000\nDag\n".repeat(CUES_MAX + 1);
        assert!(read_subtitles(endless.as_bytes()).is_err());
    }

    #[test]
    fn they_are_known_by_their_beginning_or_name() {
        assert!(is_one(b"WEBVTT\n", "a.txt") && is_one(b"\xEF\xBB\xBFWEBVTT", "a") && is_one(b"1\n", "A.SRT"));
        assert!(!is_one(b"1\n00:00:01,500", "a.txt") && !is_one(b"", ""));
    }

    proptest! {
        /// Whatever words there are: they can be shown, and they end no cue and begin no mark.
        #[test]
        fn words_stay_words(words in "[^\r\n]{1,40}") {
            let file = format!("WEBVTT\n\n00:01.000 --> 00:02.000\n{words}\n");
            if let Ok(written) = read_subtitles(file.as_bytes()) {
                let body = written.lines().skip(3).collect::<Vec<_>>().join("\n");
                prop_assert!(!body.contains(['<', '>']), "{}", written);
                prop_assert_eq!(read_subtitles(written.as_bytes()).expect("read again"), written);
            }
        }
    }
}
