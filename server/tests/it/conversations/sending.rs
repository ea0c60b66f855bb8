//! Each message is there once and in its place, whatever is sent.

use super::*;

async fn two_guardians_write_at_the_same_instant(test: TestPortal) {
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let id = start(&teacher, school.sanne, &[&school.mother, &school.father]).await.expect("started");
    let mut tasks = Vec::new();
    for n in 0..10 {
        for person in [&school.mother, &school.father] {
            let (client, id, text) = (test.as_(person).await, id.clone(), format!("{} {n}", person.name));
            tasks.push(tokio::spawn(async move { send(&client, &id, &text).await }));
        }
    }
    for task in tasks {
        task.await.expect("done").expect("sent");
    }
    let page = find(&teacher, &id).await.expect("the team's");
    assert_eq!(page.messages.iter().map(|message| message.seq).collect::<Vec<_>>(), (1..=21).collect::<Vec<_>>());
    let mut texts = texts(&page);
    texts.sort_unstable();
    texts.dedup();
    assert_eq!(texts.len(), 21, "each is there once");
}

#[tokio::test]
async fn two_guardians_write_at_the_same_instant_on_sqlite() {
    two_guardians_write_at_the_same_instant(TestPortal::new().await).await;
}

#[tokio::test]
async fn two_guardians_write_at_the_same_instant_on_postgres() {
    two_guardians_write_at_the_same_instant(TestPortal::on_postgres().await).await;
}

