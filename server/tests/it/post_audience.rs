//! Posts for the guardians of named children: theirs alone, by every way in.

use crate::support::{Client, Person, School, TestPortal, posts::photo};
use axum::http::StatusCode;
use model::{
    ApiError, ChildId, CommentId, MediaId, PostId, Problem,
    album::AlbumPage,
    error::Conflict,
    feed::{ComposePage, PictureCheck},
    readers::ReadersPage,
    search::HitKind,
};
use serde::Deserialize;

async fn save(client: &Client, post: PostId, children: &[ChildId]) -> Result<model::feed::Saved, ApiError> {
    let ids: Vec<String> = children.iter().map(ToString::to_string).collect();
    let options: Vec<(&str, &str)> = ids.iter().map(|id| ("children", id.as_str())).collect();
    client.save_with(post, 0, "Over de bril", &[], &options).await
}

/// Everybody but the guardians named, the team and the director finds nothing, whichever way they come.
async fn is_shut(test: &TestPortal, person: &Person, post: PostId, picture: MediaId) {
    let client = test.as_(person).await;
    let name = &person.name;
    assert!(client.feed(&[]).await.expect("a feed").cards.is_empty(), "{name}");
    assert_eq!(client.open(post).await.expect_err("shut"), ApiError::NotFound, "{name}");
    for path in [format!("/posts/{post}"), format!("/posts/{post}/staff"), format!("/posts/{post}/poll")] {
        let page = client.get(&path).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{name} {path}");
        assert!(!page.text().contains("Over de bril"), "{name}");
    }
    assert_eq!(client.picture(picture, "small").await.status, StatusCode::NOT_FOUND, "{name}");
    assert!(client.finds("bril").await.is_empty(), "{name}");
    let comment = comment_on(test, post);
    let comment = comment.each_ref().map(|(name, value)| (*name, value.as_str()));
    assert_eq!(client.call::<()>("/api/comments/add", &comment).await.expect_err("shut"), ApiError::NotFound, "{name}");
    for door in ["/api/comments/list", "/api/readers/list"] {
        let answer = client.ask::<serde_json::Value>(door, &[("post", &post.to_string())]).await;
        assert_eq!(answer.expect_err("shut"), ApiError::NotFound, "{name} {door}");
    }
    for (door, field) in [("confirm", None), ("vote", None), ("pin", Some(("pinned", "true"))), ("delete", None)] {
        let id = post.to_string();
        let mut values = vec![("post", id.as_str())];
        values.extend(field);
        let error = client.call::<()>(&format!("/api/posts/{door}"), &values).await.expect_err("shut");
        assert_eq!(error, ApiError::NotFound, "{name} {door}");
    }
    let mut read = test.portal.store.read().await.expect("connection");
    assert!(read.list_live_events(person.account, 0).await.expect("asked").is_empty(), "{name}");
}

fn comment_on(test: &TestPortal, post: PostId) -> [(&'static str, String); 3] {
    let comment: CommentId = test.portal.clock.new_id();
    [("post", post.to_string()), ("id", comment.to_string()), ("body", "Wat een bril!".to_owned())]
}

#[tokio::test]
async fn a_post_for_one_child_is_for_its_guardians_and_their_team() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let post = test.new_post_id();
        let saved = save(&teacher, post, &[school.sanne]).await.expect("saved");
        assert_eq!((saved.reach.guardians, saved.reach.busiest), (2, None), "both of her parents");
        let picture = teacher.upload(post, "1.jpg", &photo(1)).await.expect("taken");
        test.work().await;
        #[derive(Deserialize)]
        struct Page {
            check: PictureCheck,
        }
        let page: Page = teacher.ask("/api/pictures/check", &[("post", &post.to_string())]).await.expect("the check");
        let asked: Vec<ChildId> = page.check.questions.iter().map(|question| question.child.id).collect();
        assert_eq!(asked, [school.sanne], "exactly those to whose guardians it goes");
        teacher.nobody_is_pictured(post).await;
        let mut write = test.portal.store.write().await.expect("transaction");
        write.sweep_live_events(test.portal.clock.now()).await.expect("forgotten");
        write.commit().await.expect("committed");
        teacher.publish(post).await.expect("published");
        test.work().await;
        for person in [&school.mother, &school.father, &school.specialist, &school.director] {
            let client = test.as_(person).await;
            let card = client.feed(&[]).await.expect("a feed").cards.remove(0);
            assert_eq!((card.id, card.pictures.len()), (post, 1), "{}", person.name);
            assert_eq!(card.groups.iter().map(|chip| chip.name.as_str()).collect::<Vec<_>>(), ["Sanne"]);
            assert_eq!(client.open(post).await.expect("theirs").title, "Over de bril");
            assert_eq!(client.picture(picture, "small").await.status, StatusCode::OK);
            assert_eq!(client.finds("bril").await, [(HitKind::Post, post)], "{}", person.name);
            let mut read = test.portal.store.read().await.expect("connection");
            assert!(!read.list_live_events(person.account, 0).await.expect("asked").is_empty(), "{}", person.name);
        }
        let mother = test.as_(&school.mother).await;
        let comment = comment_on(&test, post);
        let comment = comment.each_ref().map(|(name, value)| (*name, value.as_str()));
        mother.call::<()>("/api/comments/add", &comment).await.expect("said");
        assert_eq!(mother.finds("wat").await, [(HitKind::Comment, post)]);
        let readers: ReadersPage =
            teacher.ask("/api/readers/list", &[("post", &post.to_string())]).await.expect("hers");
        assert_eq!(readers.children.iter().map(|child| child.name.as_str()).collect::<Vec<_>>(), ["Sanne de Vries"]);
        assert_eq!((readers.reach.guardians, readers.reach.read), (2, 2));
        let page: AlbumPage =
            teacher.ask("/api/albums/find", &[("group", &school.group5.to_string())]).await.expect("an album");
        assert_eq!(page.posts.len(), 1, "staff of the group reads along");
        for person in [
            &school.bram_mother,
            &school.bram_father,
            &school.barred,
            &school.teacher7,
            &school.office,
            &foreign.director,
            &foreign.mother,
        ] {
            is_shut(&test, person, post, picture).await;
        }
        let album = test.as_(&school.bram_mother).await;
        let page: AlbumPage =
            album.ask("/api/albums/find", &[("group", &school.group5.to_string())]).await.expect("an album");
        assert!(page.posts.is_empty(), "not for the group");
        // Her brother's page does not show it, her own does.
        let of =
            async |child: ChildId| mother.feed(&[("child", &child.to_string())]).await.expect("a feed").cards.len();
        assert_eq!((of(school.sanne).await, of(school.otto).await), (1, 0));
    }
}

