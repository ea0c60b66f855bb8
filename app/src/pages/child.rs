//! One child for the school's office: guardians and what they may see, invitations, group.

use super::{
    paper::{paper_form, recorded_forms},
    people::{group_chip, invitation_table, scope_badge},
};
use crate::{
    api::{
        access::InviteGuardian,
        people::{EndGuardianship, MoveChild, RemoveChild, SetScope, find_child},
    },
    context::use_lang,
    fetched::Fetched,
    ui::{
        form::{Field, FormError, FormState, Select, TextField},
        icon,
        people::{relation_choices, relation_text, scope_choices},
        states::loaded,
    },
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{
    account::GroupChip,
    check::{EMAIL_MAX, NAME_MAX, REASON_MAX},
    people::{ChildLine, ChildPage as Page, GuardianLine, PaperForms},
    roles::Scope,
};
use server_fn::ServerFn;
use texts::people;

#[component]
pub fn ChildPage() -> impl IntoView {
    let lang = use_lang();
    let params = use_params_map();
    let id = move || params.with(|params| params.get("id").unwrap_or_default());
    let page = Fetched::new(id, find_child);
    view! {
        <Title text=lang.get(people::PEOPLE)/>
        <div class="page">{loaded(page, content)}</div>
    }
}

fn content(page: Page) -> impl IntoView {
    let lang = use_lang();
    let Page { child, group, groups, invitations, can_manage, paper, new_invitation } = page;
    let here = format!("/people/child/{}", child.id);
    let back = group.as_ref().map_or_else(|| "/people".to_owned(), |group| format!("/people?group={}", group.id));
    let back_words = group.as_ref().map_or_else(|| lang.get(people::PEOPLE).to_owned(), |group| group.name.clone());
    let seen = lang.with(texts::seen::LINK, &[("name", &child.name)]);
    let forms = can_manage.then(|| {
        view! {
            {invite(&child, new_invitation.to_string())}
            {move_to(&child, group.as_ref(), groups)}
            {leave(&child, back.clone())}
        }
    });
    let guardians =
        child.guardians.iter().map(|line| guardian(line, &child, can_manage, paper.as_ref())).collect_view();
    let of_pupil = paper.as_ref().filter(|paper| paper.is_pupils).map(|paper| paper_form(&child, None, paper));
    let recorded = paper.filter(|paper| !paper.recorded.is_empty()).map(|paper| recorded_forms(&child, paper.recorded));
    view! {
        <header class="page-head">
            <a class="back" href=back.clone()>{icon("arrow-left")} " " {back_words}</a>
            <h1>{child.name.clone()}</h1>
            {group.as_ref().map(|group| view! { <p class="lead">{group_chip(group)}</p> })}
        </header>
        {can_manage.then(|| view! { <p><a href=format!("/children/{}/seen", child.id)>{icon("eye")} " " {seen}</a></p> })}
        <section class="section" aria-labelledby="guardians">
            <h2 id="guardians">{lang.get(people::GUARDIANS)}</h2>
            {child.guardians.is_empty().then(|| view! { <p class="muted">{lang.get(people::NO_GUARDIANS)}</p> })}
            {guardians}
            {of_pupil}
        </section>
        {recorded}
        {(!invitations.is_empty()).then(|| view! {
            <section class="section" aria-labelledby="invitations">
                <h2 id="invitations">{lang.get(people::INVITATIONS)}</h2>
                {invitation_table(invitations, can_manage, &here)}
            </section>
        })}
        {forms}
    }
}

fn guardian(
    line: &GuardianLine,
    child: &ChildLine,
    can_manage: bool,
    paper: Option<&PaperForms>,
) -> impl IntoView + use<> {
    let lang = use_lang();
    let answers = |paper: &&PaperForms| line.scope == Scope::Full && !paper.is_pupils;
    let paper = paper.filter(answers).map(|paper| paper_form(child, Some(line), paper));
    let forms = can_manage.then(|| guardian_forms(line, child));
    view! {
        <article class="card">
            <h3>{line.name.clone()} {scope_badge(line.scope)}</h3>
            <dl class="facts">
                <div><dt>{lang.get(people::EMAIL)}</dt><dd>{line.email.clone()}</dd></div>
                <div><dt>{lang.get(people::RELATION)}</dt><dd>{relation_text(lang, line.relation)}</dd></div>
            </dl>
            {paper}
            {forms}
        </article>
    }
}

/// Several guardians have these forms: ids carry the guardianship's.
fn guardian_forms(line: &GuardianLine, child: &ChildLine) -> impl IntoView + use<> {
    let lang = use_lang();
    let id = line.guardianship.to_string();
    let change = FormState::sent_with::<SetScope>("guardianship", &id);
    let end = FormState::sent_with::<EndGuardianship>("guardianship", &id);
    let values = [("name", line.name.as_str()), ("child", child.name.as_str())];
    let end_words = lang.with(people::END_GUARDIANSHIP_LEAD, &values);
    view! {
        <details class="fold" open=change.came_back()>
            <summary>{lang.get(people::CHANGE_SCOPE)}</summary>
            <form class="form" method="post" action=SetScope::PATH>
                <FormError form=change.clone()/>
                <input type="hidden" name="guardianship" value=id.clone()/>
                <Select form=change.clone() name="scope" id=format!("scope-{id}") label=people::SCOPE choices=scope_choices(lang, Scope::ALL) value=line.scope.as_str()/>
                <TextField form=change.clone() name="reason" id=format!("why-{id}") label=people::REASON hint=people::REASON_HINT rows=2 required=true maxlength=REASON_MAX/>
                <div class="actions"><button class="button secondary">{lang.get(people::SAVE)}</button></div>
            </form>
        </details>
        <details class="fold" open=end.came_back()>
            <summary>{lang.get(people::END_GUARDIANSHIP)}</summary>
            <form class="form" method="post" action=EndGuardianship::PATH>
                <FormError form=end.clone()/>
                <input type="hidden" name="guardianship" value=id.clone()/>
                <p>{end_words}</p>
                <TextField form=end.clone() name="reason" id=format!("end-{id}") label=people::REASON hint=people::REASON_HINT rows=2 required=true maxlength=REASON_MAX/>
                <div class="actions"><button class="button danger">{lang.get(people::END_GUARDIANSHIP)}</button></div>
            </form>
        </details>
    }
}

fn invite(child: &ChildLine, new_id: String) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<InviteGuardian>();
    let id = form.value("id", &new_id);
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(people::INVITE_GUARDIAN)}</summary>
            <form class="form" method="post" action=InviteGuardian::PATH>
                <FormError form=form.clone()/>
                <input type="hidden" name="id" value=id/>
                <input type="hidden" name="child" value=child.id.to_string()/>
                <Field form=form.clone() name="name" label=people::NAME required=true maxlength=NAME_MAX/>
                <Field form=form.clone() name="email" label=people::EMAIL hint=people::EMAIL_HINT kind="email" maxlength=EMAIL_MAX/>
                <Select form=form.clone() name="relation" label=people::RELATION choices=relation_choices(lang)/>
                <Select form=form.clone() name="scope" label=people::SCOPE choices=scope_choices(lang, &[Scope::Full, Scope::OnRequest])/>
                <div class="actions"><button class="button">{lang.get(people::INVITE)}</button></div>
            </form>
        </details>
    }
}

