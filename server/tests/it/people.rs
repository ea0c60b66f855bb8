//! Groups, children, guardians and staff: what directors change, and that it holds at once.

use crate::support::{Client, Person, School, TestPortal};
use axum::http::StatusCode;
use model::{
    AccountId, ApiError, ChildId, GroupId, Problem, Time,
    account::Viewer,
    error::Conflict,
    live::LiveEvent,
    people::{AuditLine, ChildPage, PeoplePage, StaffPage},
    roles::{Scope, StaffRole},
};

async fn viewer(client: &Client) -> Viewer {
    client.ask::<Option<Viewer>>("/api/account/viewer", &[]).await.expect("asked").expect("signed in")
}

async fn groups(client: &Client) -> Vec<String> {
    viewer(client).await.groups.into_iter().map(|group| group.name).collect()
}

async fn was_told_to_look(test: &TestPortal, account: AccountId) -> bool {
    let rows = test.portal.store.read().await.expect("connection").list_live_events(account, 0).await.expect("asked");
    let resync = serde_json::to_string(&LiveEvent::Resync).expect("JSON");
    rows.iter().any(|row| row.event == resync)
}

async fn audit(director: &Client) -> Vec<(String, String)> {
    let lines: Vec<AuditLine> = director.ask("/api/people/audit", &[]).await.expect("the log");
    lines.into_iter().map(|line| (line.action, line.subject)).collect()
}

#[tokio::test]
async fn the_office_sees_everybody_and_changes_nothing() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let office = test.as_(&school.office).await;
    let page: PeoplePage = office.ask("/api/people/page", &[]).await.expect("people");
    let counts: Vec<_> = page.groups.iter().map(|line| (line.group.name.as_str(), line.children)).collect();
    assert_eq!(counts, [("De hele school", 3), ("Groep 5", 2), ("Groep 7", 1)]);
    assert_eq!(page.groups[1].staff, ["Gert Gym", "Juf Anna"]);
    assert_eq!(page.staff.len(), 5);
    assert_eq!(page.invitations.len(), 1);
    assert!(!page.can_manage && page.schools.is_empty());
    let group5 = school.group5.to_string();
    let page: PeoplePage = office.ask("/api/people/page", &[("group", &group5)]).await.expect("people");
    let children = page.group.expect("the group").children;
    let bram = children.iter().find(|child| child.id == school.bram).expect("Bram");
    let scopes: Vec<_> = bram.guardians.iter().map(|one| (one.name.as_str(), one.scope)).collect();
    assert_eq!(scopes, [("Bart Buiten", Scope::None), ("Mama Bakker", Scope::Full), ("Papa Bakker", Scope::OnRequest)]);

    let (bram, teacher) = (school.bram, school.teacher5.account);
    for path in [
        "/people",
        &format!("/people?group={group5}"),
        &format!("/people/child/{bram}"),
        &format!("/people/staff/{teacher}"),
    ] {
        let page = office.get(path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(!page.text().contains("/api/people/"), "no forms for the office: {path}");
        let page = test.as_(&school.director).await.get(path).await;
        assert!(page.status == StatusCode::OK && page.text().contains("method=\"post\""), "{path}");
        let page = test.as_(&school.bram_mother).await.get(path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
        assert!(!page.text().contains("Bart Buiten"), "another guardian is never told of: {path}");
    }
    assert_eq!(office.get("/people/audit").await.status, StatusCode::NOT_FOUND);
    assert!(office.get("/settings").await.text().contains("href=\"/people\""));
    assert!(!test.as_(&school.mother).await.get("/settings").await.text().contains("href=\"/people\""));
}

#[tokio::test]
async fn groups_and_children_are_added_once() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let director = test.as_(&school.director).await;
    let (own, group) = (school.id.to_string(), test.portal.clock.new_id::<GroupId>().to_string());
    let values = [("id", group.as_str()), ("school", own.as_str()), ("name", "Groep 8"), ("year", "2026-2027")];
    for _ in 0..2 {
        let answer = director.post_form("/api/people/add-group", "/people", &values).await;
        assert_eq!(answer.location(), format!("/people?group={group}"));
    }
    test.portal.clock.advance(Time::SECOND);
    let child = test.portal.clock.new_id::<ChildId>().to_string();
    let values =
        [("id", child.as_str()), ("group", group.as_str()), ("given_name", "Zoë 🦉"), ("family_name", "van 't Hof")];
    for _ in 0..2 {
        let answer = director.post_form("/api/people/add-child", "/people", &values).await;
        assert_eq!(answer.location(), format!("/people?group={group}"));
    }
    let page = director.get(&format!("/people?group={group}")).await.text();
    assert!(page.contains("Zoë 🦉 van &#x27;t Hof") || page.contains("Zoë 🦉 van 't Hof"), "{page}");
    assert_eq!(
        audit(&director).await,
        [
            ("people.add-child".to_owned(), "Zoë 🦉 van 't Hof".to_owned()),
            ("people.add-group".to_owned(), "Groep 8".to_owned()),
        ]
    );
    // An id that is taken by another school's child is no way to find out about it.
    let (taken, group5) = (foreign.sanne.to_string(), school.group5.to_string());
    let values =
        [("id", taken.as_str()), ("group", group5.as_str()), ("given_name", "Sanne"), ("family_name", "de Vries")];
    assert_eq!(director.call::<()>("/api/people/add-child", &values).await, Err(ApiError::NotFound));
    let whole = school.school_group.to_string();
    let values = [("id", child.as_str()), ("group", whole.as_str()), ("given_name", "A"), ("family_name", "B")];
    assert_eq!(
        director.call::<()>("/api/people/add-child", &values).await,
        Err(ApiError::NotFound),
        "the school group"
    );
    let values = [("id", child.as_str()), ("group", group5.as_str()), ("given_name", ""), ("family_name", "a\u{202E}")];
    let answer = director.post_form("/api/people/add-child", &format!("/people?group={group5}"), &values).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Er kloppen nog 2 dingen niet."), "{}", answer.text());
}

