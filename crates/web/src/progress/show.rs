//! The timeline of a report with the next date, what its reporter may do now, and who looked at the contact data.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Redirect, Response};
use rules::case::{Case, CommandName, Deed, State as CaseState, StateName};
use rules::ids::{CommunityId, MemberId, ReportId};
use store::report::Report;
use time::OffsetDateTime;
use uuid::Uuid;
use work::case::{CasePage, Happened, is_first, is_own_joining, made_report, progress};
use work::net::CommunityNet;
use work::report::Opened;

use super::danger::still_danger;
use super::dates::{Dated, dates, first_answer};
use super::files::{photos, result_photos, sounds};
use super::owner::Responsible;
use super::shared::Shared;
use super::shown;
use super::words::step_words;
use crate::Door;
use crate::case::Notice;
use crate::error::Failure;
use crate::form::Faults;
use crate::layout::{self, Page};
use crate::locale::{Clockwork, Text};
use crate::wording::said;

#[derive(Template)]
#[template(path = "progress/page.html")]
pub(super) struct Timeline {
    pub page: Page,
    pub number: String,
    pub version: i64,
    pub state: StateName,
    /// Said where the report joined, or was merged into, a case that others told.
    pub note: Option<String>,
    pub words: String,
    pub place: String,
    pub apart: Option<super::apart::Apart>,
    pub entries: Vec<Entry>,
    /// What is due, the nearest first.
    pub dates: Vec<Dated>,
    /// Whom to call first, where the words tell of danger and the case is not over.
    pub danger: Vec<String>,
    pub provisional: bool,
    pub reopen_until: Option<OffsetDateTime>,
    pub owner: Option<Responsible>,
    pub may: Vec<CommandName>,
    pub question: Option<Question>,
    /// The words of the last question, where nobody waits for the answer any more.
    pub question_over: Option<String>,
    /// Whether it was merged: then asking for it again says that it is another matter.
    pub merged: bool,
    /// Where it was merged: what may be done about the case that goes on.
    pub shared: Option<Shared>,
    /// Photos of one's own report.
    pub photos: Vec<Uuid>,
    /// Photos of what was done.
    pub result_photos: Vec<Uuid>,
    /// Sound notes of one's own report.
    pub sounds: Vec<Uuid>,
    /// Who looked at the contact; none where none was left, so that nothing is said of what is not there.
    pub looks: Option<Vec<(OffsetDateTime, String)>>,
    /// Whether text messages are off; none where none would be sent.
    pub quiet: Option<bool>,
    /// The code of the grid whose page takes complaints.
    pub complain_at: String,
    pub faults: Faults,
    pub typed: Typed,
}

/// What was typed into a form of this page that has to be shown again.
#[derive(Default)]
pub(super) struct Typed {
    pub step: String,
    pub words: String,
    pub rating: String,
    pub solved: String,
    pub about_worker: String,
    pub matter: String,
    /// What stood in the way, where it was no fault of the form.
    pub notice: Option<Notice>,
}

/// One line of the timeline.
pub(super) struct Entry {
    pub at: OffsetDateTime,
    pub what: String,
    pub by: Option<String>,
    pub words: Vec<String>,
}

/// `GET /progress/{number}`.
pub async fn get(
    State(door): State<Door>,
    page: Page,
    headers: HeaderMap,
    Path(number): Path<String>,
) -> Result<Response, Failure> {
    let Some(opened) = shown(&door, &headers, &number).await? else {
        let to = if crate::complaint::holds(&door, &headers, &number).await? {
            format!("/complaint/{number}")
        } else {
            format!("/progress?number={number}")
        };
        return Ok(Redirect::to(&to).into_response());
    };
    layout::show(&timeline(&door, page, &opened, Faults::default(), Typed::default()).await?)
}

