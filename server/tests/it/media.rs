//! Photos: in, through the work on them, and out to those who may see them.

use crate::support::{
    Client, NOW, Person, School, TestPortal,
    posts::{Part, field, photo},
};
use app::COMPOSE_FORM;
use axum::http::{Method, StatusCode, header};
use futures::TryStreamExt as _;
use media::{Kind, Stripped, hidden_data, sniff};
use model::{
    ApiError, MediaId, PostId, Problem, Time,
    check::PHOTOS_MAX,
    error::Conflict,
    feed::ComposePage,
    media::{MediaKind, MediaState, TrayPicture},
};
use object_store::{ObjectStoreExt as _, PutPayload, path::Path};
use store::{Lane, NewJob, NewMedia};

const VARIANTS: [&str; 3] = ["small", "medium", "large"];

async fn draft(test: &TestPortal, author: &Client, school: &School) -> PostId {
    let post = test.new_post_id();
    author.save(post, 0, "Titel", "Tekst", &[school.group5]).await.expect("saved");
    post
}

async fn the_picture(client: &Client, post: PostId) -> TrayPicture {
    let mut tray = client.tray(post).await.expect("own tray");
    assert_eq!(tray.len(), 1, "{tray:?}");
    tray.remove(0)
}

/// Neither these people nor somebody who is not signed in.
async fn nobody_gets(test: &TestPortal, people: &[&Person], id: MediaId) {
    for person in people {
        assert_eq!(test.as_(person).await.picture(id, "small").await.status, StatusCode::NOT_FOUND, "{}", person.name);
    }
    assert_eq!(test.anonymous().picture(id, "small").await.status, StatusCode::NOT_FOUND);
}

/// One of the server functions that change a picture in a post.
async fn change(client: &Client, verb: &str, post: PostId, picture: MediaId) -> Result<(), ApiError> {
    let (post, picture) = (post.to_string(), picture.to_string());
    client.call(&format!("/api/posts/{verb}"), &[("post", &post), ("picture", &picture), ("alt", "x")]).await
}

fn code(error: &ApiError) -> &str {
    match error.problem_of("file") {
        Some(Problem::File { code }) => code,
        other => panic!("{other:?} in {error:?}"),
    }
}

