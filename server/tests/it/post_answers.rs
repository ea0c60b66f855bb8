//! What a post asks: confirmations, reminders, polls.

use crate::support::{Client, School, TestPortal};
use axum::http::StatusCode;
use model::{
    ApiError, PostId, Problem, Time,
    error::Conflict,
    options::PollPage,
    readers::{ReadersGuardian, ReadersPage},
};

const CONFIRM: &[(&str, &str)] = &[("confirm", "true"), ("confirm_by", "2026-11-20T12:00")];

async fn readers(client: &Client, post: PostId) -> Result<ReadersPage, ApiError> {
    client.ask("/api/readers/list", &[("post", &post.to_string())]).await
}

async fn confirm(client: &Client, post: PostId) -> Result<(), ApiError> {
    client.call("/api/posts/confirm", &[("post", &post.to_string())]).await
}

async fn remind(client: &Client, post: PostId) -> Result<(), ApiError> {
    client.call("/api/posts/remind", &[("post", &post.to_string())]).await
}

#[tokio::test]
async fn a_guardian_confirms_once_and_staff_sees_who_is_missing() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        let post = test.published_with(&teacher, "Schoolreis", &[school.group5], CONFIRM).await;
        let marked = async |client: &Client| client.feed(&[]).await.expect("a feed").cards[0].to_confirm;
        assert!(marked(&mother).await && !marked(&teacher).await, "in the feed of those who are asked");
        let asks = mother.open(post).await.expect("hers").asks;
        assert!(asks.can_confirm && asks.confirmed.is_none());
        assert!(!teacher.open(post).await.expect("own").asks.can_confirm, "staff is not asked");
        // Without JavaScript: a button on the post.
        let path = format!("/posts/{post}");
        assert!(mother.get(&path).await.text().contains("/api/posts/confirm"));
        let answer = mother.post_form("/api/posts/confirm", &path, &[("post", &post.to_string())]).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, path.as_str()));
        test.portal.clock.advance(Time::MINUTE);
        confirm(&mother, post).await.expect("sent twice");
        let asks = mother.open(post).await.expect("hers").asks;
        assert!(
            !asks.can_confirm && asks.confirmed.is_some_and(|at| at.full.contains("10:00")),
            "the first time counts"
        );
        assert!(!marked(&mother).await, "she has");
        for person in [&school.bram_father, &school.barred, &school.teacher5, &school.director, &school.office] {
            let error = confirm(&test.as_(person).await, post).await.expect_err("not asked");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }
        let page = readers(&teacher, post).await.expect("hers");
        assert_eq!(page.confirming.as_ref().expect("asked for").missing, 2);
        let of = |guardian: &ReadersGuardian| (guardian.name.clone(), guardian.confirmed.is_some());
        let lines: Vec<_> = page
            .children
            .iter()
            .map(|child| (&*child.name, child.guardians.iter().map(of).collect::<Vec<_>>()))
            .collect();
        assert_eq!(
            lines,
            [
                ("Bram Bakker", vec![("Mama Bakker".to_owned(), false)]),
                ("Sanne de Vries", vec![("Mama de Vries".to_owned(), true), ("Papa de Vries".to_owned(), false)]),
            ]
        );
        let html = teacher.get(&format!("/posts/{post}/readers")).await.text();
        assert!(html.contains("Papa de Vries") && !html.contains("Papa Bakker"), "{html}");
        let error = readers(&test.as_(&school.specialist).await, post).await.expect_err("not the author");
        assert_eq!(error, ApiError::NotFound);
    }
}

#[tokio::test]
async fn a_teacher_sees_the_own_group_only() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let groups = [school.group5, school.group7];
    let post = test.published_with(&director, "Schoolreis", &groups, CONFIRM).await;
    let names = |page: ReadersPage| page.children.into_iter().map(|child| child.name).collect::<Vec<_>>();
    let teacher = test.as_(&school.teacher7).await;
    assert_eq!(names(readers(&teacher, post).await.expect("own group")), ["Otto de Vries"]);
    assert_eq!(names(readers(&director, post).await.expect("all")).len(), 3);
    let everybody = test.published_with(&director, "Studiedag", &[school.school_group], CONFIRM).await;
    assert_eq!(names(readers(&teacher, everybody).await.expect("own group of the school")), ["Otto de Vries"]);
    let reach = teacher.open(everybody).await.expect("a post").reach.expect("own group");
    assert_eq!(reach.guardians, 2);
    for post in [post, everybody] {
        let confirming = readers(&teacher, post).await.expect("own group").confirming.expect("asked for");
        assert!(!confirming.can_remind);
        assert_eq!(remind(&teacher, post).await.expect_err("not everybody's"), ApiError::NotFound);
    }
    remind(&director, everybody).await.expect("hers to remind");
    // What everybody has voted, too, is for those alone who see everybody.
    let asking = test.published_with(&director, "Ouderavond", &[school.school_group], &poll(&[])).await;
    let choice = open(&director, asking).await.choices[0].id.to_string();
    vote(&test.as_(&school.bram_mother).await, asking, &[&choice]).await.expect("voted");
    let voted = |page: PollPage| (page.voters, page.choices[0].names.clone());
    assert_eq!(voted(open(&director, asking).await), (Some(1), vec!["Mama Bakker".to_owned()]));
    assert_eq!(voted(open(&teacher, asking).await), (Some(1), Vec::new()), "how many, not who");
}

