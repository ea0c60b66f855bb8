//! What staff sees of a post beside the post itself: what it said before, and pinning.

use crate::{
    api::post_answers::{PinPost, open_for_staff},
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    ui::{document::document, icon, states::loaded, time},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{
    Moment,
    live::LiveEvent,
    options::{PostForStaff, PostVersion},
};
use server_fn::ServerFn;
use texts::{Lang, options, posts};

#[component]
pub fn PostStaffPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Fetched::new(move || id.get(), open_for_staff);
    on_live(move |event| match event {
        LiveEvent::Post { id: changed } if changed.to_string() == id.get_untracked() => page.refetch(),
        LiveEvent::Resync => page.refetch(),
        _ => {}
    });
    view! {
        <Title text=lang.get(options::FOR_STAFF)/>
        <div class="page">{loaded(page, shown)}</div>
    }
}

fn shown(page: PostForStaff) -> impl IntoView {
    let lang = use_lang();
    let id = page.id.to_string();
    let pin = page.can_pin.then(|| {
        let label = if page.pinned { options::UNPIN } else { options::PIN };
        view! {
            <form method="post" action=PinPost::PATH>
                <input type="hidden" name="post" value=id.clone()/>
                <input type="hidden" name="pinned" value=(!page.pinned).to_string()/>
                <button class="button secondary">{icon("pin")} " " {lang.get(label)}</button>
            </form>
        }
    });
    let fact = |label, value: AnyView| view! { <div><dt>{lang.get(label)}</dt><dd>{value}</dd></div> };
    let urgent = page.urgent_reason.map(|reason| fact(options::URGENT_REASON, reason.into_any()));
    let expires = page.expires.map(|at: Moment| fact(options::EXPIRES_AT, time(&at).into_any()));
    let facts = (urgent.is_some() || expires.is_some()).then(|| view! { <dl class="facts">{urgent} {expires}</dl> });
    view! {
        <header class="page-head">
            <a class="back" href=format!("/posts/{id}")>{icon("arrow-left")} " " {lang.get(posts::BACK_TO_POST)}</a>
            <h1>{page.title}</h1>
        </header>
        {facts}
        {pin}
        {(!page.versions.is_empty()).then(|| versions(lang, page.versions))}
    }
}

fn versions(lang: Lang, versions: Vec<PostVersion>) -> impl IntoView {
    let items = versions.into_iter().map(|version| {
        let body = document(&version.body, &|_, _| None);
        view! {
            <details class="fold">
                <summary>{lang.with(options::CHANGED_BY, &[("name", &version.changed_by)])} " " {time(&version.changed)}</summary>
                <h3>{version.title}</h3>
                {body}
            </details>
        }
    });
    view! {
        <section class="section" aria-labelledby="versions">
            <h2 id="versions">{lang.get(options::VERSIONS)}</h2>
            <p class="muted">{lang.get(options::VERSIONS_LEAD)}</p>
            {items.collect_view()}
        </section>
    }
}
