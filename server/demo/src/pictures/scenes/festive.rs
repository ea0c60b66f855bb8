//! Feasts of the school year.

use std::f32::consts::PI;

use super::super::canvas::{Canvas, WIDTH};
use super::super::colour::*;
use super::super::figures::{CHEER, HOLD, JUMP, Look, REACH, STAND, UP, WAVE};
use super::super::outdoors::Season;

fn star(c: &mut Canvas, x: f32, y: f32, size: f32, paper: Colour) {
    let mut points = Vec::with_capacity(10);
    for place in 0..10 {
        let (sin, cos) = (place as f32 * (PI / 5.0) - PI / 2.0).sin_cos();
        let r = if place % 2 == 0 { size } else { size * 0.46 };
        points.push((x + cos * r, y + sin * r));
    }
    c.polygon(&points, paper);
    for place in (0..10).step_by(2) {
        c.polygon(&[(x, y), points[place], points[(place + 1) % 10]], paper.darker(0.12));
    }
}

pub(super) fn stars(c: &mut Canvas) {
    c.room(720.0);
    // Dusk outside.
    c.rect(190.0, 60.0, 1220.0, 480.0, WHITE);
    c.fade((206.0, 76.0, 1188.0, 448.0), BLUE.darker(0.45), PLUM.mix(ROSE, 0.5));
    c.rect(206.0, 440.0, 1188.0, 84.0, INK.lighter(0.1));
    c.at(420.0, 450.0, 0.6, false, 0.0, |c| {
        c.rect(-40.0, -200.0, 80.0, 200.0, INK.lighter(0.06));
        c.polygon(&[(-48.0, -198.0), (0.0, -270.0), (48.0, -198.0)], INK.lighter(0.06));
    });
    for x in [620.0, 760.0, 930.0, 1120.0, 1260.0] {
        c.polygon(
            &[(x - 56.0, 446.0), (x - 56.0, 400.0), (x, 356.0), (x + 56.0, 400.0), (x + 56.0, 446.0)],
            INK.lighter(0.06),
        );
        c.rect(x - 26.0, 408.0, 22.0, 22.0, BARLEY);
        c.rect(x + 6.0, 408.0, 22.0, 22.0, BARLEY.lighter(0.2));
    }
    for _ in 0..30 {
        let (x, y) = (c.random.between(220.0, 1380.0), c.random.between(90.0, 330.0));
        c.circle(x, y, 2.4, PAPER);
    }
    for x in [190.0, 592.0, 994.0, 1396.0] {
        c.rect(x, 60.0, 16.0, 480.0, WHITE);
    }
    c.rect(160.0, 540.0, 1280.0, 26.0, WHITE.darker(0.04));
    for place in 0..9 {
        let x = 240.0 + 140.0 * place as f32;
        let y = 170.0 + c.random.between(-30.0, 190.0);
        let size = c.random.between(36.0, 62.0);
        let paper = *c.random.pick(&[BARLEY, WHITE, ROSE.lighter(0.2), ORANGE, SKY.lighter(0.3)]);
        c.line((x, 60.0), (x, y), PAPER, 2.0);
        star(c, x, y, size, paper);
    }
    for (x, tall) in [(330.0, 380.0), (690.0, 390.0), (1080.0, 380.0), (1360.0, 370.0)] {
        c.child(x, 980.0, tall, HOLD);
    }
    c.table(90.0, 860.0, 1420.0, WOOD.lighter(0.3));
    c.polygon(&[(120.0, 860.0), (210.0, 790.0), (1390.0, 790.0), (1480.0, 860.0)], WOOD.lighter(0.46));
    for x in [330.0, 690.0, 1080.0] {
        let paper = *c.random.pick(&[BARLEY, BRICK.lighter(0.2), SKY, WHITE]);
        star(c, x, 806.0, 48.0, paper);
    }
    for x in [500.0, 880.0, 1240.0] {
        let paper = *c.random.pick(&[ROSE, BARLEY, MEADOW.lighter(0.2)]);
        c.polygon(&[(x - 60.0, 846.0), (x - 40.0, 806.0), (x + 40.0, 802.0), (x + 56.0, 840.0)], paper);
        c.stroke(&format!("M{:.0} 826l44 -26M{:.0} 800l44 26", x - 10.0, x - 10.0), SLATE, 6.0);
        c.ring(x - 20.0, 832.0, 11.0, BRICK, 6.0);
        c.ring(x - 20.0, 796.0, 11.0, BRICK, 6.0);
    }
    let teacher = c.adult();
    c.person(200.0, 1180.0, 460.0, teacher, UP, false);
    star(c, 290.0, 700.0, 60.0, BARLEY);
    c.child(820.0, 1170.0, 320.0, CHEER);
    c.child(1210.0, 1180.0, 320.0, UP);
    star(c, 1275.0, 850.0, 46.0, ORANGE);
}

