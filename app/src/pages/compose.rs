//! Writing a post. One plain form does everything; in the browser it also saves by itself, sends photos one by one with
//! their progress, and shows how far the work on them is.

use crate::{
    api::posts::open_compose,
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    ui::{
        form::{Field, FormError, FormState, TextField, field_error},
        icon,
        states::loaded,
    },
};
use leptos::{html, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    ApiError,
    check::{BODY_MAX, PHOTOS_MAX, TITLE_MAX},
    feed::ComposePage as Page,
    live::LiveEvent,
    media::{MediaKind, TrayPicture},
    options::PreviewedReach,
};
pub use options::held_text;
use options::{Children, Options, Scheduling};
use texts::{Lang, editor, posts};
use tray::Tray;

/// Where the form goes without JavaScript.
pub const COMPOSE_FORM: &str = "/api/posts/compose-form";

#[component]
pub fn ComposePage() -> impl IntoView {
    let params = use_params_map();
    let query = use_query_map();
    let post = Memo::new(move |_| {
        let edited = params.with(|params| params.get("id"));
        edited.or_else(|| query.with(|query| query.get("post"))).unwrap_or_default()
    });
    let page = Fetched::new(move || post.get(), open_compose);
    view! { <div class="page">{loaded(page, |page| view! { <Compose page/> })}</div> }
}

/// What the browser offers to choose; the server looks for itself.
const ACCEPTED: &str = "image/*,video/*,.pdf,.docx,.xlsx,.pptx,.odt,.ods,.odp,.txt,.csv,.srt,.vtt";

/// A photo on its way to the server.
#[derive(Clone, PartialEq)]
struct Sending {
    key: u32,
    name: String,
    percent: u32,
    /// It could not be sent, or not be used.
    error: Option<ApiError>,
}

/// What the line beside the button says.
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "the browser's code uses the rest"))]
#[derive(Clone, PartialEq)]
enum Saving {
    /// Nothing was saved yet.
    Never,
    /// With the time in words.
    Saved(String),
    Now,
    Failed,
}

/// What changes while the page is open.
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "the browser's code uses the rest"))]
#[derive(Clone, Copy)]
struct Composer {
    post: StoredValue<String>,
    is_published: bool,
    version: RwSignal<i64>,
    saving: RwSignal<Saving>,
    reach: RwSignal<PreviewedReach>,
    tray: RwSignal<Vec<TrayPicture>>,
    sending: RwSignal<Vec<Sending>>,
    error: RwSignal<Option<ApiError>>,
    busy: RwSignal<bool>,
    form: NodeRef<html::Form>,
    /// The picture of which a part was sent last: it is what a problem of its numbers is about.
    cropped: RwSignal<String>,
}

