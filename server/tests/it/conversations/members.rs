//! Who takes part: guardians, the team, directors, and those who no longer do.

use super::*;

async fn a_guardian_asks_the_team(test: TestPortal) {
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    let page = find(&mother, &id).await.expect("hers");
    assert_eq!((page.child.as_str(), page.subject.as_str()), ("Sanne", "Gymspullen"));
    assert_eq!(names(&page), ["Gert Gym", "Juf Anna"]);
    assert_eq!(page.with[1].capacity, Capacity::Staff(StaffRole::Teacher));
    assert_eq!(unread(&mother).await, 0);
    for person in [&school.teacher5, &school.specialist] {
        let staff = test.as_(person).await;
        assert_eq!(unread(&staff).await, 1);
        let lines = list(&staff).await.lines;
        let [line] = lines.as_slice() else { panic!("{lines:?}") };
        assert_eq!((line.child.as_str(), line.unread), ("Sanne de Vries", 1));
        assert_eq!(line.with[0], "Mama de Vries", "the other side of the table first");
        assert_eq!(line.last, "Waar is de tas?");
    }
    for (who, person) in [
        ("the other guardian", &school.father),
        ("another child's mother", &school.bram_mother),
        ("a guardian without custody", &school.bram_father),
        ("a barred guardian", &school.barred),
        ("another group's teacher", &school.teacher7),
        ("the office", &school.office),
        ("the director", &school.director),
        ("a foreign director", &foreign.director),
        ("a foreign mother", &foreign.mother),
    ] {
        is_shut(&test.as_(person).await, &id, who).await;
    }
    let teacher = test.as_(&school.teacher5).await;
    send(&teacher, &id, "In de gang.").await.expect("sent");
    assert_eq!(unread(&mother).await, 1);
    mark_read(&mother, &id, "2").await.expect("read");
    assert_eq!(unread(&mother).await, 0);
    let page = find(&teacher, &id).await.expect("the team's");
    assert_eq!(texts(&page), ["Waar is de tas?", "In de gang."]);
    assert_eq!(page.messages.iter().map(|message| message.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(page.messages[1].read_by, ["Mama de Vries"]);
    assert!(page.messages[1].is_own && !page.messages[0].is_own);
    assert!(page.messages[0].read_by.is_empty(), "nobody reads one's own message");
    let page = find(&mother, &id).await.expect("hers");
    assert!(page.messages.iter().all(|message| message.read_by.is_empty()), "receipts are for staff");
    // What she gets says nothing about the other guardian, in data or on the page.
    let html = mother.get(&format!("/conversations/{id}")).await;
    assert_eq!(html.status, StatusCode::OK);
    let html = html.text();
    assert!(html.contains("In de gang.") && html.contains("Gert Gym, Juf Anna en u"), "{html}");
    assert!(!html.contains("Papa"), "{html}");
    let html = mother.get("/conversations").await.text();
    assert!(html.contains("Gymspullen") && html.contains(&format!("/conversations/{id}#latest")), "{html}");
    assert!(!html.contains("Papa"), "{html}");
}

#[tokio::test]
async fn a_guardian_asks_the_team_on_sqlite() {
    a_guardian_asks_the_team(TestPortal::new().await).await;
}

#[tokio::test]
async fn a_guardian_asks_the_team_on_postgres() {
    a_guardian_asks_the_team(TestPortal::on_postgres().await).await;
}

#[tokio::test]
async fn staff_choose_guardians_with_custody() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let teacher = test.as_(&school.teacher5).await;
    let page: StartPage = teacher.ask(START_PAGE, &[]).await.expect("a page");
    let children: Vec<_> = page.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(children, ["Bram Bakker", "Sanne de Vries"], "her group's");
    assert!(page.chosen.is_none());
    let sanne = school.sanne.to_string();
    let page: StartPage = teacher.ask(START_PAGE, &[("child", &sanne)]).await.expect("a page");
    let chosen = page.chosen.expect("chosen");
    assert!(!chosen.as_guardian);
    let guardians: Vec<_> = chosen.guardians.iter().map(|guardian| guardian.name.as_str()).collect();
    assert_eq!(guardians, ["Mama de Vries", "Papa de Vries"]);
    assert_eq!(chosen.team, ["Gert Gym"]);
    let bram = school.bram.to_string();
    let page: StartPage = teacher.ask(START_PAGE, &[("child", &bram)]).await.expect("a page");
    let guardians = page.chosen.expect("chosen").guardians;
    assert_eq!(guardians.len(), 1, "no guardian without custody: {guardians:?}");

    let not_a_choice = Err(ApiError::field("guardians", Problem::NotAChoice));
    assert_eq!(start(&teacher, school.sanne, &[]).await, Err(ApiError::field("guardians", Problem::Required)));
    for stranger in [&school.bram_mother, &school.teacher5, &school.director, &foreign.mother] {
        assert_eq!(start(&teacher, school.sanne, &[&school.mother, stranger]).await, not_a_choice, "{}", stranger.name);
    }
    for stranger in [&school.bram_father, &school.barred] {
        assert_eq!(start(&teacher, school.bram, &[stranger]).await, not_a_choice, "{}", stranger.name);
    }
    for child in [school.otto, foreign.sanne] {
        assert_eq!(start(&teacher, child, &[&school.mother]).await, Err(ApiError::NotFound), "not her group");
    }

    // With one of them: the other never learns of it.
    let one = start(&teacher, school.sanne, &[&school.father]).await.expect("started");
    let father = test.as_(&school.father).await;
    assert_eq!(names(&find(&father, &one).await.expect("his")), ["Gert Gym", "Juf Anna"]);
    is_shut(&test.as_(&school.mother).await, &one, "the mother").await;
    // With both, twice named: they see each other, as was chosen.
    let both = start(&teacher, school.sanne, &[&school.mother, &school.father, &school.mother]).await.expect("started");
    let page = find(&father, &both).await.expect("his");
    assert_eq!(names(&page), ["Gert Gym", "Juf Anna", "Mama de Vries"]);
    send(&test.as_(&school.mother).await, &both, "Hier.").await.expect("sent");
    assert_eq!(texts(&find(&father, &both).await.expect("his")), ["Waar is de tas?", "Hier."]);
}

#[tokio::test]
async fn a_guardian_starts_about_own_children_and_if_the_school_lets() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let mother = test.as_(&school.mother).await;
    for (who, person, child) in [
        ("another child's mother", &school.bram_mother, school.sanne),
        ("without custody", &school.bram_father, school.bram),
        ("barred", &school.barred, school.bram),
        ("another school's child", &school.mother, foreign.sanne),
        ("the office", &school.office, school.sanne),
        ("another group's teacher", &school.teacher7, school.sanne),
    ] {
        let client = test.as_(person).await;
        assert_eq!(start(&client, child, &[&school.mother]).await, Err(ApiError::NotFound), "{who}");
        let child = child.to_string();
        let page = client.ask::<StartPage>(START_PAGE, &[("child", &child)]).await;
        assert_eq!(page.expect_err(who), ApiError::NotFound, "{who}");
    }
    // Naming the other guardian changes nothing: a guardian speaks with the team.
    let id = start(&mother, school.sanne, &[&school.father]).await.expect("started");
    is_shut(&test.as_(&school.father).await, &id, "the father").await;
    assert!(list(&mother).await.can_start);
    let page = mother.get("/conversations/new").await.text();
    assert!(page.contains("Otto") && page.contains("Sanne") && !page.contains("Bram"), "{page}");
    let page = test.as_(&school.bram_mother).await.get("/conversations/new").await.text();
    assert!(page.contains("name=\"subject\"") && page.contains("Juf Anna"), "an only child is chosen: {page}");

    change!(test, |write| {
        let settings = model::account::SchoolSettings { guardians_start_conversations: false, ..Default::default() };
        let json = serde_json::to_string(&settings).expect("JSON");
        write.set_school_settings(school.id, &json).await.expect("set")
    });
    assert_eq!(start(&mother, school.sanne, &[]).await, Err(ApiError::NotFound));
    assert!(!list(&mother).await.can_start);
    send(&mother, &id, "Nog een vraag.").await.expect("what has begun goes on");
}

