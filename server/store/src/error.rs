//! What can go wrong in the store.

/// A failure of the database, told apart where the domain can do something about it.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A row with this key exists already.
    #[error("already there: {0}")]
    Duplicate(String),
    /// A row that is referred to does not exist.
    #[error("refers to something that is not there: {0}")]
    Dangling(String),
    /// The database has no place or connection for this now.
    #[error("the database is busy")]
    Busy,
    /// The address of the database can't be used.
    #[error("{0}")]
    Address(String),
    /// The database was made by a newer or other version of Ikker.
    #[error("the database does not fit this version of Ikker: {0}")]
    Version(String),
    /// Anything else.
    #[error(transparent)]
    Database(sqlx::Error),
}

pub type Result<T> = std::result::Result<T, Error>;

impl From<sqlx::Error> for Error {
    fn from(error: sqlx::Error) -> Error {
        match &error {
            sqlx::Error::PoolTimedOut => Error::Busy,
            sqlx::Error::Database(database) => match database.kind() {
                sqlx::error::ErrorKind::UniqueViolation => Error::Duplicate(database.message().to_owned()),
                sqlx::error::ErrorKind::ForeignKeyViolation => Error::Dangling(database.message().to_owned()),
                // SQLITE_BUSY and SQLITE_LOCKED with their extended codes.
                _ if database
                    .code()
                    .is_some_and(|code| matches!(code.as_ref(), "5" | "6" | "261" | "262" | "517" | "773")) =>
                {
                    Error::Busy
                }
                _ => Error::Database(error),
            },
            _ => Error::Database(error),
        }
    }
}

impl From<sqlx::migrate::MigrateError> for Error {
    fn from(error: sqlx::migrate::MigrateError) -> Error {
        Error::Version(error.to_string())
    }
}
