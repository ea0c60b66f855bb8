//! Ways in: invitations, requests and what directors decide.

use crate::support::{CODE, Client, School, TestPortal};
use axum::http::StatusCode;
use model::{
    ApiError, InvitationId, Problem, RequestId, Time,
    access::{AccessQueue, JoinPage, LetterPage, MatchGrade, RequestForm, RequestState},
    account::Viewer,
    check::NAME_MAX,
    error::Conflict,
    live::LiveEvent,
};

const JOIN: &str = "/api/access/join";
const REQUEST: &str = "/api/access/request";
const DECIDE: &str = "/api/access/decide";

fn not_valid() -> ApiError {
    ApiError::conflict(Conflict::CodeNotValid)
}

fn joining<'a>(code: &'a str, email: &'a str) -> [(&'a str, &'a str); 4] {
    [("code", code), ("name", "Oma Bakker"), ("email", email), ("password", "een lang wachtwoord")]
}

async fn viewer(client: &Client) -> Viewer {
    client.ask::<Option<Viewer>>("/api/account/viewer", &[]).await.expect("asked").expect("signed in")
}

async fn queue(client: &Client) -> AccessQueue {
    client.ask("/api/access/queue", &[]).await.expect("the queue")
}

/// What open pages of this account were told.
async fn told(test: &TestPortal, account: model::AccountId) -> Vec<LiveEvent> {
    let rows = test.portal.store.read().await.expect("connection").list_live_events(account, 0).await.expect("asked");
    rows.iter().map(|row| serde_json::from_str(&row.event).expect("an event")).collect()
}

/// Asks for access as a stranger, after everything that was before; answers the id of the request.
async fn ask_for_access(test: &TestPortal, name: &str, email: &str, child: &str) -> RequestId {
    test.portal.clock.advance(Time::SECOND);
    let stranger = test.anonymous();
    let form: RequestForm = stranger.ask("/api/access/request-form", &[]).await.expect("the form");
    let id = form.id.to_string();
    let values = [
        ("id", id.as_str()),
        ("school", "ikker"),
        ("name", name),
        ("email", email),
        ("child_name", child),
        ("relation", "mother"),
    ];
    stranger.call::<()>(REQUEST, &values).await.expect("taken");
    form.id
}

/// The code in the link of a letter.
fn code_in(letter: &str) -> String {
    letter.split("/join?code=").nth(1).expect("a link").chars().take(14).collect()
}

#[tokio::test]
async fn an_invitation_leads_from_the_letter_to_the_news() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mut director = test.as_(&school.director).await;
    let sanne = school.sanne.to_string();
    let id = test.portal.clock.new_id::<InvitationId>().to_string();
    let values = [
        ("id", id.as_str()),
        ("child", sanne.as_str()),
        ("relation", "carer"),
        ("scope", "full"),
        ("name", "Opa de Vries"),
        ("email", ""),
    ];
    let from = format!("/people/child/{sanne}");
    let answer = director.post_form("/api/access/invite-guardian", &from, &values).await;
    assert_eq!(answer.location(), format!("/people/letter/{id}"));
    director.keep(&answer);
    let page = director.get(answer.location()).await.text();
    let letter: LetterPage = director.ask("/api/access/letter", &[("invitation", &id)]).await.expect("the letter");
    let letter = letter.letter.expect("this browser made the code");
    assert!(page.contains(&letter.code) && page.contains("Opa de Vries") && page.contains("<path"), "{page}");
    // Nobody else gets to see the code, not even another browser of the same director.
    let elsewhere = test.as_(&school.director).await;
    let other: LetterPage = elsewhere.ask("/api/access/letter", &[("invitation", &id)]).await.expect("the page");
    assert_eq!(other.letter, None);
    assert!(elsewhere.get(&format!("/people/letter/{id}")).await.text().contains("Nieuwe code maken"));

    let mut grandfather = test.anonymous();
    let typed = letter.code.to_lowercase().replace('-', " ");
    let join: JoinPage = grandfather.ask("/api/access/invitation", &[("code", &typed)]).await.expect("valid");
    assert_eq!(
        (join.child.as_deref(), join.name.as_str(), join.school.as_str()),
        (Some("Sanne"), "Opa de Vries", "Dorpsschool ikker")
    );
    let here = format!("/join?code={}", letter.code);
    assert!(grandfather.get(&here).await.text().contains("Opa de Vries"));
    let answer = grandfather.post_form(JOIN, &here, &joining(&letter.code, "opa@devries.example")).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
    grandfather.keep(&answer);
    let viewer = viewer(&grandfather).await;
    assert_eq!(viewer.children.iter().map(|child| child.name.as_str()).collect::<Vec<_>>(), ["Sanne"]);
    assert_eq!(
        viewer.groups.iter().map(|group| group.name.as_str()).collect::<Vec<_>>(),
        ["De hele school", "Groep 5"]
    );

    let second = test.anonymous().call::<()>(JOIN, &joining(&letter.code, "x@y.example")).await;
    assert_eq!(second, Err(not_valid()), "a code opens once");
}

