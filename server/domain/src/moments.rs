//! Dates and times in words, in the reader's language and the school's time zone.

use jiff::{
    Timestamp, ToSpan as _, Zoned,
    civil::{Date, DateTime, Weekday},
    tz::TimeZone,
};
use model::{Moment, Time};
use texts::{Lang, Text, dates};

const MONTHS: [Text; 12] = [
    dates::JANUARY,
    dates::FEBRUARY,
    dates::MARCH,
    dates::APRIL,
    dates::MAY,
    dates::JUNE,
    dates::JULY,
    dates::AUGUST,
    dates::SEPTEMBER,
    dates::OCTOBER,
    dates::NOVEMBER,
    dates::DECEMBER,
];
const DAYS: [Text; 7] =
    [dates::MONDAY, dates::TUESDAY, dates::WEDNESDAY, dates::THURSDAY, dates::FRIDAY, dates::SATURDAY, dates::SUNDAY];

/// Writes moments for one reader at one moment.
#[derive(Clone, Debug)]
pub struct Dates {
    lang: Lang,
    zone: TimeZone,
    now: Zoned,
}

/// As headers of HTTP write it.
pub fn http_date(at: Time) -> String {
    timestamp(at).to_zoned(TimeZone::UTC).strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// The day sixteen years before today in a time zone, `YYYY-MM-DD`: who was born by then decides about their own pictures.
pub(crate) fn born_sixteen_years_ago(zone: &str, now: Time) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let today = timestamp(now).to_zoned(zone).date();
    today.checked_sub(16.years()).map_or_else(|_| String::new(), |day| day.to_string())
}

/// The first Monday of September at nine, in a time zone and the year that it is there.
pub(crate) fn first_school_monday(zone: &str, now: Time) -> Option<Time> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let year = timestamp(now).to_zoned(zone.clone()).year();
    let monday = Date::new(year, 9, 1).and_then(|first| first.nth_weekday_of_month(1, Weekday::Monday)).ok()?;
    let at = monday.at(9, 0, 0, 0).to_zoned(zone).ok()?;
    Some(Time(at.timestamp().as_microsecond()))
}

impl Dates {
    /// `zone`: an IANA name; an unknown one is UTC.
    pub fn new(lang: Lang, zone: &str, now: Time) -> Dates {
        let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
        let now = timestamp(now).to_zoned(zone.clone());
        Dates { lang, zone, now }
    }

    pub fn moment(&self, at: Time) -> Moment {
        let at = timestamp(at).to_zoned(self.zone.clone());
        let time = format!("{:02}:{:02}", at.hour(), at.minute());
        let day = at.day().to_string();
        let year = at.year().to_string();
        let values = [
            ("time", time.as_str()),
            ("day", day.as_str()),
            ("month", self.month(at.month())),
            ("weekday", self.weekday(&at)),
            ("year", year.as_str()),
        ];
        let short = match self.days_ago(&at) {
            0 => dates::TODAY,
            1 => dates::YESTERDAY,
            2..=6 => dates::THIS_WEEK,
            _ if at.year() == self.now.year() => dates::THIS_YEAR,
            _ => dates::EARLIER,
        };
        Moment {
            machine: at.timestamp().to_string(),
            short: self.lang.with(short, &values),
            full: self.lang.with(dates::FULL, &values),
        }
    }

    /// The day alone: "vandaag", "gisteren", "woensdag 10 juni", with the year when it is another one.
    pub fn day(&self, at: Time) -> String {
        let at = timestamp(at).to_zoned(self.zone.clone());
        let day = at.day().to_string();
        let year = at.year().to_string();
        let values = [
            ("day", day.as_str()),
            ("month", self.month(at.month())),
            ("weekday", self.weekday(&at)),
            ("year", year.as_str()),
        ];
        let text = match self.days_ago(&at) {
            0 => dates::DAY_TODAY,
            1 => dates::DAY_YESTERDAY,
            _ if at.year() == self.now.year() => dates::DAY_THIS_YEAR,
            _ => dates::DAY_EARLIER,
        };
        self.lang.with(text, &values)
    }

    /// Today as `2026-11-16`, for names of files.
    pub fn date(&self) -> String {
        self.now.date().to_string()
    }

