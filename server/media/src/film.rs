//! One film, from file to a file that every browser plays, and its poster.

use crate::child::{self, ChildLimits};
use crate::probe::{DECODERS, Probe, probe};
use crate::resize::fit;
use crate::{Limits, Photo, PhotoError, Stripped, make_photo};
use std::path::{Path, PathBuf};

/// The film's larger and smaller side at most: 720p, lying or standing.
const LONG: u32 = 1280;
const SHORT: u32 = 720;
/// Bytes that one second may take: the picture's peak rate, its sound, and room for the container.
const BYTES_PER_SECOND: u64 = 500_000;
/// A file of no length has its index and poster all the same.
const BYTES_BESIDE: u64 = 16 * 1024 * 1024;
/// The share of its length, one in so many, that a cut-off film may lack and still be taken.
const MISSING_PART: f64 = 16.0;
/// Rounding of lengths, and what cameras claim too much, in seconds.
const ROUNDING: f64 = 0.5;

/// The containers that are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FilmKind {
    Mp4,
    QuickTime,
    ThreeGp,
    WebM,
}

impl FilmKind {
    /// The container's media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Mp4 => "video/mp4",
            Self::QuickTime => "video/quicktime",
            Self::ThreeGp => "video/3gpp",
            Self::WebM => "video/webm",
        }
    }

    /// ffmpeg's name for the one reader that is let near the file.
    pub(crate) fn demuxer(self) -> &'static str {
        match self {
            Self::Mp4 | Self::QuickTime | Self::ThreeGp => "mov",
            Self::WebM => "matroska",
        }
    }
}

/// What one call of [`make_film`] may take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilmLimits {
    /// Size of the file.
    pub max_bytes: u64,
    /// How long the film may last.
    pub max_length_seconds: u64,
    /// Width × height of the source.
    pub max_pixels: u64,
    /// Wall-clock seconds for the work, on [`FilmLimits::cores`] cores.
    pub max_work_seconds: u64,
    pub cores: u64,
    /// Address space of the child process that does the work.
    pub child_memory_bytes: u64,
}

impl Default for FilmLimits {
    fn default() -> Self {
        Self {
            max_bytes: 500_000_000,
            max_length_seconds: 600,
            // 4K of televisions and of cinemas, lying or standing.
            max_pixels: 4096 * 2304,
            max_work_seconds: 3_600,
            cores: 2,
            child_memory_bytes: 3 * 1024 * 1024 * 1024,
        }
    }
}

impl FilmLimits {
    pub(crate) fn check_seconds(&self, seconds: f64) -> Result<(), PhotoError> {
        // Somebody who stops at ten minutes is a moment late.
        if seconds > self.max_length_seconds as f64 + 10.0 {
            return Err(PhotoError::FilmTooLong { seconds: seconds as u64, limit: self.max_length_seconds });
        }
        Ok(())
    }
}

/// A film that is safe to publish, and what was learnt about its source.
#[derive(Debug)]
pub struct Film {
    pub kind: FilmKind,
    /// Size of the source in pixels, upright.
    pub source_width: u32,
    pub source_height: u32,
    /// Size of the made film in pixels.
    pub width: u32,
    pub height: u32,
    pub duration_ms: u64,
    /// A picture from the film.
    pub poster: Photo,
    /// What the source held besides picture and sound, sorted. None of it is in the film.
    pub stripped: Vec<Stripped>,
    folder: tempfile::TempDir,
}

impl Film {
    /// H.264 and AAC in an MP4 that can be played while it arrives. Gone with the [`Film`].
    pub fn path(&self) -> PathBuf {
        self.folder.path().join(MADE)
    }
}

/// Names in the folder of the work: fixed, and none that a program could take for an option or an address.
const SOURCE: &str = "source";
const MADE: &str = "made.mp4";
const POSTER: &str = "poster.jpg";

/// Makes a film of the file at `path`, in a folder of its own inside `scratch`, until `stopped` says that nobody wants it
/// any more. Blocks for seconds to many minutes.
///
/// The rotation is applied, everything but one picture and one sound is left out, more than 30 pictures a second become
/// 30, and high dynamic range becomes what every screen shows.
///
/// # Errors
/// See [`PhotoError`]; `Io` (interrupted) when it was stopped.
pub(crate) fn make_film(
    kind: FilmKind,
    path: &Path,
    scratch: &Path,
    limits: &FilmLimits,
    photo_limits: &Limits,
    stopped: &dyn Fn() -> bool,
) -> Result<Film, PhotoError> {
    let folder = tempfile::Builder::new().prefix("film-").tempdir_in(scratch)?;
    std::os::unix::fs::symlink(path.canonicalize()?, folder.path().join(SOURCE))?;
    let source = probe(kind, folder.path(), SOURCE, limits)?;
    let (width, height) = target(source.width, source.height);
    transcode(kind, folder.path(), &source, (width, height), limits, stopped)?;
    let made = probe(FilmKind::Mp4, folder.path(), MADE, limits)?;
    let seconds =
        made.seconds.filter(|seconds| *seconds > 0.0).ok_or_else(|| PhotoError::broken("it shows nothing"))?;
    let claimed = source.seconds.unwrap_or(seconds);
    if seconds + ROUNDING < claimed * (1.0 - 1.0 / MISSING_PART) {
        return Err(PhotoError::Broken(format!("{seconds:.1} of its {claimed:.1} seconds can be shown")));
    }
    // A moment after the beginning, which is often black or out of focus; where one picture lasts, none begins after that.
    let poster = match make_poster(folder.path(), (seconds / 3.0).min(1.0), limits, photo_limits) {
        Err(PhotoError::Empty) => make_poster(folder.path(), 0.0, limits, photo_limits)?,
        poster => poster?,
    };
    Ok(Film {
        kind,
        source_width: source.width,
        source_height: source.height,
        width,
        height,
        duration_ms: (seconds * 1000.0).round() as u64,
        poster,
        stripped: source.hidden,
        folder,
    })
}

