//! The year outside: ice, snow, garden, rain, leaves, trees and tulips.

use super::super::canvas::{Canvas, WIDTH};
use super::super::colour::*;
use super::super::figures::{BALANCE, CHEER, HOLD, JUMP, KNEEL, Look, REACH, RUN, STAND, WALK, WAVE};
use super::super::outdoors::Season;

pub(super) fn skating(c: &mut Canvas) {
    let season = Season::Winter;
    c.sky(560.0, season);
    c.land(540.0, season);
    c.row_of_houses(80.0, 520.0, 590.0, 0.62);
    c.church(640.0, 590.0, 0.56);
    c.mill(1240.0, 620.0, 0.5, season.grass().darker(0.1));
    for (x, tall) in [(40.0, 260.0), (960.0, 200.0), (1500.0, 280.0)] {
        c.willow(x, 650.0, tall, season);
    }
    c.path("M-100 650Q700 600 1700 660L1700 1300L-100 1300Z", SKY.lighter(0.5));
    c.path("M-100 640Q700 596 1700 648L1700 690Q700 640 -100 690Z", WHITE);
    for _ in 0..16 {
        let (x, y) = (c.random.between(-50.0, 1500.0), c.random.between(720.0, 1180.0));
        let w = c.random.between(80.0, 280.0);
        c.stroke(&format!("M{x:.0} {y:.0}q{:.0} {:.0} {w:.0} 6", w / 2.0, -w * 0.12), WHITE, 4.0);
    }
    for (x, y, tall, pose) in [
        (380.0, 770.0, 190.0, RUN),
        (640.0, 760.0, 180.0, BALANCE),
        (1130.0, 790.0, 200.0, RUN),
        (880.0, 880.0, 250.0, BALANCE),
        (1380.0, 930.0, 270.0, RUN),
    ] {
        skater(c, x, y, tall, pose);
    }
    // The one who learns, behind a chair.
    c.stroke("M598 1090L598 900M700 1090L700 990L598 990M598 910L612 910M598 940L598 940", WOOD.darker(0.1), 15.0);
    c.rounded(590.0, 905.0, 22.0, 70.0, 8.0, WOOD);
    skater(c, 500.0, 1090.0, 310.0, REACH);
    skater(c, 1060.0, 1110.0, 320.0, CHEER);
    skater(c, 230.0, 1060.0, 300.0, RUN);
    if c.random.chance(50) {
        c.snowfall(70);
    }
}

fn skater(c: &mut Canvas, x: f32, y: f32, tall: f32, pose: super::super::figures::Pose) {
    let look = c.wintry();
    let s = tall / 100.0;
    c.line((x - 15.0 * s, y + 1.5 * s), (x + 1.0 * s, y + 1.5 * s), SLATE, 2.2 * s);
    c.line((x + 2.0 * s, y + 1.5 * s), (x + 19.0 * s, y + 1.5 * s), SLATE, 2.2 * s);
    // Whoever leans on the chair faces it.
    let mirrored = !pose.is_reaching() && c.random.chance(40);
    c.person(x, y, tall, Look { boots: None, ..look }, pose, mirrored);
    // A shawl in the wind.
    let down = if mirrored { 1.0 } else { -1.0 };
    c.at(x, y, s, false, 0.0, |c| {
        c.stroke("M-10 -67Q0 -62 10 -67", look.cloth, 6.5);
        c.stroke(
            &format!("M{:.0} -66q{:.0} 2 {:.0} 10", 9.0 * down, 8.0 * down, 16.0 * down),
            look.cloth.darker(0.12),
            6.0,
        );
    });
}

