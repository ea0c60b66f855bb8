//! Resumable uploads: a file arrives whole over whatever connection, and by nobody but its sender.

use crate::support::{Answer, Client, Person, SCHOOL_SPACE, School, TestPortal, posts::photo};
use axum::{
    body::{Body, Bytes},
    http::{Method, Request, StatusCode},
};
use base64::{Engine as _, prelude::BASE64_STANDARD};
use model::{
    ApiError, PostId, Problem, Time,
    media::{MediaKind, MediaState},
};
use store::NewMedia;

const UPLOADS: &str = "/api/media/uploads";
const VERSION: (&str, &str) = ("tus-resumable", "1.0.0");
const BYTES: (&str, &str) = ("content-type", "application/offset+octet-stream");

/// A school, a teacher in it, and a draft of hers.
async fn draft(test: &TestPortal) -> (School, Client, PostId) {
    let school = School::new(test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = test.new_post_id();
    teacher.save(post, 0, "Titel", "Tekst", &[school.group5]).await.expect("saved");
    (school, teacher, post)
}

async fn begin(client: &Client, post: PostId, name: &str, length: usize) -> Answer {
    let (name, post) = (BASE64_STANDARD.encode(name), BASE64_STANDARD.encode(post.to_string()));
    let (length, metadata) = (length.to_string(), format!("filename {name},post {post}"));
    let headers = [VERSION, ("upload-length", length.as_str()), ("upload-metadata", &metadata)];
    client.request(Method::POST, UPLOADS, &headers, Vec::new()).await
}

/// Where an upload that was taken lives.
async fn place(client: &Client, post: PostId, length: usize) -> String {
    let answer = begin(client, post, "a.jpg", length).await;
    assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    assert!(answer.headers.contains_key("upload-expires"));
    answer.location().to_owned()
}

async fn append(client: &Client, place: &str, offset: usize, bytes: &[u8]) -> Answer {
    let offset = offset.to_string();
    client.request(Method::PATCH, place, &[VERSION, BYTES, ("upload-offset", &offset)], bytes.to_vec()).await
}

async fn look(client: &Client, place: &str) -> Answer {
    client.request(Method::HEAD, place, &[VERSION], Vec::new()).await
}

fn offset(answer: &Answer) -> usize {
    answer.headers["upload-offset"].to_str().expect("text").parse().expect("a number")
}

fn file_problem(answer: Answer) -> String {
    match answer.result::<()>().expect_err("refused").problem_of("file") {
        Some(Problem::File { code }) => code.clone(),
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_file_arrives_in_pieces() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await, TestPortal::on_s3().await] {
        let (_, teacher, post) = draft(&test).await;
        let file = photo(1);
        let place = place(&teacher, post, file.len()).await;
        let mut sent = 0;
        for piece in file.chunks(file.len() / 3 + 1) {
            assert_eq!(offset(&look(&teacher, &place).await), sent);
            let answer = append(&teacher, &place, sent, piece).await;
            sent += piece.len();
            assert_eq!((answer.status, offset(&answer)), (StatusCode::NO_CONTENT, sent), "{}", answer.text());
        }
        test.work().await;
        let tray = teacher.tray(post).await.expect("own");
        assert_eq!((tray.len(), tray[0].state, tray[0].file_name.as_str()), (1, MediaState::Ready, "a.jpg"));
        // Whoever missed the last answer asks, and hears that all is there.
        assert_eq!(offset(&look(&teacher, &place).await), file.len());
        let leftovers = test.stored_files().into_iter().filter(|file| file.starts_with("uploads")).count();
        assert_eq!(leftovers, 0, "{:?}", test.stored_files());
    }
}

/// What came before the connection broke is there when the sender comes back.
#[tokio::test]
async fn a_broken_connection_costs_nothing_that_came() {
    let test = TestPortal::new().await;
    let (_, teacher, post) = draft(&test).await;
    let file = photo(2);
    let place = place(&teacher, post, file.len()).await;
    let half = file.len() / 2;
    let cut = futures::stream::iter([
        Ok(Bytes::copy_from_slice(&file[..1000])),
        Ok(Bytes::copy_from_slice(&file[1000..half])),
        Err(std::io::Error::other("gone")),
    ]);
    let request = Request::patch(&place)
        .header(VERSION.0, VERSION.1)
        .header(BYTES.0, BYTES.1)
        .header("upload-offset", "0")
        .body(Body::from_stream(cut));
    teacher.send(request.expect("a request")).await;
    assert_eq!(offset(&look(&teacher, &place).await), half);
    // From another place than the last byte there is no going on.
    for wrong in [0, half - 1, half + 1, file.len()] {
        let answer = append(&teacher, &place, wrong, &file[half..]).await;
        assert_eq!(answer.status, StatusCode::CONFLICT, "{wrong}");
    }
    assert_eq!(append(&teacher, &place, half, &file[half..]).await.status, StatusCode::NO_CONTENT);
    test.work().await;
    assert_eq!(teacher.tray(post).await.expect("own")[0].state, MediaState::Ready);
}

/// Two connections of one sender, the first of them given up: one of them goes on, and nothing is mixed up.
#[tokio::test]
async fn two_senders_at_once_make_one_file() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let (_, teacher, post) = draft(&test).await;
        let file = photo(3);
        let place = place(&teacher, post, file.len()).await;
        let (first, second) =
            tokio::join!(append(&teacher, &place, 0, &file[..5000]), append(&teacher, &place, 0, &file[..9000]));
        let statuses = [first.status, second.status];
        assert!(statuses.contains(&StatusCode::NO_CONTENT), "{statuses:?}");
        let received = offset(&look(&teacher, &place).await);
        assert!(received == 5000 || received == 9000, "{received}");
        assert_eq!(append(&teacher, &place, received, &file[received..]).await.status, StatusCode::NO_CONTENT);
        test.work().await;
        assert_eq!(teacher.tray(post).await.expect("own")[0].state, MediaState::Ready);
    }
}