#[tokio::test]
async fn a_photo_from_the_phone_to_the_parents_of_the_group() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let post = draft(&test, &teacher, &school).await;
        let source = photo(40);
        assert!(hidden_data(&source).contains(&Stripped::Gps), "the test's photo says where it was taken");
        let id = teacher.upload(post, "C:\\fotos\\IMG 1.jpg", &source).await.expect("taken");
        let picture = the_picture(&teacher, post).await;
        assert_eq!((picture.state, picture.file_name.as_str()), (MediaState::Working, "IMG 1.jpg"));
        assert_eq!(teacher.picture(id, "small").await.status, StatusCode::NOT_FOUND, "not made yet");
        assert_eq!(teacher.publish(post).await.expect_err("not yet"), ApiError::conflict(Conflict::MediaNotReady));
        test.work().await;
        let picture = the_picture(&teacher, post).await.picture.expect("ready");
        assert_eq!((picture.width, picture.height, picture.widths), (1200, 900, [480, 960, 1200]));
        assert_eq!(test.stored_files().len(), 3, "nothing is left of what was sent: {:?}", test.stored_files());
        let mut read = test.portal.store.read().await.expect("connection");
        let told = read.list_live_events(school.teacher5.account, 0).await.expect("asked");
        drop(read);
        assert!(told.iter().any(|row| row.event.contains(&id.to_string())), "the page is told that it is ready");

        // Before it is published it is its author's alone.
        let others = [&school.mother, &school.teacher7, &school.specialist, &school.director, &foreign.director];
        nobody_gets(&test, &others, id).await;
        assert_eq!(teacher.picture(id, "small").await.status, StatusCode::OK);

        // Nobody has said yes yet: the author answers for each child first.
        assert_eq!(teacher.publish(post).await.expect_err("asked"), ApiError::conflict(Conflict::PictureCheckOpen));
        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("published");
        for variant in VARIANTS {
            let answer = mother.picture(id, variant).await;
            assert_eq!(answer.status, StatusCode::OK);
            let headers = |name: &str| answer.headers[name].to_str().expect("text").to_owned();
            assert_eq!(headers("content-type"), "image/webp");
            assert_eq!(headers("cache-control"), "private, no-cache");
            assert_eq!(headers("content-disposition"), "inline");
            assert_eq!(headers("x-content-type-options"), "nosniff");
            assert!(headers("content-security-policy").contains("sandbox"));
            assert_eq!(sniff(&answer.body).expect("a picture"), Kind::WebP);
            assert_eq!(hidden_data(&answer.body), [], "nothing of the camera is in it");
            let etag = headers("etag");
            let path = format!("/media/{id}/{variant}");
            let known = [("if-none-match", etag.as_str())];
            let again = mother.request(Method::GET, &path, &known, Vec::new()).await;
            assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
            let other = test.as_(&school.teacher7).await;
            let refused = other.request(Method::GET, &path, &known, Vec::new()).await;
            assert_eq!(refused.status, StatusCode::NOT_FOUND, "who knows the tag must still be allowed");
        }
        let card = mother.feed(&[]).await.expect("a feed").cards.remove(0);
        assert_eq!((card.pictures.len(), card.picture_count), (1, 1));
        let others = [&school.bram_father, &school.barred, &school.teacher7, &school.office, &foreign.director];
        nobody_gets(&test, &others, id).await;
        for path in ["/media/x/small", "/media/0198ffff-ffff-7fff-bfff-ffffffffffff/small", "/media/../small"] {
            assert_eq!(mother.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for variant in ["original", "small.webp", "..%2fsmall"] {
            assert_eq!(mother.picture(id, variant).await.status, StatusCode::NOT_FOUND, "{variant}");
        }

        teacher.delete(post).await.expect("deleted");
        for client in [&mother, &teacher] {
            assert_eq!(client.picture(id, "small").await.status, StatusCode::NOT_FOUND, "at once");
        }
        test.work().await;
        assert_eq!(test.stored_files(), Vec::<String>::new(), "and its files are erased");
    }
}

