//! The scenes: one function each, grouped by where they are.

mod classroom;
mod festive;
mod outing;
mod playing;
mod seasons;
mod village;

use super::canvas::Canvas;

/// Something that happens at the school, drawn differently for every seed.
#[derive(Debug)]
pub(super) struct Scene {
    /// By which posts ask for it.
    pub(super) key: &'static str,
    /// One Dutch sentence.
    pub(super) description: &'static str,
    /// Where an upright picture is cut out: the middle of its 900 units of width.
    pub(super) focus: f32,
    pub(super) draw: fn(&mut Canvas),
}

const fn scene(key: &'static str, description: &'static str, focus: f32, draw: fn(&mut Canvas)) -> Scene {
    Scene { key, description, focus, draw }
}

/// The order decides which index is which picture: add at the end only.
pub(super) static SCENES: [Scene; 41] = [
    scene("school", "De school met kinderen en ouders op het plein bij de voordeur.", 800.0, village::school),
    scene("plein", "Kinderen spelen op het schoolplein met een springtouw en een bal.", 800.0, playing::playground),
    scene(
        "toren",
        "De kerktoren boven de huizen van het dorp; twee kinderen lopen over het pad.",
        620.0,
        village::tower,
    ),
    scene("dijk", "Schapen op de dijk, met daarachter het water.", 700.0, village::dyke),
    scene("ikker", "Een veld met rechte rijen groen; twee kinderen lopen langs de rand.", 800.0, village::field),
    scene("skutsje", "Een skûtsje onder zeil op het meer; kinderen zwaaien vanaf de steiger.", 800.0, village::boat),
    scene(
        "schaatsen",
        "Kinderen schaatsen op de bevroren vaart, een leert het achter een stoel.",
        780.0,
        seasons::skating,
    ),
    scene("fietsexamen", "Kinderen met helm op de fiets bij de verkeerskegels.", 800.0, playing::bicycles),
    scene("sterren", "Papieren sterren hangen voor het raam, kinderen knippen aan tafel.", 800.0, festive::stars),
    scene("moestuin", "Kinderen oogsten grote pompoenen in de schooltuin.", 760.0, seasons::garden),
    scene("kippen", "Twee kinderen voeren de kippen bij het hok achter de school.", 800.0, outing::hens),
    scene("leeskring", "De groep zit in een kring op het kleed, de juf leest voor.", 800.0, classroom::reading),
    scene("gym", "In de gymzaal balanceert een kind op de bank, anderen klimmen en springen.", 800.0, playing::gym),
    scene("zwemmen", "Kinderen in het zwembad met drijfplanken en gekleurde badmutsen.", 800.0, playing::swimming),
    scene("knutselen", "Kinderen knutselen aan tafel met verf, papier en lijm.", 800.0, classroom::crafts),
    scene("muziek", "Kinderen maken muziek met trommel, gitaar en triangel.", 800.0, classroom::music),
    scene("verjaardag", "Een kind met feestmuts bij de taart, de groep juicht.", 800.0, festive::birthday),
    scene("koningsspelen", "Kinderen doen zaklopen tussen oranje vlaggetjes.", 800.0, festive::kings_games),
    scene("bus", "De bus staat klaar voor de schoolreis, kinderen zwaaien.", 760.0, outing::bus),
    scene("herfst", "Kinderen spelen in een berg herfstbladeren onder de bomen.", 800.0, seasons::leaves),
    scene("sneeuwpop", "Kinderen maken een sneeuwpop op het witte schoolplein.", 800.0, seasons::snowman),
    scene("bomen", "Kinderen planten jonge bomen aan de rand van het veld.", 780.0, seasons::planting),
    scene(
        "proefjes",
        "Kinderen met veiligheidsbril doen een proef met gekleurde vloeistof.",
        660.0,
        classroom::science,
    ),
    scene("brood", "Kinderen met schort kneden deeg, de broodjes liggen klaar.", 800.0, classroom::baking),
    scene("museum", "Kinderen kijken in het museum naar grote schilderijen.", 800.0, outing::museum),
    scene("molen", "De molen aan het water, kinderen kijken omhoog naar de wieken.", 900.0, village::mill),
    scene("tulpen", "Rijen bloeiende tulpen, twee kinderen plukken een bosje.", 800.0, seasons::tulips),
    scene("poster", "Een muur vol tekeningen van de kinderen.", 800.0, classroom::drawings),
    scene(
        "kraampjes",
        "Kramen met gestreepte daken op het plein, kinderen verkopen soep en taart.",
        700.0,
        festive::stalls,
    ),
    scene("boekenkast", "Kinderen kiezen een boek uit de kast van de schoolbibliotheek.", 800.0, classroom::library),
    scene("schaken", "Twee kinderen denken na boven een schaakbord.", 500.0, classroom::chess),
    scene("kampvuur", "Kinderen zitten 's avonds rond het kampvuur bij de tenten.", 800.0, outing::campfire),
    scene("boerderij", "Op bezoek bij de boer: kinderen aaien een koe bij de schuur.", 720.0, outing::farm),
    scene("regen", "Kinderen in regenjas en laarzen stampen in de plassen.", 800.0, seasons::rain),
    scene("vlieger", "Kinderen laten vliegers op aan de voet van de dijk.", 800.0, playing::kites),
    scene("sportdag", "Kinderen rennen naar de finish op de sportdag.", 800.0, playing::sports_day),
    scene("kerst", "Een lange tafel met kaarsjes bij de kerstboom in de klas.", 800.0, festive::christmas),
    scene("lammetjes", "Een kind geeft een lammetje de fles, andere lammetjes kijken toe.", 780.0, outing::lambs),
    scene("rekenen", "Kinderen bij het bord met figuren en telramen.", 800.0, classroom::sums),
    scene("strand", "Kinderen lopen met emmers over het wad.", 800.0, outing::mudflats),
    scene("toneel", "Kinderen spelen toneel voor het rode doek.", 800.0, festive::theatre),
];