#[component]
fn Compose(page: Page) -> impl IntoView {
    let lang = use_lang();
    let error = RwSignal::new(None);
    let form = FormState::by_hand(COMPOSE_FORM, error);
    let composer = Composer {
        // Of the form that came back: a post that could not be made yet keeps its id.
        post: StoredValue::new(form.value("post", &page.id.to_string())),
        is_published: page.is_published,
        version: RwSignal::new(page.version),
        saving: RwSignal::new(page.saved.as_ref().map_or(Saving::Never, |at| Saving::Saved(at.short.clone()))),
        reach: RwSignal::new(page.reach.clone()),
        tray: RwSignal::new(page.pictures.clone()),
        sending: RwSignal::new(Vec::new()),
        error,
        busy: RwSignal::new(false),
        form: NodeRef::new(),
        cropped: RwSignal::new(form.value("do", "").strip_prefix("crop:").unwrap_or_default().to_owned()),
    };
    let script = browser::Script::start(composer);
    on_live(move |event| match event {
        LiveEvent::Media { id } if composer.tray.with_untracked(|tray| tray.iter().any(|picture| picture.id == id)) => {
            script.refresh_tray();
        }
        LiveEvent::Resync => script.refresh_tray(),
        _ => {}
    });
    let is_published = page.is_published;
    let title = lang.get(if is_published { posts::EDIT_POST } else { posts::NEW_POST });
    let check_open = (!page.check.is_settled()).then(|| format!("/compose/check?post={}", page.id));
    let version = form.value("version", &page.version.to_string());
    let back = format!("/posts/{}", page.id);
    view! {
        <Title text=title/>
        <header class="page-head">
            {is_published.then(|| view! { <a class="back" href=back>{icon("arrow-left")} " " {lang.get(posts::BACK_TO_POST)}</a> })}
            <h1>{title}</h1>
            {is_published.then(|| view! { <p class="lead">{lang.get(posts::EDIT_LEAD)}</p> })}
            {(!is_published).then(|| view! {
                <div class="page-actions"><a class="button quiet small" href="/drafts">{icon("file-text")} " " {lang.get(posts::DRAFTS)}</a></div>
            })}
        </header>
        <Scheduling held=page.held scheduled=page.scheduled.clone()/>
        <form
            class="form compose"
            method="post"
            action=COMPOSE_FORM
            enctype="multipart/form-data"
            novalidate=true
            node_ref=composer.form
            on:input=move |event| script.typed(&event)
            on:submit=move |event| script.submit(event)
        >
            // What the return key presses must do no harm.
            <button class="visually-hidden" name="do" value=if is_published { "stay" } else { "save" } tabindex="-1" aria-hidden="true"></button>
            <FormError form=form.clone()/>
            <input type="hidden" name="post" value=composer.post.get_value()/>
            <input type="hidden" name="version" value=version/>
            <Audience form=form.clone() page=page.clone()/>
            <Field form=form.clone() name="title" label=posts::TITLE value=page.title.clone() required=true maxlength=TITLE_MAX/>
            <Body form=form.clone() value=page.body.clone()/>
            <Drop form=form.clone() script composer/>
            <Tray form=form.clone() script composer/>
            <Options form=form.clone() options=page.options.clone() is_published/>
            {check_open.map(|href| view! {
                <div class="notice" data-kind="warning">
                    {icon("circle-help")}
                    <div><p>{lang.get(posts::CHECK_OPEN)} " " <a href=href>{lang.get(posts::CHECK_LINK)}</a></p></div>
                </div>
            })}
            <p class="reach">
                {icon("send")}
                <span>{move || reach_text(lang, &composer.reach.get())}</span>
            </p>
            <div class="actions sticky">
                {(!is_published).then(|| view! { <SavedLine composer/> })}
                {(!is_published).then(|| view! {
                    <button class="button secondary" name="do" value="save">{lang.get(posts::SAVE_DRAFT)}</button>
                })}
                <button class="button" name="do" value="publish" aria-busy=move || composer.busy.get().then_some("true")>
                    {lang.get(if is_published { posts::PUBLISH_EDIT } else { posts::PUBLISH })}
                </button>
            </div>
        </form>
    }
}

/// How many it goes to now, and how much the busiest of its groups got lately.
fn reach_text(lang: Lang, reach: &PreviewedReach) -> String {
    if reach.guardians == 0 {
        return lang.get(if reach.is_chosen { posts::REACH_NO_GUARDIANS } else { posts::REACH_NOBODY }).to_owned();
    }
    let mut text = lang.count(posts::REACH, u64::from(reach.guardians), &[]);
    if let Some((group, count)) = &reach.busiest {
        text.push(' ');
        text.push_str(&lang.count(texts::options::BUSIEST, u64::from(*count), &[("group", group)]));
    }
    text
}

#[component]
fn Audience(form: FormState, page: Page) -> impl IntoView {
    let lang = use_lang();
    let chips = page.groups.into_iter().map(|group| {
        let id = group.id.to_string();
        let is_chosen = form.ticked("groups", &id, page.chosen.contains(&group.id));
        view! {
            <label class="chip" data-hue=group.hue>
                <input type="checkbox" name="groups" value=id checked=is_chosen/>
                <span>{group.name}</span>
            </label>
        }
    });
    view! {
        <fieldset class="chip-set" id="groups">
            <legend>{lang.get(posts::FOR_WHOM)}</legend>
            {page.is_published.then(|| view! { <p class="hint">{lang.get(posts::AUDIENCE_SHRINKS)}</p> })}
            {chips.collect_view()}
            {field_error(&form, "groups", "groups")}
        </fieldset>
        <Children form children=page.children chosen=page.options.children/>
    }
}

