//! The people of a school: groups, staff, open invitations, and the children of one group.

use crate::{
    api::{
        access::{InviteStaff, RevokeInvitation},
        people::{AddChild, AddGroup, find_people},
    },
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{Field, FormError, FormState, Select},
        icon,
        people::{role_choices, role_text, scope_kind, short_scope_text},
        schools::school_tabs,
        states::loaded,
        table::table,
        time,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    GroupId, SchoolId,
    access::InvitationLine,
    account::GroupChip,
    check::{EMAIL_MAX, NAME_MAX},
    people::{ChildLine, GroupLine, GroupPeople, GuardianLine, PeoplePage as Page, StaffLine},
    roles::{Scope, StaffRole},
};
use server_fn::ServerFn;
use texts::people;

/// In the order in which a school looks for them.
const INVITED_ROLES: [StaffRole; 4] =
    [StaffRole::Teacher, StaffRole::Specialist, StaffRole::Office, StaffRole::Director];

#[component]
pub fn PeoplePage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let chosen =
        move || query.with(|query| (query.get("school").unwrap_or_default(), query.get("group").unwrap_or_default()));
    let page = Fetched::new(chosen, |(school, group)| find_people(school, group));
    view! {
        <Title text=lang.get(people::PEOPLE)/>
        <div class="page wide">{loaded(page, content)}</div>
    }
}

fn content(mut page: Page) -> impl IntoView {
    match page.group.take() {
        Some(group) => one_group(group, &page).into_any(),
        None => everybody(page).into_any(),
    }
}

fn everybody(page: Page) -> impl IntoView {
    let lang = use_lang();
    let school = page.school.id;
    let can_manage = page.can_manage;
    let classes: Vec<GroupChip> = page.groups.iter().map(|line| line.group.clone()).collect();
    let former = can_manage.then(|| {
        let href = format!("/people/former?school={school}");
        view! { <p><a href=href>{icon("archive")} " " {lang.get(people::FORMER_LINK)}</a></p> }
    });
    let new_group = can_manage.then(|| new_group(page.new_group, school));
    let new_staff = can_manage.then(|| new_staff(&page, classes));
    view! {
        <header class="page-head">
            <h1>{lang.get(people::PEOPLE)}</h1>
            <p class="lead">{lang.get(people::PEOPLE_LEAD)}</p>
        </header>
        {school_tabs("/people", &page.schools, school)}
        <section class="section" aria-labelledby="groups">
            <h2 id="groups">{lang.get(people::GROUPS)}</h2>
            <ul class="tiles">{page.groups.into_iter().map(group_tile).collect_view()}</ul>
            {new_group}
            {former}
        </section>
        <section class="section" aria-labelledby="staff">
            <h2 id="staff">{lang.get(people::STAFF)}</h2>
            {staff_table(page.staff, school)}
            {new_staff}
        </section>
        {(!page.invitations.is_empty()).then(|| view! {
            <section class="section" aria-labelledby="invitations">
                <h2 id="invitations">{lang.get(people::INVITATIONS)}</h2>
                {invitation_table(page.invitations, can_manage, &format!("/people?school={school}"))}
            </section>
        })}
    }
}

fn group_tile(line: GroupLine) -> impl IntoView {
    let lang = use_lang();
    let mut words = vec![lang.count(people::CHILDREN_COUNT, u64::from(line.children), &[])];
    if !line.year.is_empty() {
        words.push(line.year);
    }
    if !line.staff.is_empty() {
        words.push(line.staff.join(", "));
    }
    view! {
        <li class="tile" data-hue=line.group.hue.map(|hue| hue.to_string())>
            <h3><a href=format!("/people?group={}", line.group.id)>{line.group.name}</a></h3>
            <p>{words.join(" · ")}</p>
        </li>
    }
}

