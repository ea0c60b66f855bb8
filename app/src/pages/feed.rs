//! The front page: news of one's children's groups.

use crate::{
    api::posts::find_feed,
    context::{use_lang, use_reader},
    fetched::Fetched,
    live::on_live,
    ui::{icon, post::post_card, states::loaded},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{account::Viewer, feed::FeedPage as Page, live::LiveEvent};
use texts::{frame, posts};

/// What the address asks for: child, group, cursor; empty where it doesn't.
type Asked = (String, String, String);

#[component]
pub fn FeedPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let asked: Memo<Asked> = Memo::new(move |_| {
        query.with(|query| {
            let value = |name| query.get(name).unwrap_or_default();
            (value("child"), value("group"), value("before"))
        })
    });
    let page = Fetched::new(move || asked.get(), |(child, group, before)| find_feed(child, group, before));
    let fresh = RwSignal::new(false);
    on_live(move |event| match event {
        // Nothing moves under the reader's thumb: a line says that there is more.
        LiveEvent::Post { .. } => fresh.set(true),
        LiveEvent::Pictures | LiveEvent::Resync => page.refetch(),
        _ => {}
    });
    let show_fresh = move |_| {
        fresh.set(false);
        page.refetch();
    };
    view! {
        <Title text=lang.get(frame::NEWS)/>
        <div class="page">
            <h1 class="visually-hidden">{lang.get(frame::NEWS)}</h1>
            <GroupFilter asked/>
            <div role="status">
                {move || fresh.get().then(|| view! {
                    <div class="notice" data-kind="info">
                        {icon("newspaper")}
                        <div><p>{lang.get(posts::FRESH)}</p></div>
                        <button class="button quiet small" type="button" on:click=show_fresh>{lang.get(posts::SHOW_FRESH)}</button>
                    </div>
                })}
            </div>
            {loaded(page, move |page| feed(page, asked.get_untracked()))}
        </div>
    }
}

fn feed(page: Page, (child, group, before): Asked) -> impl IntoView {
    let lang = use_lang();
    let is_first = before.is_empty();
    if page.cards.is_empty() && is_first {
        return view! {
            <div class="empty">
                <img src="/empty-news.svg" width="200" height="140" alt=""/>
                <h2>{lang.get(posts::EMPTY_TITLE)}</h2>
                <p>{lang.get(posts::EMPTY_TEXT)}</p>
            </div>
        }
        .into_any();
    }
    let filter: String = [("child", child), ("group", group)]
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={value}&"))
        .collect();
    let end = match page.older {
        Some(cursor) => view! {
            <p class="older"><a class="button secondary" href=format!("/?{filter}before={cursor}")>{lang.get(posts::OLDER)}</a></p>
        }
        .into_any(),
        None => view! { <p class="the-end">{lang.get(posts::THE_END)}</p> }.into_any(),
    };
    let newest = (!is_first).then(|| {
        let href = format!("/?{}", filter.trim_end_matches('&'));
        view! { <p><a href=href>{icon("arrow-left")} " " {lang.get(posts::NEWEST)}</a></p> }
    });
    view! {
        {newest}
        <section class="feed" aria-label=lang.get(frame::NEWS)>
            {page.cards.into_iter().enumerate().map(|(index, card)| post_card(card, index == 0 && is_first)).collect_view()}
        </section>
        {end}
    }
    .into_any()
}

/// Staff choose among their groups; guardians have their children on top of every page.
#[component]
fn GroupFilter(asked: Memo<Asked>) -> impl IntoView {
    let reader = use_reader();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                match reader.await {
                    Ok(Some(viewer)) if viewer.is_staff() && viewer.groups.len() > 1 => Some(group_filter(viewer, asked)),
                    _ => None,
                }
            })}
        </Suspense>
    }
}

fn group_filter(viewer: Viewer, asked: Memo<Asked>) -> impl IntoView {
    let lang = use_lang();
    let chosen = move |id: &str| {
        let is_chosen = asked.with(|(child, group, _)| child.is_empty() && group == id);
        is_chosen.then_some("true")
    };
    view! {
        <nav class="row" aria-label=lang.get(posts::GROUPS)>
            <a class="chip" href="/" aria-current=move || chosen("")>{lang.get(posts::ALL_GROUPS)}</a>
            {viewer
                .groups
                .into_iter()
                .map(|group| {
                    let id = group.id.to_string();
                    view! {
                        <a class="chip" data-hue=group.hue href=format!("/?group={id}") aria-current=move || chosen(&id)>{group.name}</a>
                    }
                })
                .collect_view()}
        </nav>
    }
}
