//! Conversations: who takes part, what may be written, and that each message is there once and in its place.

use crate::support::{Answer, Client, NOW, Person, School, TestPortal};
use axum::http::StatusCode;
use model::{
    ApiError, GuardianshipId, Problem, Time,
    account::{Settings, Viewer},
    conversation::{ConversationList, ConversationPage, StartPage},
    error::Conflict,
    live::LiveEvent,
    roles::{Capacity, Relation, Scope, StaffRole},
};
use serde::de::DeserializeOwned;
use uuid::Uuid;

const LIST: &str = "/api/conversations/list";
const START_PAGE: &str = "/api/conversations/start-page";
const START: &str = "/api/conversations/start";
const FIND: &str = "/api/conversations/find";
const SEND: &str = "/api/conversations/send";
const MARK_READ: &str = "/api/conversations/mark-read";

fn new_id() -> String {
    Uuid::now_v7().to_string()
}

/// Starts a conversation with these guardians; the answer's id.
async fn start(client: &Client, child: impl ToString, guardians: &[&Person]) -> Result<String, ApiError> {
    let (id, child) = (new_id(), child.to_string());
    let guardians: Vec<String> = guardians.iter().map(|guardian| guardian.account.to_string()).collect();
    let mut values =
        vec![("id", id.as_str()), ("child", &child), ("subject", "Gymspullen"), ("body", "Waar is de tas?")];
    values.extend(guardians.iter().map(|guardian| ("guardians[]", guardian.as_str())));
    client.call::<()>(START, &values).await.map(|()| id)
}

async fn send(client: &Client, conversation: &str, body: &str) -> Result<(), ApiError> {
    client.call(SEND, &[("conversation", conversation), ("id", &new_id()), ("body", body)]).await
}

async fn find(client: &Client, conversation: &str) -> Result<ConversationPage, ApiError> {
    client.ask(FIND, &[("conversation", conversation)]).await
}

async fn list(client: &Client) -> ConversationList {
    client.ask(LIST, &[]).await.expect("a list")
}

async fn mark_read(client: &Client, conversation: &str, seq: &str) -> Result<(), ApiError> {
    client.call(MARK_READ, &[("conversation", conversation), ("seq", seq)]).await
}

async fn unread(client: &Client) -> u32 {
    let viewer: Option<Viewer> = client.ask("/api/account/viewer", &[]).await.expect("signed in");
    viewer.expect("signed in").unread_conversations
}

/// Every door answers as for something that does not exist.
async fn is_shut(client: &Client, conversation: &str, who: &str) {
    assert_eq!(find(client, conversation).await.expect_err(who), ApiError::NotFound, "{who}");
    assert_eq!(send(client, conversation, "x").await.expect_err(who), ApiError::NotFound, "{who}");
    assert_eq!(mark_read(client, conversation, "1").await.expect_err(who), ApiError::NotFound, "{who}");
    assert_eq!(client.get(&format!("/conversations/{conversation}")).await.status, StatusCode::NOT_FOUND, "{who}");
    assert!(!list(client).await.lines.iter().any(|line| line.id.to_string() == conversation), "{who}");
    assert_eq!(unread(client).await, 0, "{who}");
}

fn texts(page: &ConversationPage) -> Vec<&str> {
    page.messages.iter().map(|message| message.text.as_str()).collect()
}

fn names(page: &ConversationPage) -> Vec<&str> {
    page.with.iter().map(|participant| participant.name.as_str()).collect()
}

/// Changes the school's facts as the people pages would.
macro_rules! change {
    ($test:expr, |$write:ident| $body:expr) => {{
        let mut $write = $test.portal.store.write().await.expect("transaction");
        $body;
        $write.commit().await.expect("committed");
    }};
}

