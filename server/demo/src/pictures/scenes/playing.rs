//! Moving: the playground, gym, pool, bicycles, kites and the sports day.

use super::super::canvas::{Canvas, HEIGHT, WIDTH};
use super::super::colour::*;
use super::super::figures::{BALANCE, CHEER, HOLD, Hair, JUMP, Look, REACH, RUN, STAND, UP, WALK, WAVE};
use super::super::outdoors::Season;

pub(super) fn playground(c: &mut Canvas) {
    let season = [Season::Spring, Season::Summer, Season::Autumn][c.random.below(3)];
    c.sky(560.0, season);
    c.land(540.0, season);
    c.school(1180.0, 620.0, 0.82);
    c.paving(620.0, STONE.mix(SAND, 0.6).lighter(0.15));
    c.tree(170.0, 700.0, 430.0, season);
    c.fence(300.0, 720.0, 640.0, 70.0, MEADOW.darker(0.2));
    // A climbing frame.
    c.stroke(
        "M230 860L330 640L520 640L620 860M330 640L330 860M520 640L520 860M330 720L520 720M330 790L520 790",
        BRICK,
        14.0,
    );
    c.child(425.0, 790.0, 190.0, CHEER);
    let chalk = [WHITE, BARLEY.lighter(0.3), ROSE.lighter(0.3), SKY];
    for (place, (x, y)) in
        [(1130.0, 800.0), (1130.0, 870.0), (1060.0, 950.0), (1200.0, 950.0), (1130.0, 1040.0)].into_iter().enumerate()
    {
        c.at(x, y, 1.0, false, 0.0, |c| c.stroke("M-60 -30L60 -30L66 34L-66 34Z", chalk[place % 4], 7.0));
    }
    c.child(1130.0, 950.0, 236.0, JUMP);
    c.stroke("M600 960Q740 640 880 960", BLUE, 6.0);
    c.child(590.0, 1040.0, 250.0, HOLD);
    c.child(742.0, 985.0, 244.0, JUMP);
    c.child(890.0, 1040.0, 250.0, HOLD);
    let look = c.look();
    c.person(1400.0, 1000.0, 262.0, Look { wheels: true, skirt: false, ..look }, UP, true);
    c.circle(1330.0, 690.0, 30.0, ORANGE);
    c.stroke("M1300 690Q1330 676 1360 690M1330 660Q1322 690 1330 720", WHITE, 4.0);
    c.child(250.0, 1070.0, 262.0, RUN);
}

pub(super) fn gym(c: &mut Canvas) {
    let wall = c.room(720.0);
    c.rect(-100.0, 720.0, WIDTH + 200.0, 600.0, ORANGE.mix(SAND, 0.6));
    for (d, line) in
        [("M-100 900L1700 820", BLUE), ("M300 1300Q700 760 1300 1300", WHITE), ("M-100 1120L1700 1180", BRICK)]
    {
        c.stroke(d, line, 10.0);
    }
    // Wall bars.
    for x in [80.0, 330.0] {
        c.rect(x, 220.0, 16.0, 500.0, WOOD);
        c.rect(x + 214.0, 220.0, 16.0, 500.0, WOOD);
        for bar in 0..10 {
            c.rounded(x, 240.0 + 46.0 * bar as f32, 230.0, 13.0, 6.0, WOOD.lighter(0.22));
        }
    }
    c.view(1120.0, 130.0, 380.0, 230.0);
    for x in [690.0, 830.0, 970.0] {
        c.line((x, -60.0), (x, 640.0), WOOD.lighter(0.3), 11.0);
        c.circle(x, 650.0, 14.0, WOOD);
    }
    c.child(215.0, 600.0, 236.0, UP);
    let climber = c.look();
    c.person(832.0, 560.0, 230.0, Look { skirt: false, ..climber }, CHEER, false);
    c.rounded(470.0, 900.0, 560.0, 26.0, 10.0, WOOD);
    c.rect(520.0, 926.0, 24.0, 66.0, WOOD.darker(0.2));
    c.rect(950.0, 926.0, 24.0, 66.0, WOOD.darker(0.2));
    c.child(720.0, 902.0, 270.0, BALANCE);
    c.rounded(1120.0, 930.0, 420.0, 60.0, 14.0, BLUE);
    c.rounded(1120.0, 930.0, 420.0, 20.0, 10.0, BLUE.lighter(0.3));
    c.child(1320.0, 900.0, 256.0, JUMP);
    let teacher = c.adult();
    c.person(1060.0, 1090.0, 380.0, Look { top: wall.mix(DEEP, 0.75), ..teacher }, REACH, true);
    c.child(330.0, 1080.0, 280.0, WAVE);
    c.child(470.0, 1120.0, 276.0, STAND);
    for (x, y, tint) in [(170.0, 1090.0, BRICK), (640.0, 1120.0, BARLEY), (1450.0, 1110.0, MEADOW)] {
        c.shadow(x, y, 34.0);
        c.circle(x, y - 32.0, 34.0, tint);
        c.ellipse(x - 10.0, y - 44.0, 9.0, 7.0, tint.lighter(0.5));
    }
}

