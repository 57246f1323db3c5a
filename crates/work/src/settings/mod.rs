//! Settings 设置: a community's own rules, read and changed by those who may. What a value can be stands in `rules::settings`;
//! each change is one unit with its entry in the journal, and holds from the next step on.

mod change;
mod read;

pub use change::{Asked, change};
pub use read::{Laid, changes, laid};
