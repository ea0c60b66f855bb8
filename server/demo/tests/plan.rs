//! What everybody who loads the demo school relies on.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use demo::*;

/// Sunday 22 November 2026, 18:33 UTC.
const NOW: i64 = 1_795_372_380_000_000;
const DAY: i64 = 86_400_000_000;

/// One moment in every month, because much depends on the season.
static ALL_YEAR: LazyLock<Vec<Plan>> =
    LazyLock::new(|| (0..12).map(|month| plan(month as u64 + 1, NOW + month * 30 * DAY)).collect());

fn all_year() -> impl Iterator<Item = &'static Plan> {
    ALL_YEAR.iter()
}

#[test]
fn is_the_same_for_the_same_seed_only() {
    assert_eq!(plan(1, NOW), plan(1, NOW));
    let (one, other) = (plan(1, NOW), plan(2, NOW));
    assert_ne!(one.children, other.children);
    assert_ne!(one.posts, other.posts);
    assert_eq!(one.staff, other.staff);
}

#[test]
fn has_the_size_of_a_village_school() {
    for plan in all_year() {
        let roles = |role| plan.staff.iter().filter(|one| one.role == role).count();
        assert_eq!(roles(StaffRole::Director), 2);
        assert!(roles(StaffRole::Teacher) >= 10);
        assert!(roles(StaffRole::Specialist) >= 3);
        assert!(roles(StaffRole::Office) >= 3);
        assert_eq!(plan.groups.len(), 9);
        assert_eq!(plan.groups[SCHOOL_GROUP].kind, GroupKind::School);
        assert!((170..=195).contains(&plan.children.len()), "{} children", plan.children.len());
        assert!((280..=320).contains(&plan.guardians.len()), "{} guardians", plan.guardians.len());
        assert_eq!(plan.purposes.len(), 9);
        assert!(plan.purposes.iter().any(|purpose| purpose.basis == Basis::Information));
        assert!(plan.answers.len() > 1500, "{} answers", plan.answers.len());
        assert!(plan.posts.iter().filter(|post| !post.draft).count() >= 200, "{} posts", plan.posts.len());
        assert_eq!(plan.posts.iter().filter(|post| post.draft).count(), 3);
        assert_eq!(plan.posts.iter().filter(|post| post.pictures.len() == 24).count(), 1);
        assert!(plan.conversations.len() >= 25, "{} conversations", plan.conversations.len());
        assert!(plan.conversations.iter().any(|one| one.unread_by_staff > 0));
        assert!(plan.conversations.iter().any(|one| one.unread_by_guardians > 0));
        assert_eq!(plan.requests.iter().filter(|request| request.state == RequestState::Pending).count(), 12);
        assert_eq!(plan.requests.len(), 15);
        assert_eq!(plan.invitations.len(), 6);
        for group in 0..8 {
            let size = plan.children_of(group).count();
            assert!((15..=30).contains(&size), "{size} children in {}", plan.groups[group].name);
            assert!(plan.staff.iter().any(|one| one.role == StaffRole::Teacher && one.groups.contains(&group)));
        }
    }
}

#[test]
fn every_sort_of_family_is_there() {
    for plan in all_year() {
        let mut links: HashMap<usize, Vec<&Guardianship>> = HashMap::new();
        for link in &plan.guardianships {
            links.entry(link.child).or_default().push(link);
        }
        assert_eq!(links.len(), plan.children.len(), "every child has a guardian");
        assert!(links.values().all(|of_child| of_child.iter().any(|link| link.scope == Scope::Full)));
        assert!(links.values().filter(|of_child| of_child.len() == 1).count() >= 5);
        assert!(plan.guardianships.iter().filter(|link| link.scope == Scope::OnRequest).count() >= 3);
        let kept_away = plan.guardianships.iter().filter(|link| link.scope == Scope::None).count();
        assert_eq!(kept_away, 2);
        let several = (0..plan.guardians.len())
            .filter(|&g| plan.guardianships.iter().filter(|link| link.guardian == g).count() > 1)
            .count();
        assert!(several >= 20, "{several} guardians with several children");
        let colleague =
            plan.guardians.iter().find(|guardian| guardian.staff.is_some()).expect("a teacher who is a parent");
        assert_eq!(colleague.email, plan.staff[colleague.staff.expect("set")].email);
        let mut twins = HashSet::new();
        for (place, child) in plan.children.iter().enumerate() {
            let twin = plan.children[..place].iter().any(|one| {
                one.born_on == child.born_on && one.family_name == child.family_name && one.group == child.group
            });
            twins.extend(twin.then_some(place));
            assert!(
                plan.children.iter().filter(|one| one.name() == child.name()).count() == 1,
                "{} is there twice",
                child.name()
            );
        }
        assert!(twins.len() >= 3);
    }
}

