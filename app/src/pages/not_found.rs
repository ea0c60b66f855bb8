//! An address that leads nowhere.

use crate::{api::Failure, ui::states::Failed};
use leptos::prelude::*;
use model::ApiError;

#[component]
pub fn NotFound() -> impl IntoView {
    let failure = Failure::new(ApiError::NotFound);
    view! { <div class="page"><Failed error=failure.0/></div> }
}
