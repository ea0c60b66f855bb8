//! Photos turned, cropped and put in order, by their author, before anybody else sees them.

use crate::support::{
    Client, School, TestPortal,
    posts::{Part, field},
};
use app::COMPOSE_FORM;
use axum::http::{Method, StatusCode};
use image::{ImageFormat, Rgb, RgbImage};
use media::hidden_data;
use model::{
    ApiError, ChildId, MediaId, PostId, Problem, Time,
    error::Conflict,
    live::LiveEvent,
    media::{Crop, Picture, TrayPicture},
};
use object_store::{ObjectStoreExt as _, PutPayload, path::Path};

const VARIANTS: [&str; 3] = ["small", "medium", "large"];
const RED: Rgb<u8> = Rgb([220, 30, 30]);
const GREEN: Rgb<u8> = Rgb([30, 180, 30]);
const BLUE: Rgb<u8> = Rgb([30, 30, 220]);
const WHITE: Rgb<u8> = Rgb([240, 240, 240]);

/// Red, green, white and blue, clockwise from the top left corner. `shade` makes it another picture.
fn corners(shade: u8) -> Vec<u8> {
    let (width, height) = (1200, 800);
    let pixels = RgbImage::from_fn(width, height, |x, y| match (x < width / 2, y < height / 2) {
        _ if (x, y) == (0, 0) => Rgb([shade; 3]),
        (true, true) => RED,
        (false, true) => GREEN,
        (false, false) => WHITE,
        (true, false) => BLUE,
    });
    let mut png = std::io::Cursor::new(Vec::new());
    pixels.write_to(&mut png, ImageFormat::Png).expect("encoded");
    png.into_inner()
}

/// A draft with one photo that is made.
async fn draft(test: &TestPortal, author: &Client, school: &School) -> (PostId, MediaId) {
    let post = test.new_post_id();
    author.save(post, 0, "Titel", "Tekst", &[school.group5]).await.expect("saved");
    let id = author.upload(post, "hoeken.png", &corners(0)).await.expect("taken");
    test.work().await;
    (post, id)
}

async fn turn(client: &Client, post: PostId, picture: MediaId) -> Result<(), ApiError> {
    let (post, picture) = (post.to_string(), picture.to_string());
    client.call("/api/posts/turn-picture", &[("post", &post), ("picture", &picture)]).await
}

async fn crop(client: &Client, post: PostId, picture: MediaId, numbers: [&str; 4]) -> Result<(), ApiError> {
    let (post, picture) = (post.to_string(), picture.to_string());
    let names = Crop::FIELDS.map(|name| format!("crop[{name}]"));
    let mut values = vec![("post", post.as_str()), ("picture", &picture)];
    values.extend(names.iter().map(String::as_str).zip(numbers));
    client.call("/api/posts/crop-picture", &values).await
}

async fn only(client: &Client, post: PostId) -> TrayPicture {
    let mut tray = client.tray(post).await.expect("own tray");
    assert_eq!(tray.len(), 1, "{tray:?}");
    tray.remove(0)
}

async fn shown(client: &Client, post: PostId) -> Picture {
    only(client, post).await.picture.expect("ready")
}

/// The colours of a picture's four corners, clockwise from the top left, in each of its sizes.
async fn assert_corners(client: &Client, id: MediaId, size: (u32, u32), colours: [Rgb<u8>; 4]) {
    for variant in VARIANTS {
        let answer = client.picture(id, variant).await;
        assert_eq!(answer.status, StatusCode::OK, "{variant}");
        assert_eq!(hidden_data(&answer.body), []);
        let picture =
            image::load_from_memory_with_format(&answer.body, ImageFormat::WebP).expect("a picture").into_rgb8();
        let (width, height) = picture.dimensions();
        assert_eq!(width > height, size.0 > size.1, "{variant}");
        if variant == "large" {
            assert_eq!((width, height), size);
        }
        let (right, bottom) = (width - 6, height - 6);
        for ((x, y), colour) in [(5, 5), (right, 5), (right, bottom), (5, bottom)].into_iter().zip(colours) {
            let found = *picture.get_pixel(x, y);
            let is_near = found.0.iter().zip(colour.0).all(|(found, wanted)| found.abs_diff(wanted) <= 24);
            assert!(is_near, "{variant} at {x}, {y}: {found:?} is not {colour:?}");
        }
    }
}

