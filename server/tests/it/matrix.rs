//! Every server function × every role: what each may do, in one table. A server function without a row fails the test.

use crate::support::{Client, Person, School, TestPortal};
use axum::http::Method;

/// Who asks, in the order of the columns.
const COLUMNS: [&str; 10] = [
    "anonymous",
    "mother",
    "bram_mother",
    "bram_father",
    "teacher5",
    "teacher7",
    "specialist",
    "office",
    "director",
    "foreign director",
];

/// What comes back: the door is open (whatever it then says of the form), or as if there were nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Door {
    /// Answered or done; a form that is not right counts as open.
    Open,
    /// "Not found", as for an unknown id.
    Shut,
    /// "Sign in first".
    SignIn,
}
use Door::{Open as O, Shut as X, SignIn as S};

/// For the school's director alone.
const DIRECTOR: [Door; 10] = [S, X, X, X, X, X, X, X, O, X];
/// For the school's office and director.
const PEOPLE: [Door; 10] = [S, X, X, X, X, X, X, O, O, X];

struct Row {
    path: &'static str,
    method: Method,
    /// Values of the form; `{sanne}`, `{group5}` … become ids of the school.
    values: &'static [(&'static str, &'static str)],
    doors: [Door; 10],
}

fn rows() -> Vec<Row> {
    let row = |path, method, values, doors| Row { path, method, values, doors };
    vec![
        row("/api/account/viewer", Method::GET, &[], [O; 10]),
        row("/api/account/settings", Method::GET, &[], [S, O, O, O, O, O, O, O, O, O]),
        row("/api/account/sign-in", Method::POST, &[("email", ""), ("password", "")], [O; 10]),
        row("/api/account/sign-out", Method::POST, &[], [O; 10]),
        row("/api/account/revoke-device", Method::POST, &[("session", "x")], [S, X, X, X, X, X, X, X, X, X]),
        row(
            "/api/account/change-password",
            Method::POST,
            &[("current_password", ""), ("new_password", "")],
            [S, O, O, O, O, O, O, O, O, O],
        ),
        row("/api/preferences/find", Method::GET, &[("child", "{sanne}")], [S, O, X, X, X, X, X, X, X, X]),
        row(
            "/api/preferences/answer",
            Method::POST,
            &[("child", "{sanne}"), ("purpose", "{unknown}"), ("answer", "yes")],
            [S, O, X, X, X, X, X, X, X, X],
        ),
        row("/api/preferences/history", Method::GET, &[("child", "{sanne}")], [S, O, X, X, X, X, X, X, X, X]),
        // Nobody has given it.
        row(
            "/api/preferences/receipt",
            Method::GET,
            &[("child", "{sanne}"), ("answer", "{unknown}")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row("/api/preferences/postpone", Method::POST, &[], [S, O, O, O, O, O, O, O, O, O]),
        row("/api/preferences/list", Method::GET, &[("group", "{group5}")], [S, X, X, X, O, X, O, O, O, X]),
        row("/api/preferences/coverage", Method::GET, &[("school", "{school}")], DIRECTOR),
        row("/api/preferences/remind", Method::POST, &[("school", "{school}")], DIRECTOR),
        row("/api/preferences/print", Method::POST, &[("group", "{group5}")], [S, X, X, X, O, X, O, O, O, X]),
        row("/api/purposes/list", Method::GET, &[("school", "{school}")], DIRECTOR),
        row("/api/purposes/find", Method::GET, &[("purpose", "{purpose}")], DIRECTOR),
        row("/api/purposes/new", Method::GET, &[("school", "{school}")], DIRECTOR),
        row("/api/purposes/preview", Method::POST, &[("school", "{school}")], DIRECTOR),
        row("/api/purposes/add", Method::POST, &[("school", "{school}"), ("new", "{unknown}")], DIRECTOR),
        row(
            "/api/purposes/publish",
            Method::POST,
            &[("school", "{school}"), ("purpose", "{purpose}"), ("new", "{unknown}")],
            DIRECTOR,
        ),
        row("/api/purposes/end", Method::POST, &[("school", "{school}"), ("purpose", "{purpose}")], DIRECTOR),
        row("/api/pictures/seen", Method::GET, &[("child", "{sanne}")], [S, O, X, X, X, X, X, X, O, X]),
        row("/api/pictures/check", Method::GET, &[("post", "{unknown}")], [S, X, X, X, X, X, X, X, X, X]),
        row(
            "/api/pictures/answer",
            Method::POST,
            &[("post", "{unknown}"), ("child", "{sanne}")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row(
            "/api/pictures/restrict",
            Method::POST,
            &[("post", "{unknown}"), ("picture", "{unknown}"), ("child", "{sanne}")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row(
            "/api/pictures/cover",
            Method::POST,
            &[
                ("post", "{unknown}"),
                ("picture", "{unknown}"),
                ("child", "{sanne}"),
                ("left", "0"),
                ("top", "0"),
                ("width", "9"),
                ("height", "9"),
            ],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row(
            "/api/pictures/tag",
            Method::POST,
            &[("post", "{unknown}"), ("picture", "{unknown}")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row("/api/pictures/names", Method::GET, &[("post", "{unknown}")], [S, X, X, X, X, X, X, X, X, X]),
        row(
            "/api/pictures/add-name",
            Method::POST,
            &[("post", "{unknown}"), ("picture", "{unknown}"), ("name", "Sanne")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row("/api/reviews/list", Method::GET, &[], [S, X, X, X, O, O, O, O, O, O]),
        row("/api/reviews/find", Method::GET, &[("review", "{unknown}")], [S, X, X, X, X, X, X, X, X, X]),
        row(
            "/api/reviews/answer",
            Method::POST,
            &[("review", "{unknown}"), ("post", "{unknown}")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row(
            "/api/reviews/decide",
            Method::POST,
            &[("post", "{unknown}"), ("picture", "{unknown}"), ("child", "{sanne}"), ("decision", "show")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row("/api/access/invitation", Method::GET, &[("code", "x")], [O; 10]),
        row("/api/access/join", Method::POST, &[("code", "x"), ("name", ""), ("email", ""), ("password", "")], [O; 10]),
        row("/api/access/accept", Method::POST, &[("code", "x")], [S, O, O, O, O, O, O, O, O, O]),
        row("/api/access/request-form", Method::GET, &[], [O; 10]),
        row(
            "/api/access/request",
            Method::POST,
            &[("id", "{unknown}"), ("name", ""), ("email", ""), ("child_name", "")],
            [O; 10],
        ),
        row("/api/access/queue", Method::GET, &[], [S, X, X, X, X, X, X, O, O, O]),
        row(
            "/api/access/decide",
            Method::POST,
            &[("verdict", "reject"), ("ids[]", "{request}"), ("text", "Geen kind bij ons.")],
            DIRECTOR,
        ),
        row("/api/access/undo", Method::POST, &[("ids[]", "{request}")], DIRECTOR),
        row(
            "/api/access/invite-guardian",
            Method::POST,
            &[("id", "{unknown}"), ("child", "{sanne}"), ("name", "")],
            DIRECTOR,
        ),
        row(
            "/api/access/invite-staff",
            Method::POST,
            &[("id", "{unknown}"), ("school", "{school}"), ("name", "")],
            DIRECTOR,
        ),
        row("/api/access/letter", Method::GET, &[("invitation", "{invitation}")], DIRECTOR),
        row("/api/access/renew-invitation", Method::POST, &[("invitation", "{invitation}")], DIRECTOR),
        row("/api/access/revoke-invitation", Method::POST, &[("invitation", "{invitation}")], DIRECTOR),
        row("/api/people/page", Method::GET, &[("group", "{group5}")], PEOPLE),
        row("/api/people/child", Method::GET, &[("child", "{sanne}")], PEOPLE),
        row("/api/people/staff", Method::GET, &[("school", "{school}"), ("account", "{teacher5}")], PEOPLE),
        row("/api/people/former", Method::GET, &[("school", "{school}")], DIRECTOR),
        row("/api/people/erase-answers", Method::POST, &[("child", "{otto}"), ("reason", "x")], DIRECTOR),
        row("/api/people/audit", Method::GET, &[("school", "{school}")], DIRECTOR),
        row(
            "/api/people/add-group",
            Method::POST,
            &[("id", "{unknown}"), ("school", "{school}"), ("name", "")],
            DIRECTOR,
        ),
        row(
            "/api/people/add-child",
            Method::POST,
            &[("id", "{unknown}"), ("group", "{group5}"), ("given_name", ""), ("family_name", "")],
            DIRECTOR,
        ),
        row("/api/people/move-child", Method::POST, &[("child", "{sanne}"), ("group", "{group7}")], DIRECTOR),
        row("/api/people/remove-child", Method::POST, &[("child", "{otto}")], DIRECTOR),
        row("/api/people/set-scope", Method::POST, &[("guardianship", "{guardianship}"), ("scope", "x")], DIRECTOR),
        row("/api/people/end-guardianship", Method::POST, &[("guardianship", "{guardianship}")], DIRECTOR),
        row(
            "/api/people/add-role",
            Method::POST,
            &[("school", "{school}"), ("account", "{teacher5}"), ("role", "office")],
            DIRECTOR,
        ),
        row(
            "/api/people/end-role",
            Method::POST,
            &[("school", "{school}"), ("account", "{teacher5}"), ("role", "teacher")],
            DIRECTOR,
        ),
        row("/api/people/assign-group", Method::POST, &[("group", "{group7}"), ("account", "{teacher5}")], DIRECTOR),
        row("/api/people/unassign-group", Method::POST, &[("group", "{group5}"), ("account", "{teacher5}")], DIRECTOR),
        row("/api/posts/feed", Method::GET, &[], [S, O, O, O, O, O, O, O, O, O]),
        row("/api/posts/feed", Method::GET, &[("group", "{group5}")], [S, O, O, X, O, X, O, X, O, X]),
        row("/api/posts/feed", Method::GET, &[("child", "{sanne}")], [S, O, X, X, X, X, X, X, X, X]),
        row("/api/posts/open", Method::POST, &[("post", "{post}")], [S, O, O, X, O, X, O, X, O, X]),
        row("/api/posts/open", Method::POST, &[("post", "{draft}")], [S, X, X, X, X, X, X, X, X, X]),
        row("/api/posts/compose", Method::GET, &[], [S, X, X, X, O, O, O, O, O, O]),
        row("/api/posts/compose", Method::GET, &[("post", "{draft}")], [S, X, X, X, O, X, X, X, X, X]),
        row("/api/posts/compose", Method::GET, &[("post", "{post}")], [S, X, X, X, O, X, X, X, O, X]),
        row("/api/posts/tray", Method::GET, &[("post", "{draft}")], [S, X, X, X, O, X, X, X, X, X]),
        row("/api/posts/drafts", Method::GET, &[], [S, X, X, X, O, O, O, O, O, O]),
        row(
            "/api/posts/save",
            Method::POST,
            &[("post", "{draft}"), ("version", "1"), ("title", "x"), ("body", "")],
            [S, X, X, X, O, X, X, X, X, X],
        ),
        // Once it is published, a director may do the same again, and changes nothing.
        row("/api/posts/publish", Method::POST, &[("post", "{draft}")], [S, X, X, X, O, X, X, X, O, X]),
        row(
            "/api/posts/edit",
            Method::POST,
            &[("post", "{post}"), ("version", "2"), ("title", "x"), ("body", ""), ("groups[0]", "{group5}")],
            [S, X, X, X, O, X, X, X, O, X],
        ),
        row("/api/posts/confirm", Method::POST, &[("post", "{asking}")], [S, O, O, X, X, X, X, X, X, X]),
        row("/api/posts/confirm", Method::POST, &[("post", "{post}")], [S, X, X, X, X, X, X, X, X, X]),
        row("/api/posts/vote", Method::POST, &[("post", "{asking}")], [S, O, O, X, X, X, X, X, X, X]),
        row("/api/posts/poll", Method::GET, &[("post", "{asking}")], [S, O, O, X, O, X, O, X, O, X]),
        row("/api/posts/staff", Method::GET, &[("post", "{asking}")], [S, X, X, X, O, X, O, X, O, X]),
        row("/api/posts/remind", Method::POST, &[("post", "{asking}")], [S, X, X, X, O, X, X, X, O, X]),
        row("/api/posts/pin", Method::POST, &[("post", "{post}"), ("pinned", "true")], [S, X, X, X, O, X, O, X, O, X]),
        row("/api/posts/delete", Method::POST, &[("post", "{post}")], [S, X, X, X, O, X, X, X, O, X]),
        row(
            "/api/posts/remove-picture",
            Method::POST,
            &[("post", "{draft}"), ("picture", "{unknown}")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row(
            "/api/posts/move-picture-up",
            Method::POST,
            &[("post", "{draft}"), ("picture", "{unknown}")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row(
            "/api/posts/order-pictures",
            Method::POST,
            &[("post", "{post}"), ("pictures[0]", "{unknown}")],
            [S, X, X, X, O, X, X, X, O, X],
        ),
        row(
            "/api/posts/turn-picture",
            Method::POST,
            &[("post", "{draft}"), ("picture", "{unknown}")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row(
            "/api/posts/crop-picture",
            Method::POST,
            &[
                ("post", "{draft}"),
                ("picture", "{unknown}"),
                ("crop[left]", "0"),
                ("crop[top]", "0"),
                ("crop[width]", "9"),
                ("crop[height]", "9"),
            ],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row(
            "/api/posts/describe-picture",
            Method::POST,
            &[("post", "{draft}"), ("picture", "{unknown}"), ("alt", "x")],
            [S, X, X, X, X, X, X, X, X, X],
        ),
        row("/api/comments/list", Method::GET, &[("post", "{post}")], [S, O, O, X, O, X, O, X, O, X]),
        row(
            "/api/comments/add",
            Method::POST,
            &[("post", "{post}"), ("id", "{unknown}"), ("body", "")],
            [S, O, O, X, O, X, O, X, O, X],
        ),
        row(
            "/api/comments/edit",
            Method::POST,
            &[("comment", "{comment}"), ("body", "")],
            [S, O, X, X, X, X, X, X, X, X],
        ),
        row("/api/comments/delete", Method::POST, &[("comment", "{comment}")], [S, O, X, X, X, X, X, X, X, X]),
        row("/api/comments/remove", Method::POST, &[("comment", "{comment}")], [S, X, X, X, O, X, X, X, O, X]),
        row("/api/readers/list", Method::GET, &[("post", "{post}")], [S, X, X, X, O, X, X, X, O, X]),
        row("/api/albums/find", Method::GET, &[("group", "{group5}")], [S, O, O, X, O, X, O, X, O, X]),
        row("/api/albums/find", Method::GET, &[("group", "{school_group}")], [S, O, O, X, O, O, O, O, O, X]),
        row("/api/albums/find", Method::GET, &[("child", "{sanne}")], [S, O, X, X, X, X, X, X, X, X]),
        row("/api/search/find", Method::GET, &[("q", "bericht")], [S, O, O, O, O, O, O, O, O, O]),
        row("/api/account/set-language", Method::POST, &[("language", "nl")], [O; 10]),
        row(
            "/api/account/set-school-settings",
            Method::POST,
            &[("school", "{school}")],
            [S, X, X, X, X, X, X, X, O, X],
        ),
        row("/api/conversations/list", Method::GET, &[], [S, O, O, O, O, O, O, O, O, O]),
        row("/api/conversations/start-page", Method::GET, &[("child", "{sanne}")], [S, O, X, X, O, X, O, X, O, X]),
        row(
            "/api/conversations/start",
            Method::POST,
            &[("id", "{unknown}"), ("child", "{sanne}"), ("subject", ""), ("body", "")],
            [S, O, X, X, O, X, O, X, O, X],
        ),
        row(
            "/api/conversations/find",
            Method::GET,
            &[("conversation", "{conversation}")],
            [S, O, X, X, O, X, O, X, X, X],
        ),
        row(
            "/api/conversations/send",
            Method::POST,
            &[("conversation", "{conversation}"), ("id", "{unknown}"), ("body", "")],
            [S, O, X, X, O, X, O, X, X, X],
        ),
        row(
            "/api/conversations/mark-read",
            Method::POST,
            &[("conversation", "{conversation}"), ("seq", "1")],
            [S, O, X, X, O, X, O, X, X, X],
        ),
    ]
}

/// Begun by Sanne's mother, where a row names it.
const CONVERSATION: &str = "0198ffff-ffff-7fff-bfff-000000000001";

/// By Sanne's mother under `{post}`, where a row names it.
const COMMENT: &str = "0198ffff-ffff-7fff-bfff-000000000002";

/// Ids that rows may name.
fn fill(text: &str, school: &School) -> String {
    text.replace("{school}", &school.id.to_string())
        .replace("{school_group}", &school.school_group.to_string())
        .replace("{group5}", &school.group5.to_string())
        .replace("{group7}", &school.group7.to_string())
        .replace("{sanne}", &school.sanne.to_string())
        .replace("{bram}", &school.bram.to_string())
        .replace("{otto}", &school.otto.to_string())
        .replace("{guardianship}", &school.guardianship.to_string())
        .replace("{invitation}", &school.invitation.to_string())
        .replace("{request}", &school.request.to_string())
        .replace("{teacher5}", &school.teacher5.account.to_string())
        .replace("{mother}", &school.mother.account.to_string())
        .replace("{conversation}", CONVERSATION)
        .replace("{comment}", COMMENT)
        .replace("{unknown}", "0198ffff-ffff-7fff-bfff-ffffffffffff")
}

/// A post and a draft of the teacher of group 5, for that group.
async fn posts(test: &TestPortal, school: &School) -> (String, String) {
    let teacher = test.as_(&school.teacher5).await;
    let post = test.published(&teacher, "Bericht", &[school.group5]).await;
    let draft = test.new_post_id();
    teacher.save(draft, 0, "Concept", "", &[school.group5]).await.expect("saved");
    (post.to_string(), draft.to_string())
}

/// A post of the teacher that asks to confirm, and has a poll.
async fn asking(test: &TestPortal, school: &School) -> String {
    let options = [
        ("confirm", "true"),
        ("confirm_by", "2026-11-20T12:00"),
        ("poll_question", "Gaat u mee?"),
        ("poll_choices", "ja"),
        ("poll_choices", "nee"),
        ("poll_closes_at", "2026-11-20T12:00"),
    ];
    let teacher = test.as_(&school.teacher5).await;
    test.published_with(&teacher, "Schoolreis", &[school.group5], &options).await.to_string()
}

async fn client(test: &TestPortal, school: &School, foreign: &School, column: usize) -> Client {
    let person: &Person = match column {
        0 => return test.anonymous(),
        1 => &school.mother,
        2 => &school.bram_mother,
        3 => &school.bram_father,
        4 => &school.teacher5,
        5 => &school.teacher7,
        6 => &school.specialist,
        7 => &school.office,
        8 => &school.director,
        _ => &foreign.director,
    };
    test.as_(person).await
}

#[tokio::test]
async fn every_server_function_has_its_row() {
    let rows = rows();
    let mut missing: Vec<String> = server_fn::axum::server_fn_paths()
        .filter(|(path, method)| !rows.iter().any(|row| row.path == *path && row.method == *method))
        .map(|(path, method)| format!("{method} {path}"))
        .collect();
    missing.sort();
    assert!(missing.is_empty(), "server functions without a row in the matrix: {missing:#?}");
}

#[tokio::test]
async fn the_policy_holds_for_every_role_at_every_door() {
    let mut wrong = Vec::new();
    for row in rows() {
        // A school of its own for each row: what one row changes, the next does not see.
        let test = TestPortal::new().await;
        let school = School::new(&test, "ikker").await;
        let foreign = School::new(&test, "elders").await;
        if row.values.iter().any(|(_, value)| *value == "{conversation}") {
            let sanne = school.sanne.to_string();
            let values = [("id", CONVERSATION), ("child", sanne.as_str()), ("subject", "Gym"), ("body", "Dag")];
            test.as_(&school.mother).await.call::<()>("/api/conversations/start", &values).await.expect("started");
        }
        let (post, draft) = posts(&test, &school).await;
        if row.values.iter().any(|(_, value)| *value == "{comment}") {
            let values = [("post", post.as_str()), ("id", COMMENT), ("body", "Leuk")];
            test.as_(&school.mother).await.call::<()>("/api/comments/add", &values).await.expect("said");
        }
        let mut read = test.portal.store.read().await.expect("connection");
        let purpose = read.list_purposes(school.id).await.expect("purposes").remove(0).id.to_string();
        drop(read);
        let asks = row.values.iter().any(|(_, value)| *value == "{asking}");
        let asking = if asks { asking(&test, &school).await } else { String::new() };
        let values: Vec<(&str, String)> = row
            .values
            .iter()
            .map(|(name, value)| {
                let value = fill(value, &school).replace("{post}", &post).replace("{draft}", &draft);
                (*name, value.replace("{asking}", &asking).replace("{purpose}", &purpose))
            })
            .collect();
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        for (column, expected) in row.doors.iter().enumerate() {
            let client = client(&test, &school, &foreign, column).await;
            let status = if row.method == Method::GET {
                client.ask::<serde_json::Value>(row.path, &values).await.map_or_else(|error| error.status(), |_| 200)
            } else {
                client.call::<serde_json::Value>(row.path, &values).await.map_or_else(|error| error.status(), |_| 200)
            };
            let door = match status {
                401 if *expected == S => S,
                404 => X,
                200 | 401 | 409 | 422 => O,
                other => panic!("{} as {}: status {other}", row.path, COLUMNS[column]),
            };
            if door != *expected {
                wrong.push(format!("{} as {}: {door:?} instead of {expected:?} ({status})", row.path, COLUMNS[column]));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