#[tokio::test]
async fn unknown_used_expired_and_withdrawn_codes_get_one_answer() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let stranger = test.anonymous();
    let ask = async |code: &str| stranger.ask::<JoinPage>("/api/access/invitation", &[("code", code)]).await;
    ask(CODE).await.expect("valid");
    let id = school.invitation.to_string();
    for unknown in ["AAAA-AAAA-AAAA", "", "x", "ABCD-EFGH-2345-9", "\u{202E}ABCDEFGH2345", "💥", &"A".repeat(9_000)] {
        assert_eq!(ask(unknown).await, Err(not_valid()), "{unknown}");
    }
    director.call::<()>("/api/access/revoke-invitation", &[("invitation", &id)]).await.expect("withdrawn");
    director.call::<()>("/api/access/revoke-invitation", &[("invitation", &id)]).await.expect("again changes nothing");
    assert_eq!(ask(CODE).await, Err(not_valid()), "withdrawn");
    let error = director.call::<()>("/api/access/renew-invitation", &[("invitation", &id)]).await;
    assert_eq!(error, Err(ApiError::conflict(Conflict::AlreadyDecided)), "what is withdrawn stays so");

    let test = TestPortal::new().await;
    School::new(&test, "ikker").await;
    test.portal.clock.advance(30 * Time::DAY);
    let page = test.anonymous().get("/join?code=abcd-efgh-2345").await;
    assert_eq!(page.status, StatusCode::CONFLICT);
    assert!(page.text().contains("niet (meer) geldig") && page.text().contains("abcd-efgh-2345"), "{}", page.text());
}

#[tokio::test]
async fn of_two_who_join_at_once_one_gets_in() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        School::new(&test, "ikker").await;
        let (a, b) = (test.anonymous(), test.anonymous());
        let (a_values, b_values) = (joining(CODE, "a@oma.example"), joining(CODE, "b@oma.example"));
        let (a, b) = tokio::join!(a.call::<()>(JOIN, &a_values), b.call::<()>(JOIN, &b_values));
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        assert_eq!(a.and(b), Err(not_valid()));
        let mut read = test.portal.store.read().await.expect("connection");
        let accounts = [
            read.find_account_by_email("a@oma.example").await.expect("asked"),
            read.find_account_by_email("b@oma.example").await.expect("asked"),
        ];
        assert_eq!(accounts.iter().flatten().count(), 1, "who lost has no account either");
    }
}