#[tokio::test]
async fn a_photo_is_turned_and_cropped_before_it_is_shown() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let (post, id) = draft(&test, &teacher, &school).await;
        // In the text, described, and its check answered.
        let body = format!("Kijk:\n\n![Bij de sloot](media:{id})");
        teacher.save(post, 1, "Titel", &body, &[school.group5]).await.expect("saved");
        let described = [("post", post.to_string()), ("picture", id.to_string()), ("alt", "Vier vlakken".to_owned())];
        let described: Vec<(&str, &str)> = described.iter().map(|(name, value)| (*name, value.as_str())).collect();
        teacher.call::<()>("/api/posts/describe-picture", &described).await.expect("described");
        teacher.nobody_is_pictured(post).await;
        let text = test_body(&teacher, post).await;
        assert!(text.contains(&id.to_string()), "{text}");
        let before = shown(&teacher, post).await;
        let tag = teacher.picture(id, "small").await.headers["etag"].clone();
        assert_corners(&teacher, id, (1200, 800), [RED, GREEN, WHITE, BLUE]).await;

        turn(&teacher, post, id).await.expect("turned");
        let turned = shown(&teacher, post).await;
        assert_eq!((turned.width, turned.height, turned.widths), (800, 1200, [320, 640, 800]));
        assert_eq!(turned.alt, "Vier vlakken");
        assert_ne!(turned.url(model::media::Variant::Small), before.url(model::media::Variant::Small));
        assert_corners(&teacher, id, (800, 1200), [BLUE, RED, GREEN, WHITE]).await;
        // Who kept the old one is not told that it is still the same.
        let known = [("if-none-match", tag.to_str().expect("text"))];
        let again = teacher.request(Method::GET, &turned.url(model::media::Variant::Small), &known, Vec::new()).await;
        assert_eq!(again.status, StatusCode::OK);
        assert_eq!(test.stored_files().len(), 3, "the old files are gone: {:?}", test.stored_files());

        // The right half of it, without its lower quarter.
        crop(&teacher, post, id, ["500", "0", "500", "750"]).await.expect("cropped");
        let cropped = shown(&teacher, post).await;
        assert_eq!((cropped.width, cropped.height), (400, 900));
        assert_corners(&teacher, id, (400, 900), [RED, RED, GREEN, GREEN]).await;
        assert_eq!(test.stored_files().len(), 3);
        crop(&teacher, post, id, ["0", "0", "1000", "1000"]).await.expect("all of it");
        assert_eq!(shown(&teacher, post).await, cropped, "is as it was");

        // The other pages of its author hear of it.
        let mut read = test.portal.store.read().await.expect("connection");
        let told = read.list_live_events(school.teacher5.account, 0).await.expect("asked");
        drop(read);
        assert_eq!(told.iter().filter(|row| row.event.contains(&id.to_string())).count(), 3);

        // What was answered about who is in it holds; it stands in the text where it stood.
        assert_eq!(test_body(&teacher, post).await, text);
        teacher.publish(post).await.expect("published");
        assert_corners(&mother, id, (400, 900), [RED, RED, GREEN, GREEN]).await;
        let html = mother.get(&format!("/posts/{post}")).await.text();
        assert!(html.contains(&cropped.url(model::media::Variant::Medium)), "{html}");

        // Readers have seen it: it stays as they saw it.
        assert!(!only(&teacher, post).await.can_edit);
        for client in [&teacher, &test.as_(&school.director).await] {
            assert_eq!(turn(client, post, id).await.expect_err("shown"), ApiError::NotFound);
            let error = crop(client, post, id, ["9", "9", "9", "9"]).await.expect_err("shown");
            assert_eq!(error, ApiError::NotFound);
        }
        teacher.delete(post).await.expect("deleted");
        test.work().await;
        assert_eq!(test.stored_files(), Vec::<String>::new(), "files of whichever edition are erased");
    }
}

