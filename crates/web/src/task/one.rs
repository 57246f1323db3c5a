//! One task on a phone: what, where, until when, and big buttons; each button that needs words has a page of its own.

use askama::Template;
use axum::extract::{Path, Query as UrlQuery, State};
use axum::response::{Html, IntoResponse, Redirect, Response};
use rules::case::{Case, CommandName, leads_rate};
use rules::ids::Number;
use rules::whistle::{Stage, Whistle};
use serde::Deserialize;
use store::coordination::Item;
use time::OffsetDateTime;
use work::case::{called, due_clocks, falls_to};

use super::owed::agreed;
use crate::Door;
use crate::case::{
    Call, ClockLine, Contact, Field, Notice, SENT, Shown, Step, Typed, call, clock_line,
    done_notice, due_tag, joined, load, step_of, steps,
};
use crate::error::Failure;
use crate::form::Fields;
use crate::layout::Page;
use crate::locale::Clockwork;
use crate::workbench::Office;

#[derive(Template)]
#[template(path = "task/task.html")]
struct TaskTemplate {
    page: Page,
    office: Office,
    shown: Shown,
    /// The whistle that calls a department here.
    whistled: Option<Call>,
    steps: Vec<Step>,
    /// Leads of this case that went to enforcement officers.
    leads: crate::referral::Leads,
    /// What supervision waits for.
    supervised: crate::supervision::Supervised,
    notice: Option<Notice>,
    /// What happens next.
    next: String,
    /// What is due next, and the result where that is due at another time; none while the case stands still.
    due: Vec<ClockLine>,
    kept: Option<String>,
}

#[derive(Template)]
#[template(path = "task/step.html")]
struct StepTemplate {
    page: Page,
    office: Office,
    shown: Shown,
    step: Step,
    notice: Option<Notice>,
}

/// The query of the page.
#[derive(Deserialize)]
pub struct After {
    done: Option<String>,
}

/// `GET /tasks/{number}`.
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    UrlQuery(after): UrlQuery<After>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    if let Some(case) = joined(&door, &office, &number).await? {
        return Ok(Redirect::to(&format!("/tasks/{case}")).into_response());
    }
    let notice = after.done.and_then(|done| done_notice(&office, &done));
    Ok(task(&door, office, &number, Typed::default(), notice)
        .await?
        .into_response())
}

/// The query of the page of one step.
#[derive(Deserialize)]
pub struct Meant {
    /// The thing agreed upon that it is about.
    item: Option<String>,
}

/// `GET /tasks/{number}/{command}`: the page of one step. One that cannot be taken now leads back to the task.
pub async fn form(
    State(door): State<Door>,
    Path((number, command)): Path<(String, String)>,
    UrlQuery(meant): UrlQuery<Meant>,
    office: Office,
) -> Result<Response, Failure> {
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let command: CommandName = command.parse().map_err(|_| Failure::NotFound)?;
    let case = work::case::page(&door.house, &office.asker, &number).await?;
    if !case.may.contains(&command) {
        return Ok(Redirect::to(&format!("/tasks/{number}")).into_response());
    }
    let item = meant
        .item
        .as_deref()
        .filter(|_| command == CommandName::Settle);
    let typed = Typed {
        command: item.map(|_| command),
        fields: Fields::of(item.map(|item| ("item", item))),
        ..Typed::default()
    };
    Ok(step(&door, office, &case, command, &typed, None)
        .await?
        .into_response())
}

/// The page again after something stood in the way.
pub async fn again(
    door: &Door,
    office: Office,
    number: &Number,
    command: CommandName,
    typed: Typed,
    notice: Option<Notice>,
) -> Result<Html<String>, Failure> {
    let case = work::case::page(&door.house, &office.asker, number).await?;
    if case.may.contains(&command) {
        step(door, office, &case, command, &typed, notice).await
    } else {
        task(door, office, number, typed, notice).await
    }
}

async fn step(
    door: &Door,
    mut office: Office,
    case: &work::case::CasePage,
    command: CommandName,
    typed: &Typed,
    notice: Option<Notice>,
) -> Result<Html<String>, Failure> {
    office.page.here = format!("/tasks/{}/{command}", case.case.number);
    office.page.keeps = typed.command.is_some().then_some(SENT);
    let shown = load(door, &office, case, None).await?;
    let step = step_of(&office, case, command, typed);
    let template = StepTemplate {
        page: office.page.clone(),
        shown,
        step,
        notice,
        office,
    };
    Ok(Html(template.render()?))
}

