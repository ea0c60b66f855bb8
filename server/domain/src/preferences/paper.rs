//! Paper forms: the office reads in what a guardian has answered on paper, or a pupil of 16 years or older.
//!
//! The answers are given as all others are; the scan of the form lies with them as their proof.

use super::{
    answering::{Given, give, require_theirs, rules},
    find_child,
    purposes::texts_of,
    target,
};
use crate::{
    Actor, Error, Portal, Result,
    audit::{self, Entry},
    media::{Incoming, MediaFile, SCRATCH_PREFIX, bad_file, clean_name, delete_file, disk, paper_form, scan_of},
    moments::Dates,
    policy::{self, Action, Standing},
    uploads::{find_room, put},
};
use bytes::Bytes;
use media::{DocumentKind, FileKind, MediaLimits, PhotoError};
use model::{
    AccountId, ApiError, ChildId, FormId, GuardianshipId, Problem, PurposeId,
    consent::{AnsweredBy, LegalBasis},
    error::Conflict,
    people::{PaperForms, RecordedForm},
    roles::Scope,
};
use object_store::{ObjectStoreExt as _, PutPayload};
use sha2::{Digest as _, Sha256};
use std::{collections::BTreeMap, fs::File, path::Path};
use store::{ChildRow, PaperFormRow, Read};
use tempfile::NamedTempFile;
use texts::Lang;

/// The answers on a form.
#[derive(Debug)]
pub struct PaperForm {
    pub child: ChildId,
    /// Of the guardian whose form it is; none: the pupil's.
    pub guardianship: Option<GuardianshipId>,
    /// What was filled in.
    pub answers: BTreeMap<PurposeId, bool>,
}

/// The scan of a form on its way in. Dropped before it is recorded, it leaves nothing behind.
#[derive(Debug)]
pub struct Scan {
    name: String,
    source: NamedTempFile,
    incoming: Incoming,
}

/// Begins to take the scan of a form about a child.
pub async fn begin_scan(portal: &Portal, actor: &Actor, child: ChildId, file_name: &str) -> Result<Scan> {
    let mut read = portal.store.read().await?;
    let school = find_child(&mut read, actor, child, Action::RecordPaperForm).await?.school_id;
    let room = find_room(&mut read, portal, school).await?;
    drop(read);
    if room == 0 {
        return Err(bad_file("no-space"));
    }
    let scratch = portal.scratch.clone();
    let made = tokio::task::spawn_blocking(move || {
        let source = tempfile::Builder::new().prefix(SCRATCH_PREFIX).tempfile_in(scratch)?;
        let file = source.reopen()?;
        Ok((source, file))
    });
    let (source, file) = made.await.map_err(Error::internal)?.map_err(disk)?;
    Ok(Scan { name: clean_name(file_name), source, incoming: Incoming::new(file, room) })
}

impl Scan {
    /// The next bytes of the file.
    pub async fn write(&mut self, portal: &Portal, bytes: &[u8]) -> Result<()> {
        self.incoming.write(portal, bytes).await
    }

    /// Looks the file through and puts what is kept of it into the media store. Nothing reads it before the virus scanner.
    async fn keep(self, portal: &Portal, form: FormId) -> Result<Kept> {
        let Scan { name, source, incoming } = self;
        incoming.finish().await?;
        require_harmless(portal, &source).await?;
        let turn = portal.photo_work.acquire().await.map_err(Error::internal)?;
        let limits = portal.media_limits.clone();
        let looked = tokio::task::spawn_blocking(move || (look_through(source.path(), &name, &limits), source));
        let (looked, source) = looked.await.map_err(Error::internal)?;
        drop(turn);
        match looked {
            Ok(Looked::Photo(bytes)) => {
                let (hash, size) = (Sha256::digest(&bytes).to_vec(), bytes.len() as u64);
                portal.files.put(&paper_form(form), PutPayload::from(Bytes::from(bytes))).await?;
                Ok(Kept { media_type: "image/webp", hash, size })
            }
            Ok(Looked::Pdf) => {
                let file = tokio::fs::File::from_std(source.reopen().map_err(disk)?);
                let (size, hash) = put(portal, &paper_form(form), file).await?;
                Ok(Kept { media_type: DocumentKind::Pdf.media_type(), hash, size })
            }
            Ok(Looked::Other) => Err(bad_file("not-a-scan")),
            Err(PhotoError::Io(error)) => Err(disk(error)),
            Err(error) => Err(bad_file(error.code())),
        }
    }
}

