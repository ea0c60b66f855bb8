//! One table: path, page, and how it is rendered. Every page is rendered whole by the server (`SsrMode::Async`): nothing
//! shifts while it loads, and redirects and statuses are known before the first byte.

use crate::{
    browser,
    context::{provide_lang, provide_reader},
    live::provide_live,
    pages, parts,
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
    let at_first = browser::title();
    view! {
        <Title formatter=move |title: String| document_title(&title, at_first.as_ref()) text=""/>
        <Router>
            <Frame>
                <Routes fallback=pages::not_found::NotFound>
                    <Route path=path!("/") view=pages::feed::FeedPage ssr=SsrMode::Async/>
                    <Route path=path!("/sign-in") view=pages::sign_in::SignInPage ssr=SsrMode::Async/>
                    <Route path=path!("/join") view={Lazy::<parts::Join>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/request-access") view={Lazy::<parts::RequestAccess>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/posts/:id") view={Lazy::<parts::Post>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/posts/:id/readers") view={Lazy::<parts::Readers>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/posts/:id/edit") view={Lazy::<parts::Compose>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/posts/:id/poll") view={Lazy::<parts::Poll>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/posts/:id/staff") view={Lazy::<parts::PostStaff>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/compose") view={Lazy::<parts::Compose>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/compose/check") view={Lazy::<parts::Check>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/compose/names") view={Lazy::<parts::Names>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/albums") view={Lazy::<parts::Albums>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/search") view={Lazy::<parts::Search>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/drafts") view={Lazy::<parts::Drafts>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/children/:id/preferences") view={Lazy::<parts::Preferences>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/children/:id/preferences/history") view={Lazy::<parts::Answers>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/children/:id/preferences/receipt/:answer") view={Lazy::<parts::Receipt>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/children/:id/seen") view={Lazy::<parts::Seen>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/groups/:id/preferences") view={Lazy::<parts::GroupPreferences>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/reviews") view={Lazy::<parts::Reviews>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/reviews/:id") view={Lazy::<parts::Review>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/preferences") view={Lazy::<parts::Coverage>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/purposes") view={Lazy::<parts::Purposes>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/purposes/new") view={Lazy::<parts::NewPurpose>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/purposes/:id") view={Lazy::<parts::Purpose>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/conversations") view={Lazy::<parts::Conversations>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/conversations/new") view={Lazy::<parts::StartConversation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/conversations/:id") view={Lazy::<parts::Conversation>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/settings") view={Lazy::<parts::Settings>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/access") view={Lazy::<parts::Access>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people") view={Lazy::<parts::People>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/former") view={Lazy::<parts::Former>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/child/:id") view={Lazy::<parts::Child>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/staff/:id") view={Lazy::<parts::Staff>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/letter/:id") view={Lazy::<parts::Letter>::new()} ssr=SsrMode::Async/>
                    <Route path=path!("/people/audit") view={Lazy::<parts::Audit>::new()} ssr=SsrMode::Async/>
                </Routes>
            </Frame>
        </Router>
    }
}

/// Titles hold what people have typed, such as the title of a post. While the browser fetches the part of a page that says its
/// title, what stands there stays; at first what the server wrote, which is wiped before anybody is asked.
fn document_title(title: &str, at_first: Option<&String>) -> String {
    match title.is_empty() {
        true => browser::title().or_else(|| at_first.cloned()).unwrap_or_else(|| "Ikker".to_owned()),
        false => raw_text(&format!("{title} · Ikker")),
    }
}
