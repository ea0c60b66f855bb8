//! The receipt of one answer, to keep or print.

use super::answers::facts;
use crate::{
    api::consent::find_receipt,
    context::use_lang,
    fetched::Fetched,
    ui::{icon, initials, states::loaded},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::consent::ReceiptPage as Page;
use texts::{access, consent};

#[component]
pub fn ReceiptPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let asked =
        move || params.with(|params| (params.get("id").unwrap_or_default(), params.get("answer").unwrap_or_default()));
    let page = Fetched::new(asked, |(child, answer)| find_receipt(child, answer));
    view! {
        <Title text=lang.get(consent::RECEIPT)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let Page { school, child, by, answer } = page;
    let back = format!("/children/{}/preferences/history", child.id);
    view! {
        <header class="page-head no-print">
            <a class="back" href=back>{icon("arrow-left")} " " {lang.get(consent::HISTORY)}</a>
            <p class="muted">{icon("printer")} " " {lang.get(access::PRINT_HINT)}</p>
        </header>
        <article class="letter">
            <header class="letter-head">
                <span class="school-logo avatar" aria-hidden="true">{initials(&school)}</span>
                <div><p class="school-name">{school.clone()}</p></div>
            </header>
            <h1>{lang.get(consent::RECEIPT)}</h1>
            <p>{lang.with(consent::RECEIPT_LEAD, &[("by", &by), ("name", &child.name)])}</p>
            <h2>{answer.title.clone()}</h2>
            <p>{answer.text.clone()}</p>
            {facts(&answer)}
            <footer class="letter-foot">{lang.get(consent::RECEIPT_FOOT)}</footer>
        </article>
    }
}
