//! Sky, land, trees and animals.

use super::canvas::{Canvas, WIDTH};
use super::colour::*;

/// The time of year, which decides what is green.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

use Season::{Autumn, Spring, Summer, Winter};

impl Season {
    pub(super) fn grass(self) -> Colour {
        match self {
            Spring => LIME.mix(MEADOW, 0.55),
            Summer => MEADOW,
            Autumn => MEADOW.mix(BARLEY, 0.28),
            Winter => SNOW,
        }
    }
}

impl Canvas {
    /// Sky down to the horizon, with weather that suits the season.
    pub(super) fn sky(&mut self, horizon: f32, season: Season) {
        let mood = self.random.below(4);
        let (top, bottom) = match (season, mood) {
            (Winter, 0 | 1) => (SKY.mix(STONE, 0.35).lighter(0.2), PAPER.mix(ROSE, 0.12)),
            (Winter, _) => (SKY.lighter(0.1), SNOW),
            (Autumn, 0) => (STONE.mix(SKY, 0.6).lighter(0.15), PAPER),
            (_, 0) => (SKY.mix(ROSE, 0.18), PAPER.mix(BARLEY, 0.35)),
            (_, 1) => (SKY.mix(BLUE, 0.18), SKY.lighter(0.65)),
            _ => (SKY, PAPER),
        };
        self.fade((-100.0, -100.0, WIDTH + 200.0, horizon + 130.0), top, bottom);
        if mood != 0 || season == Summer {
            let x = self.random.between(180.0, 1420.0);
            let y = self.random.between(120.0, 260.0);
            self.circle(x, y, 92.0, bottom.mix(BARLEY, 0.22));
            self.circle(x, y, 64.0, BARLEY.lighter(0.35));
        }
        for _ in 0..2 + self.random.below(3) {
            let (x, y) = (self.random.between(-50.0, 1550.0), self.random.between(70.0, horizon * 0.55));
            let size = self.random.between(0.6, 1.35);
            self.cloud(x, y, size, bottom.lighter(0.75));
        }
        if self.random.chance(55) {
            let (x, y) = (self.random.between(250.0, 1250.0), self.random.between(120.0, horizon * 0.5));
            for (dx, dy) in [(0.0, 0.0), (52.0, -20.0), (88.0, 14.0)] {
                let (x, y) = (x + dx, y + dy);
                self.stroke(&format!("M{:.0} {:.0}q9 -11 18 0q9 -11 18 0", x, y), INK.lighter(0.35), 3.5);
            }
        }
    }

    pub(super) fn cloud(&mut self, x: f32, y: f32, size: f32, fill: Colour) {
        self.at(x, y, size, false, 0.0, |c| {
            c.path("M-120 30a34 34 0 0 1 8 -66a62 62 0 0 1 112 -22a48 48 0 0 1 82 30a30 30 0 0 1 18 58z", fill);
        });
    }

    /// Flat land from the horizon down, with fields and a row of trees far away.
    pub(super) fn land(&mut self, horizon: f32, season: Season) {
        let grass = season.grass();
        self.rect(-100.0, horizon, WIDTH + 200.0, 1400.0 - horizon, grass);
        let far = grass.mix(SKY, 0.35);
        self.rect(-100.0, horizon, WIDTH + 200.0, 26.0, far);
        let trees = if season == Winter { SLATE.mix(SNOW, 0.5) } else { DEEP.mix(SKY, 0.45) };
        let mut x = self.random.between(-80.0, 40.0);
        while x < WIDTH + 60.0 {
            let r = self.random.between(12.0, 30.0);
            self.ellipse(x, horizon + 4.0, r * 1.3, r, trees);
            x += r * self.random.between(1.2, 5.0);
        }
        self.rect(-100.0, horizon + 4.0, WIDTH + 200.0, 30.0, far);
        for (part, tint) in [(0.16, 0.10), (0.42, -0.08)] {
            let y = horizon + (1200.0 - horizon) * part;
            let tint = if tint > 0.0 { grass.lighter(tint) } else { grass.darker(-tint) };
            let bend = self.random.between(-40.0, 40.0);
            self.path(&format!("M-100 {y:.0}Q800 {:.0} 1700 {:.0}L1700 1320L-100 1320Z", y + bend, y + 8.0), tint);
        }
    }

