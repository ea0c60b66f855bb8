//! Lists of who may be pictured: on paper, and as files for other programs.

use crate::support::{Answer, Client, Person, School, TestPortal};
use axum::http::{StatusCode, header};
use calamine::{Data, Reader as _, Xlsx};
use model::{
    ApiError, ChildId, GroupId, PurposeId, Time,
    consent::{ChildPreferences, GroupPreferences},
    people::AuditLine,
};

const LIST: &str = "/api/preferences/list";
const PRINT: &str = "/api/preferences/print";

async fn list(client: &Client, group: GroupId) -> Result<GroupPreferences, ApiError> {
    client.ask(LIST, &[("group", &group.to_string())]).await
}

async fn print(client: &Client, group: GroupId) -> Result<(), ApiError> {
    client.call(PRINT, &[("group", &group.to_string())]).await
}

/// Answers the question at this place for a child.
async fn say(client: &Client, child: ChildId, place: usize, answer: &str) {
    let child = child.to_string();
    let page: ChildPreferences = client.ask("/api/preferences/find", &[("child", &child)]).await.expect("own child");
    let purpose = page.rows[place].purpose.to_string();
    let values = [("child", child.as_str()), ("purpose", &purpose), ("answer", answer)];
    client.call::<()>("/api/preferences/answer", &values).await.expect("answered");
}

async fn downloads(test: &TestPortal, school: &School) -> Vec<(String, String)> {
    let director = test.as_(&school.director).await;
    let log: Vec<AuditLine> = director.ask("/api/people/audit", &[]).await.expect("the log");
    let lines = log.into_iter().filter(|line| line.action == "preferences.download");
    let mut lines: Vec<_> = lines.map(|line| (line.subject, line.detail)).collect();
    lines.sort();
    lines
}

/// Cells of a file of semicolons, line by line.
fn read_csv(answer: &Answer) -> Vec<Vec<String>> {
    let text = String::from_utf8(answer.body.clone()).expect("UTF-8");
    let text = text.strip_prefix('\u{FEFF}').expect("says that it is UTF-8");
    text.split_terminator("\r\n").map(|line| line.split(';').map(str::to_owned).collect()).collect()
}

fn read_xlsx(answer: &Answer) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(answer.body.clone())).expect("a workbook");
    let sheet = book.worksheet_range_at(0).expect("a sheet").expect("readable");
    assert!(book.worksheet_formula(&book.sheet_names()[0].clone()).is_ok_and(|formulas| formulas.is_empty()));
    let cell = |data: &Data| match data {
        Data::String(text) => text.clone(),
        Data::Empty => String::new(),
        other => panic!("every cell is a text: {other:?}"),
    };
    sheet.rows().map(|row| row.iter().map(cell).collect()).collect()
}

fn name_of(answer: &Answer) -> String {
    answer.headers[header::CONTENT_DISPOSITION].to_str().expect("text").to_owned()
}

#[tokio::test]
async fn what_changed_since_the_list_was_printed_is_marked() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        say(&mother, school.sanne, 0, "yes").await;
        let page = list(&teacher, school.group5).await.expect("own group");
        assert_eq!(page.printed, None);
        assert_eq!((page.school.as_str(), page.whole_school), ("Dorpsschool ikker", None));
        assert!(page.children.iter().flat_map(|child| &child.is_changed).all(|is_changed| !is_changed));
        print(&teacher, school.group5).await.expect("printed");
        test.portal.clock.advance(Time::HOUR);
        let printed = list(&teacher, school.group5).await.expect("own group").printed.expect("printed");
        assert_eq!((printed.by.as_str(), printed.changes, printed.gone.len()), ("Juf Anna", 0, 0));
        say(&mother, school.sanne, 0, "no").await;
        let page = list(&teacher, school.group5).await.expect("own group");
        assert_eq!(page.printed.as_ref().map(|printed| printed.changes), Some(1));
        let sanne = page.children.iter().find(|child| child.child == school.sanne).expect("in the group");
        assert_eq!((sanne.is_changed[0], sanne.is_changed[1]), (true, false));
        let html = teacher.get(&format!("/groups/{}/preferences", school.group5)).await.text();
        assert!(html.contains("veranderd") && html.contains("Juf Anna"), "a word, not a colour alone: {html}");
        say(&mother, school.sanne, 0, "yes").await;
        let printed = list(&teacher, school.group5).await.expect("own group").printed.expect("printed");
        assert_eq!(printed.changes, 0, "as it stands on the paper again");
        print(&teacher, school.group5).await.expect("printed");
        let printed = list(&teacher, school.group5).await.expect("own group").printed.expect("printed");
        assert!(printed.at.short.starts_with("vandaag 11:"), "the last one: {:?}", printed.at);
        let mut write = test.portal.store.write().await.expect("transaction");
        write.enrol(school.id, school.bram, school.group7, test.portal.clock.now()).await.expect("moved");
        write.commit().await.expect("committed");
        let printed = list(&teacher, school.group5).await.expect("own group").printed.expect("printed");
        assert_eq!(printed.gone, ["Bram Bakker"], "who stands on the paper and is in the group no more");
    }
}

