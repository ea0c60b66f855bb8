//! What the compose page does by itself in the browser.

mod drag;
mod leaving;

use super::{COMPOSE_FORM, Composer, Saving, Sending};
use crate::{
    api::Failure,
    api::posts::{
        crop_picture, describe_picture, edit_post, find_tray, move_picture_up, order_pictures, publish_post,
        remove_picture, save_draft, turn_picture,
    },
    downscale,
    order::Order,
    upload,
};
use drag::Dragged;
use leptos::{ev, prelude::*, task::spawn_local};
use leptos_router::hooks::use_navigate;
use model::{
    ApiError,
    error::Conflict,
    media::{Crop, MediaState},
    options::PostOptions,
};
use std::{
    collections::{BTreeSet, VecDeque},
    pin::Pin,
    time::Duration,
};
use wasm_bindgen::{JsCast as _, JsValue};
use web_sys::{File, FormData, HtmlButtonElement, HtmlFormElement, HtmlInputElement, HtmlTextAreaElement};

/// Pause in typing after which the draft is saved.
const QUIET: Duration = Duration::from_secs(3);
/// How often the work on pictures is looked at, should the event stream be down.
const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// What waits for a save that is under way.
#[derive(Clone, Copy, PartialEq)]
enum Then {
    Send,
    Publish,
}

/// A change to the tray, not begun.
type Change = Pin<Box<dyn Future<Output = Result<(), Failure>>>>;

/// The page at work.
#[derive(Clone, Copy)]
pub(super) struct Script {
    composer: Composer,
    timer: StoredValue<Option<TimeoutHandle>>,
    /// A save is under way; what was typed since needs another.
    is_saving: StoredValue<bool>,
    is_changed: StoredValue<bool>,
    /// How often something was typed, and how much of that is saved.
    typed: StoredValue<u32>,
    saved: StoredValue<u32>,
    /// What was typed last was given to the browser, to be delivered without the page.
    is_sent_away: StoredValue<bool>,
    /// For when it is no longer on the page.
    form: StoredValue<Option<HtmlFormElement>, LocalStorage>,
    /// Pictures whose description has not been sent since it was typed.
    described: StoredValue<BTreeSet<String>>,
    then: StoredValue<Vec<Then>>,
    files: StoredValue<VecDeque<(u32, File)>, LocalStorage>,
    failed: StoredValue<Vec<(u32, File)>, LocalStorage>,
    is_sending: StoredValue<bool>,
    is_looking: StoredValue<bool>,
    /// Of questions how far the tray is.
    order: Order,
    /// Changes to the tray, one after another: each is about what the one before has left.
    changes: StoredValue<VecDeque<Change>, LocalStorage>,
    is_changing: StoredValue<bool>,
    /// The message on the page is about the tray: it stays until the next button there is pressed, whatever is saved.
    tray_failed: StoredValue<bool>,
    dragged: StoredValue<Option<Dragged>, LocalStorage>,
    next_key: StoredValue<u32>,
    navigate: StoredValue<Callback<String>>,
}

impl Script {
    pub(super) fn start(composer: Composer) -> Script {
        let navigate = use_navigate();
        let navigate = Callback::new(move |path: String| navigate(&path, Default::default()));
        let script = Script {
            composer,
            timer: StoredValue::new(None),
            is_saving: StoredValue::new(false),
            is_changed: StoredValue::new(false),
            typed: StoredValue::new(0),
            saved: StoredValue::new(0),
            is_sent_away: StoredValue::new(false),
            form: StoredValue::new_local(None),
            described: StoredValue::new(BTreeSet::new()),
            then: StoredValue::new(Vec::new()),
            files: StoredValue::new_local(VecDeque::new()),
            failed: StoredValue::new_local(Vec::new()),
            is_sending: StoredValue::new(false),
            is_looking: StoredValue::new(false),
            order: Order::default(),
            changes: StoredValue::new_local(VecDeque::new()),
            is_changing: StoredValue::new(false),
            tray_failed: StoredValue::new(false),
            dragged: StoredValue::new_local(None),
            next_key: StoredValue::new(0),
            navigate: StoredValue::new(navigate),
        };
        Effect::new(move |_| script.look_while_working());
        Effect::new(|_| fetch_editor());
        Effect::new(move |_| {
            let form = composer.form.get();
            if let Some(form) = &form {
                script.take_over(form);
            }
            script.form.set_value(form);
        });
        on_cleanup(move || script.calm());
        script.outlive_the_page();
        script
    }

