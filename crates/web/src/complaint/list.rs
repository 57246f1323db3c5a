//! The complaints one may see: what tells of danger to life, then open ones, the earliest due first, or the latest ones. The workbench counts
//! the open ones for whoever sees them; no other count has them.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::response::Response;
use serde::Deserialize;
use work::complaint::Listed;

use super::words::{is_open, state_tag, undecided_tag, urgent_tag};
use crate::Door;
use crate::case::{Tag, due_tag, place};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::workbench::Office;

/// The query of the page.
#[derive(Deserialize)]
pub struct Asked {
    all: Option<String>,
}

struct Row {
    number: String,
    grid: String,
    received: String,
    state: Tag,
    urgent: Option<Tag>,
    undecided: Option<Tag>,
    due: Option<Tag>,
}

#[derive(Template)]
#[template(path = "complaint/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    all: bool,
    rows: Vec<Row>,
}

/// How many open ones the asker sees.
///
/// # Errors
/// `Forbidden` for roles that see none.
pub(crate) async fn open(door: &Door, office: &Office) -> Result<usize, Failure> {
    let found = work::complaint::list(&door.house, &office.asker, false).await?;
    Ok(found.len())
}

/// For administrators: each community where complaints wait that nobody may read, with how many; nothing of what they say.
///
/// # Errors
/// `Unavailable` if a seal does not open.
pub(crate) async fn without_reader(door: &Door, t: Text) -> Result<Vec<String>, Failure> {
    let counts = work::complaint::without_reader(&door.house).await?;
    let net = door.house.net();
    let words = counts.into_iter().filter_map(|(community, n)| {
        let root = net.community_by_id(community)?.root()?;
        let said = t.say("complaint-nobody").with("community", &root.name);
        Some(said.with("n", n).to_string())
    });
    Ok(words.collect())
}

/// `GET /complaints`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(asked): UrlQuery<Asked>,
    office: Office,
) -> Result<Response, Failure> {
    let all = asked.all.is_some();
    let found = work::complaint::list(&door.house, &office.asker, all).await?;
    layout::show(&ListTemplate {
        page: office.page.clone(),
        rows: found.iter().map(|one| row(&office, one)).collect(),
        all,
        office,
    })
}

fn row(office: &Office, listed: &Listed) -> Row {
    let (t, complaint) = (office.page.t, &listed.complaint);
    let waits = is_open(&complaint.state);
    Row {
        number: complaint.number.to_string(),
        grid: place(office, complaint.grid),
        received: t.moment(complaint.received_at),
        state: state_tag(t, &complaint.state),
        urgent: listed.urgent.then(|| urgent_tag(t)),
        undecided: complaint.is_undecided().then(|| undecided_tag(t)),
        due: waits.then(|| due_tag(t, complaint.due_at, office.asker.now)),
    }
}