fn new_group(id: GroupId, school: SchoolId) -> impl IntoView {
    let lang = use_lang();
    let form = FormState::sent::<AddGroup>();
    let id = form.value("id", &id.to_string());
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(people::NEW_GROUP)}</summary>
            <form class="form" method="post" action=AddGroup::PATH>
                <FormError form=form.clone()/>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="school" value=school.to_string()/>
                <div class="field-row">
                    <Field form=form.clone() name="name" id="group-name" label=people::GROUP_NAME required=true maxlength=NAME_MAX/>
                    <Field form=form.clone() name="year" label=people::SCHOOL_YEAR hint=people::SCHOOL_YEAR_HINT required=true maxlength=20/>
                </div>
                <div class="actions"><button class="button">{lang.get(people::ADD)}</button></div>
            </form>
        </details>
    }
}

/// A group as a chip with its name.
pub(super) fn group_chip(group: &GroupChip) -> impl IntoView + use<> {
    view! { <span class="group-chip" data-hue=group.hue.map(|hue| hue.to_string())>{group.name.clone()}</span> " " }
}

fn staff_table(staff: Vec<StaffLine>, school: SchoolId) -> impl IntoView {
    let lang = use_lang();
    let row = |line: StaffLine| {
        let roles: Vec<_> = line.roles.iter().map(|role| role_text(lang, *role)).collect();
        let href = format!("/people/staff/{}?school={school}", line.account);
        view! {
            <tr>
                <th scope="row"><a href=href>{line.name}</a> " " <small>{line.email}</small></th>
                <td>{roles.join(", ")}</td>
                <td>{line.groups.iter().map(group_chip).collect_view()}</td>
            </tr>
        }
        .into_any()
    };
    let columns = [people::NAME, people::ROLES, people::GROUPS];
    table(people::STAFF, &columns, None, staff.into_iter().map(row).collect())
}

fn new_staff(page: &Page, groups: Vec<GroupChip>) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<InviteStaff>();
    let id = form.value("id", &page.new_invitation.to_string());
    let school = page.school.id.to_string();
    let groups: Vec<_> = std::iter::once((String::new(), lang.get(people::NO_GROUP).to_owned()))
        .chain(groups.into_iter().filter(|group| !group.is_school).map(|group| (group.id.to_string(), group.name)))
        .collect();
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(people::INVITE_STAFF)}</summary>
            <form class="form" method="post" action=InviteStaff::PATH>
                <FormError form=form.clone()/>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="school" value=school/>
                <Field form=form.clone() name="name" label=people::NAME required=true maxlength=NAME_MAX/>
                <Field form=form.clone() name="email" label=people::EMAIL hint=people::EMAIL_HINT kind="email" maxlength=EMAIL_MAX/>
                <div class="field-row">
                    <Select form=form.clone() name="role" label=people::ROLE choices=role_choices(lang, &INVITED_ROLES)/>
                    <Select form=form.clone() name="group" label=people::GROUP choices=groups/>
                </div>
                <div class="actions"><button class="button">{lang.get(people::INVITE)}</button></div>
            </form>
        </details>
    }
}

/// Open invitations; `here` is the page to come back to.
pub(super) fn invitation_table(
    invitations: Vec<InvitationLine>,
    can_manage: bool,
    here: &str,
) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<RevokeInvitation>();
    let row = |line: InvitationLine| {
        let role = line.role.map(|role| role_text(lang, role).to_owned());
        let actions = can_manage.then(|| invitation_actions(&line, here.to_owned()));
        view! {
            <tr>
                <th scope="row">{line.name} {line.email.map(|email| view! { " " <small>{email}</small> })}</th>
                <td>
                    {line.child.or(role)}
                    {line.scope.filter(|scope| *scope != Scope::Full).map(scope_badge)}
                </td>
                <td>
                    {time(&line.expires)}
                    {line.is_expired.then(|| view! { " " <span class="badge" data-kind="warning">{lang.get(people::EXPIRED)}</span> })}
                </td>
                {actions}
            </tr>
        }
        .into_any()
    };
    let columns = [people::NAME, people::INVITATION_FOR, people::VALID_UNTIL];
    let actions = can_manage.then_some(people::ACTIONS);
    view! {
        <FormError form/>
        {table(people::INVITATIONS, &columns, actions, invitations.into_iter().map(row).collect())}
    }
}

