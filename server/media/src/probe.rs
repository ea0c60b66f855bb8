//! What `ffprobe` says of a film, and whether we take it.

use crate::child::{self, ChildLimits, TOLD};
use crate::film::FilmKind;
use crate::{FilmLimits, PhotoError, Stripped};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::Path;

/// Enough for the largest index of a long film.
const SECONDS: u64 = 30;
/// Address space for reading the index; no picture is kept.
const MEMORY: u64 = 1024 * 1024 * 1024;
/// What it says, in bytes.
const WORDS_MAX: u64 = 4 * 1024 * 1024;

/// Codings of pictures, by ffmpeg's names, that are taken.
const PICTURES: [&str; 7] = ["h264", "hevc", "vp9", "vp8", "av1", "h263", "mpeg4"];
/// Codings of sound that are taken. A film with one that ffmpeg does not know becomes silent.
const SOUNDS: [&str; 17] = [
    "aac",
    "mp3",
    "opus",
    "vorbis",
    "amr_nb",
    "amr_wb",
    "alac",
    "ac3",
    "eac3",
    "flac",
    "pcm_s16le",
    "pcm_s16be",
    "pcm_s24le",
    "pcm_s24be",
    "pcm_u8",
    "pcm_alaw",
    "pcm_mulaw",
];
/// The decoders of all of these; no other is let near the picture and the sound.
pub(crate) const DECODERS: &str = "h264,hevc,vp9,vp8,libdav1d,av1,h263,mpeg4,\
    aac,mp3float,mp3,opus,vorbis,amrnb,amrwb,alac,ac3,eac3,flac,pcm_s16le,pcm_s16be,\
    pcm_s24le,pcm_s24be,pcm_u8,pcm_alaw,pcm_mulaw";
/// Those of the covers that programs put into films: ffprobe opens every stream, to say what it is.
const OF_COVERS: &str = "mjpeg,png,bmp";

/// A film's plan: which of its streams are used, and how its picture stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Probe {
    /// Number of the picture's stream.
    pub picture: usize,
    pub sound: Option<usize>,
    /// Pixels as shown: upright, and square.
    pub width: u32,
    pub height: u32,
    /// As the file claims; browsers that record don't say.
    pub seconds: Option<f64>,
    /// More than a screen's usual range of brightness.
    pub is_hdr: bool,
    pub hidden: Vec<Stripped>,
}

#[derive(Debug, Deserialize)]
struct Told {
    #[serde(default)]
    streams: Vec<Stream>,
    #[serde(default)]
    chapters: Vec<serde_json::Value>,
    #[serde(default)]
    format: Format,
}

