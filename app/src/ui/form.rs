//! Forms: fields with their label, hint and problem. They are plain forms; JavaScript only makes them quicker.

use super::{
    icon, raw_text,
    states::{ErrorNotice, problem_text},
};
use crate::{
    api::Failure,
    context::{FormFeedback, use_feedback, use_lang},
};
use leptos::prelude::*;
use model::ApiError;
use server_fn::ServerFn;
use texts::Text;

/// Where a form stands: what came back from the server function, with or without JavaScript.
#[derive(Clone)]
pub struct FormState {
    error: Signal<Option<ApiError>>,
    feedback: Option<FormFeedback>,
}

impl FormState {
    /// The state of the form that `action` sends.
    pub fn of<S>(action: ServerAction<S>) -> FormState
    where
        S: ServerFn<Error = Failure> + Clone + Send + Sync + 'static,
        S::Output: Clone + Send + Sync + 'static,
    {
        let feedback = use_feedback(S::PATH);
        let sent_back = feedback.as_ref().and_then(|feedback| feedback.error.clone());
        let value = action.value();
        let error = Signal::derive(move || {
            value.with(|value| match value {
                Some(Err(failure)) => Some(failure.0.clone()),
                Some(Ok(_)) => None,
                None => sent_back.clone(),
            })
        });
        FormState { error, feedback }
    }

    /// The state of a form that is sent by code of its own, which sets `error`.
    pub fn by_hand(endpoint: &str, error: RwSignal<Option<ApiError>>) -> FormState {
        let feedback = use_feedback(endpoint);
        if let Some(sent_back) = feedback.as_ref().and_then(|feedback| feedback.error.clone()) {
            error.set(Some(sent_back));
        }
        FormState { error: error.into(), feedback }
    }

    /// The state of a form that is sent as a whole page, to server function `S`.
    pub fn sent<S>() -> FormState
    where
        S: ServerFn<Error = Failure>,
    {
        FormState::sent_to(S::PATH)
    }

    /// The same for a form with files, which no server function takes.
    pub fn sent_to(endpoint: &str) -> FormState {
        let feedback = use_feedback(endpoint);
        let error = feedback.as_ref().and_then(|feedback| feedback.error.clone());
        FormState { error: Signal::derive(move || error.clone()), feedback }
    }

    /// The same for one of several such forms on a page: what came back is this form's if it was sent with this value.
    pub fn sent_with<S>(field: &str, value: &str) -> FormState
    where
        S: ServerFn<Error = Failure>,
    {
        FormState::sent::<S>().only_with(field, value)
    }

    /// This state if the form that came back was sent with this value; else that of a form that did not come back.
    pub fn only_with(self, field: &str, value: &str) -> FormState {
        let own = self.feedback.as_ref().is_some_and(|feedback| feedback.value(field) == Some(value));
        if own { self } else { FormState { error: Signal::derive(|| None), feedback: None } }
    }

    /// This state while the form that was sent last is this one of several that are sent to the same place.
    pub fn only_while(self, is_own: impl Fn() -> bool + Send + Sync + 'static) -> FormState {
        let FormState { error, feedback } = self;
        let feedback = feedback.filter(|_| untrack(&is_own));
        FormState { error: Signal::derive(move || error.get().filter(|_| is_own())), feedback }
    }

    /// The same for a form that code of its own may send instead: what that code was told comes first.
    pub fn or(self, error: RwSignal<Option<ApiError>>) -> FormState {
        let sent_back = self.error;
        FormState { error: Signal::derive(move || error.get().or_else(|| sent_back.get())), feedback: self.feedback }
    }

    /// Whether the form came back.
    pub fn came_back(&self) -> bool {
        self.feedback.is_some()
    }

    /// What was typed, on a form that came back; else `otherwise`.
    pub fn value(&self, field: &str, otherwise: &str) -> String {
        self.feedback.as_ref().and_then(|feedback| feedback.value(field)).unwrap_or(otherwise).to_owned()
    }

    /// Whether a box was ticked, on a form that came back; else `otherwise`.
    pub fn ticked(&self, field: &str, value: &str, otherwise: bool) -> bool {
        self.feedback.as_ref().map_or(otherwise, |feedback| feedback.values(field).contains(&value))
    }

    pub fn error(&self) -> Signal<Option<ApiError>> {
        self.error
    }
}

/// The box above a form that could not be accepted.
#[component]
pub fn FormError(form: FormState) -> impl IntoView {
    move || form.error.get().map(|error| view! { <ErrorNotice error/> })
}

/// What is wrong with a field, below it; `id` is the field's on the page.
pub fn field_error(form: &FormState, name: &str, id: &str) -> impl IntoView + use<> {
    let lang = use_lang();
    let error = form.error;
    let (name, id) = (name.to_owned(), format!("{id}-error"));
    move || {
        error.get().and_then(|error| error.problem_of(&name).map(|problem| problem_text(lang, problem))).map(|text| {
            view! { <p class="error" id=id.clone()>{icon("circle-alert")} " " {text}</p> }
        })
    }
}

