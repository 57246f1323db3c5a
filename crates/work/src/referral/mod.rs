//! Leads for enforcement officers 线索移送: the grid refers and can do no more, two officers of the area take it, note which
//! procedure applies and what came of it, and the case hears the answer. The case goes on meanwhile; its clock runs.

mod page;
mod refer;
mod said;
mod step;
mod team;
mod tick;

pub use page::{
    Happened, OfCase, ReferralPage, Whole, handed_on, list, of_case, page, photo, whole_of_case,
    within,
};
pub use refer::{LeadForm, faults, refer, referable};
pub use step::{StepForm, in_time, step};
pub use team::{officers, teams};
pub use tick::tick;
