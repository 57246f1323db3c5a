//! 12345 转办: the hotline's export file (xlsx with title rows and merged cells, or csv) becomes orders. All or nothing; an
//! order number that is known changes nothing, so the same file may come every day.

mod answer;
mod limit;
mod row;

use std::collections::HashMap;
use std::sync::Arc;

use rules::case::{Channel, Reckoning};
use rules::ids::MemberId;
use rules::journal::{Event, HouseEvent};
use rules::letters::ordinary;
use rules::order::order_key;
use store::Unit;
use store::journal::Note;

use super::receive::{digest, made};
use crate::import::table::{self, Known};
use crate::import::{self, Problem, Severity, Summary};
use crate::net::CommunityNet;
use crate::report::{Draft, ReportForm};
use crate::sheet::Places;
use crate::{Asker, Error, House, task};
use row::{COLUMNS, Column, Parsed, parse};

/// The source of the hotline's numbers.
pub const HOTLINE: &str = "hotline";
/// Why the hotline's contact data may be here.
const BASIS: &str = "12345 转办";
/// The most orders of a file.
const ORDERS_MAX: usize = 5_000;

/// An order that is new.
struct New {
    number: String,
    due: Option<time::OffsetDateTime>,
    has_contact: bool,
    digest: Vec<u8>,
    draft: Draft,
}

/// An order that somebody took in between the look at the file and its taking in.
struct Before {
    by: Option<MemberId>,
}

/// Takes in a file of the hotline. Without an asker it is the operator's, at the command line.
///
/// # Errors
/// `Store` if the database fails. What is wrong with the file stands in the summary.
#[task]
pub async fn hotline(
    house: &House,
    asker: Option<&Asker>,
    file: &[u8],
    named: Option<&str>,
    dry_run: bool,
) -> Result<Summary, Error> {
    let net = match import::community(house, named) {
        Ok(net) => net,
        Err(problem) => return Ok(Summary::refused(vec![problem])),
    };
    let asker = match asker {
        Some(asker) if asker.community() == Some(net.id) => asker.clone(),
        Some(_) => return Err(Error::Forbidden),
        None => house.clock_asker(net.id),
    };
    let (parsed, problems) = match read(house, &net, &asker, file) {
        Ok(read) => read,
        Err(problems) => return Ok(Summary::refused(problems)),
    };
    let mut summary = Summary {
        problems,
        ..Summary::default()
    };
    let keyed = house
        .store
        .unit(net.id, async |unit: &Unit| unit.key_orders(HOTLINE).await);
    keyed.await?;
    let (mut new, mut unsaid) = (Vec::new(), Vec::new());
    for mut one in parsed {
        let before = house
            .store
            .reader()
            .order(net.id, HOTLINE, &one.number)
            .await?;
        match before {
            None => {
                unsaid.extend(one.unsaid.take());
                new.push(one);
            }
            Some(before) => {
                summary.same += 1;
                if before.digest != digest(one.said_under(&before.number).as_bytes()) {
                    let problem = Problem::row(one.line, &one.number_column, "order-differs");
                    let problem = problem.with("number", &one.number).as_warning();
                    summary.problems.push(problem);
                }
            }
        }
    }
    if !unsaid.is_empty() {
        summary.problems.extend(unsaid);
        return Ok(Summary::refused(summary.problems));
    }
    summary.added = new.len();
    if !dry_run && !new.is_empty() {
        let before = keep(house, &asker, &net, new).await?;
        summary.added -= before.len();
        summary.same += before.len();
        summary.problems.extend(meanwhile(&asker, &net, &before));
    }
    Ok(summary)
}

/// That somebody took in the same file at the same time, with their name: what they took in is no work of whoever asks now. Whoever
/// sent it twice is told just that.
fn meanwhile(asker: &Asker, net: &CommunityNet, before: &[Before]) -> Option<Problem> {
    let first = before.first()?;
    if first.by.is_some() && first.by == asker.member() {
        let problem = Problem::file("orders-just-now").with("n", before.len());
        return Some(problem.as_warning());
    }
    let problem = Problem::file("orders-meanwhile").with("n", before.len());
    let by = first.by.and_then(|id| net.member(id));
    let named = by.map_or(problem.clone(), |by| problem.with("who", &by.name));
    Some(named.as_warning())
}

/// A cell as its words are looked for: ordinary width, small letters, no blanks.
fn fold(text: &str) -> String {
    let signs = ordinary(text).filter(|c| !c.is_whitespace());
    signs.flat_map(char::to_lowercase).collect()
}

