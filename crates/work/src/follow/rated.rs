//! Tells a department how it was rated: by the reporter, where it handled the case or came when it was called to it, and by whoever
//! called it. The grade is the kind of the message; words stand on the case, for those who read it, and names of persons nowhere.
//! Whoever does not see the case finds no message about it.

use rules::case::{Deed, Event, Rating, Satisfaction};
use rules::ids::{CaseId, DepartmentId, MemberId};
use rules::whistle::Whistle;
use store::journal::Entry;
use store::{Error, Unit};

use super::messages::trail;

/// As what the members of the departments that a deed rates hear of it, and who they are.
pub(super) async fn departments(
    unit: &Unit,
    entry: &Entry,
    case: CaseId,
    deed: &Deed,
) -> Result<Option<(&'static str, Vec<MemberId>)>, Error> {
    let (kind, rated) = match deed {
        Deed::Rated { rating, .. } => (by_reporter(*rating), took_part(unit, case).await?),
        Deed::ResponseRated {
            department,
            response,
            ..
        } => (by_caller(*response), vec![*department]),
        _ => return Ok(None),
    };
    let mut members = Vec::new();
    for department in rated {
        members.extend(unit.members_of_department(department, entry.at).await?);
    }
    Ok(Some((kind, members)))
}

/// What asked for a rating is read once it was given, for whoever whistled, however soon that was: unless another department waits for
/// its own.
pub(super) async fn settle(
    unit: &Unit,
    entry: &Entry,
    id: CaseId,
    event: &Event,
) -> Result<(), Error> {
    if !matches!(event.deed, Deed::ResponseRated { .. }) {
        return Ok(());
    }
    let Some(trail) = trail(unit, id).await? else {
        return Ok(());
    };
    let whistle = trail.case.state.whistle();
    let waits = |one: &Whistle| one.waits_for(one.by, entry.at);
    if whistle.is_some_and(waits) {
        return Ok(());
    }
    let by = entry.actor.map(MemberId).into_iter();
    for to in by.chain(event.stands_for) {
        for kind in ["rate_response", "call_missed"] {
            unit.read_messages_of(to, id, kind, entry.at).await?;
        }
    }
    Ok(())
}

/// The department that had the work, and those that came when they were called; none where the case became a complaint.
async fn took_part(unit: &Unit, case: CaseId) -> Result<Vec<DepartmentId>, Error> {
    let Some(trail) = trail(unit, case).await? else {
        return Ok(Vec::new());
    };
    let mut all = unit.departments_that_came(case).await?;
    all.extend(trail.department);
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

const fn by_reporter(rating: Rating) -> &'static str {
    match (rating.solved, rating.satisfaction) {
        (false, _) => "department_rated_unsolved",
        (true, Satisfaction::Satisfied) => "department_rated_satisfied",
        (true, Satisfaction::Fairly) => "department_rated_fairly",
        (true, Satisfaction::Dissatisfied) => "department_rated_dissatisfied",
    }
}

const fn by_caller(response: Satisfaction) -> &'static str {
    match response {
        Satisfaction::Satisfied => "response_rated_satisfied",
        Satisfaction::Fairly => "response_rated_fairly",
        Satisfaction::Dissatisfied => "response_rated_dissatisfied",
    }
}
