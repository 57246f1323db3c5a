//! The case file as paper: facts, what was told, why the deadline is when it is, photos before and after, every step with
//! the person and the time, and whoever else was called.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use rules::access::Action;
use rules::case::{ClockName, Deadline};
use rules::deadline::Basis;
use rules::ids::Number;
use store::whistle::PartRow;
use time::{Duration, OffsetDateTime};
use work::case::{CasePage, RoundEnd};
use work::case_file::{Exhibit, Shows, exhibits};
use work::referral::{Whole, whole_of_case};

use crate::Door;
use crate::case::{Line, Panels, Shown, clock_name, explained, load, panels, reckoned, trail};
use crate::error::Failure;
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::referral::LeadFile;
use crate::workbench::Office;

/// What the paper says, on the page and in the zip.
pub(super) struct Paper {
    pub shown: Shown,
    pub panels: Panels,
    pub deadlines: Vec<DeadlineLine>,
    pub trail: Vec<Line>,
    /// Leads of the case that went to enforcement officers, each with its own steps.
    pub leads: Vec<LeadFile>,
    pub before: Vec<Picture>,
    pub after: Vec<Picture>,
    /// What results showed that were refused later.
    pub refused: Vec<Picture>,
    pub sounds: Vec<Picture>,
    /// Who made it, and when.
    pub made: String,
}

/// A deadline on paper.
pub(super) struct DeadlineLine {
    /// Which, and when it is or was due.
    pub what: String,
    /// Whether it was met, and when.
    pub how: String,
    /// Why it is when it is.
    pub why: Vec<String>,
}

/// A photo or sound note on paper.
pub(super) struct Picture {
    pub href: String,
    pub label: String,
    /// Who brought it and when; of a result also in which round, with its entry in the journal, and why it was refused.
    pub brought: String,
}

#[derive(Template)]
#[template(path = "case_file/case_file.html")]
struct CaseFileTemplate {
    page: Page,
    office: Office,
    paper: Paper,
}

/// `GET /cases/{number}/case-file`.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let case = work::case_file::open(&door.house, &office.asker, &number).await?;
    let leads = whole(&door, &office, &case).await?;
    let href = |one: &Exhibit| format!("/cases/{number}/attachments/{}", one.attachment.id);
    layout::show(&CaseFileTemplate {
        paper: paper(&door, &office, (&case, &leads), href).await?,
        page: office.page.clone(),
        office,
    })
}

/// The leads of the case with all their steps, for whoever reads leads; of what nobody else reads, the case file says no more than
/// the page of the case.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(super) async fn whole(
    door: &Door,
    office: &Office,
    case: &CasePage,
) -> Result<Vec<Whole>, Failure> {
    if !office.may(Action::ReadReferral) {
        return Ok(Vec::new());
    }
    Ok(whole_of_case(&door.house, case).await?)
}

/// Writes it; `href` says where an exhibit lies.
///
/// # Errors
/// `Unavailable` if the store fails.
pub(super) async fn paper(
    door: &Door,
    office: &Office,
    (case, leads): (&CasePage, &[Whole]),
    href: impl Fn(&Exhibit) -> String,
) -> Result<Paper, Failure> {
    let t = office.page.t;
    let supervised = crate::supervision::supervised(door, office, case).await?;
    let exhibits = exhibits(case);
    let named = |key: &str, wanted: Shows| -> Vec<Picture> {
        let picture = |one: &Exhibit| Picture {
            href: href(one),
            label: label(t, key, one),
            brought: brought(office, one),
        };
        exhibits
            .iter()
            .filter(|one| one.shows == wanted)
            .map(picture)
            .collect()
    };
    let by = office.asker.member().map(|member| office.name(member));
    Ok(Paper {
        shown: load(door, office, case, None).await?,
        panels: panels(office, case),
        deadlines: deadlines(office, case),
        trail: trail(office, case, &supervised),
        leads: leads.iter().map(|one| LeadFile::of(office, one)).collect(),
        before: named("case-file-before", Shows::Before),
        after: named("case-file-after", Shows::After),
        refused: named("case-file-refused", Shows::Refused),
        sounds: named("case-file-sound", Shows::Sound),
        made: t
            .say("case-file-made")
            .with("at", t.moment(office.asker.now))
            .with("name", by.unwrap_or_default())
            .to_string(),
    })
}

/// What stands under a photo: which one, and of which merged case.
fn label(t: Text, key: &str, one: &Exhibit) -> String {
    let label = t.say(key).with("n", one.n).to_string();
    match &one.of {
        Some(number) => t.aside(&label, &number.to_string()),
        None => label,
    }
}

/// Who brought a photo or sound note and when, and what the result came to that it belongs to.
fn brought(office: &Office, one: &Exhibit) -> String {
    let t = office.page.t;
    let who = one.by.map(|by| office.name(by));
    let who = who.filter(|name| !name.is_empty());
    let key = match (one.round, one.by) {
        (Some(_), _) => "case-file-brought-result",
        (None, Some(_)) => "case-file-brought-written",
        (None, None) => "case-file-brought",
    };
    let mut said = t
        .say(key)
        .with("at", t.moment(one.attachment.at))
        .with("name", who.unwrap_or_default());
    if let Some(round) = one.round {
        said = said.with("n", round.n).with("record", round.seq);
    }
    let said = said.to_string();
    match one.round.map(|round| round.end) {
        None | Some(RoundEnd::Stands) => said,
        Some(end) => t.aside(&said, &t.text(format!("case-file-became-{}", end.as_str()))),
    }
}