type Read = (Vec<Parsed>, Vec<Problem>);

/// Every row of the file, or everything that stands in the way.
fn read(
    house: &House,
    net: &Arc<CommunityNet>,
    asker: &Asker,
    file: &[u8],
) -> Result<Read, Vec<Problem>> {
    let formulas = table::formulas(file);
    if !formulas.is_empty() {
        return Err(formulas);
    }
    let known: &'static [Known<Column>] = COLUMNS;
    let (tables, mut problems) = table::read(file, known)?;
    let whole = house.net();
    let places = Places::of(&whole, net);
    let mut seen: HashMap<String, usize> = HashMap::new();
    let mut parsed = Vec::new();
    let (rows, feet): (Vec<_>, Vec<_>) = tables
        .iter()
        .map(|table| table.rows_without_feet(Column::Number))
        .unzip();
    problems.extend(feet.into_iter().flatten());
    for row in rows.into_iter().flatten() {
        let reckon = |limit| net.calendar.due(limit, asker.now).at;
        let one = parse(&row, net, &places, asker.now, &reckon, &mut problems);
        problems.extend(twice(&row, &mut seen));
        parsed.extend(one);
    }
    if parsed.len() > ORDERS_MAX {
        problems.push(Problem::file("sheet-too-long").with("most", ORDERS_MAX));
    }
    let refused = |one: &Problem| one.severity == Severity::Error;
    if problems.iter().any(refused) {
        Err(problems)
    } else {
        Ok((parsed, problems))
    }
}

/// Whether an earlier row has the same number, however faulty the two are otherwise.
fn twice(row: &table::Row<'_, Column>, seen: &mut HashMap<String, usize>) -> Option<Problem> {
    let number = row.text(Column::Number);
    if number.is_empty() {
        return None;
    }
    let key = order_key(number);
    let Some(first) = seen.get(&key) else {
        seen.insert(key, row.number);
        return None;
    };
    let twice = row.problem(Column::Number, "number-twice");
    Some(twice.with("first", first))
}

async fn keep(
    house: &House,
    asker: &Asker,
    net: &CommunityNet,
    parsed: Vec<Parsed>,
) -> Result<Vec<Before>, Error> {
    let mut new = Vec::with_capacity(parsed.len());
    for one in parsed {
        new.push(prepared(house, asker, one).await?);
    }
    let (new, asker) = (Arc::new(new), asker.clone());
    let attempt = || {
        let (new, asker) = (Arc::clone(&new), asker.clone());
        async move |unit: &Unit| enter(unit, &asker, &new).await
    };
    house.unit_once(net.id, attempt).await
}

/// Enters what nobody took in meanwhile, and gives the rest.
async fn enter(unit: &Unit, asker: &Asker, new: &[New]) -> Result<Vec<Before>, Error> {
    let (mut added, mut before) = (0, Vec::new());
    for one in new {
        // somebody may have taken in the same file meanwhile
        if let Some(order) = unit.order(HOTLINE, &one.number).await? {
            let by = unit.report(order.report).await?.entered_by;
            before.push(Before { by });
            continue;
        }
        let report = one.draft.enter(unit).await?;
        let basis = if one.has_contact { BASIS } else { "" };
        let (source, basis) = (HOTLINE.to_owned(), basis.to_owned());
        let (number, digest) = (one.number.clone(), one.digest.clone());
        let order = made(&report, source, number, one.due, basis, digest);
        unit.keep_order(&order).await?;
        added += 1;
    }
    if added == 0 {
        return Ok(before);
    }
    unit.note(Note {
        at: asker.now,
        occurred_at: None,
        actor: asker.member(),
        role: asker.role().map_or("admin", |role| role.as_str()),
        subject: None,
        event: Event::House(HouseEvent::OrdersImported { added }),
    });
    Ok(before)
}

async fn prepared(house: &House, asker: &Asker, one: Parsed) -> Result<New, Error> {
    let form = ReportForm {
        words: one.words,
        place: one.place.at,
        place_note: one.place.note,
        category: one.category,
        contact: one.contact,
        channel: Channel::Hotline,
        attached: Vec::new(),
        about_worker: one.about_worker,
    };
    let has_contact = form.contact.is_some();
    let draft = Draft::of(house, asker, form).await?;
    Ok(New {
        number: one.number,
        due: one.due,
        has_contact,
        digest: digest(one.said.as_bytes()),
        draft: draft.due(one.due).onward(asker),
    })
}
