//! Password hashing: Argon2id, a few at a time, so that a storm of sign-ins cannot starve the rest.

use crate::{Error, Result};
use argon2::{
    Algorithm, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version, password_hash::phc::PasswordHash,
};
use model::ApiError;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How much work one hash is.
#[derive(Clone, Copy, Debug)]
pub enum Cost {
    /// OWASP's recommendation: 19 MiB, two passes.
    Normal,
    /// For tests that are not about passwords.
    Cheap,
}

#[derive(Clone, Debug)]
pub struct Passwords {
    argon: Argon2<'static>,
    /// A hash of nothing in particular, so that an unknown account takes as long as a known one.
    dummy: Arc<str>,
    at_work: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
}

impl Passwords {
    /// `workers`: hashes made at the same time.
    pub fn new(cost: Cost, workers: usize) -> Result<Passwords> {
        let (memory, passes) = match cost {
            Cost::Normal => (19 * 1024, 2),
            Cost::Cheap => (64, 1),
        };
        let params = Params::new(memory, passes, 1, None).map_err(Error::internal)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let dummy: PasswordHash = argon.hash_password(b"nobody").map_err(Error::internal)?;
        Ok(Passwords {
            argon,
            dummy: dummy.to_string().into(),
            at_work: Arc::new(Semaphore::new(workers)),
            waiting: Arc::new(Semaphore::new(workers * 50)),
        })
    }

    /// The PHC string of a new password.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let (argon, password) = (self.argon.clone(), password.to_owned());
        self.run(move || {
            let hash: PasswordHash = argon.hash_password(password.as_bytes()).map_err(Error::internal)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Whether the password is the stored one. Takes as long when nothing is stored.
    pub async fn verify(&self, password: &str, stored: Option<&str>) -> Result<bool> {
        let (argon, password) = (self.argon.clone(), password.to_owned());
        let known = stored.is_some();
        let stored = stored.unwrap_or(&self.dummy).to_owned();
        self.run(move || {
            let hash = PasswordHash::new(&stored).map_err(Error::internal)?;
            Ok(argon.verify_password(password.as_bytes(), &hash).is_ok() && known)
        })
        .await
    }

    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let busy = || Error::Api(ApiError::Busy { retry_after: 5 });
        let _place = self.waiting.try_acquire().map_err(|_| busy())?;
        let permit = Arc::clone(&self.at_work).acquire_owned().await.map_err(|_| busy())?;
        tokio::task::spawn_blocking(move || {
            let _permit = permit;
            work()
        })
        .await
        .map_err(Error::internal)?
    }
}
