//! Signing in and out, devices, settings.

use crate::support::{School, TestPortal};
use axum::http::StatusCode;
use model::{
    ApiError, Time,
    account::{Settings, Viewer},
    error::Conflict,
};

const SIGN_IN: &str = "/api/account/sign-in";

#[tokio::test]
async fn signing_in_opens_the_news() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mut browser = test.anonymous();
    let answer = browser.get("/posts/1").await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=/posts/1"));
    assert_eq!(browser.get("/sign-in").await.status, StatusCode::OK);
    let email = school.mother.email.to_uppercase();
    let values = [("email", email.as_str()), ("password", "een goed wachtwoord"), ("next", "/settings")];
    let answer = browser.post_form(SIGN_IN, "/sign-in", &values).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/settings"));
    browser.keep(&answer);
    let page = browser.get("/settings").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("Mama de Vries"), "{}", page.text());
    let viewer: Option<Viewer> = browser.ask("/api/account/viewer", &[]).await.expect("signed in");
    let viewer = viewer.expect("signed in");
    assert_eq!(viewer.children.iter().map(|c| c.name.as_str()).collect::<Vec<_>>(), ["Otto", "Sanne"]);
    assert_eq!(
        viewer.groups.iter().map(|g| g.name.as_str()).collect::<Vec<_>>(),
        ["De hele school", "Groep 5", "Groep 7"]
    );
    assert!(viewer.post_groups.is_empty());
}

#[tokio::test]
async fn a_wrong_password_keeps_what_was_typed_and_tells_nothing() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mut answers = Vec::new();
    for email in [school.mother.email.as_str(), "niemand@nergens.example"] {
        let values = [("email", email), ("password", "verkeerd verkeerd")];
        let answer = test.anonymous().post_form(SIGN_IN, "/sign-in?next=/settings", &values).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED);
        let text = answer.text();
        assert!(text.contains("E-mailadres of wachtwoord klopt niet."), "{text}");
        assert!(text.contains(email), "what was typed is still there");
        assert!(!text.contains("verkeerd verkeerd"), "but never a password");
        assert!(!text.contains("hydrate"), "the address is not the page's: no scripts");
        answers.push(text.replace(email, "X"));
    }
    let strip = |text: &str| text.split("nonce").next().expect("a part").to_owned();
    assert_eq!(strip(&answers[0]), strip(&answers[1]));
    let error = test.anonymous().call::<()>(SIGN_IN, &[("email", ""), ("password", "")]).await.expect_err("refused");
    assert!(error.problem_of("email").is_some() && error.problem_of("password").is_some());
}

/// Somebody who guesses elsewhere must not lock out a parent in the browser that she always uses.
#[tokio::test]
async fn guessing_is_slowed_down_but_the_owner_gets_in() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let right = [("email", school.mother.email.as_str()), ("password", "een goed wachtwoord")];
    let wrong = [("email", school.mother.email.as_str()), ("password", "fout fout fout")];
    let mut owner = test.anonymous();
    let answer = owner.call_raw(SIGN_IN, &right).await;
    assert_eq!(answer.status, StatusCode::OK);
    owner.keep(&answer);
    for _ in 0..10 {
        let error = test.anonymous().call::<()>(SIGN_IN, &wrong).await.expect_err("wrong");
        assert_eq!(error, ApiError::conflict(Conflict::WrongCredentials));
    }
    let error = test.anonymous().call::<()>(SIGN_IN, &right).await.expect_err("slowed down");
    assert!(matches!(error, ApiError::TooMany { retry_after: 1..=900 }), "{error:?}");
    assert_eq!(owner.call_raw(SIGN_IN, &right).await.status, StatusCode::OK, "the owner's own browser");
    test.portal.clock.advance(15 * Time::MINUTE);
    test.anonymous().call::<()>(SIGN_IN, &right).await.expect("the window is over");
}

#[tokio::test]
async fn devices_are_listed_and_signed_out_one_by_one() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let (phone, laptop) = (test.as_(&school.mother).await, test.as_(&school.mother).await);
    let settings: Settings = phone.ask("/api/account/settings", &[]).await.expect("settings");
    assert_eq!(settings.devices.len(), 2);
    let other = settings.devices.iter().find(|device| !device.is_this).expect("the laptop").id.to_string();
    let stranger = test.as_(&school.father).await;
    let error = stranger.call::<()>("/api/account/revoke-device", &[("session", &other)]).await.expect_err("not his");
    assert_eq!(error, ApiError::NotFound);
    phone.call::<()>("/api/account/revoke-device", &[("session", &other)]).await.expect("ended");
    let error = laptop.ask::<Settings>("/api/account/settings", &[]).await.expect_err("ended");
    assert_eq!(error, ApiError::SignedOut);
}

#[tokio::test]
async fn changing_the_password_ends_other_sessions() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let (here, there) = (test.as_(&school.mother).await, test.as_(&school.mother).await);
    let path = "/api/account/change-password";
    let easy = [("current_password", "een goed wachtwoord"), ("new_password", "aaaaaaaaaaaa")];
    assert!(here.call::<()>(path, &easy).await.expect_err("easy").problem_of("new_password").is_some());
    let wrong = [("current_password", "fout"), ("new_password", "een ander wachtwoord")];
    assert!(here.call::<()>(path, &wrong).await.expect_err("wrong").problem_of("current_password").is_some());
    let right = [("current_password", "een goed wachtwoord"), ("new_password", "een ander wachtwoord")];
    here.call::<()>(path, &right).await.expect("changed");
    here.ask::<Settings>("/api/account/settings", &[]).await.expect("still here");
    assert_eq!(there.ask::<Settings>("/api/account/settings", &[]).await.expect_err("ended"), ApiError::SignedOut);
}

#[tokio::test]
async fn another_sites_form_is_refused() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    for headers in [
        vec![("origin", "https://evil.example"), ("sec-fetch-site", "cross-site")],
        vec![("origin", "https://evil.example")],
    ] {
        let mut request = axum::http::Request::post("/api/account/sign-out");
        for (name, value) in headers {
            request = request.header(name, value);
        }
        let answer = mother.send(request.body(axum::body::Body::empty()).expect("request")).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
    }
    mother.ask::<Settings>("/api/account/settings", &[]).await.expect("still signed in");
}

#[tokio::test]
async fn the_language_is_the_accounts_else_the_browsers() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    assert!(test.anonymous().get("/sign-in").await.text().contains("lang=\"nl\""));
    let mut mother = test.as_(&school.mother).await;
    let answer =
        mother.post_form("/api/account/set-language", "/settings", &[("language", "en"), ("next", "/settings")]).await;
    mother.keep(&answer);
    assert!(mother.get("/settings").await.text().contains("lang=\"en\""));
    let mut nobody = test.anonymous();
    let answer =
        nobody.post_form("/api/account/set-language", "/sign-in", &[("language", "fy"), ("next", "/sign-in")]).await;
    nobody.keep(&answer);
    assert!(nobody.get("/sign-in").await.text().contains("Ynlogge"));
}

#[tokio::test]
async fn every_page_forbids_what_it_does_not_need() {
    let test = TestPortal::new().await;
    let answer = test.anonymous().get("/sign-in").await;
    let header =
        |name: &str| answer.headers.get(name).map(|value| value.to_str().expect("text").to_owned()).unwrap_or_default();
    assert!(header("content-security-policy").starts_with("default-src 'none'; script-src 'self' 'nonce-"));
    assert!(!header("content-security-policy").contains("unsafe-inline"));
    assert_eq!(header("x-content-type-options"), "nosniff");
    assert_eq!(header("cache-control"), "no-store");
}
