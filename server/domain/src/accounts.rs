//! Signing in and out, devices, and the reader's own settings.

use crate::{
    Actor, Error, Portal, Result,
    actor::{ActorSchool, SESSION_IDLE, SESSION_LIFE},
    moments::Dates,
    policy::{self, Action, Target},
    secrets,
    uploads::find_space,
};
use model::{
    AccountId, ApiError, SchoolId, SessionId, Time,
    account::{ChildChip, Device, GovernedSchool, GroupChip, SchoolName, SchoolSettings, Settings, Viewer},
    check::Checker,
    error::Conflict,
};
use store::{GroupRow, Ids, NewSession};
use texts::Lang;

/// Window in which wrong passwords are counted.
const WINDOW: i64 = 15 * Time::MINUTE;
/// Wrong passwords in a window from one network address (a school shares one).
const PER_ADDRESS: i64 = 60;
/// Wrong passwords in a window for one account, from browsers that never signed in to it.
const PER_ACCOUNT: i64 = 10;
/// Wrong passwords in a window from one browser that has signed in to the account before.
const PER_DEVICE: i64 = 10;

/// A try to sign in.
#[derive(Debug)]
pub struct SignIn<'a> {
    pub email: &'a str,
    pub password: &'a str,
    /// Network address of the browser.
    pub address: &'a str,
    pub user_agent: &'a str,
    /// The cookie that says that this browser has signed in before.
    pub device: Option<&'a str>,
}

/// What the browser keeps.
#[derive(Debug)]
pub struct SignedIn {
    pub account: AccountId,
    pub token: String,
    /// A new device cookie, when the browser had none for this account.
    pub device: Option<String>,
}

/// Counts a try in each bucket; [`ApiError::TooMany`] when one is full.
pub(crate) async fn count_tries(portal: &Portal, window: i64, buckets: &[(String, i64)]) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let mut wait = 0;
    for (bucket, limit) in buckets {
        let (count, start) = write.count_try(bucket, now, now.plus(-window)).await?;
        if count > *limit {
            wait = wait.max(start + window - now.0);
        }
    }
    write.commit().await?;
    if wait > 0 {
        let seconds = u32::try_from((wait + Time::SECOND - 1) / Time::SECOND).unwrap_or(u32::MAX);
        return Err(ApiError::TooMany { retry_after: seconds }.into());
    }
    Ok(())
}

/// Signs in with e-mail and password. Wrong e-mail and wrong password are told apart neither by answer nor by time.
pub async fn sign_in(portal: &Portal, try_: SignIn<'_>) -> Result<SignedIn> {
    let email = try_.email.trim().to_lowercase();
    let mut checker = Checker::default();
    if email.is_empty() {
        checker.problem("email", model::Problem::Required);
    }
    if try_.password.is_empty() {
        checker.problem("password", model::Problem::Required);
    }
    checker.finish()?;
    let mut read = portal.store.read().await?;
    let account = read.find_account_by_email(&email).await?.filter(|account| account.disabled_at.is_none());
    let known = match (&account, try_.device) {
        (Some(account), Some(device)) => read.is_known_device(&secrets::hash(device), account.id).await?,
        _ => false,
    };
    drop(read);
    let buckets = match try_.device {
        Some(device) if known => vec![(format!("device:{}", hex::encode(secrets::hash(device))), PER_DEVICE)],
        _ => vec![
            (format!("address:{}", try_.address), PER_ADDRESS),
            (format!("account:{}", hex::encode(secrets::hash(&email))), PER_ACCOUNT),
        ],
    };
    count_tries(portal, WINDOW, &buckets).await?;
    let stored = account.as_ref().and_then(|account| account.password_hash.as_deref());
    if !portal.passwords.verify(try_.password, stored).await? {
        return Err(ApiError::conflict(Conflict::WrongCredentials).into());
    }
    let Some(account) = account else { return Err(ApiError::conflict(Conflict::WrongCredentials).into()) };
    let mut write = portal.store.write().await?;
    for (bucket, _) in &buckets {
        write.uncount_try(bucket).await?;
    }
    let signed_in = begin(&mut write, portal, account.id, try_.user_agent, try_.device.filter(|_| known)).await?;
    write.commit().await?;
    Ok(signed_in)
}

/// A new session of the account, and a device cookie unless the browser has `known`, one of this account.
pub(crate) async fn begin(
    write: &mut store::Write,
    portal: &Portal,
    account: AccountId,
    user_agent: &str,
    known: Option<&str>,
) -> Result<SignedIn> {
    let device = match known {
        Some(_) => None,
        None => {
            let device = secrets::new_token();
            write.add_known_device(&secrets::hash(&device), account, portal.clock.now()).await?;
            Some(device)
        }
    };
    let token = open_session(write, portal, account, user_agent).await?;
    Ok(SignedIn { account, token, device })
}

