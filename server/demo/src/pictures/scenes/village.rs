//! The village and its land.

use super::super::canvas::{Canvas, WIDTH};
use super::super::colour::*;
use super::super::figures::{HOLD, REACH, STAND, UP, WALK, WAVE};
use super::super::outdoors::Season;

fn green(c: &mut Canvas) -> Season {
    [Season::Spring, Season::Summer, Season::Autumn][c.random.below(3)]
}

pub(super) fn school(c: &mut Canvas) {
    let season = green(c);
    c.sky(640.0, season);
    c.land(600.0, season);
    c.tree(120.0, 700.0, 420.0, season);
    c.tree(1500.0, 690.0, 360.0, season);
    c.school(800.0, 740.0, 1.22);
    c.paving(738.0, SAND.mix(STONE, 0.35));
    c.bush(190.0, 760.0, 60.0, season.grass().darker(0.15));
    c.bush(1420.0, 760.0, 56.0, season.grass().darker(0.12));
    c.bicycle(1290.0, 850.0, 1.1, BLUE);
    c.bicycle(1420.0, 870.0, 1.1, BRICK);
    let parent = c.adult();
    c.person(300.0, 930.0, 340.0, parent, WAVE, false);
    c.child(410.0, 950.0, 236.0, WALK);
    c.child(700.0, 900.0, 220.0, WALK);
    let teacher = c.adult();
    c.person(850.0, 880.0, 320.0, teacher, WAVE, true);
    c.child(980.0, 990.0, 250.0, STAND);
    let look = c.look();
    c.person(1130.0, 1060.0, 262.0, super::super::figures::Look { wheels: true, skirt: false, ..look }, WAVE, false);
    c.child(560.0, 1080.0, 262.0, WAVE);
}

pub(super) fn tower(c: &mut Canvas) {
    let season = green(c);
    c.sky(660.0, season);
    c.land(650.0, season);
    c.row_of_houses(40.0, 380.0, 720.0, 1.0);
    c.row_of_houses(1080.0, 1640.0, 720.0, 1.05);
    c.church(620.0, 740.0, 1.22);
    for (x, tall) in [(430.0, 260.0), (1030.0, 300.0), (1500.0, 240.0)] {
        c.tree(x, 764.0, tall, season);
    }
    c.path("M700 1300Q760 1000 620 742L664 742Q980 980 1140 1300Z", SAND);
    c.fence(-20.0, 560.0, 930.0, 84.0, WHITE.darker(0.05));
    c.child(800.0, 1010.0, 230.0, WALK);
    c.child(905.0, 1050.0, 246.0, WAVE);
    c.tufts(980.0, 1180.0, 26, season);
}

pub(super) fn dyke(c: &mut Canvas) {
    let season = if c.random.chance(50) { Season::Spring } else { Season::Summer };
    c.sky(560.0, season);
    c.water(500.0, 640.0, WATER);
    let boat = c.random.between(200.0, 500.0);
    c.skutsje(boat, 560.0, 0.36);
    let grass = season.grass();
    c.path("M-100 720Q300 560 820 560Q1300 560 1720 650L1720 1300L-100 1300Z", grass.lighter(0.12));
    c.path("M-100 800Q500 640 1720 720L1720 1300L-100 1300Z", grass);
    c.path("M-100 1010Q700 880 1720 1000L1720 1300L-100 1300Z", grass.darker(0.1));
    c.stroke("M-100 742Q420 590 1720 684", SAND, 16.0);
    for (x, y, size) in [
        (420.0, 700.0, 0.9),
        (620.0, 690.0, 0.8),
        (1280.0, 730.0, 0.95),
        (980.0, 800.0, 1.25),
        (300.0, 880.0, 1.5),
        (1330.0, 940.0, 1.8),
    ] {
        let (x, y) = (x + c.random.between(-50.0, 50.0), y + c.random.between(-12.0, 12.0));
        c.sheep(x, y, size, false);
    }
    c.fence(-40.0, 1640.0, 1110.0, 130.0, WOOD);
    c.child(720.0, 1130.0, 300.0, REACH);
    c.sheep(930.0, 1060.0, 1.9, true);
    c.tufts(1060.0, 1180.0, 18, season);
}

