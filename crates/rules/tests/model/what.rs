//! What people do in the model, and the command that it is.

use rules::case::*;
use rules::ids::{AnswerId, ResultId, WhistleId};
use rules::whistle::Urgency;
use time::{Duration, OffsetDateTime};

use crate::world::*;

/// A deed with everything that belongs to it chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum What {
    File,
    FileAnew,
    Dispatch,
    Accept,
    Return,
    HandOver,
    Suspend,
    Resume,
    Handle,
    Fail,
    Pass,
    Close,
    Adopt,
    Raise,
    Merge,
    Withdraw,
    Reopen,
    Whistle,
    Acknowledge,
    ReportIn,
    Finish,
    Rate,
    CallOff,
    Appeal,
    Agree,
    Refuse,
    Solved,
    Unsolved,
}

impl What {
    /// The command, where `other` is the case beside it.
    pub fn command(self, world: &World, other: &Case, now: OffsetDateTime) -> Command {
        let answer = Some(AnswerId(id(5)));
        let reason = words();
        match self {
            What::File => world.file(0),
            What::FileAnew => world.file_anew(3),
            What::Dispatch => Command::Dispatch(seat(WORKER)),
            What::Accept => Command::Accept,
            What::Return => Command::Return { reason },
            What::HandOver => Command::HandOver {
                to: seat(OTHER_WORKER),
            },
            What::Suspend => Command::Suspend {
                until: now + Duration::hours(6),
                reason,
            },
            What::Resume => Command::Resume,
            What::Handle => Command::Handle {
                result: ResultId(id(6)),
                photos: 1,
                claim: Claim::Solved,
                left: None,
            },
            What::Fail => check(Verdict::Fail { reason }, None),
            What::Pass => check(Verdict::Pass, answer),
            What::Close => Command::Close { answer },
            What::Adopt => Command::Adopt,
            What::Raise => Command::Raise { to: None, reason },
            What::Merge => Command::Merge {
                into: Target {
                    id: other.id,
                    state: other.state.kind(),
                },
            },
            What::Withdraw => Command::Withdraw,
            What::Reopen => Command::Reopen { reason },
            _ => self.beside(reason),
        }
    }

    fn beside(self, reason: Words) -> Command {
        match self {
            What::Whistle => Command::Whistle {
                id: WhistleId(id(8_001)),
                urgency: Urgency::Urgent,
                called: called(1),
                reason,
            },
            What::Acknowledge => Command::Acknowledge,
            What::ReportIn => Command::ReportIn,
            What::Finish => Command::Finish { note: reason },
            What::Rate => Command::RateResponse {
                department: department(STATIONS[0].0),
                // of one that did not come nothing else can be said
                response: Satisfaction::Dissatisfied,
            },
            What::CallOff => Command::CallOff { reason },
            What::Appeal => Command::Appeal { reason },
            What::Agree => Command::Review { agree: true },
            What::Refuse => Command::Review { agree: false },
            What::Solved => says(true),
            What::Unsolved => says(false),
            other => unreachable!("{other:?} belongs to the way itself"),
        }
    }
}

fn check(verdict: Verdict, answer: Option<AnswerId>) -> Command {
    Command::Check { verdict, answer }
}
