//! Work that follows from a change: recorded with it, done after it, by any node, until it succeeds.

use crate::{
    Portal, Result, links, live, mail, media,
    posts::{self, Addressees},
    preferences, resumable, search, views,
};
use model::{MediaId, PostId, SchoolId, Time, live::LiveEvent};
use serde::{Deserialize, Serialize};
use std::{convert::Infallible, time::Duration};
use store::{Lane, NewJob, Write};
use uuid::Uuid;

/// A worker that is silent for so long is taken for dead, and its work is begun again.
const LOCK: i64 = 5 * Time::MINUTE;
/// How often a worker says that it still works.
const HOLD_AGAIN: Duration = Duration::from_secs(90);
/// Failures after which work is given up.
pub(crate) const ATTEMPTS: i64 = 8;
/// How long done work is remembered.
const KEPT: i64 = 7 * Time::DAY;

/// One piece of work. Each may be done twice (a crash between doing and noting it): doing it again must change nothing.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "job", rename_all = "snake_case")]
pub enum Job {
    /// Writes a letter to one person.
    Mail(mail::Letter),
    /// Tells open pages of a school that pictures may have been hidden.
    PicturesChanged { school: SchoolId },
    /// Tells open pages of a post's readers that it was published, changed or taken away.
    AnnouncePost {
        post: PostId,
        school: SchoolId,
        #[serde(flatten)]
        to: Addressees,
    },
    /// Tells open pages of a post's readers that something was said under it, or taken back.
    AnnounceComments {
        post: PostId,
        school: SchoolId,
        #[serde(flatten)]
        to: Addressees,
    },
    /// Publishes a scheduled post if it still has this version.
    PublishPost { post: PostId, version: i64 },
    /// Takes a post out of the feed whose time is over.
    ExpirePost { post: PostId },
    /// Reminds before the deadline, unless somebody has just done so.
    RemindInTime { post: PostId },
    /// Writes to the guardians who have not confirmed a post.
    RemindMissing { post: PostId },
    /// Puts published posts into the search index that are not in it; at every start.
    IndexPosts,
    /// Makes the derivatives of an uploaded photo, or looks a document through.
    Photo { media: MediaId },
    /// The same for a film.
    Film { media: MediaId },
    /// Looks what is behind a link of a post.
    LinkCard { school: SchoolId, url: String },
    /// Removes the files of deleted pictures.
    EraseMedia,
    /// Removes files that belong to nothing; comes back every day.
    SweepFiles,
    /// Writes the yearly letters of the schools whose hour has come; comes back every hour.
    YearlyReminders,
    /// Forgets what is older than it needs to be; comes back every hour.
    Sweep,
}

