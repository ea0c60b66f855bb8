//! The gate: whether a picture may be seen. One function for every channel, asked again each time something is shown.
//!
//! It looks at the children known to be in the picture and at what their guardians' answers come to now.

use crate::{Actor, Result};
use model::{
    ChildId, MediaId, PurposeId, SchoolId,
    account::SchoolSettings,
    consent::{Effective, purpose},
};
use std::collections::{BTreeMap, BTreeSet};
use store::Read;

/// For whom a picture was placed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Audience {
    /// Groups.
    Group,
    /// The whole school, also when the post goes to groups as well.
    School,
}

impl Audience {
    /// The purpose whose answers count.
    pub fn purpose(self) -> &'static str {
        match self {
            Audience::Group => purpose::PORTAL_GROUP,
            Audience::School => purpose::PORTAL_SCHOOL,
        }
    }
}

/// A picture in a post that the actor may read.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub school: SchoolId,
    pub media: MediaId,
    /// The post shows it to this child's guardians and to staff only.
    pub only_for: Option<ChildId>,
    pub audience: Audience,
}

/// What the answers of a child's guardians come to: *no* if one says no; *yes* if at least one says yes (or, where the
/// school asks for it, all); else nobody has decided, which counts as no.
///
/// `answers`: the latest answer of each guardian with custody who gave one; `guardians`: all with custody.
pub fn effective(answers: &[bool], guardians: usize, all_must_agree: bool) -> Effective {
    if answers.contains(&false) {
        return Effective::No;
    }
    let enough = if all_must_agree { guardians.max(1) } else { 1 };
    if answers.len() >= enough { Effective::Yes } else { Effective::Unset }
}

/// The decision for one picture.
///
/// `children`: everybody known to be in it, with the effective answer. `is_guardian_of`: whether the reader has custody
/// of a child; `is_staff`: works at the school.
pub fn allows(
    children: &[(ChildId, Effective)],
    only_for: Option<ChildId>,
    is_guardian_of: impl Fn(ChildId) -> bool,
    is_staff: bool,
) -> bool {
    // Shown to her guardians only: and so it stays, whatever is answered later, until staff decide otherwise.
    if let Some(child) = only_for
        && !is_staff
        && !is_guardian_of(child)
    {
        return false;
    }
    children.iter().all(|(child, answer)| *answer == Effective::Yes || only_for == Some(*child))
}

/// Effective answers of children to versions of purposes.
#[derive(Debug, Default)]
pub struct Answers(BTreeMap<(ChildId, PurposeId), Effective>);

impl Answers {
    /// Nobody's answer is yes where nothing is known.
    pub fn of(&self, child: ChildId, purpose: PurposeId) -> Effective {
        self.0.get(&(child, purpose)).copied().unwrap_or(Effective::Unset)
    }
}

/// Looks up the effective answers of children of one school. `all_must_agree` is its setting.
pub async fn answers(
    read: &mut Read,
    all_must_agree: bool,
    purposes: &[PurposeId],
    children: &[ChildId],
) -> Result<Answers> {
    if children.is_empty() || purposes.is_empty() {
        return Ok(Answers::default());
    }
    // How many guardians there are matters only where all must agree.
    let guardians: BTreeMap<ChildId, i64> = match all_must_agree {
        true => read.count_custody(children).await?.into_iter().collect(),
        false => BTreeMap::new(),
    };
    let mut given: BTreeMap<(ChildId, PurposeId), Vec<bool>> = BTreeMap::new();
    for row in read.list_answers(children, purposes).await? {
        given.entry((row.child_id, row.purpose_id)).or_default().push(row.yes);
    }
    let decided = given
        .into_iter()
        .map(|((child, purpose), answers)| {
            let guardians = guardians.get(&child).copied().and_then(|n| usize::try_from(n).ok()).unwrap_or(0);
            ((child, purpose), effective(&answers, guardians, all_must_agree))
        })
        .collect();
    Ok(Answers(decided))
}

/// The same for pictures in the portal, by whom they are placed for.
#[derive(Debug, Default)]
pub struct PortalAnswers {
    purposes: BTreeMap<Audience, PurposeId>,
    answers: Answers,
}

impl PortalAnswers {
    pub fn of(&self, child: ChildId, audience: Audience) -> Effective {
        self.purposes.get(&audience).map_or(Effective::Unset, |purpose| self.answers.of(child, *purpose))
    }
}

/// Looks up what is needed for pictures placed for these audiences.
pub async fn portal_answers(
    read: &mut Read,
    school: SchoolId,
    audiences: &BTreeSet<Audience>,
    children: &[ChildId],
) -> Result<PortalAnswers> {
    if children.is_empty() {
        return Ok(PortalAnswers::default());
    }
    let Some((settings, current)) = read.find_portal_purposes(school).await? else {
        return Ok(PortalAnswers::default());
    };
    let settings: SchoolSettings = serde_json::from_str(&settings)?;
    let purposes: BTreeMap<Audience, PurposeId> = audiences
        .iter()
        .filter_map(|audience| Some((*audience, current.iter().find(|(key, _)| key == audience.purpose())?.1)))
        .collect();
    let wanted: Vec<PurposeId> = purposes.values().copied().collect();
    let answers = answers(read, settings.all_must_agree, &wanted, children).await?;
    Ok(PortalAnswers { purposes, answers })
}