async fn test_body(author: &Client, post: PostId) -> String {
    let page: model::feed::ComposePage =
        author.ask("/api/posts/compose", &[("post", &post.to_string())]).await.expect("own");
    page.body
}

#[tokio::test]
async fn a_crop_is_a_region_of_the_photo() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let (post, id) = draft(&test, &teacher, &school).await;
        let before = shown(&teacher, post).await;
        let out_of_range = |min, max| Problem::OutOfRange { min, max };
        for (numbers, name, problem) in [
            (["", "0", "500", "500"], "left", Problem::Required),
            (["1000", "0", "1", "500"], "left", out_of_range(0, 999)),
            (["0", "-1", "500", "500"], "top", out_of_range(0, 999)),
            (["600", "0", "401", "500"], "width", out_of_range(1, 400)),
            (["0", "0", "0", "500"], "width", out_of_range(1, 1000)),
            (["0", "999", "500", "4294967295"], "height", out_of_range(1, 1)),
            (["0", "0", "9.5", "500"], "width", out_of_range(1, 1000)),
            // Inside, but a strip of 31 pixels.
            (["0", "0", "26", "500"], "width", Problem::TooFewPixels { min: 32 }),
            (["0", "0", "500", "39"], "width", Problem::TooFewPixels { min: 32 }),
        ] {
            let error = crop(&teacher, post, id, numbers).await.expect_err("no region");
            assert_eq!(error.problem_of(name), Some(&problem), "{numbers:?}");
        }
        assert_eq!(shown(&teacher, post).await, before);
        assert_eq!(test.stored_files().len(), 3, "nothing is left of what was refused");
        crop(&teacher, post, id, ["0", "0", "27", "40"]).await.expect("32 pixels");
        let small = shown(&teacher, post).await;
        assert_eq!((small.width, small.height, small.widths), (32, 32, [32, 32, 32]));
    }
}

#[tokio::test]
async fn nobody_else_changes_a_photo() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let (post, id) = draft(&test, &teacher, &school).await;
        let others =
            [&school.mother, &school.teacher7, &school.specialist, &school.office, &school.director, &foreign.director];
        for person in others {
            let client = test.as_(person).await;
            assert_eq!(turn(&client, post, id).await.expect_err("not theirs"), ApiError::NotFound, "{}", person.name);
            for numbers in [["0", "0", "500", "500"], ["x", "", "0", "0"]] {
                let error = crop(&client, post, id, numbers).await.expect_err("not theirs");
                assert_eq!(error, ApiError::NotFound, "{}", person.name);
            }
        }
        assert_eq!(turn(&test.anonymous(), post, id).await.expect_err("nobody"), ApiError::SignedOut);
        // Not in this post; and what is still in work, or is no photo.
        let other = test.new_post_id();
        teacher.save(other, 0, "Ander", "Tekst", &[school.group5]).await.expect("saved");
        assert_eq!(turn(&teacher, other, id).await.expect_err("not in it"), ApiError::NotFound);
        let waiting = teacher.upload(other, "b.png", &corners(9)).await.expect("taken");
        let error = turn(&teacher, other, waiting).await.expect_err("not made");
        assert_eq!(error, ApiError::conflict(Conflict::MediaNotReady));
        let text = teacher.upload(other, "lijst.txt", b"Laarzen, jas").await.expect("taken");
        test.work().await;
        assert_eq!(turn(&teacher, other, text).await.expect_err("no photo"), ApiError::NotFound);
        assert_corners(&teacher, id, (1200, 800), [RED, GREEN, WHITE, BLUE]).await;
    }
}

#[tokio::test]
async fn a_photo_that_waits_on_a_published_post_is_its_authors_to_change() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let mother = test.as_(&school.mother).await;
    let post = test.published(&teacher, "Titel", &[school.group5]).await;
    let id = teacher.upload(post, "hoeken.png", &corners(0)).await.expect("taken");
    test.work().await;
    assert!(only(&teacher, post).await.can_edit);
    // A director may change the post, but does not see what waits on it.
    let director = test.as_(&school.director).await;
    assert!(!only(&director, post).await.can_edit);
    assert_eq!(turn(&director, post, id).await.expect_err("not theirs"), ApiError::NotFound);
    turn(&teacher, post, id).await.expect("turned");
    assert_eq!(mother.picture(id, "small").await.status, StatusCode::NOT_FOUND, "turned, not shown");
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("shown");
    assert_corners(&mother, id, (800, 1200), [BLUE, RED, GREEN, WHITE]).await;
    assert_eq!(turn(&teacher, post, id).await.expect_err("shown"), ApiError::NotFound);
}

