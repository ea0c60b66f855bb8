//! Guardians without custody: to everything about a child's pictures they are as unknown as the child is to a stranger.

use crate::support::{
    Answer, Client, School, TestPortal,
    posts::{field, photo},
};
use app::PAPER_FORM;
use axum::http::{Method, StatusCode};
use model::{
    AnswerId, ApiError, ChildId, GuardianshipId, PurposeId, consent::Effective, people::ChildPage, roles::Scope,
};

/// Whatever a guardian with custody may ask about a child and an answer.
async fn everything(client: &Client, child: ChildId, answer: AnswerId, form: &str) -> Vec<(String, Answer)> {
    let (child, answer) = (child.to_string(), answer.to_string());
    let mut answers = Vec::new();
    for path in [
        format!("/api/preferences/find?child={child}"),
        format!("/api/preferences/history?child={child}"),
        format!("/api/preferences/receipt?child={child}&answer={answer}"),
        format!("/api/pictures/seen?child={child}"),
        format!("/children/{child}/preferences"),
        format!("/children/{child}/preferences/history"),
        format!("/children/{child}/preferences/receipt/{answer}"),
        format!("/children/{child}/seen"),
        format!("/forms/{form}"),
    ] {
        let accept = if path.starts_with("/api/") { "application/json" } else { "text/html" };
        let answer = client.request(Method::GET, &path, &[("accept", accept)], Vec::new()).await;
        answers.push((path, answer));
    }
    answers
}

async fn is_shut(client: &Client, child: ChildId, purpose: PurposeId, answer: AnswerId, form: &str, who: &str) {
    let unknown = ChildId(uuid::Uuid::max());
    let nothing = everything(client, unknown, AnswerId(uuid::Uuid::max()), &unknown.to_string()).await;
    for ((path, answer), (_, nothing)) in everything(client, child, answer, form).await.into_iter().zip(nothing) {
        assert_eq!((answer.status, nothing.status), (StatusCode::NOT_FOUND, StatusCode::NOT_FOUND), "{path} to {who}");
        if !path.starts_with("/children") {
            assert_eq!(answer.body, nothing.body, "{path} to {who}");
        }
        assert!(!answer.text().contains("Bram"), "{path} to {who}");
    }
    assert_eq!(client.answers(child, purpose, "no").await.expect_err(who), ApiError::NotFound);
}

/// The form of Bram's mother, read in by the office, and her answer on it.
async fn mothers_form(test: &TestPortal, school: &School) -> (PurposeId, AnswerId, String) {
    let office = test.as_(&school.office).await;
    let bram = school.bram.to_string();
    let page: ChildPage = office.ask("/api/people/child", &[("child", &bram)]).await.expect("the office's page");
    let purpose = page.paper.expect("for the office").purposes[0].0;
    let of = page.child.guardians.iter().find(|line| line.scope == Scope::Full).expect("the mother").guardianship;
    let (of, answer, scan) = (of.to_string(), format!("answer:{purpose}"), photo(1));
    let parts =
        [field("child", &bram), field("guardianship", &of), field(&answer, "yes"), ("file", Some("f.jpg"), &scan)];
    let sent = office.send_form(PAPER_FORM, Some("/people"), &parts).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
    let page: ChildPage = office.ask("/api/people/child", &[("child", &bram)]).await.expect("the office's page");
    let form = page.paper.expect("for the office").recorded[0].id.to_string();
    let mut read = test.portal.store.read().await.expect("connection");
    let record = read.list_record(school.bram).await.expect("asked");
    (purpose, AnswerId(record[0].id), form)
}

async fn set_scope(test: &TestPortal, school: &School, id: GuardianshipId, scope: &str) {
    let values = [("guardianship", id.to_string()), ("scope", scope.to_owned()), ("reason", "Besluit".to_owned())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    test.as_(&school.director).await.call::<()>("/api/people/set-scope", &values).await.expect("changed");
}

#[tokio::test]
async fn without_custody_there_is_nothing_to_ask() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (purpose, answer, form) = mothers_form(&test, &school).await;
        for person in [&school.bram_father, &school.barred, &school.mother] {
            let client = test.as_(person).await;
            is_shut(&client, school.bram, purpose, answer, &form, &person.name).await;
        }
        let mother = test.as_(&school.bram_mother).await;
        for (path, answer) in everything(&mother, school.bram, answer, &form).await {
            assert_eq!(answer.status, StatusCode::OK, "{path}");
        }
        assert_eq!(mother.preferences(school.bram).await.expect("hers").rows[0].effective, Effective::Yes);
    }
}

#[tokio::test]
async fn who_loses_custody_while_a_page_is_open_answers_nothing_any_more() {
    for (scope, test) in [("on_request", TestPortal::new().await), ("none", TestPortal::on_postgres().await)] {
        let school = School::new(&test, "ikker").await;
        let (purpose, answer, form) = mothers_form(&test, &school).await;
        let mother = test.as_(&school.bram_mother).await;
        let there = format!("/children/{}/preferences", school.bram);
        assert_eq!(mother.get(&there).await.status, StatusCode::OK);
        let mut read = test.portal.store.read().await.expect("connection");
        let rows = read.list_guardians(school.id, &[school.bram].into_iter().collect()).await.expect("asked");
        drop(read);
        let own = rows.iter().find(|row| row.account_id == school.bram_mother.account).expect("hers").id;
        set_scope(&test, &school, own, scope).await;
        is_shut(&mother, school.bram, purpose, answer, &form, scope).await;
        // The form of the open page, without JavaScript.
        let (child, asked) = (school.bram.to_string(), purpose.to_string());
        let values = [("child", child.as_str()), ("purpose", &asked), ("answer", "no")];
        let sent = mother.post_form("/api/preferences/answer", &there, &values).await;
        assert_eq!(sent.status, StatusCode::NOT_FOUND);
        let read_record = async || {
            let mut read = test.portal.store.read().await.expect("connection");
            read.list_record(school.bram).await.expect("asked").len()
        };
        assert_eq!(read_record().await, 1);
        // With custody again, what she had said counts again; without any tie it never does.
        set_scope(&test, &school, own, "full").await;
        assert_eq!(mother.preferences(school.bram).await.expect("hers").rows[0].effective, Effective::Yes);
        let values = [("guardianship", own.to_string()), ("reason", "Besluit".to_owned())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        let director = test.as_(&school.director).await;
        director.call::<()>("/api/people/end-guardianship", &values).await.expect("ended");
        is_shut(&mother, school.bram, purpose, answer, &form, "ended").await;
        assert_eq!(read_record().await, 1);
    }
}
