//! What can go wrong in a task, as one closed enum. Only `web` turns it into a status and words.

use time::Duration;

/// Why a task was not done. Nothing of it happened.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The life cycle refused.
    #[error(transparent)]
    Refused(#[from] rules::case::Refusal),
    /// The life of a referral refused.
    #[error(transparent)]
    Referral(#[from] rules::referral::Refusal),
    /// The life of a mediation refused.
    #[error(transparent)]
    Mediation(#[from] rules::mediation::Refusal),
    /// The rules of supervision refused.
    #[error(transparent)]
    Supervision(#[from] rules::supervision::Refusal),
    /// The life of a complaint refused.
    #[error(transparent)]
    Complaint(#[from] rules::complaint::Refusal),
    /// What came in cannot be read; every fault is listed.
    #[error("{} faults", .0.len())]
    Invalid(Vec<Fault>),
    /// Nothing of that name within the asker's scope.
    #[error("not found")]
    NotFound,
    /// The asker's role has no such right.
    #[error("forbidden")]
    Forbidden,
    /// Not signed in, or not any more; also for a wrong name or password, which look the same.
    #[error("sign in")]
    SignIn,
    /// The row was changed since it was read.
    #[error("stale: it is at version {is}")]
    Stale {
        /// The version it has now.
        is: i64,
    },
    /// The idempotency key was used for something else.
    #[error("the key was used for something else")]
    KeyReused,
    /// Too often; try again later.
    #[error("too many")]
    TooMany {
        /// When it may be tried again.
        retry_after: Duration,
    },
    /// A photo cannot be taken.
    #[error(transparent)]
    Photo(bridge::photo::PhotoRefusal),
    /// A sound note cannot be taken.
    #[error(transparent)]
    Sound(#[from] bridge::sound::SoundRefusal),
    /// The store failed.
    #[error(transparent)]
    Store(store::Error),
    /// A key file, the blob folder or the machine's randomness failed; for the operator's log.
    #[error("unavailable: {0}")]
    Unavailable(String),
}

/// One thing that is wrong with what came in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which field, by its name in forms and JSON.
    pub field: &'static str,
    /// A stable name of the fault; the locales have words for it.
    pub code: &'static str,
    /// What the words speak of.
    pub args: Vec<(&'static str, String)>,
}

impl Fault {
    /// A fault without arguments.
    pub const fn new(field: &'static str, code: &'static str) -> Self {
        Self {
            field,
            code,
            args: Vec::new(),
        }
    }

    /// What is needed and missing, by its field.
    pub(crate) fn missing(
        needs: impl IntoIterator<Item = (&'static str, bool)>,
    ) -> impl Iterator<Item = Self> {
        let missing = needs.into_iter().filter(|(_, missing)| *missing);
        missing.map(|(field, _)| Self::new(field, "field-missing"))
    }

    /// The same fault with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}

impl Error {
    /// One fault of one field.
    pub fn invalid(field: &'static str, code: &'static str) -> Self {
        Self::Invalid(vec![Fault::new(field, code)])
    }

    /// `Invalid` with every fault, if there is one.
    pub(crate) fn check(faults: Vec<Fault>) -> Result<(), Self> {
        if faults.is_empty() {
            Ok(())
        } else {
            Err(Self::Invalid(faults))
        }
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::NotFound(_) => Self::NotFound,
            store::Error::Stale { is } => Self::Stale { is },
            other => Self::Store(other),
        }
    }
}

impl From<bridge::photo::PhotoRefusal> for Error {
    fn from(refusal: bridge::photo::PhotoRefusal) -> Self {
        match refusal {
            bridge::photo::PhotoRefusal::NotNow => Self::Unavailable(refusal.to_string()),
            of_the_photo => Self::Photo(of_the_photo),
        }
    }
}

impl From<bridge::blobs::BlobError> for Error {
    fn from(error: bridge::blobs::BlobError) -> Self {
        Self::Unavailable(error.to_string())
    }
}

impl From<crate::keys::KeyError> for Error {
    fn from(error: crate::keys::KeyError) -> Self {
        match error {
            crate::keys::KeyError::Store(error) => error.into(),
            other => Self::Unavailable(other.to_string()),
        }
    }
}