/// A node may die between the files and the row; the daily sweep knows which of them nobody asks for.
#[tokio::test]
async fn files_of_other_editions_are_swept_away() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let (post, id) = draft(&test, &teacher, &school).await;
    turn(&teacher, post, id).await.expect("turned");
    let files = test.stored_files();
    let lost: MediaId = test.portal.clock.new_id();
    for name in ["large.webp".to_owned(), format!("{}.large.webp", lost.0.simple())] {
        let path = Path::from(format!("media/{}/{name}", id.0.simple()));
        test.portal.files.put(&path, PutPayload::from_static(b"x")).await.expect("put");
    }
    test.portal.clock.advance(2 * Time::DAY);
    domain::jobs::start(&test.portal).await.expect("planned");
    test.work().await;
    assert_eq!(test.stored_files(), files);
    let again = test.as_(&school.teacher5).await;
    assert_corners(&again, id, (800, 1200), [BLUE, RED, GREEN, WHITE]).await;
}

#[tokio::test]
async fn without_javascript_buttons_of_the_form_turn_and_crop() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let (draft, id) = draft(&test, &teacher, &school).await;
    let (post, group, picture) = (draft.to_string(), school.group5.to_string(), id.to_string());
    let press = async |version: &str, button: String, numbers: [&str; 4]| {
        let names = Crop::FIELDS.map(|name| format!("{name}:{picture}"));
        let mut parts: Vec<Part<'_>> = vec![
            field("post", &post),
            field("version", version),
            field("groups", &group),
            field("title", "Titel"),
            field("body", "Tekst"),
        ];
        parts.extend(names.iter().zip(numbers).map(|(name, number)| field(name, number)));
        parts.push(field("do", &button));
        teacher.send_form(COMPOSE_FORM, Some("/compose"), &parts).await
    };
    let whole = ["0", "0", "1000", "1000"];
    let page = teacher.get(&format!("/compose?post={post}")).await.text();
    for name in ["turn", "crop"] {
        assert!(page.contains(&format!("value=\"{name}:{id}\"")), "{page}");
    }
    let answer = press("1", format!("turn:{id}"), whole).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, format!("/compose?post={post}").as_str()));
    assert_corners(&teacher, id, (800, 1200), [BLUE, RED, GREEN, WHITE]).await;

    let answer = press("1", format!("crop:{id}"), ["0", "0", "500", "veel"]).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    let page = answer.text();
    assert!(page.contains("Vul een heel getal in van 1 tot en met 1000."), "{page}");
    assert!(page.contains("value=\"veel\"") && page.contains("value=\"500\""), "what was typed is there again: {page}");
    let answer = press("1", format!("crop:{id}"), ["500", "500", "500", "500"]).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER);
    assert_corners(&teacher, id, (400, 600), [GREEN; 4]).await;

    // On a published post the form comes back with what was typed, but for the numbers that are done with.
    teacher.nobody_is_pictured(draft).await;
    teacher.publish(draft).await.expect("published");
    let more = teacher.upload(draft, "meer.png", &corners(7)).await.expect("taken");
    test.work().await;
    let [left, top, width, height] = Crop::FIELDS.map(|name| format!("{name}:{more}"));
    let button = format!("crop:{more}");
    let parts = [
        field("post", &post),
        field("version", "2"),
        field("groups", &group),
        field("title", "Andere titel"),
        field("body", "Tekst"),
        field(&left, "0"),
        field(&top, "0"),
        field(&width, "333"),
        field(&height, "1000"),
        field("do", &button),
    ];
    let answer = teacher.send_form(COMPOSE_FORM, Some(&format!("/posts/{post}/edit")), &parts).await;
    assert_eq!(answer.status, StatusCode::OK);
    let page = answer.text();
    assert!(page.contains("Andere titel") && !page.contains("value=\"333\""), "{page}");
    assert_corners(&teacher, more, (400, 800), [RED, RED, BLUE, BLUE]).await;
}

