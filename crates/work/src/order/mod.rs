//! Orders 工单 of the 12345 hotline and of upper levels: taken in once by their own number, with the limit they brought,
//! which wins; and the results given back. Received through the one door of all reports, with the same receipt.

mod hotline;
mod list;
mod moment;
mod receive;
mod results;
mod template;

pub use hotline::{HOTLINE, hotline};
pub use list::{Listed, list};
pub use receive::{OrderForm, faults, receive};
pub(crate) use receive::{digest, is_number, source};
pub use results::{Results, results};
