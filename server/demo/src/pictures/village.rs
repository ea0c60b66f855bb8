//! What people built: houses, the school, the church, the mill, boats and fences.

use super::canvas::{Canvas, WIDTH};
use super::colour::*;

impl Canvas {
    /// A gabled house on the ground at (x, y), seen from the front.
    pub(super) fn house(&mut self, x: f32, y: f32, size: f32) {
        let wall = *self.random.pick(&[BRICK, BRICK.lighter(0.18), PAPER.darker(0.04), BRICK.mix(EARTH, 0.5)]);
        let roof = *self.random.pick(&[BRICK.darker(0.35), SLATE, ORANGE.mix(BRICK, 0.55)]);
        let door = *self.random.pick(&[DEEP, BLUE, INK]);
        self.at(x, y, size, false, 0.0, |c| {
            c.rect(-70.0, -100.0, 140.0, 100.0, wall);
            c.polygon(&[(-84.0, -96.0), (0.0, -186.0), (84.0, -96.0)], roof);
            c.polygon(&[(-58.0, -98.0), (0.0, -160.0), (58.0, -98.0)], wall.lighter(0.1));
            c.rect(34.0, -186.0, 18.0, 46.0, wall.darker(0.2));
            c.window(-52.0, -80.0, 40.0, 46.0);
            c.window(-16.0, -134.0, 32.0, 30.0);
            c.rounded(14.0, -72.0, 38.0, 72.0, 4.0, door);
            c.circle(45.0, -36.0, 3.0, BARLEY);
            c.rect(-70.0, -6.0, 140.0, 6.0, wall.darker(0.25));
        });
    }

    pub(super) fn window(&mut self, x: f32, y: f32, w: f32, h: f32) {
        let frame = (w * 0.07).max(3.0);
        self.rect(x, y, w, h, WHITE);
        self.rect(x + frame, y + frame, w - 2.0 * frame, h - 2.0 * frame, SKY.mix(SLATE, 0.28));
        self.faint(
            &format!(
                "M{:.1} {:.1}l{:.1} {:.1}l{:.1} 0L{:.1} {:.1}Z",
                x + frame,
                y + h * 0.6,
                w * 0.45,
                -h * 0.6 + frame,
                w * 0.2,
                x + frame,
                y + h * 0.85
            ),
            WHITE,
            0.4,
        );
        self.rect(x + w / 2.0 - frame / 2.0, y, frame, h, WHITE);
        self.rect(x, y + h * 0.36, w, frame, WHITE);
    }

    /// A row of houses along the horizon.
    pub(super) fn row_of_houses(&mut self, from: f32, to: f32, y: f32, size: f32) {
        let mut x = from;
        while x < to {
            let scale = size * self.random.between(0.85, 1.15);
            self.house(x, y, scale);
            x += 168.0 * scale + self.random.between(6.0, 60.0) * size;
        }
    }

    /// A Frisian church: a saddleback tower with a low nave.
    pub(super) fn church(&mut self, x: f32, y: f32, size: f32) {
        self.at(x, y, size, false, 0.0, |c| {
            let wall = BRICK.mix(EARTH, 0.35).lighter(0.12);
            c.rect(50.0, -150.0, 250.0, 150.0, wall.lighter(0.08));
            c.polygon(&[(40.0, -146.0), (66.0, -236.0), (290.0, -236.0), (318.0, -146.0)], SLATE);
            for place in 0..4 {
                let x = 82.0 + 56.0 * place as f32;
                c.path(&format!("M{x:.0} -30l0 -60q13 -30 26 0l0 60Z"), SKY.mix(SLATE, 0.5));
            }
            c.rect(-60.0, -360.0, 120.0, 360.0, wall);
            c.rect(-60.0, -360.0, 26.0, 360.0, wall.darker(0.12));
            c.polygon(&[(-72.0, -354.0), (0.0, -470.0), (72.0, -354.0)], SLATE.darker(0.2));
            c.path("M-30 -290l0 -36q11 -22 22 0l0 36ZM8 -290l0 -36q11 -22 22 0l0 36Z", INK.lighter(0.1));
            c.circle(0.0, -240.0, 26.0, PAPER);
            c.line((0.0, -240.0), (0.0, -258.0), INK, 4.0);
            c.line((0.0, -240.0), (13.0, -234.0), INK, 4.0);
            c.path("M-22 0l0 -58q22 -36 44 0l0 58Z", DEEP.darker(0.2));
            c.stroke("M0 -470L0 -512", INK, 4.0);
            c.path("M-4 -512q-14 -16 4 -20q4 -10 14 -2q18 -2 12 10q-6 12 -30 12Z", BARLEY);
        });
    }

