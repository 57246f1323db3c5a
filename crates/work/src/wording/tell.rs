//! Keeps what reporters are told by the steps that a case has just taken.

use rules::case::{Case, Event};
use rules::wording::{Filling, WordingStep, choose};
use store::Unit;

use crate::Error;
use crate::net::CommunityNet;

/// Keeps it for each of these events, the last of which made the case what it is now.
pub(crate) async fn tell(
    unit: &Unit,
    net: &CommunityNet,
    case: &Case,
    events: &[Event],
) -> Result<(), Error> {
    if net.wordings.is_empty() {
        return Ok(());
    }
    let filling = filling(net, case);
    for (version, event) in (1..=case.version).rev().zip(events.iter().rev()) {
        let told = WordingStep::of(&event.deed)
            .and_then(|step| choose(&net.wordings, step, case.category.as_ref(), &filling));
        if let Some(wording) = told {
            unit.keep_told(case.id, version, wording, &filling).await?;
        }
    }
    Ok(())
}

fn filling(net: &CommunityNet, case: &Case) -> Filling {
    let category = case.category.as_ref().zip(net.catalogue());
    let category = category.and_then(|(code, all)| all.category(code));
    Filling {
        category: category.map(|one| one.name.clone()),
        grid: net
            .grid(case.grid)
            .map(|grid| grid.name.clone())
            .unwrap_or_default(),
        due: case.times.due_at,
    }
}
