//! The reader's conversations.

use crate::{
    api::conversations::list_conversations,
    context::use_lang,
    fetched::Fetched,
    live::on_live,
    ui::{icon, initials, states::refreshed, time},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    conversation::{ConversationLine, ConversationList},
    live::LiveEvent,
};
use texts::{conversations, frame};

#[component]
pub fn ConversationsPage() -> impl IntoView {
    let lang = use_lang();
    let query = use_query_map();
    let before = Memo::new(move |_| query.with(|query| query.get("before").unwrap_or_default()));
    let page = Fetched::new(move || before.get(), list_conversations);
    on_live(move |event| {
        if matches!(event, LiveEvent::Counts | LiveEvent::Resync) {
            page.refetch();
        }
    });
    view! {
        <Title text=lang.get(conversations::TITLE)/>
        <div class="page">{refreshed(page, content)}</div>
    }
}

fn content(list: ConversationList) -> impl IntoView {
    let lang = use_lang();
    let empty = if list.is_staff { conversations::EMPTY_STAFF } else { conversations::EMPTY_GUARDIAN };
    let lines = list.lines.iter().map(line).collect_view();
    view! {
        <header class="page-head">
            <h1>{lang.get(conversations::TITLE)}</h1>
            <p class="lead">{lang.get(conversations::LEAD)}</p>
            {list.can_start.then(|| view! {
                <div class="page-actions">
                    <a class="button" href="/conversations/new">{icon("plus")} " " {lang.get(conversations::NEW)}</a>
                </div>
            })}
        </header>
        {if list.lines.is_empty() {
            view! {
                <div class="empty">
                    <img src="/empty-conversations.svg" width="200" height="140" alt=""/>
                    <h2>{lang.get(conversations::EMPTY_TITLE)}</h2>
                    <p>{lang.get(empty)}</p>
                </div>
            }.into_any()
        } else {
            view! { <ul class="list">{lines}</ul> }.into_any()
        }}
        {list.older.map(|cursor| view! {
            <p class="older">
                <a class="button secondary" href=format!("/conversations?before={cursor}")>{lang.get(conversations::OLDER_LIST)}</a>
            </p>
        })}
    }
}

fn line(line: &ConversationLine) -> impl IntoView + use<> {
    let lang = use_lang();
    let unread = line.unread;
    let place = if unread > 0 { "unread" } else { "latest" };
    let href = format!("/conversations/{}#{place}", line.id);
    let author = line.last_author.clone().unwrap_or_else(|| lang.get(conversations::YOU).to_owned());
    view! {
        <li class="list-row" data-unread=(unread > 0).then_some("")>
            <a href=href>
                <span class="avatar" data-hue=line.hue.map(|hue| hue.to_string()) aria-hidden="true">{initials(&line.child)}</span>
                <span class="list-text">
                    <span class="list-title">{line.child.clone()} ": " {line.subject.clone()}</span>
                    <span class="list-sub">{line.with.join(", ")}</span>
                    <span class="list-preview">{author} ": " {line.last.clone()}</span>
                </span>
                <span class="list-side">
                    {time(&line.at)}
                    {(unread > 0).then(|| view! {
                        <span class="count">{unread}<span class="visually-hidden">" " {lang.get(frame::UNREAD)}</span></span>
                    })}
                </span>
            </a>
        </li>
    }
}
