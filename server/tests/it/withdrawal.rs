//! A yes that is taken back: nobody gets the bytes any more, staff look through the rest, and nothing comes back by itself.

use crate::support::{Client, Person, School, TestPortal, open_session, posts::photo};
use axum::http::{Method, StatusCode};
use domain::preferences::verify;
use model::{
    ApiError, ChildId, MediaId, PostId, ReviewId,
    consent::Effective,
    error::Conflict,
    live::LiveEvent,
    review::{Decision, HeldPicture, ReviewPage, ReviewsPage},
};
use std::time::{Duration, Instant};

impl Client {
    async fn reviews(&self) -> Result<ReviewsPage, ApiError> {
        self.ask("/api/reviews/list", &[]).await
    }

    /// Whether the news says that something waits.
    async fn has_reviews(&self) -> bool {
        self.feed(&[]).await.expect("signed in").has_reviews
    }

    async fn review(&self, id: ReviewId) -> Result<ReviewPage, ApiError> {
        self.ask("/api/reviews/find", &[("review", &id.to_string())]).await
    }

    /// Says that the child is in `present`, and in no other picture of the post that is to be looked at.
    async fn answer_review(&self, review: ReviewId, post: PostId, present: &[MediaId]) -> Result<(), ApiError> {
        let mut values = vec![("review".to_owned(), review.to_string()), ("post".to_owned(), post.to_string())];
        values.extend(present.iter().enumerate().map(|(n, media)| (format!("pictures[{n}]"), media.to_string())));
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.call("/api/reviews/answer", &values).await
    }

    async fn decide(&self, post: PostId, media: MediaId, child: ChildId, decision: Decision) -> Result<(), ApiError> {
        let values = [
            ("post", post.to_string()),
            ("picture", media.to_string()),
            ("child", child.to_string()),
            ("decision", decision.to_string()),
        ];
        self.call("/api/reviews/decide", &values.each_ref().map(|(name, value)| (*name, value.as_str()))).await
    }

    async fn tag(&self, post: PostId, media: MediaId, children: &[ChildId]) -> Result<(), ApiError> {
        let mut values = vec![("post".to_owned(), post.to_string()), ("picture".to_owned(), media.to_string())];
        values.extend(children.iter().enumerate().map(|(n, child)| (format!("children[{n}]"), child.to_string())));
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.call("/api/pictures/tag", &values).await
    }

    async fn sees(&self, media: MediaId) -> bool {
        match self.picture(media, "medium").await.status {
            StatusCode::OK => true,
            StatusCode::NOT_FOUND => false,
            other => panic!("a picture answers {other}"),
        }
    }
}

struct Scene {
    test: TestPortal,
    school: School,
    teacher: Client,
    mother: Client,
    post: PostId,
    /// The first shows Sanne, and is known to.
    pictures: [MediaId; 3],
}

/// Sanne may be in pictures, and three are published.
async fn scene(test: TestPortal) -> Scene {
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let mother = test.as_(&school.mother).await;
    mother.let_be_pictured(school.sanne, "yes").await;
    let post = draft(&test, &school, &teacher, 3).await;
    let tray = teacher.tray(post).await.expect("own draft");
    let pictures = [tray[0].id, tray[1].id, tray[2].id];
    teacher.tag(post, pictures[0], &[school.sanne]).await.expect("tagged");
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("published");
    test.work().await;
    Scene { test, school, teacher, mother, post, pictures }
}

async fn draft(test: &TestPortal, school: &School, teacher: &Client, photos: u8) -> PostId {
    let post = test.new_post_id();
    teacher.save(post, 0, "Herfstwandeling", "Wat een weer.", &[school.group5]).await.expect("saved");
    for shade in 0..photos {
        teacher.upload(post, "blad.jpg", &photo(shade * 20)).await.expect("taken");
    }
    test.work().await;
    post
}

fn everybody(school: &School) -> [&Person; 11] {
    [
        &school.mother,
        &school.father,
        &school.bram_mother,
        &school.bram_father,
        &school.barred,
        &school.teacher5,
        &school.teacher7,
        &school.specialist,
        &school.office,
        &school.director,
        &school.mother,
    ]
}

