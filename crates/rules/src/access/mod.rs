//! Who may do what, and within what: roles, scopes, actors and the one table of rights.
//!
//! Finders in the store take a [`Scope`] and hide what lies outside; [`may`] says what a role can do at
//! all; the life cycle adds who exactly (the owner, not the handler). Nothing here looks anything up.

mod action;
mod actor;
mod may;
mod role;
mod scope;

pub use action::Action;
pub use actor::Actor;
pub use may::may;
pub use role::{Role, UnknownRole};
pub use scope::{Hands, Scope};
