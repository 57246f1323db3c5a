//! `/board/{code}`: the board of one grid, to read and to print on A4: who serves it and the levels above, duties, hours,
//! numbers to call, where it lies, the way to its page (if it has one of its own), and the day it was true.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rules::grid::{Grid, Level};
use rules::ids::GridId;
use work::net::CommunityNet;
use work::people;

use super::qr;
use crate::Door;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::map::drawing::{self, Drawing, Piece};

/// The smallest and largest letters of the grid's name on the plan, in units of the drawing.
const LABEL: [f64; 2] = [34.0, 52.0];

/// A number to call, with what it is for.
struct Call {
    name: String,
    number: String,
}

/// A grid of the plan, by its number there.
struct Named {
    name: String,
    code: String,
}

#[derive(Template)]
#[template(path = "board/board.html")]
struct Board {
    page: Page,
    code: String,
    grid: Grid,
    households: Option<String>,
    levels: Vec<people::Level>,
    calls: Vec<Call>,
    plan: Option<Drawing>,
    /// The names of the grids on the plan, where none of them is the board's own; in the order of the plan.
    key: Vec<Named>,
    address: Option<String>,
    qr: Option<String>,
    today: String,
}

/// `GET /board/{code}`.
pub async fn get(
    State(door): State<Door>,
    Path(code): Path<String>,
    headers: HeaderMap,
    mut page: Page,
) -> Result<Response, Failure> {
    let net = door.house.net();
    let (net, grid) = net.grid_by_code(&code).ok_or(Failure::NotFound)?;
    let now = door.house.clock.now();
    page.community = Some(net.name.clone());
    // the page of a grid of another scheme is that of the community, and so no paper leads to it
    let address = qr::address(&headers, door.settings.tls, grid.code.as_str());
    let address = address.filter(|_| grid.scheme.is_governance());
    let around = around(net, grid);
    let mut areas = drawing::areas(&door.house, net.id, |id| around.contains(&id)).await?;
    areas.sort_by_key(|area| net.grid(area.grid).map(|grid| grid.code.clone()));
    let plan = Drawing::of(&areas);
    layout::show(&Board {
        code: net.code.clone(),
        grid: grid.clone(),
        households: grid.households.map(|n| page.t.number(i64::from(n))),
        levels: people::board(net, grid.id, now),
        calls: calls(net, &page),
        key: key(net, grid.id, plan.as_ref()),
        plan,
        qr: address.as_deref().and_then(qr::code),
        address,
        today: page.t.day(net.calendar.local(now).date()),
        page,
    })
}

/// The grids of the plan: a micro-grid among its neighbours, any other grid with what lies in it.
fn around(net: &CommunityNet, grid: &Grid) -> Vec<GridId> {
    let within = |id: GridId| net.children(id).to_vec();
    let among = match grid.parent.filter(|_| grid.level != Level::Community) {
        Some(parent) => within(parent),
        None => within(grid.id),
    };
    if among.is_empty() {
        vec![grid.id]
    } else {
        among
    }
}

/// What the numbers on a plan mean; none where the plan names the one grid it is about.
fn key(net: &CommunityNet, own: GridId, plan: Option<&Drawing>) -> Vec<Named> {
    let pieces = plan.map_or(&[][..], |plan| &plan.pieces);
    if pieces.iter().any(|piece| piece.grid == own) {
        return Vec::new();
    }
    let named = |piece: &Piece| {
        let grid = net.grid(piece.grid);
        Named {
            name: grid.map_or_else(String::new, |grid| grid.name.clone()),
            code: grid.map_or_else(String::new, |grid| grid.code.to_string()),
        }
    };
    pieces.iter().map(named).collect()
}

/// The community's own numbers first, then those every board shows.
fn calls(net: &CommunityNet, page: &Page) -> Vec<Call> {
    let phones = &net.settings.phones;
    let own = [
        ("desk", &phones.desk),
        ("water", &phones.water),
        ("power", &phones.power),
        ("gas", &phones.gas),
        ("lift", &phones.lift),
    ];
    let call = |(name, number): (&str, &Option<String>)| {
        let name = page.t.text(format!("board-call-{name}"));
        number.clone().map(|number| Call { name, number })
    };
    let everywhere = [
        ("hotline", "12345"),
        ("police", "110"),
        ("fire", "119"),
        ("rescue", "120"),
    ];
    let fixed = everywhere.map(|(name, number)| Call {
        name: page.t.text(format!("board-call-{name}")),
        number: number.to_owned(),
    });
    own.into_iter().filter_map(call).chain(fixed).collect()
}

impl Board {
    /// The name of a level.
    fn level(&self, level: &Level) -> String {
        self.page.t.text(format!("map-level-{level}"))
    }

    /// Whether a piece of the plan is this grid.
    fn is_here(&self, piece: &Piece) -> bool {
        piece.grid == self.grid.id
    }

    /// How large the grid's name stands on the plan: as large as its area lets it, and never too small to read.
    fn label_size(&self, piece: &Piece) -> f64 {
        let fitting = piece.width * 0.7 / self.letters();
        fitting.clamp(LABEL[0], LABEL[1]).round()
    }

    /// The middle of the name: over its area, and moved inwards where it would run over the plan's edge.
    fn label_x(&self, piece: &Piece) -> f64 {
        let half = self.letters() * self.label_size(piece) / 2.0;
        if half * 2.0 >= drawing::WIDTH {
            return drawing::WIDTH / 2.0;
        }
        piece.x.clamp(half, drawing::WIDTH - half)
    }

    /// How wide the grid's name is, in Chinese characters.
    fn letters(&self) -> f64 {
        let width = |c: char| if c.is_ascii() { 0.55 } else { 1.0 };
        self.grid.name.chars().map(width).sum::<f64>().max(1.0)
    }

    /// Duties as a list: one line or one clause each.
    fn duties(&self, text: &str) -> Vec<String> {
        let parts = text.split(['\n', ';', '；']).map(str::trim);
        parts
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// A moment as somebody is told it.
    fn until(&self, stands_in: &people::StandsIn) -> String {
        self.page.t.by(stands_in.until)
    }
}
