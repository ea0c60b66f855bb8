//! The options of a post: when it is published and disappears, pinned, urgent, comments.

use crate::support::{
    Client, School, TestPortal,
    posts::{field, photo},
};
use app::COMPOSE_FORM;
use axum::http::StatusCode;
use model::{
    ApiError, GroupId, PostId, Problem, Time,
    error::Conflict,
    feed::{ComposePage, DraftLine},
    live::LiveEvent,
    options::{Held, PostForStaff},
};
use store::PostRow;

const AT_NOON: &[(&str, &str)] = &[("publish_at", "2026-11-16T12:00")];

async fn drafts(client: &Client) -> Vec<DraftLine> {
    client.ask("/api/posts/drafts", &[]).await.expect("drafts")
}

async fn row(test: &TestPortal, post: PostId) -> PostRow {
    test.portal.store.read().await.expect("connection").find_post(post).await.expect("asked").expect("there")
}

/// How often the author's open pages were told of what happened to the post by itself.
async fn told(test: &TestPortal, school: &School, post: PostId) -> usize {
    let mut read = test.portal.store.read().await.expect("connection");
    let event = serde_json::to_string(&LiveEvent::Draft { id: post }).expect("JSON");
    let rows = read.list_live_events(school.teacher5.account, 0).await.expect("asked");
    rows.iter().filter(|row| row.event == event).count()
}

#[tokio::test]
async fn a_scheduled_post_is_published_when_its_time_comes() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        let post = test.new_post_id();
        teacher.save_with(post, 0, "Om twaalf uur", &[school.group5], AT_NOON).await.expect("saved");
        assert!(drafts(&teacher).await[0].scheduled.is_none(), "a wish is no decision");
        teacher.publish(post).await.expect("scheduled");
        teacher.publish(post).await.expect("pressed twice");
        assert!(drafts(&teacher).await[0].scheduled.is_some());
        test.portal.clock.advance(2 * Time::HOUR - Time::SECOND);
        test.work().await;
        assert!(mother.feed(&[]).await.expect("a feed").cards.is_empty());
        assert_eq!(mother.open(post).await.expect_err("not yet"), ApiError::NotFound);
        test.portal.clock.advance(Time::SECOND);
        test.work().await;
        assert_eq!(mother.feed(&[]).await.expect("a feed").cards.len(), 1);
        assert_eq!(row(&test, post).await.published_at, Some(test.portal.clock.now().0));
        assert_eq!(told(&test, &school, post).await, 1, "once, though it was scheduled twice");
        assert!(drafts(&teacher).await.is_empty());
    }
}

#[tokio::test]
async fn what_is_changed_after_scheduling_waits_for_its_author() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    teacher.save_with(post, 0, "Plan", &[school.group5], AT_NOON).await.expect("saved");
    teacher.publish(post).await.expect("scheduled");
    teacher.save_with(post, 1, "Half af", &[school.group5], AT_NOON).await.expect("saved");
    assert!(drafts(&teacher).await[0].scheduled.is_none());
    test.portal.clock.advance(3 * Time::HOUR);
    test.work().await;
    assert_eq!(row(&test, post).await.published_at, None);
    let error = teacher.publish(post).await.expect_err("the moment has passed");
    assert_eq!(error.problem_of("publish_at"), Some(&Problem::TooEarly));
}

#[tokio::test]
async fn a_scheduled_post_whose_photos_are_in_question_goes_back_to_its_author() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    teacher.save_with(post, 0, "Met foto's", &[school.group5], AT_NOON).await.expect("saved");
    teacher.upload(post, "1.jpg", &photo(1)).await.expect("taken");
    test.work().await;
    assert_eq!(
        teacher.publish(post).await.expect_err("asked first"),
        ApiError::conflict(Conflict::PictureCheckOpen),
        "a schedule is no way around the check"
    );
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("scheduled");
    teacher.upload(post, "2.jpg", &photo(2)).await.expect("taken");
    test.work().await;
    test.portal.clock.advance(3 * Time::HOUR);
    test.work().await;
    assert_eq!(row(&test, post).await.published_at, None);
    let line = drafts(&teacher).await.remove(0);
    assert_eq!((line.held, line.scheduled), (Some(Held::Pictures), None));
    assert_eq!(told(&test, &school, post).await, 1);
    assert!(teacher.get("/drafts").await.text().contains("over de foto"));
    let page: ComposePage = teacher.ask("/api/posts/compose", &[("post", &post.to_string())]).await.expect("own");
    assert_eq!(page.held, Some(Held::Pictures));
}

