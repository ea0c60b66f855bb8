//! What pages fetch from the server. One resource type for all of them: the machinery of a resource is compiled once for
//! each type of answer, and a telephone would have to load it as often.

use crate::{api::Failure, order::Order};
use leptos::{
    prelude::*,
    server::codee::{Decoder, Encoder},
    task::spawn,
};
use model::ApiError;
use serde::{Serialize, de::DeserializeOwned};
use std::{
    any::Any,
    convert::Infallible,
    future::{Future, IntoFuture},
    marker::PhantomData,
    pin::Pin,
    sync::Arc,
};

/// What can come from the server and be shown.
pub trait Wire: Clone + Serialize + DeserializeOwned + Send + Sync + 'static {}

impl<T: Clone + Serialize + DeserializeOwned + Send + Sync + 'static> Wire for T {}

/// The answer of a server function: fetched by the server while it renders the page, by the browser from then on.
pub struct Fetched<T> {
    pub(crate) answer: Resource<Answer, AsText>,
    again: StoredValue<Again>,
    order: Order,
    of: PhantomData<fn() -> T>,
}

impl<T> Clone for Fetched<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Fetched<T> {}

/// `Result<T, Failure>`, whatever `T` is.
#[derive(Clone)]
pub(crate) enum Answer {
    Here(Arc<dyn Held>),
    /// As the page brought it, in JSON.
    Text(Arc<str>),
}

pub(crate) trait Held: Any + Send + Sync {
    #[cfg(feature = "ssr")]
    fn text(&self) -> String;
}

impl<T: Wire> Held for Result<T, Failure> {
    #[cfg(feature = "ssr")]
    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|error| {
            tracing::error!(%error, "an answer can't be put on the page");
            String::new()
        })
    }
}

impl Answer {
    pub(crate) fn read<T: Wire>(self) -> Result<T, Failure> {
        let lost = || Err(Failure(ApiError::Malformed));
        match self {
            Answer::Here(held) => {
                let held: &dyn Any = &*held;
                held.downcast_ref::<Result<T, Failure>>().cloned().unwrap_or_else(lost)
            }
            // From bytes, as answers to the browser are read: the same code.
            Answer::Text(text) => serde_json::from_slice(text.as_bytes()).unwrap_or_else(|_| lost()),
        }
    }
}

/// How an answer stands on the page.
pub(crate) struct AsText;

impl Encoder<Answer> for AsText {
    type Error = Infallible;
    type Encoded = String;

    fn encode(answer: &Answer) -> Result<String, Infallible> {
        Ok(match answer {
            #[cfg(feature = "ssr")]
            Answer::Here(held) => held.text(),
            // Only the server puts answers on a page.
            #[cfg(not(feature = "ssr"))]
            Answer::Here(_) => String::new(),
            Answer::Text(text) => text.to_string(),
        })
    }
}

impl Decoder<Answer> for AsText {
    type Error = Infallible;
    type Encoded = str;

    fn decode(text: &str) -> Result<Answer, Infallible> {
        Ok(Answer::Text(text.into()))
    }
}

type Fetching = Pin<Box<dyn Future<Output = Answer> + Send>>;

/// Asks once more what is asked now; no answer where something else is asked by the time it comes.
type Again = Arc<dyn Fn() -> Pin<Box<dyn Future<Output = Option<Answer>> + Send>> + Send + Sync>;

/// A question that is ready to be asked. It is never the same as another: whether to ask again is decided before.
#[derive(Clone)]
struct Question(Arc<dyn Fn() -> Fetching + Send + Sync>);

impl PartialEq for Question {
    fn eq(&self, _: &Question) -> bool {
        false
    }
}

impl<T: Wire> Fetched<T> {
    /// Fetches at once, and again whenever `source` says something else.
    pub fn new<S, F>(
        source: impl Fn() -> S + Send + Sync + 'static,
        fetch: impl Fn(S) -> F + Send + Sync + 'static,
    ) -> Fetched<T>
    where
        S: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        Self::build(source, fetch, false)
    }

    /// The same, and no page is sent without it.
    pub fn blocking<S, F>(
        source: impl Fn() -> S + Send + Sync + 'static,
        fetch: impl Fn(S) -> F + Send + Sync + 'static,
    ) -> Fetched<T>
    where
        S: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        Self::build(source, fetch, true)
    }

    fn build<S, F>(
        source: impl Fn() -> S + Send + Sync + 'static,
        fetch: impl Fn(S) -> F + Send + Sync + 'static,
        blocking: bool,
    ) -> Fetched<T>
    where
        S: Clone + PartialEq + Send + Sync + 'static,
        F: Future<Output = Result<T, Failure>> + Send + 'static,
    {
        let source = Memo::new(move |_| source());
        let ask = Arc::new(move |asked| -> Fetching {
            let answer = fetch(asked);
            Box::pin(async move { Answer::Here(Arc::new(answer.await)) })
        });
        let again: Again = {
            let ask = ask.clone();
            Arc::new(move || {
                let asked = source.get_untracked();
                let answer = ask(asked.clone());
                Box::pin(async move {
                    let answer = answer.await;
                    (source.try_get_untracked() == Some(asked)).then_some(answer)
                })
            })
        };
        let question: Box<dyn Fn() -> Question + Send + Sync> = Box::new(move || {
            let (asked, ask) = (source.get(), ask.clone());
            Question(Arc::new(move || ask(asked.clone())))
        });
        Fetched {
            answer: resource(question, blocking),
            again: StoredValue::new(again),
            order: Order::default(),
            of: PhantomData,
        }
    }

    /// Fetches again; what is there stays until then, and where it stands on the screen.
    pub fn refetch(self) {
        refetch(self.answer, self.again, self.order);
    }
}

/// Apart from what differs between pages, so that it is there once.
fn resource(question: Box<dyn Fn() -> Question + Send + Sync>, blocking: bool) -> Resource<Answer, AsText> {
    Resource::new_with_options(question, |question: Question| (question.0)(), blocking)
}

/// The same.
fn refetch(shown: Resource<Answer, AsText>, again: StoredValue<Again>, order: Order) {
    let Some(answer) = again.try_with_value(|again| again()) else { return };
    let number = order.ask();
    spawn(async move {
        if let Some(answer) = answer.await
            && order.may_show(number)
        {
            shown.set(Some(answer));
        }
    });
}

impl<T: Wire> IntoFuture for Fetched<T> {
    type Output = Result<T, Failure>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { self.answer.await.read() })
    }
}
