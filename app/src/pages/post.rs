//! A post on its own page.

mod comments;
mod gallery;

use crate::{
    api::{
        post_answers::ConfirmPost,
        posts::{DeletePost, open_post},
    },
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    ui::{
        document::document,
        icon,
        links::link_cards,
        post::{alt_of, caption, group_chips, hue, image, player, post_meta, urgent_mark},
        states::loaded,
        time,
    },
};
use comments::Comments;
use gallery::gallery;
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    PostId,
    account::GroupChip,
    feed::{Asks, PostPage as Post, Reach},
    live::LiveEvent,
};
use server_fn::ServerFn;
use texts::{Lang, frame, posts, readers};

#[component]
pub fn PostPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Fetched::new(move || id.get(), open_post);
    on_live(move |event| match event {
        LiveEvent::Post { id: changed } if changed.to_string() == id.get_untracked() => page.refetch(),
        LiveEvent::Pictures | LiveEvent::Resync => page.refetch(),
        _ => {}
    });
    let query = use_query_map();
    let picture = Memo::new(move |_| query.with(|query| query.get("picture").and_then(|n| n.parse::<usize>().ok())));
    view! {
        <div class="page">
            {loaded(page, move |post| {
                let title = post.title.clone();
                let count = post.pictures.len();
                let chosen = Memo::new(move |_| picture.get()?.checked_sub(1).filter(|index| *index < count));
                let is_open = Memo::new(move |_| chosen.get().is_some());
                view! {
                    <Title text=title/>
                    {move || if is_open.get() {
                        gallery(&post, chosen).into_any()
                    } else {
                        whole_post(post.clone()).into_any()
                    }}
                }
            })}
            <Show when=move || picture.get().is_none()><Comments post=id/></Show>
        </div>
    }
}

fn whole_post(post: Post) -> impl IntoView {
    let lang = use_lang();
    let meta = post_meta(&post.author, &post.published, &post.groups, false);
    let actions = actions(&post);
    let body = document(&post.body, &|media, alt| {
        let index = post.pictures.iter().position(|picture| picture.id == media)?;
        let link = picture_link(lang, &post, index, alt, "(min-width: 640px) 640px, 96vw");
        Some(view! { {link} {caption(&post.pictures[index])} }.into_any())
    });
    let pictures = thumbnails(lang, &post);
    let files = files(lang, &post);
    let (id, asks) = (post.id, post.asks);
    view! {
        <article class="post" data-hue=hue(&post.groups)>
            <header class="post-head">
                <a class="back no-print" href="/">{icon("arrow-left")} " " {lang.get(frame::NEWS)}</a>
                {meta}
                {urgent_mark(post.urgent)}
                <h1>{post.title}</h1>
                {audience(lang, &post.groups)}
                {post.edited.map(|at| view! { <p class="muted small">{lang.get(posts::EDITED)} " " {time(&at)}</p> })}
            </header>
            {post.reach.map(|reach| staff_strip(lang, id, reach, post.hidden_pictures))}
            {body}
            {asked(lang, id, asks)}
            {link_cards(post.cards)}
            {pictures}
            {films_to_come(lang, post.films_to_come, post.films_failed)}
            {files}
            {actions}
        </article>
    }
}

fn audience(lang: Lang, groups: &[GroupChip]) -> impl IntoView + use<> {
    let everyone = groups.iter().any(|group| group.is_school);
    let words = lang.get(if everyone { posts::FOR_EVERYONE } else { posts::FOR_PARENTS_OF });
    let chips = (!everyone).then(|| group_chips(groups));
    view! { <p class="audience">{icon("users")} " " {words} " " {chips}</p> }
}

/// What the post asks of the reader: one plain form, and the way to its poll.
fn asked(lang: Lang, id: PostId, asks: Asks) -> impl IntoView {
    let confirm = asks.confirm_by.filter(|_| asks.can_confirm).map(|by| {
        view! {
            <form class="ask no-print" method="post" action=ConfirmPost::PATH>
                <p>{icon("circle-help")} <span>{lang.get(posts::CONFIRM_BY)} " " {time(&by)}</span></p>
                <input type="hidden" name="post" value=id.to_string()/>
                <button class="button">{lang.get(posts::CONFIRM)}</button>
            </form>
        }
    });
    let confirmed = asks.confirmed.map(|at| view! {
        <p class="ask" data-state="done">{icon("circle-check")} <span>{lang.get(posts::CONFIRMED)} " " {time(&at)}</span></p>
    });
    let poll = asks.poll.map(|question| {
        view! {
            <p class="ask">
                <span>{question}</span>
                <a class="button secondary" href=format!("/posts/{id}/poll")>{lang.get(posts::TO_THE_POLL)}</a>
            </p>
        }
    });
    view! { {confirm} {confirmed} {poll} }
}