pub(super) fn snowman(c: &mut Canvas) {
    let season = Season::Winter;
    c.sky(560.0, season);
    c.land(560.0, season);
    c.school(1120.0, 680.0, 0.9);
    c.path(
        "M742 408Q880 396 1012 408L1016 428Q880 440 722 430ZM1228 408Q1360 396 1498 408L1518 430Q1360 440 1224 428Z",
        WHITE,
    );
    c.tree(160.0, 720.0, 400.0, season);
    c.tree(430.0, 690.0, 280.0, season);
    c.path("M-100 690Q600 640 1700 700L1700 1300L-100 1300Z", SNOW);
    c.path("M-100 930Q700 860 1700 960L1700 1300L-100 1300Z", WHITE);
    c.shadow(800.0, 1040.0, 190.0);
    let shade = SNOW.mix(SKY, 0.25);
    for (y, r) in [(920.0, 140.0), (730.0, 105.0), (575.0, 74.0)] {
        c.circle(800.0, y, r, shade);
        c.circle(790.0, y - 8.0, r - 9.0, WHITE);
    }
    for y in [690.0, 740.0, 880.0] {
        c.circle(800.0, y, 9.0, INK);
    }
    c.stroke("M705 730L590 640M620 664L596 676M895 730L1010 650M980 670L1004 688", BARK, 11.0);
    c.polygon(&[(800.0, 572.0), (800.0, 592.0), (878.0, 590.0)], ORANGE);
    c.circle(772.0, 556.0, 7.5, INK);
    c.circle(826.0, 556.0, 7.5, INK);
    c.stroke("M770 606Q800 632 836 604", INK, 6.0);
    let cloth = *c.random.pick(&CLOTHES);
    c.stroke("M738 640Q800 672 864 640", cloth, 28.0);
    c.stroke("M850 648L880 740", cloth.darker(0.12), 26.0);
    c.path("M732 524Q730 470 800 470Q870 470 868 524Z", cloth);
    c.rounded(722.0, 510.0, 156.0, 28.0, 14.0, cloth.lighter(0.25));
    c.circle(800.0, 464.0, 20.0, cloth.lighter(0.45));
    for (x, y, tall, pose, mirrored) in [
        (560.0, 1030.0, 310.0, REACH, false),
        (1060.0, 1040.0, 310.0, REACH, true),
        (300.0, 1090.0, 300.0, KNEEL, false),
        (1300.0, 1100.0, 320.0, WAVE, false),
    ] {
        let look = c.wintry();
        c.person(x, y, tall, look, pose, mirrored);
    }
    c.circle(410.0, 1060.0, 44.0, WHITE);
    c.ring(410.0, 1060.0, 44.0, shade, 5.0);
    for (x, y, tall) in [(1290.0, 800.0, 190.0), (1420.0, 830.0, 200.0), (560.0, 790.0, 180.0)] {
        let look = c.wintry();
        c.person(x, y, tall, look, CHEER, false);
    }
    let flakes = 40 + c.random.below(70);
    c.snowfall(flakes);
}

pub(super) fn garden(c: &mut Canvas) {
    let season = Season::Autumn;
    c.sky(520.0, season);
    c.land(500.0, season);
    c.school(1160.0, 590.0, 0.7);
    c.tree(150.0, 640.0, 400.0, season);
    c.fence(280.0, 1660.0, 640.0, 84.0, WOOD.lighter(0.15));
    for (row, y) in [680.0, 800.0, 960.0, 1150.0].into_iter().enumerate() {
        let high = 46.0 + 22.0 * row as f32;
        c.rounded(-80.0, y, WIDTH + 160.0, high, high / 2.0, EARTH.darker(0.06 * (row % 2) as f32));
    }
    for place in 0..13 {
        let x = 60.0 + 125.0 * place as f32;
        c.bush(x, 700.0, 34.0, LIME.mix(DEEP, 0.35));
    }
    for place in 0..6 {
        let x = 900.0 + 130.0 * place as f32;
        c.stroke(
            &format!("M{x:.0} 830q-18 -40 -30 -62M{x:.0} 830q0 -50 2 -80M{x:.0} 830q18 -40 32 -60"),
            MEADOW.darker(0.1),
            11.0,
        );
        c.circle(x, 836.0, 17.0, ORANGE);
    }
    for (x, y, size) in [
        (150.0, 850.0, 0.9),
        (330.0, 880.0, 1.2),
        (700.0, 1010.0, 1.5),
        (1130.0, 1040.0, 1.9),
        (210.0, 1120.0, 1.7),
        (1480.0, 1150.0, 1.5),
    ] {
        pumpkin(c, x, y, size);
    }
    // A wheelbarrow, loaded.
    c.stroke("M480 850L570 930L740 900", WOOD.darker(0.2), 13.0);
    pumpkin(c, 640.0, 880.0, 0.9);
    c.polygon(&[(540.0, 850.0), (770.0, 850.0), (720.0, 930.0), (590.0, 930.0)], DEEP);
    c.ring(738.0, 948.0, 32.0, INK, 10.0);
    c.child(450.0, 970.0, 280.0, HOLD);
    c.child(930.0, 1060.0, 300.0, REACH);
    c.child(1330.0, 1090.0, 310.0, KNEEL);
    c.child(420.0, 1150.0, 290.0, KNEEL);
    let teacher = c.adult();
    c.person(1240.0, 860.0, 320.0, Look { bottom: DEEP, ..teacher }, WAVE, true);
}

