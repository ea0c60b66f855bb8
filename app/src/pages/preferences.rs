//! One child's image preferences: each purpose with two equal answers, and nothing chosen beforehand.

use super::answers::consequences;
use crate::{
    api::consent::{AnswerPreference, find_preferences},
    context::{use_lang, use_reader},
    fetched::Fetched,
    ui::{icon, initials, states::loaded, time},
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::consent::{ChildPreferences, Effective, LegalBasis, NamedChild, OwnRecord, PreferenceRow};
use texts::{Text, consent};

#[component]
pub fn PreferencesPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let query = use_query_map();
    let child = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    // An answer leads back here with another query: then the page is fetched again, and what is open is counted anew.
    let answered = Memo::new(move |_| query.with(|query| query.get("answered").unwrap_or_default()));
    let page =
        Fetched::new(move || (child.get(), answered.get()), |(child, answered)| find_preferences(child, answered));
    let reader = use_reader();
    Effect::new(move |before: Option<String>| {
        let now = answered.get();
        if before.is_some_and(|before| before != now) {
            reader.refetch();
        }
        now
    });
    view! {
        <Title text=lang.get(consent::TITLE)/>
        <div class="page">
            <header class="page-head">
                <a class="back" href="/settings">{icon("arrow-left")} " " {lang.get(texts::frame::MORE)}</a>
                <h1>{lang.get(consent::TITLE)}</h1>
                <p class="lead">{lang.get(consent::LEAD)}</p>
            </header>
            {siblings(child)}
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
    let is_open = |row: &&PreferenceRow| row.basis == LegalBasis::Consent && row.own.is_none();
    let open = if page.can_answer { page.rows.iter().filter(is_open).count() } else { 0 };
    let child = page.child.to_string();
    let name = page.name.clone();
    let history = format!("/children/{child}/preferences/history");
    let seen = format!("/children/{child}/seen");
    let seen_words = lang.with(texts::seen::LINK, &[("name", &name)]);
    let answered = page.answered;
    let who = match (page.can_answer, page.all_must_agree) {
        (false, _) => lang.with(consent::PUPIL_DECIDES, &[("name", &name)]),
        (true, false) => lang.get(consent::WHO_ANSWERS).to_owned(),
        (true, true) => lang.get(consent::WHO_ANSWERS_ALL).to_owned(),
    };
    let next = page.next.filter(|_| open == 0).map(next_child);
    view! {
        {next}
        <article class="card consent" aria-labelledby="child">
            <header class="consent-head">
                <span class="avatar" aria-hidden="true">{initials(&page.name)}</span>
                <div><h2 id="child">{page.name.clone()}</h2></div>
                {(open > 0).then(|| view! { <span class="badge">{lang.count(consent::OPEN, open as u64, &[])}</span> })}
            </header>
            <p class="effective">{icon("users")} " " {who}</p>
            {page
                .rows
                .into_iter()
                .map(|row| match row.basis {
                    LegalBasis::Consent if page.can_answer => {
                        let answered = answered.clone().filter(|answered| answered.purpose == row.purpose);
                        question(action, child.clone(), name.clone(), row, answered).into_any()
                    }
                    LegalBasis::Consent => {
                        let effective = lang.with(effective_text(&row), &[("name", name.as_str())]);
                        statement(row, view! { {effective} }.into_any()).into_any()
                    }
                    LegalBasis::Information => {
                        let words = lang.get(consent::INFORMATION);
                        statement(row, view! { {icon("info")} " " {words} }.into_any()).into_any()
                    }
                })
                .collect_view()}
            <footer class="card-foot"><a href=history>{icon("history")} " " {lang.get(consent::HISTORY_LINK)}</a> <a href=seen>{icon("eye")} " " {seen_words}</a></footer>
        </article>
    }
}

/// Nothing is open about this child any more, but about another one.
fn next_child(next: NamedChild) -> impl IntoView {
    let lang = use_lang();
    let name = [("name", next.name.as_str())];
    view! {
        <div class="notice no-print" data-kind="info">
            {icon("circle-help")}
            <div><p>{lang.with(consent::NEXT_CHILD, &name)}</p></div>
            <a class="button secondary small" href=format!("/children/{}/preferences", next.id)>{lang.with(consent::TO_NEXT_CHILD, &name)}</a>
        </div>
    }
}

/// What the answer that was just given has brought about, as it stands on record.
fn receipt(child: &str, answered: &OwnRecord) -> impl IntoView + use<> {
    let lang = use_lang();
    let href = format!("/children/{child}/preferences/receipt/{}", answered.id);
    view! {
        <div class="notice" data-kind="success" role="status">
            {icon("circle-check")}
            <div>
                <p>{lang.get(consent::SAVED)} {consequences(lang, answered).into_iter().map(|line| format!(" {line}")).collect_view()}</p>
                <p><a href=href>{lang.get(consent::RECEIPT_LINK)}</a></p>
            </div>
        </div>
    }
}

fn effective_text(row: &PreferenceRow) -> Text {
    match (row.effective, &row.own) {
        (Effective::Yes, _) => consent::EFFECTIVE_YES,
        (Effective::No, _) => consent::EFFECTIVE_NO,
        (Effective::Unset, None) => consent::EFFECTIVE_UNSET,
        (Effective::Unset, Some(_)) => consent::EFFECTIVE_WAITING,
    }
}

fn question(
    action: ServerAction<AnswerPreference>,
    child: String,
    name: String,
    row: PreferenceRow,
    answered: Option<OwnRecord>,
) -> impl IntoView {
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
    let effective = lang.with(effective_text(&row), &[("name", name.as_str())]);
    let receipt = answered.map(|answered| receipt(&child, &answered));
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
            {receipt}
        </ActionForm>
    }
}

/// A purpose without a question to the reader.
fn statement(row: PreferenceRow, words: AnyView) -> impl IntoView {
    view! {
        <div class="purpose" data-state="info">
            <p class="purpose-text">{row.title}</p>
            <p class="hint">{row.text}</p>
            <p class="effective">{words}</p>
        </div>
    }
}