/// A new session of the account; answers its token.
pub(crate) async fn open_session(
    write: &mut store::Write,
    portal: &Portal,
    account: AccountId,
    user_agent: &str,
) -> Result<String> {
    let token = secrets::new_token();
    let now = portal.clock.now();
    write
        .create_session(NewSession {
            id: portal.clock.new_id(),
            account,
            token_hash: &secrets::hash(&token),
            user_agent: &user_agent.chars().filter(|c| !c.is_control()).take(300).collect::<String>(),
            at: now,
            expires: now.plus(SESSION_LIFE),
        })
        .await?;
    Ok(token)
}

/// Ends the actor's session.
pub async fn sign_out(portal: &Portal, actor: &Actor) -> Result<()> {
    revoke_device(portal, actor, actor.session()).await
}

/// Ends one of the actor's sessions.
pub async fn revoke_device(portal: &Portal, actor: &Actor, session: SessionId) -> Result<()> {
    let mut write = portal.store.write().await?;
    if !write.end_session(actor.account(), session, portal.clock.now()).await? {
        return Err(Error::not_found());
    }
    crate::live::tell(&mut write, portal, &[actor.account()], model::live::LiveEvent::Resync).await?;
    write.commit().await?;
    Ok(())
}

/// Changes the password and ends all other sessions.
pub async fn change_password(portal: &Portal, actor: &Actor, current: &str, new: &str) -> Result<()> {
    let mut checker = Checker::default();
    let new = checker.new_password("new_password", new);
    checker.finish()?;
    let bucket = format!("password:{}", actor.account());
    count_tries(portal, WINDOW, &[(bucket.clone(), PER_DEVICE)]).await?;
    let account = portal.store.read().await?.find_account(actor.account()).await?.ok_or_else(Error::not_found)?;
    if !portal.passwords.verify(current, account.password_hash.as_deref()).await? {
        return Err(ApiError::field("current_password", model::Problem::NotAChoice).into());
    }
    let hash = portal.passwords.hash(&new).await?;
    let mut write = portal.store.write().await?;
    write.forget_tries(&bucket).await?;
    write.set_password(actor.account(), &hash).await?;
    write.end_other_sessions(actor.account(), actor.session(), portal.clock.now()).await?;
    crate::live::tell(&mut write, portal, &[actor.account()], model::live::LiveEvent::Resync).await?;
    write.commit().await?;
    Ok(())
}

/// Chooses the language of the interface; none follows the browser.
pub async fn set_language(portal: &Portal, actor: &Actor, lang: Option<Lang>) -> Result<()> {
    let mut write = portal.store.write().await?;
    write.set_language(actor.account(), lang.map(Lang::tag)).await?;
    write.commit().await?;
    Ok(())
}

/// A director changes the school's settings. `views_kept_days`: as it was typed; none leaves what is set.
pub async fn set_school_settings(
    portal: &Portal,
    actor: &Actor,
    school: SchoolId,
    mut settings: SchoolSettings,
    views_kept_days: Option<&str>,
) -> Result<()> {
    let governed = policy::school(actor, Action::GovernSchool, Some(school))?;
    let mut checker = Checker::default();
    let (min, max) = SchoolSettings::VIEWS_KEPT_DAYS.into_inner();
    settings.views_kept_days = match views_kept_days {
        Some(days) => checker.number("views_kept_days", days, min, max),
        None => governed.settings.views_kept_days,
    };
    checker.finish()?;
    let json = serde_json::to_string(&settings)?;
    let mut write = portal.store.write().await?;
    write.set_school_settings(school, &json).await?;
    write
        .add_audit(store::NewAudit {
            id: portal.clock.new_id(),
            school,
            actor: Some(actor.account()),
            action: "school.settings",
            subject: "",
            detail: &json,
            at: portal.clock.now(),
        })
        .await?;
    write.commit().await?;
    Ok(())
}

/// A group as a chip.
pub(crate) fn chip(group: &GroupRow) -> GroupChip {
    GroupChip {
        id: group.id,
        name: group.name.clone(),
        hue: group.hue.and_then(|hue| u8::try_from(hue).ok()),
        is_school: group.is_school,
    }
}

/// The target of a right on a group's posts.
pub(crate) fn group_target(group: &GroupRow) -> (Target, bool) {
    if group.is_school {
        (Target::School(group.school_id), true)
    } else {
        (Target::Group { school: group.school_id, group: group.id }, false)
    }
}