async fn a_guardian_asks_the_team(test: TestPortal) {
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    let page = find(&mother, &id).await.expect("hers");
    assert_eq!((page.child.as_str(), page.subject.as_str()), ("Sanne", "Gymspullen"));
    assert_eq!(names(&page), ["Gert Gym", "Juf Anna"]);
    assert_eq!(page.with[1].capacity, Capacity::Staff(StaffRole::Teacher));
    assert_eq!(unread(&mother).await, 0);
    for person in [&school.teacher5, &school.specialist] {
        let staff = test.as_(person).await;
        assert_eq!(unread(&staff).await, 1);
        let lines = list(&staff).await.lines;
        let [line] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!((line.child.as_str(), line.unread), ("Sanne de Vries", 1));
        assert_eq!(line.with[0], "Mama de Vries", "the other side of the table first");
        assert_eq!(line.last, "Waar is de tas?");
    }
    for (who, person) in [
        ("the other guardian", &school.father),
        ("another child's mother", &school.bram_mother),
        ("a guardian without custody", &school.bram_father),
        ("a barred guardian", &school.barred),
        ("another group's teacher", &school.teacher7),
        ("the office", &school.office),
        ("the director", &school.director),
        ("a foreign director", &foreign.director),
        ("a foreign mother", &foreign.mother),
    ] {
        is_shut(&test.as_(person).await, &id, who).await;
    }
    let teacher = test.as_(&school.teacher5).await;
    send(&teacher, &id, "In de gang.").await.expect("sent");
    assert_eq!(unread(&mother).await, 1);
    mark_read(&mother, &id, "2").await.expect("read");
    assert_eq!(unread(&mother).await, 0);
    let page = find(&teacher, &id).await.expect("the team's");
    assert_eq!(texts(&page), ["Waar is de tas?", "In de gang."]);
    assert_eq!(page.messages.iter().map(|message| message.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(page.messages[1].read_by, ["Mama de Vries"]);
    assert!(page.messages[1].is_own && !page.messages[0].is_own);
    assert!(page.messages[0].read_by.is_empty(), "nobody reads one's own message");
    let page = find(&mother, &id).await.expect("hers");
    assert!(page.messages.iter().all(|message| message.read_by.is_empty()), "receipts are for staff");
    // What she gets says nothing about the other guardian, in data or on the page.
    let html = mother.get(&format!("/conversations/{id}")).await;
    assert_eq!(html.status, StatusCode::OK);
    let html = html.text();
    assert!(html.contains("In de gang.") && html.contains("Gert Gym, Juf Anna en u"), "{html}");
    assert!(!html.contains("Papa"), "{html}");
    let html = mother.get("/conversations").await.text();
    assert!(html.contains("Gymspullen") && html.contains(&format!("/conversations/{id}#latest")), "{html}");
    assert!(!html.contains("Papa"), "{html}");
}

#[tokio::test]
async fn a_guardian_asks_the_team_on_sqlite() {
    a_guardian_asks_the_team(TestPortal::new().await).await;
}

#[tokio::test]
async fn a_guardian_asks_the_team_on_postgres() {
    a_guardian_asks_the_team(TestPortal::on_postgres().await).await;
}

#[tokio::test]
async fn staff_choose_guardians_with_custody() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let teacher = test.as_(&school.teacher5).await;
    let page: StartPage = teacher.ask(START_PAGE, &[]).await.expect("a page");
    let children: Vec<_> = page.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(children, ["Bram Bakker", "Sanne de Vries"], "her group's");
    assert!(page.chosen.is_none());
    let sanne = school.sanne.to_string();
    let page: StartPage = teacher.ask(START_PAGE, &[("child", &sanne)]).await.expect("a page");
    let chosen = page.chosen.expect("chosen");
    assert!(!chosen.as_guardian);
    let guardians: Vec<_> = chosen.guardians.iter().map(|guardian| guardian.name.as_str()).collect();
    assert_eq!(guardians, ["Mama de Vries", "Papa de Vries"]);
    assert_eq!(chosen.team, ["Gert Gym"]);
    let bram = school.bram.to_string();
    let page: StartPage = teacher.ask(START_PAGE, &[("child", &bram)]).await.expect("a page");
    let guardians = page.chosen.expect("chosen").guardians;
    assert_eq!(guardians.len(), 1, "no guardian without custody: {guardians:?}");

    let not_a_choice = Err(ApiError::field("guardians", Problem::NotAChoice));
    assert_eq!(start(&teacher, school.sanne, &[]).await, Err(ApiError::field("guardians", Problem::Required)));
    for stranger in [&school.bram_mother, &school.teacher5, &school.director, &foreign.mother] {
        assert_eq!(start(&teacher, school.sanne, &[&school.mother, stranger]).await, not_a_choice, "{}", stranger.name);
    }
    for stranger in [&school.bram_father, &school.barred] {
        assert_eq!(start(&teacher, school.bram, &[stranger]).await, not_a_choice, "{}", stranger.name);
    }
    for child in [school.otto, foreign.sanne] {
        assert_eq!(start(&teacher, child, &[&school.mother]).await, Err(ApiError::NotFound), "not her group");
    }

    // With one of them: the other never learns of it.
    let one = start(&teacher, school.sanne, &[&school.father]).await.expect("started");
    let father = test.as_(&school.father).await;
    assert_eq!(names(&find(&father, &one).await.expect("his")), ["Gert Gym", "Juf Anna"]);
    is_shut(&test.as_(&school.mother).await, &one, "the mother").await;
    // With both, twice named: they see each other, as was chosen.
    let both = start(&teacher, school.sanne, &[&school.mother, &school.father, &school.mother]).await.expect("started");
    let page = find(&father, &both).await.expect("his");
    assert_eq!(names(&page), ["Gert Gym", "Juf Anna", "Mama de Vries"]);
    send(&test.as_(&school.mother).await, &both, "Hier.").await.expect("sent");
    assert_eq!(texts(&find(&father, &both).await.expect("his")), ["Waar is de tas?", "Hier."]);
}

#[tokio::test]
async fn a_guardian_starts_about_own_children_and_if_the_school_lets() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let mother = test.as_(&school.mother).await;
    for (who, person, child) in [
        ("another child's mother", &school.bram_mother, school.sanne),
        ("without custody", &school.bram_father, school.bram),
        ("barred", &school.barred, school.bram),
        ("another school's child", &school.mother, foreign.sanne),
        ("the office", &school.office, school.sanne),
        ("another group's teacher", &school.teacher7, school.sanne),
    ] {
        let client = test.as_(person).await;
        assert_eq!(start(&client, child, &[&school.mother]).await, Err(ApiError::NotFound), "{who}");
        let child = child.to_string();
        let page = client.ask::<StartPage>(START_PAGE, &[("child", &child)]).await;
        assert_eq!(page.expect_err(who), ApiError::NotFound, "{who}");
    }
    // Naming the other guardian changes nothing: a guardian speaks with the team.
    let id = start(&mother, school.sanne, &[&school.father]).await.expect("started");
    is_shut(&test.as_(&school.father).await, &id, "the father").await;
    assert!(list(&mother).await.can_start);
    let page = mother.get("/conversations/new").await.text();
    assert!(page.contains("Otto") && page.contains("Sanne") && !page.contains("Bram"), "{page}");
    let page = test.as_(&school.bram_mother).await.get("/conversations/new").await.text();
    assert!(page.contains("name=\"subject\"") && page.contains("Juf Anna"), "an only child is chosen: {page}");

    change!(test, |write| {
        let settings = model::account::SchoolSettings { guardians_start_conversations: false, ..Default::default() };
        let json = serde_json::to_string(&settings).expect("JSON");
        write.set_school_settings(school.id, &json).await.expect("set")
    });
    assert_eq!(start(&mother, school.sanne, &[]).await, Err(ApiError::NotFound));
    assert!(!list(&mother).await.can_start);
    send(&mother, &id, "Nog een vraag.").await.expect("what has begun goes on");
}

