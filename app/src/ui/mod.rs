//! Parts of pages: they take what they show as arguments. Only the frame asks who is signed in.

pub mod document;
pub mod form;
pub mod frame;
pub mod links;
pub mod messages;
pub mod people;
pub mod post;
pub mod region;
pub mod schools;
pub mod states;
pub mod table;

use leptos::prelude::*;
use model::Moment;

/// Text for inside `<textarea>` and `<title>`: the framework's server side writes these as they are, so that a text with
/// `</textarea>` in it would go on as markup. In the browser it sets text and no markup.
pub fn raw_text(text: &str) -> String {
    if cfg!(feature = "ssr") { text.replace('&', "&amp;").replace('<', "&lt;") } else { text.to_owned() }
}

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

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn text_stays_in_its_element() {
        let hostile = "</textarea><script>x</script> &amp;";
        let html = view! { <textarea>{raw_text(hostile)}</textarea> }.to_html();
        assert_eq!(html, "<textarea>&lt;/textarea>&lt;script>x&lt;/script> &amp;amp;</textarea>");
    }
}
