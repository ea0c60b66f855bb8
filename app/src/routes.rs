//! One table: path, page, and how it is rendered. Every page is rendered whole by the server (`SsrMode::Async`): nothing
//! shifts while it loads, and redirects and statuses are known before the first byte.

use crate::{
    context::{provide_lang, provide_reader},
    live::provide_live,
    pages,
    ui::{frame::Frame, raw_text},
};
use leptos::prelude::*;
use leptos_meta::{Title, provide_meta_context};
use leptos_router::{
    Lazy, SsrMode,
    components::{Route, Router, Routes},
    path,
};

/// Pages for somebody who is not signed in; every other page sends them to `/sign-in`.
pub const PUBLIC_PATHS: [&str; 3] = ["/sign-in", "/join", "/request-access"];

#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    provide_lang();
    provide_reader();
    provide_live();
    view! {
        <Title formatter=document_title/>
        <Router>
            <Frame>
                <Routes fallback=pages::not_found::NotFound>
                    <Route path=path!("/") view=pages::feed::FeedPage ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view=pages::sign_in::SignInPage ssr=SsrMode::Async/>
                    <Route path=path!("/children/:id/preferences") view=pages::preferences::PreferencesPage ssr=SsrMode::Async/>
                    <Route path=path!("/groups/:id/preferences") view={Lazy::<pages::group_preferences::GroupPreferencesRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/posts/:id") view=pages::post::PostPage ssr=SsrMode::Async/>
                    <Route path=path!("/posts/:id/edit") view={Lazy::<pages::compose::ComposeRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/compose/check") view={Lazy::<pages::check::CheckRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/compose") view={Lazy::<pages::compose::ComposeRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/drafts") view={Lazy::<pages::drafts::DraftsRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/conversations") view=pages::conversations::ConversationsPage ssr=SsrMode::Async/>
                    <Route path=path!("/conversations/new") view=pages::start_conversation::StartConversationPage ssr=SsrMode::Async/>
                    <Route path=path!("/conversations/:id") view=pages::conversation::ConversationPage ssr=SsrMode::Async/>
                    <Route path=path!("/settings") view=pages::settings::SettingsPage ssr=SsrMode::Async/>
                    <Route path=path!("/join") view=pages::join::JoinPage ssr=SsrMode::Async/>
                    <Route path=path!("/request-access") view=pages::request_access::RequestAccessPage ssr=SsrMode::Async/>
                    // For staff: fetched when they come there, so that a parent's telephone never loads them.
                    <Route path=path!("/access") view={Lazy::<pages::access::AccessRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people") view={Lazy::<pages::people::PeopleRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/child/:id") view={Lazy::<pages::child::ChildRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/staff/:id") view={Lazy::<pages::staff::StaffRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/letter/:id") view={Lazy::<pages::letter::LetterRoute>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/audit") view={Lazy::<pages::audit::AuditRoute>::new()} ssr=SsrMode::Async/>
                </Routes>
            </Frame>
        </Router>
    }
}

/// Titles hold what people have typed, such as the title of a post.
fn document_title(title: String) -> String {
    if title.is_empty() { "Ikker".to_owned() } else { raw_text(&format!("{title} · Ikker")) }
}
