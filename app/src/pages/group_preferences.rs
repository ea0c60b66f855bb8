//! A group's list for staff: who may be pictured, on the phone and on paper.

use crate::{
    api::consent::list_preferences,
    context::use_lang,
    fetched::Fetched,
    ui::{icon, states::loaded},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::consent::{Effective, GroupPreferences};
use texts::{Lang, consent};

#[component]
pub fn GroupPreferencesPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let group = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Fetched::new(move || group.get(), list_preferences);
    view! {
        <Title text=lang.get(consent::TITLE)/>
        <div class="page wide">{loaded(page, table)}</div>
    }
}

fn table(page: GroupPreferences) -> impl IntoView {
    let lang = use_lang();
    let purposes = page.purposes.clone();
    view! {
        <header class="page-head">
            <a class="back no-print" href="/settings">{icon("arrow-left")} " " {lang.get(texts::frame::MORE)}</a>
            <h1>{lang.get(consent::TITLE)} " · " {page.group}</h1>
            <p class="lead">{lang.get(consent::GROUP_LEAD)}</p>
        </header>
        <table class="table cards">
            <thead>
                <tr>
                    <th scope="col">{lang.get(consent::CHILD)}</th>
                    {page.purposes.iter().map(|purpose| view! { <th scope="col">{purpose.clone()}</th> }).collect_view()}
                </tr>
            </thead>
            <tbody>
                {page
                    .children
                    .into_iter()
                    .map(|child| view! {
                        <tr>
                            <th scope="row" class="cell-title">{child.name}</th>
                            {child
                                .answers
                                .into_iter()
                                .zip(purposes.clone())
                                .map(|(answer, purpose)| view! { <td data-label=purpose>{mark(lang, answer)}</td> })
                                .collect_view()}
                        </tr>
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
}

fn mark(lang: Lang, answer: Effective) -> impl IntoView {
    let (symbol, word) = match answer {
        Effective::Yes => ("check", consent::YES),
        Effective::No => ("ban", consent::NO),
        Effective::Unset => ("circle-dashed", consent::NOT_ANSWERED),
    };
    view! { <span>{icon(symbol)} " " {lang.get(word)}</span> }
}
