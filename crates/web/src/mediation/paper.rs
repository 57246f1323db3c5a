//! What is printed: a slip for each party that proves the mediation without saying what it is about, and the agreement to
//! sign. The agreement leaves lines for the names; the mediator can have them filled in, which is noted like any reading.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use rules::ids::{GridId, Number};
use work::mediation::{MediationPage, page, receipt as found, reveal};

use super::show::{Side, sides};
use super::words::{kind, party};
use crate::Door;
use crate::error::{Failure, call};
use crate::kept_file::{Named, shown};
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::session::Signed;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "mediation/receipt.html")]
struct ReceiptTemplate {
    page: Page,
    office: Office,
    number: String,
    parties: Vec<String>,
    mediator: String,
    opened: String,
    due: Option<String>,
    /// Whom to call: whoever has the slip has nothing else.
    call: String,
    /// Whether the asker may open the mediation itself.
    opens: bool,
}

#[derive(Template)]
#[template(path = "mediation/agreement.html")]
struct AgreementTemplate {
    page: Page,
    office: Office,
    number: String,
    kind: String,
    parties: Vec<Side>,
    matter: String,
    agreement: String,
    mediator: String,
    /// The day it was agreed, where it was.
    on: Option<String>,
    copies: usize,
    may_name: bool,
}

/// `GET /mediations/{number}/receipt`: for whoever opened it, and whoever reaches it.
pub async fn receipt(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let mediation = found(&door.house, &office.asker, &number).await?;
    let opens = match page(&door.house, &office.asker, &number).await {
        Ok(_) => true,
        Err(work::Error::NotFound | work::Error::Forbidden) => false,
        Err(other) => return Err(other.into()),
    };
    let t = office.page.t;
    layout::show(&ReceiptTemplate {
        page: office.page.clone(),
        parties: (0..mediation.parties).map(|n| party(t, n)).collect(),
        mediator: office.name(mediation.mediator),
        opened: t.moment(mediation.times.opened_at),
        due: mediation.times.due_at.map(|at| t.by(at)),
        call: service_number(&door, &office, mediation.grid),
        opens,
        number: number.to_string(),
        office,
    })
}

/// The number of the desk, else of whoever serves the place and lets it be known, else of the house.
fn service_number(door: &Door, office: &Office, grid: GridId) -> String {
    let near = || call::of_grid(door, &office.net, office.net.grid(grid)?);
    let number = office.page.call.clone().or_else(near);
    number.unwrap_or_else(|| call::HOTLINE.to_owned())
}

/// `GET /mediations/{number}/agreement`: with lines for the names.
pub async fn agreement(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let page = page(&door.house, &office.asker, &number).await?;
    let t = office.page.t;
    let lines = (0..page.mediation.parties).map(|n| Side {
        label: party(t, n),
        name: String::new(),
        phone: String::new(),
    });
    let lines = lines.collect();
    show(office, &number, page, lines)
}

/// `POST /mediations/{number}/agreement`: with the names, which leaves lines in the ledger.
pub async fn named(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let page = page(&door.house, &office.asker, &number).await?;
    let clear = reveal(&door.house, &office.asker, &number).await?;
    let parties = sides(&office, clear);
    show(office, &number, page, parties)
}

fn show(
    office: Office,
    number: &Number,
    page: MediationPage,
    parties: Vec<Side>,
) -> Result<Response, Failure> {
    let t = office.page.t;
    let agreement = page.mediation.state.agreement();
    let on = agreement.map(|agreement| t.day(agreement.on));
    layout::show(&AgreementTemplate {
        page: office.page.clone(),
        number: number.to_string(),
        kind: kind(t, &office.net, &page.mediation.kind),
        copies: parties.len() + 1,
        may_name: page.may_reveal && parties.iter().all(|one| one.name.is_empty()),
        parties,
        matter: page.matter.unwrap_or_default(),
        agreement: page.agreement.ok_or(Failure::NotFound)?,
        mediator: office.name(page.mediation.mediator),
        on,
        office,
    })
}

/// `GET /mediations/{number}/papers/{id}`; with `?small` the small picture.
pub async fn photo(
    State(door): State<Door>,
    Signed(asker): Signed,
    named: Named,
) -> Result<Response, Failure> {
    let Named { number, id, small } = named;
    let file = work::mediation::paper(&door.house, &asker, &number, id, small).await?;
    Ok(shown(file))
}
