//! `POST /api/v1/orders`: an order of an upper level's system. Its own number keeps it from happening twice, its own limit
//! wins, and its contact data come in with a named basis only. The answer is the receipt of any report.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use rules::case::Channel;
use rules::privacy::Pii;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use work::order::{OrderForm, receive};
use work::report::{Contact, ReportForm};

use super::body;
use super::moment::{self, Moment};
use super::parts::Parts;
use super::reports::{known_contact, place};
use super::shape::{GridShape, PointShape};
use crate::Door;
use crate::error::Failure;
use crate::form::{Fault, Faults};
use crate::session::Signed;

/// An order as it comes. Either `location` or `grid`, or both.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderBody {
    /// The order's number at its source: the same number twice is the same order.
    id: String,
    /// The words, at most 2,000 characters.
    text: String,
    /// Where it is.
    location: Option<PointShape>,
    /// The code of the grid where it is.
    grid: Option<String>,
    /// Words on where it is.
    #[serde(default)]
    place_note: String,
    /// The category, if it is known.
    category: Option<String>,
    /// By when it is wanted done (RFC 3339); wins over the catalogue's limit.
    due: Option<String>,
    /// How to reach whoever told it; needs its basis.
    contact: Option<OrderContactBody>,
    /// `superior` (the default), `department` or `hotline`.
    #[schema(value_type = Option<String>)]
    channel: Option<Channel>,
}

/// How to reach whoever told it, and why that may be known here.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderContactBody {
    /// The name.
    #[schema(value_type = Option<String>)]
    name: Option<Pii<String>>,
    /// The phone number.
    #[schema(value_type = Option<String>)]
    phone: Option<Pii<String>>,
    /// The legal or contractual basis, in words.
    #[serde(default)]
    basis: String,
}

/// What the source holds in the hand.
#[derive(Serialize, ToSchema)]
pub struct OrderShape<'a> {
    /// The order's number at its source.
    id: &'a str,
    /// The number of the report here.
    number: String,
    /// Six digits that open it together with the number.
    code: &'a str,
    /// The grid it came to.
    grid: GridShape<'a>,
    /// The limit it brought.
    due: Option<Moment>,
    /// By when whoever told it is promised the first answer.
    answer_by: Option<Moment>,
    /// When it was received.
    received_at: Moment,
}

/// Receives an order. The same number with the same body finds the same receipt.
#[utoipa::path(
    post,
    path = "/api/v1/orders",
    tag = "orders",
    security(("bearer" = [])),
    request_body(content = OrderBody, content_type = "application/json"),
    responses(
        (status = 201, description = "Received, now or before", body = OrderShape<'static>),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "No token"),
        (status = 403, description = "No system of an upper level, or a place outside its community"),
        (status = 415, description = "No JSON"),
        (status = 422, description = "Faulty fields, contact data without a basis, or the number came with another body"),
    )
)]
pub async fn post(
    State(door): State<Door>,
    Signed(asker): Signed,
    request: Request,
) -> Result<Response, Failure> {
    let parts = Parts::read(request, &door, "order").await?;
    let told: OrderBody = body::read(&parts.document)?;
    let form = form(told)?;
    let (receipt, order) = receive(&door.house, &asker, form, parts.same()).await?;
    let shape = OrderShape {
        id: &order.number,
        number: receipt.report.number.to_string(),
        code: receipt.code.reveal(),
        grid: GridShape {
            code: &receipt.grid_code,
            name: &receipt.grid_name,
            level: &receipt.grid_level,
        },
        due: order.due.map(Moment),
        answer_by: receipt.answer_by.map(Moment),
        received_at: Moment(receipt.report.received_at),
    };
    body::answer(StatusCode::CREATED, &shape)
}

fn form(told: OrderBody) -> Result<OrderForm, Failure> {
    let mut faults = Faults::default();
    let category = told.category.map(|code| code.parse());
    if matches!(category, Some(Err(_))) {
        faults.push(Fault::new("category", "category-unknown"));
    }
    let due = told.due.map(|text| moment::parse(&text));
    if matches!(due, Some(None)) {
        faults.push(Fault::new("due", "field-shape"));
    }
    let channel = told.channel.unwrap_or(Channel::Superior);
    if !matches!(
        channel,
        Channel::Superior | Channel::Department | Channel::Hotline
    ) {
        faults.push(Fault::new("channel", "field-shape"));
    }
    let place = place(told.location, told.grid);
    if place.is_none() {
        faults.push(Fault::new("location", "field-missing"));
    }
    let basis = told.contact.as_ref().map(|contact| contact.basis.clone());
    let contact = told.contact.map(|contact| Contact {
        name: contact.name,
        phone: contact.phone,
        visit_welcome: false,
        ..Contact::default()
    });
    let contact = contact.map(|contact| known_contact(contact, &mut faults));
    let Some(place) = place.filter(|_| !faults.any()) else {
        return Err(Failure::Invalid(faults));
    };
    Ok(OrderForm {
        number: told.id,
        report: ReportForm {
            words: told.text,
            place,
            place_note: told.place_note,
            category: category.and_then(Result::ok),
            contact: contact.filter(|contact| !contact.is_empty()),
            channel,
            attached: Vec::new(),
        },
        due: due.flatten(),
        basis: basis.unwrap_or_default(),
    })
}
