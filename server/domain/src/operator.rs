//! What whoever runs the server does by command, without signing in: the first director, a lost password.

use crate::{
    Portal, Result, access,
    audit::{self, Entry},
    live, preferences, secrets,
};
use model::{
    AccountId, ApiError, GroupId, Problem, SchoolId,
    account::SchoolSettings,
    check::{Checker, NAME_MAX},
    live::LiveEvent,
    roles::StaffRole,
};
use store::{GroupRow, Invited, SchoolRow, Write};
use texts::{Lang, people};

/// Longest name of a school in addresses.
const SLUG_MAX: usize = 60;

/// A director to make, and their school, which is made too if its slug is new.
#[derive(Debug)]
pub struct NewDirector<'a> {
    pub school_name: &'a str,
    pub school_slug: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    /// Without one the director gets a code to join with.
    pub password: Option<&'a str>,
}

/// How the new director gets in.
#[derive(Debug, PartialEq, Eq)]
pub enum Entrance {
    /// With the password that was given.
    Password,
    /// The address had an account already, which keeps its password.
    OldPassword,
    /// With a code, once.
    Code { code: String, url: String },
}

/// Makes a director, and the school if there is none with this slug.
pub async fn create_director(portal: &Portal, new: &NewDirector<'_>) -> Result<Entrance> {
    let mut checker = Checker::default();
    let school_name = checker.line("school-name", new.school_name, NAME_MAX);
    let slug = checker.line("school-slug", new.school_slug, SLUG_MAX);
    if !slug.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-') {
        checker.problem("school-slug", Problem::StrangeCharacters);
    }
    let name = checker.line("name", new.name, NAME_MAX);
    let email = checker.email("email", new.email);
    let password = new.password.map(|password| checker.new_password("password", password));
    checker.finish()?;
    let hash = match &password {
        Some(password) => Some(portal.passwords.hash(password).await?),
        None => None,
    };
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let school = find_or_create_school(&mut write, portal, &school_name, &slug).await?;
    let entry = Entry { action: "people.add-director", subject: &name, detail: "" };
    audit::record(&mut write, portal, school, None, entry).await?;
    let account = write.find_account_by_email(&email).await?;
    let entrance = match (account, hash) {
        (Some(account), _) => {
            write.add_staff(school, account.id, StaffRole::Director, now).await?;
            live::tell(&mut write, portal, &[account.id], LiveEvent::Resync).await?;
            Entrance::OldPassword
        }
        (None, Some(hash)) => {
            let account: AccountId = portal.clock.new_id();
            write.create_account(account, &email, &name, Some(&hash), None, now).await?;
            write.add_staff(school, account, StaffRole::Director, now).await?;
            Entrance::Password
        }
        (None, None) => {
            let invited = Invited::Staff { role: StaffRole::Director, group: None };
            let id = portal.clock.new_id();
            let code = access::write_invitation(&mut write, portal, None, school, id, invited, &name, Some(&email));
            let code = code.await?.ok_or_else(|| crate::Error::internal("a new id is taken"))?;
            Entrance::Code { url: access::join_url(portal, &code), code: secrets::written_code(&code) }
        }
    };
    write.commit().await?;
    Ok(entrance)
}

async fn find_or_create_school(write: &mut Write, portal: &Portal, name: &str, slug: &str) -> Result<SchoolId> {
    if let Some(school) = write.find_school_by_slug(slug).await? {
        return Ok(school.id);
    }
    let now = portal.clock.now();
    let lang = Lang::default();
    let school = SchoolRow {
        id: portal.clock.new_id(),
        slug: slug.to_owned(),
        name: name.to_owned(),
        time_zone: "Europe/Amsterdam".to_owned(),
        language: lang.tag().to_owned(),
        settings: serde_json::to_string(&SchoolSettings::default())?,
    };
    write.create_school(&school, now).await?;
    write
        .create_group(&GroupRow {
            id: portal.clock.new_id::<GroupId>(),
            school_id: school.id,
            is_school: true,
            name: lang.get(people::WHOLE_SCHOOL).to_owned(),
            school_year: String::new(),
            hue: None,
            position: 0,
        })
        .await?;
    preferences::create_shipped_purposes(write, portal, school.id, now).await?;
    Ok(school.id)
}

/// Gives an account another password and ends its sessions. Answers the password: the given one, or one made here.
pub async fn reset_password(portal: &Portal, email: &str, password: Option<&str>) -> Result<String> {
    let password = match password {
        Some(password) => {
            let mut checker = Checker::default();
            let password = checker.new_password("password", password);
            checker.finish()?;
            password
        }
        None => secrets::written_code(&secrets::new_code()),
    };
    let hash = portal.passwords.hash(&password).await?;
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let account = write.find_account_by_email(&email.trim().to_lowercase()).await?;
    let account = account.ok_or_else(crate::Error::not_found)?;
    write.set_password(account.id, &hash).await?;
    write.end_all_sessions(account.id, now).await?;
    let mut schools: Vec<SchoolId> =
        write.list_staff_facts(account.id).await?.into_iter().map(|fact| fact.school_id).collect();
    schools.extend(write.list_guardianship_facts(account.id).await?.into_iter().map(|fact| fact.school_id));
    schools.sort();
    schools.dedup();
    for school in schools {
        let entry = Entry { action: "account.reset-password", subject: &account.name, detail: "" };
        audit::record(&mut write, portal, school, None, entry).await?;
    }
    live::tell(&mut write, portal, &[account.id], LiveEvent::Resync).await?;
    write.commit().await?;
    Ok(password)
}

/// What a refused value is about, in words for a terminal.
pub fn explain(error: &ApiError) -> String {
    match error {
        ApiError::Invalid { fields } => {
            let lines: Vec<String> = fields.iter().map(|one| format!("--{}: {:?}", one.field, one.problem)).collect();
            lines.join("; ")
        }
        ApiError::NotFound => "there is no such account".to_owned(),
        other => other.to_string(),
    }
}
