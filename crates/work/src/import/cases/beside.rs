//! What is kept beside a case's row when it is lived from a file: whistles, callings together, what was agreed.

use rules::case::{Case, CommandName, Deed, Event};
use rules::ids::{CaseId, ItemId, MemberId};
use rules::whistle::Whistle;
use store::Unit;
use store::coordination::{Coordination, Item, Settled};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::Error;
use crate::case::{StepForm, doer, parties};
use crate::net::CommunityNet;

/// One row to be.
pub(super) enum Beside {
    /// What a step did to a whistle.
    Whistle(Box<Whistle>, Deed, OffsetDateTime),
    /// The parties were called together.
    Called(Coordination),
    /// Something was agreed.
    Agreed(Item),
    /// It is done, or will not be.
    Settled(ItemId, Settled, MemberId),
}

/// The form of a row with what a file cannot know: codes of departments that it names, and the key of what is settled, which
/// is the oldest that is open.
pub(super) fn completed(
    net: &CommunityNet,
    case: &Case,
    name: CommandName,
    form: &StepForm,
) -> StepForm {
    let mut form = form.clone();
    for department in &mut form.whistle.departments {
        if let Some(named) = net.departments().find(|one| one.name == *department) {
            department.clone_from(&named.code);
        }
    }
    if name == CommandName::Settle {
        let open = case
            .coordination
            .as_ref()
            .and_then(|held| held.open.first());
        form.coordination.item = open.copied();
    }
    form
}

/// What a step leaves beside the case.
pub(super) fn left(
    net: &CommunityNet,
    (before, after): (&Case, &Case),
    events: &[Event],
    (name, form, key): (CommandName, &StepForm, Uuid),
    (by, at): (Option<MemberId>, OffsetDateTime),
) -> Result<Vec<Beside>, Error> {
    let one = match (name, &after.coordination, form.until, by) {
        (CommandName::Coordinate, Some(held), Some(meets_at), Some(by)) => {
            Beside::Called(Coordination {
                id: held.id,
                case: after.id,
                called_by: by,
                called_at: at,
                meets_at,
                place: form.coordination.place.clone().unwrap_or_default(),
                purpose: form.text().unwrap_or_default().to_owned(),
                parties: parties(net, form)?,
            })
        }
        (CommandName::Agree, Some(held), Some(due_at), _) => Beside::Agreed(Item {
            id: ItemId(key),
            coordination: held.id,
            case: after.id,
            what: form.text().unwrap_or_default().to_owned(),
            by: doer(net, form)?,
            due_at,
            settled: None,
        }),
        (CommandName::Settle, _, _, Some(by)) => {
            let done = form.yes.unwrap_or_default();
            let settled = form.coordination.item;
            return Ok(settled
                .map(|item| Beside::Settled(item, Settled { at, done }, by))
                .into_iter()
                .collect());
        }
        _ => return Ok(whistled(before, after, events, at)),
    };
    Ok(vec![one])
}

fn whistled(before: &Case, after: &Case, events: &[Event], at: OffsetDateTime) -> Vec<Beside> {
    let Some(whistle) = after.state.whistle().or(before.state.whistle()) else {
        return Vec::new();
    };
    let one = |event: &Event| Beside::Whistle(Box::new(whistle.clone()), event.deed.clone(), at);
    events.iter().map(one).collect()
}

/// Writes it.
pub(super) async fn keep(unit: &Unit, case: CaseId, beside: &Beside) -> Result<(), Error> {
    match beside {
        Beside::Whistle(whistle, deed, at) => unit.keep_whistle(case, whistle, deed, *at).await?,
        Beside::Called(coordination) => unit.keep_coordination(coordination).await?,
        Beside::Agreed(item) => unit.keep_item(item).await?,
        Beside::Settled(item, settled, by) => unit.settle_item(*item, *settled, *by).await?,
    }
    Ok(())
}
