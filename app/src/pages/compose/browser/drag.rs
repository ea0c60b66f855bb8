//! An item of the tray on its way to another place. Nothing moves in the document before it is put down: a finger on
//! something that moves would lose it.

use leptos::{ev, prelude::window};
use wasm_bindgen::JsCast as _;
use web_sys::{Element, HtmlElement};

/// How near the finger comes to the edge of the window before the page moves along, and how far it then does; in pixels.
const EDGE: f64 = 90.0;
const SCROLL: f64 = 14.0;

pub(super) struct Dragged {
    item: HtmlElement,
    /// Where on the page the finger took it, in pixels.
    taken_at: f64,
    from: usize,
    to: usize,
}

impl Dragged {
    pub(super) fn take(event: &ev::PointerEvent) -> Option<Dragged> {
        if event.button() != 0 {
            return None;
        }
        let grip = event.current_target()?.dyn_into::<Element>().ok()?;
        let item = grip.closest(".tray-item").ok()??.dyn_into::<HtmlElement>().ok()?;
        event.prevent_default();
        grip.set_pointer_capture(event.pointer_id()).ok()?;
        let from = items(&item).iter().position(|other| *other == *item)?;
        mark(&item, "data-dragged", "true");
        Some(Dragged { item, taken_at: on_page(event), from, to: from })
    }

    pub(super) fn pull(&mut self, event: &ev::PointerEvent) {
        let at = f64::from(event.client_y());
        let bottom = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or(f64::MAX);
        if at < EDGE {
            window().scroll_by_with_x_and_y(0.0, -SCROLL);
        } else if at > bottom - EDGE {
            window().scroll_by_with_x_and_y(0.0, SCROLL);
        }
        // A browser that can't show it still moves it.
        let _ = self.item.style().set_property("translate", &format!("0 {}px", on_page(event) - self.taken_at));
        let others = self.unmarked_others();
        let middle = |other: &&Element| {
            let bounds = other.get_bounding_client_rect();
            bounds.top() + bounds.height() / 2.0 < at
        };
        self.to = others.iter().take_while(middle).count();
        if self.to == self.from {
            return;
        }
        match (others.get(self.to), others.last()) {
            (Some(next), _) => mark(next, "data-drop", "before"),
            (None, Some(last)) => mark(last, "data-drop", "after"),
            (None, None) => {}
        }
    }

    /// Answers the place it was taken from, and the one it is let go at.
    pub(super) fn put_down(self) -> (usize, usize) {
        self.unmarked_others();
        let _ = self.item.style().remove_property("translate");
        let _ = self.item.remove_attribute("data-dragged");
        (self.from, self.to)
    }

    /// The other items, none of which shows any more that this one would come there.
    fn unmarked_others(&self) -> Vec<Element> {
        let mut others = items(&self.item);
        others.retain(|other| *other != *self.item);
        for other in &others {
            let _ = other.remove_attribute("data-drop");
        }
        others
    }
}

/// What shows where something is, and does nothing else.
fn mark(item: &Element, name: &str, value: &str) {
    let _ = item.set_attribute(name, value);
}

/// Items of the tray that are on the server, in their order: the others come after them.
fn items(item: &Element) -> Vec<Element> {
    let mut next = item.parent_element().and_then(|tray| tray.first_element_child());
    let mut found = Vec::new();
    while let Some(item) = next {
        next = item.next_element_sibling();
        if item.has_attribute("data-picture") {
            found.push(item);
        }
    }
    found
}

fn on_page(event: &ev::PointerEvent) -> f64 {
    f64::from(event.client_y()) + window().scroll_y().unwrap_or_default()
}
