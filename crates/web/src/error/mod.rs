//! What can go wrong at the door, as one closed list, and the status each has. Words come from `error.ftl`; what went
//! wrong inside is logged under an id and never shown.

mod from_work;
mod page;
mod problem;
mod show;

pub use show::show;

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rules::case::Refusal;
use uuid::Uuid;

use crate::case::meanwhile::Meanwhile;
use crate::form::Faults;

/// Why a request gets no ordinary answer.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Failure {
    /// Nothing of this name, or outside what the asker may see.
    #[error("not found")]
    NotFound,
    /// The page exists, but cannot be asked in this way.
    #[error("method not allowed")]
    Method,
    /// One has to sign in first.
    #[error("sign in")]
    SignIn,
    /// The role has no such right.
    #[error("forbidden")]
    Forbidden,
    /// Sent by another site.
    #[error("sent by another site")]
    CrossSite,
    /// Too often; again after so many seconds.
    #[error("too many requests")]
    TooMany {
        /// Seconds to wait.
        retry_after: u64,
    },
    /// More bytes than are taken.
    #[error("too large")]
    TooLarge,
    /// No form, JSON or parameter of the agreed shape.
    #[error("unreadable")]
    Unreadable,
    /// A body of another media type.
    #[error("media type not supported")]
    MediaType,
    /// The key that keeps things from happening twice is missing.
    #[error("a key is missing")]
    KeyMissing,
    /// The same key came with another body before.
    #[error("the key was used for something else")]
    KeyReused,
    /// Faulty fields.
    #[error("invalid")]
    Invalid(Faults),
    /// The rules say no.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The rules of a referral or a mediation say no.
    #[error("refused: {code}")]
    Declined {
        /// A stable name; its words are `refusal-{code}`.
        code: &'static str,
        /// Where it stands and what the same person may do now, for a step out of order.
        stands: Option<(&'static str, Vec<&'static str>)>,
    },
    /// Somebody was faster; this is the version now.
    #[error("stale")]
    Stale {
        /// The version now.
        is: i64,
        /// What they did, where the one who asks may know.
        done: Option<Box<Meanwhile>>,
    },
    /// No version was named with a change.
    #[error("a version has to be named")]
    VersionMissing,
    /// Cannot be done now; nothing was changed.
    #[error("unavailable")]
    Unavailable,
    /// Went wrong inside; the log knows more under this id.
    #[error("went wrong inside: {0}")]
    Inside(Uuid),
}

impl Failure {
    /// The stable name in problem documents and of the texts (`error-{code}-…`).
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Method => "method",
            Self::SignIn => "sign-in",
            Self::Forbidden => "forbidden",
            Self::CrossSite => "cross-site",
            Self::TooMany { .. } => "too-many",
            Self::TooLarge => "too-large",
            Self::Unreadable => "unreadable",
            Self::MediaType => "media-type",
            Self::KeyMissing => "key-missing",
            Self::KeyReused => "key-reused",
            Self::Invalid(_) => "invalid",
            Self::Refused(_) | Self::Declined { .. } => "refused",
            Self::Stale { .. } => "stale",
            Self::VersionMissing => "version-missing",
            Self::Unavailable => "unavailable",
            Self::Inside(_) => "inside",
        }
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::SignIn => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable | Self::KeyMissing => StatusCode::BAD_REQUEST,
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::KeyReused | Self::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
            Self::Refused(Refusal::NotAllowed)
            | Self::Declined {
                code: "not_allowed",
                ..
            } => StatusCode::FORBIDDEN,
            Self::Refused(_) | Self::Declined { .. } => StatusCode::CONFLICT,
            Self::Stale { .. } => StatusCode::PRECONDITION_FAILED,
            Self::VersionMissing => StatusCode::PRECONDITION_REQUIRED,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Inside(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Something that should not happen: logged with its cause, shown with an id alone.
    pub fn inside(cause: impl std::fmt::Display) -> Self {
        let id = work::Clock::System.id();
        tracing::error!(%id, %cause, "a request went wrong inside");
        Self::Inside(id)
    }

    /// Of a status that axum or a layer gave by itself.
    pub(crate) fn of_status(status: StatusCode) -> Option<Self> {
        match status {
            StatusCode::NOT_FOUND => Some(Self::NotFound),
            StatusCode::METHOD_NOT_ALLOWED => Some(Self::Method),
            StatusCode::PAYLOAD_TOO_LARGE => Some(Self::TooLarge),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Some(Self::MediaType),
            StatusCode::BAD_REQUEST | StatusCode::UNPROCESSABLE_ENTITY => Some(Self::Unreadable),
            StatusCode::REQUEST_TIMEOUT | StatusCode::SERVICE_UNAVAILABLE => {
                Some(Self::Unavailable)
            }
            _ => None,
        }
    }
}

impl From<askama::Error> for Failure {
    fn from(cause: askama::Error) -> Self {
        Self::inside(cause)
    }
}

/// Every code, so that tests can look for its words.
#[cfg(test)]
pub(crate) const CODES: [&str; 17] = [
    "not-found",
    "method",
    "sign-in",
    "forbidden",
    "cross-site",
    "too-many",
    "too-large",
    "unreadable",
    "media-type",
    "key-missing",
    "key-reused",
    "invalid",
    "refused",
    "stale",
    "version-missing",
    "unavailable",
    "inside",
];

/// The failure on its way out; [`show`] turns it into words, because only the request knows the language.
#[derive(Clone)]
pub(crate) struct Shown(pub Arc<Failure>);

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(Shown(Arc::new(self)));
        response
    }
}
