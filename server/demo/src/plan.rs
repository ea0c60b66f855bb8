//! The shapes of the demo school: plain data, references are indices into the lists of [`Plan`].

/// A whole demo school. Lists are in a fixed order for a given seed and moment; a field such as
/// `child: usize` is the place of that child in [`Plan::children`].
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    pub seed: u64,
    /// UTC microseconds: the moment the plan was made for.
    pub now_micros: i64,
    pub school: School,
    /// Groep 1 … Groep 8 at 0..=7, the school group at 8.
    pub groups: Vec<Group>,
    pub staff: Vec<Staff>,
    pub children: Vec<Child>,
    pub guardians: Vec<Guardian>,
    pub guardianships: Vec<Guardianship>,
    pub purposes: Vec<Purpose>,
    /// Oldest first.
    pub answers: Vec<Answer>,
    /// Oldest first; the drafts are the last ones.
    pub posts: Vec<Post>,
    /// By their last message, oldest first.
    pub conversations: Vec<Conversation>,
    /// Oldest first.
    pub requests: Vec<AccessRequest>,
    pub invitations: Vec<Invitation>,
    pub logins: Vec<Login>,
}

/// Where the school group stands in [`Plan::groups`].
pub const SCHOOL_GROUP: usize = 8;

/// The language somebody reads in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    Nl,
    En,
    Fy,
}