#[tokio::test]
async fn a_director_reads_as_participant_only() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    change!(test, |write| write
        .add_staff(school.id, school.office.account, StaffRole::Director, NOW)
        .await
        .expect("added"));
    let other_director = test.as_(&school.office).await;
    let id = start(&director, school.otto, &[&school.mother]).await.expect("started");
    let page = find(&test.as_(&school.mother).await, &id).await.expect("hers");
    assert_eq!(names(&page), ["Dina Directeur", "Meester Zeven"]);
    assert_eq!(page.with[0].capacity, Capacity::Staff(StaffRole::Director));
    find(&test.as_(&school.teacher7).await, &id).await.expect("the team's");
    is_shut(&other_director, &id, "another director").await;
    change!(test, |write| write
        .end_staff(school.id, school.director.account, StaffRole::Director, NOW)
        .await
        .expect("ended"));
    let gone = director.ask::<ConversationPage>(FIND, &[("conversation", &id)]).await;
    assert_eq!(gone.expect_err("no longer"), ApiError::NotFound);
}

#[tokio::test]
async fn the_team_is_the_one_of_now() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    let [anna, seven, gert] =
        [&test.as_(&school.teacher5).await, &test.as_(&school.teacher7).await, &test.as_(&school.specialist).await];
    // A part-timer's colleague comes: she reads everything.
    change!(test, |write| write
        .add_group_staff(school.id, school.group5, school.teacher7.account, NOW)
        .await
        .expect("x"));
    assert_eq!(texts(&find(seven, &id).await.expect("the team's")), ["Waar is de tas?"]);
    change!(test, |write| {
        write.end_group_staff(school.id, school.group5, school.teacher7.account, NOW).await.expect("ended");
        write.end_group_staff(school.id, school.group5, school.specialist.account, NOW).await.expect("ended")
    });
    is_shut(seven, &id, "a former teacher").await;
    is_shut(gert, &id, "a former specialist").await;
    // Who wrote in it takes part while on the staff, also after the child has moved.
    send(anna, &id, "In de gang.").await.expect("sent");
    change!(test, |write| write.enrol(school.id, school.sanne, school.group7, NOW).await.expect("moved"));
    assert_eq!(texts(&find(seven, &id).await.expect("the new team's")), ["Waar is de tas?", "In de gang."]);
    assert_eq!(names(&find(&mother, &id).await.expect("hers")), ["Juf Anna", "Meester Zeven"]);
    find(anna, &id).await.expect("she wrote");
    change!(test, |write| write
        .end_staff(school.id, school.teacher5.account, StaffRole::Teacher, NOW)
        .await
        .expect("ended"));
    assert_eq!(find(anna, &id).await.expect_err("left"), ApiError::NotFound);
    assert_eq!(send(anna, &id, "x").await.expect_err("left"), ApiError::NotFound);
    // Nobody of the school is left: it can be read and not written.
    change!(test, |write| write.end_all_group_staff(school.id, school.teacher7.account, NOW).await.expect("ended"));
    let page = find(&mother, &id).await.expect("hers");
    assert!(!page.can_write && page.with.is_empty());
    assert_eq!(send(&mother, &id, "Hallo?").await, Err(ApiError::conflict(Conflict::NobodyElse)));
    assert_eq!(start(&mother, school.sanne, &[]).await, Err(ApiError::conflict(Conflict::NobodyElse)));
    let html = mother.get(&format!("/conversations/{id}")).await.text();
    assert!(html.contains("niemand anders mee") && !html.contains("composer"), "{html}");
    let html = mother.get(&format!("/conversations/new?child={}", school.sanne)).await.text();
    assert!(html.contains("geen leerkracht") && !html.contains("name=\"body\""), "{html}");
}

