//! Who is still waiting at the door: access requests and open invitations.

use crate::calendar::{Calendar, school_day, shift};
use crate::plan::{
    AccessRequest, Guardian, Invitation, InvitationBy, Language, Plan, RequestState, RosterMatch, Scope, StaffRole,
};
use crate::random::Random;

const HOUR: i64 = 3_600_000_000;

/// Guardians with custody on the roster who are not in the portal yet, with one of their children.
fn waiting(plan: &Plan) -> Vec<(usize, usize)> {
    let mut seen = Vec::new();
    for link in plan.guardianships.iter().filter(|link| link.scope == Scope::Full) {
        let not_joined = plan.guardians[link.guardian].joined_at_micros.is_none();
        if not_joined && seen.iter().all(|&(guardian, _)| guardian != link.guardian) {
            seen.push((link.guardian, link.child));
        }
    }
    Random::new(plan.seed, "waiting").shuffle(&mut seen);
    seen
}

/// Six, half by letter and half by mail.
pub(crate) fn invitations(plan: &Plan, calendar: &Calendar) -> Vec<Invitation> {
    let office = plan.staff.iter().position(|one| one.role == StaffRole::Office).unwrap_or(0);
    waiting(plan)
        .into_iter()
        .take(6)
        .enumerate()
        .map(|(number, (guardian, child))| {
            let day = school_day(calendar.days_ago(2 + 2 * number as i64), true);
            Invitation {
                guardian,
                child,
                invited_by: if number < 4 { office } else { 0 },
                by: if number % 2 == 0 { InvitationBy::Letter } else { InvitationBy::Mail },
                sent_at_micros: calendar.past(day, 10, 20 + number as i64),
                expires_at_micros: calendar.moment(shift(calendar.today, 16 + number as i64), 23, 59),
            }
        })
        .collect()
}

/// Strangers, and people who mistook the school.
static STRANGERS: [(&str, &str, &str, &str, &str); 4] = [
    (
        "Corrie van Zanten",
        "corrie.vanzanten@mail.example",
        "Lars van Zanten",
        "oma",
        "Ik pas op mijn kleinzoon en wil graag de foto's zien. Zijn ouders vinden het goed.",
    ),
    (
        "Patrick Vos",
        "patrick.vos@mail.example",
        "Jayla Vos",
        "vader",
        "Mijn dochter begint na de zomer. Mag ik alvast meekijken?",
    ),
    ("K. Brandsma", "k.brandsma@mail.example", "weet ik niet", "ouder", "graag toegang"),
    (
        "Marit de Lange",
        "marit@fotograaf.example",
        "Groep 8",
        "anders",
        "Ik maak de schoolfoto's en wil deze graag zelf plaatsen.",
    ),
];

/// Twelve pending, three decided.
pub(crate) fn requests(plan: &Plan, calendar: &Calendar) -> Vec<AccessRequest> {
    let mut people = waiting(plan).into_iter().skip(6);
    let mut requests = Vec::new();
    let hours = [330, 290, 200, 152, 128, 101, 77, 74, 52, 29, 27, 21, 9, 4, 1];
    let at = |number: usize| calendar.now_micros - hours[number] * HOUR - number as i64 * 7 * 60_000_000;

    let decided = RequestState::Approved { by: 0, at_micros: at(0) + 20 * HOUR };
    requests.extend(from_roster(
        plan,
        people.next(),
        at(0),
        RosterMatch::Exact,
        "Ik heb de brief niet ontvangen, kan het ook zo?",
        decided,
    ));
    let reason = "De naam van het kind staat niet op onze lijst. Belt u ons gerust, dan zoeken we het samen uit.";
    requests.push(stranger(
        STRANGERS[1],
        at(1),
        RequestState::Rejected { by: 1, at_micros: at(1) + 30 * HOUR, reason: reason.into() },
    ));
    let decided = RequestState::Approved { by: 1, at_micros: at(2) + 5 * HOUR };
    requests.extend(from_roster(plan, people.next(), at(2), RosterMatch::Typo, "Groetjes en alvast bedankt", decided));

    let messages = [
        "Ik wil graag meelezen, mijn vrouw zit al in de app.",
        "De code in de brief werkt niet meer.",
        "Wij zijn pas verhuisd, dus de brief is misschien naar het oude adres gegaan.",
        "Kan ik ook met dit mailadres?",
        "",
    ];
    for (number, message) in messages.into_iter().enumerate() {
        requests.extend(from_roster(
            plan,
            people.next(),
            at(3 + number),
            RosterMatch::Exact,
            message,
            RequestState::Pending,
        ));
    }
    let first = 3;
    let mut again = requests[first].clone();
    again.at_micros = at(8);
    again.message = "Ik had het al gevraagd maar hoor niets. Nog een keer dus.".into();
    again.roster = RosterMatch::DuplicateOf(first);
    requests.push(again);
    for (number, message) in
        ["Met mijn telefoon getypt, sorry voor fouten", "Graag toegang voor mijn kind", "hallo, ik ben de andere ouder"]
            .into_iter()
            .enumerate()
    {
        requests.extend(from_roster(
            plan,
            people.next(),
            at(9 + number),
            RosterMatch::Typo,
            message,
            RequestState::Pending,
        ));
    }
    requests.push(stranger(STRANGERS[0], at(12), RequestState::Pending));
    requests.push(stranger(STRANGERS[2], at(13), RequestState::Pending));
    requests.push(stranger(STRANGERS[3], at(14), RequestState::Pending));
    requests
}

fn from_roster(
    plan: &Plan,
    who: Option<(usize, usize)>,
    at_micros: i64,
    roster: RosterMatch,
    message: &str,
    state: RequestState,
) -> Option<AccessRequest> {
    let (guardian, child) = who?;
    let person: &Guardian = &plan.guardians[guardian];
    let relation =
        plan.guardianships.iter().find(|link| link.guardian == guardian && link.child == child)?.relation.clone();
    let typo = roster == RosterMatch::Typo;
    Some(AccessRequest {
        name: if typo {
            person.given_name.chars().take(1).collect::<String>() + ". " + &misspelled(&person.family_name)
        } else {
            person.name()
        },
        // Whoever mistypes a name often writes from another address than the school has.
        email: if typo { format!("prive.{}", person.email) } else { person.email.clone() },
        child_name: if typo {
            misspelled(&plan.children[child].name()).to_lowercase()
        } else {
            plan.children[child].name()
        },
        relation,
        message: message.into(),
        language: person.language,
        at_micros,
        child: Some(child),
        guardian: Some(guardian),
        roster,
        state,
    })
}

fn stranger(
    (name, email, child_name, relation, message): (&str, &str, &str, &str, &str),
    at_micros: i64,
    state: RequestState,
) -> AccessRequest {
    AccessRequest {
        name: name.into(),
        email: email.into(),
        child_name: child_name.into(),
        relation: relation.into(),
        message: message.into(),
        language: Language::Nl,
        at_micros,
        child: None,
        guardian: None,
        roster: RosterMatch::Nothing,
        state,
    }
}

/// As a thumb would type it: accents gone, two letters swapped.
fn misspelled(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().map(|letter| if letter.is_ascii() { letter } else { 'e' }).collect();
    let place = letters.iter().rposition(|letter| letter.is_ascii_alphabetic()).unwrap_or(0);
    if place > 2 && letters[place - 1].is_alphabetic() && letters[place - 1] != letters[place] {
        letters.swap(place - 1, place);
    } else {
        letters.push('e');
    }
    letters.into_iter().collect()
}
