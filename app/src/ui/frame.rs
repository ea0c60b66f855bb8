//! The frame of every page: school and children on top, the way around below (on a desktop: at the side).

use super::{icon, initials};
use crate::{
    api::account::find_viewer,
    browser,
    context::{use_lang, use_reader},
    live::{self, on_live},
};
use leptos::{prelude::*, task::spawn_local};
use leptos_router::hooks::{use_location, use_query_map};
use model::{account::Viewer, live::LiveEvent};
use texts::frame;

/// Signed in: bars and content. Signed out: the door, which each of its pages draws itself.
#[component]
pub fn Frame(children: Children) -> impl IntoView {
    let lang = use_lang();
    let reader = use_reader();
    view! {
        <a class="skip-link" href="#content">{lang.get(frame::SKIP)}</a>
        <div class="frame">
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    match reader.await {
                        Ok(Some(viewer)) => view! { <Bars viewer/> }.into_any(),
                        _ => ().into_any(),
                    }
                })}
            </Suspense>
            <main id="content" tabindex="-1">{children()}</main>
            <footer class="footline">
                <span class="ikker-mark"><img src="/favicon.svg" width="16" height="16" alt=""/> " Ikker"</span>
            </footer>
        </div>
    }
}

/// The bars follow what happens elsewhere: what is new replaces what stands there, and nothing goes away meanwhile.
#[component]
fn Bars(viewer: Viewer) -> impl IntoView {
    live::start(viewer.heard);
    let viewer = RwSignal::new(viewer);
    on_live(move |event| match event {
        LiveEvent::Counts | LiveEvent::Resync => spawn_local(async move {
            if let Ok(Some(now)) = find_viewer().await {
                let _ = viewer.try_set(now);
            }
        }),
        LiveEvent::SignedOut => browser::load("/sign-in"),
        _ => {}
    });
    move || viewer.with(bars)
}

fn bars(viewer: &Viewer) -> impl IntoView + use<> {
    let lang = use_lang();
    let location = use_location();
    let path = move || location.pathname.get();
    let current = move |prefix: &'static str| {
        let path = path();
        let here = if prefix == "/" { path == "/" || path.starts_with("/posts/") } else { path.starts_with(prefix) };
        here.then_some("page")
    };
    let unread = viewer.unread_conversations;
    let pending = viewer.pending_requests;
    let people = viewer.has_people_pages();
    let can_post = viewer.can_post();
    view! {
        <header class="topbar">
            <a class="school" href="/">
                <span class="school-logo avatar" aria-hidden="true">{initials(&viewer.school.name)}</span>
                <span class="school-name">{viewer.school.name.clone()}</span>
            </a>
            {(!viewer.children.is_empty()).then(|| child_filter(viewer))}
        </header>
        <nav class="mainnav" aria-label=lang.get(frame::MAIN_MENU)>
            <ul>
                <li><a href="/" aria-current=move || current("/")>{icon("newspaper")}<span>{lang.get(frame::NEWS)}</span></a></li>
                <li>
                    <a href="/conversations" aria-current=move || current("/conversations")>
                        {icon("messages-square")}
                        <span>{lang.get(frame::CONVERSATIONS)}</span>
                        {(unread > 0).then(|| counter(unread, lang.get(frame::UNREAD)))}
                    </a>
                </li>
                {people.then(|| view! {
                    <li>
                        <a href="/access" aria-current=move || current("/access")>
                            {icon("user-plus")}
                            <span>{lang.get(frame::ACCESS)}</span>
                            {(pending > 0).then(|| counter(pending, lang.get(frame::WAITING)))}
                        </a>
                    </li>
                })}
                <li><a href="/settings" aria-current=move || current("/settings")>{icon("menu")}<span>{lang.get(frame::MORE)}</span></a></li>
            </ul>
            {can_post.then(|| view! {
                <a class="button compose-button" href="/compose">{icon("pencil")}<span>{lang.get(frame::COMPOSE)}</span></a>
            })}
        </nav>
    }
}

fn counter(count: u32, what: &'static str) -> impl IntoView {
    view! { " " <span class="count">{count}<span class="visually-hidden">" " {what}</span></span> }
}

fn child_filter(viewer: &Viewer) -> impl IntoView + use<> {
    let lang = use_lang();
    let query = use_query_map();
    let location = use_location();
    let chosen = Memo::new(move |_| {
        (location.pathname.get() == "/").then(|| query.with(|query| query.get("child").unwrap_or_default()))
    });
    view! {
        <nav class="child-filter" aria-label=lang.get(frame::CHILD)>
            <a class="chip" href="/" aria-current=move || (chosen.get().as_deref() == Some("")).then_some("true")>{lang.get(frame::ALL)}</a>
            {viewer
                .children
                .iter()
                .map(|child| {
                    let id = child.id.to_string();
                    let href = format!("/?child={id}");
                    view! {
                        <a class="chip" href=href aria-current=move || (chosen.get().as_deref() == Some(id.as_str())).then_some("true")>
                            {child.name.clone()}
                        </a>
                    }
                })
                .collect_view()}
        </nav>
    }
}
