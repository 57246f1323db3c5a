//! Which cases a supervisor should look at, and why. Each list gives one reason; cases are found, never people.

crate::word::words! {
    /// Why a case stands on a list, in the order of the page.
    Concern {
        /// An answer to a question with a date is owed.
        Asked = "asked",
        /// That answer is late.
        Late = "late",
        /// It came.
        Answered = "answered",
    }
}
