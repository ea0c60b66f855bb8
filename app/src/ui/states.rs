//! What a page shows while it waits, and when it can't have what it asked for.

use super::icon;
use crate::{
    context::use_lang,
    fetched::{Answer, AsText, Fetched, Wire},
};
use leptos::prelude::*;
use leptos_meta::Title;
use leptos_router::hooks::use_navigate;
use model::{ApiError, Problem, error::Conflict};
use std::sync::Arc;
use texts::{Lang, Text, errors};

/// What is shown once it is there: its content, or what went wrong and what to do.
pub fn loaded<T: Wire, V: IntoView + 'static>(
    fetched: Fetched<T>,
    content: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let show = shower(content);
    let answer = fetched.answer;
    view! { <Suspense fallback=skeleton>{move || answered(answer, show.clone())}</Suspense> }.into_any()
}

/// Like [`loaded`], but what stands there stays until what is fetched again replaces it.
pub fn refreshed<T: Wire, V: IntoView + 'static>(
    fetched: Fetched<T>,
    content: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView {
    let show = shower(content);
    let answer = fetched.answer;
    view! { <Transition fallback=skeleton>{move || answered(answer, show.clone())}</Transition> }.into_any()
}

/// Shows an answer, whatever it is the answer to.
type Show = Arc<dyn Fn(Answer) -> AnyView + Send + Sync>;

fn shower<T: Wire, V: IntoView + 'static>(content: impl Fn(T) -> V + Send + Sync + 'static) -> Show {
    Arc::new(move |answer| match answer.read::<T>() {
        Ok(value) => content(value).into_any(),
        Err(failure) => view! { <Failed error=failure.0/> }.into_any(),
    })
}

fn answered(answer: Resource<Answer, AsText>, show: Show) -> AnyView {
    Suspend::new(async move { show(answer.await) }).into_any()
}

fn skeleton() -> impl IntoView {
    view! { <div class="skeleton" aria-hidden="true"><span></span><span></span><span></span></div> }
}

/// A page or part of one that can't be shown.
#[component]
pub fn Failed(error: ApiError) -> impl IntoView {
    let lang = use_lang();
    if error == ApiError::SignedOut {
        let navigate = use_navigate();
        Effect::new(move |_| navigate("/sign-in", Default::default()));
    }
    let missing = error == ApiError::NotFound;
    let title = lang.get(if missing { errors::NOT_FOUND_TITLE } else { errors::FAILED_TITLE });
    view! {
        <Title text=title/>
        <div class="empty" role="alert">
            {missing.then(|| view! { <img src="/not-found.svg" width="200" height="140" alt=""/> })}
            <h1>{title}</h1>
            <p>{error_text(lang, &error)}</p>
            <a class="button secondary" href="/">{lang.get(errors::TO_THE_NEWS)}</a>
        </div>
    }
}

/// A box above a form: why it could not be accepted.
#[component]
pub fn ErrorNotice(error: ApiError) -> impl IntoView {
    let lang = use_lang();
    view! {
        <div class="notice" data-kind="error" role="alert">
            {icon("circle-alert")}
            <div><p>{error_text(lang, &error)}</p></div>
        </div>
    }
}

/// What happened and what to do, in the reader's language.
pub fn error_text(lang: Lang, error: &ApiError) -> String {
    let minutes = |seconds: &u32| lang.count(errors::MINUTES, u64::from(seconds.div_ceil(60).max(1)), &[]);
    match error {
        ApiError::SignedOut => lang.get(errors::SIGNED_OUT).to_owned(),
        ApiError::NotFound => lang.get(errors::NOT_FOUND).to_owned(),
        ApiError::Invalid { fields } => lang.count(errors::INVALID, fields.len() as u64, &[]),
        ApiError::Conflict { reason } => lang.get(conflict_text(*reason)).to_owned(),
        ApiError::TooMany { retry_after } => lang.with(errors::TOO_MANY, &[("wait", &minutes(retry_after))]),
        ApiError::Busy { .. } => lang.get(errors::BUSY).to_owned(),
        ApiError::Malformed => lang.get(errors::MALFORMED).to_owned(),
        ApiError::TooLarge => lang.get(errors::TOO_LARGE).to_owned(),
        ApiError::Offline => lang.get(errors::OFFLINE).to_owned(),
        ApiError::Internal { reference } => lang.with(errors::INTERNAL, &[("reference", reference)]),
    }
}

