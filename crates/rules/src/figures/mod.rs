//! The key figures of `domain.md` §2.5 as named, tested code: which case counts in a denominator, and which of those in the
//! numerator. Denominators are what was *due in the period* 应…数. Figures measure cases, periods and units, never a person.

mod columns;
mod counting;
mod day;
mod facts;
mod figure;
mod flags;
mod hidden;
mod length;
mod pack;
mod period;
mod ratio;
mod settled;
mod sheet;
#[cfg(test)]
mod tests;

pub use columns::{Chosen, Columns, SHEET, Stretches};
pub use counting::Part;
pub use day::{DayFacts, NEVER, STEPS, Span, Step, Window, date_of, day_of, mark};
pub use facts::{CaseFacts, Handling, RatingFact, SolvedBy, Source, Standing, Visit, VisitFound};
pub use figure::{Figure, UnknownFigure, Value};
pub use flags::{Counts, Flags, GROUPED, GROUPS, OF_PEOPLE, Short, TOGETHER};
pub use hidden::{
    Crowd, FEWEST, FiguresSettings, Line, People, Withheld, alone, parts, parts_of_withheld,
};
pub use length::{HandlingTime, Lengths, Middle};
pub use pack::{Packed, Wanted};
pub use period::{Length, Period, PeriodError};
pub use ratio::{Change, Ratio};
pub use settled::{Settled, Sight};
pub use sheet::{Counted, Sheet};
