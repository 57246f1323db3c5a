//! Routing rules 分派规则: changing the list, trying a change out on past cases, and switching off what names somebody who
//! has left. Whom a case goes to is decided by `net::CommunityNet::route`.

mod change;
mod last;
mod tend;
mod trial;
mod why;

pub use change::change;
pub use last::{Changed, last_change};
pub use tend::tend;
pub use trial::{Goes, Moved, Row, TRIAL_MAX, Trial, trial};
pub use why::Why;

pub(crate) use why::{reasons, why};
