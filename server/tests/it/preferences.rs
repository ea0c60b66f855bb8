//! Image preferences: who answers, what the answers come to, and what nobody learns from them.

use crate::support::{Client, School, TestPortal};
use axum::http::StatusCode;
use domain::preferences::create_shipped_purposes;
use model::{
    ApiError, ChildId, PurposeId,
    account::Viewer,
    consent::{ChildPreferences, Effective, GroupPreferences, PreferenceRow},
    error::Conflict,
};

const FIND: &str = "/api/preferences/find";
const ANSWER: &str = "/api/preferences/answer";

async fn page(client: &Client, child: ChildId) -> Result<ChildPreferences, ApiError> {
    client.ask(FIND, &[("child", &child.to_string())]).await
}

/// The first row: photos in the portal for the group.
async fn first(client: &Client, child: ChildId) -> PreferenceRow {
    page(client, child).await.expect("own child").rows.remove(0)
}

async fn answer(client: &Client, child: ChildId, purpose: PurposeId, answer: &str) -> Result<(), ApiError> {
    client.call(ANSWER, &[("child", &child.to_string()), ("purpose", &purpose.to_string()), ("answer", answer)]).await
}

#[tokio::test]
async fn one_no_decides_and_nobody_learns_whose() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (mother, father) = (test.as_(&school.mother).await, test.as_(&school.father).await);
        let row = first(&mother, school.sanne).await;
        assert_eq!((row.own.clone(), row.effective), (None, Effective::Unset), "nothing is chosen beforehand");
        answer(&mother, school.sanne, row.purpose, "yes").await.expect("answered");
        assert_eq!(first(&mother, school.sanne).await.effective, Effective::Yes);
        answer(&father, school.sanne, row.purpose, "no").await.expect("answered");
        let row = first(&mother, school.sanne).await;
        assert_eq!((row.own.as_ref().map(|own| own.yes), row.effective), (Some(true), Effective::No));
        let html = mother.get(&format!("/children/{}/preferences", school.sanne)).await.text();
        assert!(html.contains("De school gebruikt hiervoor geen beelden van Sanne."), "{html}");
        for secret in ["Papa", &school.father.email, &school.father.account.to_string()] {
            assert!(!html.contains(secret), "another guardian is in the page: {secret}");
        }
        answer(&father, school.sanne, row.purpose, "yes").await.expect("taken back, with the same taps");
        assert_eq!(first(&mother, school.sanne).await.effective, Effective::Yes);
        assert_eq!(first(&mother, school.otto).await.effective, Effective::Unset, "another child is another matter");
    }
}

#[tokio::test]
async fn only_guardians_with_custody_answer_and_read() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let bram_mother = test.as_(&school.bram_mother).await;
    let purpose = first(&bram_mother, school.bram).await.purpose;
    for person in [
        &school.mother,
        &school.bram_father,
        &school.barred,
        &school.teacher5,
        &school.office,
        &school.director,
        &foreign.director,
    ] {
        let client = test.as_(person).await;
        assert_eq!(page(&client, school.bram).await.expect_err("shut"), ApiError::NotFound, "{}", person.name);
        assert_eq!(
            answer(&client, school.bram, purpose, "yes").await.expect_err("shut"),
            ApiError::NotFound,
            "{}",
            person.name
        );
        assert_eq!(client.get(&format!("/children/{}/preferences", school.bram)).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(first(&bram_mother, school.bram).await.effective, Effective::Unset);
    let nobody = test.anonymous();
    assert_eq!(answer(&nobody, school.bram, purpose, "yes").await.expect_err("nobody"), ApiError::SignedOut);
}

#[tokio::test]
async fn what_is_not_a_question_has_no_answer() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let mother = test.as_(&school.mother).await;
    let rows = page(&mother, school.sanne).await.expect("own child").rows;
    let information = rows.last().expect("rows").purpose;
    assert_eq!(answer(&mother, school.sanne, information, "no").await.expect_err("information"), ApiError::NotFound);
    let elsewhere = first(&test.as_(&foreign.mother).await, foreign.sanne).await.purpose;
    let superseded = ApiError::conflict(Conflict::PurposeSuperseded);
    assert_eq!(answer(&mother, school.sanne, elsewhere, "yes").await.expect_err("another school's"), superseded);
    assert_eq!(answer(&mother, school.sanne, rows[0].purpose, "maybe").await.expect_err("no choice").status(), 422,);
    let error =
        mother.call::<()>(ANSWER, &[("child", "x"), ("purpose", "y"), ("answer", "yes")]).await.expect_err("ids");
    assert_eq!(error, ApiError::NotFound);
}

