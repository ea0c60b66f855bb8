//! Comments: who says and reads what under a post, and what becomes of it.

use crate::support::{Client, School, TestPortal};
use axum::http::StatusCode;
use model::{
    ApiError, CommentId, PostId, Problem, Time,
    comment::{CommentsPage, Said},
    error::Conflict,
    roles::{Capacity, StaffRole},
};

impl Client {
    async fn comments(&self, post: PostId) -> Result<CommentsPage, ApiError> {
        self.ask("/api/comments/list", &[("post", &post.to_string())]).await
    }

    async fn say(&self, post: PostId, id: CommentId, parent: Option<CommentId>, body: &str) -> Result<(), ApiError> {
        let (post, id) = (post.to_string(), id.to_string());
        let parent = parent.map(|parent| parent.to_string()).unwrap_or_default();
        let values = [("post", post.as_str()), ("parent", &parent), ("id", &id), ("body", body), ("stay", "true")];
        self.call("/api/comments/add", &values).await
    }

    async fn change(&self, id: CommentId, body: &str) -> Result<(), ApiError> {
        self.call("/api/comments/edit", &[("comment", &id.to_string()), ("body", body)]).await
    }

    async fn take_back(&self, id: CommentId) -> Result<(), ApiError> {
        self.call("/api/comments/delete", &[("comment", &id.to_string())]).await
    }

    async fn remove(&self, id: CommentId, reason: &str) -> Result<(), ApiError> {
        self.call("/api/comments/remove", &[("comment", &id.to_string()), ("reason", reason)]).await
    }
}

fn text(said: &Said) -> &str {
    match said {
        Said::Text { text, .. } => text,
        _ => "",
    }
}

#[tokio::test]
async fn what_is_said_under_a_post_is_for_its_readers() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let other = test.as_(&school.bram_mother).await;
        let post = test.published(&teacher, "Naar het bos", &[school.group5]).await;
        let other_post = test.published(&teacher, "Iets anders", &[school.group5]).await;
        let [first, reply, second]: [CommentId; 3] = std::array::from_fn(|_| test.portal.clock.new_id());

        mother.say(post, first, None, "Leuk!\nhttps://school.example").await.expect("said");
        test.portal.clock.advance(Time::SECOND);
        other.say(post, reply, Some(first), "Vinden wij ook.").await.expect("answered");
        test.portal.clock.advance(Time::SECOND);
        teacher.say(post, second, None, "Tot morgen").await.expect("said");
        mother.say(post, first, None, "Leuk!\nhttps://school.example").await.expect("sent twice");

        let page = test.as_(&school.father).await.comments(post).await.expect("his group");
        assert_eq!(page.count, 3);
        let [thread, last] = page.threads.as_slice() else { panic!("two threads: {page:?}") };
        assert_eq!((thread.comment.author.as_str(), thread.comment.capacity), ("Mama de Vries", Capacity::Guardian));
        assert_eq!(thread.replies.iter().map(|reply| text(&reply.said)).collect::<Vec<_>>(), ["Vinden wij ook."]);
        assert_eq!(last.comment.capacity, Capacity::Staff(StaffRole::Teacher));
        let own = Said::Text { text: "Tot morgen".into(), is_edited: false, can_edit: false, can_remove: false };
        assert_eq!(last.comment.said, own, "a parent can do nothing to it");
        let cards = mother.feed(&[]).await.expect("a feed").cards;
        let counts = |id| cards.iter().find(|card| card.id == id).map(|card| card.comments);
        assert_eq!((counts(post), counts(other_post)), (Some(3), Some(0)));
        let html = mother.get(&format!("/posts/{post}")).await.text();
        assert!(html.contains("3 reacties") && html.contains("href=\"https://school.example\""), "{html}");

        for person in [&school.bram_father, &school.barred, &school.teacher7, &school.office, &foreign.director] {
            let client = test.as_(person).await;
            assert_eq!(client.comments(post).await.expect_err("shut"), ApiError::NotFound, "{}", person.name);
            let new = test.portal.clock.new_id();
            let error = client.say(post, new, None, "Hallo").await.expect_err("shut");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }
        let new = || test.portal.clock.new_id::<CommentId>();
        for (id, parent) in [
            (new(), Some(reply)),
            (new(), Some(new())),
            // Somebody else's comment.
            (second, None),
        ] {
            assert_eq!(mother.say(post, id, parent, "x").await.expect_err("refused"), ApiError::NotFound);
        }
        assert_eq!(mother.say(other_post, new(), Some(first), "x").await.expect_err("elsewhere"), ApiError::NotFound);
        assert_eq!(mother.say(other_post, first, None, "x").await.expect_err("taken"), ApiError::NotFound);
        for (body, problem) in [
            ("", Problem::Required),
            (" \n ", Problem::Required),
            ("a\u{202E}b", Problem::StrangeCharacters),
            (&"x".repeat(2_001), Problem::TooLong { max: 2_000 }),
        ] {
            let error = mother.say(post, new(), None, body).await.expect_err("refused");
            assert_eq!(error.problem_of("body"), Some(&problem));
        }
        assert_eq!(mother.comments(post).await.expect("hers").count, 3, "nothing was added");
        teacher.delete(post).await.expect("deleted");
        assert_eq!(mother.comments(post).await.expect_err("gone"), ApiError::NotFound);
        assert_eq!(mother.change(first, "Nog iets").await.expect_err("gone"), ApiError::NotFound);
    }
}