#[tokio::test]
async fn who_moves_or_leaves_takes_the_access_along() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let director = test.as_(&school.director).await;
    let mother = test.as_(&school.bram_mother).await;
    let (bram, group7) = (school.bram.to_string(), school.group7.to_string());
    assert_eq!(groups(&mother).await, ["De hele school", "Groep 5"]);
    let elsewhere = foreign.group7.to_string();
    let error = director.call::<()>("/api/people/move-child", &[("child", &bram), ("group", &elsewhere)]).await;
    assert_eq!(error, Err(ApiError::NotFound), "not to another school");
    director.call::<()>("/api/people/move-child", &[("child", &bram), ("group", &group7)]).await.expect("moved");
    assert_eq!(groups(&mother).await, ["De hele school", "Groep 7"]);
    assert!(was_told_to_look(&test, school.bram_mother.account).await);
    director.call::<()>("/api/people/remove-child", &[("child", &bram)]).await.expect("left");
    assert!(groups(&mother).await.is_empty());
    let page: PeoplePage = director.ask("/api/people/page", &[]).await.expect("people");
    assert!(page.invitations.is_empty(), "the invitation for Bram is withdrawn");
    assert_eq!(director.call::<()>("/api/people/remove-child", &[("child", &bram)]).await, Err(ApiError::NotFound));
    assert_eq!(director.get(&format!("/people/child/{bram}")).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_scope_changes_with_a_reason_and_at_once() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let sanne = school.sanne.to_string();
    let page: ChildPage = director.ask("/api/people/child", &[("child", &sanne)]).await.expect("Sanne");
    let father = page.child.guardians.iter().find(|one| one.name == "Papa de Vries").expect("her father");
    let guardianship = father.guardianship.to_string();
    let from = format!("/people/child/{sanne}");
    let values = [("guardianship", guardianship.as_str()), ("scope", "none"), ("reason", "")];
    let answer = director.post_form("/api/people/set-scope", &from, &values).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(answer.text().matches("Vul dit in.").count(), 1, "one of the two guardians' forms came back");
    let client = test.as_(&school.father).await;
    assert_eq!(viewer(&client).await.children.len(), 2);
    let values =
        [("guardianship", guardianship.as_str()), ("scope", "none"), ("reason", "Beschikking van 3 november.")];
    director.call::<()>("/api/people/set-scope", &values).await.expect("changed");
    let names: Vec<_> = viewer(&client).await.children.into_iter().map(|child| child.name).collect();
    assert_eq!(names, ["Otto"]);
    assert_eq!(groups(&client).await, ["De hele school", "Groep 7"]);
    assert!(was_told_to_look(&test, school.father.account).await);
    let lines: Vec<AuditLine> = director.ask("/api/people/audit", &[]).await.expect("the log");
    assert_eq!(lines[0].subject, "Papa de Vries");
    assert_eq!(lines[0].detail, "Sanne de Vries: full → none. Beschikking van 3 november.");
    let values = [("guardianship", guardianship.as_str()), ("reason", "Niet meer nodig.")];
    director.call::<()>("/api/people/end-guardianship", &values).await.expect("ended");
    let page: ChildPage = director.ask("/api/people/child", &[("child", &sanne)]).await.expect("Sanne");
    assert_eq!(page.child.guardians.len(), 1);
    assert_eq!(
        director.call::<()>("/api/people/end-guardianship", &values).await,
        Err(ApiError::NotFound),
        "ended already"
    );
}