#[tokio::test]
async fn the_same_join_twice_signs_in_both_times() {
    let test = TestPortal::new().await;
    School::new(&test, "ikker").await;
    for _ in 0..2 {
        let mut browser = test.anonymous();
        let answer = browser.post_form(JOIN, "/join?code=ABCD-EFGH-2345", &joining(CODE, "oma@bakker.example")).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
        browser.keep(&answer);
        assert_eq!(viewer(&browser).await.children.len(), 1);
    }
    let guess = [("code", CODE), ("name", "X"), ("email", "oma@bakker.example"), ("password", "iets heel anders")];
    assert_eq!(test.anonymous().call::<()>(JOIN, &guess).await, Err(not_valid()));
}

#[tokio::test]
async fn joining_tells_what_is_wrong_and_keeps_what_was_typed() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let from = "/join?code=ABCD-EFGH-2345";
    let values = [("code", CODE), ("name", "Oma\u{202E}"), ("email", "geen adres"), ("password", "kort")];
    let answer = test.anonymous().post_form(JOIN, from, &values).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let text = answer.text();
    assert!(text.contains("geen adres") && text.contains("Er kloppen nog 3 dingen niet."), "{text}");
    assert!(!text.contains("kort\""), "but never a password");
    // Only who holds a valid code learns that an address has an account.
    let mother = school.mother.email.as_str();
    let error = test.anonymous().call::<()>(JOIN, &joining("AAAAAAAAAAAA", mother)).await;
    assert_eq!(error, Err(not_valid()));
    let answer = test.anonymous().post_form(JOIN, from, &joining(CODE, mother)).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("/sign-in?next=/join%3Fcode%3DABCD-EFGH-2345"), "{}", answer.text());
}

#[tokio::test]
async fn a_signed_in_account_accepts_and_is_never_widened() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mut mother = test.as_(&school.mother).await;
    let page = mother.get("/join?code=ABCD-EFGH-2345").await.text();
    assert!(page.contains("Verder als Mama de Vries"), "{page}");
    let answer = mother.post_form("/api/access/accept", "/join?code=ABCD-EFGH-2345", &[("code", CODE)]).await;
    assert_eq!(answer.location(), "/");
    mother.keep(&answer);
    let names: Vec<String> = viewer(&mother).await.children.into_iter().map(|child| child.name).collect();
    assert_eq!(names, ["Bram", "Otto", "Sanne"]);
    assert!(told(&test, school.mother.account).await.contains(&LiveEvent::Resync));

    // Somebody kept away by a court has found the letter of the other parent.
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let barred = test.as_(&school.barred).await;
    barred.call::<()>("/api/access/accept", &[("code", CODE)]).await.expect("looks as if it worked");
    let viewer = viewer(&barred).await;
    assert!(viewer.children.is_empty() && viewer.groups.is_empty());
}

#[tokio::test]
async fn guessing_codes_is_slowed_down() {
    let test = TestPortal::new().await;
    School::new(&test, "ikker").await;
    let stranger = test.anonymous();
    for _ in 0..59 {
        let error = stranger.ask::<JoinPage>("/api/access/invitation", &[("code", "AAAAAAAAAAAA")]).await;
        assert_eq!(error, Err(not_valid()));
        stranger.ask::<JoinPage>("/api/access/invitation", &[("code", CODE)]).await.expect("right codes do not count");
    }
    assert_eq!(stranger.call::<()>(JOIN, &joining("AAAAAAAAAAAA", "x@y.example")).await, Err(not_valid()));
    let error = stranger.call::<()>(JOIN, &joining("AAAAAAAAAAAA", "x@y.example")).await.expect_err("slowed down");
    assert!(matches!(error, ApiError::TooMany { .. }), "{error:?}");
    test.portal.clock.advance(15 * Time::MINUTE);
    stranger.ask::<JoinPage>("/api/access/invitation", &[("code", CODE)]).await.expect("the window is over");
}

