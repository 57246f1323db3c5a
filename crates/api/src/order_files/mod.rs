//! The files of the 12345 hotline through the API: an export comes in, all or nothing, the results go back in the house's
//! layout or in a template; and the orders of a period with the cases they became.

pub mod results;

use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::import::ProblemShape;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use door::visitor::Visitor;
use rules::access::Action;
use rules::case::Case;
use serde::{Deserialize, Serialize};
use store::order::Order;
use time::{Duration, OffsetDateTime};
use utoipa::{IntoParams, ToSchema};
use work::Asker;

use super::asked::{self, Asked};
use super::body;
use super::file;

/// The part that an export comes in.
const EXPORT: &str = "file";

/// The routes of files of orders.
pub fn declare(routes: Routes) -> Routes {
    let take_orders = Who::May(Action::TakeOrders);
    routes
        .get("/api/v1/orders", take_orders, list)
        .post("/api/v1/orders/hotline", take_orders, take)
        .get("/api/v1/orders/results", take_orders, results::get)
        .post("/api/v1/orders/results", take_orders, results::fill)
}

/// Which orders.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct OrdersQuery {
    /// Received from this day or moment on.
    from: Option<String>,
    /// Received up to this day, or before this moment.
    to: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
    /// At most so many; 50 if not said.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 200)]
    limit: Option<String>,
}

/// An order and the case it became.
#[derive(Serialize, ToSchema)]
pub struct OrderItem<'a> {
    /// The order's number at its source.
    id: &'a str,
    /// Whose number that is: `hotline`, or the account of an upper level's system.
    source: &'a str,
    /// The number of the case.
    number: String,
    /// Where the case stands.
    state: &'a str,
    /// The limit it brought.
    due: Option<Moment>,
    received_at: Moment,
}

impl<'a> OrderItem<'a> {
    fn of((order, case): &'a (Order, Case)) -> Self {
        Self {
            id: &order.number,
            source: &order.source,
            number: case.number.to_string(),
            state: case.state.name(),
            due: order.due.map(Moment),
            received_at: Moment(order.received_at),
        }
    }
}

/// A page of orders, oldest first.
#[derive(Serialize, ToSchema)]
pub struct OrdersShape<'a> {
    items: Vec<OrderItem<'a>>,
    /// The `after` of the next page; none on the last one.
    next: Option<String>,
}

/// Orders of the hotline and of upper levels.
#[utoipa::path(
    get,
    path = "/api/v1/orders",
    tag = "orders",
    params(OrdersQuery),
    responses(
        (status = 200, description = "A page", body = OrdersShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role takes in no orders"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn list(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, mut reading): Asked<OrdersQuery>,
) -> Result<Response, Failure> {
    let from = reading.one(
        "from",
        query.from.as_deref(),
        "date-malformed",
        asked::since,
    );
    let to = reading.one("to", query.to.as_deref(), "date-malformed", asked::until);
    reading.period(from, to);
    let (after, limit) = reading.page(query.after.as_deref(), query.limit.as_deref());
    reading.done()?;
    // nothing is received in times to come
    let to = to.unwrap_or(asker.now + Duration::DAY);
    let period = (from.unwrap_or(OffsetDateTime::UNIX_EPOCH), to);
    let found = work::order::list(&door.house, &asker, period, after, limit).await?;
    let shape = OrdersShape {
        items: found.rows.iter().map(OrderItem::of).collect(),
        next: found.next.map(|next| next.to_string()),
    };
    body::answer(StatusCode::OK, &shape)
}

/// How an export is taken in.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct HotlineQuery {
    /// `true` looks through the file and keeps nothing; `false` if not said.
    #[param(value_type = Option<bool>)]
    dry_run: Option<String>,
}

/// What came of an export.
#[derive(Serialize, ToSchema)]
pub struct HotlineShape<'a> {
    /// Whether it was only looked through.
    dry_run: bool,
    /// Orders that are new: they became cases, or would.
    added: usize,
    /// Orders whose number is known; they changed nothing.
    known: usize,
    /// What is worth knowing.
    warnings: Vec<ProblemShape<'a>>,
}

/// Takes in an export of the 12345 hotline: every order of it, or nothing. A number that is known changes nothing, so the
/// same file may come again.
#[utoipa::path(
    post,
    path = "/api/v1/orders/hotline",
    tag = "orders",
    params(HotlineQuery),
    request_body(
        content((Vec<u8> = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"), (String = "text/csv"), (crate::parts::described::UploadParts = "multipart/form-data")),
        description = "The file itself (xlsx, or csv in UTF-8 or GB18030), or one part `file`"
    ),
    responses(
        (status = 200, description = "What came in, or would", body = HotlineShape<'static>),
        (status = 400, description = "The body cannot be read"),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role takes in no orders"),
        (status = 413, description = "Too large"),
        (status = 415, description = "Neither a file nor parts"),
        (status = 422, description = "Nothing was taken in; `faults` names every problem by `sheet`, `row` and `column`"),
    ),
    security(("bearer" = []))
)]
pub async fn take(
    State(door): State<Door>,
    Signed(asker): Signed,
    visitor: Visitor,
    Asked(query, mut reading): Asked<HotlineQuery>,
    request: Request,
) -> Result<Response, Failure> {
    let dry_run = query.dry_run.as_deref();
    let words = ["true", "false"];
    let dry_run = reading.one_of("dry_run", dry_run, "field-shape", &words, |text| {
        text.parse().ok()
    });
    reading.done()?;
    let dry_run = dry_run.unwrap_or(false);
    let file = file::read(request, &door, EXPORT).await?;
    let code = community(&door, &asker)?;
    let taken =
        work::order::hotline(&door.house, Some(&asker), &file, Some(&code), dry_run).await?;
    if taken.is_refused() {
        return Err(Failure::File {
            field: EXPORT,
            problems: taken.problems,
        });
    }
    let shape = HotlineShape {
        dry_run,
        added: taken.added,
        known: taken.same,
        warnings: ProblemShape::all(EXPORT, &taken.problems, visitor.text()),
    };
    body::answer(StatusCode::OK, &shape)
}

fn community(door: &Door, asker: &Asker) -> Result<String, Failure> {
    let id = asker.community().ok_or(Failure::Forbidden)?;
    let net = door.house.net();
    let net = net.community_by_id(id).ok_or(Failure::Forbidden)?;
    Ok(net.code.clone())
}
