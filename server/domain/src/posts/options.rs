//! The options of a post. A draft keeps its form as it stands, finished or not; publishing reads it and holds it to the
//! rules.

use crate::{
    Portal, Result,
    audit::{self, Entry},
    gate::Audience,
    jobs::{self, Job},
    moments::{read_local, write_local},
};
use model::{
    ApiError, ChoiceId, Problem, Time,
    check::Checker,
    options::{CHOICE_MAX, CHOICES_MAX, CHOICES_MIN, PostOptions, QUESTION_MAX, URGENT_REASON_MAX},
};
use store::{NewPostOptions, PollRow, PostOptionsRow, PostRow, Write};

/// How long before the deadline those who have not confirmed are reminded.
const REMINDED_BEFORE: i64 = Time::DAY;
/// Longest form of options that a draft keeps, in bytes.
const FORM_MAX: usize = 8_000;

/// Options that keep the rules.
#[derive(Debug)]
pub(crate) struct Options {
    /// None: at once.
    pub publish_at: Option<Time>,
    expires_at: Option<Time>,
    is_pinned: bool,
    comments_open: bool,
    urgent_reason: Option<String>,
    confirm_by: Option<Time>,
    poll: Option<(PollRow, Vec<String>)>,
}

/// When a post is published.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Due {
    /// Its author has pressed the button; it may say a later moment.
    ByHand,
    /// The moment that it said has come.
    Scheduled,
}

/// Comments, as long as the author has not decided.
fn comments_by_default(audience: Audience) -> bool {
    audience == Audience::Group
}

/// What the author has decided about comments, if anything.
fn comments_chosen(typed: &PostOptions) -> Option<bool> {
    (typed.comments != typed.comments_was).then_some(typed.comments)
}

/// The form of a draft's options, to be kept.
pub(crate) fn form_of(typed: &PostOptions) -> Result<String> {
    let text = serde_json::to_string(&PostOptions { children: Vec::new(), ..typed.clone() })?;
    if text.len() > FORM_MAX {
        return Err(ApiError::field("poll_question", Problem::TooLong { max: QUESTION_MAX as u32 }).into());
    }
    Ok(text)
}

/// The options as a form shows them: of a draft as it was typed, of a published post what can still be changed.
pub(crate) fn shown(row: &PostRow, children: Vec<String>, audience: Audience, zone: &str) -> Result<PostOptions> {
    if row.published_at.is_some() {
        let open = row.options.comments_open;
        let expires_at = row.options.expires_at.map(|at| write_local(Time(at), zone)).unwrap_or_default();
        return Ok(PostOptions {
            children,
            expires_at,
            pinned: row.options.is_pinned,
            comments: open,
            comments_was: open,
            ..PostOptions::default()
        });
    }
    Ok(PostOptions { children, ..offered(serde_json::from_str(&row.options.draft_options)?, audience) })
}

/// Options of a draft, with the box for comments as it has to stand.
pub(crate) fn offered(typed: PostOptions, audience: Audience) -> PostOptions {
    let chosen = comments_chosen(&typed);
    let comments = chosen.unwrap_or_else(|| comments_by_default(audience));
    PostOptions { comments, comments_was: if chosen.is_some() { !comments } else { comments }, ..typed }
}

impl Options {
    /// Reads a draft's form for publication at `now`. What does not keep the rules is told under the field's name.
    pub fn read(
        checker: &mut Checker,
        typed: &PostOptions,
        audience: Audience,
        zone: &str,
        now: Time,
        due: Due,
    ) -> Options {
        let publish_at = moment(checker, "publish_at", &typed.publish_at, zone).filter(|_| due == Due::ByHand);
        if publish_at.is_some_and(|at| at <= now) {
            checker.problem("publish_at", Problem::TooEarly);
        }
        let begins = publish_at.unwrap_or(now).max(now);
        let expires_at = later_moment(checker, "expires_at", &typed.expires_at, zone, begins);
        let urgent_reason =
            typed.urgent.then(|| checker.line("urgent_reason", &typed.urgent_reason, URGENT_REASON_MAX));
        let confirm_by =
            if typed.confirm { required_moment(checker, "confirm_by", &typed.confirm_by, zone, begins) } else { None };
        Options {
            publish_at,
            expires_at,
            is_pinned: typed.pinned,
            comments_open: comments_chosen(typed).unwrap_or_else(|| comments_by_default(audience)),
            urgent_reason,
            confirm_by,
            poll: read_poll(checker, typed, zone, begins),
        }
    }

