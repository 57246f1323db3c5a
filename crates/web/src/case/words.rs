//! Rows of a list in words: what, where, how it stands, by when, in whose hands.

use std::collections::HashMap;

use rules::case::Case;
use rules::ids::{CaseId, GridId};
use rules::privacy::free_text::redact_persons;
use store::case::Listed;

use super::clock::{Tag, clock, state_tag};
use crate::Door;
use crate::error::Failure;
use crate::locale::Clockwork;
use crate::workbench::Office;

/// One row.
pub struct Row {
    /// The number.
    pub number: String,
    /// Its part behind the community's code, which all of them share.
    pub short: String,
    /// The first words it was told in.
    pub what: String,
    /// The category's name; empty before filing.
    pub category: String,
    /// Where.
    pub grid: String,
    /// How it stands.
    pub state: Tag,
    /// By when.
    pub due: Option<Tag>,
    /// Who is responsible.
    pub owner: String,
    /// The department, where the task lies with one.
    pub department: String,
    /// When it came.
    pub received: String,
    /// How many told it.
    pub reports: u32,
}

/// The rows of a list.
pub async fn rows(door: &Door, office: &Office, listed: &[Listed]) -> Result<Vec<Row>, Failure> {
    let cases: Vec<CaseId> = listed.iter().map(|row| row.case.id).collect();
    let reader = door.house.store.reader();
    let words = reader
        .first_words(office.net.id, &cases)
        .await
        .map_err(work::Error::from)?;
    Ok(listed
        .iter()
        .map(|listed| row(office, listed, &words))
        .collect())
}

fn row(office: &Office, listed: &Listed, words: &HashMap<CaseId, String>) -> Row {
    let (t, net, case) = (office.page.t, &office.net, &listed.case);
    let department = listed.department.and_then(|id| net.department(id));
    Row {
        number: case.number.to_string(),
        short: behind(&case.number.to_string(), &net.code),
        what: words
            .get(&case.id)
            // words kept before numbers were starred at the door have them still
            .map(|words| short(&redact_persons(words)))
            .unwrap_or_default(),
        category: category(office, case),
        grid: place(office, case.grid),
        state: state_tag(t, case),
        due: clock(t, net, case, office.asker.now),
        owner: responsible(office, case).unwrap_or_default(),
        department: department.map(|one| one.name.clone()).unwrap_or_default(),
        received: minute(&t.stamp(case.times.received_at)),
        reports: case.reports,
    }
}

/// Who answers for a case; of an open one also who stands in while that one is away.
pub fn responsible(office: &Office, case: &Case) -> Option<String> {
    let owner = case.owner?;
    let said = office.name(owner);
    let open = case.state.kind().is_open();
    let deputy = office.net.stand_in(owner, office.asker.now);
    let Some((deputy, _)) = deputy.filter(|_| open) else {
        return Some(said);
    };
    let both = office.page.t.say("cases-owner-stands-in").with("who", said);
    Some(both.with("deputy", deputy.name.as_str()).to_string())
}

/// The name of a case's category, in the catalogue it was chosen from.
pub fn category(office: &Office, case: &Case) -> String {
    let net = &office.net;
    let catalogue = case
        .catalogue_version
        .and_then(|version| net.catalogue_version(version))
        .or(net.catalogue());
    let found = catalogue
        .zip(case.category.as_ref())
        .and_then(|(all, code)| all.category(code));
    found
        .map(|category| category.name.clone())
        .unwrap_or_default()
}

/// A grid with the one above it, as people name places.
pub fn place(office: &Office, grid: GridId) -> String {
    let way = office.net.way(grid);
    let mut names: Vec<&str> = way.iter().take(2).map(|grid| grid.name.as_str()).collect();
    if way.len() == 2 {
        names.truncate(1);
    }
    names.reverse();
    match names.as_slice() {
        [above, below] if below.starts_with(above) => (*below).to_owned(),
        _ => names.join(" "),
    }
}

/// The beginning of somebody's words.
pub fn short(words: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String = words.chars().take(LONGEST).collect();
    if words.chars().count() > LONGEST {
        short.push('…');
    }
    short
}

fn behind(number: &str, community: &str) -> String {
    let rest = number
        .strip_prefix(community)
        .and_then(|rest| rest.strip_prefix('-'));
    rest.unwrap_or(number).to_owned()
}

/// Month, day and time of a stamp; the year stands in the number.
fn minute(stamp: &str) -> String {
    stamp.get(5..16).unwrap_or(stamp).replace('T', " ")
}