#[derive(Debug, Default, Deserialize)]
struct Format {
    duration: Option<String>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
struct Stream {
    index: usize,
    #[serde(default)]
    codec_type: String,
    #[serde(default)]
    codec_name: String,
    #[serde(default)]
    width: u32,
    #[serde(default)]
    height: u32,
    sample_aspect_ratio: Option<String>,
    color_transfer: Option<String>,
    #[serde(default)]
    disposition: BTreeMap<String, i64>,
    #[serde(default)]
    tags: BTreeMap<String, String>,
    #[serde(default)]
    side_data_list: Vec<SideData>,
}

#[derive(Debug, Deserialize)]
struct SideData {
    rotation: Option<f64>,
}

/// Asks about the file `name` in `folder`.
pub(crate) fn probe(kind: FilmKind, folder: &Path, name: &str, limits: &FilmLimits) -> Result<Probe, PhotoError> {
    let words = format!(
        "-v error -protocol_whitelist file -codec_whitelist {DECODERS},{OF_COVERS} -f {} -print_format json \
         -show_format -show_streams -show_chapters -i {name}",
        kind.demuxer(),
    );
    let arguments: Vec<&str> = words.split_whitespace().collect();
    let limit = ChildLimits { seconds: SECONDS, cores: 1, memory_bytes: MEMORY, file_bytes: WORDS_MAX };
    match child::run("ffprobe", &arguments, folder, limit) {
        Err(PhotoError::Broken(why)) if why.contains("not on whitelist") => {
            return Err(PhotoError::Unsupported("this coding of a film"));
        }
        done => done?,
    }
    let told = std::fs::read(folder.join(TOLD))?;
    judge(&serde_json::from_slice(&told).map_err(PhotoError::broken)?, limits)
}

fn judge(told: &Told, limits: &FilmLimits) -> Result<Probe, PhotoError> {
    let is_still = |stream: &Stream| stream.disposition.get("attached_pic") == Some(&1);
    let mut pictures = told.streams.iter().filter(|stream| stream.codec_type == "video" && !is_still(stream));
    let picture = pictures.next().ok_or(PhotoError::Unsupported("a film without a picture"))?;
    if !PICTURES.contains(&picture.codec_name.as_str()) {
        return Err(PhotoError::Unsupported("this coding of a film"));
    }
    let (width, height) = (picture.width, picture.height);
    if width == 0 || height == 0 {
        return Err(PhotoError::broken("it has no pixels"));
    }
    if u64::from(width) * u64::from(height) > limits.max_pixels {
        return Err(PhotoError::TooManyPixels { width, height, limit: limits.max_pixels });
    }
    let seconds = told.format.duration.as_deref().and_then(|text| text.parse::<f64>().ok()).filter(|s| s.is_finite());
    if let Some(seconds) = seconds {
        limits.check_seconds(seconds)?;
    }
    let sound = told
        .streams
        .iter()
        .find(|stream| stream.codec_type == "audio" && SOUNDS.contains(&stream.codec_name.as_str()))
        .map(|stream| stream.index);
    let (width, height) = shown(picture);
    Ok(Probe {
        picture: picture.index,
        sound,
        width,
        height,
        seconds,
        is_hdr: matches!(picture.color_transfer.as_deref(), Some("arib-std-b67" | "smpte2084")),
        hidden: hidden(told, picture.index, sound),
    })
}

/// The size on a screen: pixels made square, and turned as the file says.
fn shown(picture: &Stream) -> (u32, u32) {
    let ratio = picture.sample_aspect_ratio.as_deref().and_then(|text| {
        let (x, y) = text.split_once(':')?;
        let ratio = x.parse::<f64>().ok()? / y.parse::<f64>().ok()?;
        (0.2..=5.0).contains(&ratio).then_some(ratio)
    });
    let width = (f64::from(picture.width) * ratio.unwrap_or(1.0)).round().max(1.0) as u32;
    let rotation = picture.side_data_list.iter().find_map(|data| data.rotation).unwrap_or(0.0);
    let is_turned = (rotation.abs() % 180.0 - 90.0).abs() < 45.0;
    if is_turned { (picture.height, width) } else { (width, picture.height) }
}

/// What the file holds besides picture and sound.
fn hidden(told: &Told, picture: usize, sound: Option<usize>) -> Vec<Stripped> {
    let mut hidden = Vec::new();
    let tags = told.streams.iter().map(|stream| &stream.tags).chain([&told.format.tags]).flat_map(BTreeMap::keys);
    for tag in tags {
        let tag = tag.to_ascii_lowercase();
        if tag.contains("location") || tag.contains("gps") {
            hidden.push(Stripped::Gps);
        } else if ["make", "model", "software", "creation", "manufacturer", "android"].iter().any(|w| tag.contains(w)) {
            hidden.push(Stripped::Exif);
        } else if ["title", "artist", "comment", "description", "copyright"].iter().any(|word| tag.contains(word)) {
            hidden.push(Stripped::Comment);
        }
    }
    for stream in &told.streams {
        if stream.disposition.get("attached_pic") == Some(&1) {
            hidden.push(Stripped::Thumbnail);
        } else if stream.index != picture && Some(stream.index) != sound {
            hidden.push(if stream.codec_type == "video" { Stripped::Film } else { Stripped::Other });
        }
    }
    if !told.chapters.is_empty() {
        hidden.push(Stripped::Comment);
    }
    hidden.sort_unstable();
    hidden.dedup();
    hidden
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(told: &str) -> Result<Probe, &'static str> {
        judge(&serde_json::from_str(told).unwrap(), &FilmLimits::default()).map_err(|error| error.code())
    }

    #[test]
    fn streams_are_chosen_and_the_rest_is_named() {
        let probe = judged(
            r#"{"streams":[
                {"index":0,"codec_type":"audio","codec_name":"aac"},
                {"index":1,"codec_type":"video","codec_name":"mjpeg","width":9,"height":9,"disposition":{"attached_pic":1}},
                {"index":2,"codec_type":"video","codec_name":"h264","width":720,"height":576,"sample_aspect_ratio":"16:11",
                 "side_data_list":[{"side_data_type":"Display Matrix","rotation":-90}]},
                {"index":3,"codec_type":"data"}],
                "chapters":[{}],
                "format":{"duration":"3.5","tags":{"com.apple.quicktime.location.ISO6709":"+52","creation_time":"x"}}}"#,
        )
        .unwrap();
        assert_eq!((probe.picture, probe.sound, probe.width, probe.height), (2, Some(0), 576, 1047));
        assert_eq!(probe.seconds, Some(3.5));
        use Stripped::*;
        assert_eq!(probe.hidden, [Exif, Gps, Thumbnail, Comment, Other]);
    }

    #[test]
    fn what_is_no_film_for_us() {
        assert_eq!(judged("{}"), Err("unsupported"));
        assert_eq!(judged(r#"{"streams":[{"index":0,"codec_type":"audio","codec_name":"aac"}]}"#), Err("unsupported"));
        let film = |codec: &str, side: u32, seconds: &str| {
            judged(&format!(
                r#"{{"streams":[{{"index":0,"codec_type":"video","codec_name":"{codec}","width":{side},"height":{side}}}],
                    "format":{{"duration":"{seconds}"}}}}"#
            ))
            .map(|_| ())
        };
        assert_eq!(film("h264", 700, "600.5"), Ok(()));
        assert_eq!(film("h264", 700, "N/A"), Ok(()));
        assert_eq!(film("prores", 700, "1"), Err("unsupported"));
        assert_eq!(film("h264", 0, "1"), Err("broken"));
        assert_eq!(film("h264", 9000, "1"), Err("too-many-pixels"));
        assert_eq!(film("h264", 700, "611"), Err("film-too-long"));
    }
}
