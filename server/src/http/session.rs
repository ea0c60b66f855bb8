//! Finds out who asks, before anything else looks at the request.

use super::AppState;
use app::api::request::{Asked, Cookie};
use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderMap, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::CookieJar;
use domain::Actor;
use std::net::SocketAddr;
use texts::Lang;

/// What the request says of itself, before anybody is asked.
struct Said {
    session: Option<String>,
    language: Option<String>,
    accept_language: String,
    asked: Asked,
}

fn said(state: &AppState, request: &Request) -> Said {
    let secure = state.inner.secure;
    let jar = CookieJar::from_headers(request.headers());
    let cookie = |cookie: Cookie| jar.get(cookie.name(secure)).map(|cookie| cookie.value().to_owned());
    let text = |name: header::HeaderName| {
        request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned()
    };
    Said {
        session: cookie(Cookie::Session),
        language: cookie(Cookie::Language),
        accept_language: text(header::ACCEPT_LANGUAGE),
        asked: Asked {
            portal: state.portal.clone(),
            actor: None,
            lang: Lang::default(),
            address: address(request, state.inner.trust_proxy),
            user_agent: text(header::USER_AGENT),
            device: cookie(Cookie::Device),
            letter: cookie(Cookie::Letter),
            later: cookie(Cookie::Later),
            secure,
        },
    }
}

/// Puts [`Asked`] into the request.
pub async fn resolve(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let Said { session, language, accept_language, mut asked } = said(&state, &request);
    if let Some(token) = session {
        match Actor::resolve(&state.portal, &token).await {
            Ok(actor) => asked.actor = actor,
            Err(error) => {
                let status = error.into_api().status();
                return StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR).into_response();
            }
        }
    }
    asked.lang = asked
        .actor
        .as_ref()
        .and_then(Actor::lang)
        .or_else(|| language.as_deref().and_then(Lang::from_tag))
        .unwrap_or_else(|| Lang::from_accept(&accept_language));
    request.extensions_mut().insert(asked);
    next.run(request).await
}

fn address(request: &Request, trust_proxy: bool) -> String {
    let forwarded = |headers: &HeaderMap| {
        let last = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim();
        last.parse::<std::net::IpAddr>().ok()
    };
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let address = if trust_proxy { forwarded(request.headers()).or(peer) } else { peer };
    address.map(|address| address.to_string()).unwrap_or_default()
}

/// `/sign-out` as a link would change something by GET; it leads to the button instead.
pub async fn sign_out() -> Redirect {
    Redirect::to("/settings")
}