pub(super) fn birthday(c: &mut Canvas) {
    c.room(660.0);
    c.view(120.0, 180.0, 360.0, 280.0);
    c.bunting((-40.0, 70.0), (560.0, 60.0), 36.0);
    c.bunting((560.0, 60.0), (1100.0, 60.0), 36.0);
    c.bunting((1100.0, 60.0), (1660.0, 80.0), 36.0);
    for (x, y, tint) in [(1180.0, 330.0, BRICK), (1290.0, 270.0, BARLEY), (1400.0, 340.0, BLUE), (620.0, 300.0, ROSE)] {
        let x = x + c.random.between(-20.0, 20.0);
        c.stroke(&format!("M{x:.0} {:.0}q-16 90 6 180", y + 70.0), SLATE, 3.0);
        c.ellipse(x, y, 54.0, 68.0, tint);
        c.polygon(&[(x - 10.0, y + 80.0), (x + 10.0, y + 80.0), (x, y + 64.0)], tint.darker(0.1));
        c.ellipse(x - 18.0, y - 26.0, 12.0, 18.0, tint.lighter(0.45));
    }
    for (x, tall, pose) in [(300.0, 360.0, CHEER), (520.0, 350.0, CHEER), (1080.0, 350.0, CHEER), (1310.0, 360.0, WAVE)]
    {
        c.child(x, 900.0, tall, pose);
    }
    let look = c.look();
    c.person(800.0, 960.0, 430.0, look, HOLD, false);
    c.party_hat(800.0, 960.0, 430.0);
    let cloth = *c.random.pick(&[SKY, ROSE.lighter(0.3), LIME.lighter(0.2)]);
    c.path("M260 850L1340 850L1420 1010L180 1010Z", cloth.lighter(0.3));
    c.path(
        "M180 1010L1420 1010L1420 1130q-62 40 -124 0t-124 0t-124 0t-124 0t-124 0t-124 0t-124 0t-124 0t-124 0t-124 0Z",
        cloth,
    );
    // The cake.
    c.ellipse(800.0, 950.0, 210.0, 40.0, WHITE);
    c.path("M640 840L640 935Q800 985 960 935L960 840Z", CREAM);
    c.path("M640 880Q800 925 960 880L960 900Q800 946 640 900Z", BRICK.lighter(0.15));
    c.ellipse(800.0, 840.0, 160.0, 42.0, ROSE.lighter(0.55));
    c.path(
        "M640 840q20 60 40 14q22 66 44 12q24 60 50 8q24 62 52 4q24 54 48 -4q24 50 46 -10q24 40 40 -24Q800 880 640 840Z",
        ROSE.lighter(0.55),
    );
    let candles = 4 + c.random.below(6);
    for candle in 0..candles {
        let t = (candle as f32 + 0.5) / candles as f32;
        let x = 670.0 + 260.0 * t;
        let y = 842.0 + 18.0 * (t * PI).sin();
        c.rounded(x - 6.0, y - 64.0, 12.0, 64.0, 4.0, [BLUE, BARLEY, BRICK][candle % 3]);
        c.circle(x, y - 82.0, 24.0, PAPER.mix(BARLEY, 0.35));
        c.path(&format!("M{x:.0} {:.0}q15 20 0 32q-15 -12 0 -32Z", y - 98.0), ORANGE);
    }
    for (x, tint) in [(380.0, BRICK), (510.0, BLUE), (1080.0, MEADOW), (1210.0, ORANGE)] {
        c.polygon(&[(x - 26.0, 900.0), (x + 26.0, 900.0), (x + 20.0, 970.0), (x - 20.0, 970.0)], tint.lighter(0.2));
        c.ellipse(x, 900.0, 26.0, 8.0, tint.darker(0.15));
    }
    for _ in 0..70 {
        let (x, y) = (c.random.between(0.0, WIDTH), c.random.between(120.0, 800.0));
        let tint = *c.random.pick(&[BRICK, BARLEY, BLUE, MEADOW, ROSE]);
        let turn = c.random.between(0.0, 180.0);
        c.at(x, y, 1.0, false, turn, |c| c.rounded(-8.0, -4.0, 16.0, 8.0, 2.0, tint));
    }
}

