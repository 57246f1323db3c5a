//! Personal data: what class it has, how it is sealed, masked and kept out of logs and of free text.
//!
//! All pure: keys, ids and times are arguments. Nothing here decides who may see a field (that is access), and
//! nothing here ever scores, ranks or sorts people.

mod beside;
pub mod classes;
pub mod conduct;
pub mod danger;
mod denied;
pub mod envelope;
pub mod free_text;
pub mod mask;
mod need;
mod phone;
pub mod receipt;
mod searched;
mod secret;
pub(crate) mod text;
mod traditional;

pub use beside::apart;
pub use denied::is_denied;
pub use need::needs_contact;
pub use phone::is_phone;

/// The longest name by which somebody wants to be called, in characters.
pub const NAME_MAX: usize = 40;
pub use secret::{Pii, Secret};
