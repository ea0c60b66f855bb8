//! Conversations about one child.

use super::Failure;
use leptos::prelude::*;
use model::conversation::{ConversationList, ConversationPage, StartPage};
use server_fn::codec::GetUrl;

#[cfg(feature = "ssr")]
use super::request::signed_in;

/// The reader's conversations, newest first; `before` is the cursor of an earlier answer.
#[server(endpoint = "conversations/list", input = GetUrl)]
pub async fn list_conversations(#[server(default)] before: String) -> Result<ConversationList, Failure> {
    let (portal, actor, lang) = signed_in()?;
    let before = Some(before.as_str()).filter(|before| !before.is_empty());
    Ok(domain::conversations::list(&portal, &actor, lang, before).await?)
}

/// Whom the reader may start a conversation about, and with whom once a child is chosen.
#[server(endpoint = "conversations/start-page", input = GetUrl)]
pub async fn find_start_page(#[server(default)] child: String) -> Result<StartPage, Failure> {
    let (portal, actor, _) = signed_in()?;
    let child = if child.is_empty() { None } else { Some(super::id(&child)?) };
    Ok(domain::conversations::find_start_page(&portal, &actor, child).await?)
}

#[server(endpoint = "conversations/start")]
pub async fn start_conversation(
    id: String,
    child: String,
    #[server(default)] guardians: Vec<String>,
    subject: String,
    body: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let id = super::id(&id)?;
    let start = domain::conversations::Start {
        id,
        child: super::id(&child)?,
        guardians: guardians.iter().map(|guardian| super::id(guardian)).collect::<Result<_, _>>()?,
        subject: &subject,
        body: &body,
    };
    domain::conversations::start(&portal, &actor, start).await?;
    leptos_axum::redirect(&format!("/conversations/{id}#latest"));
    Ok(())
}

/// The newest messages, or those before a number.
#[server(endpoint = "conversations/find", input = GetUrl)]
pub async fn find_conversation(
    conversation: String,
    #[server(default)] before: Option<i64>,
) -> Result<ConversationPage, Failure> {
    let (portal, actor, lang) = signed_in()?;
    let conversation = super::id(&conversation)?;
    Ok(domain::conversations::find(&portal, &actor, lang, conversation, before).await?)
}

/// `id` is made by the page, `seen` is the number of the last message on it. A form sent without JavaScript says with
/// `next` where to go on; a page that stays where it is says nothing.
#[server(endpoint = "conversations/send")]
pub async fn send_message(
    conversation: String,
    id: String,
    body: String,
    #[server(default)] seen: i64,
    #[server(default)] next: String,
) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    let (conversation, id) = (super::id(&conversation)?, super::id(&id)?);
    domain::conversations::send(&portal, &actor, conversation, id, &body, seen).await?;
    go_on(&next);
    Ok(())
}

#[server(endpoint = "conversations/mark-read")]
pub async fn mark_read(conversation: String, seq: i64, #[server(default)] next: String) -> Result<(), Failure> {
    let (portal, actor, _) = signed_in()?;
    domain::conversations::mark_read(&portal, &actor, super::id(&conversation)?, seq).await?;
    go_on(&next);
    Ok(())
}

#[cfg(feature = "ssr")]
fn go_on(next: &str) {
    if !next.is_empty() {
        leptos_axum::redirect(super::local_path(next));
    }
}
