//! Albums: pictures post by post, each through the gate; and what is taken out is noted.

use crate::support::{Answer, Client, Person, School, TestPortal, posts::photo};
use axum::{
    body::Body,
    http::{Method, Request, StatusCode},
};
use model::{
    ApiError, ChildId, GroupId, MediaId, PostId, Time,
    album::{ALBUM_PAGE, AlbumPage},
};

impl Client {
    async fn album(&self, of: (&str, String), before: &str) -> Result<AlbumPage, ApiError> {
        self.ask("/api/albums/find", &[(of.0, &of.1), ("before", before)]).await
    }

    async fn album_of_group(&self, group: GroupId) -> Result<AlbumPage, ApiError> {
        self.album(("group", group.to_string()), "").await
    }

    async fn album_of_child(&self, child: ChildId) -> Result<AlbumPage, ApiError> {
        self.album(("child", child.to_string()), "").await
    }

    async fn take_out(&self, id: MediaId) -> Answer {
        self.request(Method::POST, &format!("/media/{id}/large"), &[("accept", "text/html")], Vec::new()).await
    }
}

/// A published post for group 5 with two pictures, of which the second shows Sanne.
async fn post_with_sanne(test: &TestPortal, school: &School, teacher: &Client, shade: u8) -> (PostId, [MediaId; 2]) {
    let post = test.new_post_id();
    teacher.save(post, 0, &format!("Uitje {shade}"), "", &[school.group5]).await.expect("saved");
    let mut pictures = [MediaId(uuid::Uuid::nil()); 2];
    for (n, picture) in (0_u8..).zip(&mut pictures) {
        *picture = teacher.upload(post, "sanne.jpg", &photo(shade + n)).await.expect("taken");
    }
    test.work().await;
    let values =
        [("post", post.to_string()), ("picture", pictures[1].to_string()), ("children[0]", school.sanne.to_string())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    teacher.call::<()>("/api/pictures/tag", &values).await.expect("tagged");
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("published");
    (post, pictures)
}

fn pictures(page: &AlbumPage) -> Vec<(u32, MediaId)> {
    page.posts.iter().flat_map(|post| post.pictures.iter().map(|(place, picture)| (*place, picture.id))).collect()
}

#[tokio::test]
async fn albums_hold_what_the_gate_lets_through() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        mother.let_be_pictured(school.sanne, "yes").await;
        let (post, [first, second]) = post_with_sanne(&test, &school, &teacher, 40).await;
        let everything = vec![(1, first), (2, second)];
        for person in [&school.mother, &school.bram_mother, &school.teacher5, &school.director] {
            let album = test.as_(person).await.album_of_group(school.group5).await.expect("a reader");
            assert_eq!(pictures(&album), everything, "{}", person.name);
        }
        let album = mother.album_of_child(school.sanne).await.expect("own child");
        assert_eq!((pictures(&album), album.name.as_str()), (vec![(2, second)], "Sanne"), "the picture that shows her");
        assert_eq!(album.posts[0].id, post);
        assert!(pictures(&mother.album_of_child(school.otto).await.expect("own child")).is_empty());
        let html = mother.get(&format!("/albums?child={}", school.sanne)).await.text();
        assert!(html.contains(&format!("/posts/{post}?picture=2")) && html.contains(&second.to_string()), "{html}");
        assert!(!html.contains("sanne.jpg"), "what the file was called says who is in it");
        let html = mother.get("/albums").await.text();
        assert!(html.contains(&format!("/albums?child={}", school.otto)), "{html}");

        for person in [&school.bram_mother, &school.teacher5, &school.director, &school.barred] {
            let error = test.as_(person).await.album_of_child(school.sanne).await.expect_err("not theirs");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }
        for person in [&school.teacher7, &school.office, &school.bram_father] {
            let error = test.as_(person).await.album_of_group(school.group5).await.expect_err("not theirs");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }
        for bad in ["x", "1-", "-"] {
            let error = mother.album(("group", school.group5.to_string()), bad).await.expect_err("refused");
            assert_eq!(error, ApiError::Malformed);
        }

        // A no works backwards: everywhere, at once.
        test.as_(&school.father).await.let_be_pictured(school.sanne, "no").await;
        assert!(pictures(&mother.album_of_child(school.sanne).await.expect("own child")).is_empty());
        let album = teacher.album_of_group(school.group5).await.expect("own group");
        assert_eq!(pictures(&album), [(1, first)]);
        assert_eq!(mother.take_out(second).await.status, StatusCode::NOT_FOUND);
        let feed = mother.feed(&[("pictures", "true")]).await.expect("a feed");
        assert_eq!(feed.cards.iter().map(|card| card.picture_count).collect::<Vec<_>>(), [1]);
        teacher.delete(post).await.expect("deleted");
        assert!(pictures(&mother.album_of_group(school.group5).await.expect("hers")).is_empty());
    }
}