/// Every page and every address as everybody: none of them leads to the picture.
async fn nobody_gets(scene: &Scene, hidden: MediaId, etag: &str) {
    let Scene { test, school, post, .. } = scene;
    let reviews = test.as_(&school.director).await.reviews().await.expect("a director").reviews;
    let mut pages = vec![
        "/".to_owned(),
        "/?pictures=true".to_owned(),
        format!("/?child={}", school.sanne),
        format!("/albums?group={}", school.group5),
        format!("/albums?child={}", school.sanne),
        format!("/posts/{post}"),
        format!("/posts/{post}?picture=1"),
        format!("/posts/{post}/edit"),
        format!("/posts/{post}/readers"),
        format!("/posts/{post}/staff"),
        format!("/compose?post={post}"),
        format!("/compose/check?post={post}"),
        "/search?q=blad".to_owned(),
        "/search?q=herfstwandeling".to_owned(),
        "/drafts".to_owned(),
        "/reviews".to_owned(),
        "/settings".to_owned(),
    ];
    pages.extend(reviews.iter().map(|review| format!("/reviews/{}", review.id)));
    let address = format!("/media/{hidden}");
    for person in everybody(school) {
        let client = test.as_(person).await;
        for page in &pages {
            let html = client.get(page).await.text();
            assert!(!html.contains(&address), "{page} shows it to {}", person.name);
        }
        for part in ["small", "medium", "large", "film", "subtitles", "document", "original", "small.webp"] {
            let path = format!("{address}/{part}");
            for headers in [vec![], vec![("range", "bytes=0-9")], vec![("if-none-match", etag)]] {
                let answer = client.request(Method::GET, &path, &headers, Vec::new()).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path} {headers:?} to {}", person.name);
            }
            let kept = client.request(Method::POST, &path, &[("accept", "text/html")], Vec::new()).await;
            assert_eq!(kept.status, StatusCode::NOT_FOUND, "{path} to keep, {}", person.name);
        }
    }
    let nobody = test.anonymous().picture(hidden, "small").await;
    assert_ne!(nobody.status, StatusCode::OK);
}

#[tokio::test]
async fn no_way_leads_to_a_picture_after_a_withdrawal() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let scene = scene(test).await;
        let Scene { test, school, mother, pictures, .. } = &scene;
        let bram_mother = test.as_(&school.bram_mother).await;
        let answer = bram_mother.picture(pictures[0], "medium").await;
        assert_eq!(answer.status, StatusCode::OK);
        let etag = answer.headers["etag"].to_str().expect("text").to_owned();
        mother.let_be_pictured(school.sanne, "no").await;
        nobody_gets(&scene, pictures[0], &etag).await;
        for media in &pictures[1..] {
            assert!(bram_mother.sees(*media).await, "nobody has said that she is in it");
        }
        let verified = verify(&mut test.portal.store.read().await.expect("asked")).await.expect("looked at");
        assert_eq!((verified.answers, verified.broken), (2, Vec::new()));
    }
}

#[tokio::test]
async fn open_pages_hear_of_it_within_a_second() {
    let Scene { test, school, pictures, .. } = scene(TestPortal::new().await).await;
    let node = test.node().await;
    let token = open_session(&node.portal, school.bram_mother.account).await;
    let mother = node.with_token(&open_session(&node.portal, school.mother.account).await);
    let mut page = node.listen(&token, None).await;
    page.hello().await;
    let begun = Instant::now();
    mother.let_be_pictured(school.sanne, "no").await;
    assert!(!node.with_token(&token).sees(pictures[0]).await);
    // The server's own worker tells them.
    assert_eq!(page.event().await, LiveEvent::Pictures);
    assert!(begun.elapsed() < Duration::from_secs(1), "{:?}", begun.elapsed());
    node.stop().await;
}

