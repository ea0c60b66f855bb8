//! Image preferences as they were given over two school years.

use crate::calendar::{Calendar, shift};
use crate::outcome::Outcome;
use crate::people::{FATHER, MOTHER, People, UNDECIDED};
use crate::plan::{Answer, Basis, How, Purpose, Scope, Staff, StaffRole};
use crate::random::Random;

/// Of a hundred children, how many end with yes and how many with no; the rest is unset.
fn shares(key: &str) -> (usize, usize) {
    match key {
        "newsletter" => (72, 14),
        "school_guide" => (66, 18),
        "website" => (54, 30),
        "social_media" => (38, 46),
        "press" => (60, 24),
        _ => (62, 22),
    }
}

/// Every answer, oldest first. Each class gets all three outcomes for the two portal purposes:
/// two to four children with a no, about one in six unset, the others yes.
pub(crate) fn answers(
    seed: u64,
    calendar: &Calendar,
    people: &People,
    staff: &[Staff],
    purposes: &[Purpose],
) -> Vec<Answer> {
    let mut maker = Maker { random: Random::new(seed, "answers"), calendar, people, staff, answers: Vec::new() };
    for class in 0..8 {
        let wanted = maker.portal_outcomes(class);
        for (child, group_outcome, school_outcome) in wanted {
            for (purpose, row) in purposes.iter().enumerate().filter(|(_, row)| row.basis == Basis::Consent) {
                let outcome = match row.key.as_str() {
                    "portal_group" => group_outcome,
                    "portal_school" => school_outcome,
                    key => maker.other_outcome(key, group_outcome),
                };
                maker.answer(child, purpose, &row.key, outcome);
            }
        }
    }
    let mut answers = maker.answers;
    answers.sort_by_key(|answer| answer.at_micros);
    answers
}

struct Maker<'a> {
    random: Random,
    calendar: &'a Calendar,
    people: &'a People,
    staff: &'a [Staff],
    answers: Vec<Answer>,
}

impl Maker<'_> {
    /// For each child of a class: the outcome in the group, and in the whole school.
    fn portal_outcomes(&mut self, class: usize) -> Vec<(usize, Outcome, Outcome)> {
        let mut children: Vec<usize> =
            (0..self.people.children.len()).filter(|&child| self.people.children[child].group == class).collect();
        self.random.shuffle(&mut children);
        // Families with a log-in of their own stay what their log-in promises.
        children.sort_by_key(|&child| self.is_promised(child, MOTHER));
        if let Some(place) = children.iter().position(|&child| self.is_promised(child, UNDECIDED)) {
            let child = children.remove(place);
            children.insert(4, child);
        }
        let count = children.len();
        let refused = 2 + self.random.below(3);
        // The undecided family stands at place 4: refusals end before it, unset begins at the latest with it.
        let unset = refused + (count * 17 / 100).max(5 - refused);
        let only_group = unset + 1 + self.random.below(2);
        children
            .into_iter()
            .enumerate()
            .map(|(place, child)| match place {
                _ if place < refused => (child, Outcome::No, Outcome::No),
                _ if place < unset => (child, Outcome::Unset, Outcome::Unset),
                _ if place < only_group => (child, Outcome::Yes, Outcome::No),
                _ => (child, Outcome::Yes, Outcome::Yes),
            })
            .collect()
    }

    fn is_promised(&self, child: usize, email: &str) -> bool {
        self.people
            .guardianships
            .iter()
            .any(|link| link.child == child && self.people.guardians[link.guardian].email == email)
    }

    fn other_outcome(&mut self, key: &str, in_group: Outcome) -> Outcome {
        // Who never opened the question answered none of them.
        if in_group == Outcome::Unset {
            return Outcome::Unset;
        }
        let (yes, no) = shares(key);
        let drawn = self.random.below(100);
        match in_group {
            Outcome::No if drawn < 80 => Outcome::No,
            _ if drawn < yes => Outcome::Yes,
            _ if drawn < yes + no => Outcome::No,
            _ => Outcome::Unset,
        }
    }

    /// Writes the answers that lead to `outcome`, changes of mind included.
    fn answer(&mut self, child: usize, purpose: usize, key: &str, outcome: Outcome) {
        let mut guardians: Vec<usize> = self
            .people
            .guardianships
            .iter()
            .filter(|link| link.child == child && link.scope == Scope::Full)
            .map(|link| link.guardian)
            .collect();
        if self.is_promised(child, MOTHER) {
            // The mother says yes, the father no: the outcome is no, and neither is told why.
            let disagree = key == "website";
            for guardian in guardians {
                let yes = !disagree || self.people.guardians[guardian].email != FATHER;
                self.give(guardian, child, purpose, yes, false);
                self.give(guardian, child, purpose, yes, true);
            }
            return;
        }
        if self.random.chance(50) {
            guardians.reverse();
        }
        let Some((&first, others)) = guardians.split_first() else { return };
        let long_here = self.people.children[child].group > 0;
        match outcome {
            Outcome::Unset => {}
            Outcome::Yes => {
                let doubted = long_here && self.random.chance(6);
                if long_here {
                    self.give(first, child, purpose, !doubted, false);
                }
                if doubted || !long_here || self.random.chance(55) {
                    self.give(first, child, purpose, true, true);
                }
                for &other in others {
                    if self.random.chance(45) {
                        self.give(other, child, purpose, true, true);
                    }
                }
            }
            Outcome::No => {
                if long_here && self.random.chance(45) {
                    self.give(first, child, purpose, true, false);
                }
                self.give(first, child, purpose, false, true);
                for &other in others {
                    if self.random.chance(40) {
                        let yes = self.random.chance(50);
                        self.give(other, child, purpose, yes, true);
                    }
                }
            }
        }
    }

    fn give(&mut self, guardian: usize, child: usize, purpose: usize, yes: bool, this_year: bool) {
        let calendar = self.calendar;
        let day = if this_year {
            let late = if yes { 30 } else { 85 };
            shift(calendar.first_day(), self.random.within(0, late)).min(calendar.days_ago(self.random.within(0, 9)))
        } else {
            shift(calendar.first_day_before(), self.random.within(0, 40))
        };
        let paper = self.people.guardians[guardian].joined_at_micros.is_none() || self.random.chance(6);
        let how = if paper { How::PaperForm { recorded_by: self.recorder() } } else { How::SelfService };
        let hour = if paper { self.random.within(9, 15) } else { self.random.within(7, 22) };
        let minute = self.random.within(0, 59);
        let mut at_micros = calendar.past(day, hour, minute);
        if let (How::SelfService, Some(joined)) = (how, self.people.guardians[guardian].joined_at_micros) {
            at_micros = at_micros.max(joined + 4 * 60_000_000);
        }
        let earlier = self
            .answers
            .iter()
            .rev()
            .take(8)
            .filter(|a| a.guardian == guardian && a.child == child && a.purpose == purpose);
        // A later answer must also be later on the clock, to the microsecond.
        if let Some(last) = earlier.map(|a| a.at_micros).max() {
            at_micros = at_micros.max(last + 1_000_000);
        }
        at_micros = at_micros.min(calendar.now_micros - 1);
        self.answers.push(Answer { guardian, child, purpose, yes, at_micros, how });
    }

    fn recorder(&mut self) -> usize {
        let wanted = if self.random.chance(80) { StaffRole::Office } else { StaffRole::Director };
        self.staff.iter().position(|one| one.role == wanted).unwrap_or(0)
    }
}
