//! The options of a post in the compose form: plain fields, folded away.

use crate::{
    context::use_lang,
    ui::{
        form::{Field, FormState, field_error},
        icon, time,
    },
};
use leptos::prelude::*;
use model::{
    Moment,
    feed::NamedChild,
    options::{CHOICE_MAX, CHOICES_MAX, Held, PostOptions, QUESTION_MAX, URGENT_REASON_MAX},
};
use texts::{Text, options};

/// The guardians of named children, instead of groups.
#[component]
pub fn Children(form: FormState, children: Vec<NamedChild>, chosen: Vec<String>) -> impl IntoView {
    let lang = use_lang();
    if children.is_empty() {
        return None;
    }
    let is_open = !chosen.is_empty() || form.came_back();
    let chips = children.into_iter().map(|child| {
        let id = child.id.to_string();
        let is_chosen = form.ticked("children", &id, chosen.contains(&id));
        let group = child.group.map(|group| view! { " " <small>{group}</small> });
        view! {
            <label class="chip">
                <input type="checkbox" name="children" value=id checked=is_chosen/>
                <span>{child.name} {group}</span>
            </label>
        }
    });
    Some(view! {
        <details class="fold" open=is_open>
            <summary>{lang.get(options::FOR_CHILDREN)}</summary>
            <fieldset class="chip-set" id="children">
                <legend class="visually-hidden">{lang.get(options::FOR_CHILDREN)}</legend>
                <p class="hint">{lang.get(options::FOR_CHILDREN_HINT)}</p>
                {chips.collect_view()}
                {field_error(&form, "children", "children")}
            </fieldset>
        </details>
    })
}

/// When the draft is published by itself, or why it was not.
#[component]
pub fn Scheduling(held: Option<Held>, scheduled: Option<Moment>) -> impl IntoView {
    let lang = use_lang();
    let held = held.map(|held| view! {
        <div class="notice" data-kind="warning">{icon("circle-alert")} <div><p>{lang.get(held_text(held))}</p></div></div>
    });
    let scheduled = scheduled.map(|at| view! {
        <div class="notice" data-kind="info">
            {icon("clock")}
            <div><p>{lang.get(options::SCHEDULED_FOR)} " " {time(&at)} ". " {lang.get(options::SCHEDULED_HINT)}</p></div>
        </div>
    });
    view! { {held} {scheduled} }
}

/// Why a scheduled post was not published.
pub fn held_text(held: Held) -> Text {
    match held {
        Held::Pictures => options::HELD_PICTURES,
        Held::Audience => options::HELD_AUDIENCE,
        Held::Rights => options::HELD_RIGHTS,
    }
}

/// Of a published post only what can still be changed.
#[component]
pub fn Options(form: FormState, options: PostOptions, is_published: bool) -> impl IntoView {
    let lang = use_lang();
    let is_open = options
        != PostOptions { comments: options.comments, comments_was: options.comments_was, ..PostOptions::default() }
        || form.came_back();
    let comments_was = form.value("comments_was", if options.comments_was { "true" } else { "" });
    view! {
        <details class="options" open=is_open>
            <summary>{lang.get(options::OPTIONS)}</summary>
            <div class="stack">
                {(!is_published).then(|| view! {
                    <When form=form.clone() name="publish_at" label=options::PUBLISH_AT hint=options::PUBLISH_AT_HINT value=options.publish_at.clone()/>
                })}
                <When form=form.clone() name="expires_at" label=options::EXPIRES_AT hint=options::EXPIRES_AT_HINT value=options.expires_at.clone()/>
                <fieldset class="choices">
                    <legend class="visually-hidden">{lang.get(options::OPTIONS)}</legend>
                    <input type="hidden" name="comments_was" value=comments_was/>
                    {tick(&form, "pinned", options.pinned, options::PIN, options::PIN_HINT)}
                    {tick(&form, "comments", options.comments, options::COMMENTS, options::COMMENTS_HINT)}
                    {(!is_published).then(|| tick(&form, "urgent", options.urgent, options::URGENT, options::URGENT_HINT))}
                    {(!is_published).then(|| tick(&form, "confirm", options.confirm, options::CONFIRM, options::CONFIRM_HINT))}
                </fieldset>
                {(!is_published).then(|| view! {
                    <Field form=form.clone() name="urgent_reason" label=options::URGENT_REASON value=options.urgent_reason.clone() maxlength=URGENT_REASON_MAX/>
                    <When form=form.clone() name="confirm_by" label=options::CONFIRM_BY hint=options::CONFIRM_BY_HINT value=options.confirm_by.clone()/>
                    <Poll form=form.clone() options=options.clone()/>
                })}
            </div>
        </details>
    }
}

#[component]
fn Poll(form: FormState, options: PostOptions) -> impl IntoView {
    let lang = use_lang();
    let choices = (0..CHOICES_MAX).map(|n| {
        let value = options.poll_choices.get(n).cloned().unwrap_or_default();
        let label = lang.with(options::POLL_CHOICE, &[("n", &(n + 1).to_string())]);
        view! { <input name="poll_choices" value=value maxlength=CHOICE_MAX autocomplete="off" aria-label=label/> }
    });
    view! {
        <Field form=form.clone() name="poll_question" label=options::POLL_QUESTION hint=options::POLL_HINT value=options.poll_question.clone() maxlength=QUESTION_MAX/>
        <fieldset class="field" id="poll_choices">
            <legend>{lang.get(options::POLL_CHOICES)}</legend>
            <div class="stack tight">{choices.collect_view()}</div>
            {field_error(&form, "poll_choices", "poll_choices")}
        </fieldset>
        <fieldset class="choices">
            <legend class="visually-hidden">{lang.get(options::POLL_QUESTION)}</legend>
            {tick(&form, "poll_multiple", options.poll_multiple, options::POLL_MULTIPLE, options::POLL_MULTIPLE_HINT)}
            {tick(&form, "poll_anonymous", options.poll_anonymous, options::POLL_ANONYMOUS, options::POLL_ANONYMOUS_HINT)}
        </fieldset>
        <When form=form name="poll_closes_at" label=options::POLL_CLOSES_AT hint=options::POLL_CLOSES_AT_HINT value=options.poll_closes_at/>
    }
}

/// A moment in the school's time zone.
#[component]
fn When(form: FormState, name: &'static str, label: Text, hint: Text, value: String) -> impl IntoView {
    view! { <Field form=form name=name label=label hint=hint kind="datetime-local" value=value/> }
}

fn tick(form: &FormState, name: &'static str, on: bool, label: Text, hint: Text) -> impl IntoView + use<> {
    let lang = use_lang();
    let ticked = form.ticked(name, "true", on);
    view! {
        <label class="choice">
            <input type="checkbox" name=name value="true" checked=ticked/>
            <span class="choice-text">{lang.get(label)} " " <small>{lang.get(hint)}</small></span>
        </label>
    }
}