/// The size of the made film: within 720p, never larger than the source, and even, as the coding wants it.
fn target(width: u32, height: u32) -> (u32, u32) {
    let (long, short) = (width.max(height), width.min(height));
    let (mut new_long, mut new_short) = fit(long, short, LONG);
    if new_short > SHORT {
        new_long = u32::try_from(u64::from(new_long) * u64::from(SHORT) / u64::from(new_short)).unwrap_or(LONG);
        new_short = SHORT;
    }
    let even = |side: u32| (side & !1).max(2);
    let (new_long, new_short) = (even(new_long), even(new_short));
    if width >= height { (new_long, new_short) } else { (new_short, new_long) }
}

fn transcode(
    kind: FilmKind,
    folder: &Path,
    source: &Probe,
    (width, height): (u32, u32),
    limits: &FilmLimits,
    stopped: &dyn Fn() -> bool,
) -> Result<(), PhotoError> {
    let scale = format!("scale={width}:{height}");
    // Brightness of high range is mapped, not cut off: a white shirt in the sun keeps its folds.
    let filter = if source.is_hdr {
        format!(
            "{scale},zscale=t=linear:npl=100,format=gbrpf32le,zscale=p=bt709,tonemap=tonemap=hable:desat=0,\
             zscale=t=bt709:m=bt709:r=tv,setsar=1,format=yuv420p"
        )
    } else {
        format!("{scale},setsar=1,format=yuv420p")
    };
    let sound = source.sound.map(|sound| format!("-map 0:{sound}")).unwrap_or_default();
    let (picture, cores, length) = (source.picture, limits.cores, limits.max_length_seconds + 10);
    // Bit-exact, and without the coder's own remarks and captions inside the picture's data (type 6).
    let words = format!(
        "{} -map 0:{picture} {sound} -map_metadata -1 -map_chapters -1 -dn -sn \
         -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -vf {filter} -fpsmax 30 \
         -c:v libx264 -preset veryfast -profile:v high -crf 25 -maxrate 2500k -bufsize 5000k -threads:v {cores} \
         -a53cc 0 -bsf:v filter_units=remove_types=6 -c:a aac -b:a 96k -ac 2 -ar 48000 \
         -max_muxing_queue_size 1024 -t {length} -movflags +faststart -f mp4 {MADE}",
        input(kind, SOURCE),
    );
    let arguments: Vec<&str> = words.split_whitespace().collect();
    child::run_until(
        "ffmpeg",
        &arguments,
        folder,
        ChildLimits {
            seconds: limits.max_work_seconds,
            cores: limits.cores,
            memory_bytes: limits.child_memory_bytes,
            file_bytes: BYTES_BESIDE + limits.max_length_seconds * BYTES_PER_SECOND,
        },
        stopped,
    )
}

/// ffmpeg's words for reading a file of our own folder and nothing else, by one reader.
fn input(kind: FilmKind, name: &str) -> String {
    let demuxer = kind.demuxer();
    format!("-v error -nostdin -threads 2 -protocol_whitelist file -codec_whitelist {DECODERS} -f {demuxer} -i {name}")
}

/// The first picture that begins at or after a moment, in seconds; `Empty` if none does.
fn make_poster(folder: &Path, moment: f64, limits: &FilmLimits, photo_limits: &Limits) -> Result<Photo, PhotoError> {
    let input = input(FilmKind::Mp4, MADE);
    let words = format!("-y -ss {moment:.3} {input} -map 0:v:0 -frames:v 1 -pix_fmt yuvj420p -q:v 2 -f mjpeg {POSTER}");
    let arguments: Vec<&str> = words.split_whitespace().collect();
    child::run(
        "ffmpeg",
        &arguments,
        folder,
        ChildLimits { seconds: 60, cores: 2, memory_bytes: limits.child_memory_bytes, file_bytes: BYTES_BESIDE },
    )?;
    make_photo(&folder.join(POSTER), photo_limits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn sizes_of_telephones() {
        assert_eq!(target(1920, 1080), (1280, 720));
        assert_eq!(target(2160, 3840), (720, 1280));
        assert_eq!(target(1440, 1080), (960, 720));
        assert_eq!(target(642, 642), (642, 642));
        assert_eq!(target(1000, 1000), (720, 720));
        assert_eq!(target(177, 145), (176, 144));
        assert_eq!(target(1, 1), (2, 2));
    }

    proptest! {
        #[test]
        fn films_are_even_and_within_720p(width in 1_u32..20_000, height in 1_u32..20_000) {
            let (w, h) = target(width, height);
            prop_assert!(w % 2 == 0 && h % 2 == 0 && w.max(h) <= LONG && w.min(h) <= SHORT);
            prop_assert!(w <= width.max(2) && h <= height.max(2));
        }
    }
}
