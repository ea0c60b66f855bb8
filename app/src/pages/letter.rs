//! The letter of an invitation, to print: shown in the browser that made the code, and nowhere else.

use crate::{
    api::access::{RenewInvitation, find_letter},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{FormError, FormState},
        icon, initials,
        states::loaded,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::access::{InvitationLetter, InvitationLine, LetterPage as Page, QrCode};
use server_fn::ServerFn;
use texts::{Lang, access, people};

#[component]
pub fn LetterPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let page = Fetched::new(id, find_letter);
    view! {
        <Title text=lang.get(access::LETTER_TITLE)/>
        <div class="page wide">{loaded(page, content)}</div>
    }
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let Page { invitation, letter: shown } = page;
    let lead = if shown.is_some() { access::LETTER_LEAD } else { access::CODE_GONE };
    let mailed = invitation.email.as_ref().map(|email| lang.with(access::MAILED_TO, &[("email", email)]));
    view! {
        <header class="page-head no-print">
            <a class="back" href="/people">{icon("arrow-left")} " " {lang.get(people::PEOPLE)}</a>
            <h1>{lang.get(access::LETTER_TITLE)}</h1>
            <p class="lead">{lang.get(lead)}</p>
            {mailed.map(|words| view! { <p>{words}</p> })}
            {shown.is_some().then(|| view! { <p class="muted">{icon("printer")} " " {lang.get(access::PRINT_HINT)}</p> })}
        </header>
        {shown.map(|shown| letter(&invitation, shown))}
        {renew(&invitation)}
    }
}

fn renew(invitation: &InvitationLine) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<RenewInvitation>();
    view! {
        <form class="form no-print" method="post" action=RenewInvitation::PATH>
            <FormError form/>
            <p class="muted">{lang.get(access::NEW_CODE_LEAD)}</p>
            <input type="hidden" name="invitation" value=invitation.id.to_string()/>
            <div class="actions"><button class="button secondary">{icon("refresh-cw")} " " {lang.get(access::NEW_CODE)}</button></div>
        </form>
    }
}

/// In the school's language: the reader of this page is not the letter's.
fn letter(invitation: &InvitationLine, letter: InvitationLetter) -> impl IntoView + use<> {
    let lang = Lang::from_tag(&letter.lang).unwrap_or_default();
    let school = [("school", letter.school.as_str())];
    let body = lang.with(access::LETTER_BODY, &school);
    let open = lang.with(access::LETTER_STEP_OPEN, &[("address", &letter.address)]);
    let valid = lang.with(access::LETTER_VALID, &[("date", &letter.expires.short)]);
    let foot = lang.with(access::LETTER_FOOT, &[("name", &invitation.name)]);
    let to = match &invitation.child {
        Some(child) => lang.with(access::LETTER_TO_GUARDIAN, &[("child", child)]),
        None => lang.get(access::LETTER_TO_STAFF).to_owned(),
    };
    view! {
        <article class="letter" lang=lang.tag()>
            <header class="letter-head">
                <span class="school-logo avatar" aria-hidden="true">{initials(&letter.school)}</span>
                <div><p class="school-name">{letter.school.clone()}</p></div>
            </header>
            <p class="letter-to">{to} " " <strong>{invitation.name.clone()}</strong></p>
            <h1>{lang.get(access::LETTER_HEADING)}</h1>
            <p>{body}</p>
            <div class="letter-code">
                <div>
                    <p>{lang.get(access::LETTER_YOUR_CODE)}</p>
                    <p class="code">{letter.code}</p>
                    <p>{valid}</p>
                </div>
                {qr(letter.qr, lang)}
            </div>
            <ol class="letter-steps">
                <li>{open}</li>
                <li>{lang.get(access::LETTER_STEP_CODE)}</li>
                <li>{lang.get(access::LETTER_STEP_PASSWORD)}</li>
            </ol>
            <footer class="letter-foot">{foot}</footer>
        </article>
    }
}

fn qr(code: QrCode, lang: Lang) -> impl IntoView {
    let square = format!("0 0 {0} {0}", code.size);
    view! {
        <figure class="qr">
            <svg viewBox=square role="img" aria-label=lang.get(access::QR_LABEL) shape-rendering="crispEdges">
                <path d=code.path></path>
            </svg>
        </figure>
    }
}
