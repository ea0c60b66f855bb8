//! What only a browser knows or does. On the server these answer as a page does that nobody looks at.

#[cfg(not(feature = "hydrate"))]
pub use nothing::*;
#[cfg(feature = "hydrate")]
pub use real::*;

#[cfg(feature = "hydrate")]
mod real {
    use gloo::events::EventListener;
    use leptos::prelude::{document, window};
    use wasm_bindgen::prelude::*;

    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_namespace = crypto, js_name = getRandomValues)]
        fn fill_with_random(bytes: &mut [u8]);
    }

    /// What the tab of the page is called.
    pub fn title() -> Option<String> {
        Some(document().title()).filter(|title| !title.is_empty())
    }

    /// Nobody sees the page now: another tab or application is in front.
    pub fn is_hidden() -> bool {
        document().hidden()
    }

    fn scrolled() -> f64 {
        window().scroll_y().unwrap_or_default()
    }

    /// Nothing has been scrolled.
    pub fn is_at_top() -> bool {
        scrolled() < 1.0
    }

    /// The end of the page is in sight, or nearly.
    pub fn is_near_end() -> bool {
        let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
        let all = document().document_element().map_or(0, |root| root.scroll_height());
        scrolled() + height + 240.0 >= f64::from(all)
    }

    /// Scrolls to the element with this id; false if there is none.
    pub fn scroll_to(id: &str) -> bool {
        let element = document().get_element_by_id(id);
        if let Some(element) = &element {
            element.scroll_into_view();
        }
        element.is_some()
    }

    /// Hears how near the page is brought with two fingers, 1 as it is; until what is answered is dropped.
    pub fn on_zoom(hear: impl Fn(f64) + 'static) -> Option<EventListener> {
        let viewport = window().visual_viewport()?;
        let seen = viewport.clone();
        Some(EventListener::new(&viewport, "resize", move |_| hear(seen.scale())))
    }

    /// Loads another page of this site from the server, forgetting all that this one knows.
    pub fn load(path: &str) {
        let _ = window().location().set_href(path);
    }

    /// Bytes that nobody can guess.
    pub fn random_bytes() -> [u8; 16] {
        let mut bytes = [0; 16];
        fill_with_random(&mut bytes);
        bytes
    }
}

#[cfg(not(feature = "hydrate"))]
mod nothing {
    pub fn title() -> Option<String> {
        None
    }

    pub fn is_hidden() -> bool {
        true
    }

    pub fn is_at_top() -> bool {
        true
    }

    pub fn is_near_end() -> bool {
        false
    }

    pub fn scroll_to(_: &str) -> bool {
        false
    }

    pub fn on_zoom(_: impl Fn(f64) + 'static) -> Option<()> {
        None
    }

    pub fn load(_: &str) {}

    pub fn random_bytes() -> [u8; 16] {
        [0; 16]
    }
}
