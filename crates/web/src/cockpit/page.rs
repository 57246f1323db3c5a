//! `/cockpit`: the shell in which the wall's script draws, filled with the same numbers as tables, which stay for whoever
//! has no scripts or cannot see a wall.

use askama::Template;
use axum::extract::{Query, State};
use axum::http::HeaderMap;
use axum::response::Response;
use rules::access::Action;

use super::Wish;
use super::data::{Data, GridCount, Latest, Shown};
use super::words::word;
use crate::Door;
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::Clockwork;
use crate::session::Came;
use crate::view::View;

#[derive(Template)]
#[template(path = "cockpit/cockpit.html")]
struct Cockpit {
    page: Page,
    data: Data,
    rows: bool,
    /// The code of the 总网格, under which the grids of this wall lie.
    root: Option<String>,
}

/// `GET /cockpit`.
pub async fn get(
    State(door): State<Door>,
    Query(wish): Query<Wish>,
    headers: HeaderMap,
    Came(known): Came,
    page: Page,
) -> Result<Response, Failure> {
    let code = wish.community.as_deref();
    let view = View::watched(&door, &headers, &known, code, Action::ReadCockpit).await?;
    let wall = door.walls.wall(&door.house, view.net.id).await?;
    let data = Data::of(&view, &wall, page.t);
    layout::show(&Cockpit {
        rows: view.rows(),
        root: view.net.root().map(|grid| grid.code.to_string()),
        page,
        data,
    })
}

impl Cockpit {
    /// A word of the wall.
    fn word(&self, key: impl AsRef<str>) -> String {
        word(self.page.t.language(), key.as_ref())
    }

    /// Where the wall's script reads the borders of this community's grids.
    fn grids_url(&self) -> String {
        let within = self.root.as_ref().map(|code| format!("?within={code}"));
        format!("/api/v1/grids{}", within.unwrap_or_default())
    }

    /// A key figure as it is read: a count, a percentage, or a dash where nothing was due.
    fn read(&self, figure: &Shown) -> String {
        match (figure.value, figure.denominator) {
            (None, _) => "—".to_owned(),
            (Some(share), Some(_)) => format!("{:.1}%", share * 100.0),
            (Some(count), None) => self.page.t.number(count as i64),
        }
    }

    /// What a share is a share of.
    fn of(&self, figure: &Shown) -> Option<String> {
        Some(format!("{} / {}", figure.numerator?, figure.denominator?))
    }

    fn as_of(&self) -> String {
        self.page.t.moment(self.data.at)
    }

    fn stamp(&self, case: &Latest) -> String {
        self.page.t.stamp(case.at)
    }

    fn told(&self, case: &Latest) -> String {
        self.page.t.by(case.at)
    }

    /// General and dedicated grids; the micro-grids below them are in the numbers.
    fn grids(&self) -> impl Iterator<Item = &GridCount> {
        let wanted = ["general", "dedicated"];
        self.data
            .grids
            .iter()
            .filter(move |grid| wanted.contains(&grid.level))
    }
}
