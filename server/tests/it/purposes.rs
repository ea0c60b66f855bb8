//! For what a school asks: texts that its director edits, and who is asked again because of it.

use crate::support::{Client, Person, School, TestPortal};
use axum::http::StatusCode;
use model::{
    ApiError, ChildId, Problem, PurposeId, Time,
    consent::{ChildPreferences, Effective, LegalBasis, PreferenceRow},
    error::Conflict,
    live::LiveEvent,
    people::AuditLine,
    purposes::{PurposeForm, PurposesPage},
    roles::{Relation, Scope},
};

const LIST: &str = "/api/purposes/list";
const FIND: &str = "/api/purposes/find";
const NEW: &str = "/api/purposes/new";
const PREVIEW: &str = "/api/purposes/preview";
const ADD: &str = "/api/purposes/add";
const PUBLISH: &str = "/api/purposes/publish";
const END: &str = "/api/purposes/end";

async fn list(client: &Client) -> PurposesPage {
    client.ask(LIST, &[]).await.expect("the list")
}

async fn find(client: &Client, purpose: PurposeId) -> Result<PurposeForm, ApiError> {
    client.ask(FIND, &[("purpose", &purpose.to_string())]).await
}

/// Publishes other words over a version; answers the id of the new one.
async fn publish(test: &TestPortal, client: &Client, school: &School, seen: PurposeId) -> Result<PurposeId, ApiError> {
    let new: PurposeId = test.portal.clock.new_id();
    publish_as(client, school, seen, new, "Met andere woorden").await.map(|()| new)
}

async fn publish_as(
    client: &Client,
    school: &School,
    seen: PurposeId,
    new: PurposeId,
    title: &str,
) -> Result<(), ApiError> {
    let (school, seen, new) = (school.id.to_string(), seen.to_string(), new.to_string());
    let values = [
        ("school", school.as_str()),
        ("purpose", &seen),
        ("new", &new),
        ("texts[nl][title]", title),
        ("texts[nl][text]", "Een foto kan daar staan."),
    ];
    client.call(PUBLISH, &values).await
}

async fn add(test: &TestPortal, client: &Client, school: &School, basis: &str, title: &str) -> Result<(), ApiError> {
    let (school, new) = (school.id.to_string(), test.portal.clock.new_id::<PurposeId>().to_string());
    let values = [
        ("school", school.as_str()),
        ("new", &new),
        ("basis", basis),
        ("texts[nl][title]", title),
        ("texts[nl][text]", "Een foto kan daar staan."),
    ];
    client.call(ADD, &values).await
}

async fn end(client: &Client, school: &School, purpose: PurposeId) -> Result<(), ApiError> {
    client.call(END, &[("school", &school.id.to_string()), ("purpose", &purpose.to_string())]).await
}

async fn preferences(client: &Client, child: ChildId) -> Vec<PreferenceRow> {
    let page: ChildPreferences =
        client.ask("/api/preferences/find", &[("child", &child.to_string())]).await.expect("own child");
    page.rows
}

async fn say(client: &Client, child: ChildId, purpose: PurposeId, answer: &str) -> Result<(), ApiError> {
    let values = [("child", &*child.to_string()), ("purpose", &purpose.to_string()), ("answer", answer)];
    client.call("/api/preferences/answer", &values).await
}

async fn audit(client: &Client) -> Vec<AuditLine> {
    client.ask("/api/people/audit", &[]).await.expect("the log")
}