fn pumpkin(c: &mut Canvas, x: f32, y: f32, size: f32) {
    let skin = ORANGE.mix(BARLEY, c.random.between(0.0, 0.35));
    c.shadow(x, y, 70.0 * size);
    c.at(x, y, size, false, 0.0, |c| {
        c.ellipse(-30.0, -42.0, 34.0, 42.0, skin.darker(0.14));
        c.ellipse(30.0, -42.0, 34.0, 42.0, skin.darker(0.14));
        c.ellipse(-14.0, -43.0, 30.0, 45.0, skin.darker(0.05));
        c.ellipse(14.0, -43.0, 30.0, 45.0, skin.darker(0.05));
        c.ellipse(0.0, -44.0, 22.0, 46.0, skin.lighter(0.08));
        c.stroke("M0 -86q-2 -16 12 -22", DEEP, 10.0);
        c.path("M6 -92Q30 -116 52 -98Q40 -80 6 -92Z", MEADOW);
    });
}

pub(super) fn leaves(c: &mut Canvas) {
    let season = Season::Autumn;
    c.sky(600.0, season);
    c.land(600.0, season);
    for (x, y, tall) in [
        (80.0, 760.0, 620.0),
        (420.0, 700.0, 420.0),
        (1200.0, 720.0, 480.0),
        (1520.0, 780.0, 660.0),
        (760.0, 680.0, 360.0),
    ] {
        c.tree(x, y, tall, season);
    }
    c.tufts(720.0, 1190.0, 130, season);
    c.path("M380 1060Q520 860 800 850Q1090 860 1230 1060Q800 1130 380 1060Z", ORANGE.mix(EARTH, 0.35));
    c.child(640.0, 1000.0, 290.0, CHEER);
    c.child(960.0, 1000.0, 280.0, JUMP);
    for _ in 0..240 {
        let t = c.random.between(-1.0, 1.0);
        let (x, y) = (800.0 + 430.0 * t, 1075.0 - c.random.between(0.0, 180.0) * (1.0 - t * t));
        let leaf = *c.random.pick(&[ORANGE, BARLEY, BRICK, BARLEY.mix(LIME, 0.5), ORANGE.lighter(0.2)]);
        let turn = c.random.between(0.0, 180.0);
        c.at(x, y, 1.6, false, turn, |c| c.path("M-14 0Q0 -11 14 0Q0 11 -14 0Z", leaf));
    }
    c.child(280.0, 1090.0, 300.0, REACH);
    c.child(1350.0, 1100.0, 300.0, RUN);
    let teacher = c.adult();
    c.person(1140.0, 930.0, 350.0, teacher, WAVE, true);
    for _ in 0..46 {
        let (x, y) = (c.random.between(0.0, WIDTH), c.random.between(260.0, 1000.0));
        let leaf = *c.random.pick(&[ORANGE, BARLEY, BRICK]);
        let turn = c.random.between(0.0, 180.0);
        c.at(x, y, 1.3, false, turn, |c| c.path("M-14 0Q0 -11 14 0Q0 11 -14 0Z", leaf));
    }
}