fn move_to(child: &ChildLine, now: Option<&GroupChip>, groups: Vec<GroupChip>) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<MoveChild>();
    let now = now.map(|group| group.id);
    let groups: Vec<_> = groups
        .into_iter()
        .filter(|group| Some(group.id) != now)
        .map(|group| (group.id.to_string(), group.name))
        .collect();
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(people::MOVE_CHILD)}</summary>
            <form class="form" method="post" action=MoveChild::PATH>
                <FormError form=form.clone()/>
                <input type="hidden" name="child" value=child.id.to_string()/>
                <Select form=form.clone() name="group" label=people::GROUP choices=groups/>
                <div class="actions"><button class="button secondary">{lang.get(people::MOVE)}</button></div>
            </form>
        </details>
    }
}

fn leave(child: &ChildLine, next: String) -> impl IntoView + use<> {
    let lang = use_lang();
    let form = FormState::sent::<RemoveChild>();
    let values = [("child", child.name.as_str())];
    view! {
        <details class="fold" open=form.came_back()>
            <summary>{lang.get(people::CHILD_LEAVES)}</summary>
            <form class="form" method="post" action=RemoveChild::PATH>
                <FormError form=form.clone()/>
                <input type="hidden" name="child" value=child.id.to_string()/>
                <input type="hidden" name="next" value=next/>
                <p>{lang.with(people::CHILD_LEAVES_LEAD, &values)}</p>
                <div class="actions"><button class="button danger">{lang.with(people::CHILD_LEAVES_BUTTON, &values)}</button></div>
            </form>
        </details>
    }
}
