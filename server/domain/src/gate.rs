//! The gate: whether a picture may be seen. One function for every channel, asked again each time something is shown.
//!
//! It looks at the children known to be in the picture and at what their guardians' answers come to now. Whatever shows a
//! picture or its bytes is made of a [`Cleared`], and only the gate gives one.

mod answers;
#[cfg(test)]
mod tests;

pub use answers::{Answers, PortalAnswers, Rules, Said, answers, portal_answers};

use crate::{Actor, Result};
use model::{
    AccountId, ChildId, MediaId, SchoolId,
    consent::{Effective, purpose},
};
use std::collections::{BTreeMap, BTreeSet};
use store::{Read, ShownChild};

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

    /// As it is stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Audience::Group => "group",
            Audience::School => "school",
        }
    }

    /// The audience of a purpose; none if it is not about pictures in the portal.
    pub fn of_purpose(key: &str) -> Option<Audience> {
        [Audience::Group, Audience::School].into_iter().find(|audience| audience.purpose() == key)
    }
}

/// How far a picture has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placed {
    /// It waits for publication by its author.
    Waiting { author: AccountId },
    /// In a post that the actor may read.
    Published,
    /// In a post about whose hidden pictures the actor decides.
    UnderReview,
}

/// A picture that the actor asks for.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub school: SchoolId,
    pub media: MediaId,
    /// The post shows it to this child's guardians and to staff only.
    pub only_for: Option<ChildId>,
    pub audience: Audience,
    pub placed: Placed,
}

/// The gate's word that the actor may see a picture.
#[derive(Clone, Copy, Debug)]
pub struct Cleared(MediaId);

impl Cleared {
    pub fn media(self) -> MediaId {
        self.0
    }
}

/// What the answers of a child's guardians come to: *no* if one says no; *yes* if at least one says yes (or, where the
/// school asks for it, all); else nobody has decided, which counts as no.
///
/// `guardians`: all with custody, of whom those counted in `said` have answered. A pupil who decides is the only one to ask.
pub fn effective(said: Said, guardians: usize, all_must_agree: bool) -> Effective {
    if said.no > 0 {
        return Effective::No;
    }
    let enough = if all_must_agree && !said.by_pupil { guardians.max(1) } else { 1 };
    if said.yes >= enough { Effective::Yes } else { Effective::Unset }
}

/// What the reader of a picture is towards it.
pub struct Reader<'a> {
    /// Works at the school.
    pub is_staff: bool,
    /// Is its author, and still works there.
    pub is_author: bool,
    /// Whether the reader has custody of a child.
    pub is_guardian_of: &'a dyn Fn(ChildId) -> bool,
}

/// A child known to be in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InPicture {
    pub child: ChildId,
    pub answer: Effective,
    /// A withdrawal hid the picture, and staff have not decided yet.
    pub is_held: bool,
}

/// The decision for one picture.
///
/// | placed | shown to |
/// |---|---|
/// | waiting | its author |
/// | published | readers, if each child in it has a *yes* and none of them holds it back |
/// | published, only for a child | her guardians and staff; all *other* children in it need a *yes* |
/// | under review | those who decide about it, by the same answers; what is held back is what they decide about |
pub fn allows(placed: Placed, children: &[InPicture], only_for: Option<ChildId>, reader: &Reader<'_>) -> bool {
    if matches!(placed, Placed::Waiting { .. }) {
        return reader.is_author;
    }
    // Shown to her guardians only: and so it stays, whatever is answered later, until staff decide otherwise.
    if let Some(child) = only_for
        && !reader.is_staff
        && !(reader.is_guardian_of)(child)
    {
        return false;
    }
    children.iter().filter(|shown| only_for != Some(shown.child)).all(|shown| {
        shown.answer == Effective::Yes && (!shown.is_held || placed == Placed::UnderReview && reader.is_staff)
    })
}

/// Which of these pictures the actor may see, in their order. The caller has made sure of what [`Placed`] says.
pub async fn pass(read: &mut Read, actor: &Actor, candidates: &[Candidate]) -> Result<Vec<Option<Cleared>>> {
    if candidates.is_empty() {
        return Ok(Vec::new());
    }
    let media: Vec<MediaId> = candidates.iter().map(|candidate| candidate.media).collect();
    let mut in_picture: BTreeMap<MediaId, Vec<ShownChild>> = BTreeMap::new();
    for shown in read.list_children_in_pictures(&media).await? {
        in_picture.entry(shown.media_id).or_default().push(shown);
    }
    // Most pictures show nobody who is known by name: then there is nothing to look up.
    let mut by_school: BTreeMap<SchoolId, (BTreeSet<Audience>, BTreeSet<ChildId>)> = BTreeMap::new();
    for candidate in candidates {
        let Some(shown) = in_picture.get(&candidate.media) else { continue };
        let (audiences, children) = by_school.entry(candidate.school).or_default();
        audiences.insert(candidate.audience);
        children.extend(shown.iter().map(|shown| shown.child_id));
    }
    let mut known = BTreeMap::new();
    for (school, (audiences, children)) in by_school {
        let children: Vec<ChildId> = children.into_iter().collect();
        known.insert(school, portal_answers(read, school, &audiences, &children, actor.asked_at()).await?);
    }
    let none = PortalAnswers::default();
    let decide = |candidate: &Candidate| {
        let answers = known.get(&candidate.school).unwrap_or(&none);
        let children: Vec<InPicture> = in_picture
            .get(&candidate.media)
            .into_iter()
            .flatten()
            .map(|shown| InPicture {
                child: shown.child_id,
                answer: answers.of(shown.child_id, candidate.audience),
                is_held: shown.is_held(),
            })
            .collect();
        let is_staff = actor.is_staff(candidate.school);
        let is_author = matches!(candidate.placed, Placed::Waiting { author } if author == actor.account());
        let is_guardian_of = |child| actor.is_guardian_of(child);
        let reader = Reader { is_staff, is_author: is_author && is_staff, is_guardian_of: &is_guardian_of };
        allows(candidate.placed, &children, candidate.only_for, &reader).then_some(Cleared(candidate.media))
    };
    Ok(candidates.iter().map(decide).collect())
}