#[tokio::test]
async fn an_upload_is_its_senders_alone() {
    let test = TestPortal::new().await;
    let (school, teacher, post) = draft(&test).await;
    let file = photo(4);
    let place = place(&teacher, post, file.len()).await;
    let others: [&Person; 4] = [&school.mother, &school.teacher7, &school.director, &school.office];
    for person in others {
        let other = test.as_(person).await;
        assert_eq!(begin(&other, post, "a.jpg", 10).await.status, StatusCode::NOT_FOUND, "{}", person.name);
        assert_eq!(look(&other, &place).await.status, StatusCode::NOT_FOUND, "{}", person.name);
        assert_eq!(append(&other, &place, 0, &file).await.status, StatusCode::NOT_FOUND, "{}", person.name);
        let answer = other.request(Method::DELETE, &place, &[VERSION], Vec::new()).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", person.name);
    }
    let nobody = test.anonymous();
    assert_eq!(begin(&nobody, post, "a.jpg", 10).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(append(&nobody, &place, 0, &file).await.status, StatusCode::UNAUTHORIZED);
    for unknown in ["x", "0198ffff-ffff-7fff-bfff-ffffffffffff"] {
        assert_eq!(look(&teacher, &format!("{UPLOADS}/{unknown}")).await.status, StatusCode::NOT_FOUND);
    }
    let published = test.published(&teacher, "Titel", &[school.group5]).await;
    let other = test.as_(&school.teacher7).await;
    assert_eq!(begin(&other, published, "a.jpg", 10).await.status, StatusCode::NOT_FOUND, "to another's post");
    assert_eq!(offset(&look(&teacher, &place).await), 0, "nothing of it was taken");
}

#[tokio::test]
async fn what_cannot_be_used_is_refused_before_it_is_sent_or_is_gone_after() {
    let test = TestPortal::new().await;
    let (_, teacher, post) = draft(&test).await;
    assert_eq!(file_problem(begin(&teacher, post, "a.jpg", 0).await), "empty");
    let most = domain::media::largest_file(&test.portal) as usize;
    assert_eq!(file_problem(begin(&teacher, post, "a.jpg", most + 1).await), "too-large");
    // No photo, whatever it is called.
    let page = b"<!DOCTYPE html><script>alert(1)</script>";
    let place = place(&teacher, post, page.len()).await;
    assert_eq!(file_problem(append(&teacher, &place, 0, page).await), "not-a-picture");
    assert_eq!(look(&teacher, &place).await.status, StatusCode::NOT_FOUND);
    // More than was announced.
    let longer = self::place(&teacher, post, 10).await;
    assert_eq!(append(&teacher, &longer, 0, &[0; 11]).await.status, StatusCode::BAD_REQUEST);
    let cancelled = teacher.request(Method::DELETE, &longer, &[VERSION], Vec::new()).await;
    assert_eq!(cancelled.status, StatusCode::NO_CONTENT);
    assert_eq!(look(&teacher, &longer).await.status, StatusCode::NOT_FOUND);
    assert_eq!(test.stored_files(), Vec::<String>::new());
    assert_eq!(teacher.tray(post).await.expect("own"), []);
}

#[tokio::test]
async fn the_protocol_is_kept_to() {
    let test = TestPortal::new().await;
    let (_, teacher, post) = draft(&test).await;
    let options = teacher.request(Method::OPTIONS, UPLOADS, &[], Vec::new()).await;
    assert_eq!(options.status, StatusCode::NO_CONTENT);
    assert_eq!(options.headers["tus-extension"], "creation,termination,expiration");
    assert_eq!(options.headers["tus-version"], "1.0.0");
    assert_eq!(options.headers["tus-resumable"], "1.0.0");
    let older = teacher.request(Method::POST, UPLOADS, &[("tus-resumable", "0.2.2")], Vec::new()).await;
    assert_eq!(older.status, StatusCode::PRECONDITION_FAILED);
    assert_eq!(older.headers["tus-version"], "1.0.0");
    let place = place(&teacher, post, 10).await;
    let plain = teacher.request(Method::PATCH, &place, &[VERSION, ("upload-offset", "0")], vec![1]).await;
    assert_eq!(plain.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    for (length, metadata) in
        [("-1", "post eA=="), ("x", "post eA=="), ("10", ""), ("10", "post ***"), ("10", "filename YQ==")]
    {
        let headers = [VERSION, ("upload-length", length), ("upload-metadata", metadata)];
        let answer = teacher.request(Method::POST, UPLOADS, &headers, Vec::new()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{length} {metadata}");
    }
    let found = look(&teacher, &place).await;
    assert_eq!(found.headers["upload-length"], "10");
    assert_eq!(found.headers["cache-control"], "no-store");
    // From another site: not even begun.
    let request = Request::post(UPLOADS).header("sec-fetch-site", "cross-site").header(VERSION.0, VERSION.1);
    let answer = teacher.send(request.body(Body::empty()).expect("a request")).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_abandoned_upload_is_cleaned_up() {
    let test = TestPortal::new().await;
    let (school, teacher, post) = draft(&test).await;
    let file = photo(5);
    let place = place(&teacher, post, file.len()).await;
    append(&teacher, &place, 0, &file[..2000]).await;
    assert_eq!(test.stored_files().len(), 1);
    test.portal.clock.advance(Time::DAY);
    let teacher = test.as_(&school.teacher5).await;
    assert_eq!(look(&teacher, &place).await.status, StatusCode::NOT_FOUND, "too late");
    domain::jobs::start(&test.portal).await.expect("planned");
    test.work().await;
    assert_eq!(test.stored_files(), Vec::<String>::new());
}

/// Went down between the last byte and the picture: whoever asks next makes it.
#[tokio::test]
async fn an_upload_that_was_whole_becomes_a_picture_after_all() {
    let test = TestPortal::new().await;
    let (school, teacher, post) = draft(&test).await;
    let file = photo(6);
    let place = place(&teacher, post, file.len()).await;
    append(&teacher, &place, 0, &file[..file.len() - 1]).await;
    let id: uuid::Uuid = place.rsplit('/').next().expect("an id").parse().expect("a uuid");
    let mut read = test.portal.store.read().await.expect("connection");
    let row =
        read.find_upload(id, school.teacher5.account, test.portal.clock.now()).await.expect("asked").expect("there");
    drop(read);
    let piece: uuid::Uuid = test.portal.clock.new_id();
    let path = format!("uploads/{}/{}", id.simple(), piece.simple());
    let last = object_store::PutPayload::from(file[file.len() - 1..].to_vec());
    object_store::ObjectStoreExt::put(&test.portal.files, &path.into(), last).await.expect("put");
    let mut write = test.portal.store.write().await.expect("transaction");
    assert!(write.add_upload_piece(&row, row.received, 1, piece).await.expect("added"));
    write.commit().await.expect("committed");
    assert_eq!(offset(&look(&teacher, &place).await), file.len());
    test.work().await;
    assert_eq!(teacher.tray(post).await.expect("own")[0].state, MediaState::Ready);
    assert_eq!(teacher.delete(post).await, Ok::<(), ApiError>(()));
}

/// A file of a colleague that takes so much of the school's space.
async fn take_space(test: &TestPortal, school: &School, bytes: u64) {
    let mut write = test.portal.store.write().await.expect("transaction");
    let new = NewMedia {
        id: test.portal.clock.new_id(),
        school: school.id,
        owner: school.director.account,
        file_name: "film.mp4",
        source_hash: &[1],
        at: test.portal.clock.now(),
        bytes: bytes as i64,
        kind: MediaKind::Film,
        document: None,
    };
    write.add_media(new).await.expect("added");
    write.commit().await.expect("committed");
}

#[tokio::test]
async fn a_school_has_so_much_space_and_hears_of_it_before_sending() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let (school, teacher, post) = draft(&test).await;
        let foreign = School::new(&test, "elders").await;
        let file = photo(1);
        let room = 2 * file.len() as u64 + 10;
        take_space(&test, &school, SCHOOL_SPACE - room).await;
        let first = place(&teacher, post, file.len()).await;
        let second = place(&teacher, post, file.len()).await;
        let answer = begin(&teacher, post, "b.jpg", 11).await;
        assert_eq!(file_problem(answer), "no-space", "what is on its way has its place");
        let form = |name: &'static str, file: &[u8]| {
            let (teacher, file) = (teacher.clone(), file.to_vec());
            async move { teacher.upload(post, name, &file).await }
        };
        let error = form("c.jpg", &file).await.expect_err("no room");
        assert_eq!(error.problem_of("file"), Some(&Problem::File { code: "no-space".to_owned() }));
        // What had its place arrives, and takes less once it is made.
        assert_eq!(append(&teacher, &first, 0, &file).await.status, StatusCode::NO_CONTENT);
        let answer = teacher.request(Method::DELETE, &second, &[VERSION], Vec::new()).await;
        assert_eq!(answer.status, StatusCode::NO_CONTENT);
        test.work().await;
        let mut read = test.portal.store.read().await.expect("connection");
        let taken = read.count_space(school.id, test.portal.clock.now()).await.expect("counted") as u64;
        let made = taken - (SCHOOL_SPACE - room);
        assert!(made > 0 && made < file.len() as u64, "{made} bytes of {}", file.len());
        drop(read);
        form("c.jpg", &photo(2)).await.expect("room again");
        let (foreign_teacher, other) = (test.as_(&foreign.teacher5).await, test.new_post_id());
        foreign_teacher.save(other, 0, "Titel", "Tekst", &[foreign.group5]).await.expect("saved");
        foreign_teacher.upload(other, "a.jpg", &file).await.expect("another school's space");
        // Two at once, with room for one.
        test.work().await;
        let mut read = test.portal.store.read().await.expect("connection");
        let taken = read.count_space(school.id, test.portal.clock.now()).await.expect("counted") as u64;
        drop(read);
        let (one, other) = (photo(3), photo(4));
        take_space(&test, &school, SCHOOL_SPACE - taken - one.len().max(other.len()) as u64 - 10).await;
        let (one, other) = tokio::join!(form("d.jpg", &one), form("e.jpg", &other));
        assert_eq!([one.is_ok(), other.is_ok()].iter().filter(|done| **done).count(), 1, "{one:?} {other:?}");
    }
}
