//! The tray of a post: its photos, films and documents, how far they are, and what can be done with them.

use super::{Composer, Sending, browser::Script, crop::Cropping};
use crate::{
    context::use_lang,
    ui::{
        form::FormState,
        icon,
        post::photo_count,
        states::{error_text, file_text},
    },
};
use leptos::prelude::*;
use model::{
    Problem,
    media::{MediaKind, MediaState, Picture, TrayPicture, Variant},
};
use texts::{Lang, names, posts};

#[component]
pub(super) fn Tray(form: FormState, script: Script, composer: Composer) -> impl IntoView {
    let lang = use_lang();
    // Without the browser's code there is nothing to take hold of.
    let has_grips = RwSignal::new(false);
    Effect::new(move |_| has_grips.set(true));
    let grip = move || has_grips.get().then(|| grip(script));
    // An item that looks the same stays, with what is being typed in it.
    let key = |item: &TrayPicture| {
        let edition = item.picture.as_ref().and_then(|picture| picture.edition);
        (item.id, item.state, item.only_for, edition, item.can_edit)
    };
    let item = move |picture: TrayPicture| tray_item(lang, picture, &form, composer, grip);
    let sending = move || composer.sending.get().into_iter().map(|sending| sending_item(lang, sending)).collect_view();
    let is_photo = |picture: &&TrayPicture| picture.kind == MediaKind::Photo;
    let count = move || photo_count(lang, composer.tray.with(|tray| tray.iter().filter(is_photo).count() as u32));
    let naming = move || {
        let has_photos = composer.tray.with(|tray| tray.iter().any(|item| item.picture.is_some()));
        has_photos.then(|| {
            let href = format!("/compose/names?post={}", composer.post.get_value());
            view! { <p class="small"><a href=href>{icon("user")} " " {lang.get(names::LINK)}</a></p> }
        })
    };
    view! {
        <p class="muted small">{count}</p>
        {naming}
        <ul class="tray" aria-label=lang.get(posts::PHOTOS)>
            <For each=move || composer.tray.get() key=key children=item/>
            {sending}
        </ul>
    }
}

fn tray_item<V: IntoView + 'static>(
    lang: Lang,
    picture: TrayPicture,
    form: &FormState,
    composer: Composer,
    grip: impl Fn() -> V + Send + 'static,
) -> AnyView {
    let id = picture.id.to_string();
    let (state, state_symbol, words) = match picture.state {
        MediaState::Working => ("waiting", "clock", lang.get(posts::PHOTO_WORKING).to_owned()),
        MediaState::Ready if picture.only_for.is_some() => {
            ("ready", "lock", lang.get(posts::PHOTO_ONLY_FOR).to_owned())
        }
        MediaState::Ready => ("ready", "circle-check", lang.get(posts::PHOTO_READY).to_owned()),
        MediaState::Failed => ("failed", "circle-alert", file_text(lang, picture.error.as_deref().unwrap_or_default())),
    };
    let alt = picture.picture.as_ref().map(|shown| described(lang, &id, shown));
    let caption = picture.picture.as_ref().map(|shown| captioned(lang, &id, &picture.file_name, shown));
    let thumbnail = match &picture.picture {
        Some(shown) => view! { <img src=shown.url(Variant::Small) width="160" height="120" alt=""/> }.into_any(),
        None => view! { <span class="tray-blank"></span> }.into_any(),
    };
    let symbol = match picture.kind {
        MediaKind::Photo => None,
        MediaKind::Film => Some("film"),
        MediaKind::Document => Some("file-text"),
    };
    let thumbnail = match (symbol, &picture.picture) {
        (Some(symbol), None) => view! { <span class="tray-blank">{icon(symbol)}</span> }.into_any(),
        _ => thumbnail,
    };
    let author = picture.author.map(|name| lang.with(posts::DOCUMENT_AUTHOR, &[("name", &name)]));
    let name = picture.file_name;
    let editable = picture.picture.filter(|_| picture.can_edit);
    let turn = editable.is_some().then(|| {
        view! {
            <button class="icon-button" name="do" value=format!("turn:{id}")>
                {icon("rotate-cw")}
                <span class="visually-hidden">{lang.get(posts::PHOTO_TURN)} ": " {name.clone()}</span>
            </button>
        }
    });
    let cropping = editable.map(|picture| view! { <Cropping form=form.clone() composer picture name=name.clone()/> });
    view! {
        <li class="tray-item" data-state=state data-picture=id.clone()>
            {thumbnail}
            <div class="tray-text">
                <p class="tray-name">{name.clone()}</p>
                <p class="tray-state">{icon(state_symbol)} " " {words}</p>
                {author.map(|words| view! { <p class="hint">{words}</p> })}
                {alt}
                <div class="tray-folds">{caption} {cropping}</div>
            </div>
            <div class="tray-actions">
                {grip}
                // The style leaves it out of the first.
                <button class="icon-button tray-up" name="do" value=format!("up:{id}")>
                    {icon("chevron-up")}
                    <span class="visually-hidden">{lang.get(posts::PHOTO_UP)} ": " {name.clone()}</span>
                </button>
                {turn}
                <button class="icon-button" name="do" value=format!("remove:{id}")>
                    {icon("x")}
                    <span class="visually-hidden">{lang.get(posts::PHOTO_REMOVE)} ": " {name.clone()}</span>
                </button>
            </div>
        </li>
    }
    .into_any()
}

