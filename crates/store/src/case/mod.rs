//! Cases: rows, finders within a scope, lists and counts. What may happen to a case stands in `rules::case`.

pub(crate) mod asked;
pub(crate) mod called;
mod counts;
mod find;
pub(crate) mod late;
mod later;
mod list;
mod remarks;
mod row;
mod save;
mod saved;
mod tellings;
pub(crate) mod tier;
mod visit;
mod watch;
mod within;

pub use counts::Count;
pub use find::{Told, Trail};
pub use late::Undecided;
pub use list::{Bounds, Filter, List, Listed, Sort};
pub(crate) use remarks::attachment;
pub use remarks::{Attachment, AttachmentKind, KeptResult, Remark};
pub use save::Stir;
pub use saved::SavedFilter;
pub(crate) use tellings::{NewTelling, Tellings, write as write_tellings};
pub use watch::{Watch, Watched};
