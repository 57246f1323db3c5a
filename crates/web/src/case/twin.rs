//! "Is it one of these?" at the desk: open cases like what is being written down for somebody, before it is kept. Whoever calls about
//! one of them joins it, as they would have done themselves.

use rules::ids::CaseId;
use work::duplicate::{mark, redeem};

use super::enter::spot;
use super::field::Choice;
use crate::Door;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::report::{Alike, alike};
use crate::workbench::Office;

/// What whoever writes it down was asked about: a mark of each case, so that what lies where it was corrected to is asked as well.
pub(super) const ASKED: &str = "same_asked";

/// The case that was chosen, none where it is another matter or there is none like it.
///
/// # Errors
/// `Invalid` where there is one and nobody was asked about it or said which, and where what was chosen does not fit any more.
pub(super) async fn chosen(
    door: &Door,
    office: &Office,
    fields: &Fields,
) -> Result<Option<CaseId>, Failure> {
    if let Some(ticket) = fields.text("same") {
        let case = redeem(&door.house, office.net.id, ticket);
        return case.map(Some).ok_or_else(|| fault("same-unknown"));
    }
    let key = fields.text("key").unwrap_or_default();
    // what was kept already is like itself
    let made = work::report::entered_with(&door.house, &office.asker, office.net.id, key);
    if made.await?.is_some() {
        return Ok(None);
    }
    let offered = offered(door, office, fields).await?;
    let asked = fields.text(ASKED).unwrap_or_default();
    // "another matter" is sent as well; where nothing was chosen nothing is
    let said = fields.raw("same").is_some();
    let new = |choice: &Choice| {
        let mark = mark_of(door, office, choice);
        !asked.split(',').any(|one| one == mark)
    };
    if offered.is_empty() || (said && !offered.iter().any(new)) {
        return Ok(None);
    }
    Err(fault("same-unsaid"))
}

/// The marks of what is offered.
pub(super) fn marks(door: &Door, office: &Office, offered: &[Choice]) -> String {
    let marks = offered.iter().map(|choice| mark_of(door, office, choice));
    marks.collect::<Vec<_>>().join(",")
}

fn mark_of(door: &Door, office: &Office, choice: &Choice) -> String {
    let case = redeem(&door.house, office.net.id, &choice.value);
    case.map(|case| mark(&door.house, office.net.id, case))
        .unwrap_or_default()
}

/// Chooses again what was chosen: a ticket is another one each time that it is offered.
fn choose_again(door: &Door, office: &Office, fields: &Fields, offered: &mut [Choice]) {
    let case = |ticket: &str| redeem(&door.house, office.net.id, ticket);
    let Some(sent) = fields.text("same").and_then(case) else {
        return;
    };
    for choice in offered {
        choice.chosen = case(&choice.value) == Some(sent);
    }
}

fn fault(code: &str) -> Failure {
    Failure::Invalid([Fault::new("same", code)].into_iter().collect())
}

/// The open cases like what was typed; none as long as it is not known where it is.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(super) async fn offered(
    door: &Door,
    office: &Office,
    fields: &Fields,
) -> Result<Vec<Choice>, Failure> {
    let place = spot(office, fields, &mut Faults::default());
    let at = place.and_then(|place| place.find(&door.house.net()).ok());
    let Some(at) = at else {
        return Ok(Vec::new());
    };
    let text = |name| fields.text(name).unwrap_or_default();
    let told = Alike {
        category: text("category"),
        text: text("text"),
        place_note: text("place_note"),
    };
    let mut found = alike(&door.house, office.page.t, &at, &told).await?;
    choose_again(door, office, fields, &mut found);
    Ok(found)
}