/// Groups whose posts the actor reads.
pub fn readable_groups(actor: &Actor) -> Vec<&GroupRow> {
    actor
        .schools()
        .iter()
        .flat_map(|school| &school.groups)
        .filter(|group| {
            let (target, is_school) = group_target(group);
            policy::may(actor, if is_school { Action::ReadSchoolPosts } else { Action::ReadGroupPosts }, target)
        })
        .collect()
}

/// Groups the actor may post to.
pub fn writable_groups(actor: &Actor) -> Vec<&GroupRow> {
    actor
        .schools()
        .iter()
        .flat_map(|school| &school.groups)
        .filter(|group| {
            let (target, is_school) = group_target(group);
            policy::may(actor, if is_school { Action::PostToSchool } else { Action::PostToGroup }, target)
        })
        .collect()
}

/// What the frame of every page shows.
pub async fn viewer(portal: &Portal, actor: &Actor) -> Result<Viewer> {
    let school = actor.schools().first();
    let governed: Ids = actor
        .schools()
        .iter()
        .filter(|school| policy::may(actor, Action::ManagePeople, Target::School(school.id)))
        .map(|school| school.id)
        .collect();
    let mut read = portal.store.read().await?;
    let pending_requests = match governed.0.is_empty() {
        true => 0,
        false => read.count_pending_requests(&governed).await?,
    };
    drop(read);
    let open = crate::preferences::list_open(portal, actor).await?;
    Ok(Viewer {
        name: actor.name().to_owned(),
        email: actor.email().to_owned(),
        school: SchoolName {
            id: school.map_or(SchoolId(uuid::Uuid::nil()), |school| school.id),
            name: school.map_or_else(|| "Ikker".to_owned(), |school| school.name.clone()),
        },
        children: actor
            .children()
            .map(|fact| ChildChip {
                id: fact.child_id,
                name: fact.given_name.clone(),
                group: fact.group_id.map(Into::into),
            })
            .collect(),
        post_groups: writable_groups(actor).into_iter().map(chip).collect(),
        groups: readable_groups(actor).into_iter().map(chip).collect(),
        roles: school.map(|school| actor.roles(school.id)).unwrap_or_default(),
        unread_conversations: crate::conversations::count_unread(portal, actor).await?,
        pending_requests: u32::try_from(pending_requests).unwrap_or(u32::MAX),
        open_preferences: open.iter().map(|(_, open)| open).sum(),
        ask_about: open.first().map(|(child, _)| *child),
        heard: actor.heard(),
    })
}

/// The settings page.
pub async fn settings(portal: &Portal, actor: &Actor, lang: Lang) -> Result<Settings> {
    let now = portal.clock.now();
    let dates = Dates::new(lang, actor.time_zone(), now);
    let mut read = portal.store.read().await?;
    let sessions = read.list_sessions(actor.account(), now, now.plus(-SESSION_IDLE)).await?;
    let mut governed = Vec::new();
    let may_govern = |school: &&ActorSchool| policy::may(actor, Action::GovernSchool, Target::School(school.id));
    for school in actor.schools().iter().filter(may_govern) {
        governed.push(GovernedSchool {
            school: SchoolName { id: school.id, name: school.name.clone() },
            settings: school.settings.clone(),
            space: find_space(&mut read, portal, school.id).await?,
        });
    }
    drop(read);
    Ok(Settings {
        name: actor.name().to_owned(),
        email: actor.email().to_owned(),
        language: actor.lang().map(|lang| lang.tag().to_owned()),
        devices: sessions
            .into_iter()
            .map(|row| Device {
                id: row.id,
                name: device_name(&row.user_agent),
                since: dates.moment(row.created_at),
                seen: dates.moment(row.seen_at),
                is_this: row.id == actor.session(),
            })
            .collect(),
        governed,
    })
}

/// Browser and system of a `User-Agent`, in words.
fn device_name(user_agent: &str) -> String {
    let find = |names: &[(&str, &'static str)]| {
        names.iter().find(|(part, _)| user_agent.contains(part)).map(|(_, name)| *name)
    };
    let browser = find(&[
        ("Edg", "Edge"),
        ("SamsungBrowser", "Samsung Internet"),
        ("OPR/", "Opera"),
        ("Firefox", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let system = find(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("Mac OS", "Mac"),
        ("CrOS", "Chromebook"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "?".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn devices_by_name() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605 Version/18.0 Mobile/15E Safari/604.1";
        assert_eq!(device_name(iphone), "Safari, iPhone");
        assert_eq!(
            device_name("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"),
            "Firefox, Linux"
        );
        assert_eq!(device_name("curl"), "?");
    }
}