#[tokio::test]
async fn a_director_reads_as_participant_only() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let director = test.as_(&school.director).await;
    change!(test, |write| write
        .add_staff(school.id, school.office.account, StaffRole::Director, NOW)
        .await
        .expect("added"));
    let other_director = test.as_(&school.office).await;
    let id = start(&director, school.otto, &[&school.mother]).await.expect("started");
    let page = find(&test.as_(&school.mother).await, &id).await.expect("hers");
    assert_eq!(names(&page), ["Dina Directeur", "Meester Zeven"]);
    assert_eq!(page.with[0].capacity, Capacity::Staff(StaffRole::Director));
    find(&test.as_(&school.teacher7).await, &id).await.expect("the team's");
    is_shut(&other_director, &id, "another director").await;
    change!(test, |write| write
        .end_staff(school.id, school.director.account, StaffRole::Director, NOW)
        .await
        .expect("ended"));
    let gone = director.ask::<ConversationPage>(FIND, &[("conversation", &id)]).await;
    assert_eq!(gone.expect_err("no longer"), ApiError::NotFound);
}

#[tokio::test]
async fn the_team_is_the_one_of_now() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    let [anna, seven, gert] =
        [&test.as_(&school.teacher5).await, &test.as_(&school.teacher7).await, &test.as_(&school.specialist).await];
    // A part-timer's colleague comes: she reads everything.
    change!(test, |write| write
        .add_group_staff(school.id, school.group5, school.teacher7.account, NOW)
        .await
        .expect("x"));
    assert_eq!(texts(&find(seven, &id).await.expect("the team's")), ["Waar is de tas?"]);
    change!(test, |write| {
        write.end_group_staff(school.id, school.group5, school.teacher7.account, NOW).await.expect("ended");
        write.end_group_staff(school.id, school.group5, school.specialist.account, NOW).await.expect("ended")
    });
    is_shut(seven, &id, "a former teacher").await;
    is_shut(gert, &id, "a former specialist").await;
    // Who wrote in it takes part while on the staff, also after the child has moved.
    send(anna, &id, "In de gang.").await.expect("sent");
    change!(test, |write| write.enrol(school.id, school.sanne, school.group7, NOW).await.expect("moved"));
    assert_eq!(texts(&find(seven, &id).await.expect("the new team's")), ["Waar is de tas?", "In de gang."]);
    assert_eq!(names(&find(&mother, &id).await.expect("hers")), ["Juf Anna", "Meester Zeven"]);
    find(anna, &id).await.expect("she wrote");
    change!(test, |write| write
        .end_staff(school.id, school.teacher5.account, StaffRole::Teacher, NOW)
        .await
        .expect("ended"));
    assert_eq!(find(anna, &id).await.expect_err("left"), ApiError::NotFound);
    assert_eq!(send(anna, &id, "x").await.expect_err("left"), ApiError::NotFound);
    // Nobody of the school is left: it can be read and not written.
    change!(test, |write| write.end_all_group_staff(school.id, school.teacher7.account, NOW).await.expect("ended"));
    let page = find(&mother, &id).await.expect("hers");
    assert!(!page.can_write && page.with.is_empty());
    assert_eq!(send(&mother, &id, "Hallo?").await, Err(ApiError::conflict(Conflict::NobodyElse)));
    assert_eq!(start(&mother, school.sanne, &[]).await, Err(ApiError::conflict(Conflict::NobodyElse)));
    let html = mother.get(&format!("/conversations/{id}")).await.text();
    assert!(html.contains("niemand anders mee") && !html.contains("composer"), "{html}");
    let html = mother.get(&format!("/conversations/new?child={}", school.sanne)).await.text();
    assert!(html.contains("geen leerkracht") && !html.contains("name=\"body\""), "{html}");
}

