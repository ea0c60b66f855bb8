//! Search: a field, and what was found.

use crate::{
    api::{Failure, search::search},
    context::use_lang,
    fetched::Fetched,
    ui::{
        icon,
        post::group_chips,
        states::{ErrorNotice, problem_text},
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::search::{Hit, HitKind, Mark, QUERY_MAX, SearchPage as Page};
use texts::{Lang, comments, frame, posts, search};

#[component]
pub fn SearchPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let asked = Memo::new(move |_| {
        query.with(|query| {
            let page = query.get("page").and_then(|page| page.parse::<u32>().ok());
            (query.get("q").unwrap_or_default(), page.unwrap_or(0))
        })
    });
    let page = Fetched::new(move || asked.get(), |(q, page)| search(q, page));
    view! {
        <Title text=lang.get(search::TITLE)/>
        <div class="page">
            <header class="page-head">
                <a class="back" href="/">{icon("arrow-left")} " " {lang.get(frame::NEWS)}</a>
                <h1>{lang.get(search::TITLE)}</h1>
            </header>
            <form class="search-form" role="search" method="get" action="/search">
                <label class="visually-hidden" for="q">{lang.get(search::WORDS)}</label>
                <input id="q" name="q" type="search" value=move || asked.get().0 maxlength=QUERY_MAX.to_string() aria-describedby="q-hint"/>
                <button class="icon-button">{icon("search")}<span class="visually-hidden">{lang.get(search::TITLE)}</span></button>
            </form>
            <div id="q-hint" role="status">
                <Transition fallback=|| ()>
                    {move || {
                        let (q, number) = asked.get_untracked();
                        Suspend::new(async move { answer(lang, page.await, &q, number) })
                    }}
                </Transition>
            </div>
        </div>
    }
}

fn answer(lang: Lang, page: Result<Page, Failure>, q: &str, number: u32) -> AnyView {
    match page {
        Ok(page) if !page.has_words => view! { <p class="muted">{lang.get(search::HINT)}</p> }.into_any(),
        Ok(page) if page.hits.is_empty() && page.next.is_none() && number == 0 => {
            view! { <p>{lang.get(search::NOTHING)}</p> }.into_any()
        }
        Ok(page) => found(lang, page, q, number).into_any(),
        Err(Failure(error)) => match error.problem_of("q") {
            Some(problem) => {
                view! { <p class="error">{icon("circle-alert")} " " {problem_text(lang, problem)}</p> }.into_any()
            }
            None => view! { <ErrorNotice error/> }.into_any(),
        },
    }
}

fn found(lang: Lang, page: Page, q: &str, number: u32) -> impl IntoView + use<> {
    // Only letters, digits and blanks of it are looked for: nothing else needs to come along.
    let words: Vec<&str> = q.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let to = |page: u32| format!("/search?q={}&page={page}", words.join("+"));
    let previous = number.checked_sub(1).map(|page| {
        view! { <a class="button secondary" href=to(page)>{icon("chevron-left")} " " {lang.get(posts::PREVIOUS)}</a> }
    });
    let next = page.next.map(|page| {
        view! { <a class="button secondary" href=to(page)>{lang.get(posts::NEXT)} " " {icon("chevron-right")}</a> }
    });
    view! {
        <ol class="list">{page.hits.into_iter().map(|hit| line(lang, hit)).collect_view()}</ol>
        <nav class="pager" aria-label=lang.get(search::PAGES)>{previous} <span>{number + 1}</span> {next}</nav>
    }
}

fn line(lang: Lang, hit: Hit) -> impl IntoView {
    let (symbol, kind) = match hit.kind {
        HitKind::Post => ("newspaper", None),
        HitKind::Comment => ("message-circle", Some(comments::ONE)),
        HitKind::Picture => ("image", Some(search::PICTURE)),
        HitKind::Document => ("file-text", Some(search::DOCUMENT)),
    };
    let href = if hit.anchor.is_empty() {
        format!("/posts/{}", hit.post)
    } else {
        format!("/posts/{}#{}", hit.post, hit.anchor)
    };
    let kind = kind.map(|kind| view! { <span class="badge">{lang.get(kind)}</span> " " });
    let snippet = (!hit.snippet.is_empty()).then(|| view! { <span class="list-preview">{marked(&hit.snippet)}</span> });
    view! {
        <li class="list-row">
            <a href=href>
                {icon(symbol)}
                <span class="list-text">
                    <span class="list-title">{marked(&hit.title)}</span>
                    <span class="list-sub">{kind} {group_chips(&hit.groups)} {time(&hit.published)}</span>
                    {snippet}
                </span>
            </a>
        </li>
    }
}

fn marked(marks: &[Mark]) -> impl IntoView + use<> {
    let part = |mark: &Mark| {
        let text = mark.text.clone();
        if mark.is_match { view! { <mark>{text}</mark> }.into_any() } else { text.into_any() }
    };
    marks.iter().map(part).collect_view()
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    #[test]
    fn what_is_found_is_marked_and_never_markup() {
        let mark = |text: &str, is_match| Mark { text: text.into(), is_match };
        let html = marked(&[mark("<b>", false), mark("<bos>", true)]).to_html();
        assert!(html.contains("<mark>&lt;bos&gt;") && !html.contains("<b>"), "{html}");
    }
}
