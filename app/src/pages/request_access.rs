//! Asking for access without an invitation.

use crate::{
    api::access::{RequestAccess, find_request_form},
    context::use_lang,
    fetched::Fetched,
    pages::sign_in::LanguageChoice,
    ui::{
        form::{Field, FormError, FormState, Select, TextField},
        people::relation_choices,
        states::loaded,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    access::RequestForm,
    check::{EMAIL_MAX, MESSAGE_MAX, NAME_MAX},
};
use server_fn::ServerFn;
use texts::access;

#[component]
pub fn RequestAccessPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let sent = query.with_untracked(|query| query.get("sent").is_some());
    let school = query.with_untracked(|query| query.get("school").unwrap_or_default());
    let page = (!sent).then(|| Fetched::new(|| (), |()| find_request_form()));
    view! {
        <Title text=lang.get(access::REQUEST_TITLE)/>
        <div class="door">
            <div class="door-card">
                {match page {
                    None => thanks().into_any(),
                    Some(page) => loaded(page, move |form| request_form(form, &school)).into_any(),
                }}
            </div>
            <LanguageChoice path="/request-access"/>
        </div>
    }
}

fn thanks() -> impl IntoView {
    let lang = use_lang();
    view! {
        <h1>{lang.get(access::SENT_TITLE)}</h1>
        <p class="lead" role="status">{lang.get(access::SENT_LEAD)}</p>
        <p class="door-else"><a href="/sign-in">{lang.get(access::TO_SIGN_IN)}</a></p>
    }
}

fn request_form(page: RequestForm, school: &str) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<RequestAccess>();
    // A form that came back keeps its id: sent again it is the same request.
    let id = form.value("id", &page.id.to_string());
    let several = page.schools.len() > 1;
    let schools = std::iter::once((String::new(), lang.get(access::CHOOSE_SCHOOL).to_owned()))
        .chain(page.schools.into_iter().map(|school| (school.slug, school.name)))
        .collect::<Vec<_>>();
    let relations: Vec<_> =
        std::iter::once((String::new(), lang.get(access::CHOOSE).to_owned())).chain(relation_choices(lang)).collect();
    view! {
        <h1>{lang.get(access::REQUEST_TITLE)}</h1>
        <p class="lead">{lang.get(access::REQUEST_LEAD)}</p>
        <form class="form" method="post" action=RequestAccess::PATH novalidate=true>
            <FormError form=form.clone()/>
            <input type="hidden" name="id" value=id/>
            {several.then(|| view! {
                <Select form=form.clone() name="school" label=access::SCHOOL choices=schools value=school required=true/>
            })}
            <Field form=form.clone() name="name" label=access::YOUR_NAME autocomplete="name" required=true maxlength=NAME_MAX/>
            <Field form=form.clone() name="email" label=access::EMAIL kind="email" autocomplete="email" required=true maxlength=EMAIL_MAX/>
            <Field form=form.clone() name="child_name" label=access::CHILD_NAME required=true maxlength=NAME_MAX/>
            <Select form=form.clone() name="relation" label=access::RELATION choices=relations required=true/>
            <TextField form=form.clone() name="message" label=access::MESSAGE hint=access::MESSAGE_HINT maxlength=MESSAGE_MAX/>
            <div class="actions"><button class="button block">{lang.get(access::SEND_REQUEST)}</button></div>
        </form>
        <p class="door-else">
            <a href="/join">{lang.get(access::HAVE_CODE)}</a>
            " "
            <a href="/sign-in">{lang.get(access::HAVE_ACCOUNT)}</a>
        </p>
    }
}