/// A child that is new in the group, and a question that is new, are not on the paper either.
#[tokio::test]
async fn what_is_new_since_the_print_is_marked_too() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let (teacher, director) = (test.as_(&school.teacher5).await, test.as_(&school.director).await);
    print(&teacher, school.group5).await.expect("printed");
    let (id, new) = (school.id.to_string(), test.portal.clock.new_id::<PurposeId>().to_string());
    let values = [
        ("school", id.as_str()),
        ("new", &new),
        ("basis", "consent"),
        ("texts[nl][title]", "Schoolkrant"),
        ("texts[nl][text]", "Een foto."),
    ];
    director.call::<()>("/api/purposes/add", &values).await.expect("added");
    let page = list(&teacher, school.group5).await.expect("own group");
    assert_eq!(page.printed.map(|printed| printed.changes), Some(2), "of each of two children");
    let mut write = test.portal.store.write().await.expect("transaction");
    write.enrol(school.id, school.otto, school.group5, test.portal.clock.now()).await.expect("moved");
    write.commit().await.expect("committed");
    let page = list(&teacher, school.group5).await.expect("own group");
    let otto = page.children.iter().find(|child| child.child == school.otto).expect("in the group");
    assert!(otto.is_changed.iter().all(|is_changed| *is_changed));
}

#[tokio::test]
async fn a_print_is_recorded_without_javascript() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let teacher = test.as_(&school.teacher5).await;
    let (page, group) = (format!("/groups/{}/preferences", school.group5), school.group5.to_string());
    let sent = teacher.post_form(PRINT, &page, &[("group", &group)]).await;
    assert_eq!((sent.status, sent.location()), (StatusCode::SEE_OTHER, &*format!("{page}?printing=1")));
    let html = teacher.get(sent.location()).await.text();
    for words in
        ["print-list", "maandag 16 november 2026 om 10:00", "Dorpsschool ikker", "Groep 5", "Gebruik deze lijst"]
    {
        assert!(html.contains(words), "{words}: {html}");
    }
}

#[tokio::test]
async fn files_hold_what_the_list_says() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let (teacher, mother) = (test.as_(&school.teacher5).await, test.as_(&school.mother).await);
        say(&mother, school.sanne, 0, "yes").await;
        say(&mother, school.sanne, 1, "no").await;
        let mut files = Vec::new();
        for (ending, kind) in [("csv", "text/csv"), ("xlsx", "application/vnd.openxmlformats")] {
            let answer = teacher.get(&format!("/groups/{}/preferences.{ending}", school.group5)).await;
            assert_eq!(answer.status, StatusCode::OK);
            assert!(answer.headers[header::CONTENT_TYPE].to_str().expect("text").starts_with(kind));
            assert_eq!(answer.headers[header::CACHE_CONTROL], "no-store");
            let name = format!("attachment; filename=\"beeldvoorkeuren-groep-5-2026-11-16.{ending}\"");
            assert_eq!(name_of(&answer), name);
            files.push(if ending == "csv" { read_csv(&answer) } else { read_xlsx(&answer) });
        }
        for file in files {
            let filled = |row: usize| file[row].iter().filter(|cell| !cell.is_empty()).cloned().collect::<Vec<_>>();
            assert_eq!(filled(0), ["Beeldvoorkeuren: Groep 5"]);
            assert_eq!(filled(1), ["Dorpsschool ikker"]);
            assert_eq!(filled(2), ["maandag 16 november 2026 om 10:00"]);
            assert_eq!(file[5][..2], ["Groep", "Kind"]);
            assert_eq!(file[5].len(), 11, "what is for information is no column");
            assert_eq!(file[6][..3], ["Groep 5", "Bram Bakker", "Geen antwoord"]);
            assert_eq!(file[7][..5], ["Groep 5", "Sanne de Vries", "Ja", "Nee", "Geen antwoord"]);
            assert_eq!(file.len(), 8);
        }
        let expected = ["csv", "xlsx"].map(|ending| ("Groep 5".to_owned(), ending.to_owned()));
        assert_eq!(downloads(&test, &school).await, expected);
    }
}

