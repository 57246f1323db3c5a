//! What the rules of a case say where they say no, in words: with the moment from which it may be done or how often it
//! may, where there is one.

use rules::case::{CommandName, Refusal};

use crate::locale::{Clockwork, Text};

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
        other => t.text(format!("refusal-{}", other.code())),
    }
}
