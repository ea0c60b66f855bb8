//! One suite for both engines: what the store promises, it promises on SQLite and on PostgreSQL.

mod access;
#[path = "conformance/comments.rs"]
mod comments;
#[path = "conformance/conversations.rs"]
mod conversations;
mod posts;
#[path = "conformance/search.rs"]
mod search;
mod support;

use model::{AccountId, GroupId, SchoolId, SessionId, Time};
use store::{Backend, Error, GroupRow, Lane, NewJob, NewSession, SchoolRow, Store};
use support::{both_engines, id};

/// Every SQL text is one that the engine understands.
async fn every_query_can_be_prepared(store: Store) {
    let mut read = store.read().await.expect("connection");
    let mut failures = Vec::new();
    for sql in store::all_queries() {
        if let Err(error) = store::backend::prepare(&mut read, sql).await {
            failures.push(format!("{}: {error}", sql.name));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
both_engines!(every_query_can_be_prepared);

/// Migrating again changes nothing.
async fn migrations_run_once(store: Store) {
    store.migrate().await.expect("a second time");
}
both_engines!(migrations_run_once);

async fn an_uncommitted_write_leaves_nothing(store: Store) {
    let mut write = store.write().await.expect("transaction");
    write.create_account(AccountId(id(1)), "a@b.example", "A", None, None, Time(1)).await.expect("created");
    drop(write);
    let found = store.read().await.expect("connection").find_account_by_email("a@b.example").await.expect("asked");
    assert!(found.is_none());
}
both_engines!(an_uncommitted_write_leaves_nothing);

async fn an_address_has_one_account(store: Store) {
    let mut write = store.write().await.expect("transaction");
    write
        .create_account(AccountId(id(1)), "a@b.example", "A", Some("hash"), Some("fy"), Time(1))
        .await
        .expect("created");
    write.commit().await.expect("committed");
    let mut write = store.write().await.expect("transaction");
    let again = write.create_account(AccountId(id(2)), "a@b.example", "B", None, None, Time(1)).await;
    assert!(matches!(again, Err(Error::Duplicate(_))), "{again:?}");
    drop(write);
    let row =
        store.read().await.expect("connection").find_account(AccountId(id(1))).await.expect("asked").expect("there");
    assert_eq!((row.email.as_str(), row.language.as_deref()), ("a@b.example", Some("fy")));
}
both_engines!(an_address_has_one_account);

async fn sessions_end_by_age_idleness_and_word(store: Store) {
    let account = AccountId(id(1));
    let mut write = store.write().await.expect("transaction");
    write.create_account(account, "a@b.example", "A", None, None, Time(0)).await.expect("created");
    for n in 1..=3 {
        let new = NewSession {
            id: SessionId(id(n)),
            account,
            token_hash: &[n; 32],
            user_agent: "x",
            at: Time(100),
            expires: Time(1_000),
        };
        write.create_session(new).await.expect("created");
    }
    write.commit().await.expect("committed");
    let mut read = store.read().await.expect("connection");
    assert!(read.find_session(&[1; 32], Time(200), Time(50)).await.expect("asked").is_some());
    assert!(read.find_session(&[1; 32], Time(1_000), Time(50)).await.expect("asked").is_none(), "expired");
    assert!(read.find_session(&[1; 32], Time(200), Time(100)).await.expect("asked").is_none(), "idle");
    assert!(read.find_session(&[9; 32], Time(200), Time(50)).await.expect("asked").is_none(), "unknown");
    drop(read);
    let mut write = store.write().await.expect("transaction");
    assert!(
        !write.end_session(AccountId(id(7)), SessionId(id(2)), Time(300)).await.expect("asked"),
        "another's session"
    );
    assert!(write.end_session(account, SessionId(id(2)), Time(300)).await.expect("asked"));
    write.end_other_sessions(account, SessionId(id(1)), Time(300)).await.expect("asked");
    write.commit().await.expect("committed");
    let left =
        store.read().await.expect("connection").list_sessions(account, Time(301), Time(50)).await.expect("asked");
    assert_eq!(left.iter().map(|s| s.id).collect::<Vec<_>>(), [SessionId(id(1))]);
}
both_engines!(sessions_end_by_age_idleness_and_word);

async fn tries_are_counted_in_windows(store: Store) {
    let mut write = store.write().await.expect("transaction");
    assert_eq!(write.count_try("x", Time(100), Time(0)).await.expect("counted"), (1, 100));
    assert_eq!(write.count_try("x", Time(110), Time(10)).await.expect("counted"), (2, 100));
    assert_eq!(write.count_try("y", Time(110), Time(10)).await.expect("counted"), (1, 110));
    assert_eq!(write.count_try("x", Time(300), Time(200)).await.expect("counted"), (1, 300), "a new window");
    write.forget_tries("x").await.expect("forgotten");
    assert_eq!(write.find_tries("x").await.expect("asked"), None);
    write.commit().await.expect("committed");
}
both_engines!(tries_are_counted_in_windows);

async fn a_job_is_taken_by_one_worker(store: Store) {
    let mut write = store.write().await.expect("transaction");
    for n in 1..=2 {
        let run_at = Time(100 * i64::from(n));
        write.add_job(NewJob { id: id(n), kind: "mail", payload: "{}", run_at, at: Time(0) }).await.expect("added");
    }
    write.commit().await.expect("committed");
    let mut write = store.write().await.expect("transaction");
    assert!(write.take_job(Lane::Quick, Time(99), Time(500)).await.expect("asked").is_none(), "not yet due");
    let job = write.take_job(Lane::Quick, Time(150), Time(500)).await.expect("asked").expect("due");
    assert_eq!((job.id, job.attempts), (id(1), 1));
    assert!(write.take_job(Lane::Quick, Time(150), Time(500)).await.expect("asked").is_none(), "taken");
    write.commit().await.expect("committed");
    let mut write = store.write().await.expect("transaction");
    let again = write.take_job(Lane::Quick, Time(501), Time(900)).await.expect("asked").expect("its worker has died");
    assert_eq!((again.id, again.attempts), (id(1), 2));
    write.finish_job(again.id, Time(502)).await.expect("finished");
    assert_eq!(write.next_job_at(Lane::Quick).await.expect("asked"), Some(Time(200)));
    write.commit().await.expect("committed");
}
both_engines!(a_job_is_taken_by_one_worker);

async fn live_events_come_in_order_and_wake(store: Store) {
    let (a, b) = (AccountId(id(1)), AccountId(id(2)));
    let mut write = store.write().await.expect("transaction");
    write.create_account(a, "a@b.example", "A", None, None, Time(0)).await.expect("created");
    write.create_account(b, "b@b.example", "B", None, None, Time(0)).await.expect("created");
    write.commit().await.expect("committed");
    let mut woken = store.watch(store::Wake::Live);
    woken.mark_unchanged();
    let mut write = store.write().await.expect("transaction");
    write.add_live_event(&[a, b], "\"counts\"", Time(5)).await.expect("added");
    write.add_live_event(&[a], "\"resync\"", Time(6)).await.expect("added");
    assert!(!woken.has_changed().expect("open"), "nothing is told before it is true");
    write.commit().await.expect("committed");
    assert!(woken.has_changed().expect("open"));
    let mut read = store.read().await.expect("connection");
    let events = read.list_live_events(a, 0).await.expect("asked");
    assert_eq!(events.len(), 2);
    assert!(events[0].seq < events[1].seq);
    assert_eq!(read.list_live_events(a, events[0].seq).await.expect("asked").len(), 1);
    assert_eq!(read.list_live_events(b, 0).await.expect("asked").len(), 1);
}
both_engines!(live_events_come_in_order_and_wake);

async fn groups_are_the_schools_own(store: Store) {
    let school = |n| SchoolRow {
        id: SchoolId(id(n)),
        slug: format!("s{n}"),
        name: format!("School {n}"),
        time_zone: "Europe/Amsterdam".into(),
        language: "nl".into(),
        settings: "{}".into(),
    };
    let group = |n, school, is_school| GroupRow {
        id: GroupId(id(n)),
        school_id: SchoolId(id(school)),
        is_school,
        name: format!("Groep {n}"),
        school_year: "2026-2027".into(),
        hue: (!is_school).then_some(3),
        position: i64::from(n),
    };
    let mut write = store.write().await.expect("transaction");
    for n in 1..=2 {
        write.create_school(&school(n), Time(0)).await.expect("created");
    }
    for row in [group(1, 1, false), group(2, 1, true), group(3, 2, false)] {
        write.create_group(&row).await.expect("created");
    }
    write.commit().await.expect("committed");
    let groups = store.read().await.expect("connection").list_groups(SchoolId(id(1))).await.expect("asked");
    assert_eq!(groups, [group(2, 1, true), group(1, 1, false)], "the school group first");
}
both_engines!(groups_are_the_schools_own);

/// The two migrations make the same tables with the same columns.
#[tokio::test]
async fn schemas_are_the_same() {
    let sqlite = support::sqlite().await;
    let postgres = support::postgres().await;
    assert_eq!(support::columns(&sqlite.store).await, support::columns(&postgres.store).await);
}

#[tokio::test]
async fn an_unknown_kind_of_database_is_refused() {
    for url in ["mysql://x", "x", "", "file.db"] {
        let error = Store::connect(url).await.expect_err("refused").to_string();
        assert!(error.contains("unknown kind of database"), "{error}");
    }
}

/// Not even by SQL of our own can an answer be changed or removed.
async fn answers_are_append_only(store: Store) {
    let mut statements = vec![
        "UPDATE consent_answers SET yes = NOT yes",
        "DELETE FROM consent_answers",
        "INSERT INTO consent_answers SELECT * FROM consent_answers",
    ];
    statements.push(match store.backend() {
        Backend::Sqlite { .. } => "REPLACE INTO consent_answers SELECT * FROM consent_answers",
        Backend::Postgres(_) => "TRUNCATE consent_answers",
    });
    support::add_one_answer(&store).await;
    for statement in statements {
        let error = support::run_sql(&store, statement).await.expect_err(statement);
        assert!(error.to_string().contains("append-only"), "{error}");
    }
}
both_engines!(answers_are_append_only);
