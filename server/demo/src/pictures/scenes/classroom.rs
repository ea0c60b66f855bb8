//! Inside the school.

use super::super::canvas::{Canvas, WIDTH};
use super::super::colour::*;
use super::super::figures::{CHEER, HOLD, Hair, Look, REACH, SIT, STAND, UP, WAVE};

pub(super) fn reading(c: &mut Canvas) {
    c.room(640.0);
    c.view(150.0, 110.0, 460.0, 320.0);
    c.bookcase(1120.0, 640.0, 380.0, 3);
    c.plant(1210.0, 172.0, 0.8);
    c.plant(250.0, 446.0, 0.55);
    for place in 0..3 {
        let x = 690.0 + 130.0 * place as f32;
        let y = 150.0 + c.random.between(-14.0, 14.0);
        c.drawing(x, y, 108.0, 132.0);
    }
    let rug = *c.random.pick(&[BLUE.lighter(0.42), MEADOW.lighter(0.42), ROSE.lighter(0.42)]);
    c.ellipse(800.0, 940.0, 760.0, 240.0, rug.darker(0.1));
    c.ellipse(800.0, 932.0, 730.0, 222.0, rug);
    c.ellipse(800.0, 930.0, 560.0, 160.0, rug.lighter(0.35));
    c.ellipse(800.0, 930.0, 400.0, 108.0, rug.lighter(0.12));
    // The teacher's chair, and the book everybody looks at.
    c.rounded(700.0, 520.0, 200.0, 260.0, 40.0, DEEP.lighter(0.15));
    c.rounded(680.0, 690.0, 240.0, 90.0, 30.0, DEEP);
    let teacher = c.adult();
    c.person(800.0, 810.0, 390.0, Look { skirt: false, ..teacher }, HOLD, false);
    c.open_book(800.0, 640.0, 1.7, BRICK);
    for (x, y) in [(430.0, 870.0), (1170.0, 870.0), (250.0, 960.0), (1350.0, 960.0)] {
        c.child(x, y, 290.0, SIT);
    }
    let look = c.look();
    c.person(1060.0, 1010.0, 290.0, Look { wheels: true, skirt: false, ..look }, HOLD, false);
    for (x, y, book) in [(420.0, 1090.0, true), (670.0, 1130.0, false), (900.0, 1120.0, true), (1240.0, 1130.0, false)]
    {
        c.child(x, y, 320.0, SIT);
        if book {
            let cover = *c.random.pick(&CLOTHES);
            c.open_book(x, y - 58.0, 1.0, cover);
        }
    }
}

