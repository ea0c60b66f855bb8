//! Away from school: farm, camp, museum, bus and the mudflats.

use super::super::canvas::{Canvas, WIDTH};
use super::super::colour::*;
use super::super::figures::{CHEER, HOLD, KNEEL, Look, REACH, SIT, STAND, UP, WALK, WAVE};
use super::super::outdoors::Season;

pub(super) fn hens(c: &mut Canvas) {
    let season = [Season::Spring, Season::Summer, Season::Autumn][c.random.below(3)];
    c.sky(580.0, season);
    c.land(560.0, season);
    c.tree(180.0, 740.0, 480.0, season);
    c.row_of_houses(360.0, 640.0, 620.0, 0.7);
    // The coop.
    let paint = *c.random.pick(&[BRICK, BLUE.lighter(0.1), DEEP]);
    c.rect(960.0, 470.0, 480.0, 320.0, paint);
    for board in 0..8 {
        let x = 960.0 + 60.0 * board as f32;
        c.line((x, 470.0), (x, 790.0), paint.darker(0.15), 4.0);
    }
    c.polygon(&[(910.0, 480.0), (1200.0, 320.0), (1490.0, 480.0)], SLATE);
    c.path("M1020 790l0 -110q40 -56 80 0l0 110Z", INK.lighter(0.08));
    c.rect(1180.0, 560.0, 190.0, 110.0, WHITE);
    c.rect(1190.0, 570.0, 170.0, 90.0, INK.lighter(0.2));
    for wire in 0..6 {
        c.line((1190.0 + 34.0 * wire as f32, 570.0), (1190.0 + 34.0 * wire as f32, 660.0), STONE, 3.0);
    }
    c.polygon(&[(1030.0, 786.0), (1090.0, 786.0), (1010.0, 900.0), (930.0, 900.0)], WOOD.lighter(0.1));
    c.stroke("M1016 810L1080 810M996 840L1062 840M974 870L1040 870", WOOD.darker(0.15), 6.0);
    c.fence(-40.0, 900.0, 820.0, 120.0, WOOD.lighter(0.2));
    c.ellipse(760.0, 1060.0, 640.0, 120.0, SAND.mix(EARTH, 0.2));
    c.child(430.0, 1060.0, 330.0, REACH);
    c.child(1080.0, 1080.0, 330.0, KNEEL);
    let look = c.look();
    c.person(250.0, 1110.0, 330.0, Look { wheels: true, skirt: false, ..look }, WAVE, false);
    for _ in 0..40 {
        let (x, y) = (c.random.between(540.0, 900.0), c.random.between(1030.0, 1120.0));
        c.circle(x, y, 4.0, BARLEY);
    }
    for (x, y, size) in [
        (620.0, 1050.0, 1.5),
        (780.0, 1100.0, 1.7),
        (900.0, 1010.0, 1.3),
        (1300.0, 1090.0, 1.6),
        (1420.0, 960.0, 1.2),
        (720.0, 960.0, 1.15),
    ] {
        let feathers = *c.random.pick(&[WHITE, BRICK.mix(WOOD, 0.5), BARLEY.mix(WOOD, 0.3), SLATE]);
        c.hen(x, y, size, feathers);
    }
    c.path("M1190 1140Q1240 1190 1290 1140Z", WOOD);
    for (x, y) in [(1218.0, 1134.0), (1240.0, 1128.0), (1262.0, 1134.0)] {
        c.ellipse(x, y, 14.0, 18.0, CREAM.lighter(0.3));
    }
    c.path("M1186 1140Q1240 1200 1294 1140L1280 1180Q1240 1200 1200 1180Z", WOOD.darker(0.1));
    c.tufts(1130.0, 1190.0, 14, season);
}

