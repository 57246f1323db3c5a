//! What is asked about words of a lead before they are kept. They go to officers and come back to everybody who reads the case: so
//! whoever writes what sounds like a complaint about somebody who works here is asked whether it is one, and a name that stands there
//! is asked about, for a lead is about a matter and no person.

use rules::ids::{CaseId, GridId, ReportId};
use rules::privacy::classes::Class;
use rules::privacy::conduct::named_whole;
use time::OffsetDateTime;

use crate::case::with_merged;
use crate::complaint::names_of_workers;
use crate::net::CommunityNet;
use crate::report::{opened, speaks_of_a_worker};
use crate::{Error, Fault, House};

/// A name of more signs stands in no other word.
const LONG: usize = 2;

/// Words with what their writer said of them.
pub(super) struct Said<'a> {
    /// The words.
    pub words: &'a str,
    /// Where it is.
    pub place: &'a str,
    /// Whether they are about how somebody behaved who works here, if whoever writes them was asked.
    pub about_worker: Option<bool>,
    /// Whether a name that stands there has to stand there.
    pub named: bool,
}

/// What is to be answered before the words are kept.
///
/// # Errors
/// `Unavailable` if a seal does not open, `Store`.
pub(super) async fn unasked(
    house: &House,
    net: &CommunityNet,
    (case, grid): (CaseId, GridId),
    now: OffsetDateTime,
    said: &Said<'_>,
) -> Result<Vec<Fault>, Error> {
    let about = match said.about_worker {
        Some(false) => None,
        Some(true) => Some("about-worker-complaint"),
        None => speaks_of_a_worker(Some((net, grid)), said.words, said.place)
            .then_some("about-worker-unsaid"),
    };
    let mut faults: Vec<Fault> = about
        .map(|code| Fault::new("about_worker", code))
        .into_iter()
        .collect();
    if !said.named && names_somebody(house, net, case, now, said).await? {
        faults.push(Fault::new("named", "lead-named"));
    }
    Ok(faults)
}

/// Whether somebody who works here or told the case, or what was merged into it, is named; who it is, is told to nobody.
async fn names_somebody(
    house: &House,
    net: &CommunityNet,
    case: CaseId,
    now: OffsetDateTime,
    said: &Said<'_>,
) -> Result<bool, Error> {
    let text = [said.words, said.place].join("\n");
    if is_any_named(&text, names_of_workers(net)) {
        return Ok(true);
    }
    let reader = house.store.reader();
    let mut reports: Vec<ReportId> = Vec::new();
    for case in with_merged(house, net.id, case).await? {
        let told = reader.reports_of(net.id, case).await?;
        reports.extend(told.iter().map(|report| report.id));
    }
    let sealed = reader.contacts(net.id, &reports).await?;
    if sealed.is_empty() {
        return Ok(false);
    }
    let key = house
        .keys
        .data_key(&house.store, net.id, Class::C2, now)
        .await?;
    for (report, sealed) in sealed {
        let contact = opened(&key, report, sealed)?;
        let name = contact.name.iter().map(|name| name.reveal().trim());
        if is_any_named(&text, name) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether one of these names stands in a text, a short one free as a name does: 高明 is not in 提高明显. Whoever is only asked or
/// thanked is named here, too: a lead is about no person.
fn is_any_named<'a>(text: &str, names: impl Iterator<Item = &'a str>) -> bool {
    let names: Vec<&str> = names.collect();
    let stands = |name: &&str| {
        let is_long = name.chars().count() > LONG && !name.is_ascii();
        is_long && text.contains(*name)
    };
    names.iter().any(stands) || !named_whole(text, names.iter().map(|name| ((), *name))).is_empty()
}