pub(super) fn crafts(c: &mut Canvas) {
    c.room(660.0);
    c.view(980.0, 110.0, 480.0, 330.0);
    c.plant(1080.0, 456.0, 0.6);
    c.line((80.0, 150.0), (900.0, 150.0), INK.lighter(0.4), 4.0);
    for place in 0..5 {
        let x = 100.0 + 165.0 * place as f32;
        c.drawing(x, 156.0, 130.0, 160.0);
    }
    for (x, tall) in [(300.0, 400.0), (640.0, 420.0), (980.0, 400.0), (1320.0, 410.0)] {
        let look = c.look();
        let apron = *c.random.pick(&[SKY, BARLEY.lighter(0.3), ROSE.lighter(0.3)]);
        c.person(x, 960.0, tall, Look { skirt: false, ..look }, HOLD, false);
        c.at(x, 960.0, tall / 100.0, false, 0.0, |c| {
            c.path("M-9 -64L9 -64L14 -34L-14 -34Z", apron);
        });
    }
    c.table(60.0, 830.0, 1480.0, WOOD.lighter(0.3));
    c.polygon(&[(90.0, 830.0), (200.0, 760.0), (1400.0, 760.0), (1510.0, 830.0)], WOOD.lighter(0.45));
    for (x, y) in [(300.0, 782.0), (640.0, 786.0), (980.0, 782.0), (1320.0, 786.0)] {
        let paper = *c.random.pick(&[WHITE, BARLEY.lighter(0.4), SKY.lighter(0.4)]);
        c.polygon(&[(x - 90.0, y + 34.0), (x - 66.0, y - 12.0), (x + 66.0, y - 12.0), (x + 90.0, y + 34.0)], paper);
        let blot = *c.random.pick(&CLOTHES);
        c.ellipse(x - 16.0, y + 12.0, 34.0, 12.0, blot);
        c.ellipse(x + 34.0, y + 8.0, 18.0, 7.0, BARLEY);
        // The painting hand lies on the sheet.
        c.stroke(&format!("M{:.0} {:.0}L{:.0} {:.0}", x + 30.0, y - 20.0, x + 6.0, y + 10.0), WOOD.darker(0.2), 7.0);
    }
    for (place, x) in [470.0, 810.0, 1150.0].into_iter().enumerate() {
        let paint = [BRICK, BLUE, BARLEY][place];
        c.rounded(x - 30.0, 764.0, 60.0, 66.0, 8.0, WHITE.darker(0.05));
        c.ellipse(x, 766.0, 30.0, 9.0, paint);
        c.line((x + 4.0, 766.0), (x + 30.0, 690.0), WOOD, 7.0);
        c.line((x - 8.0, 766.0), (x - 24.0, 700.0), BRICK, 7.0);
    }
    // Somebody helps, in front.
    let teacher = c.adult();
    let mirrored = c.random.chance(50);
    c.person(if mirrored { 1420.0 } else { 190.0 }, 1170.0, 470.0, teacher, REACH, mirrored);
    c.child(760.0, 1150.0, 330.0, UP);
    let sheet = *c.random.pick(&[WHITE, SKY.lighter(0.3)]);
    c.rounded(770.0, 690.0, 130.0, 100.0, 4.0, sheet);
    c.circle(836.0, 740.0, 28.0, BARLEY);
    for (x, y, tint) in [(420.0, 1120.0, BRICK), (1100.0, 1100.0, BLUE), (1190.0, 1150.0, MEADOW)] {
        c.polygon(&[(x, y), (x + 54.0, y - 14.0), (x + 62.0, y + 18.0), (x + 8.0, y + 28.0)], tint.lighter(0.25));
    }
}

pub(super) fn music(c: &mut Canvas) {
    c.room(680.0);
    c.view(1080.0, 120.0, 400.0, 300.0);
    c.lamp(420.0, 190.0, BARLEY);
    c.lamp(800.0, 160.0, BRICK.lighter(0.2));
    for (x, y, tint) in [
        (180.0, 330.0, BRICK),
        (330.0, 250.0, BLUE),
        (600.0, 300.0, MEADOW),
        (760.0, 370.0, PLUM),
        (940.0, 270.0, ORANGE),
    ] {
        let y = y + c.random.between(-30.0, 30.0);
        c.ellipse(x, y, 20.0, 15.0, tint);
        c.stroke(&format!("M{:.0} {y:.0}l0 -86q26 10 34 36", x + 17.0), tint, 8.0);
    }
    let rug = *c.random.pick(&[BARLEY.lighter(0.35), SKY.lighter(0.2), ROSE.lighter(0.35)]);
    c.ellipse(800.0, 1000.0, 800.0, 210.0, rug);
    for (x, tall) in [(420.0, 310.0), (1180.0, 310.0), (650.0, 300.0), (960.0, 300.0)] {
        c.child(x, 850.0, tall, CHEER);
    }
    // Guitar.
    c.child(330.0, 1080.0, 380.0, HOLD);
    c.at(325.0, 900.0, 1.25, false, -24.0, |c| {
        c.rect(30.0, -9.0, 170.0, 18.0, BARK);
        c.rounded(194.0, -15.0, 38.0, 30.0, 6.0, BARK.darker(0.3));
        c.circle(-34.0, 0.0, 52.0, ORANGE.mix(WOOD, 0.5));
        c.circle(26.0, 0.0, 40.0, ORANGE.mix(WOOD, 0.5));
        c.circle(8.0, 0.0, 19.0, BARK.darker(0.4));
        c.stroke("M-60 -4L210 -4M-60 4L210 4", PAPER, 2.0);
    });
    // Drum.
    c.child(800.0, 1070.0, 370.0, HOLD);
    c.line((768.0, 900.0), (716.0, 968.0), WOOD.lighter(0.3), 9.0);
    c.line((832.0, 900.0), (886.0, 968.0), WOOD.lighter(0.3), 9.0);
    let skin = *c.random.pick(&[BRICK, BLUE, DEEP]);
    c.shadow(800.0, 1120.0, 140.0);
    c.path("M690 980L706 1110Q800 1150 894 1110L910 980Z", skin);
    c.stroke("M694 1000L740 1100L788 1000L836 1112L872 1000L898 1090", BARLEY, 6.0);
    c.ellipse(800.0, 980.0, 112.0, 34.0, PAPER);
    // Triangle, and bells.
    c.child(1260.0, 1090.0, 370.0, UP);
    c.stroke("M1334 740L1334 764M1334 764L1286 850L1382 850Z", SLATE, 9.0);
    c.child(1060.0, 1130.0, 340.0, WAVE);
    c.circle(1154.0, 832.0, 28.0, BARLEY);
    c.circle(1146.0, 824.0, 8.0, WHITE);
    let look = c.look();
    c.person(560.0, 1130.0, 350.0, Look { wheels: true, skirt: false, ..look }, HOLD, false);
    c.ellipse(560.0, 972.0, 74.0, 22.0, BARLEY.darker(0.1));
    c.ellipse(560.0, 966.0, 74.0, 20.0, PAPER);
}