pub(super) fn swimming(c: &mut Canvas) {
    let tile = SKY.lighter(0.6);
    c.rect(-100.0, -100.0, WIDTH + 200.0, 800.0, tile);
    for row in 0..7 {
        c.line((-100.0, row as f32 * 66.0), (WIDTH + 100.0, row as f32 * 66.0), WHITE, 4.0);
    }
    for column in 0..25 {
        c.line((column as f32 * 66.0, -100.0), (column as f32 * 66.0, 420.0), WHITE, 4.0);
    }
    c.rect(-100.0, 230.0, WIDTH + 200.0, 30.0, BLUE.lighter(0.25));
    c.view(560.0, 20.0, 560.0, 170.0);
    c.rect(-100.0, 396.0, WIDTH + 200.0, 60.0, SAND.lighter(0.3));
    let coach = c.adult();
    c.person(1330.0, 440.0, 300.0, Look { top: BRICK, ..coach }, REACH, true);
    c.child(250.0, 446.0, 220.0, JUMP);
    c.child(420.0, 446.0, 214.0, HOLD);
    c.water(456.0, 1320.0, WATER.mix(SKY, 0.35));
    for lane in 0..3 {
        let y = 590.0 + 190.0 * lane as f32 + 20.0 * (lane * lane) as f32;
        let size = 9.0 + 4.0 * lane as f32;
        let mut x = -40.0;
        while x < WIDTH + 60.0 {
            let tint = if ((x / (size * 3.4)) as i32) % 2 == 0 { BRICK } else { WHITE };
            c.circle(x, y, size, tint);
            x += size * 3.4;
        }
    }
    let spots = [
        (330.0, 560.0, 1.5),
        (760.0, 540.0, 1.45),
        (1180.0, 560.0, 1.5),
        (210.0, 745.0, 1.9),
        (640.0, 760.0, 1.95),
        (1080.0, 735.0, 1.9),
        (1430.0, 770.0, 1.9),
        (420.0, 1010.0, 2.5),
        (930.0, 1030.0, 2.5),
        (1330.0, 1010.0, 2.4),
    ];
    for (x, y, size) in spots {
        let look = c.look();
        let cap = *c.random.pick(&[BRICK, BARLEY, BLUE, WHITE, MEADOW]);
        let board = *c.random.pick(&[ORANGE, LIME, ROSE]);
        c.at(x, y, size, false, 0.0, |c| {
            c.faint("M-44 4Q0 -10 44 4Q30 16 0 16Q-30 16 -44 4Z", WHITE, 0.55);
            c.stroke("M-12 -2L-30 2M12 -2L30 2", look.skin, 8.0);
            c.rounded(-40.0, 0.0, 80.0, 13.0, 6.0, board);
            c.at(0.0, 72.0, 1.0, false, 0.0, |c| {
                c.head(Look { hair: Hair::Bald, glasses: false, ..look });
                c.path("M-16 -86Q-17 -101 0 -101Q17 -101 16 -86Q0 -92 -16 -86Z", cap);
                c.stroke(
                    "M-9 -82a4.500 4 0 1 0 8 0a4.500 4 0 1 0 -8 0M1 -82a4.500 4 0 1 0 8 0a4.500 4 0 1 0 -8 0",
                    BLUE,
                    2.0,
                );
            });
            c.rounded(-40.0, 3.0, 80.0, 10.0, 5.0, board.lighter(0.15));
        });
    }
}

