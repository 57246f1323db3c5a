//! `GET /api/v1/cases`: lists of cases, in pages that begin after a row; and what lies in a box of the map, answered from
//! memory where the question allows it.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::cases::{self, DUES};
use door::error::Failure;
use door::form::Fault;
use door::session::Signed;
use rules::case::StateName;
use rules::ids::GridId;
use serde::{Deserialize, Serialize};
use store::case::{Bounds, Filter, List, Sort};
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

/// How lists are sorted.
const SORTS: [&str; 3] = ["-received", "received", "due"];

/// Which cases.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct CasesQuery {
    /// The code of a grid: there and below; of another scheme what lies in it.
    grid: Option<String>,
    /// States, with commas between them; `open` for all that are not over.
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
    /// Received from this day or moment on.
    from: Option<String>,
    /// Received up to this day, or before this moment.
    to: Option<String>,
    /// `west,south,east,north` in degrees; items are then pins: number, state, grid, category, location, dates.
    bbox: Option<String>,
    /// `-received` (newest first), `received` or `due`.
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

/// What was asked, understood.
struct Question {
    filter: Filter,
    sort: Sort,
    limit: u16,
    after: Option<String>,
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
    Asked(query, reading): Asked<CasesQuery>,
) -> Result<Response, Failure> {
    let community = asker.community().ok_or(Failure::Forbidden)?;
    let net = door.house.net();
    let net = net.community_by_id(community).ok_or(Failure::Forbidden)?;
    let question = understand(net, &asker, &query, reading)?;
    if let (Some(bounds), Some(look)) = (question.filter.bounds, look(net, &asker, &question)) {
        return pins(&door, net, bounds, &look, question.limit).await;
    }
    let Question {
        filter,
        sort,
        limit,
        after,
    } = &question;
    let reader = door.house.store.reader();
    let list = reader
        .cases(
            &asker.scope,
            community,
            filter,
            *sort,
            *limit,
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

fn understand(
    net: &CommunityNet,
    asker: &Asker,
    query: &CasesQuery,
    mut reading: Reading,
) -> Result<Question, Failure> {
    let bounds = reading.one("bbox", query.bbox.as_deref(), "bbox-malformed", bounds);
    let most = if query.bbox.is_some() {
        BOX_MAX
    } else {
        LIST_MAX
    };
    let mut filter = Filter {
        grids: below(net, query.grid.as_deref(), &mut reading),
        states: reading
            .one_of(
                "state",
                query.state.as_deref(),
                "state-unknown",
                &state_words(),
                states,
            )
            .unwrap_or_default(),
        category: reading.one(
            "category",
            query.category.as_deref(),
            "category-unknown",
            |code| asked::category(net, code),
        ),
        from: reading.one(
            "from",
            query.from.as_deref(),
            "date-malformed",
            asked::since,
        ),
        to: reading.one("to", query.to.as_deref(), "date-malformed", asked::until),
        bounds,
        ..Filter::default()
    };
    reading.period(filter.from, filter.to);
    narrowed(net, asker, query, &mut reading, &mut filter);
    let sort = reading
        .one_of("sort", query.sort.as_deref(), "sort-unknown", &SORTS, sort)
        .unwrap_or_default();
    let limit = reading.one(
        "limit",
        query.limit.as_deref(),
        "limit-outside",
        asked::limit(most),
    );
    let after = reading.one("after", query.after.as_deref(), "after-unknown", |after| {
        Sort::knows(after).then(|| after.to_owned())
    });
    reading.done()?;
    Ok(Question {
        filter,
        sort,
        limit: limit.unwrap_or(LIST_USUAL),
        after,
    })
}

/// In whose hands, of which number, how its deadline stands.
fn narrowed(
    net: &CommunityNet,
    asker: &Asker,
    query: &CasesQuery,
    reading: &mut Reading,
    filter: &mut Filter,
) {
    let owner = query.owner.as_deref();
    let owner = reading.one("owner", owner, "addressee-unknown", |text| match text {
        "me" => asker.member(),
        code => net.member_by_code(code).map(|member| member.id),
    });
    if let Some(owner) = owner {
        cases::in_hands(filter, net, owner, asker.now);
    }
    let department = query.department.as_deref();
    filter.department = reading.one("department", department, "department-unknown", |code| {
        let found = net.departments().find(|one| one.code == code);
        found.map(|one| one.id)
    });
    let due = query.due.as_deref();
    reading.one_of("due", due, "due-unknown", &DUES, |word| {
        cases::due(filter, net, word, asker.now)
    });
    filter.number = reading.one("q", query.q.as_deref(), "number-malformed", |text| {
        cases::number(text, &net.code)
    });
    let reopened = query.reopened.as_deref();
    let reopened = reading.one_of("reopened", reopened, "field-shape", &["1", "0"], |text| {
        ["1", "0"].contains(&text).then_some(text == "1")
    });
    filter.reopened = reopened.unwrap_or_default();
}

/// The grids that count as the asked one; none if it is not said.
fn below(net: &CommunityNet, code: Option<&str>, reading: &mut Reading) -> Vec<GridId> {
    let found = reading.one("grid", code, "grid-unknown", |code| net.grid_by_code(code));
    let counted = found.map(|grid| net.counted_in(grid.id));
    if matches!(counted, Some(None)) {
        reading.fault(Fault::new("grid", "grid-across"));
    }
    counted.flatten().unwrap_or_default()
}

fn states(text: &str) -> Option<Vec<StateName>> {
    let mut states = Vec::new();
    for name in text.split(',') {
        states.extend(cases::states(name)?);
    }
    Some(states)
}

/// Every state, and the word for those that are not over.
fn state_words() -> Vec<&'static str> {
    let all = StateName::ALL.into_iter().map(StateName::as_str);
    std::iter::once("open").chain(all).collect()
}

fn sort(text: &str) -> Option<Sort> {
    match text {
        "-received" => Some(Sort::Newest),
        "received" => Some(Sort::Oldest),
        "due" => Some(Sort::Due),
        _ => None,
    }
}

fn bounds(text: &str) -> Option<Bounds> {
    let sides: Vec<f64> = text
        .split(',')
        .map(|side| asked::degrees(side.trim()))
        .collect::<Option<_>>()?;
    let [west, south, east, north] = sides.try_into().ok()?;
    let fits = west <= east
        && south <= north
        && west >= -180.0
        && east <= 180.0
        && south >= -90.0
        && north <= 90.0;
    fits.then_some(Bounds {
        west,
        south,
        east,
        north,
    })
}

/// The question as the map understands it: newest first, the first page.
fn look(net: &CommunityNet, asker: &Asker, question: &Question) -> Option<Look> {
    let is_first = question.sort == Sort::Newest && question.after.is_none();
    Look::within(net, &asker.scope, &question.filter).filter(|_| is_first)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_box_has_four_sides_in_order_on_this_earth() {
        assert!(bounds("103.6,30.6, 103.7,30.7").is_some());
        for wrong in [
            "",
            "1,2,3",
            "1,2,3,4,5",
            "2,0,1,1",
            "0,2,1,1",
            "-181,0,1,1",
            "0,0,NaN,1",
            "a,b,c,d",
        ] {
            assert!(bounds(wrong).is_none(), "{wrong}");
        }
    }

    #[test]
    fn open_stands_for_every_state_that_is_not_over() {
        let open = states("open").expect("states");
        assert_eq!(open.len(), 8);
        assert_eq!(
            states("filed,closed"),
            Some(vec![StateName::Filed, StateName::Closed])
        );
        assert_eq!(states("filed,lost"), None);
    }
}
