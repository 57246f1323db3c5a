//! One sheet: its rows checked as the net stands now, what has to be changed, a table to type into, a box to paste into,
//! and the one key.

use std::collections::{BTreeMap, HashMap};

use askama::Template;
use axum::extract::{Path, Query as UrlQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rules::access::Action;
use rules::privacy::{free_text, mask};
use rules::sheet::Column;
use store::report::Report;
use uuid::Uuid;
use work::report::MaskedContact;
use work::sheet::{Become, Checked, LeftOut, Looked, Totals, became_of, look};

use super::list::title;
use super::words::{Said, faults, of_cell};
use crate::Door;
use crate::case::one_time_key;
use crate::error::Failure;
use crate::layout::Page;
use crate::workbench::Office;

/// Rows of a page.
const ROWS: usize = 50;
/// Empty rows to type into.
const EMPTY: usize = 5;
/// The most faults that are listed above the table; the rest stand in their rows.
const LISTED: usize = 100;

#[derive(Template)]
#[template(path = "sheet/sheet.html")]
pub(super) struct SheetTemplate {
    page: Page,
    office: Office,
    id: Uuid,
    title: String,
    totals: Totals,
    notice: Option<String>,
    problems: Vec<(i64, String)>,
    more_problems: usize,
    /// Drafts of which nobody knows where they are, and what was typed as the place of all of them.
    nowhere: usize,
    place: String,
    /// The place that most drafts share, how many these are, and what was typed to stand there instead.
    shared: Option<(String, usize)>,
    instead: String,
    lines: Vec<Line>,
    pages: Vec<(usize, bool)>,
    only_faulty: bool,
    may_send: bool,
    may_drop: bool,
    key: String,
    typed: Vec<[String; 5]>,
    pasted: String,
    file_problems: Vec<String>,
    /// Lines of a pasted chat that became no row, by their number.
    left_out: Vec<(usize, String)>,
    categories: Vec<String>,
    grids: Vec<(String, String)>,
}

/// A row as shown.
struct Line {
    n: i64,
    place: String,
    grid: String,
    words: String,
    contact: String,
    category: String,
    to: String,
    number: String,
    /// Whether it turned out to be a complaint: it is looked into elsewhere.
    elsewhere: bool,
    is_good: bool,
    /// The version, where only whoever wrote it reads it and is gone or away: it can be passed on unread.
    sealed: Option<i64>,
    /// Who wrote it, where they alone read it and are there.
    left_to: Option<String>,
    /// The version, where it can be made a complaint.
    complains: Option<i64>,
    cells: [Vec<Said>; 5],
}

/// What somebody typed that could not be kept or was left out, and why.
#[derive(Default)]
pub(super) struct Typed {
    pub rows: Vec<[String; 5]>,
    pub pasted: String,
    pub problems: Vec<String>,
    pub left_out: Vec<LeftOut>,
    /// The place of all rows that have none, or that have the place `instead`.
    pub place: String,
    pub instead: String,
}

/// `GET /sheets/{id}`.
pub async fn get(
    State(door): State<Door>,
    Path(id): Path<Uuid>,
    UrlQuery(pairs): UrlQuery<Vec<(String, String)>>,
    office: Office,
) -> Result<Response, Failure> {
    let template = template(&door, office, id, &pairs, Typed::default()).await?;
    Ok(Html(template.render()?).into_response())
}

/// The same page again, with what was said of what was typed or sent.
pub(super) async fn again(
    door: &Door,
    office: Office,
    id: Uuid,
    typed: Typed,
    status: StatusCode,
) -> Result<Response, Failure> {
    let template = template(door, office, id, &[], typed).await?;
    Ok((status, Html(template.render()?)).into_response())
}

async fn template(
    door: &Door,
    office: Office,
    id: Uuid,
    pairs: &[(String, String)],
    typed: Typed,
) -> Result<SheetTemplate, Failure> {
    let asked = |name: &str| {
        let found = pairs.iter().find(|(field, _)| field == name);
        found.map(|(_, value)| value.as_str())
    };
    let looked = look(&door.house, &office.asker, id).await?;
    let reader = door.house.store.reader();
    let reports = reader
        .sheet_reports(office.net.id, id)
        .await
        .map_err(work::Error::from)?;
    let only_faulty = asked("show") == Some("faulty");
    let shown: Vec<&Checked> = looked
        .rows
        .iter()
        .filter(|row| !only_faulty || !row.faults.is_empty())
        .collect();
    let count = shown.len().div_ceil(ROWS).max(1);
    let at = asked("page").and_then(|page| page.parse().ok());
    let at = at.unwrap_or(1).clamp(1, count);
    let lines: Vec<&&Checked> = shown.iter().skip((at - 1) * ROWS).take(ROWS).collect();
    let became = became(door, &office, &lines, &reports).await?;
    let lines = lines.iter().map(|row| line(&office, row, &became));
    let lines = lines.collect();
    let (problems, more_problems) = problems(&office, &looked);
    let (place, instead) = match typed.instead.as_str() {
        "" => (typed.place, String::new()),
        _ => (String::new(), typed.place),
    };
    Ok(SheetTemplate {
        page: office.page.clone(),
        id,
        title: title(&office, &looked.sheet),
        totals: looked.totals(),
        notice: notice(&office, asked),
        problems,
        more_problems,
        nowhere: looked.rows.iter().filter(|row| row.is_nowhere()).count(),
        place,
        shared: shared(&looked.rows),
        instead,
        lines,
        pages: (1..=count).map(|page| (page, page == at)).collect(),
        only_faulty,
        may_send: office.may(Action::SendSheet),
        may_drop: looked.sheet.sent == 0,
        key: one_time_key(door),
        typed: blank(typed.rows),
        pasted: typed.pasted,
        file_problems: typed.problems,
        left_out: readable(&typed.left_out),
        categories: categories(&office),
        grids: grids(&office),
        office,
    })
}

/// The place that most drafts share, if several do: whoever filled it into all of them may think again until they are sent.
fn shared(rows: &[Checked]) -> Option<(String, usize)> {
    let mut of: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.report.is_none()) {
        *of.entry(row.row.place.as_str()).or_default() += 1;
    }
    let several = of
        .into_iter()
        .filter(|(place, n)| !place.is_empty() && *n > 1);
    // one with a personal number in it is changed row by row: here it would stand in clear
    let clear = several.filter(|(place, _)| free_text::find(place).is_empty());
    let most = clear.max_by_key(|(_, n)| *n);
    most.map(|(place, n)| (place.to_owned(), n))
}