#[tokio::test]
async fn saying_yes_again_shows_nothing_by_itself() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let scene = scene(test).await;
        let Scene { test, school, teacher, mother, post, pictures } = &scene;
        let hidden = pictures[0];
        mother.let_be_pictured(school.sanne, "no").await;
        let held = teacher.reviews().await.expect("staff").held;
        assert_eq!(held.iter().map(|held| held.media).collect::<Vec<_>>(), [hidden]);
        assert!(held[0].picture.is_none() && !held[0].decisions.contains(&Decision::Show), "the answer is no");
        let refused = teacher.decide(*post, hidden, school.sanne, Decision::Show).await.expect_err("no");
        assert_eq!(refused, ApiError::conflict(Conflict::PictureNotAllowed));

        mother.let_be_pictured(school.sanne, "yes").await;
        let bram_mother = test.as_(&school.bram_mother).await;
        for client in [&bram_mother, mother, &test.as_(&school.specialist).await] {
            assert!(!client.sees(hidden).await, "it came back by itself");
        }
        let html = teacher.get(&format!("/posts/{post}")).await.text();
        assert!(!html.contains(&format!("/media/{hidden}")), "not even for who decides, but on the page for that");
        assert!(teacher.sees(hidden).await, "who decides must see what about");
        let held: HeldPicture = teacher.reviews().await.expect("staff").held.remove(0);
        assert!(held.picture.is_some() && held.decisions.contains(&Decision::Show));
        for person in [&school.mother, &school.teacher7, &school.specialist, &school.office] {
            let error = test.as_(person).await.decide(*post, hidden, school.sanne, Decision::Show).await;
            assert_eq!(error.expect_err("not theirs"), ApiError::NotFound, "{}", person.name);
        }
        teacher.decide(*post, hidden, school.sanne, Decision::Show).await.expect("decided");
        assert!(bram_mother.sees(hidden).await);
        let again = teacher.decide(*post, hidden, school.sanne, Decision::Remove).await.expect_err("decided");
        assert_eq!(again, ApiError::NotFound);

        // And once more: what was shown again is hidden again.
        mother.let_be_pictured(school.sanne, "no").await;
        assert!(!bram_mother.sees(hidden).await);
    }
}

#[tokio::test]
async fn who_said_yes_and_loses_custody_takes_it_along() {
    for (word, test) in [("end-guardianship", TestPortal::new().await), ("set-scope", TestPortal::on_postgres().await)]
    {
        let scene = scene(test).await;
        let Scene { test, school, teacher, mother, pictures, .. } = &scene;
        let hidden = pictures[0];
        let bram_mother = test.as_(&school.bram_mother).await;
        assert!(bram_mother.sees(hidden).await && !mother.has_reviews().await && !teacher.has_reviews().await);
        let id = school.mother_of_sanne.to_string();
        let values = [("guardianship", id.as_str()), ("scope", "none"), ("reason", "Besluit")];
        let values = if word == "set-scope" { values.to_vec() } else { vec![values[0], values[2]] };
        let director = test.as_(&school.director).await;
        director.call::<()>(&format!("/api/people/{word}"), &values).await.expect("changed");
        assert!(!bram_mother.sees(hidden).await, "nobody says yes any more");
        let page = teacher.reviews().await.expect("staff");
        assert_eq!(page.held.iter().map(|held| held.media).collect::<Vec<_>>(), [hidden]);
        assert_eq!((page.reviews.len(), page.reviews[0].own), (1, 2), "nobody has said whether she is in the others");
        assert!(teacher.has_reviews().await && director.has_reviews().await);
        for person in [&school.teacher7, &school.bram_mother, &school.specialist, &school.office] {
            assert!(!test.as_(person).await.has_reviews().await, "nothing for {}", person.name);
        }
        // Her father says yes: staff decide whether what was hidden comes back.
        test.as_(&school.father).await.let_be_pictured(school.sanne, "yes").await;
        assert!(!bram_mother.sees(hidden).await);
        teacher.decide(scene.post, hidden, school.sanne, Decision::Show).await.expect("decided");
        assert!(bram_mother.sees(hidden).await && teacher.has_reviews().await, "the others are still to be looked at");
        teacher.answer_review(page.reviews[0].id, scene.post, &[]).await.expect("answered");
        assert!(!teacher.has_reviews().await && !director.has_reviews().await);
    }
}

