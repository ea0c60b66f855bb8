//! Films and documents: in, through the work on them, and out to those who may see them.

use crate::support::{Answer, Client, School, TestPortal, posts::photo};
use axum::http::{Method, StatusCode};
use model::{
    ApiError, MediaId, PostId, Problem, Time,
    error::Conflict,
    media::{MediaKind, MediaState, TrayPicture},
};
use std::process::Command;
use store::Lane;

/// Two seconds as a telephone records them, with the place where.
fn film() -> Vec<u8> {
    let folder = tempfile::tempdir().expect("temporary folder");
    let path = folder.path().join("film.mp4");
    let words = "-v error -f lavfi -i testsrc=size=320x240:rate=15:duration=2 -f lavfi -i sine=duration=2 -c:v libx264 \
                 -preset ultrafast -c:a aac -movflags +faststart+use_metadata_tags -metadata location=+52.1+005.1/";
    let status =
        Command::new("ffmpeg").args(words.split_whitespace()).arg(&path).status().expect("ffmpeg is installed");
    assert!(status.success());
    std::fs::read(path).expect("read")
}

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj << /Author (Juf Anna) >> endobj\nstartxref\n0\n%%EOF\n";

async fn draft(test: &TestPortal, author: &Client, school: &School) -> PostId {
    let post = test.new_post_id();
    author.save(post, 0, "Titel", "Tekst", &[school.group5]).await.expect("saved");
    post
}

async fn only(client: &Client, post: PostId) -> TrayPicture {
    let mut tray = client.tray(post).await.expect("own tray");
    assert_eq!(tray.len(), 1, "{tray:?}");
    tray.remove(0)
}

async fn part(client: &Client, id: MediaId, part: &str, headers: &[(&str, &str)]) -> Answer {
    client.request(Method::GET, &format!("/media/{id}/{part}"), headers, Vec::new()).await
}

fn header<'a>(answer: &'a Answer, name: &str) -> &'a str {
    answer.headers.get(name).map_or("", |value| value.to_str().expect("text"))
}