impl Language {
    /// "nl", "en" or "fy".
    pub fn code(self) -> &'static str {
        match self {
            Self::Nl => "nl",
            Self::En => "en",
            Self::Fy => "fy",
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct School {
    pub name: String,
    /// The part of the address that is the school's: `twa-ikker`.
    pub slug: String,
    /// An invented village.
    pub place: String,
    /// IANA name.
    pub timezone: String,
    pub language: Language,
    /// The current school year: "2026-2027".
    pub year: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GroupKind {
    /// A class in one school year.
    Class,
    /// Everyone in the school.
    School,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub kind: GroupKind,
    /// "Groep 5", "Hele school".
    pub name: String,
    /// 0..=7: which of the eight quiet group colours. 0 for the school group, which needs none.
    pub hue: u8,
    /// The school year: "2026-2027".
    pub year: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum StaffRole {
    Director,
    Teacher,
    Specialist,
    Office,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Staff {
    pub role: StaffRole,
    pub given_name: String,
    /// With particle: "van den Berg".
    pub family_name: String,
    /// How children and parents say it: "Juf Anna", "Meester Bram"; the full name for directors and office.
    pub called: String,
    pub email: String,
    /// "Gym", "Conciërge", …; `None` for a teacher of a group.
    pub subject: Option<String>,
    /// Groups taught or assigned, never the school group. Empty for directors and office.
    pub groups: Vec<usize>,
    /// Plain Dutch: "maandag tot en met woensdag".
    pub working_days: String,
    /// Monday to Friday.
    pub works_on: [bool; 5],
}

impl Staff {
    /// "Anna Dijkstra"
    pub fn name(&self) -> String {
        format!("{} {}", self.given_name, self.family_name)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Child {
    pub given_name: String,
    /// "van der", "'t", or empty.
    pub particle: String,
    pub family_name: String,
    /// One of the eight classes.
    pub group: usize,
    /// "2019-03-14"
    pub born_on: String,
}

impl Child {
    /// "Sanne van der Wal"
    pub fn name(&self) -> String {
        full_name(&self.given_name, &self.particle, &self.family_name)
    }
}

/// How a guardian wants to hear of news.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Push,
    Mail,
    WeeklyLetter,
    /// In the portal only.
    Nothing,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Guardian {
    pub given_name: String,
    /// "van der", "'t", or empty.
    pub particle: String,
    pub family_name: String,
    /// Unique among all accounts. The one exception: a guardian with `staff` set has that
    /// colleague's address, because one human has one account.
    pub email: String,
    pub language: Language,
    pub delivery: Delivery,
    /// When the account was made; `None`: on the roster, but not in the portal yet.
    pub joined_at_micros: Option<i64>,
    /// Set when this guardian works at the school.
    pub staff: Option<usize>,
}

impl Guardian {
    /// "Marieke van der Wal"
    pub fn name(&self) -> String {
        full_name(&self.given_name, &self.particle, &self.family_name)
    }
}

fn full_name(given: &str, particle: &str, family: &str) -> String {
    match particle {
        "" => format!("{given} {family}"),
        "d'" => format!("{given} d'{family}"),
        _ => format!("{given} {particle} {family}"),
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Custody: everything, like any other guardian.
    Full,
    /// No custody: only what a director releases.
    OnRequest,
    /// Court order: nothing, silently.
    None,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Guardianship {
    pub guardian: usize,
    pub child: usize,
    pub scope: Scope,
    /// "moeder", "vader", "voogd", "pleegmoeder", "opa", …
    pub relation: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Parents decide.
    Consent,
    /// Another legal basis: shown so that parents know, there is nothing to answer.
    Information,
}

/// One text in the three languages of the interface.
#[derive(Clone, Debug, PartialEq)]
pub struct Translated {
    pub nl: String,
    pub en: String,
    pub fy: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Purpose {
    /// Stable: `portal_group`, `portal_school`, `newsletter`, `school_guide`, `website`,
    /// `social_media`, `press`, `lesson_recording`, `contact_details`.
    pub key: String,
    pub basis: Basis,
    pub title: Translated,
    pub explanation: Translated,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    SelfService,
    /// The guardian signed on paper; a director or the office typed it in.
    PaperForm {
        recorded_by: usize,
    },
}

/// One guardian's answer, only ever by a guardian with custody and only for consent purposes.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    pub guardian: usize,
    pub child: usize,
    pub purpose: usize,
    pub yes: bool,
    pub at_micros: i64,
    pub how: How,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PostPicture {
    /// For [`crate::picture`].
    pub picture: usize,
    /// Children of the audience whose effective answer was yes when the post appeared. Some of
    /// them were withdrawn since: those pictures must be hidden now.
    pub tagged: Vec<usize>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Post {
    /// Staff.
    pub author: usize,
    /// Classes, or only the school group.
    pub groups: Vec<usize>,
    pub language: Language,
    pub title: String,
    /// Markdown: paragraphs, `**bold**`, `*em*`, `- ` lists, `## ` headings, `[text](https://…)`.
    pub body: String,
    pub pictures: Vec<PostPicture>,
    /// When it appeared; for a draft, when it was last saved.
    pub at_micros: i64,
    pub draft: bool,
    pub pinned: bool,
    /// Whether parents may comment.
    pub comments_open: bool,
    /// "Please confirm" with this deadline.
    pub confirm_by_micros: Option<i64>,
    pub poll: Option<Poll>,
    /// Part of the audience's guardians that opened it, 0.0..=1.0.
    pub read_fraction: f32,
    /// Oldest first.
    pub comments: Vec<Comment>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Poll {
    pub question: String,
    pub choices: Vec<String>,
    pub closes_at_micros: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Person {
    Staff(usize),
    Guardian(usize),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Comment {
    /// The author of the post, or a guardian with custody of a child in the audience.
    pub by: Person,
    pub text: String,
    pub at_micros: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Message {
    pub from: Person,
    pub text: String,
    pub at_micros: i64,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    pub child: usize,
    /// One, or several who chose to talk together. All with custody.
    pub guardians: Vec<usize>,
    /// Those who wrote or were addressed: the team of the child's group.
    pub staff: Vec<usize>,
    pub subject: String,
    /// Content stays out of mail and push.
    pub sensitive: bool,
    pub closed: bool,
    /// Oldest first, never empty.
    pub messages: Vec<Message>,
    /// How many of the last messages the staff has not read.
    pub unread_by_staff: usize,
    /// How many of the last messages the guardians have not read.
    pub unread_by_guardians: usize,
}

/// What a director will find when comparing a request with the roster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RosterMatch {
    /// Name and child are written as on the roster.
    Exact,
    /// The same people, spelled otherwise.
    Typo,
    /// Nobody of that name.
    Nothing,
    /// The same request once more; the index of the first.
    DuplicateOf(usize),
}

#[derive(Clone, Debug, PartialEq)]
pub enum RequestState {
    Pending,
    Approved {
        by: usize,
        at_micros: i64,
    },
    /// With the reason the requester reads.
    Rejected {
        by: usize,
        at_micros: i64,
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct AccessRequest {
    pub name: String,
    pub email: String,
    pub child_name: String,
    pub relation: String,
    pub message: String,
    pub language: Language,
    pub at_micros: i64,
    /// The child that is meant, if it is at the school.
    pub child: Option<usize>,
    /// The guardian on the roster who is probably asking.
    pub guardian: Option<usize>,
    pub roster: RosterMatch,
    pub state: RequestState,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum InvitationBy {
    Letter,
    Mail,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Invitation {
    /// Not joined yet.
    pub guardian: usize,
    pub child: usize,
    /// Staff.
    pub invited_by: usize,
    pub by: InvitationBy,
    pub sent_at_micros: i64,
    /// After now.
    pub expires_at_micros: i64,
}

/// Which side of the school a demo log-in shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LoginRole {
    Guardian,
    Teacher,
    Specialist,
    Office,
    Director,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Login {
    pub role: LoginRole,
    pub who: Person,
    pub name: String,
    pub email: String,
    pub password: String,
    /// One Dutch sentence: what there is to see with this account.
    pub note: String,
}