#[tokio::test]
async fn posts_to_the_whole_school_take_no_comments() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let post = test.published(&director, "Studiedag", &[school.school_group]).await;
    for person in [&school.mother, &school.teacher5, &school.director] {
        let client = test.as_(person).await;
        let page = client.comments(post).await.expect("read by all");
        assert_eq!((page.next, page.count), (None, 0), "{}", person.name);
        let error = client.say(post, test.portal.clock.new_id(), None, "Hoi").await.expect_err("closed");
        assert_eq!(error, ApiError::NotFound, "{}", person.name);
    }
    let html = test.as_(&school.mother).await.get(&format!("/posts/{post}")).await.text();
    assert!(!html.contains("Uw reactie"), "{html}");
}

#[tokio::test]
async fn one_changes_and_takes_back_ones_own() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let post = test.published(&teacher, "Titel", &[school.group5]).await;
        let [id, reply]: [CommentId; 2] = std::array::from_fn(|_| test.portal.clock.new_id());
        mother.say(post, id, None, "Eerst").await.expect("said");
        for person in [&school.father, &school.teacher5, &school.director] {
            let client = test.as_(person).await;
            assert_eq!(client.change(id, "X").await.expect_err("not theirs"), ApiError::NotFound, "{}", person.name);
            assert_eq!(client.take_back(id).await.expect_err("not theirs"), ApiError::NotFound, "{}", person.name);
        }
        test.portal.clock.advance(15 * Time::MINUTE - 1);
        mother.change(id, "Beter").await.expect("in time");
        test.portal.clock.advance(1);
        mother.change(id, "Beter").await.expect("sent twice");
        let error = mother.change(id, "Te laat").await.expect_err("too late");
        assert_eq!(error, ApiError::conflict(Conflict::TooLate));
        let page = mother.comments(post).await.expect("hers");
        let own = Said::Text { text: "Beter".into(), is_edited: true, can_edit: false, can_remove: false };
        assert_eq!(page.threads[0].comment.said, own);

        teacher.say(post, reply, Some(id), "Antwoord").await.expect("answered");
        mother.take_back(id).await.expect("taken back");
        mother.take_back(id).await.expect("sent twice");
        let page = teacher.comments(post).await.expect("own post");
        assert_eq!((&page.threads[0].comment.said, page.count), (&Said::TakenBack, 1), "the answer keeps its place");
        assert_eq!(page.threads[0].comment.author, "");
        let error = teacher.say(post, test.portal.clock.new_id(), Some(id), "Nog iets").await.expect_err("gone");
        assert_eq!(error, ApiError::conflict(Conflict::ChangedMeanwhile));
        teacher.take_back(reply).await.expect("taken back");
        assert!(teacher.comments(post).await.expect("own post").threads.is_empty(), "nothing is left");
        let mut read = test.portal.store.read().await.expect("connection");
        let row = read.find_comment(id).await.expect("asked").expect("a row");
        assert_eq!(row.body, "", "what is taken back is not kept");
    }
}

#[tokio::test]
async fn the_groups_staff_take_away_what_should_not_be_there() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let mother = test.as_(&school.mother).await;
    let post = test.published(&teacher, "Titel", &[school.group5]).await;
    let id: CommentId = test.portal.clock.new_id();
    mother.say(post, id, None, "Niet aardig").await.expect("said");
    for person in [&school.mother, &school.bram_mother, &school.specialist, &school.teacher7, &school.office] {
        let error = test.as_(person).await.remove(id, "Omdat").await.expect_err("refused");
        assert_eq!(error, ApiError::NotFound, "{}", person.name);
    }
    let error = teacher.remove(id, "").await.expect_err("no reason");
    assert_eq!(error.problem_of("reason"), Some(&Problem::Required));
    teacher.remove(id, "We praten met elkaar.").await.expect("removed");
    test.as_(&school.director).await.remove(id, "Nog eens").await.expect("changes nothing");
    for (person, reason) in [
        (&school.mother, Some("We praten met elkaar.")),
        (&school.teacher5, Some("We praten met elkaar.")),
        (&school.bram_mother, None),
    ] {
        let page = test.as_(person).await.comments(post).await.expect("readers");
        let comment = &page.threads[0].comment;
        assert_eq!(comment.said, Said::Removed { reason: reason.map(str::to_owned) }, "{}", person.name);
        assert_eq!((comment.author.as_str(), page.count), ("", 0));
    }
    assert_eq!(mother.change(id, "Anders").await.expect_err("gone"), ApiError::NotFound);
    mother.take_back(id).await.expect("nothing to take back");
    let html = test.as_(&school.bram_mother).await.get(&format!("/posts/{post}")).await.text();
    assert!(html.contains("De school heeft deze reactie weggehaald.") && !html.contains("Niet aardig"), "{html}");
    let audit = test.portal.store.read().await.expect("connection").list_audit(school.id, 10).await.expect("asked");
    let removals: Vec<_> = audit.iter().filter(|line| line.action == "comment.remove").collect();
    assert_eq!(removals.len(), 1);
    assert_eq!((removals[0].subject.as_str(), removals[0].detail.as_str()), ("Mama de Vries", "We praten met elkaar."));
}

