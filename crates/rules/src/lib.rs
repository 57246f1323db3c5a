//! The house rules of Weige: types, life cycles, calendars and access.
//!
//! Everything here is a pure function of its arguments: no input or output, no clock, no chance, no
//! SQL. The same rules run in the server, in imports of history and in the property tests.

pub mod access;
pub mod calendar;
pub mod case;
pub mod catalogue;
pub mod complaint;
pub mod deadline;
pub mod duplicate;
pub mod figures;
pub mod grid;
pub mod ids;
pub mod journal;
pub mod letters;
pub mod mediation;
pub mod order;
pub mod outbox;
pub mod people;
pub mod place_event;
pub mod privacy;
pub mod referral;
pub mod routing;
pub mod settings;
pub mod sheet;
pub mod signs;
pub mod supervision;
pub mod whistle;
pub mod word;
pub mod wording;