/// Neither the answer nor what is stored depends on whether the child or the account exists.
#[tokio::test]
async fn a_request_reveals_nothing_and_is_stored_once() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let page = test.anonymous().get("/request-access").await;
    assert!(
        page.text().contains("Toegang vragen") && !page.text().contains("Kies uw school"),
        "the only school is implied"
    );
    let mut answers = Vec::new();
    for (email, child) in [(school.mother.email.as_str(), "Sanne de Vries"), ("x@y.example", "Niemand Nergens")] {
        let id = test.portal.clock.new_id::<RequestId>().to_string();
        let values = [
            ("id", id.as_str()),
            ("name", "مريم 👩‍👧"),
            ("email", email),
            ("child_name", child),
            ("relation", "mother"),
            ("message", "Eén regel\nen nog een"),
        ];
        for _ in 0..2 {
            let answer = test.anonymous().post_form(REQUEST, "/request-access", &values).await;
            answers.push((answer.status, answer.location().to_owned(), answer.body));
        }
    }
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    assert_eq!(answers[0].1, "/request-access?sent=1");
    assert!(test.anonymous().get("/request-access?sent=1").await.text().contains("Uw aanvraag is verstuurd"));
    assert_eq!(queue(&test.as_(&school.director).await).await.open.len(), 3, "with the one that was there");
    assert_eq!(told(&test, school.director.account).await, [LiveEvent::Counts, LiveEvent::Counts]);
    assert_eq!(viewer(&test.as_(&school.director).await).await.pending_requests, 3);
    assert_eq!(viewer(&test.as_(&school.office).await).await.pending_requests, 0);
    test.work().await;
    assert!(test.letters().is_empty(), "no mail to an address that anybody can type");
}

#[tokio::test]
async fn requests_are_checked_and_limited() {
    let test = TestPortal::new().await;
    School::new(&test, "ikker").await;
    School::new(&test, "elders").await;
    let long = "x".repeat(NAME_MAX + 1);
    let id = test.portal.clock.new_id::<RequestId>().to_string();
    let values = [
        ("id", id.as_str()),
        ("school", "nergens"),
        ("name", long.as_str()),
        ("email", "a@b"),
        ("child_name", "a\u{0}b"),
        ("relation", "koningin"),
        ("message", "\u{202E}"),
    ];
    let error = test.anonymous().call::<()>(REQUEST, &values).await.expect_err("refused");
    for (field, problem) in [
        ("school", Problem::NotAChoice),
        ("name", Problem::TooLong { max: NAME_MAX as u32 }),
        ("email", Problem::NotAnEmail),
        ("child_name", Problem::StrangeCharacters),
        ("relation", Problem::NotAChoice),
        ("message", Problem::StrangeCharacters),
    ] {
        assert_eq!(error.problem_of(field), Some(&problem), "{field}");
    }
    let answer = test.anonymous().post_form(REQUEST, "/request-access", &values).await;
    assert!(answer.text().contains(&id), "sent again it is the same request");
    let error =
        test.anonymous().call::<()>(REQUEST, &[("id", "x"), ("name", ""), ("email", ""), ("child_name", "")]).await;
    assert_eq!(error, Err(ApiError::NotFound));
    for _ in 0..5 {
        ask_for_access(&test, "A", "a@b.example", "Sanne").await;
    }
    let id = test.portal.clock.new_id::<RequestId>().to_string();
    let values = [
        ("id", id.as_str()),
        ("school", "ikker"),
        ("name", "A"),
        ("email", "A@B.example"),
        ("child_name", "S"),
        ("relation", "father"),
    ];
    let error = test.anonymous().call::<()>(REQUEST, &values).await.expect_err("too many with this address");
    assert!(matches!(error, ApiError::TooMany { .. }), "{error:?}");
}

