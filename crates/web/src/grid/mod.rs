//! `/g/{grid}`, where the QR code on the wall leads: my grid worker, what they do and when, whom else to call at every
//! level, and the three large buttons. Shows only what each person agreed to. A grid of another scheme has nobody of its own
//! to turn to: it passes on to the community.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Redirect, Response};
use rules::grid::Grid;
use work::net::CommunityNet;
use work::people::{self, DutyCard, Level};

use crate::Door;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;

#[derive(Template)]
#[template(path = "grid/landing.html")]
struct Landing {
    page: Page,
    code: String,
    name: String,
    mine: Option<DutyCard>,
    levels: Vec<Level>,
}

/// `GET /g/{grid}`.
pub async fn get(
    State(door): State<Door>,
    mut page: Page,
    Path(code): Path<String>,
) -> Result<Response, Failure> {
    let net = door.house.net();
    let (community, grid) = net.grid_by_code(&code).ok_or(Failure::NotFound)?;
    if let Some(code) = passes_on(community, grid) {
        return Ok(Redirect::to(&format!("/g/{code}")).into_response());
    }
    page.belongs_to(community);
    let levels = people::board(community, grid.id, door.house.clock.now());
    layout::show(&Landing {
        page,
        code,
        name: grid.name.clone(),
        mine: people::nearest(&levels),
        levels,
    })
}

/// The code of the grid whose pages residents are led to instead: of one of another scheme, which nobody serves and no report
/// can be told of, that of the community.
pub(crate) fn passes_on<'a>(community: &'a CommunityNet, grid: &Grid) -> Option<&'a str> {
    let root = community.root().filter(|_| !grid.scheme.is_governance())?;
    Some(root.code.as_str())
}

impl Landing {
    /// The number to call: of whoever serves here, else the community's.
    fn phone(&self) -> Option<&str> {
        let own = self.mine.as_ref().and_then(DutyCard::number);
        own.or(self.page.call.as_deref())
    }
}

/// A title of a post, or the role where it has none.
fn post(page: &Page, card: &DutyCard) -> String {
    if card.title.is_empty() {
        page.t.text(format!("role-{}", card.role))
    } else {
        card.title.clone()
    }
}

/// The first sign of a name, as the picture beside it; of the post where the name is not public.
fn sign(page: &Page, card: &DutyCard) -> String {
    let name = card.name.clone().unwrap_or_else(|| post(page, card));
    name.chars().next().map(String::from).unwrap_or_default()
}
