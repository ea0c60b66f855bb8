//! Paper forms on the office's page of a child: one to read in for each who answers, and those that were.

use crate::{
    context::use_lang,
    ui::{
        form::{FormError, FormState, field_error},
        icon, time,
    },
};
use leptos::prelude::*;
use model::{
    PurposeId,
    people::{ChildLine, GuardianLine, PaperForms, RecordedForm},
};
use texts::{consent, paper};

/// Where the form goes: it has a file in it.
pub const PAPER_FORM: &str = "/api/preferences/paper-form";

/// What the browser offers to choose; the server looks for itself.
const ACCEPTED: &str = "image/*,.pdf";

/// The form of a guardian; none: of the pupil. Nothing is chosen beforehand.
pub(super) fn paper_form(child: &ChildLine, of: Option<&GuardianLine>, paper: &PaperForms) -> impl IntoView + use<> {
    let lang = use_lang();
    let guardianship = of.map(|line| line.guardianship.to_string()).unwrap_or_default();
    let form = FormState::sent_to(PAPER_FORM).only_with("guardianship", &guardianship);
    let name = of.map_or(&child.name, |line| &line.name).clone();
    let (file, key) = (format!("file-{guardianship}"), format!("answers-{guardianship}"));
    let questions = paper.purposes.iter().map(|(id, title)| question(&form, *id, title.clone())).collect_view();
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.with(paper::RECORD, &[("name", &name)])}</summary>
            <form class="form" method="post" action=PAPER_FORM enctype="multipart/form-data">
                <FormError form=form.clone()/>
                <input type="hidden" name="child" value=child.id.to_string()/>
                <input type="hidden" name="guardianship" value=guardianship/>
                <p>{lang.with(paper::LEAD, &[("name", &name)])}</p>
                {questions}
                {field_error(&form, "answers", &key)}
                <div class="field">
                    <label for=file.clone()>{lang.get(paper::SCAN)}</label>
                    <p class="hint">{lang.get(paper::SCAN_HINT)}</p>
                    <input id=file.clone() name="file" type="file" accept=ACCEPTED required=true/>
                    {field_error(&form, "file", &file)}
                </div>
                <div class="actions"><button class="button">{lang.get(paper::SAVE)}</button></div>
            </form>
        </details>
    }
}

fn question(form: &FormState, purpose: PurposeId, title: String) -> impl IntoView + use<> {
    let lang = use_lang();
    let name = format!("answer:{purpose}");
    let choice = |value: &'static str, words| {
        let ticked = form.ticked(&name, value, false);
        view! { <label><input type="radio" name=name.clone() value=value checked=ticked/><span>{lang.get(words)}</span></label> }
    };
    view! {
        <fieldset class="field">
            <legend>{title}</legend>
            <div class="segmented">
                {choice("yes", consent::YES)}
                {choice("no", consent::NO)}
                {choice("", paper::NOT_FILLED_IN)}
            </div>
        </fieldset>
    }
}

/// The forms that were read in, with their scans.
pub(super) fn recorded_forms(child: &ChildLine, forms: Vec<RecordedForm>) -> impl IntoView + use<> {
    let lang = use_lang();
    let name = child.name.clone();
    let form = move |form: RecordedForm| {
        view! {
            <li class="list-row">
                // A file, and no page of the portal.
                <a href=format!("/forms/{}", form.id) rel="external">
                    {icon("file-text")}
                    <span class="list-text">
                        <span class="list-title">{form.of.unwrap_or_else(|| name.clone())}</span>
                        <span class="list-sub">{time(&form.at)} " · " {lang.with(paper::BY, &[("name", &form.by)])}</span>
                    </span>
                </a>
            </li>
        }
    };
    view! {
        <section class="section" aria-labelledby="forms">
            <h2 id="forms">{lang.get(paper::RECORDED)}</h2>
            <ul class="list">{forms.into_iter().map(form).collect_view()}</ul>
        </section>
    }
}