#[tokio::test]
async fn the_queue_shows_how_a_request_fits_the_roster() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    School::new(&test, "elders").await;
    ask_for_access(&test, "Bart Buiten", &school.barred.email, "bram  BAKKER").await;
    ask_for_access(&test, "Iemand", "i@x.example", "Sane de Vries").await;
    ask_for_access(&test, "Iemand", "i@x.example", "Zoë Kip").await;
    let queue = queue(&test.as_(&school.office).await).await;
    assert!(!queue.can_decide);
    let fits = |n: usize| queue.open[n].matches.iter().map(|one| (one.name.as_str(), one.grade)).collect::<Vec<_>>();
    assert_eq!(fits(0), [("Bram Bakker", MatchGrade::Exact)], "only of the own school");
    assert_eq!(queue.open[0].default_child(), Some(school.bram));
    assert_eq!(fits(1), [("Bram Bakker", MatchGrade::Exact)]);
    assert_eq!(fits(2), [("Sanne de Vries", MatchGrade::Similar)]);
    assert_eq!(queue.open[2].default_child(), None);
    assert_eq!(fits(3), []);
    assert!(!queue.open[0].is_repeated && queue.open[2].is_repeated && queue.open[3].is_repeated);
    let barred = queue.open[1].matches[0].guardians.iter().find(|one| one.is_requester).expect("known to the school");
    assert_eq!((barred.name.as_str(), barred.scope), ("Bart Buiten", model::roles::Scope::None));
    let page = test.as_(&school.director).await.get("/access").await.text();
    assert!(page.contains("Bart Buiten: geen toegang") && page.contains("Femke Bakker"), "{page}");
    let page = test.as_(&school.office).await.get("/access").await.text();
    assert!(!page.contains("bulkbar"), "the office looks on");
}

#[tokio::test]
async fn a_director_approves_and_the_link_works() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let director = test.as_(&school.director).await;
        let request = school.request.to_string();
        let child = format!("{request}:{}", school.bram);
        let values = [("verdict", "approve"), ("ids[]", request.as_str()), ("children[]", child.as_str())];
        let answer = director.post_form(DECIDE, "/access", &values).await;
        assert_eq!(answer.location(), "/access");
        let again = director.call::<()>(DECIDE, &values).await;
        assert_eq!(again, Err(ApiError::conflict(Conflict::AlreadyDecided)), "decided once");
        test.work().await;
        assert!(test.letters().is_empty(), "a minute for second thoughts");
        test.portal.clock.advance(Time::MINUTE);
        test.work().await;
        let letters = test.letters();
        assert_eq!(letters.len(), 1);
        assert!(letters[0].contains("femke@bakker.example"), "{}", letters[0]);
        let code = code_in(&letters[0]);
        let join: JoinPage = test.anonymous().ask("/api/access/invitation", &[("code", &code)]).await.expect("valid");
        assert_eq!(join.email.as_deref(), Some("femke@bakker.example"));
        let mut femke = test.anonymous();
        let answer = femke.call_raw(JOIN, &joining(&code, "femke@bakker.example")).await;
        femke.keep(&answer);
        assert_eq!(viewer(&femke).await.children.len(), 1);
        // Whoever has come in is not put out by taking the decision back.
        let error = director.call::<()>("/api/access/undo", &[("ids[]", request.as_str())]).await;
        assert_eq!(error, Err(ApiError::conflict(Conflict::AlreadyDecided)));
        assert_eq!(viewer(&femke).await.children.len(), 1);
        let page = director.get("/people/audit").await.text();
        assert!(page.contains("aanvraag goedgekeurd") && page.contains("uitnodiging aangenomen"), "{page}");
    }
}