impl Job {
    fn kind(&self) -> &'static str {
        match self {
            Job::Mail(_) => "mail",
            Job::PicturesChanged { .. } => "pictures-changed",
            Job::AnnouncePost { .. } => "announce-post",
            Job::AnnounceComments { .. } => "announce-comments",
            Job::PublishPost { .. } => "publish-post",
            Job::ExpirePost { .. } => "expire-post",
            Job::RemindInTime { .. } => "remind-in-time",
            Job::RemindMissing { .. } => "remind-missing",
            Job::IndexPosts => "index-posts",
            // `store::Lane` knows these words.
            Job::Photo { .. } => "photo",
            Job::Film { .. } => "film",
            Job::LinkCard { .. } => "link-card",
            Job::EraseMedia => "erase-media",
            Job::SweepFiles => "sweep-files",
            Job::YearlyReminders => "yearly-reminders",
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

/// Records work under an id that is made from what it follows from: recorded twice, it is done once.
pub(crate) async fn enqueue_once(write: &mut Write, portal: &Portal, id: Uuid, job: &Job) -> Result<()> {
    let now = portal.clock.now();
    let payload = serde_json::to_string(job)?;
    write.add_job(NewJob { id, kind: job.kind(), payload: &payload, run_at: now, at: now }).await?;
    Ok(())
}

/// Makes sure that the hourly and daily work is in the queue.
pub async fn start(portal: &Portal) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    add_regular(&mut write, portal, &Job::Sweep, Time::HOUR, now).await?;
    add_regular(&mut write, portal, &Job::SweepFiles, Time::DAY, now).await?;
    add_regular(&mut write, portal, &Job::YearlyReminders, Time::HOUR, now).await?;
    enqueue(&mut write, portal, &Job::IndexPosts, 0).await?;
    write.commit().await?;
    Ok(())
}

/// One in each period (such as an hour), whoever asks for it and however often: its id is made from the period.
async fn add_regular(write: &mut Write, portal: &Portal, job: &Job, period: i64, at: Time) -> Result<()> {
    let kind = job.kind();
    let id = Uuid::new_v5(&Uuid::NAMESPACE_OID, format!("{kind} {}", at.0.div_euclid(period)).as_bytes());
    let payload = serde_json::to_string(job)?;
    write.add_job(NewJob { id, kind, payload: &payload, run_at: at, at: portal.clock.now() }).await?;
    Ok(())
}

/// The beginning of the next period.
fn next(now: Time, period: i64) -> Time {
    Time((now.0.div_euclid(period) + 1) * period)
}

/// Does the next piece of work that is due. False if nothing is.
pub async fn run_next(portal: &Portal) -> Result<bool> {
    for lane in Lane::ALL {
        if run_next_in(portal, lane).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same for one kind of work.
pub async fn run_next_in(portal: &Portal, lane: Lane) -> Result<bool> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    let Some(row) = write.take_job(lane, now, now.plus(LOCK)).await? else { return Ok(false) };
    write.commit().await?;
    let outcome = match serde_json::from_str::<Job>(&row.payload) {
        Ok(job) => hold(portal, row.id, perform(portal, row.id, job, row.attempts)).await,
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
pub async fn next_at(portal: &Portal, lane: Lane) -> Result<Option<Time>> {
    Ok(portal.store.read().await?.next_job_at(lane).await?)
}

/// Does work that may take long and keeps it for this worker meanwhile.
async fn hold(portal: &Portal, id: Uuid, work: impl Future<Output = Result<()>>) -> Result<()> {
    tokio::select! {
        done = work => done,
        never = keep_holding(portal, id) => match never {},
    }
}

async fn keep_holding(portal: &Portal, id: Uuid) -> Infallible {
    loop {
        tokio::time::sleep(HOLD_AGAIN).await;
        if let Err(error) = hold_on(portal, id).await {
            // Two more tries are left before somebody else takes it, which does no harm.
            tracing::warn!(%id, %error, "work that goes on could not be noted");
        }
    }
}

async fn hold_on(portal: &Portal, id: Uuid) -> Result<()> {
    let mut write = portal.store.write().await?;
    write.hold_job(id, portal.clock.now().plus(LOCK)).await?;
    write.commit().await?;
    Ok(())
}

async fn perform(portal: &Portal, id: Uuid, job: Job, attempt: i64) -> Result<()> {
    match job {
        Job::Mail(letter) => mail::deliver(portal, id, &letter).await,
        Job::PicturesChanged { school } => preferences::tell_pictures_changed(portal, school).await,
        Job::AnnouncePost { post, school, to } => {
            posts::tell_readers(portal, LiveEvent::Post { id: post }, school, &to).await
        }
        Job::AnnounceComments { post, school, to } => {
            posts::tell_readers(portal, LiveEvent::Comments { post }, school, &to).await
        }
        Job::PublishPost { post, version } => posts::publish_due(portal, post, version).await,
        Job::ExpirePost { post } => posts::expire(portal, post).await,
        Job::RemindInTime { post } => posts::remind_in_time(portal, post).await,
        Job::RemindMissing { post } => posts::remind_missing(portal, id, post).await,
        Job::IndexPosts => search::index_missing(portal).await,
        Job::Photo { media } | Job::Film { media } => media::work::work(portal, media, attempt).await,
        Job::LinkCard { school, url } => links::fetch_card(portal, school, &url, attempt).await,
        Job::EraseMedia => media::erase_deleted(portal).await,
        Job::SweepFiles => sweep_files(portal).await,
        Job::YearlyReminders => yearly_reminders(portal).await,
        Job::Sweep => sweep(portal).await,
    }
}

async fn sweep(portal: &Portal) -> Result<()> {
    let now = portal.clock.now();
    let mut write = portal.store.write().await?;
    write.sweep_live_events(now.plus(-live::KEPT)).await?;
    write.sweep_jobs(now.plus(-KEPT)).await?;
    write.sweep_tries(now.plus(-Time::DAY)).await?;
    add_regular(&mut write, portal, &Job::Sweep, Time::HOUR, next(now, Time::HOUR)).await?;
    write.commit().await?;
    views::sweep(portal).await?;
    resumable::sweep(portal).await?;
    media::sweep(portal).await
}

async fn yearly_reminders(portal: &Portal) -> Result<()> {
    let mut write = portal.store.write().await?;
    let at = next(portal.clock.now(), Time::HOUR);
    add_regular(&mut write, portal, &Job::YearlyReminders, Time::HOUR, at).await?;
    write.commit().await?;
    preferences::remind_yearly(portal).await
}

async fn sweep_files(portal: &Portal) -> Result<()> {
    let mut write = portal.store.write().await?;
    add_regular(&mut write, portal, &Job::SweepFiles, Time::DAY, next(portal.clock.now(), Time::DAY)).await?;
    write.commit().await?;
    resumable::sweep_files(portal).await?;
    media::sweep_files(portal).await
}
