//! A text that can be told many times, each time a little differently.

use jiff::civil::Date;

use crate::calendar::{in_dutch, in_english, school_day, shift, weekday_in_dutch};
use crate::plan::Language;
use crate::random::Random;

/// Who tells it, and to whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Told {
    /// A teacher to the own group, whichever it is.
    Group,
    /// A teacher of Groep 1 to 3.
    Young,
    /// A teacher of Groep 4 to 6.
    Middle,
    /// A teacher of Groep 7 and 8.
    Old,
    /// A specialist of this subject to one or more assigned groups.
    Specialist(&'static str),
    /// A director to the whole school.
    Director,
    /// A teacher to the whole school.
    School,
}

/// See [`fill`] for what may stand between braces.
#[derive(Debug)]
pub(super) struct Template {
    pub(super) told: Told,
    /// First and last day of the year (month, day) on which it can be told; may run over New Year.
    pub(super) season: ((i8, i8), (i8, i8)),
    pub(super) title: &'static str,
    pub(super) body: &'static str,
    /// Scenes that fit, by key; empty: no pictures.
    pub(super) scenes: &'static [&'static str],
    pub(super) language: Language,
}

pub(super) const ALL_YEAR: ((i8, i8), (i8, i8)) = ((1, 1), (12, 31));

pub(super) const fn dutch(
    told: Told,
    season: ((i8, i8), (i8, i8)),
    title: &'static str,
    body: &'static str,
    scenes: &'static [&'static str],
) -> Template {
    Template { told, season, title, body, scenes, language: Language::Nl }
}

impl Template {
    pub(super) fn is_in_season(&self, day: Date) -> bool {
        let (from, to) = self.season;
        let today = (day.month(), day.day());
        if from <= to { (from..=to).contains(&today) } else { today >= from || today <= to }
    }
}

/// What a text may ask for, besides chance.
#[derive(Debug)]
pub(super) struct About<'a> {
    pub(super) day: Date,
    pub(super) group: &'a str,
    pub(super) author: &'a str,
    pub(super) language: Language,
}

/// Fills a text: `{one|two|three}` takes one of them, `{#3-9}` a number
/// (choices may nest), `{+7}` the school day a
/// week later in words, `{dag+3}` its weekday only, `{groep}` the group, `{naam}` the
/// author and `{juf}` the author within a sentence.
pub(super) fn fill(text: &str, about: &About<'_>, random: &mut Random) -> String {
    let mut filled = String::with_capacity(text.len() + 32);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let end = closing_brace(after);
        filled.push_str(&slot_value(&after[..end], about, random));
        rest = after.get(end + 1..).unwrap_or("");
    }
    filled.push_str(rest);
    filled
}

/// Where the brace closes that was opened just before `text`.
fn closing_brace(text: &str) -> usize {
    let mut depth = 1;
    for (at, letter) in text.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// The alternatives of a choice; a bar within inner braces belongs to those.
fn alternatives(choice: &str) -> Vec<&str> {
    let (mut found, mut start, mut depth) = (Vec::new(), 0, 0);
    for (at, letter) in choice.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth -= 1,
            '|' if depth == 0 => {
                found.push(&choice[start..at]);
                start = at + 1;
            }
            _ => {}
        }
    }
    found.push(&choice[start..]);
    found
}

fn slot_value(slot: &str, about: &About<'_>, random: &mut Random) -> String {
    let days = |number: &str| school_day(shift(about.day, number.parse().unwrap_or(7)), false);
    if let Some(number) = slot.strip_prefix('+') {
        return if about.language == Language::En { in_english(days(number)) } else { in_dutch(days(number)) };
    }
    if let Some(number) = slot.strip_prefix("dag+") {
        return weekday_in_dutch(days(number)).into();
    }
    if let Some((low, high)) = slot.strip_prefix('#').and_then(|range| range.split_once('-')) {
        return random.within(low.parse().unwrap_or(2), high.parse().unwrap_or(9)).to_string();
    }
    match slot {
        "groep" => about.group.into(),
        "naam" => about.author.into(),
        "juf" => crate::staff::within_a_sentence(about.author),
        choice => {
            let choices = alternatives(choice);
            let chosen = *random.pick(&choices);
            fill(chosen, about, random)
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn fills_every_kind_of_slot() {
        let about = About { day: date(2026, 11, 19), group: "Groep 5", author: "Juf Anna", language: Language::Nl };
        let filled =
            fill("{groep} op {+7}, {dag+1}; {#4-4} keer {ja {#2-2}|ja 2}. {naam}", &about, &mut Random::new(1, "t"));
        assert_eq!(filled, "Groep 5 op donderdag 26 november, vrijdag; 4 keer ja 2. Juf Anna");
    }
}