#[tokio::test]
async fn a_right_that_has_ended_publishes_nothing() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    teacher.save_with(post, 0, "Plan", &[school.group5], AT_NOON).await.expect("saved");
    teacher.publish(post).await.expect("scheduled");
    let mut write = test.portal.store.write().await.expect("transaction");
    let now = test.portal.clock.now();
    write.end_group_staff(school.id, school.group5, school.teacher5.account, now).await.expect("ended");
    write.commit().await.expect("committed");
    test.portal.clock.advance(3 * Time::HOUR);
    test.work().await;
    let row = row(&test, post).await;
    assert_eq!((row.published_at, row.options.held.as_deref()), (None, Some("rights")));
}

#[tokio::test]
async fn pinned_posts_stand_first_until_somebody_unpins_them() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        let old = test.published_with(&teacher, "Oud", &[school.group5], &[("pinned", "true")]).await;
        test.portal.clock.advance(Time::SECOND);
        let new = test.published(&teacher, "Nieuw", &[school.group5]).await;
        let order = async || {
            let feed = mother.feed(&[]).await.expect("a feed");
            feed.cards.into_iter().map(|card| (card.id, card.pinned)).collect::<Vec<_>>()
        };
        assert_eq!(order().await, [(old, true), (new, false)]);
        let pin = async |client: &Client, pinned: &str| {
            client.call::<()>("/api/posts/pin", &[("post", &old.to_string()), ("pinned", pinned)]).await
        };
        // Not the author's alone: whoever may post there.
        pin(&test.as_(&school.specialist).await, "false").await.expect("unpinned");
        pin(&test.as_(&school.specialist).await, "false").await.expect("sent twice");
        assert_eq!(order().await, [(new, false), (old, false)]);
        pin(&test.as_(&school.director).await, "true").await.expect("pinned");
        assert_eq!(order().await, [(old, true), (new, false)]);
        for person in [&school.mother, &school.teacher7, &school.office] {
            assert_eq!(pin(&test.as_(person).await, "false").await.expect_err("not theirs"), ApiError::NotFound);
        }
    }
}

#[tokio::test]
async fn an_expired_post_is_there_for_its_author_alone() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        let post = test.new_post_id();
        let group = [school.group5];
        let early = [("publish_at", "2026-11-17T10:00"), ("expires_at", "2026-11-16T12:00")];
        teacher.save_with(post, 0, "Luizen", &group, &early).await.expect("a draft may be anything");
        let error = teacher.publish(post).await.expect_err("gone before it is there");
        assert_eq!(error.problem_of("expires_at"), Some(&Problem::TooEarly));
        teacher.save_with(post, 1, "Luizen", &group, &[("expires_at", "2026-11-16T12:00")]).await.expect("saved");
        let picture = teacher.upload(post, "1.jpg", &photo(1)).await.expect("taken");
        test.work().await;
        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("published");
        assert_eq!(mother.picture(picture, "small").await.status, StatusCode::OK);
        assert_eq!(mother.finds("luizen").await.len(), 1);
        test.portal.clock.advance(2 * Time::HOUR);
        for _ in 0..2 {
            assert!(mother.feed(&[]).await.expect("a feed").cards.is_empty(), "to the moment, before any work is done");
            assert_eq!(mother.open(post).await.expect_err("gone"), ApiError::NotFound);
            assert!(mother.finds("luizen").await.is_empty());
            assert_eq!(mother.picture(picture, "small").await.status, StatusCode::NOT_FOUND);
            assert_eq!(test.as_(&school.specialist).await.open(post).await.expect_err("gone"), ApiError::NotFound);
            test.work().await;
        }
        let line = drafts(&teacher).await.remove(0);
        assert!(line.expired.is_some(), "{line:?}");
        assert_eq!(teacher.open(post).await.expect("own").title, "Luizen");
        assert_eq!(teacher.picture(picture, "small").await.status, StatusCode::OK);
        // Its author can bring it back.
        let version = row(&test, post).await.version;
        teacher
            .edit_with(post, version, "Luizen", &group, &[("expires_at", "2026-12-01T12:00")])
            .await
            .expect("changed");
        assert_eq!(mother.feed(&[]).await.expect("a feed").cards.len(), 1);
    }
}

