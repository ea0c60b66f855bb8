//! Who works at the school. The same people for every seed: texts and screenshots name them.

use crate::plan::{Staff, StaffRole};

struct Row {
    role: StaffRole,
    given: &'static str,
    family: &'static str,
    called: &'static str,
    /// Empty: made from the name.
    address: &'static str,
    subject: &'static str,
    groups: &'static [usize],
    /// One letter for each day worked.
    days: &'static str,
    days_text: &'static str,
}

const fn row(
    role: StaffRole,
    given: &'static str,
    family: &'static str,
    called: &'static str,
    groups: &'static [usize],
    days: &'static str,
    days_text: &'static str,
) -> Row {
    Row { role, given, family, called, address: "", subject: "", groups, days, days_text }
}

const ALL_WEEK: &str = "maandag tot en met vrijdag";

use StaffRole::{Director, Office, Specialist, Teacher};

/// Days are 1 to 5, Monday to Friday.
static ROWS: &[Row] = &[
    Row {
        address: "directeur@demo.example",
        subject: "Directeur",
        ..row(Director, "Hanneke", "Wiersma", "Hanneke Wiersma", &[], "1245", "maandag, dinsdag, donderdag en vrijdag")
    },
    Row {
        subject: "Adjunct-directeur",
        ..row(
            Director,
            "Ruud",
            "van den Berg",
            "Ruud van den Berg",
            &[],
            "1235",
            "maandag, dinsdag, woensdag en vrijdag",
        )
    },
    Row {
        address: "juf@demo.example",
        ..row(Teacher, "Anna", "Dijkstra", "Juf Anna", &[0], "123", "maandag tot en met woensdag")
    },
    row(Teacher, "Loes", "Brouwer", "Juf Loes", &[0], "45", "donderdag en vrijdag"),
    row(Teacher, "Fenna", "Postma", "Juf Fenna", &[1], "12345", ALL_WEEK),
    row(Teacher, "Karin", "Visser", "Juf Karin", &[2], "12", "maandag en dinsdag"),
    row(Teacher, "Nienke", "Terpstra", "Juf Nienke", &[2], "345", "woensdag tot en met vrijdag"),
    Row { address: "meester@demo.example", ..row(Teacher, "Bram", "Jansen", "Meester Bram", &[3], "12345", ALL_WEEK) },
    row(Teacher, "Samira", "El Amrani", "Juf Samira", &[4], "1234", "maandag tot en met donderdag"),
    row(Teacher, "Tjeerd", "Bakker", "Meester Tjeerd", &[4, 6], "5", "vrijdag"),
    row(Teacher, "Rachel", "Pinas", "Juf Rachel", &[5], "123", "maandag tot en met woensdag"),
    row(Teacher, "Wouter", "'t Hart", "Meester Wouter", &[5], "45", "donderdag en vrijdag"),
    row(Teacher, "Eelke", "Zijlstra", "Meester Eelke", &[6], "1234", "maandag tot en met donderdag"),
    Row {
        address: "jufenmoeder@demo.example",
        ..row(Teacher, "Marloes", "de Graaf", "Juf Marloes", &[7], "123", "maandag tot en met woensdag")
    },
    row(Teacher, "Adam", "Nowicki", "Meester Adam", &[7], "45", "donderdag en vrijdag"),
    Row {
        address: "gym@demo.example",
        subject: "Gym",
        ..row(Specialist, "Joris", "Kuipers", "Meester Joris", &[2, 3, 4, 5, 6, 7], "24", "dinsdag en donderdag")
    },
    Row {
        address: "muziek@demo.example",
        subject: "Muziek",
        ..row(Specialist, "Lidewij", "Sinnema", "Juf Lidewij", &[0, 1, 2, 3, 4], "13", "maandag en woensdag")
    },
    Row {
        subject: "Engels",
        ..row(Specialist, "Grace", "Mensah", "Juf Grace", &[4, 5, 6, 7], "35", "woensdag en vrijdag")
    },
    Row {
        subject: "Beeldende vorming",
        ..row(Specialist, "Oksana", "Tkachenko", "Juf Oksana", &[0, 1, 2, 3], "2", "dinsdag")
    },
    Row {
        address: "administratie@demo.example",
        subject: "Administratie",
        ..row(Office, "Gerda", "Bosma", "Gerda Bosma", &[], "1234", "maandag tot en met donderdag")
    },
    Row { subject: "Conciërge", ..row(Office, "Henk", "Tuinstra", "Henk Tuinstra", &[], "12345", ALL_WEEK) },
    Row { subject: "Financiën", ..row(Office, "Aysel", "Demir", "Aysel Demir", &[], "25", "dinsdag en vrijdag") },
];

/// All staff. The directors come first.
pub(crate) fn staff() -> Vec<Staff> {
    ROWS.iter()
        .map(|row| Staff {
            role: row.role,
            given_name: row.given.into(),
            family_name: row.family.into(),
            called: row.called.into(),
            email: if row.address.is_empty() {
                format!(
                    "{}.{}@twa-ikker.example",
                    crate::names::for_address(row.given),
                    crate::names::for_address(row.family)
                )
            } else {
                row.address.into()
            },
            subject: (!row.subject.is_empty()).then(|| row.subject.into()),
            groups: row.groups.to_vec(),
            working_days: row.days_text.into(),
            works_on: ['1', '2', '3', '4', '5'].map(|day| row.days.contains(day)),
        })
        .collect()
}

/// "juf Anna": how somebody is called, not at the start of a sentence.
pub(crate) fn within_a_sentence(called: &str) -> String {
    called.replace("Juf ", "juf ").replace("Meester ", "meester ")
}
