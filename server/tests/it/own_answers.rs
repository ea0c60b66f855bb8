//! What a guardian has answered, as that guardian alone sees it; and the card that asks what is open.

use crate::support::{Client, School, TestPortal};
use axum::http::{StatusCode, header};
use model::{
    AnswerId, ApiError, ChildId, PurposeId, Time,
    account::{SchoolSettings, Viewer},
    consent::{AnsweredBy, Effective, OwnHistory, OwnRecord, ReceiptPage},
};
use uuid::Uuid;

async fn history(client: &Client, child: ChildId) -> Vec<OwnRecord> {
    let page: OwnHistory =
        client.ask("/api/preferences/history", &[("child", &child.to_string())]).await.expect("own child");
    page.answers
}

async fn receipt(client: &Client, child: ChildId, answer: AnswerId) -> Result<ReceiptPage, ApiError> {
    let (child, answer) = (child.to_string(), answer.to_string());
    client.ask("/api/preferences/receipt", &[("child", &child), ("answer", &answer)]).await
}

async fn viewer(client: &Client) -> Viewer {
    client.ask::<Option<Viewer>>("/api/account/viewer", &[]).await.expect("asked").expect("signed in")
}

/// Asks the first question in other words.
async fn reword(test: &TestPortal, school: &School) {
    let mut write = test.portal.store.write().await.expect("transaction");
    let now = test.portal.clock.now();
    let mut row = write.list_purposes(school.id).await.expect("rows").remove(0);
    write.supersede_purpose(school.id, &row.key, now).await.expect("superseded");
    row.id = test.portal.clock.new_id();
    row.version += 1;
    row.texts = r#"{"nl":{"title":"Opnieuw gevraagd","text":"In andere woorden."}}"#.into();
    write.create_purpose(&row, now).await.expect("created");
    write.commit().await.expect("committed");
}

/// Changes what the school has set.
async fn all_must_agree(test: &TestPortal, school: &School) {
    let settings = SchoolSettings { all_must_agree: true, ..SchoolSettings::default() };
    let mut write = test.portal.store.write().await.expect("transaction");
    let json = serde_json::to_string(&settings).expect("JSON");
    write.set_school_settings(school.id, &json).await.expect("set");
    write.commit().await.expect("committed");
}

#[tokio::test]
async fn every_answer_stands_with_its_words_and_its_receipt() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let mother = test.as_(&school.mother).await;
        let first = mother.preferences(school.sanne).await.expect("own child").rows.remove(0);
        let yes = mother.says(school.sanne, "yes").await;
        // One picture shows her; of another one nobody has said whether she is in it, because nobody had to ask.
        test.pictured(&school, 10, &[school.sanne]).await;
        test.pictured(&school, 20, &[]).await;
        let no = mother.says(school.sanne, "no").await;
        reword(&test, &school).await;
        test.portal.clock.advance(Time::HOUR);
        let again = mother.says(school.sanne, "yes").await;
        let answers = history(&mother, school.sanne).await;
        assert_eq!(answers.iter().map(|answer| answer.id).collect::<Vec<_>>(), [again, no, yes], "newest first");
        assert_eq!(answers.iter().map(|answer| answer.yes).collect::<Vec<_>>(), [true, false, true]);
        assert!(answers.iter().all(|answer| answer.how == AnsweredBy::Guardian && answer.form.is_none()));
        assert_eq!((answers[0].title.as_str(), answers[0].is_current), ("Opnieuw gevraagd", true));
        assert_eq!((&answers[1].title, &answers[1].text, answers[1].is_current), (&first.title, &first.text, false));
        let counts: Vec<_> = answers.iter().map(|answer| (answer.hidden, answer.to_review)).collect();
        assert_eq!(counts, [(0, 0), (1, 1), (0, 0)]);

        let page = receipt(&mother, school.sanne, no).await.expect("her own");
        assert_eq!((page.by.as_str(), page.child.name.as_str(), &page.answer), ("Mama de Vries", "Sanne", &answers[1]));
        let base = format!("/children/{}/preferences", school.sanne);
        let html = mother.get(&format!("{base}/receipt/{no}")).await.text();
        for words in ["Mama de Vries heeft dit geantwoord over Sanne.", "Eén foto is meteen", "kijkt nog één foto na"]
        {
            assert!(html.contains(words), "{words}: {html}");
        }
        let html = mother.get(&format!("{base}/history")).await.text();
        for words in ["Opnieuw gevraagd", "In andere woorden.", first.title.as_str(), "Door u, in dit portaal"] {
            assert!(html.contains(words), "{words}: {html}");
        }
        assert!(history(&mother, school.otto).await.is_empty(), "another child is another matter");
        let empty = mother.get(&format!("/children/{}/preferences/history", school.otto)).await.text();
        assert!(empty.contains("U hebt nog niets geantwoord."), "{empty}");
    }
}

