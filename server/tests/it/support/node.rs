//! A whole server on a free port, and somebody who listens to its event stream byte by byte.

use super::{Client, Person, open_session};
use axum::Router;
use domain::Portal;
use model::live::LiveEvent;
use server::{Server, config::Config};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};

/// What never takes longer unless something hangs.
const HANGS: Duration = Duration::from_secs(20);

pub struct Node {
    pub portal: Portal,
    router: Router,
    server: Server,
}

impl Node {
    pub(super) async fn start(portal: Portal, router: Router, config: &Config) -> Node {
        let server = Server::start(config, portal.clone()).await.expect("started");
        Node { portal, router, server }
    }

    /// A browser in which the person is signed in, at this node.
    pub async fn as_(&self, person: &Person) -> Client {
        self.with_token(&open_session(&self.portal, person.account).await)
    }

    /// The browser that holds this session.
    pub fn with_token(&self, token: &str) -> Client {
        Client::signed_in(&self.router, token)
    }

    /// Somebody who listens; `last` is the last event that their browser has seen.
    pub async fn listen(&self, token: &str, last: Option<&str>) -> Listener {
        Listener::open(self.server.address, "/live", token, last).await
    }

    /// Somebody whose page was made after the event of this number.
    pub async fn listen_after(&self, token: &str, after: &str, last: Option<&str>) -> Listener {
        Listener::open(self.server.address, &format!("/live?after={after}"), token, last).await
    }

    /// Sends a form and goes away, and comes back when the server has seen that nobody waits for its answer.
    pub async fn send_and_leave(&self, token: &str, path: &str, form: &str) {
        let address = self.server.address;
        let mut stream = TcpStream::connect(address).await.expect("connected");
        let length = form.len();
        let request = format!(
            "POST {path} HTTP/1.1\r\nHost: {address}\r\nCookie: ikker={token}\r\nSec-Fetch-Site: same-origin\r\n\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n{form}"
        );
        stream.write_all(request.as_bytes()).await.expect("asked");
        stream.shutdown().await.expect("left");
        let mut answer = Vec::new();
        timeout(HANGS, stream.read_to_end(&mut answer)).await.expect("it is seen").expect("closed");
        assert!(answer.is_empty(), "answered before: {}", String::from_utf8_lossy(&answer));
    }

    /// Stops as on a signal; panics if it does not end.
    pub async fn stop(self) {
        timeout(HANGS, self.server.stop()).await.expect("the server stops");
    }
}

/// An event as it was heard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heard {
    pub id: String,
    /// None for the greeting.
    pub event: Option<LiveEvent>,
}

/// The reading end of an event stream.
pub struct Listener {
    stream: TcpStream,
    /// Status line and headers, in lower case.
    pub head: String,
    /// Received, still in chunks.
    raw: Vec<u8>,
    /// Received and out of its chunks.
    text: String,
}

impl Listener {
    async fn open(address: SocketAddr, path: &str, token: &str, last: Option<&str>) -> Listener {
        let mut stream = TcpStream::connect(address).await.expect("connected");
        let last = last.map(|last| format!("Last-Event-ID: {last}\r\n")).unwrap_or_default();
        let request = format!(
            "GET {path} HTTP/1.1\r\nHost: {address}\r\nCookie: ikker={token}\r\nAccept: text/event-stream\r\n\
             Accept-Encoding: gzip, br\r\n{last}\r\n"
        );
        stream.write_all(request.as_bytes()).await.expect("asked");
        let mut listener = Listener { stream, head: String::new(), raw: Vec::new(), text: String::new() };
        while listener.head.is_empty() {
            assert!(listener.receive().await, "an answer");
            if let Some(end) = listener.raw.windows(4).position(|bytes| bytes == b"\r\n\r\n") {
                listener.head = String::from_utf8_lossy(&listener.raw[..end]).to_lowercase();
                listener.raw.drain(..end + 4);
            }
        }
        listener
    }

    /// False at the end.
    async fn receive(&mut self) -> bool {
        let mut bytes = [0; 4096];
        let count = timeout(HANGS, self.stream.read(&mut bytes)).await.expect("something to hear").unwrap_or(0);
        self.raw.extend_from_slice(&bytes[..count]);
        count > 0
    }

    /// Takes whole chunks out of what was received; false after the last one.
    fn unpack(&mut self) -> bool {
        while let Some(line) = self.raw.windows(2).position(|bytes| bytes == b"\r\n") {
            let size = std::str::from_utf8(&self.raw[..line]).expect("a size");
            let size = usize::from_str_radix(size, 16).expect("a size");
            if size == 0 {
                return false;
            }
            let end = line + 2 + size;
            if self.raw.len() < end + 2 {
                break;
            }
            self.text.push_str(std::str::from_utf8(&self.raw[line + 2..end]).expect("text"));
            self.raw.drain(..end + 2);
        }
        true
    }

    /// The next event; none when the stream has ended.
    pub async fn next(&mut self) -> Option<Heard> {
        loop {
            let goes_on = self.unpack();
            if let Some(end) = self.text.find("\n\n") {
                let block: String = self.text.drain(..end + 2).collect();
                let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
                let Some(id) = field("id:") else { continue };
                let event = match field("event:") {
                    Some("hello") => None,
                    _ => Some(serde_json::from_str(field("data:").expect("data")).expect("an event")),
                };
                return Some(Heard { id: id.to_owned(), event });
            }
            if !goes_on || !self.receive().await {
                return None;
            }
        }
    }

    /// The greeting that every stream begins with.
    pub async fn hello(&mut self) -> String {
        let heard = self.next().await.expect("a greeting");
        assert_eq!(heard.event, None, "the greeting comes first");
        heard.id
    }

    /// The next event itself.
    pub async fn event(&mut self) -> LiveEvent {
        self.next().await.expect("goes on").event.expect("an event")
    }
}