    /// What was chosen and typed before the page came to life counts as if it had been done now.
    fn take_over(self, form: &HtmlFormElement) {
        let fields = form.elements();
        for field in (0..fields.length()).filter_map(|index| fields.item(index)) {
            if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
                self.take_files(input);
                if input.value() != input.default_value() || input.checked() != input.default_checked() {
                    self.changed(Some(input));
                }
            } else if let Some(text) = field.dyn_ref::<HtmlTextAreaElement>()
                && text.default_value().is_ok_and(|before| before != text.value())
            {
                self.changed(None);
            }
        }
    }

    /// Something was typed or ticked.
    pub(super) fn typed(self, event: &ev::Event) {
        self.changed(event.target().as_ref().and_then(|target| target.dyn_ref()));
    }

    /// There is something else in a field than before.
    fn changed(self, input: Option<&HtmlInputElement>) {
        if let Some(input) = input {
            if input.type_() == "file" {
                return;
            }
            let name = input.name();
            if let Some(picture) = name.strip_prefix("alt:").or_else(|| name.strip_prefix("caption:")) {
                self.describe_later(picture.to_owned());
                return;
            }
            // Numbers of a crop count once its button is pressed.
            if name.contains(':') {
                return;
            }
        }
        if !self.composer.is_published {
            self.typed.update_value(|typed| *typed = typed.wrapping_add(1));
            self.after_quiet(move || self.save(None));
        }
    }

    /// Nothing happens after a while.
    fn calm(self) {
        if let Some(timer) = self.timer.try_get_value().flatten() {
            timer.clear();
        }
    }

    fn after_quiet(self, act: impl FnOnce() + 'static) {
        self.after(QUIET, act);
    }

    fn after(self, pause: Duration, act: impl FnOnce() + 'static) {
        self.calm();
        self.timer.set_value(set_timeout_with_handle(act, pause).ok());
    }

    /// Description and caption go with the next quiet moment, or with whatever is sent before.
    fn describe_later(self, picture: String) {
        self.described.update_value(|waiting| {
            waiting.insert(picture);
        });
        self.after_quiet(move || {
            if !self.composer.is_published {
                return self.save(None);
            }
            spawn_local(async move {
                if let Err(error) = self.describe().await {
                    self.composer.error.try_set(Some(error));
                }
            });
        });
    }

    /// Sends what was said about pictures since the last time.
    async fn describe(self) -> Result<(), ApiError> {
        let waiting = self.described.try_update_value(std::mem::take).unwrap_or_default();
        let Some(fields) = self.fields() else { return Ok(()) };
        let mut failed = None;
        for picture in waiting {
            // Taken out of the post since.
            let Some(alt) = fields.get(&format!("alt:{picture}")).as_string() else { continue };
            let caption = fields.get(&format!("caption:{picture}")).as_string().unwrap_or_default();
            let done = describe_picture(self.composer.post.get_value(), picture.clone(), alt, caption).await;
            if let Err(failure) = done {
                self.described.try_update_value(|waiting| waiting.insert(picture));
                failed = Some(failure.0);
            }
        }
        failed.map_or(Ok(()), Err)
    }

    fn fields(self) -> Option<FormData> {
        let form = self.composer.form.get_untracked()?;
        FormData::new_with_form(&form).ok()
    }

    /// Saves now, or once the save under way is through; then does what waits.
    fn save(self, then: Option<Then>) {
        self.then.update_value(|waiting| waiting.extend(then));
        if self.is_saving.get_value() {
            self.is_changed.set_value(true);
            return;
        }
        self.is_saving.set_value(true);
        let composer = self.composer;
        composer.saving.set(Saving::Now);
        spawn_local(async move {
            let saved = loop {
                self.is_changed.try_set_value(false);
                // What is typed from here on is not in it.
                let typed = self.typed.get_value();
                let Some(Typed { title, body, groups, options }) = self.typed_now() else { return };
                if let Err(error) = self.describe().await {
                    break Err(error);
                }
                let version = composer.version.get_untracked();
                match save_draft(composer.post.get_value(), version, title, body, groups, options).await {
                    Ok(saved) => {
                        // The page may be gone by now.
                        if composer.version.try_set(saved.version).is_some() {
                            return;
                        }
                        self.saved.set_value(typed);
                        composer.reach.set(saved.reach);
                        composer.saving.set(Saving::Saved(saved.at.short));
                        self.remember_address();
                        if !self.is_changed.get_value() {
                            break Ok(());
                        }
                    }
                    Err(failure) => break Err(failure.0),
                }
            };
            if self.is_saving.try_set_value(false).is_some() {
                return;
            }
            let waiting = self.then.try_update_value(std::mem::take).unwrap_or_default();
            match saved {
                Ok(()) => {
                    if !self.tray_failed.get_value() {
                        composer.error.set(None);
                    }
                    if waiting.contains(&Then::Send) {
                        self.send_next();
                    }
                    if waiting.contains(&Then::Publish) {
                        self.publish();
                    }
                }
                Err(error) => {
                    composer.saving.set(Saving::Failed);
                    composer.busy.set(false);
                    self.tray_failed.set_value(false);
                    if matches!(error, ApiError::Offline | ApiError::Busy { .. }) {
                        self.save_again_later();
                    }
                    composer.error.set(Some(error));
                }
            }
        });
    }

    fn typed_now(self) -> Option<Typed> {
        let fields = self.fields()?;
        let text = |name: &str| fields.get(name).as_string().unwrap_or_default();
        let all = |name: &str| fields.get_all(name).iter().filter_map(|value| value.as_string()).collect::<Vec<_>>();
        Some(Typed {
            title: text("title"),
            body: text("body"),
            groups: all("groups"),
            options: PostOptions::of_form(all),
        })
    }

    /// Loading the page again opens the draft, now that there is one.
    fn remember_address(self) {
        let path = format!("/compose?post={}", self.composer.post.get_value());
        if let Ok(history) = window().history() {
            let _ = history.replace_state_with_url(&history.state().unwrap_or(JsValue::NULL), "", Some(&path));
        }
    }

    /// A button was pressed; which one is its value.
    pub(super) fn submit(self, event: ev::SubmitEvent) {
        event.prevent_default();
        let button = event.submitter().and_then(|button| button.dyn_into::<HtmlButtonElement>().ok());
        let value = button.map(|button| button.value()).unwrap_or_default();
        let (verb, subject) = value.split_once(':').unwrap_or((value.as_str(), ""));
        let (post, subject) = (self.composer.post.get_value(), subject.to_owned());
        match verb {
            "save" => self.save(None),
            "publish" => {
                self.composer.busy.set(true);
                if self.composer.is_published { self.publish() } else { self.save(Some(Then::Publish)) }
            }
            "remove" => self.change_tray(remove_picture(post, subject)),
            "up" => self.change_tray(move_picture_up(post, subject)),
            "turn" => self.change_tray(turn_picture(post, subject)),
            "crop" => {
                let Some(fields) = self.fields() else { return };
                let typed = |name: &str| fields.get(&format!("{name}:{subject}")).as_string().unwrap_or_default();
                let crop = Crop::of_form(typed);
                self.composer.cropped.set(subject.clone());
                self.change_tray(crop_picture(post, subject, crop));
            }
            "again" | "forget" => {
                let Ok(key) = subject.parse::<u32>() else { return };
                let found = self.failed.try_update_value(|failed| {
                    let place = failed.iter().position(|(failed, _)| *failed == key)?;
                    Some(failed.remove(place))
                });
                self.composer.sending.update(|sending| sending.retain(|item| item.key != key));
                if let (Some(Some((_, file))), "again") = (found, verb) {
                    self.add(vec![file]);
                }
            }
            _ => {}
        }
    }

    /// An item of the tray is taken by its grip.
    pub(super) fn take(self, event: &ev::PointerEvent) {
        self.dragged.set_value(Dragged::take(event));
    }

    pub(super) fn pull(self, event: &ev::PointerEvent) {
        self.dragged.update_value(|dragged| {
            if let Some(dragged) = dragged {
                dragged.pull(event);
            }
        });
    }

    /// It is let go where it is, or the browser has something else to do.
    pub(super) fn let_go(self, event: &ev::PointerEvent) {
        let Some(dragged) = self.dragged.try_update_value(Option::take).flatten() else { return };
        let (from, to) = dragged.put_down();
        let mut order: Vec<_> = self.composer.tray.get_untracked();
        if event.type_() == "pointercancel" || from == to || from.max(to) >= order.len() {
            return;
        }
        let picture = order.remove(from);
        order.insert(to, picture);
        let ids = order.iter().map(|picture| picture.id.to_string()).collect();
        // It stands there at once; should the server not agree, what it says is fetched afterwards.
        self.composer.tray.set(order);
        self.change_tray(order_pictures(self.composer.post.get_value(), ids));
    }

    fn change_tray(self, change: impl Future<Output = Result<(), Failure>> + 'static) {
        self.changes.update_value(|changes| changes.push_back(Box::pin(change)));
        if self.is_changing.get_value() {
            return;
        }
        self.is_changing.set_value(true);
        spawn_local(async move {
            // What is typed in an item that changes would go with it.
            let mut done = self.describe().await;
            while let Some(change) = self.changes.try_update_value(VecDeque::pop_front).flatten() {
                done = done.and(change.await.map_err(|failure| failure.0));
            }
            if self.is_changing.try_set_value(false).is_none() {
                self.tray_failed.set_value(done.is_err());
                self.composer.error.set(done.err());
                self.refresh_tray();
            }
        });
    }

    fn publish(self) {
        let composer = self.composer;
        if composer.sending.with_untracked(|sending| sending.iter().any(|item| item.error.is_none())) {
            composer.busy.set(false);
            composer.error.set(Some(ApiError::conflict(Conflict::MediaNotReady)));
            return;
        }
        let Some(typed) = self.typed_now() else { return };
        // Saved a moment ago, and no draft any more in a moment.
        self.calm();
        let (post, version) = (composer.post.get_value(), composer.version.get_untracked());
        spawn_local(async move {
            // Success leads to the post by itself.
            let done = if composer.is_published {
                match self.describe().await {
                    Ok(()) => {
                        let Typed { title, body, groups, options } = typed;
                        edit_post(post.clone(), version, title, body, groups, options).await
                    }
                    Err(error) => Err(Failure(error)),
                }
            } else {
                publish_post(post.clone(), Some(version)).await
            };
            if composer.busy.try_set(false).is_some() {
                return;
            }
            match done {
                Ok(()) => {}
                Err(failure) if is_check(&failure.0) => {
                    self.navigate.get_value().run(format!("/compose/check?post={post}"));
                }
                Err(failure) => {
                    composer.error.set(Some(failure.0));
                    if !composer.is_published {
                        self.after_quiet(move || self.save(None));
                    }
                }
            }
        });
    }

    /// Photos were chosen or dropped.
    pub(super) fn chosen(self, event: &ev::Event) {
        if let Some(input) = event.target().as_ref().and_then(|target| target.dyn_ref()) {
            self.take_files(input);
        }
    }

    /// Sends the files that a field holds, if it holds any.
    fn take_files(self, input: &HtmlInputElement) {
        let Some(list) = input.files().filter(|list| list.length() > 0) else { return };
        let files = (0..list.length()).filter_map(|index| list.get(index)).collect();
        // The form must not carry them a second time, and the same file may be chosen again.
        input.set_value("");
        self.add(files);
    }

    fn add(self, files: Vec<File>) {
        for file in files {
            let key = self.next_key.get_value();
            self.next_key.set_value(key + 1);
            let item = Sending { key, name: file.name(), percent: 0, error: None };
            self.composer.sending.update(|sending| sending.push(item));
            self.files.update_value(|files| files.push_back((key, file)));
        }
        if self.composer.is_published || self.composer.version.get_untracked() > 0 {
            self.send_next();
        } else {
            // Photos belong to a post: it is made first.
            self.save(Some(Then::Send));
        }
    }

    /// One after another: a phone's connection is not quicker with several.
    fn send_next(self) {
        if self.is_sending.get_value() {
            return;
        }
        let Some((key, file)) = self.files.try_update_value(VecDeque::pop_front).flatten() else { return };
        self.is_sending.set_value(true);
        let composer = self.composer;
        let update = move |act: &dyn Fn(&mut Sending)| {
            composer.sending.try_update(|sending| sending.iter_mut().filter(|item| item.key == key).for_each(act));
        };
        spawn_local(async move {
            let progress = move |percent: u32| update(&|item| item.percent = percent);
            let file = downscale::smaller(file).await;
            match upload::send(&file, &composer.post.get_value(), progress).await {
                Ok(()) => {
                    self.look_at_tray().await;
                    composer.sending.try_update(|sending| sending.retain(|item| item.key != key));
                }
                Err(error) => {
                    update(&|item| item.error = Some(error.clone()));
                    self.failed.try_update_value(|failed| failed.push((key, file)));
                }
            }
            if self.is_sending.try_set_value(false).is_none() {
                self.send_next();
            }
        });
    }

    pub(super) fn refresh_tray(self) {
        if self.composer.version.get_untracked() == 0 {
            return;
        }
        spawn_local(self.look_at_tray());
    }

    async fn look_at_tray(self) {
        let number = self.order.ask();
        let Ok(tray) = find_tray(self.composer.post.get_value()).await else { return };
        if self.order.may_show(number) {
            self.composer.tray.set(tray);
        }
    }

    /// Should the event stream be down, the work on pictures still comes to an end on the page.
    fn look_while_working(self) {
        let is_working =
            self.composer.tray.with(|tray| tray.iter().any(|picture| picture.state == MediaState::Working));
        if is_working && !self.is_looking.get_value() {
            self.is_looking.set_value(true);
            let look = move || {
                if self.is_looking.try_set_value(false).is_none() {
                    self.refresh_tray();
                }
            };
            set_timeout(look, LOOK_AGAIN);
        }
    }
}

/// Lets the browser fetch the editor of posts; once it is there, asking again changes nothing. Without it, the text area
/// remains.
fn fetch_editor() {
    let document = document();
    let find = |selector: &str| document.query_selector(selector).ok().flatten();
    let Some(address) = find("meta[name=editor]").and_then(|meta| meta.get_attribute("content")) else { return };
    if let (Some(head), Ok(script)) = (find("head"), document.create_element("script")) {
        let made = script.set_attribute("type", "module").and_then(|()| script.set_attribute("src", &address));
        if made.is_ok() {
            let _ = head.append_child(&script);
        }
    }
}

struct Typed {
    title: String,
    body: String,
    groups: Vec<String>,
    options: PostOptions,
}

fn is_check(error: &ApiError) -> bool {
    matches!(error, ApiError::Conflict { reason: Conflict::PictureCheckOpen | Conflict::PictureNotAllowed })
}