#[tokio::test]
async fn media_may_live_in_an_s3_store() {
    let test = TestPortal::on_s3().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let mother = test.as_(&school.mother).await;
    let post = draft(&test, &teacher, &school).await;
    let id = teacher.upload(post, "a.jpg", &photo(41)).await.expect("taken");
    test.work().await;
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("published");
    let in_store = async || -> Vec<String> {
        let files = test.portal.files.list(None).try_collect::<Vec<_>>().await.expect("listed");
        files.into_iter().map(|file| file.location.to_string()).collect()
    };
    assert_eq!(in_store().await.len(), 3, "nothing is left of what was sent");
    for variant in VARIANTS {
        let answer = mother.picture(id, variant).await;
        assert_eq!((answer.status, sniff(&answer.body).expect("a picture")), (StatusCode::OK, Kind::WebP));
        assert_eq!(test.as_(&school.teacher7).await.picture(id, variant).await.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(test.stored_files(), Vec::<String>::new(), "and nothing in a folder");
    teacher.delete(post).await.expect("deleted");
    test.work().await;
    assert_eq!(in_store().await, Vec::<String>::new());
}

#[tokio::test]
async fn only_the_author_adds_photos() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let draft = draft(&test, &teacher, &school).await;
    let published = test.published(&teacher, "Titel", &[school.group5]).await;
    let source = photo(1);
    for person in [&school.mother, &school.teacher7, &school.specialist, &school.director, &school.office] {
        let client = test.as_(person).await;
        for post in [draft, published, test.new_post_id()] {
            let error = client.upload(post, "a.jpg", &source).await.expect_err("not theirs");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }
    }
    let error = test.anonymous().upload(draft, "a.jpg", &source).await.expect_err("nobody");
    assert_eq!(error, ApiError::SignedOut);
    let id = teacher.upload(draft, "a.jpg", &source).await.expect("taken");
    for person in [&school.mother, &school.teacher7, &school.specialist, &school.director] {
        let client = test.as_(person).await;
        for verb in ["remove-picture", "move-picture-up", "describe-picture"] {
            let error = change(&client, verb, draft, id).await.expect_err("not theirs");
            assert_eq!(error, ApiError::NotFound, "{verb} as {}", person.name);
        }
    }
    // A picture of another post of one's own is not in this one.
    let error = change(&teacher, "remove-picture", published, id).await.expect_err("not in it");
    assert_eq!(error, ApiError::NotFound);
    assert_eq!(test.stored_files().len(), 1, "only what the author sent is stored");
}

/// A picture whose header claims this many pixels on each side.
fn claiming(side: u16) -> Vec<u8> {
    let mut jpeg = photo(2);
    let at = jpeg.windows(2).position(|marker| marker == [0xFF, 0xC0]).expect("a frame header");
    jpeg[at + 5..at + 7].copy_from_slice(&side.to_be_bytes());
    jpeg[at + 7..at + 9].copy_from_slice(&side.to_be_bytes());
    jpeg
}

#[tokio::test]
async fn hostile_files_leave_nothing_behind() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = draft(&test, &teacher, &school).await;
    let html = b"<!DOCTYPE html><html><script>alert(1)</script></html>".to_vec();
    let mut large = photo(3);
    large.resize(40 * 1024 * 1024 + 1, 0);
    for (name, file, expected) in
        [("leeg.jpg", Vec::new(), "empty"), ("pagina.jpg", html, "not-a-picture"), ("groot.jpg", large, "too-large")]
    {
        let error = teacher.upload(post, name, &file).await.expect_err(name);
        assert_eq!(code(&error), expected, "{name}");
        assert!(teacher.tray(post).await.expect("own").is_empty(), "{name}");
        assert_eq!(test.stored_files(), Vec::<String>::new(), "{name}");
    }
    // What only decoding shows is told in the tray.
    let mut cut = photo(4);
    cut.truncate(cut.len() / 3);
    for (name, file, expected) in [
        ("half.jpg", cut, "broken"),
        ("bom.jpg", claiming(31_000), "too-many-pixels"),
        ("lang.jpg", claiming(65_000), "too-long"),
    ] {
        let id = teacher.upload(post, name, &file).await.expect(name);
        test.work().await;
        let picture = the_picture(&teacher, post).await;
        assert_eq!((picture.state, picture.error.as_deref()), (MediaState::Failed, Some(expected)), "{name}");
        assert_eq!(teacher.picture(id, "small").await.status, StatusCode::NOT_FOUND);
        assert_eq!(test.stored_files(), Vec::<String>::new(), "{name}");
        assert_eq!(teacher.publish(post).await.expect_err(name), ApiError::conflict(Conflict::MediaFailed));
        change(&teacher, "remove-picture", post, id).await.expect("removed");
    }
    // No form at all, a form without its post, and one that is cut off.
    let id = post.to_string();
    for parts in [vec![], vec![field("post", &id)], vec![("file", Some("a.jpg"), b"x".as_slice()), field("post", &id)]]
    {
        let answer = teacher.send_form("/api/media/upload", None, &parts).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    }
    let cut = b"--x\r\nContent-Disposition: form-data; name=\"post\"\r\n\r\n".to_vec();
    let headers = [("content-type", "multipart/form-data; boundary=x")];
    let answer = teacher.request(Method::POST, "/api/media/upload", &headers, cut).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    let leftovers = std::fs::read_dir(&test.portal.scratch).expect("a folder").count();
    assert_eq!(leftovers, 0, "the work folder is empty");
}