    /// Gives them to the post that is being published, with what follows from them.
    pub async fn set(&self, write: &mut Write, portal: &Portal, row: &PostRow) -> Result<()> {
        write.set_post_options(row.id, self.new_row()).await?;
        if let Some((poll, choices)) = &self.poll {
            let choices: Vec<(ChoiceId, String)> =
                choices.iter().map(|text| (portal.clock.new_id(), text.clone())).collect();
            write.set_poll(row.school_id, row.id, Some((poll, &choices))).await?;
        }
        if let Some(reason) = &self.urgent_reason {
            let count = write.count_audit(row.school_id, "post.urgent").await? + 1;
            let detail = format!("{count}: {reason}");
            let entry = Entry { action: "post.urgent", subject: &row.title, detail: &detail };
            audit::record(write, portal, row.school_id, Some(row.author_id), entry).await?;
        }
        let now = portal.clock.now();
        plan_expiry(write, portal, row, self.expires_at).await?;
        if let Some(at) = self.confirm_by.map(|by| by.plus(-REMINDED_BEFORE)).filter(|at| *at > now) {
            jobs::enqueue(write, portal, &Job::RemindInTime { post: row.id }, at.0 - now.0).await?;
        }
        Ok(())
    }

    fn new_row(&self) -> NewPostOptions<'_> {
        NewPostOptions {
            expires_at: self.expires_at,
            is_pinned: self.is_pinned,
            comments_open: self.comments_open,
            urgent_reason: self.urgent_reason.as_deref(),
            confirm_by: self.confirm_by,
        }
    }
}

/// Options of a published post that can still be changed.
#[derive(Debug)]
pub(crate) struct Changed {
    expires_at: Option<Time>,
    is_pinned: bool,
    comments_open: bool,
}

impl Changed {
    pub fn read(checker: &mut Checker, typed: &PostOptions, row: &PostRow, zone: &str, now: Time) -> Changed {
        let before = row.options.expires_at.map(Time);
        let is_same = before.is_some_and(|at| write_local(at, zone) == typed.expires_at.trim());
        Changed {
            expires_at: if is_same {
                before
            } else {
                later_moment(checker, "expires_at", &typed.expires_at, zone, now)
            },
            is_pinned: typed.pinned,
            comments_open: comments_chosen(typed).unwrap_or(row.options.comments_open),
        }
    }

    pub fn is(&self, row: &PostOptionsRow) -> bool {
        self.expires_at.map(|at| at.0) == row.expires_at
            && self.is_pinned == row.is_pinned
            && self.comments_open == row.comments_open
    }

    pub async fn set(&self, write: &mut Write, portal: &Portal, row: &PostRow) -> Result<()> {
        let options = NewPostOptions {
            expires_at: self.expires_at,
            is_pinned: self.is_pinned,
            comments_open: self.comments_open,
            urgent_reason: row.options.urgent_reason.as_deref(),
            confirm_by: row.options.confirm_by.map(Time),
        };
        write.set_post_options(row.id, options).await?;
        write.place_post(row.id, portal.clock.now()).await?;
        plan_expiry(write, portal, row, self.expires_at).await
    }
}

/// Has the post taken out of the feed when its time comes.
async fn plan_expiry(write: &mut Write, portal: &Portal, row: &PostRow, expires_at: Option<Time>) -> Result<()> {
    let now = portal.clock.now();
    if let Some(at) = expires_at.filter(|at| *at > now) {
        jobs::enqueue(write, portal, &Job::ExpirePost { post: row.id }, at.0 - now.0).await?;
    }
    Ok(())
}

fn read_poll(checker: &mut Checker, typed: &PostOptions, zone: &str, begins: Time) -> Option<(PollRow, Vec<String>)> {
    let choices: Vec<String> = typed
        .poll_choices
        .iter()
        .map(|choice| checker.optional_line("poll_choices", choice, CHOICE_MAX))
        .filter(|choice| !choice.is_empty())
        .collect();
    if typed.poll_question.trim().is_empty() && choices.is_empty() {
        return None;
    }
    let question = checker.line("poll_question", &typed.poll_question, QUESTION_MAX);
    let is_twice = choices.iter().enumerate().any(|(n, choice)| choices[..n].contains(choice));
    if choices.len() < CHOICES_MIN {
        checker.problem("poll_choices", Problem::Required);
    } else if choices.len() > CHOICES_MAX || is_twice {
        checker.problem("poll_choices", Problem::NotAChoice);
    }
    let closes_at = required_moment(checker, "poll_closes_at", &typed.poll_closes_at, zone, begins)?;
    let poll = PollRow { question, is_multiple: typed.poll_multiple, is_anonymous: typed.poll_anonymous, closes_at };
    Some((poll, choices))
}