/// As everything that people wrote is shown: without personal numbers.
fn readable(left_out: &[LeftOut]) -> Vec<(usize, String)> {
    let one = |line: &LeftOut| (line.line, free_text::redact(&line.text));
    left_out.iter().map(one).collect()
}

fn blank(mut typed: Vec<[String; 5]>) -> Vec<[String; 5]> {
    while typed.len() < EMPTY {
        typed.push(Default::default());
    }
    typed
}

fn problems(office: &Office, looked: &Looked) -> (Vec<(i64, String)>, usize) {
    let mut all = faults(office.page.t, &looked.rows);
    let more = all.len().saturating_sub(LISTED);
    all.truncate(LISTED);
    (all, more)
}

fn notice<'a>(office: &Office, asked: impl Fn(&str) -> Option<&'a str>) -> Option<String> {
    let number = |name: &str| asked(name).and_then(|n| n.parse::<u32>().ok());
    let t = office.page.t;
    if let Some(n) = number("kept") {
        return Some(t.say("sheet-kept").with("n", n).to_string());
    }
    if let Some(n) = number("placed") {
        return Some(t.say("sheet-placed").with("n", n).to_string());
    }
    if let Some(n) = number("unread") {
        return Some(t.say("sheet-passed-on").with("row", n).to_string());
    }
    let mut said = t
        .say("sheet-sent-now")
        .with("n", number("sent")?)
        .to_string();
    if let Some(n) = number("waiting").filter(|n| *n > 0) {
        said += &t.say("sheet-sent-waiting").with("n", n).to_string();
    }
    if let Some(n) = number("passed").filter(|n| *n > 0) {
        said += &t.say("sheet-passed-over").with("n", n).to_string();
    }
    Some(said)
}