#[tokio::test]
async fn a_post_holds_thirty_photos() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = draft(&test, &teacher, &school).await;
    let mut write = test.portal.store.write().await.expect("transaction");
    for n in 0..29_u8 {
        let id: MediaId = test.portal.clock.new_id();
        let (school, owner) = (school.id, school.teacher5.account);
        write
            .add_media(NewMedia {
                id,
                school,
                owner,
                file_name: "a",
                source_hash: &[n; 32],
                at: NOW,
                bytes: 1000,
                kind: MediaKind::Photo,
                document: None,
            })
            .await
            .expect("added");
        write.attach_media(school, post, id, false).await.expect("attached");
    }
    write.commit().await.expect("committed");
    teacher.upload(post, "a.jpg", &photo(1)).await.expect("the thirtieth");
    let error = teacher.upload(post, "b.jpg", &photo(2)).await.expect_err("the next");
    assert_eq!(error, ApiError::conflict(Conflict::TooManyPhotos));
    assert_eq!(test.stored_files().len(), 1);
}

#[tokio::test]
async fn files_of_all_kinds_count_together() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = draft(&test, &teacher, &school).await;
    let film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom";
    for n in 0..PHOTOS_MAX - 3 {
        teacher.upload(post, "brief.txt", format!("Brief {n}").as_bytes()).await.expect("a document");
    }
    teacher.upload(post, "film.mp4", film).await.expect("a film");
    for shade in [1, 2] {
        teacher.upload(post, "a.jpg", &photo(shade)).await.expect("a photo");
    }
    let full = ApiError::conflict(Conflict::TooManyPhotos);
    let other_film = [&film[..], b"x"].concat();
    for (name, file) in [("b.txt", b"Nog een".to_vec()), ("b.mp4", other_film), ("b.jpg", photo(3))] {
        assert_eq!(teacher.upload(post, name, &file).await.expect_err("one too many"), full, "{name}");
    }
    teacher.upload(post, "film.srt", b"1\n00:00:00,500 --> 00:00:01,500\nHallo\n").await.expect("a part of the film");
    assert_eq!(teacher.upload(post, "b.srt", &photo(3)).await.expect_err("by its content no subtitles"), full);
    let document = teacher.tray(post).await.expect("own")[0].id.to_string();
    let values = [("post", post.to_string()), ("picture", document)];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    teacher.call::<()>("/api/posts/remove-picture", &values).await.expect("removed");
    teacher.upload(post, "b.jpg", &photo(3)).await.expect("there is room again");
    assert_eq!(teacher.tray(post).await.expect("own").len(), PHOTOS_MAX);
}

#[tokio::test]
async fn the_same_file_is_one_picture() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = draft(&test, &teacher, &school).await;
    let first = teacher.upload(post, "a.jpg", &photo(1)).await.expect("taken");
    assert_eq!(teacher.upload(post, "b.jpg", &photo(1)).await.expect("sent twice"), first);
    assert_ne!(teacher.upload(post, "c.jpg", &photo(2)).await.expect("another"), first);
    assert_eq!(teacher.tray(post).await.expect("own").len(), 2);
    let other = draft(&test, &teacher, &school).await;
    assert_ne!(teacher.upload(other, "a.jpg", &photo(1)).await.expect("in another post"), first);
}

