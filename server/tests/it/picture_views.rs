//! Who saw my child: what is noted when a picture is given out, who reads it, and when it is forgotten.

use crate::support::{Client, School, TestPortal, posts::photo};
use axum::http::{Method, StatusCode};
use model::{
    AccountId, ApiError, ChildId, MediaId, Time,
    account::Settings,
    roles::StaffRole,
    views::{SEEN_PAGE, SeenPage, SeenPicture},
};
use store::NewMedia;

async fn page(client: &Client, child: ChildId, before: &str) -> Result<SeenPage, ApiError> {
    client.ask("/api/pictures/seen", &[("child", &child.to_string()), ("before", before)]).await
}

async fn only(client: &Client, child: ChildId) -> SeenPicture {
    let mut page = page(client, child, "").await.expect("a reader");
    assert_eq!(page.pictures.len(), 1, "{page:?}");
    page.pictures.remove(0)
}

fn names(picture: &SeenPicture) -> Vec<&str> {
    let mut names: Vec<&str> = picture.viewers.iter().map(|viewer| viewer.name.as_str()).collect();
    names.sort_unstable();
    names
}

/// Rows about a picture: who, and how often.
async fn noted(test: &TestPortal, picture: MediaId) -> Vec<(AccountId, i64)> {
    let mut read = test.portal.store.read().await.expect("connection");
    let mut rows: Vec<_> = read
        .list_picture_views(&[picture])
        .await
        .expect("asked")
        .into_iter()
        .map(|row| (row.account_id, row.times))
        .collect();
    rows.sort_unstable();
    rows
}

#[tokio::test]
async fn whoever_is_given_a_picture_of_a_child_is_noted_once_a_day() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let teacher = test.as_(&school.teacher5).await;
        let mother = test.as_(&school.mother).await;
        mother.says(school.sanne, "yes").await;
        // In the draft it is the author's alone, and no view.
        let post = test.new_post_id();
        teacher.save(post, 0, "Uitje", "", &[school.group5]).await.expect("saved");
        let picture = teacher.upload(post, "1.jpg", &photo(1)).await.expect("taken");
        let other = teacher.upload(post, "2.jpg", &photo(2)).await.expect("taken");
        test.work().await;
        teacher.tags(post, picture, school.sanne).await;
        for _ in 0..2 {
            assert_eq!(teacher.picture(picture, "small").await.status, StatusCode::OK);
        }
        assert_eq!(noted(&test, picture).await, []);
        assert_eq!(page(&mother, school.sanne, "").await.expect("hers").pictures, [], "a draft is told to nobody");
        teacher.nobody_is_pictured(post).await;
        teacher.publish(post).await.expect("published");

        let reader = test.as_(&school.bram_mother).await;
        let shown = reader.picture(picture, "small").await;
        let etag = shown.headers["etag"].to_str().expect("text").to_owned();
        for variant in ["small", "medium", "large"] {
            assert_eq!(reader.picture(picture, variant).await.status, StatusCode::OK);
        }
        assert_eq!(noted(&test, picture).await, [(school.bram_mother.account, 1)]);
        // What the browser has kept and only asks about again is seen too.
        let known = [("if-none-match", etag.as_str())];
        let path = format!("/media/{picture}/small");
        test.portal.clock.advance(Time::DAY / 2);
        assert_eq!(reader.request(Method::GET, &path, &known, Vec::new()).await.status, StatusCode::NOT_MODIFIED);
        test.portal.clock.advance(Time::DAY / 2);
        let reader = test.as_(&school.bram_mother).await;
        assert_eq!(reader.request(Method::GET, &path, &known, Vec::new()).await.status, StatusCode::NOT_MODIFIED);
        assert_eq!(noted(&test, picture).await, [(school.bram_mother.account, 2)], "on another day");
        // Who gets nothing has seen nothing; a picture in which no child is known is nobody's to ask about.
        for person in [&school.teacher7, &school.bram_father, &school.barred] {
            assert_eq!(test.as_(person).await.picture(picture, "small").await.status, StatusCode::NOT_FOUND);
        }
        assert_eq!(reader.picture(other, "small").await.status, StatusCode::OK);
        assert_eq!(noted(&test, other).await, []);
        assert_eq!(noted(&test, picture).await.len(), 1);

        let (mother, director) = (test.as_(&school.mother).await, test.as_(&school.director).await);
        let download = director.request(Method::POST, &format!("/media/{picture}/large"), &[], Vec::new()).await;
        assert_eq!(download.status, StatusCode::OK);
        let seen = only(&mother, school.sanne).await;
        let lines: Vec<_> =
            seen.viewers.iter().map(|line| (line.name.as_str(), line.is_staff, line.days, line.downloads)).collect();
        assert_eq!(lines, [("Dina Directeur", true, 0, 1), ("Mama Bakker", false, 2, 0)]);
        assert_eq!(
            seen.shown.as_ref().map(|shown| (shown.picture.id, shown.post, shown.place)),
            Some((picture, post, 1))
        );
        let html = mother.get(&format!("/children/{}/seen", school.sanne)).await.text();
        for words in ["Mama Bakker", "Dina Directeur", "(op 2 dagen)", "Medewerker", "365 dagen"] {
            assert!(html.contains(words), "{words}: {html}");
        }
        // Taken back, it is still told of, without the picture.
        mother.says(school.sanne, "no").await;
        let seen = only(&mother, school.sanne).await;
        assert!(seen.shown.is_none() && seen.viewers.len() == 2);
        let html = mother.get(&format!("/children/{}/seen", school.sanne)).await.text();
        assert!(html.contains("voor u niet (meer) te zien") && !html.contains("<img src=\"/media"), "{html}");
    }
}

