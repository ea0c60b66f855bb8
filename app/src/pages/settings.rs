//! The reader's own account: language, password, devices.

use crate::{
    api::account::{ChangePassword, RevokeDevice, SetLanguage, SetSchoolSettings, SignOut, find_settings},
    context::{use_lang, use_reader},
    fetched::Fetched,
    ui::{
        form::{Field, FormError, FormState, Submit},
        icon,
        states::loaded,
        time,
    },
};
use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::account::{Device, GovernedSchool, Settings, Space, Viewer};
use server_fn::ServerFn;
use texts::{Lang, Text, account, albums, asking, consent, people, review};

#[component]
pub fn SettingsPage() -> impl IntoView {
    let lang = use_lang();
    let page = Fetched::new(|| (), |()| find_settings());
    view! {
        <Title text=lang.get(account::SETTINGS)/>
        <div class="page">
            <header class="page-head"><h1>{lang.get(account::SETTINGS)}</h1></header>
            <Links/>
            {loaded(page, content)}
        </div>
    }
}

/// Ways to pages that have no place in the main menu.
#[component]
fn Links() -> impl IntoView {
    let lang = use_lang();
    let reader = use_reader();
    view! {
        <Suspense fallback=|| ()>
            {move || Suspend::new(async move { reader.await.ok().flatten().map(|viewer| links(lang, viewer)) })}
        </Suspense>
    }
}

fn links(lang: Lang, viewer: Viewer) -> impl IntoView {
    let open = viewer.open_preferences;
    let preferences = viewer.children.first().map(|child| {
        let names: Vec<String> = viewer.children.iter().map(|child| child.name.clone()).collect();
        let open = (open > 0).then(|| lang.count(consent::OPEN, u64::from(open), &[]));
        let words = names.join(", ") + &open.map(|open| format!(" · {open}")).unwrap_or_default();
        link(format!("/children/{}/preferences", child.id), "shield", lang.get(consent::TITLE), words)
    });
    let groups = viewer.is_staff().then(|| {
        viewer
            .groups
            .iter()
            .filter(|group| !group.is_school)
            .map(|group| {
                link(format!("/groups/{}/preferences", group.id), "image", lang.get(consent::TITLE), group.name.clone())
            })
            .collect_view()
    });
    let reviews = viewer.is_staff().then(|| {
        link("/reviews".to_owned(), "eye", lang.get(review::TITLE), lang.get(review::SETTINGS_LEAD).to_owned())
    });
    let people = viewer.has_people_pages().then(|| {
        link("/people".to_owned(), "users", lang.get(people::PEOPLE), lang.get(people::PEOPLE_LINK_LEAD).to_owned())
    });
    let audit = viewer.is_director().then(|| {
        link(
            "/people/audit".to_owned(),
            "history",
            lang.get(people::AUDIT),
            lang.get(people::AUDIT_LINK_LEAD).to_owned(),
        )
    });
    let coverage = viewer.is_director().then(|| {
        link(
            "/preferences".to_owned(),
            "users",
            lang.get(asking::COVERAGE),
            lang.get(asking::COVERAGE_LINK_LEAD).to_owned(),
        )
    });
    let purposes = viewer.is_director().then(|| {
        link(
            "/purposes".to_owned(),
            "shield-check",
            lang.get(asking::PURPOSES),
            lang.get(asking::PURPOSES_LINK_LEAD).to_owned(),
        )
    });
    let photos = link("/albums".to_owned(), "image", lang.get(albums::TITLE), String::new());
    view! { <ul class="link-list">{photos}{preferences}{reviews}{people}{audit}{coverage}{purposes}{groups}</ul> }
}

fn link(href: String, symbol: &'static str, words: &'static str, more: String) -> impl IntoView {
    view! { <li><a href=href>{icon(symbol)}<span>{words} " " <small>{more}</small></span></a></li> }
}

