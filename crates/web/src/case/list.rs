//! The list of cases: filters in the address, pages that begin after a row, tabs of saved filters, and a way to take
//! exactly this list away as a file.

use askama::Template;
use axum::extract::{Query as UrlQuery, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Response};
use rules::access::{Action, Scope, may};
use rules::case::StateName;
use rules::grid::Level;

use super::field::{Choice, Group};
use super::notice::{Notice, done_notice};
use super::query::Query;
use super::saved::{Tab, tabs};
use super::words::{Row, rows};
use crate::Door;
use crate::error::Failure;
use crate::layout::Page;
use crate::locale::Clockwork;
use crate::workbench::Office;

/// Rows of a page.
const ROWS: u16 = 50;

#[derive(Template)]
#[template(path = "case/list.html")]
struct ListTemplate {
    page: Page,
    office: Office,
    query: Query,
    notice: Option<Notice>,
    tabs: Vec<Tab>,
    grids: Vec<Choice>,
    states: Vec<Choice>,
    categories: Vec<Group>,
    owners: Vec<Choice>,
    departments: Vec<Choice>,
    dues: Vec<Choice>,
    sorts: Vec<Choice>,
    rows: Vec<Row>,
    total: String,
    next: Option<String>,
    may_export: bool,
    may_enter: bool,
    /// What paper says in place of the form: what was asked for, how much of it is printed, and the day.
    paper: Vec<String>,
}

