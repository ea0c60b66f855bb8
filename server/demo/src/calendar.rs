//! Moments in the life of a Dutch school, seen from "now".

use jiff::civil::{Date, DateTime, Weekday, date};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};

const MINUTE: i64 = 60 * 1_000_000;

/// "Now" in the school's time zone, and what follows from it.
#[derive(Debug)]
pub(crate) struct Calendar {
    pub(crate) now_micros: i64,
    pub(crate) today: Date,
    zone: TimeZone,
}

impl Calendar {
    pub(crate) fn new(now_micros: i64) -> Self {
        // The rule of Europe/Amsterdam since 1996, written out: a machine without time zone files
        // must show the same demo.
        let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap_or(TimeZone::UTC);
        let today =
            Timestamp::from_microsecond(now_micros).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(zone.clone()).date();
        Self { now_micros, today, zone }
    }

    /// UTC microseconds of a local moment; never after now.
    pub(crate) fn past(&self, day: Date, hour: i64, minute: i64) -> i64 {
        self.moment(day, hour, minute).min(self.now_micros - 3 * MINUTE)
    }

    /// UTC microseconds of a local moment, also in the future.
    pub(crate) fn moment(&self, day: Date, hour: i64, minute: i64) -> i64 {
        let local: DateTime = day.at(hour as i8, minute as i8, 0, 0);
        local.to_zoned(self.zone.clone()).map_or(self.now_micros, |zoned| zoned.timestamp().as_microsecond())
    }

    /// The local day and hour of a moment.
    pub(crate) fn local(&self, micros: i64) -> DateTime {
        Timestamp::from_microsecond(micros).unwrap_or(Timestamp::UNIX_EPOCH).to_zoned(self.zone.clone()).datetime()
    }

    /// The local hour of the day now.
    pub(crate) fn hour(&self) -> i64 {
        i64::from(self.local(self.now_micros).hour())
    }

    /// The day so many days before today.
    pub(crate) fn days_ago(&self, days: i64) -> Date {
        shift(self.today, -days)
    }

    /// The calendar year in which the current school year began. School years turn on 1 August.
    pub(crate) fn start_year(&self) -> i16 {
        if self.today.month() >= 8 { self.today.year() } else { self.today.year() - 1 }
    }

    /// "2026-2027"
    pub(crate) fn school_year(&self) -> String {
        format!("{}-{}", self.start_year(), self.start_year() + 1)
    }

    /// The first school day of the current school year, or today when that still has to come.
    pub(crate) fn first_day(&self) -> Date {
        date(self.start_year(), 8, 24).min(self.today)
    }

    /// The first school day of the school year before.
    pub(crate) fn first_day_before(&self) -> Date {
        date(self.start_year() - 1, 8, 25)
    }
}

/// `day` moved by whole days.
pub(crate) fn shift(day: Date, days: i64) -> Date {
    day.checked_add(days.days()).unwrap_or(day)
}

/// The same day, or the Monday (Friday when `back`) next to it if it falls in a weekend.
pub(crate) fn school_day(day: Date, back: bool) -> Date {
    match (day.weekday(), back) {
        (Weekday::Saturday, true) => shift(day, -1),
        (Weekday::Sunday, true) => shift(day, -2),
        (Weekday::Saturday, false) => shift(day, 2),
        (Weekday::Sunday, false) => shift(day, 1),
        _ => day,
    }
}

/// Roughly the school holidays of the north of the Netherlands.
pub(crate) fn is_holiday(day: Date) -> bool {
    matches!(
        (day.month(), day.day()),
        (7, 13..)
            | (8, ..=23)
            | (10, 12..=20)
            | (12, 21..)
            | (1, ..=4)
            | (2, 20..=28)
            | (4, 25..=26)
            | (4, 28..)
            | (5, ..=8)
    )
}

/// "donderdag 3 december"
pub(crate) fn in_dutch(day: Date) -> String {
    format!("{} {} {}", weekday_in_dutch(day), day.day(), month_in_dutch(day))
}

pub(crate) fn weekday_in_dutch(day: Date) -> &'static str {
    match day.weekday() {
        Weekday::Monday => "maandag",
        Weekday::Tuesday => "dinsdag",
        Weekday::Wednesday => "woensdag",
        Weekday::Thursday => "donderdag",
        Weekday::Friday => "vrijdag",
        Weekday::Saturday => "zaterdag",
        Weekday::Sunday => "zondag",
    }
}

fn month_in_dutch(day: Date) -> &'static str {
    const MONTHS: [&str; 12] = [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ];
    MONTHS[(day.month() - 1) as usize]
}

/// "Thursday 3 December"
pub(crate) fn in_english(day: Date) -> String {
    day.strftime("%A %-d %B").to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_summer_time_without_files() {
        let calendar = Calendar::new(1_795_000_000_000_000);
        let winter = calendar.moment(date(2026, 1, 15), 12, 0);
        let summer = calendar.moment(date(2026, 7, 15), 12, 0);
        assert_eq!(winter / (3_600_000_000) % 24, 11);
        assert_eq!(summer / (3_600_000_000) % 24, 10);
    }

    #[test]
    fn turns_the_school_year_in_august() {
        let at = |day: Date| Calendar::new(Calendar::new(0).moment(day, 12, 0)).school_year();
        assert_eq!(at(date(2026, 7, 31)), "2025-2026");
        assert_eq!(at(date(2026, 8, 1)), "2026-2027");
    }
}
