//! A group's list for staff: who may be pictured, on the phone and on paper.

use crate::{
    api::consent::{RecordPrint, list_preferences},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{FormError, FormState},
        icon,
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    SchoolId,
    consent::{Effective, GroupPreferenceRow, GroupPreferences, PrintedList},
};
use server_fn::ServerFn;
use texts::{Lang, consent};

#[component]
pub fn GroupPreferencesPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let group = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    // Recording a print leads back here with another query: then the page is fetched again.
    let is_printing = Memo::new(move |_| query.with(|query| query.get("printing").is_some()));
    let page = Fetched::new(move || (group.get(), is_printing.get()), |(group, _)| list_preferences(group));
    view! {
        <Title text=lang.get(consent::TITLE)/>
        <div class="page wide">
            {move || is_printing.get().then(|| view! {
                <div class="notice no-print" data-kind="success" role="status">
                    {icon("printer")}
                    <div><p>{lang.get(consent::PRINT_NOW)}</p></div>
                </div>
            })}
            {loaded(page, content)}
        </div>
    }
}

fn content(page: GroupPreferences) -> impl IntoView {
    let lang = use_lang();
    let group = page.id.to_string();
    view! {
        <article class="print-list">
            <header class="page-head">
                <a class="back no-print" href="/settings">{icon("arrow-left")} " " {lang.get(texts::frame::MORE)}</a>
                <h1>{lang.get(consent::TITLE)} " · " {page.group.clone()}</h1>
                <p>{page.school.clone()} " · " <time datetime=page.at.machine.clone()>{page.at.full.clone()}</time></p>
                <p class="lead no-print">{lang.get(consent::GROUP_LEAD)}</p>
                <p class="print-only">{lang.get(consent::LIST_ENDS)}</p>
            </header>
            {page.printed.as_ref().map(|printed| since_printed(lang, printed))}
            {table(lang, &page)}
        </article>
        {print_form(lang, group.clone())}
        {downloads(lang, &group, page.whole_school)}
    }
}

fn table(lang: Lang, page: &GroupPreferences) -> impl IntoView + use<> {
    let heads = page.purposes.iter().map(|purpose| view! { <th scope="col">{purpose.clone()}</th> }).collect_view();
    let rows = page.children.iter().map(|child| row(lang, &page.purposes, child)).collect_view();
    view! {
        <table class="table cards">
            <thead>
                <tr>
                    <th scope="col">{lang.get(consent::CHILD)}</th>
                    {heads}
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn row(lang: Lang, purposes: &[String], child: &GroupPreferenceRow) -> impl IntoView + use<> {
    let cells = child
        .answers
        .iter()
        .zip(&child.is_changed)
        .zip(purposes)
        .map(|((answer, is_changed), purpose)| {
            view! { <td data-label=purpose.clone()>{mark(lang, *answer, *is_changed)}</td> }
        })
        .collect_view();
    view! {
        <tr>
            <th scope="row" class="cell-title">{child.name.clone()}</th>
            {cells}
        </tr>
    }
}

/// An answer, and whether it is another one than on the paper that was printed last.
fn mark(lang: Lang, answer: Effective, is_changed: bool) -> impl IntoView {
    let (symbol, word) = match answer {
        Effective::Yes => ("check", consent::YES),
        Effective::No => ("ban", consent::NO),
        Effective::Unset => ("circle-dashed", consent::NOT_ANSWERED),
    };
    let changed = is_changed.then(|| {
        view! { " " <span class="badge" data-kind="warning">{icon("refresh-cw")} " " {lang.get(consent::CHANGED)}</span> }
    });
    view! { <span>{icon(symbol)} " " {lang.get(word)} {changed}</span> }
}

/// When the list was last printed, and whether that paper still holds.
fn since_printed(lang: Lang, printed: &PrintedList) -> impl IntoView + use<> {
    let holds = printed.changes == 0 && printed.gone.is_empty();
    let (kind, symbol) = if holds { ("info", "printer") } else { ("warning", "triangle-alert") };
    let words = match printed.changes {
        0 if holds => lang.get(consent::PRINT_HOLDS).to_owned(),
        0 => String::new(),
        changes => lang.count(consent::CHANGES, u64::from(changes), &[]),
    };
    let gone = (!printed.gone.is_empty()).then(|| lang.with(consent::GONE, &[("names", &printed.gone.join(", "))]));
    view! {
        <div class="notice no-print" data-kind=kind>
            {icon(symbol)}
            <div>
                <p>{lang.with(consent::PRINTED_BY, &[("name", &printed.by)])} " " {time(&printed.at)} ". " {words}</p>
                {gone.map(|words| view! { <p>{words}</p> })}
            </div>
        </div>
    }
}

fn print_form(lang: Lang, group: String) -> impl IntoView {
    let form = FormState::sent::<RecordPrint>();
    view! {
        <form class="form no-print" method="post" action=RecordPrint::PATH>
            <FormError form=form/>
            <p class="muted">{lang.get(consent::PRINT_LEAD)}</p>
            <input type="hidden" name="group" value=group/>
            <div class="actions"><button class="button secondary">{icon("printer")} " " {lang.get(consent::PRINT)}</button></div>
        </form>
    }
}

fn downloads(lang: Lang, group: &str, whole_school: Option<SchoolId>) -> impl IntoView + use<> {
    let link = |href: String, words| {
        view! { <a class="button secondary small" download="" href=href>{icon("download")} " " {lang.get(words)}</a> }
    };
    let whole = whole_school.map(|school| {
        view! {
            {link(format!("/preferences.csv?school={school}"), texts::asking::WHOLE_SCHOOL_CSV)}
            {link(format!("/preferences.xlsx?school={school}"), texts::asking::WHOLE_SCHOOL_XLSX)}
        }
    });
    view! {
        <p class="row no-print">
            {link(format!("/groups/{group}/preferences.csv"), consent::GROUP_CSV)}
            {link(format!("/groups/{group}/preferences.xlsx"), consent::GROUP_XLSX)}
            {whole}
        </p>
    }
}