#[tokio::test]
async fn only_those_missing_are_reminded_and_once_a_day() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        let post = test.published_with(&teacher, "Geheime titel", &[school.group5], CONFIRM).await;
        confirm(&mother, post).await.expect("confirmed");
        remind(&teacher, post).await.expect("reminded");
        let error = remind(&teacher, post).await.expect_err("sent twice");
        assert_eq!(error, ApiError::conflict(Conflict::RemindedToday));
        test.work().await;
        let letters = test.letters();
        assert_eq!(letters.len(), 2, "{letters:?}");
        assert!(letters.iter().all(|letter| !letter.contains("Mama de Vries") && letter.contains(&post.to_string())));
        assert!(letters.iter().all(|letter| !letter.contains("Geheime titel")), "what it says stays in the portal");
        // The day before the deadline it happens by itself; by then everybody but the father has confirmed.
        confirm(&test.as_(&school.bram_mother).await, post).await.expect("confirmed");
        test.portal.clock.advance(3 * Time::DAY + 2 * Time::HOUR);
        test.work().await;
        assert_eq!(test.letters().len(), 3);
        let error = remind(&test.as_(&school.teacher5).await, post).await.expect_err("just now");
        assert_eq!(error, ApiError::conflict(Conflict::RemindedToday));
    }
}

fn poll(extra: &[(&'static str, &'static str)]) -> Vec<(&'static str, &'static str)> {
    let mut options = vec![
        ("poll_question", "Wanneer komt u?"),
        ("poll_choices", "dinsdag"),
        ("poll_choices", "woensdag"),
        ("poll_closes_at", "2026-11-16T12:00"),
    ];
    options.extend(extra);
    options
}

async fn open(client: &Client, post: PostId) -> PollPage {
    client.ask("/api/posts/poll", &[("post", &post.to_string())]).await.expect("a poll")
}

async fn vote(client: &Client, post: PostId, choices: &[&str]) -> Result<(), ApiError> {
    let post = post.to_string();
    let names: Vec<String> = (0..choices.len()).map(|n| format!("choices[{n}]")).collect();
    let mut values = vec![("post", post.as_str())];
    values.extend(names.iter().map(String::as_str).zip(choices.iter().copied()));
    client.call("/api/posts/vote", &values).await
}

fn votes(page: &PollPage) -> Vec<Option<u32>> {
    page.choices.iter().map(|choice| choice.votes).collect()
}

#[tokio::test]
async fn a_vote_can_be_changed_until_the_poll_closes() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        let post = test.published_with(&teacher, "Gesprek", &[school.group5], &poll(&[])).await;
        let page = open(&mother, post).await;
        let [tuesday, wednesday]: [String; 2] =
            page.choices.iter().map(|choice| choice.id.to_string()).collect::<Vec<_>>().try_into().expect("two");
        assert_eq!((votes(&page), page.voters, page.can_vote), (vec![None, None], None, true), "no results before");
        assert_eq!(vote(&mother, post, &[]).await.expect_err("none").problem_of("choices"), Some(&Problem::Required));
        let error = vote(&mother, post, &[&tuesday, &wednesday]).await.expect_err("one only");
        assert_eq!(error.problem_of("choices"), Some(&Problem::NotAChoice));
        let unknown = "0198ffff-ffff-7fff-bfff-ffffffffffff";
        assert_eq!(vote(&mother, post, &[unknown]).await.expect_err("none of these"), ApiError::NotFound);
        let path = format!("/posts/{post}/poll");
        assert!(mother.get(&path).await.text().contains("Wanneer komt u?"));
        let form = [("post", post.to_string()), ("choices[]", tuesday.clone())];
        let form: Vec<(&str, &str)> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = mother.post_form("/api/posts/vote", &path, &form).await;
        assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, path.as_str()));
        vote(&mother, post, &[&tuesday]).await.expect("sent twice");
        assert_eq!(votes(&open(&mother, post).await), [Some(1), Some(0)]);
        vote(&mother, post, &[&wednesday]).await.expect("changed");
        vote(&test.as_(&school.father).await, post, &[&wednesday]).await.expect("his own");
        let page = open(&teacher, post).await;
        assert_eq!((votes(&page), page.voters, page.can_vote), (vec![Some(0), Some(2)], Some(2), false));
        assert_eq!(page.choices[1].names, ["Mama de Vries", "Papa de Vries"]);
        let page = open(&mother, post).await;
        assert!(page.choices.iter().all(|choice| choice.names.is_empty()), "names are the staff's");
        test.portal.clock.advance(2 * Time::HOUR);
        let error = vote(&mother, post, &[&tuesday]).await.expect_err("too late");
        assert_eq!(error, ApiError::conflict(Conflict::PollClosed));
        assert!(open(&mother, post).await.is_closed);
    }
}

#[tokio::test]
async fn an_anonymous_vote_leads_back_to_nobody() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        let options = poll(&[("poll_anonymous", "true"), ("poll_multiple", "true")]);
        let post = test.published_with(&teacher, "Gesprek", &[school.group5], &options).await;
        let page = open(&mother, post).await;
        let ids: Vec<String> = page.choices.iter().map(|choice| choice.id.to_string()).collect();
        vote(&mother, post, &[&ids[0], &ids[1]]).await.expect("voted");
        vote(&mother, post, &[&ids[0]]).await.expect("sent twice");
        let page = open(&mother, post).await;
        assert_eq!((votes(&page), page.has_voted, page.can_vote), (vec![Some(1), Some(1)], true, false));
        assert!(page.choices.iter().all(|choice| !choice.chosen), "not even to herself");
        let page = open(&teacher, post).await;
        assert!(page.choices.iter().all(|choice| choice.names.is_empty()));
        let mut read = test.portal.store.read().await.expect("connection");
        assert!(read.list_named_votes(post).await.expect("asked").is_empty());
    }
}
