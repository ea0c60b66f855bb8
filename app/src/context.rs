//! What every component may ask for: the language, who is signed in, and the form that came back.

use crate::{api::account::find_viewer, fetched::Fetched};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{ApiError, account::Viewer};
use texts::Lang;

/// What the server knows about a page before it renders it, beside the request itself.
#[derive(Clone, Debug, Default)]
pub struct Page {
    pub lang: Lang,
    /// A form that was sent without JavaScript and could not be accepted.
    pub feedback: Option<FormFeedback>,
}

/// A form that was sent without JavaScript and is not finished: shown again as it was filled in.
#[derive(Clone, Debug)]
pub struct FormFeedback {
    /// Path of the server function, such as `/api/account/sign-in`.
    pub endpoint: String,
    /// Why it could not be accepted; none if it was sent for something in between, such as adding a photo.
    pub error: Option<ApiError>,
    pub values: Vec<(String, String)>,
}

impl FormFeedback {
    /// What was typed in a field.
    pub fn value(&self, field: &str) -> Option<&str> {
        self.values.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    pub fn values(&self, field: &str) -> Vec<&str> {
        self.values.iter().filter(|(name, _)| name == field).map(|(_, value)| value.as_str()).collect()
    }
}

/// The language of the interface; the same for as long as the page is open.
pub fn use_lang() -> Lang {
    use_context::<Lang>().unwrap_or_default()
}

/// Puts the language into context: from the request on the server, from `<html lang>` in the browser.
pub fn provide_lang() {
    #[cfg(feature = "ssr")]
    let lang = use_context::<Page>().map(|page| page.lang).unwrap_or_default();
    #[cfg(not(feature = "ssr"))]
    let lang = document()
        .document_element()
        .and_then(|html| html.get_attribute("lang"))
        .and_then(|tag| Lang::from_tag(&tag))
        .unwrap_or_default();
    provide_context(lang);
}

/// The id in the path of a page, and after what its list goes on: `?before=`.
pub fn use_list_of() -> impl Fn() -> (String, String) + Copy + Send + Sync + 'static {
    let (params, query) = (use_params_map(), use_query_map());
    move || {
        let id = params.with(|params| params.get("id").unwrap_or_default());
        (id, query.with(|query| query.get("before").unwrap_or_default()))
    }
}

/// Who is signed in; none for nobody. Fetched once, and again when counts change.
#[derive(Clone, Copy)]
pub struct Reader(pub Fetched<Option<Viewer>>);

pub fn provide_reader() {
    provide_context(Reader(Fetched::blocking(|| (), |()| find_viewer())));
}

pub fn use_reader() -> Fetched<Option<Viewer>> {
    expect_context::<Reader>().0
}

/// The form that came back to this page, if it was sent to `endpoint`. Always none in the browser.
pub fn use_feedback(endpoint: &str) -> Option<FormFeedback> {
    use_context::<Page>().and_then(|page| page.feedback).filter(|feedback| feedback.endpoint == endpoint)
}