    /// The school, 900 units wide at `size` 1, from its middle.
    pub(super) fn school(&mut self, x: f32, y: f32, size: f32) {
        let flag = *self.random.pick(&[BLUE, BRICK, BARLEY]);
        self.at(x, y, size, false, 0.0, |c| {
            let wall = BRICK.lighter(0.1);
            c.rect(-450.0, -190.0, 900.0, 190.0, wall);
            c.polygon(&[(-478.0, -186.0), (-420.0, -300.0), (420.0, -300.0), (478.0, -186.0)], BRICK.darker(0.42));
            for place in 0..5 {
                c.rounded(-372.0 + 172.0 * place as f32, -262.0, 54.0, 40.0, 4.0, SKY.mix(SLATE, 0.25));
            }
            c.rect(-450.0, -190.0, 900.0, 10.0, PAPER);
            for side in [-410.0, -268.0, 152.0, 294.0] {
                c.window(side, -150.0, 116.0, 96.0);
                c.rect(side - 6.0, -54.0, 128.0, 9.0, PAPER.darker(0.08));
            }
            c.rect(-450.0, -22.0, 900.0, 22.0, BRICK.darker(0.3));
            // The entrance with its gable and bell.
            c.rect(-104.0, -250.0, 208.0, 250.0, BRICK.lighter(0.22));
            c.polygon(&[(-124.0, -244.0), (0.0, -352.0), (124.0, -244.0)], BRICK.darker(0.42));
            c.polygon(&[(-92.0, -246.0), (0.0, -326.0), (92.0, -246.0)], PAPER);
            c.circle(0.0, -276.0, 26.0, WHITE);
            c.ring(0.0, -276.0, 26.0, INK, 5.0);
            c.stroke("M0 -276L0 -292M0 -276L12 -270", INK, 4.0);
            c.rounded(-64.0, -158.0, 128.0, 158.0, 8.0, DEEP);
            c.rect(-54.0, -146.0, 50.0, 84.0, SKY.lighter(0.3));
            c.rect(4.0, -146.0, 50.0, 84.0, SKY.lighter(0.3));
            c.circle(-10.0, -48.0, 5.0, BARLEY);
            c.circle(10.0, -48.0, 5.0, BARLEY);
            c.rect(-84.0, -10.0, 168.0, 10.0, STONE);
            // Two slanted fields: the mark over the door.
            c.at(0.0, -204.0, 1.0, false, 0.0, |c| {
                c.path("M-30 16L-18 -16Q-16 -20 -12 -20L-2 -20L-14 16Q-16 20 -20 20L-28 20Z", MEADOW);
                c.path("M4 16L16 -16Q18 -20 22 -20L32 -20L20 16Q18 20 14 20L6 20Z", BARLEY);
            });
            c.line((200.0, -300.0), (200.0, -410.0), STONE, 6.0);
            c.path("M200 -408q28 -10 50 2t48 0l0 44q-26 10 -48 0t-50 2Z", flag);
            c.path("M200 -393q28 -10 50 2t48 0l0 14q-26 10 -48 0t-50 2Z", WHITE);
        });
    }