/// The end of custody ends access with the very next request, and staff see that nobody hears them any longer.
#[tokio::test]
async fn a_guardian_who_loses_custody_loses_the_conversation() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    for scope in [Some(Scope::OnRequest), Some(Scope::None), None] {
        let mother = test.as_(&school.mother).await;
        let teacher = test.as_(&school.teacher5).await;
        change!(test, |write| write
            .set_guardianship_scope(school.id, school.mother_of_sanne, Scope::Full)
            .await
            .expect("set"));
        let id = start(&mother, school.sanne, &[]).await.expect("started");
        send(&teacher, &id, "In de gang.").await.expect("sent");
        find(&mother, &id).await.expect("hers");
        change!(test, |write| match scope {
            Some(scope) => write.set_guardianship_scope(school.id, school.mother_of_sanne, scope).await.expect("set"),
            None => write.end_guardianship(school.id, school.mother_of_sanne, NOW).await.expect("ended"),
        });
        is_shut(&mother, &id, &format!("{scope:?}")).await;
        let page = find(&teacher, &id).await.expect("the team's");
        assert!(!page.can_write);
        assert_eq!(page.messages[1].read_by, Vec::<String>::new());
        assert_eq!(send(&teacher, &id, "x").await, Err(ApiError::conflict(Conflict::NobodyElse)));
        assert_eq!(start(&mother, school.sanne, &[]).await, Err(ApiError::NotFound));
    }
}