/// Ids differ from portal to portal; all else that is told of an answer is compared.
fn without_ids(mut answers: Vec<OwnRecord>) -> Vec<OwnRecord> {
    for answer in &mut answers {
        (answer.id, answer.purpose) = (AnswerId(Uuid::nil()), PurposeId(Uuid::nil()));
    }
    answers
}

#[tokio::test]
async fn nothing_is_told_of_another_guardian() {
    for (alone, test) in
        [(TestPortal::new().await, TestPortal::new().await), (TestPortal::new().await, TestPortal::on_postgres().await)]
    {
        // The same twice, once with a father who answers before, in between and after.
        let mut told = Vec::new();
        for (portal, with_father) in [(&alone, false), (&test, true)] {
            let school = School::new(portal, "ikker").await;
            let (mother, father) = (portal.as_(&school.mother).await, portal.as_(&school.father).await);
            let mut fathers = Vec::new();
            if with_father {
                fathers.push(father.says(school.sanne, "no").await);
                fathers.push(father.says(school.sanne, "yes").await);
            }
            let mothers = mother.says(school.sanne, "yes").await;
            portal.pictured(&school, 10, &[school.sanne]).await;
            if with_father {
                // This one hides a picture, and that stands on his record alone.
                fathers.push(father.says(school.sanne, "no").await);
                assert_eq!(history(&father, school.sanne).await[0].hidden, 1);
            }
            let base = format!("/children/{}/preferences", school.sanne);
            let child = school.sanne.to_string();
            let mut pages = vec![
                mother.get("/").await.text(),
                mother.get(&base).await.text(),
                mother.get(&format!("{base}?answered={mothers}")).await.text(),
                mother.get(&format!("{base}/history")).await.text(),
                mother.get(&format!("{base}/receipt/{mothers}")).await.text(),
            ];
            for (path, values) in [
                ("/api/preferences/find", vec![("child", child.as_str())]),
                ("/api/preferences/history", vec![("child", child.as_str())]),
            ] {
                pages.push(mother.ask::<serde_json::Value>(path, &values).await.expect("hers").to_string());
            }
            for fathers in &fathers {
                assert_eq!(receipt(&mother, school.sanne, *fathers).await.expect_err("his"), ApiError::NotFound);
                assert_eq!(mother.get(&format!("{base}/receipt/{fathers}")).await.status, StatusCode::NOT_FOUND);
                assert_eq!(mother.get(&format!("{base}/history?before={fathers}")).await.status, StatusCode::NOT_FOUND);
                // Somebody else's answer, as an unknown one, is no receipt.
                let page = mother.get(&format!("{base}?answered={fathers}&hidden=7")).await.text();
                assert!(!page.contains("Uw antwoord is bewaard.") && !page.contains("verborgen"), "{page}");
            }
            let (account, email) = (school.father.account.to_string(), &school.father.email);
            for page in &pages {
                let simple = school.father.account.0.simple().to_string();
                for secret in ["Papa", email, &account, &simple, "\"seq\"", "\"hash\""] {
                    assert!(!page.contains(secret), "{secret} in {page}");
                }
                for fathers in &fathers {
                    assert!(!page.contains(&fathers.to_string()), "{page}");
                }
            }
            told.push((
                without_ids(history(&mother, school.sanne).await),
                without_ids(vec![receipt(&mother, school.sanne, mothers).await.expect("hers").answer]),
            ));
        }
        assert_eq!(told[0], told[1], "her record is the same with and without him");
    }
}

#[tokio::test]
async fn the_receipt_of_an_answer_comes_from_the_record() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let base = format!("/children/{}/preferences", school.sanne);
    let page = mother.get(&format!("{base}?answered={}&hidden=99", school.sanne)).await.text();
    assert!(!page.contains("99 foto") && !page.contains("Uw antwoord is bewaard."), "{page}");
    mother.says(school.sanne, "yes").await;
    test.pictured(&school, 10, &[school.sanne]).await;
    let no = mother.says(school.sanne, "no").await;
    let page = mother.get(&format!("{base}?answered={no}")).await.text();
    assert!(page.contains("Eén foto is meteen verborgen.") && page.contains(&format!("{base}/receipt/{no}")), "{page}");
    // A double tap is answered with the same receipt.
    assert_eq!(mother.says(school.sanne, "no").await, no);
    assert_eq!(history(&mother, school.sanne).await.len(), 2);
    // About one child only.
    let elsewhere = mother.get(&format!("/children/{}/preferences?answered={no}", school.otto)).await.text();
    assert!(!elsewhere.contains("Uw antwoord is bewaard."), "{elsewhere}");
    assert_eq!(receipt(&mother, school.otto, no).await.expect_err("of Sanne"), ApiError::NotFound);
}

