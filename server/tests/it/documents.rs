//! What a post's text refers to: photos of the same post, groups of the same school.

use crate::support::{
    Client, School, TestPortal,
    posts::{field, photo},
};
use app::COMPOSE_FORM;
use axum::http::StatusCode;
use model::{
    MediaId, PostId,
    document::{Block, Document, Inline},
    feed::ComposePage,
};

async fn compose(client: &Client, post: PostId) -> ComposePage {
    client.ask("/api/posts/compose", &[("post", &post.to_string())]).await.expect("own post")
}

async fn is_in(client: &Client, post: PostId, child: String, picture: MediaId) {
    let (post, picture) = (post.to_string(), picture.to_string());
    let answer = [("post", post.as_str()), ("child", &child), ("pictures[0]", &picture)];
    client.call::<()>("/api/pictures/answer", &answer).await.expect("answered");
    let restrict = [("post", post.as_str()), ("picture", &picture), ("child", &child)];
    client.call::<()>("/api/pictures/restrict", &restrict).await.expect("restricted");
}

/// A draft of the teacher with these photos, and their ids.
async fn with_photos<const N: usize>(
    test: &TestPortal,
    teacher: &Client,
    school: &School,
    shades: [u8; N],
) -> (PostId, [MediaId; N]) {
    let post = test.new_post_id();
    teacher.save(post, 0, "Titel", "", &[school.group5]).await.expect("saved");
    let mut ids = [MediaId(Default::default()); N];
    for (id, shade) in ids.iter_mut().zip(shades) {
        *id = teacher.upload(post, "a.jpg", &photo(shade)).await.expect("taken");
    }
    test.work().await;
    (post, ids)
}

#[tokio::test]
async fn a_photo_in_the_text_is_shown_there_to_those_who_may_see_it() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let (post, [shown, hidden, below]) = with_photos(&test, &teacher, &school, [1, 2, 3]).await;
        let body = format!("Voor\n\n![Een eik](media:{shown})\n\n![Sanne glijdt](media:{hidden})\n\nNa");
        teacher.save(post, 1, "Titel", &body, &[school.group5]).await.expect("saved");
        assert_eq!(compose(&teacher, post).await.body, body);
        teacher.nobody_is_pictured(post).await;
        is_in(&teacher, post, school.sanne.to_string(), hidden).await;
        teacher.publish(post).await.expect("published");

        let image = |media: MediaId, alt: &str| Block::Image { media, alt: alt.into() };
        let text = |text: &str| Block::Paragraph { text: vec![Inline::Text { text: text.into() }] };
        let for_sanne = vec![text("Voor"), image(shown, "Een eik"), image(hidden, "Sanne glijdt"), text("Na")];
        let for_others = vec![text("Voor"), image(shown, "Een eik"), text("Na")];
        let cases = [
            (&school.mother, &for_sanne),
            (&school.father, &for_sanne),
            (&school.teacher5, &for_sanne),
            (&school.bram_mother, &for_others),
        ];
        for (person, blocks) in cases {
            let client = test.as_(person).await;
            assert_eq!(&client.open(post).await.expect("theirs").body.blocks, blocks, "{}", person.name);
            let html = client.get(&format!("/posts/{post}")).await.text();
            let is_seen = blocks.len() == 4;
            assert_eq!(html.contains("Sanne glijdt"), is_seen, "{}", person.name);
            assert_eq!(html.contains(&hidden.to_string()), is_seen, "{}", person.name);
            assert_eq!(
                html.matches(&format!("/media/{shown}/medium\"")).count(),
                1,
                "once, not in the gallery too: {html}"
            );
            assert_eq!(html.matches("<figure>").count(), blocks.len() - 2);
            assert!(html.contains(&format!("/media/{below}/medium\"")) && html.contains("class=\"gallery\""), "{html}");
        }
        let card = test.as_(&school.bram_mother).await.feed(&[]).await.expect("a feed").cards.remove(0);
        assert_eq!(card.excerpt, "Voor Na", "a description may tell what the photo would");

        // Taken out of the post, it is nowhere any more; what else the text says stays.
        let removed = [("post", post.to_string()), ("picture", shown.to_string())];
        let removed: Vec<(&str, &str)> = removed.iter().map(|(name, value)| (*name, value.as_str())).collect();
        teacher.call::<()>("/api/posts/remove-picture", &removed).await.expect("removed");
        let bram_mother = test.as_(&school.bram_mother).await;
        assert_eq!(bram_mother.open(post).await.expect("hers").body.blocks, [text("Voor"), text("Na")]);
    }
}

