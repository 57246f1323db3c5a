//! What the rules of a case say where they say no, in words: with the moment from which it may be done or how often it
//! may, where there is one.

use rules::case::{CommandName, Refusal};

use super::{Matter, Stands};
use crate::locale::{Clockwork, Text};

/// Why a step of a case cannot be taken now; where it is out of order, what may be done instead.
pub fn not_now(t: Text, refusal: &Refusal, stands: &Stands) -> String {
    match refusal {
        Refusal::WrongState { .. } => stands.said(t),
        refusal => refused(t, refusal),
    }
}

/// A refusal in a sentence.
pub fn refused(t: Text, refusal: &Refusal) -> String {
    match refusal {
        Refusal::TooEarly { from } => {
            let said = t.say("cases-too-early-from");
            said.with("at", t.moment(*from)).to_string()
        }
        Refusal::LimitReached {
            command: CommandName::Extend,
            max: max @ 1..,
        } => {
            let said = t.say("cases-extended-often");
            said.with("n", *max).to_string()
        }
        // a double click is answered elsewhere
        Refusal::AlreadyDone {
            command: CommandName::Suspend,
        } => t.text("cases-suspended-once"),
        Refusal::WrongState { is, may } => {
            let may = may.iter().map(|command| command.as_str()).collect();
            Stands::new(Matter::Case, is.as_str(), may).said(t)
        }
        other => t.text(format!("refusal-{}", other.code())),
    }
}
