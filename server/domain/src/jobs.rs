//! Work that follows from a change: recorded with it, done after it, by any node, until it succeeds.

use crate::{Error, Portal, Result, live, mail};
use model::Time;
use serde::{Deserialize, Serialize};
use store::{NewJob, Write};
use uuid::Uuid;

/// A worker that is silent for so long is taken for dead, and its work is begun again.
const LOCK: i64 = 5 * Time::MINUTE;
/// Failures after which work is given up.
const ATTEMPTS: i64 = 8;
/// How long done work is remembered.
const KEPT: i64 = 7 * Time::DAY;

/// One piece of work. Each may be done twice (a crash between doing and noting it): doing it again must change nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Writes a letter to one person.
    Mail(mail::Letter),
    /// Tells open pages of a school that pictures may have been hidden.
    PicturesChanged { school: model::SchoolId },
    /// Forgets what is older than it needs to be; comes back every hour.
    Sweep,
}

impl Job {
    fn kind(&self) -> &'static str {
        match self {
            Job::Mail(_) => "mail",
            Job::PicturesChanged { .. } => "pictures-changed",
            Job::Sweep => "sweep",
        }
    }
}

/// Records work in the transaction that it follows from, to be done after `delay` microseconds. Answers its id.
pub(crate) async fn enqueue(write: &mut Write, portal: &Portal, job: &Job, delay: i64) -> Result<Uuid> {
    let id = portal.clock.new_id();
    let now = portal.clock.now();
    let payload = serde_json::to_string(job)?;
    write.add_job(NewJob { id, kind: job.kind(), payload: &payload, run_at: now.plus(delay), at: now }).await?;
    Ok(id)
}

/// Makes sure that the hourly work is in the queue.
pub async fn start(portal: &Portal) -> Result<()> {
    let mut write = portal.store.write().await?;
    add_sweep(&mut write, portal, portal.clock.now()).await?;
    write.commit().await?;
    Ok(())
}

/// One sweep an hour, whoever asks for it and however often: its id is made from the hour.
async fn add_sweep(write: &mut Write, portal: &Portal, at: Time) -> Result<()> {
    let hour = at.0.div_euclid(Time::HOUR);
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("sweep {hour}").as_bytes());
    let payload = serde_json::to_string(&Job::Sweep)?;
    write.add_job(NewJob { id, kind: "sweep", payload: &payload, run_at: at, at: portal.clock.now() }).await?;
    Ok(())
}

/// Does the next piece of work that is due. False if nothing is.
pub async fn run_next(portal: &Portal) -> Result<bool> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let Some(row) = write.take_job(now, now.plus(LOCK)).await? else { return Ok(false) };
    write.commit().await?;
    let outcome = match serde_json::from_str::<Job>(&row.payload) {
        Ok(job) => perform(portal, row.id, job).await,
        Err(error) => Err(error.into()),
    };
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    match outcome {
        Ok(()) => write.finish_job(row.id, now).await?,
        Err(error) if row.attempts >= ATTEMPTS => {
            tracing::error!(job = row.kind, id = %row.id, %error, "work given up");
            write.give_up_job(row.id, now, &error.to_string()).await?;
        }
        Err(error) => {
            // 10 s, 20 s, 40 s … up to an hour and a half.
            let pause = 10 * Time::SECOND * (1 << (row.attempts - 1).clamp(0, 9));
            tracing::warn!(job = row.kind, id = %row.id, attempt = row.attempts, %error, "work failed, will try again");
            write.retry_job(row.id, now.plus(pause), &error.to_string()).await?;
        }
    }
    write.commit().await?;
    Ok(true)
}

/// When the next work is due.
pub async fn next_at(portal: &Portal) -> Result<Option<Time>> {
    Ok(portal.store.read().await?.next_job_at().await?)
}

async fn perform(portal: &Portal, id: Uuid, job: Job) -> Result<()> {
    match job {
        Job::Mail(letter) => mail::deliver(portal, id, &letter).await,
        Job::PicturesChanged { school } => crate::preferences::tell_pictures_changed(portal, school).await,
        Job::Sweep => sweep(portal).await,
    }
}

async fn sweep(portal: &Portal) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    write.sweep_live_events(now.plus(-live::KEPT)).await?;
    write.sweep_jobs(now.plus(-KEPT)).await?;
    write.sweep_tries(now.plus(-Time::DAY)).await?;
    let next = Time((now.0.div_euclid(Time::HOUR) + 1) * Time::HOUR);
    add_sweep(&mut write, portal, next).await?;
    write.commit().await.map_err(Error::from)
}
