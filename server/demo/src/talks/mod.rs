//! One-to-one conversations about a child.

mod texts;

use crate::calendar::{Calendar, school_day};
use crate::people::{ENGLISH, FATHER, FRYSK, MOTHER, TEACHER_AND_MOTHER, UNDECIDED};
use crate::plan::{Conversation, Message, Person, Plan, Scope};
use crate::random::Random;
use crate::staff::within_a_sentence;
use texts::{About, Line, TALKS, Talk, Unread};

const MINUTE: i64 = 60_000_000;

/// Every conversation, by its last message.
pub(crate) fn conversations(plan: &Plan, calendar: &Calendar) -> Vec<Conversation> {
    let mut random = Random::new(plan.seed, "talks");
    let mut taken = Vec::new();
    let mut conversations: Vec<Conversation> = TALKS
        .iter()
        .enumerate()
        .filter_map(|(number, talk)| conversation(plan, calendar, &mut random, &mut taken, number, talk))
        .collect();
    conversations.sort_by_key(|one| one.messages.last().map_or(0, |message| message.at_micros));
    conversations
}

fn conversation(
    plan: &Plan,
    calendar: &Calendar,
    random: &mut Random,
    taken: &mut Vec<usize>,
    number: usize,
    talk: &Talk,
) -> Option<Conversation> {
    let (child, guardians) = participants(plan, random, taken, talk)?;
    taken.push(child);
    let group = plan.children[child].group;
    let team: Vec<usize> = (0..plan.staff.len())
        .filter(|&one| plan.staff[one].subject.is_none() && plan.staff[one].groups.contains(&group))
        .collect();
    let first = *team.first()?;
    let second = team.get(1).copied().unwrap_or(first);
    let given = &plan.children[child].given_name;

    // Spread over two months, the last ones of today and yesterday.
    let days_ago = [0, 1, 1, 2, 3, 4, 5, 6, 8, 9, 12, 15, 19, 24, 30, 37, 45, 52, 60][number % 19];
    let day = school_day(calendar.days_ago(days_ago + 1), true);
    let mut at = calendar.moment(day, random.within(7, 20), random.within(0, 59));
    let mut staff = Vec::new();
    let mut messages = Vec::new();
    for &line in talk.lines {
        let (from, text) = match line {
            Line::Parent(text) => (Person::Guardian(guardians[0]), text),
            Line::Other(text) => (Person::Guardian(*guardians.last()?), text),
            Line::Staff(text) => (Person::Staff(first), text),
            Line::Colleague(text) => (Person::Staff(second), text),
        };
        if let Person::Staff(one) = from
            && !staff.contains(&one)
        {
            staff.push(one);
        }
        let name_of = |person: usize| within_a_sentence(&plan.staff[person].called);
        let text =
            text.replace("{kind}", given).replace("{juf}", &name_of(first)).replace("{collega}", &name_of(second));
        messages.push(Message { from, text, at_micros: at });
        at += random.within(7, 190) * MINUTE;
    }
    if staff.is_empty() {
        staff.push(first);
    }
    // Whatever would lie in the future is moved back as a whole: the order and the pauses stay.
    let latest = calendar.now_micros - (7 + 11 * number as i64) * MINUTE;
    let beyond = messages.last().map_or(0, |last| last.at_micros - latest).max(0);
    messages.iter_mut().for_each(|message| message.at_micros -= beyond);
    let (unread_by_staff, unread_by_guardians) = unread(&messages, talk.unread);
    Some(Conversation {
        child,
        guardians,
        staff,
        subject: talk.subject.replace("{kind}", given),
        sensitive: talk.sensitive,
        closed: talk.closed,
        messages,
        unread_by_staff,
        unread_by_guardians,
    })
}

/// The last messages of one side, when the other side has not seen them.
fn unread(messages: &[Message], unread: Unread) -> (usize, usize) {
    let from_guardian = |message: &&Message| matches!(message.from, Person::Guardian(_));
    match unread {
        Unread::Nothing => (0, 0),
        Unread::ByStaff => (messages.iter().rev().take_while(from_guardian).count(), 0),
        Unread::ByGuardians => (0, messages.iter().rev().take_while(|message| !from_guardian(message)).count()),
    }
}

fn participants(plan: &Plan, random: &mut Random, taken: &[usize], talk: &Talk) -> Option<(usize, Vec<usize>)> {
    let with_custody = |child: usize| {
        let links = plan.guardianships.iter().filter(move |link| link.child == child && link.scope == Scope::Full);
        links
            .map(|link| link.guardian)
            .filter(|&guardian| plan.guardians[guardian].joined_at_micros.is_some())
            .collect::<Vec<_>>()
    };
    let of = |email: &str, given: Option<&str>| {
        let guardian = plan.guardians.iter().position(|one| one.email == email)?;
        let link = plan.guardianships.iter().find(|link| {
            link.guardian == guardian && given.is_none_or(|given| plan.children[link.child].given_name == given)
        })?;
        Some((link.child, vec![guardian]))
    };
    match talk.about {
        About::SanneByMother => of(MOTHER, Some("Sanne")),
        About::SanneByFather => of(FATHER, Some("Sanne")),
        About::Otto => of(MOTHER, Some("Otto")),
        About::Ties => of(TEACHER_AND_MOTHER, None),
        About::Elif => of(UNDECIDED, None),
        About::English => of(ENGLISH, None),
        About::Frysk => of(FRYSK, None),
        About::OneParent | About::BothParents => {
            let both = talk.about == About::BothParents;
            let fits = |child: &usize| {
                let parents = with_custody(*child);
                let one_household = parents
                    .iter()
                    .all(|&parent| plan.guardians[parent].family_name == plan.children[*child].family_name);
                !taken.contains(child) && !parents.is_empty() && (!both || (parents.len() == 2 && one_household))
            };
            // Families with a log-in keep to what was written for them.
            let known = 10;
            let able: Vec<usize> = (known..plan.children.len())
                .filter(fits)
                .filter(|&child| talk.classes.contains(&plan.children[child].group))
                .collect();
            let &child = able.get(random.below(able.len()))?;
            let mut parents = with_custody(child);
            if !both {
                let place = random.below(parents.len());
                parents = vec![parents[place]];
            }
            Some((child, parents))
        }
    }
}
