//! The pictures of a post one by one, as large as the screen: to swipe, or with the keys.

use crate::{
    browser,
    context::use_lang,
    ui::{
        icon,
        post::{alt_of, caption, image, player},
    },
};
use leptos::{ev::keydown, html::Div, prelude::*};
use leptos_router::{NavigateOptions, hooks::use_navigate};
use model::{
    feed::PostPage as Post,
    media::{Picture, Variant},
};
use texts::{albums, posts};

/// How near a picture is brought by whoever wants to see more of it.
const NEAR: f64 = 1.2;

/// Where the gallery stands, and how it goes elsewhere.
#[derive(Clone)]
struct Place {
    /// Address of the post.
    post: String,
    count: usize,
    index: Signal<usize>,
    strip: NodeRef<Div>,
    go: Callback<String>,
}

/// `chosen`: which of the post's pictures is shown, from 0. Without JavaScript it stands there alone, with links to its
/// neighbours; with it, all stand side by side.
pub fn gallery(post: &Post, chosen: Memo<Option<usize>>) -> impl IntoView + use<> {
    let lang = use_lang();
    let navigate = use_navigate();
    let go = move |to: String| navigate(&to, NavigateOptions { replace: true, scroll: false, ..Default::default() });
    let place = Place {
        post: format!("/posts/{}", post.id),
        count: post.pictures.len(),
        index: Signal::derive(move || chosen.get().unwrap_or(0)),
        strip: NodeRef::new(),
        go: Callback::new(go),
    };
    let index = place.index;
    let is_alive = place.follow();
    let is_near = nearness();
    let slides = post.pictures.iter().enumerate().map(|(own, picture)| {
        let alt = alt_of(lang, picture, own, &post.title);
        let film = picture.film.is_some();
        let caption = caption(picture);
        let is_chosen = chosen.get_untracked() == Some(own);
        let hidden = move || !is_alive.get() && index.get() != own;
        view! {
            <figure class="picture" id=format!("picture-{}", own + 1) hidden=hidden>
                {match film {
                    true => player(picture, alt).into_any(),
                    false => image(picture, alt, move || sizes(is_near.get()), is_chosen).into_any(),
                }}
                {caption}
            </figure>
        }
    });
    let slides = slides.collect_view();
    let address = |picture: &Picture| match picture.film {
        Some(_) => picture.film_url(),
        None => picture.url(Variant::Large),
    };
    let addresses: Vec<String> = post.pictures.iter().map(address).collect();
    let keep = move || addresses.get(index.get()).cloned();
    let settle = {
        let place = place.clone();
        move |_| place.settle(is_alive)
    };
    let strip = place.strip;
    view! {
        <header class="page-head">
            <a class="back" href=place.post.clone()>{icon("arrow-left")} " " {lang.get(posts::BACK_TO_POST)}</a>
            <h1 class="visually-hidden">{post.title.clone()}</h1>
        </header>
        <div class="slides" role="group" tabindex="0" aria-label=lang.get(posts::PHOTOS) node_ref=strip on:scroll=settle>
            {slides}
        </div>
        {pager(place)}
        <details class="fold no-print">
            <summary>{lang.get(albums::KEEP)}</summary>
            <form class="form" method="post" action=keep>
                <p>{lang.get(albums::KEEP_LEAD)}</p>
                <div class="actions"><button class="button secondary">{icon("download")} " " {lang.get(albums::KEEP_SURE)}</button></div>
            </form>
        </details>
    }
}

/// Whether a picture was brought nearer: from then on finer files are shown.
fn nearness() -> RwSignal<bool> {
    let is_near = RwSignal::new(false);
    Effect::new(move |_| {
        let hear = move |scale| {
            if scale > NEAR && is_near.try_get_untracked() == Some(false) {
                is_near.set(true);
            }
        };
        // Dropped with the page.
        StoredValue::new_local(browser::on_zoom(hear))
    });
    is_near
}

/// How wide a picture stands on the screen.
fn sizes(is_near: bool) -> &'static str {
    if is_near { "300vw" } else { "(min-width: 640px) 640px, 96vw" }
}

fn pager(place: Place) -> impl IntoView {
    let lang = use_lang();
    let index = place.index;
    let count = place.count;
    let (back, on) = (place.clone(), place);
    let previous = move || {
        let to = index.get().checked_sub(1)?;
        let href = back.address(to);
        Some(view! { <a class="button secondary" href=href>{icon("chevron-left")} " " {lang.get(posts::PREVIOUS)}</a> })
    };
    let next = move || {
        let to = Some(index.get() + 1).filter(|to| *to < count)?;
        let href = on.address(to);
        Some(view! { <a class="button secondary" href=href>{lang.get(posts::NEXT)} " " {icon("chevron-right")}</a> })
    };
    let words =
        move || lang.with(posts::OF, &[("place", &(index.get() + 1).to_string()), ("count", &count.to_string())]);
    view! { <nav class="pager" aria-label=lang.get(posts::PHOTOS)>{previous} <span>{words}</span> {next}</nav> }
}

impl Place {
    fn address(&self, index: usize) -> String {
        format!("{}?picture={}", self.post, index + 1)
    }

    /// Shows what the address names, and hears the keys. Answers whether the page has come to life: never on the server.
    fn follow(&self) -> RwSignal<bool> {
        let is_alive = RwSignal::new(false);
        let (own, keys) = (self.clone(), self.clone());
        Effect::new(move |_| {
            let index = own.index.get();
            is_alive.set(true);
            let own = own.clone();
            // Once the neighbours stand there too.
            request_animation_frame(move || own.show(index));
        });
        Effect::new(move |_| {
            let place = keys.clone();
            let listener = window_event_listener(keydown, move |event| {
                let Some(index) = place.index.try_get_untracked() else { return };
                let to = match event.key().as_str() {
                    "ArrowLeft" => index.checked_sub(1).map(|to| place.address(to)),
                    "ArrowRight" => (index + 1 < place.count).then(|| place.address(index + 1)),
                    "Escape" => Some(place.post.clone()),
                    _ => None,
                };
                if let Some(to) = to.filter(|_| !event.alt_key() && !event.ctrl_key() && !event.meta_key()) {
                    event.prevent_default();
                    place.go.run(to);
                }
            });
            on_cleanup(move || listener.remove());
        });
        is_alive
    }

    /// The picture that stands in the middle of the strip.
    fn in_sight(&self) -> Option<usize> {
        let strip = self.strip.try_get_untracked()??;
        let width = strip.client_width();
        // Where text runs from right to left, the way on is below zero.
        (width > 0).then(|| ((strip.scroll_left().unsigned_abs() as usize) + width as usize / 2) / width as usize)
    }

    fn show(&self, index: usize) {
        let Some(Some(strip)) = self.strip.try_get_untracked() else { return };
        if self.in_sight() != Some(index) {
            let to = strip.client_width() * i32::try_from(index).unwrap_or(0);
            strip.set_scroll_left(to);
            if strip.scroll_left() == 0 {
                strip.set_scroll_left(-to);
            }
        }
    }

    /// The reader has swiped: the address follows.
    fn settle(&self, is_alive: RwSignal<bool>) {
        let Some(seen) = self.in_sight().filter(|seen| is_alive.get_untracked() && *seen < self.count) else { return };
        if seen != self.index.get_untracked() {
            self.go.run(self.address(seen));
        }
    }
}