pub(super) fn rain(c: &mut Canvas) {
    let season = Season::Autumn;
    c.fade((-100.0, -100.0, WIDTH + 200.0, 760.0), SLATE.lighter(0.28), STONE.lighter(0.35));
    for (x, y, size) in [(260.0, 130.0, 1.7), (860.0, 90.0, 2.0), (1400.0, 170.0, 1.6)] {
        c.cloud(x, y, size, STONE.mix(SLATE, 0.25).lighter(0.25));
    }
    c.land(600.0, season);
    c.school(420.0, 690.0, 0.72);
    c.tree(1180.0, 720.0, 420.0, season);
    c.tree(1500.0, 740.0, 480.0, season);
    c.paving(720.0, STONE.mix(SLATE, 0.3));
    for (x, y, rx) in [(420.0, 1010.0, 190.0), (860.0, 1080.0, 250.0), (1310.0, 990.0, 180.0), (700.0, 830.0, 120.0)] {
        c.ellipse(x, y, rx, rx * 0.24, SKY.mix(SLATE, 0.25));
        c.ellipse(x - rx * 0.2, y - rx * 0.05, rx * 0.5, rx * 0.09, SKY.lighter(0.35));
    }
    for (x, y, tall, pose) in [
        (420.0, 1010.0, 310.0, JUMP),
        (860.0, 1060.0, 340.0, JUMP),
        (1310.0, 1000.0, 310.0, WALK),
        (660.0, 850.0, 240.0, WAVE),
        (1090.0, 860.0, 250.0, STAND),
    ] {
        let look = c.rainy();
        if pose.is_jump() {
            for side in [-1.0f32, 1.0] {
                for (dx, dy) in [(70.0, -20.0), (100.0, -55.0), (60.0, -70.0)] {
                    c.circle(x + side * dx, y + dy, 8.0, SKY.lighter(0.3));
                }
            }
        }
        c.person(x, y, tall, look, pose, false);
    }
    let shade = *c.random.pick(&[BRICK, BLUE, ORANGE]);
    c.line((1150.0, 760.0), (1150.0, 560.0), INK, 7.0);
    c.path(
        "M1020 600Q1030 490 1150 484Q1270 490 1280 600Q1236 570 1194 598Q1150 566 1108 598Q1066 570 1020 600Z",
        shade,
    );
    c.faint("M1108 598Q1110 520 1150 484Q1192 520 1194 598Q1150 566 1108 598Z", WHITE, 0.25);
    c.rainfall(130);
}

pub(super) fn planting(c: &mut Canvas) {
    let season = Season::Spring;
    c.sky(560.0, season);
    c.land(550.0, season);
    c.row_of_houses(1080.0, 1500.0, 590.0, 0.5);
    c.church(960.0, 590.0, 0.48);
    c.path("M-100 720Q700 660 1700 740L1700 1300L-100 1300Z", season.grass());
    for (x, y, tall) in [(130.0, 770.0, 230.0), (330.0, 750.0, 210.0), (1350.0, 800.0, 240.0), (1530.0, 830.0, 250.0)] {
        sapling(c, x, y, tall);
    }
    for (x, y, tall) in [(540.0, 980.0, 400.0), (1080.0, 1020.0, 420.0)] {
        c.ellipse(x, y + 4.0, 120.0, 30.0, EARTH.darker(0.12));
        c.ellipse(x, y - 4.0, 70.0, 16.0, EARTH.lighter(0.08));
        sapling(c, x, y, tall);
    }
    for (x, y, tall, pose, mirrored) in [
        (400.0, 1010.0, 300.0, REACH, false),
        (700.0, 1020.0, 290.0, REACH, true),
        (950.0, 1060.0, 300.0, REACH, false),
        (1240.0, 1070.0, 310.0, KNEEL, true),
    ] {
        let look = c.look();
        c.person(x, y, tall, Look { boots: Some(DEEP), ..look }, pose, mirrored);
    }
    c.line((850.0, 760.0), (830.0, 1040.0), WOOD, 13.0);
    c.path("M800 1020l60 5l-8 70q-28 20 -46 -6Z", SLATE);
    let ranger = c.adult();
    c.person(800.0, 880.0, 360.0, Look { top: DEEP, bottom: EARTH.darker(0.3), ..ranger }, WAVE, false);
    c.path("M170 1090l110 0l-14 80l-82 0Z", STONE.mix(BLUE, 0.3));
    c.stroke("M176 1092q50 -90 98 0M278 1110l56 -44", STONE.darker(0.2), 8.0);
    c.tufts(1080.0, 1190.0, 24, season);
}

