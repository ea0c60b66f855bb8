//! `ikker user`: what cannot be done by signing in.

use anyhow::{Context as _, Result, bail};
use clap::{Args, Subcommand};
use domain::{
    Error, Portal,
    operator::{self, Entrance, NewDirector},
};
use std::io::Read as _;

/// Longest password that is read, in bytes.
const INPUT_MAX: u64 = 4_096;

#[derive(Debug, Subcommand)]
pub(super) enum User {
    /// Make a director, and the school if it is new. Prints a code to join with, or takes a password
    CreateDirector(CreateDirector),
    /// Give an account another password and sign it out everywhere. Prints the password unless one is given
    ResetPassword(ResetPassword),
}

#[derive(Debug, Args)]
pub(super) struct CreateDirector {
    /// Name of the school, as parents know it
    #[arg(long, value_name = "NAME")]
    school_name: String,
    /// Name of the school in addresses: small letters, digits and dashes
    #[arg(long, value_name = "SLUG")]
    school_slug: String,
    /// Name of the director
    #[arg(long, value_name = "NAME")]
    name: String,
    /// E-mail address of the director
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// Read the password from the standard input instead of printing a code
    #[arg(long)]
    password_stdin: bool,
}

#[derive(Debug, Args)]
pub(super) struct ResetPassword {
    /// E-mail address of the account
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// Read the password from the standard input instead of making one
    #[arg(long)]
    password_stdin: bool,
}

pub(super) async fn run(portal: &Portal, command: User) -> Result<()> {
    match command {
        User::CreateDirector(args) => create_director(portal, args).await,
        User::ResetPassword(args) => reset_password(portal, args).await,
    }
}

async fn create_director(portal: &Portal, args: CreateDirector) -> Result<()> {
    let password = args.password_stdin.then(read_password).transpose()?;
    let new = NewDirector {
        school_name: &args.school_name,
        school_slug: &args.school_slug,
        name: &args.name,
        email: &args.email,
        password: password.as_deref(),
    };
    match operator::create_director(portal, &new).await.map_err(explained)? {
        Entrance::Password => println!("{} is a director and can sign in at {}/sign-in", args.email, portal.public_url),
        Entrance::OldPassword => {
            println!("{} had an account already: it is a director now, with the password it has", args.email);
        }
        Entrance::Code { code, url } => println!("Code: {code}\nLink: {url}"),
    }
    Ok(())
}

async fn reset_password(portal: &Portal, args: ResetPassword) -> Result<()> {
    let given = args.password_stdin.then(read_password).transpose()?;
    let password = operator::reset_password(portal, &args.email, given.as_deref()).await.map_err(explained)?;
    match given {
        Some(_) => println!("{} has the new password and is signed out everywhere", args.email),
        None => println!("Password: {password}"),
    }
    Ok(())
}

/// What the domain refused, in one line.
fn explained(error: Error) -> anyhow::Error {
    match error {
        Error::Api(error) => anyhow::anyhow!(operator::explain(&error)),
        other => other.into(),
    }
}

/// The first line of the standard input.
fn read_password() -> Result<String> {
    let mut text = String::new();
    std::io::stdin().take(INPUT_MAX).read_to_string(&mut text).context("the password can't be read")?;
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        bail!("the standard input holds no password");
    }
    Ok(password.to_owned())
}
