//! What happened elsewhere, told to an open page: one event stream per browser, shared by its tabs.
//!
//! The tab that holds the lock reads the stream and passes each event on to the others; when it closes, the next one
//! takes over. On the server nothing listens.

use leptos::prelude::*;
use model::live::LiveEvent;

/// Those who want to hear. In the context of every page.
#[derive(Clone, Copy)]
pub struct Live {
    listeners: StoredValue<Vec<(u64, Callback<LiveEvent>)>>,
    next: StoredValue<u64>,
    is_started: StoredValue<bool>,
}

pub fn provide_live() {
    provide_context(Live {
        listeners: StoredValue::new(Vec::new()),
        next: StoredValue::new(0),
        is_started: StoredValue::new(false),
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

/// Begins to listen, once somebody is signed in; again changes nothing. Does nothing on the server.
pub fn start(live: Live) {
    if live.is_started.get_value() {
        return;
    }
    live.is_started.set_value(true);
    #[cfg(feature = "hydrate")]
    browser::start(live);
}

#[cfg(feature = "hydrate")]
mod browser {
    use super::Live;
    use gloo::events::EventListener;
    use leptos::prelude::*;
    use model::live::LiveEvent;
    use wasm_bindgen::prelude::*;
    use web_sys::{BroadcastChannel, Event, EventSource, MessageEvent};

    const NAME: &str = "ikker-live";

    #[wasm_bindgen]
    extern "C" {
        /// The Web Locks API; throws where the browser has none.
        #[wasm_bindgen(js_namespace = ["navigator", "locks"], js_name = request, catch)]
        fn request_lock(name: &str, callback: &js_sys::Function) -> Result<js_sys::Promise, JsValue>;
    }

    impl Live {
        fn tell(self, text: &str) {
            let Ok(event) = serde_json::from_str::<LiveEvent>(text) else { return };
            // Copied first: a listener may come or go while it is told.
            let listeners = self.listeners.try_get_value().unwrap_or_default();
            for (_, listener) in listeners {
                listener.run(event);
            }
        }
    }

    pub fn start(live: Live) {
        let Ok(channel) = BroadcastChannel::new(NAME) else { return };
        EventListener::new(&channel, "message", move |event| {
            if let Some(text) = text_of(event) {
                live.tell(&text);
            }
        })
        .forget();
        look_again_when_shown_again(live);
        let lead = Closure::<dyn FnMut() -> js_sys::Promise>::new(move || {
            read_stream(live, channel.clone());
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
            let is_kept = event.dyn_ref::<web_sys::PageTransitionEvent>().is_some_and(|event| event.persisted());
            if is_kept && let Ok(resync) = serde_json::to_string(&LiveEvent::Resync) {
                live.tell(&resync);
            }
        })
        .forget();
    }

    fn read_stream(live: Live, channel: BroadcastChannel) {
        let Ok(source) = EventSource::new("/live") else { return };
        let others = channel.clone();
        EventListener::new(&source, "message", move |event| {
            let Some(text) = text_of(event) else { return };
            // Nobody else may be listening; that is no failure.
            let _ = others.post_message(&text.as_str().into());
            live.tell(&text);
        })
        .forget();
        // A browser gives up for good when the answer is an error, as behind a proxy while the server restarts.
        let again = source.clone();
        EventListener::new(&source, "error", move |_| {
            if again.ready_state() == EventSource::CLOSED {
                set_timeout(retry(live, channel.clone()), std::time::Duration::from_secs(3));
            }
        })
        .forget();
    }

    fn text_of(event: &Event) -> Option<String> {
        event.dyn_ref::<MessageEvent>()?.data().as_string()
    }

    /// What happened meanwhile is unknown, in this tab and in the others.
    fn retry(live: Live, channel: BroadcastChannel) -> impl FnOnce() {
        move || {
            read_stream(live, channel.clone());
            if let Ok(resync) = serde_json::to_string(&LiveEvent::Resync) {
                let _ = channel.post_message(&resync.as_str().into());
                live.tell(&resync);
            }
        }
    }
}
