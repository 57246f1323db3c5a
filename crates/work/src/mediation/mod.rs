//! Mediation 调解: a dispute is opened, talked over, ends with an agreement or with words where to go instead, and is looked
//! at a month later. Whoever is neither its mediator nor a lead of the grid nor the supervisor does not find it, wherever
//! they look. Words and contacts are sealed here and opened here, nowhere else.

mod contacts;
mod open;
mod owed;
mod page;
mod reach;
mod reporter;
mod seals;
mod step;
mod tick;

pub use contacts::{Clear, reveal};
pub use open::{OpenForm, PartyForm, mediates, open, opens};
pub use owed::{Waiting, WaitingList, Wanted, owed};
pub use page::{
    Happened, Masked, MediationPage, list, mediators, of_case, page, paper, receipt, runs,
    was_mediator, within,
};
pub use step::{StepForm, as_kept, in_time, step};
pub use tick::tick;

pub(crate) use reach::reach;