#[tokio::test]
async fn a_film_is_published_while_it_is_in_work_and_appears_when_it_is_made() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        let post = draft(&test, &teacher, &school).await;
        let id = teacher.upload(post, "film.jpg", &film()).await.expect("taken");
        let picture = only(&teacher, post).await;
        assert_eq!((picture.kind, picture.state), (MediaKind::Film, MediaState::Working));
        let error = teacher.publish(post).await.expect_err("who is in it?");
        assert_eq!(error, ApiError::conflict(Conflict::PictureCheckOpen), "asked as about a photo");
        let check = teacher.get(&format!("/compose/check?post={post}")).await;
        assert!(check.text().contains("klaargemaakt"), "{}", check.text());
        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("it may come later");
        let page = mother.open(post).await.expect("hers");
        assert_eq!((page.films_to_come, page.pictures.len()), (1, 0));
        assert!(mother.get(&format!("/posts/{post}")).await.text().contains("Er wordt nog een film klaargemaakt."));
        assert_eq!(part(&mother, id, "film", &[]).await.status, StatusCode::NOT_FOUND);

        let mut read = test.portal.store.read().await.expect("connection");
        let before = read.last_live_seq().await.expect("asked");
        drop(read);
        test.work().await;
        let mut read = test.portal.store.read().await.expect("connection");
        let told = read.list_live_events(school.mother.account, before).await.expect("asked");
        drop(read);
        assert!(told.iter().any(|row| row.event.contains(&post.to_string())), "open pages are told");
        let page = mother.open(post).await.expect("hers");
        assert_eq!((page.films_to_come, page.pictures.len(), page.pictures[0].film), (0, 1, Some(2)));
        let html = mother.get(&format!("/posts/{post}")).await.text();
        assert!(html.contains("<video") && html.contains("preload=\"none\""), "{html}");
        assert!(mother.get("/").await.text().contains("0:02"), "the card says how long it lasts");

        let whole = part(&mother, id, "film", &[]).await;
        assert_eq!((whole.status, header(&whole, "content-type")), (StatusCode::OK, "video/mp4"));
        assert_eq!((header(&whole, "accept-ranges"), header(&whole, "content-encoding")), ("bytes", ""));
        assert!(!whole.body.windows(5).any(|word| word == b"+52.1"), "where it was recorded is nobody's business");
        let compressed = part(&mother, id, "film", &[("accept-encoding", "br, gzip")]).await;
        assert_eq!(compressed.body, whole.body, "a film goes as it is");
        let some = part(&mother, id, "film", &[("range", "bytes=10-19")]).await;
        assert_eq!((some.status, some.body.as_slice()), (StatusCode::PARTIAL_CONTENT, &whole.body[10..20]));
        assert_eq!(header(&some, "content-range"), format!("bytes 10-19/{}", whole.body.len()));
        let last = part(&mother, id, "film", &[("range", "bytes=-5")]).await;
        assert_eq!(last.body, whole.body[whole.body.len() - 5..]);
        let other = part(&mother, id, "film", &[("range", "bytes=0-1"), ("if-range", "\"x\"")]).await;
        assert_eq!((other.status, other.body.len()), (StatusCode::OK, whole.body.len()));
        let beyond = part(&mother, id, "film", &[("range", "bytes=99999999-")]).await;
        assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
        for variant in ["small", "medium", "large"] {
            assert_eq!(part(&mother, id, variant, &[]).await.status, StatusCode::OK);
        }
        assert_eq!(part(&mother, id, "document", &[]).await.status, StatusCode::NOT_FOUND);

        for person in [&school.bram_father, &school.barred, &school.teacher7, &school.office, &foreign.director] {
            for headers in [&[][..], &[("range", "bytes=0-1")], &[("if-none-match", header(&whole, "etag"))]] {
                let answer = part(&test.as_(person).await, id, "film", headers).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", person.name);
            }
        }
        assert_eq!(part(&test.anonymous(), id, "film", &[]).await.status, StatusCode::NOT_FOUND);
        // Somebody for whom there is no yes turns out to be in it: gone, at the next request.
        let mut write = test.portal.store.write().await.expect("transaction");
        write.tag_child(school.id, id, school.sanne).await.expect("tagged");
        write.commit().await.expect("committed");
        assert_eq!(part(&mother, id, "film", &[("range", "bytes=0-1")]).await.status, StatusCode::NOT_FOUND);
        assert!(mother.open(post).await.expect("hers").pictures.is_empty());
        teacher.delete(post).await.expect("deleted");
        test.work().await;
        assert_eq!(test.stored_files(), Vec::<String>::new());
    }
}

#[tokio::test]
async fn a_yes_taken_back_while_a_film_is_in_work_counts_when_it_is_made() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let [teacher, mother] = [test.as_(&school.teacher5).await, test.as_(&school.mother).await];
        mother.let_be_pictured(school.sanne, "yes").await;
        let post = draft(&test, &teacher, &school).await;
        let shown = teacher.upload(post, "een.mp4", &film()).await.expect("taken");
        let mut write = test.portal.store.write().await.expect("transaction");
        write.tag_child(school.id, shown, school.sanne).await.expect("tagged");
        write.commit().await.expect("committed");
        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("it may come later");
        assert_eq!(mother.open(post).await.expect("hers").films_to_come, 1);
        mother.let_be_pictured(school.sanne, "no").await;
        test.work().await;
        let bram_mother = test.as_(&school.bram_mother).await;
        for client in [&mother, &bram_mother, &teacher] {
            let page = client.open(post).await.expect("theirs");
            assert!(page.pictures.is_empty(), "{page:?}");
            for name in ["film", "small", "medium", "large"] {
                let answer = part(client, shown, name, &[]).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{name}");
            }
        }
    }
}

#[tokio::test]
async fn a_broken_film_says_so() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = draft(&test, &teacher, &school).await;
    let mut cut = film();
    cut.truncate(cut.len() / 3);
    teacher.upload(post, "half.mp4", &cut).await.expect("taken");
    teacher.nobody_is_pictured(post).await;
    teacher.publish(post).await.expect("it may come later");
    test.work().await;
    let picture = only(&teacher, post).await;
    assert_eq!((picture.state, picture.error.as_deref()), (MediaState::Failed, Some("broken")));
    let page = teacher.open(post).await.expect("own");
    assert_eq!((page.films_to_come, page.films_failed), (0, 1), "its author gets to know");
    let page = test.as_(&school.mother).await.open(post).await.expect("hers");
    assert_eq!((page.films_to_come, page.films_failed), (0, 0));
    assert_eq!(test.stored_files(), Vec::<String>::new());
    assert_eq!(std::fs::read_dir(&test.portal.scratch).expect("a folder").count(), 0, "the work folder is empty");
}

