//! Conversations on both engines: numbers without gaps, who takes part, what is unread.

use crate::support::{self, both_engines, id};
use model::{
    AccountId, ChildId, ConversationId, GroupId, GuardianshipId, MessageId, SchoolId, Time,
    roles::{Relation, Scope, StaffRole},
};
use store::{Error, GroupRow, NewConversation, NewMessage, SchoolRow, Store};

const SCHOOL: SchoolId = SchoolId(id(1));
const GROUP: GroupId = GroupId(id(2));
const OTHER_GROUP: GroupId = GroupId(id(3));
const CHILD: ChildId = ChildId(id(4));
const TALK: ConversationId = ConversationId(id(5));
const TEACHER: AccountId = AccountId(id(11));
const COLLEAGUE: AccountId = AccountId(id(12));
const DIRECTOR: AccountId = AccountId(id(13));
const MOTHER: AccountId = AccountId(id(14));
const FATHER: AccountId = AccountId(id(15));
const MOTHERS: GuardianshipId = GuardianshipId(id(21));

/// A child with two guardians, in a group with one teacher; the mother has begun a conversation.
async fn begin(store: &Store) {
    let mut write = store.write().await.expect("transaction");
    let school = SchoolRow {
        id: SCHOOL,
        slug: "s".into(),
        name: "S".into(),
        time_zone: "UTC".into(),
        language: "nl".into(),
        settings: "{}".into(),
    };
    write.create_school(&school, Time(0)).await.expect("created");
    for (position, group) in [GROUP, OTHER_GROUP].into_iter().enumerate() {
        let row = GroupRow {
            id: group,
            school_id: SCHOOL,
            is_school: false,
            name: format!("Groep {position}"),
            school_year: "2026-2027".into(),
            hue: Some(3),
            position: position as i64,
        };
        write.create_group(&row).await.expect("created");
    }
    for (account, name) in
        [(TEACHER, "Teacher"), (COLLEAGUE, "Colleague"), (DIRECTOR, "Director"), (MOTHER, "Mother"), (FATHER, "Father")]
    {
        let email = format!("{name}@x.example");
        write.create_account(account, &email, name, None, None, Time(0)).await.expect("created");
    }
    for (account, role) in
        [(TEACHER, StaffRole::Teacher), (COLLEAGUE, StaffRole::Teacher), (DIRECTOR, StaffRole::Director)]
    {
        write.add_staff(SCHOOL, account, role, Time(0)).await.expect("added");
    }
    write.add_group_staff(SCHOOL, GROUP, TEACHER, Time(0)).await.expect("added");
    write.add_group_staff(SCHOOL, OTHER_GROUP, COLLEAGUE, Time(0)).await.expect("added");
    write.add_child(CHILD, SCHOOL, "Sanne", "S", None, Time(0)).await.expect("added");
    write.enrol(SCHOOL, CHILD, GROUP, Time(0)).await.expect("enrolled");
    for (guardianship, account, relation) in
        [(MOTHERS, MOTHER, Relation::Mother), (GuardianshipId(id(22)), FATHER, Relation::Father)]
    {
        write
            .add_guardianship(guardianship, SCHOOL, CHILD, account, Scope::Full, relation, Time(0))
            .await
            .expect("added");
    }
    let new = NewConversation { id: TALK, school: SCHOOL, child: CHILD, subject: "x", by: MOTHER, at: Time(1) };
    assert!(write.create_conversation(new).await.expect("created"));
    write.add_participant(SCHOOL, TALK, MOTHER, false, Time(1)).await.expect("added");
    write.commit().await.expect("committed");
}

async fn say(store: &Store, n: u8, author: AccountId, at: i64) -> i64 {
    let mut write = store.write().await.expect("transaction");
    let seq = write.take_message_seq(TALK, Time(at)).await.expect("a number");
    let new = NewMessage {
        id: MessageId(id(n)),
        school: SCHOOL,
        conversation: TALK,
        seq,
        author,
        capacity: "guardian",
        body: "Dag",
        at: Time(at),
    };
    write.add_message(new).await.expect("added");
    write.commit().await.expect("committed");
    seq
}