pub(super) fn kings_games(c: &mut Canvas) {
    let season = Season::Spring;
    c.sky(560.0, season);
    c.land(550.0, season);
    c.school(760.0, 650.0, 0.9);
    c.tree(120.0, 720.0, 460.0, season);
    c.tree(1500.0, 700.0, 420.0, season);
    c.path("M-100 690Q800 640 1700 700L1700 1300L-100 1300Z", season.grass());
    for (from, to) in
        [((-40.0, 240.0), (540.0, 210.0)), ((540.0, 210.0), (1110.0, 220.0)), ((1110.0, 220.0), (1660.0, 260.0))]
    {
        let count = 9;
        c.stroke(
            &format!(
                "M{:.0} {:.0}Q{:.0} {:.0} {:.0} {:.0}",
                from.0,
                from.1,
                (from.0 + to.0) / 2.0,
                from.1 + 110.0,
                to.0,
                to.1
            ),
            INK.lighter(0.3),
            3.0,
        );
        for place in 0..count {
            let t = (place as f32 + 0.5) / count as f32;
            let x: f32 = from.0 + (to.0 - from.0) * t;
            let y = from.1 + (to.1 - from.1) * t + 208.0 * t * (1.0 - t);
            c.polygon(&[(x - 21.0, y), (x + 21.0, y), (x, y + 46.0)], [ORANGE, BRICK, WHITE, BLUE][place % 4]);
        }
    }
    for (from, to) in [(780.0, 770.0), (930.0, 925.0), (1130.0, 1140.0)] {
        c.line((-100.0, from), (1700.0, to), WHITE, 7.0);
    }
    for place in 0..5 {
        let x = 230.0 + 250.0 * place as f32 + c.random.between(-30.0, 30.0);
        let look = c.look();
        let shirt = ORANGE.mix(BARLEY, c.random.between(0.0, 0.4));
        c.person(x, 780.0, 200.0, Look { top: shirt, ..look }, CHEER, false);
    }
    // Sack race.
    for (x, y, tall) in [(420.0, 980.0, 310.0), (830.0, 930.0, 300.0), (1220.0, 990.0, 320.0), (660.0, 1130.0, 340.0)] {
        let look = c.look();
        let hop = c.random.between(10.0, 46.0);
        c.shadow(x, y, tall * 0.22);
        c.at(x, y - hop, tall / 100.0, false, 0.0, |c| {
            c.at(0.0, 0.0, 1.0, false, 4.0, |c| c.figure(Look { skirt: false, ..look }, HOLD));
            c.path("M-17 -46Q0 -40 17 -46L20 -4Q18 4 0 4Q-18 4 -20 -4Z", WOOD.lighter(0.25));
            c.stroke("M-17 -46Q0 -40 17 -46", WOOD, 3.0);
            c.stroke("M-8 -36Q-10 -18 -12 -4M6 -34Q9 -18 10 -2", WOOD.lighter(0.05), 2.0);
        });
    }
    let teacher = c.adult();
    c.person(1460.0, 1010.0, 390.0, Look { top: ORANGE, ..teacher }, WAVE, true);
    let look = c.look();
    c.person(180.0, 1060.0, 310.0, Look { wheels: true, skirt: false, top: ORANGE, ..look }, CHEER, false);
    c.tufts(1100.0, 1190.0, 20, season);
}

