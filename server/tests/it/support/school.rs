//! People and groups for a test, made through the store as an import would.

use super::{NOW, TestPortal};
use domain::{Portal, secrets};
use model::{
    AccountId, ChildId, GroupId, GuardianshipId, InvitationId, RequestId, SchoolId, SessionId,
    account::SchoolSettings,
    roles::{Relation, Scope, StaffRole},
};
use store::{GroupRow, Invited, NewInvitation, NewRequest, NewSession, SchoolRow};

/// The password of everybody in tests.
pub const PASSWORD: &str = "een goed wachtwoord";

#[derive(Clone, Debug)]
pub struct Person {
    pub account: AccountId,
    pub name: String,
    pub email: String,
}

/// One school with two groups and somebody in every role.
///
/// Group 5 holds Sanne and Bram, group 7 holds Otto. Sanne and Otto are siblings.
#[derive(Clone, Debug)]
pub struct School {
    pub id: SchoolId,
    pub school_group: GroupId,
    pub group5: GroupId,
    pub group7: GroupId,
    pub sanne: ChildId,
    pub bram: ChildId,
    pub otto: ChildId,
    pub director: Person,
    pub office: Person,
    /// Teaches group 5.
    pub teacher5: Person,
    /// Teaches group 7.
    pub teacher7: Person,
    /// Assigned to group 5.
    pub specialist: Person,
    /// Custody of Sanne and Otto.
    pub mother: Person,
    /// The mother's guardianship of Sanne.
    pub mother_of_sanne: GuardianshipId,
    /// Custody of Sanne and Otto too, in another house.
    pub father: Person,
    /// Custody of Bram.
    pub bram_mother: Person,
    /// No custody of Bram.
    pub bram_father: Person,
    /// Kept from Bram by a court.
    pub barred: Person,
    /// What joins `bram_father` to Bram.
    pub guardianship: GuardianshipId,
    /// An unused invitation for a guardian of Bram, with code [`CODE`].
    pub invitation: InvitationId,
    /// "Femke Bakker" asks for access to Bram Bakker.
    pub request: RequestId,
}

/// The code of [`School::invitation`] of the first school in a portal.
pub const CODE: &str = "ABCDEFGH2345";

