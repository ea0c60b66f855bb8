//! Letters by mail: composed from texts, delivered by a [`Mailer`].

use crate::{Error, Portal, Result};
use lettre::message::{Mailbox, Message, header};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use texts::Lang;
use uuid::Uuid;

/// How mail leaves the portal.
#[derive(Clone, Debug)]
pub enum Mailer {
    /// One `.eml` file a letter in this folder.
    Folder(PathBuf),
}

/// A letter to one person, ready to send. Holds no pictures and nothing sensitive.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Letter {
    pub to_name: String,
    pub to_email: String,
    /// Tag of the language it is written in.
    pub lang: String,
    pub school: String,
    pub subject: String,
    /// Plain paragraphs.
    pub paragraphs: Vec<String>,
    /// A link with its words, on a line of its own.
    pub link: Option<(String, String)>,
}

impl Letter {
    fn text(&self) -> String {
        let mut text = self.paragraphs.join("\n\n");
        if let Some((words, url)) = &self.link {
            text.push_str(&format!("\n\n{words}:\n{url}"));
        }
        text.push_str(&format!("\n\n{}\n", self.school));
        text
    }
}

/// Delivers a letter. Its id makes the message id and the file's name, so that delivering again is the same letter.
pub async fn deliver(portal: &Portal, id: Uuid, letter: &Letter) -> Result<()> {
    let host = portal.public_url.split("://").nth(1).unwrap_or("localhost");
    let host = host.split([':', '/']).next().unwrap_or("localhost");
    let address = |email: &str| email.parse().map_err(|error| Error::internal(format_args!("address: {error}")));
    let lang = Lang::from_tag(&letter.lang).unwrap_or_default();
    let message = Message::builder()
        .message_id(Some(format!("<{id}@{host}>")))
        .from(Mailbox::new(Some(letter.school.clone()), address(&format!("ikker@{}", mail_host(host)))?))
        .to(Mailbox::new(Some(letter.to_name.clone()), address(&letter.to_email)?))
        .subject(&letter.subject)
        .raw_header(header::HeaderValue::new(
            header::HeaderName::new_from_ascii_str("Content-Language"),
            lang.tag().to_owned(),
        ))
        .raw_header(header::HeaderValue::new(
            header::HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .header(header::ContentType::TEXT_PLAIN)
        .body(letter.text())
        .map_err(Error::internal)?;
    match &portal.mailer {
        Mailer::Folder(folder) => {
            let write = async {
                tokio::fs::create_dir_all(folder).await?;
                let unfinished = folder.join(format!(".{id}.part"));
                tokio::fs::write(&unfinished, message.formatted()).await?;
                tokio::fs::rename(unfinished, folder.join(format!("{id}.eml"))).await
            };
            write.await.map_err(|error| Error::internal(format_args!("mail folder: {error}")))
        }
    }
}

/// A domain that an address may have; a bare `localhost` or number has no dot-separated name.
fn mail_host(host: &str) -> String {
    let named = host.contains('.') && !host.chars().all(|c| c.is_ascii_digit() || c == '.');
    if named { host.to_owned() } else { "ikker.invalid".to_owned() }
}
