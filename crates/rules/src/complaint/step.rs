//! What may be done with a complaint by those who see it: find out whom it speaks of, look into it, keep a note, pass on the
//! matter in it, answer, make it an ordinary report, close. Whether somebody sees it at all was asked before.

use time::OffsetDateTime;

use super::{Answer, Complaint, Deed, Outcome, State, StateName};
use crate::access::{Actor, Role};
use crate::ids::{CaseId, MemberId};
use crate::word::words;

/// One step. Its words are sealed beside it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// A supervisor says whom it speaks of, and so who else may see it.
    Name {
        /// Whom.
        about: MemberId,
        /// The next lead not concerned.
        lead: Option<MemberId>,
    },
    /// Look into it, or take it over from somebody who did.
    Take,
    /// Keep a note.
    Note,
    /// Answer the reporter.
    Answer {
        /// What it came to.
        outcome: Outcome,
    },
    /// Pass on the matter in it, in one's own words; the complaint goes on.
    Pass {
        /// The case that it becomes.
        case: CaseId,
    },
    /// It speaks of a thing and not of a worker: make it an ordinary report.
    Report,
    /// Nothing is left to do.
    Close,
}

words! {
    /// A step's name, as in the URL and the API.
    StepName {
        /// Whom it speaks of.
        Name = "name",
        /// Look into it.
        Take = "take",
        /// Keep a note.
        Note = "note",
        /// Pass on the matter in it.
        Pass = "pass",
        /// Answer the reporter.
        Answer = "answer",
        /// Make it an ordinary report.
        Report = "report",
        /// Nothing is left to do.
        Close = "close",
    }
}

impl Step {
    /// Its name.
    pub const fn name(&self) -> StepName {
        match self {
            Self::Name { .. } => StepName::Name,
            Self::Take => StepName::Take,
            Self::Note => StepName::Note,
            Self::Pass { .. } => StepName::Pass,
            Self::Answer { .. } => StepName::Answer,
            Self::Report => StepName::Report,
            Self::Close => StepName::Close,
        }
    }
}

/// Why a step was not taken. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The complaint stands elsewhere, or with somebody else.
    #[error("the complaint is {is}")]
    WrongState {
        /// Where it stands.
        is: StateName,
        /// What the same actor may do now.
        may: Vec<StepName>,
    },
    /// It was said whom it speaks of: what speaks of somebody stays a complaint.
    #[error("it speaks of somebody and stays a complaint")]
    SpeaksOfSomebody {
        /// Where it stands.
        is: StateName,
        /// What the same actor may do now.
        may: Vec<StepName>,
    },
    /// Its words name somebody who would read the report.
    #[error("its words name somebody who would read the report")]
    NamesAReader {
        /// Where it stands.
        is: StateName,
        /// What the same actor may do now.
        may: Vec<StepName>,
    },
    /// The role has no such right.
    #[error("this role may not do that")]
    NotAllowed,
}

impl Refusal {
    /// A stable name for pages, the API and tests.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::WrongState { .. } => "wrong-state",
            Self::SpeaksOfSomebody { .. } => "speaks-of-somebody",
            Self::NamesAReader { .. } => "names-a-reader",
            Self::NotAllowed => "not-allowed",
        }
    }

    /// Where the complaint stands and what the same actor may do now; nothing for a right that is missing.
    pub fn stands(&self) -> Option<(StateName, &[StepName])> {
        match self {
            Self::WrongState { is, may }
            | Self::SpeaksOfSomebody { is, may }
            | Self::NamesAReader { is, may } => Some((*is, may)),
            Self::NotAllowed => None,
        }
    }
}

/// What this actor, who sees the complaint, may do now.
pub fn steps(complaint: &Complaint, who: &Actor) -> Vec<StepName> {
    let open = |name: &StepName| fits(complaint, *name, who).is_ok();
    StepName::ALL.iter().copied().filter(open).collect()
}

/// Takes a step.
///
/// # Errors
/// The reason; nothing changed then.
pub fn take_step(
    complaint: &Complaint,
    step: Step,
    who: &Actor,
    now: OffsetDateTime,
) -> Result<(Complaint, Deed), Refusal> {
    let by = fits(complaint, step.name(), who).map_err(|refusal| match refusal {
        Refusal::WrongState { is, .. } => Refusal::WrongState {
            is,
            may: steps(complaint, who),
        },
        Refusal::SpeaksOfSomebody { is, .. } => Refusal::SpeaksOfSomebody {
            is,
            may: steps(complaint, who),
        },
        other @ (Refusal::NamesAReader { .. } | Refusal::NotAllowed) => other,
    })?;
    let mut next = complaint.clone();
    next.version += 1;
    let deed = match step {
        Step::Name { about, lead } => {
            (next.about, next.lead) = (Some(about), lead);
            // whoever has to do with it looks into it no more
            if next.state == (State::Taken { by: about }) {
                next.state = State::Received;
            }
            Deed::Named
        }
        Step::Take => {
            next.state = State::Taken { by };
            Deed::Taken
        }
        Step::Note => Deed::Noted,
        Step::Pass { case } => Deed::Passed { case },
        Step::Answer { outcome } => {
            next.state = State::Answered(Answer {
                by,
                outcome,
                at: now,
            });
            Deed::Answered { outcome }
        }
        Step::Report => {
            next.state = State::Reported { at: now };
            Deed::Reported
        }
        Step::Close => {
            let answer = complaint.state.answer().ok_or(Refusal::NotAllowed)?;
            next.state = State::Closed { answer, at: now };
            Deed::Closed
        }
    };
    Ok((next, deed))
}

