//! Posts: who reads and writes what, and that nothing happens twice.

use crate::support::{
    School, TestPortal,
    posts::{Part, field},
};
use app::COMPOSE_FORM;
use axum::http::StatusCode;
use model::{
    ApiError, PostId, Problem,
    error::Conflict,
    feed::{ComposePage, DraftLine, FEED_PAGE},
    roles::{Capacity, StaffRole},
};
use std::collections::BTreeSet;

const UNKNOWN: &str = "0198ffff-ffff-7fff-bfff-ffffffffffff";

#[tokio::test]
async fn a_post_goes_to_the_parents_of_its_group_and_nobody_else() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let post = test.new_post_id();
        let saved = teacher.save(post, 0, "Naar het bos", "We gaan **morgen**.\n\n- laarzen", &[school.group5]).await;
        let saved = saved.expect("saved");
        assert_eq!((saved.version, saved.reach.guardians), (1, 3), "both parents of Sanne, and one of Bram");
        assert!(mother.feed(&[]).await.expect("a feed").cards.is_empty(), "a draft is its author's");
        assert_eq!(mother.open(post).await.expect_err("a draft"), ApiError::NotFound);
        let drafts: Vec<DraftLine> = teacher.ask("/api/posts/drafts", &[]).await.expect("drafts");
        assert_eq!(drafts.iter().map(|draft| draft.title.as_str()).collect::<Vec<_>>(), ["Naar het bos"]);
        teacher.publish(post).await.expect("published");

        let feed = mother.feed(&[]).await.expect("a feed");
        let [card] = feed.cards.as_slice() else { panic!("one card: {feed:?}") };
        assert_eq!((card.title.as_str(), card.excerpt.as_str()), ("Naar het bos", "We gaan morgen. • laarzen"));
        assert_eq!(card.author.capacity, Capacity::Staff(StaffRole::Teacher));
        assert!(card.unread);
        assert_eq!(feed.older, None);
        let page = mother.open(post).await.expect("her group");
        assert_eq!((page.reach, page.can_edit, page.can_delete), (None, false, false));
        assert!(!mother.feed(&[]).await.expect("a feed").cards[0].unread, "opened is read");
        let reach = teacher.open(post).await.expect("own post").reach.expect("the author sees it");
        assert_eq!((reach.guardians, reach.read), (3, 1), "who reads as staff does not count");
        assert!(test.as_(&school.father).await.feed(&[]).await.expect("a feed").cards[0].unread, "his own reading");

        for person in [&school.bram_father, &school.barred, &school.teacher7, &school.office, &foreign.director] {
            let client = test.as_(person).await;
            assert_eq!(client.open(post).await.expect_err("shut"), ApiError::NotFound, "{}", person.name);
            assert!(client.feed(&[]).await.expect("a feed").cards.is_empty(), "{}", person.name);
            let page = client.get(&format!("/posts/{post}")).await;
            assert_eq!(page.status, StatusCode::NOT_FOUND, "{}", person.name);
            assert!(!page.text().contains("Naar het bos"), "{}", person.name);
        }
        let page = mother.get(&format!("/posts/{post}")).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("<strong>morgen"), "{}", page.text());
        assert!(mother.get("/").await.text().contains("Naar het bos"));
        for bad in ["x", UNKNOWN, "..%2f..%2fetc"] {
            assert_eq!(mother.get(&format!("/posts/{bad}")).await.status, StatusCode::NOT_FOUND, "{bad}");
        }
    }
}

#[tokio::test]
async fn the_first_unread_post_is_found_on_later_pages() {
    const JUMP: &str = "Naar het eerste ongelezen bericht";
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let director = test.as_(&school.director).await;
        let mother = test.as_(&school.mother).await;
        let mut posts = Vec::new();
        for n in 0..FEED_PAGE * 3 {
            if n % 7 == 0 {
                test.portal.clock.advance(1_000_000);
            }
            // What goes to others is no reason to leaf.
            let group = if n % 5 == 2 { school.group7 } else { school.group5 };
            posts.push(test.published(&director, &format!("Bericht {n}"), &[group]).await);
        }
        let child = school.sanne.to_string();
        let of_sanne = [("child", child.as_str())];
        let page = mother.feed(&of_sanne).await.expect("a feed");
        assert!(page.cards[0].unread && page.unread.is_none());
        assert!(!mother.get(&format!("/?child={child}")).await.text().contains(JUMP), "it is at the top");
        let (last, second, deleted) = (posts[1], posts[10], posts[15]);
        assert!(page.cards.iter().all(|card| card.id != deleted), "is on a later page");
        for post in posts.iter().filter(|post| ![last, second, deleted].contains(post)) {
            mother.open(*post).await.expect("hers");
        }
        director.delete(deleted).await.expect("deleted");

        for wanted in [second, last] {
            let page = mother.feed(&of_sanne).await.expect("a feed");
            let before = page.unread.expect("further on");
            let found = mother.feed(&[of_sanne[0], ("before", &before)]).await.expect("a page");
            assert_eq!((found.cards[0].id, found.cards[0].unread), (wanted, true));
            let html = mother.get(&format!("/?child={child}")).await.text();
            assert!(html.contains(&format!("href=\"/?child={child}&amp;before={before}\"")), "{html}");
            assert!(html.contains(JUMP), "{html}");
            mother.open(wanted).await.expect("hers");
        }
        assert_eq!(mother.feed(&of_sanne).await.expect("a feed").unread, None);
        assert!(!mother.get(&format!("/?child={child}")).await.text().contains(JUMP), "nothing is left");
        // What one has written oneself is not unread.
        assert_eq!(director.feed(&[]).await.expect("a feed").unread, None);
    }
}

