//! Joining with a code: first the code, then who you are.

use crate::{
    api::access::{Accept, Join, find_invitation},
    context::use_lang,
    fetched::Fetched,
    pages::sign_in::LanguageChoice,
    ui::{
        form::{Field, FormError, FormState},
        people::role_text,
        states::ErrorNotice,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    ApiError,
    access::JoinPage as Invitation,
    check::{EMAIL_MAX, NAME_MAX, PASSWORD_MAX},
    error::Conflict,
};
use server_fn::ServerFn;
use texts::access;

#[component]
pub fn JoinPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let code = Memo::new(move |_| query.with(|query| query.get("code").unwrap_or_default()));
    let invitation = Fetched::new(
        move || code.get(),
        |code| async move {
            match code.trim().is_empty() {
                true => Ok(None),
                false => find_invitation(code).await.map(Some),
            }
        },
    );
    view! {
        <Title text=lang.get(access::JOIN_TITLE)/>
        <div class="door">
            <Suspense fallback=|| ()>
                {move || Suspend::new(async move {
                    match invitation.await {
                        Ok(Some(invitation)) => who_are_you(invitation).into_any(),
                        Ok(None) => which_code(String::new(), None).into_any(),
                        Err(failure) => which_code(code.get_untracked(), Some(failure.0)).into_any(),
                    }
                })}
            </Suspense>
            <LanguageChoice path="/join"/>
        </div>
    }
}

fn step(number: &str) -> impl IntoView + use<> {
    let words = use_lang().with(access::STEP, &[("step", number)]);
    view! { <p class="check-step">{words}</p> }
}

fn which_code(typed: String, error: Option<ApiError>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="door-card">
            {step("1")}
            <h1>{lang.get(access::WHICH_CODE)}</h1>
            <p class="lead">{lang.get(access::CODE_LEAD)}</p>
            <form class="form" method="get" action="/join">
                {error.map(|error| view! { <ErrorNotice error/> })}
                <div class="field">
                    <label for="code">{lang.get(access::CODE)}</label>
                    <p class="hint" id="code-hint">{lang.get(access::CODE_HINT)}</p>
                    <input
                        class="code-input"
                        id="code"
                        name="code"
                        value=typed
                        required=true
                        maxlength="40"
                        autocomplete="one-time-code"
                        autocapitalize="characters"
                        spellcheck="false"
                        aria-describedby="code-hint"
                    />
                </div>
                <div class="actions"><button class="button block">{lang.get(access::NEXT)}</button></div>
            </form>
            <p class="door-else">
                <a href="/request-access">{lang.get(access::NO_LETTER)}</a>
                " "
                <a href="/sign-in">{lang.get(access::HAVE_ACCOUNT)}</a>
            </p>
        </div>
    }
}

fn who_are_you(invitation: Invitation) -> impl IntoView {
    let lang = use_lang();
    let values = [
        ("school", invitation.school.as_str()),
        ("child", invitation.child.as_deref().unwrap_or_default()),
        ("role", invitation.role.map(|role| role_text(lang, role)).unwrap_or_default()),
    ];
    let invited = match invitation.role {
        Some(_) => lang.with(access::INVITED_STAFF, &values),
        None => lang.with(access::INVITED_GUARDIAN, &values),
    };
    let signed_in = invitation.signed_in_as.clone();
    let form = FormState::sent::<Join>();
    let open = form.came_back();
    let new_account = new_account(&invitation, form);
    view! {
        <header class="door-head"><p class="school-name">{invitation.school.clone()}</p></header>
        <div class="door-card">
            {step("2")}
            <h1>{lang.get(access::WHO_ARE_YOU)}</h1>
            <p class="lead">{invited}</p>
            {match signed_in {
                Some(name) => view! {
                    {as_signed_in(&name, invitation.code.clone())}
                    <details class="fold" open=open><summary>{lang.get(access::SOMEBODY_ELSE)}</summary>{new_account}</details>
                }
                .into_any(),
                None => {
                    let back = sign_in_and_back(&invitation.code);
                    view! {
                        {new_account}
                        <p class="door-else"><a href=back>{lang.get(access::HAVE_ACCOUNT)}</a></p>
                    }
                    .into_any()
                }
            }}
        </div>
    }
}

/// A code holds letters, digits and dashes only.
fn sign_in_and_back(code: &str) -> String {
    format!("/sign-in?next=/join%3Fcode%3D{code}")
}

fn as_signed_in(name: &str, code: String) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<Accept>();
    let label = lang.with(access::ACCEPT_AS, &[("name", name)]);
    view! {
        // A whole page load, here and below: who is signed in changes.
        <form class="form" method="post" action=Accept::PATH>
            <FormError form/>
            <p>{lang.get(access::ACCEPT_LEAD)}</p>
            <input type="hidden" name="code" value=code/>
            <div class="actions"><button class="button block">{label}</button></div>
        </form>
    }
}

fn new_account(invitation: &Invitation, form: FormState) -> impl IntoView + use<> {
    let lang = use_lang();
    let code = invitation.code.clone();
    let back = sign_in_and_back(&code);
    let has_account = form.error().with_untracked(|error| *error == Some(ApiError::conflict(Conflict::AccountExists)));
    view! {
        <form class="form" method="post" action=Join::PATH novalidate=true>
            <FormError form=form.clone()/>
            {has_account.then(|| view! { <p><a class="button secondary block" href=back>{lang.get(access::SIGN_IN_FIRST)}</a></p> })}
            <input type="hidden" name="code" value=code/>
            <Field form=form.clone() name="name" label=access::YOUR_NAME hint=access::YOUR_NAME_HINT value=invitation.name.clone() autocomplete="name" required=true maxlength=NAME_MAX/>
            <Field form=form.clone() name="email" label=access::EMAIL hint=access::EMAIL_HINT kind="email" value=invitation.email.clone().unwrap_or_default() autocomplete="username" required=true maxlength=EMAIL_MAX/>
            <Field form=form.clone() name="password" label=access::PASSWORD hint=access::PASSWORD_HINT kind="password" autocomplete="new-password" required=true maxlength=PASSWORD_MAX/>
            <div class="actions"><button class="button block">{lang.get(access::MAKE_ACCOUNT)}</button></div>
        </form>
    }
}