/// The end of custody ends access with the very next request, and staff see that nobody hears them any longer.
#[tokio::test]
async fn a_guardian_who_loses_custody_loses_the_conversation() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    for scope in [Some(Scope::OnRequest), Some(Scope::None), None] {
        let mother = test.as_(&school.mother).await;
        let teacher = test.as_(&school.teacher5).await;
        change!(test, |write| write
            .set_guardianship_scope(school.id, school.mother_of_sanne, Scope::Full)
            .await
            .expect("set"));
        let id = start(&mother, school.sanne, &[]).await.expect("started");
        send(&teacher, &id, "In de gang.").await.expect("sent");
        find(&mother, &id).await.expect("hers");
        change!(test, |write| match scope {
            Some(scope) => write.set_guardianship_scope(school.id, school.mother_of_sanne, scope).await.expect("set"),
            None => write.end_guardianship(school.id, school.mother_of_sanne, NOW).await.expect("ended"),
        });
        is_shut(&mother, &id, &format!("{scope:?}")).await;
        let page = find(&teacher, &id).await.expect("the team's");
        assert!(!page.can_write);
        assert_eq!(page.messages[1].read_by, Vec::<String>::new());
        assert_eq!(send(&teacher, &id, "x").await, Err(ApiError::conflict(Conflict::NobodyElse)));
        assert_eq!(start(&mother, school.sanne, &[]).await, Err(ApiError::NotFound));
    }
}

/// A teacher who is a parent of the child must not read what the other parent writes to her colleagues.
#[tokio::test]
async fn a_colleague_who_is_a_parent_does_not_read_along() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let id = start(&mother, school.sanne, &[]).await.expect("started");
    let anna = test.as_(&school.teacher5).await;
    for scope in [Scope::Full, Scope::None] {
        let guardianship = GuardianshipId(Uuid::now_v7());
        change!(test, |write| write
            .add_guardianship(
                guardianship,
                school.id,
                school.sanne,
                school.teacher5.account,
                scope,
                Relation::Parent,
                NOW
            )
            .await
            .expect("added"));
        is_shut(&anna, &id, "the teacher who is a parent").await;
        let page = find(&mother, &id).await.expect("hers");
        assert_eq!(names(&page), ["Gert Gym"]);
        let sanne = school.sanne.to_string();
        let start_page = anna.ask::<StartPage>(START_PAGE, &[("child", &sanne)]).await;
        match scope {
            Scope::Full => {
                let chosen = start_page.expect("as a guardian").chosen.expect("chosen");
                assert!(chosen.as_guardian && chosen.guardians.is_empty());
                let own = start(&anna, school.sanne, &[&school.mother]).await.expect("started");
                assert_eq!(find(&anna, &own).await.expect("hers").messages[0].capacity, Capacity::Guardian);
                is_shut(&mother, &own, "the mother").await;
            }
            _ => assert_eq!(start_page.expect_err("nothing of this child"), ApiError::NotFound),
        }
        change!(test, |write| write.end_guardianship(school.id, guardianship, NOW).await.expect("ended"));
    }
}
