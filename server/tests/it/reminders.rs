//! How far a school's questions have been answered, and who is reminded of them.

use crate::support::{Client, Person, School, TestPortal};
use axum::http::StatusCode;
use model::{
    ApiError, ChildId, SchoolId, Time,
    account::SchoolSettings,
    consent::{ChildPreferences, Effective, LegalBasis, PreferenceRow},
    coverage::{Coverage, CoveragePage},
    error::Conflict,
    people::AuditLine,
    roles::{Relation, Scope},
};

const COVERAGE: &str = "/api/preferences/coverage";
const REMIND: &str = "/api/preferences/remind";

async fn coverage(client: &Client) -> CoveragePage {
    client.ask(COVERAGE, &[]).await.expect("the overview")
}

async fn remind(client: &Client, school: SchoolId) -> Result<(), ApiError> {
    client.call(REMIND, &[("school", &school.to_string())]).await
}

async fn rows(client: &Client, child: ChildId) -> Vec<PreferenceRow> {
    let page: ChildPreferences =
        client.ask("/api/preferences/find", &[("child", &child.to_string())]).await.expect("own child");
    page.rows
}

async fn say(client: &Client, child: ChildId, row: &PreferenceRow, answer: &str) {
    let values = [("child", &*child.to_string()), ("purpose", &row.purpose.to_string()), ("answer", answer)];
    client.call::<()>("/api/preferences/answer", &values).await.expect("answered");
}

/// Answers everything that is asked about a child.
async fn say_all(client: &Client, child: ChildId, answer: &str) {
    for row in rows(client, child).await.iter().filter(|row| row.basis == LegalBasis::Consent) {
        say(client, child, row, answer).await;
    }
}

/// The letters sent since there were so many, and to whom.
fn letters_since(test: &TestPortal, before: usize) -> Vec<String> {
    test.letters().split_off(before)
}

fn count_to(letters: &[String], person: &Person) -> usize {
    letters.iter().filter(|letter| letter.contains(&person.email)).count()
}

async fn set_yearly(client: &Client, school: &School, on: bool) {
    let id = school.id.to_string();
    let mut values = vec![("school", id.as_str())];
    if on {
        values.push(("yearly_reminder", "true"));
    }
    client.call::<()>("/api/account/set-school-settings", &values).await.expect("saved");
}

/// Monday 6 September 2027, 09:00 in the school's time zone.
const FIRST_MONDAY: Time = Time(1_820_214_000 * 1_000_000);

fn move_to(test: &TestPortal, at: Time) {
    test.portal.clock.advance(at.0 - test.portal.clock.now().0);
}

#[tokio::test]
async fn the_overview_counts_children_and_names_no_guardian() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (director, mother) = (test.as_(&school.director).await, test.as_(&school.mother).await);
        let (father, bram_mother) = (test.as_(&school.father).await, test.as_(&school.bram_mother).await);
        let row = rows(&mother, school.sanne).await.remove(0);
        say(&mother, school.sanne, &row, "yes").await;
        say(&father, school.sanne, &row, "yes").await;
        say(&bram_mother, school.bram, &row, "no").await;
        say(&mother, school.otto, &row, "yes").await;
        let page = coverage(&director).await;
        let first = &page.purposes[0];
        assert_eq!(first.total, Coverage { children: 3, complete: 2, yes: 2, no: 1, open: 0 });
        let groups: Vec<_> = first.groups.iter().map(|group| (group.group.as_deref(), group.counts)).collect();
        let expected = [
            (Some("Groep 5"), Coverage { children: 2, complete: 2, yes: 1, no: 1, open: 0 }),
            (Some("Groep 7"), Coverage { children: 1, complete: 0, yes: 1, no: 0, open: 0 }),
        ];
        assert_eq!(groups, expected);
        assert_eq!(page.purposes[1].total, Coverage { children: 3, complete: 0, yes: 0, no: 0, open: 3 });
        assert_eq!(page.purposes.len(), 9, "what is for information is not answered");
        assert_eq!((page.guardians, page.open_guardians, page.last, page.can_remind), (3, 3, None, true));
        let html = director.get("/preferences").await.text();
        assert!(html.contains("Groep 7"), "{html}");
        for person in [&school.mother, &school.father, &school.bram_mother] {
            assert!(!html.contains(&person.name) && !html.contains(&person.email), "{}: {html}", person.name);
        }
    }
}