fn content(settings: Settings) -> impl IntoView {
    let lang = use_lang();
    let chosen = settings.language.clone().unwrap_or_default();
    let choices = std::iter::once(("", lang.get(account::LANGUAGE_OF_BROWSER), None))
        .chain(Lang::ALL.map(|choice| (choice.tag(), choice.name(), Some(choice.tag()))));
    view! {
        <section class="section">
            <dl class="facts">
                <div><dt>{lang.get(account::NAME)}</dt><dd>{settings.name}</dd></div>
                <div><dt>{lang.get(account::EMAIL)}</dt><dd>{settings.email}</dd></div>
            </dl>
            <form method="post" action=SignOut::PATH>
                <button class="button secondary">{icon("log-out")} " " {lang.get(account::SIGN_OUT)}</button>
            </form>
        </section>
        <section class="section">
            // A whole page load: the language is fixed for as long as a page is open.
            <form class="form" method="post" action=SetLanguage::PATH>
                <input type="hidden" name="next" value="/settings"/>
                <fieldset class="choices">
                    <legend>{lang.get(account::LANGUAGE)}</legend>
                    {choices
                        .map(|(tag, name, own)| view! {
                            <label class="choice">
                                <input type="radio" name="language" value=tag checked=chosen == tag/>
                                <span class="choice-text" lang=own>{name}</span>
                            </label>
                        })
                        .collect_view()}
                </fieldset>
                <div class="actions"><button class="button secondary">{lang.get(account::SAVE)}</button></div>
            </form>
        </section>
        <Devices devices=settings.devices/>
        <Password/>
        {settings.governed.into_iter().map(|governed| view! { <School governed/> }).collect_view()}
    }
}

