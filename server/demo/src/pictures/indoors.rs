//! Rooms and what stands in them.

use super::canvas::{Canvas, WIDTH};
use super::colour::*;

impl Canvas {
    /// Wall and floor, meeting at `y`.
    pub(super) fn room(&mut self, y: f32) -> Colour {
        let wall = *self.random.pick(&[
            PAPER.darker(0.02),
            SKY.lighter(0.55),
            LIME.lighter(0.62),
            BARLEY.lighter(0.66),
            ROSE.lighter(0.66),
        ]);
        self.fade((-100.0, -100.0, WIDTH + 200.0, y + 100.0), wall.lighter(0.2), wall);
        self.floor(y);
        wall
    }

    pub(super) fn floor(&mut self, y: f32) {
        let wood = WOOD.lighter(0.42);
        self.rect(-100.0, y, WIDTH + 200.0, 1400.0 - y, wood);
        let mut row = y + 40.0;
        let mut step = 52.0;
        while row < 1260.0 {
            self.line((-100.0, row), (WIDTH + 100.0, row), wood.darker(0.09), 3.0);
            row += step;
            step *= 1.22;
        }
        self.rect(-100.0, y - 16.0, WIDTH + 200.0, 16.0, WHITE);
        self.rect(-100.0, y, WIDTH + 200.0, 7.0, wood.darker(0.16));
    }

    /// A large window with the village behind it.
    pub(super) fn view(&mut self, x: f32, y: f32, w: f32, h: f32) {
        self.rect(x - 14.0, y - 14.0, w + 28.0, h + 28.0, WHITE);
        self.fade((x, y, w, h), SKY, PAPER);
        let ground = y + h * 0.72;
        self.rect(x, ground, w, h * 0.28, MEADOW.lighter(0.12));
        self.circle(x + w * 0.78, y + h * 0.26, h * 0.1, BARLEY.lighter(0.35));
        self.at(x + w * 0.24, ground + 2.0, h / 640.0, false, 0.0, |c| c.church(0.0, 0.0, 1.0));
        for (dx, size) in [(0.62, 0.22), (0.74, 0.3), (0.9, 0.24)] {
            let r = h * size * 0.5;
            self.circle(x + w * dx, ground - r * 0.6, r, DEEP.mix(MEADOW, 0.5).lighter(0.1));
        }
        self.rect(x + w / 2.0 - 6.0, y, 12.0, h, WHITE);
        self.rect(x, y + h * 0.4, w, 10.0, WHITE);
        self.rect(x - 30.0, y + h + 12.0, w + 60.0, 20.0, WHITE.darker(0.06));
    }

    /// A pot plant on a sill or the floor.
    pub(super) fn plant(&mut self, x: f32, y: f32, size: f32) {
        let pot = *self.random.pick(&[BRICK.lighter(0.15), BLUE.lighter(0.3), PAPER.darker(0.12)]);
        self.at(x, y, size, false, 0.0, |c| {
            for (tip, bend) in [
                ((-46.0, -96.0), (-34.0, -40.0)),
                ((46.0, -100.0), (34.0, -44.0)),
                ((-18.0, -132.0), (-26.0, -70.0)),
                ((20.0, -126.0), (26.0, -70.0)),
                ((0.0, -110.0), (4.0, -70.0)),
            ] {
                c.path(
                    &format!(
                        "M0 -38Q{:.0} {:.0} {:.0} {:.0}Q{:.0} {:.0} 0 -38Z",
                        bend.0,
                        bend.1 - 20.0,
                        tip.0,
                        tip.1,
                        bend.0 * 0.2,
                        bend.1 - 6.0
                    ),
                    DEEP.mix(MEADOW, 0.4),
                );
            }
            c.polygon(&[(-30.0, -44.0), (30.0, -44.0), (22.0, 0.0), (-22.0, 0.0)], pot);
            c.rect(-34.0, -52.0, 68.0, 14.0, pot.darker(0.1));
        });
    }

    /// A low table seen from the front; its top at `y`.
    pub(super) fn table(&mut self, x: f32, y: f32, w: f32, top: Colour) {
        let leg = top.darker(0.3);
        self.rect(x + 30.0, y + 30.0, 24.0, 250.0, leg);
        self.rect(x + w - 54.0, y + 30.0, 24.0, 250.0, leg);
        self.rounded(x, y, w, 42.0, 14.0, top);
        self.rounded(x, y + 28.0, w, 18.0, 9.0, top.darker(0.12));
    }

    /// Shelves full of books.
    pub(super) fn bookcase(&mut self, x: f32, y: f32, w: f32, shelves: usize) {
        let high = 150.0;
        let all = high * shelves as f32 + 20.0;
        self.rounded(x - 18.0, y - all, w + 36.0, all, 8.0, WOOD.darker(0.12));
        for shelf in 0..shelves {
            let bottom = y - 14.0 - high * shelf as f32;
            self.rect(x, bottom - high + 18.0, w, high - 18.0, WOOD.darker(0.36));
            let mut at = x + 6.0;
            while at < x + w - 34.0 {
                if self.random.chance(9) {
                    at += 34.0;
                    continue;
                }
                let (wide, tall) = (self.random.between(16.0, 34.0), self.random.between(82.0, 120.0));
                let cover = self.random.pick(&CLOTHES).mix(PAPER, 0.12);
                let turn = if self.random.chance(10) { -9.0 } else { 0.0 };
                self.at(at, bottom, 1.0, false, turn, |c| {
                    c.rounded(0.0, -tall, wide, tall, 3.0, cover);
                    c.rect(3.0, -tall + 16.0, wide - 6.0, 7.0, cover.lighter(0.5));
                    c.rect(3.0, -26.0, wide - 6.0, 4.0, cover.lighter(0.35));
                });
                at += wide + 2.0;
            }
            self.rect(x, bottom, w, 10.0, WOOD.lighter(0.12));
        }
    }