#[tokio::test]
async fn nobody_names_children_of_others() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    for (person, child) in [
        (&school.teacher5, school.otto),
        (&school.teacher5, foreign.sanne),
        (&school.teacher7, school.sanne),
        (&school.office, school.sanne),
        (&school.mother, school.sanne),
        (&foreign.director, school.sanne),
    ] {
        let error = save(&test.as_(person).await, test.new_post_id(), &[child]).await.expect_err("refused");
        assert_eq!(error, ApiError::NotFound, "{}", person.name);
    }
    let teacher = test.as_(&school.teacher5).await;
    let options = [("children", "x")];
    let error = teacher.save_with(test.new_post_id(), 0, "T", &[], &options).await.expect_err("no id");
    assert_eq!(error, ApiError::NotFound);
    let sanne = school.sanne.to_string();
    let both = teacher.save_with(test.new_post_id(), 0, "T", &[school.group5], &[("children", &sanne)]).await;
    let error = both.expect_err("groups or children");
    assert_eq!(error.problem_of("children"), Some(&Problem::NotAChoice));
    let page: ComposePage = teacher.ask("/api/posts/compose", &[]).await.expect("a page");
    let offered: Vec<&str> = page.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(offered, ["Bram Bakker", "Sanne de Vries"], "of the own group");
}

#[tokio::test]
async fn whom_a_change_takes_out_sees_it_no_more() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let (mother, bram_mother) = (test.as_(&school.mother).await, test.as_(&school.bram_mother).await);
        let post = test.new_post_id();
        save(&teacher, post, &[school.sanne, school.bram]).await.expect("saved");
        teacher.publish(post).await.expect("published");
        let card = mother.feed(&[]).await.expect("a feed").cards.remove(0);
        assert_eq!(card.groups.len(), 1, "not which other children there are");
        let names = |page: model::feed::PostPage| page.groups.len();
        assert_eq!(names(teacher.open(post).await.expect("own")), 2);
        let bram = school.bram.to_string();
        teacher.edit_with(post, 2, "Over de bril", &[], &[("children", &bram)]).await.expect("smaller");
        assert_eq!(mother.open(post).await.expect_err("no longer"), ApiError::NotFound);
        assert!(mother.feed(&[]).await.expect("a feed").cards.is_empty());
        assert_eq!(bram_mother.open(post).await.expect("still hers").title, "Over de bril");
        let (sanne, group) = (school.sanne.to_string(), [school.group5]);
        let wider = teacher.edit_with(post, 3, "T", &[], &[("children", &bram), ("children", &sanne)]).await;
        assert_eq!(wider.expect_err("wider"), ApiError::NotFound);
        let wider = teacher.edit_with(post, 3, "T", &group, &[("children", &bram)]).await;
        assert_eq!(wider.expect_err("wider"), ApiError::NotFound);
        let error = teacher.edit_with(post, 3, "T", &[], &[]).await.expect_err("nobody");
        assert!(error.problem_of("groups").is_some());
    }
}

#[tokio::test]
async fn custody_that_ends_ends_reading_and_empties_the_audience() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    save(&teacher, post, &[school.sanne]).await.expect("saved");
    teacher.publish(post).await.expect("published");
    let mother = test.as_(&school.mother).await;
    mother.open(post).await.expect("hers");
    let mut write = test.portal.store.write().await.expect("transaction");
    let now = test.portal.clock.now();
    write.end_guardianship(school.id, school.mother_of_sanne, now).await.expect("ended");
    write.commit().await.expect("committed");
    assert_eq!(mother.open(post).await.expect_err("no longer"), ApiError::NotFound);
    let next = test.new_post_id();
    save(&teacher, next, &[school.bram]).await.expect("saved");
    let mut write = test.portal.store.write().await.expect("transaction");
    for row in write.list_guardians(school.id, &store::Ids::from_iter([school.bram])).await.expect("asked") {
        write.end_guardianship(school.id, row.id, now).await.expect("ended");
    }
    write.commit().await.expect("committed");
    let error = teacher.publish(next).await.expect_err("nobody is left");
    assert_eq!(error, ApiError::conflict(Conflict::NobodyReads));
}