    /// The moment with the time of day as its short form, for where the day stands above it.
    pub fn time_of_day(&self, at: Time) -> Moment {
        let moment = self.moment(at);
        let at = timestamp(at).to_zoned(self.zone.clone());
        Moment { short: format!("{:02}:{:02}", at.hour(), at.minute()), ..moment }
    }

    /// The months from this one back to that of `oldest`, at most so many: when each is over, and its name.
    pub fn months_back_to(&self, oldest: Time, most: usize) -> Vec<(Time, String)> {
        let oldest = timestamp(oldest).to_zoned(self.zone.clone()).date();
        let mut months = Vec::new();
        let mut month = self.now.date().first_of_month();
        while month >= oldest.first_of_month() && months.len() < most {
            let over = month.saturating_add(1.month()).to_zoned(self.zone.clone());
            let over = over.map_or(i64::MAX, |over| over.timestamp().as_microsecond());
            let year = month.year().to_string();
            let values = [("month", self.month(month.month())), ("year", year.as_str())];
            months.push((Time(over), self.lang.with(dates::MONTH_YEAR, &values)));
            month = month.saturating_sub(1.month());
        }
        months
    }

    /// `number`: 1 to 12.
    fn month(&self, number: i8) -> &'static str {
        self.lang.get(MONTHS[usize::from(number.unsigned_abs()).saturating_sub(1).min(11)])
    }

    fn weekday(&self, at: &Zoned) -> &'static str {
        self.lang.get(DAYS[usize::from(at.weekday().to_monday_zero_offset().unsigned_abs()).min(6)])
    }

    fn days_ago(&self, at: &Zoned) -> i32 {
        self.now.date().since(at.date()).map_or(i32::MAX, |span| span.get_days())
    }
}

/// How `datetime-local` fields write a moment.
const LOCAL: &str = "%Y-%m-%dT%H:%M";

/// The moment that a `datetime-local` field means in a time zone (an IANA name); none if it is no such value. A time that
/// the clocks leave out moves forward, of one that comes twice it is the first.
pub fn read_local(text: &str, zone: &str) -> Option<Time> {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    let at = DateTime::strptime(LOCAL, text.trim()).ok()?.to_zoned(zone).ok()?;
    Some(Time(at.timestamp().as_microsecond()))
}

/// A moment for a `datetime-local` field in a time zone.
pub fn write_local(at: Time, zone: &str) -> String {
    let zone = TimeZone::get(zone).unwrap_or(TimeZone::UTC);
    timestamp(at).to_zoned(zone).strftime(LOCAL).to_string()
}