/// What is in a picture, for those who can't see it.
fn described(lang: Lang, id: &str, shown: &Picture) -> impl IntoView + use<> {
    let (alt, field) = (shown.alt.clone(), format!("alt-{id}"));
    view! {
        <div class="field">
            <label for=field.clone()>{lang.get(posts::PHOTO_ALT)}</label>
            <input id=field name=format!("alt:{id}") value=alt maxlength="300" autocomplete="off"/>
        </div>
    }
}

/// What stands under a picture for everybody; folded until there is something.
fn captioned(lang: Lang, id: &str, name: &str, shown: &Picture) -> impl IntoView + use<> {
    let (caption, field, name) = (shown.caption.clone(), format!("caption-{id}"), name.to_owned());
    let has_caption = !caption.is_empty();
    view! {
        <details class="fold" open=has_caption>
            <summary>{lang.get(posts::PHOTO_CAPTION)} <span class="visually-hidden">": " {name}</span></summary>
            <div class="field">
                <label class="visually-hidden" for=field.clone()>{lang.get(posts::PHOTO_CAPTION)}</label>
                <input id=field name=format!("caption:{id}") value=caption maxlength="300" autocomplete="off"/>
            </div>
        </details>
    }
}

/// Where a finger or the mouse takes an item to another place. The keyboard has the button beside it.
fn grip(script: Script) -> impl IntoView {
    view! {
        <span
            class="tray-grip"
            aria-hidden="true"
            on:pointerdown=move |event| script.take(&event)
            on:pointermove=move |event| script.pull(&event)
            on:pointerup=move |event| script.let_go(&event)
            on:pointercancel=move |event| script.let_go(&event)
        >
            {icon("grip-vertical")}
        </span>
    }
}

/// Only the browser's code has these: without it, files come with the form.
fn sending_item(lang: Lang, sending: Sending) -> impl IntoView {
    let failed = sending.error.as_ref().map(|error| match error.problem_of("file") {
        Some(Problem::File { code }) => file_text(lang, code),
        _ => error_text(lang, error),
    });
    let state = if failed.is_some() { "failed" } else { "uploading" };
    let line = match failed {
        Some(words) => view! { <p class="tray-state">{icon("circle-alert")} " " {words}</p> }.into_any(),
        None => {
            let words = lang.get(if sending.percent == 0 { posts::PHOTO_WAITING } else { posts::PHOTO_SENDING });
            let percent = format!("{} %", sending.percent);
            view! {
                <p class="tray-state">{icon("upload")} " " {words}</p>
                <progress max="100" value=sending.percent>{percent}</progress>
            }
            .into_any()
        }
    };
    let actions = sending.error.is_some().then(|| {
        let key = sending.key;
        view! {
            <div class="tray-actions">
                <button class="icon-button" name="do" value=format!("again:{key}")>
                    {icon("rotate-ccw")}
                    <span class="visually-hidden">{lang.get(posts::PHOTO_AGAIN)}</span>
                </button>
                <button class="icon-button" name="do" value=format!("forget:{key}")>
                    {icon("x")}
                    <span class="visually-hidden">{lang.get(posts::PHOTO_REMOVE)}</span>
                </button>
            </div>
        }
    });
    view! {
        <li class="tray-item" data-state=state>
            <span class="tray-blank"></span>
            <div class="tray-text"><p class="tray-name">{sending.name}</p> {line}</div>
            {actions}
        </li>
    }
}