/// A pupil of sixteen is the only one who is asked; a child without a group or without guardians counts as well.
#[tokio::test]
async fn every_child_counts_once() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mut write = test.portal.store.write().await.expect("transaction");
    let now = test.portal.clock.now();
    let (grown, alone): (ChildId, ChildId) = (test.portal.clock.new_id(), test.portal.clock.new_id());
    write.add_child(grown, school.id, "Grote", "Bakker", Some("2010-11-16"), now).await.expect("added");
    write.enrol(school.id, grown, school.group7, now).await.expect("enrolled");
    write.add_child(alone, school.id, "Los", "Kind", None, now).await.expect("added");
    write
        .add_guardianship(
            test.portal.clock.new_id(),
            school.id,
            grown,
            school.bram_mother.account,
            Scope::Full,
            Relation::Mother,
            now,
        )
        .await
        .expect("added");
    write.commit().await.expect("committed");
    let page = coverage(&test.as_(&school.director).await).await;
    let groups: Vec<_> =
        page.purposes[0].groups.iter().map(|group| (group.group.as_deref(), group.counts.children)).collect();
    assert_eq!(groups, [(Some("Groep 5"), 2), (Some("Groep 7"), 2), (None, 1)]);
    assert_eq!(page.purposes[0].total.open, 5);
    let bram_mother = test.as_(&school.bram_mother).await;
    say_all(&bram_mother, school.bram, "no").await;
    let page = coverage(&test.as_(&school.director).await).await;
    assert_eq!(page.open_guardians, 2, "who decides nothing about a pupil of sixteen has nothing open");
}

#[tokio::test]
async fn those_with_open_questions_are_reminded_once_a_day() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        School::new(&test, "elders").await;
        let (director, bram_mother) = (test.as_(&school.director).await, test.as_(&school.bram_mother).await);
        say_all(&bram_mother, school.bram, "no").await;
        remind(&director, school.id).await.expect("reminded");
        test.work().await;
        let letters = test.letters();
        assert_eq!(letters.len(), 2, "one for each guardian with something open, however many children");
        assert_eq!((count_to(&letters, &school.mother), count_to(&letters, &school.father)), (1, 1));
        for letter in &letters {
            assert!(letter.contains("/children/") && letter.contains("/preferences"), "{letter}");
            for secret in ["Sanne", "Otto", "Bram", "Dorpsschool elders"] {
                assert!(!letter.contains(secret), "{secret}: {letter}");
            }
        }
        let again = ApiError::conflict(Conflict::RemindedToday);
        test.portal.clock.advance(Time::DAY - Time::SECOND);
        assert_eq!(remind(&director, school.id).await.expect_err("today"), again);
        let page = coverage(&director).await;
        let last = page.last.expect("reminded");
        assert_eq!((last.by.as_deref(), last.letters, page.can_remind), (Some("Dina Directeur"), 2, false));
        test.portal.clock.advance(Time::SECOND);
        let director = test.as_(&school.director).await;
        remind(&director, school.id).await.expect("another day");
        test.work().await;
        assert_eq!(letters_since(&test, 2).len(), 2);
        let log: Vec<AuditLine> = director.ask("/api/people/audit", &[]).await.expect("the log");
        let details: Vec<_> =
            log.iter().filter(|line| line.action == "preferences.remind").map(|line| line.detail.as_str()).collect();
        assert_eq!(details, ["2", "2"]);
    }
}

#[tokio::test]
async fn two_directors_at_once_send_one_batch() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (one, other) = (test.as_(&school.director).await, test.as_(&school.director).await);
        let (a, b) = tokio::join!(remind(&one, school.id), remind(&other, school.id));
        assert_eq!(usize::from(a.is_ok()) + usize::from(b.is_ok()), 1);
        let refused = a.err().or(b.err()).expect("one of them");
        assert_eq!(refused, ApiError::conflict(Conflict::RemindedToday));
        test.work().await;
        assert_eq!(test.letters().len(), 3);
    }
}

#[tokio::test]
async fn nobody_is_reminded_of_what_is_answered() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    for (person, children) in [
        (&school.mother, &[school.sanne, school.otto][..]),
        (&school.father, &[school.sanne, school.otto]),
        (&school.bram_mother, &[school.bram]),
    ] {
        let client = test.as_(person).await;
        for child in children {
            say_all(&client, *child, "yes").await;
        }
    }
    let page = coverage(&director).await;
    assert_eq!((page.open_guardians, page.can_remind), (0, false));
    assert_eq!(page.purposes[0].total, Coverage { children: 3, complete: 3, yes: 3, no: 0, open: 0 });
    remind(&director, school.id).await.expect("nothing to do");
    test.work().await;
    assert!(test.letters().is_empty());
    assert_eq!(coverage(&director).await.last, None);
}