/// Sends the same thing five times at once, and once more afterwards.
async fn five_times<T>(
    client: &Client,
    path: &'static str,
    values: &[(&'static str, String)],
) -> Vec<Result<T, ApiError>>
where
    T: DeserializeOwned + Send + 'static,
{
    let tasks: Vec<_> = (0..5)
        .map(|_| {
            let (client, values) = (client.clone(), values.to_vec());
            tokio::spawn(async move {
                let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
                client.call(path, &values).await
            })
        })
        .collect();
    let mut answers = Vec::new();
    for task in tasks {
        answers.push(task.await.expect("done"));
    }
    let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    answers.push(client.call(path, &values).await);
    answers
}

async fn what_is_sent_twice_is_stored_once(test: TestPortal) {
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let (id, message) = (new_id(), new_id());
    let values = [
        ("id", id.clone()),
        ("child", school.sanne.to_string()),
        ("subject", "Gym".to_owned()),
        ("body", "Waar is de tas?".to_owned()),
    ];
    assert_eq!(five_times::<()>(&mother, START, &values).await, vec![Ok(()); 6]);
    assert_eq!(list(&mother).await.lines.len(), 1);
    let values = [("conversation", id.clone()), ("id", message.clone()), ("body", "Hallo?".to_owned())];
    assert_eq!(five_times::<()>(&mother, SEND, &values).await, vec![Ok(()); 6]);
    let page = find(&mother, &id).await.expect("hers");
    assert_eq!(texts(&page), ["Waar is de tas?", "Hallo?"]);
    send(&mother, &id, "Nog iets").await.expect("sent");
    assert_eq!(find(&mother, &id).await.expect("hers").messages[2].seq, 3, "a replay leaves no gap");

    // Somebody else's ids open nothing and change nothing.
    let teacher = test.as_(&school.teacher5).await;
    let values = [("conversation", id.as_str()), ("id", message.as_str()), ("body", "Van mij")];
    assert_eq!(teacher.call::<()>(SEND, &values).await, Err(ApiError::NotFound));
    let other = start(&mother, school.otto, &[]).await.expect("started");
    let values = [("conversation", other.as_str()), ("id", message.as_str()), ("body", "Elders")];
    assert_eq!(mother.call::<()>(SEND, &values).await, Err(ApiError::NotFound));
    let bram = school.bram.to_string();
    let values = [("id", id.as_str()), ("child", bram.as_str()), ("subject", "Van mij"), ("body", "x")];
    assert_eq!(test.as_(&school.bram_mother).await.call::<()>(START, &values).await, Err(ApiError::NotFound));
    let otto = school.otto.to_string();
    let values = [("id", id.as_str()), ("child", otto.as_str()), ("subject", "Anders"), ("body", "x")];
    assert_eq!(mother.call::<()>(START, &values).await, Err(ApiError::NotFound));
    assert_eq!(texts(&find(&mother, &id).await.expect("hers")), ["Waar is de tas?", "Hallo?", "Nog iets"]);
}

#[tokio::test]
async fn what_is_sent_twice_is_stored_once_on_sqlite() {
    what_is_sent_twice_is_stored_once(TestPortal::new().await).await;
}

#[tokio::test]
async fn what_is_sent_twice_is_stored_once_on_postgres() {
    what_is_sent_twice_is_stored_once(TestPortal::on_postgres().await).await;
}

#[tokio::test]
async fn texts_have_limits_and_are_never_markup() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    for (body, problem) in [
        ("a".repeat(4_001), Problem::TooLong { max: 4_000 }),
        ("🐇".repeat(4_001), Problem::TooLong { max: 4_000 }),
        ("a\u{202e}b".to_owned(), Problem::StrangeCharacters),
        ("a\u{0}b".to_owned(), Problem::StrangeCharacters),
        ("a\u{1b}[31mb".to_owned(), Problem::StrangeCharacters),
        (" \n\t ".to_owned(), Problem::Required),
        (String::new(), Problem::Required),
    ] {
        assert_eq!(send(&mother, &id, &body).await, Err(ApiError::field("body", problem)), "{body:.20?}");
    }
    let fine = [
        "🐇".repeat(4_000),
        "مرحبا، هل حقيبة سنّه هناك؟".to_owned(),
        "👩‍👧 regel een\r\nregel twee\n\n<script>alert(1)</script> & \"meer\" {names}".to_owned(),
        "Zie https://school.example/tas?a=1&b=2. Niet javascript:alert(1)".to_owned(),
    ];
    for body in &fine {
        send(&mother, &id, body).await.expect("sent");
    }
    let page = find(&test.as_(&school.teacher5).await, &id).await.expect("the team's");
    assert_eq!(page.messages[1..3].iter().map(|message| &message.text).collect::<Vec<_>>(), [&fine[0], &fine[1]]);
    assert!(page.messages[3].text.contains("regel een\nregel twee\n\n<script>"), "{}", page.messages[3].text);
    let html = mother.get(&format!("/conversations/{id}")).await.text();
    assert!(html.contains("&lt;script&gt;alert(1)") && !html.contains("<script>alert"), "never markup");
    assert!(html.contains("href=\"https://school.example/tas?a=1&amp;b=2\""), "a link without the full stop");
    assert!(!html.contains("href=\"javascript"), "and no other kind of link");
    // Neither the name of the page nor a form that comes back lets a text out of its element.
    let (id, child) = (new_id(), school.sanne.to_string());
    let hostile = "</title></textarea><meta http-equiv=refresh>";
    let values = [("id", id.as_str()), ("child", child.as_str()), ("subject", hostile), ("body", "Dag")];
    mother.call::<()>(START, &values).await.expect("started");
    let place = format!("/conversations/{id}");
    let html = test.as_(&school.teacher5).await.get(&place).await.text();
    assert!(html.contains("<title>Sanne de Vries: &lt;/title>&lt;/textarea>&lt;meta"), "{html}");
    assert!(!html.contains("<meta http-equiv=refresh"), "{html}");
    let long = format!("{hostile}{}", "a".repeat(4_001));
    let values = [("conversation", id.as_str()), ("id", &new_id()), ("body", &long)];
    let html = mother.post_form(SEND, &place, &values).await.text();
    assert!(html.contains("&lt;/title>&lt;/textarea>&lt;meta http-equiv=refresh>aaa"), "{html}");
    assert!(!html.contains("<meta http-equiv=refresh"), "{html}");
    let from = format!("/conversations/new?child={child}");
    let values = [("id", id.as_str()), ("child", child.as_str()), ("subject", ""), ("body", hostile)];
    let html = mother.post_form(START, &from, &values).await.text();
    assert!(html.contains("&lt;/textarea>&lt;meta") && !html.contains("<meta http-equiv=refresh"), "{html}");

    let child = school.sanne.to_string();
    let long = "a".repeat(161);
    let values = [("id", new_id()), ("child", child), ("subject", long), ("body", "x\u{202e}".to_owned())];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let error = mother.call::<()>(START, &values).await.expect_err("refused");
    assert_eq!(error.problem_of("subject"), Some(&Problem::TooLong { max: 160 }));
    assert_eq!(error.problem_of("body"), Some(&Problem::StrangeCharacters));
}

#[tokio::test]
async fn ids_that_are_none_are_as_good_as_unknown() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    for bad in ["", "x", "' OR 1=1 --", "0198ffff-ffff-7fff-bfff-ffffffffffff", "../../etc/passwd", "\u{202e}"] {
        assert_eq!(find(&mother, bad).await.expect_err(bad), ApiError::NotFound, "{bad}");
        assert_eq!(send(&mother, bad, "x").await.expect_err(bad), ApiError::NotFound, "{bad}");
        assert_eq!(mark_read(&mother, bad, "1").await.expect_err(bad), ApiError::NotFound, "{bad}");
        assert_eq!(start(&mother, bad, &[]).await.expect_err(bad), ApiError::NotFound, "{bad}");
        if bad != "0198ffff-ffff-7fff-bfff-ffffffffffff" {
            let values = [("conversation", id.as_str()), ("id", bad), ("body", "x")];
            assert_eq!(mother.call::<()>(SEND, &values).await, Err(ApiError::NotFound), "{bad}");
        }
        if !bad.is_empty() {
            let error = mother.ask::<StartPage>(START_PAGE, &[("child", bad)]).await.expect_err(bad);
            assert_eq!(error, ApiError::NotFound, "{bad}");
            let error = mother.ask::<ConversationList>(LIST, &[("before", bad)]).await.expect_err(bad);
            assert_eq!(error, ApiError::NotFound, "{bad}");
        }
    }
    for page in
        ["/conversations/x", "/conversations/0198ffff-ffff-7fff-bfff-ffffffffffff", "/conversations/new?child=x"]
    {
        assert_eq!(mother.get(page).await.status, StatusCode::NOT_FOUND, "{page}");
    }
    assert_eq!(mark_read(&mother, &id, "many").await, Err(ApiError::Malformed));
    let error = mother.ask::<ConversationPage>(FIND, &[("conversation", &id), ("before", "x")]).await;
    assert_eq!(error.expect_err("no number"), ApiError::Malformed);
    for (seq, read_to) in [("-5", 0), ("9223372036854775807", 1), ("0", 1)] {
        mark_read(&mother, &id, seq).await.expect("bounded");
        assert_eq!(find(&mother, &id).await.expect("hers").read_to, read_to, "{seq}");
    }
}
