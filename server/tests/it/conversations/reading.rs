//! Who has read what, and what is older.

use super::*;

/// Reading only ever goes forward, what is sent says how far its writer has read, and each is told to whom it concerns.
#[tokio::test]
async fn reading_is_told_to_oneself_and_to_staff() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let (mother, teacher) = (test.as_(&school.mother).await, test.as_(&school.teacher5).await);
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    for text in ["Een", "Twee", "Drie"] {
        send(&teacher, &id, text).await.expect("sent");
    }
    let last = test.portal.store.read().await.expect("connection").last_live_seq().await.expect("asked");
    let heard = async |person: &Person, after: i64| -> Vec<LiveEvent> {
        let mut read = test.portal.store.read().await.expect("connection");
        let rows = read.list_live_events(person.account, after).await.expect("asked");
        rows.iter().map(|row| serde_json::from_str(&row.event).expect("an event")).collect()
    };
    mark_read(&mother, &id, "3").await.expect("read");
    mark_read(&mother, &id, "2").await.expect("nothing to do");
    let conversation = LiveEvent::Conversation { id: id.parse().expect("an id") };
    assert_eq!(heard(&school.mother, last).await, [LiveEvent::Counts]);
    assert_eq!(heard(&school.teacher5, last).await, [conversation]);
    assert_eq!(heard(&school.father, 0).await, []);
    let page = find(&teacher, &id).await.expect("the team's");
    assert_eq!(page.messages[2].read_by, ["Mama de Vries"]);
    assert_eq!(page.messages[3].read_by, Vec::<String>::new());
    assert_eq!(unread(&mother).await, 1);
    // Staff reading is told to nobody else.
    let last = test.portal.store.read().await.expect("connection").last_live_seq().await.expect("asked");
    mark_read(&teacher, &id, "1").await.expect("read");
    assert_eq!(heard(&school.teacher5, last).await, [LiveEvent::Counts]);
    assert_eq!(heard(&school.mother, last).await, []);
    // An answer says what its writer saw, and no more than there is.
    let values = [("conversation", id.as_str()), ("id", &new_id()), ("body", "Dank"), ("seen", "99")];
    mother.call::<()>(SEND, &values).await.expect("sent");
    assert_eq!(unread(&mother).await, 0);
    assert_eq!(find(&mother, &id).await.expect("hers").read_to, 4);
}

#[tokio::test]
async fn older_messages_and_conversations_are_a_link_away() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    for n in 2..=60 {
        send(&mother, &id, &format!("Nummer {n}")).await.expect("sent");
    }
    let page = find(&mother, &id).await.expect("hers");
    assert_eq!((page.messages.len(), page.messages[0].seq, page.older, page.is_newest), (50, 11, Some(11), true));
    let page: ConversationPage = mother.ask(FIND, &[("conversation", &id), ("before", "11")]).await.expect("older");
    assert_eq!((page.messages.len(), page.older, page.is_newest), (10, None, false));
    let html = mother.get(&format!("/conversations/{id}")).await.text();
    assert!(html.contains(&format!("/conversations/{id}?before=11")) && html.contains("composer"), "{html}");
    let html = mother.get(&format!("/conversations/{id}?before=11")).await.text();
    assert!(html.contains("Nummer 10") && !html.contains("Nummer 11") && !html.contains("composer"), "{html}");

    for _ in 0..50 {
        start(&mother, school.otto, &[]).await.expect("started");
    }
    test.portal.clock.advance(Time::MINUTE);
    send(&mother, &id, "Weer bovenaan").await.expect("sent");
    let first = list(&mother).await;
    assert_eq!((first.lines.len(), first.lines[0].id.to_string()), (50, id.clone()));
    let cursor = first.older.expect("one more");
    let rest: ConversationList = mother.ask(LIST, &[("before", &cursor)]).await.expect("older");
    assert_eq!((rest.lines.len(), rest.older), (1, None));
    assert!(!first.lines.contains(&rest.lines[0]));
    let html = mother.get("/conversations").await.text();
    assert!(html.contains(&format!("/conversations?before={cursor}")), "{html}");
}
