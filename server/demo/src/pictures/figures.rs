//! People: a hundred units tall, feet at the origin, seen from the front.

use super::canvas::Canvas;
use super::colour::{BARLEY, BRICK, CLOTHES, Colour, HAIRS, INK, ROSE, SKINS, STONE, TROUSERS, WHITE};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hair {
    Short,
    Bob,
    Long,
    Tail,
    Buns,
    Curls,
    Spikes,
    Scarf,
    Hat,
    Helmet,
    Bald,
}

/// What somebody looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct Look {
    pub(super) skin: Colour,
    pub(super) hair: Hair,
    pub(super) hair_colour: Colour,
    pub(super) top: Colour,
    pub(super) bottom: Colour,
    pub(super) skirt: bool,
    pub(super) glasses: bool,
    pub(super) wheels: bool,
    /// Grown-ups have longer bodies and smaller heads.
    pub(super) grown: bool,
    /// What a hat, helmet or scarf is made of.
    pub(super) cloth: Colour,
    /// Boots instead of shoes.
    pub(super) boots: Option<Colour>,
}

/// Where the limbs are. Hands and feet are relative to the feet of somebody standing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pose {
    hands: [(f32, f32); 2],
    feet: [(f32, f32); 2],
    /// How far the whole body is moved down, for sitting and kneeling.
    down: f32,
    lean: f32,
}

const fn pose(hands: [(f32, f32); 2], feet: [(f32, f32); 2], down: f32, lean: f32) -> Pose {
    Pose { hands, feet, down, lean }
}

impl Pose {
    /// Whether the head is not above the feet.
    pub(super) fn is_leaning(self) -> bool {
        self.lean != 0.0
    }

    /// Whether a hand is stretched out to the right.
    pub(super) fn is_reaching(self) -> bool {
        self.hands[1] == REACH.hands[1]
    }

    /// Whether both feet are off the ground.
    pub(super) fn is_jump(self) -> bool {
        self.feet.iter().all(|foot| foot.1 < -8.0) && self.down == 0.0
    }
}

const STILL: [(f32, f32); 2] = [(-7.0, 0.0), (7.0, 0.0)];

pub(super) const STAND: Pose = pose([(-19.0, -38.0), (19.0, -38.0)], STILL, 0.0, 0.0);
pub(super) const WAVE: Pose = pose([(-19.0, -38.0), (27.0, -88.0)], STILL, 0.0, 0.0);
pub(super) const CHEER: Pose = pose([(-25.0, -95.0), (25.0, -95.0)], [(-10.0, 0.0), (10.0, 0.0)], 0.0, 0.0);
pub(super) const HOLD: Pose = pose([(-10.0, -46.0), (10.0, -46.0)], STILL, 0.0, 0.0);
pub(super) const REACH: Pose = pose([(-19.0, -38.0), (32.0, -56.0)], STILL, 0.0, 3.0);
pub(super) const UP: Pose = pose([(-19.0, -38.0), (20.0, -100.0)], STILL, 0.0, 0.0);
pub(super) const WALK: Pose = pose([(-17.0, -42.0), (19.0, -44.0)], [(-12.0, 0.0), (11.0, -3.0)], 0.0, 2.0);
pub(super) const RUN: Pose = pose([(-24.0, -56.0), (25.0, -60.0)], [(-20.0, -10.0), (16.0, 0.0)], 0.0, 8.0);
pub(super) const JUMP: Pose = pose([(-28.0, -84.0), (28.0, -84.0)], [(-14.0, -12.0), (14.0, -12.0)], 0.0, 0.0);
pub(super) const BALANCE: Pose = pose([(-34.0, -62.0), (34.0, -62.0)], [(-4.0, 0.0), (4.0, 0.0)], 0.0, 0.0);
/// Cross-legged on the floor, a book or a cup in the hands.
pub(super) const SIT: Pose = pose([(-10.0, -21.0), (10.0, -21.0)], STILL, 27.0, 0.0);
pub(super) const KNEEL: Pose = pose([(-12.0, -22.0), (25.0, -32.0)], STILL, 20.0, 4.0);