    /// Blades, flowers or leaves over the foreground.
    pub(super) fn tufts(&mut self, from: f32, to: f32, count: usize, season: Season) {
        for _ in 0..count {
            let (x, y) = (self.random.between(0.0, WIDTH), self.random.between(from, to));
            match season {
                Winter => self.ellipse(x, y, 18.0, 5.0, WHITE),
                Autumn => {
                    let leaf = *self.random.pick(&[ORANGE, BARLEY, BRICK, EARTH]);
                    let turn = self.random.between(0.0, 180.0);
                    self.at(x, y, 1.0, false, turn, |c| c.path("M-14 0Q0 -11 14 0Q0 11 -14 0Z", leaf));
                }
                Spring if self.random.chance(45) => {
                    let petal = *self.random.pick(&[WHITE, BARLEY, ROSE.lighter(0.3)]);
                    for (dx, dy) in [(-5.0, 0.0), (5.0, 0.0), (0.0, -5.0), (0.0, 5.0)] {
                        self.circle(x + dx, y + dy, 4.5, petal);
                    }
                    self.circle(x, y, 3.5, ORANGE);
                }
                _ => {
                    let blade = season.grass().darker(0.22);
                    self.stroke(
                        &format!("M{x:.0} {y:.0}q-4 -12 -10 -17M{x:.0} {y:.0}q0 -14 1 -22M{x:.0} {y:.0}q4 -11 11 -15"),
                        blade,
                        3.2,
                    );
                }
            }
        }
    }

    /// A round tree, `tall` units high.
    pub(super) fn tree(&mut self, x: f32, y: f32, tall: f32, season: Season) {
        let leaf = match season {
            Spring => LIME.mix(MEADOW, 0.3),
            Summer => DEEP.mix(MEADOW, 0.45),
            Autumn => [ORANGE, BARLEY, BRICK.mix(ORANGE, 0.5)][self.random.below(3)],
            Winter => SNOW,
        };
        self.shadow(x, y, tall * 0.28);
        let mirrored = self.random.chance(50);
        self.at(x, y, tall / 100.0, mirrored, 0.0, |c| {
            c.path("M-4 0L-2.500 -50L2.500 -50L4.500 0Z", BARK);
            if season == Winter {
                c.stroke(
                    "M0 -40L-16 -66M0 -44L14 -72M-8 -53L-22 -60M6 -56L20 -62M0 -48L-3 -84M-9 -58L-12 -76M9 -62L12 -86",
                    BARK,
                    3.0,
                );
                c.stroke("M-16 -67.500L-10 -58M14 -74L8 -60M-3 -86L-2 -74", WHITE, 1.6);
            } else {
                c.circle(-14.0, -56.0, 19.0, leaf.darker(0.13));
                c.circle(15.0, -58.0, 20.0, leaf.darker(0.1));
                c.circle(0.0, -74.0, 25.0, leaf);
                c.circle(-9.0, -80.0, 11.0, leaf.lighter(0.16));
                c.circle(10.0, -66.0, 7.0, leaf.lighter(0.1));
                c.stroke("M0 -30L-9 -46M0 -36L8 -50", BARK, 2.2);
            }
        });
    }

    /// A pollard willow, as along every ditch.
    pub(super) fn willow(&mut self, x: f32, y: f32, tall: f32, season: Season) {
        let twig = if season == Winter { BARK.lighter(0.1) } else { season.grass().darker(0.15) };
        self.at(x, y, tall / 100.0, false, 0.0, |c| {
            c.path("M-9 0Q-5 -22 -9 -44Q-12 -54 0 -54Q12 -54 9 -44Q6 -22 10 0Z", BARK);
            for turn in [-58.0f32, -40.0, -24.0, -8.0, 8.0, 24.0, 40.0, 58.0] {
                let (s, k) = turn.to_radians().sin_cos();
                c.line((s * 6.0, -48.0), (s * 44.0, -48.0 - k * 46.0), twig, if season == Winter { 2.2 } else { 5.5 });
            }
        });
    }

    pub(super) fn bush(&mut self, x: f32, y: f32, size: f32, fill: Colour) {
        self.circle(x - size * 0.6, y - size * 0.3, size * 0.55, fill.darker(0.1));
        self.circle(x + size * 0.6, y - size * 0.3, size * 0.55, fill.darker(0.06));
        self.circle(x, y - size * 0.5, size * 0.7, fill);
    }

    /// Seen from the side, looking left; 60 units tall at `size` 1.
    pub(super) fn sheep(&mut self, x: f32, y: f32, size: f32, lamb: bool) {
        let mirrored = self.random.chance(50);
        self.shadow(x, y, 46.0 * size);
        self.at(x, y, size, mirrored, 0.0, |c| {
            c.stroke("M-18 -20L-18 0M-8 -20L-8 0M14 -20L14 0M24 -20L24 0", INK.lighter(0.1), 6.0);
            let wool = if lamb { WHITE } else { PAPER };
            for (dx, dy, r) in [
                (-22.0, -36.0, 16.0),
                (-8.0, -46.0, 18.0),
                (10.0, -46.0, 18.0),
                (26.0, -38.0, 16.0),
                (0.0, -30.0, 20.0),
                (18.0, -28.0, 17.0),
                (-16.0, -26.0, 15.0),
            ] {
                c.circle(dx, dy, r, wool);
            }
            c.stroke("M-4 -44q6 5 12 0M10 -34q6 5 12 0M-16 -34q6 5 12 0", CREAM, 3.0);
            c.ellipse(-42.0, -46.0, 12.0, 14.0, INK.lighter(0.14));
            c.ellipse(-30.0, -52.0, 9.0, 4.5, INK.lighter(0.22));
            c.circle(-36.0, -60.0, 8.0, wool);
            c.circle(-45.0, -48.0, 2.2, WHITE);
        });
    }

