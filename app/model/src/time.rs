//! Moments.

use serde::{Deserialize, Serialize};

/// A moment as microseconds since 1970, UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Time(pub i64);

impl Time {
    pub const SECOND: i64 = 1_000_000;
    pub const MINUTE: i64 = 60 * Self::SECOND;
    pub const HOUR: i64 = 60 * Self::MINUTE;
    pub const DAY: i64 = 24 * Self::HOUR;

    /// This moment and so many microseconds.
    #[must_use]
    pub fn plus(self, micros: i64) -> Time {
        Time(self.0.saturating_add(micros))
    }
}

impl From<i64> for Time {
    fn from(micros: i64) -> Time {
        Time(micros)
    }
}

/// A moment ready to be shown. Made by the server in the school's time zone and the reader's language, because browsers
/// have neither Frisian dates nor the school's zone.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// RFC 3339, for `<time datetime>`.
    pub machine: String,
    /// Short, relative where that reads better: "vandaag 14:05", "gisteren", "12 mei".
    pub short: String,
    /// In full: "dinsdag 12 mei 2026 om 14:05".
    pub full: String,
}
