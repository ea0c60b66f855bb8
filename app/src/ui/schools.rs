//! Tabs between the schools of somebody who works for several.

use crate::context::use_lang;
use leptos::prelude::*;
use model::{SchoolId, account::SchoolName};
use texts::people;

/// `page` is the path that shows one of them; nothing where there is no choice.
pub fn school_tabs(page: &str, schools: &[SchoolName], current: SchoolId) -> Option<impl IntoView + use<>> {
    if schools.is_empty() {
        return None;
    }
    let lang = use_lang();
    let tabs = schools
        .iter()
        .map(|school| {
            let here = (school.id == current).then_some("page");
            view! { <a href=format!("{page}?school={}", school.id) aria-current=here>{school.name.clone()}</a> }
        })
        .collect_view();
    Some(view! { <nav class="tabs" aria-label=lang.get(people::SCHOOLS)>{tabs}</nav> })
}