#[tokio::test]
async fn albums_come_in_pages_and_the_feed_can_leave_out_the_rest() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let mut all = Vec::new();
        for n in 0..=ALBUM_PAGE {
            test.portal.clock.advance(Time::SECOND);
            test.published(&teacher, &format!("Zonder {n}"), &[school.group5]).await;
            let post = test.new_post_id();
            teacher.save(post, 0, &format!("Met {n}"), "", &[school.group5]).await.expect("saved");
            all.push((post, teacher.upload(post, "a.jpg", &photo(n as u8)).await.expect("taken")));
        }
        test.work().await;
        for (post, _) in &all {
            test.portal.clock.advance(Time::SECOND);
            teacher.nobody_is_pictured(*post).await;
            teacher.publish(*post).await.expect("published");
        }
        all.reverse();
        let (mut seen, mut before) = (Vec::new(), String::new());
        loop {
            let page = mother.album(("group", school.group5.to_string()), &before).await.expect("a page");
            seen.extend(page.posts.iter().map(|post| (post.id, post.pictures[0].1.id)));
            let Some(older) = page.older else { break };
            before = older;
        }
        assert_eq!(seen, all);
        let feed = mother.feed(&[("pictures", "true")]).await.expect("a feed");
        let posts: Vec<PostId> = feed.cards.iter().map(|card| card.id).collect();
        assert_eq!(posts, all.iter().map(|(post, _)| *post).collect::<Vec<_>>(), "and nothing without pictures");
        let html = mother.get("/?pictures=true").await.text();
        assert!(html.contains("Met 0") && !html.contains("Zonder 0"), "{html}");
    }
}

#[tokio::test]
async fn what_is_taken_out_is_noted() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let teacher = test.as_(&school.teacher5).await;
    let mother = test.as_(&school.mother).await;
    mother.let_be_pictured(school.sanne, "yes").await;
    let (post, [first, _]) = post_with_sanne(&test, &school, &teacher, 40).await;
    let page = mother.get(&format!("/posts/{post}?picture=1")).await.text();
    assert!(
        page.contains(&format!("action=\"/media/{first}/large\"")) && page.contains("De rechten blijven"),
        "{page}"
    );
    for _ in 0..2 {
        let answer = mother.take_out(first).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert!(
            answer.headers["content-disposition"].to_str().expect("text").starts_with("attachment; filename=\"foto-")
        );
        assert_eq!(answer.headers["content-type"], "image/webp");
        assert_eq!(answer.headers["cache-control"], "no-store");
        assert_eq!(
            answer.body.len() as u64,
            answer.headers["content-length"].to_str().expect("text").parse::<u64>().expect("n")
        );
    }
    let shut: [&Person; 5] = [&school.teacher7, &school.office, &school.bram_father, &school.barred, &foreign.director];
    for person in shut {
        assert_eq!(test.as_(person).await.take_out(first).await.status, StatusCode::NOT_FOUND, "{}", person.name);
    }
    assert_eq!(test.anonymous().take_out(first).await.status, StatusCode::NOT_FOUND);
    let small = mother.request(Method::POST, &format!("/media/{first}/small"), &[], Vec::new()).await;
    assert_eq!(small.status, StatusCode::NOT_FOUND);
    let elsewhere = Request::post(format!("/media/{first}/large")).header("sec-fetch-site", "cross-site");
    let answer = mother.send(elsewhere.body(Body::empty()).expect("request")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "no other site takes pictures out in her name");
    let log = test.portal.store.read().await.expect("connection").list_downloads(first).await.expect("asked");
    let now = test.portal.clock.now();
    assert_eq!(log, [(school.mother.account, now), (school.mother.account, now)]);
}