#[tokio::test]
async fn photos_stand_in_the_order_they_are_given() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let (post, first) = draft(&test, &teacher, &school).await;
        let second = teacher.upload(post, "b.png", &corners(1)).await.expect("taken");
        let third = teacher.upload(post, "c.png", &corners(2)).await.expect("taken");
        let (other, elsewhere) = draft(&test, &teacher, &school).await;
        let order = async |client: &Client, post: PostId, ids: &[&str]| -> Result<(), ApiError> {
            let names: Vec<String> = (0..ids.len()).map(|n| format!("pictures[{n}]")).collect();
            let post = post.to_string();
            let mut values = vec![("post", post.as_str())];
            values.extend(names.iter().map(String::as_str).zip(ids.iter().copied()));
            client.call("/api/posts/order-pictures", &values).await
        };
        let stand = async || -> Vec<MediaId> {
            teacher.tray(post).await.expect("own").into_iter().map(|picture| picture.id).collect()
        };
        let [one, two, three, other_one] = [first, second, third, elsewhere].map(|id| id.to_string());
        for _ in 0..2 {
            order(&teacher, post, &[&three, &one, &two]).await.expect("ordered");
            assert_eq!(stand().await, [third, first, second], "twice is as once");
        }
        // Named twice, of another post, of nobody, no id at all; and those that are not named.
        let unknown = test.new_post_id().to_string();
        order(&teacher, post, &[&two, &other_one, &two, "x", &unknown]).await.expect("ordered");
        assert_eq!(stand().await, [second, third, first]);
        order(&teacher, post, &[]).await.expect("nothing to do");
        assert_eq!(stand().await, [second, third, first]);
        assert_eq!(only(&teacher, other).await.id, elsewhere, "is where it was");
        let others =
            [&school.mother, &school.teacher7, &school.specialist, &school.office, &school.director, &foreign.director];
        for person in others {
            let error = order(&test.as_(person).await, post, &[&one, &two, &three]).await.expect_err("not theirs");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }
        let error = order(&test.anonymous(), post, &[&one]).await.expect_err("nobody");
        assert_eq!(error, ApiError::SignedOut);
        assert_eq!(stand().await, [second, third, first]);

        // Readers who have it open see the new order at once; what stays as it is, is nothing to tell.
        let told = async |what: &str| -> bool {
            test.work().await;
            let mut write = test.portal.store.write().await.expect("transaction");
            let events = write.list_live_events(school.mother.account, 0).await.expect("asked");
            write.sweep_live_events(Time(i64::MAX)).await.expect("swept");
            write.commit().await.expect("committed");
            let event = serde_json::to_string(&LiveEvent::Post { id: post }).expect("written");
            assert!(events.iter().all(|row| row.event == event), "{what}: {events:?}");
            !events.is_empty()
        };
        order(&teacher, post, &[&one]).await.expect("ordered");
        assert!(!told("a draft").await);
        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("published");
        assert!(told("a new post").await);
        order(&teacher, post, &[&three]).await.expect("ordered");
        assert!(told("another order").await);
        order(&teacher, post, &[&three]).await.expect("ordered");
        assert!(!told("the same order").await);
        let up = [("post", post.to_string()), ("picture", two.clone())];
        let up = up.each_ref().map(|(name, value)| (*name, value.as_str()));
        teacher.call::<()>("/api/posts/move-picture-up", &up).await.expect("moved");
        assert!(told("one place up").await);
    }
}

const COVERED: Rgb<u8> = Rgb([0x7b, 0x80, 0x86]);

async fn cover(
    client: &Client,
    post: PostId,
    picture: MediaId,
    child: ChildId,
    numbers: [&str; 4],
) -> Result<(), ApiError> {
    let (post, picture, child) = (post.to_string(), picture.to_string(), child.to_string());
    let mut values = vec![("post", post.as_str()), ("picture", &picture), ("child", &child)];
    values.extend(Crop::FIELDS.into_iter().zip(numbers));
    client.call("/api/pictures/cover", &values).await
}

