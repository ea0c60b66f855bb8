//! Parts of pages: they take what they show as arguments. Only the frame asks who is signed in.

pub mod document;
pub mod form;
pub mod frame;
pub mod messages;
pub mod people;
pub mod post;
pub mod states;

use leptos::prelude::*;
use model::Moment;

/// A symbol of the sprite; text stands beside it, visible or for screen readers.
pub fn icon(name: &str) -> impl IntoView + use<> {
    let href = format!("/icons.svg#{name}");
    let class = if matches!(name, "arrow-left" | "arrow-right" | "chevron-left" | "chevron-right" | "send") {
        "icon flip"
    } else {
        "icon"
    };
    view! { <svg class=class aria-hidden="true"><use_ href=href></use_></svg> }
}

/// A time in words, with the full date for those who ask.
pub fn time(moment: &Moment) -> impl IntoView + use<> {
    let Moment { machine, short, full } = moment.clone();
    view! { <time datetime=machine title=full>{short}</time> }
}

/// First letters of a name, for the round picture beside it.
pub fn initials(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let first = words.first().and_then(|word| word.chars().next());
    let last = if words.len() > 1 { words.last().and_then(|word| word.chars().next()) } else { None };
    first.into_iter().chain(last).flat_map(char::to_uppercase).collect()
}