#[tokio::test]
async fn reminding_works_without_javascript_and_for_the_director_alone() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let id = school.id.to_string();
    let others: [&Person; 5] =
        [&school.teacher5, &school.office, &school.specialist, &school.mother, &foreign.director];
    for person in others {
        let client = test.as_(person).await;
        assert_eq!(remind(&client, school.id).await.expect_err("shut"), ApiError::NotFound, "{}", person.name);
        let page = client.ask::<CoveragePage>(COVERAGE, &[("school", &id)]).await;
        assert_eq!(page.expect_err("shut"), ApiError::NotFound, "{}", person.name);
        let answer = client.get(&format!("/preferences?school={id}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", person.name);
    }
    test.work().await;
    assert!(test.letters().is_empty());
    let director = test.as_(&school.director).await;
    let sent = director.post_form(REMIND, "/preferences", &[("school", &id)]).await;
    assert_eq!(
        (sent.status, sent.location()),
        (StatusCode::SEE_OTHER, &*format!("/preferences?school={id}&done=reminded"))
    );
    let again = director.post_form(REMIND, "/preferences", &[("school", &id)]).await;
    assert_eq!(again.status, StatusCode::CONFLICT);
    assert!(again.text().contains("vandaag al herinnerd"), "{}", again.text());
}

#[tokio::test]
async fn once_a_year_everybody_is_asked_to_look_again() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        // Another school has not asked for it.
        School::new(&test, "elders").await;
        let (director, mother) = (test.as_(&school.director).await, test.as_(&school.mother).await);
        let bram_mother = test.as_(&school.bram_mother).await;
        let row = rows(&mother, school.sanne).await.remove(0);
        say(&mother, school.sanne, &row, "yes").await;
        say_all(&bram_mother, school.bram, "no").await;
        set_yearly(&director, &school, true).await;
        domain::jobs::start(&test.portal).await.expect("started");
        test.work().await;
        move_to(&test, FIRST_MONDAY.plus(-Time::SECOND));
        test.work().await;
        assert!(test.letters().is_empty(), "not yet nine o'clock");
        move_to(&test, FIRST_MONDAY);
        test.work().await;
        let letters = test.letters();
        assert_eq!(letters.len(), 3, "those who have answered everything as well");
        for person in [&school.mother, &school.father, &school.bram_mother] {
            assert_eq!(count_to(&letters, person), 1, "{}", person.name);
        }
        assert_eq!(rows(&test.as_(&school.mother).await, school.sanne).await[0].effective, Effective::Yes);
        let last = coverage(&test.as_(&school.director).await).await.last.expect("sent");
        assert_eq!((last.by, last.letters), (None, 3));
        // The work again: by the next hour, by another server that starts, and by both at once.
        domain::jobs::start(&test.portal).await.expect("started");
        test.work().await;
        let (one, other) = (test.portal.clone(), test.portal.clone());
        for _ in 0..3 {
            test.portal.clock.advance(Time::HOUR);
            let (a, b) = tokio::join!(domain::jobs::run_next(&one), domain::jobs::run_next(&other));
            a.and(b).expect("worked");
            test.work().await;
        }
        assert_eq!(test.letters().len(), 3, "once a year");
        // A year later it is another Monday.
        test.portal.clock.advance(FIRST_MONDAY.0 + 364 * Time::DAY - test.portal.clock.now().0);
        test.work().await;
        assert_eq!(test.letters().len(), 6);
    }
}

/// Two servers that look at the same instant write one batch.
#[tokio::test]
async fn two_nodes_write_the_yearly_letters_once() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        set_yearly(&test.as_(&school.director).await, &school, true).await;
        move_to(&test, FIRST_MONDAY);
        let look = domain::preferences::remind_yearly;
        let (a, b) = tokio::join!(look(&test.portal), look(&test.portal));
        a.and(b).expect("looked");
        look(&test.portal).await.expect("looked");
        test.work().await;
        assert_eq!(test.letters().len(), 3);
    }
}

#[tokio::test]
async fn the_yearly_letters_go_out_in_the_first_school_week_only_where_the_school_wants_them() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    assert!(!SchoolSettings::default().yearly_reminder, "off unless somebody turns it on");
    let look = domain::preferences::remind_yearly;
    move_to(&test, FIRST_MONDAY);
    look(&test.portal).await.expect("looked");
    set_yearly(&test.as_(&school.director).await, &school, true).await;
    move_to(&test, FIRST_MONDAY.plus(5 * Time::DAY));
    look(&test.portal).await.expect("looked");
    test.work().await;
    assert!(test.letters().is_empty(), "the week is over");
    move_to(&test, FIRST_MONDAY.plus(5 * Time::DAY - Time::HOUR));
    look(&test.portal).await.expect("looked");
    test.work().await;
    assert_eq!(test.letters().len(), 3, "a server that was away on Monday makes up for it");
    let html = test.as_(&school.director).await.get("/settings").await.text();
    assert!(html.contains("name=\"yearly_reminder\""), "{html}");
}
