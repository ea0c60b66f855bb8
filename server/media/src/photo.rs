//! One photo, from file to derivatives.

use crate::colour::to_srgb;
use crate::decode::decode;
use crate::edit::{self, Edit};
use crate::encode::encode;
use crate::orient::{turn_upright, upright_size};
use crate::placeholder::placeholder;
use crate::resize::Bitmap;
use crate::sniff::sniff;
use crate::{Kind, Limits, PhotoError, Stripped, hidden_data};
use std::fs::File;
use std::io::Read;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::str::FromStr;

/// The derivatives of a photo, smallest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Size {
    /// For grids: half the width of a 360-pixel phone at its two to three device pixels.
    Small,
    /// For the feed of a phone.
    Medium,
    /// For the whole screen.
    Large,
}

impl Size {
    pub const ALL: [Self; 3] = [Self::Small, Self::Medium, Self::Large];

    /// The longest side in pixels.
    pub fn side(self) -> u32 {
        match self {
            Self::Small => 480,
            Self::Medium => 960,
            Self::Large => 1920,
        }
    }

    /// The stable name, for addresses and object names.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Medium => "medium",
            Self::Large => "large",
        }
    }
}

/// The name of no [`Size`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no such photo size")]
pub struct UnknownSize;

impl FromStr for Size {
    type Err = UnknownSize;

    fn from_str(name: &str) -> Result<Self, UnknownSize> {
        Self::ALL.into_iter().find(|size| size.as_str() == name).ok_or(UnknownSize)
    }
}

/// One derivative: a lossy WebP file, upright, sRGB, opaque, without any metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    pub size: Size,
    pub width: u32,
    pub height: u32,
    pub bytes: Vec<u8>,
}

/// A photo that is safe to publish, and what was learnt about its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// What the source was.
    pub kind: Kind,
    /// Size of the source in pixels, upright.
    pub width: u32,
    pub height: u32,
    /// A [ThumbHash](https://evanw.github.io/thumbhash/).
    pub placeholder: Vec<u8>,
    /// One for each of [`Size::ALL`], in that order. None is larger than the source.
    pub variants: Vec<Variant>,
    /// What the source held besides the picture, sorted. None of it is in the variants.
    pub stripped: Vec<Stripped>,
}

/// Reads the picture at `path` and makes its derivatives. Of animations the first frame counts.
///
/// Blocks for a tenth of a second to a few seconds. Nothing outside the temporary folder is written.
///
/// # Errors
/// See [`PhotoError`]; limits are judged before anything is decoded.
pub fn make_photo(path: &Path, limits: &Limits) -> Result<Photo, PhotoError> {
    let bytes = read_file(path, limits)?;
    unharmed(|| make(bytes, limits))
}

/// Makes the derivatives of a photo anew, turned or cropped. `bytes`: its [`Size::Large`] variant, since nothing larger is
/// kept.
///
/// Blocks for a tenth of a second to a second.
///
/// # Errors
/// `TooSmall` for a crop that leaves less than a picture; `Broken` if it is no such variant.
pub fn edit_photo(bytes: Vec<u8>, edit: Edit, limits: &Limits) -> Result<Photo, PhotoError> {
    unharmed(|| {
        let (kind, stripped) = (sniff(&bytes)?, hidden_data(&bytes));
        let decoded = decode(kind, &bytes, limits)?;
        drop(bytes);
        let bitmap = edit::apply(to_srgb(decoded.bitmap, decoded.profile.as_ref()), edit)?;
        let (width, height) = (bitmap.width, bitmap.height);
        derive(bitmap, Photo { kind, width, height, placeholder: Vec::new(), variants: Vec::new(), stripped })
    })
}

/// A decoder that gives up on hostile bytes by panicking must not take its worker along. Nothing is shared with it.
fn unharmed(work: impl FnOnce() -> Result<Photo, PhotoError>) -> Result<Photo, PhotoError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(PhotoError::broken("the decoder gave up")))
}

fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, PhotoError> {
    let file = File::open(path)?;
    let length = file.metadata()?.len();
    limits.check_bytes(length)?;
    let mut bytes = Vec::with_capacity(usize::try_from(length).unwrap_or_default());
    // The file may have grown since.
    file.take(limits.max_bytes.saturating_add(1)).read_to_end(&mut bytes)?;
    limits.check_bytes(bytes.len() as u64)?;
    Ok(bytes)
}

fn make(bytes: Vec<u8>, limits: &Limits) -> Result<Photo, PhotoError> {
    let kind = sniff(&bytes)?;
    let decoded = decode(kind, &bytes, limits)?;
    let stripped = hidden_data(&bytes);
    drop(bytes);
    let bitmap = decoded.bitmap;
    let (width, height) = upright_size(bitmap.width, bitmap.height, decoded.orientation);
    // First fewer pixels, then the work on each of them.
    let bitmap = bitmap.shrink(Size::Large.side())?;
    let bitmap = to_srgb(bitmap, decoded.profile.as_ref());
    let bitmap = turn_upright(bitmap, decoded.orientation)?;
    derive(bitmap, Photo { kind, width, height, placeholder: Vec::new(), variants: Vec::new(), stripped })
}

/// Adds to what is known of a photo what is made of its pixels, which are RGB.
fn derive(mut bitmap: Bitmap, photo: Photo) -> Result<Photo, PhotoError> {
    let mut variants: Vec<Variant> = Vec::with_capacity(Size::ALL.len());
    for size in Size::ALL.into_iter().rev() {
        bitmap = bitmap.shrink(size.side())?;
        let same = variants.last().filter(|larger| (larger.width, larger.height) == (bitmap.width, bitmap.height));
        let bytes = match same {
            Some(larger) => larger.bytes.clone(),
            None => encode(&bitmap)?,
        };
        variants.push(Variant { size, width: bitmap.width, height: bitmap.height, bytes });
    }
    variants.reverse();
    Ok(Photo { placeholder: placeholder(bitmap)?, variants, ..photo })
}
