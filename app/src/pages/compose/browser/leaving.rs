//! What was typed last outlives the page: one that is closed or left sends it on its way, one whose connection is lost tries again.

use super::{Saving, Script};
use leptos::{ev, prelude::*};
use std::time::Duration;
use web_sys::FormData;

/// How often a save that the connection has failed is tried again, should the browser not say that it is back.
const AGAIN: Duration = Duration::from_secs(10);

impl Script {
    pub(super) fn outlive_the_page(self) {
        let listeners = [
            // A phone may end a page that nobody looks at without another word.
            window_event_listener_untyped("visibilitychange", move |_| {
                if document().hidden() {
                    self.save_what_is_left();
                }
            }),
            window_event_listener_untyped("online", move |_| self.save_what_is_left()),
            window_event_listener_untyped("pagehide", move |_| self.send_away()),
            // The page as it was left knows nothing of what it has sent.
            window_event_listener_untyped("pageshow", move |_| {
                if self.is_sent_away.get_value() {
                    let _ = window().location().reload();
                }
            }),
            window_event_listener(ev::beforeunload, move |event| {
                if self.is_unsaved() && self.composer.saving.get_untracked() == Saving::Failed {
                    event.prevent_default();
                }
            }),
        ];
        on_cleanup(move || {
            listeners.into_iter().for_each(|listener| listener.remove());
            self.send_away();
        });
    }

    /// After a save that failed for the connection's sake.
    pub(super) fn save_again_later(self) {
        self.after(AGAIN, move || self.save_what_is_left());
    }

    fn save_what_is_left(self) {
        if self.is_unsaved() {
            self.calm();
            self.save(None);
        }
    }

    fn is_unsaved(self) -> bool {
        let is_described = self.described.try_with_value(|waiting| waiting.is_empty()).unwrap_or(true);
        self.typed.try_get_value() != self.saved.try_get_value() || !is_described
    }

    /// The form as it is sent without JavaScript; the browser delivers it after the page is gone.
    fn send_away(self) {
        if self.composer.is_published || !self.is_unsaved() {
            return;
        }
        let Some(form) = self.form.try_get_value().flatten() else { return };
        let Ok(fields) = FormData::new_with_form(&form) else { return };
        fields.delete("files");
        let version = self.composer.version.get_untracked().to_string();
        let complete = fields.set_with_str("version", &version).and_then(|()| fields.set_with_str("do", "save"));
        if complete.is_ok()
            && window().navigator().send_beacon_with_opt_form_data(super::COMPOSE_FORM, Some(&fields)) == Ok(true)
        {
            self.saved.set_value(self.typed.get_value());
            self.is_sent_away.set_value(true);
        }
    }
}
