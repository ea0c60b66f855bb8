//! Names in pictures: by hand, of the children whom the post is for, and never asked for.

use crate::support::{Client, School, TestPortal, posts::photo};
use axum::http::StatusCode;
use model::{ApiError, MediaId, PostId, Problem, album::AlbumPage, feed::NamesPage};

impl Client {
    async fn names(&self, post: PostId) -> Result<NamesPage, ApiError> {
        self.ask("/api/pictures/names", &[("post", &post.to_string())]).await
    }

    async fn add_name(&self, post: PostId, picture: MediaId, name: &str) -> Result<(), ApiError> {
        let (post, picture) = (post.to_string(), picture.to_string());
        self.call("/api/pictures/add-name", &[("post", &post), ("picture", &picture), ("name", name)]).await
    }
}

#[tokio::test]
async fn a_named_child_is_found_by_its_guardians() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        mother.let_be_pictured(school.sanne, "yes").await;
        let post = test.new_post_id();
        teacher.save(post, 0, "Uitje", "", &[school.group5]).await.expect("saved");
        let picture = teacher.upload(post, "a.jpg", &photo(1)).await.expect("taken");
        test.work().await;

        let page = teacher.names(post).await.expect("own post");
        let sanne = page.names.iter().find(|name| name.starts_with("Sanne")).expect("in the group").clone();
        assert!(!page.names.iter().any(|name| name.starts_with("Otto")), "another group: {:?}", page.names);
        for wrong in ["Otto de Vries", "S", "", "Sanne de Vries; --", "nobody"] {
            let error = teacher.add_name(post, picture, wrong).await.expect_err("no such name");
            assert_eq!(error, ApiError::field("name", Problem::NotAChoice), "{wrong}");
        }
        teacher.add_name(post, picture, &format!("  {} ", sanne.to_uppercase())).await.expect("named");
        teacher.add_name(post, picture, &sanne).await.expect("again changes nothing");
        let page = teacher.names(post).await.expect("own post");
        assert_eq!(page.pictures[0].children.iter().map(|child| child.id).collect::<Vec<_>>(), [school.sanne]);

        for person in [&school.mother, &school.teacher7, &school.specialist, &school.director] {
            let other = test.as_(person).await;
            assert_eq!(other.names(post).await.expect_err("not theirs"), ApiError::NotFound, "{}", person.name);
            let error = other.add_name(post, picture, &sanne).await.expect_err("not theirs");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }
        let error = teacher.add_name(post, MediaId(uuid::Uuid::nil()), &sanne).await.expect_err("no picture");
        assert_eq!(error, ApiError::NotFound);

        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("published");
        let album: AlbumPage =
            mother.ask("/api/albums/find", &[("child", &school.sanne.to_string()), ("before", "")]).await.expect("own");
        assert_eq!(album.posts[0].pictures[0].1.id, picture);

        // Without JavaScript: a list of names to choose from, and a button to take one away.
        let from = format!("/compose/names?post={post}");
        let html = teacher.get(&from).await.text();
        assert!(html.contains("<datalist id=\"names\"") && html.contains(&sanne), "{html}");
        let (post_id, picture_id) = (post.to_string(), picture.to_string());
        let values = [("post", post_id.as_str()), ("picture", &picture_id)];
        let sent = teacher.post_form("/api/pictures/tag", &from, &values).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER);
        assert!(teacher.names(post).await.expect("own post").pictures[0].children.is_empty());
    }
}

/// Who names a child that may not be shown hides the picture, and decides about it afterwards.
#[tokio::test]
async fn naming_a_child_without_a_yes_hides_a_published_picture() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
    let post = test.new_post_id();
    teacher.save(post, 0, "Uitje", "", &[school.group5]).await.expect("saved");
    let picture = teacher.upload(post, "a.jpg", &photo(1)).await.expect("taken");
    test.work().await;
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("published");
    assert_eq!(mother.picture(picture, "small").await.status, StatusCode::OK);
    let page = teacher.names(post).await.expect("own post");
    let sanne = page.names.iter().find(|name| name.starts_with("Sanne")).expect("in the group");
    teacher.add_name(post, picture, sanne).await.expect("named");
    assert_eq!(mother.picture(picture, "small").await.status, StatusCode::NOT_FOUND);
    mother.let_be_pictured(school.sanne, "yes").await;
    assert_eq!(mother.picture(picture, "small").await.status, StatusCode::NOT_FOUND, "until staff decide");
}
