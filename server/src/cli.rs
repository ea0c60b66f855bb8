//! The commands of `ikker`.

mod doctor;
mod media;
mod user;

use crate::{
    config::{Config, Settings},
    demo,
    start::{Server, open_portal},
};
use anyhow::{Result, bail};
use clap::{Parser, Subcommand};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

/// Ikker: the closed portal between a primary school and its parents.
#[derive(Debug, Parser)]
#[command(name = "ikker", version, about, max_term_width = 110)]
pub struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    #[command(flatten)]
    settings: Settings,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the portal (the default)
    Serve,
    /// Bring the database up to this version
    Migrate,
    /// Fill an empty portal with the demo school, and print its accounts
    Demo {
        /// Print the accounts as JSON
        #[arg(long)]
        json: bool,
    },
    /// Make the first director of a school, or reset a password
    #[command(subcommand)]
    User(user::User),
    /// Do the work on uploads to files outside the portal, and print what came of it
    Media(media::Media),
    /// Check configuration, folders, database, media store and the programs for photos and films
    Doctor,
}

pub async fn run(cli: Cli) -> Result<()> {
    let config = cli.settings.resolve()?;
    start_log(&config)?;
    match cli.command.unwrap_or(Command::Serve) {
        Command::Serve => serve(&config).await,
        Command::Migrate => {
            let portal = open_portal(&config).await?;
            portal.store.migrate().await?;
            println!("{}: up to date", portal.store.engine_name());
            Ok(())
        }
        Command::Demo { json } => fill_demo(&config, json).await,
        Command::User(command) => {
            let portal = open_portal(&config).await?;
            portal.store.migrate().await?;
            let done = user::run(&portal, command).await;
            portal.store.close().await;
            done
        }
        Command::Media(command) => media::run(command, &config).await,
        Command::Doctor => doctor::run(&config).await,
    }
}

/// Fills the demo school if there is no school yet, and prints the accounts to sign in with.
async fn fill_demo(config: &Config, json: bool) -> Result<()> {
    let portal = open_portal(config).await?;
    portal.store.migrate().await?;
    let plan = ::demo::plan(demo::SEED, portal.clock.now().0);
    let filled = demo::fill(&portal, &plan).await?;
    if !filled && portal.store.read().await?.find_school_by_slug(&plan.school.slug).await?.is_none() {
        bail!("there is a school already, and it is not the demo school: nothing was filled");
    }
    portal.store.close().await;
    let accounts = demo::accounts(&plan);
    if json {
        println!("{}", serde_json::json!({ "accounts": accounts }));
        return Ok(());
    }
    println!("{}: sign in with one of these accounts, password {}", plan.school.name, ::demo::DEMO_PASSWORD);
    for account in accounts {
        println!("  {:<11} {:<30} {}", account.role, account.email, account.note);
    }
    Ok(())
}

async fn serve(config: &Config) -> Result<()> {
    let portal = open_portal(config).await?;
    let engine = portal.store.engine_name();
    let mut terminate = signal(SignalKind::terminate())?;
    let server = Server::start(config, portal).await?;
    tracing::info!(address = %server.address, engine, "serving");
    tokio::select! {
        _ = terminate.recv() => {}
        _ = tokio::signal::ctrl_c() => {}
    }
    tracing::info!("stopping");
    server.stop().await;
    tracing::info!("stopped");
    Ok(())
}

fn start_log(config: &Config) -> Result<()> {
    let filter = EnvFilter::try_new(&config.log)?;
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    if config.log_json {
        builder.json().init()
    } else {
        builder.init()
    }
    Ok(())
}
