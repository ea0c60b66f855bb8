//! Posts that are there once, for every seed: a long one, an album, three drafts.

pub(super) const LONG_TITLE: &str = "Waarom wij elke dag lezen";
pub(super) const LONG_BODY: &str = "Op de informatieavond vroegen veel ouders waarom wij zoveel tijd geven aan lezen. Een goede vraag. Hier is ons antwoord, met wat het thuis voor u kan betekenen.

## Wat we zagen

Vorig jaar vroegen we alle kinderen van Groep 4 tot en met 8 wat zij van lezen vinden. Ongeveer de helft zei: *saai*. Dat schrokken wij van, want dezelfde kinderen vertellen in de kring de mooiste verhalen. Het lag dus niet aan verhalen. Het lag aan ons: we lieten kinderen vooral korte stukjes lezen, met vragen erachter.

## Wat we anders doen

- **Elke dag een half uur echt lezen**, in een boek dat je zelf koos.
- **Elke dag voorlezen**, ook in Groep 8.
- **Praten over boeken**, zonder blad met vragen.
- Boeken in **de talen die kinderen thuis spreken**. Wie goed leest in het Pools of Arabisch, leest straks ook goed in het Nederlands.
- Kinderen die lezen moeilijk vinden, krijgen elke week extra tijd met juf Nienke of meester Wouter.

## Wat het oplevert

We zijn nu een paar maanden bezig. In de bibliotheek worden twee keer zoveel boeken geleend. En bij de kapstok hoorden we een gesprek over een drakenboek dat eindigde met: *\"Niet zeggen hoe het afloopt!\"* Dat is voor ons het mooiste cijfer.

## Wat u thuis kunt doen

- Lees voor, ook als uw kind zelf al leest. **Tien minuten** is genoeg.
- Laat uw kind kiezen. Strips, moppen en voetbalblaadjes zijn lezen.
- Laat zien dat u zelf leest: de krant, een recept, een bericht van oma.
- Leest u in een andere taal? Graag zelfs.
- Wordt het ruzie? Stop dan. Morgen is er weer een dag.

## Meer weten?

Op de site van de bibliotheek staan [lijsten per leeftijd](https://bibliotheek.example/lezen). U kunt ook met uw kind naar onze eigen bibliotheek, elke woensdag na school. Ruud zet koffie.

Heeft u een idee, of bent u het niet met ons eens? Wij horen het graag. Stuur een bericht of loop binnen.

Hanneke Wiersma";

pub(super) const ALBUM_TITLE: &str = "Alle foto's van onze buitenweek";
pub(super) const ALBUM_BODY: &str = "Een week lang waren we meer buiten dan binnen. We rekenden op het plein, lazen onder de bomen, telden schapen op de dijk en bakten brood boven het vuur. De regen hoorde erbij. 🌧️🐑🍞

Hier zijn **alle foto's**, in de volgorde van de week. U mag ze bewaren voor uzelf. Deel ze niet verder: er staan ook andere kinderen op.

Meester Bram";
pub(super) const ALBUM_SCENES: &[&str] = &[
    "plein",
    "rekenen",
    "leeskring",
    "herfst",
    "dijk",
    "kampvuur",
    "ikker",
    "regen",
    "vlieger",
    "boerderij",
    "kippen",
    "moestuin",
];

pub(super) const ASKING_TITLE: &str = "Schoolreis naar het Waddenstrand";
pub(super) const ASKING_BODY: &str = "Over twee weken gaan we met de bus naar zee! We zoeken schelpen, bouwen een dijk tegen de vloed en eten patat. De bus rijdt om **half negen** weg en is om vier uur terug.

- stevige schoenen, een regenjas en een trui
- een rugzak met brood en drinken
- geen geld en geen telefoon

Wilt u dit bericht **bevestigen**? Dan weten we dat u het hebt gelezen.

Meester Bram";

pub(super) const POLL_TITLE: &str = "Een avond voor de ouders van de groep";
pub(super) const POLL_BODY: &str = "Wij willen u graag laten zien waar de kinderen aan werken. Met koffie, en met iets lekkers dat zij zelf bakken. Welke avond komt u het beste uit?";
pub(super) const POLL_QUESTION: &str = "Welke avond past u?";
pub(super) const POLL_CHOICES: [&str; 3] = ["dinsdag, zeven uur", "woensdag, half acht", "donderdag, zeven uur"];

/// Author by address, class or `None` for the whole school, title, body, scenes, hours ago.
pub(super) type Draft = (&'static str, Option<usize>, &'static str, &'static str, &'static [&'static str], i64);

pub(super) static DRAFTS: [Draft; 3] = [
    (
        "meester@demo.example",
        Some(3),
        "Ons project over water",
        "De afgelopen twee weken ging alles over water. We maten hoeveel regen er viel, bouwden een sluis van karton en bezochten het gemaal.\n\n(nog aanvullen: wie was de gids ook weer?)",
        &["proefjes", "regen", "skutsje", "dijk"],
        3,
    ),
    (
        "juf@demo.example",
        Some(0),
        "Nieuwe kinderen in Groep 1",
        "Na de vakantie komen er drie nieuwe kinderen in onze groep. Wij vinden het spannend en zij ook. We maken alvast",
        &[],
        26,
    ),
    (
        "directeur@demo.example",
        None,
        "Uitkomsten van de vragenlijst",
        "Dank u wel: meer dan honderd ouders vulden de vragenlijst in. U bent tevreden over de sfeer en over de leerkrachten. U wilt graag **eerder** weten wanneer studiedagen zijn. Dat begrijpen wij.\n\n- studiedagen: voortaan voor de zomer bekend\n- minder losse berichten: we bundelen op vrijdag\n- ",
        &["school"],
        50,
    ),
];

/// What parents write under a post in the group.
pub(super) static COMMENTS: &[&str] = &[
    "Wat leuk! Hij vertelde er thuis de hele avond over.",
    "Dank u wel voor de foto's, prachtig.",
    "Ik kan helpen, tot dan!",
    "Hier is nog een zak kastanjes over, ik geef hem morgen mee.",
    "Geweldig, wat een geduld heeft u.",
    "Onze dochter wil het thuis meteen nadoen. Onze keuken ook, gelukkig.",
    "Is het goed als oma meekomt?",
    "Wat een fijne week weer, dank jullie wel!",
    "Heel mooi gemaakt allemaal.",
    "Wy hawwe der tige fan genoaten.",
    "Mag de kleine zus ook mee?",
    "Thank you, this helps us to talk about school at home.",
    "Wij hebben nog een bord en een klok, ik breng ze donderdag.",
    "Ze zingt het nu al drie dagen. Help! :-)",
    "Mooi dat iedereen mee kan doen.",
    "Om hoe laat moeten we er precies zijn?",
];

/// What the author answers, now and then.
pub(super) static REPLIES: &[&str] = &[
    "Dank u wel, wat leuk om te horen!",
    "Heel graag, tot dan.",
    "Ja hoor, dat is goed.",
    "Ik zet het er nog even bij, dank voor het vragen.",
    "Kwart voor, bij de grote deur.",
];
