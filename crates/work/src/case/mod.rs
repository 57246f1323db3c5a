//! Working on cases: one step after the other, each checked by `rules::case::transition`, each in one unit with what
//! belongs to it (words, result, photos) and its journal entry. Pages read cases only within the asker's scope.

mod asked;
mod beside;
mod choice;
mod clock;
mod command;
mod faults;
mod form;
mod onward;
mod owed;
mod page;
mod recompute;
mod saved;
mod step;
mod terms;
mod together;
mod why;

pub use asked::{Asked, WaitsForMe, asked};
pub use beside::settles;
pub use choice::{Choices, choices, fits_level};
pub use clock::{Rounds, tick};
pub use faults::faults;
pub use form::{Claimed, CoordinationForm, StepForm, VisitForm, WhistleForm};
pub use owed::{Owed, What, owed};
pub use page::{
    CasePage, GoesOn, Happened, Noted, Taken, goes_on_as, is_first, is_own_joining, made_report,
    meanwhile, page, progress, reporter_may,
};
pub use recompute::recompute;
pub use saved::{drop_filter, keep_filter};
pub use step::{Expected, in_order, step};

pub(crate) use beside::{doer, parties};
pub(crate) use onward::Onward;

pub(crate) use command::{Kept, addressee, command, department, ends, told_at_once};
pub(crate) use terms::Laid;
pub(crate) use together::{running, survivor, together, with_merged};
