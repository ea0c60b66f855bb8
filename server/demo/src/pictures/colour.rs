//! The palette of the pictures: paper, ink, meadow, barley, sky and brick, and what mixes from them.

use std::fmt;

/// An opaque colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Colour(u32);

impl Colour {
    pub(super) fn mix(self, other: Colour, part: f32) -> Colour {
        let channel = |shift: u32| {
            let (a, b) = ((self.0 >> shift & 255) as f32, (other.0 >> shift & 255) as f32);
            ((a + (b - a) * part).round().clamp(0.0, 255.0) as u32) << shift
        };
        Colour(channel(16) | channel(8) | channel(0))
    }

    pub(super) fn darker(self, part: f32) -> Colour {
        self.mix(INK, part)
    }

    pub(super) fn lighter(self, part: f32) -> Colour {
        self.mix(WHITE, part)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:06x}", self.0)
    }
}

pub(super) const WHITE: Colour = Colour(0xfffdf6);
pub(super) const PAPER: Colour = Colour(0xf7f0e1);
pub(super) const CREAM: Colour = Colour(0xeddfc3);
pub(super) const INK: Colour = Colour(0x22304a);
pub(super) const MEADOW: Colour = Colour(0x6fa765);
pub(super) const DEEP: Colour = Colour(0x2f6b4f);
pub(super) const LIME: Colour = Colour(0xa9c86f);
pub(super) const BARLEY: Colour = Colour(0xedbf58);
pub(super) const ORANGE: Colour = Colour(0xe38b3d);
pub(super) const SKY: Colour = Colour(0x9fd0e8);
pub(super) const BLUE: Colour = Colour(0x3f7fa8);
pub(super) const WATER: Colour = Colour(0x6aaac0);
pub(super) const BRICK: Colour = Colour(0xb8553f);
pub(super) const ROSE: Colour = Colour(0xdd8f83);
pub(super) const PLUM: Colour = Colour(0x7a5676);
pub(super) const WOOD: Colour = Colour(0xb88654);
pub(super) const BARK: Colour = Colour(0x7d5a3f);
pub(super) const EARTH: Colour = Colour(0x8a6648);
pub(super) const SAND: Colour = Colour(0xe2cda0);
pub(super) const STONE: Colour = Colour(0xb9b7ae);
pub(super) const SNOW: Colour = Colour(0xf0f5f6);
pub(super) const SLATE: Colour = Colour(0x5c6c7c);

/// Clothes.
pub(super) const CLOTHES: [Colour; 10] = [BRICK, BARLEY, BLUE, DEEP, ROSE, ORANGE, PLUM, WATER, LIME, SLATE];
/// Skirts and trousers.
pub(super) const TROUSERS: [Colour; 5] = [INK, SLATE, Colour(0x4a5f86), Colour(0x6d5a4c), Colour(0x35564d)];
/// Skin, light to dark, each with hair that may go with it.
pub(super) const SKINS: [Colour; 6] =
    [Colour(0xf6d3b6), Colour(0xefc19c), Colour(0xdda577), Colour(0xc08456), Colour(0x94603c), Colour(0x6c4429)];
pub(super) const HAIRS: [Colour; 6] =
    [Colour(0xe6c478), Colour(0xc9803f), Colour(0x8d5b38), Colour(0x5a3b2a), Colour(0x33262a), Colour(0x1f1c22)];
