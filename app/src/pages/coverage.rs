//! How far the school's questions about pictures have been answered, for the director.

use crate::{
    api::consent::{RemindOpen, find_coverage},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{FormError, FormState},
        icon,
        schools::school_tabs,
        states::loaded,
        table::table,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::coverage::{Coverage, CoveragePage as Page, LastReminder, PurposeCoverage};
use server_fn::ServerFn;
use texts::{Lang, asking};

#[component]
pub fn CoveragePage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let school = move || query.with(|query| query.get("school").unwrap_or_default());
    let page = Fetched::new(school, find_coverage);
    let reminded = move || query.with(|query| query.get("done").as_deref() == Some("reminded"));
    view! {
        <Title text=lang.get(asking::COVERAGE)/>
        <div class="page wide">
            <header class="page-head">
                <a class="back no-print" href="/settings">{icon("arrow-left")} " " {lang.get(texts::frame::MORE)}</a>
                <h1>{lang.get(asking::COVERAGE)}</h1>
                <p class="lead">{lang.get(asking::COVERAGE_LEAD)}</p>
            </header>
            {move || reminded().then(|| view! {
                <div class="notice" data-kind="success" role="status">{icon("circle-check")}<div><p>{lang.get(asking::REMINDED)}</p></div></div>
            })}
            {loaded(page, content)}
        </div>
    }
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let school = page.school.id;
    let rows = page.purposes.iter().map(|purpose| row(lang, purpose.title.clone(), purpose.total)).collect();
    view! {
        {school_tabs("/preferences", &page.schools, school)}
        {open_questions(lang, &page)}
        <section class="section" aria-labelledby="whole">
            <h2 id="whole">{page.school.name.clone()}</h2>
            {table(asking::COVERAGE, &columns(asking::PURPOSE), None, rows)}
            {downloads(lang, &page)}
        </section>
        <section class="section" aria-labelledby="groups">
            <h2 id="groups">{lang.get(asking::BY_GROUP)}</h2>
            {page.purposes.into_iter().map(|purpose| by_group(lang, purpose)).collect_view()}
        </section>
    }
}

fn columns(first: texts::Text) -> [texts::Text; 6] {
    [first, asking::CHILDREN, asking::COMPLETE, asking::YES, asking::NO, asking::OPEN]
}

fn row(lang: Lang, title: String, counts: Coverage) -> AnyView {
    let cells = [
        (asking::CHILDREN, counts.children),
        (asking::COMPLETE, counts.complete),
        (asking::YES, counts.yes),
        (asking::NO, counts.no),
        (asking::OPEN, counts.open),
    ];
    let cells = cells.map(|(label, count)| view! { <td class="num" data-label=lang.get(label)>{count}</td> });
    view! {
        <tr>
            <th scope="row">{title}</th>
            {cells.into_iter().collect_view()}
        </tr>
    }
    .into_any()
}

fn by_group(lang: Lang, purpose: PurposeCoverage) -> impl IntoView {
    let rows = purpose
        .groups
        .into_iter()
        .map(|group| row(lang, group.group.unwrap_or_else(|| lang.get(asking::NO_GROUP).to_owned()), group.counts))
        .collect();
    view! {
        <details class="fold">
            <summary>{purpose.title}</summary>
            {table(asking::BY_GROUP, &columns(asking::GROUP), None, rows)}
        </details>
    }
}

/// How many guardians are left to answer, when they were last reminded, and the button that does it again.
fn open_questions(lang: Lang, page: &Page) -> impl IntoView + use<> {
    let open = match page.open_guardians {
        0 => lang.get(asking::NOBODY_OPEN).to_owned(),
        open => lang.count(asking::OPEN_GUARDIANS, u64::from(open), &[("all", &page.guardians.to_string())]),
    };
    let form = FormState::sent::<RemindOpen>();
    let school = page.school.id.to_string();
    let remind = page.can_remind.then(|| {
        view! {
            <input type="hidden" name="school" value=school/>
            <p class="muted">{lang.get(asking::REMIND_LEAD)}</p>
            <div class="actions"><button class="button secondary">{icon("bell")} " " {lang.get(asking::REMIND)}</button></div>
        }
    });
    view! {
        <section class="section" aria-labelledby="open">
            <h2 id="open">{lang.get(asking::OPEN_QUESTIONS)}</h2>
            <p>{icon("mail")} " " <strong>{open}</strong></p>
            {page.last.as_ref().map(|last| reminded(lang, last))}
            <form class="form no-print" method="post" action=RemindOpen::PATH>
                <FormError form=form/>
                {remind}
            </form>
        </section>
    }
}

fn reminded(lang: Lang, last: &LastReminder) -> impl IntoView + use<> {
    let letters = lang.count(asking::LETTERS, u64::from(last.letters), &[]);
    let by = match &last.by {
        Some(name) => lang.with(asking::REMINDED_BY, &[("name", name)]),
        None => lang.get(asking::REMINDED_YEARLY).to_owned(),
    };
    view! { <p class="muted">{by} " " {time(&last.at)} " · " {letters}</p> }
}

fn downloads(lang: Lang, page: &Page) -> impl IntoView + use<> {
    let school = page.school.id;
    view! {
        <p class="row no-print">
            <a class="button secondary small" download="" href=format!("/preferences.csv?school={school}")>{icon("download")} " " {lang.get(asking::WHOLE_SCHOOL_CSV)}</a>
            <a class="button secondary small" download="" href=format!("/preferences.xlsx?school={school}")>{icon("download")} " " {lang.get(asking::WHOLE_SCHOOL_XLSX)}</a>
        </p>
    }
}
