//! The front page: news of one's children's groups.

use crate::context::use_lang;
use leptos::prelude::*;
use leptos_meta::Title;
use texts::frame;

#[component]
pub fn FeedPage() -> impl IntoView {
    let lang = use_lang();
    view! {
        <Title text=lang.get(frame::NEWS)/>
        <div class="page"><h1 class="visually-hidden">{lang.get(frame::NEWS)}</h1></div>
    }
}