/// `GET /cases`.
pub async fn get(
    State(door): State<Door>,
    UrlQuery(pairs): UrlQuery<Vec<(String, String)>>,
    office: Office,
) -> Result<Response, Failure> {
    let done = pairs
        .iter()
        .find(|(name, _)| name == "done")
        .and_then(|(_, done)| done_notice(&office, done));
    let query = Query::of(pairs, &office);
    let faulty = query.faults.any();
    let (listed, total, next) = if faulty {
        (Vec::new(), 0, None)
    } else {
        found(&door, &office, &query).await?
    };
    let mut template = ListTemplate {
        tabs: tabs(&door, &office, &query).await?,
        grids: grids_and_other_schemes(&office, query.raw("grid")),
        states: states(&office, &query.states()),
        categories: categories(&office, query.raw("category")),
        owners: owners(&office, query.raw("owner")),
        departments: departments(&office, query.raw("department")),
        dues: named(
            &office,
            "cases-due",
            &["overdue", "today", "soon"],
            query.raw("due"),
        ),
        sorts: named(
            &office,
            "cases-sort",
            &["newest", "oldest", "due"],
            query.order(),
        ),
        rows: rows(&door, &office, &listed).await?,
        total: office
            .page
            .t
            .say("cases-total")
            .with("n", total)
            .to_string(),
        next: next.map(|mark| query.page_after(&mark)),
        may_export: office.may(Action::ExportCases),
        may_enter: office.may(Action::ReportFor),
        page: office.page.clone(),
        notice: done,
        paper: Vec::new(),
        query,
        office,
    };
    template.paper = template.on_paper(total);
    let status = if faulty {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    Ok((status, Html(template.render()?)).into_response())
}

impl ListTemplate {
    fn on_paper(&self, total: u64) -> Vec<String> {
        let t = self.page.t;
        let printed = u64::try_from(self.rows.len()).unwrap_or(u64::MAX);
        let key = match self.may_export {
            true => "common-printed",
            false => "common-printed-part",
        };
        let part = (printed < total && !self.query.faults.any())
            .then(|| t.say(key).with("n", printed).to_string());
        let today = self.office.net.calendar.local(self.office.asker.now).date();
        let made = t.say("common-made").with("day", t.day(today)).to_string();
        let lines = [self.asked(), part, Some(made)];
        lines.into_iter().flatten().collect()
    }

    /// What the list was asked for, each with the name of its field.
    fn asked(&self) -> Option<String> {
        let t = self.page.t;
        let categories: Vec<&Choice> = self
            .categories
            .iter()
            .flat_map(|one| &one.choices)
            .collect();
        let fields: [(&str, Vec<&Choice>); 7] = [
            ("cases-state", self.states.iter().collect()),
            ("cases-grid", self.grids.iter().collect()),
            ("cases-category", categories),
            ("cases-due", self.dues.iter().collect()),
            ("cases-owner", self.owners.iter().collect()),
            ("cases-department", self.departments.iter().collect()),
            ("cases-sort", self.sorts.iter().collect()),
        ];
        let chosen = fields.into_iter().filter_map(|(key, choices)| {
            let choice = choices.into_iter().find(|choice| choice.chosen)?;
            Some((key, choice.label.trim()))
        });
        let typed = [
            ("cases-from", "from"),
            ("cases-to", "to"),
            ("cases-number", "q"),
        ];
        let typed = typed.map(|(key, name)| (key, self.query.raw(name)));
        let typed = typed.into_iter().filter(|(_, value)| !value.is_empty());
        let said = chosen
            .chain(typed)
            .map(|(key, value)| format!("{} {value}", t.text(key)));
        let said: Vec<String> = said.chain(self.marks()).collect();
        (!said.is_empty()).then(|| said.join(" · "))
    }

    /// What the tiles of the workbench ask for and no field of the form, in their words.
    fn marks(&self) -> impl Iterator<Item = String> {
        let (t, filter) = (self.page.t, &self.query.filter);
        let marks = [
            (filter.queued == Some(true), "workbench-queued"),
            (filter.visit == Some(true), "workbench-visit"),
            (filter.visit == Some(false), "workbench-close"),
            (filter.reopened, "workbench-reopened"),
            (filter.bounds.is_some(), "cases-box"),
        ];
        let asked = marks.into_iter().filter(|(is_asked, _)| *is_asked);
        asked.map(move |(_, key)| t.text(key))
    }
}

type Found = (Vec<store::case::Listed>, u64, Option<String>);

async fn found(door: &Door, office: &Office, query: &Query) -> Result<Found, Failure> {
    let reader = door.house.store.reader();
    let after = query.after.as_deref();
    let list = reader.cases(
        &office.asker.scope,
        office.net.id,
        &query.filter,
        query.sort,
        ROWS,
        after,
    );
    let list = list.await.map_err(work::Error::from)?;
    Ok((list.rows, list.total, list.next))
}

/// The governance grids within sight, indented by level.
pub fn grids(office: &Office, chosen: &str) -> Vec<Choice> {
    let net = &office.net;
    let seen = match &office.asker.scope {
        scope @ Scope::GridSubtree { .. } => Some(net.subtrees(&scope.grids())),
        _ => None,
    };
    let within = net.grids().filter(|grid| grid.scheme.is_governance());
    let mut within: Vec<_> = within
        .filter(|grid| seen.as_ref().is_none_or(|seen| seen.contains(&grid.id)))
        .collect();
    within.sort_by(|a, b| a.code.as_str().cmp(b.code.as_str()));
    let indent = |level: Level| match level {
        Level::Community => "",
        Level::General | Level::Dedicated => "　",
        Level::Micro => "　　",
    };
    let choice = |grid: &rules::grid::Grid| {
        Choice::new(
            grid.code.as_str(),
            format!("{}{}", indent(grid.level), grid.name),
        )
        .chosen(grid.code.as_str() == chosen)
    };
    within.into_iter().map(choice).collect()
}

/// The grids a list can be asked for: for whoever sees the whole community those of other schemes that its grids fit into as
/// well.
fn grids_and_other_schemes(office: &Office, chosen: &str) -> Vec<Choice> {
    let mut choices = grids(office, chosen);
    if !matches!(office.asker.scope, Scope::GridSubtree { .. }) {
        let net = &office.net;
        let other = net.grids().filter(|grid| !grid.scheme.is_governance());
        let fitting = other.filter(|grid| net.counted_in(grid.id).is_some());
        choices.extend(fitting.map(|grid| {
            let code = grid.code.as_str();
            Choice::new(code, grid.name.clone()).chosen(code == chosen)
        }));
    }
    choices
}

fn states(office: &Office, chosen: &str) -> Vec<Choice> {
    let t = office.page.t;
    let mut states = vec![Choice::new("open", t.text("cases-open")).chosen(chosen == "open")];
    let several = chosen.split_once(' ').is_some();
    if several {
        let words: Vec<String> = chosen
            .split(' ')
            .map(|state| t.text(format!("case-state-{state}")))
            .collect();
        states.push(Choice::new(chosen, words.join(" + ")).chosen(true));
    }
    let all = StateName::ALL.iter().map(|state| state.as_str());
    states.extend(all.map(|state| {
        Choice::new(state, t.text(format!("case-state-{state}"))).chosen(chosen == state)
    }));
    states
}

/// Classes first within each group, then their categories.
pub fn categories(office: &Office, chosen: &str) -> Vec<Group> {
    let Some(catalogue) = office.net.catalogue() else {
        return Vec::new();
    };
    let group = |(code, name): (&rules::ids::CategoryCode, &str)| {
        let whole = Choice::new(
            code.as_str(),
            office
                .page
                .t
                .say("cases-class-all")
                .with("name", name)
                .to_string(),
        );
        let within = catalogue
            .categories
            .values()
            .filter(|one| one.class_code == *code);
        let choices = std::iter::once(whole)
            .chain(within.map(|one| Choice::new(one.code.as_str(), one.name.as_str())));
        let choices = choices.map(|choice| {
            let here = choice.value == chosen;
            choice.chosen(here)
        });
        Group {
            label: name.to_owned(),
            choices: choices.collect(),
        }
    };
    catalogue.classes().into_iter().map(group).collect()
}

fn owners(office: &Office, chosen: &str) -> Vec<Choice> {
    let net = &office.net;
    let mut owners =
        vec![Choice::new("me", office.page.t.text("cases-owner-me")).chosen(chosen == "me")];
    let handling = net
        .posts()
        .iter()
        .filter(|post| may(post.role, Action::Handle));
    let members = handling.filter_map(|post| {
        let member = net.member(post.member)?;
        Some(Choice::new(
            member.code.clone()?,
            format!("{} · {}", member.name, post.title),
        ))
    });
    owners.extend(members.map(|choice| {
        let here = choice.value == chosen;
        choice.chosen(here)
    }));
    owners
}

fn departments(office: &Office, chosen: &str) -> Vec<Choice> {
    office
        .net
        .departments()
        .map(|one| Choice::new(&one.code, &one.name).chosen(one.code == chosen))
        .collect()
}

fn named(office: &Office, key: &str, values: &[&str], chosen: &str) -> Vec<Choice> {
    let choice = |value: &&str| {
        Choice::new(*value, office.page.t.text(format!("{key}-{value}"))).chosen(*value == chosen)
    };
    values.iter().map(choice).collect()
}