impl Canvas {
    /// Somebody from the village: every skin and hair, now and then glasses or a headscarf.
    pub(super) fn look(&mut self) -> Look {
        let tone = match self.random.below(12) {
            0..=3 => 0,
            4..=6 => 1,
            7 | 8 => 2,
            9 => 3,
            10 => 4,
            _ => 5,
        };
        let hair_colour = match tone {
            0 => HAIRS[self.random.below(5)],
            1 => HAIRS[1 + self.random.below(4)],
            2 => HAIRS[3 + self.random.below(2)],
            _ => HAIRS[4 + self.random.below(2)],
        };
        let styles: &[Hair] = match tone {
            0 | 1 => &[Hair::Short, Hair::Bob, Hair::Long, Hair::Tail, Hair::Spikes, Hair::Short, Hair::Curls],
            2 | 3 => &[Hair::Short, Hair::Long, Hair::Tail, Hair::Scarf, Hair::Bob, Hair::Short],
            _ => &[Hair::Curls, Hair::Buns, Hair::Short, Hair::Curls, Hair::Tail],
        };
        Look {
            skin: SKINS[tone],
            hair: *self.random.pick(styles),
            hair_colour,
            top: *self.random.pick(&CLOTHES),
            bottom: *self.random.pick(&TROUSERS),
            skirt: self.random.chance(22),
            glasses: self.random.chance(18),
            wheels: false,
            grown: false,
            cloth: *self.random.pick(&CLOTHES),
            boots: None,
        }
    }

    /// The same, dressed for the cold.
    pub(super) fn wintry(&mut self) -> Look {
        let look = self.look();
        Look {
            hair: if look.hair == Hair::Scarf { Hair::Scarf } else { Hair::Hat },
            skirt: false,
            boots: Some(BRICK.darker(0.3)),
            ..look
        }
    }

    /// The same, dressed for rain.
    pub(super) fn rainy(&mut self) -> Look {
        let look = self.look();
        let coat = [BARLEY, BARLEY, BRICK, super::colour::BLUE][self.random.below(4)];
        Look { hair: Hair::Hat, cloth: coat, top: coat, skirt: false, boots: Some(*self.random.pick(&CLOTHES)), ..look }
    }

    /// A grown-up.
    pub(super) fn adult(&mut self) -> Look {
        let look = self.look();
        let hair = if self.random.chance(12) { Hair::Bald } else { look.hair };
        Look { hair, grown: true, ..look }
    }

    /// A child standing at (x, y), `tall` units high.
    pub(super) fn child(&mut self, x: f32, y: f32, tall: f32, pose: Pose) {
        let look = self.look();
        self.person(x, y, tall, look, pose, false);
    }

    pub(super) fn person(&mut self, x: f32, y: f32, tall: f32, look: Look, pose: Pose, mirrored: bool) {
        self.shadow(x, y, tall * 0.24);
        self.at(x, y, tall / 100.0, mirrored, 0.0, |c| c.figure(look, pose));
    }

