//! Accepting an invitation: with a new account, or with the one that is signed in.

use crate::{
    Actor, Error, Portal, Result,
    accounts::{self, SignIn, SignedIn},
    audit::{self, Entry},
    live, people, secrets,
};
use model::{
    AccountId, ApiError, ChildId, GroupId, Time,
    access::JoinPage,
    check::{Checker, NAME_MAX},
    error::Conflict,
    live::LiveEvent,
};
use store::{InvitationRow, Write};

/// Window in which wrong codes are counted.
const WINDOW: i64 = 15 * Time::MINUTE;
/// Wrong codes in a window from one network address. A hall full of parents shares one.
const PER_ADDRESS: i64 = 60;

/// Somebody without an account accepts.
#[derive(Debug)]
pub struct Join<'a> {
    pub code: &'a str,
    pub name: &'a str,
    pub email: &'a str,
    pub password: &'a str,
    /// Network address of the browser.
    pub address: &'a str,
    pub user_agent: &'a str,
    /// The cookie of a browser that has signed in before.
    pub device: Option<&'a str>,
}

fn not_valid() -> Error {
    ApiError::conflict(Conflict::CodeNotValid).into()
}

/// The invitation behind a code that can be accepted now. An unknown, used, expired or withdrawn code gets one answer,
/// and is counted.
async fn open_invitation(portal: &Portal, typed: &str, address: &str) -> Result<InvitationRow> {
    let bucket = format!("code:{address}");
    accounts::count_tries(portal, WINDOW, &[(bucket.clone(), PER_ADDRESS)]).await?;
    let code = secrets::read_code(typed).ok_or_else(not_valid)?;
    let row = portal.store.read().await?.find_invitation_by_code(&secrets::hash(&code)).await?;
    let row = row.filter(|row| row.is_open(portal.clock.now())).ok_or_else(not_valid)?;
    let mut write = portal.store.write().await?;
    write.uncount_try(&bucket).await?;
    write.commit().await?;
    Ok(row)
}

/// What the holder of a code sees before accepting. `actor`: who is signed in, if anybody.
pub async fn read_invitation(portal: &Portal, actor: Option<&Actor>, code: &str, address: &str) -> Result<JoinPage> {
    let row = open_invitation(portal, code, address).await?;
    let school = portal.store.read().await?.find_school(row.school_id).await?.ok_or_else(not_valid)?;
    let role = row.role();
    Ok(JoinPage {
        code: secrets::read_code(code).map(|code| secrets::written_code(&code)).unwrap_or_default(),
        school: school.name,
        child: row.given_name,
        role,
        name: row.name,
        email: row.email,
        signed_in_as: actor.map(|actor| actor.name().to_owned()),
    })
}

/// Makes an account, gives it what the invitation is for, and signs in.
pub async fn join(portal: &Portal, join: Join<'_>) -> Result<SignedIn> {
    let joined = try_join(portal, &join).await;
    match joined {
        Err(Error::Api(ApiError::Conflict { reason: Conflict::CodeNotValid | Conflict::AccountExists })) => {
            // The same form a second time, by an impatient thumb: the account is there, the password is right.
            match join_again(portal, &join).await? {
                Some(signed_in) => Ok(signed_in),
                None => joined,
            }
        }
        _ => joined,
    }
}

async fn try_join(portal: &Portal, join: &Join<'_>) -> Result<SignedIn> {
    let row = open_invitation(portal, join.code, join.address).await?;
    let mut checker = Checker::default();
    let name = checker.line("name", join.name, NAME_MAX);
    let email = checker.email("email", join.email);
    let password = checker.new_password("password", join.password);
    checker.finish()?;
    // Who holds a valid code may know that an address has an account.
    if portal.store.read().await?.find_account_by_email(&email).await?.is_some() {
        return Err(ApiError::conflict(Conflict::AccountExists).into());
    }
    let hash = portal.passwords.hash(&password).await?;
    let account: AccountId = portal.clock.new_id();
    let mut write = portal.store.write().await?;
    match write.create_account(account, &email, &name, Some(&hash), None, portal.clock.now()).await {
        Err(store::Error::Duplicate(_)) => return Err(ApiError::conflict(Conflict::AccountExists).into()),
        other => other?,
    }
    give(&mut write, portal, &row, account, &name).await?;
    let signed_in = accounts::begin(&mut write, portal, account, join.user_agent, None).await?;
    write.commit().await?;
    Ok(signed_in)
}

async fn join_again(portal: &Portal, join: &Join<'_>) -> Result<Option<SignedIn>> {
    let Some(code) = secrets::read_code(join.code) else { return Ok(None) };
    let mut read = portal.store.read().await?;
    let row = read.find_invitation_by_code(&secrets::hash(&code)).await?;
    let Some(account) = row.and_then(|row| row.used_by).map(AccountId) else { return Ok(None) };
    let Some(account) = read.find_account(account).await? else { return Ok(None) };
    drop(read);
    if account.email != join.email.trim().to_lowercase() {
        return Ok(None);
    }
    let again = SignIn {
        email: &account.email,
        password: join.password,
        address: join.address,
        user_agent: join.user_agent,
        device: join.device,
    };
    match accounts::sign_in(portal, again).await {
        Ok(signed_in) => Ok(Some(signed_in)),
        Err(Error::Api(ApiError::Conflict { .. } | ApiError::Invalid { .. })) => Ok(None),
        Err(error) => Err(error),
    }
}

/// The signed-in account accepts.
pub async fn accept(portal: &Portal, actor: &Actor, code: &str, address: &str) -> Result<()> {
    let row = open_invitation(portal, code, address).await?;
    let mut write = portal.store.write().await?;
    give(&mut write, portal, &row, actor.account(), actor.name()).await?;
    live::tell(&mut write, portal, &[actor.account()], LiveEvent::Resync).await?;
    write.commit().await?;
    Ok(())
}

/// Uses the invitation up for the account. Of two who try at the same moment, one gets it.
async fn give(write: &mut Write, portal: &Portal, row: &InvitationRow, account: AccountId, name: &str) -> Result<()> {
    let now = portal.clock.now();
    if !write.use_invitation(row.id, account, now).await? {
        return Err(not_valid());
    }
    let school = row.school_id;
    if let (Some(child), Some(scope), Some(relation)) = (row.child_id, row.scope(), row.relation()) {
        let child = ChildId(child);
        let there = write.list_guardians(school, &[child].into_iter().collect()).await?;
        // A guardianship that is there stays as it is: a code never widens what a director has narrowed.
        if !there.iter().any(|guardian| guardian.account_id == account) {
            write.lock_child(child).await?;
            write.add_guardianship(portal.clock.new_id(), school, child, account, scope, relation, now).await?;
            people::pictures_may_change(write, portal, school).await?;
        }
    }
    if let Some(role) = row.role() {
        write.add_staff(school, account, role, now).await?;
        if let Some(group) = row.group_id.map(GroupId) {
            write.add_group_staff(school, group, account, now).await?;
        }
    }
    let entry = Entry { action: "access.join", subject: name, detail: &row.name };
    audit::record(write, portal, school, Some(account), entry).await
}