/// The moment of a field, if there is one.
fn moment(checker: &mut Checker, field: &str, text: &str, zone: &str) -> Option<Time> {
    if text.trim().is_empty() {
        return None;
    }
    let at = read_local(text, zone);
    if at.is_none() {
        checker.problem(field, Problem::NotAChoice);
    }
    at
}

/// The same, where it has to come after another moment.
fn later_moment(checker: &mut Checker, field: &str, text: &str, zone: &str, after: Time) -> Option<Time> {
    let at = moment(checker, field, text, zone);
    if at.is_some_and(|at| at <= after) {
        checker.problem(field, Problem::TooEarly);
    }
    at
}

fn required_moment(checker: &mut Checker, field: &str, text: &str, zone: &str, after: Time) -> Option<Time> {
    if text.trim().is_empty() {
        checker.problem(field, Problem::Required);
    }
    later_moment(checker, field, text, zone, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ZONE: &str = "Europe/Amsterdam";

    fn now() -> Time {
        read_local("2026-11-16T10:00", ZONE).expect("a moment")
    }

    fn problems(typed: &PostOptions) -> Vec<(&'static str, Problem)> {
        let mut checker = Checker::default();
        Options::read(&mut checker, typed, Audience::Group, ZONE, now(), Due::ByHand);
        let Err(error) = checker.finish() else { return Vec::new() };
        ["publish_at", "expires_at", "urgent_reason", "confirm_by", "poll_question", "poll_choices", "poll_closes_at"]
            .into_iter()
            .filter_map(|field| Some((field, error.problem_of(field)?.clone())))
            .collect()
    }

    #[test]
    fn moments_come_one_after_the_other() {
        let typed = |publish: &str, expires: &str| PostOptions {
            publish_at: publish.into(),
            expires_at: expires.into(),
            ..PostOptions::default()
        };
        assert_eq!(problems(&typed("", "")), []);
        assert_eq!(problems(&typed("2026-11-16T10:01", "2026-11-16T10:02")), []);
        assert_eq!(problems(&typed("2026-11-16T10:00", "")), [("publish_at", Problem::TooEarly)]);
        assert_eq!(problems(&typed("", "2026-11-16T09:00")), [("expires_at", Problem::TooEarly)]);
        let backwards = typed("2026-11-18T10:00", "2026-11-17T10:00");
        assert_eq!(problems(&backwards), [("expires_at", Problem::TooEarly)]);
        assert_eq!(problems(&typed("morgen", "")), [("publish_at", Problem::NotAChoice)]);
    }

    #[test]
    fn what_is_ticked_needs_its_words() {
        let typed = PostOptions { urgent: true, confirm: true, poll_question: "Mee?".into(), ..PostOptions::default() };
        assert_eq!(
            problems(&typed),
            [
                ("urgent_reason", Problem::Required),
                ("confirm_by", Problem::Required),
                ("poll_choices", Problem::Required),
                ("poll_closes_at", Problem::Required),
            ]
        );
    }

    #[test]
    fn a_poll_has_two_to_eight_different_choices() {
        let typed = |choices: &[&str]| PostOptions {
            poll_question: "Mee?".into(),
            poll_choices: choices.iter().map(|choice| (*choice).to_owned()).collect(),
            poll_closes_at: "2026-11-20T12:00".into(),
            ..PostOptions::default()
        };
        assert_eq!(problems(&typed(&["ja", "", " nee "])), []);
        assert_eq!(problems(&typed(&["ja", " "])), [("poll_choices", Problem::Required)]);
        assert_eq!(problems(&typed(&["ja", "ja "])), [("poll_choices", Problem::NotAChoice)]);
        assert_eq!(problems(&typed(&["1", "2", "3", "4", "5", "6", "7", "8"])), []);
        assert_eq!(
            problems(&typed(&["1", "2", "3", "4", "5", "6", "7", "8", "9"])),
            [("poll_choices", Problem::NotAChoice)]
        );
    }

    #[test]
    fn comments_follow_the_audience_until_somebody_decides() {
        let open = |typed: &PostOptions, audience| {
            Options::read(&mut Checker::default(), typed, audience, ZONE, now(), Due::ByHand).comments_open
        };
        let untouched = offered(PostOptions::default(), Audience::Group);
        assert!(untouched.comments);
        assert!(open(&untouched, Audience::Group) && !open(&untouched, Audience::School));
        let taken_away = PostOptions { comments: false, ..untouched };
        assert!(!open(&taken_away, Audience::Group));
        let kept = offered(taken_away, Audience::Group);
        assert!(!kept.comments && !open(&kept, Audience::Group), "and stays so");
        let wanted = PostOptions { comments: true, ..offered(PostOptions::default(), Audience::School) };
        assert!(open(&wanted, Audience::School));
    }
}