fn sapling(c: &mut Canvas, x: f32, y: f32, tall: f32) {
    c.line((x + tall * 0.1, y), (x + tall * 0.1, y - tall * 0.62), WOOD, tall * 0.025);
    c.stroke(
        &format!("M{x:.0} {y:.0}Q{:.0} {:.0} {x:.0} {:.0}", x + 4.0, y - tall * 0.5, y - tall),
        BARK,
        tall * 0.028,
    );
    c.line((x, y - tall * 0.5), (x + tall * 0.1, y - tall * 0.5), BRICK, tall * 0.02);
    for (place, side) in [(0.45, -1.0f32), (0.55, 1.0), (0.66, -1.0), (0.76, 1.0), (0.86, -1.0), (0.95, 1.0)] {
        let (ly, reach) = (y - tall * place, tall * 0.19 * side * (1.3 - place));
        c.stroke(&format!("M{x:.0} {ly:.0}l{reach:.0} {:.0}", -tall * 0.06), BARK, tall * 0.014);
        c.circle(x + reach, ly - tall * 0.07, tall * 0.055, LIME.mix(MEADOW, 0.35));
        c.circle(x + reach * 0.5, ly - tall * 0.06, tall * 0.045, LIME);
    }
}

pub(super) fn tulips(c: &mut Canvas) {
    let season = Season::Spring;
    c.sky(520.0, season);
    c.land(510.0, season);
    c.mill(1270.0, 570.0, 0.52, season.grass().darker(0.1));
    c.row_of_houses(120.0, 500.0, 548.0, 0.4);
    let mut shades = [BRICK, BARLEY, ROSE, PLUM, WHITE, ORANGE];
    c.random.shuffle(&mut shades);
    for (row, bed) in shades.into_iter().enumerate() {
        let (far, far_next) = (row as f32 * 266.0, (row + 1) as f32 * 266.0 - 30.0);
        let (near, near_next) = (-1500.0 + row as f32 * 770.0, -1500.0 + (row + 1) as f32 * 770.0 - 130.0);
        c.polygon(&[(far, 575.0), (far_next, 575.0), (near_next, 1300.0), (near, 1300.0)], bed.darker(0.1));
        for line in 0..11 {
            let t = (line as f32 / 10.0).powf(1.7);
            let y = 590.0 + 640.0 * t;
            let s = 0.3 + 1.6 * t;
            let (left, right) =
                (far + (near - far) * (y - 575.0) / 725.0, far_next + (near_next - far_next) * (y - 575.0) / 725.0);
            let count = (((right - left) / (46.0 * s)) as usize).clamp(3, 12);
            for flower in 0..=count {
                let x = left + (right - left) * flower as f32 / count as f32 + c.random.between(-8.0, 8.0) * s;
                if !(-60.0..WIDTH + 60.0).contains(&x) {
                    continue;
                }
                let (shade, y) = (bed.lighter(c.random.between(0.0, 0.2)), y + c.random.between(-10.0, 10.0) * s);
                c.at(x, y, s, false, 0.0, |c| {
                    c.stroke("M0 6L0 40M0 40Q-14 22 -16 4M0 40Q14 24 16 8", MEADOW.darker(0.12), 5.0);
                    c.path("M-14 -16L-7 -8L0 -18L7 -8L14 -16Q17 12 0 14Q-17 12 -14 -16Z", shade);
                });
            }
        }
    }
    for (x, y, tall, pose) in [(560.0, 960.0, 280.0, KNEEL), (960.0, 1010.0, 310.0, HOLD), (1230.0, 900.0, 250.0, WAVE)]
    {
        c.child(x, y, tall, pose);
    }
    c.at(960.0, 866.0, 1.3, false, 0.0, |c| {
        for (dx, dy, shade) in [
            (-18.0, -26.0, BRICK),
            (0.0, -38.0, BARLEY),
            (18.0, -26.0, ROSE),
            (-8.0, -16.0, ORANGE),
            (9.0, -14.0, WHITE),
        ] {
            c.line((0.0, 22.0), (dx, dy), MEADOW.darker(0.15), 4.0);
            c.at(dx, dy, 0.9, false, 0.0, |c| {
                c.path("M-14 -16L-7 -8L0 -18L7 -8L14 -16Q17 12 0 14Q-17 12 -14 -16Z", shade)
            });
        }
    });
}
