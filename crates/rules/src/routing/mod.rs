//! Routing rules 分派规则: an ordered list of "when … then to", kept as data. The first rule that fits decides whom a task
//! is suggested to; where none fits, the grid's own people do. A rule names posts, departments and skills, never a person.

mod change;
mod hours;
mod router;
mod rule;
mod set;

pub use change::{Change, Draft, Towards};
pub use hours::Hours;
pub use router::{Asked, Router};
pub use rule::{Fault, Rule, RuleState, Target, UnknownRuleState, When};
pub use set::RuleSet;

/// The most rules a community has.
pub const RULES_MAX: usize = 500;