pub(super) fn stalls(c: &mut Canvas) {
    let season = Season::Autumn;
    c.sky(560.0, season);
    c.land(540.0, season);
    c.school(880.0, 640.0, 0.95);
    c.tree(90.0, 720.0, 460.0, season);
    c.paving(680.0, SAND.mix(STONE, 0.4));
    c.bunting((120.0, 330.0), (860.0, 330.0), 40.0);
    c.bunting((860.0, 330.0), (1560.0, 330.0), 40.0);
    for (place, x) in [130.0, 610.0, 1090.0].into_iter().enumerate() {
        let tint = [BRICK, MEADOW, BLUE][place];
        c.rect(x + 14.0, 480.0, 14.0, 420.0, WOOD);
        c.rect(x + 382.0, 480.0, 14.0, 420.0, WOOD);
        c.child(x + 130.0, 900.0, 330.0, WAVE);
        c.child(x + 280.0, 900.0, 320.0, HOLD);
        for stripe in 0..8 {
            let sx = x - 10.0 + 54.0 * stripe as f32;
            let stripe_tint = if stripe % 2 == 0 { tint } else { WHITE };
            c.path(
                &format!(
                    "M{:.0} 430L{sx:.0} 530q27 44 54 0L{:.0} 430Z",
                    sx + (x + 205.0 - sx) * 0.12,
                    sx + 54.0 + (x + 205.0 - sx - 54.0) * 0.12
                ),
                stripe_tint,
            );
        }
        c.rect(x - 6.0, 780.0, 422.0, 130.0, tint.lighter(0.42));
        c.rounded(x - 20.0, 762.0, 450.0, 28.0, 8.0, WOOD.lighter(0.15));
        c.at(x + 205.0, 850.0, 0.5, false, 0.0, |c| star(c, 0.0, 0.0, 70.0, BARLEY));
        match place {
            0 => {
                c.path(&format!("M{:.0} 764l-10 -80l150 0l-10 80Z", x + 150.0), SLATE);
                c.ellipse(x + 215.0, 686.0, 74.0, 16.0, ORANGE);
                c.stroke(
                    &format!("M{:.0} 660q-20 -30 0 -60t0 -60M{:.0} 660q-20 -30 0 -60t0 -60", x + 195.0, x + 240.0),
                    WHITE,
                    5.0,
                );
            }
            1 => {
                for pie in 0..3 {
                    let px = x + 90.0 + 115.0 * pie as f32;
                    c.path(&format!("M{:.0} 736q50 -44 100 0l-10 26l-80 0Z", px - 50.0), WOOD.lighter(0.1));
                    c.stroke(
                        &format!("M{:.0} 738q46 -26 80 -6M{:.0} 752l60 -26", px - 42.0, px - 30.0),
                        BARLEY.lighter(0.2),
                        6.0,
                    );
                }
            }
            _ => {
                for jar in 0..5 {
                    let px = x + 60.0 + 72.0 * jar as f32;
                    c.rounded(px - 24.0, 704.0, 48.0, 60.0, 9.0, [BRICK, PLUM, ORANGE][jar % 3]);
                    c.rounded(px - 20.0, 692.0, 40.0, 16.0, 4.0, WHITE);
                }
            }
        }
    }
    let parent = c.adult();
    c.person(420.0, 1120.0, 430.0, parent, REACH, false);
    c.child(560.0, 1130.0, 290.0, UP);
    let other = c.adult();
    c.person(1010.0, 1130.0, 430.0, other, WAVE, true);
    c.child(870.0, 1150.0, 280.0, STAND);
    let look = c.look();
    c.person(1290.0, 1130.0, 310.0, Look { wheels: true, skirt: false, ..look }, UP, true);
}

