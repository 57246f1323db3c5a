//! 线下汇总, 线上呼叫派单: notes gathered on paper are kept as rows of a sheet, checked as a whole, and sent on their way with
//! one key. Drafts live in the house, so that several people can fill one sheet and nothing typed is lost.

mod chat;
mod check;
mod complain;
mod keep;
mod look;
mod paste;
mod place;
mod sealed;
mod send;

pub use chat::LeftOut;
pub use check::{Checked, Hint, check};
pub use complain::{complain, pass_on};
pub use keep::{Rewritten, add, begin, change, drop_row, drop_sheet, faults, place_all};
pub use look::{Become, Last, Looked, Totals, became_of, last_on_row, look, look_at_row, receipts};
pub use paste::{Read, pasted, uploaded};
pub use place::Found;
pub(crate) use place::Places;
pub use send::{Sent, send};
