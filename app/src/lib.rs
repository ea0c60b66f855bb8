//! What people see: one set of components, rendered by the server and brought to life in the browser.

#![recursion_limit = "512"]

pub mod api;
mod browser;
mod context;
#[cfg(feature = "hydrate")]
mod downscale;
mod fetched;
mod live;
mod order;
mod pages;
mod parts;
mod routes;
mod shell;
mod ui;
#[cfg(feature = "hydrate")]
mod upload;

pub use context::{FormFeedback, Page};
pub use pages::{compose::COMPOSE_FORM, paper::PAPER_FORM};
pub use routes::{App, PUBLIC_PATHS};
pub use shell::{Assets, shell};
pub use ui::states::file_text;

/// Brings the page that the server rendered to life.
#[cfg(feature = "hydrate")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    use leptos::prelude::{Set as _, provide_context};

    let is_alive = live::IsAlive::default();
    wasm_bindgen_futures::spawn_local(async move {
        let page = leptos::mount::hydrate_from_async(leptos::tachys::dom::body(), move || {
            provide_context(is_alive);
            App()
        });
        page.await.forget();
        is_alive.0.set(true);
    });
}
