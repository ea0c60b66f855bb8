//! Paper forms: read in by the office, with their scan; who may see it; and how both go again.

use crate::support::{
    Answer, Client, Person, School, TestPortal,
    posts::{field, photo},
};
use app::PAPER_FORM;
use axum::http::StatusCode;
use domain::preferences::verify;
use media::{Kind, hidden_data, sniff};
use model::{
    ApiError, ChildId, FormId, GuardianshipId, PurposeId, Time,
    consent::{AnsweredBy, Effective, OwnHistory},
    error::Conflict,
    people::{ChildPage, FormerPage},
};

/// A PDF, as far as it is looked through.
const PDF: &[u8] = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\nstartxref\n0\n%%EOF\n";

async fn child_page(client: &Client, child: ChildId) -> ChildPage {
    client.ask("/api/people/child", &[("child", &child.to_string())]).await.expect("the office's page")
}

/// The guardianship by which somebody is a guardian of a child.
async fn guardianship(test: &TestPortal, school: &School, child: ChildId, of: &Person) -> GuardianshipId {
    let mut read = test.portal.store.read().await.expect("connection");
    let rows = read.list_guardians(school.id, &[child].into_iter().collect()).await.expect("asked");
    rows.iter().find(|row| row.account_id == of.account).expect("a guardian").id
}

/// Sends a form as a browser without JavaScript does.
async fn record(
    client: &Client,
    child: ChildId,
    of: Option<GuardianshipId>,
    answers: &[(PurposeId, &str)],
    file: Option<(&str, &[u8])>,
) -> Answer {
    let (child, of) = (child.to_string(), of.map(|id| id.to_string()).unwrap_or_default());
    let answers: Vec<(String, &str)> = answers.iter().map(|(id, word)| (format!("answer:{id}"), *word)).collect();
    let mut parts = vec![field("child", &child), field("guardianship", &of)];
    parts.extend(answers.iter().map(|(name, word)| field(name, word)));
    if let Some((name, content)) = file {
        parts.push(("file", Some(name), content));
    }
    client.send_form(PAPER_FORM, Some(&format!("/people/child/{child}")), &parts).await
}

async fn forms(client: &Client, child: ChildId) -> Vec<FormId> {
    child_page(client, child).await.paper.expect("for the office").recorded.iter().map(|form| form.id).collect()
}

async fn own_forms(client: &Client, child: ChildId) -> Vec<FormId> {
    let page: OwnHistory =
        client.ask("/api/preferences/history", &[("child", &child.to_string())]).await.expect("own child");
    page.answers.iter().filter_map(|answer| answer.form).collect()
}

fn scans(test: &TestPortal) -> Vec<String> {
    test.stored_files().into_iter().filter(|file| file.starts_with("forms/")).collect()
}