pub(super) fn christmas(c: &mut Canvas) {
    c.room(660.0);
    c.rect(-100.0, -100.0, WIDTH + 200.0, 776.0, BLUE.darker(0.3).mix(PLUM, 0.25).lighter(0.12));
    c.rect(640.0, 100.0, 440.0, 330.0, WHITE);
    c.fade((654.0, 114.0, 412.0, 302.0), INK, BLUE.mix(INK, 0.3));
    c.rect(654.0, 360.0, 412.0, 56.0, SNOW);
    for _ in 0..26 {
        let (x, y) = (c.random.between(660.0, 1060.0), c.random.between(120.0, 370.0));
        c.circle(x, y, 3.4, WHITE);
    }
    c.rect(852.0, 100.0, 14.0, 330.0, WHITE);
    for (from, to) in
        [((-40.0, 50.0), (560.0, 40.0)), ((560.0, 40.0), (1120.0, 40.0)), ((1120.0, 40.0), (1660.0, 60.0))]
    {
        c.stroke(
            &format!("M{:.0} {:.0}Q{:.0} 150 {:.0} {:.0}", from.0, from.1, (from.0 + to.0) / 2.0, to.0, to.1),
            DEEP,
            5.0,
        );
        for place in 0..8 {
            let t: f32 = (place as f32 + 0.5) / 8.0;
            let (x, y) = (from.0 + (to.0 - from.0) * t, 46.0 + 208.0 * t * (1.0 - t));
            c.circle(x, y, 22.0, BARLEY.mix(BLUE, 0.55));
            c.circle(x, y, 10.0, BARLEY.lighter(0.4));
        }
    }
    // The tree.
    c.at(300.0, 740.0, 1.0, false, 0.0, |c| {
        c.rect(-24.0, -50.0, 48.0, 60.0, BARK);
        for (y, w, h) in [(-40.0, 230.0, 220.0), (-180.0, 185.0, 200.0), (-310.0, 140.0, 180.0), (-430.0, 95.0, 140.0)]
        {
            c.path(&format!("M-{w:.0} {y:.0}Q0 {:.0} {w:.0} {y:.0}L0 {:.0}Z", y + 44.0, y - h), DEEP.lighter(0.06));
        }
    });
    for _ in 0..26 {
        let t = c.random.unit();
        let (x, y) = (300.0 + c.random.between(-180.0, 180.0) * (0.25 + 0.75 * t), 250.0 + 430.0 * t);
        let bauble = *c.random.pick(&[BARLEY, BRICK, WHITE, SKY]);
        c.circle(x, y, 14.0, bauble);
        c.circle(x - 4.0, y - 5.0, 4.0, bauble.lighter(0.6));
    }
    star(c, 300.0, 170.0, 52.0, BARLEY);
    for (x, tall) in [(560.0, 370.0), (800.0, 380.0), (1040.0, 370.0), (1290.0, 380.0)] {
        let pose = if c.random.chance(35) { WAVE } else { HOLD };
        c.child(x, 950.0, tall, pose);
    }
    c.path("M330 830L1520 830L1640 1000L180 1000Z", WHITE);
    c.path("M180 1000L1640 1000L1640 1110L180 1110Z", WHITE.darker(0.07));
    c.path("M800 830L980 830L1010 1000L770 1000Z", BRICK);
    c.rect(770.0, 1000.0, 240.0, 110.0, BRICK.darker(0.12));
    for (place, x) in [480.0, 690.0, 1090.0, 1310.0].into_iter().enumerate() {
        c.ellipse(x, 930.0, 92.0, 27.0, SKY.lighter(0.3));
        c.ellipse(x, 926.0, 66.0, 18.0, WHITE);
        c.ellipse(x - 12.0, 918.0, 30.0, 15.0, [ORANGE, MEADOW, BARLEY, BRICK][place]);
        c.ellipse(x + 22.0, 922.0, 22.0, 11.0, WOOD);
    }
    for x in [800.0, 890.0, 980.0] {
        let tall = 60.0 + c.random.between(0.0, 26.0);
        c.rounded(x - 10.0, 900.0 - tall, 20.0, tall + 16.0, 5.0, PAPER);
        c.circle(x, 872.0 - tall, 44.0, BARLEY.lighter(0.6));
        c.path(&format!("M{x:.0} {:.0}q17 24 0 40q-17 -16 0 -40Z", 852.0 - tall), ORANGE);
    }
    for place in 0..12 {
        let x = 230.0 + 118.0 * place as f32;
        c.path(&format!("M{x:.0} 1000q59 44 118 0l0 10q-59 44 -118 0Z"), DEEP.lighter(0.1));
        c.circle(x + 59.0, 1030.0, 12.0, if place % 2 == 0 { BRICK } else { BARLEY });
    }
    // Chairs, pushed to the table.
    for x in [420.0, 660.0, 1120.0, 1360.0] {
        let ribbon = *c.random.pick(&[BRICK, BARLEY, DEEP]);
        c.rounded(x - 82.0, 960.0, 18.0, 330.0, 9.0, WOOD.darker(0.05));
        c.rounded(x + 64.0, 960.0, 18.0, 330.0, 9.0, WOOD.darker(0.05));
        for bar in [980.0, 1040.0, 1100.0] {
            c.rounded(x - 76.0, bar, 152.0, 26.0, 10.0, WOOD.lighter(0.1));
        }
        c.polygon(&[(x, 993.0), (x - 44.0, 970.0), (x - 44.0, 1018.0)], ribbon);
        c.polygon(&[(x, 993.0), (x + 44.0, 970.0), (x + 44.0, 1018.0)], ribbon);
        c.circle(x, 993.0, 13.0, ribbon.darker(0.15));
    }
}

