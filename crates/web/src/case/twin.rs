//! "Is it one of these?" where somebody of the office writes something down: open cases like it, before it is kept. Whoever it is
//! written down for joins the one that is chosen, as they would have done themselves. What whoever writes may see of each is said, so
//! that cases at one place are told apart; and nothing stands chosen, so that nobody makes a second case without having looked.

use std::collections::HashMap;

use rules::access::Action;
use rules::ids::CaseId;
use work::duplicate::{Similar, mark, redeem, ticket};

use super::enter::spot;
use super::field::Choice;
use super::similar::{name, place};
use super::words::{Row, rows};
use crate::Door;
use crate::error::Failure;
use crate::form::{Fault, Faults, Fields};
use crate::locale::Clockwork;
use crate::report::{Alike, alike, offer};
use crate::workbench::Office;

/// What whoever writes it down was asked about: a mark of each case, so that what lies where it was corrected to is asked as well.
pub(crate) const ASKED: &str = "same_asked";

/// The question on a form.
#[derive(Default)]
pub(crate) struct Twins {
    /// Open cases like it; none where it is not asked.
    pub choices: Vec<Choice>,
    /// The marks of those.
    pub asked: String,
    /// Whether it was said of all of those that it is another matter.
    pub another: bool,
}

/// The case that was chosen, none where it is another matter or there is none like it.
///
/// # Errors
/// `Invalid` where there is one and nobody was asked about it or said which, and where what was chosen does not fit any more.
pub(crate) async fn chosen(
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
    let found = found(door, office, fields).await?;
    if !was_asked(door, office, fields, &found) {
        return Err(fault("same-unsaid"));
    }
    // "another matter" is sent as well; where nothing was chosen nothing is
    if !found.is_empty() && fields.raw("same").is_none() {
        return Err(fault("same-unchosen"));
    }
    Ok(None)
}

/// The question as a form shows it that comes back: with what was chosen, as far as that was asked.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(crate) async fn twins(
    door: &Door,
    office: &Office,
    fields: &Fields,
    faults: &Faults,
) -> Result<Twins, Failure> {
    if faults.of("same").is_none() && fields.text(ASKED).is_none() {
        return Ok(Twins::default());
    }
    let found = found(door, office, fields).await?;
    let marks: Vec<String> = found.iter().map(|one| mark_of(door, office, one)).collect();
    let said = fields
        .raw("same")
        .is_some_and(|same| same.trim().is_empty());
    Ok(Twins {
        choices: choices(door, office, fields, &found).await?,
        asked: marks.join(","),
        another: said && was_asked(door, office, fields, &found),
    })
}

/// The open cases like what was typed; none as long as it is not known where it is, or where that is another community.
async fn found(door: &Door, office: &Office, fields: &Fields) -> Result<Vec<Similar>, Failure> {
    let place = spot(office, fields, &mut Faults::default());
    let at = place.and_then(|place| place.find(&door.house.net()).ok());
    let Some(at) = at.filter(|at| at.community.id == office.net.id) else {
        return Ok(Vec::new());
    };
    let text = |name| fields.text(name).unwrap_or_default();
    let told = Alike {
        category: text("category"),
        text: text("text"),
        place_note: text("place_note"),
    };
    alike(&door.house, &at, &told).await
}

fn mark_of(door: &Door, office: &Office, one: &Similar) -> String {
    mark(&door.house, office.net.id, one.case)
}

/// Whether it was asked of each of these.
fn was_asked(door: &Door, office: &Office, fields: &Fields, found: &[Similar]) -> bool {
    let asked = fields.text(ASKED).unwrap_or_default();
    let is_asked = |one: &Similar| {
        let mark = mark_of(door, office, one);
        asked.split(',').any(|other| other == mark)
    };
    found.iter().all(is_asked)
}

/// Each as a choice: of what lies in sight with its number and what tells it from the others, of the rest no more than anybody reads.
/// The one that was chosen before is chosen again: its ticket is another one each time that it is offered.
async fn choices(
    door: &Door,
    office: &Office,
    fields: &Fields,
    found: &[Similar],
) -> Result<Vec<Choice>, Failure> {
    let known = in_sight(door, office, found).await?;
    let sent = fields.text("same");
    let sent = sent.and_then(|sent| redeem(&door.house, office.net.id, sent));
    let choice = |one: &Similar| {
        let choice = match known.get(&one.case) {
            Some(row) => told(door, office, one, row),
            None => offer(&door.house, office.page.t, &office.net, one),
        };
        choice.chosen(sent == Some(one.case))
    };
    Ok(found.iter().map(choice).collect())
}

/// The rows of those that whoever writes may read.
async fn in_sight(
    door: &Door,
    office: &Office,
    found: &[Similar],
) -> Result<HashMap<CaseId, Row>, Failure> {
    if !office.may(Action::ReadCase) {
        return Ok(HashMap::new());
    }
    let ids: Vec<CaseId> = found.iter().map(|one| one.case).collect();
    let reader = door.house.store.reader();
    let listed = reader.cases_listed(&office.asker.scope, office.net.id, &ids);
    let listed = listed.await.map_err(work::Error::from)?;
    let rows = rows(door, office, &listed).await?;
    let ids = listed.iter().map(|one| one.case.id);
    Ok(ids.zip(rows).collect())
}

fn told(door: &Door, office: &Office, one: &Similar, row: &Row) -> Choice {
    let (t, net) = (office.page.t, &office.net);
    let label = t
        .say("similar-known")
        .with("number", row.short.as_str())
        .with("category", name(net, one))
        .with("place", place(t, net, one))
        .with("state", row.state.words.as_str());
    let mut more = vec![
        t.say("similar-told-at")
            .with("at", t.moment(one.since))
            .to_string(),
        t.say("cases-told-by").with("n", row.reports).to_string(),
    ];
    if !row.owner.is_empty() {
        let owner = t.say("similar-owner").with("who", row.owner.as_str());
        more.push(owner.to_string());
    }
    let mut more = more.join(" · ");
    if !row.what.is_empty() {
        let words = t.say("similar-words").with("words", row.what.as_str());
        more = format!("{words} {more}");
    }
    Choice::new(ticket(&door.house, net.id, one.case), label.to_string()).hint(more)
}

fn fault(code: &str) -> Failure {
    Failure::Invalid([Fault::new("same", code)].into_iter().collect())
}
