//! What the school asks permission for, in words a parent reads once.

use crate::plan::{Basis, Purpose, Translated};

struct Row {
    key: &'static str,
    basis: Basis,
    title: [&'static str; 3],
    explanation: [&'static str; 3],
}

/// Dutch, English, Frisian.
static ROWS: [Row; 9] = [
    Row {
        key: "portal_group",
        basis: Basis::Consent,
        title: ["In Ikker, voor de eigen groep", "In Ikker, for the own group", "Yn Ikker, foar de eigen groep"],
        explanation: [
            "Foto's en films van uw kind in berichten voor de groep. Alleen ouders van deze groep en het team zien ze.",
            "Photos and films of your child in messages for the group. Only parents of this group and the team see them.",
            "Foto's en films fan jo bern yn berjochten foar de groep. Allinnich âlden fan dizze groep en it team sjogge se.",
        ],
    },
    Row {
        key: "portal_school",
        basis: Basis::Consent,
        title: ["In Ikker, voor de hele school", "In Ikker, for the whole school", "Yn Ikker, foar de hiele skoalle"],
        explanation: [
            "Foto's en films van uw kind in berichten voor alle ouders van de school.",
            "Photos and films of your child in messages for all parents of the school.",
            "Foto's en films fan jo bern yn berjochten foar alle âlden fan 'e skoalle.",
        ],
    },
    Row {
        key: "newsletter",
        basis: Basis::Consent,
        title: ["In de nieuwsbrief", "In the newsletter", "Yn de nijsbrief"],
        explanation: [
            "Foto's van uw kind in de nieuwsbrief. Die gaat per mail naar ouders en naar vrienden van de school.",
            "Photos of your child in the newsletter. It is mailed to parents and to friends of the school.",
            "Foto's fan jo bern yn de nijsbrief. Dy giet per mail nei âlden en nei freonen fan 'e skoalle.",
        ],
    },
    Row {
        key: "school_guide",
        basis: Basis::Consent,
        title: ["In de schoolgids", "In the school guide", "Yn de skoalgids"],
        explanation: [
            "Een foto van uw kind in de gids over onze school. Iedereen kan de gids lezen.",
            "A photo of your child in the guide about our school. Anyone can read the guide.",
            "In foto fan jo bern yn de gids oer ús skoalle. Elkenien kin de gids lêze.",
        ],
    },
    Row {
        key: "website",
        basis: Basis::Consent,
        title: ["Op de website", "On the website", "Op de webside"],
        explanation: [
            "Foto's van uw kind op de website van de school. De hele wereld kan ze zien.",
            "Photos of your child on the website of the school. The whole world can see them.",
            "Foto's fan jo bern op de webside fan 'e skoalle. De hiele wrâld kin se sjen.",
        ],
    },
    Row {
        key: "social_media",
        basis: Basis::Consent,
        title: ["Op sociale media", "On social media", "Op sosjale media"],
        explanation: [
            "Foto's van uw kind op de pagina's van de school bij andere bedrijven. De school kan ze daar niet altijd meer weghalen.",
            "Photos of your child on the school's pages with other companies. The school cannot always take them away there.",
            "Foto's fan jo bern op de siden fan 'e skoalle by oare bedriuwen. De skoalle kin se dêr net altyd wer weihelje.",
        ],
    },
    Row {
        key: "press",
        basis: Basis::Consent,
        title: ["In de krant", "In the newspaper", "Yn de krante"],
        explanation: [
            "Uw kind op een foto in de krant of op de regionale omroep, als die bij ons op bezoek is.",
            "Your child in a photo in the newspaper or on regional television, when they visit us.",
            "Jo bern op in foto yn de krante of op de regionale omrop, as dy by ús op besite is.",
        ],
    },
    Row {
        key: "contact_details",
        basis: Basis::Consent,
        title: [
            "Uw telefoonnummer delen met de groep",
            "Sharing your phone number with the group",
            "Jo telefoannûmer diele mei de groep",
        ],
        explanation: [
            "Uw naam, telefoonnummer en mailadres op een lijst voor ouders van de groep. Handig om af te spreken.",
            "Your name, phone number and mail address on a list for parents of the group. Handy for arranging things.",
            "Jo namme, telefoannûmer en mailadres op in list foar âlden fan 'e groep. Handich om ôf te praten.",
        ],
    },
    Row {
        key: "lesson_recording",
        basis: Basis::Information,
        title: ["Opnames van een les", "Recordings of a lesson", "Opnamen fan in les"],
        explanation: [
            "Soms filmen we een les, omdat leerkrachten daarvan leren. Dat hoort bij onze taak als school. Alleen het team ziet de film. Na drie maanden wissen we die. U hoeft hier niets te kiezen. Hebt u bezwaar? Zeg het tegen de directeur.",
            "Sometimes we film a lesson, because teachers learn from it. That is part of our task as a school. Only the team sees the film. We erase it after three months. There is nothing to choose here. Do you object? Tell the head teacher.",
            "Somtiden filmje wy in les, om't learkrêften dêrfan leare. Dat heart by ús taak as skoalle. Allinnich it team sjocht de film. Nei trije moannen wiskje wy dy. Jo hoege hjir neat te kiezen. Hawwe jo beswier? Sis it tsjin de direkteur.",
        ],
    },
];

/// The nine purposes, in the order in which parents see them.
pub(crate) fn purposes() -> Vec<Purpose> {
    ROWS.iter()
        .map(|row| Purpose {
            key: row.key.into(),
            basis: row.basis,
            title: translated(row.title),
            explanation: translated(row.explanation),
        })
        .collect()
}

fn translated([nl, en, fy]: [&str; 3]) -> Translated {
    Translated { nl: nl.into(), en: en.into(), fy: fy.into() }
}
