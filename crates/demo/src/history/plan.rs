//! A case before it is written down: what is told, where, and when it is filed, due and closed. Later steps move closings;
//! nothing here knows of commands.

use super::HistoryError;
use super::moment::Span;
use super::place::Places;
use super::tellings::Tellings;
use crate::catalogue::Category;
use rules::case::{Channel, CommandName, Limit, Reckoning};
use time::OffsetDateTime;

/// Everything that stays the same while the history is made.
pub struct World<'a> {
    /// What can be told.
    pub tellings: Tellings,
    /// Limit of each filing condition of each sub-class.
    pub limits: Vec<Vec<Limit>>,
    /// Where things happen.
    pub places: Places,
    /// The catalogue.
    pub categories: &'a [Category],
    /// Reckons deadlines.
    pub calendar: &'a dyn Reckoning,
    /// What the history covers.
    pub span: Span,
}

impl World<'_> {
    /// When a case filed at `from` is due.
    pub fn due(&self, category: usize, condition: usize, from: OffsetDateTime) -> OffsetDateTime {
        self.calendar.due(self.limits[category][condition], from).at
    }
}

/// The way a case goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Course {
    /// Straight through.
    Plain,
    /// Somebody looks first.
    Verified,
    /// The first department gives it back.
    Returned,
    /// The owner hands it to a colleague.
    HandedOver,
    /// The owner asks the reporter.
    Asked,
    /// The first check fails.
    Reworked,
    /// The first return visit hears that it is not solved.
    Revisited,
    /// One extension is granted.
    Extended,
    /// The clock stands still for a while.
    Suspended {
        /// Since when.
        since: OffsetDateTime,
        /// Until when.
        until: OffsetDateTime,
    },
    /// Closed, opened again and closed a second time.
    Reopened {
        /// When it is opened again.
        at: OffsetDateTime,
        /// When it is closed for good.
        closing: OffsetDateTime,
    },
    /// The owner whistles for a department, which perhaps comes late.
    Whistled {
        /// Whether it comes late, and its leader is told.
        late: bool,
    },
    /// The lead calls the parties together, and what they agree is done.
    Together,
    /// The lead adopts it, and closes it.
    Adopted,
    /// Closed late; the handler appeals against that.
    Appealed {
        /// Whether two people agree.
        granted: bool,
    },
    /// Fixed on the spot at `closing`.
    Fixed,
    /// Guided elsewhere at `closing`.
    Redirected,
    /// Joined to another case at `closing`.
    Merged {
        /// Index of the case that goes on.
        into: Option<usize>,
    },
    /// Filed by mistake, declared void at `closing`.
    Voided,
    /// Taken back at `closing`.
    Withdrawn,
}

/// What the reporter says after the end.
#[derive(Clone, Copy, Debug)]
pub struct Rated {
    /// When.
    pub at: OffsetDateTime,
    /// satisfied, fairly or dissatisfied.
    pub satisfaction: &'static str,
    /// Whether it is solved.
    pub solved: bool,
}

/// One case to be.
#[derive(Clone, Debug)]
pub struct Plan {
    /// On which way it came.
    pub channel: Channel,
    /// When it was told.
    pub received: OffsetDateTime,
    /// Index of the place.
    pub area: usize,
    /// Longitude and latitude, if known.
    pub point: Option<(f64, f64)>,
    /// Index of the sub-class.
    pub category: usize,
    /// Index of the filing condition.
    pub condition: usize,
    /// The words.
    pub text: String,
    /// Name and phone of the reporter, if left.
    pub reporter: Option<(String, String)>,
    /// How it goes.
    pub course: Course,
    /// When it is filed (if its course files it).
    pub filed: OffsetDateTime,
    /// When it is due by its first limit.
    pub due: OffsetDateTime,
    /// When it ends (the first time).
    pub closing: OffsetDateTime,
    /// What the handler says: solved, or why not.
    pub claim: &'static str,
    /// What the reporter says afterwards.
    pub rated: Option<Rated>,
    /// The last command that is carried out, where the case is left open.
    pub left_after: Option<CommandName>,
}

impl Plan {
    /// Whether its closing can be moved without moving anything else.
    pub fn is_movable(&self) -> bool {
        use Course::{Asked, HandedOver, Plain, Returned, Reworked, Verified};
        self.left_after.is_none()
            && matches!(
                self.course,
                Plain | Verified | Returned | HandedOver | Asked | Reworked
            )
    }

    /// When it is closed (a closing, no other end), if ever.
    pub fn closed(&self) -> Option<OffsetDateTime> {
        let ends = matches!(
            self.course,
            Course::Redirected | Course::Merged { .. } | Course::Voided | Course::Withdrawn
        );
        (!ends && self.left_after.is_none()).then_some(self.closing)
    }
}

/// Reads the limits of the catalogue.
///
/// # Errors
/// [`HistoryError::Limit`] with the text that could not be read.
pub fn limits(categories: &[Category]) -> Result<Vec<Vec<Limit>>, HistoryError> {
    let read = |text: &String| {
        let limit = text.parse::<Limit>();
        limit.map_err(|why| HistoryError::Limit {
            text: text.clone(),
            why,
        })
    };
    let all = categories.iter().map(|category| {
        category
            .conditions
            .iter()
            .map(|one| read(&one.limit))
            .collect()
    });
    all.collect()
}
