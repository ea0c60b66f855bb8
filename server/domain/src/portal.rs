//! Everything the domain works with, in one place.

use crate::{clock::Clock, mail::Mailer, passwords::Passwords, scan::Scanner};
use object_store::ObjectStore;
use std::{path::PathBuf, sync::Arc};
use store::Store;
use tokio::sync::Semaphore;

/// The portal: database, clock, media storage, mail. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Portal {
    parts: Arc<PortalParts>,
}

#[derive(Debug)]
pub struct PortalParts {
    pub store: Store,
    pub clock: Clock,
    pub passwords: Passwords,
    /// Media: originals on their way in, and the pictures made of them.
    pub files: Arc<dyn ObjectStore>,
    /// A local folder for uploads while they arrive and for work on them.
    pub scratch: PathBuf,
    pub mailer: Mailer,
    /// The address people use, without a slash at the end.
    pub public_url: String,
    /// What the server may ask on the web.
    pub web: crate::links::Web,
    /// What the work on one uploaded file may take.
    pub media_limits: media::MediaLimits,
    /// Bytes that the files of one school may take together; none for as many as fit.
    pub school_space: Option<u64>,
    /// Asked about every upload, where there is one.
    pub scanner: Option<Scanner>,
    /// One photo at a time per core.
    pub photo_work: Semaphore,
}

impl Portal {
    pub fn new(parts: PortalParts) -> Portal {
        Portal { parts: Arc::new(parts) }
    }
}

impl std::ops::Deref for Portal {
    type Target = PortalParts;
    fn deref(&self) -> &PortalParts {
        &self.parts
    }
}
