//! Without JavaScript.

use super::*;

#[tokio::test]
async fn everything_works_without_javascript() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let empty = is_page(&teacher.get("/conversations").await, StatusCode::OK);
    assert!(empty.contains("empty-conversations.svg") && empty.contains("/conversations/new"), "{empty}");
    let step = is_page(&teacher.get("/conversations/new").await, StatusCode::OK);
    assert!(step.contains("<optgroup label=\"Groep 5\">") && step.contains("Sanne de Vries"), "{step}");
    let from = format!("/conversations/new?child={}", school.sanne);
    let step = is_page(&teacher.get(&from).await, StatusCode::OK);
    assert!(step.contains("Papa de Vries") && step.contains("name=\"guardians[]\""), "{step}");
    assert!(!step.contains(" checked"), "nobody is ticked beforehand");
    // What is not right comes back as it was filled in.
    let (id, child, mother) = (new_id(), school.sanne.to_string(), school.mother.account.to_string());
    let mut values =
        vec![("id", id.as_str()), ("child", &child), ("guardians[]", &mother), ("subject", ""), ("body", "Dag")];
    let html = is_page(&teacher.post_form(START, &from, &values).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains(">Dag</textarea>") && html.contains("subject-error") && html.contains(" checked"), "{html}");
    assert!(html.contains(&id), "the same id again");
    values[3].1 = "Gym";
    let answer = teacher.post_form(START, &from, &values).await;
    assert_eq!(
        (answer.status, answer.location()),
        (StatusCode::SEE_OTHER, format!("/conversations/{id}#latest").as_str())
    );

    let mother = test.as_(&school.mother).await;
    let place = format!("/conversations/{id}");
    let html = is_page(&mother.get(&place).await, StatusCode::OK);
    assert!(html.contains("unread-line") && html.contains("id=\"latest\""), "{html}");
    assert!(html.contains("action=\"/api/conversations/mark-read\""), "{html}");
    let list = is_page(&mother.get("/conversations").await, StatusCode::OK);
    assert!(list.contains(&format!("{place}#unread")) && list.contains("data-unread"), "{list}");
    assert!(list.contains("<span class=\"count\">1"), "in the frame too: {list}");
    let next = format!("{place}#latest");
    let answer = mother.post_form(MARK_READ, &place, &[("conversation", &id), ("seq", "1"), ("next", &next)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, next.as_str()));
    let html = is_page(&mother.get(&place).await, StatusCode::OK);
    assert!(!html.contains("unread-line") && !html.contains("mark-read"), "{html}");
    let long = "a".repeat(4_001);
    let message = new_id();
    let values = [("conversation", id.as_str()), ("id", &message), ("body", &long), ("seen", "1"), ("next", &next)];
    let html = is_page(&mother.post_form(SEND, &place, &values).await, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains(&format!(">{long}</textarea>")) && html.contains("body-error"), "the text is kept");
    let values = [("conversation", id.as_str()), ("id", &message), ("body", "Hier"), ("seen", "1"), ("next", &next)];
    for _ in 0..2 {
        let answer = mother.post_form(SEND, &place, &values).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, next.as_str()));
    }
    assert_eq!(texts(&find(&teacher, &id).await.expect("the team's")), ["Dag", "Hier"]);
    let values = [("conversation", id.as_str()), ("id", &new_id()), ("body", "x"), ("next", "https://evil.example/")];
    let answer = mother.post_form(SEND, &place, &values).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"), "going on stays on this site");
    // Lost in the meantime.
    change!(test, |write| write.end_guardianship(school.id, school.mother_of_sanne, NOW).await.expect("ended"));
    let html = is_page(&mother.post_form(SEND, &place, &values).await, StatusCode::NOT_FOUND);
    assert!(!html.contains("Gym") && !html.contains("Juf Anna"), "{html}");
}