/// The rows that were sent, each with its report and what became of it.
async fn became(
    door: &Door,
    office: &Office,
    lines: &[&&Checked],
    reports: &[(i64, Report)],
) -> Result<HashMap<i64, (Report, Become)>, Failure> {
    let here = |n: &i64| lines.iter().any(|row| row.n == *n);
    let here: Vec<&(i64, Report)> = reports.iter().filter(|(n, _)| here(n)).collect();
    let ids = here.iter().map(|(_, report)| (report.id, report.case));
    let mut became = became_of(&door.house, office.net.id, ids.collect()).await?;
    let one = |(n, report): &&(i64, Report)| {
        let became = became.remove(&report.id)?;
        Some((*n, (report.clone(), became)))
    };
    Ok(here.iter().filter_map(one).collect())
}

fn line(office: &Office, row: &Checked, became: &HashMap<i64, (Report, Become)>) -> Line {
    let t = office.page.t;
    let sent = became.get(&row.n);
    let elsewhere = sent.is_some_and(|(_, became)| became.elsewhere);
    let grid = sent
        .map(|(report, _)| report.grid)
        .or_else(|| row.grid())
        .and_then(|grid| office.net.grid(grid));
    let words = sent.map_or(row.row.words.as_str(), |(report, _)| &report.words);
    let place = sent.map_or(row.row.place.as_str(), |(report, _)| &report.place_note);
    let category = match (&row.category, sent) {
        (_, Some((report, _))) => report.category.clone(),
        (Some(code), None) => Some(code.as_str().to_owned()),
        (None, None) => Some(row.row.category.clone()),
    };
    Line {
        n: row.n,
        place: free_text::redact(place),
        grid: grid.map(|grid| grid.name.clone()).unwrap_or_default(),
        words: match elsewhere {
            true => t.text("complaint-instead"),
            false => free_text::redact(words),
        },
        contact: match sent {
            Some((_, became)) => became.contact.as_ref().map(left).unwrap_or_default(),
            None => masked(row),
        },
        category: category
            .map(|code| named(office, &code))
            .unwrap_or_default(),
        to: sent
            .map_or(row.to, |(_, became)| became.owner)
            .map(|to| office.name(to))
            .unwrap_or_default(),
        number: sent
            .filter(|_| !elsewhere)
            .map(|(report, _)| report.number.to_string())
            .unwrap_or_default(),
        elsewhere,
        is_good: row.is_good(),
        sealed: (row.sealed && row.left_to.is_none()).then_some(row.version),
        left_to: row.left_to.map(|writer| office.name(writer)),
        complains: row.is_of_a_worker().then_some(row.version),
        cells: Column::ALL.map(|column| of_cell(t, row, column)),
    }
}

/// What the reporter of a row that was sent left, as nobody can be called by.
fn left(contact: &MaskedContact) -> String {
    let both = [contact.name.as_deref(), contact.phone.as_deref()];
    both.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// Name and phone as nobody can be called by.
pub(super) fn masked(row: &Checked) -> String {
    let name = row.row.name.as_ref().map(|name| mask::name(name.reveal()));
    let phone = row.row.phone.as_ref();
    let phone = phone.map(|phone| mask::phone(phone.reveal()));
    let both: Vec<String> = [name, phone].into_iter().flatten().collect();
    both.join(" ")
}

/// A category's name beside what was typed.
fn named(office: &Office, code: &str) -> String {
    let known = code.parse().ok().and_then(|code| {
        let catalogue = office.net.catalogue()?;
        catalogue.category(&code).map(|one| one.name.clone())
    });
    known.unwrap_or_else(|| code.to_owned())
}

/// Names to choose from while typing.
pub(super) fn categories(office: &Office) -> Vec<String> {
    let catalogue = office.net.catalogue();
    let all = catalogue.map(|all| all.categories.values());
    all.into_iter()
        .flatten()
        .map(|one| one.name.clone())
        .collect()
}

/// Codes without the community's part, and names, to choose from while typing.
pub(super) fn grids(office: &Office) -> Vec<(String, String)> {
    let front = format!("{}-", office.net.code);
    let within = office
        .net
        .grids()
        .filter(|grid| grid.scheme.is_governance());
    within
        .filter_map(|grid| {
            let short = grid.code.as_str().strip_prefix(&front)?;
            Some((short.to_owned(), grid.name.clone()))
        })
        .collect()
}