#[tokio::test]
async fn a_form_is_read_in_and_counts_as_any_answer() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let office = test.as_(&school.office).await;
        let mother = test.as_(&school.mother).await;
        let page = child_page(&office, school.sanne).await;
        let paper = page.paper.expect("for the office");
        assert!(!paper.is_pupils && paper.recorded.is_empty());
        let html = office.get(&format!("/people/child/{}", school.sanne)).await.text();
        assert!(html.contains("Papieren formulier van Mama de Vries invoeren"), "{html}");
        assert!(html.contains("Papieren formulier van Papa de Vries invoeren"), "{html}");
        assert!(!html.contains("checked"), "nothing is chosen beforehand: {html}");
        let of = guardianship(&test, &school, school.sanne, &school.mother).await;
        let [first, second, third] = [0, 1, 2].map(|n: usize| paper.purposes[n].0);
        let answers = [(first, "yes"), (second, "no"), (third, "")];
        let source = photo(9);
        let sent = record(&office, school.sanne, Some(of), &answers, Some(("formulier.jpg", &source))).await;
        let there = format!("/people/child/{}", school.sanne);
        assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, there.as_str()), "{}", sent.text());
        let rows = mother.preferences(school.sanne).await.expect("own child").rows;
        let own: Vec<_> = rows[..3].iter().map(|row| row.own.as_ref().map(|own| (own.yes, own.how))).collect();
        assert_eq!(own, [Some((true, AnsweredBy::PaperForm)), Some((false, AnsweredBy::PaperForm)), None]);
        assert_eq!(rows[0].effective, Effective::Yes);
        // Sent again it is the same form.
        record(&office, school.sanne, Some(of), &answers, Some(("formulier.jpg", &source))).await;
        let [form] = forms(&office, school.sanne).await[..] else { panic!("one form") };
        assert_eq!(scans(&test), [format!("forms/{}", form.0.simple())]);
        assert_eq!(own_forms(&mother, school.sanne).await, [form, form]);
        let html = mother.get(&format!("/children/{}/preferences/history", school.sanne)).await.text();
        assert!(html.contains("Op een papieren formulier, ingevoerd door de school"), "{html}");
        assert!(html.contains(&format!("/forms/{form}")) && !html.contains("Kees"), "{html}");

        // Nothing of the camera is in what is kept, and the row holds its hash.
        let answer = mother.get(&format!("/forms/{form}")).await;
        assert_eq!((answer.status, sniff(&answer.body).expect("a picture")), (StatusCode::OK, Kind::WebP));
        assert_eq!(hidden_data(&answer.body), []);
        let header = |name: &str| answer.headers[name].to_str().expect("text").to_owned();
        assert!(header("content-disposition").starts_with("attachment; "), "{}", header("content-disposition"));
        assert_eq!(
            (header("cache-control").as_str(), header("x-content-type-options").as_str()),
            ("no-store", "nosniff")
        );
        assert!(header("content-security-policy").contains("sandbox"));
        let mut read = test.portal.store.read().await.expect("connection");
        let row = read.find_paper_form(form).await.expect("asked").expect("there");
        let hash = <sha2::Sha256 as sha2::Digest>::digest(&answer.body).to_vec();
        assert_eq!(
            (row.file_hash, row.bytes, row.recorded_by),
            (hash, answer.body.len() as i64, school.office.account)
        );
        assert_eq!(row.account_id, Some(school.mother.account.0));
        assert_eq!(verify(&mut read).await.expect("looked").broken, Vec::<String>::new());
        drop(read);

        // She changes it as any other answer; that is no form any more.
        mother.says(school.sanne, "no").await;
        let row = mother.preferences(school.sanne).await.expect("own child").rows.remove(0);
        assert_eq!((row.own.expect("hers").how, row.effective), (AnsweredBy::Guardian, Effective::No));
        assert_eq!(own_forms(&mother, school.sanne).await.len(), 2);
    }
}

#[tokio::test]
async fn only_the_school_and_its_guardian_see_a_form() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let office = test.as_(&school.office).await;
    let of = guardianship(&test, &school, school.sanne, &school.mother).await;
    let purpose = child_page(&office, school.sanne).await.paper.expect("for the office").purposes[0].0;
    record(&office, school.sanne, Some(of), &[(purpose, "yes")], Some(("f.pdf", PDF))).await;
    let form = forms(&office, school.sanne).await[0];
    let path = format!("/forms/{form}");
    for person in [&school.mother, &school.office, &school.director] {
        let answer = test.as_(person).await.get(&path).await;
        assert_eq!((answer.status, answer.body.as_slice()), (StatusCode::OK, PDF), "{}", person.name);
        assert_eq!(answer.headers["content-type"], "application/pdf");
    }
    let unknown = office.get("/forms/0198ffff-ffff-7fff-bfff-ffffffffffff").await;
    for person in [
        &school.father,
        &school.bram_mother,
        &school.bram_father,
        &school.barred,
        &school.teacher5,
        &school.teacher7,
        &school.specialist,
        &foreign.director,
        &foreign.office,
    ] {
        let answer = test.as_(person).await.get(&path).await;
        assert_eq!((answer.status, &answer.body), (StatusCode::NOT_FOUND, &unknown.body), "{}", person.name);
    }
    assert_eq!(test.anonymous().get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(office.get("/forms/x").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_not_right_leaves_nothing() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let office = test.as_(&school.office).await;
    let mothers = guardianship(&test, &school, school.sanne, &school.mother).await;
    let brams = guardianship(&test, &school, school.bram, &school.bram_mother).await;
    let limited = guardianship(&test, &school, school.bram, &school.bram_father).await;
    let barred = guardianship(&test, &school, school.bram, &school.barred).await;
    let elsewhere = guardianship(&test, &foreign, foreign.sanne, &foreign.mother).await;
    let asked = child_page(&office, school.sanne).await.paper.expect("for the office").purposes;
    let yes = [(asked[0].0, "yes")];
    let scan = photo(3);
    let file = Some(("f.jpg", scan.as_slice()));
    let status = async |child, of, answers: &[_], file| record(&office, child, of, answers, file).await.status;
    for person in [&school.mother, &school.teacher5, &school.specialist, &foreign.director, &foreign.office] {
        let client = test.as_(person).await;
        let answer = record(&client, school.sanne, Some(mothers), &yes, file).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", person.name);
        assert!(!answer.text().contains("Papa"), "{}", person.name);
    }
    let sent = record(&test.anonymous(), school.sanne, Some(mothers), &yes, file).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/sign-in?next=/people"));
    for of in [brams, elsewhere] {
        assert_eq!(status(school.sanne, Some(of), &yes, file).await, StatusCode::NOT_FOUND, "of another child");
    }
    assert_eq!(status(foreign.sanne, Some(elsewhere), &yes, file).await, StatusCode::NOT_FOUND);
    for of in [limited, barred] {
        let answer = record(&office, school.bram, Some(of), &yes, file).await;
        assert_eq!(answer.status, StatusCode::CONFLICT);
    }
    let answer = record(&office, school.sanne, None, &yes, file).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "a pupil below 16 does not answer");
    // What can be put right comes back as it was filled in.
    for (answers, file, words) in [
        (yes.as_slice(), None, "Vul dit in."),
        (&[], file, "Vul dit in."),
        (&yes, Some(("f.txt", b"Ik vind alles goed.".as_slice())), "Kies een foto of een PDF van het formulier."),
        (&yes, Some(("f.jpg", &scan[..2_000])), "beschadigd"),
        (&yes, Some(("f.jpg", b"".as_slice())), "Het bestand is leeg."),
    ] {
        let answer = record(&office, school.sanne, Some(mothers), answers, file).await;
        let html = answer.text();
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{html}");
        assert!(html.contains(words), "{words}: {html}");
        assert_eq!(html.matches(" checked").count(), answers.len(), "{html}");
    }
    let mut read = test.portal.store.read().await.expect("connection");
    assert_eq!(read.list_paper_forms(school.sanne).await.expect("asked").len(), 0);
    assert_eq!(read.list_record(school.sanne).await.expect("asked"), []);
    drop(read);
    assert_eq!(scans(&test), Vec::<String>::new());
}

