//! One step with a rule: up, down, on, off, gone. The version of the list that was seen goes along, so that nobody moves a
//! rule that somebody else has just moved.

use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::ids::RuleId;
use rules::routing::{Change, Towards};
use work::Asker;
use work::routing::change;

use super::list;
use crate::Door;
use crate::case::Notice;
use crate::error::Failure;
use crate::form::{Faster, FasterStep, Fields};
use crate::locale::Text;
use crate::workbench::Office;

/// `POST /routing/{id}/{deed}`.
pub async fn post(
    State(door): State<Door>,
    Path((id, deed)): Path<(String, String)>,
    office: Office,
    fields: Fields,
) -> Result<Response, Failure> {
    fields.only(&["version", "tried"])?;
    let id: RuleId = id.parse().map_err(|_| Failure::NotFound)?;
    let made = of(id, &deed).ok_or(Failure::NotFound)?;
    let version = fields.text("version").and_then(|text| text.parse().ok());
    let version = version.ok_or(Failure::Unreadable)?;
    let name = made.name();
    match change(
        &door.house,
        &office.asker,
        version,
        made,
        fields.text("tried"),
    )
    .await
    .map_err(Failure::from)
    {
        Ok(_) => Ok(Redirect::to(&format!("/routing?done={name}")).into_response()),
        Err(failure @ Failure::Stale { .. }) => {
            let t = office.page.t;
            let failure = faster(&door, (&office.asker, Some(t)), version, Some(id), failure).await;
            let said = match failure {
                Failure::Overtaken { faster, .. } => faster.said(t),
                _ => t.text("routing-stale"),
            };
            list::again(office, Notice::warn(t.text("error-stale-title"), said))
        }
        Err(Failure::Invalid(faults)) => {
            let t = office.page.t;
            let said = faults.iter().next().map(|fault| fault.say(&t));
            let said = Notice::warn(t.text("error-refused-title"), said.unwrap_or_default());
            list::again(office, said)
        }
        Err(other) => Err(other),
    }
}

/// Adds to a failure who was faster with the rules, if a person was and the one who asks reads them.
pub(crate) async fn faster(
    door: &Door,
    (asker, t): (&Asker, Option<Text>),
    seen: i64,
    rule: Option<RuleId>,
    failure: Failure,
) -> Failure {
    let Failure::Stale { .. } = failure else {
        return failure;
    };
    let house = &door.house;
    // those that hold now, not those of before
    let Ok(()) = house.refresh_net().await.map(drop) else {
        return failure;
    };
    let last = work::routing::last_change(house, asker, seen, rule).await;
    let Some((last, community)) = last.ok().flatten().zip(asker.community()) else {
        return failure;
    };
    let net = house.net();
    let Some(net) = net.community_by_id(community) else {
        return failure;
    };
    let step = FasterStep {
        actor: Some(last.by),
        role: &last.role,
        deed: &last.done,
        at: last.at,
    };
    let what = t.map(|t| t.text(format!("routing-did-{}", last.done)));
    Faster::of(net, asker, &step, what).instead_of(failure)
}

/// The change a word of an address means.
pub(crate) fn of(id: RuleId, deed: &str) -> Option<Change> {
    Some(match deed {
        "up" => Change::Move(id, Towards::First),
        "down" => Change::Move(id, Towards::Last),
        "on" => Change::On(id),
        "off" => Change::Off(id),
        "remove" => Change::Remove(id),
        _ => return None,
    })
}
