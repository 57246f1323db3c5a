//! The working rooms: one task, one file, one `pub async fn`. A task loads through `store`, decides through `rules`,
//! saves rows and a note in one unit. No SQL here, no status codes, no words of any language.

pub mod account;
mod asker;
pub mod attachment;
pub mod case;
pub mod case_file;
mod clock;
pub mod complaint;
pub mod duplicate;
mod error;
pub mod figures;
pub mod follow;
mod house;
pub mod import;
mod keys;
pub mod map;
pub mod mediation;
pub mod net;
pub mod order;
pub mod outbox;
pub mod people;
pub mod place_event;
pub mod referral;
pub mod report;
pub mod routing;
pub mod settings;
pub mod sheet;
pub mod supervision;
pub mod visit;
pub mod wording;

pub use bridge::photo::PhotoRefusal;
pub use bridge::sound::SoundRefusal;

pub use asker::{Asker, Visitor};
pub use clock::Clock;
pub use error::{Error, Fault};
pub use house::{Config, House, PasswordCost};
pub use keys::{KeyError, Keys};

/// A task's future is made here and passed on in a box, so that each room which awaits it does not compile it, and all it does
/// down to the cellar, once more (docs/performance.md).
pub(crate) use async_recursion::async_recursion as task;