fn staff_strip(lang: Lang, id: PostId, reach: Reach, hidden: u32) -> impl IntoView {
    let share = lang.count(posts::READERS, u64::from(reach.guardians), &[("read", &reach.read.to_string())]);
    view! {
        <aside class="staff-strip no-print" aria-label=lang.get(posts::STAFF_ONLY)>
            <p>{icon("eye")} " " <strong>{share.clone()}</strong> " " {lang.get(posts::READ)}</p>
            {(hidden > 0).then(|| view! {
                <p>{icon("eye-off")} " " <strong>{lang.count(posts::PHOTO_COUNT, u64::from(hidden), &[])}</strong> " " {lang.get(posts::HIDDEN)}</p>
            })}
            <a href=format!("/posts/{id}/readers")>{lang.get(readers::LINK)}</a>
            <a href=format!("/posts/{id}/staff")>{lang.get(posts::MORE_FOR_STAFF)}</a>
            <meter min="0" max=reach.guardians.max(1) value=reach.read>{share}</meter>
        </aside>
    }
}

/// The photos that do not stand in the text.
fn thumbnails(lang: Lang, post: &Post) -> Option<impl IntoView + use<>> {
    let left =
        (0..post.pictures.len()).filter(|index| post.body.images().all(|shown| shown != post.pictures[*index].id));
    let items: Vec<_> = left
        .map(|index| view! { <li>{picture_link(lang, post, index, "", "(min-width: 640px) 200px, 46vw")}</li> })
        .collect();
    (!items.is_empty()).then(|| view! { <ul class="gallery" aria-label=lang.get(posts::PHOTOS)>{items}</ul> })
}

/// A picture that leads to itself, large; a film plays where it stands. `alt`: what the text says of it, if it does.
fn picture_link(lang: Lang, post: &Post, index: usize, alt: &str, sizes: &'static str) -> AnyView {
    let picture = &post.pictures[index];
    let alt = if alt.is_empty() { alt_of(lang, picture, index, &post.title) } else { alt.to_owned() };
    if picture.film.is_some() {
        return player(picture, alt).into_any();
    }
    let href = format!("/posts/{}?picture={}", post.id, index + 1);
    view! { <a href=href>{image(picture, alt, sizes, index < 4)}</a> }.into_any()
}

/// Films that are not there yet, or never will be.
fn films_to_come(lang: Lang, to_come: u32, failed: u32) -> impl IntoView {
    let line = move |count: u32, symbol, text| {
        (count > 0).then(|| view! { <p class="muted">{icon(symbol)} " " {lang.count(text, u64::from(count), &[])}</p> })
    };
    view! { {line(to_come, "clock", posts::FILMS_TO_COME)} {line(failed, "circle-alert", posts::FILMS_FAILED)} }
}

fn files(lang: Lang, post: &Post) -> Option<impl IntoView + use<>> {
    if post.files.is_empty() {
        return None;
    }
    let items = post.files.iter().map(|file| {
        let href = format!("/media/{}/document", file.id);
        view! {
            <li><a href=href rel="external">
                {icon("file-text")} <span>{file.name.clone()} " " <small>{file.about.clone()}</small></span> {icon("download")}
            </a></li>
        }
    });
    Some(view! { <ul class="attachments" aria-label=lang.get(posts::DOCUMENTS)>{items.collect_view()}</ul> })
}

fn actions(post: &Post) -> impl IntoView + use<> {
    let lang = use_lang();
    let edit = post.can_edit.then(|| {
        let href = format!("/posts/{}/edit", post.id);
        view! { <a class="button quiet small" href=href>{icon("pencil")} " " {lang.get(posts::EDIT)}</a> }
    });
    let id = post.id.to_string();
    let delete = post.can_delete.then(|| view! {
        <details class="fold no-print">
            <summary>{lang.get(posts::DELETE)}</summary>
            <form class="form" method="post" action=DeletePost::PATH>
                <p>{lang.get(posts::DELETE_LEAD)}</p>
                <input type="hidden" name="post" value=id/>
                <div class="actions"><button class="button danger">{icon("trash-2")} " " {lang.get(posts::DELETE_SURE)}</button></div>
            </form>
        </details>
    });
    view! {
        {edit.map(|edit| view! { <div class="post-actions no-print">{edit}</div> })}
        {delete}
    }
}
