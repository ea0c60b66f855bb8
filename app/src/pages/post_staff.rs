//! What staff sees of a post beside the post itself: who confirmed, what it said before, and pinning.

use crate::{
    api::post_answers::{PinPost, RemindOfPost, open_for_staff},
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    ui::{
        document::document,
        form::{FormError, FormState},
        icon,
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{
    Moment,
    live::LiveEvent,
    options::{ChildConfirmations, Confirmations, PostForStaff, PostVersion},
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
        {page.confirmations.map(|confirmations| who_confirmed(lang, id, confirmations))}
        {(!page.versions.is_empty()).then(|| versions(lang, page.versions))}
    }
}

fn who_confirmed(lang: Lang, id: String, confirmations: Confirmations) -> impl IntoView {
    let missing = match confirmations.missing {
        0 => lang.get(options::ALL_CONFIRMED).to_owned(),
        missing => lang.count(options::MISSING, u64::from(missing), &[]),
    };
    let sent = FormState::sent::<RemindOfPost>();
    let remind = confirmations.can_remind.then(|| view! {
        <form class="form" method="post" action=RemindOfPost::PATH>
            <FormError form=sent.clone()/>
            <input type="hidden" name="post" value=id/>
            <div class="actions"><button class="button secondary">{icon("bell")} " " {lang.get(options::REMIND)}</button></div>
        </form>
    });
    view! {
        <section class="section" aria-labelledby="confirmations">
            <h2 id="confirmations">{lang.get(options::CONFIRMATIONS)}</h2>
            <p class="muted">{missing} " " {lang.get(options::DEADLINE)} " " {time(&confirmations.by)}</p>
            {remind}
            <table class="table cards">
                <thead><tr><th scope="col">{lang.get(options::CHILD)}</th><th scope="col">{lang.get(options::GUARDIANS)}</th></tr></thead>
                <tbody>{confirmations.children.into_iter().map(|child| child_row(lang, child)).collect_view()}</tbody>
            </table>
        </section>
    }
}

fn child_row(lang: Lang, child: ChildConfirmations) -> impl IntoView {
    let guardians = child.guardians.into_iter().map(|(name, at)| {
        let state = match at {
            Some(at) => view! { {icon("circle-check")} " " {name} ", " {time(&at)} }.into_any(),
            None => view! { {icon("circle-dashed")} " " {name} ", " {lang.get(options::NOT_YET)} }.into_any(),
        };
        view! { <p>{state}</p> }
    });
    view! {
        <tr>
            <th scope="row" class="cell-title">{child.name} " " {child.group.map(|group| view! { <small>{group}</small> })}</th>
            <td data-label=lang.get(options::GUARDIANS)>{guardians.collect_view()}</td>
        </tr>
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