async fn task(
    door: &Door,
    mut office: Office,
    number: &Number,
    typed: Typed,
    notice: Option<Notice>,
) -> Result<Html<String>, Failure> {
    office.page.here = format!("/tasks/{number}");
    let case = work::case::page(&door.house, &office.asker, number).await?;
    let shown = load(door, &office, &case, None).await?;
    let kept = typed
        .fields
        .text("words")
        .filter(|_| typed.command.is_some())
        .map(str::to_owned);
    let template = TaskTemplate {
        page: office.page.clone(),
        steps: steps(&office, &case, &Typed::default()),
        whistled: call(&office, &case),
        leads: crate::referral::leads(door, &office, &case).await?,
        supervised: crate::supervision::supervised(door, &office, &case).await?,
        next: next(&office, &case),
        due: deadlines(&office, &case),
        notice,
        kept,
        shown,
        office,
    };
    Ok(Html(template.render()?))
}

/// What the rules foresee now.
fn next(office: &Office, case: &work::case::CasePage) -> String {
    let t = office.page.t;
    if let Some(item) = only_agreed(office, case) {
        let said = t.say("task-next-agreed");
        return said.with("what", agreed(office, item).1).to_string();
    }
    let step = match (called(&case.case, &case.may), case.case.state.whistle()) {
        (Some((step, _)), _) => step.as_str(),
        (None, Some(whistle)) => return waits_for_whistle(office, case, whistle),
        (None, None) if asked(&case.case).is_some() => "asked",
        (None, None) => case.case.state.name(),
    };
    t.text(format!("task-next-{step}"))
}

/// What was agreed for the reader to do or to see to, the nearest first, where that is all that they have to do with the case: what
/// comes next of its work is somebody else's.
fn only_agreed<'c>(office: &Office, case: &'c work::case::CasePage) -> Option<&'c Item> {
    let works = case
        .case
        .owner
        .is_some_and(|one| office.asker.actor.is(one));
    if works || called(&case.case, &case.may).is_some() {
        return None;
    }
    let mut items = case.items.iter();
    items.find(|item| item.settled.is_none() && falls_to(case, &office.asker.actor, item))
}

/// As long as a whistle runs no result is given: it waits for the departments, then for whoever rates how they responded.
fn waits_for_whistle(office: &Office, case: &work::case::CasePage, whistle: &Whistle) -> String {
    let t = office.page.t;
    if case.may.contains(&CommandName::RateResponse) {
        return t.text("task-next-rate_response");
    }
    let over = office.asker.now > whistle.report_by;
    let mut parts = whistle.parts.iter();
    let rest =
        parts.all(|part| part.stage() >= Stage::Finished || (over && part.stage() < Stage::OnSite));
    if !rest && whistle.called_off.is_none() {
        return t.text("task-next-whistled");
    }
    let (by, now) = (whistle.by, office.asker.now);
    let is_left = leads_rate(&case.case, &*office.net, now);
    if is_left && office.net.stand_in(by, now).is_none() {
        return t.text("task-next-unrated-lead");
    }
    let waits = t.say(match whistle.called_off {
        Some(_) => "task-next-unrated-off",
        None => "task-next-unrated",
    });
    waits.with("name", office.name(by)).to_string()
}

/// By when, each under its own name.
fn deadlines(office: &Office, case: &work::case::CasePage) -> Vec<ClockLine> {
    if let Some(item) = only_agreed(office, case) {
        let (t, now) = (office.page.t, office.asker.now);
        let (name, _) = agreed(office, item);
        return vec![ClockLine {
            what: t.text(format!("task-owed-{name}-by")),
            when: t.moment(item.due_at),
            tag: (now > item.due_at).then(|| due_tag(t, item.due_at, now)),
            why: Vec::new(),
        }];
    }
    due_clocks(&case.case, &case.may)
        .into_iter()
        .map(|(name, at)| clock_line(office, case, name, at))
        .collect()
}

/// Until when a question waits for the reporter.
fn asked(case: &Case) -> Option<OffsetDateTime> {
    case.state.waiting()?.runs_until()
}