/// Every deadline of the case with whether it was met, and its reasons: those of the case in each of its rounds, each taking of the
/// task, each return visit, and what departments that were called had.
fn deadlines(office: &Office, case: &CasePage) -> Vec<DeadlineLine> {
    let t = office.page.t;
    let rounds = case.past_rounds();
    let present = Some(case.present_round()).filter(|_| !rounds.is_empty());
    let earlier = rounds.into_iter().map(|one| {
        let (name, why) = (one.deadline.name, t.text("case-file-past-round"));
        let what = in_round(t, clock_name(t, &case.case, name), Some(one.round));
        deadline(office, (what, vec![why]), one.deadline)
    });
    let own = case.case.deadlines().into_iter().map(|one| {
        let why = explained(t, case, one.name, one.due);
        let again = matches!(one.name, ClockName::Handle | ClockName::Whole);
        let what = clock_name(t, &case.case, one.name);
        let what = in_round(t, what, present.filter(|_| again));
        deadline(office, (what, why), one)
    });
    let takings = case.takings();
    let several = takings.iter().any(|taking| taking.round > 1);
    let taken = takings.into_iter().map(|taking| {
        let (name, due, met) = (ClockName::Answer, taking.due, Some(taking.met));
        let round = Some(taking.round).filter(|_| several);
        past(
            office,
            case,
            (&taking.basis, round),
            Deadline { name, due, met },
        )
    });
    let visits = case.visits();
    let several = visits.iter().any(|visit| visit.round > 1);
    let visited = visits.into_iter().map(|visit| {
        let (name, due, met) = (ClockName::Visit, visit.due, visit.met);
        let round = Some(visit.round).filter(|_| several);
        past(
            office,
            case,
            (&visit.basis, round),
            Deadline { name, due, met },
        )
    });
    let called = case
        .whistles
        .iter()
        .flat_map(|row| called(office, case, row));
    let all = earlier.chain(own).chain(taken);
    all.chain(visited).chain(called).collect()
}

/// A deadline that is kept nowhere any more, reckoned anew; with its round where there were several.
fn past(
    office: &Office,
    case: &CasePage,
    (basis, round): (&Basis, Option<u16>),
    one: Deadline,
) -> DeadlineLine {
    let t = office.page.t;
    let mut why = reckoned(t, case, basis, one.due);
    why.push(t.text(match one.name {
        ClockName::Visit => "case-file-reckoned-visit",
        _ => "case-file-reckoned",
    }));
    let clock = t.text(format!("cases-clock-{}", one.name.as_str()));
    deadline(office, (in_round(t, clock, round), why), one)
}

/// What a deadline is called, with its round where there were several.
fn in_round(t: Text, what: String, round: Option<u16>) -> String {
    let Some(round) = round else {
        return what;
    };
    let said = t.say("case-file-round").with("what", what);
    said.with("n", round).to_string()
}

fn deadline(office: &Office, (what, why): (String, Vec<String>), one: Deadline) -> DeadlineLine {
    let t = office.page.t;
    // both are told to the minute, which may be the same one
    let little = |met: OffsetDateTime| met - one.due < Duration::MINUTE;
    let key = match (one.met, one.is_late(office.asker.now)) {
        (Some(_), false) => "case-file-met",
        (Some(met), true) if little(met) => "case-file-met-little-late",
        (Some(_), true) => "case-file-met-late",
        (None, true) => "case-file-missed",
        (None, false) => "case-file-runs",
    };
    let how = t.say(key).with("at", t.moment(one.met.unwrap_or(one.due)));
    let what = t.say("case-file-deadline").with("what", what);
    DeadlineLine {
        what: what.with("at", t.moment(one.due)).to_string(),
        how: how.to_string(),
        why,
    }
}

/// By when a department that was called had to say that it has heard, and to be on the spot.
fn called(office: &Office, case: &CasePage, row: &PartRow) -> Vec<DeadlineLine> {
    let t = office.page.t;
    let department = case.net.department(row.department);
    let who = department.map(|one| one.name.as_str()).unwrap_or_default();
    // who came at once has heard
    let heard = row.acknowledged_at.or(row.reported_in_at);
    let line = |hears: bool, due, met: Option<OffsetDateTime>| {
        let key = if hears {
            "case-file-hear"
        } else {
            "case-file-report-in"
        };
        let what = t.say(key).with("who", who).to_string();
        let why = reckoned(t, case, &case.called(row, hears), due);
        let name = ClockName::ReportIn;
        let line = deadline(office, (what, why), Deadline { name, due, met });
        match (met, row.ended_at.or(case.called_off(row))) {
            (None, Some(_)) => DeadlineLine {
                how: t.text("case-file-not-met"),
                ..line
            },
            _ => line,
        }
    };
    let hear = row.hear_by.map(|due| line(true, due, heard));
    let there = line(false, row.report_by, row.reported_in_at);
    hear.into_iter().chain([there]).collect()
}
