//! The decision table, every row of it, and what must hold whatever comes.

use super::*;
use proptest::prelude::*;
use uuid::Uuid;

fn child(n: u8) -> ChildId {
    ChildId(Uuid::from_u128(u128::from(n)))
}

#[test]
fn what_answers_come_to() {
    use Effective::{No, Unset, Yes};
    // yes, no, guardians with custody, all must agree, outcome
    let table = [
        (0, 0, 0, false, Unset),
        (0, 0, 2, false, Unset),
        (1, 0, 1, false, Yes),
        (1, 0, 2, false, Yes),
        (1, 0, 2, true, Unset),
        (2, 0, 2, true, Yes),
        (0, 1, 2, false, No),
        (1, 1, 2, false, No),
        (1, 1, 2, true, No),
        (0, 0, 0, true, Unset),
    ];
    for (yes, no, guardians, all, outcome) in table {
        let said = Said { yes, no, by_pupil: false };
        assert_eq!(effective(said, guardians, all), outcome, "{said:?} of {guardians}, all: {all}");
    }
    for (yes, no, outcome) in [(1, 0, Yes), (0, 1, No), (0, 0, Unset)] {
        let said = Said { yes, no, by_pupil: true };
        assert_eq!(effective(said, 2, true), outcome, "a pupil's answer needs nobody's beside it");
    }
}

proptest! {
    /// One *no* is enough to say no, whatever else is said and set.
    #[test]
    fn a_no_is_a_no(yes in 0_usize..5, no in 1_usize..5, extra in 0_usize..3, all: bool, by_pupil: bool) {
        let said = Said { yes, no, by_pupil };
        prop_assert_eq!(effective(said, said.answers() + extra, all), Effective::No);
    }

    /// Saying yes never takes a yes away, and asking all never gives one.
    #[test]
    fn asking_all_is_stricter(yes in 0_usize..5, no in 0_usize..5, extra in 0_usize..3, by_pupil: bool) {
        let said = Said { yes, no, by_pupil };
        let guardians = said.answers() + extra;
        if effective(said, guardians, true) == Effective::Yes {
            prop_assert_eq!(effective(said, guardians, false), Effective::Yes);
        }
    }
}

const ANSWERS: [Effective; 3] = [Effective::Yes, Effective::No, Effective::Unset];

/// Every combination of two children's answers and holds, of whom a picture is set apart for, of where it is and who looks: the
/// function says what the table in words says.
#[test]
fn every_row_of_the_table() {
    let (sanne, otto) = (child(1), child(2));
    let author = AccountId(Uuid::from_u128(9));
    let states = ANSWERS.into_iter().flat_map(|answer| [false, true].map(|is_held| (answer, is_held)));
    let states: Vec<(Effective, bool)> = states.collect();
    let mut rows = 0;
    for placed in [Placed::Waiting { author }, Placed::Published, Placed::UnderReview] {
        for only_for in [None, Some(sanne), Some(otto)] {
            for (is_staff, is_author, own) in (0..8).map(|n| (n & 1 > 0, n & 2 > 0, n & 4 > 0)) {
                for (a, b) in states.iter().flat_map(|a| states.iter().map(move |b| (*a, *b))) {
                    rows += 1;
                    let shown = |child, (answer, is_held)| InPicture { child, answer, is_held };
                    let children = [shown(sanne, a), shown(otto, b)];
                    let is_guardian_of = |child| own && child == sanne;
                    let reader = Reader { is_staff, is_author, is_guardian_of: &is_guardian_of };
                    let may = |child: ChildId, (answer, is_held): (Effective, bool)| {
                        if only_for == Some(child) {
                            return true;
                        }
                        let is_free = !is_held || is_staff && placed == Placed::UnderReview;
                        answer == Effective::Yes && is_free
                    };
                    let is_for = match only_for {
                        None => true,
                        Some(child) => is_staff || is_guardian_of(child),
                    };
                    let expected = match placed {
                        Placed::Waiting { .. } => is_author,
                        Placed::Published | Placed::UnderReview => is_for && may(sanne, a) && may(otto, b),
                    };
                    let said = allows(placed, &children, only_for, &reader);
                    assert_eq!(said, expected, "{placed:?} {only_for:?} {is_staff} {is_author} {own} {a:?} {b:?}");
                }
            }
        }
    }
    assert_eq!(rows, 3 * 3 * 8 * 36);
}

fn in_picture(child: ChildId) -> impl Strategy<Value = InPicture> {
    (prop::sample::select(ANSWERS.to_vec()), any::<bool>()).prop_map(move |(answer, is_held)| InPicture {
        child,
        answer,
        is_held,
    })
}

proptest! {
    /// A child whose answer is not yes, or whose guardians have withdrawn it, is never shown to anybody but her guardians and
    /// staff, and then only in a picture set apart for her.
    #[test]
    fn nobody_sees_a_child_without_a_yes(
        states in prop::collection::vec(in_picture(child(0)), 1..5),
        only_for in prop::option::of(0_u8..5),
        own in prop::collection::btree_set(0_u8..5, 0..3),
        is_staff: bool,
    ) {
        let children: Vec<InPicture> =
            (0..).zip(states).map(|(n, state)| InPicture { child: child(n), ..state }).collect();
        let only_for = only_for.map(child);
        let is_guardian_of = |c| own.iter().any(|n| child(*n) == c);
        let reader = Reader { is_staff, is_author: false, is_guardian_of: &is_guardian_of };
        let shown = allows(Placed::Published, &children, only_for, &reader);
        let shut = |shown: &&InPicture| shown.answer != Effective::Yes || shown.is_held;
        let without_yes: Vec<ChildId> = children.iter().filter(shut).map(|shown| shown.child).collect();
        if shown {
            for c in &without_yes {
                prop_assert_eq!(only_for, Some(*c));
                prop_assert!(is_staff || is_guardian_of(*c));
            }
            prop_assert!(without_yes.len() <= 1);
        } else if only_for.is_none() {
            prop_assert!(!without_yes.is_empty(), "hidden for a reason");
        }
    }
}