#[tokio::test]
async fn a_pupil_of_sixteen_answers_on_paper() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        // The sixteenth birthday is tomorrow.
        let pien = test.add_pien(&school, "2010-11-17", &[&school.mother, &school.father]).await;
        let of = guardianship(&test, &school, pien, &school.mother).await;
        let mother = test.as_(&school.mother).await;
        mother.says(pien, "yes").await;
        let row = mother.preferences(pien).await.expect("own child").rows.remove(0);
        assert_eq!(row.effective, Effective::Yes);
        test.portal.clock.advance(Time::DAY);
        let (mother, office) = (test.as_(&school.mother).await, test.as_(&school.office).await);
        let page = mother.preferences(pien).await.expect("own child");
        assert_eq!((page.can_answer, page.rows[0].effective), (false, Effective::Unset), "it stops counting");
        let refused = mother.answers(pien, row.purpose, "no").await.expect_err("the pupil decides");
        assert_eq!(refused, ApiError::conflict(Conflict::NotTheirs));
        assert!(child_page(&office, pien).await.paper.expect("for the office").is_pupils);
        let html = office.get(&format!("/people/child/{pien}")).await.text();
        assert!(html.contains("Papieren formulier van Pien de Vries invoeren"), "{html}");
        assert!(!html.contains("Papieren formulier van Mama"), "{html}");
        let answers = [(row.purpose, "yes")];
        let scan = photo(5);
        let by_mother = record(&office, pien, Some(of), &answers, Some(("f.jpg", &scan))).await;
        assert_eq!(by_mother.status, StatusCode::CONFLICT);
        let sent = record(&office, pien, None, &answers, Some(("f.jpg", &scan))).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.text());
        assert_eq!(mother.preferences(pien).await.expect("own child").rows[0].effective, Effective::Yes);
        let form = forms(&office, pien).await[0];
        assert_eq!(office.get(&format!("/forms/{form}")).await.status, StatusCode::OK);
        assert_eq!(mother.get(&format!("/forms/{form}")).await.status, StatusCode::NOT_FOUND, "it is not hers");
        assert_eq!(own_forms(&mother, pien).await, []);
        let mut read = test.portal.store.read().await.expect("connection");
        let record = read.list_record(pien).await.expect("asked");
        assert_eq!((record.len(), record[1].how, record[1].account_id), (2, AnsweredBy::Pupil, None));
    }
}

#[tokio::test]
async fn scans_without_a_row_are_swept() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let office = test.as_(&school.office).await;
    let of = guardianship(&test, &school, school.sanne, &school.mother).await;
    let purpose = child_page(&office, school.sanne).await.paper.expect("for the office").purposes[0].0;
    record(&office, school.sanne, Some(of), &[(purpose, "yes")], Some(("f.pdf", PDF))).await;
    let kept = scans(&test);
    let mut read = test.portal.store.read().await.expect("connection");
    let taken = read.count_space(school.id, test.portal.clock.now()).await.expect("counted");
    drop(read);
    assert_eq!(taken, PDF.len() as i64, "a scan takes space of the school's");
    let loose: FormId = test.portal.clock.new_id();
    let path = object_store::path::Path::from(format!("forms/{}", loose.0.simple()));
    object_store::ObjectStoreExt::put(&*test.portal.files, &path, object_store::PutPayload::from("x"))
        .await
        .expect("put");
    for (hours, count) in [(23, 2), (26, 1)] {
        test.portal.clock.advance(hours * Time::HOUR);
        domain::jobs::start(&test.portal).await.expect("planned");
        test.work().await;
        assert_eq!(scans(&test).len(), count, "after {hours} more hours");
    }
    assert_eq!(scans(&test), kept);
}

