//! `ikker doctor`: one line for each thing that serving needs.

use crate::{config::Config, start};
use anyhow::{Context as _, Result, bail, ensure};
use domain::preferences::Verified;
use object_store::{ObjectStoreExt as _, PutPayload, path::Path};
use store::Store;

/// What is put into the media store and read back.
const PROOF: &[u8] = b"ikker doctor";

pub(super) async fn run(config: &Config) -> Result<()> {
    let mut problems = 0;
    let mut tell = |what: &str, found: Result<String>| match found {
        Ok(words) => println!("ok       {what}: {words}"),
        Err(error) => {
            problems += 1;
            println!("problem  {what}: {error:#}");
        }
    };
    tell("configuration", Ok(format!("{} on {}", config.public_url, config.listen)));
    for (what, folder) in [("data folder", &config.data_dir), ("mail folder", &config.mail_dir)] {
        tell(what, start::make_folder(folder).map(|()| folder.display().to_string()));
    }
    tell("browser bundle", bundle(config));
    tell("database", database(config).await);
    tell("image preferences", preferences(config).await);
    tell("media store", media_store(config).await);
    if let Some(scanner) = &config.scanner {
        let found = scanner.ping().await.map(|()| "answers".to_owned());
        tell("virus scanner", found.context("clamd does not answer: uploads wait for it"));
    }
    for tool in media::doctor() {
        let found = tool.path.map(|path| path.display().to_string());
        let missing = || format!("not found; install {} for {}", tool.package, tool.needed_for);
        tell(tool.name, found.with_context(missing));
    }
    match problems {
        0 => Ok(()),
        1 => bail!("one problem found"),
        several => bail!("{several} problems found"),
    }
}

fn bundle(config: &Config) -> Result<String> {
    crate::http::find_bundle(&config.site_dir)?;
    Ok(config.site_dir.display().to_string())
}

async fn database(config: &Config) -> Result<String> {
    let store = Store::connect(&config.database_url).await?;
    let missing = store.missing_migrations().await;
    let engine = store.engine_name();
    store.close().await;
    match missing? {
        0 => Ok(format!("{engine}, up to date")),
        _ => bail!("{engine} answers but is not of this version yet: run `ikker migrate`"),
    }
}

/// Whether every record of answers is as it was written.
async fn preferences(config: &Config) -> Result<String> {
    let store = Store::connect(&config.database_url).await?;
    let verified = async { domain::preferences::verify(&mut store.read().await?).await }.await;
    store.close().await;
    let Verified { children, answers, broken } = verified?;
    ensure!(broken.is_empty(), "records were changed from outside: {}", broken.join("; "));
    Ok(format!("{answers} answers about {children} children, all as they were written"))
}

async fn media_store(config: &Config) -> Result<String> {
    let files = start::open_media(&config.media)?;
    let path = Path::from(format!("doctor/{}", uuid::Uuid::now_v7()));
    files.put(&path, PutPayload::from_static(PROOF)).await.context("nothing can be stored")?;
    let read = async { files.get(&path).await?.bytes().await }.await;
    let deleted = files.delete(&path).await;
    ensure!(read.context("what was stored can't be read")? == PROOF, "what was stored comes back changed");
    deleted.context("what was stored can't be deleted")?;
    Ok("stored, read and deleted a file".to_owned())
}
