//! Search: everybody finds what they may read, and nothing else.

use crate::support::{Client, School, TestPortal, posts::photo};
use axum::http::StatusCode;
use model::{
    ApiError, CommentId, PostId, Problem, Time,
    search::{HitKind, SEARCH_PAGE, SearchPage},
};

impl Client {
    async fn search(&self, q: &str, page: u32) -> Result<SearchPage, ApiError> {
        self.ask("/api/search/find", &[("q", q), ("page", &page.to_string())]).await
    }
}

async fn post(test: &TestPortal, author: &Client, title: &str, body: &str, group: model::GroupId) -> PostId {
    let post = test.new_post_id();
    author.save(post, 0, title, body, &[group]).await.expect("saved");
    author.publish(post).await.expect("published");
    post
}

#[tokio::test]
async fn everybody_finds_what_they_may_read() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let forest =
            post(&test, &teacher, "Naar het bos", "Neem **laarzen** mee naar de coördinator.", school.group5).await;
        let bike = post(&test, &teacher, "Verkeer", "Wie komt er op de fiets naar het bos?", school.group5).await;
        let draft = test.new_post_id();
        teacher.save(draft, 0, "Bos, geheim", "bos", &[school.group5]).await.expect("saved");

        assert_eq!(
            mother.finds("bos").await,
            [(HitKind::Post, forest), (HitKind::Post, bike)],
            "the title counts for more"
        );
        for query in ["LAARZEN", "laar", "coordinator", "coördinator", "bos \"laarzen\"", "naar het bos laarzen"] {
            assert_eq!(mother.finds(query).await, [(HitKind::Post, forest)], "{query}");
        }
        assert!(mother.finds("bos zwembad").await.is_empty(), "all words must be there");
        let hit = mother.search("laarzen", 0).await.expect("an answer").hits.remove(0);
        let shown: Vec<(&str, bool)> = hit.snippet.iter().map(|mark| (mark.text.as_str(), mark.is_match)).collect();
        assert_eq!(shown, [("Neem ", false), ("laarzen", true), (" mee naar de coördinator.", false)]);
        for person in [&school.bram_father, &school.barred, &school.teacher7, &school.office, &foreign.director] {
            assert!(test.as_(person).await.finds("bos").await.is_empty(), "{}", person.name);
        }
        assert_eq!(test.anonymous().search("bos", 0).await.expect_err("nobody"), ApiError::SignedOut);

        // What is changed is found as it is now; what is gone, not at all.
        teacher.edit(forest, 2, "Naar het strand", "Neem een emmer mee.", &[school.group5]).await.expect("changed");
        assert_eq!(mother.finds("bos").await, [(HitKind::Post, bike)]);
        assert_eq!(mother.finds("emmer").await, [(HitKind::Post, forest)]);
        teacher.delete(forest).await.expect("deleted");
        assert!(mother.finds("emmer").await.is_empty());
        let html = mother.get("/search?q=fiets").await;
        assert_eq!(html.status, StatusCode::OK);
        assert!(html.text().contains("<mark>fiets"), "{}", html.text());
        assert!(mother.get("/").await.text().contains("href=\"/search\""));
    }
}

#[tokio::test]
async fn comments_are_found_until_they_are_gone() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let post = post(&test, &teacher, "Titel", "", school.group5).await;
        let ids: [CommentId; 2] = std::array::from_fn(|_| test.portal.clock.new_id());
        for (id, body) in ids.iter().zip(["Een wiebeltand", "Nog een wiebeltand"]) {
            let values = [("post", post.to_string()), ("id", id.to_string()), ("body", body.to_owned())];
            let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            mother.call::<()>("/api/comments/add", &values).await.expect("said");
        }
        let first = ids[0].to_string();
        let page = test.as_(&school.bram_mother).await.search("wiebeltand", 0).await.expect("an answer");
        assert_eq!(page.hits.len(), 2);
        assert!(page.hits.iter().any(|hit| hit.kind == HitKind::Comment && hit.anchor == format!("c{first}")));
        assert!(test.as_(&school.teacher7).await.finds("wiebeltand").await.is_empty());
        let change = [("comment", first.as_str()), ("body", "Een melktand")];
        mother.call::<()>("/api/comments/edit", &change).await.expect("changed");
        assert_eq!(mother.finds("wiebeltand").await.len(), 1);
        assert_eq!(mother.finds("melktand").await, [(HitKind::Comment, post)]);
        mother.call::<()>("/api/comments/delete", &[("comment", &first)]).await.expect("taken back");
        assert!(mother.finds("melktand").await.is_empty());
        let removal = [("comment", ids[1].to_string()), ("reason", "Daarom".to_owned())];
        let removal: Vec<(&str, &str)> = removal.iter().map(|(name, value)| (*name, value.as_str())).collect();
        teacher.call::<()>("/api/comments/remove", &removal).await.expect("removed");
        assert!(mother.finds("wiebeltand").await.is_empty());
    }
}