#[tokio::test]
async fn a_new_version_asks_everybody_concerned_again_once() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        School::new(&test, "elders").await;
        let (director, mother) = (test.as_(&school.director).await, test.as_(&school.mother).await);
        let old = list(&director).await.purposes[0].id;
        say(&mother, school.sanne, old, "yes").await.expect("answered");
        let form = find(&director, old).await.expect("the form");
        assert_eq!(form.guardians, 3, "each guardian with custody, however many children");
        assert!(form.current.expect("there").is_portal);
        test.work().await;
        let letters = test.letters().len();
        test.portal.clock.advance(Time::HOUR);
        let new = publish(&test, &director, &school, old).await.expect("published");
        test.work().await;
        let line = list(&director).await.purposes.remove(0);
        assert_eq!((line.id, line.version, line.title.as_str()), (new, 2, "Met andere woorden"));
        assert!(line.since.short.starts_with("vandaag 11:"), "{:?}", line.since);
        let row = preferences(&mother, school.sanne).await.remove(0);
        assert_eq!((row.purpose, row.own, row.effective), (new, None, Effective::Unset));
        assert_eq!(
            say(&mother, school.sanne, old, "yes").await.expect_err("the old text"),
            ApiError::conflict(Conflict::PurposeSuperseded)
        );
        let letters = test.letters().split_off(letters);
        assert_eq!(letters.len(), 3, "{letters:?}");
        for person in [&school.mother, &school.father, &school.bram_mother] {
            assert_eq!(letters.iter().filter(|letter| letter.contains(&person.email)).count(), 1, "{}", person.name);
        }
        for letter in &letters {
            assert!(letter.contains("/children/") && letter.contains("/preferences"), "{letter}");
            for secret in ["Sanne", "Otto", "Bram", "Met andere woorden", "Dorpsschool elders"] {
                assert!(!letter.contains(secret), "{secret}: {letter}");
            }
        }
        let mut read = test.portal.store.read().await.expect("connection");
        let event = serde_json::to_string(&LiveEvent::Pictures).expect("JSON");
        let told = read.list_live_events(school.mother.account, 0).await.expect("asked");
        assert_eq!(told.iter().filter(|row| row.event == event).count(), 2, "after the answer, and after the version");
        let log = audit(&director).await;
        let line = log.iter().find(|line| line.action == "purpose.publish").expect("in the log");
        assert_eq!((line.subject.as_str(), line.detail.as_str()), ("Met andere woorden", "v2"));
    }
}

/// Guardians without custody, of children that have left or decide for themselves, and closed accounts are asked nothing.
#[tokio::test]
async fn only_who_decides_is_asked() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let (now, mut write) = (test.portal.clock.now(), test.portal.store.write().await.expect("transaction"));
    let grown: ChildId = test.portal.clock.new_id();
    write.add_child(grown, school.id, "Grote", "Bakker", Some("2010-11-16"), now).await.expect("added");
    let (scope, relation) = (Scope::Full, Relation::Mother);
    let of_grown = test.portal.clock.new_id();
    write
        .add_guardianship(of_grown, school.id, grown, school.barred.account, scope, relation, now)
        .await
        .expect("added");
    write.end_child(school.id, school.bram, now).await.expect("left");
    write.commit().await.expect("committed");
    let director = test.as_(&school.director).await;
    let purpose = list(&director).await.purposes[0].id;
    assert_eq!(find(&director, purpose).await.expect("the form").guardians, 2);
    publish(&test, &director, &school, purpose).await.expect("published");
    test.work().await;
    let letters = test.letters().join("\n");
    for person in [&school.mother, &school.father] {
        assert!(letters.contains(&person.email), "{}", person.name);
    }
    for person in [&school.bram_mother, &school.bram_father, &school.barred, &school.director] {
        assert!(!letters.contains(&person.email), "{}", person.name);
    }
}

#[tokio::test]
async fn what_was_superseded_meanwhile_is_not_published_over() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let old = list(&director).await.purposes[0].id;
    let new = publish(&test, &director, &school, old).await.expect("published");
    let changed = ApiError::conflict(Conflict::ChangedMeanwhile);
    assert_eq!(publish(&test, &director, &school, old).await.expect_err("another version is current"), changed);
    publish_as(&director, &school, old, new, "Met andere woorden").await.expect("the same form sent twice");
    publish_as(&director, &school, new, new, "Anders").await.expect("its own id again is nothing new");
    let form = find(&director, old).await.expect("the purpose, as it reads now");
    assert_eq!(form.current.map(|current| current.id), Some(new));
    // Without JavaScript the page keeps what was typed, and goes on from the version that was edited.
    let (id, seen) = (school.id.to_string(), old.to_string());
    let typed = test.portal.clock.new_id::<PurposeId>().to_string();
    let texts = [("texts[nl][title]", "Getypt"), ("texts[nl][text]", "Tekst")];
    let values = [&[("school", id.as_str()), ("purpose", &seen), ("new", &typed)][..], &texts].concat();
    let sent = director.post_form(PUBLISH, &format!("/purposes/{old}"), &values).await;
    assert_eq!(sent.status, StatusCode::CONFLICT);
    let html = sent.text();
    assert!(html.contains("Iemand heeft dit intussen veranderd.") && html.contains("value=\"Getypt\""), "{html}");
    assert!(html.contains(&format!("name=\"purpose\" value=\"{old}\"")), "{html}");
    test.work().await;
    assert_eq!(test.letters().len(), 3, "one version, one letter each");
}