    /// A framed drawing as children make them.
    pub(super) fn drawing(&mut self, x: f32, y: f32, w: f32, h: f32) {
        let sheet = *self.random.pick(&[WHITE, WHITE, SKY.lighter(0.5), BARLEY.lighter(0.6)]);
        let turn = self.random.between(-3.0, 3.0);
        self.motif = (self.motif + 1 + self.random.below(5)) % 6;
        let motif = self.motif;
        let paint = *self.random.pick(&CLOTHES);
        self.at(x + w / 2.0, y + h / 2.0, 1.0, false, turn, |c| {
            c.raw(format_args!(
                r##"<rect x="{:.1}" y="{:.1}" width="{w:.1}" height="{h:.1}" fill="#22304a" opacity=".12"/>"##,
                -w / 2.0 + 5.0,
                -h / 2.0 + 7.0
            ));
            c.rect(-w / 2.0, -h / 2.0, w, h, sheet);
            let s = w.min(h) / 100.0;
            c.at(0.0, 0.0, s, false, 0.0, |c| match motif {
                0 => {
                    c.circle(0.0, 0.0, 22.0, BARLEY);
                    for ray in 0..8 {
                        let (sin, cos) = (ray as f32 * 0.785).sin_cos();
                        c.line((cos * 28.0, sin * 28.0), (cos * 38.0, sin * 38.0), ORANGE, 5.0);
                    }
                }
                1 => {
                    c.rect(-24.0, -8.0, 48.0, 38.0, paint);
                    c.polygon(&[(-32.0, -8.0), (0.0, -38.0), (32.0, -8.0)], BRICK);
                    c.rect(-7.0, 8.0, 14.0, 22.0, INK);
                    c.line((-40.0, 31.0), (40.0, 31.0), MEADOW, 6.0);
                }
                2 => {
                    c.line((0.0, 36.0), (0.0, 0.0), MEADOW, 6.0);
                    for petal in 0..6 {
                        let (sin, cos) = (petal as f32 * 1.047).sin_cos();
                        c.circle(cos * 17.0, -10.0 + sin * 17.0, 11.0, paint);
                    }
                    c.circle(0.0, -10.0, 10.0, BARLEY);
                }
                3 => {
                    c.ellipse(-4.0, 4.0, 30.0, 17.0, paint);
                    c.polygon(&[(22.0, 4.0), (42.0, -14.0), (42.0, 22.0)], paint);
                    c.circle(-18.0, 0.0, 4.0, INK);
                    c.stroke("M-40 -26q8 -8 16 0t16 0t16 0t16 0", BLUE, 4.0);
                }
                4 => {
                    c.stroke("M-38 22A38 38 0 0 1 38 22", BRICK, 8.0);
                    c.stroke("M-29 22A29 29 0 0 1 29 22", BARLEY, 8.0);
                    c.stroke("M-20 22A20 20 0 0 1 20 22", MEADOW, 8.0);
                    c.stroke("M-11 22A11 11 0 0 1 11 22", BLUE, 8.0);
                }
                _ => {
                    c.polygon(&[(-4.0, 10.0), (-4.0, -36.0), (30.0, 10.0)], paint);
                    c.path("M-36 14L36 14Q26 34 14 34L-18 34Q-30 34 -36 14Z", WOOD);
                    c.stroke("M-42 38q10 -8 20 0t20 0t20 0t20 0", BLUE, 5.0);
                }
            });
            c.circle(0.0, -h / 2.0 + 7.0, 5.0, BRICK);
        });
    }

    /// A lamp hanging from the ceiling down to `y`.
    pub(super) fn lamp(&mut self, x: f32, y: f32, shade: Colour) {
        self.line((x, -60.0), (x, y - 50.0), INK.lighter(0.25), 4.0);
        self.path(
            &format!(
                "M{:.0} {y:.0}Q{:.0} {:.0} {x:.0} {:.0}Q{:.0} {:.0} {:.0} {y:.0}Z",
                x - 80.0,
                x - 70.0,
                y - 62.0,
                y - 66.0,
                x + 70.0,
                y - 62.0,
                x + 80.0
            ),
            shade,
        );
        self.ellipse(x, y, 34.0, 9.0, BARLEY.lighter(0.55));
    }

    /// An open book lying or held, its middle at (x, y).
    pub(super) fn open_book(&mut self, x: f32, y: f32, size: f32, cover: Colour) {
        self.at(x, y, size, false, 0.0, |c| {
            c.path("M0 6L-44 -4L-44 -40L0 -30L44 -40L44 -4Z", cover);
            c.path("M0 0Q-18 -12 -39 -8L-39 -40Q-18 -44 0 -32Q18 -44 39 -40L39 -8Q18 -12 0 0Z", WHITE);
            c.stroke(
                "M0 -30L0 0M-30 -32q12 -3 22 3M-30 -23q12 -3 22 3M30 -32q-12 -3 -22 3M30 -23q-12 -3 -22 3",
                STONE,
                2.0,
            );
        });
    }
}
