//! Working on cases: one step after the other, each checked by `rules::case::transition`, each in one unit with what
//! belongs to it (words, result, photos) and its journal entry. Pages read cases only within the asker's scope.

mod apart;
mod asked;
mod beside;
mod chain;
mod choice;
mod claims;
mod clock;
mod command;
mod faults;
mod form;
mod merged;
mod mine;
mod onward;
mod owed;
mod page;
mod ratings;
mod recompute;
mod saved;
mod seen;
mod spare;
mod step;
mod terms;
mod together;
mod why;

pub use apart::{only_apart, step_apart};
pub use asked::{Asked, WaitsForMe, asked};
pub use beside::{falls_to, settles, takes_part};
pub use choice::{Choices, choices, fits_level};
pub use claims::{Round, RoundEnd};
pub use clock::{Rounds, tick};
pub use faults::faults;
pub use form::{Claimed, CoordinationForm, StepForm, VisitForm, WhistleForm};
pub use merged::{Merged, goes_on_with, merged, merged_into};
pub use mine::{Mine, called, due_clocks, mine, next_clock};
pub use owed::{Owed, Owing, What, owed};
pub use page::{
    CasePage, GoesOn, Happened, Noted, Taken, goes_on_as, is_first, is_own_joining, made_report,
    meanwhile, open_steps, page, progress, reporter_may,
};
pub use ratings::{Ratings, ratings};
pub use recompute::recompute;
pub use saved::{drop_filter, keep_filter};
pub use seen::{as_seen, is_taken};
pub use step::{Expected, in_order, step};

pub(crate) use beside::{doer, parties};
pub(crate) use chain::{DEEPEST, Finds, into, taken_up};
pub(crate) use onward::Onward;

pub(crate) use command::{Kept, addressee, command, department, ends, told_at_once};
pub(crate) use terms::{Laid, People};
pub(crate) use together::{ends_in, goes_on, running, survivor, together, with_merged, worked_on};