#[tokio::test]
async fn names_of_pictures_are_for_staff_and_through_the_gate() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    teacher.save(post, 0, "Titel", "", &[school.group5]).await.expect("saved");
    let picture = teacher.upload(post, "sanne_zwemt.jpg", &photo(40)).await.expect("taken");
    test.work().await;
    assert!(teacher.finds("zwemt").await.is_empty(), "a draft is not searched");
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("published");
    assert_eq!(teacher.finds("zwemt").await, [(HitKind::Picture, post)]);
    assert!(test.as_(&school.mother).await.finds("zwemt").await.is_empty());
    assert!(test.as_(&school.teacher7).await.finds("zwemt").await.is_empty());
    // She turns out to be in it, and nobody has said yes.
    let mut write = test.portal.store.write().await.expect("transaction");
    write.tag_child(school.id, picture, school.sanne).await.expect("tagged");
    write.commit().await.expect("committed");
    assert!(teacher.finds("zwemt").await.is_empty());
    let values = [("post", post.to_string()), ("picture", picture.to_string())];
    let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    teacher.call::<()>("/api/posts/remove-picture", &values).await.expect("removed");
    assert!(teacher.finds("zwemt").await.is_empty());
}

#[tokio::test]
async fn documents_are_found_by_their_names_by_those_who_read_the_post() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let post = test.new_post_id();
        teacher.save(post, 0, "Titel", "", &[school.group5]).await.expect("saved");
        let document = teacher.upload(post, "luizenprotocol.txt", b"Kammen").await.expect("taken");
        test.work().await;
        assert!(teacher.finds("luizenprotocol").await.is_empty(), "a draft is not searched");
        teacher.publish(post).await.expect("published");
        for person in [&school.teacher5, &school.director, &school.mother, &school.bram_mother] {
            let found = test.as_(person).await.finds("luizenprotocol").await;
            assert_eq!(found, [(HitKind::Document, post)], "{}", person.name);
        }
        for person in [&school.bram_father, &school.barred, &school.teacher7, &school.office, &foreign.director] {
            assert!(test.as_(person).await.finds("luizenprotocol").await.is_empty(), "{}", person.name);
        }
        let values = [("post", post.to_string()), ("picture", document.to_string())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        teacher.call::<()>("/api/posts/remove-picture", &values).await.expect("removed");
        assert!(teacher.finds("luizenprotocol").await.is_empty());
    }
}

#[tokio::test]
async fn whatever_is_typed_there_is_an_answer() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let found = post(&test, &teacher, "Bos", "groep5 2026 Ünïcode", school.group5).await;
        let mother = test.as_(&school.mother).await;
        for query in [
            "\"bos",
            "bos\"",
            "'bos'",
            "bos*",
            "*bos",
            "(bos",
            "bos)",
            "bos:",
            "title:bos",
            "-bos",
            "^bos",
            "bos\\",
            "bos\0",
            "{bos}",
            "bos & | !",
            "<-> bos",
            "%bos%",
            "bos;--",
            "ünïcode",
            "UNICODE 2026",
        ] {
            let page = mother.search(query, 0).await.unwrap_or_else(|error| panic!("{query:?}: {error}"));
            assert!(page.has_words, "{query:?}");
        }
        for query in ["bos*", "\"bos\"", "bos\0", "bos;--", "groep5", "unicode", "ünïcode 2026"] {
            assert_eq!(mother.finds(query).await, [(HitKind::Post, found)], "{query:?}");
        }
        for query in ["AND", "bos NOT groep5", "NEAR(bos, 2)", "a OR b", "de", "и", "森", "👩‍👧 bos", "s' bos"]
        {
            mother.search(query, 0).await.unwrap_or_else(|error| panic!("{query:?}: {error}"));
        }
        for query in ["", " ", "!?*", "\"\"", "\0", "👩‍👧"] {
            let page = mother.search(query, 0).await.expect("an answer");
            assert_eq!((page.has_words, page.hits.len()), (false, 0), "{query:?}");
        }
        let error = mother.search(&"x".repeat(10_000), 0).await.expect_err("too long");
        assert_eq!(error.problem_of("q"), Some(&Problem::TooLong { max: 200 }));
        let page = mother.get(&format!("/search?q={}", "x".repeat(10_000))).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains("er passen 200 tekens"), "{}", page.text());
        assert!(mother.get("/search?q=%22%3Cscript%3E").await.status.is_success());
    }
}

#[tokio::test]
async fn what_is_found_comes_in_pages() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        for n in 0..SEARCH_PAGE + 5 {
            test.portal.clock.advance(Time::SECOND);
            post(&test, &teacher, &format!("Zwemles {n}"), "", school.group5).await;
        }
        let mother = test.as_(&school.mother).await;
        let first = mother.search("zwemles", 0).await.expect("an answer");
        assert_eq!((first.hits.len(), first.next), (SEARCH_PAGE, Some(1)));
        let second = mother.search("zwemles", 1).await.expect("an answer");
        assert_eq!((second.hits.len(), second.next), (5, None));
        let mut all: Vec<PostId> = first.hits.iter().chain(&second.hits).map(|hit| hit.post).collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), SEARCH_PAGE + 5);
        assert!(mother.search("zwemles", u32::MAX).await.expect("an answer").hits.is_empty());
    }
}

/// A post that came past the rules, as those of a demo school do, is found after the next start.
#[tokio::test]
async fn what_is_missing_is_put_into_the_index() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let found = post(&test, &teacher, "Bos", "", school.group5).await;
        let mut write = test.portal.store.write().await.expect("transaction");
        write.forget_search_of_post(found).await.expect("forgotten");
        write.commit().await.expect("committed");
        assert!(teacher.finds("bos").await.is_empty());
        domain::jobs::start(&test.portal).await.expect("started");
        test.work().await;
        assert_eq!(teacher.finds("bos").await, [(HitKind::Post, found)]);
    }
}