#[test]
fn every_address_is_unique_and_invented() {
    for plan in all_year() {
        let staff = plan.staff.iter().map(|one| one.email.as_str());
        let guardians = plan.guardians.iter().filter(|one| one.staff.is_none()).map(|one| one.email.as_str());
        let mut seen = HashSet::new();
        for email in staff.chain(guardians) {
            assert!(seen.insert(email), "{email} is there twice");
        }
        for email in seen.iter().copied().chain(plan.requests.iter().map(|request| request.email.as_str())) {
            let (local, host) = email.split_once('@').expect("an address");
            let fine = |part: &str| {
                !part.is_empty()
                    && part.split('.').all(|label| !label.is_empty())
                    && part.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
            };
            assert!(fine(local) && fine(host) && host.ends_with(".example"), "{email}");
        }
    }
}

#[test]
fn every_class_has_all_three_outcomes() {
    for plan in all_year() {
        for key in ["portal_group", "portal_school"] {
            let purpose = plan.purpose(key).expect("a purpose");
            let mut all = HashMap::new();
            for group in 0..8 {
                let mut count: HashMap<Outcome, usize> = HashMap::new();
                for child in plan.children_of(group) {
                    let outcome = plan.outcome(child, purpose, plan.now_micros);
                    *count.entry(outcome).or_default() += 1;
                    *all.entry(outcome).or_insert(0) += 1;
                }
                let of = |outcome| count.get(&outcome).copied().unwrap_or(0);
                assert!(of(Outcome::Yes) > of(Outcome::No) + of(Outcome::Unset), "{key} in group {group}: {count:?}");
                assert!(of(Outcome::Unset) >= 1, "{key} in group {group}: {count:?}");
                let most = if key == "portal_group" { 4 } else { 7 };
                assert!((2..=most).contains(&of(Outcome::No)), "{key} in group {group}: {count:?}");
            }
            let share = all[&Outcome::Yes] * 100 / plan.children.len();
            assert!((58..=78).contains(&share), "{key}: {share} % yes");
        }
    }
}

#[test]
fn answers_are_those_of_guardians_with_custody() {
    for plan in all_year() {
        let full: HashSet<(usize, usize)> =
            plan.guardianships.iter().filter(|l| l.scope == Scope::Full).map(|l| (l.guardian, l.child)).collect();
        let mut changed = 0;
        let mut last = HashMap::new();
        assert!(plan.answers.is_sorted_by_key(|answer| answer.at_micros));
        for answer in &plan.answers {
            assert!(full.contains(&(answer.guardian, answer.child)));
            assert_eq!(plan.purposes[answer.purpose].basis, Basis::Consent);
            assert!(answer.at_micros < plan.now_micros);
            match (answer.how, plan.guardians[answer.guardian].joined_at_micros) {
                (How::SelfService, joined) => assert!(joined.is_some_and(|joined| joined < answer.at_micros)),
                (How::PaperForm { recorded_by }, _) => {
                    assert!(matches!(plan.staff[recorded_by].role, StaffRole::Office | StaffRole::Director))
                }
            }
            let before = last.insert((answer.guardian, answer.child, answer.purpose), answer.yes);
            changed += usize::from(before.is_some_and(|before| before != answer.yes));
        }
        assert!(changed > 20, "{changed} changes of mind");
        assert!(plan.answers.iter().any(|answer| matches!(answer.how, How::PaperForm { .. })));
    }
}

