//! One purpose, edited by the director: its text in each language, as guardians will read it, and as a new version.

use super::purposes::basis_text;
use crate::{
    api::purposes::{AddPurpose, EndPurpose, PreviewPurpose, PublishPurpose, find_purpose, new_purpose},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{Field, FormError, FormState, TextField, field_error},
        icon,
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    check::{PURPOSE_TEXT_MAX, PURPOSE_TITLE_MAX},
    consent::LegalBasis,
    purposes::{CurrentPurpose, PurposeForm, PurposeWords},
};
use server_fn::ServerFn;
use texts::{Lang, asking, consent};

#[component]
pub fn PurposePage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let page = Fetched::new(id, find_purpose);
    view! {
        <Title text=lang.get(asking::EDIT_PURPOSE)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

#[component]
pub fn NewPurposePage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let school = move || query.with(|query| query.get("school").unwrap_or_default());
    let page = Fetched::new(school, new_purpose);
    view! {
        <Title text=lang.get(asking::NEW_PURPOSE)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

/// Names of the fields for one language.
fn fields(lang: Lang) -> (&'static str, &'static str) {
    match lang {
        Lang::Nl => ("texts[nl][title]", "texts[nl][text]"),
        Lang::En => ("texts[en][title]", "texts[en][text]"),
        Lang::Fy => ("texts[fy][title]", "texts[fy][text]"),
    }
}

fn content(page: PurposeForm) -> impl IntoView {
    let lang = use_lang();
    let preview = FormState::sent::<PreviewPurpose>();
    let is_new = page.current.is_none();
    let sent = if is_new { FormState::sent::<AddPurpose>() } else { FormState::sent::<PublishPurpose>() };
    let shows = preview.came_back() && preview.error().get_untracked().is_none();
    let form = if preview.came_back() { preview } else { sent };
    let action = if is_new { AddPurpose::PATH } else { PublishPurpose::PATH };
    let title = if is_new { asking::NEW_PURPOSE } else { asking::EDIT_PURPOSE };
    let school = page.school.id.to_string();
    let new = form.value("new", &page.new_id.to_string());
    // What came back goes on from the version that was edited: another one must not be published over unseen.
    let purpose = page.current.as_ref().map(|current| form.value("purpose", &current.id.to_string()));
    let basis = match &page.current {
        Some(current) => current.basis,
        None => form.value("basis", "").parse().unwrap_or(LegalBasis::Consent),
    };
    let read = shows.then(|| as_read(&form, basis));
    let words = Lang::ALL.map(|of| language(&form, of, page.texts.get(of.tag())));
    let facts = page.current.as_ref().map(|current| facts(lang, current));
    let end = page.current.as_ref().filter(|current| !current.is_portal).map(|current| end(&school, current));
    view! {
        <header class="page-head">
            <a class="back" href=format!("/purposes?school={school}")>{icon("arrow-left")} " " {lang.get(asking::PURPOSES)}</a>
            <h1>{lang.get(title)}</h1>
            <p class="lead">{page.school.name.clone()}</p>
        </header>
        {facts}
        {read}
        <form class="form" method="post" action=action>
            <FormError form=form.clone()/>
            <input type="hidden" name="school" value=school/>
            <input type="hidden" name="new" value=new/>
            {purpose.map(|purpose| view! { <input type="hidden" name="purpose" value=purpose/> })}
            {is_new.then(|| choose_basis(&form, basis))}
            {words.into_iter().collect_view()}
            {before_publishing(lang, &page)}
            <div class="actions">
                <button class="button secondary" formaction=PreviewPurpose::PATH formnovalidate=true>{icon("eye")} " " {lang.get(asking::PREVIEW)}</button>
                <button class="button">{lang.get(asking::PUBLISH)}</button>
            </div>
        </form>
        {end}
    }
}

fn facts(lang: Lang, current: &CurrentPurpose) -> impl IntoView + use<> {
    view! {
        <dl class="facts">
            <div><dt>{lang.get(asking::VERSION)}</dt><dd>{current.version}</dd></div>
            <div><dt>{lang.get(asking::SINCE)}</dt><dd>{time(&current.since)}</dd></div>
            <div><dt>{lang.get(asking::BASIS)}</dt><dd>{lang.get(basis_text(current.basis))}</dd></div>
        </dl>
    }
}

fn choose_basis(form: &FormState, chosen: LegalBasis) -> impl IntoView + use<> {
    let lang = use_lang();
    let choice = |basis: LegalBasis, hint| {
        view! {
            <label class="choice">
                <input type="radio" name="basis" value=basis.as_str() checked=basis == chosen/>
                <span class="choice-text">{lang.get(basis_text(basis))} " " <small>{lang.get(hint)}</small></span>
            </label>
        }
    };
    view! {
        <fieldset class="choices">
            <legend>{lang.get(asking::BASIS)}</legend>
            {choice(LegalBasis::Consent, asking::BASIS_CONSENT_HINT)}
            {choice(LegalBasis::Information, asking::BASIS_INFORMATION_HINT)}
            {field_error(form, "basis", "basis")}
        </fieldset>
    }
}

/// Dutch stands open; the other languages are folded until there is something in them.
fn language(form: &FormState, of: Lang, words: Option<&PurposeWords>) -> AnyView {
    let lang = use_lang();
    let (title_field, text_field) = fields(of);
    let PurposeWords { title, text } = words.cloned().unwrap_or_default();
    let is_required = of == Lang::Nl;
    let is_filled = !form.value(title_field, &title).is_empty() || !form.value(text_field, &text).is_empty();
    let (title_id, text_id) = (format!("title-{}", of.tag()), format!("text-{}", of.tag()));
    let fields = view! {
        <Field form=form.clone() name=title_field id=title_id label=asking::TITLE value=title required=is_required maxlength=PURPOSE_TITLE_MAX/>
        <TextField form=form.clone() name=text_field id=text_id label=asking::TEXT value=text required=is_required maxlength=PURPOSE_TEXT_MAX/>
    };
    if is_required {
        return view! {
            <fieldset class="stack">
                <legend>{of.name()}</legend>
                {fields}
            </fieldset>
        }
        .into_any();
    }
    view! {
        <details class="fold" open=is_filled>
            <summary>{of.name()}</summary>
            <div class="stack">
                <p class="hint">{lang.get(asking::FALLS_BACK)}</p>
                {fields}
            </div>
        </details>
    }
    .into_any()
}

/// What publishing does, said beforehand.
fn before_publishing(lang: Lang, page: &PurposeForm) -> impl IntoView + use<> {
    let asked = |text| lang.count(text, u64::from(page.guardians), &[]);
    let words = match page.current.as_ref().map(|current| current.basis) {
        Some(LegalBasis::Information) => vec![lang.get(asking::NOBODY_ASKED).to_owned()],
        Some(LegalBasis::Consent) => vec![lang.get(asking::NEW_VERSION).to_owned(), asked(asking::WILL_BE_ASKED_AGAIN)],
        None => vec![asked(asking::WILL_BE_ASKED)],
    };
    let hides = page.current.as_ref().is_some_and(|current| current.is_portal);
    view! {
        <div class="notice" data-kind="warning">
            {icon("triangle-alert")}
            <div>
                {words.into_iter().map(|words| view! { <p>{words}</p> }).collect_view()}
                {hides.then(|| view! { <p>{lang.get(asking::HIDES_PICTURES)}</p> })}
            </div>
        </div>
    }
}

/// The question as a guardian will read it, in each language that has words of its own.
fn as_read(form: &FormState, basis: LegalBasis) -> impl IntoView + use<> {
    let lang = use_lang();
    let questions = Lang::ALL.map(|of| {
        let (title, text) = fields(of);
        let (title, text) = (form.value(title, ""), form.value(text, ""));
        (!title.trim().is_empty()).then(|| question(of, basis, title, text))
    });
    view! {
        <section class="section" aria-labelledby="preview">
            <h2 id="preview">{lang.get(asking::PREVIEW)}</h2>
            <p class="muted">{lang.get(asking::PREVIEW_LEAD)}</p>
            {questions.into_iter().collect_view()}
        </section>
    }
}

fn question(of: Lang, basis: LegalBasis, title: String, text: String) -> AnyView {
    let state = if basis == LegalBasis::Consent { "unset" } else { "info" };
    let answers = match basis {
        LegalBasis::Consent => view! {
            <div class="segmented">
                <button type="button" aria-pressed="false" disabled=true>{of.get(consent::YES)}</button>
                <button type="button" aria-pressed="false" disabled=true>{of.get(consent::NO)}</button>
            </div>
        }
        .into_any(),
        LegalBasis::Information => {
            view! { <p class="effective">{icon("info")} " " {of.get(consent::INFORMATION)}</p> }.into_any()
        }
    };
    view! {
        <article class="card consent" lang=of.tag()>
            <div class="purpose" data-state=state>
                <p class="purpose-text">{title}</p>
                <p class="hint">{text}</p>
                {answers}
            </div>
        </article>
    }
    .into_any()
}

fn end(school: &str, current: &CurrentPurpose) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<EndPurpose>();
    let (school, purpose) = (school.to_owned(), current.id.to_string());
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(asking::END)}</summary>
            <form class="form" method="post" action=EndPurpose::PATH>
                <FormError form=form.clone()/>
                <p>{lang.get(asking::END_LEAD)}</p>
                <input type="hidden" name="school" value=school/>
                <input type="hidden" name="purpose" value=purpose/>
                <div class="actions"><button class="button danger">{lang.get(asking::END)}</button></div>
            </form>
        </details>
    }
}