#[tokio::test]
async fn guardians_do_not_find_each_other_there() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        // The father also works at the school, and a third guardian has no custody.
        let mut write = test.portal.store.write().await.expect("transaction");
        let (now, id) = (test.portal.clock.now(), test.portal.clock.new_id());
        write.add_staff(school.id, school.father.account, StaffRole::Director, now).await.expect("added");
        let (scope, relation) = (model::roles::Scope::OnRequest, model::roles::Relation::Other);
        write
            .add_guardianship(id, school.id, school.sanne, school.teacher7.account, scope, relation, now)
            .await
            .expect("added");
        write.add_group_staff(school.id, school.group5, school.teacher7.account, now).await.expect("added");
        write.commit().await.expect("committed");
        test.as_(&school.mother).await.says(school.sanne, "yes").await;
        let (_, picture) = test.pictured(&school, 1, &[school.sanne]).await;
        let lookers = [&school.father, &school.teacher7, &school.bram_mother, &school.teacher5, &school.mother];
        for person in lookers {
            let client = test.as_(person).await;
            assert_eq!(client.picture(picture, "small").await.status, StatusCode::OK, "{}", person.name);
            let taken = client.request(Method::POST, &format!("/media/{picture}/large"), &[], Vec::new()).await;
            assert_eq!(taken.status, StatusCode::OK);
        }
        let all = ["Juf Anna", "Mama Bakker", "Mama de Vries", "Meester Zeven", "Papa de Vries"];
        let (mother, father) = (test.as_(&school.mother).await, test.as_(&school.father).await);
        let director = test.as_(&school.director).await;
        assert_eq!(names(&only(&director, school.sanne).await), all);
        let hers = ["Juf Anna", "Mama Bakker", "Mama de Vries"];
        assert_eq!(names(&only(&mother, school.sanne).await), hers);
        // Being a director does not tell a guardian of the others.
        assert_eq!(names(&only(&father, school.sanne).await), ["Juf Anna", "Mama Bakker", "Papa de Vries"]);
        let html = mother.get(&format!("/children/{}/seen", school.sanne)).await.text();
        for secret in ["Papa", "Zeven", &school.father.email, &school.father.account.to_string()] {
            assert!(!html.contains(secret), "{secret}: {html}");
        }
        // Nor does the end of a guardianship.
        let mut read = test.portal.store.read().await.expect("connection");
        let rows = read.list_guardians(school.id, &[school.sanne].into_iter().collect()).await.expect("asked");
        drop(read);
        let mut write = test.portal.store.write().await.expect("transaction");
        for row in rows.iter().filter(|row| row.account_id != school.mother.account) {
            write.end_guardianship(school.id, row.id, now).await.expect("ended");
        }
        write.commit().await.expect("committed");
        assert_eq!(names(&only(&mother, school.sanne).await), hers);
    }
}