#[tokio::test]
async fn urgent_needs_a_reason_and_is_counted() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
    let post = test.new_post_id();
    teacher.save_with(post, 0, "Ontruimd", &[school.group5], &[("urgent", "true")]).await.expect("saved");
    let error = teacher.publish(post).await.expect_err("why?");
    assert_eq!(error.problem_of("urgent_reason"), Some(&Problem::Required));
    let options = [("urgent", "true"), ("urgent_reason", "brand")];
    teacher.save_with(post, 1, "Ontruimd", &[school.group5], &options).await.expect("saved");
    teacher.publish(post).await.expect("published");
    teacher.publish(post).await.expect("sent twice");
    test.published_with(&teacher, "Weer", &[school.group5], &options).await;
    let feed = mother.feed(&[]).await.expect("a feed");
    assert!(feed.cards.iter().all(|card| card.urgent));
    let html = mother.get("/").await.text();
    assert!(html.contains("Dringend") && !html.contains("brand"), "the reason is the staff's");
    let staff: PostForStaff = teacher.ask("/api/posts/staff", &[("post", &post.to_string())]).await.expect("own");
    assert_eq!(staff.urgent_reason.as_deref(), Some("brand"));
    let audit = test.portal.store.read().await.expect("connection").list_audit(school.id, 10).await.expect("asked");
    let mut lines: Vec<&str> =
        audit.iter().filter(|line| line.action == "post.urgent").map(|line| line.detail.as_str()).collect();
    lines.sort();
    assert_eq!(lines, ["1: brand", "2: brand"]);
}

#[tokio::test]
async fn comments_are_open_in_a_group_and_closed_for_the_whole_school() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    type Case = (GroupId, &'static [(&'static str, &'static str)], bool);
    let cases: [Case; 5] = [
        (school.group5, &[], true),
        (school.school_group, &[], false),
        (school.group5, &[("comments", "false"), ("comments_was", "true")], false),
        (school.school_group, &[("comments", "true"), ("comments_was", "false")], true),
        (school.school_group, &[("comments", "true"), ("comments_was", "true")], false),
    ];
    for (group, options, open) in cases {
        let post = test.published_with(&director, "Titel", &[group], options).await;
        assert_eq!(row(&test, post).await.options.comments_open, open, "{options:?}");
        director.edit(post, 2, "Anders", "Tekst", &[group]).await.expect("changed");
        assert_eq!(row(&test, post).await.options.comments_open, open, "a change of text is none of this");
        let shut = [("comments", "false"), ("comments_was", "true")];
        director.edit_with(post, 3, "Anders", &[group], &shut).await.expect("changed");
        assert!(!row(&test, post).await.options.comments_open);
    }
}

#[tokio::test]
async fn staff_reads_what_a_post_said_before() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let (teacher, director) = (test.as_(&school.teacher5).await, test.as_(&school.director).await);
    let post = test.published(&teacher, "Eerst", &[school.group5]).await;
    test.portal.clock.advance(Time::SECOND);
    teacher.edit(post, 2, "Daarna", "Tekst", &[school.group5]).await.expect("changed");
    director.edit(post, 3, "Ten slotte", "Tekst", &[school.group5]).await.expect("changed");
    let id = post.to_string();
    let page: PostForStaff = teacher.ask("/api/posts/staff", &[("post", &id)]).await.expect("own");
    let versions: Vec<(&str, &str)> =
        page.versions.iter().map(|version| (version.title.as_str(), version.changed_by.as_str())).collect();
    assert_eq!(versions, [("Daarna", "Dina Directeur"), ("Eerst", "Juf Anna")]);
    let html = teacher.get(&format!("/posts/{post}/staff")).await.text();
    assert!(html.contains("Daarna") && html.contains("Dina Directeur"), "{html}");
    for person in [&school.mother, &school.teacher7, &school.office, &school.barred] {
        let page = test.as_(person).await.get(&format!("/posts/{post}/staff")).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", person.name);
        assert!(!page.text().contains("Eerst"));
    }
}

