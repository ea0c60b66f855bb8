//! What a school lets people do.

use super::*;

#[tokio::test]
async fn a_director_sets_the_school() {
    const SET: &str = "/api/account/set-school-settings";
    let test = TestPortal::new().await;
    let school = School::new(&test, "ikker").await;
    let foreign = School::new(&test, "elders").await;
    let director = test.as_(&school.director).await;
    let html = is_page(&director.get("/settings").await, StatusCode::OK);
    assert_eq!(html.matches("type=\"checkbox\"").count(), 7, "{html}");
    assert!(html.contains("Instellingen van Dorpsschool ikker"), "{html}");
    assert!(html.contains("0 MB in van de 1000 MB"), "{html}");
    for person in [&school.mother, &school.teacher5, &school.office] {
        let client = test.as_(person).await;
        assert!(!client.get("/settings").await.text().contains("all_must_agree"), "{}", person.name);
        let values = [("school", school.id.to_string()), ("all_must_agree", "true".to_owned())];
        let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(client.call::<()>(SET, &values).await, Err(ApiError::NotFound), "{}", person.name);
    }
    // A box that is not ticked sends nothing.
    let (id, other) = (school.id.to_string(), foreign.id.to_string());
    let values = [("school", id.as_str()), ("all_must_agree", "true"), ("teachers_post_to_school", "true")];
    let answer = director.post_form(SET, "/settings", &values).await;
    assert_eq!((answer.status, answer.location()), (StatusCode::SEE_OTHER, "/settings?done=school"));
    assert!(director.get("/settings?done=school").await.text().contains("zijn bewaard"));
    let settings: Settings = director.ask("/api/account/settings", &[]).await.expect("settings");
    let [governed] = settings.governed.as_slice() else { panic!("{settings:?}") };
    let set = &governed.settings;
    assert!(set.all_must_agree && set.teachers_post_to_school);
    assert!(!set.specialists_post_to_school && !set.office_posts_to_school && !set.guardians_start_conversations);
    let mother = test.as_(&school.mother).await;
    assert_eq!(start(&mother, school.sanne, &[]).await, Err(ApiError::NotFound), "it holds at once");
    for bad in [other.as_str(), "", "x"] {
        assert_eq!(director.call::<()>(SET, &[("school", bad)]).await, Err(ApiError::NotFound), "{bad}");
    }
    let log = test.portal.store.read().await.expect("connection").list_audit(school.id, 10).await.expect("asked");
    assert_eq!(log.len(), 1);
    assert_eq!((log[0].action.as_str(), log[0].actor.as_deref()), ("school.settings", Some("Dina Directeur")));
    assert!(log[0].detail.contains("\"all_must_agree\":true"), "{}", log[0].detail);
}