/// A scanner that does not answer is no permission.
async fn require_harmless(portal: &Portal, source: &NamedTempFile) -> Result<()> {
    let Some(scanner) = &portal.scanner else { return Ok(()) };
    let copy = tokio::fs::File::from_std(source.reopen().map_err(disk)?);
    if scanner.finds(copy).await.map_err(|error| Error::internal(format_args!("virus scanner: {error}")))? {
        tracing::warn!("a virus was found in the scan of a form; it was refused");
        return Err(bad_file("infected"));
    }
    Ok(())
}

/// What a scan turned out to be.
enum Looked {
    /// Encoded anew: nothing of the camera is in it.
    Photo(Vec<u8>),
    Pdf,
    Other,
}

fn look_through(path: &Path, name: &str, limits: &MediaLimits) -> std::result::Result<Looked, PhotoError> {
    match media::inspect(&mut File::open(path)?, name, limits) {
        Ok(found) => match found.kind {
            FileKind::Photo(_) => {
                let mut photo = media::make_photo(path, &limits.photo)?;
                Ok(photo.variants.pop().map_or(Looked::Other, |largest| Looked::Photo(largest.bytes)))
            }
            FileKind::Document(DocumentKind::Pdf) => Ok(Looked::Pdf),
            FileKind::Document(_) | FileKind::Film(_) | FileKind::Subtitles => Ok(Looked::Other),
        },
        Err(PhotoError::NotAPicture { .. }) => Ok(Looked::Other),
        Err(error) => Err(error),
    }
}

/// A scan in the media store.
struct Kept {
    media_type: &'static str,
    /// SHA-256.
    hash: Vec<u8>,
    size: u64,
}

/// Puts the answers of a form on record, with its scan. The same form sent again changes nothing.
pub async fn record_form(portal: &Portal, actor: &Actor, form: &PaperForm, scan: Scan) -> Result<()> {
    find_asked(&mut portal.store.read().await?, portal, actor, form).await?;
    if form.answers.is_empty() {
        return Err(ApiError::field("answers", Problem::Required).into());
    }
    let id: FormId = portal.clock.new_id();
    let kept = scan.keep(portal, id).await?;
    let recorded = record(portal, actor, form, id, &kept).await;
    if !matches!(recorded, Ok(true)) {
        delete_file(portal, &paper_form(id)).await?;
    }
    recorded.map(drop)
}

/// The child, and who answers on the form; none: the pupil.
async fn find_asked(
    read: &mut Read,
    portal: &Portal,
    actor: &Actor,
    form: &PaperForm,
) -> Result<(ChildRow, Option<AccountId>)> {
    let child = find_child(read, actor, form.child, Action::RecordPaperForm).await?;
    let account = match form.guardianship {
        Some(id) => {
            let row = read.find_guardianship(id).await?.filter(|row| row.child_id == child.id);
            let row = row.ok_or_else(Error::not_found)?;
            if row.scope != Scope::Full {
                return Err(ApiError::conflict(Conflict::NoCustody).into());
            }
            Some(row.account_id)
        }
        None => None,
    };
    require_theirs(&rules(portal, actor, &child)?, &child, account)?;
    Ok((child, account))
}

