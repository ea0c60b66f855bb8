//! A living demo school as plain data and drawn pictures.
//!
//! This crate knows nothing of databases, HTTP or our other crates: [`plan()`] says who is at the
//! school and what was written, [`picture()`] draws what was photographed. Both are functions of a
//! seed (and, for the plan, of the moment it is asked), so that a demo, a screenshot and a test
//! can show the same school again. Every name is invented and every address ends in `.example`.

mod access;
mod answers;
mod calendar;
mod logins;
mod names;
mod outcome;
mod people;
mod pictures;
mod plan;
mod posts;
mod purposes;
mod random;
mod staff;
mod talks;

pub use outcome::Outcome;
pub use pictures::{
    Orientation, PictureSize, orientation, picture, picture_count, picture_description, picture_is_portrait,
    picture_scene, scene_svg, suggested_size,
};
pub use plan::*;

/// The password of every demo account. Long enough for the sign-in rules, easy to read aloud.
pub const DEMO_PASSWORD: &str = "Welkom-op-de-ikker-1";

/// Everything there is at the demo school at `now_micros` (UTC microseconds since 1970).
///
/// The same `seed` and `now_micros` give the same plan, on every machine and in every version of
/// this crate's dependencies. Nothing in the plan lies after `now_micros`, except the moments that
/// are meant to: when an invitation expires and by when a post asks to be confirmed.
pub fn plan(seed: u64, now_micros: i64) -> Plan {
    let calendar = calendar::Calendar::new(now_micros);
    let groups = people::groups(&calendar);
    let staff = staff::staff();
    let people = people::people(seed, &calendar, &staff);
    let purposes = purposes::purposes();
    let answers = answers::answers(seed, &calendar, &people, &staff, &purposes);
    let mut plan = Plan {
        seed,
        now_micros,
        school: School {
            name: "Dorpsschool de Twa-ikker".into(),
            slug: "twa-ikker".into(),
            place: "Easterikkerum".into(),
            timezone: "Europe/Amsterdam".into(),
            language: Language::Nl,
            year: calendar.school_year(),
        },
        groups,
        staff,
        children: people.children,
        guardians: people.guardians,
        guardianships: people.guardianships,
        purposes,
        answers,
        posts: Vec::new(),
        conversations: Vec::new(),
        requests: Vec::new(),
        invitations: Vec::new(),
        logins: Vec::new(),
    };
    plan.posts = posts::posts(&plan, &calendar);
    plan.conversations = talks::conversations(&plan, &calendar);
    plan.invitations = access::invitations(&plan, &calendar);
    plan.requests = access::requests(&plan, &calendar);
    plan.logins = logins::logins(&plan);
    plan
}
