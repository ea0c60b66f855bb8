//! Drawn pictures that behave like photos from a telephone.
//!
//! A picture is one of [`scenes::SCENES`] with people, colours, weather and framing of its own,
//! rasterised, turned the way a telephone was held, and given the EXIF data that a real photo
//! would leak: the portal must turn it upright and must not pass the position on.

mod canvas;
mod colour;
mod exif;
mod figures;
mod indoors;
mod outdoors;
mod photo;
mod scenes;
mod village;

use crate::random::Random;
use canvas::{Canvas, HEIGHT, WIDTH};
use scenes::{SCENES, Scene};

/// How often each scene is drawn.
pub(crate) const VARIANTS: usize = 8;

/// Half the width of an upright picture, in units of a scene.
const HALF_UPRIGHT: f32 = 450.0;

/// How large a picture is drawn, before it is turned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PictureSize {
    /// 1600 × 1200 pixels, 1200 × 1600 upright.
    Small,
    /// 4032 × 3024 pixels, 3024 × 4032 upright: what a telephone takes.
    TwelveMegapixels,
}

/// How a viewer has to turn the stored pixels: the EXIF orientation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Orientation {
    /// 1: not at all.
    Upright,
    /// 3: by half a turn.
    Half,
    /// 6: a quarter clockwise.
    Clockwise,
    /// 8: a quarter counterclockwise.
    Counterclockwise,
}

impl Orientation {
    /// The number in the EXIF data.
    pub fn code(self) -> u16 {
        match self {
            Self::Upright => 1,
            Self::Half => 3,
            Self::Clockwise => 6,
            Self::Counterclockwise => 8,
        }
    }
}

/// How many pictures there are: every index below it is a different picture.
pub fn picture_count() -> usize {
    SCENES.len() * VARIANTS
}

/// One Dutch sentence for those who cannot see the picture. An index beyond [`picture_count`]
/// starts again from the first.
pub fn picture_description(index: usize) -> &'static str {
    scene_of(index).description
}

/// The key of the scene: "moestuin", "schaatsen", … Pictures of one scene fit the same texts.
pub fn picture_scene(index: usize) -> &'static str {
    scene_of(index).key
}

/// Whether the picture, once turned, is higher than wide: about one in five.
pub fn picture_is_portrait(index: usize) -> bool {
    // Every scene gets one or two upright ones among its variants.
    let (scene, variant) = (index % SCENES.len(), index / SCENES.len());
    (scene * 2 + variant).is_multiple_of(5)
}

/// The size a loader should ask for: a few are as large as a telephone makes them.
pub fn suggested_size(index: usize) -> PictureSize {
    if index % 61 == 7 { PictureSize::TwelveMegapixels } else { PictureSize::Small }
}

/// How the telephone was held, as the picture's EXIF data says.
pub fn orientation(seed: u64, index: usize) -> Orientation {
    let draw = Random::new(seed ^ index as u64, "orientation").below(10);
    match (picture_is_portrait(index), draw) {
        (true, 0..=5) => Orientation::Clockwise,
        (true, 6 | 7) => Orientation::Counterclockwise,
        (false, 0) => Orientation::Half,
        _ => Orientation::Upright,
    }
}

/// A JPEG photo (quality 88) with camera-like EXIF data, the same for the same arguments.
/// An index beyond [`picture_count`] starts again from the first.
pub fn picture(seed: u64, index: usize, size: PictureSize) -> Vec<u8> {
    let index = index % picture_count();
    let orientation = orientation(seed, index);
    let wide = match size {
        PictureSize::Small => 1600,
        PictureSize::TwelveMegapixels => 4032,
    };
    let tags = exif::tags(&mut Random::new(seed ^ index as u64, "exif"), orientation);
    photo::develop(&scene_svg(seed, index), picture_is_portrait(index), wide, orientation, &tags)
}

/// The picture as drawn, upright: an SVG document without text, filters or references.
pub fn scene_svg(seed: u64, index: usize) -> String {
    let index = index % picture_count();
    let scene = scene_of(index);
    let mut canvas = Canvas::new(Random::new(seed ^ ((index as u64) << 20), scene.key));
    // A telephone is never quite level, and half of the photographers stand on the other side.
    let tilt = canvas.random.between(-1.4, 1.4);
    let zoom = canvas.random.between(1.03, 1.12);
    let (dx, dy) = (canvas.random.between(-14.0, 14.0), canvas.random.between(-12.0, 10.0));
    let mirrored = canvas.random.chance(50);
    let warmth = if canvas.random.chance(60) { colour::BARLEY } else { colour::SKY };
    (scene.draw)(&mut canvas);
    let shapes = canvas.into_shapes();

    let (left, width) = if picture_is_portrait(index) {
        let focus = if mirrored { WIDTH - scene.focus } else { scene.focus };
        (focus - HALF_UPRIGHT, HALF_UPRIGHT * 2.0)
    } else {
        (0.0, WIDTH)
    };
    let across = if mirrored { -zoom } else { zoom };
    let (cx, cy) = (WIDTH / 2.0, HEIGHT / 2.0);
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{HEIGHT}" viewBox="{left} 0 {width} {HEIGHT}">
<defs><radialGradient id="light" cx=".5" cy=".45" r=".8"><stop offset=".55" stop-color="{warmth}" stop-opacity=".05"/><stop offset="1" stop-color="#22304a" stop-opacity=".2"/></radialGradient></defs>
<rect x="{left}" width="{width}" height="{HEIGHT}" fill="{paper}"/>
<g transform="translate({cx} {cy}) rotate({tilt:.2}) scale({across:.3} {zoom:.3}) translate({tx:.1} {ty:.1})">
{shapes}</g>
<rect x="{left}" width="{width}" height="{HEIGHT}" fill="url(#light)"/>
</svg>
"##,
        paper = colour::PAPER,
        tx = dx - cx,
        ty = dy - cy,
    )
}

fn scene_of(index: usize) -> &'static Scene {
    &SCENES[index % SCENES.len()]
}

/// The first picture of a scene; the next ones follow at every [`scene_count`].
pub(crate) fn scene_place(key: &str) -> Option<usize> {
    SCENES.iter().position(|scene| scene.key == key)
}

pub(crate) fn scene_count() -> usize {
    SCENES.len()
}