pub(super) fn field(c: &mut Canvas) {
    let season = if c.random.chance(50) { Season::Spring } else { Season::Summer };
    c.sky(540.0, season);
    c.land(540.0, season);
    c.church(1230.0, 560.0, 0.42);
    c.row_of_houses(1030.0, 1180.0, 560.0, 0.42);
    c.row_of_houses(1390.0, 1560.0, 560.0, 0.4);
    let crop = if c.random.chance(50) { LIME } else { BARLEY };
    c.path("M-100 580L1700 580L1700 1300L-100 1300Z", EARTH.lighter(0.22));
    // Two slanted fields: barley beside meadow.
    for row in -9..=9 {
        let far = 800.0 + row as f32 * 62.0;
        let near = 800.0 + row as f32 * 250.0;
        let tint = if row < 0 { MEADOW } else { crop };
        c.path(
            &format!("M{:.0} 580L{:.0} 580L{:.0} 1320L{:.0} 1320Z", far - 18.0, far + 18.0, near + 78.0, near - 78.0),
            tint,
        );
        c.path(
            &format!("M{:.0} 580L{:.0} 580L{:.0} 1320L{:.0} 1320Z", far - 5.0, far + 6.0, near + 26.0, near - 20.0),
            tint.lighter(0.22),
        );
    }
    c.willow(150.0, 690.0, 260.0, season);
    c.willow(330.0, 640.0, 170.0, season);
    c.willow(1520.0, 660.0, 210.0, season);
    let farmer = c.adult();
    c.person(1010.0, 900.0, 330.0, farmer, WAVE, false);
    c.child(700.0, 980.0, 256.0, WALK);
    c.child(570.0, 1010.0, 262.0, HOLD);
    c.tufts(1120.0, 1190.0, 22, season);
}

pub(super) fn boat(c: &mut Canvas) {
    c.sky(600.0, Season::Summer);
    c.rect(-100.0, 570.0, WIDTH + 200.0, 40.0, DEEP.mix(SKY, 0.5));
    c.row_of_houses(60.0, 300.0, 592.0, 0.32);
    c.church(390.0, 592.0, 0.3);
    c.water(590.0, 1320.0, WATER.mix(BLUE, 0.15));
    c.skutsje(1400.0, 640.0, 0.34);
    c.skutsje(860.0, 850.0, 1.22);
    c.faint("M560 880Q860 930 1190 872L1130 900Q860 960 600 905Z", WHITE, 0.5);
    for post in 0..5 {
        let x = -30.0 + post as f32 * 190.0;
        c.rect(x, 1060.0, 26.0, 200.0, BARK.darker(0.15));
    }
    c.polygon(&[(-100.0, 1060.0), (760.0, 1060.0), (860.0, 1130.0), (-100.0, 1130.0)], WOOD);
    c.rect(-100.0, 1130.0, 960.0, 26.0, WOOD.darker(0.25));
    c.child(180.0, 1100.0, 270.0, WAVE);
    c.child(320.0, 1110.0, 250.0, UP);
    let skipper = c.adult();
    c.person(500.0, 1105.0, 340.0, skipper, REACH, false);
    c.child(660.0, 1110.0, 262.0, WAVE);
}

pub(super) fn mill(c: &mut Canvas) {
    let season = green(c);
    c.sky(680.0, season);
    c.land(660.0, season);
    c.row_of_houses(40.0, 420.0, 690.0, 0.6);
    c.mill(1000.0, 780.0, 1.28, season.grass().darker(0.1));
    c.path("M-100 800Q520 760 560 900Q620 1100 -100 1060Z", WATER);
    c.faint("M-100 830Q420 800 470 890Q420 850 -100 862Z", WHITE, 0.4);
    for x in [420.0, 480.0, 520.0] {
        c.stroke(&format!("M{x:.0} 1000q-6 -70 4 -118M{:.0} 1004q4 -60 20 -96", x + 12.0), DEEP, 6.0);
        c.rounded(x + 0.0, 868.0, 11.0, 36.0, 5.0, BARK);
    }
    let miller = c.adult();
    c.person(1230.0, 980.0, 330.0, miller, UP, true);
    c.child(1090.0, 1040.0, 250.0, STAND);
    c.child(960.0, 1070.0, 256.0, UP);
    c.child(800.0, 1090.0, 262.0, WAVE);
    c.child(660.0, 1080.0, 250.0, HOLD);
    c.tufts(1090.0, 1180.0, 20, season);
}
