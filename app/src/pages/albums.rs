//! Albums: whose there are, and the pictures of one.

use crate::{
    api::albums::find_album,
    context::{use_lang, use_reader},
    fetched::Fetched,
    live::on_live,
    ui::{
        icon,
        post::{alt_of, image},
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    account::Viewer,
    album::{AlbumPage as Page, AlbumPost},
    live::LiveEvent,
};
use texts::{Lang, albums, posts};

/// What the address asks for: child, group, cursor; empty where it doesn't.
type Asked = (String, String, String);

#[component]
pub fn AlbumsPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let asked: Memo<Asked> = Memo::new(move |_| {
        query.with(|query| {
            let value = |name| query.get(name).unwrap_or_default();
            (value("child"), value("group"), value("before"))
        })
    });
    let is_one = Memo::new(move |_| asked.with(|(child, group, _)| !child.is_empty() || !group.is_empty()));
    view! {
        <Title text=lang.get(albums::TITLE)/>
        <div class="page">
            {move || if is_one.get() { view! { <Album asked/> }.into_any() } else { view! { <Choice/> }.into_any() }}
        </div>
    }
}

/// Whose albums there are: the frame's own knowledge.
#[component]
fn Choice() -> impl IntoView {
    let lang = use_lang();
    let reader = use_reader();
    view! {
        <header class="page-head"><h1>{lang.get(albums::TITLE)}</h1></header>
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move { reader.await.ok().flatten().map(|viewer| choices(lang, viewer)) })}
        </Suspense>
    }
}

fn choices(lang: Lang, viewer: Viewer) -> impl IntoView {
    let link = |href: String, symbol, name: String, more| {
        view! { <li><a href=href>{icon(symbol)}<span>{name} " " <small>{more}</small></span></a></li> }
    };
    let children = viewer
        .children
        .into_iter()
        .map(|child| link(format!("/albums?child={}", child.id), "user", child.name, lang.get(albums::OF_CHILD)))
        .collect_view();
    let groups = viewer
        .groups
        .into_iter()
        .map(|group| link(format!("/albums?group={}", group.id), "users", group.name, lang.get(albums::OF_GROUP)))
        .collect_view();
    view! { <ul class="link-list">{children}{groups}</ul> }
}

#[component]
fn Album(asked: Memo<Asked>) -> impl IntoView {
    let page = Fetched::new(move || asked.get(), |(child, group, before)| find_album(child, group, before));
    on_live(move |event| {
        if matches!(event, LiveEvent::Pictures | LiveEvent::Resync) {
            page.refetch();
        }
    });
    loaded(page, move |page| album(page, asked.get_untracked()))
}

fn album(page: Page, (child, group, before): Asked) -> impl IntoView {
    let lang = use_lang();
    let is_first = before.is_empty();
    let address = if child.is_empty() { format!("/albums?group={group}") } else { format!("/albums?child={child}") };
    let newest = (!is_first).then(|| {
        view! { <p><a href=address.clone()>{icon("arrow-left")} " " {lang.get(albums::NEWEST)}</a></p> }
    });
    let end = match page.older {
        Some(cursor) => view! {
            <p class="older"><a class="button secondary" href=format!("{address}&before={cursor}")>{lang.get(albums::OLDER)}</a></p>
        }
        .into_any(),
        None if page.posts.is_empty() => view! {
            <div class="empty">
                <img src="/empty-pictures.svg" width="200" height="140" alt=""/>
                <h2>{lang.get(albums::EMPTY_TITLE)}</h2>
                <p>{lang.get(albums::EMPTY_TEXT)}</p>
            </div>
        }
        .into_any(),
        None => view! { <p class="the-end">{lang.get(posts::THE_END)}</p> }.into_any(),
    };
    view! {
        <header class="page-head">
            <a class="back" href="/albums">{icon("arrow-left")} " " {lang.get(albums::TITLE)}</a>
            <h1>{page.name}</h1>
        </header>
        {newest}
        {page.posts.into_iter().enumerate().map(|(index, post)| pictures(lang, post, index == 0)).collect_view()}
        {end}
    }
}

/// The pictures of one post; `eager`: they are seen at once.
fn pictures(lang: Lang, post: AlbumPost, eager: bool) -> impl IntoView {
    let (id, heading) = (post.id, format!("a-{}", post.id));
    let items = post.pictures.iter().map(|(place, picture)| {
        let alt = alt_of(lang, picture, *place as usize - 1, &post.title);
        let href = format!("/posts/{id}?picture={place}");
        view! { <li><a href=href>{image(picture, alt, "(min-width: 640px) 200px, 46vw", eager)}</a></li> }
    });
    let items = items.collect_view();
    view! {
        <section class="section" aria-labelledby=heading.clone()>
            <h2 id=heading.clone()><a href=format!("/posts/{id}")>{post.title}</a></h2>
            <p class="muted small">{time(&post.published)}</p>
            <ul class="gallery">{items}</ul>
        </section>
    }
}