#[tokio::test]
async fn an_audience_that_is_empty_by_now_is_refused() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher7).await;
    let post = test.new_post_id();
    let saved = teacher.save(post, 0, "Titel", "", &[school.group7]).await.expect("saved");
    assert_eq!((saved.reach.guardians, saved.reach.busiest), (2, None));
    let mut write = test.portal.store.write().await.expect("transaction");
    write.enrol(school.id, school.otto, school.group5, test.portal.clock.now()).await.expect("moved");
    write.commit().await.expect("committed");
    let saved = teacher.save(post, 1, "Titel", "Nu leeg.", &[school.group7]).await.expect("saved");
    assert!(saved.reach.is_chosen && saved.reach.guardians == 0, "it is said for whom: {saved:?}");
    let saved = teacher.save(post, 2, "Titel", "Nu leeg.", &[]).await.expect("saved");
    assert!(!saved.reach.is_chosen, "{saved:?}");
    teacher.save(post, 3, "Titel", "Nu leeg.", &[school.group7]).await.expect("saved");
    let error = teacher.publish(post).await.expect_err("nobody is left");
    assert_eq!(error, ApiError::conflict(Conflict::NobodyReads));
    // Beside the reach: how much the group got lately.
    let other = test.as_(&school.teacher5).await;
    test.published(&other, "Een", &[school.group5]).await;
    let saved = other.save(test.new_post_id(), 0, "Twee", "", &[school.group5]).await.expect("saved");
    assert_eq!(saved.reach.busiest, Some(("Groep 5".to_owned(), 1)));
    test.portal.clock.advance(8 * Time::DAY);
    let other = test.as_(&school.teacher5).await;
    let saved = other.save(test.new_post_id(), 0, "Drie", "", &[school.group5]).await.expect("saved");
    assert_eq!(saved.reach.busiest, None, "a week ago");
}

#[tokio::test]
async fn whoever_may_post_to_one_group_has_chosen_it() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let compose = async || {
        let teacher = test.as_(&school.teacher5).await;
        teacher.ask::<ComposePage>("/api/posts/compose", &[("post", "")]).await.expect("a new post")
    };
    let page = compose().await;
    assert_eq!((page.chosen.len(), page.reach.is_chosen), (0, false), "the group or the whole school");
    let director = test.as_(&school.director).await;
    let all_off = [("school", &*school.id.to_string())];
    director.call::<()>("/api/account/set-school-settings", &all_off).await.expect("set");
    let page = compose().await;
    assert_eq!((page.chosen, page.reach.is_chosen, page.reach.guardians), (vec![school.group5], true, 3));
}

#[tokio::test]
async fn without_javascript_the_options_are_fields_of_the_form() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let (post, group) = (test.new_post_id().to_string(), school.group5.to_string());
    let form = |publish_at: &'static str, version: &'static str| {
        vec![
            field("post", &post),
            field("version", version),
            field("groups", &group),
            field("title", "Later"),
            field("body", "Tekst"),
            field("publish_at", publish_at),
            field("pinned", "true"),
            field("comments_was", "true"),
            field("poll_choices", ""),
            field("do", "publish"),
        ]
    };
    let answer = teacher.send_form(COMPOSE_FORM, Some("/compose"), &form("2026-11-16T09:00", "0")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = answer.text();
    assert!(html.contains("Dit moment is te vroeg") && html.contains("2026-11-16T09:00"), "{html}");
    let answer = teacher.send_form(COMPOSE_FORM, Some("/compose"), &form("2026-11-16T12:00", "1")).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/drafts"));
    assert!(teacher.get("/drafts").await.text().contains("Wordt geplaatst"));
    let page: ComposePage = teacher.ask("/api/posts/compose", &[("post", &post)]).await.expect("own");
    assert!(page.options.pinned && !page.options.comments, "{:?}", page.options);
    assert!(page.scheduled.is_some());
}
