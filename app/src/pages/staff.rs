//! One member of staff: roles and groups.

use super::people::group_chip;
use crate::{
    api::people::{AddRole, AssignGroup, EndRole, UnassignGroup, find_staff},
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{FormError, FormState, Select},
        icon,
        people::{role_choices, role_text},
        states::loaded,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    account::GroupChip,
    people::{StaffLine, StaffPage as Page},
    roles::StaffRole,
};
use server_fn::ServerFn;
use texts::people;

#[component]
pub fn StaffPage() -> impl IntoView {
    let lang = use_lang();
    let (params, query) = (use_params_map(), use_query_map());
    let chosen = move || {
        (
            params.with(|params| params.get("id").unwrap_or_default()),
            query.with(|query| query.get("school").unwrap_or_default()),
        )
    };
    let page = Fetched::new(chosen, |(account, school)| find_staff(account, school));
    view! {
        <Title text=lang.get(people::STAFF)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let Page { school, person, other_groups, can_manage } = page;
    let school = school.id.to_string();
    let account = person.account.to_string();
    let roles: Vec<_> = person.roles.iter().map(|role| role_text(lang, *role)).collect();
    let works_with = lang.with(people::WORKS_WITH, &[("name", &person.name)]);
    view! {
        <header class="page-head">
            <a class="back" href=format!("/people?school={school}")>{icon("arrow-left")} " " {lang.get(people::PEOPLE)}</a>
            <h1>{person.name.clone()}</h1>
        </header>
        <dl class="facts">
            <div><dt>{lang.get(people::EMAIL)}</dt><dd>{person.email.clone()}</dd></div>
            <div><dt>{lang.get(people::ROLES)}</dt><dd>{roles.join(", ")}</dd></div>
        </dl>
        <section class="section" aria-labelledby="groups">
            <h2 id="groups">{works_with}</h2>
            {person.groups.is_empty().then(|| view! { <p class="muted">{lang.get(people::NO_GROUPS)}</p> })}
            {groups(&person, &account, can_manage)}
            {(can_manage && !other_groups.is_empty()).then(|| assign(other_groups, &account))}
        </section>
        {can_manage.then(|| view! {
            <section class="section" aria-labelledby="roles">
                <h2 id="roles">{lang.get(people::ROLES)}</h2>
                {end_roles(&person, &school, &account)}
                {add_role(&person, &school, &account)}
            </section>
        })}
    }
}

fn groups(person: &StaffLine, account: &str, can_manage: bool) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<UnassignGroup>();
    let groups = person
        .groups
        .iter()
        .map(|group| {
            let (id, account) = (group.id.to_string(), account.to_owned());
            if !can_manage {
                return view! { <p>{group_chip(group)}</p> }.into_any();
            }
            view! {
                <form class="row" method="post" action=UnassignGroup::PATH>
                    {group_chip(group)}
                    <input type="hidden" name="group" value=id/>
                    <input type="hidden" name="account" value=account/>
                    <button class="button quiet small">
                        {lang.get(people::UNASSIGN)}
                        <span class="visually-hidden">" " {group.name.clone()}</span>
                    </button>
                </form>
            }
            .into_any()
        })
        .collect_view();
    view! { <FormError form/> {groups} }
}

fn assign(groups: Vec<GroupChip>, account: &str) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<AssignGroup>();
    let choices: Vec<_> = groups.into_iter().map(|group| (group.id.to_string(), group.name)).collect();
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(people::ASSIGN)}</summary>
            <form class="form" method="post" action=AssignGroup::PATH>
                <FormError form=form.clone()/>
                <input type="hidden" name="account" value=account.to_owned()/>
                <Select form=form.clone() name="group" label=people::GROUP choices=choices/>
                <div class="actions"><button class="button secondary">{lang.get(people::ASSIGN)}</button></div>
            </form>
        </details>
    }
}

fn end_roles(person: &StaffLine, school: &str, account: &str) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<EndRole>();
    let words = lang.with(people::END_ROLE_LEAD, &[("name", &person.name)]);
    let buttons = person
        .roles
        .iter()
        .map(|role| {
            let (school, account) = (school.to_owned(), account.to_owned());
            let name = role_text(lang, *role);
            view! {
                <form class="row between" method="post" action=EndRole::PATH>
                    <span>{name}</span>
                    <input type="hidden" name="school" value=school/>
                    <input type="hidden" name="account" value=account/>
                    <input type="hidden" name="role" value=role.as_str()/>
                    <button class="button danger small">
                        {lang.get(people::END_ROLE)}
                        <span class="visually-hidden">" " {name}</span>
                    </button>
                </form>
            }
        })
        .collect_view();
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(people::END_ROLE)}</summary>
            <div class="stack">
                <FormError form=form.clone()/>
                <p>{words}</p>
                {buttons}
            </div>
        </details>
    }
}

fn add_role(person: &StaffLine, school: &str, account: &str) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<AddRole>();
    let others: Vec<StaffRole> =
        StaffRole::ALL.iter().copied().filter(|role| !person.roles.contains(role)).rev().collect();
    let (school, account) = (school.to_owned(), account.to_owned());
    (!others.is_empty()).then(|| {
        view! {
            <details class="fold" open=form.came_back()>
                <summary>{lang.get(people::ADD_ROLE)}</summary>
                <form class="form" method="post" action=AddRole::PATH>
                    <FormError form=form.clone()/>
                    <input type="hidden" name="school" value=school/>
                    <input type="hidden" name="account" value=account/>
                    <Select form=form.clone() name="role" label=people::ROLE choices=role_choices(lang, &others)/>
                    <div class="actions"><button class="button secondary">{lang.get(people::ADD)}</button></div>
                </form>
            </details>
        }
    })
}