#[test]
fn nothing_lies_in_the_future_and_everybody_may_do_what_they_did() {
    for plan in all_year() {
        let mut bodies: HashMap<&str, usize> = HashMap::new();
        for post in &plan.posts {
            assert!(post.at_micros < plan.now_micros, "{}", post.title);
            assert!(post.at_micros > plan.now_micros - 450 * DAY, "{}", post.title);
            assert!(
                !post.body.contains(['{', '}', '<']) && !post.title.contains(['{', '}', '|']),
                "{}\n{}",
                post.title,
                post.body
            );
            assert!(!post.groups.is_empty());
            let author = &plan.staff[post.author];
            for &group in &post.groups {
                let may = author.role == StaffRole::Director
                    || author.groups.contains(&group)
                    || (group == SCHOOL_GROUP && author.role == StaffRole::Teacher);
                assert!(may, "{} posts to {}", author.name(), plan.groups[group].name);
            }
            assert!((0.0..=1.0).contains(&post.read_fraction));
            let key = if post.groups[0] == SCHOOL_GROUP { "portal_school" } else { "portal_group" };
            let purpose = plan.purpose(key).expect("a purpose");
            for picture in &post.pictures {
                assert!(picture.picture < picture_count());
                for &child in &picture.tagged {
                    assert!(
                        post.groups.iter().any(|&group| group == SCHOOL_GROUP || plan.children[child].group == group)
                    );
                    assert_eq!(plan.outcome(child, purpose, post.at_micros), Outcome::Yes);
                }
            }
            for comment in &post.comments {
                assert!(comment.at_micros > post.at_micros && comment.at_micros < plan.now_micros);
                if let Person::Guardian(guardian) = comment.by {
                    let mine =
                        plan.guardianships.iter().filter(|link| link.guardian == guardian && link.scope == Scope::Full);
                    assert!(mine.into_iter().any(|link| post.groups.contains(&plan.children[link.child].group)));
                }
            }
            *bodies.entry(&post.title).or_default() += 1;
        }
        assert!(bodies.len() >= 80, "{} titles", bodies.len());
        assert!(plan.posts.iter().any(|post| post.language == Language::En));
        assert!(plan.posts.iter().any(|post| post.language == Language::Fy));
        for talk in &plan.conversations {
            assert!(talk.messages.last().is_some_and(|last| last.at_micros < plan.now_micros));
            assert!(talk.messages.is_sorted_by_key(|message| message.at_micros));
            for message in &talk.messages {
                assert!(!message.text.contains('{'));
                match message.from {
                    Person::Staff(one) => assert!(talk.staff.contains(&one)),
                    Person::Guardian(one) => assert!(talk.guardians.contains(&one)),
                }
            }
            for &guardian in &talk.guardians {
                assert!(
                    plan.guardianships
                        .iter()
                        .any(|link| link.guardian == guardian && link.child == talk.child && link.scope == Scope::Full)
                );
            }
            for &one in &talk.staff {
                assert!(plan.staff[one].groups.contains(&plan.children[talk.child].group));
            }
        }
        for request in &plan.requests {
            assert!(request.at_micros < plan.now_micros);
        }
        for invitation in &plan.invitations {
            assert!(plan.guardians[invitation.guardian].joined_at_micros.is_none());
            assert!(invitation.sent_at_micros < plan.now_micros && invitation.expires_at_micros > plan.now_micros);
        }
    }
}

#[test]
fn the_last_weeks_are_busy() {
    // In November; after a holiday the last weeks of school are further back.
    let plan = plan(1, NOW);
    let recent = plan.posts.iter().filter(|post| !post.draft && post.at_micros > NOW - 28 * DAY).count();
    assert!(recent >= 80, "{recent} posts in four weeks");
    let fresh = plan.posts.iter().filter(|post| !post.draft && post.at_micros > NOW - 3 * DAY).count();
    assert!(fresh >= 3, "{fresh} posts in three days");
}

#[test]
fn the_log_ins_show_what_they_promise() {
    for plan in all_year() {
        let count = |role| plan.logins.iter().filter(|login| login.role == role).count();
        assert!(count(LoginRole::Guardian) >= 3 && count(LoginRole::Teacher) >= 3);
        assert!(count(LoginRole::Specialist) >= 1 && count(LoginRole::Office) >= 1 && count(LoginRole::Director) >= 1);
        let guardian = |email: &str| plan.guardians.iter().position(|one| one.email == email).expect("a guardian");
        let children = |guardian: usize| {
            plan.guardianships
                .iter()
                .filter(|link| link.guardian == guardian)
                .map(|link| link.child)
                .collect::<Vec<_>>()
        };
        let (mother, father) = (guardian("moeder@demo.example"), guardian("vader@demo.example"));
        assert_eq!(children(mother), children(father));
        let [sanne, otto] = children(mother)[..] else { panic!("two children") };
        assert_ne!(plan.children[sanne].group, plan.children[otto].group);
        let at = |key| plan.purpose(key).expect("a purpose");
        assert_eq!(plan.outcome(sanne, at("portal_group"), plan.now_micros), Outcome::Yes);
        assert_eq!(plan.outcome(sanne, at("website"), plan.now_micros), Outcome::No);
        let undecided = children(guardian("onbeslist@demo.example"))[0];
        assert_eq!(plan.outcome(undecided, at("portal_group"), plan.now_micros), Outcome::Unset);
        for login in &plan.logins {
            assert_eq!(login.password, DEMO_PASSWORD);
            let email = match login.who {
                Person::Staff(one) => &plan.staff[one].email,
                Person::Guardian(one) => &plan.guardians[one].email,
            };
            assert_eq!(&login.email, email);
        }
    }
}