/// The page of an opened report.
pub(super) async fn timeline(
    door: &Door,
    mut page: Page,
    opened: &Opened,
    faults: Faults,
    typed: Typed,
) -> Result<Timeline, Failure> {
    let found = progress(&door.house, &opened.asker, &opened.report).await?;
    page.belongs_to(&found.net);
    let report = &opened.report;
    let looks = looks(door, &page, found.net.id, report.id).await?;
    // where it was merged, the case that goes on is what the reporter wants to know
    let case = found.goes_on.as_ref().map_or(&found.case, |on| &on.case);
    let (times, now) = (&case.times, door.house.clock.now());
    let grid = found.net.grid(report.grid);
    let complain_at = grid.map(|grid| grid.code.as_str().to_owned());
    let grid = grid.map(|grid| grid.name.clone()).unwrap_or_default();
    Ok(Timeline {
        number: report.number.to_string(),
        version: found.case.version,
        state: case.state.kind(),
        note: note(&page, &found, report),
        words: report.words.clone(),
        place: [grid.as_str(), &report.place_note]
            .join(" ")
            .trim()
            .to_owned(),
        apart: super::apart::of(door, found.net.id, report).await?,
        entries: entries(&page, &found, report),
        dates: dates(case, first_answer(case, report), now),
        danger: still_danger(&found.net, case, report),
        provisional: times.due_provisional,
        reopen_until: reopen_until(&found.case.state),
        owner: Responsible::of(&page, &found.net, case, now),
        may: found.may.clone(),
        question: question(page.t, &found),
        question_over: question_over(&found, report),
        merged: found.goes_on.is_some(),
        shared: found.goes_on.as_ref().map(Shared::of),
        photos: photos(&found, report.id),
        result_photos: result_photos(&found),
        sounds: sounds(&found, report.id),
        looks,
        quiet: work::outbox::is_quiet(&door.house, found.net.id, report.id).await?,
        complain_at: complain_at.unwrap_or_default(),
        faults,
        typed,
        page,
    })
}

/// When somebody looked at the contact of a report, and in which role; none where there is no contact and never was a look.
async fn looks(
    door: &Door,
    page: &Page,
    community: CommunityId,
    report: ReportId,
) -> Result<Option<Vec<(OffsetDateTime, String)>>, Failure> {
    let reader = door.house.store.reader();
    let contact = reader.contact(community, report).await;
    let looks = reader.accesses(community, report).await;
    let is_left = contact
        .map_err(work::Error::from)?
        .is_some_and(|contact| contact.name.is_some() || contact.phone.is_some());
    let looks = looks.map_err(work::Error::from)?.into_iter();
    let looks: Vec<(OffsetDateTime, String)> = looks
        .map(|(at, role, _)| (at, page.t.text(format!("role-{role}"))))
        .collect();
    Ok((is_left || !looks.is_empty()).then_some(looks))
}

fn note(page: &Page, found: &CasePage, report: &Report) -> Option<String> {
    let open = |case: &Case| case.state.kind().is_open();
    let key = match &found.goes_on {
        Some(on) if waits(&on.case) => "similar-goes-on-waiting",
        Some(on) if open(&on.case) => "similar-goes-on",
        None if is_first(report, &found.case) => return None,
        None if waits(&found.case) => "similar-joined-waiting",
        None if open(&found.case) => "similar-joined",
        _ => "similar-joined-over",
    };
    Some(page.t.text(key))
}

/// Whether nobody has taken it yet: then it is not being handled, whatever else was done.
fn waits(case: &Case) -> bool {
    use StateName::{Dispatched, Filed, Reported, Verifying};
    let state = case.state.kind();
    matches!(state, Reported | Verifying | Filed | Dispatched)
}