pub(super) fn bus(c: &mut Canvas) {
    let season = if c.random.chance(60) { Season::Summer } else { Season::Spring };
    c.sky(600.0, season);
    c.land(580.0, season);
    c.school(1150.0, 660.0, 0.8);
    c.tree(110.0, 700.0, 420.0, season);
    c.tree(640.0, 670.0, 260.0, season);
    c.paving(690.0, STONE.lighter(0.15));
    let paint = *c.random.pick(&[BARLEY, BLUE.lighter(0.15), BRICK.lighter(0.1), MEADOW]);
    c.shadow(760.0, 960.0, 640.0);
    c.rounded(160.0, 500.0, 1200.0, 430.0, 60.0, paint);
    c.path("M160 740L1360 740L1360 880Q1360 930 1310 930L210 930Q160 930 160 880Z", paint.darker(0.12));
    c.rect(160.0, 728.0, 1200.0, 18.0, WHITE);
    for place in 0..6 {
        let x = 210.0 + 160.0 * place as f32;
        c.rounded(x, 550.0, 144.0, 150.0, 20.0, SKY.lighter(0.35));
        let look = c.look();
        let up = c.random.chance(50);
        c.raw(format_args!(r#"<clipPath id="w{place}"><rect x="{x:.0}" y="550" width="144" height="150" rx="20"/></clipPath><g clip-path="url(#w{place})">"#));
        c.at(x + 72.0, 860.0, 2.4, false, 0.0, |c| c.figure(look, if up { WAVE } else { CHEER }));
        c.raw(format_args!("</g>"));
    }
    c.rounded(1190.0, 550.0, 140.0, 340.0, 18.0, SKY.lighter(0.35));
    c.line((1260.0, 550.0), (1260.0, 890.0), paint.darker(0.25), 8.0);
    c.rounded(1344.0, 830.0, 30.0, 40.0, 10.0, WHITE);
    for x in [390.0, 1080.0] {
        c.circle(x, 920.0, 86.0, paint.darker(0.3));
        c.circle(x, 930.0, 74.0, INK);
        c.circle(x, 930.0, 36.0, STONE);
        c.circle(x, 930.0, 12.0, INK);
    }
    let teacher = c.adult();
    c.person(1450.0, 1010.0, 410.0, teacher, WAVE, true);
    for (x, y, pose) in [
        (1300.0, 1080.0, WALK),
        (1120.0, 1110.0, CHEER),
        (900.0, 1120.0, WAVE),
        (560.0, 1120.0, WAVE),
        (720.0, 1140.0, STAND),
    ] {
        let look = c.look();
        let pack = *c.random.pick(&CLOTHES);
        c.rounded(x - 44.0, y - 215.0, 88.0, 110.0, 26.0, pack.darker(0.15));
        c.person(x, y, 310.0, look, pose, false);
        c.stroke(
            &format!("M{:.0} {:.0}l-4 72M{:.0} {:.0}l4 72", x - 24.0, y - 206.0, x + 24.0, y - 206.0),
            pack.darker(0.15),
            11.0,
        );
    }
    let parent = c.adult();
    c.person(220.0, 1110.0, 420.0, parent, WAVE, false);
}

pub(super) fn museum(c: &mut Canvas) {
    let wall = *c.random.pick(&[DEEP.lighter(0.25), BRICK.mix(PLUM, 0.4).lighter(0.15), BLUE.darker(0.1).lighter(0.1)]);
    c.fade((-100.0, -100.0, WIDTH + 200.0, 960.0), wall.darker(0.08), wall);
    c.floor(860.0);
    c.rect(-100.0, 846.0, WIDTH + 200.0, 20.0, wall.darker(0.3));
    for (x, y, w, h, kind) in
        [(110.0, 170.0, 420.0, 320.0, 0), (630.0, 110.0, 340.0, 430.0, 1), (1070.0, 180.0, 420.0, 310.0, 2)]
    {
        c.polygon(
            &[(x + w * 0.3, -100.0), (x + w * 0.7, -100.0), (x + w + 70.0, y + h + 60.0), (x - 70.0, y + h + 60.0)],
            wall.lighter(0.1),
        );
        c.rounded(x - 30.0, y - 30.0, w + 60.0, h + 60.0, 6.0, BARLEY.mix(WOOD, 0.45));
        c.rect(x - 14.0, y - 14.0, w + 28.0, h + 28.0, BARLEY.mix(WOOD, 0.75));
        c.raw(format_args!(r#"<svg x="{x}" y="{y}" width="{w}" height="{h}" viewBox="0 0 {w} {h}">"#));
        match kind {
            0 => {
                c.fade((0.0, 0.0, w, h * 0.62), SKY.mix(BARLEY, 0.3), PAPER);
                c.cloud(110.0, 90.0, 0.7, WHITE);
                c.cloud(320.0, 60.0, 0.6, WHITE);
                c.rect(0.0, h * 0.6, w, h, WATER.darker(0.1));
                c.skutsje(150.0, 236.0, 0.34);
                c.skutsje(330.0, 222.0, 0.22);
            }
            1 => {
                c.rect(0.0, 0.0, w, h, INK.mix(EARTH, 0.35));
                let sitter = c.look();
                c.at(w / 2.0, h + 330.0, 6.4, false, 0.0, |c| {
                    c.figure(Look { top: INK.lighter(0.1), ..sitter }, HOLD);
                    c.ellipse(0.0, -67.0, 17.0, 5.0, WHITE);
                    c.stroke("M-15 -67q3 5 5 0q3 5 5 0q3 5 5 0q3 5 5 0q3 5 5 0q3 5 5 0", STONE, 1.2);
                });
            }
            _ => {
                c.fade((0.0, 0.0, w, h), SKY, PAPER);
                c.rect(0.0, h * 0.6, w, h * 0.4, MEADOW);
                c.cow(150.0, h * 0.94, 0.9);
                c.mill(350.0, h * 0.66, 0.3, MEADOW.darker(0.1));
            }
        }
        c.raw(format_args!("</svg>"));
        c.rounded(x + w / 2.0 - 34.0, y + h + 50.0, 68.0, 30.0, 4.0, PAPER);
    }
    for (x, y, pose) in [
        (240.0, 990.0, UP),
        (430.0, 1010.0, STAND),
        (640.0, 1040.0, HOLD),
        (1160.0, 1000.0, UP),
        (1350.0, 1020.0, STAND),
    ] {
        c.child(x, y, 330.0, pose);
    }
    let guide = c.adult();
    c.person(960.0, 1000.0, 450.0, Look { top: INK.lighter(0.15), glasses: true, ..guide }, UP, true);
    let look = c.look();
    c.person(800.0, 1120.0, 340.0, Look { wheels: true, skirt: false, ..look }, WAVE, false);
    for x in [60.0, 560.0, 1040.0, 1540.0] {
        c.line((x, 850.0), (x, 960.0), BARLEY.darker(0.1), 13.0);
        c.circle(x, 846.0, 14.0, BARLEY);
        c.ellipse(x, 964.0, 34.0, 9.0, BARLEY.darker(0.2));
    }
    c.stroke("M60 866Q310 960 560 866M1040 866Q1290 960 1540 866", BRICK, 11.0);
}

pub(super) fn campfire(c: &mut Canvas) {
    c.fade((-100.0, -100.0, WIDTH + 200.0, 860.0), INK.darker(0.2), PLUM.mix(ROSE, 0.35));
    for _ in 0..70 {
        let (x, y, r) = (c.random.between(0.0, WIDTH), c.random.between(0.0, 480.0), c.random.between(1.5, 4.0));
        c.circle(x, y, r, PAPER);
    }
    let moon = c.random.between(200.0, 1400.0);
    c.circle(moon, 170.0, 66.0, PAPER);
    c.circle(moon + 26.0, 156.0, 58.0, INK.mix(PLUM, 0.25));
    let dark = DEEP.darker(0.55);
    for place in 0..15 {
        let x = -60.0 + 125.0 * place as f32 + c.random.between(-30.0, 30.0);
        let tall = c.random.between(240.0, 430.0);
        let shade = dark.lighter(c.random.between(0.0, 0.08));
        c.polygon(&[(x - tall * 0.2, 700.0), (x, 700.0 - tall), (x + tall * 0.2, 700.0)], shade);
    }
    c.rect(-100.0, 690.0, WIDTH + 200.0, 700.0, DEEP.darker(0.4));
    c.ellipse(800.0, 990.0, 860.0, 260.0, DEEP.mix(BARLEY, 0.25).darker(0.15));
    c.ellipse(800.0, 985.0, 520.0, 150.0, BARLEY.mix(DEEP, 0.45));
    for (x, tint) in [(250.0, BRICK), (1330.0, BLUE)] {
        c.polygon(&[(x - 210.0, 800.0), (x, 500.0), (x + 210.0, 800.0)], tint);
        c.polygon(&[(x, 500.0), (x + 210.0, 800.0), (x + 130.0, 800.0)], tint.darker(0.25));
        c.polygon(&[(x - 60.0, 800.0), (x, 590.0), (x + 50.0, 800.0)], INK);
        c.polygon(&[(x - 60.0, 800.0), (x, 590.0), (x - 20.0, 800.0)], BARLEY.mix(tint, 0.45));
    }
    for (x, y) in [(480.0, 880.0), (660.0, 850.0), (940.0, 850.0), (1120.0, 880.0)] {
        c.child(x, y, 300.0, SIT);
    }
    // The fire.
    c.circle(800.0, 940.0, 210.0, BARLEY.mix(DEEP, 0.55));
    for (turn, y) in [(-18.0, 1020.0), (18.0, 1020.0), (0.0, 1034.0)] {
        c.at(800.0, y, 1.0, false, turn, |c| c.rounded(-130.0, -17.0, 260.0, 34.0, 17.0, BARK.darker(0.2)));
    }
    c.path(
        "M690 1010Q660 900 730 850Q730 910 760 900Q740 800 820 720Q816 800 860 840Q900 800 884 770Q950 880 912 1010Z",
        BRICK.mix(ORANGE, 0.5),
    );
    c.path("M720 1012Q704 930 760 890Q764 930 784 920Q776 850 826 800Q826 870 856 890Q884 940 880 1012Z", ORANGE);
    c.path("M752 1014Q744 960 790 930Q796 900 812 880Q816 930 838 944Q856 980 848 1014Z", BARLEY.lighter(0.15));
    for _ in 0..18 {
        let (x, y, r) =
            (800.0 + c.random.between(-140.0, 140.0), c.random.between(460.0, 840.0), c.random.between(2.0, 5.0));
        c.circle(x, y, r, BARLEY);
    }
    for (x, y, stick) in [(300.0, 1060.0, 1.0f32), (530.0, 1150.0, 1.0), (1070.0, 1150.0, -1.0), (1300.0, 1060.0, -1.0)]
    {
        c.child(x, y, 330.0, SIT);
        c.line((x + 26.0 * stick, y - 72.0), (x + 190.0 * stick, y - 176.0), WOOD.lighter(0.1), 7.0);
        c.rounded(x + 176.0 * stick - 16.0, y - 196.0, 32.0, 36.0, 10.0, PAPER);
    }
    let teacher = c.adult();
    c.person(1470.0, 1010.0, 400.0, teacher, WAVE, true);
}

pub(super) fn farm(c: &mut Canvas) {
    let season = [Season::Spring, Season::Summer][c.random.below(2)];
    c.sky(580.0, season);
    c.land(570.0, season);
    // A Frisian farmhouse: a huge roof.
    c.rect(180.0, 520.0, 640.0, 210.0, BRICK.lighter(0.12));
    c.polygon(&[(120.0, 540.0), (360.0, 190.0), (640.0, 190.0), (880.0, 540.0)], BRICK.mix(ORANGE, 0.35).darker(0.12));
    for row in 0..6 {
        let y = 240.0 + 52.0 * row as f32;
        let spread = (y - 190.0) * 0.68;
        c.line((370.0 - spread, y), (630.0 + spread, y), BRICK.darker(0.25), 3.0);
    }
    c.path("M420 730l0 -170q80 -50 160 0l0 170Z", DEEP);
    c.stroke("M420 730L580 566M580 730L420 566", WHITE, 7.0);
    c.window(240.0, 580.0, 100.0, 90.0);
    c.window(660.0, 580.0, 100.0, 90.0);
    c.path("M470 190q30 -60 60 0Z", WHITE);
    c.tree(1010.0, 700.0, 400.0, season);
    c.tree(70.0, 740.0, 420.0, season);
    c.path("M-100 740Q800 690 1700 760L1700 1300L-100 1300Z", season.grass().lighter(0.06));
    for (x, y, size) in [(1250.0, 760.0, 0.62), (1450.0, 800.0, 0.7)] {
        c.cow(x, y, size);
    }
    c.fence(900.0, 1660.0, 850.0, 110.0, WOOD.lighter(0.1));
    for (x, y) in [(150.0, 900.0), (290.0, 920.0), (220.0, 830.0)] {
        c.rounded(x - 90.0, y - 90.0, 180.0, 100.0, 20.0, BARLEY);
        c.stroke(
            &format!("M{:.0} {:.0}l0 96M{:.0} {:.0}l0 96", x - 36.0, y - 88.0, x + 36.0, y - 88.0),
            ORANGE.darker(0.1),
            6.0,
        );
        c.stroke(
            &format!("M{:.0} {:.0}l40 -8M{:.0} {:.0}l50 10", x - 20.0, y - 50.0, x - 70.0, y - 24.0),
            BARLEY.darker(0.14),
            5.0,
        );
    }
    c.cow(760.0, 1050.0, 1.9);
    let farmer = c.adult();
    c.person(1120.0, 1040.0, 440.0, Look { bottom: BLUE.darker(0.2), boots: Some(DEEP), ..farmer }, WAVE, true);
    c.child(480.0, 1080.0, 320.0, REACH);
    c.child(1000.0, 1110.0, 310.0, UP);
    c.child(340.0, 1110.0, 310.0, STAND);
    let look = c.look();
    c.person(1350.0, 1110.0, 330.0, Look { wheels: true, skirt: false, ..look }, CHEER, false);
    c.tufts(1110.0, 1190.0, 20, season);
}

pub(super) fn lambs(c: &mut Canvas) {
    let season = Season::Spring;
    c.sky(580.0, season);
    c.path("M-100 640Q400 500 900 520Q1400 520 1720 600L1720 1300L-100 1300Z", season.grass().lighter(0.15));
    c.path("M-100 760Q800 640 1720 740L1720 1300L-100 1300Z", season.grass());
    for (x, y, size) in [(240.0, 640.0, 0.7), (560.0, 600.0, 0.62), (1160.0, 610.0, 0.66), (1420.0, 660.0, 0.75)] {
        c.sheep(x, y, size, false);
    }
    c.tree(1340.0, 760.0, 380.0, season);
    c.fence(-40.0, 1100.0, 800.0, 110.0, WHITE.darker(0.04));
    c.ellipse(800.0, 1080.0, 620.0, 110.0, BARLEY.mix(SAND, 0.5));
    for _ in 0..46 {
        let (x, y) = (c.random.between(260.0, 1340.0), c.random.between(1010.0, 1150.0));
        let reach = c.random.between(-40.0, 40.0);
        c.line((x, y), (x + reach, y + 10.0), BARLEY.darker(0.1), 4.0);
    }
    c.sheep(1190.0, 1010.0, 2.4, false);
    c.child(500.0, 1090.0, 370.0, REACH);
    c.at(640.0, 888.0, 1.0, false, 24.0, |c| {
        c.rounded(-18.0, -26.0, 92.0, 46.0, 16.0, WHITE);
        c.rounded(70.0, -14.0, 22.0, 22.0, 8.0, ROSE);
    });
    c.at(830.0, 1090.0, 2.1, false, 0.0, |c| {
        c.stroke("M-18 -24L-20 0M-8 -24L-8 0M14 -24L14 0M24 -24L26 0", INK.lighter(0.1), 6.0);
        for (dx, dy, r) in
            [(-16.0, -38.0, 15.0), (0.0, -44.0, 16.0), (16.0, -40.0, 15.0), (24.0, -32.0, 13.0), (0.0, -30.0, 16.0)]
        {
            c.circle(dx, dy, r, WHITE);
        }
        c.ellipse(-34.0, -62.0, 11.0, 14.0, INK.lighter(0.14));
        c.ellipse(-22.0, -66.0, 9.0, 4.5, INK.lighter(0.22));
        c.circle(-28.0, -75.0, 8.0, WHITE);
        c.circle(-37.0, -64.0, 2.2, WHITE);
    });
    c.child(260.0, 1120.0, 340.0, KNEEL);
    c.sheep(380.0, 1150.0, 1.3, true);
    c.child(1400.0, 1120.0, 340.0, WAVE);
    c.sheep(1010.0, 1160.0, 1.35, true);
    c.tufts(1130.0, 1195.0, 14, season);
}

pub(super) fn mudflats(c: &mut Canvas) {
    c.sky(560.0, Season::Summer);
    c.water(500.0, 640.0, WATER);
    c.skutsje(930.0, 556.0, 0.32);
    c.path("M-100 556Q160 500 480 556Z", DEEP.mix(SKY, 0.45));
    c.at(200.0, 536.0, 1.0, false, 0.0, |c| {
        c.rect(-15.0, -150.0, 30.0, 150.0, WHITE);
        c.rect(-15.0, -110.0, 30.0, 32.0, BRICK);
        c.rect(-15.0, -48.0, 30.0, 32.0, BRICK);
        c.rounded(-20.0, -178.0, 40.0, 32.0, 8.0, INK);
        c.circle(0.0, -162.0, 9.0, BARLEY);
    });
    let mud = SAND.mix(STONE, 0.45);
    c.rect(-100.0, 620.0, WIDTH + 200.0, 700.0, mud);
    for _ in 0..26 {
        let (x, y) = (c.random.between(-80.0, WIDTH), c.random.between(650.0, 1180.0));
        let depth = (y - 620.0) / 560.0;
        let w = (60.0 + 260.0 * depth) * c.random.between(0.5, 1.1);
        let tint = if c.random.chance(55) { SKY.mix(STONE, 0.2).lighter(0.2) } else { mud.darker(0.08) };
        c.path(
            &format!(
                "M{x:.0} {y:.0}q{:.0} {:.0} {w:.0} 0q{:.0} {:.0} -{w:.0} 0Z",
                w / 2.0,
                -18.0 * depth - 5.0,
                -w / 2.0,
                22.0 * depth + 6.0
            ),
            tint,
        );
    }
    let guide = c.adult();
    c.person(1290.0, 960.0, 410.0, Look { top: BRICK, skirt: false, boots: Some(DEEP), ..guide }, UP, true);
    c.line((1212.0, 560.0), (1196.0, 970.0), WOOD, 12.0);
    for (x, y, tall, pose) in [
        (420.0, 820.0, 250.0, WALK),
        (620.0, 840.0, 250.0, WAVE),
        (860.0, 860.0, 270.0, WALK),
        (1060.0, 900.0, 280.0, HOLD),
        (300.0, 1080.0, 340.0, KNEEL),
        (620.0, 1120.0, 350.0, WALK),
        (960.0, 1130.0, 350.0, REACH),
    ] {
        let look = c.look();
        let boots = *c.random.pick(&CLOTHES);
        c.person(x, y, tall, Look { boots: Some(boots), skirt: false, ..look }, pose, false);
    }
    for (x, y, tint) in [(700.0, 1020.0, BARLEY), (1080.0, 1030.0, BLUE), (440.0, 1120.0, BRICK)] {
        c.polygon(&[(x - 40.0, y - 64.0), (x + 40.0, y - 64.0), (x + 30.0, y), (x - 30.0, y)], tint);
        c.ellipse(x, y - 64.0, 40.0, 11.0, tint.darker(0.25));
        c.stroke(&format!("M{:.0} {:.0}q38 -74 76 0", x - 38.0, y - 64.0), STONE.darker(0.2), 5.0);
    }
    for (x, y) in [(180.0, 1150.0), (820.0, 1160.0), (1370.0, 1110.0), (1180.0, 1170.0)] {
        c.path(&format!("M{x:.0} {y:.0}q-30 -6 -26 -30q14 -20 30 0q16 -20 30 2q0 24 -34 28Z"), PAPER.mix(ROSE, 0.2));
    }
    for (x, y) in [(760.0, 740.0), (980.0, 720.0), (180.0, 760.0)] {
        c.stroke(&format!("M{x:.0} {y:.0}l0 -26M{:.0} {y:.0}l0 -26", x + 10.0), ORANGE, 4.0);
        c.path(&format!("M{:.0} {:.0}q10 -28 44 -12l14 -4q-14 26 -58 16Z", x - 22.0, y - 26.0), INK.lighter(0.1));
        c.circle(x - 18.0, y - 42.0, 10.0, INK.lighter(0.1));
        c.polygon(&[(x - 26.0, y - 44.0), (x - 26.0, y - 38.0), (x - 52.0, y - 36.0)], ORANGE);
    }
}