/// What stands around every control: its label, hint and problem.
struct Around {
    name: &'static str,
    label: Text,
    hint: Option<Text>,
    /// Says so where a field may stay empty.
    says_optional: bool,
    id: String,
}

/// What a control takes from what stands around it.
struct Control {
    id: String,
    described: String,
    invalid: Signal<Option<&'static str>>,
}

impl Around {
    /// `id` is empty where the name is the only one of its kind on the page.
    fn new(name: &'static str, label: Text, hint: Option<Text>, says_optional: bool, id: String) -> Around {
        let id = if id.is_empty() { name.to_owned() } else { id };
        Around { name, label, hint, says_optional, id }
    }

    fn view(self, form: &FormState, control: impl FnOnce(Control) -> AnyView) -> AnyView {
        let lang = use_lang();
        let Around { name, label, hint, says_optional, id } = self;
        let error = form.error;
        let is_invalid =
            move || error.with(|error| error.as_ref().is_some_and(|error| error.problem_of(name).is_some()));
        let hint_id = format!("{id}-hint");
        let control = control(Control {
            id: id.clone(),
            described: format!("{hint_id} {id}-error"),
            invalid: Signal::derive(move || is_invalid().then_some("true")),
        });
        view! {
            <div class="field">
                <label for=id.clone()>
                    {lang.get(label)}
                    {says_optional.then(|| view! { " " <span class="optional">{lang.get(texts::forms::OPTIONAL)}</span> })}
                </label>
                {hint.map(|hint| view! { <p class="hint" id=hint_id>{lang.get(hint)}</p> })}
                {control}
                {field_error(form, name, &id)}
            </div>
        }
        .into_any()
    }
}

/// A labelled field of one line.
#[component]
pub fn Field(
    form: FormState,
    name: &'static str,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    /// `type` of the input.
    #[prop(default = "text")]
    kind: &'static str,
    #[prop(optional, into)] value: String,
    #[prop(default = "off")] autocomplete: &'static str,
    #[prop(optional)] required: bool,
    #[prop(optional)] class: &'static str,
    /// Longest value the browser lets in; the server checks again.
    #[prop(default = 500)]
    maxlength: usize,
    /// Id of the field where its name is not the only one of its kind on the page.
    #[prop(optional, into)]
    id: String,
) -> impl IntoView {
    // A password is never sent back to the page.
    let value = if kind == "password" { String::new() } else { form.value(name, &value) };
    Around::new(name, label, hint, !required, id).view(&form, |control| {
        view! {
            <input
                id=control.id
                name=name
                type=kind
                class=class
                value=value
                autocomplete=autocomplete
                maxlength=maxlength
                required=required
                aria-describedby=control.described
                aria-invalid=control.invalid
            />
        }
        .into_any()
    })
}

/// A labelled field of several lines.
#[component]
pub fn TextField(
    form: FormState,
    name: &'static str,
    label: Text,
    #[prop(optional)] hint: Option<Text>,
    #[prop(optional, into)] value: String,
    #[prop(default = 4)] rows: u32,
    #[prop(optional)] required: bool,
    #[prop(default = 5_000)] maxlength: usize,
    /// Id of the field where its name is not the only one of its kind on the page.
    #[prop(optional, into)]
    id: String,
) -> impl IntoView {
    let value = form.value(name, &value);
    Around::new(name, label, hint, !required, id).view(&form, |control| {
        view! {
            <textarea
                id=control.id
                name=name
                rows=rows
                maxlength=maxlength
                required=required
                aria-describedby=control.described
                aria-invalid=control.invalid
            >
                {raw_text(&value)}
            </textarea>
        }
        .into_any()
    })
}

/// A labelled choice of one, as value and words. Without a chosen value the first choice stands there.
#[component]
pub fn Select(
    form: FormState,
    name: &'static str,
    label: Text,
    choices: Vec<(String, String)>,
    #[prop(optional, into)] value: String,
    #[prop(optional)] hint: Option<Text>,
    #[prop(optional)] required: bool,
    /// Id of the field where its name is not the only one of its kind on the page.
    #[prop(optional, into)]
    id: String,
) -> impl IntoView {
    let chosen = form.value(name, &value);
    Around::new(name, label, hint, false, id).view(&form, |control| {
        view! {
            <select
                id=control.id
                name=name
                required=required
                aria-describedby=control.described
                aria-invalid=control.invalid
            >
                {choices
                    .into_iter()
                    .map(|(value, words)| {
                        let selected = value == chosen;
                        view! { <option value=value selected=selected>{words}</option> }
                    })
                    .collect_view()}
            </select>
        }
        .into_any()
    })
}

/// A button that says when its form is on its way.
#[component]
pub fn Submit(
    label: Text,
    #[prop(into)] pending: Signal<bool>,
    #[prop(default = "button")] class: &'static str,
) -> impl IntoView {
    let lang = use_lang();
    view! {
        <button class=class aria-busy=move || pending.get().then_some("true")>{lang.get(label)}</button>
    }
}
