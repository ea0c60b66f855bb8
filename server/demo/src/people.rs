//! Families: children, guardians, and the links between them.

use std::collections::HashSet;

use jiff::civil::date;

use crate::calendar::{Calendar, shift};
use crate::names::{self, DUTCH, FRISIAN, Stock};
use crate::plan::{Child, Delivery, Group, GroupKind, Guardian, Guardianship, Language, Scope, Staff};
use crate::random::Random;

/// What [`people`] makes.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) children: Vec<Child>,
    pub(crate) guardians: Vec<Guardian>,
    pub(crate) guardianships: Vec<Guardianship>,
    addresses: HashSet<String>,
}

/// Addresses that log-ins and texts refer to.
pub(crate) const MOTHER: &str = "moeder@demo.example";
pub(crate) const FATHER: &str = "vader@demo.example";
pub(crate) const UNDECIDED: &str = "onbeslist@demo.example";
pub(crate) const WITHOUT_CUSTODY: &str = "zondergezag@demo.example";
pub(crate) const COURT_ORDER: &str = "contactverbod@demo.example";
pub(crate) const ENGLISH: &str = "english@demo.example";
pub(crate) const FRYSK: &str = "frysk@demo.example";
pub(crate) const TEACHER_AND_MOTHER: &str = "jufenmoeder@demo.example";

const FAMILIES: usize = 148;
const CLASS_SIZE: [usize; 8] = [19, 23, 22, 24, 23, 22, 25, 22];

/// Groep 1 … Groep 8 and the school group.
pub(crate) fn groups(calendar: &Calendar) -> Vec<Group> {
    let mut groups: Vec<Group> = (0..8)
        .map(|index: u8| Group {
            kind: GroupKind::Class,
            name: format!("Groep {}", index + 1),
            hue: index,
            year: calendar.school_year(),
        })
        .collect();
    groups.push(Group { kind: GroupKind::School, name: "Hele school".into(), hue: 0, year: calendar.school_year() });
    groups
}

/// The roster: eight families that the log-ins show, then the rest of the village.
pub(crate) fn people(seed: u64, calendar: &Calendar, staff: &[Staff]) -> People {
    let mut people = People { addresses: staff.iter().map(|one| one.email.clone()).collect(), ..People::default() };
    let mut random = Random::new(seed, "people");
    people.add_known_families(&mut random, calendar, staff);
    people.add_village(&mut random, calendar);
    people
}

impl People {
    fn add_known_families(&mut self, random: &mut Random, calendar: &Calendar, staff: &[Staff]) {
        // Sanne and Otto: two children in two groups, parents apart, each with an own account.
        let wal = ("van der", "Wal");
        let sanne = self.child(random, calendar, "Sanne", wal, 3);
        let otto = self.child(random, calendar, "Otto", wal, 0);
        let mother = self.known(calendar, "Marieke", ("", "Postma"), MOTHER, Language::Nl, Delivery::Push);
        let father = self.known(calendar, "Jelle", wal, FATHER, Language::Nl, Delivery::WeeklyLetter);
        for child in [sanne, otto] {
            self.link(mother, child, Scope::Full, "moeder");
            self.link(father, child, Scope::Full, "vader");
        }

        // A teacher whose own child is at the school.
        let ties = self.child(random, calendar, "Ties", ("de", "Graaf"), 4);
        let marloes =
            self.known(calendar, "Marloes", ("de", "Graaf"), TEACHER_AND_MOTHER, Language::Nl, Delivery::Push);
        self.guardians[marloes].staff = staff.iter().position(|one| one.email == TEACHER_AND_MOTHER);
        let erik = self.guardian(random, calendar, "Erik", ("de", "Graaf"), Language::Nl);
        self.link(marloes, ties, Scope::Full, "moeder");
        self.link(erik, ties, Scope::Full, "vader");

        // Nothing answered yet.
        let elif = self.child(random, calendar, "Elif", ("", "Yılmaz"), 1);
        let fatma = self.known(calendar, "Fatma", ("", "Yılmaz"), UNDECIDED, Language::Nl, Delivery::Mail);
        self.link(fatma, elif, Scope::Full, "moeder");

        // A father without custody.
        let fenna = self.child(random, calendar, "Jildou", ("", "Terpstra"), 5);
        let minke = self.guardian(random, calendar, "Minke", ("", "Terpstra"), Language::Nl);
        let dennis = self.known(calendar, "Dennis", ("", "Koster"), WITHOUT_CUSTODY, Language::Nl, Delivery::Mail);
        self.link(minke, fenna, Scope::Full, "moeder");
        self.link(dennis, fenna, Scope::OnRequest, "vader");

        // Kept away by a court, with the guardian appointed instead; and a second such family.
        let luuk = self.child(random, calendar, "Luuk", ("", "Prins"), 6);
        let voogd = self.guardian(random, calendar, "Ellen", ("ter", "Horst"), Language::Nl);
        let kept_away = self.known(calendar, "Rob", ("", "Prins"), COURT_ORDER, Language::Nl, Delivery::Mail);
        self.link(voogd, luuk, Scope::Full, "voogd");
        self.link(kept_away, luuk, Scope::None, "vader");
        let maud = self.child(random, calendar, "Maud", ("", "Schouten"), 2);
        let ilse = self.guardian(random, calendar, "Ilse", ("", "Schouten"), Language::Nl);
        let tom = self.guardian(random, calendar, "Tom", ("van", "Leeuwen"), Language::Nl);
        self.link(ilse, maud, Scope::Full, "moeder");
        self.link(tom, maud, Scope::None, "vader");

        // Readers of English and Frisian.
        let daryna = self.child(random, calendar, "Daryna", ("", "Kovalenko"), 5);
        let olena = self.known(calendar, "Olena", ("", "Kovalenko"), ENGLISH, Language::En, Delivery::Mail);
        self.link(olena, daryna, Scope::Full, "moeder");
        let hidde = self.child(random, calendar, "Hidde", ("", "Hoekstra"), 7);
        let tjitske = self.known(calendar, "Tjitske", ("", "Hoekstra"), FRYSK, Language::Fy, Delivery::WeeklyLetter);
        let wiebe = self.guardian(random, calendar, "Wiebe", ("", "Hoekstra"), Language::Fy);
        self.link(tjitske, hidde, Scope::Full, "moeder");
        self.link(wiebe, hidde, Scope::Full, "vader");
    }

