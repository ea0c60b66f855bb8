//! One error for the whole domain; what people get to see of it is an [`ApiError`].

use model::ApiError;

#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An answer for the person who asked.
    #[error("{0}")]
    Api(#[from] ApiError),
    #[error("database: {0}")]
    Store(#[from] store::Error),
    #[error("media storage: {0}")]
    Files(#[from] object_store::Error),
    /// Something that should not happen, with what is known of it.
    #[error("{0}")]
    Internal(String),
}

pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    pub fn not_found() -> Error {
        Error::Api(ApiError::NotFound)
    }

    pub fn internal(what: impl std::fmt::Display) -> Error {
        Error::Internal(what.to_string())
    }

    /// The answer for the person who asked. What is internal is logged here, once, under a reference.
    pub fn into_api(self) -> ApiError {
        match self {
            Error::Api(error) => error,
            Error::Store(store::Error::Busy) => ApiError::Busy { retry_after: 5 },
            other => {
                let reference = uuid::Uuid::now_v7().simple().to_string();
                tracing::error!(reference, error = %other, "request failed");
                ApiError::Internal { reference }
            }
        }
    }
}

impl From<serde_json::Error> for Error {
    fn from(error: serde_json::Error) -> Error {
        Error::internal(format_args!("stored JSON: {error}"))
    }
}
