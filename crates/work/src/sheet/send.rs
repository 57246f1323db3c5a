//! 线上呼叫派单: one key sends every good row on its way, through the same door as any report; where the category is known it
//! is filed and dispatched by the rules. A row is marked in the unit that receives it, so that pressing twice, or two people
//! pressing at once, sends nothing twice.

use rules::case::StateName;
use rules::ids::{CaseId, CommunityId};
use rules::journal::HouseEvent;
use store::Unit;
use uuid::Uuid;

use super::check::Checked;
use super::keep::{note, who};
use super::look::look;
use crate::report::{Contact, Draft, ReportForm};
use crate::{Asker, Error, House, import, task};

/// How many rows are sent in one unit: few enough that others do not wait, enough that one commit carries many.
const AT_ONCE: usize = 25;

/// What came of pressing the key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// Rows sent now.
    pub sent: usize,
    /// Of those, how many are received and wait to be dispatched: no category is known, or the place is out of the sender's reach.
    pub waiting: usize,
    /// Rows that have to be changed first.
    pub faulty: usize,
    /// Rows that somebody changed or sent meanwhile.
    pub passed_over: usize,
}

/// A row that is ready: its number, the version that was checked, its report.
struct Ready {
    n: i64,
    version: i64,
    draft: Draft,
}

/// Sends every good row of a sheet.
///
/// # Errors
/// `NotFound` out of reach. What was sent before an error stays sent; the rest is sent by pressing again.
#[task]
pub async fn send(house: &House, asker: &Asker, id: Uuid) -> Result<Sent, Error> {
    let (_, community) = who(asker)?;
    let looked = look(house, asker, id).await?;
    let mut all = Sent {
        faulty: looked.totals().faulty,
        ..Sent::default()
    };
    let channel = looked.sheet.channel;
    let good: Vec<Checked> = looked.rows.into_iter().filter(Checked::is_good).collect();
    let mut cases = Vec::new();
    let mut good = good.into_iter().peekable();
    while good.peek().is_some() {
        let mut ready = Vec::with_capacity(AT_ONCE);
        for row in good.by_ref().take(AT_ONCE) {
            ready.push(prepared(house, asker, row, channel).await?);
        }
        let asked = ready.len();
        let asker = asker.clone();
        let sent = house.store.unit(community, async move |unit: &Unit| {
            keep(unit, &asker, id, ready).await
        });
        let sent = sent.await?;
        all.sent += sent.len();
        all.passed_over += asked - sent.len();
        cases.extend(sent);
    }
    all.waiting = waiting(house, community, &cases).await?;
    Ok(all)
}

/// How many of these cases nobody was given yet.
async fn waiting(house: &House, community: CommunityId, cases: &[CaseId]) -> Result<usize, Error> {
    let mut waiting = 0;
    for some in cases.chunks(500) {
        let found = house.store.reader().cases_by_id(community, some).await?;
        let waits = found.iter().map(|case| case.state.kind());
        let waits = waits.filter(|kind| matches!(kind, StateName::Reported | StateName::Filed));
        waiting += waits.count();
    }
    Ok(waiting)
}

async fn prepared(
    house: &House,
    asker: &Asker,
    row: Checked,
    channel: rules::case::Channel,
) -> Result<Ready, Error> {
    let place = row.place.ok_or(Error::NotFound)?;
    let contact = Contact {
        name: row.row.name,
        phone: row.row.phone,
        visit_welcome: false,
        ..Contact::default()
    };
    let form = ReportForm {
        words: row.row.words,
        place: place.at,
        place_note: place.note,
        category: row.category,
        contact: (!contact.is_empty()).then_some(contact),
        channel,
        attached: Vec::new(),
        about_worker: None,
    };
    let draft = Draft::of(house, asker, form).await?.onward(asker);
    Ok(Ready {
        n: row.n,
        version: row.version,
        draft,
    })
}

/// Keeps what is still as it was checked; gives the cases it became.
async fn keep(
    unit: &Unit,
    asker: &Asker,
    sheet: Uuid,
    ready: Vec<Ready>,
) -> Result<Vec<CaseId>, Error> {
    unit.sheet_within(&asker.scope, sheet).await?;
    let mut sent = Vec::new();
    for one in ready {
        // dropped, changed or sent meanwhile: whoever did that has seen a newer row than we checked
        let untouched = match unit.sheet_row(sheet, one.n).await {
            Ok(row) => row.version == one.version && row.report.is_none(),
            Err(store::Error::NotFound(_)) => false,
            Err(other) => return Err(other.into()),
        };
        if !untouched {
            continue;
        }
        let report = one.draft.enter(unit).await?;
        unit.sent_sheet_row(sheet, one.n, one.version, report.id, asker.now)
            .await?;
        sent.push(report.case);
    }
    if !sent.is_empty() {
        let rows = import::count(sent.len());
        unit.note(note(asker, sheet, HouseEvent::SheetSent { rows }));
    }
    Ok(sent)
}
