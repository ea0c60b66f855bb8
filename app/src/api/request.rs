//! The request behind a server function: who asks, from where, and the cookies that go back.

use super::Failure;
use axum::http::{HeaderValue, StatusCode, header, request::Parts};
use domain::{Actor, Portal, accounts::SignedIn, moments::Dates};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use model::ApiError;
use texts::Lang;

/// What the server has found out about a request before a page or server function sees it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub portal: Portal,
    pub actor: Option<Actor>,
    pub lang: Lang,
    /// Network address of the browser.
    pub address: String,
    pub user_agent: String,
    /// The cookie of a browser that has signed in before.
    pub device: Option<String>,
    /// The code of an invitation that this browser has just made.
    pub letter: Option<String>,
    /// The account that has put off, in this browser, what is open about its children.
    pub later: Option<String>,
    /// Whether cookies need `Secure` and the `__Host-` prefix: everywhere but on http://localhost.
    pub secure: bool,
}

/// The request's facts; absent only where nobody asked, as when the routes are listed at start-up.
pub fn asked() -> Result<Asked, Failure> {
    use_context::<Parts>()
        .and_then(|parts| parts.extensions.get::<Asked>().cloned())
        .ok_or_else(|| Failure::new(ApiError::Malformed))
}

/// The signed-in actor, or [`ApiError::SignedOut`].
pub fn signed_in() -> Result<(Portal, Actor, Lang), Failure> {
    let asked = asked()?;
    let actor = asked.actor.ok_or_else(|| Failure::new(ApiError::SignedOut))?;
    Ok((asked.portal, actor, asked.lang))
}

/// Dates for the reader.
pub fn dates(portal: &Portal, actor: &Actor, lang: Lang) -> Dates {
    Dates::new(lang, actor.time_zone(), portal.clock.now())
}

pub(super) fn set_status(error: &ApiError) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::from_u16(error.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR));
        if let ApiError::TooMany { retry_after } | ApiError::Busy { retry_after } = error {
            response.insert_header(header::RETRY_AFTER, HeaderValue::from(*retry_after));
        }
    }
}

/// Nothing is finished: a form sent without JavaScript is shown again as it was filled in.
pub fn stay() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::ACCEPTED);
    }
}

/// A cookie of ours, by what it is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cookie {
    Session,
    /// Says that this browser has signed in before.
    Device,
    /// The language of somebody who is not signed in.
    Language,
    /// The code of an invitation, for its letter: the server keeps a hash only.
    Letter,
    /// The account that has put off what is open about its children.
    Later,
}

impl Cookie {
    /// `__Host-` ties the cookie to this host over TLS; plain http on localhost can't have it.
    pub fn name(self, secure: bool) -> &'static str {
        match (self, secure) {
            (Cookie::Session, true) => "__Host-ikker",
            (Cookie::Session, false) => "ikker",
            (Cookie::Device, true) => "__Host-ikker-device",
            (Cookie::Device, false) => "ikker-device",
            (Cookie::Language, true) => "__Host-ikker-language",
            (Cookie::Language, false) => "ikker-language",
            (Cookie::Letter, true) => "__Host-ikker-letter",
            (Cookie::Letter, false) => "ikker-letter",
            (Cookie::Later, true) => "__Host-ikker-later",
            (Cookie::Later, false) => "ikker-later",
        }
    }

    /// The `Set-Cookie` value; an empty `value` removes the cookie.
    pub fn set(self, secure: bool, value: &str) -> String {
        let age = match (self, value) {
            (_, "") => 0,
            (Cookie::Session, _) => 180 * 86_400,
            (Cookie::Device | Cookie::Language, _) => 400 * 86_400,
            (Cookie::Letter, _) => 3_600,
            (Cookie::Later, _) => 14 * 86_400,
        };
        let secure_word = if secure { "; Secure" } else { "" };
        format!("{}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Lax{secure_word}", self.name(secure))
    }
}

/// Sends a cookie with the answer.
pub fn set_cookie(secure: bool, cookie: Cookie, value: &str) {
    if let (Some(response), Ok(header)) =
        (use_context::<ResponseOptions>(), HeaderValue::from_str(&cookie.set(secure, value)))
    {
        response.append_header(header::SET_COOKIE, header);
    }
}

/// Signs the browser in.
pub fn start_session(secure: bool, signed_in: SignedIn) {
    if let Some(device) = signed_in.device {
        set_cookie(secure, Cookie::Device, &device);
    }
    set_cookie(secure, Cookie::Session, &signed_in.token);
}