/// The worker may die anywhere; whoever takes its work over comes to the same end.
#[tokio::test]
async fn work_that_was_cut_off_is_done_again() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = draft(&test, &teacher, &school).await;
    let id = teacher.upload(post, "a.jpg", &photo(1)).await.expect("taken");
    let now = test.portal.clock.now();
    // Died while it worked: half of the files are there, one of them unfinished.
    let mut write = test.portal.store.write().await.expect("transaction");
    write.take_job(Lane::Photos, now, now.plus(5 * Time::MINUTE)).await.expect("asked").expect("the work");
    write.commit().await.expect("committed");
    let small = Path::from(format!("media/{}/small.webp", id.0.simple()));
    test.portal.files.put(&small, PutPayload::from_static(b"half")).await.expect("put");
    test.work().await;
    assert_eq!(the_picture(&teacher, post).await.state, MediaState::Working, "nobody else takes it yet");
    test.portal.clock.advance(5 * Time::MINUTE);
    test.work().await;
    assert_eq!(the_picture(&teacher, post).await.state, MediaState::Ready);
    assert_eq!(sniff(&teacher.picture(id, "small").await.body).expect("a picture"), Kind::WebP);
    let files = test.stored_files();
    // Died after it was done, before it was noted: done again.
    let again = |payload: String| {
        let test = &test;
        async move {
            let now = test.portal.clock.now();
            let mut write = test.portal.store.write().await.expect("transaction");
            let job = NewJob { id: test.portal.clock.new_id(), kind: "photo", payload: &payload, run_at: now, at: now };
            write.add_job(job).await.expect("added");
            write.commit().await.expect("committed");
            test.work().await;
        }
    };
    let job = format!("{{\"job\":\"photo\",\"media\":\"{id}\"}}");
    again(job.clone()).await;
    assert_eq!((the_picture(&teacher, post).await.state, test.stored_files()), (MediaState::Ready, files));
    // Deleted meanwhile: nothing comes back.
    teacher.delete(post).await.expect("deleted");
    again(job).await;
    assert_eq!(test.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn what_belongs_to_nothing_is_swept_away_after_a_day() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = draft(&test, &teacher, &school).await;
    let kept = teacher.upload(post, "a.jpg", &photo(1)).await.expect("taken");
    test.work().await;
    let lost: MediaId = test.portal.clock.new_id();
    for path in [format!("incoming/{}", lost.0.simple()), format!("media/{}/small.webp", lost.0.simple())] {
        test.portal.files.put(&Path::from(path), PutPayload::from_static(b"x")).await.expect("put");
    }
    domain::jobs::start(&test.portal).await.expect("planned");
    test.work().await;
    assert_eq!(test.stored_files().len(), 5, "an upload may be under way");
    test.portal.clock.advance(2 * Time::DAY);
    domain::jobs::start(&test.portal).await.expect("planned");
    test.work().await;
    assert_eq!(test.stored_files().len(), 3);
    let again = test.as_(&school.teacher5).await;
    assert_eq!(again.picture(kept, "large").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_photo_added_to_a_published_post_waits_for_its_check() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let mother = test.as_(&school.mother).await;
    let post = test.published(&teacher, "Titel", &[school.group5]).await;
    let id = teacher.upload(post, "a.jpg", &photo(1)).await.expect("taken");
    test.work().await;
    assert_eq!(mother.picture(id, "small").await.status, StatusCode::NOT_FOUND, "added, not shown");
    assert_eq!(test.as_(&school.director).await.picture(id, "small").await.status, StatusCode::NOT_FOUND);
    assert_eq!(teacher.picture(id, "small").await.status, StatusCode::OK);
    assert!(mother.open(post).await.expect("hers").pictures.is_empty());
    let groups = [school.group5];
    let error = teacher.edit(post, 2, "Met foto", "Tekst", &groups).await.expect_err("the check is open");
    assert_eq!(error, ApiError::conflict(Conflict::PictureCheckOpen));
    assert_eq!(mother.open(post).await.expect("hers").title, "Met foto", "the text is changed all the same");
    assert_eq!(mother.picture(id, "small").await.status, StatusCode::NOT_FOUND);
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("shown");
    assert_eq!(mother.picture(id, "small").await.status, StatusCode::OK);
    assert_eq!(mother.open(post).await.expect("hers").pictures.len(), 1);
    // A director takes it away again, at once.
    change(&test.as_(&school.director).await, "remove-picture", post, id).await.expect("removed");
    assert_eq!(mother.picture(id, "small").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn without_javascript_photos_come_with_the_form() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let (post, group) = (test.new_post_id(), school.group5.to_string());
    let id = post.to_string();
    let (one, two) = (photo(1), photo(2));
    let files: [Part<'_>; 2] = [("files", Some("een.jpg"), &one), ("files", Some("twee.jpg"), &two)];
    let text = |version: &'static str| {
        let fields: [Part<'_>; 5] = [
            ("post", None, id.as_bytes()),
            ("version", None, version.as_bytes()),
            ("groups", None, group.as_bytes()),
            ("title", None, b"Titel".as_slice()),
            ("body", None, b"Beste ouders".as_slice()),
        ];
        fields.to_vec()
    };
    let mut parts = text("0");
    parts.extend(files);
    parts.push(field("do", "add"));
    let answer = teacher.send_form(COMPOSE_FORM, Some("/compose"), &parts).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("/compose?post={id}").as_str()));
    test.work().await;
    let names = async || {
        teacher.tray(post).await.expect("own").into_iter().map(|picture| picture.file_name).collect::<Vec<_>>()
    };
    assert_eq!(names().await, ["een.jpg", "twee.jpg"]);
    let tray = teacher.tray(post).await.expect("own");
    let (first, second) = (tray[0].id, tray[1].id);

    let (up, alt, under) = (format!("up:{second}"), format!("alt:{first}"), format!("caption:{first}"));
    let mut parts = text("1");
    parts.extend([field(&alt, "Kinderen bij de sloot"), field(&under, "Kikkers!"), field("do", &up)]);
    assert_eq!(teacher.send_form(COMPOSE_FORM, None, &parts).await.status, StatusCode::SEE_OTHER);
    assert_eq!(names().await, ["twee.jpg", "een.jpg"]);
    let page = teacher.get(&format!("/compose?post={id}")).await.text();
    assert!(page.contains("Kinderen bij de sloot") && page.contains("Kikkers!"), "{page}");

    let remove = format!("remove:{second}");
    let mut parts = text("1");
    parts.push(field("do", &remove));
    assert_eq!(teacher.send_form(COMPOSE_FORM, None, &parts).await.status, StatusCode::SEE_OTHER);
    assert_eq!(names().await, ["een.jpg"]);

    // One good and one bad: the good one is in, the bad one is told.
    let mut parts = text("1");
    parts.extend([
        ("files", Some("nep.jpg"), b"<html>".as_slice()),
        ("files", Some("drie.jpg"), two.as_slice()),
        field("do", "add"),
    ]);
    let answer = teacher.send_form(COMPOSE_FORM, None, &parts).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(answer.text().contains("Dit bestand is geen foto"), "{}", answer.text());
    assert_eq!(names().await, ["een.jpg", "drie.jpg"]);
    test.work().await;

    let mut parts = text("1");
    parts.push(field("do", "publish"));
    let answer = teacher.send_form(COMPOSE_FORM, None, &parts).await;
    assert_eq!(answer.location(), format!("/compose/check?post={id}"), "{}", answer.text());
    let page: ComposePage = teacher.ask("/api/posts/compose", &[("post", &id)]).await.expect("own");
    assert!(!page.check.is_settled());
    teacher.nobody_is_pictured(post).await;
    let answer = teacher.send_form(COMPOSE_FORM, None, &parts).await;
    assert_eq!(answer.location(), format!("/posts/{id}"));
    let mother = test.as_(&school.mother).await;
    let html = mother.get(&format!("/posts/{id}")).await.text();
    assert!(html.contains(&format!("/media/{first}/medium")) && html.contains("Kinderen bij de sloot"), "{html}");
    let one = mother.get(&format!("/posts/{id}?picture=2")).await.text();
    assert!(one.contains("2 van 2") && one.contains("<figcaption>Kikkers!"), "{one}");
    assert!(mother.get("/").await.headers.contains_key(header::CONTENT_SECURITY_POLICY));
}