/// What happened, in order, as this reporter reads it: of a case that others told first, from their own telling on.
fn entries(page: &Page, found: &CasePage, report: &Report) -> Vec<Entry> {
    let first = is_first(report, &found.case);
    let begins = found.trail.first();
    let joined = begins.is_some_and(|happened| is_own_joining(happened, report));
    let told = joined.then(|| received(page.t, report.received_at));
    let own = found.trail.iter().map(|happened| (happened, first));
    let later = found.goes_on.iter().flat_map(|on| &on.trail);
    let all = own.chain(later.map(|happened| (happened, false)));
    let steps = all
        .filter(|(happened, _)| !is_inside(&happened.event.deed))
        .flat_map(|(happened, asked)| {
            let line = entry(page, found, (happened, asked), report);
            // what was taken for a complaint first was received when it was told
            let decided = made_report(&found.case, happened).filter(|_| asked);
            match decided {
                None => vec![line],
                Some(at) => {
                    let what = page.t.text(begun_late(happened));
                    let at_last = Entry { at, what, ..line };
                    vec![received(page.t, report.received_at), at_last]
                }
            }
        });
    told.into_iter().chain(steps).collect()
}

/// Why its case began after the report came: it left a merge at its reporter's word, or was taken for a complaint first.
fn begun_late(happened: &Happened) -> &'static str {
    let mut words = happened.words.iter();
    if words.any(|remark| remark.command == CommandName::Reopen) {
        return "progress-separated-other";
    }
    "progress-made-report"
}

/// That the report came, when it came.
fn received(t: Text, at: OffsetDateTime) -> Entry {
    Entry {
        at,
        what: t.text("case-deed-reported"),
        by: None,
        words: Vec::new(),
    }
}

/// A member as a reporter sees them: the post, and the name where the member agreed.
pub(crate) fn who(page: &Page, net: &CommunityNet, member: MemberId) -> Option<String> {
    let post = net.posts_of(member).next()?;
    let title = if post.title.is_empty() {
        page.t.text(format!("role-{}", post.role))
    } else {
        post.title.clone()
    };
    let name = net
        .member(member)
        .filter(|member| member.name_public && !member.is_closed())
        .map(|member| member.name.clone());
    Some(name.map_or_else(|| title.clone(), |name| format!("{title} {name}")))
}

/// How those who work on it settle things among themselves; the reporter sees what was done, and who came.
const fn is_inside(deed: &Deed) -> bool {
    matches!(
        deed,
        Deed::Released
            | Deed::Acknowledged { .. }
            | Deed::ResponseRated { .. }
            | Deed::CalledOff { .. }
            | Deed::Climbed { .. }
            | Deed::Agreed { .. }
            | Deed::VisitPassed { .. }
            | Deed::Settled { .. }
            | Deed::ExtensionFell { .. }
            | Deed::Appealed
            | Deed::Reviewed { .. }
    )
}

/// One step; `asked` is whether a visit asked this reporter, and not another one.
fn entry(
    page: &Page,
    found: &CasePage,
    (happened, asked): (&Happened, bool),
    report: &Report,
) -> Entry {
    let (net, number) = (&found.net, &report.number);
    let by = happened
        .actor
        .and_then(|actor| who(page, net, MemberId(actor)));
    let told = happened
        .told
        .as_ref()
        .map(|told| said(page.t, told, &number.to_string(), happened.at));
    let written = happened.words.iter().map(|remark| remark.words.clone());
    let words = told.into_iter().chain(written).collect();
    Entry {
        at: happened.at,
        what: what(page.t, happened, asked, report),
        by,
        words,
    }
}

fn what(t: Text, happened: &Happened, asked: bool, report: &Report) -> String {
    if is_own_joining(happened, report) {
        return t.text("progress-joined");
    }
    // whoever told the same did not say so
    if !asked && matches!(happened.event.deed, Deed::Separated) {
        return t.text("progress-separated-other");
    }
    let words = step_words(t, &happened.event);
    let unsolved = matches!(happened.event.deed, Deed::Visited { solved: false, .. });
    let key = match (unsolved, happened.event.to, asked) {
        (false, ..) => return words,
        (true, StateName::Accepted | StateName::Filed, true) => "progress-visit-back",
        (true, StateName::Accepted | StateName::Filed, false) => "progress-visit-back-other",
        (true, _, true) => "progress-visit-unsolved",
        (true, _, false) => "progress-visit-unsolved-other",
    };
    t.say(key).with("deed", words).to_string()
}

