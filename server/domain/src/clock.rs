//! Time and ids come from here, so that tests decide both.

use model::Time;
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::SystemTime,
};
use uuid::Uuid;

/// Tells the time.
#[derive(Clone, Debug)]
pub enum Clock {
    System,
    /// Stands still unless a test moves it.
    Fixed(Arc<AtomicI64>),
}

impl Clock {
    pub fn fixed(at: Time) -> Clock {
        Clock::Fixed(Arc::new(AtomicI64::new(at.0)))
    }

    pub fn now(&self) -> Time {
        match self {
            Clock::System => {
                let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
                Time(i64::try_from(since.as_micros()).unwrap_or(i64::MAX))
            }
            Clock::Fixed(at) => Time(at.load(Ordering::SeqCst)),
        }
    }

    /// Moves a fixed clock; the system's clock stays as it is.
    pub fn advance(&self, micros: i64) {
        if let Clock::Fixed(at) = self {
            at.fetch_add(micros, Ordering::SeqCst);
        }
    }

    /// A new id that sorts by time.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        let now = self.now().0.max(0);
        let seconds = u64::try_from(now / Time::SECOND).unwrap_or(0);
        let nanos = u32::try_from((now % Time::SECOND) * 1_000).unwrap_or(0);
        T::from(Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, nanos)))
    }
}