#[tokio::test]
async fn a_new_version_asks_everybody_again() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let old = first(&mother, school.sanne).await.purpose;
    answer(&mother, school.sanne, old, "yes").await.expect("answered");
    let viewer: Option<Viewer> = mother.ask("/api/account/viewer", &[]).await.expect("viewer");
    let before = viewer.expect("signed in").open_preferences;
    let mut write = test.portal.store.write().await.expect("transaction");
    let now = test.portal.clock.now();
    let mut row = write.list_purposes(school.id).await.expect("rows").remove(0);
    write.supersede_purpose(school.id, &row.key, now).await.expect("superseded");
    row.id = test.portal.clock.new_id();
    row.version += 1;
    write.create_purpose(&row, now).await.expect("created");
    write.commit().await.expect("committed");
    let superseded = ApiError::conflict(Conflict::PurposeSuperseded);
    assert_eq!(answer(&mother, school.sanne, old, "yes").await.expect_err("old text"), superseded);
    let row = first(&mother, school.sanne).await;
    assert_eq!((row.own, row.effective), (None, Effective::Unset));
    let viewer: Option<Viewer> = mother.ask("/api/account/viewer", &[]).await.expect("viewer");
    assert_eq!(viewer.expect("signed in").open_preferences, before + 1);
}

/// The same answer again (a double tap, a form sent twice) adds nothing to the record.
#[tokio::test]
async fn the_same_answer_again_changes_nothing() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let purpose = first(&mother, school.sanne).await.purpose;
    answer(&mother, school.sanne, purpose, "no").await.expect("answered");
    let at = first(&mother, school.sanne).await.own.expect("answered").at;
    test.portal.clock.advance(model::Time::HOUR);
    answer(&mother, school.sanne, purpose, "no").await.expect("answered");
    let again = first(&mother, school.sanne).await.own.expect("answered").at;
    assert_eq!(again.machine, at.machine);
}

#[tokio::test]
async fn two_guardians_at_the_same_instant_are_both_heard() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (mother, father) = (test.as_(&school.mother).await, test.as_(&school.father).await);
        let purpose = first(&mother, school.sanne).await.purpose;
        let (a, b) =
            tokio::join!(answer(&mother, school.sanne, purpose, "yes"), answer(&father, school.sanne, purpose, "no"));
        a.expect("answered");
        b.expect("answered");
        assert_eq!(first(&mother, school.sanne).await.effective, Effective::No);
    }
}

#[tokio::test]
async fn the_form_works_without_javascript() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let from = format!("/children/{}/preferences", school.sanne);
    let purpose = first(&mother, school.sanne).await.purpose.to_string();
    let child = school.sanne.to_string();
    let sent = mother.post_form(ANSWER, &from, &[("child", &child), ("purpose", &purpose), ("answer", "no")]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER);
    assert!(sent.location().starts_with(&from), "{}", sent.location());
    let html = mother.get(&from).await.text();
    assert!(html.contains("aria-pressed=\"true\""), "{html}");
}

#[tokio::test]
async fn staff_see_the_list_of_their_own_group() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let purpose = first(&mother, school.sanne).await.purpose;
    answer(&mother, school.sanne, purpose, "no").await.expect("answered");
    let group = school.group5.to_string();
    for (person, open) in [
        (&school.teacher5, true),
        (&school.specialist, true),
        (&school.office, true),
        (&school.director, true),
        (&school.teacher7, false),
        (&school.mother, false),
    ] {
        let list = test.as_(person).await.ask::<GroupPreferences>("/api/preferences/list", &[("group", &group)]).await;
        assert_eq!(list.is_ok(), open, "{}", person.name);
        if let Ok(list) = list {
            let sanne = list.children.iter().find(|child| child.name.starts_with("Sanne")).expect("in the group");
            assert_eq!(sanne.answers[0], Effective::No);
        }
    }
}

#[tokio::test]
async fn a_school_has_each_purpose_once() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mut write = test.portal.store.write().await.expect("transaction");
    let again = create_shipped_purposes(&mut write, &test.portal, school.id, test.portal.clock.now()).await;
    assert!(again.is_err(), "a school has each purpose once");
}