    /// A smock mill, on its mound at (x, y).
    pub(super) fn mill(&mut self, x: f32, y: f32, size: f32, mound: Colour) {
        let turn = self.random.between(10.0, 80.0);
        self.at(x, y, size, false, 0.0, |c| {
            c.path("M-260 10Q-120 -60 0 -60Q120 -60 260 10Z", mound);
            c.polygon(&[(-92.0, -50.0), (-84.0, -150.0), (84.0, -150.0), (92.0, -50.0)], BRICK.darker(0.1));
            c.rounded(-26.0, -130.0, 52.0, 84.0, 20.0, DEEP);
            c.polygon(&[(-80.0, -170.0), (-48.0, -390.0), (48.0, -390.0), (80.0, -170.0)], WOOD.mix(SLATE, 0.35));
            c.polygon(&[(-80.0, -170.0), (-48.0, -390.0), (-14.0, -390.0), (-24.0, -170.0)], WOOD.mix(SLATE, 0.55));
            c.rect(-138.0, -172.0, 276.0, 16.0, WOOD);
            for step in 0..9 {
                let x = -132.0 + 33.0 * step as f32;
                c.line((x, -172.0), (x, -206.0), WOOD.lighter(0.2), 5.0);
            }
            c.line((-138.0, -206.0), (138.0, -206.0), WHITE, 6.0);
            c.path("M-60 -386Q-46 -452 0 -456Q46 -452 60 -386Z", BARK);
            c.window(-18.0, -300.0, 36.0, 44.0);
            c.at(0.0, -408.0, 1.0, false, turn, |c| {
                for quarter in 0..4 {
                    c.at(0.0, 0.0, 1.0, false, 90.0 * quarter as f32, |c| {
                        c.line((0.0, 0.0), (0.0, -290.0), BARK.darker(0.2), 11.0);
                        c.rect(6.0, -284.0, 50.0, 224.0, PAPER.mix(WOOD, 0.12));
                        for bar in 0..6 {
                            let y = -284.0 + 44.8 * bar as f32;
                            c.line((6.0, y), (56.0, y), WOOD, 4.0);
                        }
                        c.line((56.0, -284.0), (56.0, -60.0), WOOD, 4.0);
                    });
                }
                c.circle(0.0, 0.0, 19.0, BRICK);
                c.circle(0.0, 0.0, 8.0, BARLEY);
            });
        });
    }

    /// A skûtsje under sail, its waterline at (x, y).
    pub(super) fn skutsje(&mut self, x: f32, y: f32, size: f32) {
        let sail = *self.random.pick(&[BRICK.lighter(0.08), PAPER.darker(0.03), ORANGE.mix(BRICK, 0.5)]);
        let mirrored = self.random.chance(50);
        self.at(x, y, size, mirrored, -2.0, |c| {
            c.line((-30.0, -40.0), (-30.0, -470.0), BARK, 12.0);
            c.path("M-18 -66Q60 -54 212 -76Q150 -240 58 -424Q20 -440 -18 -404Z", sail);
            c.stroke("M-18 -180Q60 -170 166 -188M-18 -294Q50 -286 112 -306", sail.darker(0.14), 4.0);
            c.line((-30.0, -66.0), (222.0, -78.0), WOOD, 9.0);
            c.line((-24.0, -392.0), (66.0, -434.0), WOOD, 8.0);
            c.path("M-42 -392L-42 -78Q-120 -66 -196 -62Q-120 -220 -42 -392Z", sail.lighter(0.12));
            c.path("M-30 -472q40 -10 60 4q-26 10 -60 8Z", BLUE);
            c.path("M-236 -52Q-240 -62 -226 -60Q0 -36 230 -64Q262 -66 254 -46L226 4Q0 18 -196 4Z", INK.lighter(0.06));
            c.path("M-232 -52Q0 -28 250 -54L246 -40Q0 -16 -226 -38Z", DEEP.lighter(0.06));
            c.stroke("M-232 -54Q0 -30 252 -56", BARLEY, 5.0);
            c.path("M-30 -34Q-70 10 -46 34Q-14 26 -8 -32Z", WOOD.darker(0.1));
            c.rounded(120.0, -78.0, 72.0, 30.0, 8.0, WOOD);
            c.line((246.0, -50.0), (284.0, 6.0), WOOD, 10.0);
        });
    }

