//! The event stream, heard byte by byte from real servers.

use crate::support::{Client, Heard, Node, School, TestPortal, open_session};
use model::{
    ConversationId, Time,
    account::{Settings, Viewer},
    live::LiveEvent,
};
use std::time::{Duration, Instant};

const AT_ONCE: Duration = Duration::from_secs(1);

/// Sanne's mother begins a conversation.
async fn begin(mother: &Client, school: &School) -> ConversationId {
    let id = uuid::Uuid::now_v7();
    let values = [
        ("id", id.to_string()),
        ("child", school.sanne.to_string()),
        ("subject", "Gym".into()),
        ("body", "Dag".into()),
    ];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    mother.call::<()>("/api/conversations/start", &values).await.expect("started");
    ConversationId(id)
}

async fn say(client: &Client, conversation: ConversationId) {
    let (id, conversation) = (uuid::Uuid::now_v7().to_string(), conversation.to_string());
    let values = [("conversation", conversation.as_str()), ("id", id.as_str()), ("body", "Dag")];
    client.call::<()>("/api/conversations/send", &values).await.expect("sent");
}

struct Scene {
    test: TestPortal,
    school: School,
    node: Node,
    conversation: ConversationId,
}

async fn scene(test: TestPortal) -> Scene {
    let school = School::new(&test, "ikker").await;
    let node = test.node().await;
    let conversation = begin(&node.as_(&school.mother).await, &school).await;
    Scene { test, school, node, conversation }
}

#[tokio::test]
async fn a_message_is_told_at_once_and_uncompressed() {
    let Scene { test: _test, school, node, conversation } = scene(TestPortal::new().await).await;
    let token = open_session(&node.portal, school.mother.account).await;
    let mut mother = node.listen(&token, None).await;
    assert!(mother.head.starts_with("http/1.1 200"), "{}", mother.head);
    assert!(mother.head.contains("content-type: text/event-stream"), "{}", mother.head);
    assert!(mother.head.contains("cache-control: no-store"), "{}", mother.head);
    assert!(!mother.head.contains("content-encoding"), "a compressor would hold events back: {}", mother.head);
    let begun: i64 = mother.hello().await.parse().expect("a number");
    let teacher = node.as_(&school.teacher5).await;
    let sent = Instant::now();
    say(&teacher, conversation).await;
    let heard = mother.next().await.expect("goes on");
    assert!(sent.elapsed() < AT_ONCE, "{:?}", sent.elapsed());
    assert_eq!(heard.event, Some(LiveEvent::Conversation { id: conversation }));
    assert!(heard.id.parse::<i64>().expect("a number") > begun);
    assert_eq!(mother.event().await, LiveEvent::Counts);
    node.stop().await;
}

#[tokio::test]
async fn nobody_hears_what_is_told_to_another() {
    let Scene { test: _test, school, node, conversation } = scene(TestPortal::new().await).await;
    let mut others = Vec::new();
    for person in [&school.father, &school.bram_mother, &school.barred, &school.teacher7, &school.director] {
        let token = open_session(&node.portal, person.account).await;
        let mut listener = node.listen(&token, None).await;
        listener.hello().await;
        others.push((person, listener));
    }
    say(&node.as_(&school.teacher5).await, conversation).await;
    for (person, listener) in &mut others {
        // Their own next event comes later than the message, and is the first thing they hear.
        let mut write = node.portal.store.write().await.expect("transaction");
        write.add_live_event(&[person.account], "\"pictures\"", Time(0)).await.expect("added");
        write.commit().await.expect("committed");
        assert_eq!(listener.event().await, LiveEvent::Pictures, "{}", person.name);
    }
    node.stop().await;
}

#[tokio::test]
async fn nobody_signed_in_has_no_stream() {
    let Scene { test: _test, node, .. } = scene(TestPortal::new().await).await;
    for token in ["", "x"] {
        let listener = node.listen(token, None).await;
        assert!(listener.head.starts_with("http/1.1 401"), "{}", listener.head);
    }
    node.stop().await;
}

