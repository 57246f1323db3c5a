//! Cases like the one on the page, for whoever works on it: each with a link, and a form that merges into it where the rules
//! allow that. Only what lies in one's sight is named.

use rules::case::CommandName;
use rules::duplicate::Near;
use work::case::CasePage;
use work::duplicate::{Alike, Similar, alike};

use super::clock::Tag;
use crate::Door;
use crate::error::Failure;
use crate::locale::{Clockwork, Text};
use crate::workbench::Office;

/// One case in few words.
pub struct Like {
    /// Its number.
    pub number: String,
    /// What it is about.
    pub category: String,
    /// Where it is, and how near.
    pub place: String,
    /// Since when it is known.
    pub since: String,
    /// How it stands.
    pub state: Tag,
    /// Whether the case on the page can be merged into it now.
    pub may_merge: bool,
}

/// The cases like an open one.
pub async fn similar(door: &Door, office: &Office, page: &CasePage) -> Result<Vec<Like>, Failure> {
    if !page.case.state.kind().is_open() {
        return Ok(Vec::new());
    }
    let first = page.reports.first();
    let told = first.map_or("", |report| report.words.as_str());
    let note = first.map_or("", |report| report.place_note.as_str());
    let found = alike(
        &door.house,
        &office.asker,
        &page.net,
        &page.case,
        told,
        note,
    )
    .await?;
    let may_merge = page.may.contains(&CommandName::Merge);
    Ok(found
        .iter()
        .map(|one| like(office, one, may_merge))
        .collect())
}

fn like(office: &Office, one: &Alike, may_merge: bool) -> Like {
    let (t, net) = (office.page.t, &office.net);
    let state = one.similar.state;
    Like {
        number: one.number.to_string(),
        category: name(net, &one.similar),
        place: place(t, net, &one.similar),
        since: t.moment(one.similar.since),
        state: Tag {
            class: format!("tag--{state}"),
            icon: "list",
            words: t.text(format!("case-state-{state}")),
        },
        may_merge,
    }
}

/// What a similar case is about.
pub(crate) fn name(net: &work::net::CommunityNet, one: &Similar) -> String {
    let category = net
        .catalogue()
        .and_then(|catalogue| catalogue.category(&one.category));
    category.map_or_else(|| one.category.to_string(), |known| known.name.clone())
}

/// Where a similar case is, and how near.
pub(crate) fn place(t: Text, net: &work::net::CommunityNet, one: &Similar) -> String {
    let grid = net
        .grid(one.grid)
        .map(|grid| grid.name.clone())
        .unwrap_or_default();
    match one.near {
        Near::Metres(metres) => t
            .say("similar-metres")
            .with("grid", grid)
            .with("metres", metres.div_ceil(10) * 10)
            .to_string(),
        Near::Building(building) => t
            .say("similar-building")
            .with("grid", grid)
            .with("n", building.0)
            .to_string(),
    }
}
