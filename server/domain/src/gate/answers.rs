//! What the answers of children's guardians come to, looked up for many at once.

use super::{Audience, effective};
use crate::{Result, moments::born_sixteen_years_ago};
use model::{ChildId, PurposeId, SchoolId, Time, account::SchoolSettings, consent::Effective};
use std::collections::{BTreeMap, BTreeSet};
use store::{AnswerRow, Read, SaidRow};

/// By what a school counts answers, at one moment.
#[derive(Clone, Debug)]
pub struct Rules {
    pub all_must_agree: bool,
    /// Who was born on this day (`YYYY-MM-DD`) or earlier decides for themselves.
    pub grown_up: String,
}

impl Rules {
    pub fn new(settings: &SchoolSettings, time_zone: &str, now: Time) -> Rules {
        Rules { all_must_agree: settings.all_must_agree, grown_up: born_sixteen_years_ago(time_zone, now) }
    }

    /// Whether somebody decides for themselves; who was born when nobody knows does not.
    pub fn is_grown_up(&self, born_on: Option<&str>) -> bool {
        born_on.is_some_and(|born_on| born_on <= self.grown_up.as_str())
    }

    /// What answers to one purpose come to. `guardians`: those with custody.
    pub fn outcome(&self, said: Said, guardians: usize) -> Effective {
        effective(said, guardians, self.all_must_agree)
    }

    /// Guardians with custody of each child; empty where it does not matter how many there are.
    pub async fn guardians(&self, read: &mut Read, children: &[ChildId]) -> Result<BTreeMap<ChildId, usize>> {
        if !self.all_must_agree {
            return Ok(BTreeMap::new());
        }
        let counted = read.count_custody(children, &self.grown_up).await?;
        Ok(counted.into_iter().map(|(child, count)| (child, usize::try_from(count).unwrap_or(0))).collect())
    }
}

/// How many of those who decide about a child said yes to a purpose, and how many no: each one's latest answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Said {
    pub yes: usize,
    pub no: usize,
    /// It is the pupil's own answer.
    pub by_pupil: bool,
}

impl Said {
    pub fn answers(self) -> usize {
        self.yes + self.no
    }
}

impl From<SaidRow> for Said {
    fn from(row: SaidRow) -> Said {
        let count = |n: i64| usize::try_from(n).unwrap_or(0);
        Said { yes: count(row.yes), no: count(row.no), by_pupil: row.pupils > 0 }
    }
}

impl<'a> FromIterator<&'a AnswerRow> for Said {
    fn from_iter<I: IntoIterator<Item = &'a AnswerRow>>(answers: I) -> Said {
        answers.into_iter().fold(Said::default(), |said, answer| Said {
            yes: said.yes + usize::from(answer.yes),
            no: said.no + usize::from(!answer.yes),
            by_pupil: said.by_pupil || answer.account().is_none(),
        })
    }
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

/// Looks up the effective answers of children of one school.
pub async fn answers(read: &mut Read, rules: &Rules, purposes: &[PurposeId], children: &[ChildId]) -> Result<Answers> {
    if children.is_empty() || purposes.is_empty() {
        return Ok(Answers::default());
    }
    let guardians = rules.guardians(read, children).await?;
    let rows = read.count_answers(children, purposes, &rules.grown_up).await?;
    let decided = rows.into_iter().map(|row| {
        let guardians = guardians.get(&row.child_id).copied().unwrap_or(0);
        ((row.child_id, row.purpose_id), rules.outcome(row.into(), guardians))
    });
    Ok(Answers(decided.collect()))
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
    now: Time,
) -> Result<PortalAnswers> {
    if children.is_empty() {
        return Ok(PortalAnswers::default());
    }
    let Some(found) = read.find_portal_purposes(school).await? else {
        return Ok(PortalAnswers::default());
    };
    let settings: SchoolSettings = serde_json::from_str(&found.settings)?;
    let purposes: BTreeMap<Audience, PurposeId> = audiences
        .iter()
        .filter_map(|audience| Some((*audience, found.current.iter().find(|(key, _)| key == audience.purpose())?.1)))
        .collect();
    let wanted: Vec<PurposeId> = purposes.values().copied().collect();
    let answers = answers(read, &Rules::new(&settings, &found.time_zone, now), &wanted, children).await?;
    Ok(PortalAnswers { purposes, answers })
}