#[tokio::test]
async fn open_pages_of_readers_hear_of_comments() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.published(&teacher, "Titel", &[school.group5]).await;
    test.work().await;
    test.as_(&school.mother).await.say(post, test.portal.clock.new_id(), None, "Hoi").await.expect("said");
    test.work().await;
    let mut read = test.portal.store.read().await.expect("connection");
    for (person, told) in [
        (&school.mother, true),
        (&school.bram_mother, true),
        (&school.teacher5, true),
        (&school.bram_father, false),
        (&school.barred, false),
        (&school.teacher7, false),
        (&school.office, false),
    ] {
        let events = read.list_live_events(person.account, 0).await.expect("asked");
        let heard = events.iter().any(|row| row.event.contains("comments") && row.event.contains(&post.to_string()));
        assert_eq!(heard, told, "{}", person.name);
        assert!(events.iter().all(|row| !row.event.contains("Hoi")), "never what is said");
    }
}

#[tokio::test]
async fn long_discussions_come_in_pages() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let post = test.published(&teacher, "Titel", &[school.group5]).await;
        let people = [test.as_(&school.mother).await, test.as_(&school.father).await, teacher];
        let mut all = Vec::new();
        // The clock stands still: many have the same time.
        for n in 0..65 {
            let id: CommentId = test.portal.clock.new_id();
            people[n % 3].say(post, id, None, &format!("Reactie {n}")).await.expect("said");
            all.push(id);
        }
        let (mut seen, mut before) = (Vec::new(), String::new());
        loop {
            let values = [("post", post.to_string()), ("before", before)];
            let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let page: CommentsPage = people[0].ask("/api/comments/list", &values).await.expect("a page");
            assert_eq!(page.count, 65);
            seen.splice(0..0, page.threads.iter().map(|thread| thread.comment.id));
            let Some(earlier) = page.earlier else { break };
            before = earlier;
        }
        all.sort();
        assert_eq!(seen, all);
        for bad in ["x", "1-", "-", "9-zz"] {
            let values = [("post", post.to_string()), ("before", bad.to_owned())];
            let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let error = people[0].ask::<CommentsPage>("/api/comments/list", &values).await.expect_err("refused");
            assert_eq!(error, ApiError::Malformed);
        }
    }
}

#[tokio::test]
async fn nobody_floods_a_post() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let post = test.published(&test.as_(&school.teacher5).await, "Titel", &[school.group5]).await;
    let mother = test.as_(&school.mother).await;
    for n in 0..30 {
        mother.say(post, test.portal.clock.new_id(), None, &format!("{n}")).await.expect("said");
    }
    let error = mother.say(post, test.portal.clock.new_id(), None, "Te veel").await.expect_err("slowed down");
    assert!(matches!(error, ApiError::TooMany { .. }), "{error:?}");
    test.as_(&school.father).await.say(post, test.portal.clock.new_id(), None, "Ik wel").await.expect("said");
    test.portal.clock.advance(10 * Time::MINUTE);
    mother.say(post, test.portal.clock.new_id(), None, "Weer").await.expect("later");
}

#[tokio::test]
async fn comments_work_without_javascript() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let post = test.published(&test.as_(&school.teacher5).await, "Titel", &[school.group5]).await;
    let mother = test.as_(&school.mother).await;
    let (page, post) = (format!("/posts/{post}"), post.to_string());
    assert!(mother.get(&page).await.text().contains("action=\"/api/comments/add\""));
    let id = test.portal.clock.new_id::<CommentId>().to_string();
    let form = |body| vec![("post", post.as_str()), ("parent", ""), ("id", id.as_str()), ("body", body)];
    let long = "y".repeat(2_001);
    let answer = mother.post_form("/api/comments/add", &page, &form(&long)).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains(&long) && answer.text().contains(&format!("value=\"{id}\"")), "as it was filled in");
    for _ in 0..2 {
        let answer = mother.post_form("/api/comments/add", &page, &form("</textarea><script>x</script>")).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("{page}#c{id}").as_str()));
    }
    let html = mother.get(&page).await.text();
    assert!(html.contains("1 reactie") && html.contains("&lt;script&gt;x") && !html.contains("<script>x"), "{html}");
    let answer = mother.post_form("/api/comments/edit", &page, &[("comment", &id), ("body", "Anders")]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert!(mother.get(&page).await.text().contains("gewijzigd"));
    let answer = mother.post_form("/api/comments/delete", &page, &[("comment", &id)]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("{page}#comments").as_str()));
    assert!(!mother.get(&page).await.text().contains("Anders"));
}
