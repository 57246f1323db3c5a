//! Reckons provisional deadlines again after a year's notice of holidays was loaded; each change is in the journal.

use std::sync::Arc;

use rules::case::{self, Case};
use rules::journal::Event;
use store::Unit;
use store::case::Stir;
use store::journal::Note;
use time::{Date, Duration, Month, Time};

use super::terms::{Laid, moved};
use crate::net::CommunityNet;
use crate::{Error, House, task};

/// Reckons again every open case whose deadline a year's notice can touch; gives the number of deadlines that moved.
///
/// # Errors
/// What the store says. A case that somebody moves meanwhile is left to the next run.
#[task]
pub async fn recompute(house: &House, year: i32) -> Result<usize, Error> {
    let communities: Vec<Arc<CommunityNet>> = house.net().communities().cloned().collect();
    let mut moved = 0;
    for net in communities {
        for case in open_and_due(house, &net, year).await? {
            moved += usize::from(again(house, &net, case).await?);
        }
    }
    Ok(moved)
}

/// Open cases whose deadline is provisional and lies where the notice of that year can reach: from the last week of the
/// year before on.
async fn open_and_due(house: &House, net: &CommunityNet, year: i32) -> Result<Vec<Case>, Error> {
    let first = Date::from_calendar_date(year - 1, Month::December, 25).unwrap_or(Date::MIN);
    let from = first.with_time(Time::MIDNIGHT).assume_utc() - Duration::days(1);
    let cases = house
        .store
        .reader()
        .open_cases_due_from(net.id, from)
        .await?;
    Ok(cases
        .into_iter()
        .filter(|case| case.times.due_provisional)
        .collect())
}

async fn again(house: &House, net: &Arc<CommunityNet>, case: Case) -> Result<bool, Error> {
    let moved = moved(house, net.id, case.id).await?;
    let (net, now) = (Arc::clone(net), house.clock.now());
    let saved = house
        .store
        .unit(net.id, async move |unit: &Unit| {
            let scope = rules::access::Scope::Community(net.id);
            let trail = unit.case_within(&scope, case.id).await?;
            if trail.case.version != case.version {
                return Err(Error::Stale {
                    is: trail.case.version,
                });
            }
            let laid = Laid::new(&net, &case, None, now);
            let Some(decision) = case::recompute(&case, &moved, &laid.terms(), now) else {
                return Ok(false);
            };
            let stir = Stir::Other(now);
            unit.save_case(case.version, &decision.case, trail.department, stir)
                .await?;
            for event in decision.events {
                let (actor, subject) = (None, Some(case.id.0));
                unit.note(Note {
                    at: now,
                    occurred_at: None,
                    actor,
                    role: "clock",
                    subject,
                    event: Event::Case(event),
                });
            }
            Ok(true)
        })
        .await;
    match saved {
        Err(Error::Stale { .. }) => Ok(false),
        other => other,
    }
}