    fn add_village(&mut self, random: &mut Random, calendar: &Calendar) {
        let mut sizes: Vec<usize> = (0..FAMILIES).map(|n| if n < 4 { 3 } else { 1 + usize::from(n < 24) }).collect();
        random.shuffle(&mut sizes);
        let mut twins = 3;
        for (number, &size) in sizes.iter().enumerate() {
            let stock = names::stock(random);
            let family = *random.pick(stock.families);
            let mut grade = self.emptiest_class();
            let mut children = Vec::new();
            for _ in 0..size {
                let girl = random.chance(50);
                let given = self.unused_given(random, if girl { stock.girls } else { stock.boys }, family);
                children.push(self.child(random, calendar, given, family, grade));
                if size == 2 && twins > 0 {
                    // Twins share a group and a birthday: the child just made gives its day on.
                    twins -= 1;
                    let born_on = self.children[children[0]].born_on.clone();
                    let given = self.unused_given(random, if girl { stock.boys } else { stock.girls }, family);
                    let twin = self.child(random, calendar, given, family, grade);
                    self.children[twin].born_on = born_on;
                    children.push(twin);
                    break;
                }
                grade = (grade + 2 + random.below(2)) % 8;
            }
            self.add_parents(random, calendar, number, stock, family, &children);
        }
    }

    /// What sort of family it is depends on its number, so that every sort is there for every seed.
    fn add_parents(
        &mut self,
        random: &mut Random,
        calendar: &Calendar,
        number: usize,
        stock: &'static Stock,
        family: (&'static str, &'static str),
        children: &[usize],
    ) {
        let language = if std::ptr::eq(stock, &FRISIAN) && random.chance(12) {
            Language::Fy
        } else if !std::ptr::eq(stock, &FRISIAN) && !std::ptr::eq(stock, &DUTCH) && random.chance(20) {
            Language::En
        } else {
            Language::Nl
        };
        let woman = *random.pick(stock.women);
        let man = *random.pick(stock.men);
        let other_stock = names::stock(random);
        let elsewhere = *random.pick(other_stock.families);
        match number % 24 {
            // On their own.
            3 | 15 => {
                let mother = self.guardian(random, calendar, woman, family, language);
                self.link_all(mother, children, Scope::Full, "moeder");
            }
            // Apart; the other parent has another name and, in a few families, no custody.
            5 | 11 | 19 => {
                let mother = self.guardian(random, calendar, woman, elsewhere, language);
                let father = self.guardian(random, calendar, man, family, language);
                self.link_all(mother, children, Scope::Full, "moeder");
                let scope = if number % 48 == 11 { Scope::OnRequest } else { Scope::Full };
                self.link_all(father, children, scope, "vader");
            }
            // Two mothers; two fathers.
            8 => {
                let first = self.guardian(random, calendar, woman, family, language);
                let second_name = *random.pick(DUTCH.women);
                let second = self.guardian(random, calendar, second_name, elsewhere, language);
                self.link_all(first, children, Scope::Full, "moeder");
                self.link_all(second, children, Scope::Full, "moeder");
            }
            17 if number < 48 => {
                let first = self.guardian(random, calendar, man, family, language);
                let second_name = *random.pick(DUTCH.men);
                let second = self.guardian(random, calendar, second_name, elsewhere, language);
                self.link_all(first, children, Scope::Full, "vader");
                self.link_all(second, children, Scope::Full, "vader");
            }
            // Foster parents; a grandfather with custody; a guardian appointed by a court.
            21 => {
                let other_woman = *random.pick(FRISIAN.women);
                let other_man = *random.pick(FRISIAN.men);
                let foster_family = *random.pick(FRISIAN.families);
                let (first, second) = match number {
                    21 => ("pleegmoeder", "pleegvader"),
                    45 => ("oma", "opa"),
                    _ => ("voogd", "stiefvader"),
                };
                let one = self.guardian(random, calendar, other_woman, foster_family, Language::Nl);
                let two = self.guardian(random, calendar, other_man, foster_family, Language::Nl);
                self.link_all(one, children, Scope::Full, first);
                self.link_all(two, children, Scope::Full, second);
            }
            _ => {
                let own = if random.chance(35) { *random.pick(stock.families) } else { family };
                let mother = self.guardian(random, calendar, woman, own, language);
                let father = self.guardian(random, calendar, man, family, language);
                self.link_all(mother, children, Scope::Full, "moeder");
                self.link_all(father, children, Scope::Full, "vader");
            }
        }
    }

