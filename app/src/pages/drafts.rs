//! Posts that their author has saved and not published.

use crate::{
    api::posts::list_drafts,
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    pages::compose::held_text,
    ui::{
        icon,
        post::{group_chips, photo_count},
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{feed::DraftLine, live::LiveEvent};
use texts::{options, posts};

#[component]
pub fn DraftsPage() -> impl IntoView {
    let lang = use_lang();
    let page = Fetched::new(|| (), |()| list_drafts());
    on_live(move |event| match event {
        LiveEvent::Draft { .. } | LiveEvent::Resync => page.refetch(),
        _ => {}
    });
    view! {
        <Title text=lang.get(posts::DRAFTS)/>
        <div class="page">
            <header class="page-head">
                <h1>{lang.get(posts::DRAFTS)}</h1>
                <div class="page-actions"><a class="button" href="/compose">{icon("pencil")} " " {lang.get(posts::NEW_POST)}</a></div>
            </header>
            {loaded(page, list)}
        </div>
    }
}

fn list(drafts: Vec<DraftLine>) -> impl IntoView {
    let lang = use_lang();
    if drafts.is_empty() {
        return view! {
            <div class="empty">
                <img src="/empty-news.svg" width="200" height="140" alt=""/>
                <h2>{lang.get(posts::DRAFTS_EMPTY_TITLE)}</h2>
                <p>{lang.get(posts::DRAFTS_EMPTY_TEXT)}</p>
            </div>
        }
        .into_any();
    }
    let lines = drafts.into_iter().map(|draft| {
        let href = match draft.expired {
            Some(_) => format!("/posts/{}", draft.id),
            None => format!("/compose?post={}", draft.id),
        };
        let state = draft
            .held
            .map(|held| view! { {icon("circle-alert")} " " {lang.get(held_text(held))} }.into_any())
            .or_else(|| {
                draft.scheduled.map(|at| {
                    view! { {icon("clock")} " " {lang.get(options::SCHEDULED_FOR)} " " {time(&at)} }.into_any()
                })
            })
            .or_else(|| draft.expired.map(|at| view! { {lang.get(options::EXPIRED)} " " {time(&at)} }.into_any()));
        let title = if draft.title.is_empty() { lang.get(posts::UNTITLED).to_owned() } else { draft.title };
        view! {
            <li class="list-row">
                <a href=href>
                    <span class="list-text">
                        <span class="list-title">{title}</span>
                        <span class="list-sub">{group_chips(&draft.groups)} {photo_count(lang, draft.pictures)}</span>
                        {state.map(|state| view! { <span class="list-sub">{state}</span> })}
                    </span>
                    <span class="list-side">{time(&draft.saved)}</span>
                </a>
            </li>
        }
    });
    view! { <ul class="list">{lines.collect_view()}</ul> }.into_any()
}