#[tokio::test]
async fn the_feed_goes_on_without_gaps_or_repeats() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let director = test.as_(&school.director).await;
        let mut all = Vec::new();
        // The clock moves only now and then: many posts have the same time.
        for n in 0..45 {
            if n % 15 == 0 {
                test.portal.clock.advance(1_000_000);
            }
            let groups = match n % 4 {
                0 => vec![school.group5],
                1 => vec![school.group7],
                2 => vec![school.group5, school.group7],
                _ => vec![school.school_group],
            };
            all.push(test.published(&director, &format!("Bericht {n}"), &groups).await);
        }
        let mother = test.as_(&school.mother).await;
        let (mut seen, mut before, mut pages) = (Vec::new(), String::new(), 0);
        loop {
            let page = mother.feed(&[("before", &before)]).await.expect("a page");
            pages += 1;
            assert!(page.cards.len() <= FEED_PAGE);
            seen.extend(page.cards.iter().map(|card| card.id));
            let Some(older) = page.older else { break };
            before = older;
        }
        assert_eq!((pages, seen.len()), (3, 45));
        assert_eq!(seen.iter().collect::<BTreeSet<_>>(), all.iter().collect::<BTreeSet<_>>());
        let child = school.otto.to_string();
        let otto = mother.feed(&[("child", &child)]).await.expect("her child's");
        assert!(otto.cards.iter().all(|card| card.groups.iter().any(|group| group.id != school.group5)));
        let html = mother.get(&format!("/?child={child}&before={before}")).await.text();
        assert!(html.contains("Naar het nieuwste") && html.contains("U hebt alles gezien."), "{html}");
        let group = school.group7.to_string();
        let only = mother.feed(&[("group", &group)]).await.expect("her group");
        assert!(only.cards.iter().all(|card| card.groups.iter().any(|chip| chip.id == school.group7)));
        for bad in [("before", "x"), ("before", "1-"), ("before", "9-zz")] {
            assert_eq!(mother.feed(&[bad]).await.expect_err("refused"), ApiError::Malformed);
        }
        for bad in [("child", school.bram.to_string()), ("child", UNKNOWN.into()), ("group", "x".into())] {
            assert_eq!(mother.feed(&[(bad.0, &bad.1)]).await.expect_err("refused"), ApiError::NotFound);
        }
    }
}

#[tokio::test]
async fn the_feed_goes_to_a_month() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let old = test.published(&teacher, "November", &[school.group5]).await;
        assert!(mother.feed(&[]).await.expect("a feed").months.is_empty(), "one page needs no way to others");
        test.portal.clock.advance(29 * model::Time::DAY);
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        for n in 0..FEED_PAGE {
            test.published(&teacher, &format!("December {n}"), &[school.group5]).await;
        }
        let feed = mother.feed(&[]).await.expect("a feed");
        let months: Vec<&str> = feed.months.iter().map(|month| month.name.as_str()).collect();
        assert_eq!(months, ["december 2026", "november 2026"]);
        let page = mother.feed(&[("before", &feed.months[1].before)]).await.expect("a page");
        assert_eq!(page.cards.iter().map(|card| card.id).collect::<Vec<_>>(), [old]);
        let page = mother.feed(&[("before", &feed.months[0].before)]).await.expect("a page");
        assert_eq!(page.cards, feed.cards, "the month that is not over");
        let html = mother.get(&format!("/?before={}", feed.months[1].before)).await.text();
        assert!(html.contains("<select id=\"month\" name=\"before\">"), "{html}");
        let stranger = test.as_(&school.teacher7).await.feed(&[("before", &feed.months[0].before)]).await;
        assert!(stranger.expect("a feed").months.is_empty(), "months of others tell nothing");
    }
}