async fn members(store: &Store) -> Vec<(AccountId, bool, Option<String>)> {
    let mut read = store.read().await.expect("connection");
    let rows = read.list_conversation_members(&[TALK]).await.expect("asked");
    rows.into_iter().map(|row| (row.account_id, row.is_staff, row.role)).collect()
}

async fn numbers_have_no_gaps(store: Store) {
    begin(&store).await;
    // A transaction that is undone gives its number back.
    let mut write = store.write().await.expect("transaction");
    assert_eq!(write.take_message_seq(TALK, Time(2)).await.expect("a number"), 1);
    drop(write);
    let tasks: Vec<_> = (0..20_u8)
        .map(|n| {
            let store = store.clone();
            tokio::spawn(async move { say(&store, 100 + n, if n % 2 == 0 { MOTHER } else { TEACHER }, 2).await })
        })
        .collect();
    let mut numbers = Vec::new();
    for task in tasks {
        numbers.push(task.await.expect("sent"));
    }
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
    let mut read = store.read().await.expect("connection");
    let stored = read.list_messages(TALK, i64::MAX, 100).await.expect("asked");
    assert_eq!(stored.iter().map(|row| row.seq).collect::<Vec<_>>(), (1..=20).rev().collect::<Vec<_>>());
    let older = read.list_messages(TALK, 11, 3).await.expect("asked");
    assert_eq!(older.iter().map(|row| row.seq).collect::<Vec<_>>(), [10, 9, 8]);
    assert_eq!(read.find_conversation(TALK).await.expect("asked").expect("there").last_seq, 20);
}
both_engines!(numbers_have_no_gaps);

async fn an_id_is_stored_once(store: Store) {
    begin(&store).await;
    say(&store, 100, MOTHER, 2).await;
    let mut write = store.write().await.expect("transaction");
    let new = NewConversation { id: TALK, school: SCHOOL, child: CHILD, subject: "y", by: FATHER, at: Time(3) };
    assert!(!write.create_conversation(new).await.expect("asked"));
    let seq = write.take_message_seq(TALK, Time(3)).await.expect("a number");
    let new = NewMessage {
        id: MessageId(id(100)),
        school: SCHOOL,
        conversation: TALK,
        seq,
        author: MOTHER,
        capacity: "guardian",
        body: "x",
        at: Time(3),
    };
    assert!(matches!(write.add_message(new).await, Err(Error::Duplicate(_))));
    drop(write);
    let mut read = store.read().await.expect("connection");
    assert_eq!(read.find_message(MessageId(id(100))).await.expect("asked"), Some((TALK, MOTHER)));
    assert_eq!(read.find_message(MessageId(id(101))).await.expect("asked"), None);
    let row = read.find_conversation(TALK).await.expect("asked").expect("there");
    assert_eq!((row.subject.as_str(), row.created_by, row.last_seq), ("x", MOTHER, 1));
}
both_engines!(an_id_is_stored_once);

