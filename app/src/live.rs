//! What happened elsewhere, told to an open page: one event stream per browser, shared by its tabs.
//!
//! The tab that holds the lock reads the stream and passes each event on to the others; when it closes, the next one
//! takes over. Each tab knows up to which event it is up to date, first from the page itself, so that nothing is missed between the
//! moment a page was made and the moment it listens. On the server nothing listens.

use leptos::prelude::*;
use model::live::LiveEvent;

/// Whether all of the page that the server rendered has come to life, also the parts that are fetched: before that not everybody
/// who wants to hear is there. In the context, in the browser.
#[derive(Clone, Copy, Default)]
pub struct IsAlive(pub RwSignal<bool>);

/// Those who want to hear. In the context of every page.
#[derive(Clone, Copy)]
pub struct Live {
    listeners: StoredValue<Vec<(u64, Callback<LiveEvent>)>>,
    next: StoredValue<u64>,
    is_started: StoredValue<bool>,
    /// Number of the last event that the page is up to date with.
    heard: StoredValue<i64>,
}

pub fn provide_live() {
    provide_context(Live {
        listeners: StoredValue::new(Vec::new()),
        next: StoredValue::new(0),
        is_started: StoredValue::new(false),
        heard: StoredValue::new(0),
    });
}

/// Calls `heard` with every event, until the component is gone.
pub fn on_live(heard: impl Fn(LiveEvent) + Send + Sync + 'static) {
    let live = expect_context::<Live>();
    let id = live.next.get_value();
    live.next.set_value(id + 1);
    live.listeners.update_value(|listeners| listeners.push((id, Callback::new(heard))));
    on_cleanup(move || {
        live.listeners.try_update_value(|listeners| listeners.retain(|(listener, _)| *listener != id));
    });
}

/// Begins to listen, once somebody is signed in and the page has come to life, to what comes after the event with this number;
/// again changes nothing. Does nothing on the server.
pub fn start(after: i64) {
    let live = expect_context::<Live>();
    let is_alive = use_context::<IsAlive>();
    Effect::new(move |_| {
        if live.is_started.get_value() || !is_alive.is_some_and(|is_alive| is_alive.0.get()) {
            return;
        }
        live.is_started.set_value(true);
        live.heard.set_value(after);
        #[cfg(feature = "hydrate")]
        browser::start(live);
    });
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Live;
    use gloo::events::EventListener;
    use leptos::prelude::*;
    use model::live::LiveEvent;
    use serde::{Deserialize, Serialize};
    use wasm_bindgen::prelude::*;
    use web_sys::{BroadcastChannel, Event, EventSource, MessageEvent};

    const NAME: &str = "ikker-live";

    /// What tabs tell each other.
    #[derive(Clone, Copy, Serialize, Deserialize)]
    enum Word {
        /// An event from the stream, with its number.
        Heard(i64, LiveEvent),
        /// A tab has begun to listen that is up to date with the event of this number.
        UpTo(i64),
    }

    #[wasm_bindgen]
    extern "C" {
        /// The Web Locks API; throws where the browser has none.
        #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
        fn request_lock(name: &str, callback: &js_sys::Function) -> Result<js_sys::Promise, JsValue>;
    }

    impl Live {
        fn tell(self, event: LiveEvent) {
            // Copied first: a listener may come or go while it is told.
            let listeners = self.listeners.try_get_value().unwrap_or_default();
            for (_, listener) in listeners {
                listener.run(event);
            }
        }

        fn hear(self, number: i64, event: LiveEvent) {
            self.heard.try_update_value(|heard| *heard = number.max(*heard));
            self.tell(event);
        }
    }

    pub fn start(live: Live) {
        let Ok(channel) = BroadcastChannel::new(NAME) else { return };
        listen(&channel, move |word| {
            if let Word::Heard(number, event) = word {
                live.hear(number, event);
            }
        });
        say(&channel, Word::UpTo(live.heard.get_value()));
        look_again_when_shown_again(live);
        let lead = Closure::<dyn FnMut() -> js_sys::Promise>::new(move || {
            lead(live, &channel);
            // Held for as long as the tab is open.
            js_sys::Promise::new(&mut |_, _| {})
        });
        let lead = lead.into_js_value();
        if request_lock(NAME, lead.unchecked_ref()).is_err() {
            let _ = lead.unchecked_ref::<js_sys::Function>().call0(&JsValue::NULL);
        }
    }

    /// A page that the browser kept and shows again as it was may show what has been taken back since.
    fn look_again_when_shown_again(live: Live) {
        let Some(window) = web_sys::window() else { return };
        EventListener::new(&window, "pageshow", move |event| {
            if event.dyn_ref::<web_sys::PageTransitionEvent>().is_some_and(|event| event.persisted()) {
                live.tell(LiveEvent::Resync);
            }
        })
        .forget();
    }

    /// Reads the stream for all tabs.
    fn lead(live: Live, channel: &BroadcastChannel) {
        let stream = StoredValue::new_local(None);
        read_stream(live, channel.clone(), stream, live.heard.get_value());
        // A tab that began to listen after this one heard something that its page does not show yet: it is read again for all.
        let others = channel.clone();
        listen(channel, move |word| {
            if let Word::UpTo(number) = word
                && number < live.heard.get_value()
            {
                read_stream(live, others.clone(), stream, number);
            }
        });
    }

    type Stream = StoredValue<Option<EventSource>, LocalStorage>;

    /// In place of the stream that was read before.
    fn read_stream(live: Live, channel: BroadcastChannel, stream: Stream, after: i64) {
        let Ok(source) = EventSource::new(&format!("/live?after={after}")) else { return };
        if let Some(before) = stream.try_update_value(|stream| stream.replace(source.clone())).flatten() {
            before.close();
        }
        let others = channel.clone();
        EventListener::new(&source, "message", move |event| {
            let Some((number, event)) = placed(event) else { return };
            say(&others, Word::Heard(number, event));
            live.hear(number, event);
        })
        .forget();
        // A browser gives up for good when the answer is an error, as behind a proxy while the server restarts.
        let again = source.clone();
        EventListener::new(&source, "error", move |_| {
            if again.ready_state() == EventSource::CLOSED {
                let channel = channel.clone();
                let retry = move || read_stream(live, channel, stream, live.heard.get_value());
                set_timeout(retry, std::time::Duration::from_secs(3));
            }
        })
        .forget();
    }

    /// An event of the stream with its number.
    fn placed(event: &Event) -> Option<(i64, LiveEvent)> {
        let message = event.dyn_ref::<MessageEvent>()?;
        Some((message.last_event_id().parse().ok()?, serde_json::from_str(&message.data().as_string()?).ok()?))
    }

    fn listen(channel: &BroadcastChannel, heard: impl Fn(Word) + 'static) {
        EventListener::new(channel, "message", move |event| {
            let text = event.dyn_ref::<MessageEvent>().and_then(|message| message.data().as_string());
            if let Some(word) = text.and_then(|text| serde_json::from_str(&text).ok()) {
                heard(word);
            }
        })
        .forget();
    }

    fn say(channel: &BroadcastChannel, word: Word) {
        if let Ok(text) = serde_json::to_string(&word) {
            // Nobody else may be listening; that is no failure.
            let _ = channel.post_message(&text.as_str().into());
        }
    }
}