impl School {
    /// `slug` sets schools in one portal apart.
    pub async fn new(test: &TestPortal, slug: &str) -> School {
        let portal = &test.portal;
        let new = || portal.clock.new_id::<uuid::Uuid>();
        let id = SchoolId(new());
        let [school_group, group5, group7] = [GroupId(new()), GroupId(new()), GroupId(new())];
        let [sanne, bram, otto] = [ChildId(new()), ChildId(new()), ChildId(new())];
        let mut write = portal.store.write().await.expect("transaction");
        write
            .create_school(
                &SchoolRow {
                    id,
                    slug: slug.into(),
                    name: format!("Dorpsschool {slug}"),
                    time_zone: "Europe/Amsterdam".into(),
                    language: "nl".into(),
                    settings: serde_json::to_string(&SchoolSettings::default()).expect("JSON"),
                },
                NOW,
            )
            .await
            .expect("created");
        for (position, (group, name)) in
            [(school_group, "De hele school"), (group5, "Groep 5"), (group7, "Groep 7")].into_iter().enumerate()
        {
            write
                .create_group(&GroupRow {
                    id: group,
                    school_id: id,
                    is_school: position == 0,
                    name: name.into(),
                    school_year: "2026-2027".into(),
                    hue: (position > 0).then_some(position as i64),
                    position: position as i64,
                })
                .await
                .expect("created");
        }
        for (child, given, family, group) in
            [(sanne, "Sanne", "de Vries", group5), (bram, "Bram", "Bakker", group5), (otto, "Otto", "de Vries", group7)]
        {
            write.add_child(child, id, given, family, None, NOW).await.expect("added");
            write.enrol(id, child, group, NOW).await.expect("enrolled");
        }
        let mut people = Vec::new();
        for name in [
            "Dina Directeur",
            "Kees Kantoor",
            "Juf Anna",
            "Meester Zeven",
            "Gert Gym",
            "Mama de Vries",
            "Papa de Vries",
            "Mama Bakker",
            "Papa Bakker",
            "Bart Buiten",
        ] {
            let person = Person {
                account: AccountId(new()),
                name: name.into(),
                email: format!("{}@{slug}.example", name.to_lowercase().replace(' ', ".")),
            };
            // Made once by `Cost::Cheap`, of PASSWORD.
            let hash = portal.passwords.hash(PASSWORD).await.expect("hashed");
            write.create_account(person.account, &person.email, name, Some(&hash), None, NOW).await.expect("created");
            people.push(person);
        }
        let [director, office, teacher5, teacher7, specialist, mother, father, bram_mother, bram_father, barred]: [Person; 10] =
            people.try_into().expect("ten people");
        for (person, role) in [
            (&director, StaffRole::Director),
            (&office, StaffRole::Office),
            (&teacher5, StaffRole::Teacher),
            (&teacher7, StaffRole::Teacher),
            (&specialist, StaffRole::Specialist),
        ] {
            write.add_staff(id, person.account, role, NOW).await.expect("added");
        }
        for (person, group) in [(&teacher5, group5), (&teacher7, group7), (&specialist, group5)] {
            write.add_group_staff(id, group, person.account, NOW).await.expect("added");
        }
        let guardianships: [GuardianshipId; 7] = std::array::from_fn(|_| GuardianshipId(new()));
        for (guardianship, (person, child, scope, relation)) in guardianships.into_iter().zip([
            (&mother, sanne, Scope::Full, Relation::Mother),
            (&mother, otto, Scope::Full, Relation::Mother),
            (&father, sanne, Scope::Full, Relation::Father),
            (&father, otto, Scope::Full, Relation::Father),
            (&bram_mother, bram, Scope::Full, Relation::Mother),
            (&bram_father, bram, Scope::OnRequest, Relation::Father),
            (&barred, bram, Scope::None, Relation::Other),
        ]) {
            write.add_guardianship(guardianship, id, child, person.account, scope, relation, NOW).await.expect("added");
        }
        let mother_of_sanne = guardianships[0];
        domain::preferences::create_shipped_purposes(&mut write, portal, id, NOW).await.expect("created");
        let (invitation, request) = (InvitationId(new()), RequestId(new()));
        let first = write.find_invitation_by_code(&secrets::hash(CODE)).await.expect("asked").is_none();
        let code = if first { CODE.to_owned() } else { secrets::new_code() };
        let invited = NewInvitation {
            id: invitation,
            school: id,
            code_hash: &secrets::hash(&code),
            invited: Invited::Guardian { child: bram, scope: Scope::Full, relation: Relation::Carer },
            name: "Oma Bakker",
            email: None,
            by: Some(director.account),
            at: NOW,
            expires: NOW.plus(30 * model::Time::DAY),
        };
        assert!(write.create_invitation(&invited).await.expect("created"));
        let asked = NewRequest {
            id: request,
            school: id,
            name: "Femke Bakker",
            email: "femke@bakker.example",
            child_name: "Bram Bakker",
            relation: Relation::Mother,
            message: "Ik heb de brief niet gekregen.",
            language: "nl",
            at: NOW,
        };
        assert!(write.add_access_request(&asked).await.expect("added"));
        write.commit().await.expect("committed");
        School {
            id,
            school_group,
            group5,
            group7,
            sanne,
            bram,
            otto,
            director,
            office,
            teacher5,
            teacher7,
            specialist,
            mother,
            mother_of_sanne,
            father,
            bram_mother,
            bram_father,
            barred,
            guardianship: guardianships[5],
            invitation,
            request,
        }
    }
}

pub async fn open_session(portal: &Portal, account: AccountId) -> String {
    let token = secrets::new_token();
    let mut write = portal.store.write().await.expect("transaction");
    write
        .create_session(NewSession {
            id: portal.clock.new_id::<SessionId>(),
            account,
            token_hash: &secrets::hash(&token),
            user_agent: "Firefox Linux",
            at: portal.clock.now(),
            expires: portal.clock.now().plus(model::Time::DAY),
        })
        .await
        .expect("created");
    write.commit().await.expect("committed");
    token
}