async fn former(client: &Client) -> Result<FormerPage, ApiError> {
    client.ask("/api/people/former", &[]).await
}

async fn erase(client: &Client, child: ChildId, reason: &str) -> Result<(), ApiError> {
    client.call("/api/people/erase-answers", &[("child", &child.to_string()), ("reason", reason)]).await
}

#[tokio::test]
async fn directors_erase_what_was_answered_about_children_who_left() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let (director, office) = (test.as_(&school.director).await, test.as_(&school.office).await);
        let mother = test.as_(&school.mother).await;
        mother.says(school.sanne, "no").await;
        mother.says(school.otto, "yes").await;
        let of = guardianship(&test, &school, school.sanne, &school.mother).await;
        let purpose = child_page(&office, school.sanne).await.paper.expect("for the office").purposes[1].0;
        record(&office, school.sanne, Some(of), &[(purpose, "yes")], Some(("f.pdf", PDF))).await;
        let form = forms(&office, school.sanne).await[0];
        assert_eq!(former(&director).await.expect("a director").children, []);
        assert_eq!(erase(&director, school.sanne, "Verzoek").await, Err(ApiError::conflict(Conflict::ChildIsHere)));
        let child = school.sanne.to_string();
        director.call::<()>("/api/people/remove-child", &[("child", &child)]).await.expect("left");
        assert_eq!(
            mother.get(&format!("/forms/{form}")).await.status,
            StatusCode::NOT_FOUND,
            "she is no guardian here"
        );
        for person in [&school.office, &school.teacher5, &school.mother, &foreign.director] {
            let client = test.as_(person).await;
            assert_eq!(erase(&client, school.sanne, "Verzoek").await, Err(ApiError::NotFound), "{}", person.name);
            let page = client.get("/people/former").await;
            assert!(!page.text().contains("Sanne de Vries"), "{}", person.name);
        }
        let page = former(&director).await.expect("a director");
        let [sanne] = page.children.as_slice() else { panic!("{page:?}") };
        assert_eq!((sanne.name.as_str(), sanne.group.as_deref()), ("Sanne de Vries", Some("Groep 5")));
        assert!(sanne.erased.is_none() && page.older.is_none());
        assert!(erase(&director, school.sanne, " ").await.expect_err("a reason").problem_of("reason").is_some());
        // Without JavaScript.
        let values = [("child", child.as_str()), ("reason", "Verzoek van de ouders"), ("next", "/people/former")];
        let sent = director.post_form("/api/people/erase-answers", "/people/former", &values).await;
        assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, "/people/former"));
        let html = director.get("/people/former").await.text();
        assert!(html.contains("Verzoek van de ouders") && html.contains("De antwoorden zijn gewist:"), "{html}");
        assert!(!html.contains("name=\"reason\""), "there is nothing left to erase: {html}");
        assert_eq!(scans(&test), Vec::<String>::new());
        assert_eq!(office.get(&format!("/forms/{form}")).await.status, StatusCode::NOT_FOUND);
        let marker = former(&director).await.expect("a director").children.remove(0).erased;
        test.portal.clock.advance(Time::HOUR);
        erase(&director, school.sanne, "Nog eens").await.expect("twice changes nothing");
        let again = former(&director).await.expect("a director").children.remove(0).erased;
        assert_eq!(
            marker.as_ref().map(|marker| (&marker.reason, &marker.at.machine)),
            again.as_ref().map(|marker| (&marker.reason, &marker.at.machine))
        );
        let mut read = test.portal.store.read().await.expect("connection");
        assert_eq!(read.list_record(school.sanne).await.expect("asked"), []);
        assert_eq!(read.list_paper_forms(school.sanne).await.expect("asked").len(), 0);
        let verified = verify(&mut read).await.expect("looked");
        assert_eq!((verified.children, verified.answers, verified.broken), (1, 1, Vec::new()), "Otto's is as it was");
        drop(read);
        assert_eq!(
            test.as_(&school.mother).await.preferences(school.otto).await.expect("own").rows[0].effective,
            Effective::Yes
        );
    }
}