#[tokio::test]
async fn work_on_a_film_that_was_cut_off_begins_again() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = draft(&test, &teacher, &school).await;
    teacher.upload(post, "film.mp4", &film()).await.expect("taken");
    let photo = teacher.upload(post, "a.jpg", &photo(1)).await.expect("taken");
    let now = test.portal.clock.now();
    let mut write = test.portal.store.write().await.expect("transaction");
    let job = write.take_job(Lane::Films, now, now.plus(5 * Time::MINUTE)).await.expect("asked").expect("the work");
    write.commit().await.expect("committed");
    test.work().await;
    let states = async || teacher.tray(post).await.expect("own").iter().map(|one| one.state).collect::<Vec<_>>();
    assert_eq!(states().await, [MediaState::Working, MediaState::Ready], "photos don't wait for films");
    assert_eq!(teacher.picture(photo, "small").await.status, StatusCode::OK);
    // Whoever still works on it keeps it.
    test.portal.clock.advance(4 * Time::MINUTE);
    let mut write = test.portal.store.write().await.expect("transaction");
    write.hold_job(job.id, test.portal.clock.now().plus(5 * Time::MINUTE)).await.expect("held");
    write.commit().await.expect("committed");
    test.portal.clock.advance(4 * Time::MINUTE);
    test.work().await;
    assert_eq!(states().await[0], MediaState::Working);
    test.portal.clock.advance(Time::MINUTE);
    test.work().await;
    assert_eq!(states().await, [MediaState::Ready; 2]);
}