#[tokio::test]
async fn what_is_sent_twice_happens_once() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    let first = teacher.save(post, 0, "Titel", "Tekst", &[school.group5]).await.expect("saved");
    let again = teacher.save(post, 0, "Titel", "Tekst", &[school.group5]).await.expect("the same");
    assert_eq!(first.version, again.version);
    let error = teacher.save(post, 0, "Anders", "Tekst", &[school.group5]).await.expect_err("an old page");
    assert_eq!(error, ApiError::conflict(Conflict::ChangedMeanwhile));
    let saved = teacher.save(post, 1, "Anders", "Tekst", &[school.group5]).await.expect("saved");
    assert_eq!(saved.version, 2);
    let stale = [("post", post.to_string()), ("version", "1".to_owned())];
    let stale: Vec<(&str, &str)> = stale.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let error = teacher.call::<()>("/api/posts/publish", &stale).await.expect_err("not what was seen");
    assert_eq!(error, ApiError::conflict(Conflict::ChangedMeanwhile));
    teacher.publish(post).await.expect("published");
    test.portal.clock.advance(1_000_000);
    teacher.publish(post).await.expect("nothing more");
    let mother = test.as_(&school.mother).await;
    assert_eq!(mother.feed(&[]).await.expect("a feed").cards.len(), 1);
    let before = test.portal.store.read().await.expect("connection").find_post(post).await.expect("asked");
    assert_eq!(before.expect("there").published_at, Some(crate::support::NOW.0), "the first time counts");
    let error = teacher.save(post, 3, "Later", "Tekst", &[school.group5]).await.expect_err("no draft any more");
    assert_eq!(error, ApiError::conflict(Conflict::ChangedMeanwhile));
}

#[tokio::test]
async fn nobody_posts_where_they_may_not() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let cases = [
        (&school.teacher5, vec![school.group7]),
        (&school.teacher5, vec![school.group5, school.group7]),
        (&school.teacher5, vec![foreign.group5]),
        (&school.teacher5, vec![foreign.school_group]),
        (&school.specialist, vec![school.school_group]),
        (&school.office, vec![school.group5]),
        (&school.mother, vec![school.group5]),
        (&school.mother, vec![]),
        (&foreign.director, vec![school.group5]),
    ];
    for (person, groups) in cases {
        let error = test.as_(person).await.save(test.new_post_id(), 0, "T", "", &groups).await.expect_err("refused");
        assert_eq!(error, ApiError::NotFound, "{} to {groups:?}", person.name);
    }
    // A right that ends between saving and publishing has ended.
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    teacher.save(post, 0, "Titel", "", &[school.group5]).await.expect("saved");
    let mut write = test.portal.store.write().await.expect("transaction");
    let now = test.portal.clock.now();
    write.end_group_staff(school.id, school.group5, school.teacher5.account, now).await.expect("ended");
    write.commit().await.expect("committed");
    assert_eq!(teacher.publish(post).await.expect_err("no longer"), ApiError::NotFound);
}

#[tokio::test]
async fn publishing_needs_a_title_and_an_audience() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    teacher.save(post, 0, "", "Tekst", &[]).await.expect("a draft may be empty");
    let error = teacher.publish(post).await.expect_err("refused");
    assert_eq!(error.problem_of("title"), Some(&Problem::Required));
    assert_eq!(error.problem_of("groups"), Some(&Problem::Required));
    for (title, body, field) in [
        ("x".repeat(161), String::new(), "title"),
        ("a\u{0}b".to_owned(), String::new(), "title"),
        ("twee\nregels".to_owned(), String::new(), "title"),
        ("\u{202E}omgekeerd".to_owned(), String::new(), "title"),
        ("Titel".to_owned(), "y".repeat(20_001), "body"),
        ("Titel".to_owned(), "a\u{2066}b".to_owned(), "body"),
    ] {
        let error = teacher.save(post, 1, &title, &body, &[]).await.expect_err("refused");
        assert!(error.problem_of(field).is_some(), "{field}: {error:?}");
    }
    let title = "👩‍👧 مرحبا <script>alert(1)</script>";
    teacher
        .save(post, 1, title, "<img src=x onerror=alert(1)> [x](javascript:alert(1))", &[school.group5])
        .await
        .expect("text");
    teacher.publish(post).await.expect("published");
    let html = test.as_(&school.mother).await.get(&format!("/posts/{post}")).await.text();
    assert!(html.contains("👩‍👧 مرحبا &lt;script>") || html.contains("👩‍👧 مرحبا &lt;script&gt;"), "{html}");
    assert!(!html.contains("<script>alert") && !html.contains("<img src=x") && !html.contains("href=\"javascript"));
}