#[tokio::test]
async fn a_hidden_picture_can_go_to_the_parents_or_away() {
    let scene = scene(TestPortal::new().await).await;
    let Scene { test, school, teacher, mother, post, pictures } = &scene;
    let bram_mother = test.as_(&school.bram_mother).await;
    mother.let_be_pictured(school.sanne, "no").await;
    teacher.decide(*post, pictures[0], school.sanne, Decision::OnlyParents).await.expect("decided");
    assert!(mother.sees(pictures[0]).await && teacher.sees(pictures[0]).await);
    assert!(!bram_mother.sees(pictures[0]).await);
    mother.let_be_pictured(school.sanne, "yes").await;
    assert!(!bram_mother.sees(pictures[0]).await, "set apart is set apart");
    mother.let_be_pictured(school.sanne, "no").await;

    let review = teacher.reviews().await.expect("staff").reviews.remove(0).id;
    teacher.answer_review(review, *post, &[pictures[1], pictures[2]]).await.expect("answered");
    assert!(!bram_mother.sees(pictures[1]).await && !mother.sees(pictures[2]).await);
    teacher.decide(*post, pictures[1], school.sanne, Decision::NotInIt).await.expect("decided");
    assert!(bram_mother.sees(pictures[1]).await);
    teacher.decide(*post, pictures[2], school.sanne, Decision::Remove).await.expect("decided");
    test.work().await;
    assert!(!teacher.sees(pictures[2]).await);
    assert!(!test.stored_files().iter().any(|file| file.contains(&pictures[2].0.simple().to_string())), "for good");
    assert!(teacher.reviews().await.expect("staff").held.is_empty());
}

#[tokio::test]
async fn staff_look_through_what_may_show_the_child() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let scene = scene(test).await;
        let Scene { test, school, teacher, mother, post, pictures } = &scene;
        let director = test.as_(&school.director).await;
        assert!(director.reviews().await.expect("staff").reviews.is_empty());
        mother.let_be_pictured(school.sanne, "no").await;
        let line = teacher.reviews().await.expect("staff").reviews.remove(0);
        assert_eq!((line.pictures, line.left, line.own, line.child.id), (2, 2, 2, school.sanne));
        for person in [&school.teacher7, &school.office, &school.specialist] {
            let client = test.as_(person).await;
            assert!(client.reviews().await.expect("staff").reviews.is_empty(), "{} learns of it", person.name);
            assert_eq!(client.review(line.id).await.expect_err("not theirs"), ApiError::NotFound);
            let error = client.answer_review(line.id, *post, &[]).await.expect_err("not theirs");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }
        for person in [&school.mother, &school.bram_mother, &school.barred] {
            let client = test.as_(person).await;
            assert_eq!(client.reviews().await.expect_err("no staff"), ApiError::NotFound);
            assert_eq!(client.review(line.id).await.expect_err("no staff"), ApiError::NotFound);
        }
        let page = teacher.review(line.id).await.expect("theirs");
        let shown: Vec<MediaId> = page.posts[0].pictures.iter().map(|picture| picture.id).collect();
        assert_eq!((page.posts.len(), shown), (1, pictures[1..].to_vec()));
        let foreign = teacher.answer_review(line.id, *post, &[pictures[0]]).await.expect_err("not asked about");
        assert_eq!(foreign, ApiError::NotFound);
        teacher.answer_review(line.id, *post, &[pictures[2]]).await.expect("answered");
        let bram_mother = test.as_(&school.bram_mother).await;
        assert!(bram_mother.sees(pictures[1]).await && !bram_mother.sees(pictures[2]).await);
        assert!(teacher.reviews().await.expect("staff").reviews.is_empty(), "nothing is left to do");
        let line = director.reviews().await.expect("staff").reviews.remove(0);
        assert_eq!((line.pictures, line.left), (2, 0), "the director sees that it is done");
        let again = teacher.answer_review(line.id, *post, &[]).await.expect_err("all are answered");
        assert_eq!(again, ApiError::NotFound);
        let html = director.get("/reviews").await.text();
        assert!(html.contains("Alles is nagekeken."), "{html}");
    }
}

