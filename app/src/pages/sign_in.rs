//! Signing in.

use crate::{
    api::account::{SetLanguage, SignIn},
    context::use_lang,
    ui::form::{Field, FormError, FormState},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use server_fn::ServerFn;
use texts::{Lang, account};

#[component]
pub fn SignInPage() -> impl IntoView {
    let lang = use_lang();
    let form = FormState::sent::<SignIn>();
    let next = use_query_map().with_untracked(|query| query.get("next").unwrap_or_default());
    let next = form.value("next", &next);
    view! {
        <Title text=lang.get(account::SIGN_IN)/>
        <div class="door">
            <div class="door-card">
                <h1>{lang.get(account::SIGN_IN)}</h1>
                <p class="lead">{lang.get(account::SIGN_IN_LEAD)}</p>
                // A whole page load: with who is signed in, the language and everything else on the page changes.
                <form class="form" method="post" action=SignIn::PATH novalidate=true>
                    <FormError form=form.clone()/>
                    <input type="hidden" name="next" value=next/>
                    <Field form=form.clone() name="email" label=account::EMAIL kind="email" autocomplete="username" required=true/>
                    <Field form=form.clone() name="password" label=account::PASSWORD kind="password" autocomplete="current-password" required=true/>
                    <div class="actions"><button class="button block">{lang.get(account::SIGN_IN)}</button></div>
                </form>
                <p class="door-else"><a href="/join">{lang.get(account::HAVE_CODE)}</a></p>
                <p class="door-else"><a href="/request-access">{lang.get(account::NO_LETTER)}</a></p>
            </div>
            <LanguageChoice path="/sign-in"/>
        </div>
    }
}

/// The languages of the interface, for somebody who is not signed in.
#[component]
pub fn LanguageChoice(path: &'static str) -> impl IntoView {
    let lang = use_lang();
    view! {
        <form class="row center" method="post" action=SetLanguage::PATH aria-label=lang.get(account::LANGUAGE)>
            <input type="hidden" name="next" value=path/>
            {Lang::ALL
                .into_iter()
                .map(|choice| {
                    let current = (choice == lang).then_some("true");
                    view! {
                        <button class="button quiet small" name="language" value=choice.tag() lang=choice.tag() aria-current=current>
                            {choice.name()}
                        </button>
                    }
                })
                .collect_view()}
        </form>
    }
}