    /// A wooden fence along the ground.
    pub(super) fn fence(&mut self, from: f32, to: f32, y: f32, high: f32, paint: Colour) {
        let mut x = from;
        while x <= to {
            self.rounded(x - 6.0, y - high, 12.0, high, 4.0, paint);
            x += 74.0;
        }
        for part in [0.78, 0.4] {
            self.rounded(from - 10.0, y - high * part, to - from + 20.0, 10.0, 5.0, paint.lighter(0.1));
        }
    }

    /// Flags on a line between two points.
    pub(super) fn bunting(&mut self, from: (f32, f32), to: (f32, f32), sag: f32) {
        let (mx, my) = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0 + sag * 2.0);
        self.stroke(
            &format!("M{:.0} {:.0}Q{mx:.0} {my:.0} {:.0} {:.0}", from.0, from.1, to.0, to.1),
            INK.lighter(0.3),
            3.0,
        );
        let count = ((to.0 - from.0).abs() / 62.0) as usize;
        let colours = [BRICK, BARLEY, BLUE, MEADOW, ROSE];
        let first = self.random.below(5);
        for place in 0..count {
            let t = (place as f32 + 0.5) / count as f32;
            let x = (1.0 - t) * (1.0 - t) * from.0 + 2.0 * t * (1.0 - t) * mx + t * t * to.0;
            let y = (1.0 - t) * (1.0 - t) * from.1 + 2.0 * t * (1.0 - t) * my + t * t * to.1;
            self.polygon(&[(x - 20.0, y), (x + 20.0, y), (x, y + 42.0)], colours[(first + place) % 5]);
        }
    }

    pub(super) fn bicycle(&mut self, x: f32, y: f32, size: f32, paint: Colour) {
        self.shadow(x, y, 70.0 * size);
        self.at(x, y, size, false, 0.0, |c| {
            for wheel in [-46.0, 46.0] {
                c.ring(wheel, -32.0, 30.0, INK, 5.0);
                c.stroke(
                    &format!("M{0:.0} -62L{0:.0} -2M{1:.0} -32L{2:.0} -32", wheel, wheel - 30.0, wheel + 30.0),
                    STONE,
                    1.6,
                );
            }
            c.stroke("M-46 -32L-16 -78L34 -78L2 -32L-46 -32M2 -32L-20 -86M46 -32L30 -92", paint, 6.5);
            c.rounded(-36.0, -92.0, 32.0, 8.0, 4.0, INK);
            c.stroke("M30 -92L42 -98L50 -92", INK, 6.0);
            c.circle(2.0, -32.0, 7.0, STONE);
            c.circle(52.0, -76.0, 6.0, BARLEY);
        });
    }

    /// Paving from `y` down, with joints towards the viewer.
    pub(super) fn paving(&mut self, y: f32, stone: Colour) {
        self.rect(-100.0, y, WIDTH + 200.0, 1400.0 - y, stone);
        let mut row = y + 26.0;
        let mut step = 34.0;
        while row < 1260.0 {
            self.line((-100.0, row), (WIDTH + 100.0, row), stone.darker(0.07), 3.0);
            row += step;
            step *= 1.28;
        }
        for place in -6..=6 {
            let place = place as f32;
            self.line((800.0 + place * 130.0, y), (800.0 + place * 330.0, 1300.0), stone.darker(0.06), 3.0);
        }
    }
}