#[tokio::test]
async fn a_change_keeps_what_was_said_and_its_audience_only_shrinks() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    let both = [school.group5, school.group7];
    let post = test.published(&director, "Titel", &both).await;
    let versions = async || {
        test.portal.store.read().await.expect("connection").list_post_versions(post).await.expect("asked").len()
    };
    for person in [&school.teacher5, &school.teacher7, &school.specialist, &school.office, &school.mother] {
        let error = test.as_(person).await.edit(post, 2, "Anders", "", &both).await.expect_err("not theirs");
        assert_eq!(error, ApiError::NotFound, "{}", person.name);
    }
    test.portal.clock.advance(1_000_000);
    director.edit(post, 2, "Beter", "Tekst", &both).await.expect("changed");
    director.edit(post, 2, "Beter", "Tekst", &both).await.expect("sent twice");
    assert_eq!(versions().await, 1);
    let error = director.edit(post, 2, "Weer anders", "Tekst", &both).await.expect_err("an old page");
    assert_eq!(error, ApiError::conflict(Conflict::ChangedMeanwhile));
    assert!(director.edit(post, 3, "", "Tekst", &both).await.expect_err("no title").problem_of("title").is_some());
    assert!(director.edit(post, 3, "Beter", "", &[]).await.expect_err("nobody").problem_of("groups").is_some());
    let wider = [school.group5, school.group7, school.school_group];
    assert_eq!(director.edit(post, 3, "Beter", "", &wider).await.expect_err("wider"), ApiError::NotFound);
    let teacher7 = test.as_(&school.teacher7).await;
    assert!(teacher7.open(post).await.expect("still theirs").edited.is_some());
    director.edit(post, 3, "Beter", "Tekst", &[school.group5]).await.expect("smaller");
    assert_eq!(teacher7.open(post).await.expect_err("no longer"), ApiError::NotFound);
    assert_eq!(test.as_(&school.bram_mother).await.open(post).await.expect("hers").title, "Beter");
    assert!(!test.as_(&school.mother).await.feed(&[]).await.expect("a feed").cards.is_empty());
    // A teacher's own post can be changed by the director too.
    let teacher = test.as_(&school.teacher5).await;
    let own = test.published(&teacher, "Van juf", &[school.group5]).await;
    director.edit(own, 2, "Van juf, verbeterd", "Tekst", &[school.group5]).await.expect("changed");
    assert_eq!(teacher.open(own).await.expect("own").author.name, "Juf Anna", "and stays the teacher's");
}

#[tokio::test]
async fn what_is_deleted_is_gone_for_everybody() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let mother = test.as_(&school.mother).await;
    let post = test.published(&teacher, "Titel", &[school.group5]).await;
    for person in [&school.mother, &school.specialist, &school.teacher7, &school.office] {
        assert_eq!(test.as_(person).await.delete(post).await.expect_err("not theirs"), ApiError::NotFound);
    }
    teacher.delete(post).await.expect("deleted");
    teacher.delete(post).await.expect("sent twice");
    for client in [&mother, &teacher, &test.as_(&school.director).await] {
        assert_eq!(client.open(post).await.expect_err("gone"), ApiError::NotFound);
        assert!(client.feed(&[]).await.expect("a feed").cards.is_empty());
    }
    assert_eq!(teacher.publish(post).await.expect_err("gone"), ApiError::NotFound);
    let audit = test.portal.store.read().await.expect("connection").list_audit(school.id, 10).await.expect("asked");
    let deletions: Vec<_> = audit.iter().filter(|line| line.action == "post.delete").collect();
    assert_eq!(deletions.len(), 1);
    assert_eq!(deletions[0].subject, "Titel");
}

#[tokio::test]
async fn open_pages_of_readers_are_told_and_no_others() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    test.published(&teacher, "Titel", &[school.group5]).await;
    test.work().await;
    let mut read = test.portal.store.read().await.expect("connection");
    for (person, told) in [
        (&school.mother, true),
        (&school.bram_mother, true),
        (&school.director, true),
        (&school.bram_father, false),
        (&school.barred, false),
        (&school.teacher7, false),
        (&school.office, false),
    ] {
        let events = read.list_live_events(person.account, 0).await.expect("asked");
        assert_eq!(!events.is_empty(), told, "{}", person.name);
    }
}