/// A text area, of which the browser makes an editor once that is there: see `app/editor`.
#[component]
fn Body(form: FormState, value: String) -> impl IntoView {
    let lang = use_lang();
    view! {
        <ikker-editor
            data-toolbar=lang.get(editor::TOOLBAR)
            data-help=lang.get(editor::HELP)
            data-bold=lang.get(editor::BOLD)
            data-italic=lang.get(editor::ITALIC)
            data-heading=lang.get(editor::HEADING)
            data-subheading=lang.get(editor::SUBHEADING)
            data-list=lang.get(editor::LIST)
            data-numbers=lang.get(editor::NUMBERS)
            data-quote=lang.get(editor::QUOTE)
            data-link=lang.get(editor::LINK)
            data-link-address=lang.get(editor::LINK_ADDRESS)
            data-link-wrong=lang.get(editor::LINK_WRONG)
            data-link-remove=lang.get(editor::LINK_REMOVE)
            data-photo=lang.get(editor::PHOTO)
            data-photo-none=lang.get(editor::PHOTO_NONE)
            data-mention=lang.get(editor::MENTION)
            data-undo=lang.get(editor::UNDO)
            data-redo=lang.get(editor::REDO)
            data-apply=lang.get(editor::APPLY)
            data-cancel=lang.get(editor::CANCEL)
        >
            <TextField form name="body" label=posts::BODY hint=posts::BODY_HINT value rows=10 maxlength=BODY_MAX/>
        </ikker-editor>
    }
}

#[component]
fn Drop(form: FormState, script: browser::Script, composer: Composer) -> impl IntoView {
    let lang = use_lang();
    // Sent at once by the browser's code; without it, by a button.
    let needs_button = RwSignal::new(true);
    Effect::new(move |_| needs_button.set(false));
    // Subtitles take no place beside their film.
    let has_film = move || composer.tray.with(|tray| tray.iter().any(|file| file.kind == MediaKind::Film));
    let has_room = move || has_film() || composer.tray.with(Vec::len) + composer.sending.with(Vec::len) < PHOTOS_MAX;
    view! {
        <div class="field">
            {move || has_room().then(|| view! {
                <div class="drop">
                    {icon("image-plus")}
                    <p><strong>{lang.get(posts::ADD_PHOTOS)}</strong> " " <span class="muted">{lang.get(posts::DRAG_PHOTOS)}</span></p>
                    <input type="file" name="files" multiple accept=ACCEPTED aria-label=lang.get(posts::ADD_PHOTOS) on:change=move |event| script.chosen(&event)/>
                </div>
                // Shown by the style where there is likely a camera.
                <label class="button secondary camera">
                    {icon("camera")} " " {lang.get(posts::TAKE_PHOTO)}
                    <input type="file" name="files" accept="image/*" capture="environment" on:change=move |event| script.chosen(&event)/>
                </label>
            })}
            {field_error(&form, "file", "file")}
            {move || needs_button.get().then(|| view! {
                <div class="actions"><button class="button secondary" name="do" value="add">{icon("upload")} " " {lang.get(posts::ADD_CHOSEN)}</button></div>
            })}
        </div>
    }
}

#[component]
fn SavedLine(composer: Composer) -> impl IntoView {
    let lang = use_lang();
    let state = move || match composer.saving.get() {
        Saving::Now => Some("saving"),
        Saving::Failed => Some("failed"),
        Saving::Never | Saving::Saved(_) => None,
    };
    let line = move || match composer.saving.get() {
        Saving::Never => lang.get(posts::NOT_SAVED).to_owned(),
        Saving::Saved(at) => lang.with(posts::SAVED, &[("time", &at)]),
        Saving::Now => lang.get(posts::SAVING).to_owned(),
        Saving::Failed => lang.get(posts::SAVE_FAILED).to_owned(),
    };
    let symbol = move || match composer.saving.get() {
        Saving::Failed => Some(icon("circle-alert")),
        Saving::Saved(_) => Some(icon("check")),
        Saving::Never | Saving::Now => None,
    };
    view! { <p class="saved" role="status" data-state=state>{symbol} " " {line}</p> }
}

/// On the server the form is sent as it stands.
#[cfg(not(feature = "hydrate"))]
mod browser {
    use super::Composer;
    use leptos::ev;

    #[derive(Clone, Copy)]
    pub(super) struct Script;

    impl Script {
        pub(super) fn start(_: Composer) -> Script {
            Script
        }

        pub(super) fn refresh_tray(self) {}

        pub(super) fn typed(self, _: &ev::Event) {}

        pub(super) fn chosen(self, _: &ev::Event) {}

        pub(super) fn submit(self, _: ev::SubmitEvent) {}

        pub(super) fn take(self, _: &ev::PointerEvent) {}

        pub(super) fn pull(self, _: &ev::PointerEvent) {}

        pub(super) fn let_go(self, _: &ev::PointerEvent) {}
    }
}

#[cfg(feature = "hydrate")]
mod browser;
mod crop;
mod options;
mod tray;