/// The author says that the child is in the picture.
async fn found_in(client: &Client, post: PostId, picture: MediaId, child: ChildId) {
    let (post, picture, child) = (post.to_string(), picture.to_string(), child.to_string());
    let values = [("post", post.as_str()), ("child", &child), ("pictures[0]", &picture)];
    client.call::<()>("/api/pictures/answer", &values).await.expect("answered");
}

#[tokio::test]
async fn a_covered_child_is_gone_from_every_size_for_good() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        test.as_(&school.mother).await.let_be_pictured(school.sanne, "yes").await;
        let (post, id) = draft(&test, &teacher, &school).await;
        let quarter = ["0", "0", "500", "500"];
        let nobody = cover(&teacher, post, id, school.bram, quarter).await.expect_err("he is not in it");
        assert_eq!(nobody, ApiError::NotFound);
        found_in(&teacher, post, id, school.bram).await;
        assert_eq!(teacher.publish(post).await.expect_err("he is"), ApiError::conflict(Conflict::PictureNotAllowed));

        for (numbers, field) in [
            (["900", "0", "200", "100"], "width"),
            (["0", "0", "0", "100"], "width"),
            (["0", "1000", "100", "1"], "top"),
            (["-1", "0", "100", "100"], "left"),
            (["0", "0", "100", "veel"], "height"),
        ] {
            let error = cover(&teacher, post, id, school.bram, numbers).await.expect_err("no region");
            assert!(error.problem_of(field).is_some(), "{numbers:?}: {error:?}");
        }
        for person in [&school.teacher7, &school.director, &school.bram_mother, &school.mother] {
            let error = cover(&test.as_(person).await, post, id, school.bram, quarter).await.expect_err("not theirs");
            assert_eq!(error, ApiError::NotFound, "{}", person.name);
        }

        let before = test.stored_files();
        cover(&teacher, post, id, school.bram, quarter).await.expect("covered");
        assert_corners(&teacher, id, (1200, 800), [COVERED, GREEN, WHITE, BLUE]).await;
        let after = test.stored_files();
        assert!(before.iter().all(|file| !after.contains(file)), "a file shows what was there: {after:?}");
        teacher.publish(post).await.expect("nobody without a yes is in it");
        let mother = test.as_(&school.mother).await;
        assert_corners(&mother, id, (1200, 800), [COVERED, GREEN, WHITE, BLUE]).await;
        let error = cover(&teacher, post, id, school.bram, quarter).await.expect_err("published");
        assert_eq!(error, ApiError::NotFound);
    }
}

/// What was said about a picture holds for the same file in another post, for as long as nothing was done to it.
#[tokio::test]
async fn the_same_picture_is_not_asked_about_twice() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        test.as_(&school.mother).await.let_be_pictured(school.sanne, "yes").await;
        let (post, id) = draft(&test, &teacher, &school).await;
        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("published");
        let (again, same) = draft(&test, &teacher, &school).await;
        assert_ne!(id, same);
        teacher.publish(again).await.expect("answered before");

        let other = test.new_post_id();
        teacher.save(other, 0, "Ander", "", &[school.group5]).await.expect("saved");
        let unknown = teacher.upload(other, "anders.png", &corners(9)).await.expect("taken");
        test.work().await;
        let open = ApiError::conflict(Conflict::PictureCheckOpen);
        assert_eq!(teacher.publish(other).await.expect_err("another picture"), open);
        found_in(&teacher, other, unknown, school.bram).await;
        cover(&teacher, other, unknown, school.bram, ["0", "0", "500", "500"]).await.expect("covered");
        let once_more = test.new_post_id();
        teacher.save(once_more, 0, "Weer", "", &[school.group5]).await.expect("saved");
        teacher.upload(once_more, "anders.png", &corners(9)).await.expect("taken");
        test.work().await;
        assert_eq!(teacher.publish(once_more).await.expect_err("it is uncovered here"), open);
    }
}
