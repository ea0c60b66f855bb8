//! The queue of access requests: a director decides, the office looks on.

use crate::{
    api::access::{Decide, Undo, list_queue},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{FormError, FormState, TextField},
        icon,
        people::{relation_text, scope_kind, short_scope_text},
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use model::{
    Problem,
    access::{AccessQueue, DecidedLine, MatchGrade, RequestLine, RequestState, RosterMatch, UndoOffer},
    check::REASON_MAX,
    roles::Scope,
};
use server_fn::ServerFn;
use texts::access;

#[component]
pub fn AccessPage() -> impl IntoView {
    let lang = use_lang();
    let queue = Fetched::new(|| (), |()| list_queue());
    view! {
        <Title text=lang.get(access::QUEUE)/>
        <div class="page wide">{loaded(queue, content)}</div>
    }
}

fn content(queue: AccessQueue) -> impl IntoView {
    let lang = use_lang();
    let AccessQueue { open, decided, can_decide, undo } = queue;
    let lead = if can_decide { access::QUEUE_LEAD } else { access::QUEUE_OFFICE_LEAD };
    view! {
        <header class="page-head">
            <h1>{lang.get(access::QUEUE)}</h1>
            <p class="lead">{lang.get(lead)}</p>
            <div class="page-actions">
                <a class="button secondary" href="/people">{icon("users")} " " {lang.get(access::TO_PEOPLE)}</a>
            </div>
        </header>
        {undo.map(undo_notice)}
        {match open.is_empty() {
            true => view! {
                <div class="empty">
                    <img src="/empty-access.svg" width="200" height="140" alt=""/>
                    <h2>{lang.get(access::EMPTY_TITLE)}</h2>
                    <p>{lang.get(access::EMPTY_LEAD)}</p>
                </div>
            }
            .into_any(),
            false => requests(open, can_decide).into_any(),
        }}
        {(!decided.is_empty()).then(|| history(decided))}
    }
}

fn undo_notice(offer: UndoOffer) -> impl IntoView {
    let lang = use_lang();
    let done = match offer.state {
        RequestState::Asked => access::ASKED_DONE,
        RequestState::Rejected => access::REJECTED_DONE,
        RequestState::Approved | RequestState::Pending => access::APPROVED_DONE,
    };
    let words = lang.count(done, offer.requests.len() as u64, &[]);
    let form = FormState::sent::<Undo>();
    view! {
        <FormError form/>
        <div class="notice" data-kind="success" role="status">
            {icon("circle-check")}
            <div><p>{words}</p></div>
            <form method="post" action=Undo::PATH>
                {offer
                    .requests
                    .into_iter()
                    .map(|id| view! { <input type="hidden" name="ids[]" value=id.to_string()/> })
                    .collect_view()}
                <button class="button quiet small">{icon("undo-2")} " " {lang.get(access::UNDO)}</button>
            </form>
        </div>
    }
}

fn requests(open: Vec<RequestLine>, can_decide: bool) -> impl IntoView {
    let lang = use_lang();
    let form = FormState::sent::<Decide>();
    let nothing_picked =
        form.error().with_untracked(|error| error.as_ref().is_some_and(|error| error.problem_of("ids").is_some()));
    let rows = open.into_iter().map(|line| request_row(line, can_decide, &form)).collect_view();
    let table = view! {
        <table class="table cards">
            <caption class="visually-hidden">{lang.get(access::OPEN_REQUESTS)}</caption>
            <thead>
                <tr>
                    {can_decide.then(|| view! { <th scope="col"><span class="visually-hidden">{lang.get(access::PICK)}</span></th> })}
                    <th scope="col">{lang.get(access::REQUESTER)}</th>
                    <th scope="col">{lang.get(access::CHILD)}</th>
                    <th scope="col">{lang.get(access::RELATION_COLUMN)}</th>
                    <th scope="col">{lang.get(access::ROSTER)}</th>
                    <th scope="col">{lang.get(access::MESSAGE_COLUMN)}</th>
                    <th scope="col">{lang.get(access::WHEN)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    };
    if !can_decide {
        return table.into_any();
    }
    view! {
        <form method="post" class="stack" action=Decide::PATH>
            <FormError form=form.clone()/>
            {table}
            <TextField form=form.clone() name="text" label=access::QUESTION_OR_REASON hint=access::QUESTION_OR_REASON_HINT rows=3 maxlength=REASON_MAX/>
            {nothing_picked.then(|| view! { <p class="error">{icon("circle-alert")} " " {lang.get(access::NOTHING_PICKED)}</p> })}
            <div class="bulkbar" role="group" aria-label=lang.get(access::WITH_PICKED)>
                <p class="picked">{lang.get(access::PICKED)}</p>
                <button class="button" name="verdict" value="approve">{icon("check")} " " {lang.get(access::APPROVE)}</button>
                " "
                <button class="button secondary" name="verdict" value="ask">{icon("circle-help")} " " {lang.get(access::ASK)}</button>
                " "
                <button class="button quiet" name="verdict" value="reject">{icon("x")} " " {lang.get(access::REJECT)}</button>
            </div>
        </form>
    }
    .into_any()
}

fn request_row(line: RequestLine, can_decide: bool, form: &FormState) -> impl IntoView + use<> {
    let lang = use_lang();
    let id = line.id.to_string();
    let ticked = form.ticked("ids[]", &id, false);
    let roster = roster_cell(&line, can_decide, form);
    let name = line.name.clone();
    view! {
        <tr>
            {can_decide.then(|| view! {
                <td class="cell-pick">
                    <label class="pick-row">
                        <input type="checkbox" name="ids[]" value=id checked=ticked/>
                        <span class="visually-hidden">{lang.with(access::PICK_REQUEST, &[("name", &name)])}</span>
                    </label>
                </td>
            })}
            <th scope="row" class="cell-title">
                {line.name}
                " "
                <small>{line.email}</small>
                {line.is_repeated.then(|| view! { " " <span class="badge" data-kind="info">{lang.get(access::REPEATED)}</span> })}
                {(line.state == RequestState::Asked).then(|| view! { " " <span class="badge" data-kind="warning">{lang.get(access::ASKED)}</span> })}
            </th>
            <td data-label=lang.get(access::CHILD)><span>{line.child_name}</span></td>
            <td data-label=lang.get(access::RELATION_COLUMN)><span>{relation_text(lang, line.relation)}</span></td>
            <td data-label=lang.get(access::ROSTER)>{roster}</td>
            <td data-label=lang.get(access::MESSAGE_COLUMN)>
                <span>{if line.message.is_empty() { "–".to_owned() } else { line.message }}</span>
                {line.question.map(|question| view! { " " <small>{lang.with(access::ASKED_QUESTION, &[("question", &question)])}</small> })}
            </td>
            <td data-label=lang.get(access::WHEN)>{time(&line.at)}</td>
        </tr>
    }
}

/// How the child named fits the list of pupils, who its guardians are, and which child it is for who decides.
fn roster_cell(line: &RequestLine, can_decide: bool, form: &FormState) -> impl IntoView + use<> {
    let lang = use_lang();
    let (grade, symbol, words) = match line.matches.first().map(|best| best.grade) {
        Some(MatchGrade::Exact) => ("exact", "circle-check", access::EXACT),
        Some(MatchGrade::Similar) => ("similar", "circle-dashed", access::SIMILAR),
        None => ("none", "circle-x", access::NO_MATCH),
    };
    let known = line.matches.iter().map(known_child).collect_view();
    let missing = line.matches.is_empty();
    let choice = (can_decide && !missing).then(|| child_choice(line, form));
    view! {
        <span class="match" data-match=grade>{icon(symbol)} " " {lang.get(words)}</span>
        {missing.then(|| view! { " " <small>{lang.get(access::NO_MATCH_HINT)}</small> })}
        {known}
        {choice}
    }
}

fn child_words(found: &RosterMatch) -> String {
    match &found.group {
        Some(group) => {
            use_lang().with(access::CHILD_IN_GROUP, &[("child", found.name.as_str()), ("group", group.as_str())])
        }
        None => found.name.clone(),
    }
}

/// A child of the roster with its guardians.
fn known_child(found: &RosterMatch) -> impl IntoView + use<> {
    let lang = use_lang();
    let child = child_words(found);
    let names: Vec<&str> = found.guardians.iter().map(|guardian| guardian.name.as_str()).collect();
    let guardians =
        (!names.is_empty()).then(|| lang.with(access::KNOWN_GUARDIANS, &[("names", names.join(", ").as_str())]));
    let is_known = found.guardians.iter().any(|guardian| guardian.is_requester);
    // A guardian without custody, or kept away by a court, must not come back in by the other door.
    let limited = found
        .guardians
        .iter()
        .filter(|guardian| guardian.scope != Scope::Full)
        .map(|guardian| {
            let words = format!("{}: {}", guardian.name, short_scope_text(lang, guardian.scope));
            view! { " " <span class="badge" data-kind=scope_kind(guardian.scope)>{words}</span> }
        })
        .collect_view();
    view! {
        " "
        <small>{child} {guardians.map(|words| format!(". {words}"))}</small>
        {is_known.then(|| view! { " " <span class="badge" data-kind="info">{lang.get(access::KNOWN_REQUESTER)}</span> })}
        {limited}
    }
}

fn child_choice(line: &RequestLine, form: &FormState) -> impl IntoView + use<> {
    let lang = use_lang();
    let id = format!("child-{}", line.id);
    let label = lang.with(access::CHOOSE_CHILD, &[("name", &line.name)]);
    let standard = line.default_child();
    let field = format!("child:{}", line.id);
    let needed = form.error().with_untracked(|error| {
        error.as_ref().is_some_and(|error| error.problem_of(&field) == Some(&Problem::Required))
    });
    let options = line
        .matches
        .iter()
        .map(|found| {
            let value = format!("{}:{}", line.id, found.child);
            let selected = form.ticked("children[]", &value, standard == Some(found.child));
            view! { <option value=value selected=selected>{child_words(found)}</option> }
        })
        .collect_view();
    view! {
        <label class="visually-hidden" for=id.clone()>{label}</label>
        <select id=id.clone() name="children[]">
            <option value="">{lang.get(access::NO_CHILD)}</option>
            {options}
        </select>
        {needed.then(|| view! { <p class="error">{icon("circle-alert")} " " {lang.get(access::CHILD_NEEDED)}</p> })}
    }
}

fn history(decided: Vec<DecidedLine>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <section class="section" aria-labelledby="history">
            <h2 id="history">{lang.get(access::HISTORY)}</h2>
            <ol class="timeline">
                {decided
                    .into_iter()
                    .map(|line| {
                        let words = match line.state {
                            RequestState::Rejected => access::HISTORY_REJECTED,
                            _ => access::HISTORY_APPROVED,
                        };
                        let values = [
                            ("by", line.by.as_str()),
                            ("name", line.name.as_str()),
                            ("child", line.child_name.as_str()),
                            ("reason", line.reason.as_deref().unwrap_or_default()),
                        ];
                        let words = lang.with(words, &values);
                        let undo = line.can_undo.then(|| view! {
                            <form method="post" action=Undo::PATH>
                                <input type="hidden" name="ids[]" value=line.id.to_string()/>
                                <button class="button quiet small">{icon("undo-2")} " " {lang.get(access::UNDO)}</button>
                            </form>
                        });
                        view! { <li>{time(&line.at)}<p>{words}</p>{undo}</li> }
                    })
                    .collect_view()}
            </ol>
        </section>
    }
}