#[tokio::test]
async fn of_two_directors_at_the_same_instant_one_publishes() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (one, other) = (test.as_(&school.director).await, test.as_(&school.director).await);
        let old = list(&one).await.purposes[0].id;
        let (a, b) = tokio::join!(publish(&test, &one, &school, old), publish(&test, &other, &school, old));
        let (won, lost) = if a.is_ok() { (a, b) } else { (b, a) };
        assert_eq!(lost.expect_err("one of them"), ApiError::conflict(Conflict::ChangedMeanwhile));
        assert_eq!(list(&one).await.purposes[0].id, won.expect("the other one"));
        test.work().await;
        assert_eq!(test.letters().len(), 3);
    }
}

#[tokio::test]
async fn the_same_words_again_ask_nobody() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let old = list(&director).await.purposes[0].id;
    let first = publish(&test, &director, &school, old).await.expect("published");
    publish(&test, &director, &school, first).await.expect("nothing to do");
    assert_eq!(list(&director).await.purposes[0].id, first);
    test.work().await;
    assert_eq!(test.letters().len(), 3);
}

#[tokio::test]
async fn a_school_adds_and_ends_purposes_of_its_own() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (director, mother) = (test.as_(&school.director).await, test.as_(&school.mother).await);
        let before = preferences(&mother, school.sanne).await.len();
        add(&test, &director, &school, "information", "Verzuimregistratie").await.expect("added");
        test.work().await;
        assert!(test.letters().is_empty(), "there is nothing to answer");
        add(&test, &director, &school, "consent", "Schoolkrant").await.expect("added");
        test.work().await;
        assert_eq!(test.letters().len(), 3);
        let rows = preferences(&mother, school.sanne).await;
        assert_eq!(rows.len(), before + 2);
        let (information, consent) = (&rows[before], &rows[before + 1]);
        assert_eq!((information.basis, information.title.as_str()), (LegalBasis::Information, "Verzuimregistratie"));
        assert_eq!((consent.basis, consent.own.clone()), (LegalBasis::Consent, None));
        say(&mother, school.sanne, consent.purpose, "yes").await.expect("answered");
        end(&director, &school, consent.purpose).await.expect("ended");
        end(&director, &school, consent.purpose).await.expect("ended twice");
        assert_eq!(preferences(&mother, school.sanne).await.len(), before + 1);
        assert_eq!(
            say(&mother, school.sanne, consent.purpose, "no").await.expect_err("asked no more"),
            ApiError::conflict(Conflict::PurposeSuperseded)
        );
        assert_eq!(find(&director, consent.purpose).await.expect_err("ended"), ApiError::NotFound);
        let changed = ApiError::conflict(Conflict::ChangedMeanwhile);
        assert_eq!(publish(&test, &director, &school, consent.purpose).await.expect_err("ended"), changed);
        let mut actions: Vec<_> = audit(&director).await.into_iter().map(|line| line.action).collect();
        actions.sort();
        assert_eq!(actions, ["purpose.add", "purpose.add", "purpose.end"]);
    }
}

#[tokio::test]
async fn what_the_portal_acts_on_does_not_end() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let rows = list(&director).await.purposes;
    for row in &rows[..2] {
        let needed = ApiError::conflict(Conflict::PurposeNeeded);
        assert_eq!(end(&director, &school, row.id).await.expect_err("needed"), needed, "{}", row.title);
    }
    let new = publish(&test, &director, &school, rows[2].id).await.expect("published");
    let changed = ApiError::conflict(Conflict::ChangedMeanwhile);
    assert_eq!(end(&director, &school, rows[2].id).await.expect_err("an older version"), changed);
    end(&director, &school, new).await.expect("ended");
    assert_eq!(list(&director).await.purposes.len(), rows.len() - 1);
}