/// The compose form as a browser without JavaScript sends it.
fn compose<'a>(post: &'a str, version: &'a str, title: &'a str, group: &'a str, pressed: &'a str) -> Vec<Part<'a>> {
    vec![
        field("post", post),
        field("version", version),
        field("groups", group),
        field("title", title),
        field("body", "Beste ouders"),
        ("files", Some(""), b""),
        field("do", pressed),
    ]
}

#[tokio::test]
async fn without_javascript_a_post_is_written_saved_and_published() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let page = teacher.get("/compose").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.text().contains("enctype=\"multipart/form-data\""), "{}", page.text());
    let (post, group) = (test.new_post_id().to_string(), school.group5.to_string());
    let answer = teacher.send_form(COMPOSE_FORM, Some("/compose"), &compose(&post, "0", "", &group, "save")).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("/compose?post={post}").as_str()));
    assert!(teacher.get(answer.location()).await.text().contains("Beste ouders"));
    assert!(teacher.get("/drafts").await.text().contains("Zonder titel"));
    // Without a title it comes back, filled in, and what was typed is safe.
    let parts = compose(&post, "1", "", &group, "publish");
    let answer = teacher.send_form(COMPOSE_FORM, Some("/compose"), &parts).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let html = answer.text();
    assert!(html.contains("Beste ouders") && html.contains("Vul dit in.") && !html.contains("hydrate"), "{html}");
    // Too long to be saved at all: still filled in.
    let long = "x".repeat(200);
    let new = test.new_post_id().to_string();
    let answer = teacher.send_form(COMPOSE_FORM, Some("/compose"), &compose(&new, "0", &long, &group, "save")).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains(&long) && answer.text().contains(&new), "with its id");
    let answer =
        teacher.send_form(COMPOSE_FORM, Some("/compose"), &compose(&post, "1", "Titel", &group, "publish")).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("/posts/{post}").as_str()));
    assert_eq!(test.as_(&school.mother).await.feed(&[]).await.expect("a feed").cards[0].title, "Titel");
    // An old tab: told so, nothing overwritten, nothing typed is lost.
    let page: ComposePage = teacher.ask("/api/posts/compose", &[("post", &post)]).await.expect("own post");
    assert!(page.is_published);
    let version = page.version.to_string();
    let answer = teacher.send_form(COMPOSE_FORM, None, &compose(&post, "1", "Oud", &group, "publish")).await;
    assert_eq!(answer.status, StatusCode::CONFLICT);
    assert!(answer.text().contains("value=\"Oud\""), "{}", answer.text());
    let answer = teacher.send_form(COMPOSE_FORM, None, &compose(&post, &version, "Nieuw", &group, "stay")).await;
    assert_eq!(answer.status, StatusCode::OK, "nothing pressed that changes anything");
    assert!(answer.text().contains("value=\"Nieuw\""));
    let answer = teacher.send_form(COMPOSE_FORM, None, &compose(&post, &version, "Nieuw", &group, "publish")).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    let id: PostId = post.parse().expect("an id");
    assert_eq!(teacher.open(id).await.expect("own").title, "Nieuw");
}

#[tokio::test]
async fn the_compose_form_is_no_way_around_the_rules() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    teacher.save(post, 0, "Concept", "Geheim", &[school.group5]).await.expect("saved");
    let (post, group) = (post.to_string(), school.group5.to_string());
    for person in [&school.teacher7, &school.specialist, &school.director, &school.mother] {
        let client = test.as_(person).await;
        for pressed in ["save", "publish", "add"] {
            let answer = client.send_form(COMPOSE_FORM, None, &compose(&post, "1", "X", &group, pressed)).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{} {pressed}", person.name);
            assert!(!answer.text().contains("Geheim"));
        }
        assert_eq!(client.get(&format!("/compose?post={post}")).await.status, StatusCode::NOT_FOUND);
    }
    let answer = test.anonymous().send_form(COMPOSE_FORM, None, &compose(&post, "1", "X", &group, "save")).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/sign-in?next=/compose"));
    for parts in [vec![], vec![field("post", "x")], vec![field("do", "remove:x")]] {
        assert_eq!(teacher.send_form(COMPOSE_FORM, None, &parts).await.status, StatusCode::NOT_FOUND);
    }
    let foreign = school.group7.to_string();
    let answer = teacher.send_form(COMPOSE_FORM, None, &compose(&post, "1", "X", &foreign, "save")).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    let page: ComposePage = teacher.ask("/api/posts/compose", &[("post", &post)]).await.expect("own");
    assert_eq!((page.title.as_str(), page.version), ("Concept", 1), "nothing was changed");
}
