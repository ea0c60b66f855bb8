//! What was said. `{kind}` is the child, `{juf}` the first teacher, `{collega}` the second.

use std::ops::Range;

/// Who said it.
#[derive(Clone, Copy, Debug)]
pub(super) enum Line {
    Parent(&'static str),
    /// The other parent, when two take part.
    Other(&'static str),
    Staff(&'static str),
    /// The other half of a shared job, if there is one.
    Colleague(&'static str),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum About {
    SanneByMother,
    SanneByFather,
    Otto,
    Ties,
    Elif,
    English,
    Frysk,
    OneParent,
    BothParents,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Unread {
    Nothing,
    ByStaff,
    ByGuardians,
}

#[derive(Debug)]
pub(super) struct Talk {
    pub(super) about: About,
    /// Classes in which this could be said.
    pub(super) classes: Range<usize>,
    pub(super) subject: &'static str,
    pub(super) sensitive: bool,
    pub(super) closed: bool,
    pub(super) unread: Unread,
    pub(super) lines: &'static [Line],
}

use About::{BothParents, OneParent};
use Line::{Colleague, Other, Parent, Staff};

const fn talk(
    about: About,
    classes: Range<usize>,
    subject: &'static str,
    unread: Unread,
    lines: &'static [Line],
) -> Talk {
    Talk { about, classes, subject, sensitive: false, closed: false, unread, lines }
}

const ANY: Range<usize> = 0..8;

/// The first are the latest.
pub(super) static TALKS: &[Talk] = &[
    talk(
        About::SanneByMother,
        ANY,
        "Schoen kwijt",
        Unread::ByGuardians,
        &[
            Parent(
                "Goedemorgen {juf}, {kind} kwam gisteren thuis met twee verschillende gymschoenen. Eén is van haar, de andere is maat 36 en blauw. Weet u van wie die is?",
            ),
            Staff(
                "Dat verklaart veel: ik heb hier iemand met hetzelfde probleem! Geeft u de blauwe schoen morgen mee? Dan ruilen we.",
            ),
            Parent("Dat doe ik. Dank u wel!"),
            Staff("Geruild. Ze liepen allebei meteen een stuk rechter."),
        ],
    ),
    talk(
        OneParent,
        0..4,
        "Verlegen in de kring",
        Unread::ByStaff,
        &[
            Parent(
                "Beste {juf}, {kind} vertelt thuis honderduit, maar zegt dat praten in de kring eng is. Ziet u dat ook?",
            ),
            Staff(
                "Ja, dat zie ik. In de kring is {kind} stil, maar in een klein groepje juist niet. Ik laat {kind} deze week eerst aan één kind vertellen, daarna aan vier.",
            ),
            Parent("Wat fijn dat u het ook zag. Wij oefenen thuis met de knuffels als publiek."),
            Parent("O ja, en is het goed als {kind} vrijdag iets van thuis meeneemt om bij te vertellen?"),
        ],
    ),
    talk(
        About::Otto,
        ANY,
        "Otto en de tandarts",
        Unread::Nothing,
        &[
            Parent("{kind} moet donderdag om half elf naar de tandarts. Ik haal hem om tien uur op, is dat goed?"),
            Staff("Prima, ik zet het op het bord. Ik werk donderdag niet, maar {collega} weet het."),
            Colleague("Gezien! Zijn jas hangt klaar. Succes, {kind}."),
            Parent("Geen gaatjes. Hij was een held, zei de tandarts."),
        ],
    ),
    talk(
        About::SanneByFather,
        ANY,
        "Oudergesprek apart",
        Unread::ByStaff,
        &[
            Parent(
                "Beste meester Bram, ik wil graag apart komen voor het gesprek over {kind}. Kan dat aan het eind van de middag? Ik werk in Groningen.",
            ),
            Staff("Dat kan zeker. Ik heb dinsdag om 17.15 uur of donderdag om 16.45 uur."),
            Parent("Dinsdag 17.15 uur, graag. Krijg ik dan dezelfde informatie over haar rekenen?"),
        ],
    ),
    talk(
        About::Elif,
        ANY,
        "Traktatie",
        Unread::ByGuardians,
        &[
            Parent(
                "Beste juf Fenna, {kind} wordt volgende week vijf. Mag zij trakteren, en wat mag wel en niet? Er is toch een kind met een notenallergie?",
            ),
            Staff(
                "Wat leuk! Ja, graag zonder noten. Fruit, een koekje of iets kleins om mee te spelen is altijd goed. We zijn met 23 kinderen.",
            ),
            Staff(
                "En weet u: in de app staan nog vragen over foto's open. U hoeft niets, maar als u kiest weten wij het.",
            ),
        ],
    ),
    talk(
        BothParents,
        2..6,
        "Lezen gaat moeizaam",
        Unread::Nothing,
        &[
            Staff(
                "Beste ouders, ik maak me een beetje zorgen over het lezen van {kind}. {kind} werkt hard, maar de stap naar langere woorden is groot. Kunnen we erover praten?",
            ),
            Parent("Goed dat u het zegt. Wij merken het thuis ook: na één bladzijde is de moed op."),
            Other("Ik had het vroeger zelf. Is het zinvol om op dyslexie te laten testen?"),
            Staff(
                "Daar is het nu nog vroeg voor. Eerst geven we twaalf weken extra begeleiding, drie keer per week. Daarna kijken we samen opnieuw. Thuis liever voorlezen dan oefenen, dan blijft het leuk.",
            ),
            Parent("Dat klinkt goed. Woensdag 15.30 uur, komt dat uit?"),
            Staff("Ja. Tot woensdag, de koffie staat klaar."),
        ],
    ),
    talk(
        OneParent,
        ANY,
        "Ziek gemeld",
        Unread::ByStaff,
        &[Parent("{kind} heeft vannacht overgegeven en blijft vandaag thuis. Ik heb ook gebeld met Gerda.")],
    ),
    talk(
        About::Ties,
        ANY,
        "Ties en het voetbalrooster",
        Unread::Nothing,
        &[
            Parent(
                "Samira, ik schrijf je even als moeder: {kind} heeft nu drie keer ruzie gehad over wie er in het doel mag. Hij wil er niet over praten.",
            ),
            Staff(
                "Fijn dat je het zegt, en goed dat we het hier doen en niet in de teamkamer. Ik heb het gezien. Morgen maken we met de vier keepers een rooster.",
            ),
            Parent("Dank je. Ik bemoei me er als collega verder niet mee."),
            Staff("Rooster hangt. {kind} heeft het zelf getekend."),
        ],
    ),
    talk(
        About::English,
        ANY,
        "Swimming lesson",
        Unread::ByStaff,
        &[
            Parent(
                "Dear teacher, does {kind} need anything special for the swimming lesson on Thursday? She did not learn to swim in Ukraine and she is a bit afraid.",
            ),
            Staff(
                "Thank you for telling me! Only swimwear and a towel. I will tell the swimming teacher; she can start in the shallow pool with two other children.",
            ),
            Parent("That is very kind. She asks if she may keep her T-shirt on?"),
        ],
    ),
    talk(
        About::Frysk,
        ANY,
        "Nei it fuortset ûnderwiis",
        Unread::Nothing,
        &[
            Parent("Juf, {kind} wol graach nei de skoalle yn de stêd, mar al syn freonen bliuwe hjir. Wat tinke jo?"),
            Staff(
                "Goede vraag (ik antwoord in het Nederlands, mijn Fries is nog pril!). Bezoek samen beide open dagen en laat hem daarna een week niets kiezen. In het adviesgesprek in januari praten we erover.",
            ),
            Parent("Dat is in goed plan. Tige tank, en jo Frysk komt wol goed."),
        ],
    ),
    Talk {
        sensitive: true,
        ..talk(
            BothParents,
            0..8,
            "Opa is overleden",
            Unread::Nothing,
            &[
                Parent(
                    "Wij willen u laten weten dat opa gisteren is overleden. {kind} was erg aan hem gehecht. {kind} wil morgen wel gewoon naar school.",
                ),
                Staff(
                    "Wat verdrietig. Ik leef met jullie mee. {kind} mag morgen bij mij zitten en even weggaan als het te veel wordt. Zal ik het de groep vertellen, of wil {kind} dat zelf?",
                ),
                Other("Zelf, met u erbij. Dank u wel."),
                Staff("{kind} heeft het heel mooi verteld. Er was veel lieve aandacht, en daarna gewoon voetbal."),
            ],
        )
    },
    talk(
        OneParent,
        3..8,
        "Te veel huiswerk?",
        Unread::Nothing,
        &[
            Parent("{kind} zat gisteren anderhalf uur aan het huiswerk. Is dat de bedoeling?"),
            Staff(
                "Nee, zeker niet. Een half uur is het hoogste. Stop dan gewoon en zet een streepje in de kantlijn, dan weet ik genoeg.",
            ),
            Parent("Dat gaat rust geven. Dank u."),
        ],
    ),
    talk(
        OneParent,
        0..8,
        "Nieuw medicijn",
        Unread::ByStaff,
        &[
            Parent(
                "{kind} heeft sinds deze week een pufje voor de astma. Het zit in de voorkant van de tas, met briefje. Alleen gebruiken bij benauwdheid.",
            ),
            Staff(
                "Duidelijk. Mag het in de la van het bureau liggen, met naam erop? En wilt u bij Gerda het formulier tekenen?",
            ),
            Parent("Ja, dat is goed. Ik loop morgen om half negen even bij Gerda langs."),
        ],
    ),
    talk(
        OneParent,
        1..6,
        "Alleen naar huis",
        Unread::Nothing,
        &[
            Parent("Mag {kind} vanaf maandag alleen naar huis lopen? We hebben de route vier keer geoefend."),
            Staff("Wat een mijlpaal! Ja hoor, ik schrijf het op. Gaat {kind} op maandag met iemand samen?"),
            Parent("Met de buurjongen. En ik sta de eerste keer heel toevallig achter een boom."),
        ],
    ),
    talk(
        BothParents,
        4..8,
        "Ruzie in de appgroep",
        Unread::Nothing,
        &[
            Parent(
                "In de appgroep van de kinderen worden lelijke dingen gezegd. {kind} doet niet mee maar leest het wel allemaal.",
            ),
            Staff(
                "Dank voor het melden. Wilt u zo aardig zijn geen schermafbeelding rond te sturen? Laat het mij zien, dan praat ik met de kinderen, niet over ze.",
            ),
            Other("Wij hebben de telefoon vanavond even in de la gelegd. Morgen brengen we hem mee."),
            Staff(
                "We hebben er een goed gesprek over gehad. De groep heeft nu zelf regels gemaakt. Eén kind bood uit zichzelf excuses aan.",
            ),
            Parent("Fijn, bedankt voor de snelle actie."),
        ],
    ),
    talk(
        OneParent,
        0..3,
        "Nog niet zindelijk genoeg",
        Unread::Nothing,
        &[
            Parent("Vandaag weer natte kleren mee naar huis. {kind} schaamt zich een beetje."),
            Staff(
                "Nergens voor nodig, er zijn er meer. Ik vraag {kind} voortaan zachtjes voor het buitenspelen. Geeft u twee sets kleren mee?",
            ),
            Parent("Ja. Dank u dat u er zo rustig mee omgaat."),
            Colleague("Vandaag de hele dag droog! {kind} mocht zelf de sticker kiezen."),
        ],
    ),
    talk(
        OneParent,
        2..8,
        "Bril kapot",
        Unread::ByGuardians,
        &[
            Staff(
                "De bril van {kind} is bij het buitenspelen gebroken. Niemand deed het expres. Wij hebben hem met tape gemaakt: {kind} vindt zichzelf nu een piraat.",
            ),
            Parent("O jee. We gaan na school naar de opticien. Is er iemand anders bij betrokken?"),
            Staff("Een bal. De bal heeft spijt."),
        ],
    ),
    talk(
        OneParent,
        4..8,
        "Verveelt zich bij rekenen",
        Unread::Nothing,
        &[
            Parent("{kind} zegt dat rekenen saai is omdat alles al bekend is. Is er iets extra's?"),
            Staff(
                "Dat klopt: {kind} is ver. Vanaf maandag mag {kind} het eerste deel overslaan en aan het puzzelproject werken. Dat is echt moeilijk, dus er mag ook iets mislukken.",
            ),
            Parent("Mislukken is hier thuis het lastigste vak. Goed plan."),
        ],
    ),
    talk(
        OneParent,
        0..8,
        "Verlof voor een bruiloft",
        Unread::Nothing,
        &[
            Parent("Op 14 van de volgende maand trouwt mijn zus in Turkije. Kan {kind} twee dagen vrij krijgen?"),
            Staff(
                "Gefeliciteerd! Verlof vraagt u aan bij de directeur, met de uitnodiging erbij. Voor een bruiloft in het buitenland mogen dat enkele dagen zijn.",
            ),
            Parent("Ik heb het formulier ingevuld. Dank u."),
        ],
    ),
    Talk {
        closed: true,
        ..talk(
            OneParent,
            0..8,
            "Jas verwisseld",
            Unread::Nothing,
            &[
                Parent(
                    "Er hing een zelfde jas aan de kapstok en nu hebben we de verkeerde. Deze heeft een gat in de zak met een kastanje erin.",
                ),
                Staff("De eigenaar van de kastanje heeft zich gemeld. Morgen ruilen?"),
                Parent("Gelukt. De kastanje is meegegaan."),
            ],
        )
    },
    talk(
        OneParent,
        2..7,
        "Wil niet naar school",
        Unread::Nothing,
        &[
            Parent("Het is de derde ochtend met tranen. Ik weet niet wat er is en {kind} zegt het niet."),
            Staff(
                "Dank dat u het meteen zegt. In de klas zie ik een vrolijk kind, maar bij het buitenspelen staat {kind} vaak alleen. Zal ik deze week een maatje regelen voor de pauze?",
            ),
            Parent("Heel graag. Kunt u me aan het eind van de week laten weten hoe het ging?"),
            Staff(
                "Het gaat beter: drie pauzes met hetzelfde groepje, en vandaag werd {kind} gevraagd in plaats van andersom. We houden het in de gaten.",
            ),
            Parent("Vanochtend zonder tranen op de fiets. Wat een opluchting."),
        ],
    ),
    talk(
        OneParent,
        5..8,
        "Spreekbeurt verplaatsen",
        Unread::ByStaff,
        &[Parent(
            "{kind} heeft maandag een spreekbeurt over bijen, maar de imker kan pas woensdag de lege kast uitlenen. Mag er geruild worden?",
        )],
    ),
    Talk {
        sensitive: true,
        ..talk(
            OneParent,
            0..8,
            "Verandering thuis",
            Unread::Nothing,
            &[
                Parent("Wij gaan uit elkaar. {kind} weet het sinds het weekend. Misschien merkt u er iets van."),
                Staff(
                    "Dank u voor het vertrouwen. Ik let op, zonder er veel over te vragen. Als {kind} wil praten, is daar tijd voor. U krijgt straks allebei dezelfde berichten van ons, dat gaat vanzelf.",
                ),
                Parent("Dat is een zorg minder."),
            ],
        )
    },
    talk(
        OneParent,
        0..5,
        "Kikker in de broodtrommel",
        Unread::Nothing,
        &[
            Parent("Ik vond vanavond een kikker in de broodtrommel. Levend. Hoort dat bij een project?"),
            Staff(
                "Nee! Maar het verklaart waarom {kind} vandaag zo voorzichtig liep. Wilt u hem terugzetten in de sloot?",
            ),
            Parent("Gedaan. Er is afscheid genomen, met een lied."),
        ],
    ),
    talk(
        OneParent,
        3..8,
        "Vrij bewegen met een rolstoel",
        Unread::Nothing,
        &[
            Parent("Is de route van de wandeltocht te doen met de rolstoel van {kind}?"),
            Staff(
                "We hebben hem vanmiddag gelopen: het laatste stuk over de dijk niet. Wij draaien de route om, dan kan iedereen alles mee doen.",
            ),
            Parent("Dat u het voor de hele groep verandert, dat doet me veel. Dank u."),
        ],
    ),
    talk(
        OneParent,
        0..8,
        "Compliment",
        Unread::Nothing,
        &[
            Staff(
                "Vandaag heeft {kind} uit zichzelf een nieuw kind de hele school laten zien, tot en met het kippenhok. Ik wilde dat u dat wist.",
            ),
            Parent("Daar word ik even stil van. Dank u voor dit bericht."),
        ],
    ),
    talk(
        OneParent,
        1..7,
        "Feestje en uitnodigingen",
        Unread::Nothing,
        &[
            Parent(
                "{kind} wil zes kinderen uitnodigen voor een feestje. Mogen de kaartjes op school worden uitgedeeld?",
            ),
            Staff("Liever buiten school, dan voelt niemand zich overgeslagen. Bij het hek mag wel."),
            Parent("Begrijpelijk. Dan doen we ze in de brievenbussen, een mooie fietstocht."),
        ],
    ),
    talk(
        BothParents,
        0..8,
        "Zwemdiploma",
        Unread::ByGuardians,
        &[
            Parent("{kind} heeft A! Mag het diploma maandag mee in de kring?"),
            Staff("Natuurlijk! Gefeliciteerd, ook van de hele groep. We zetten een stoel klaar die hoog genoeg is."),
        ],
    ),
];
