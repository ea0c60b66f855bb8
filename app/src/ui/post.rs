//! Parts of posts, on cards and on their own page.

use super::{icon, initials, time};
use crate::context::use_lang;
use leptos::{attr::AttributeValue, prelude::*};
use model::{
    Moment,
    account::GroupChip,
    feed::{Author, FeedCard},
    media::{Picture, Variant},
    roles::{Capacity, StaffRole},
};
use texts::{Lang, Text, comments, posts};

/// A post in the feed. `eager`: its pictures are seen at once, and fetched before others.
pub fn post_card(card: FeedCard, eager: bool) -> impl IntoView {
    let lang = use_lang();
    let href = format!("/posts/{}", card.id);
    let title_id = format!("t-{}", card.id);
    let hue = hue(&card.groups);
    let pictures = mosaic(lang, &card, &href, eager);
    let comments = (card.comments > 0).then(|| {
        let words = lang.count(comments::COUNT, u64::from(card.comments), &[]);
        let href = format!("{href}#comments");
        view! { <footer class="post-foot"><a href=href>{icon("message-circle")} " " {words}</a></footer> }
    });
    view! {
        <article class="card post-card" data-hue=hue data-unread=card.unread.then_some("") data-urgent=card.urgent.then_some("") aria-labelledby=title_id.clone()>
            {post_meta(&card.author, &card.published, &card.groups, card.unread)}
            {urgent_mark(card.urgent)}
            {card.to_confirm.then(|| view! { <p class="to-confirm">{icon("circle-help")} " " {lang.get(posts::TO_CONFIRM)}</p> })}
            {card.pinned.then(|| view! { <p class="muted small">{icon("pin")} " " {lang.get(posts::PINNED)}</p> })}
            <h2 class="post-title" id=title_id.clone()><a href=href>{card.title}</a></h2>
            {(!card.excerpt.is_empty()).then(|| view! { <p class="post-excerpt">{card.excerpt}</p> })}
            {pictures}
            {comments}
        </article>
    }
}

/// The word above the title of a post that can't wait.
pub fn urgent_mark(urgent: bool) -> impl IntoView + use<> {
    let lang = use_lang();
    urgent.then(|| view! { <p class="urgent-word">{icon("triangle-alert")} " " {lang.get(posts::URGENT)}</p> })
}

/// Who wrote it, in which capacity, when, and for which group.
pub fn post_meta(author: &Author, at: &Moment, groups: &[GroupChip], unread: bool) -> impl IntoView + use<> {
    let lang = use_lang();
    let name = author.name.clone();
    let role = role_text(author.capacity).map(|role| lang.get(role));
    view! {
        <header class="post-meta">
            <span class="avatar" data-hue=hue(groups) aria-hidden="true">{initials(&name)}</span>
            <p class="byline">
                <span class="author">{name}</span> " "
                {role.map(|role| view! { <span class="role">{role}</span> " " })}
                {time(at)}
                {unread.then(|| view! { " " <span class="new-mark">{lang.get(posts::NEW)}</span> })}
            </p>
            {first_group(lang, groups)}
        </header>
    }
}

/// One chip; a card has no room for more.
fn first_group(lang: Lang, groups: &[GroupChip]) -> Option<impl IntoView + use<>> {
    let first = groups.first()?;
    let more = groups.len() - 1;
    let more = (more > 0).then(|| {
        let words = lang.count(posts::MORE_GROUPS, more as u64, &[]);
        view! { <span aria-hidden="true">{format!(" +{more}")}</span> <span class="visually-hidden">" " {words}</span> }
    });
    Some(view! { <span class="group-chip" data-hue=first.hue>{first.name.clone()} {more}</span> })
}

pub fn group_chips(groups: &[GroupChip]) -> impl IntoView + use<> {
    groups
        .iter()
        .map(|group| view! { <span class="group-chip" data-hue=group.hue>{group.name.clone()}</span> " " })
        .collect_view()
}

/// The colour of a post: its first group's.
pub fn hue(groups: &[GroupChip]) -> Option<u8> {
    groups.first().and_then(|group| group.hue)
}

