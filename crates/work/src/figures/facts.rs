//! A case as the figures see it: moments and marks.

use rules::case::{Case, Channel, Outcome, Reckoning, Satisfaction, State};
use rules::figures::{CaseFacts, RatingFact, Source, Standing, Visit, VisitFound};

use crate::net::CommunityNet;

/// The facts of a case. Whether a reporter could be reached is not known of
/// every case, so no response is due.
pub fn facts(net: &CommunityNet, case: &Case) -> CaseFacts {
    let times = &case.times;
    let dispatch_within = net.settings.case.dispatch_within;
    CaseFacts {
        standing: standing(&case.state),
        exempt: case.is_exempt(),
        filed_at: times.filed_at,
        dispatch_due: times
            .filed_at
            .map(|at| net.calendar.due(dispatch_within, at).at),
        dispatched_at: times.dispatched_at,
        first_contact_at: times.first_contact_at,
        handle_due: times.handle_due,
        handled_at: times.handled_at,
        due_at: times.due_at,
        closed_at: times.closed_at,
        solved: matches!(case.outcome(), Some(Outcome::Solved | Outcome::FixedOnSpot)),
        reworks: case.counts.reworks,
        returns: case.counts.returns,
        visit: visit(case),
        rating: case
            .rating
            .zip(times.rated_at)
            .map(|(rating, at)| RatingFact {
                at,
                satisfied: rating.satisfaction == Satisfaction::Satisfied,
                solved: rating.solved,
            }),
        ..CaseFacts::reported(times.received_at, source(case.channel))
    }
}

fn visit(case: &Case) -> Option<Visit> {
    let found = if case.visitor().is_some() {
        VisitFound::Solved
    } else {
        VisitFound::NotSolved
    };
    case.times.visited_at.map(|at| Visit { at, found })
}

const fn source(channel: Channel) -> Source {
    match channel {
        Channel::Resident | Channel::Phone | Channel::Desk | Channel::Hotline => Source::Request,
        Channel::Grid | Channel::Patrol | Channel::System => Source::Proactive,
        Channel::Department | Channel::Superior => Source::Handed,
    }
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