#[tokio::test]
async fn a_document_is_passed_on_as_it_is_to_be_kept() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let mother = test.as_(&school.mother).await;
    let post = draft(&test, &teacher, &school).await;
    let id = teacher.upload(post, "Paklijst \u{e9}\u{e9}n.exe", PDF).await.expect("taken");
    test.work().await;
    let document = only(&teacher, post).await;
    assert_eq!((document.kind, document.state, document.picture), (MediaKind::Document, MediaState::Ready, None));
    assert_eq!(document.author.as_deref(), Some("Juf Anna"));
    assert!(teacher.get(&format!("/compose?post={post}")).await.text().contains("de naam Juf Anna"));
    assert_eq!(part(&mother, id, "document", &[]).await.status, StatusCode::NOT_FOUND, "not published yet");
    teacher.publish(post).await.expect("nobody is in a document");
    let page = mother.open(post).await.expect("hers");
    let file = &page.files[0];
    assert_eq!((file.id, file.name.as_str(), file.about.as_str()), (id, "Paklijst één.exe.pdf", "PDF, 1 kB"));
    assert!(page.pictures.is_empty());
    assert!(mother.get(&format!("/posts/{post}")).await.text().contains(&format!("/media/{id}/document")));
    let answer = part(&mother, id, "document", &[]).await;
    assert_eq!((answer.status, answer.body.as_slice()), (StatusCode::OK, PDF));
    assert_eq!(header(&answer, "content-type"), "application/pdf");
    assert_eq!(header(&answer, "x-content-type-options"), "nosniff");
    assert!(header(&answer, "content-security-policy").contains("sandbox"));
    let name = header(&answer, "content-disposition");
    assert!(name.starts_with("attachment; filename=\"Paklijst __n.exe.pdf\"; filename*=UTF-8''Paklijst%20"), "{name}");
    for other in ["film", "small"] {
        assert_eq!(part(&mother, id, other, &[]).await.status, StatusCode::NOT_FOUND, "{other}");
    }
    for person in [&school.bram_father, &school.teacher7, &school.office] {
        let answer = part(&test.as_(person).await, id, "document", &[]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", person.name);
    }
    teacher.delete(post).await.expect("deleted");
    test.work().await;
    assert_eq!(test.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn documents_that_could_do_harm_are_refused() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let post = draft(&test, &teacher, &school).await;
    for (name, content, wanted) in [
        ("a.pdf", &b"%PDF-1.7\n<< /S /JavaScript >>\nstartxref\n0\n%%EOF"[..], "macros"),
        ("b.pdf", b"%PDF-1.7\n<< /Encrypt 1 0 R >>\nstartxref\n0\n%%EOF", "encrypted"),
        ("c.pdf", b"%PDF-1.7\n<<", "broken"),
        ("d.txt", b"<script>alert(1)</script>", "not-a-picture"),
        ("e.svg", b"<svg onload='alert(1)'/>", "unsupported"),
        ("f.mp4", b"ffconcat version 1.0\nfile /etc/passwd", "not-a-picture"),
        ("g.zip", b"PK\x03\x04", "broken"),
    ] {
        let error = teacher.upload(post, name, content).await.expect_err(name);
        assert_eq!(error.problem_of("file"), Some(&Problem::File { code: wanted.to_owned() }), "{name}");
    }
    let large = [b"%PDF-1.7\n".as_slice(), &vec![b' '; 25_000_001]].concat();
    let error = teacher.upload(post, "large.pdf", &large).await.expect_err("too large");
    assert_eq!(error.problem_of("file"), Some(&Problem::File { code: "too-large".to_owned() }));
    assert!(teacher.tray(post).await.expect("own").is_empty());
    assert_eq!(test.stored_files(), Vec::<String>::new());
}

#[tokio::test]
async fn subtitles_belong_to_a_film() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        let post = draft(&test, &teacher, &school).await;
        let subrip = |words: &str| format!("1\n00:00:00,500 --> 00:00:01,500\n<b>{words}</b>\n");
        let refused = |error: ApiError| error.problem_of("file").cloned();
        let code = |code: &str| Some(Problem::File { code: code.to_owned() });
        let error = teacher.upload(post, "film.srt", subrip("Hallo").as_bytes()).await.expect_err("of what?");
        assert_eq!(refused(error), code("no-film"));
        let id = teacher.upload(post, "film.mp4", &film()).await.expect("taken");
        let error = teacher.upload(post, "film.srt", b"geen tijden").await.expect_err("no times");
        assert_eq!(refused(error), code("broken"));
        let taken =
            teacher.upload(post, "film.srt", subrip("Hallo").as_bytes()).await.expect("taken, before it is made");
        assert_eq!(taken, id, "a part of the film");
        test.work().await;
        assert_eq!(only(&teacher, post).await.state, MediaState::Ready);
        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("published");
        let answer = part(&mother, id, "subtitles", &[]).await;
        assert_eq!((answer.status, header(&answer, "content-type")), (StatusCode::OK, "text/vtt; charset=utf-8"));
        assert_eq!(answer.text(), "WEBVTT\n\n00:00:00.500 --> 00:00:01.500\nHallo\n");
        let etag = header(&answer, "etag").to_owned();
        assert!(mother.get(&format!("/posts/{post}")).await.text().contains(&format!("/media/{id}/subtitles")));
        for person in [&school.bram_father, &school.barred, &school.teacher7, &school.office] {
            let answer = part(&test.as_(person).await, id, "subtitles", &[]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", person.name);
        }
        assert_eq!(part(&test.anonymous(), id, "subtitles", &[]).await.status, StatusCode::NOT_FOUND);
        // Better ones take their place, also in caches.
        test.portal.clock.advance(Time::SECOND);
        teacher.upload(post, "beter.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\nDag").await.expect("taken");
        let answer = part(&mother, id, "subtitles", &[("if-none-match", &etag)]).await;
        assert_eq!((answer.status, answer.text().contains("Dag")), (StatusCode::OK, true));
        // They go with the film.
        let picture = [("post", post.to_string()), ("picture", id.to_string())];
        let picture = picture.each_ref().map(|(name, value)| (*name, value.as_str()));
        teacher.call::<()>("/api/posts/remove-picture", &picture).await.expect("removed");
        test.work().await;
        assert_eq!(part(&mother, id, "subtitles", &[]).await.status, StatusCode::NOT_FOUND);
        assert!(test.stored_files().is_empty(), "{:?}", test.stored_files());
    }
}