pub(super) fn theatre(c: &mut Canvas) {
    let curtain = *c.random.pick(&[BRICK, PLUM, DEEP]);
    c.rect(-100.0, -100.0, WIDTH + 200.0, 1500.0, INK.lighter(0.08));
    let season = Season::Summer;
    c.rect(200.0, 60.0, 1200.0, 760.0, SKY.lighter(0.2));
    c.cloud(480.0, 240.0, 1.0, WHITE);
    c.cloud(1090.0, 190.0, 1.2, WHITE);
    c.circle(800.0, 260.0, 84.0, BARLEY);
    for ray in 0..12 {
        let (sin, cos) = (ray as f32 * (PI / 6.0)).sin_cos();
        c.line((800.0 + cos * 104.0, 260.0 + sin * 104.0), (800.0 + cos * 140.0, 260.0 + sin * 140.0), BARLEY, 12.0);
    }
    c.path("M180 700Q460 560 800 660Q1120 560 1420 690L1420 830L180 830Z", MEADOW);
    c.tree(420.0, 780.0, 300.0, season);
    c.house(1180.0, 790.0, 1.2);
    // Painted waves, and a boat of cardboard.
    for (y, tint) in [(760.0, BLUE.lighter(0.2)), (800.0, BLUE)] {
        c.path(&format!("M180 {y:.0}q40 -40 80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0t80 0L1460 900L180 900Z"), tint);
    }
    for (x, flip) in [(-60.0, 1.0f32), (1660.0, -1.0)] {
        for fold in 0..4 {
            let from = x + flip * (70.0 + 78.0 * fold as f32);
            c.path(
                &format!(
                    "M{from:.0} -60L{:.0} -60Q{:.0} 420 {:.0} 850L{:.0} 850Q{from:.0} 420 {from:.0} -60Z",
                    from + flip * 84.0,
                    from + flip * 60.0,
                    from + flip * 40.0,
                    from - flip * 44.0
                ),
                if fold % 2 == 0 { curtain } else { curtain.darker(0.16) },
            );
        }
    }
    c.path(
        "M-60 -80L1660 -80L1660 60q-86 90 -172 0t-172 0t-172 0t-172 0t-172 0t-172 0t-172 0t-172 0t-172 0t-172 0Z",
        curtain.darker(0.1),
    );
    c.rect(-100.0, 850.0, WIDTH + 200.0, 60.0, WOOD.lighter(0.1));
    c.rect(-100.0, 900.0, WIDTH + 200.0, 20.0, WOOD.darker(0.25));
    let captain = c.look();
    c.person(560.0, 870.0, 370.0, captain, UP, false);
    c.at(560.0, 870.0, 3.7, false, 0.0, |c| {
        c.path("M-20 -93Q0 -122 20 -93Q0 -99 -20 -93Z", INK);
        c.circle(0.0, -104.0, 4.0, BARLEY);
    });
    let queen = c.look();
    c.person(820.0, 875.0, 370.0, Look { skirt: true, ..queen }, WAVE, false);
    c.at(820.0, 875.0, 3.7, false, 0.0, |c| {
        c.polygon(
            &[
                (-12.0, -97.0),
                (-14.0, -112.0),
                (-6.0, -105.0),
                (0.0, -115.0),
                (6.0, -105.0),
                (14.0, -112.0),
                (12.0, -97.0),
            ],
            BARLEY,
        )
    });
    let look = c.look();
    c.person(1060.0, 872.0, 350.0, Look { wheels: true, skirt: false, ..look }, CHEER, false);
    c.person(330.0, 868.0, 340.0, look, JUMP, false);
    // Heads of those who watch.
    for row in 0..2 {
        for seat in 0..8 {
            let x = 40.0 + 220.0 * seat as f32 + 100.0 * row as f32;
            let y = 1030.0 + 110.0 * row as f32 + c.random.between(-14.0, 14.0);
            let hair = *c.random.pick(&HAIRS);
            let coat = c.random.pick(&CLOTHES).darker(0.3);
            c.path(
                &format!(
                    "M{:.0} {:.0}Q{x:.0} {:.0} {:.0} {:.0}Z",
                    x - 100.0,
                    y + 170.0,
                    y - 20.0,
                    x + 100.0,
                    y + 170.0
                ),
                coat,
            );
            c.circle(x, y, 52.0, hair.darker(0.15));
        }
    }
}