#[tokio::test]
async fn a_decision_is_taken_back_before_the_letter_goes_out() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let other = ask_for_access(&test, "Jan de Vries", "jan@devries.example", "Sanne de Vries").await;
    let director = test.as_(&school.director).await;
    let (first, second) = (school.request.to_string(), other.to_string());
    let children = [format!("{first}:{}", school.bram), format!("{second}:{}", school.sanne)];
    let values = [
        ("verdict", "approve"),
        ("ids[]", first.as_str()),
        ("ids[]", second.as_str()),
        ("children[]", children[0].as_str()),
        ("children[]", children[1].as_str()),
    ];
    director.call::<()>(DECIDE, &values).await.expect("approved");
    let decided = queue(&director).await;
    let offer = decided.undo.expect("can be taken back");
    assert_eq!((offer.requests.len(), offer.state, decided.open.len()), (2, RequestState::Approved, 0));
    assert!(director.get("/access").await.text().contains("2 aanvragen goedgekeurd."));
    let undo = [("ids[]", first.as_str()), ("ids[]", second.as_str())];
    let answer = director.post_form("/api/access/undo", "/access", &undo).await;
    assert_eq!(answer.location(), "/access");
    let back = queue(&director).await;
    assert_eq!((back.open.len(), back.decided.len(), back.undo), (2, 0, None));
    assert!(back.open.iter().all(|line| line.state == RequestState::Pending));
    director.call::<()>("/api/access/undo", &undo).await.expect("again changes nothing");
    test.portal.clock.advance(Time::HOUR);
    test.work().await;
    assert!(test.letters().is_empty(), "no letter went out");

    director.call::<()>(DECIDE, &values).await.expect("approved after all");
    test.portal.clock.advance(10 * Time::MINUTE + 1);
    let error = director.call::<()>("/api/access/undo", &undo).await;
    assert_eq!(error, Err(ApiError::conflict(Conflict::AlreadyDecided)), "too late");
}

/// The letter is out already: the link in it is dead.
#[tokio::test]
async fn taking_back_an_approval_kills_its_link() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let request = school.request.to_string();
    let child = format!("{request}:{}", school.bram);
    director
        .call::<()>(DECIDE, &[("verdict", "approve"), ("ids[]", &request), ("children[]", &child)])
        .await
        .expect("approved");
    test.portal.clock.advance(2 * Time::MINUTE);
    test.work().await;
    director.call::<()>("/api/access/undo", &[("ids[]", &request)]).await.expect("taken back");
    let code = code_in(&test.letters()[0]);
    assert_eq!(test.anonymous().call::<()>(JOIN, &joining(&code, "femke@bakker.example")).await, Err(not_valid()));
}

#[tokio::test]
async fn asking_and_rejecting_need_words_and_send_them() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let request = school.request.to_string();
    for verdict in ["ask", "reject"] {
        let error = director.call::<()>(DECIDE, &[("verdict", verdict), ("ids[]", &request), ("text", " ")]).await;
        assert_eq!(error.expect_err("no words").problem_of("text"), Some(&Problem::Required));
    }
    let error =
        director.call::<()>(DECIDE, &[("verdict", "approve"), ("ids[]", &request)]).await.expect_err("no child");
    assert_eq!(error.problem_of(&format!("child:{request}")), Some(&Problem::Required));
    let error = director.call::<()>(DECIDE, &[("verdict", "approve")]).await.expect_err("nothing picked");
    assert_eq!(error.problem_of("ids"), Some(&Problem::Required));
    let page = director.post_form(DECIDE, "/access", &[("verdict", "reject"), ("ids[]", &request), ("text", "")]).await;
    assert!(page.text().contains("checked"), "what was picked stays picked: {}", page.text());

    let ask = [("verdict", "ask"), ("ids[]", request.as_str()), ("text", "In welke groep zit Bram?")];
    director.call::<()>(DECIDE, &ask).await.expect("asked");
    let line = queue(&director).await.open.remove(0);
    assert_eq!((line.state, line.question.as_deref()), (RequestState::Asked, Some("In welke groep zit Bram?")));
    assert_eq!(viewer(&director).await.pending_requests, 0, "the other side is on");
    let reject = [("verdict", "reject"), ("ids[]", request.as_str()), ("text", "Geen antwoord gekregen.")];
    director.call::<()>(DECIDE, &reject).await.expect("rejected");
    test.portal.clock.advance(Time::MINUTE);
    test.work().await;
    let letters = test.letters().join("\n");
    assert!(letters.contains("In welke groep zit Bram?") && letters.contains("Geen antwoord gekregen."), "{letters}");
    let queue = queue(&director).await;
    assert_eq!((queue.open.len(), queue.decided[0].reason.as_deref()), (0, Some("Geen antwoord gekregen.")));
}

