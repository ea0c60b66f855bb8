//! The accounts with which somebody can look around.

use crate::DEMO_PASSWORD;
use crate::people::{COURT_ORDER, ENGLISH, FATHER, FRYSK, MOTHER, TEACHER_AND_MOTHER, UNDECIDED, WITHOUT_CUSTODY};
use crate::plan::{Login, LoginRole, Person, Plan};

use LoginRole::{Director, Guardian, Office, Specialist, Teacher};

static ROWS: &[(LoginRole, &str, &str)] = &[
    (Guardian, MOTHER, "Moeder van Sanne (Groep 4) en Otto (Groep 1): twee kinderen in twee groepen."),
    (
        Guardian,
        FATHER,
        "Vader van Sanne en Otto, woont apart: een eigen account met dezelfde rechten; leest de weekbrief en zei nee tegen de website.",
    ),
    (Guardian, UNDECIDED, "Moeder van Elif (Groep 2): heeft nog geen enkele beeldvoorkeur gekozen."),
    (Guardian, WITHOUT_CUSTODY, "Vader van Jildou (Groep 6) zonder gezag: ziet alleen wat een directeur vrijgeeft."),
    (Guardian, COURT_ORDER, "Vader van Luuk (Groep 7) met een contactverbod: ziet niets, en niet waarom."),
    (Guardian, ENGLISH, "Moeder van Daryna (Groep 6), leest Engels."),
    (Guardian, FRYSK, "Moeder van Hidde (Groep 8), leest Fries."),
    (Teacher, "juf@demo.example", "Juf Anna, Groep 1, werkt maandag tot en met woensdag; deelt de groep met juf Loes."),
    (
        Teacher,
        "meester@demo.example",
        "Meester Bram, Groep 4, heeft een concept met foto's klaarstaan en een album van 24.",
    ),
    (Teacher, TEACHER_AND_MOTHER, "Juf Marloes, Groep 8, is ook moeder van Ties (Groep 5)."),
    (Specialist, "gym@demo.example", "Meester Joris, gym, Groep 3 tot en met 8."),
    (Specialist, "muziek@demo.example", "Juf Lidewij, muziek, Groep 1 tot en met 5."),
    (
        Office,
        "administratie@demo.example",
        "Gerda van de administratie: bereidt toegang voor en typt papieren formulieren in.",
    ),
    (
        Director,
        "directeur@demo.example",
        "Hanneke, directeur: keurt toegang goed, ziet bereik, meldingen en instellingen.",
    ),
];

/// The demo log-ins, in the order in which a visitor would try them.
pub(crate) fn logins(plan: &Plan) -> Vec<Login> {
    ROWS.iter()
        .filter_map(|&(role, email, note)| {
            let (who, name) = match role {
                Guardian => {
                    let place = plan.guardians.iter().position(|one| one.email == email)?;
                    (Person::Guardian(place), plan.guardians[place].name())
                }
                _ => {
                    let place = plan.staff.iter().position(|one| one.email == email)?;
                    (Person::Staff(place), plan.staff[place].name())
                }
            };
            Some(Login { role, who, name, email: email.into(), password: DEMO_PASSWORD.into(), note: note.into() })
        })
        .collect()
}
