//! Who has read a post and who has not, child by child.

use crate::{
    api::readers::list_readers,
    context::use_lang,
    fetched::Fetched,
    ui::{icon, states::loaded, time},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::readers::{ReadersChild, ReadersPage as Page};
use texts::{Lang, posts, readers};

#[component]
pub fn ReadersPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let page = Fetched::new(move || params.with(|params| params.get("id").unwrap_or_default()), list_readers);
    view! {
        <Title text=lang.get(readers::TITLE)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let share = lang.count(posts::READERS, u64::from(page.reach.guardians), &[("read", &page.reach.read.to_string())]);
    let (reached, missed): (Vec<_>, Vec<_>) = page.children.into_iter().partition(ReadersChild::is_reached);
    view! {
        <header class="page-head">
            <a class="back" href=format!("/posts/{}", page.post)>{icon("arrow-left")} " " {lang.get(posts::BACK_TO_POST)}</a>
            <h1>{lang.get(readers::TITLE)}</h1>
            <p class="lead">{page.title}</p>
        </header>
        <p>{icon("eye")} " " <strong>{share}</strong> " " {lang.get(posts::READ)}</p>
        {section(lang, "missed", lang.count(readers::MISSED, missed.len() as u64, &[]), missed)}
        {section(lang, "reached", lang.count(readers::REACHED, reached.len() as u64, &[]), reached)}
    }
}

fn section(lang: Lang, id: &'static str, title: String, children: Vec<ReadersChild>) -> Option<impl IntoView> {
    if children.is_empty() {
        return None;
    }
    let rows = children.into_iter().map(|child| row(lang, child)).collect_view();
    Some(view! {
        <section class="section" aria-labelledby=id>
            <h2 id=id>{title}</h2>
            <table class="table cards">
                <thead>
                    <tr>
                        <th scope="col">{lang.get(readers::CHILD)}</th>
                        <th scope="col">{lang.get(readers::GROUP)}</th>
                        <th scope="col">{lang.get(readers::GUARDIANS)}</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    })
}

fn row(lang: Lang, child: ReadersChild) -> impl IntoView {
    let guardians = child.guardians.into_iter().map(|guardian| {
        let when = match guardian.read {
            Some(at) => view! { {time(&at)} }.into_any(),
            None => view! { <span class="muted">{lang.get(readers::NOT_YET)}</span> }.into_any(),
        };
        view! { <li>{guardian.name} " · " {when}</li> }
    });
    view! {
        <tr>
            <th scope="row" class="cell-title">{child.name}</th>
            <td data-label=lang.get(readers::GROUP)>{child.group}</td>
            <td data-label=lang.get(readers::GUARDIANS)><ul>{guardians.collect_view()}</ul></td>
        </tr>
    }
}
