//! Children who have left the school, for directors: and the way to erase what was answered about them.

use crate::{
    api::people::{EraseAnswers, list_former},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{FormError, FormState, TextField},
        icon,
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    check::REASON_MAX,
    people::{ErasedAnswers, FormerChild, FormerPage as Page},
};
use server_fn::ServerFn;
use texts::people;

#[component]
pub fn FormerPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let asked =
        move || query.with(|query| (query.get("school").unwrap_or_default(), query.get("before").unwrap_or_default()));
    let page = Fetched::new(asked, |(school, before)| list_former(school, before));
    view! {
        <Title text=lang.get(people::FORMER)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let here = format!("/people/former?school={}", page.school.id);
    let is_empty = page.children.is_empty();
    let older = page.older.map(|last| {
        view! { <p class="older"><a class="button secondary" href=format!("{here}&before={last}")>{lang.get(people::FORMER_OLDER)}</a></p> }
    });
    let children = page.children.into_iter().map(|line| child(line, here.clone())).collect_view();
    view! {
        <header class="page-head">
            <a class="back" href=format!("/people?school={}", page.school.id)>{icon("arrow-left")} " " {lang.get(people::PEOPLE)}</a>
            <h1>{lang.get(people::FORMER)}</h1>
            <p class="lead">{lang.get(people::FORMER_LEAD)}</p>
        </header>
        {is_empty.then(|| view! { <p class="muted">{lang.get(people::FORMER_EMPTY)}</p> })}
        {children}
        {older}
    }
}

fn child(line: FormerChild, here: String) -> impl IntoView {
    let lang = use_lang();
    let heading = format!("c-{}", line.id);
    let end = match &line.erased {
        Some(erased) => marker(erased).into_any(),
        None => erasing(&line, here).into_any(),
    };
    view! {
        <article class="card" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()>{line.name.clone()}</h2>
            <dl class="facts">
                <div><dt>{lang.get(people::GROUP)}</dt><dd>{line.group.unwrap_or_else(|| lang.get(people::NO_GROUP).to_owned())}</dd></div>
                <div><dt>{lang.get(people::LEFT)}</dt><dd>{time(&line.left)}</dd></div>
            </dl>
            {end}
        </article>
    }
}

/// What stands in place of the answers.
fn marker(erased: &ErasedAnswers) -> impl IntoView + use<> {
    let lang = use_lang();
    view! {
        <p>{icon("trash-2")} " " {lang.get(people::ANSWERS_ERASED)} " " {time(&erased.at)}</p>
        <p class="muted">{erased.reason.clone()}</p>
    }
}

fn erasing(line: &FormerChild, here: String) -> impl IntoView + use<> {
    let lang = use_lang();
    let id = line.id.to_string();
    let form = FormState::sent_with::<EraseAnswers>("child", &id);
    let values = [("child", line.name.as_str())];
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(people::ERASE_ANSWERS)}</summary>
            <form class="form" method="post" action=EraseAnswers::PATH>
                <FormError form=form.clone()/>
                <input type="hidden" name="child" value=id.clone()/>
                <input type="hidden" name="next" value=here/>
                <p>{lang.with(people::ERASE_ANSWERS_LEAD, &values)}</p>
                <TextField form=form.clone() name="reason" id=format!("why-{id}") label=people::REASON hint=people::REASON_HINT rows=2 required=true maxlength=REASON_MAX/>
                <div class="actions"><button class="button danger">{lang.get(people::ERASE_ANSWERS)}</button></div>
            </form>
        </details>
    }
}