pub(super) fn bicycles(c: &mut Canvas) {
    let season = if c.random.chance(50) { Season::Spring } else { Season::Summer };
    c.sky(580.0, season);
    c.land(560.0, season);
    c.row_of_houses(60.0, 800.0, 640.0, 0.9);
    c.tree(1000.0, 660.0, 320.0, season);
    c.tree(1480.0, 670.0, 380.0, season);
    c.path("M-100 690L1700 650L1700 1300L-100 1300Z", SLATE.lighter(0.42));
    c.path("M-100 690L1700 650L1700 672L-100 718Z", PAPER.darker(0.08));
    for dash in 0..8 {
        let x = -60.0 + 240.0 * dash as f32;
        c.polygon(&[(x, 905.0), (x + 120.0, 898.0), (x + 126.0, 916.0), (x, 924.0)], WHITE);
    }
    c.line((1330.0, 560.0), (1330.0, 800.0), SLATE, 12.0);
    c.circle(1330.0, 540.0, 62.0, BLUE);
    c.ring(1330.0, 540.0, 58.0, WHITE, 6.0);
    c.at(1330.0, 562.0, 0.62, false, 0.0, |c| {
        c.ring(-34.0, 0.0, 22.0, WHITE, 5.0);
        c.ring(34.0, 0.0, 22.0, WHITE, 5.0);
        c.stroke("M-34 0L-12 -34L24 -34L2 0L-34 0M34 0L22 -44L32 -46", WHITE, 5.0);
    });
    for (x, y, size) in [(330.0, 850.0, 1.75), (760.0, 990.0, 2.15), (1200.0, 870.0, 1.8)] {
        let paint = *c.random.pick(&CLOTHES);
        let look = c.look();
        let rider =
            Look { hair: if look.hair == Hair::Scarf { Hair::Scarf } else { Hair::Helmet }, skirt: false, ..look };
        c.bicycle(x, y, size, paint);
        let (rx, ry, tall) = (x - 8.0 * size, y - 12.0 * size, 128.0 * size);
        c.person(rx, ry, tall, rider, HOLD, false);
        c.at(x, y, size, false, 0.0, |c| {
            c.stroke("M-46 -32L-16 -78L34 -78L2 -32L-46 -32M46 -32L30 -92", paint, 6.5);
            c.stroke("M14 -96L44 -100L50 -92", INK, 6.0);
        });
    }
    for x in [160.0, 520.0, 1010.0, 1480.0] {
        let y = 1110.0 + c.random.between(-20.0, 20.0);
        c.shadow(x, y, 46.0);
        c.polygon(&[(x - 14.0, y - 96.0), (x + 14.0, y - 96.0), (x + 34.0, y - 8.0), (x - 34.0, y - 8.0)], ORANGE);
        c.polygon(&[(x - 20.0, y - 68.0), (x + 20.0, y - 68.0), (x + 25.0, y - 44.0), (x - 25.0, y - 44.0)], WHITE);
        c.rounded(x - 46.0, y - 14.0, 92.0, 16.0, 6.0, ORANGE.darker(0.15));
    }
    let officer = c.adult();
    c.person(1460.0, 960.0, 370.0, Look { top: LIME.mix(BARLEY, 0.6), bottom: INK, ..officer }, UP, true);
}

