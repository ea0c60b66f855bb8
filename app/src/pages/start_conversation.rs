//! Starting a conversation: about whom, then with whom and what. Two steps by address, so that it needs no script.

use crate::{
    api::conversations::{StartConversation, find_start_page},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{Field, FormError, FormState, Submit, TextField, field_error},
        icon,
        states::loaded,
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    ConversationId,
    check::{MESSAGE_MAX, TITLE_MAX},
    conversation::{StartChild, StartChosen, StartPage},
};
use texts::{Lang, conversations};

#[component]
pub fn StartConversationPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let child = Memo::new(move |_| query.with(|query| query.get("child").unwrap_or_default()));
    let page = Fetched::new(move || child.get(), find_start_page);
    view! {
        <Title text=lang.get(conversations::NEW)/>
        <div class="page">
            <header class="page-head">
                <a class="back" href="/conversations">{icon("arrow-left")} " " {lang.get(conversations::TITLE)}</a>
                <h1>{lang.get(conversations::NEW)}</h1>
            </header>
            {loaded(page, content)}
        </div>
    }
}

fn content(page: StartPage) -> impl IntoView {
    let lang = use_lang();
    let several = page.children.len() > 1;
    match page.chosen {
        Some(chosen) => view! { <Letter id=page.id chosen several/> }.into_any(),
        None if several => choose_child(lang, &page.children).into_any(),
        None => view! { <p class="muted">{lang.get(conversations::NO_CHILDREN)}</p> }.into_any(),
    }
}

/// The first step. The children of a group stand together.
fn choose_child(lang: Lang, children: &[StartChild]) -> impl IntoView + use<> {
    let option = |child: &StartChild| view! { <option value=child.id.to_string()>{child.name.clone()}</option> };
    let groups = children
        .chunk_by(|a, b| a.group == b.group)
        .map(|children| {
            let options = children.iter().map(option).collect_view();
            let group = children.first().and_then(|child| child.group.clone());
            let group = group.unwrap_or_else(|| lang.get(conversations::WITHOUT_GROUP).to_owned());
            view! { <optgroup label=group>{options}</optgroup> }
        })
        .collect_view();
    view! {
        <form class="form" method="get" action="/conversations/new">
            <div class="field">
                <label for="child">{lang.get(conversations::CHILD)}</label>
                <select id="child" name="child" required>
                    <option value="">{lang.get(conversations::CHOOSE_CHILD)}</option>
                    {groups}
                </select>
            </div>
            <div class="actions"><button class="button">{lang.get(conversations::NEXT)}</button></div>
        </form>
    }
}

/// The second step: with whom, and the first message.
#[component]
fn Letter(id: ConversationId, chosen: StartChosen, several: bool) -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<StartConversation>::new();
    let form = FormState::of(action);
    let team = chosen.team.join(", ");
    let nobody = if chosen.as_guardian { chosen.team.is_empty() } else { chosen.guardians.is_empty() };
    let child = chosen.child.id.to_string();
    let name = match &chosen.child.group {
        Some(group) => format!("{} ({group})", chosen.child.name),
        None => chosen.child.name.clone(),
    };
    let about = view! {
        <dl class="facts">
            <div>
                <dt>{lang.get(conversations::ABOUT)}</dt>
                <dd>
                    {name}
                    {several.then(|| view! { " " <a href="/conversations/new">{lang.get(conversations::OTHER_CHILD)}</a> })}
                </dd>
            </div>
            {(!team.is_empty()).then(|| view! { <div><dt>{lang.get(conversations::TEAM)}</dt><dd>{team}</dd></div> })}
        </dl>
    };
    if nobody {
        let text = if chosen.as_guardian { conversations::NO_TEAM } else { conversations::NO_GUARDIANS };
        return view! {
            {about}
            <div class="notice" data-kind="info">{icon("info")}<div><p>{lang.get(text)}</p></div></div>
        }
        .into_any();
    }
    let lead = if chosen.as_guardian { conversations::LEAD_GUARDIAN } else { conversations::LEAD_STAFF };
    view! {
        {about}
        <p class="muted">{lang.get(lead)}</p>
        <ActionForm action=action attr:class="form" attr:novalidate=true>
            <FormError form=form.clone()/>
            <input type="hidden" name="id" value=form.value("id", &id.to_string())/>
            <input type="hidden" name="child" value=child/>
            {(!chosen.as_guardian).then(|| guardians(lang, &form, &chosen))}
            <Field form=form.clone() name="subject" label=conversations::SUBJECT required=true maxlength=TITLE_MAX/>
            <TextField form=form.clone() name="body" label=conversations::FIRST_MESSAGE rows=6 required=true maxlength=MESSAGE_MAX/>
            <div class="actions"><Submit label=conversations::START pending=action.pending()/></div>
        </ActionForm>
    }
    .into_any()
}

/// Nobody is ticked beforehand, unless there is nobody else to choose.
fn guardians(lang: Lang, form: &FormState, chosen: &StartChosen) -> impl IntoView + use<> {
    let only = chosen.guardians.len() == 1;
    let choices = chosen
        .guardians
        .iter()
        .map(|guardian| {
            let id = guardian.account.to_string();
            let ticked = form.ticked("guardians[]", &id, only);
            view! {
                <label class="choice">
                    <input type="checkbox" name="guardians[]" value=id checked=ticked/>
                    <span class="choice-text">{guardian.name.clone()}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <fieldset class="choices">
            <legend>{lang.get(conversations::WITH_WHOM)}</legend>
            {(!only).then(|| view! { <p class="hint">{lang.get(conversations::WITH_WHOM_HINT)}</p> })}
            {choices}
            {field_error(form, "guardians", "guardians")}
        </fieldset>
    }
}
