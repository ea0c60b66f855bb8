//! Asks the web: within limits, and only what is public.

use futures::StreamExt as _;
use reqwest::{Client, Url, header, redirect};
use std::{
    net::{IpAddr, SocketAddr},
    time::Duration,
};
use tokio::{net::lookup_host, time::timeout};

/// For everything: looking up, connecting, following, reading.
const PATIENCE: Duration = Duration::from_secs(8);
/// Bytes read of a page: what it says of itself stands at its beginning.
const BYTES: usize = 256 * 1024;
/// Redirects followed.
const STEPS: usize = 4;

/// Where the server may go.
#[derive(Clone, Copy, Debug)]
pub struct Web {
    may_ask: fn(SocketAddr) -> bool,
}

/// Why there is nothing to show. Told to nobody but the log.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    #[error("not an address of the public web")]
    NotPublic,
    #[error("not found in the network")]
    Unknown,
    #[error("takes too long")]
    Slow,
    #[error("leads on and on")]
    Loop,
    #[error("answers {0}")]
    Status(u16),
    #[error("is no page")]
    NoPage,
    #[error("{0}")]
    Broken(#[from] reqwest::Error),
}

impl WebError {
    /// Whether another try may end otherwise.
    pub fn may_pass(&self) -> bool {
        match self {
            WebError::Unknown | WebError::Slow | WebError::Broken(_) => true,
            WebError::Status(status) => *status >= 500 || *status == 429,
            WebError::NotPublic | WebError::Loop | WebError::NoPage => false,
        }
    }
}

impl Default for Web {
    /// The public internet, at the ports of web servers.
    fn default() -> Web {
        Web { may_ask: |address| super::guard::is_public(address.ip()) && matches!(address.port(), 80 | 443) }
    }
}

impl Web {
    /// Another rule for what may be asked, for tests.
    pub fn with_rule(may_ask: fn(SocketAddr) -> bool) -> Web {
        Web { may_ask }
    }

    /// The beginning of an HTML page, and the host that it came from in the end.
    pub async fn read_page(self, url: &str) -> Result<(String, String), WebError> {
        let read = async {
            let mut url = Url::parse(url).map_err(|_| WebError::NotPublic)?;
            for _ in 0..=STEPS {
                let client = self.client_for(&url).await?;
                let answer = client.get(url.clone()).header(header::ACCEPT, "text/html").send().await?;
                if answer.status().is_redirection() {
                    let place = answer.headers().get(header::LOCATION).and_then(|place| place.to_str().ok());
                    url = place.and_then(|place| url.join(place).ok()).ok_or(WebError::NoPage)?;
                    continue;
                }
                if !answer.status().is_success() {
                    return Err(WebError::Status(answer.status().as_u16()));
                }
                let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
                if !kind.is_some_and(|kind| kind.starts_with("text/html") || kind.starts_with("application/xhtml+xml"))
                {
                    return Err(WebError::NoPage);
                }
                let host = url.host_str().unwrap_or_default().to_owned();
                let mut page = Vec::new();
                let mut stream = answer.bytes_stream();
                while page.len() < BYTES
                    && let Some(bytes) = stream.next().await
                {
                    page.extend_from_slice(&bytes?);
                }
                page.truncate(BYTES);
                return Ok((String::from_utf8_lossy(&page).into_owned(), host));
            }
            Err(WebError::Loop)
        };
        timeout(PATIENCE, read).await.unwrap_or(Err(WebError::Slow))
    }

    /// A client that can reach just the address that was looked up and found fit: a name that leads elsewhere a moment later
    /// leads nowhere.
    async fn client_for(self, url: &Url) -> Result<Client, WebError> {
        if !matches!(url.scheme(), "http" | "https") || !url.username().is_empty() || url.password().is_some() {
            return Err(WebError::NotPublic);
        }
        let host = url.host_str().ok_or(WebError::NotPublic)?;
        let port = url.port_or_known_default().ok_or(WebError::NotPublic)?;
        let literal = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>().ok();
        let found: Vec<SocketAddr> = match literal {
            Some(address) => vec![SocketAddr::new(address, port)],
            None => lookup_host((host, port)).await.map_err(|_| WebError::Unknown)?.collect(),
        };
        // One that is not fit among them is reason enough.
        if found.is_empty() || !found.iter().all(|address| (self.may_ask)(*address)) {
            return Err(if found.is_empty() { WebError::Unknown } else { WebError::NotPublic });
        }
        let client = Client::builder()
            .resolve_to_addrs(host, &found)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .referer(false)
            .timeout(PATIENCE)
            .user_agent("Ikker (link cards)");
        Ok(client.build()?)
    }
}
