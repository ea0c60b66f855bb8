//! One child's image preferences: each purpose with two equal answers, and nothing chosen beforehand.

use crate::{
    api::consent::{AnswerPreference, find_preferences},
    context::{use_lang, use_reader},
    fetched::Fetched,
    ui::{icon, initials, states::loaded, time},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::consent::{ChildPreferences, Effective, LegalBasis, PreferenceRow};
use texts::consent;

#[component]
pub fn PreferencesPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let child = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    // An answer leads back here with another query: then the page is fetched again.
    let version = Memo::new(move |_| query.with(|query| (query.get("answered"), query.get("hidden"))));
    let page = Fetched::new(move || (child.get(), version.get()), |(child, _)| find_preferences(child));
    let hidden = move || query.with(|query| query.get("hidden").and_then(|count| count.parse::<u64>().ok()));
    view! {
        <Title text=lang.get(consent::TITLE)/>
        <div class="page">
            <header class="page-head">
                <a class="back" href="/settings">{icon("arrow-left")} " " {lang.get(texts::frame::MORE)}</a>
                <h1>{lang.get(consent::TITLE)}</h1>
                <p class="lead">{lang.get(consent::LEAD)}</p>
            </header>
            {siblings(child)}
            {move || hidden().map(|count| view! {
                <div class="notice" data-kind="success" role="status">
                    {icon("circle-check")}
                    <div><p>{lang.count(consent::HIDDEN, count, &[])}</p></div>
                </div>
            })}
            {loaded(page, card)}
        </div>
    }
}

/// The reader's other children, one page each.
fn siblings(chosen: Memo<String>) -> impl IntoView {
    let reader = use_reader();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move {
                let children = reader.await.ok().flatten().map(|viewer| viewer.children).unwrap_or_default();
                (children.len() > 1).then(|| view! {
                    <nav class="tabs">
                        {children
                            .into_iter()
                            .map(|child| {
                                let id = child.id.to_string();
                                let href = format!("/children/{id}/preferences");
                                view! { <a href=href aria-current=move || (chosen.get() == id).then_some("page")>{child.name}</a> }
                            })
                            .collect_view()}
                    </nav>
                })
            })}
        </Suspense>
    }
}

fn card(page: ChildPreferences) -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<AnswerPreference>::new();
    let open = page.rows.iter().filter(|row| row.basis == LegalBasis::Consent && row.own.is_none()).count();
    let child = page.child.to_string();
    let name = page.name.clone();
    view! {
        <article class="card consent" aria-labelledby="child">
            <header class="consent-head">
                <span class="avatar" aria-hidden="true">{initials(&page.name)}</span>
                <div><h2 id="child">{page.name.clone()}</h2></div>
                {(open > 0).then(|| view! { <span class="badge">{lang.count(consent::OPEN, open as u64, &[])}</span> })}
            </header>
            {page
                .rows
                .into_iter()
                .map(|row| match row.basis {
                    LegalBasis::Consent => question(action, child.clone(), name.clone(), row).into_any(),
                    LegalBasis::Information => information(row).into_any(),
                })
                .collect_view()}
        </article>
    }
}

fn question(action: ServerAction<AnswerPreference>, child: String, name: String, row: PreferenceRow) -> impl IntoView {
    let lang = use_lang();
    let own = row.own.as_ref().map(|own| own.yes);
    // While the answer is on its way the pressed button already shows it; if it fails, the old state is back.
    let purpose = row.purpose.to_string();
    let shown = {
        let purpose = purpose.clone();
        move || {
            let sent = action.input().with(|input| {
                input.as_ref().filter(|input| input.purpose == purpose).map(|input| input.answer == "yes")
            });
            if action.pending().get() { sent.or(own) } else { own }
        }
    };
    let pressed = {
        let shown = shown.clone();
        move |yes: bool| if shown() == Some(yes) { "true" } else { "false" }
    };
    let (pressed_yes, pressed_no) = (pressed.clone(), pressed);
    let state = move || match shown() {
        None => "unset",
        Some(true) => "yes",
        Some(false) => "no",
    };
    let effective = match (row.effective, own) {
        (Effective::Yes, _) => consent::EFFECTIVE_YES,
        (Effective::No, _) => consent::EFFECTIVE_NO,
        (Effective::Unset, None) => consent::EFFECTIVE_UNSET,
        (Effective::Unset, Some(_)) => consent::EFFECTIVE_WAITING,
    };
    let effective = lang.with(effective, &[("name", name.as_str())]);
    let anchor = format!("p-{purpose}");
    view! {
        <ActionForm action=action attr:class="purpose" attr:id=anchor attr:data-state=state>
            <input type="hidden" name="child" value=child/>
            <input type="hidden" name="purpose" value=purpose/>
            <fieldset>
                <legend>{row.title}</legend>
                <p class="hint">{row.text}</p>
                <div class="segmented">
                    <button name="answer" value="yes" aria-pressed=move || pressed_yes(true)>{lang.get(consent::YES)}</button>
                    <button name="answer" value="no" aria-pressed=move || pressed_no(false)>{lang.get(consent::NO)}</button>
                </div>
            </fieldset>
            <p class="effective">
                {effective}
                {row.own.map(|own| view! { " " <span class="muted">{lang.get(consent::ANSWERED)} " " {time(&own.at)}</span> })}
            </p>
        </ActionForm>
    }
}

fn information(row: PreferenceRow) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="purpose" data-state="info">
            <p class="purpose-text">{row.title}</p>
            <p class="hint">{row.text}</p>
            <p class="effective">{icon("info")} " " {lang.get(consent::INFORMATION)}</p>
        </div>
    }
}