#[tokio::test]
async fn bad_texts_publish_nothing() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let old = list(&director).await.purposes[0].id;
    let (id, seen) = (school.id.to_string(), old.to_string());
    let new = test.portal.clock.new_id::<PurposeId>().to_string();
    let (long_title, long_text) = ("t".repeat(81), "t".repeat(601));
    for (title, text, field, problem) in [
        ("", "tekst", "texts[nl][title]", Problem::Required),
        ("Titel", " ", "texts[nl][text]", Problem::Required),
        (&long_title, "tekst", "texts[nl][title]", Problem::TooLong { max: 80 }),
        ("Titel", &long_text, "texts[nl][text]", Problem::TooLong { max: 600 }),
        ("Ti\u{7}tel", "tekst", "texts[nl][title]", Problem::StrangeCharacters),
        ("Titel", "a\u{202E}b", "texts[nl][text]", Problem::StrangeCharacters),
    ] {
        let texts = [("texts[nl][title]", title), ("texts[nl][text]", text)];
        let common = [("school", id.as_str()), ("purpose", &seen), ("new", &new), ("basis", "consent")];
        for path in [PREVIEW, ADD, PUBLISH] {
            let values: Vec<_> = common.iter().chain(&texts).copied().collect();
            let error = director.call::<()>(path, &values).await.expect_err("refused");
            assert_eq!(error.problem_of(field), Some(&problem), "{path} {title:?} {text:?}");
        }
    }
    let error = add(&test, &director, &school, "because", "Titel").await.expect_err("no such basis");
    assert_eq!(error, ApiError::field("basis", Problem::NotAChoice));
    let page = list(&director).await;
    assert_eq!((page.purposes[0].id, page.purposes.len()), (old, 10));
    test.work().await;
    assert!(test.letters().is_empty());
}

#[tokio::test]
async fn the_preview_shows_what_was_typed_and_changes_nothing() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let old = list(&director).await.purposes[0].id;
    let page = format!("/purposes/{old}");
    let (id, seen) = (school.id.to_string(), old.to_string());
    let new = test.portal.clock.new_id::<PurposeId>().to_string();
    let values = [
        ("school", id.as_str()),
        ("purpose", &seen),
        ("new", &new),
        ("texts[nl][title]", "Mag dit <b>zo</b>?"),
        ("texts[nl][text]", "Gewone tekst."),
        ("texts[en][title]", "Is this all right?"),
        ("texts[en][text]", "Plain text."),
    ];
    let sent = director.post_form(PREVIEW, &page, &values).await;
    assert_eq!(sent.status, StatusCode::OK);
    let html = sent.text();
    assert!(html.contains("Mag dit &lt;b&gt;zo&lt;/b&gt;?"), "plain text stays text: {html}");
    assert!(html.contains("Is this all right?") && html.contains("lang=\"en\""), "{html}");
    assert!(html.contains("3 ouders"), "who must answer again is said beforehand: {html}");
    let refused = director.post_form(PREVIEW, &page, &values[..3]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(list(&director).await.purposes[0].id, old);
    let sent = director.post_form(PUBLISH, &page, &values).await;
    assert_eq!(
        (sent.status, sent.location()),
        (StatusCode::SEE_OTHER, &*format!("/purposes?school={id}&done=published"))
    );
    let html = director.get(sent.location()).await.text();
    assert!(html.contains("De nieuwe tekst geldt vanaf nu."), "{html}");
    assert!(director.get("/purposes/new").await.text().contains(ADD));
}

#[tokio::test]
async fn only_the_schools_director_edits() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let director = test.as_(&school.director).await;
    let purpose = list(&director).await.purposes[2].id;
    let others: [&Person; 5] =
        [&school.teacher5, &school.office, &school.specialist, &school.mother, &foreign.director];
    for person in others {
        let client = test.as_(person).await;
        let id = school.id.to_string();
        for path in [LIST, NEW] {
            let error = client.ask::<serde_json::Value>(path, &[("school", &id)]).await.expect_err("shut");
            assert_eq!(error, ApiError::NotFound, "{path} as {}", person.name);
        }
        assert_eq!(find(&client, purpose).await.expect_err("shut"), ApiError::NotFound, "{}", person.name);
        let error = publish(&test, &client, &school, purpose).await.expect_err("shut");
        assert_eq!(error, ApiError::NotFound, "{}", person.name);
        let error = add(&test, &client, &school, "consent", "Schoolkrant").await.expect_err("shut");
        assert_eq!(error, ApiError::NotFound, "{}", person.name);
        assert_eq!(end(&client, &school, purpose).await.expect_err("shut"), ApiError::NotFound, "{}", person.name);
        let error = client.call::<()>(PREVIEW, &[("school", &id)]).await.expect_err("shut");
        assert_eq!(error, ApiError::NotFound, "{}", person.name);
        for page in [format!("/purposes?school={id}"), format!("/purposes/{purpose}")] {
            assert_eq!(client.get(&page).await.status, StatusCode::NOT_FOUND, "{page} as {}", person.name);
        }
    }
    let unknown: PurposeId = test.portal.clock.new_id();
    assert_eq!(publish(&test, &director, &school, unknown).await.expect_err("unknown"), ApiError::NotFound);
    assert_eq!(list(&director).await.purposes[2].id, purpose);
}