async fn who_takes_part_follows_the_facts(store: Store) {
    begin(&store).await;
    let teacher = |account| (account, true, Some("teacher".to_owned()));
    let mother = (MOTHER, false, None);
    assert_eq!(members(&store).await, [mother.clone(), teacher(TEACHER)], "the other guardian was not chosen");
    // The child moves: the new team takes over.
    let mut write = store.write().await.expect("transaction");
    write.enrol(SCHOOL, CHILD, OTHER_GROUP, Time(2)).await.expect("enrolled");
    write.commit().await.expect("committed");
    assert_eq!(members(&store).await, [teacher(COLLEAGUE), mother.clone()]);
    // Whoever wrote as staff stays, once, with the role towards this group or else the most senior one.
    let mut write = store.write().await.expect("transaction");
    for account in [TEACHER, COLLEAGUE, DIRECTOR] {
        write.add_participant(SCHOOL, TALK, account, true, Time(3)).await.expect("added");
    }
    write.add_staff(SCHOOL, COLLEAGUE, StaffRole::Director, Time(3)).await.expect("added");
    write.add_staff(SCHOOL, TEACHER, StaffRole::Office, Time(3)).await.expect("added");
    write.commit().await.expect("committed");
    let director = (DIRECTOR, true, Some("director".to_owned()));
    let office = (TEACHER, true, Some("office".to_owned()));
    assert_eq!(members(&store).await, [teacher(COLLEAGUE), director, mother.clone(), office]);
    // Roles end, a guardianship loses custody.
    let mut write = store.write().await.expect("transaction");
    for (account, role) in
        [(TEACHER, StaffRole::Teacher), (TEACHER, StaffRole::Office), (DIRECTOR, StaffRole::Director)]
    {
        assert!(write.end_staff(SCHOOL, account, role, Time(4)).await.expect("ended"));
    }
    assert!(write.set_guardianship_scope(SCHOOL, MOTHERS, Scope::OnRequest).await.expect("set"));
    write.commit().await.expect("committed");
    assert_eq!(members(&store).await, [teacher(COLLEAGUE)]);
    let mut write = store.write().await.expect("transaction");
    assert!(write.set_guardianship_scope(SCHOOL, MOTHERS, Scope::Full).await.expect("set"));
    assert!(write.end_guardianship(SCHOOL, MOTHERS, Time(5)).await.expect("ended"));
    // A teacher who is a guardian of the child, of whatever scope, does not read along as staff.
    write
        .add_guardianship(GuardianshipId(id(23)), SCHOOL, CHILD, COLLEAGUE, Scope::None, Relation::Other, Time(5))
        .await
        .expect("added");
    write.commit().await.expect("committed");
    assert_eq!(members(&store).await, []);
    assert_eq!(store.read().await.expect("connection").list_child_team(CHILD).await.expect("asked"), []);
}
both_engines!(who_takes_part_follows_the_facts);

async fn unread_is_what_others_wrote_since(store: Store) {
    begin(&store).await;
    say(&store, 100, MOTHER, 10).await;
    say(&store, 101, MOTHER, 20).await;
    let mut read = store.read().await.expect("connection");
    assert_eq!(read.count_unread_conversations(MOTHER).await.expect("asked"), 0, "her own messages");
    assert_eq!(read.count_unread_conversations(TEACHER).await.expect("asked"), 1);
    assert_eq!(read.count_unread_conversations(FATHER).await.expect("asked"), 0, "not his");
    let start = (Time(i64::MAX), ConversationId(id(0)));
    let list = read.list_conversations(TEACHER, start, 10).await.expect("asked");
    assert_eq!(list.len(), 1);
    let line = &list[0];
    assert_eq!((line.unread, line.last_at, line.last_author.as_str(), line.hue), (2, Time(20), "Mother", Some(3)));
    assert!(read.list_conversations(TEACHER, (line.last_at, line.id), 10).await.expect("asked").is_empty());
    assert!(read.list_conversations(FATHER, start, 10).await.expect("asked").is_empty());
    drop(read);
    let mut write = store.write().await.expect("transaction");
    assert!(write.mark_conversation_read(SCHOOL, TALK, TEACHER, 2, Time(30)).await.expect("marked"));
    assert!(!write.mark_conversation_read(SCHOOL, TALK, TEACHER, 2, Time(31)).await.expect("asked"), "the same");
    assert!(!write.mark_conversation_read(SCHOOL, TALK, TEACHER, 1, Time(32)).await.expect("asked"), "never back");
    write.commit().await.expect("committed");
    let mut read = store.read().await.expect("connection");
    assert_eq!(read.count_unread_conversations(TEACHER).await.expect("asked"), 0);
    assert_eq!(read.list_conversations(TEACHER, start, 10).await.expect("asked")[0].unread, 0);
}
both_engines!(unread_is_what_others_wrote_since);

/// Reading asks for a few rows by index, however large the tables are.
#[tokio::test]
async fn no_query_reads_a_whole_table() {
    let test = support::sqlite().await;
    let plans = support::plans(&test.store, "store::conversations::").await;
    assert!(!plans.is_empty());
    let whole: Vec<_> = plans
        .into_iter()
        .filter(|(_, step)| step.starts_with("SCAN ") && !step.contains("json_each") && step != "SCAN m")
        .collect();
    assert!(whole.is_empty(), "{whole:#?}");
}