async fn end_role(client: &Client, school: &School, person: &Person, role: &str) -> Result<(), ApiError> {
    let (school, account) = (school.id.to_string(), person.account.to_string());
    client.call("/api/people/end-role", &[("school", &school), ("account", &account), ("role", role)]).await
}

#[tokio::test]
async fn staff_come_and_go_but_a_director_stays() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let director = test.as_(&school.director).await;
        let teacher = test.as_(&school.teacher5).await;
        let (id, account, group7) =
            (school.id.to_string(), school.teacher5.account.to_string(), school.group7.to_string());
        director
            .call::<()>("/api/people/assign-group", &[("group", &group7), ("account", &account)])
            .await
            .expect("assigned");
        assert_eq!(groups(&teacher).await, ["De hele school", "Groep 5", "Groep 7"]);
        director
            .call::<()>("/api/people/unassign-group", &[("group", &group7), ("account", &account)])
            .await
            .expect("taken away");
        assert_eq!(groups(&teacher).await, ["De hele school", "Groep 5"]);
        assert!(was_told_to_look(&test, school.teacher5.account).await);
        let last = end_role(&director, &school, &school.director, "director").await;
        assert_eq!(last, Err(ApiError::conflict(Conflict::LastDirector)));
        let add = [("school", id.as_str()), ("account", account.as_str()), ("role", "director")];
        director.call::<()>("/api/people/add-role", &add).await.expect("a second director");
        director.call::<()>("/api/people/add-role", &add).await.expect("again changes nothing");
        assert_eq!(viewer(&teacher).await.roles, [StaffRole::Director, StaffRole::Teacher]);
        // Two directors end each other's role in the same moment: one of them stays.
        let (a, b) = tokio::join!(
            end_role(&director, &school, &school.teacher5, "director"),
            end_role(&teacher, &school, &school.director, "director"),
        );
        assert!(a.is_ok() != b.is_ok(), "{a:?} {b:?}");
        let left = test.portal.store.read().await.expect("connection").count_directors(school.id).await.expect("asked");
        assert_eq!(left, 1);
    }
}

#[tokio::test]
async fn the_last_role_ends_all_access() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let teacher = test.as_(&school.teacher5).await;
    assert_eq!(end_role(&director, &school, &school.teacher5, "office").await, Err(ApiError::NotFound), "not held");
    end_role(&director, &school, &school.teacher5, "teacher").await.expect("ended");
    let viewer = viewer(&teacher).await;
    assert!(viewer.roles.is_empty() && viewer.groups.is_empty() && viewer.post_groups.is_empty());
    let account = school.teacher5.account.to_string();
    let error = director.ask::<StaffPage>("/api/people/staff", &[("account", &account)]).await;
    assert_eq!(error, Err(ApiError::NotFound));
    let id = school.id.to_string();
    // Only who is on the staff gets another role by hand; a guardian comes in by an invitation.
    for account in [account, school.mother.account.to_string()] {
        let add = [("school", id.as_str()), ("account", account.as_str()), ("role", "director")];
        assert_eq!(director.call::<()>("/api/people/add-role", &add).await, Err(ApiError::NotFound));
    }
    let account = school.office.account.to_string();
    let add = [("school", id.as_str()), ("account", account.as_str()), ("role", "koning")];
    let error = director.call::<()>("/api/people/add-role", &add).await.expect_err("no such role");
    assert_eq!(error.problem_of("role"), Some(&Problem::NotAChoice));
}