#[tokio::test]
async fn a_browser_that_comes_back_misses_nothing_after_a_restart() {
    let Scene { test, school, node, conversation } = scene(TestPortal::new().await).await;
    let token = open_session(&node.portal, school.mother.account).await;
    let mut mother = node.listen(&token, None).await;
    mother.hello().await;
    say(&node.as_(&school.teacher5).await, conversation).await;
    let heard = mother.next().await.expect("goes on");
    // The second event of that message is on its way when the server stops: an open stream does not keep it.
    node.stop().await;
    while mother.next().await.is_some() {}
    say(&test.as_(&school.teacher5).await, conversation).await;
    let node = test.node().await;
    let mut mother = node.listen(&token, Some(&heard.id)).await;
    assert_eq!(mother.hello().await, heard.id);
    let told = LiveEvent::Conversation { id: conversation };
    assert_eq!(
        [mother.event().await, mother.event().await, mother.event().await],
        [LiveEvent::Counts, told, LiveEvent::Counts]
    );
    say(&node.as_(&school.teacher5).await, conversation).await;
    assert_eq!(mother.event().await, told, "and it goes on");
    node.stop().await;
}

#[tokio::test]
async fn nothing_is_missed_between_a_page_and_its_stream() {
    let Scene { test: _test, school, node, conversation } = scene(TestPortal::new().await).await;
    let viewer: Option<Viewer> =
        node.as_(&school.mother).await.ask("/api/account/viewer", &[]).await.expect("signed in");
    let after = viewer.expect("signed in").heard.to_string();
    let teacher = node.as_(&school.teacher5).await;
    say(&teacher, conversation).await;
    let token = open_session(&node.portal, school.mother.account).await;
    let told = LiveEvent::Conversation { id: conversation };
    let mut mother = node.listen_after(&token, &after, None).await;
    assert_eq!(mother.hello().await, after);
    assert_eq!(mother.event().await, told);
    let last = mother.next().await.expect("goes on");
    assert_eq!(last.event, Some(LiveEvent::Counts));
    // The browser comes back with the same address, and has heard more since.
    let mut mother = node.listen_after(&token, &after, Some(&last.id)).await;
    assert_eq!(mother.hello().await, last.id);
    say(&teacher, conversation).await;
    assert_eq!(mother.event().await, told);
    // What can't be a place in the stream is as good as none.
    let mut mother = node.listen_after(&token, "x", None).await;
    mother.hello().await;
    say(&teacher, conversation).await;
    assert_eq!(mother.event().await, told);
    node.stop().await;
}

#[tokio::test]
async fn what_was_asked_is_done_though_nobody_waits_for_the_answer() {
    let Scene { test: _test, school, node, conversation } = scene(TestPortal::new().await).await;
    let token = open_session(&node.portal, school.mother.account).await;
    let mut mother = node.listen(&token, None).await;
    mother.hello().await;
    let teacher = open_session(&node.portal, school.teacher5.account).await;
    // The message waits for its turn to write, and its sender goes away meanwhile.
    let write = node.portal.store.write().await.expect("transaction");
    let form = format!("conversation={}&id={}&body=Dag", conversation.0, uuid::Uuid::now_v7());
    node.send_and_leave(&teacher, "/api/conversations/send", &form).await;
    drop(write);
    assert_eq!(mother.event().await, LiveEvent::Conversation { id: conversation });
    node.stop().await;
}

#[tokio::test]
async fn who_was_away_too_long_is_told_to_fetch_everything() {
    let Scene { test: _test, school, node, conversation } = scene(TestPortal::new().await).await;
    let token = open_session(&node.portal, school.mother.account).await;
    let last = node.listen(&token, None).await.hello().await;
    let teacher = node.as_(&school.teacher5).await;
    say(&teacher, conversation).await;
    let mut write = node.portal.store.write().await.expect("transaction");
    write.sweep_live_events(Time(i64::MAX)).await.expect("swept");
    write.commit().await.expect("committed");
    say(&teacher, conversation).await;
    for from in [last.as_str(), "999999"] {
        let mut mother = node.listen(&token, Some(from)).await;
        mother.hello().await;
        assert_eq!(mother.event().await, LiveEvent::Resync, "{from}");
    }
    // What can't be a place in the stream is as good as none.
    let mut mother = node.listen(&token, Some("x; DROP TABLE")).await;
    mother.hello().await;
    say(&teacher, conversation).await;
    assert_eq!(mother.event().await, LiveEvent::Conversation { id: conversation });
    node.stop().await;
}

