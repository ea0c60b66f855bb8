//! For what the school asks: its purposes, for the director.

use crate::{
    api::purposes::list_purposes,
    context::use_lang,
    fetched::Fetched,
    ui::{icon, schools::school_tabs, states::loaded, table::table, time},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    consent::LegalBasis,
    purposes::{PurposeLine, PurposesPage as Page},
};
use texts::{Lang, Text, asking};

#[component]
pub fn PurposesPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let school = move || query.with(|query| query.get("school").unwrap_or_default());
    let page = Fetched::new(school, list_purposes);
    let done = move || query.with(|query| query.get("done").and_then(|done| done_text(&done)));
    view! {
        <Title text=lang.get(asking::PURPOSES)/>
        <div class="page wide">
            <header class="page-head">
                <a class="back" href="/settings">{icon("arrow-left")} " " {lang.get(texts::frame::MORE)}</a>
                <h1>{lang.get(asking::PURPOSES)}</h1>
                <p class="lead">{lang.get(asking::PURPOSES_LEAD)}</p>
            </header>
            {move || done().map(|text| view! {
                <div class="notice" data-kind="success" role="status">{icon("circle-check")}<div><p>{lang.get(text)}</p></div></div>
            })}
            {loaded(page, content)}
        </div>
    }
}

/// Words for what has just been done.
fn done_text(done: &str) -> Option<Text> {
    Some(match done {
        "published" => asking::PUBLISHED,
        "unchanged" => asking::UNCHANGED,
        "ended" => asking::ENDED,
        _ => return None,
    })
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let school = page.school.id;
    let rows = page.purposes.into_iter().map(|line| row(lang, line)).collect();
    let columns = [asking::PURPOSE, asking::BASIS, asking::VERSION, asking::SINCE];
    view! {
        {school_tabs("/purposes", &page.schools, school)}
        {table(asking::PURPOSES, &columns, None, rows)}
        <p>
            <a class="button secondary" href=format!("/purposes/new?school={school}")>{icon("plus")} " " {lang.get(asking::NEW_PURPOSE)}</a>
        </p>
    }
}

fn row(lang: Lang, line: PurposeLine) -> AnyView {
    view! {
        <tr>
            <th scope="row"><a href=format!("/purposes/{}", line.id)>{line.title}</a></th>
            <td>{lang.get(basis_text(line.basis))}</td>
            <td class="num">{line.version}</td>
            <td>{time(&line.since)}</td>
        </tr>
    }
    .into_any()
}

pub(super) fn basis_text(basis: LegalBasis) -> Text {
    match basis {
        LegalBasis::Consent => asking::BASIS_CONSENT,
        LegalBasis::Information => asking::BASIS_INFORMATION,
    }
}
