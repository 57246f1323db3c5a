//! `GET /api/v1/cases`: lists of cases, in pages that begin after a row; and what lies in a box of the map, answered from
//! memory where the question allows it.

use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use door::Door;
use door::cases::Wanted;
use door::error::Failure;
use door::session::Signed;
use serde::{Deserialize, Serialize};
use store::case::{Bounds, List, Sort};
use utoipa::{IntoParams, ToSchema};
use work::Asker;
use work::map::Look;
use work::net::CommunityNet;

use super::asked::{self, Asked, Reading};
use super::body;
use super::case::{CaseItem, PinShape};

/// The longest page of a list, and of what lies in a box.
const LIST_MAX: u16 = 200;
const BOX_MAX: u16 = 1_000;
const LIST_USUAL: u16 = 50;

/// Which cases.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CasesQuery {
    /// The code of a grid: there and below; of another scheme what lies in it.
    grid: Option<String>,
    /// States, with commas between them or named one after the other; `open` for all that are not over.
    state: Option<String>,
    /// The code of a category, or of a class.
    category: Option<String>,
    /// In whose hands it is: an account, or `me`; with the open work of those for whom they stand in.
    owner: Option<String>,
    /// The code of the department its task lies with.
    department: Option<String>,
    /// How its deadline stands, with clocks that run: `overdue` (one that is suspended if it was so before), `today` (due before the day ends) or `soon`
    /// (within two days).
    due: Option<String>,
    /// Its number, whole or without the community's code.
    q: Option<String>,
    /// `1` for cases that the reporter opened again and that are open.
    reopened: Option<String>,
    /// `1` for cases that were told in a rush and not decided about yet, `0` for all others.
    queued: Option<String>,
    /// `1` for cases whose reporter has to be visited, `0` for all others.
    visit: Option<String>,
    /// Received from this day or moment on.
    from: Option<String>,
    /// Received up to this day, or before this moment.
    to: Option<String>,
    /// `west,south,east,north` in degrees; items are then pins: number, state, grid, category, location, dates.
    bbox: Option<String>,
    /// `-received` (newest first; `newest` is the same), `received` (`oldest`) or `due`.
    sort: Option<String>,
    /// At most so many: to 200, with `bbox` to 1,000; 50 if not said.
    #[param(value_type = Option<u16>, minimum = 1, maximum = 1000)]
    limit: Option<String>,
    /// The `next` of the page before.
    after: Option<String>,
}

/// A page of cases.
#[derive(Serialize, ToSchema)]
pub struct CaseList<'a> {
    /// All that match.
    total: u64,
    /// This page.
    items: Vec<CaseItem<'a>>,
    /// What the next page begins after; none on the last one.
    next: Option<&'a str>,
}

/// A page of cases, as rows or as pins.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
pub enum CasesAnswer<'a> {
    /// With all that a list shows.
    Rows(CaseList<'a>),
    /// With what a map shows.
    Pins(PinList<'a>),
}

impl CasesQuery {
    /// What says which cases, by its names.
    fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        let all = [
            ("grid", &self.grid),
            ("state", &self.state),
            ("category", &self.category),
            ("owner", &self.owner),
            ("department", &self.department),
            ("due", &self.due),
            ("q", &self.q),
            ("reopened", &self.reopened),
            ("queued", &self.queued),
            ("visit", &self.visit),
            ("from", &self.from),
            ("to", &self.to),
            ("bbox", &self.bbox),
            ("sort", &self.sort),
            ("after", &self.after),
        ];
        let said = all.into_iter();
        said.filter_map(|(name, value)| Some((name, value.as_deref()?)))
    }
}

/// Cases within the asker's scope.
#[utoipa::path(
    get,
    path = "/api/v1/cases",
    tag = "cases",
    params(CasesQuery),
    responses(
        (status = 200, description = "A page; with `bbox`, newest first and from the beginning, of pins where the map in memory can answer", body = CasesAnswer<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role lists no cases"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn get(
    State(door): State<Door>,
    Signed(asker): Signed,
    uri: Uri,
) -> Result<Response, Failure> {
    let community = asker.community().ok_or(Failure::Forbidden)?;
    let net = door.house.net();
    let net = net.community_by_id(community).ok_or(Failure::Forbidden)?;
    let Asked(query, reading) = Asked::<CasesQuery>::loosely(&uri, "state")?;
    let (wanted, limit) = understand(net, &asker, &query, reading)?;
    if let (Some(bounds), Some(look)) = (wanted.filter.bounds, look(net, &asker, &wanted)) {
        return pins(&door, net, bounds, &look, limit).await;
    }
    let Wanted {
        filter,
        sort,
        after,
    } = &wanted;
    let reader = door.house.store.reader();
    let list = reader
        .cases(
            &asker.scope,
            community,
            filter,
            *sort,
            limit,
            after.as_deref(),
        )
        .await;
    show(net, &asker, &list.map_err(work::Error::from)?)
}

fn show(net: &CommunityNet, asker: &Asker, list: &List) -> Result<Response, Failure> {
    let items = list
        .rows
        .iter()
        .map(|row| CaseItem::of(net, row, asker.now))
        .collect();
    let page = CaseList {
        total: list.total,
        items,
        next: list.next.as_deref(),
    };
    body::answer(StatusCode::OK, &CasesAnswer::Rows(page))
}

/// Which cases, as page and file read it too, and how many of them.
fn understand(
    net: &CommunityNet,
    asker: &Asker,
    query: &CasesQuery,
    mut reading: Reading,
) -> Result<(Wanted, u16), Failure> {
    let (wanted, faults) = Wanted::of(query.pairs(), net, asker);
    faults.iter().for_each(|fault| reading.fault(fault.clone()));
    let most = if query.bbox.is_some() {
        BOX_MAX
    } else {
        LIST_MAX
    };
    let limit = query.limit.as_deref();
    let limit = reading.one("limit", limit, "limit-outside", asked::limit(most));
    reading.done()?;
    Ok((wanted, limit.unwrap_or(LIST_USUAL)))
}

/// The question as the map understands it: newest first, the first page.
fn look(net: &CommunityNet, asker: &Asker, wanted: &Wanted) -> Option<Look> {
    let is_first = wanted.sort == Sort::Newest && wanted.after.is_none();
    Look::within(net, &asker.scope, &wanted.filter).filter(|_| is_first)
}

/// A page of pins.
#[derive(Serialize, ToSchema)]
pub struct PinList<'a> {
    /// All that match.
    total: usize,
    /// This page.
    items: Vec<PinShape<'a>>,
    /// What the next page begins after; none on the last one.
    next: Option<String>,
}

async fn pins(
    door: &Door,
    net: &CommunityNet,
    bounds: Bounds,
    look: &Look,
    limit: u16,
) -> Result<Response, Failure> {
    let found = door
        .kept
        .map
        .look(&door.house, net, bounds, look, usize::from(limit))
        .await?;
    let now = door.house.clock.now();
    let last = found.pins.last();
    let more = last.filter(|_| found.total > found.pins.len());
    let list = PinList {
        total: found.total,
        items: found
            .pins
            .iter()
            .map(|pin| PinShape::of(net, pin, now))
            .collect(),
        next: more.map(|pin| Sort::newest_after(pin.received_at, pin.id)),
    };
    body::answer(StatusCode::OK, &CasesAnswer::Pins(list))
}
