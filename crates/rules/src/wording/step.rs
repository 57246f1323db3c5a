//! At which steps something can be told.

use crate::case::Deed;

crate::word::words! {
    /// A step at which a reporter can be told something, in the order of a case's life.
    WordingStep {
        /// It was told.
        Reported = "reported",
        /// Its file was opened.
        Filed = "filed",
        /// Somebody was given the task.
        Dispatched = "dispatched",
        /// They took it.
        Accepted = "accepted",
        /// It waits until a date.
        Suspended = "suspended",
        /// A result was reported, and is going to be checked.
        Handled = "handled",
        /// It is closed, or was fixed on the spot.
        Closed = "closed",
        /// Somebody else is the right place.
        Redirected = "redirected",
        /// It goes on with another case.
        Merged = "merged",
        /// It was reopened.
        Reopened = "reopened",
    }
}

impl WordingStep {
    /// The step that a deed is; none for what reporters are told nothing of, or in somebody's own words.
    pub const fn of(deed: &Deed) -> Option<Self> {
        Some(match deed {
            Deed::Reported { .. } => Self::Reported,
            Deed::Filed { .. } => Self::Filed,
            Deed::Dispatched { .. } => Self::Dispatched,
            Deed::Accepted => Self::Accepted,
            Deed::Suspended { .. } => Self::Suspended,
            Deed::Handled { .. } => Self::Handled,
            Deed::Closed { .. } | Deed::Fixed { .. } => Self::Closed,
            Deed::Redirected { .. } => Self::Redirected,
            Deed::Merged { .. } => Self::Merged,
            // no reopening that counts, and to whoever asked for it the same: it is worked on again
            Deed::Reopened { .. } | Deed::Separated => Self::Reopened,
            _ => return None,
        })
    }
}