#[tokio::test]
async fn only_guardians_with_custody_and_directors_ask() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    for (person, open) in [
        (&school.bram_mother, true),
        (&school.director, true),
        (&school.mother, false),
        (&school.bram_father, false),
        (&school.barred, false),
        (&school.teacher5, false),
        (&school.specialist, false),
        (&school.office, false),
        (&foreign.director, false),
    ] {
        let client = test.as_(person).await;
        let expected = if open { Ok(()) } else { Err(ApiError::NotFound) };
        assert_eq!(page(&client, school.bram, "").await.map(drop), expected, "{}", person.name);
        let status = if open { StatusCode::OK } else { StatusCode::NOT_FOUND };
        assert_eq!(client.get(&format!("/children/{}/seen", school.bram)).await.status, status, "{}", person.name);
    }
    let link = format!("href=\"/children/{}/seen\"", school.bram);
    let of = format!("/people/child/{}", school.bram);
    assert!(test.as_(&school.director).await.get(&of).await.text().contains(&link));
    assert!(!test.as_(&school.office).await.get(&of).await.text().contains(&link));
}

#[tokio::test]
async fn many_pictures_have_pages() {
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let mother = test.as_(&school.mother).await;
    let mut write = test.portal.store.write().await.expect("transaction");
    let mut made: Vec<MediaId> = Vec::new();
    for n in 0..=SEEN_PAGE as u8 {
        let (id, at) = (test.portal.clock.new_id(), test.portal.clock.now());
        let new = NewMedia {
            id,
            school: school.id,
            owner: school.teacher5.account,
            file_name: "1.jpg",
            source_hash: &[n],
            at,
            bytes: 1,
            kind: model::media::MediaKind::Photo,
            document: None,
        };
        write.add_media(new).await.expect("added");
        write.tag_child(school.id, id, school.sanne).await.expect("tagged");
        write.note_view(school.id, id, school.teacher5.account, 1, at).await.expect("noted");
        made.push(id);
    }
    write.commit().await.expect("committed");
    made.sort_unstable();
    made.reverse();
    let ids = |page: &SeenPage| page.pictures.iter().map(|picture| picture.id).collect::<Vec<_>>();
    let first = page(&mother, school.sanne, "").await.expect("hers");
    assert_eq!((ids(&first), first.older), (made[..SEEN_PAGE].to_vec(), Some(made[SEEN_PAGE - 1])));
    let rest = page(&mother, school.sanne, &made[SEEN_PAGE - 1].to_string()).await.expect("hers");
    assert_eq!((ids(&rest), rest.older), (made[SEEN_PAGE..].to_vec(), None));
}

#[tokio::test]
async fn views_are_kept_as_long_as_the_school_sets() {
    for test in [TestPortal::new().await, TestPortal::on_postgres().await] {
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        let id = school.id.to_string();
        let set = async |days: &str| {
            let director = test.as_(&school.director).await;
            let values = [("school", id.as_str()), ("views_kept_days", days)];
            director.call::<()>("/api/account/set-school-settings", &values).await
        };
        for bad in ["29", "1096", "x"] {
            assert!(set(bad).await.expect_err(bad).problem_of("views_kept_days").is_some(), "{bad}");
        }
        set("30").await.expect("set");
        let director = test.as_(&school.director).await;
        let settings: Settings = director.ask("/api/account/settings", &[]).await.expect("settings");
        assert_eq!(settings.governed[0].settings.views_kept_days, 30);
        assert!(director.get("/settings").await.text().contains("name=\"views_kept_days\""));
        // A form that does not know of it changes nothing.
        director.call::<()>("/api/account/set-school-settings", &[("school", &id)]).await.expect("set");
        let settings: Settings = director.ask("/api/account/settings", &[]).await.expect("settings");
        assert_eq!(settings.governed[0].settings.views_kept_days, 30);
        let mut pictures = Vec::new();
        for school in [&school, &foreign] {
            test.as_(&school.mother).await.says(school.sanne, "yes").await;
            let (_, picture) = test.pictured(school, 1, &[school.sanne]).await;
            let reader = test.as_(&school.bram_mother).await;
            reader.picture(picture, "small").await;
            reader.request(Method::POST, &format!("/media/{picture}/large"), &[], Vec::new()).await;
            pictures.push(picture);
        }
        for (days, left) in [(29, [1, 1]), (2, [0, 1]), (340, [0, 0])] {
            test.portal.clock.advance(days * Time::DAY);
            domain::jobs::start(&test.portal).await.expect("planned");
            test.work().await;
            let mut read = test.portal.store.read().await.expect("connection");
            for (picture, left) in pictures.iter().zip(left) {
                let views = read.list_picture_views(&[*picture]).await.expect("asked").len();
                let downloads = read.list_downloads(*picture).await.expect("asked").len();
                assert_eq!((views, downloads), (left, left), "after {days} more days");
            }
        }
    }
}
