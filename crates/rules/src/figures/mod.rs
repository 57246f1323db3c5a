//! The key figures of `domain.md` §2.5 as named, tested code: which case counts in a denominator, and which of those in the
//! numerator. Denominators are what was *due in the period* 应…数. Figures measure cases, periods and units, never a person.

mod counting;
mod facts;
mod figure;
mod period;
mod ratio;
#[cfg(test)]
mod tests;

pub use counting::Part;
pub use facts::{CaseFacts, RatingFact, Source, Standing, Visit, VisitFound};
pub use figure::{Figure, UnknownFigure, Value};
pub use period::{Period, PeriodError};
pub use ratio::{Change, Ratio, Reading};
