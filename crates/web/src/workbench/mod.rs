//! The workbench: what waits, as counts that open their lists. It counts work of grids, never of people.

mod first;
mod office;
pub(crate) mod tabs;
mod vacant;

pub use office::{Office, decides};

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use rules::access::{Action, may};
use rules::supervision::Concern;
use store::case::Sort;

use crate::Door;
use crate::case::Query;
use crate::error::Failure;
use crate::inbox::{Inbox, inbox};
use crate::layout::{self, Page};
use crate::routes::{Routes, Who};
use crate::session::Came;

/// The routes of this feature.
pub fn routes(routes: Routes) -> Routes {
    routes.get("/work", Who::SignedIn, get)
}

/// A count that opens its list.
struct Tile {
    label: String,
    icon: &'static str,
    class: &'static str,
    href: String,
    n: String,
}

/// The tiles: name, icon, class, query of the list behind it. The queue is there while somebody waits in it.
const TILES: [(&str, &str, &str, &str); 12] = [
    ("decide", "report", "", "state=reported&state=verifying"),
    ("queued", "clock", "stat--soon", QUEUE),
    ("dispatch", "send", "", "state=filed"),
    ("accept", "clock", "", "state=dispatched"),
    ("overdue", "danger", "stat--overdue", "due=overdue&sort=due"),
    ("today", "clock", "stat--soon", "due=today&sort=due"),
    ("check", "eye", "", "state=handled"),
    ("visit", "phone", "", "state=checked&visit=1"),
    ("close", "done", "", "state=checked&visit=0"),
    ("reopened", "return", "", "reopened=1"),
    ("mine", "person", "", "owner=me&state=open"),
    ("open", "list", "", "state=open"),
];

/// What came in a rush.
const QUEUE: &str = "queued=1&sort=oldest";

#[derive(Template)]
#[template(path = "workbench/workbench.html")]
struct Workbench {
    page: Page,
    office: Office,
    tiles: Vec<Tile>,
    may_enter: bool,
    /// What came to the asker.
    inbox: Inbox,
    /// How many routing rules are off because whom they name has left; for those who can see to it.
    left: usize,
    /// How many fast lanes lead to nobody; for those who can see to it.
    deserted: usize,
    /// What of the outbox somebody has to see to; for those who can.
    outbox: Option<String>,
    /// Departments and posts without anybody; for those who keep the list of people.
    vacant: Vec<vacant::Alert>,
}

#[derive(Template)]
#[template(path = "workbench/elsewhere.html")]
struct Elsewhere {
    page: Page,
    administers: bool,
    keeps_accounts: bool,
    /// What is to be done before the installation can serve anybody; empty once it can.
    first: Vec<first::Step>,
    /// For administrators: where complaints wait that nobody may read.
    nobody: Vec<String>,
}

/// `GET /work`: the workbench, or where this role's day begins.
pub async fn get(
    State(door): State<Door>,
    Came(known): Came,
    office: Result<Office, Failure>,
    page: Page,
) -> Result<Response, Failure> {
    if let work::Visitor::Administrator { role, .. } = known {
        let keeps_accounts = may(role, Action::ManageAccounts);
        let first = if keeps_accounts {
            first::steps(&door, &known, page.t).await?
        } else {
            Vec::new()
        };
        let nobody = if keeps_accounts {
            crate::complaint::without_reader(&door, page.t).await?
        } else {
            Vec::new()
        };
        return layout::show(&Elsewhere {
            nobody,
            page,
            administers: true,
            keeps_accounts,
            first,
        });
    }
    let office = office?;
    if !decides(office.role()) {
        return Ok(if office.may(Action::Handle) {
            Redirect::to("/tasks").into_response()
        } else if office.may(Action::Visit) {
            Redirect::to("/visits").into_response()
        } else {
            layout::show(&Elsewhere {
                page: office.page,
                administers: false,
                keeps_accounts: false,
                first: Vec::new(),
                nobody: Vec::new(),
            })?
        });
    }
    let mut tiles = Vec::new();
    for (name, icon, class, query) in TILES {
        let tile = tile(&door, &office, name, icon, class, query).await?;
        if query != QUEUE || tile.n != "0" {
            tiles.push(tile);
        }
    }
    if office.may(Action::DecideExtension) {
        tiles.push(decisions(&door, &office).await?);
    }
    tiles.extend(unrated(&door, &office).await?);
    if office.may(Action::Remind) {
        tiles.extend(supervised(&door, &office).await?);
    }
    if office.may(Action::ReadComplaints) {
        tiles.extend(complaints(&door, &office).await?);
    }
    let (page, may_enter) = (office.page.clone(), office.may(Action::ReportFor));
    let left = if office.may(Action::ReadRouting) {
        crate::routing::left(&office.net)
    } else {
        0
    };
    let deserted = crate::settings::deserted(&office);
    let inbox = inbox(&door, &office, "/work").await?;
    layout::show(&Workbench {
        outbox: crate::outbox::alerts(&door, &office).await?,
        vacant: vacant::alerts(&door, &office).await?,
        inbox,
        page,
        office,
        tiles,
        may_enter,
        left,
        deserted,
    })
}

