//! The audit log, for directors.

use crate::{
    api::people::list_audit,
    context::use_lang,
    fetched::Fetched,
    ui::{icon, states::loaded, time},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::people::AuditLine;
use texts::{Text, asking, consent, options, people, review};

#[component]
pub fn AuditPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let school = move || query.with(|query| query.get("school").unwrap_or_default());
    let lines = Fetched::new(school, list_audit);
    view! {
        <Title text=lang.get(people::AUDIT)/>
        <div class="page wide">
            <header class="page-head">
                <a class="back" href="/people">{icon("arrow-left")} " " {lang.get(people::PEOPLE)}</a>
                <h1>{lang.get(people::AUDIT)}</h1>
                <p class="lead">{lang.get(people::AUDIT_LEAD)}</p>
            </header>
            {loaded(lines, content)}
        </div>
    }
}

fn content(lines: Vec<AuditLine>) -> impl IntoView {
    let lang = use_lang();
    if lines.is_empty() {
        return view! { <p class="muted">{lang.get(people::AUDIT_EMPTY)}</p> }.into_any();
    }
    view! {
        <table class="table cards">
            <caption class="visually-hidden">{lang.get(people::AUDIT)}</caption>
            <thead>
                <tr>
                    <th scope="col">{lang.get(people::AUDIT_SUBJECT)}</th>
                    <th scope="col">{lang.get(people::AUDIT_WHAT)}</th>
                    <th scope="col">{lang.get(people::AUDIT_DETAIL)}</th>
                    <th scope="col">{lang.get(people::AUDIT_BY)}</th>
                    <th scope="col">{lang.get(people::AUDIT_WHEN)}</th>
                </tr>
            </thead>
            <tbody>
                {lines
                    .into_iter()
                    .map(|line| {
                        let what = match action_text(&line.action) {
                            Some(text) => lang.get(text).to_owned(),
                            None => line.action,
                        };
                        let or_dash = |text: String| if text.is_empty() { "–".to_owned() } else { text };
                        view! {
                            <tr>
                                <th scope="row" class="cell-title">{or_dash(line.subject)}</th>
                                <td data-label=lang.get(people::AUDIT_WHAT)><span>{what}</span></td>
                                <td data-label=lang.get(people::AUDIT_DETAIL)><span>{or_dash(line.detail)}</span></td>
                                <td data-label=lang.get(people::AUDIT_BY)>
                                    <span>{line.by.unwrap_or_else(|| lang.get(people::AUDIT_SERVER).to_owned())}</span>
                                </td>
                                <td data-label=lang.get(people::AUDIT_WHEN)>{time(&line.at)}</td>
                            </tr>
                        }
                    })
                    .collect_view()}
            </tbody>
        </table>
    }
    .into_any()
}

/// Words for an action; one without words is shown as it is recorded.
fn action_text(action: &str) -> Option<Text> {
    Some(match action {
        "access.invite" => people::DID_INVITE,
        "access.renew" => people::DID_RENEW,
        "access.revoke" => people::DID_REVOKE,
        "access.join" => people::DID_JOIN,
        "access.approve" => people::DID_APPROVE,
        "access.ask" => people::DID_ASK,
        "access.reject" => people::DID_REJECT,
        "access.undo" => people::DID_UNDO,
        "people.add-group" => people::DID_ADD_GROUP,
        "people.add-child" => people::DID_ADD_CHILD,
        "people.move-child" => people::DID_MOVE_CHILD,
        "people.remove-child" => people::DID_REMOVE_CHILD,
        "people.set-scope" => people::DID_SET_SCOPE,
        "people.end-guardianship" => people::DID_END_GUARDIANSHIP,
        "people.add-director" => people::DID_ADD_DIRECTOR,
        "people.add-role" => people::DID_ADD_ROLE,
        "people.end-role" => people::DID_END_ROLE,
        "people.assign-group" => people::DID_ASSIGN_GROUP,
        "people.unassign-group" => people::DID_UNASSIGN_GROUP,
        "preferences.paper-form" => people::DID_RECORD_FORM,
        "preferences.erase" => people::DID_ERASE_ANSWERS,
        "comment.remove" => people::DID_REMOVE_COMMENT,
        "pictures.decide" => review::DID_DECIDE,
        "post.urgent" => options::DID_URGENT,
        "account.reset-password" => people::DID_RESET_PASSWORD,
        "preferences.remind" => asking::DID_REMIND,
        "preferences.print" => consent::DID_PRINT,
        "preferences.download" => consent::DID_DOWNLOAD,
        "purpose.add" => asking::DID_ADD_PURPOSE,
        "purpose.publish" => asking::DID_PUBLISH_PURPOSE,
        "purpose.end" => asking::DID_END_PURPOSE,
        "school.settings" => people::DID_SETTINGS,
        _ => return None,
    })
}
