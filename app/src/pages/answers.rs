//! What a guardian has answered about one child: every answer, with the words it was given to and what it brought about.

use crate::{
    api::consent::find_history,
    context::{use_lang, use_list_of},
    fetched::Fetched,
    ui::{icon, states::loaded},
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::consent::{AnsweredBy, OwnHistory, OwnRecord};
use texts::{Lang, consent, paper};

#[component]
pub fn AnswersPage() -> impl IntoView {
    let lang = use_lang();
    let page = Fetched::new(use_list_of(), |(child, before)| find_history(child, before));
    view! {
        <Title text=lang.get(consent::HISTORY)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

fn content(page: OwnHistory) -> impl IntoView {
    let lang = use_lang();
    let back = format!("/children/{}/preferences", page.child.id);
    let is_empty = page.answers.is_empty();
    let older = page.older.map(|last| {
        let href = format!("{back}/history?before={last}");
        view! { <p class="older"><a class="button secondary" href=href>{lang.get(consent::OLDER)}</a></p> }
    });
    let answers = page.answers.into_iter().map(|answer| record(&back, answer)).collect_view();
    view! {
        <header class="page-head">
            <a class="back" href=back.clone()>{icon("arrow-left")} " " {lang.get(consent::TITLE)}</a>
            <h1>{lang.get(consent::HISTORY)}</h1>
            <p class="lead">{lang.with(consent::HISTORY_LEAD, &[("name", &page.child.name)])}</p>
        </header>
        {is_empty.then(|| view! { <p class="muted">{lang.get(consent::HISTORY_EMPTY)}</p> })}
        {answers}
        {older}
    }
}

fn record(back: &str, answer: OwnRecord) -> impl IntoView + use<> {
    let lang = use_lang();
    let scan = answer.form.map(|form| {
        // A file, and no page of the portal.
        view! { " · " <a href=format!("/forms/{form}") rel="external">{icon("file-text")} " " {lang.get(paper::VIEW)}</a> }
    });
    let (heading, receipt) = (format!("a-{}", answer.id), format!("{back}/receipt/{}", answer.id));
    view! {
        <article class="card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{answer.title.clone()}</h2>
            <p class="hint">{answer.text.clone()}</p>
            {facts(&answer)}
            <footer class="card-foot"><a href=receipt>{icon("printer")} " " {lang.get(consent::RECEIPT_LINK)}</a>{scan}</footer>
        </article>
    }
}

/// What stands on record of an answer, line by line.
pub(super) fn facts(answer: &OwnRecord) -> impl IntoView + use<> {
    let lang = use_lang();
    let how = match answer.how {
        AnsweredBy::Guardian => consent::HOW_SELF,
        AnsweredBy::PaperForm | AnsweredBy::Pupil => consent::HOW_PAPER,
    };
    let since = if answer.is_current { consent::ASKED_SINCE } else { consent::ASKED_BEFORE };
    let consequences = consequences(lang, answer);
    let came_to =
        if consequences.is_empty() { lang.get(consent::HID_NOTHING).to_owned() } else { consequences.join(" ") };
    view! {
        <dl class="facts">
            <div><dt>{lang.get(consent::ANSWER)}</dt><dd><strong>{lang.get(if answer.yes { consent::YES } else { consent::NO })}</strong></dd></div>
            <div><dt>{lang.get(consent::WHEN)}</dt><dd>{answer.at.full.clone()}</dd></div>
            <div><dt>{lang.get(consent::HOW)}</dt><dd>{lang.get(how)}</dd></div>
            <div><dt>{lang.get(consent::WORDS)}</dt><dd>{lang.with(since, &[("day", &answer.asked_since)])}</dd></div>
            <div><dt>{lang.get(consent::CAME_TO)}</dt><dd>{came_to}</dd></div>
        </dl>
    }
}

/// What an answer brought about, a sentence for each.
pub(super) fn consequences(lang: Lang, answer: &OwnRecord) -> Vec<String> {
    let told = [(consent::HIDDEN, answer.hidden), (consent::TO_REVIEW, answer.to_review)];
    let told = told.into_iter().filter(|(_, count)| *count > 0);
    told.map(|(text, count)| lang.count(text, u64::from(count), &[])).collect()
}
