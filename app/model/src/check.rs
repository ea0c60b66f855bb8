//! Validation of what people type, the same in the browser and on the server.

use crate::error::{ApiError, FieldProblem, Problem};

/// Longest name of a person or child, in characters.
pub const NAME_MAX: usize = 120;
/// Longest title of a post.
pub const TITLE_MAX: usize = 160;
/// Longest text of a post, as typed.
pub const BODY_MAX: usize = 20_000;
/// Longest message in a conversation or with a request.
pub const MESSAGE_MAX: usize = 4_000;
/// Longest comment on a post.
pub const COMMENT_MAX: usize = 2_000;
/// Longest reason given with a decision.
pub const REASON_MAX: usize = 1_000;
/// Longest e-mail address (RFC 5321's path less its brackets).
pub const EMAIL_MAX: usize = 254;
pub const PASSWORD_MIN: usize = 10;
pub const PASSWORD_MAX: usize = 256;
/// Longest title of a purpose.
pub const PURPOSE_TITLE_MAX: usize = 80;
/// Longest text of a purpose.
pub const PURPOSE_TEXT_MAX: usize = 600;
/// Most photos in one post.
pub const PHOTOS_MAX: usize = 30;

/// Collects the problems of a form, so that all are shown at once.
#[derive(Debug, Default)]
pub struct Checker {
    problems: Vec<FieldProblem>,
}

impl Checker {
    pub fn problem(&mut self, field: &str, problem: Problem) {
        self.problems.push(FieldProblem { field: field.to_owned(), problem });
    }

    fn text(&mut self, field: &str, value: &str, max: usize, lines: bool) -> String {
        let text = value.replace("\r\n", "\n").replace('\r', "\n");
        let text = text.trim();
        if text.chars().any(|c| is_strange(c) && !(lines && (c == '\n' || c == '\t'))) {
            self.problem(field, Problem::StrangeCharacters);
        } else if text.chars().count() > max {
            self.problem(field, Problem::TooLong { max: max as u32 });
        }
        text.to_owned()
    }

    /// A single line that must be there.
    pub fn line(&mut self, field: &str, value: &str, max: usize) -> String {
        let text = self.text(field, value, max, false);
        if text.is_empty() {
            self.problem(field, Problem::Required);
        }
        text
    }

    /// A single line that may be empty.
    pub fn optional_line(&mut self, field: &str, value: &str, max: usize) -> String {
        self.text(field, value, max, false)
    }

    /// Several lines that must be there.
    pub fn lines(&mut self, field: &str, value: &str, max: usize) -> String {
        let text = self.text(field, value, max, true);
        if text.is_empty() {
            self.problem(field, Problem::Required);
        }
        text
    }

    /// Several lines that may be empty.
    pub fn optional_lines(&mut self, field: &str, value: &str, max: usize) -> String {
        self.text(field, value, max, true)
    }

    /// An e-mail address in lower case.
    pub fn email(&mut self, field: &str, value: &str) -> String {
        let email = self.line(field, value, EMAIL_MAX).to_lowercase();
        if !email.is_empty() && !is_email(&email) {
            self.problem(field, Problem::NotAnEmail);
        }
        email
    }

    /// A new password. Not trimmed: blanks are part of it.
    pub fn new_password(&mut self, field: &str, value: &str) -> String {
        let count = value.chars().count();
        if value.is_empty() {
            self.problem(field, Problem::Required);
        } else if count < PASSWORD_MIN {
            self.problem(field, Problem::TooShort { min: PASSWORD_MIN as u32 });
        } else if count > PASSWORD_MAX {
            self.problem(field, Problem::TooLong { max: PASSWORD_MAX as u32 });
        } else if value.chars().collect::<std::collections::BTreeSet<_>>().len() < 5 {
            self.problem(field, Problem::EasyPassword);
        }
        value.to_owned()
    }

    /// A whole number from `min` to `max`; the nearest to zero of them where there is none.
    pub fn number(&mut self, field: &str, value: &str, min: u32, max: u32) -> u32 {
        let value = value.trim();
        match value.parse().ok().filter(|number| (min..=max).contains(number)) {
            Some(number) => return number,
            None if value.is_empty() => self.problem(field, Problem::Required),
            None => self.problem(field, Problem::OutOfRange { min, max }),
        }
        min
    }

    /// A choice written as the word of an enum or an id.
    pub fn choice<T: std::str::FromStr>(&mut self, field: &str, value: &str) -> Option<T> {
        let choice = value.trim().parse().ok();
        if choice.is_none() {
            self.problem(field, if value.trim().is_empty() { Problem::Required } else { Problem::NotAChoice });
        }
        choice
    }

    /// Success if no field had a problem; several about one field are told as the first.
    pub fn finish(mut self) -> Result<(), ApiError> {
        let mut seen = Vec::new();
        self.problems.retain(|problem| {
            let new = !seen.contains(&problem.field);
            seen.push(problem.field.clone());
            new
        });
        if self.problems.is_empty() { Ok(()) } else { Err(ApiError::Invalid { fields: self.problems }) }
    }
}

/// Control characters and the overrides that make text show in another order than it is stored.
fn is_strange(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FFF9}'..='\u{FFFB}' | '\u{FEFF}')
}

/// Something before and after one `@`, a dot in the domain, no blanks: mail itself is the real proof.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let labels: Vec<&str> = domain.split('.').collect();
    !local.is_empty()
        && local.len() <= 64
        && !local.contains(['@', '"', '(', ')', '<', '>', ',', ';', ':', '\\', '[', ']'])
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && labels.len() >= 2
        && labels.iter().all(|label| {
            !label.is_empty()
                && label.len() <= 63
                && !label.starts_with('-')
                && !label.ends_with('-')
                && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && !text.chars().any(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(value: &str) -> Result<String, ApiError> {
        let mut checker = Checker::default();
        let text = checker.line("x", value, 10);
        checker.finish().map(|()| text)
    }

    #[test]
    fn lines_are_trimmed_and_bounded() {
        assert_eq!(line("  Otto \r\n").expect("fine"), "Otto");
        assert_eq!(line(""), Err(ApiError::field("x", Problem::Required)));
        assert_eq!(line("12345678901"), Err(ApiError::field("x", Problem::TooLong { max: 10 })));
        assert_eq!(line("a\u{0}b"), Err(ApiError::field("x", Problem::StrangeCharacters)));
        assert_eq!(line("a\u{202E}b"), Err(ApiError::field("x", Problem::StrangeCharacters)));
        assert_eq!(line("👩‍👧 é").expect("emoji and accents are text"), "👩‍👧 é");
        assert_eq!(line("مرحبا").expect("right-to-left script is text"), "مرحبا");
    }

    #[test]
    fn email_addresses() {
        for good in ["a@b.nl", "jan.de-vries+school@mail.example", "j@bücher.example"] {
            assert!(is_email(good), "{good}");
        }
        for bad in ["", "a", "a@b", "a@@b.nl", "a b@c.nl", "a@b..nl", "@b.nl", "a@-b.nl", "a@b.nl\n", "a,b@c.nl"] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