/// False if the same form is on record already.
async fn record(portal: &Portal, actor: &Actor, form: &PaperForm, id: FormId, kept: &Kept) -> Result<bool> {
    let mut write = portal.store.write().await?;
    write.lock_child(form.child).await?;
    let (child, account) = find_asked(&mut write, portal, actor, form).await?;
    if is_there(&mut write, form, account, &kept.hash).await? {
        return Ok(false);
    }
    let row = PaperFormRow {
        id,
        school_id: child.school_id,
        child_id: child.id,
        account_id: account.map(|account| account.0),
        recorded_by: actor.account(),
        recorded_at: portal.clock.now(),
        media_type: kept.media_type.to_owned(),
        file_hash: kept.hash.clone(),
        bytes: i64::try_from(kept.size).unwrap_or(i64::MAX),
    };
    write.add_paper_form(&row).await?;
    let rules = rules(portal, actor, &child)?;
    let how = if account.is_some() { AnsweredBy::PaperForm } else { AnsweredBy::Pupil };
    for (purpose, yes) in &form.answers {
        let given = Given { account, how, recorded_by: Some(actor.account()), form: Some(id), yes: *yes };
        give(&mut write, portal, &rules, &child, *purpose, given).await?;
    }
    let entry = Entry { action: "preferences.paper-form", subject: &child.name(), detail: "" };
    audit::record(&mut write, portal, child.school_id, Some(actor.account()), entry).await?;
    write.commit().await?;
    Ok(true)
}

/// Whether a form of the same person with the same scan and the same answers is on record.
async fn is_there(read: &mut Read, form: &PaperForm, account: Option<AccountId>, hash: &[u8]) -> Result<bool> {
    let mut forms = read.list_paper_forms(form.child).await?;
    forms.retain(|row| row.file_hash == hash && row.account_id == account.map(|account| account.0));
    if forms.is_empty() {
        return Ok(false);
    }
    let record = read.list_record(form.child).await?;
    let said = |id: FormId| -> BTreeMap<PurposeId, bool> {
        let own = record.iter().filter(|row| row.form_id == Some(id.0));
        own.map(|row| (row.purpose_id, row.yes)).collect()
    };
    Ok(forms.iter().any(|row| said(row.id) == form.answers))
}

/// The scan of a form: for those who read forms in, and for the guardian whose form it is.
pub async fn open_form(portal: &Portal, actor: &Actor, id: FormId) -> Result<MediaFile> {
    let mut read = portal.store.read().await?;
    let row = read.find_paper_form(id).await?.ok_or_else(Error::not_found)?;
    let child = read.find_any_child(row.child_id).await?.ok_or_else(Error::not_found)?;
    let is_own = row.account_id == Some(actor.account().0)
        && policy::may_as(actor, Standing::Guardian, Action::AnswerPreferences, target(&child));
    if !is_own {
        policy::require(actor, Action::RecordPaperForm, target(&child))?;
    }
    Ok(scan_of(portal, row.id, &row.media_type))
}

/// What the page of a child has for those who read forms in; none for others.
pub(crate) async fn find_paper_forms(
    read: &mut Read,
    portal: &Portal,
    actor: &Actor,
    child: &ChildRow,
    lang: Lang,
    dates: &Dates,
) -> Result<Option<PaperForms>> {
    if !policy::may(actor, Action::RecordPaperForm, target(child)) {
        return Ok(None);
    }
    let purposes = read.list_purposes(child.school_id).await?;
    let asked = purposes.iter().filter(|purpose| purpose.basis == LegalBasis::Consent);
    let recorded = read.list_named_forms(child.id).await?.into_iter();
    Ok(Some(PaperForms {
        is_pupils: rules(portal, actor, child)?.is_grown_up(child.born_on.as_deref()),
        purposes: asked.map(|purpose| Ok((purpose.id, texts_of(purpose, lang)?.0))).collect::<Result<_>>()?,
        recorded: recorded
            .map(|row| RecordedForm { id: row.id, of: row.of_name, at: dates.moment(row.recorded_at), by: row.by_name })
            .collect(),
    }))
}