    fn emptiest_class(&self) -> usize {
        let free = |class: usize| {
            CLASS_SIZE[class] as i64 - self.children.iter().filter(|child| child.group == class).count() as i64
        };
        (0..8).max_by_key(|&class| (free(class), class)).unwrap_or(0)
    }

    /// A given name that no child of the same family name has yet, if there is one.
    fn unused_given(&self, random: &mut Random, stock: &'static [&'static str], family: (&str, &str)) -> &'static str {
        for _ in 0..20 {
            let given = *random.pick(stock);
            let taken = self.children.iter().any(|child| child.given_name == given && child.family_name == family.1);
            if !taken {
                return given;
            }
        }
        stock[0]
    }

    fn child(
        &mut self,
        random: &mut Random,
        calendar: &Calendar,
        given: &str,
        family: (&str, &str),
        group: usize,
    ) -> usize {
        // Groep 1 is four turning five around the first of October.
        let first_possible = date(calendar.start_year() - group as i16 - 5, 10, 1);
        let born = shift(first_possible, random.within(0, 364));
        self.children.push(Child {
            given_name: given.into(),
            particle: family.0.into(),
            family_name: family.1.into(),
            group,
            born_on: born.to_string(),
        });
        self.children.len() - 1
    }

    fn guardian(
        &mut self,
        random: &mut Random,
        calendar: &Calendar,
        given: &str,
        family: (&str, &str),
        language: Language,
    ) -> usize {
        let address = self.unused_address(given, family);
        let delivery = match random.below(100) {
            0..=44 => Delivery::Push,
            45..=64 => Delivery::Mail,
            65..=93 => Delivery::WeeklyLetter,
            _ => Delivery::Nothing,
        };
        // Counted, not drawn: there are always enough people waiting for an invitation.
        let joined = (self.guardians.len() % 10 != 7).then(|| {
            let day = shift(calendar.first_day_before(), random.within(-20, 30));
            calendar.past(day, random.within(8, 22), random.within(0, 59))
        });
        self.push_guardian(given, family, address, language, delivery, joined)
    }

    fn known(
        &mut self,
        calendar: &Calendar,
        given: &str,
        family: (&str, &str),
        address: &str,
        language: Language,
        delivery: Delivery,
    ) -> usize {
        self.addresses.insert(address.into());
        let joined = calendar.past(calendar.first_day_before(), 20, 15);
        self.push_guardian(given, family, address.into(), language, delivery, Some(joined))
    }

    fn push_guardian(
        &mut self,
        given: &str,
        family: (&str, &str),
        email: String,
        language: Language,
        delivery: Delivery,
        joined_at_micros: Option<i64>,
    ) -> usize {
        self.guardians.push(Guardian {
            given_name: given.into(),
            particle: family.0.into(),
            family_name: family.1.into(),
            email,
            language,
            delivery,
            joined_at_micros,
            staff: None,
        });
        self.guardians.len() - 1
    }

    fn unused_address(&mut self, given: &str, family: (&str, &str)) -> String {
        let name =
            format!("{}.{}{}", names::for_address(given), names::for_address(family.0), names::for_address(family.1));
        let mut address = format!("{name}@mail.example");
        let mut number = 2;
        while !self.addresses.insert(address.clone()) {
            address = format!("{name}{number}@mail.example");
            number += 1;
        }
        address
    }

    fn link(&mut self, guardian: usize, child: usize, scope: Scope, relation: &str) {
        self.guardianships.push(Guardianship { guardian, child, scope, relation: relation.into() });
    }

    fn link_all(&mut self, guardian: usize, children: &[usize], scope: Scope, relation: &str) {
        for &child in children {
            self.link(guardian, child, scope, relation);
        }
    }
}
