//! Conversations: who takes part, what may be written, and that each message is there once and in its place.

use crate::support::{Answer, Client, NOW, Person, School, TestPortal};
use axum::http::StatusCode;
use model::{
    ApiError, GuardianshipId, Problem, Time,
    account::{Settings, Viewer},
    conversation::{ConversationList, ConversationPage, StartPage},
    error::Conflict,
    live::LiveEvent,
    roles::{Capacity, Relation, Scope, StaffRole},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

const LIST: &str = "/api/conversations/list";
const START_PAGE: &str = "/api/conversations/start-page";
const START: &str = "/api/conversations/start";
const FIND: &str = "/api/conversations/find";
const SEND: &str = "/api/conversations/send";
const MARK_READ: &str = "/api/conversations/mark-read";

fn new_id() -> String {
    Uuid::now_v7().to_string()
}

/// Starts a conversation with these guardians; the answer's id.
async fn start(client: &Client, child: impl ToString, guardians: &[&Person]) -> Result<String, ApiError> {
    let (id, child) = (new_id(), child.to_string());
    let guardians: Vec<String> = guardians.iter().map(|guardian| guardian.account.to_string()).collect();
    let mut values =
        vec![("id", id.as_str()), ("child", &child), ("subject", "Gymspullen"), ("body", "Waar is de tas?")];
    values.extend(guardians.iter().map(|guardian| ("guardians[]", guardian.as_str())));
    client.call::<()>(START, &values).await.map(|()| id)
}

async fn send(client: &Client, conversation: &str, body: &str) -> Result<(), ApiError> {
    client.call(SEND, &[("conversation", conversation), ("id", &new_id()), ("body", body)]).await
}

async fn find(client: &Client, conversation: &str) -> Result<ConversationPage, ApiError> {
    client.ask(FIND, &[("conversation", conversation)]).await
}

async fn list(client: &Client) -> ConversationList {
    client.ask(LIST, &[]).await.expect("a list")
}

async fn mark_read(client: &Client, conversation: &str, seq: &str) -> Result<(), ApiError> {
    client.call(MARK_READ, &[("conversation", conversation), ("seq", seq)]).await
}

async fn unread(client: &Client) -> u32 {
    let viewer: Option<Viewer> = client.ask("/api/account/viewer", &[]).await.expect("signed in");
    viewer.expect("signed in").unread_conversations
}

/// Every door answers as for something that does not exist.
async fn is_shut(client: &Client, conversation: &str, who: &str) {
    assert_eq!(find(client, conversation).await.expect_err(who), ApiError::NotFound, "{who}");
    assert_eq!(send(client, conversation, "x").await.expect_err(who), ApiError::NotFound, "{who}");
    assert_eq!(mark_read(client, conversation, "1").await.expect_err(who), ApiError::NotFound, "{who}");
    assert_eq!(client.get(&format!("/conversations/{conversation}")).await.status, StatusCode::NOT_FOUND, "{who}");
    assert!(!list(client).await.lines.iter().any(|line| line.id.to_string() == conversation), "{who}");
    assert_eq!(unread(client).await, 0, "{who}");
}

fn texts(page: &ConversationPage) -> Vec<&str> {
    page.messages.iter().map(|message| message.text.as_str()).collect()
}

fn names(page: &ConversationPage) -> Vec<&str> {
    page.with.iter().map(|participant| participant.name.as_str()).collect()
}

fn is_page(answer: &Answer, status: StatusCode) -> String {
    let text = answer.text();
    assert_eq!(answer.status, status, "{text}");
    text
}

/// Changes the school's facts as the people pages would.
macro_rules! change {
    ($test:expr, |$write:ident| $body:expr) => {{
        let mut $write = $test.portal.store.write().await.expect("transaction");
        $body;
        $write.commit().await.expect("committed");
    }};
}

mod forms;
mod members;
mod reading;
mod sending;
mod settings;
