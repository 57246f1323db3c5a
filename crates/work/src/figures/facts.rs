//! A case as the figures see it: moments and marks, from its row and from what only its trail tells. The one place where
//! the life cycle is put into the words of the figures.

use rules::access::Role;
use rules::calendar::Calendar;
use rules::case::{Case, Deed, Limit, Outcome, Reckoning, Satisfaction, State};
use rules::figures::{
    CaseFacts, Handling, RatingFact, SolvedBy, Source, Standing, Visit, VisitFound,
};
use rules::journal::Event;
use rules::settings::CaseSettings;
use store::journal::Entry;
use time::OffsetDateTime;

/// By what time limits cases are judged.
pub struct Judge {
    /// The working calendar.
    pub calendar: Calendar,
    /// The community's limits.
    pub settings: CaseSettings,
}

/// What the trail of a case tells and its row does not.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Told {
    /// When somebody was last asked to look whether it is there 核实.
    pub asked_at: Option<OffsetDateTime>,
    /// When somebody last did.
    pub looked_at: Option<OffsetDateTime>,
    /// Who handled it last, as a level.
    pub solved_by: Option<SolvedBy>,
}

impl Told {
    /// Reads the entries about one case in order.
    pub fn of<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Self {
        let mut told = Self::default();
        for entry in entries {
            let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
                continue;
            };
            let at = entry.occurred_at.unwrap_or(entry.at);
            match event.deed {
                Deed::Verifying { .. } => (told.asked_at, told.looked_at) = (Some(at), None),
                Deed::Verified { .. } => told.looked_at = Some(at),
                Deed::Handled { .. } | Deed::Fixed { .. } => told.solved_by = level(&entry.role),
                _ => {}
            }
        }
        told
    }

    /// Whether an event tells something of it.
    pub const fn is_told_by(deed: &Deed) -> bool {
        matches!(
            deed,
            Deed::Verifying { .. }
                | Deed::Verified { .. }
                | Deed::Handled { .. }
                | Deed::Fixed { .. }
        )
    }
}

/// The level of the net on which somebody of a role works.
fn level(role: &str) -> Option<SolvedBy> {
    match role.parse().ok()? {
        Role::Steward | Role::Volunteer => Some(SolvedBy::Micro),
        Role::Worker | Role::GridLead => Some(SolvedBy::General),
        Role::Desk | Role::CommunityLead => Some(SolvedBy::Community),
        Role::Department | Role::Officer | Role::Supervisor | Role::Command => {
            Some(SolvedBy::Above)
        }
        _ => None,
    }
}

impl Judge {
    /// The facts of a case. `reachable`: whether its reporter left a telephone number.
    pub fn facts(&self, case: &Case, told: &Told, reachable: bool) -> CaseFacts {
        let times = &case.times;
        let within = |limit: Limit, from: Option<OffsetDateTime>| {
            from.map(|at| self.calendar.due(limit, at).at)
        };
        let settings = &self.settings;
        let answer_by = settings.first_answer_within.filter(|_| reachable);
        // Where no limit of its own is laid down for checking, it is that of looking before: the same walk.
        let check_within = settings.check_within.unwrap_or(settings.verify_within);
        let to_check = times.handled_at.filter(|_| times.filed_at.is_some());
        CaseFacts {
            standing: standing(&case.state),
            // An upheld appeal against being overdue plugs in here, and nowhere else.
            exempt: case.is_exempt(),
            filed_at: times.filed_at,
            dispatch_due: within(settings.dispatch_within, times.filed_at),
            dispatched_at: times.dispatched_at,
            contact_due: answer_by.and_then(|limit| within(limit, Some(times.received_at))),
            first_contact_at: times.first_contact_at,
            verify_due: within(settings.verify_within, told.asked_at),
            verified_at: told.looked_at,
            handle_due: times.handle_due,
            handled_at: times.handled_at,
            check_due: within(check_within, to_check),
            checked_at: times.checked_at,
            due_at: times.due_at,
            closed_at: times.closed_at,
            solved: matches!(case.outcome(), Some(Outcome::Solved | Outcome::FixedOnSpot)),
            reworks: case.counts.reworks,
            returns: case.counts.returns,
            visit: visit(case),
            rating: rating(case),
            solved_by: told.solved_by,
            handling: self.handling(case),
            ..CaseFacts::reported(times.received_at, Source::of(case.channel))
        }
    }

    fn handling(&self, case: &Case) -> Option<Handling> {
        let until = case.times.handled_at?;
        let from = case.times.filed_at.unwrap_or(case.times.received_at);
        Some(Handling {
            calendar: until - from,
            working: self.calendar.working_time(from, until),
        })
    }
}

/// What the reporter rated, else what they said in the return visit (domain.md §2.5).
fn rating(case: &Case) -> Option<RatingFact> {
    if let Some((rating, at)) = case.rating.zip(case.times.rated_at) {
        return Some(RatingFact {
            at,
            satisfied: rating.satisfaction == Satisfaction::Satisfied,
            solved: rating.solved,
        });
    }
    let (heard, at) = case.heard().zip(case.times.visited_at)?;
    Some(RatingFact {
        at,
        satisfied: heard.satisfaction? == Satisfaction::Satisfied,
        solved: heard.solved,
    })
}

fn visit(case: &Case) -> Option<Visit> {
    let solved = case
        .heard()
        .map_or(case.visitor().is_some(), |heard| heard.solved);
    let found = if solved {
        VisitFound::Solved
    } else {
        VisitFound::NotSolved
    };
    case.times.visited_at.map(|at| Visit { at, found })
}

const fn standing(state: &State) -> Standing {
    match state {
        State::Voided => Standing::Voided,
        State::Merged { .. } => Standing::Merged,
        State::Redirected { .. } => Standing::Redirected,
        State::Withdrawn => Standing::Withdrawn,
        State::Reported { .. }
        | State::Verifying { .. }
        | State::Filed
        | State::Dispatched { .. }
        | State::Accepted { .. }
        | State::Suspended { .. }
        | State::Handled(_)
        | State::Checked { .. }
        | State::Closed { .. } => Standing::Live,
    }
}
