//! What can go wrong at the door, as one closed list, and the status each has. Words come from `error.ftl`; what went
//! wrong inside is logged under an id and never shown.

mod about;
pub mod call;
mod from_work;
mod kind;
mod lost;
mod page;
mod problem;
mod refused;
mod show;
mod stands;

pub use kind::Kind;
use refused::not_now;
pub use refused::refused;
pub use show::show;
pub use stands::{Matter, Stands, declined};

use std::sync::Arc;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use rules::case::Refusal;
use rules::ids::Number;
use uuid::Uuid;
use work::import::Problem;

use crate::faster::Faster;
use crate::faster::case::Meanwhile;
use crate::form::Faults;
use crate::routes::{Routes, Who};

/// The pages that say what a problem means.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/problems/{problem}", Who::Everyone, about::get)
}

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
    /// The code of the receipt is missing.
    #[error("the code of the receipt is missing")]
    ReceiptMissing,
    /// Number and code of a receipt do not belong together; which of both is wrong is not told.
    #[error("no such receipt")]
    ReceiptUnknown,
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
    /// The key is no text, or longer than one is taken.
    #[error("the key is none")]
    KeyMalformed,
    /// The same key came with another body before.
    #[error("the key was used for something else")]
    KeyReused,
    /// Faulty fields.
    #[error("invalid")]
    Invalid(Faults),
    /// A file, or text pasted like one, that cannot be taken; nothing was changed.
    #[error("a faulty file")]
    File {
        /// The field or part it came in.
        field: &'static str,
        /// All that is wrong with it, by sheet, row and column.
        problems: Vec<Problem>,
    },
    /// The rules say no.
    #[error("refused: {0}")]
    Refused(Refusal),
    /// The rules say no to a merge into a case that went into another one itself, and whoever asks may see that one.
    #[error("refused: it went into {into}")]
    WentInto {
        /// The stable name of the refusal; its words are `refusal-{code}`.
        code: &'static str,
        /// The number of the case that goes on.
        into: Number,
        /// Where the case that was to be merged stands, and what the same person may do with it now.
        stands: Option<Stands>,
    },
    /// The rules say no to a step of a case, and whoever asks may see where it stands.
    #[error("refused: {refusal}")]
    NotNow {
        /// Why.
        refusal: Refusal,
        /// Where it stands, and what the same person may do now.
        stands: Stands,
    },
    /// The rules of a referral or a mediation say no.
    #[error("refused: {code}")]
    Declined {
        /// A stable name; its words are `refusal-{code}`.
        code: &'static str,
        /// Where it stands and what the same person may do now, for a step out of order.
        stands: Option<Stands>,
    },
    /// Somebody was faster; this is the version now.
    #[error("stale")]
    Stale {
        /// The version now.
        is: i64,
        /// What they did, where the one who asks may know.
        done: Option<Box<Meanwhile>>,
    },
    /// Somebody was faster with something beside a case, and the one who asks may know who.
    #[error("already done by somebody else")]
    Overtaken {
        /// The version now; none where the rules say no to it because it is done.
        is: Option<i64>,
        /// The stable name of the refusal.
        code: &'static str,
        /// Who, what and when.
        faster: Box<Faster>,
    },
    /// No version was named with a change.
    #[error("a version has to be named")]
    VersionMissing,
    /// The version that was named is none.
    #[error("the version is none")]
    VersionMalformed,
    /// No community serves here yet, so nothing can be told here.
    #[error("not set up")]
    NotSetUp,
    /// Cannot be done now; nothing was changed.
    #[error("unavailable")]
    Unavailable,
    /// Went wrong inside; the log knows more under this id.
    #[error("went wrong inside: {0}")]
    Inside(Uuid),
}

impl Failure {
    /// Its kind.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::NotFound => Kind::NotFound,
            Self::Method => Kind::Method,
            Self::SignIn => Kind::SignIn,
            Self::ReceiptMissing => Kind::ReceiptMissing,
            Self::ReceiptUnknown => Kind::ReceiptUnknown,
            Self::Forbidden => Kind::Forbidden,
            Self::CrossSite => Kind::CrossSite,
            Self::TooMany { .. } => Kind::TooMany,
            Self::TooLarge => Kind::TooLarge,
            Self::Unreadable => Kind::Unreadable,
            Self::MediaType => Kind::MediaType,
            Self::KeyMissing => Kind::KeyMissing,
            Self::KeyMalformed => Kind::KeyMalformed,
            Self::KeyReused => Kind::KeyReused,
            Self::Invalid(_) | Self::File { .. } => Kind::Invalid,
            Self::Refused(_)
            | Self::NotNow { .. }
            | Self::WentInto { .. }
            | Self::Declined { .. }
            | Self::Overtaken { is: None, .. } => Kind::Refused,
            Self::Stale { .. } | Self::Overtaken { is: Some(_), .. } => Kind::Stale,
            Self::VersionMissing => Kind::VersionMissing,
            Self::VersionMalformed => Kind::VersionMalformed,
            Self::NotSetUp => Kind::NotSetUp,
            Self::Unavailable => Kind::Unavailable,
            Self::Inside(_) => Kind::Inside,
        }
    }

    /// The stable name of the texts (`error-{code}-…`).
    pub const fn code(&self) -> &'static str {
        self.kind().as_str()
    }

    /// The stable name in problem documents: where the rules say no, which of them; else its kind. Its page stands at
    /// `/problems/{name}`.
    pub const fn problem(&self) -> &'static str {
        match self {
            Self::Refused(refusal) | Self::NotNow { refusal, .. } => refusal.code(),
            Self::WentInto { code, .. }
            | Self::Declined { code, .. }
            | Self::Overtaken { code, .. } => code,
            other => other.code(),
        }
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound | Self::ReceiptUnknown => StatusCode::NOT_FOUND,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::SignIn | Self::ReceiptMissing => StatusCode::UNAUTHORIZED,
            Self::Forbidden | Self::CrossSite => StatusCode::FORBIDDEN,
            Self::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unreadable | Self::KeyMissing | Self::KeyMalformed | Self::VersionMalformed => {
                StatusCode::BAD_REQUEST
            }
            Self::MediaType => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::KeyReused | Self::Invalid(_) | Self::File { .. } => {
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Self::Refused(Refusal::NotAllowed)
            | Self::Declined {
                code: "not-allowed",
                ..
            } => StatusCode::FORBIDDEN,
            Self::Refused(_)
            | Self::NotNow { .. }
            | Self::WentInto { .. }
            | Self::Declined { .. }
            | Self::Overtaken { is: None, .. } => StatusCode::CONFLICT,
            Self::Stale { .. } | Self::Overtaken { is: Some(_), .. } => {
                StatusCode::PRECONDITION_FAILED
            }
            Self::VersionMissing => StatusCode::PRECONDITION_REQUIRED,
            Self::NotSetUp | Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
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
    pub fn of_status(status: StatusCode) -> Option<Self> {
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
