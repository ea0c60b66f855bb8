//! What the answers about a child come down to.

use crate::plan::{Basis, Plan, Scope};

/// The effective answer about one child and one purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    Yes,
    No,
    /// Nobody answered; counts as no.
    Unset,
}

impl Plan {
    /// The place of a purpose in [`Plan::purposes`].
    pub fn purpose(&self, key: &str) -> Option<usize> {
        self.purposes.iter().position(|purpose| purpose.key == key)
    }

    /// The effective answer at a moment: *no* if the last answer of any guardian with custody is
    /// no, else *yes* if one said yes, else *unset*. Written again here, apart from the portal's
    /// own rule, so that a test can compare the two.
    pub fn outcome(&self, child: usize, purpose: usize, at_micros: i64) -> Outcome {
        if self.purposes[purpose].basis == Basis::Information {
            return Outcome::Unset;
        }
        let mut outcome = Outcome::Unset;
        for link in self.guardianships.iter().filter(|link| link.child == child && link.scope == Scope::Full) {
            let last = self.answers.iter().rfind(|a| {
                a.guardian == link.guardian && a.child == child && a.purpose == purpose && a.at_micros <= at_micros
            });
            match last {
                Some(answer) if !answer.yes => return Outcome::No,
                Some(_) => outcome = Outcome::Yes,
                None => {}
            }
        }
        outcome
    }

    /// The children of a class, or everyone for the school group.
    pub fn children_of(&self, group: usize) -> impl Iterator<Item = usize> + '_ {
        (0..self.children.len())
            .filter(move |&child| group == crate::SCHOOL_GROUP || self.children[child].group == group)
    }
}
