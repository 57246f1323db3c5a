//! One step with a rule: up, down, on, off, gone. The version of the list that was seen goes along, so that nobody moves a
//! rule that somebody else has just moved.

use axum::extract::{Path, State};
use axum::response::Response;
use door::routing::deed as change_of;
use rules::ids::RuleId;
use work::routing::change;

use super::{form, list};
use crate::Door;
use crate::case::Notice;
use crate::error::Failure;
use crate::faster::routing as faster;
use crate::form::Fields;
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
    let made = change_of(id, &deed).ok_or(Failure::NotFound)?;
    let version = fields.version()?;
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
        Ok(_) => Ok(form::done(&door, &office, name)),
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
