//! The poll of a post.

use crate::{
    api::post_answers::{Vote, open_poll},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{FormError, FormState, field_error},
        icon,
        states::loaded,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::options::{PollChoice, PollPage as Poll};
use server_fn::ServerFn;
use texts::{Lang, options};

#[component]
pub fn PollPage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let page = Fetched::new(move || id.get(), open_poll);
    view! {
        <div class="page">
            {loaded(page, |poll| {
                let title = poll.question.clone();
                view! { <Title text=title/> {shown(poll)} }
            })}
        </div>
    }
}

fn shown(poll: Poll) -> impl IntoView {
    let lang = use_lang();
    let until = lang.get(if poll.is_closed { options::CLOSED_SINCE } else { options::OPEN_UNTIL });
    let how = lang.get(if poll.is_anonymous { options::IS_ANONYMOUS } else { options::IS_NAMED });
    let results = poll.voters.map(|voters| results(lang, voters, &poll.choices));
    let voted = (poll.has_voted && !poll.can_vote).then(|| {
        view! {
            <p class="ask" data-state="done">{icon("circle-check")} <span>{lang.get(options::VOTED)}</span></p>
        }
    });
    view! {
        <header class="page-head">
            <a class="back" href=format!("/posts/{}", poll.post)>{icon("arrow-left")} " " {poll.title.clone()}</a>
            <h1>{poll.question.clone()}</h1>
            <p class="lead">{until} " " {time(&poll.closes)} ". " {how}</p>
        </header>
        {poll.can_vote.then(|| ballot(lang, &poll))}
        {voted}
        {results}
    }
}

fn ballot(lang: Lang, poll: &Poll) -> impl IntoView + use<> {
    let form = FormState::sent::<Vote>();
    let kind = if poll.is_multiple { "checkbox" } else { "radio" };
    let choices: Vec<_> = poll
        .choices
        .iter()
        .map(|choice| {
            let id = choice.id.to_string();
            let chosen = form.ticked("choices[]", &id, choice.chosen);
            view! {
                <label class="choice">
                    <input type=kind name="choices[]" value=id checked=chosen/>
                    <span class="choice-text">{choice.text.clone()}</span>
                </label>
            }
        })
        .collect();
    let label = lang.get(if poll.has_voted { options::VOTE_AGAIN } else { options::VOTE });
    view! {
        <form class="form" method="post" action=Vote::PATH>
            <FormError form=form.clone()/>
            <input type="hidden" name="post" value=poll.post.to_string()/>
            <fieldset class="choices" id="choices">
                <legend>{lang.get(if poll.is_multiple { options::CHOOSE_SEVERAL } else { options::CHOOSE_ONE })}</legend>
                {choices}
                {field_error(&form, "choices", "choices")}
            </fieldset>
            <div class="actions"><button class="button">{label}</button></div>
        </form>
    }
}

fn results(lang: Lang, voters: u32, choices: &[PollChoice]) -> impl IntoView + use<> {
    let rows: Vec<_> = choices
        .iter()
        .map(|choice| {
            let votes = choice.votes.unwrap_or_default();
            let names =
                (!choice.names.is_empty()).then(|| view! { <p class="muted small">{choice.names.join(", ")}</p> });
            view! {
                <li class="stack tight">
                    <p><strong>{votes}</strong> " " {choice.text.clone()}</p>
                    <meter min="0" max=voters.max(1) value=votes>{votes}</meter>
                    {names}
                </li>
            }
        })
        .collect();
    view! {
        <section class="section" aria-labelledby="results">
            <h2 id="results">{lang.get(options::RESULTS)}</h2>
            <p class="muted">{lang.count(options::VOTERS, u64::from(voters), &[])}</p>
            <ul class="stack">{rows}</ul>
        </section>
    }
}