#[tokio::test]
async fn photos_of_other_posts_do_not_get_into_a_text() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let teacher = test.as_(&school.teacher5).await;
    let (_, [other]) = with_photos(&test, &teacher, &school, [1]).await;
    let stranger = test.as_(&foreign.teacher5).await;
    let (_, [strange]) = with_photos(&test, &stranger, &foreign, [2]).await;
    let (post, [own]) = with_photos(&test, &teacher, &school, [3]).await;
    let body = format!("![a](media:{other})\n\n![b](media:{strange})\n\n![c](media:{post})\n\n![d](media:{own})");
    let kept = format!("![d](media:{own})");
    teacher.save(post, 1, "Titel", &body, &[school.group5]).await.expect("saved");
    assert_eq!(compose(&teacher, post).await.body, kept);
    // The same through the plain form, and when the published post is changed.
    let (id, group) = (post.to_string(), school.group5.to_string());
    let parts =
        [("post", id.as_str()), ("version", "2"), ("groups", &group), ("title", "Nu"), ("body", &body), ("do", "save")];
    let parts: Vec<_> = parts.iter().map(|(name, value)| field(name, value)).collect();
    let answer = teacher.send_form(COMPOSE_FORM, Some("/compose"), &parts).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_eq!(compose(&teacher, post).await.body, kept);
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("published");
    let version = compose(&teacher, post).await.version;
    teacher.edit(post, version, "Anders", &body, &[school.group5]).await.expect("changed");
    assert_eq!(compose(&teacher, post).await.body, kept);
    // A post that was never saved has no photos.
    let new = test.new_post_id();
    teacher.save(new, 0, "Titel", &body, &[school.group5]).await.expect("saved");
    assert_eq!(compose(&teacher, new).await.body, "");
}

#[tokio::test]
async fn groups_are_mentioned_by_their_name_and_linked_for_those_who_read_them() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let post = test.new_post_id();
        let (seven, strange) = (school.group7, foreign.group7);
        let body = format!("Met *[@Hoi](group:{seven})* en [@Zij](group:{strange}) en [@X](group:x)");
        teacher.save(post, 0, "Titel", &body, &[school.group5]).await.expect("saved");
        let kept = format!("Met *[@Groep 7](group:{seven})* en Zij en @X");
        assert_eq!(compose(&teacher, post).await.body, kept);
        teacher.publish(post).await.expect("published");
        // Otto, of group 7, is the mother's too.
        let link = format!("<a href=\"/?group={seven}\">Groep 7<");
        for (person, is_linked) in [(&school.mother, true), (&school.director, true), (&school.bram_mother, false)] {
            let client = test.as_(person).await;
            let page = client.open(post).await.expect("theirs");
            assert_eq!(page.body.plain(), "Met Groep 7 en Zij en @X", "{}", person.name);
            let html = client.get(&format!("/posts/{post}")).await.text();
            assert_eq!(html.contains(&link), is_linked, "{}: {html}", person.name);
            assert!(!html.contains(&strange.to_string()));
        }
        let page = test.as_(&school.bram_mother).await.open(post).await.expect("hers");
        let mentions = |body: &Document| format!("{body:?}").contains("Mention");
        assert!(!mentions(&page.body), "{page:?}");
        assert_eq!(
            test.as_(&school.mother).await.feed(&[("group", &seven.to_string())]).await.expect("hers").cards,
            []
        );
    }
}

#[tokio::test]
async fn the_compose_page_says_where_the_editor_is() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let address = "<meta name=\"editor\" content=\"/pkg/test/editor.js\"";
    let html = teacher.get("/compose").await.text();
    assert!(html.contains(address) && html.contains("<ikker-editor data-toolbar=\"Opmaak\""), "{html}");
    // A page that answers a form carries no scripts, and none to fetch.
    let id = test.new_post_id().to_string();
    let parts =
        [field("post", &id), field("version", "0"), field("title", ""), field("body", "*a*"), field("do", "publish")];
    let answer = teacher.send_form(COMPOSE_FORM, Some("/compose"), &parts).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!answer.text().contains("editor.js") && answer.text().contains("*a*</textarea>"), "{}", answer.text());
}