pub(super) fn science(c: &mut Canvas) {
    c.room(640.0);
    c.rounded(200.0, 110.0, 700.0, 380.0, 14.0, WOOD);
    c.rounded(222.0, 132.0, 656.0, 336.0, 6.0, DEEP.darker(0.25));
    c.stroke("M300 390L300 220M300 390L560 390M310 370Q400 350 440 280T560 210", WHITE.darker(0.1), 7.0);
    c.ring(720.0, 250.0, 50.0, BARLEY.lighter(0.2), 6.0);
    for (x, y) in [(720.0, 200.0), (764.0, 276.0), (676.0, 276.0)] {
        c.circle(x, y, 15.0, ROSE);
    }
    c.view(1090.0, 110.0, 390.0, 300.0);
    c.plant(1190.0, 426.0, 0.6);
    for (x, tall, pose) in [(340.0, 400.0, HOLD), (700.0, 410.0, REACH), (1080.0, 400.0, CHEER), (1380.0, 410.0, HOLD)]
    {
        let look = c.look();
        c.person(x, 960.0, tall, Look { top: WHITE.darker(0.05), skirt: false, glasses: false, ..look }, pose, false);
        let shift = if pose.is_leaning() { 7.0 } else { 0.0 };
        c.at(x, 960.0, tall / 100.0, false, 0.0, |c| {
            c.raw(format_args!(r##"<rect x="{:.1}" y="-88" width="25" height="11" rx="5" fill="#9fd0e8" fill-opacity=".55" stroke="#e38b3d" stroke-width="2"/>"##, -12.5 + shift));
        });
    }
    c.table(60.0, 850.0, 1480.0, PAPER.darker(0.07));
    c.polygon(&[(90.0, 850.0), (180.0, 790.0), (1420.0, 790.0), (1510.0, 850.0)], WHITE);
    let mut tints = [BRICK, BARLEY, BLUE, MEADOW, PLUM, ORANGE];
    c.random.shuffle(&mut tints);
    for (place, x) in [200.0, 870.0, 1230.0].into_iter().enumerate() {
        flask(c, x, 830.0, 1.15, tints[place]);
    }
    // The one that foams over.
    c.at(-204.0, 0.0, 1.0, false, 0.0, |c| {
        c.path(
            "M620 700Q600 620 660 610Q670 560 730 580Q790 556 800 612Q856 626 836 700Q820 740 730 740Q640 744 620 700Z",
            WHITE,
        );
        c.path(
            "M660 700Q650 650 700 650Q730 620 770 650Q816 656 800 704Q790 740 730 738Q670 738 660 700Z",
            tints[4].lighter(0.55),
        );
        flask(c, 728.0, 838.0, 1.7, tints[4]);
        for (x, y, r) in [(650.0, 560.0, 15.0), (740.0, 510.0, 20.0), (820.0, 550.0, 12.0), (780.0, 450.0, 10.0)] {
            c.ring(x, y, r, tints[4].lighter(0.3), 4.0);
        }
    });
    c.rounded(1000.0, 800.0, 150.0, 40.0, 10.0, SKY);
    for x in [1030.0, 1075.0, 1120.0] {
        c.rounded(x - 11.0, 720.0, 22.0, 96.0, 11.0, SKY.lighter(0.6));
        c.rounded(x - 11.0, 760.0, 22.0, 56.0, 11.0, tints[5]);
    }
    c.child(230.0, 1160.0, 330.0, UP);
    let teacher = c.adult();
    c.person(1360.0, 1170.0, 460.0, teacher, WAVE, true);
}

fn flask(c: &mut Canvas, x: f32, y: f32, size: f32, tint: Colour) {
    c.at(x, y, size, false, 0.0, |c| {
        c.path("M-14 -96L14 -96L14 -60L46 -6Q48 4 38 4L-38 4Q-48 4 -46 -6L-14 -60Z", SKY.lighter(0.62));
        c.path("M-27 -36L27 -36L46 -6Q48 4 38 4L-38 4Q-48 4 -46 -6Z", tint);
        c.rounded(-19.0, -102.0, 38.0, 10.0, 5.0, SKY.lighter(0.3));
        c.circle(-8.0, -16.0, 5.0, tint.lighter(0.5));
        c.circle(12.0, -24.0, 4.0, tint.lighter(0.5));
    });
}

pub(super) fn baking(c: &mut Canvas) {
    let wall = c.room(680.0);
    for row in 0..4 {
        for column in 0..14 {
            let tint = if (row + column) % 2 == 0 { WHITE } else { wall.mix(SKY, 0.3) };
            c.rounded(-20.0 + 120.0 * column as f32, 210.0 + 118.0 * row as f32, 114.0, 112.0, 8.0, tint);
        }
    }
    c.rect(-100.0, 180.0, WIDTH + 200.0, 22.0, WOOD);
    for (place, x) in [120.0, 260.0, 400.0, 1060.0, 1200.0].into_iter().enumerate() {
        let jar = [BARLEY, ORANGE, LIME, ROSE, SKY][place];
        c.rounded(x - 40.0, 90.0, 80.0, 90.0, 12.0, jar.lighter(0.2));
        c.rounded(x - 34.0, 74.0, 68.0, 20.0, 6.0, WOOD.darker(0.2));
    }
    // The oven.
    c.rounded(1260.0, 300.0, 300.0, 400.0, 16.0, SLATE);
    c.rounded(1290.0, 390.0, 240.0, 190.0, 12.0, INK);
    c.rounded(1304.0, 404.0, 212.0, 162.0, 8.0, ORANGE.lighter(0.1));
    for x in [1350.0, 1410.0, 1470.0] {
        c.ellipse(x, 520.0, 30.0, 20.0, WOOD.darker(0.1));
        c.circle(x, 340.0, 13.0, PAPER);
    }
    for (x, tall) in [(260.0, 400.0), (590.0, 420.0), (930.0, 400.0), (1260.0, 410.0)] {
        let look = c.look();
        let hat = look.hair != Hair::Scarf && look.hair != Hair::Curls && c.random.chance(65);
        c.person(x, 970.0, tall, Look { skirt: false, ..look }, HOLD, false);
        c.at(x, 970.0, tall / 100.0, false, 0.0, |c| {
            c.path("M-9 -66L9 -66L15 -34L-15 -34Z", WHITE);
            if hat {
                c.path("M-15 -92Q-24 -108 -12 -112Q-8 -122 2 -117Q14 -122 16 -111Q25 -106 15 -92Z", WHITE);
                c.rounded(-15.5, -97.0, 31.0, 8.0, 2.0, PAPER.darker(0.08));
            }
        });
    }
    c.table(50.0, 860.0, 1500.0, WOOD.lighter(0.25));
    c.polygon(&[(80.0, 860.0), (170.0, 780.0), (1430.0, 780.0), (1520.0, 860.0)], PAPER);
    for x in [260.0, 590.0, 930.0, 1260.0] {
        c.faint(&format!("M{:.0} 830a110 26 0 1 0 220 0a110 26 0 1 0 -220 0", x - 110.0), WHITE, 0.9);
        c.ellipse(x, 806.0, 76.0, 36.0, CREAM.lighter(0.2));
        c.ellipse(x - 18.0, 794.0, 34.0, 14.0, WHITE);
        c.circle(x - 34.0, 788.0, 14.0, CREAM.lighter(0.35));
    }
    c.polygon(&[(330.0, 1130.0), (430.0, 1010.0), (1230.0, 1010.0), (1330.0, 1130.0)], SLATE.lighter(0.12));
    c.rounded(330.0, 1128.0, 1000.0, 20.0, 8.0, SLATE.darker(0.2));
    for row in 0..2 {
        for place in 0..6 {
            let (x, y) = (470.0 + 130.0 * place as f32 - 14.0 * row as f32, 1050.0 + 52.0 * row as f32);
            let crust = WOOD.mix(ORANGE, 0.35);
            if (place + row) % 3 == 0 {
                for part in [-32.0, 0.0, 32.0] {
                    c.ellipse(x + part, y, 24.0, 22.0, crust.darker(0.05));
                    c.ellipse(x + part - 4.0, y - 7.0, 12.0, 8.0, BARLEY.lighter(0.15));
                }
            } else {
                c.ellipse(x, y, 50.0, 27.0, crust);
                c.stroke(
                    &format!("M{:.0} {:.0}q8 -12 20 -12M{:.0} {:.0}q8 -12 20 -12", x - 26.0, y + 2.0, x + 2.0, y + 2.0),
                    BARLEY.lighter(0.3),
                    6.0,
                );
            }
        }
    }
}

pub(super) fn drawings(c: &mut Canvas) {
    c.room(900.0);
    let cork = WOOD.lighter(0.38);
    c.rounded(70.0, 90.0, 1460.0, 690.0, 16.0, WOOD.darker(0.05));
    c.rect(92.0, 112.0, 1416.0, 646.0, cork);
    for row in 0..3 {
        for column in 0..7 {
            let x = 120.0 + 198.0 * column as f32 + c.random.between(-12.0, 12.0);
            let y = 140.0 + 206.0 * row as f32 + c.random.between(-10.0, 10.0);
            let upright = c.random.chance(40);
            let (w, h) = if upright { (140.0, 176.0) } else { (172.0, 150.0) };
            c.drawing(x, y, w, h);
        }
    }
    c.bunting((60.0, 50.0), (800.0, 50.0), 30.0);
    c.bunting((800.0, 50.0), (1540.0, 50.0), 30.0);
    c.plant(110.0, 930.0, 1.4);
    c.child(440.0, 1090.0, 340.0, UP);
    c.child(700.0, 1110.0, 320.0, STAND);
    let parent = c.adult();
    c.person(1080.0, 1120.0, 470.0, parent, REACH, false);
    c.child(1260.0, 1120.0, 310.0, UP);
}

pub(super) fn library(c: &mut Canvas) {
    c.room(760.0);
    c.bookcase(60.0, 780.0, 560.0, 4);
    c.bookcase(980.0, 780.0, 560.0, 4);
    c.view(690.0, 130.0, 220.0, 330.0);
    c.plant(120.0, 166.0, 0.8);
    c.plant(1440.0, 166.0, 0.9);
    c.rounded(640.0, 640.0, 320.0, 130.0, 40.0, MEADOW.lighter(0.1));
    c.rounded(660.0, 560.0, 280.0, 120.0, 50.0, MEADOW.lighter(0.2));
    let rug = *c.random.pick(&[BRICK.lighter(0.35), BARLEY.lighter(0.2), BLUE.lighter(0.35)]);
    c.ellipse(800.0, 1020.0, 620.0, 130.0, rug);
    c.ellipse(800.0, 1020.0, 520.0, 96.0, rug.lighter(0.25));
    c.child(330.0, 920.0, 330.0, UP);
    c.child(540.0, 950.0, 320.0, HOLD);
    let cover = *c.random.pick(&CLOTHES);
    c.open_book(540.0, 810.0, 1.1, cover);
    let librarian = c.adult();
    c.person(1080.0, 930.0, 440.0, Look { glasses: true, ..librarian }, REACH, false);
    let look = c.look();
    c.person(1330.0, 1000.0, 330.0, Look { wheels: true, skirt: false, ..look }, UP, true);
    for x in [700.0, 930.0] {
        c.child(x, 1120.0, 330.0, SIT);
        let cover = *c.random.pick(&CLOTHES);
        c.open_book(x, 1060.0, 1.1, cover);
    }
    let mut y = 1130.0;
    for place in 0..4 {
        let cover = *c.random.pick(&CLOTHES);
        let shift = c.random.between(-10.0, 10.0);
        c.rounded(180.0 + shift, y - 30.0, 170.0 - 8.0 * place as f32, 30.0, 5.0, cover);
        c.rect(190.0 + shift, y - 22.0, 150.0 - 8.0 * place as f32, 14.0, WHITE.darker(0.04));
        y -= 30.0;
    }
}

pub(super) fn chess(c: &mut Canvas) {
    c.room(620.0);
    c.view(560.0, 90.0, 480.0, 310.0);
    c.bookcase(60.0, 620.0, 340.0, 3);
    c.plant(1400.0, 640.0, 1.6);
    c.lamp(300.0, 120.0, BARLEY);
    for (x, tall) in [(620.0, 330.0), (820.0, 350.0), (1000.0, 330.0)] {
        c.child(x, 850.0, tall, STAND);
    }
    let left = c.look();
    c.person(310.0, 1090.0, 480.0, Look { skirt: false, glasses: true, ..left }, REACH, false);
    let right = c.look();
    c.person(1290.0, 1090.0, 480.0, Look { skirt: false, ..right }, HOLD, true);
    c.rect(520.0, 980.0, 40.0, 300.0, WOOD.darker(0.2));
    c.rect(1040.0, 980.0, 40.0, 300.0, WOOD.darker(0.2));
    c.polygon(&[(300.0, 1010.0), (430.0, 820.0), (1170.0, 820.0), (1300.0, 1010.0)], WOOD.lighter(0.15));
    c.rect(300.0, 1010.0, 1000.0, 34.0, WOOD.darker(0.1));
    let corner = |across: f32, down: f32| {
        let y = 836.0 + 156.0 * (down / 8.0);
        let half = 250.0 + 70.0 * (down / 8.0);
        (800.0 - half + 2.0 * half * across / 8.0, y)
    };
    for down in 0..8 {
        for across in 0..8 {
            let (a, d) = (across as f32, down as f32);
            let tint = if (across + down) % 2 == 0 { PAPER } else { DEEP.mix(INK, 0.3) };
            c.polygon(&[corner(a, d), corner(a + 1.0, d), corner(a + 1.0, d + 1.0), corner(a, d + 1.0)], tint);
        }
    }
    for _ in 0..15 {
        let (across, down) = (c.random.below(8) as f32 + 0.5, c.random.below(8) as f32 + 0.6);
        let (x, y) = corner(across, down);
        let king = c.random.chance(30);
        let tint = if across < 4.0 { WHITE } else { BRICK };
        let size = 0.75 + 0.3 * down / 8.0;
        c.at(x, y, size, false, 0.0, |c| {
            c.ellipse(0.0, 2.0, 21.0, 7.0, INK.lighter(0.2));
            c.path("M-18 0Q-18 -8 -10 -12L-6 -38L6 -38L10 -12Q18 -8 18 0Z", tint.darker(0.06));
            if king {
                c.path("M-12 -38L12 -38L16 -62L6 -54L0 -68L-6 -54L-16 -62Z", tint);
            } else {
                c.circle(0.0, -46.0, 13.0, tint);
            }
        });
    }
    c.rounded(1010.0, 770.0, 130.0, 62.0, 10.0, INK);
    c.circle(1044.0, 801.0, 22.0, PAPER);
    c.circle(1106.0, 801.0, 22.0, PAPER);
    c.stroke("M1044 801L1044 786M1106 801L1118 808", INK, 4.0);
}

pub(super) fn sums(c: &mut Canvas) {
    c.room(700.0);
    c.rounded(300.0, 90.0, 1000.0, 480.0, 16.0, WOOD);
    c.rounded(324.0, 114.0, 952.0, 432.0, 6.0, DEEP.darker(0.22));
    let chalk = PAPER;
    // No figures, since a mirrored 7 would be wrong: shapes and dots to count instead.
    for place in 0..4 {
        c.stroke(&format!("M{:.0} 210l0 -56", 400.0 + 24.0 * place as f32), chalk, 8.0);
    }
    c.stroke(
        "M388 208L486 156M540 182L590 182M565 157L565 207M640 210l0 -56M664 210l0 -56M730 172L784 172M730 194L784 194",
        chalk,
        8.0,
    );
    c.ring(480.0, 400.0, 80.0, BARLEY.lighter(0.2), 8.0);
    c.stroke("M480 400L480 320M480 400L550 440M480 400L410 440", BARLEY.lighter(0.2), 8.0);
    c.stroke("M680 480L780 310L880 480Z", SKY, 8.0);
    c.raw(format_args!(
        r##"<rect x="960" y="330" width="150" height="150" fill="none" stroke="#dd8f83" stroke-width="8"/>"##
    ));
    c.stroke("M1160 480L1160 350L1226 318L1226 448Z", chalk, 6.0);
    for dot in 0..7 {
        c.circle(880.0 + 48.0 * dot as f32, 186.0, 14.0, if dot < 4 { ROSE } else { BARLEY });
    }
    c.rect(300.0, 566.0, 1000.0, 20.0, WOOD.lighter(0.2));
    c.rounded(420.0, 552.0, 60.0, 16.0, 6.0, WHITE);
    // An abacus on legs.
    c.stroke("M90 1010L110 560L300 560L320 1010", WOOD.darker(0.15), 16.0);
    for row in 0..5 {
        let y = 620.0 + 66.0 * row as f32;
        c.line((108.0, y), (302.0, y), SLATE, 5.0);
        let split = 1 + c.random.below(4);
        for bead in 0..5 {
            let x = if bead < split { 130.0 + 27.0 * bead as f32 } else { 160.0 + 27.0 * bead as f32 };
            c.ellipse(x, y, 13.0, 22.0, [BRICK, BARLEY, BLUE, MEADOW, PLUM][row]);
        }
    }
    let teacher = c.adult();
    c.person(1390.0, 960.0, 450.0, teacher, UP, true);
    c.child(560.0, 930.0, 340.0, UP);
    c.child(940.0, 920.0, 330.0, HOLD);
    c.child(420.0, 1090.0, 330.0, REACH);
    for x in [700.0, 960.0, 1190.0] {
        c.child(x, 1130.0, 330.0, SIT);
    }
    for (place, (x, y)) in [(760.0, 1150.0), (850.0, 1160.0), (806.0, 1100.0)].into_iter().enumerate() {
        c.rounded(x, y - 62.0, 66.0, 62.0, 8.0, [BRICK, BARLEY, BLUE][place]);
        c.circle(x + 33.0, y - 31.0, 9.0, WHITE);
    }
}