    pub(super) fn hen(&mut self, x: f32, y: f32, size: f32, feathers: Colour) {
        let mirrored = self.random.chance(50);
        self.shadow(x, y, 30.0 * size);
        self.at(x, y, size, mirrored, 0.0, |c| {
            c.stroke("M-4 -16L-5 0L-12 0M8 -16L8 0L1 0", ORANGE, 3.5);
            c.path(
                "M-34 -48Q-22 -58 -16 -44Q-4 -38 16 -44Q30 -62 42 -66Q44 -40 32 -24Q18 -8 -4 -12Q-28 -16 -30 -36Z",
                feathers,
            );
            c.circle(-24.0, -54.0, 13.0, feathers);
            c.path("M-34 -66q-4 -10 3 -10q3 -8 8 -1q8 -4 7 8Z", BRICK);
            c.polygon(&[(-36.0, -56.0), (-48.0, -51.0), (-36.0, -48.0)], BARLEY);
            c.circle(-28.0, -56.0, 2.4, INK);
            c.ellipse(-35.0, -44.0, 3.5, 6.0, BRICK);
            c.path("M0 -34Q16 -40 24 -32Q18 -18 6 -22Z", feathers.darker(0.14));
        });
    }

    pub(super) fn cow(&mut self, x: f32, y: f32, size: f32) {
        let mirrored = self.random.chance(50);
        self.shadow(x, y, 100.0 * size);
        self.at(x, y, size, mirrored, 0.0, |c| {
            c.stroke("M-58 -60L-58 0M-36 -60L-36 0M44 -60L44 0M64 -60L64 0", PAPER.darker(0.08), 15.0);
            c.stroke("M-58 -4L-58 0M-36 -4L-36 0M44 -4L44 0M64 -4L64 0", INK, 15.0);
            c.rounded(-82.0, -126.0, 166.0, 82.0, 34.0, PAPER);
            c.path("M-40 -126Q-10 -130 -4 -108Q-8 -84 -34 -86Q-58 -92 -52 -116Z", INK.lighter(0.08));
            c.path("M34 -126L70 -124Q84 -114 84 -92Q84 -70 66 -62Q44 -74 36 -96Z", INK.lighter(0.08));
            c.ellipse(34.0, -46.0, 20.0, 10.0, ROSE.lighter(0.3));
            c.stroke("M84 -108Q100 -84 92 -52", INK.lighter(0.08), 6.0);
            c.ellipse(-68.0, -144.0, 18.0, 8.0, INK.lighter(0.08));
            c.rounded(-122.0, -158.0, 58.0, 66.0, 24.0, PAPER);
            c.path("M-122 -134Q-122 -158 -100 -158L-100 -120Q-112 -112 -122 -118Z", INK.lighter(0.08));
            c.rounded(-126.0, -118.0, 56.0, 32.0, 16.0, ROSE.lighter(0.35));
            c.circle(-108.0, -104.0, 3.5, BRICK);
            c.circle(-90.0, -104.0, 3.5, BRICK);
            c.circle(-84.0, -132.0, 4.5, INK);
            c.circle(-108.0, -134.0, 4.5, WHITE);
            c.circle(-108.0, -134.0, 3.0, INK);
        });
    }

    /// Still water between two heights.
    pub(super) fn water(&mut self, top: f32, bottom: f32, tint: Colour) {
        self.fade((-100.0, top, WIDTH + 200.0, bottom - top), tint.lighter(0.32), tint);
        for _ in 0..26 {
            let y = self.random.between(top + 14.0, bottom - 8.0);
            let depth = (y - top) / (bottom - top);
            let (x, w) = (self.random.between(-40.0, WIDTH), (20.0 + 70.0 * depth) * self.random.between(0.5, 1.2));
            self.line((x, y), (x + w, y), tint.lighter(0.45), 2.0 + 3.0 * depth);
        }
    }

    pub(super) fn snowfall(&mut self, count: usize) {
        for _ in 0..count {
            let (x, y, r) =
                (self.random.between(0.0, WIDTH), self.random.between(0.0, 1150.0), self.random.between(3.0, 8.5));
            self.circle(x, y, r, WHITE);
        }
    }

    pub(super) fn rainfall(&mut self, count: usize) {
        for _ in 0..count {
            let (x, y) = (self.random.between(0.0, WIDTH), self.random.between(0.0, 1000.0));
            self.line((x, y), (x - 7.0, y + 30.0), SKY.lighter(0.35), 2.6);
        }
    }
}