fn timestamp(at: Time) -> Timestamp {
    Timestamp::from_microsecond(at.0).unwrap_or(Timestamp::UNIX_EPOCH)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(lang: Lang, at: &str) -> String {
        let micros = |text: &str| Time(text.parse::<Timestamp>().expect("a timestamp").as_microsecond());
        Dates::new(lang, "Europe/Amsterdam", micros("2026-11-22T12:00:00Z")).moment(micros(at)).short
    }

    #[test]
    fn words_for_when() {
        assert_eq!(short(Lang::Nl, "2026-11-22T08:05:00Z"), "vandaag 09:05");
        assert_eq!(short(Lang::Nl, "2026-11-21T22:59:00Z"), "gisteren 23:59");
        assert_eq!(short(Lang::Nl, "2026-11-21T23:01:00Z"), "vandaag 00:01", "the school's midnight counts");
        assert_eq!(short(Lang::En, "2026-11-18T10:00:00Z"), "Wednesday 11:00");
        assert_eq!(short(Lang::Fy, "2026-05-12T10:00:00Z"), "12 maaie");
        assert_eq!(short(Lang::Nl, "2025-05-12T10:00:00Z"), "12 mei 2025");
        assert_eq!(short(Lang::Nl, "2027-01-02T10:00:00Z"), "2 januari 2027");
    }

    #[test]
    fn months_end_at_the_schools_midnight() {
        let micros = |text: &str| Time(text.parse::<Timestamp>().expect("a timestamp").as_microsecond());
        let dates = Dates::new(Lang::Nl, "Europe/Amsterdam", micros("2026-11-22T12:00:00Z"));
        let months = dates.months_back_to(micros("2026-09-30T22:30:00Z"), 9);
        let expected = [
            (micros("2026-11-30T23:00:00Z"), "november 2026".to_owned()),
            (micros("2026-10-31T23:00:00Z"), "oktober 2026".to_owned()),
        ];
        assert_eq!(months, expected, "half past midnight is October");
        assert_eq!(dates.months_back_to(Time(0), 5).len(), 5);
        assert!(dates.months_back_to(micros("2027-01-01T00:00:00Z"), 5).is_empty());
    }

    #[test]
    fn local_times_when_the_clocks_change() {
        // In Amsterdam 02:30 does not exist on 29 March 2026, and exists twice on 25 October.
        for (local, utc) in [
            ("2026-11-22T09:05", "2026-11-22T08:05:00Z"),
            ("2026-06-01T09:05", "2026-06-01T07:05:00Z"),
            ("2026-03-29T02:30", "2026-03-29T01:30:00Z"),
            ("2026-10-25T02:30", "2026-10-25T00:30:00Z"),
        ] {
            let at = Time(utc.parse::<Timestamp>().expect("a timestamp").as_microsecond());
            assert_eq!(read_local(local, "Europe/Amsterdam"), Some(at), "{local}");
        }
        assert_eq!(
            read_local("2026-03-29T02:30", "Europe/Amsterdam").map(|at| write_local(at, "Europe/Amsterdam")),
            Some("2026-03-29T03:30".to_owned())
        );
        for bad in
            ["", "x", "2026-13-01T10:00", "2026-11-22", "2026-11-22T24:30", "2026-11-22T10:00Z", "99999-01-01T00:00"]
        {
            assert_eq!(read_local(bad, "Europe/Amsterdam"), None, "{bad}");
        }
    }

    proptest::proptest! {
        /// What a form shows, it means.
        #[test]
        fn local_times_are_read_as_written(minutes in 0_i64..60_000_000) {
            let at = Time(minutes * Time::MINUTE);
            let text = write_local(at, "Europe/Amsterdam");
            let again = read_local(&text, "Europe/Amsterdam").expect("a moment");
            // The second of two equal hours reads as the first.
            proptest::prop_assert!(again == at || again.plus(Time::HOUR) == at, "{}", text);
        }
    }

    #[test]
    fn the_first_monday_of_september() {
        let micros = |text: &str| Time(text.parse::<Timestamp>().expect("a timestamp").as_microsecond());
        for (now, monday) in [
            ("2026-01-01T00:00:00Z", "2026-09-07T07:00:00Z"),
            ("2026-12-31T22:59:59Z", "2026-09-07T07:00:00Z"),
            // It is another year there already.
            ("2026-12-31T23:00:00Z", "2027-09-06T07:00:00Z"),
            ("2025-09-01T06:00:00Z", "2025-09-01T07:00:00Z"),
        ] {
            assert_eq!(first_school_monday("Europe/Amsterdam", micros(now)), Some(micros(monday)), "{now}");
        }
        let there = first_school_monday("America/Curacao", micros("2026-06-01T00:00:00Z"));
        assert_eq!(there, Some(micros("2026-09-07T13:00:00Z")));
    }

    #[test]
    fn days_and_times_of_day() {
        let micros = |text: &str| Time(text.parse::<Timestamp>().expect("a timestamp").as_microsecond());
        let dates = Dates::new(Lang::Nl, "Europe/Amsterdam", micros("2026-11-22T12:00:00Z"));
        assert_eq!(dates.day(micros("2026-11-21T23:01:00Z")), "vandaag");
        assert_eq!(dates.day(micros("2026-11-21T22:59:00Z")), "gisteren");
        assert_eq!(dates.day(micros("2026-06-10T10:00:00Z")), "woensdag 10 juni");
        assert_eq!(dates.day(micros("2025-06-10T10:00:00Z")), "dinsdag 10 juni 2025");
        assert_eq!(dates.time_of_day(micros("2026-11-21T22:59:00Z")).short, "23:59");
    }
}
