//! `POST /api/v1/orders`: an order of an upper level's system. Its own number keeps it from happening twice, its own limit
//! wins, and its contact data come in with a named basis only. The answer is the receipt of any report.

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::moment::{self, Moment};
use door::session::Signed;
use rules::case::Channel;
use rules::privacy::Pii;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use work::net::Net;
use work::order::{OrderForm, faults, receive};
use work::report::{self, Contact, ReportForm, Said};

use super::asked::Reading;
use super::body;
use super::parts::Parts;
use super::reports::{category, known_contact, place};
use super::shape::{GridShape, PointShape};

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
    /// Words on where it is, at most 500 characters.
    #[serde(default)]
    #[schema(max_length = 500)]
    place_note: String,
    /// The category, if it is known.
    category: Option<String>,
    /// By when it is wanted done (RFC 3339); wins over the catalogue's limit.
    due: Option<String>,
    /// How to reach whoever told it; needs its basis.
    contact: Option<OrderContactBody>,
    /// `superior` (the default), `department` or `hotline`.
    #[schema(value_type = Option<String>)]
    channel: Option<OrderChannel>,
    /// `false`: it is not about how somebody behaved who works here, though the words may sound so. What is about that is no
    /// order for the grid: tell it at `POST /api/v1/complaints`.
    about_worker: Option<bool>,
}

/// The ways on which orders come; a list of its own, so that whoever names another one hears of these alone.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum OrderChannel {
    Superior,
    Department,
    Hotline,
}

impl From<OrderChannel> for Channel {
    fn from(said: OrderChannel) -> Self {
        match said {
            OrderChannel::Superior => Self::Superior,
            OrderChannel::Department => Self::Department,
            OrderChannel::Hotline => Self::Hotline,
        }
    }
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
        (status = 422, description = "Faulty fields, contact data without a basis, words about somebody who works here, or the number came with another body"),
    )
)]
pub async fn post(
    State(door): State<Door>,
    Signed(asker): Signed,
    request: Request,
) -> Result<Response, Failure> {
    let parts = Parts::read(request, &door, "order").await?;
    let (told, mut reading) = parts.draft::<OrderBody>()?;
    parts.bring_no_files(&mut reading);
    let form = understand(&door.house.net(), told, reading)?;
    let (receipt, order) =
        receive(&door.house, &asker, form, parts.same(), parts.document()).await?;
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

/// Understands an order that was read as far as it can be read.
///
/// # Errors
/// `Invalid` with everything that is wrong with it.
fn understand(net: &Net, told: OrderBody, mut reading: Reading) -> Result<OrderForm, Failure> {
    let category = category(told.category.as_deref(), &mut reading);
    let due = reading.one("due", told.due.as_deref(), "field-shape", moment::parse);
    let channel = told.channel.map_or(Channel::Superior, Into::into);
    let place = place(told.location, told.grid, &mut reading);
    let basis = told.contact.as_ref().map(|contact| contact.basis.clone());
    let basis = basis.unwrap_or_default();
    let contact = told.contact.map(|contact| Contact {
        name: contact.name,
        phone: contact.phone,
        visit_welcome: false,
        ..Contact::default()
    });
    let contact = contact.map(|contact| known_contact(contact, &mut reading));
    let contact = contact.filter(|contact| !contact.is_empty());
    reading.faults(faults(&told.id, contact.is_some(), &basis));
    let said = Said {
        words: &told.text,
        place_note: &told.place_note,
        has_sound: false,
        about_worker: told.about_worker,
        place: place.as_ref(),
        category: category.as_ref(),
    };
    reading.faults(report::faults(net, &said));
    reading.done()?;
    Ok(OrderForm {
        number: told.id,
        report: ReportForm {
            words: told.text,
            place: place.ok_or(Failure::NotFound)?,
            place_note: told.place_note,
            category,
            contact,
            channel,
            attached: Vec::new(),
            about_worker: told.about_worker,
        },
        due,
        basis,
    })
}