/// Whether a step fits the state and the actor; gives the actor.
fn fits(complaint: &Complaint, step: StepName, who: &Actor) -> Result<MemberId, Refusal> {
    let by = who.member().ok_or(Refusal::NotAllowed)?;
    let supervises = who.role() == Some(Role::Supervisor);
    // a lead sees one that names nobody only where every supervisor has to do with it, and finds out in their stead
    if step == StepName::Name && !supervises && complaint.about.is_some() {
        return Err(Refusal::NotAllowed);
    }
    let stands = match (complaint.state, step) {
        // the matter does not wait for what is found out, whoever looks into it
        (State::Received | State::Taken { .. } | State::Answered(_), StepName::Pass) => true,
        (State::Received, StepName::Name | StepName::Take | StepName::Report) => true,
        (State::Taken { .. }, StepName::Name | StepName::Note) => true,
        (State::Taken { by: has }, StepName::Take) => has != by,
        // whoever looked into it decides; somebody else takes it over first
        (State::Taken { by: has }, StepName::Answer | StepName::Report) => has == by,
        (State::Answered(_), StepName::Note | StepName::Close) => true,
        _ => false,
    };
    let (is, may) = (complaint.state.name(), Vec::new());
    if !stands {
        return Err(Refusal::WrongState { is, may });
    }
    // a report is read by whoever serves the place: no one step hands it to whom it speaks of
    if step == StepName::Report && complaint.about.is_some() {
        return Err(Refusal::SpeaksOfSomebody { is, may });
    }
    Ok(by)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{AccountId, CommunityId, ComplaintId, GridId, PostId};
    use time::macros::datetime;
    use uuid::Uuid;

    const NOW: OffsetDateTime = datetime!(2026-11-23 09:00 +8);

    fn actor(n: u128, role: Role) -> Actor {
        Actor::Member {
            member: MemberId(Uuid::from_u128(n)),
            account: AccountId(Uuid::from_u128(n)),
            role,
            post: PostId(Uuid::from_u128(n)),
            community: CommunityId(1),
            stands_for: Vec::new(),
        }
    }

    fn told() -> Complaint {
        Complaint {
            community: CommunityId(1),
            id: ComplaintId(Uuid::from_u128(9)),
            number: "510184999001-20261123-0001".parse().expect("a number"),
            version: 1,
            grid: GridId(Uuid::from_u128(2)),
            about: None,
            lead: None,
            state: State::Received,
            received_at: NOW,
            due_at: NOW,
            held: false,
        }
    }

    #[test]
    fn it_is_taken_answered_by_whoever_took_it_and_closed() {
        let (one, other) = (actor(1, Role::Supervisor), actor(2, Role::CommunityLead));
        let answer = Step::Answer {
            outcome: Outcome::Upheld,
        };
        let early = take_step(&told(), answer, &one, NOW);
        assert!(matches!(
            early,
            Err(Refusal::WrongState {
                is: StateName::Received,
                ..
            })
        ));
        let (taken, _) = take_step(&told(), Step::Take, &one, NOW).expect("taken");
        assert!(
            take_step(&taken, answer, &other, NOW).is_err(),
            "somebody else looks into it"
        );
        let (answered, deed) = take_step(&taken, answer, &one, NOW).expect("answered");
        assert_eq!(deed.name(), "answered");
        assert!(take_step(&answered, Step::Take, &other, NOW).is_err());
        let (closed, _) = take_step(&answered, Step::Close, &other, NOW).expect("closed");
        assert_eq!(closed.version, 4);
        assert!(steps(&closed, &one).is_empty(), "nothing is left");
    }

    #[test]
    fn until_it_is_answered_whoever_has_it_makes_it_a_report_and_nothing_is_left_then() {
        let (one, other) = (actor(1, Role::Supervisor), actor(2, Role::CommunityLead));
        let (reported, deed) = take_step(&told(), Step::Report, &one, NOW).expect("at once");
        assert_eq!((reported.version, deed.name()), (2, "reported"));
        assert!(steps(&reported, &one).is_empty(), "nothing is left");
        let (taken, _) = take_step(&told(), Step::Take, &one, NOW).expect("taken");
        let foreign = take_step(&taken, Step::Report, &other, NOW);
        assert!(foreign.is_err(), "somebody else looks into it");
        assert!(take_step(&taken, Step::Report, &one, NOW).is_ok());
        let outcome = Outcome::Elsewhere;
        let answer = Step::Answer { outcome };
        let (answered, _) = take_step(&taken, answer, &one, NOW).expect("answered");
        let late = take_step(&answered, Step::Report, &one, NOW);
        let may = vec![StepName::Note, StepName::Pass, StepName::Close];
        let is = StateName::Answered;
        assert_eq!(late, Err(Refusal::WrongState { is, may }));
    }

    #[test]
    fn what_speaks_of_somebody_stays_a_complaint() {
        let one = actor(1, Role::Supervisor);
        let named = Complaint {
            about: Some(MemberId(Uuid::from_u128(5))),
            ..told()
        };
        let (taken, _) = take_step(&named, Step::Take, &one, NOW).expect("taken");
        for complaint in [named, taken] {
            let may = steps(&complaint, &one);
            assert!(!may.contains(&StepName::Report), "{may:?}");
            let is = complaint.state.name();
            let refused = take_step(&complaint, Step::Report, &one, NOW);
            assert_eq!(refused, Err(Refusal::SpeaksOfSomebody { is, may }));
        }
    }

    #[test]
    fn what_was_held_is_undecided_until_somebody_is_named_answered_or_it_is_a_report() {
        let one = actor(1, Role::Supervisor);
        assert!(!told().is_undecided(), "told as one");
        let held = Complaint {
            held: true,
            ..told()
        };
        assert!(held.is_undecided());
        let (taken, _) = take_step(&held, Step::Take, &one, NOW).expect("taken");
        assert!(taken.is_undecided(), "somebody is finding out");
        let about = MemberId(Uuid::from_u128(5));
        let name = Step::Name { about, lead: None };
        let outcome = Outcome::Upheld;
        for (from, step) in [
            (&held, name),
            (&held, Step::Report),
            (&taken, Step::Answer { outcome }),
        ] {
            let (next, _) = take_step(from, step, &one, NOW).expect("taken");
            assert!(!next.is_undecided(), "{step:?}");
        }
    }

    #[test]
    fn a_supervisor_says_whom_it_speaks_of_and_a_lead_only_where_none_is_left() {
        let about = MemberId(Uuid::from_u128(5));
        let name = Step::Name { about, lead: None };
        let lead = actor(2, Role::CommunityLead);
        let (named, _) = take_step(&told(), name, &actor(1, Role::Supervisor), NOW).expect("named");
        assert_eq!(named.about, Some(about));
        assert_eq!(
            take_step(&named, name, &lead, NOW),
            Err(Refusal::NotAllowed)
        );
        // nobody is named yet: a lead sees it in the place of the supervisors
        assert!(take_step(&told(), name, &lead, NOW).is_ok());
    }

    #[test]
    fn whoever_names_themselves_looks_into_it_no_more() {
        let one = actor(1, Role::Supervisor);
        let (taken, _) = take_step(&told(), Step::Take, &one, NOW).expect("taken");
        let about = MemberId(Uuid::from_u128(1));
        let name = Step::Name { about, lead: None };
        let (named, _) = take_step(&taken, name, &one, NOW).expect("named");
        assert_eq!(named.state, State::Received);
    }

    #[test]
    fn the_matter_is_passed_on_while_it_is_open_and_the_complaint_goes_on() {
        let (one, other) = (actor(1, Role::Supervisor), actor(2, Role::CommunityLead));
        let case = CaseId(Uuid::from_u128(7));
        let named = Complaint {
            about: Some(MemberId(Uuid::from_u128(5))),
            ..told()
        };
        let (taken, _) = take_step(&named, Step::Take, &one, NOW).expect("taken");
        for from in [&named, &taken] {
            let (next, deed) = take_step(from, Step::Pass { case }, &other, NOW).expect("passed");
            assert_eq!(deed, Deed::Passed { case });
            assert_eq!((next.state, next.about), (from.state, from.about));
        }
        let outcome = Outcome::Upheld;
        let (answered, _) = take_step(&taken, Step::Answer { outcome }, &one, NOW).expect("told");
        let (closed, _) = take_step(&answered, Step::Close, &one, NOW).expect("closed");
        assert!(take_step(&answered, Step::Pass { case }, &one, NOW).is_ok());
        assert!(take_step(&closed, Step::Pass { case }, &one, NOW).is_err());
    }
}
