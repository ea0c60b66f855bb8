//! Posts that their author has saved and not published.

use crate::{
    api::posts::list_drafts,
    context::use_lang,
    fetched::Fetched,
    ui::{
        icon,
        post::{group_chips, photo_count},
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::feed::DraftLine;
use texts::posts;

#[component]
pub fn DraftsPage() -> impl IntoView {
    let lang = use_lang();
    let page = Fetched::new(|| (), |()| list_drafts());
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
        let href = format!("/compose?post={}", draft.id);
        let title = if draft.title.is_empty() { lang.get(posts::UNTITLED).to_owned() } else { draft.title };
        view! {
            <li class="list-row">
                <a href=href>
                    <span class="list-text">
                        <span class="list-title">{title}</span>
                        <span class="list-sub">{group_chips(&draft.groups)} {photo_count(lang, draft.pictures)}</span>
                    </span>
                    <span class="list-side">{time(&draft.saved)}</span>
                </a>
            </li>
        }
    });
    view! { <ul class="list">{lines.collect_view()}</ul> }.into_any()
}