/// A teacher who is a parent of the child must not read what the other parent writes to her colleagues.
#[tokio::test]
async fn a_colleague_who_is_a_parent_does_not_read_along() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    let anna = test.as_(&school.teacher5).await;
    for scope in [Scope::Full, Scope::None] {
        let guardianship = GuardianshipId(Uuid::now_v7());
        change!(test, |write| write
            .add_guardianship(
                guardianship,
                school.id,
                school.sanne,
                school.teacher5.account,
                scope,
                Relation::Parent,
                NOW
            )
            .await
            .expect("added"));
        is_shut(&anna, &id, "the teacher who is a parent").await;
        let page = find(&mother, &id).await.expect("hers");
        assert_eq!(names(&page), ["Gert Gym"]);
        let sanne = school.sanne.to_string();
        let start_page = anna.ask::<StartPage>(START_PAGE, &[("child", &sanne)]).await;
        match scope {
            Scope::Full => {
                let chosen = start_page.expect("as a guardian").chosen.expect("chosen");
                assert!(chosen.as_guardian && chosen.guardians.is_empty());
                let own = start(&anna, school.sanne, &[&school.mother]).await.expect("started");
                assert_eq!(find(&anna, &own).await.expect("hers").messages[0].capacity, Capacity::Guardian);
                is_shut(&mother, &own, "the mother").await;
            }
            _ => assert_eq!(start_page.expect_err("nothing of this child"), ApiError::NotFound),
        }
        change!(test, |write| write.end_guardianship(school.id, guardianship, NOW).await.expect("ended"));
    }
}

async fn two_guardians_write_at_the_same_instant(test: TestPortal) {
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let id = start(&teacher, school.sanne, &[&school.mother, &school.father]).await.expect("started");
    let mut tasks = Vec::new();
    for n in 0..10 {
        for person in [&school.mother, &school.father] {
            let (client, id, text) = (test.as_(person).await, id.clone(), format!("{} {n}", person.name));
            tasks.push(tokio::spawn(async move { send(&client, &id, &text).await }));
        }
    }
    for task in tasks {
        task.await.expect("done").expect("sent");
    }
    let page = find(&teacher, &id).await.expect("the team's");
    assert_eq!(page.messages.iter().map(|message| message.seq).collect::<Vec<_>>(), (1..=21).collect::<Vec<_>>());
    let mut texts = texts(&page);
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), 21, "each is there once");
}

#[tokio::test]
async fn two_guardians_write_at_the_same_instant_on_sqlite() {
    two_guardians_write_at_the_same_instant(TestPortal::new().await).await;
}