#[tokio::test]
async fn all_requests_are_decided_or_none() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let director = test.as_(&school.director).await;
    let (own, other) = (school.request.to_string(), foreign.request.to_string());
    let mixed = [("verdict", "reject"), ("ids[]", own.as_str()), ("ids[]", other.as_str()), ("text", "Nee.")];
    assert_eq!(director.call::<()>(DECIDE, &mixed).await, Err(ApiError::NotFound));
    // A child of another school is as unknown as one that does not exist.
    for child in [foreign.bram.to_string(), "0198ffff-ffff-7fff-bfff-ffffffffffff".to_owned()] {
        let child = format!("{own}:{child}");
        let error =
            director.call::<()>(DECIDE, &[("verdict", "approve"), ("ids[]", &own), ("children[]", &child)]).await;
        assert_eq!(error, Err(ApiError::NotFound));
    }
    let queue = queue(&director).await;
    assert_eq!((queue.open.len(), queue.open[0].state), (1, RequestState::Pending));
}

#[tokio::test]
async fn an_invitation_is_made_once_and_renewed_in_place() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let mut director = test.as_(&school.director).await;
    let (id, own) = (test.portal.clock.new_id::<InvitationId>().to_string(), school.id.to_string());
    let group = school.group5.to_string();
    let values = [
        ("id", id.as_str()),
        ("school", own.as_str()),
        ("role", "teacher"),
        ("group", group.as_str()),
        ("name", "Juf Nieuw"),
        ("email", "nieuw@ikker.example"),
    ];
    director.call::<()>("/api/access/invite-staff", &values).await.expect("invited");
    director.call::<()>("/api/access/invite-staff", &values).await.expect("sent twice");
    let mut changed = values;
    changed[4].1 = "Iemand anders";
    let error = director.call::<()>("/api/access/invite-staff", &changed).await;
    assert_eq!(error, Err(ApiError::conflict(Conflict::ChangedMeanwhile)));
    let foreign_id = foreign.invitation.to_string();
    changed[0].1 = &foreign_id;
    assert_eq!(director.call::<()>("/api/access/invite-staff", &changed).await, Err(ApiError::NotFound));
    let foreign_group = foreign.group5.to_string();
    changed[3].1 = &foreign_group;
    let error = director.call::<()>("/api/access/invite-staff", &changed).await.expect_err("a group of another school");
    assert_eq!(error.problem_of("group"), Some(&Problem::NotAChoice));
    test.work().await;
    assert_eq!(test.letters().len(), 1);
    let old = code_in(&test.letters()[0]);
    let answer = director.post_form("/api/access/renew-invitation", "/people", &[("invitation", &id)]).await;
    director.keep(&answer);
    let page: LetterPage = director.ask("/api/access/letter", &[("invitation", &id)]).await.expect("the letter");
    let code = page.letter.expect("the new code").code;
    assert_eq!(test.anonymous().call::<()>(JOIN, &joining(&old, "nieuw@ikker.example")).await, Err(not_valid()));
    let mut teacher = test.anonymous();
    let answer = teacher.call_raw(JOIN, &joining(&code, "nieuw@ikker.example")).await;
    teacher.keep(&answer);
    let viewer = viewer(&teacher).await;
    assert_eq!(viewer.roles, [model::roles::StaffRole::Teacher]);
    assert!(viewer.post_groups.iter().any(|group| group.id == school.group5));
    assert_eq!(director.get(&format!("/people/letter/{id}")).await.status, StatusCode::NOT_FOUND, "used");
}
