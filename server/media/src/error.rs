//! Why a file can't be used.

/// What the crate answers instead of a photo, a film or a document.
///
/// The text is for logs and operators; people are shown a translation chosen by [`PhotoError::code`].
#[derive(Debug, thiserror::Error)]
pub enum PhotoError {
    #[error("the file is empty")]
    Empty,
    /// The content is of no picture format. `found` is the media type it looks like, where it looks like one.
    #[error("the file is not a picture{}", .found.map(|found| format!(" but {found}")).unwrap_or_default())]
    NotAPicture { found: Option<&'static str> },
    /// A picture, in a format or coding that is not accepted; the name of that format.
    #[error("{0} is not accepted")]
    Unsupported(&'static str),
    #[error("the file has {bytes} bytes; {limit} are allowed")]
    TooManyBytes { bytes: u64, limit: u64 },
    /// `limit` is in pixels, and lower for codings that need more memory per pixel.
    #[error("the picture has {width} × {height} pixels; {limit} are allowed")]
    TooManyPixels { width: u32, height: u32, limit: u64 },
    #[error("the picture is {side} pixels long; {limit} are allowed")]
    TooLong { side: u32, limit: u32 },
    /// A part cut out of a picture, or nothing of it; `limit` is in pixels.
    #[error("what is left of the picture has less than {limit} pixels on a side")]
    TooSmall { limit: u32 },
    /// A film; both in seconds.
    #[error("the film lasts {seconds} seconds; {limit} are allowed")]
    FilmTooLong { seconds: u64, limit: u64 },
    /// A document that does something by itself: macros, scripts, links that start programs.
    #[error("the document holds a program")]
    Macros,
    /// A document that fetches something from elsewhere when it is opened.
    #[error("the document fetches something from elsewhere")]
    External,
    /// A document that can't be read without a password.
    #[error("the document is locked")]
    Encrypted,
    /// Found by a scanner of the caller's; this crate knows no viruses.
    #[error("the file holds a virus")]
    Infected,
    #[error("the file is damaged: {0}")]
    Broken(String),
    #[error("the file took too long to read")]
    TimedOut,
    /// The server lacks the named program.
    #[error("{0} is not installed")]
    ToolMissing(&'static str),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl PhotoError {
    /// A stable name for translations, metrics and stored job results.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::NotAPicture { .. } => "not-a-picture",
            Self::Unsupported(_) => "unsupported",
            Self::TooManyBytes { .. } => "too-large",
            Self::TooManyPixels { .. } => "too-many-pixels",
            Self::TooLong { .. } => "too-long",
            Self::TooSmall { .. } => "too-small",
            Self::FilmTooLong { .. } => "film-too-long",
            Self::Macros => "macros",
            Self::External => "external",
            Self::Encrypted => "encrypted",
            Self::Infected => "infected",
            Self::Broken(_) => "broken",
            Self::TimedOut => "timed-out",
            Self::ToolMissing(_) => "tool-missing",
            Self::Io(_) => "io",
        }
    }

    /// Whether the same file may succeed later (a busy machine, a missing program, a full disk), so that a job is worth
    /// repeating. All other errors are about the file itself.
    pub fn is_transient(&self) -> bool {
        matches!(self, Self::TimedOut | Self::ToolMissing(_) | Self::Io(_))
    }

    pub(crate) fn broken(why: impl std::fmt::Display) -> Self {
        Self::Broken(why.to_string())
    }
}