/// What others asked for and the asker decides: more time, appeals.
async fn decisions(door: &Door, office: &Office) -> Result<Tile, Failure> {
    let n = crate::decision::count(door, office).await?;
    Ok(Tile {
        label: office.page.t.text("decision-title"),
        icon: "check",
        class: if n == "0" { "" } else { "stat--soon" },
        href: "/decisions".to_owned(),
        n,
    })
}

/// Whistles that go on for nothing but the asker's word on how departments responded, while there are any.
async fn unrated(door: &Door, office: &Office) -> Result<Option<Tile>, Failure> {
    let n = crate::decision::ratings_count(door, office).await?;
    Ok(n.map(|n| Tile {
        label: office.page.t.text("workbench-unrated"),
        icon: "check",
        class: "stat--soon",
        href: "/ratings".to_owned(),
        n,
    }))
}

/// The lists of supervision, as counts that open them.
async fn supervised(door: &Door, office: &Office) -> Result<Vec<Tile>, Failure> {
    let tabs = crate::supervision::tabs(door, office, None).await?;
    let tile = |tab: crate::supervision::Tab| {
        let (icon, class) = look(tab.concern);
        Tile {
            class: if tab.n == "0" { "" } else { class },
            label: tab.label,
            href: tab.href,
            n: tab.n,
            icon,
        }
    };
    // overdue cases have a tile of their own already
    let tabs = tabs
        .into_iter()
        .filter(|tab| tab.concern != Concern::Overdue);
    Ok(tabs.map(tile).collect())
}

/// Complaints that wait, while there are any: nobody gets a message of them but where there may be danger.
async fn complaints(door: &Door, office: &Office) -> Result<Option<Tile>, Failure> {
    let n = crate::complaint::open(door, office).await?;
    Ok((n > 0).then(|| Tile {
        label: office.page.t.text("complaint-open"),
        icon: "lock",
        class: "stat--soon",
        href: "/complaints".to_owned(),
        n: n.to_string(),
    }))
}

const fn look(concern: Concern) -> (&'static str, &'static str) {
    match concern {
        Concern::Near | Concern::Tier => ("clock", "stat--soon"),
        Concern::Silent => ("eye", "stat--soon"),
        Concern::Asked => ("message", ""),
        Concern::Overdue | Concern::Late | Concern::Agreed => ("danger", "stat--overdue"),
        Concern::Answered => ("done", ""),
    }
}

async fn tile(
    door: &Door,
    office: &Office,
    name: &str,
    icon: &'static str,
    class: &'static str,
    query: &str,
) -> Result<Tile, Failure> {
    let wanted = Query::of_text(query, office);
    let reader = door.house.store.reader();
    let list = reader.cases(
        &office.asker.scope,
        office.net.id,
        &wanted.filter,
        Sort::Newest,
        0,
        None,
    );
    let n = list.await.map_err(work::Error::from)?.total;
    let class = if n > 0 { class } else { "" };
    let label = office.page.t.text(format!("workbench-{name}"));
    Ok(Tile {
        label,
        icon,
        class,
        href: format!("/cases?{query}"),
        n: n.to_string(),
    })
}