#[tokio::test]
async fn a_revoked_device_is_told_and_its_stream_ends_at_once() {
    let Scene { test: _test, school, node, conversation } = scene(TestPortal::new().await).await;
    let lost = open_session(&node.portal, school.mother.account).await;
    let mut phone = node.listen(&lost, None).await;
    phone.hello().await;
    let kept = open_session(&node.portal, school.mother.account).await;
    let mut laptop = node.listen(&kept, None).await;
    laptop.hello().await;
    let browser = node.with_token(&kept);
    let settings: Settings = node.with_token(&lost).ask("/api/account/settings", &[]).await.expect("there");
    let session = settings.devices.iter().find(|device| device.is_this).expect("the phone").id.to_string();
    let revoked = Instant::now();
    browser.call::<()>("/api/account/revoke-device", &[("session", &session)]).await.expect("revoked");
    assert_eq!(phone.event().await, LiveEvent::SignedOut);
    assert_eq!(phone.next().await, None);
    assert!(revoked.elapsed() < AT_ONCE, "{:?}", revoked.elapsed());
    assert_eq!(laptop.event().await, LiveEvent::Resync);
    say(&node.as_(&school.teacher5).await, conversation).await;
    assert_eq!(laptop.event().await, LiveEvent::Conversation { id: conversation }, "the other device hears on");
    assert!(node.listen(&lost, None).await.head.starts_with("http/1.1 401"));
    node.stop().await;
}

/// Events wait in the table and not in memory: a stream takes a page of them when its reader has taken the last.
#[tokio::test]
async fn a_slow_reader_gets_everything_in_order() {
    const EVENTS: usize = 3_000;
    let Scene { test: _test, school, node, .. } = scene(TestPortal::new().await).await;
    let token = open_session(&node.portal, school.mother.account).await;
    let mut mother = node.listen(&token, None).await;
    let mut last: i64 = mother.hello().await.parse().expect("a number");
    let mut write = node.portal.store.write().await.expect("transaction");
    for _ in 0..EVENTS {
        write.add_live_event(&[school.mother.account], "\"counts\"", Time(0)).await.expect("added");
    }
    write.commit().await.expect("committed");
    for _ in 0..EVENTS {
        let Heard { id, event } = mother.next().await.expect("goes on");
        let id: i64 = id.parse().expect("a number");
        assert!(id > last);
        assert_eq!(event, Some(LiveEvent::Counts));
        last = id;
    }
    node.stop().await;
}

/// Two servers on one PostgreSQL: what is written at one is heard at the other.
#[tokio::test]
async fn a_message_at_one_node_is_heard_at_the_other() {
    let Scene { test, school, node, conversation } = scene(TestPortal::on_postgres().await).await;
    let other = test.node().await;
    let token = open_session(&node.portal, school.mother.account).await;
    let mut mother = other.listen(&token, None).await;
    mother.hello().await;
    let teacher = node.as_(&school.teacher5).await;
    // The first one may come before the line between the nodes stands: then nothing wakes the stream.
    let mut heard = None;
    for _ in 0..20 {
        say(&teacher, conversation).await;
        heard = tokio::time::timeout(AT_ONCE, mother.event()).await.ok();
        if heard.is_some() {
            break;
        }
    }
    assert_eq!(heard, Some(LiveEvent::Conversation { id: conversation }));
    assert_eq!(mother.event().await, LiveEvent::Counts);
    let sent = Instant::now();
    say(&teacher, conversation).await;
    while mother.event().await != (LiveEvent::Conversation { id: conversation }) {}
    assert!(sent.elapsed() < AT_ONCE, "{:?}", sent.elapsed());
    // A node that goes leaves the other as it is.
    node.stop().await;
    say(&other.as_(&school.teacher5).await, conversation).await;
    other.stop().await;
}