pub(super) fn kites(c: &mut Canvas) {
    let season = [Season::Spring, Season::Summer, Season::Autumn][c.random.below(3)];
    c.sky(700.0, season);
    c.land(700.0, season);
    c.path("M-100 830Q500 660 1720 740L1720 1300L-100 1300Z", season.grass().lighter(0.06));
    c.path("M-100 980Q900 860 1720 950L1720 1300L-100 1300Z", season.grass().darker(0.06));
    for (x, y) in [(300.0, 745.0), (1390.0, 760.0)] {
        c.sheep(x, y, 0.8, false);
    }
    let hands = [(395.0, 812.0), (838.0, 790.0), (1228.0, 822.0)];
    for ((hx, hy), (kx, ky)) in hands.into_iter().zip([(300.0, 250.0), (860.0, 170.0), (1330.0, 300.0)]) {
        let (kx, ky) = (kx + c.random.between(-80.0, 80.0), ky + c.random.between(-50.0, 60.0));
        c.stroke(
            &format!(
                "M{hx:.0} {hy:.0}Q{:.0} {:.0} {kx:.0} {:.0}",
                (hx + kx) / 2.0 + 40.0,
                (hy + ky) / 2.0 + 60.0,
                ky + 10.0
            ),
            INK.lighter(0.4),
            2.5,
        );
        let (one, other) = (*c.random.pick(&CLOTHES), *c.random.pick(&[BARLEY, WHITE, ORANGE]));
        let turn = c.random.between(-24.0, 24.0);
        c.at(kx, ky, 1.15, false, turn, |c| {
            c.polygon(&[(0.0, -90.0), (64.0, -10.0), (0.0, 100.0), (-64.0, -10.0)], one);
            c.polygon(&[(0.0, -90.0), (64.0, -10.0), (0.0, -10.0)], other);
            c.polygon(&[(0.0, 100.0), (-64.0, -10.0), (0.0, -10.0)], other);
            c.stroke("M0 100q30 40 0 80t0 80t0 60", one.darker(0.2), 4.0);
            for y in [150.0, 215.0, 280.0] {
                c.polygon(&[(-20.0, y - 12.0), (20.0, y + 12.0), (20.0, y - 12.0), (-20.0, y + 12.0)], other);
            }
        });
    }
    c.child(330.0, 1080.0, 300.0, UP);
    c.child(778.0, 1060.0, 290.0, UP);
    c.child(1170.0, 1080.0, 290.0, UP);
    c.child(1400.0, 1110.0, 280.0, RUN);
    c.child(560.0, 1120.0, 270.0, CHEER);
    c.tufts(1090.0, 1180.0, 20, season);
}

pub(super) fn sports_day(c: &mut Canvas) {
    let season = Season::Summer;
    c.sky(560.0, season);
    c.land(540.0, season);
    c.row_of_houses(900.0, 1500.0, 580.0, 0.55);
    c.church(760.0, 580.0, 0.5);
    c.tree(90.0, 680.0, 400.0, season);
    c.tree(1540.0, 660.0, 340.0, season);
    c.path("M-100 760L1700 700L1700 1300L-100 1300Z", BRICK.lighter(0.42));
    for (from, to) in [(818.0, 752.0), (905.0, 850.0), (1030.0, 1000.0), (1220.0, 1230.0)] {
        c.line((-100.0, from), (1700.0, to), WHITE, 8.0);
    }
    // Those who cheer.
    for place in 0..6 {
        let x = 190.0 + 165.0 * place as f32 + c.random.between(-20.0, 20.0);
        let pose = *c.random.pick(&[CHEER, WAVE, STAND]);
        c.child(x, 770.0, 180.0, pose);
    }
    c.line((1330.0, 400.0), (1330.0, 820.0), WOOD, 16.0);
    c.line((1560.0, 430.0), (1560.0, 1080.0), WOOD, 20.0);
    for square in 0..8 {
        let t = square as f32 / 8.0;
        for row in 0..2 {
            let tint = if (square + row) % 2 == 0 { INK } else { WHITE };
            let (x, y) = (1330.0 + 230.0 * t, 420.0 + 30.0 * t + 40.0 * row as f32);
            c.polygon(&[(x, y), (x + 28.8, y + 3.8), (x + 28.8, y + 43.8), (x, y + 40.0)], tint);
        }
    }
    for (x, y, tall) in [
        (1180.0, 860.0, 250.0),
        (830.0, 930.0, 280.0),
        (1080.0, 1010.0, 300.0),
        (480.0, 1020.0, 300.0),
        (720.0, 1130.0, 330.0),
    ] {
        c.child(x, y, tall, RUN);
    }
    let look = c.look();
    c.person(270.0, 930.0, 270.0, Look { wheels: true, skirt: false, ..look }, CHEER, false);
    let referee = c.adult();
    c.person(1450.0, 960.0, 360.0, Look { top: WHITE.darker(0.06), ..referee }, UP, true);
    let walker = c.random.chance(50);
    if walker {
        c.child(140.0, 1100.0, 300.0, WALK);
    }
    c.tufts(HEIGHT - 60.0, HEIGHT, 12, season);
}