#[tokio::test]
async fn a_long_history_has_pages() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let mut given = Vec::new();
    for word in ["yes", "no"].into_iter().cycle().take(51) {
        given.push(mother.says(school.sanne, word).await);
    }
    given.reverse();
    let child = school.sanne.to_string();
    let ask = async |before: &str| -> OwnHistory {
        mother.ask("/api/preferences/history", &[("child", &child), ("before", before)]).await.expect("hers")
    };
    let first = ask("").await;
    let ids = |page: &OwnHistory| page.answers.iter().map(|answer| answer.id).collect::<Vec<_>>();
    assert_eq!((ids(&first), first.older), (given[..50].to_vec(), Some(given[49])));
    let last = ask(&given[49].to_string()).await;
    assert_eq!((ids(&last), last.older), (given[50..].to_vec(), None));
}

#[tokio::test]
async fn the_page_says_who_answers() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let path = format!("/children/{}/preferences", school.sanne);
    let sentence = "Iedereen met gezag antwoordt voor zichzelf. Eén nee is genoeg.";
    let page = mother.get(&path).await.text();
    assert!(page.contains(sentence), "{page}");
    all_must_agree(&test, &school).await;
    let page = mother.get(&path).await.text();
    assert!(page.contains("Eén nee is genoeg, en het is pas ja als iedereen met gezag ja zegt."), "{page}");
    // Nothing differs for a child with one guardian.
    let bram = test.as_(&school.bram_mother).await.get(&format!("/children/{}/preferences", school.bram)).await.text();
    assert!(bram.contains("Eén nee is genoeg, en het is pas ja als iedereen met gezag ja zegt."), "{bram}");
}

#[tokio::test]
async fn from_sixteen_years_on_the_pupil_decides() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let pien = test.add_pien(&school, "2010-11-16", &[&school.mother]).await;
    let mother = test.as_(&school.mother).await;
    let page = mother.preferences(pien).await.expect("own child");
    assert!(!page.can_answer && page.rows[0].effective == Effective::Unset);
    let html = mother.get(&format!("/children/{pien}/preferences")).await.text();
    assert!(html.contains("Pien is 16 jaar of ouder en beslist zelf."), "{html}");
    assert!(!html.contains("name=\"answer\"") && !html.contains("nog open</span>"), "{html}");
}

#[tokio::test]
async fn what_is_open_is_asked_above_the_news_until_it_is_put_off() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    test.published(&teacher, "Naar het bos", &[school.group5]).await;
    let mut mother = test.as_(&school.mother).await;
    let first = viewer(&mother).await.ask_about.expect("open");
    assert_eq!(first, school.otto, "the first of her children");
    let card = format!("href=\"/children/{first}/preferences\"");
    let page = mother.get("/").await.text();
    assert!(page.contains(&card) && page.contains("18 vragen staan nog open."), "{page}");
    assert!(page.contains("Naar het bos"), "and the news is there");
    // Without JavaScript.
    let answer = mother.post_form("/api/preferences/postpone", "/", &[]).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/"));
    let cookie = answer.headers[header::SET_COOKIE].to_str().expect("text").to_owned();
    assert!(cookie.contains("Max-Age=1209600") && cookie.contains("HttpOnly"), "two weeks: {cookie}");
    mother.keep(&answer);
    assert!(!mother.get("/").await.text().contains(&card));
    assert!(viewer(&mother).await.open_preferences > 0, "it is still open, on the page with everything else");
    // Somebody else in the same browser, and she in another one, are asked.
    let mut father = test.as_(&school.father).await;
    father.cookies.extend(mother.cookies.iter().filter(|cookie| cookie.contains("later")).cloned());
    assert!(father.get("/").await.text().contains(&card));
    assert!(test.as_(&school.mother).await.get("/").await.text().contains(&card));
    for person in [&school.teacher5, &school.bram_father, &school.barred] {
        assert_eq!(viewer(&test.as_(person).await).await.ask_about, None, "{}", person.name);
    }
}

#[tokio::test]
async fn the_last_open_question_leads_to_the_next_child() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let mother = test.as_(&school.mother).await;
        let next = "Verder met Sanne";
        let path = format!("/children/{}/preferences", school.otto);
        let rows = mother.preferences(school.otto).await.expect("own child").rows;
        let questions: Vec<PurposeId> = rows[..9].iter().map(|row| row.purpose).collect();
        for purpose in &questions {
            assert!(!mother.get(&path).await.text().contains(next), "something is open here");
            mother.answers(school.otto, *purpose, "no").await.expect("answered");
        }
        assert!(mother.get(&path).await.text().contains(next));
        assert_eq!(viewer(&mother).await.ask_about, Some(school.sanne));
        for row in mother.preferences(school.sanne).await.expect("own child").rows.iter().take(9) {
            mother.answers(school.sanne, row.purpose, "yes").await.expect("answered");
        }
        assert!(!mother.get(&path).await.text().contains("Verder met"));
        let done = viewer(&mother).await;
        assert_eq!((done.ask_about, done.open_preferences), (None, 0));
        assert!(!mother.get("/").await.text().contains("vragen staan nog open"));
    }
}