fn conflict_text(reason: Conflict) -> Text {
    match reason {
        Conflict::WrongCredentials => errors::WRONG_CREDENTIALS,
        Conflict::CodeNotValid => errors::CODE_NOT_VALID,
        Conflict::AccountExists => errors::ACCOUNT_EXISTS,
        Conflict::ChangedMeanwhile => errors::CHANGED_MEANWHILE,
        Conflict::PictureCheckOpen => errors::PICTURE_CHECK_OPEN,
        Conflict::PictureNotAllowed => errors::PICTURE_NOT_ALLOWED,
        Conflict::MediaNotReady => errors::MEDIA_NOT_READY,
        Conflict::MediaFailed => errors::MEDIA_FAILED,
        Conflict::TooManyPhotos => errors::TOO_MANY_PHOTOS,
        Conflict::PurposeSuperseded => errors::PURPOSE_SUPERSEDED,
        Conflict::PurposeNeeded => errors::PURPOSE_NEEDED,
        Conflict::NotTheirs => errors::NOT_THEIRS,
        Conflict::NoCustody => errors::NO_CUSTODY,
        Conflict::ChildIsHere => errors::CHILD_IS_HERE,
        Conflict::AlreadyDecided => errors::ALREADY_DECIDED,
        Conflict::LastDirector => errors::LAST_DIRECTOR,
        Conflict::NobodyElse => errors::NOBODY_ELSE,
        Conflict::TooLate => errors::TOO_LATE,
        Conflict::NobodyReads => errors::NOBODY_READS,
        Conflict::RemindedToday => errors::REMINDED_TODAY,
        Conflict::PollClosed => errors::POLL_CLOSED,
    }
}

/// What is wrong with one field.
pub fn problem_text(lang: Lang, problem: &Problem) -> String {
    match problem {
        Problem::Required => lang.get(errors::REQUIRED).to_owned(),
        Problem::TooLong { max } => lang.count(errors::TOO_LONG, u64::from(*max), &[]),
        Problem::TooShort { min } => lang.count(errors::TOO_SHORT, u64::from(*min), &[]),
        Problem::StrangeCharacters => lang.get(errors::STRANGE_CHARACTERS).to_owned(),
        Problem::NotAnEmail => lang.get(errors::NOT_AN_EMAIL).to_owned(),
        Problem::EasyPassword => lang.get(errors::EASY_PASSWORD).to_owned(),
        Problem::NotAChoice => lang.get(errors::NOT_A_CHOICE).to_owned(),
        Problem::TooEarly => lang.get(errors::TOO_EARLY).to_owned(),
        Problem::OutOfRange { min, max } => {
            lang.with(errors::OUT_OF_RANGE, &[("min", &min.to_string()), ("max", &max.to_string())])
        }
        Problem::TooFewPixels { min } => lang.count(errors::TOO_FEW_PIXELS, u64::from(*min), &[]),
        Problem::File { code } => file_text(lang, code),
    }
}

/// Why a file can't be used; `code` is one of `media`'s.
pub fn file_text(lang: Lang, code: &str) -> String {
    let text = match code {
        "empty" => errors::FILE_EMPTY,
        "not-a-picture" => errors::FILE_NOT_A_PICTURE,
        "unsupported" => errors::FILE_UNSUPPORTED,
        "too-large" => errors::FILE_TOO_LARGE,
        "too-many-pixels" | "too-long" => errors::FILE_TOO_MANY_PIXELS,
        "film-too-long" => errors::FILE_FILM_TOO_LONG,
        "macros" => errors::FILE_MACROS,
        "external" => errors::FILE_EXTERNAL,
        "encrypted" => errors::FILE_ENCRYPTED,
        "not-a-scan" => errors::FILE_NOT_A_SCAN,
        "no-film" => errors::FILE_NO_FILM,
        "no-space" => errors::FILE_NO_SPACE,
        "infected" => errors::FILE_INFECTED,
        "broken" => errors::FILE_BROKEN,
        "timed-out" => errors::FILE_TIMED_OUT,
        _ => errors::FILE_FAILED,
    };
    lang.get(text).to_owned()
}