#[tokio::test]
async fn names_are_no_formulas() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mut write = test.portal.store.write().await.expect("transaction");
    let now = test.portal.clock.now();
    for (given, family) in [("=HYPERLINK(1)", "x"), ("+31", "y"), ("-2", "z"), ("@a", "b")] {
        let child: ChildId = test.portal.clock.new_id();
        write.add_child(child, school.id, given, family, None, now).await.expect("added");
        write.enrol(school.id, child, school.group5, now).await.expect("enrolled");
    }
    write.commit().await.expect("committed");
    let teacher = test.as_(&school.teacher5).await;
    let path = format!("/groups/{}/preferences", school.group5);
    let csv = read_csv(&teacher.get(&format!("{path}.csv")).await);
    let names = |file: &[Vec<String>]| {
        let mut names: Vec<String> = file[6..].iter().map(|row| row[1].clone()).collect();
        names.sort();
        names
    };
    assert_eq!(
        names(&csv),
        ["'+31 y", "'-2 z", "'=HYPERLINK(1) x", "'@a b", "Bram Bakker", "Sanne de Vries"],
        "guarded where a program might run them"
    );
    let xlsx = read_xlsx(&teacher.get(&format!("{path}.xlsx")).await);
    assert_eq!(names(&xlsx), ["+31 y", "-2 z", "=HYPERLINK(1) x", "@a b", "Bram Bakker", "Sanne de Vries"]);
}

#[tokio::test]
async fn the_whole_school_is_for_office_and_director() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    for person in [&school.office, &school.director] {
        let client = test.as_(person).await;
        let whole = list(&client, school.group5).await.expect("any group").whole_school;
        assert_eq!(whole, Some(school.id), "{}", person.name);
        let answer = client.get("/preferences.csv").await;
        assert_eq!(name_of(&answer), "attachment; filename=\"beeldvoorkeuren-dorpsschool-ikker-2026-11-16.csv\"");
        let groups: Vec<String> = read_csv(&answer)[6..].iter().map(|row| row[0].clone()).collect();
        assert_eq!(groups, ["Groep 5", "Groep 5", "Groep 7"]);
    }
    let others: [&Person; 5] =
        [&school.teacher5, &school.teacher7, &school.specialist, &school.mother, &foreign.director];
    for person in others {
        let client = test.as_(person).await;
        for ending in ["csv", "xlsx"] {
            let answer = client.get(&format!("/preferences.{ending}?school={}", school.id)).await;
            assert_eq!((answer.status, answer.body.len()), (StatusCode::NOT_FOUND, 0), "{}", person.name);
        }
    }
    assert_eq!(downloads(&test, &school).await.len(), 2, "what was refused is no download");
}

#[tokio::test]
async fn a_groups_files_and_prints_are_for_its_staff() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let unknown: GroupId = test.portal.clock.new_id();
    for (person, group, open) in [
        (&school.teacher5, school.group5, true),
        (&school.specialist, school.group5, true),
        (&school.office, school.group5, true),
        (&school.director, school.group5, true),
        (&school.teacher7, school.group5, false),
        (&school.mother, school.group5, false),
        (&school.bram_father, school.group5, false),
        (&foreign.director, school.group5, false),
        (&school.director, school.school_group, false),
        (&school.director, unknown, false),
    ] {
        let client = test.as_(person).await;
        let expected = if open { StatusCode::OK } else { StatusCode::NOT_FOUND };
        for ending in ["csv", "xlsx"] {
            let answer = client.get(&format!("/groups/{group}/preferences.{ending}")).await;
            assert_eq!(answer.status, expected, "{} {group}", person.name);
            assert!(open || answer.body.is_empty(), "nothing is told to {}", person.name);
        }
        assert_eq!(print(&client, group).await.is_ok(), open, "{} {group}", person.name);
    }
    for path in ["/groups/x/preferences.csv", "/preferences.csv?school=x", "/preferences.xlsx"] {
        assert_eq!(test.anonymous().get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(test.as_(&school.mother).await.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