#[component]
fn Devices(devices: Vec<Device>) -> impl IntoView {
    let lang = use_lang();
    view! {
        <section class="section">
            <h2>{lang.get(account::DEVICES)}</h2>
            <p class="muted">{lang.get(account::DEVICES_LEAD)}</p>
            <ul class="list devices">
                {devices
                    .into_iter()
                    .map(|device| view! {
                        <li class="list-row">
                            <div>
                                {icon("smartphone")}
                                <span class="list-text">
                                    <span class="list-title">
                                        {device.name}
                                        {device.is_this.then(|| view! { " " <span class="badge" data-kind="success">{lang.get(account::THIS_DEVICE)}</span> })}
                                    </span>
                                    <span class="list-sub">{lang.get(account::LAST_SEEN)} " " {time(&device.seen)}</span>
                                </span>
                                {(!device.is_this).then(|| view! {
                                    <form method="post" class="list-side" action=RevokeDevice::PATH>
                                        <input type="hidden" name="session" value=device.id.to_string()/>
                                        <button class="button secondary small">{lang.get(account::REVOKE)}</button>
                                    </form>
                                })}
                            </div>
                        </li>
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Password() -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<ChangePassword>::new();
    let form = FormState::of(action);
    view! {
        <section class="section">
            <h2>{lang.get(account::CHANGE_PASSWORD)}</h2>
            {done("password", account::PASSWORD_CHANGED)}
            <ActionForm action=action attr:class="form" attr:novalidate=true>
                <FormError form=form.clone()/>
                <Field form=form.clone() name="current_password" label=account::CURRENT_PASSWORD kind="password" autocomplete="current-password" required=true/>
                <Field form=form.clone() name="new_password" label=account::NEW_PASSWORD hint=account::NEW_PASSWORD_HINT kind="password" autocomplete="new-password" required=true/>
                <div class="actions"><Submit label=account::CHANGE_PASSWORD pending=action.pending() class="button secondary"/></div>
            </ActionForm>
        </section>
    }
}

/// Says that what the address names has just been done.
fn done(what: &'static str, text: Text) -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    move || {
        query.with(|query| query.get("done").as_deref() == Some(what)).then(|| view! {
            <div class="notice" data-kind="success" role="status">{icon("circle-check")}<div><p>{lang.get(text)}</p></div></div>
        })
    }
}

/// How much of the school's space is left, in words.
fn space_text(lang: Lang, Space { taken, all }: Space) -> String {
    let taken = in_words(taken);
    match all {
        Some(all) => lang.with(account::SPACE_TAKEN_OF, &[("taken", &taken), ("all", &in_words(all))]),
        None => lang.with(account::SPACE_TAKEN, &[("taken", &taken)]),
    }
}

/// Megabytes, or gigabytes where those have two digits. What is begun counts as whole.
fn in_words(bytes: u64) -> String {
    const MEGA: u64 = 1_000_000;
    const GIGA: u64 = 1_000 * MEGA;
    if bytes < 10 * GIGA { format!("{} MB", bytes.div_ceil(MEGA)) } else { format!("{} GB", bytes.div_ceil(GIGA)) }
}

/// What a director decides for the school.
#[component]
fn School(governed: GovernedSchool) -> impl IntoView {
    let lang = use_lang();
    let action = ServerAction::<SetSchoolSettings>::new();
    let form = FormState::of(action);
    let GovernedSchool { school, settings, space } = governed;
    let state = form.clone();
    let switch = move |name: &'static str, on: bool, label: Text, hint: Option<Text>| {
        let ticked = state.ticked(name, "true", on);
        view! {
            <label class="choice">
                <input type="checkbox" name=name value="true" checked=ticked/>
                <span class="choice-text">
                    {lang.get(label)}
                    {hint.map(|hint| view! { " " <small>{lang.get(hint)}</small> })}
                </span>
            </label>
        }
    };
    view! {
        <section class="section">
            <h2>{lang.with(account::SCHOOL_SETTINGS, &[("school", &school.name)])}</h2>
            {done("school", account::SCHOOL_SAVED)}
            <p>{space_text(lang, space)}</p>
            <ActionForm action=action attr:class="form">
                <FormError form=form.clone()/>
                <input type="hidden" name="school" value=school.id.to_string()/>
                <fieldset class="choices">
                    <legend>{lang.get(account::WHO_POSTS)}</legend>
                    <p class="hint">{lang.get(account::WHO_POSTS_HINT)}</p>
                    {switch("teachers_post_to_school", settings.teachers_post_to_school, account::TEACHERS_POST, None)}
                    {switch("specialists_post_to_school", settings.specialists_post_to_school, account::SPECIALISTS_POST, None)}
                    {switch("office_posts_to_school", settings.office_posts_to_school, account::OFFICE_POSTS, None)}
                </fieldset>
                <fieldset class="choices">
                    <legend>{lang.get(account::CONVERSATIONS)}</legend>
                    {switch("guardians_start_conversations", settings.guardians_start_conversations, account::GUARDIANS_START, None)}
                </fieldset>
                <fieldset class="choices">
                    <legend>{lang.get(account::LINKS)}</legend>
                    {switch("link_cards", settings.link_cards, account::LINK_CARDS, Some(account::LINK_CARDS_HINT))}
                </fieldset>
                <fieldset class="choices">
                    <legend>{lang.get(account::PREFERENCES)}</legend>
                    {switch("all_must_agree", settings.all_must_agree, account::ALL_MUST_AGREE, Some(account::ALL_MUST_AGREE_HINT))}
                    {switch("yearly_reminder", settings.yearly_reminder, account::YEARLY_REMINDER, Some(account::YEARLY_REMINDER_HINT))}
                </fieldset>
                <Field form=form.clone() name="views_kept_days" label=account::VIEWS_KEPT hint=account::VIEWS_KEPT_HINT class="short" value=settings.views_kept_days.to_string() required=true maxlength=4/>
                <div class="actions"><Submit label=account::SAVE pending=action.pending() class="button secondary"/></div>
            </ActionForm>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn space_is_told_in_round_numbers() {
        for (bytes, words) in [
            (0, "0 MB"),
            (1, "1 MB"),
            (1_000_000, "1 MB"),
            (9_999_000_000, "9999 MB"),
            (10_000_000_000, "10 GB"),
            (50_000_000_001, "51 GB"),
        ] {
            assert_eq!(in_words(bytes), words);
        }
        assert!(space_text(Lang::Nl, Space { taken: 2_000_000, all: None }).contains("2 MB"));
    }
}
