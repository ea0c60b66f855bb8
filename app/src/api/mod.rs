//! Server functions: what the pages ask of the server. Each is a public door; the domain decides who comes in.

pub mod access;
pub mod account;
pub mod albums;
pub mod comments;
pub mod consent;
pub mod conversations;
pub mod people;
pub mod post_answers;
pub mod posts;
pub mod purposes;
pub mod readers;
#[cfg(feature = "ssr")]
pub mod request;
pub mod reviews;
pub mod search;

use model::ApiError;
use serde::{Deserialize, Serialize};
use server_fn::{
    codec::JsonEncoding,
    error::{FromServerFnError, ServerFnErrorErr},
};

/// How a server function fails: an [`ApiError`], as the framework wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Failure(pub ApiError);

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl FromServerFnError for Failure {
    type Encoder = JsonEncoding;

    /// What goes wrong on the way. Its own words may quote the request, so none of them are passed on.
    fn from_server_fn_error(error: ServerFnErrorErr) -> Failure {
        let error = match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Response(_) | ServerFnErrorErr::Deserialization(_) => {
                ApiError::Offline
            }
            _ => ApiError::Malformed,
        };
        Failure::new(error)
    }
}

impl Failure {
    /// The one place where an error becomes a status.
    pub fn new(error: ApiError) -> Failure {
        #[cfg(feature = "ssr")]
        request::set_status(&error);
        Failure(error)
    }
}

impl From<ApiError> for Failure {
    fn from(error: ApiError) -> Failure {
        Failure::new(error)
    }
}

#[cfg(feature = "ssr")]
impl From<domain::Error> for Failure {
    fn from(error: domain::Error) -> Failure {
        Failure::new(error.into_api())
    }
}

/// An id from a form or address; a malformed one is as good as an unknown one.
#[cfg(feature = "ssr")]
pub fn id<T: std::str::FromStr>(text: &str) -> Result<T, Failure> {
    text.trim().parse().map_err(|_| Failure::new(ApiError::NotFound))
}

/// An id that may be left out.
#[cfg(feature = "ssr")]
pub fn optional_id<T: std::str::FromStr>(text: &str) -> Result<Option<T>, Failure> {
    if text.is_empty() { Ok(None) } else { id(text).map(Some) }
}

/// A path on this site to go on to; anything else is the front page.
#[cfg(feature = "ssr")]
pub fn local_path(path: &str) -> &str {
    let harmless = path.starts_with('/')
        && !path.starts_with("//")
        && !path.starts_with("/api/")
        && path.bytes().all(|b| b.is_ascii_graphic() && b != b'\\');
    if harmless { path } else { "/" }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::local_path;

    #[test]
    fn going_on_stays_on_this_site() {
        assert_eq!(local_path("/posts/1?a=b"), "/posts/1?a=b");
        for bad in
            ["", "https://x.example", "//x.example", "/\\x.example", "/a\r\nSet-Cookie: x", "javascript:x", "/api/x"]
        {
            assert_eq!(local_path(bad), "/", "{bad}");
        }
    }
}