pub(super) fn reopen_until(state: &CaseState) -> Option<OffsetDateTime> {
    match state {
        CaseState::Closed { reopen_until, .. }
        | CaseState::Redirected { reopen_until, .. }
        | CaseState::Merged { reopen_until, .. } => Some(*reopen_until),
        _ => None,
    }
}

/// A question that waits for an answer.
pub struct Question {
    /// The words of the last asking.
    pub words: String,
    /// By when an answer is asked for, or that it is late; empty where that had no limit.
    pub by: String,
}

fn question(t: Text, found: &CasePage) -> Option<Question> {
    if !found.may.contains(&CommandName::Answer) {
        return None;
    }
    let asked = found
        .trail
        .iter()
        .rev()
        .find(|happened| matches!(happened.event.deed, Deed::Asked))?;
    let waiting = found.case.state.waiting()?;
    let key = match waiting.lapsed {
        true => "progress-question-lapsed",
        false => "progress-question-by",
    };
    // while the case stands still, so does this clock: its date is one that goes by
    let runs = waiting.lapsed || found.case.state.stopped_at().is_none();
    let by = waiting.until.filter(|_| runs);
    let by = by.map(|at| t.say(key).with("at", t.by(at)).to_string());
    Some(Question {
        words: asked.words.first()?.words.clone(),
        by: by.unwrap_or_default(),
    })
}

fn question_over(found: &CasePage, report: &Report) -> Option<String> {
    let asked = found.question_over()?;
    let first = asked.words.first();
    let first = first.filter(|_| is_first(report, &found.case));
    first.map(|remark| remark.words.clone())
}

impl Timeline {
    /// Whether the reporter may do this now.
    fn can(&self, name: &str) -> bool {
        self.may.iter().any(|command| command.as_str() == name) || self.shares(name)
    }

    /// Whether a number stands there to be called.
    fn has_phone(&self) -> bool {
        let owner = self.owner.as_ref();
        owner.is_some_and(|owner| owner.phone.is_some())
    }

    /// What was typed into the form of this step, to be shown again.
    fn typed(&self, step: &str) -> &str {
        if self.typed.step == step {
            &self.typed.words
        } else {
            ""
        }
    }

    /// Words that were typed for a step that is over meanwhile, so that they are not lost with its form.
    fn unsent(&self) -> String {
        let is_over = match self.typed.step.as_str() {
            "answer" => self.question.is_none(),
            step => !self.can(step),
        };
        if !is_over {
            return String::new();
        }
        let typed = [self.typed.words.trim(), self.typed.matter.trim()];
        typed.join("\n").trim().to_owned()
    }

    /// The key of words of the form that asks for it again: of what was merged, that it is another matter.
    pub(super) fn reopen(&self, part: &str) -> String {
        let of = if self.merged { "apart" } else { "reopen" };
        format!("progress-{of}{part}")
    }

    /// The faults of the form of this step; another form of the page has none.
    fn faults_of(&self, step: &str) -> Faults {
        if self.typed.step == step {
            self.faults.clone()
        } else {
            Faults::default()
        }
    }

    /// Whether it is asked of this step if its words are about somebody who works here: it was before, or they sound so.
    fn asks(&self, step: &str) -> bool {
        let asked = !self.typed.about_worker.is_empty();
        self.typed.step == step && (asked || self.faults.of("about_worker").is_some())
    }

    /// The step of the five, also for a case that is over.
    fn five(&self) -> i32 {
        self.state.step().map_or(6, i32::from)
    }
}