/// In which capacity somebody speaks; a guardian needs no word.
pub fn role_text(capacity: Capacity) -> Option<Text> {
    match capacity {
        Capacity::Staff(StaffRole::Director) => Some(posts::ROLE_DIRECTOR),
        Capacity::Staff(StaffRole::Teacher) => Some(posts::ROLE_TEACHER),
        Capacity::Staff(StaffRole::Specialist) => Some(posts::ROLE_SPECIALIST),
        Capacity::Staff(StaffRole::Office) => Some(posts::ROLE_OFFICE),
        Capacity::Guardian => None,
    }
}

fn mosaic(lang: Lang, card: &FeedCard, href: &str, eager: bool) -> Option<impl IntoView + use<>> {
    let shown = card.pictures.len().min(4);
    if shown == 0 {
        return None;
    }
    let more = (card.picture_count as usize).saturating_sub(shown);
    let sizes = if shown == 1 { "(min-width: 640px) 600px, 92vw" } else { "(min-width: 640px) 320px, 46vw" };
    let tiles = card.pictures.iter().take(shown).enumerate().map(|(index, picture)| {
        let href = format!("{href}?picture={}", index + 1);
        let alt = alt_of(lang, picture, index, &card.title);
        let more = (more > 0 && index + 1 == shown).then(|| {
            let words = lang.count(posts::MORE_PHOTOS, more as u64, &[]);
            view! { <span class="more-count">{format!("+{more}")} <span class="visually-hidden">" " {words}</span></span> }
        });
        let film = picture.film.map(|seconds| film_mark(lang, seconds));
        view! { <a href=href>{image(picture, alt, sizes, eager)} {film} {more}</a> }
    });
    Some(view! { <div class="mosaic" data-count=shown>{tiles.collect_view()}</div> })
}

/// That a picture stands for a film, and how long it lasts.
fn film_mark(lang: Lang, seconds: u32) -> impl IntoView {
    view! {
        <span class="film-mark">
            {icon("film")} <span class="visually-hidden">{lang.get(posts::FILM)}</span> {format!(" {}:{:02}", seconds / 60, seconds % 60)}
        </span>
    }
}

/// A film that begins when the reader says so; until then only its picture is fetched.
pub fn player(picture: &Picture, alt: String) -> impl IntoView + use<> {
    let lang = use_lang();
    view! {
        <video
            controls
            playsinline
            preload="none"
            src=picture.film_url()
            poster=picture.url(Variant::Large)
            width=picture.width
            height=picture.height
            aria-label=alt
        >
            {picture.subtitles_url().map(|url| view! { <track kind="subtitles" src=url label=lang.get(posts::SUBTITLES) default=true/> })}
        </video>
    }
}

/// What a picture shows, or at least which one it is.
pub fn alt_of(lang: Lang, picture: &Picture, index: usize, title: &str) -> String {
    if picture.alt.is_empty() {
        lang.count(posts::PHOTO_OF_POST, index as u64 + 1, &[("title", title)])
    } else {
        picture.alt.clone()
    }
}

/// A picture with its place reserved. `sizes`: how wide it stands on the page.
pub fn image<S: AttributeValue + 'static>(
    picture: &Picture,
    alt: String,
    sizes: S,
    eager: bool,
) -> impl IntoView + use<S> {
    view! {
        <img
            src=picture.url(Variant::Medium)
            srcset=picture.srcset()
            sizes=sizes
            width=picture.width
            height=picture.height
            alt=alt
            data-tone=picture.tone
            loading=if eager { "eager" } else { "lazy" }
            decoding="async"
        />
    }
}

/// What stands under a picture.
pub fn caption(picture: &Picture) -> impl IntoView + use<> {
    (!picture.caption.is_empty()).then(|| view! { <figcaption>{picture.caption.clone()}</figcaption> })
}

/// The word for pictures on a line of text.
pub fn photo_count(lang: Lang, count: u32) -> impl IntoView + use<> {
    (count > 0).then(|| view! { {icon("image")} " " {lang.count(posts::PHOTO_COUNT, u64::from(count), &[])} })
}