#[tokio::test]
async fn two_guardians_write_at_the_same_instant_on_postgres() {
    two_guardians_write_at_the_same_instant(TestPortal::on_postgres().await).await;
}

/// Sends the same thing five times at once, and once more afterwards.
async fn five_times<T>(
    client: &Client,
    path: &'static str,
    values: &[(&'static str, String)],
) -> Vec<Result<T, ApiError>>
where
    T: DeserializeOwned + Send + 'static,
{
    let tasks: Vec<_> = (0..5)
        .map(|_| {
            let (client, values) = (client.clone(), values.to_vec());
            tokio::spawn(async move {
                let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                client.call(path, &values).await
            })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("done"));
    }
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    answers.push(client.call(path, &values).await);
    answers
}

async fn what_is_sent_twice_is_stored_once(test: TestPortal) {
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let (id, message) = (new_id(), new_id());
    let values = [
        ("id", id.clone()),
        ("child", school.sanne.to_string()),
        ("subject", "Gym".to_owned()),
        ("body", "Waar is de tas?".to_owned()),
    ];
    assert_eq!(five_times::<()>(&mother, START, &values).await, vec![Ok(()); 6]);
    assert_eq!(list(&mother).await.lines.len(), 1);
    let values = [("conversation", id.clone()), ("id", message.clone()), ("body", "Hallo?".to_owned())];
    assert_eq!(five_times::<()>(&mother, SEND, &values).await, vec![Ok(()); 6]);
    let page = find(&mother, &id).await.expect("hers");
    assert_eq!(texts(&page), ["Waar is de tas?", "Hallo?"]);
    send(&mother, &id, "Nog iets").await.expect("sent");
    assert_eq!(find(&mother, &id).await.expect("hers").messages[2].seq, 3, "a replay leaves no gap");

    // Somebody else's ids open nothing and change nothing.
    let teacher = test.as_(&school.teacher5).await;
    let values = [("conversation", id.as_str()), ("id", message.as_str()), ("body", "Van mij")];
    assert_eq!(teacher.call::<()>(SEND, &values).await, Err(ApiError::NotFound));
    let other = start(&mother, school.otto, &[]).await.expect("started");
    let values = [("conversation", other.as_str()), ("id", message.as_str()), ("body", "Elders")];
    assert_eq!(mother.call::<()>(SEND, &values).await, Err(ApiError::NotFound));
    let bram = school.bram.to_string();
    let values = [("id", id.as_str()), ("child", bram.as_str()), ("subject", "Van mij"), ("body", "x")];
    assert_eq!(test.as_(&school.bram_mother).await.call::<()>(START, &values).await, Err(ApiError::NotFound));
    let otto = school.otto.to_string();
    let values = [("id", id.as_str()), ("child", otto.as_str()), ("subject", "Anders"), ("body", "x")];
    assert_eq!(mother.call::<()>(START, &values).await, Err(ApiError::NotFound));
    assert_eq!(texts(&find(&mother, &id).await.expect("hers")), ["Waar is de tas?", "Hallo?", "Nog iets"]);
}

#[tokio::test]
async fn what_is_sent_twice_is_stored_once_on_sqlite() {
    what_is_sent_twice_is_stored_once(TestPortal::new().await).await;
}

#[tokio::test]
async fn what_is_sent_twice_is_stored_once_on_postgres() {
    what_is_sent_twice_is_stored_once(TestPortal::on_postgres().await).await;
}

#[tokio::test]
async fn texts_have_limits_and_are_never_markup() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    for (body, problem) in [
        ("a".repeat(4_001), Problem::TooLong { max: 4_000 }),
        ("🐇".repeat(4_001), Problem::TooLong { max: 4_000 }),
        ("a\u{202e}b".to_owned(), Problem::StrangeCharacters),
        ("a\u{0}b".to_owned(), Problem::StrangeCharacters),
        ("a\u{1b}[31mb".to_owned(), Problem::StrangeCharacters),
        (" \n\t ".to_owned(), Problem::Required),
        (String::new(), Problem::Required),
    ] {
        assert_eq!(send(&mother, &id, &body).await, Err(ApiError::field("body", problem)), "{body:.20?}");
    }
    let fine = [
        "🐇".repeat(4_000),
        "مرحبا، هل حقيبة سنّه هناك؟".to_owned(),
        "👩‍👧 regel een\r\nregel twee\n\n<script>alert(1)</script> & \"meer\" {names}".to_owned(),
        "Zie https://school.example/tas?a=1&b=2. Niet javascript:alert(1)".to_owned(),
    ];
    for body in &fine {
        send(&mother, &id, body).await.expect("sent");
    }
    let page = find(&test.as_(&school.teacher5).await, &id).await.expect("the team's");
    assert_eq!(page.messages[1..3].iter().map(|message| &message.text).collect::<Vec<_>>(), [&fine[0], &fine[1]]);
    assert!(page.messages[3].text.contains("regel een\nregel twee\n\n<script>"), "{}", page.messages[3].text);
    let html = mother.get(&format!("/conversations/{id}")).await.text();
    assert!(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script>alert"), "never markup");
    assert!(html.contains("href=\"https://school.example/tas?a=1&amp;b=2\""), "a link without the full stop");
    assert!(!html.contains("href=\"javascript"), "and no other kind of link");
    // Neither the name of the page nor a form that comes back lets a text out of its element.
    let (id, child) = (new_id(), school.sanne.to_string());
    let hostile = "</title></textarea><meta http-equiv=refresh>";
    let values = [("id", id.as_str()), ("child", child.as_str()), ("subject", hostile), ("body", "Dag")];
    mother.call::<()>(START, &values).await.expect("started");
    let place = format!("/conversations/{id}");
    let html = test.as_(&school.teacher5).await.get(&place).await.text();
    assert!(html.contains("<title>Sanne de Vries: &lt;/title>&lt;/textarea>&lt;meta"), "{html}");
    assert!(!html.contains("<meta http-equiv=refresh"), "{html}");
    let long = format!("{hostile}{}", "a".repeat(4_001));
    let values = [("conversation", id.as_str()), ("id", &new_id()), ("body", &long)];
    let html = mother.post_form(SEND, &place, &values).await.text();
    assert!(html.contains("&lt;/title>&lt;/textarea>&lt;meta http-equiv=refresh>aaa"), "{html}");
    assert!(!html.contains("<meta http-equiv=refresh"), "{html}");
    let from = format!("/conversations/new?child={child}");
    let values = [("id", id.as_str()), ("child", child.as_str()), ("subject", ""), ("body", hostile)];
    let html = mother.post_form(START, &from, &values).await.text();
    assert!(html.contains("&lt;/textarea>&lt;meta") && !html.contains("<meta http-equiv=refresh"), "{html}");

    let child = school.sanne.to_string();
    let long = "a".repeat(161);
    let values = [("id", new_id()), ("child", child), ("subject", long), ("body", "x\u{202e}".to_owned())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let error = mother.call::<()>(START, &values).await.expect_err("refused");
    assert_eq!(error.problem_of("subject"), Some(&Problem::TooLong { max: 160 }));
    assert_eq!(error.problem_of("body"), Some(&Problem::StrangeCharacters));
}

#[tokio::test]
async fn ids_that_are_none_are_as_good_as_unknown() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    for bad in ["", "x", "' OR 1=1 --", "0198ffff-ffff-7fff-bfff-ffffffffffff", "../../etc/passwd", "\u{202e}"] {
        assert_eq!(find(&mother, bad).await.expect_err(bad), ApiError::NotFound, "{bad}");
        assert_eq!(send(&mother, bad, "x").await.expect_err(bad), ApiError::NotFound, "{bad}");
        assert_eq!(mark_read(&mother, bad, "1").await.expect_err(bad), ApiError::NotFound, "{bad}");
        assert_eq!(start(&mother, bad, &[]).await.expect_err(bad), ApiError::NotFound, "{bad}");
        if bad != "0198ffff-ffff-7fff-bfff-ffffffffffff" {
            let values = [("conversation", id.as_str()), ("id", bad), ("body", "x")];
            assert_eq!(mother.call::<()>(SEND, &values).await, Err(ApiError::NotFound), "{bad}");
        }
        if !bad.is_empty() {
            let error = mother.ask::<StartPage>(START_PAGE, &[("child", bad)]).await.expect_err(bad);
            assert_eq!(error, ApiError::NotFound, "{bad}");
            let error = mother.ask::<ConversationList>(LIST, &[("before", bad)]).await.expect_err(bad);
            assert_eq!(error, ApiError::NotFound, "{bad}");
        }
    }
    for page in
        ["/conversations/x", "/conversations/0198ffff-ffff-7fff-bfff-ffffffffffff", "/conversations/new?child=x"]
    {
        assert_eq!(mother.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(mark_read(&mother, &id, "many").await, Err(ApiError::Malformed));
    let error = mother.ask::<ConversationPage>(FIND, &[("conversation", &id), ("before", "x")]).await;
    assert_eq!(error.expect_err("no number"), ApiError::Malformed);
    for (seq, read_to) in [("-5", 0), ("9223372036854775807", 1), ("0", 1)] {
        mark_read(&mother, &id, seq).await.expect("bounded");
        assert_eq!(find(&mother, &id).await.expect("hers").read_to, read_to, "{seq}");
    }
}

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

fn is_page(answer: &Answer, status: StatusCode) -> String {
    let text = answer.text();
    assert_eq!(answer.status, status, "{text}");
    text
}

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

#[tokio::test]
async fn a_director_sets_the_school() {
    const SET: &str = "/api/account/set-school-settings";
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let director = test.as_(&school.director).await;
    let html = is_page(&director.get("/settings").await, StatusCode::OK);
    assert_eq!(html.matches("type=\"checkbox\"").count(), 5, "{html}");
    assert!(html.contains("Instellingen van Dorpsschool ikker"), "{html}");
    for person in [&school.mother, &school.teacher5, &school.office] {
        let client = test.as_(person).await;
        assert!(!client.get("/settings").await.text().contains("all_must_agree"), "{}", person.name);
        let values = [("school", school.id.to_string()), ("all_must_agree", "true".to_owned())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(client.call::<()>(SET, &values).await, Err(ApiError::NotFound), "{}", person.name);
    }
    // A box that is not ticked sends nothing.
    let (id, other) = (school.id.to_string(), foreign.id.to_string());
    let values = [("school", id.as_str()), ("all_must_agree", "true"), ("teachers_post_to_school", "true")];
    let answer = director.post_form(SET, "/settings", &values).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/settings?done=school"));
    assert!(director.get("/settings?done=school").await.text().contains("zijn bewaard"));
    let settings: Settings = director.ask("/api/account/settings", &[]).await.expect("settings");
    let [governed] = settings.governed.as_slice() else { panic!("{settings:?}") };
    let set = &governed.settings;
    assert!(set.all_must_agree && set.teachers_post_to_school);
    assert!(!set.specialists_post_to_school && !set.office_posts_to_school && !set.guardians_start_conversations);
    let mother = test.as_(&school.mother).await;
    assert_eq!(start(&mother, school.sanne, &[]).await, Err(ApiError::NotFound), "it holds at once");
    for bad in [other.as_str(), "", "x"] {
        assert_eq!(director.call::<()>(SET, &[("school", bad)]).await, Err(ApiError::NotFound), "{bad}");
    }
    let log = test.portal.store.read().await.expect("connection").list_audit(school.id, 10).await.expect("asked");
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].action.as_str(), log[0].actor.as_deref()), ("school.settings", Some("Dina Directeur")));
    assert!(log[0].detail.contains("\"all_must_agree\":true"), "{}", log[0].detail);
}