/// Without JavaScript the page of a review is a form for each post.
#[tokio::test]
async fn a_review_is_a_plain_form() {
    let Scene { test: _test, school, teacher, mother, post, pictures } = scene(TestPortal::new().await).await;
    mother.let_be_pictured(school.sanne, "no").await;
    let review = teacher.reviews().await.expect("staff").reviews.remove(0).id;
    let from = format!("/reviews/{review}");
    let html = teacher.get(&from).await.text();
    assert!(html.contains("action=\"/api/reviews/answer\"") && html.contains(&pictures[1].to_string()), "{html}");
    let (review, post, picture) = (review.to_string(), post.to_string(), pictures[1].to_string());
    let values = [("review", review.as_str()), ("post", &post), ("pictures[]", &picture)];
    let sent = teacher.post_form("/api/reviews/answer", &from, &values).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/reviews"), "nothing is left");
    let html = teacher.get("/reviews").await.text();
    assert!(html.contains("action=\"/api/reviews/decide\""), "{html}");
}

/// Whoever comes first, a picture of the child ends up hidden or under review, and never simply shown.
#[tokio::test]
async fn a_withdrawal_and_a_publication_at_the_same_instant() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let bram_mother = test.as_(&school.bram_mother).await;
        let director = test.as_(&school.director).await;
        for round in 0..6 {
            mother.let_be_pictured(school.sanne, "yes").await;
            let post = draft(&test, &school, &teacher, 2).await;
            let tray = teacher.tray(post).await.expect("own draft");
            let (known, unknown) = (tray[0].id, tray[1].id);
            teacher.tag(post, known, &[school.sanne]).await.expect("tagged");
            teacher.nobody_is_pictured(post).await;
            let (published, ()) = tokio::join!(teacher.publish(post), mother.let_be_pictured(school.sanne, "no"));
            assert!(!bram_mother.sees(known).await, "round {round}");
            match published {
                Ok(()) => {
                    let page = director.reviews().await.expect("staff");
                    let mut found = false;
                    for line in page.reviews.iter().filter(|line| line.left > 0) {
                        let review = director.review(line.id).await.expect("theirs");
                        found |= review.posts.iter().any(|shown| shown.pictures.iter().any(|one| one.id == unknown));
                    }
                    assert!(found, "round {round}: nobody is asked about the picture");
                    assert!(page.held.iter().any(|held| held.media == known), "round {round}");
                }
                Err(error) => {
                    let open = ApiError::conflict(Conflict::PictureCheckOpen);
                    let shut = ApiError::conflict(Conflict::PictureNotAllowed);
                    assert!(error == open || error == shut, "round {round}: {error:?}");
                    assert!(!bram_mother.sees(unknown).await, "round {round}: shown unasked");
                }
            }
        }
    }
}

#[tokio::test]
async fn a_withdrawal_for_the_whole_school_is_another_matter() {
    let Scene { test, school, mother, pictures, .. } = scene(TestPortal::new().await).await;
    let page: model::consent::ChildPreferences =
        mother.ask("/api/preferences/find", &[("child", &school.sanne.to_string())]).await.expect("own child");
    let (child, purpose) = (school.sanne.to_string(), page.rows[1].purpose.to_string());
    for answer in ["yes", "no"] {
        let values = [("child", child.as_str()), ("purpose", &purpose), ("answer", answer)];
        mother.call::<()>("/api/preferences/answer", &values).await.expect("answered");
    }
    assert!(test.as_(&school.bram_mother).await.sees(pictures[0]).await, "it was placed for the group");
    let page: model::consent::ChildPreferences =
        mother.ask("/api/preferences/find", &[("child", &child)]).await.expect("own child");
    assert_eq!((page.rows[0].effective, page.rows[1].effective), (Effective::Yes, Effective::No));
}