    /// Somebody without a shadow, at the origin.
    pub(super) fn figure(&mut self, look: Look, pose: Pose) {
        let (down, lean) = (pose.down, pose.lean);
        // A grown-up's body is drawn longer, and the head smaller on top of it.
        let (long, head, top) = if look.grown { (1.16, 0.8, -1.5) } else { (1.0, 1.0, 0.0) };
        let head_at = (lean * 1.3, down * long - 69.0 * (long - head) + top);
        self.raw(format_args!(
            r#"<g transform="translate({:.1} {:.1}) rotate({:.1}) scale({head})">"#,
            head_at.0,
            head_at.1,
            lean * 0.8
        ));
        self.hair_behind(look);
        self.raw(format_args!(r#"</g><g transform="scale(1 {long})">"#));
        self.body(look, pose);
        self.raw(format_args!(
            r#"</g><g transform="translate({:.1} {:.1}) rotate({:.1}) scale({head})">"#,
            head_at.0,
            head_at.1,
            lean * 0.8
        ));
        self.head(look);
        self.raw(format_args!("</g>"));
    }

    fn body(&mut self, look: Look, pose: Pose) {
        let (down, lean) = (pose.down, pose.lean);
        let sleeve = look.top.darker(0.12);
        if look.wheels {
            self.rounded(-17.0, -66.0, 34.0, 40.0, 6.0, INK.lighter(0.15));
        }
        if down == 0.0 {
            self.legs(look, pose);
        }
        // The arm behind.
        self.arm((-12.0 + lean * 0.5, -62.0 + down), pose.hands[0], sleeve, look.skin);
        let hem = -31.0 + down;
        let (top, wide) = (-69.0 + down, if look.skirt { 20.0 } else { 14.5 });
        let long = if look.skirt && down == 0.0 { hem + 7.0 } else { hem };
        self.path(
            &format!(
                "M{:.1} {:.1}Q{:.1} {top:.1} {:.1} {top:.1}L{:.1} {top:.1}Q{:.1} {top:.1} {:.1} {:.1}L{wide:.1} {long:.1}Q0 {:.1} -{wide:.1} {long:.1}Z",
                -14.0 + lean, top + 6.0, -13.5 + lean, -7.0 + lean, 7.0 + lean, 13.5 + lean, 14.0 + lean, top + 6.0, long + 4.0
            ),
            look.top,
        );
        if down > 0.0 {
            self.folded_legs(look, down);
        }
        self.arm((12.0 + lean * 0.5, -62.0 + down), pose.hands[1], sleeve, look.skin);
        if down > 0.0 && lean == 0.0 {
            self.arm((-12.0, -62.0 + down), pose.hands[0], sleeve, look.skin);
        }
        if look.wheels {
            for side in [-1.0f32, 1.0] {
                self.rounded(side * 20.0 - 3.0, -40.0, 6.0, 42.0, 3.0, INK);
                self.rounded(side * 20.0 - 1.0, -36.0, 2.0, 34.0, 1.0, STONE);
            }
        }
    }

    /// Legs of somebody on the floor: crossed, or the knees of somebody kneeling.
    fn folded_legs(&mut self, look: Look, down: f32) {
        let shoe = look.boots.unwrap_or(INK.lighter(0.12));
        if down > 25.0 {
            self.rounded(8.0, -6.0, 13.0, 7.0, 3.5, shoe);
            self.rounded(-21.0, -6.0, 13.0, 7.0, 3.5, shoe);
            self.stroke("M7 -7Q28 -14 22 -4Q12 0 -8 -3", look.bottom, 9.0);
            self.stroke("M-7 -7Q-28 -14 -22 -4Q-12 0 8 -3", look.bottom.lighter(0.07), 9.0);
        } else {
            self.rounded(-19.0, -7.0, 14.0, 7.0, 3.5, shoe);
            self.stroke("M8 -12L11 -4L-2 -3", look.bottom, 11.0);
            self.stroke("M-7 -12L-8 -4L-14 -3", look.bottom.lighter(0.07), 11.0);
        }
    }

    fn legs(&mut self, look: Look, pose: Pose) {
        let down = pose.down;
        for (side, (x, y)) in [-6.0f32, 6.0].into_iter().zip(pose.feet) {
            let (x, y) = if look.wheels { (side * 1.2, -8.0) } else { (x, y) };
            let hip = (side, -33.0 + down);
            let knee = ((side + x) / 2.0 + side * 0.3, (hip.1 + y) / 2.0 - 2.0);
            let shin = if look.skirt { look.skin } else { look.bottom };
            self.stroke(
                &format!("M{:.1} {:.1}Q{:.1} {:.1} {x:.1} {:.1}", hip.0, hip.1, knee.0, knee.1, y - 3.0),
                shin,
                9.5,
            );
            let shoe = look.boots.unwrap_or(INK.lighter(0.12));
            if look.boots.is_some() {
                self.rounded(x - 5.5, y - 14.0, 11.0, 13.0, 3.0, shoe);
            }
            self.rounded(x - 6.5 + side * 0.25, y - 6.0, 13.0, 7.0, 3.5, shoe);
        }
    }

    fn arm(&mut self, shoulder: (f32, f32), hand: (f32, f32), sleeve: Colour, skin: Colour) {
        let outward = if shoulder.0 < 0.0 { -5.0 } else { 5.0 };
        let elbow = ((shoulder.0 + hand.0) / 2.0 + outward, (shoulder.1 + hand.1) / 2.0 + 2.0);
        self.circle(hand.0, hand.1, 4.4, skin);
        self.stroke(
            &format!(
                "M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}",
                shoulder.0,
                shoulder.1,
                elbow.0,
                elbow.1,
                hand.0 - outward * 0.15,
                hand.1
            ),
            sleeve,
            8.0,
        );
        self.circle(hand.0 + outward * 0.1, hand.1, 3.6, skin);
    }

    /// What hangs behind the shoulders, drawn before the body.
    fn hair_behind(&mut self, look: Look) {
        let hair = look.hair_colour;
        match look.hair {
            Hair::Long => self.path("M-17 -84Q-17 -101 0 -101Q17 -101 17 -84L20 -56Q9 -50 0 -50Q-9 -50 -20 -56Z", hair),
            Hair::Bob => self.path("M-17.500 -84Q-17 -101 0 -101Q17 -101 17.500 -84L19 -70Q0 -64 -19 -70Z", hair),
            Hair::Tail => self.path("M9 -96Q27 -99 25 -80Q24 -68 18 -65Q21 -78 13 -86Z", hair),
            Hair::Buns => {
                self.circle(-13.0, -98.0, 7.5, hair);
                self.circle(13.0, -98.0, 7.5, hair);
            }
            Hair::Curls => {
                for (x, y, r) in [
                    (-14.0, -84.0, 7.0),
                    (14.0, -84.0, 7.0),
                    (-13.0, -93.0, 8.0),
                    (13.0, -93.0, 8.0),
                    (-5.0, -99.0, 8.0),
                    (6.0, -99.0, 8.0),
                ] {
                    self.circle(x, y, r, hair);
                }
            }
            _ => {}
        }
    }

    /// The head of somebody standing: centre 83 units above the ground.
    pub(super) fn head(&mut self, look: Look) {
        let (skin, hair) = (look.skin, look.hair_colour);
        if look.hair == Hair::Scarf {
            self.path(
                "M-18 -84Q-17 -103 0 -103Q17 -103 18 -84Q19 -70 15 -63Q0 -55 -15 -63Q-19 -70 -18 -84Z",
                look.cloth,
            );
        }
        self.rect(-4.0, -72.0, 8.0, 6.0, skin.darker(0.08));
        if look.hair != Hair::Scarf {
            self.circle(-15.0, -82.0, 3.0, skin);
            self.circle(15.0, -82.0, 3.0, skin);
        }
        if look.hair == Hair::Scarf {
            self.ellipse(0.0, -82.0, 12.8, 14.0, skin);
            self.path("M-14 -88Q-9 -98 0 -98Q9 -98 14 -88Q7 -94 0 -94Q-7 -94 -14 -88Z", look.cloth.darker(0.1));
        } else {
            self.circle(0.0, -83.0, 15.0, skin);
        }
        match look.hair {
            Hair::Short => self.path("M-15.800 -83Q-18 -100 0 -100.500Q18 -100 15.800 -83Q14 -91 7 -92Q-6 -91 -10 -93Q-14 -91 -15.800 -83Z", hair),
            Hair::Bob | Hair::Long => self.path("M-16 -80Q-18 -100 0 -100.500Q18 -100 16 -80Q14 -89 5 -93Q-3 -90 -11 -90Q-15 -86 -16 -80Z", hair),
            Hair::Tail | Hair::Buns => self.path("M-15.700 -82Q-17 -99.500 0 -100Q17 -99.500 15.700 -82Q12 -92 0 -93Q-12 -92 -15.700 -82Z", hair),
            Hair::Curls => self.path("M-15 -85Q-15 -99 0 -99Q15 -99 15 -85Q11 -91 6 -90Q2 -94 -2 -91Q-7 -93 -10 -89Q-14 -89 -15 -85Z", hair),
            Hair::Spikes => self.path("M-15.800 -83L-18 -94L-12 -95L-11 -103L-4 -99L2 -105L6 -98L13 -101L13 -94L18 -92L15.800 -83Q13 -91 6 -92Q-5 -92 -10 -92Q-14 -90 -15.800 -83Z", hair),
            Hair::Hat => {
                self.path("M-16.500 -87Q-17 -104 0 -104Q17 -104 16.500 -87Z", look.cloth);
                self.rounded(-18.0, -92.0, 36.0, 7.0, 3.5, look.cloth.lighter(0.25));
                self.circle(0.0, -105.0, 4.5, look.cloth.lighter(0.45));
            }
            Hair::Helmet => {
                self.path("M-17 -86Q-18 -104 0 -104Q18 -104 17 -86Z", look.cloth);
                self.stroke("M-7 -102L-8 -88M7 -102L8 -88", look.cloth.darker(0.3), 1.8);
                self.stroke("M-14 -86Q-10 -70 0 -68", INK, 1.4);
            }
            Hair::Bald => self.stroke("M-14 -87Q-15.500 -82 -14.500 -78M14 -87Q15.500 -82 14.500 -78", hair, 3.5),
            Hair::Scarf => {}
        }
        self.circle(-5.3, -81.5, 1.6, INK);
        self.circle(5.3, -81.5, 1.6, INK);
        self.stroke("M-4.500 -76Q0 -72 4.500 -76", skin.mix(BRICK, 0.55).darker(0.25), 1.5);
        self.faint("M-11.500 -77.500a2.600 2 0 1 0 5.200 0a2.600 2 0 1 0 -5.200 0M6.300 -77.500a2.600 2 0 1 0 5.200 0a2.600 2 0 1 0 -5.200 0", ROSE, 0.55);
        if look.glasses {
            self.ring(-5.3, -81.5, 4.2, INK, 1.1);
            self.ring(5.3, -81.5, 4.2, INK, 1.1);
            self.line((-1.2, -82.0), (1.2, -82.0), INK, 1.1);
        }
    }

    /// A paper hat for a birthday, on the head of somebody of this height standing at (x, y).
    pub(super) fn party_hat(&mut self, x: f32, y: f32, tall: f32) {
        self.at(x, y, tall / 100.0, false, 0.0, |c| {
            c.polygon(&[(-13.0, -94.0), (13.0, -94.0), (0.0, -124.0)], BARLEY);
            c.polygon(&[(-9.0, -103.0), (9.0, -103.0), (6.5, -109.0), (-6.5, -109.0)], BRICK);
            c.circle(0.0, -124.0, 4.0, WHITE);
        });
    }
}