/// Which of these pictures the actor may see, in their order. The caller has made sure that the actor may read the posts.
pub async fn visible(read: &mut Read, actor: &Actor, candidates: &[Candidate]) -> Result<Vec<bool>> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let media: Vec<MediaId> = candidates.iter().map(|candidate| candidate.media).collect();
    let mut in_picture: BTreeMap<MediaId, Vec<ChildId>> = BTreeMap::new();
    for (media, child) in read.list_children_in_pictures(&media).await? {
        in_picture.entry(media).or_default().push(child);
    }
    // Most pictures show nobody who is known by name: then there is nothing to look up.
    let mut by_school: BTreeMap<SchoolId, (BTreeSet<Audience>, BTreeSet<ChildId>)> = BTreeMap::new();
    for candidate in candidates {
        let Some(shown) = in_picture.get(&candidate.media) else { continue };
        let (audiences, children) = by_school.entry(candidate.school).or_default();
        audiences.insert(candidate.audience);
        children.extend(shown);
    }
    let mut known = BTreeMap::new();
    for (school, (audiences, children)) in by_school {
        let children: Vec<ChildId> = children.into_iter().collect();
        known.insert(school, portal_answers(read, school, &audiences, &children).await?);
    }
    let none = PortalAnswers::default();
    Ok(candidates
        .iter()
        .map(|candidate| {
            let answers = known.get(&candidate.school).unwrap_or(&none);
            let children: Vec<(ChildId, Effective)> = in_picture
                .get(&candidate.media)
                .into_iter()
                .flatten()
                .map(|child| (*child, answers.of(*child, candidate.audience)))
                .collect();
            let is_staff = actor.is_staff(candidate.school);
            allows(&children, candidate.only_for, |child| actor.is_guardian_of(child), is_staff)
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use uuid::Uuid;

    fn child(n: u8) -> ChildId {
        ChildId(Uuid::from_u128(u128::from(n)))
    }

    #[test]
    fn what_answers_come_to() {
        use Effective::{No, Unset, Yes};
        // answers, guardians with custody, all must agree, outcome
        let table: [(&[bool], usize, bool, Effective); 10] = [
            (&[], 0, false, Unset),
            (&[], 2, false, Unset),
            (&[true], 1, false, Yes),
            (&[true], 2, false, Yes),
            (&[true], 2, true, Unset),
            (&[true, true], 2, true, Yes),
            (&[false], 2, false, No),
            (&[true, false], 2, false, No),
            (&[false, true], 2, true, No),
            (&[], 0, true, Unset),
        ];
        for (answers, guardians, all, outcome) in table {
            assert_eq!(effective(answers, guardians, all), outcome, "{answers:?} of {guardians}, all: {all}");
        }
    }

    fn answer() -> impl Strategy<Value = Effective> {
        prop_oneof![Just(Effective::Yes), Just(Effective::No), Just(Effective::Unset)]
    }

    proptest! {
        /// One *no* is enough to say no, whatever else is said and set.
        #[test]
        fn a_no_is_a_no(mut answers in prop::collection::vec(any::<bool>(), 0..5), extra in 0_usize..3, all: bool) {
            answers.push(false);
            prop_assert_eq!(effective(&answers, answers.len() + extra, all), Effective::No);
        }

        /// Saying yes never takes a yes away, and asking all never gives one.
        #[test]
        fn asking_all_is_stricter(answers in prop::collection::vec(any::<bool>(), 0..5), extra in 0_usize..3) {
            let guardians = answers.len() + extra;
            if effective(&answers, guardians, true) == Effective::Yes {
                prop_assert_eq!(effective(&answers, guardians, false), Effective::Yes);
            }
        }

        /// A child whose answer is not yes is never shown to anybody but her guardians and staff, and then only in a
        /// picture set apart for her.
        #[test]
        fn nobody_sees_a_child_without_a_yes(
            answers in prop::collection::vec(answer(), 1..4),
            only_for in prop::option::of(0_u8..4),
            own in prop::collection::btree_set(0_u8..4, 0..3),
            is_staff: bool,
        ) {
            let children: Vec<_> = answers.iter().enumerate().map(|(n, answer)| (child(n as u8), *answer)).collect();
            let only_for = only_for.map(child);
            let shown = allows(&children, only_for, |c| own.iter().any(|n| child(*n) == c), is_staff);
            let without_yes: Vec<_> = children.iter().filter(|(_, answer)| *answer != Effective::Yes).map(|(c, _)| *c).collect();
            if shown {
                for c in &without_yes {
                    prop_assert_eq!(only_for, Some(*c));
                    prop_assert!(is_staff || own.iter().any(|n| child(*n) == *c));
                }
                prop_assert!(without_yes.len() <= 1);
            } else if only_for.is_none() {
                prop_assert!(!without_yes.is_empty(), "hidden for a reason");
            }
        }
    }
}