fn invitation_actions(line: &InvitationLine, here: String) -> impl IntoView + use<> {
    let lang = use_lang();
    let (id, name) = (line.id.to_string(), line.name.clone());
    view! {
        <td class="cell-actions">
            <form class="row end" method="post" action=RevokeInvitation::PATH>
                <a class="button secondary small" href=format!("/people/letter/{id}")>
                    {lang.get(people::LETTER)}
                    <span class="visually-hidden">" " {name.clone()}</span>
                </a>
                <input type="hidden" name="invitation" value=id/>
                <input type="hidden" name="next" value=here/>
                <button class="button quiet small">
                    {lang.get(people::REVOKE)}
                    <span class="visually-hidden">" " {name}</span>
                </button>
            </form>
        </td>
    }
}

pub(super) fn scope_badge(scope: Scope) -> impl IntoView {
    let words = short_scope_text(use_lang(), scope);
    view! { " " <span class="badge" data-kind=scope_kind(scope)>{words}</span> }
}

fn one_group(people_of: GroupPeople, page: &Page) -> impl IntoView + use<> {
    let lang = use_lang();
    let GroupPeople { group, children } = people_of;
    let back = format!("/people?school={}", page.school.id);
    let empty = children.is_empty();
    let new_child = (page.can_manage && !group.is_school).then(|| new_child(page, group.id));
    view! {
        <header class="page-head">
            <a class="back" href=back>{icon("arrow-left")} " " {lang.get(people::PEOPLE)}</a>
            <h1>{group.name}</h1>
            <p class="lead">{lang.count(people::CHILDREN_COUNT, children.len() as u64, &[])}</p>
        </header>
        {match empty {
            true => view! { <p class="muted">{lang.get(people::NO_CHILDREN)}</p> }.into_any(),
            false => child_table(children).into_any(),
        }}
        {new_child}
    }
}

fn child_table(children: Vec<ChildLine>) -> impl IntoView {
    let row = |child: ChildLine| {
        let href = format!("/people/child/{}", child.id);
        view! {
            <tr>
                <th scope="row"><a href=href>{child.name}</a></th>
                <td>{guardians(&child.guardians)}</td>
            </tr>
        }
        .into_any()
    };
    table(people::CHILDREN, &[people::NAME, people::GUARDIANS], None, children.into_iter().map(row).collect())
}

fn guardians(guardians: &[GuardianLine]) -> impl IntoView + use<> {
    let lang = use_lang();
    if guardians.is_empty() {
        return view! { <span class="muted">{lang.get(people::NO_GUARDIANS)}</span> }.into_any();
    }
    guardians
        .iter()
        .enumerate()
        .map(|(place, guardian)| {
            let separator = if place > 0 { ", " } else { "" };
            let limited = (guardian.scope != Scope::Full).then(|| scope_badge(guardian.scope));
            view! { {separator} {guardian.name.clone()} {limited} }
        })
        .collect_view()
        .into_any()
}

fn new_child(page: &Page, group: GroupId) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<AddChild>();
    let id = form.value("id", &page.new_child.to_string());
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(people::NEW_CHILD)}</summary>
            <form class="form" method="post" action=AddChild::PATH>
                <FormError form=form.clone()/>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="group" value=group.to_string()/>
                <div class="field-row">
                    <Field form=form.clone() name="given_name" label=people::GIVEN_NAME required=true maxlength=NAME_MAX/>
                    <Field form=form.clone() name="family_name" label=people::FAMILY_NAME required=true maxlength=NAME_MAX/>
                </div>
                <div class="actions"><button class="button">{lang.get(people::ADD)}</button></div>
            </form>
        </details>
    }
}
