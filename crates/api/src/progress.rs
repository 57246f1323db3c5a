//! `GET /api/v1/reports/{number}`: how it goes, for whoever shows the receipt: where it stands, who is responsible, the
//! next date, what the reporter was told, what they may do now. Never what those who work on it say to each other.

use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::known::HoldsMore;
use door::moment::Moment;
use rules::case::{Case, Deed, Outcome};
use rules::deadline;
use rules::ids::{CaseId, CommunityId, Number};
use rules::people::Member;
use serde::Serialize;
use store::report::Report;
use time::OffsetDateTime;
use utoipa::ToSchema;
use work::Asker;
use work::case::{GoesOn, Happened, is_first, made_report, progress};
use work::net::CommunityNet;

use super::shape::GridShape;
use super::wordings::ToldShape;
use super::{body, receipt};

/// How a report goes.
#[derive(Serialize, ToSchema)]
pub struct ProgressShape<'a> {
    number: String,
    /// The version to name in `If-Match`.
    version: i64,
    /// Where it stands.
    state: &'a str,
    /// The step of five, while it is open.
    step: Option<u8>,
    grid: Option<GridShape<'a>>,
    /// What was told.
    text: &'a str,
    received_at: Moment,
    /// By when the reporter was promised the first answer: the same moment as in the answer to `POST /api/v1/reports`, also when it
    /// is past.
    answer_by: Option<Moment>,
    /// The next moment by which somebody has to take a step; while the case is suspended, when it goes on. None once it is
    /// over.
    next_date: Option<Moment>,
    /// Whether that moment is past, so that the community is late.
    late: bool,
    /// By when the case is to be closed; none before it is filed, and once it is over.
    close_by: Option<Moment>,
    /// Who is responsible.
    owner: Option<ContactPerson<'a>>,
    /// What happened, in order; of a case that others told first, from this report's joining it on.
    trail: Vec<Step<'a>>,
    /// What the reporter may do now. Of a merged one, `reopen` says that it is not the same: it goes its own way again. What may be done
    /// about the case that goes on stands in `goes_on`.
    may: Vec<&'a str>,
    /// The question that the reporter was asked last, where nobody waits for the answer any more: the work went on without, or
    /// the case was merged.
    #[serde(skip_serializing_if = "Option::is_none")]
    question_over: Option<&'a str>,
    /// Where it was merged: how the case goes that goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    goes_on: Option<GoesOnShape<'a>>,
    /// Of the first report of a case that others told, too: the complaint that it became, while the case goes on without its
    /// words.
    #[serde(skip_serializing_if = "Option::is_none")]
    complaint: Option<BecameComplaint>,
}

/// The complaint that a report became: number and code open it like any report.
#[derive(Serialize, ToSchema)]
pub struct BecameComplaint {
    number: String,
    /// Its six digits.
    code: String,
}

/// The case that another one was merged into.
#[derive(Serialize, ToSchema)]
pub struct GoesOnShape<'a> {
    /// Its version, to name in `If-Match` of a step that is about it.
    version: i64,
    /// What the reporter may do about it now, as those may who joined it: `rate` and `reopen`, with `?goes_on=true`.
    may: Vec<&'static str>,
    /// Where it stands.
    state: &'a str,
    /// The step of five, while it is open.
    step: Option<u8>,
    /// The next moment by which somebody has to take a step.
    next_date: Option<Moment>,
    /// Whether that moment is past.
    late: bool,
    /// By when it is to be closed.
    close_by: Option<Moment>,
    /// Who is responsible.
    owner: Option<ContactPerson<'a>>,
    /// What happened since, in order.
    trail: Vec<Step<'a>>,
}

/// The responsible person: name and number only by their consent.
#[derive(Serialize, ToSchema)]
pub struct ContactPerson<'a> {
    post: Option<&'a str>,
    name: Option<&'a str>,
    /// None while somebody stands in.
    phone: Option<&'a str>,
    /// While they are away: who does their work.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_in: Option<StandInPerson<'a>>,
}

/// Who stands in for the responsible person: name and number only by their consent.
#[derive(Serialize, ToSchema)]
pub struct StandInPerson<'a> {
    post: Option<&'a str>,
    name: Option<&'a str>,
    phone: Option<&'a str>,
    /// The moment from which the responsible person is back, unless they come earlier.
    until: Moment,
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub struct Step<'a> {
    at: Moment,
    /// What was done.
    deed: &'a str,
    /// Where it stood afterwards.
    state: &'a str,
    /// Of `checked`: whether the result passed; where it did not, the work goes on.
    #[serde(skip_serializing_if = "Option::is_none")]
    passed: Option<bool>,
    /// Of a return visit: whether the reporter said that it is solved.
    #[serde(skip_serializing_if = "Option::is_none")]
    solved: Option<bool>,
    /// Of `closed`: how it ended: `solved`, `partly`, or `wont_fix` with the reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    outcome: Option<Outcome>,
    /// Of `extension_decided`: whether more time was granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    granted: Option<bool>,
    /// Of `extension_decided`, where more time was granted: by when the case is to be closed then.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Moment>,
    /// Of `referral_answered`: what came of the lead: `refused`, `withdrawn`, `no_violation`, `corrected_on_spot`, `penalty_decided`,
    /// `transferred` or `closed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'static str>,
    /// What the reporter was told with it.
    words: Vec<&'a str>,
    /// The same, where the community has words of its own for the step.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<ToldShape>,
}

/// How a report goes.
#[utoipa::path(
    get,
    path = "/api/v1/reports/{number}",
    tag = "reports",
    params(
        ("number" = String, Path, description = "The number on the receipt"),
        ("Receipt-Code" = String, Header, description = "The six digits on the receipt"),
    ),
    responses(
        (status = 200, description = "How it goes; of a complaint, and of a report that became one, a `ComplaintProgress`", body = ProgressShape<'static>),
        (status = 304, description = "The version that `If-None-Match` names"),
        (status = 401, description = "Without the header `Receipt-Code`"),
        (status = 404, description = "Number and code do not belong together"),
        (status = 429, description = "Ten wrong tries in an hour"),
    )
)]
pub async fn get(
    State(door): State<Door>,
    Path(number): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Failure> {
    match receipt::open(&door, &number, &headers).await {
        Ok((report, asker)) => show(&door, &report, &asker).await,
        Err(Failure::ReceiptUnknown) => {
            let complaint = receipt::complaint(&door, &number, &headers).await?;
            super::complaints::progress(&door, complaint).await
        }
        Err(other) => Err(other),
    }
}

/// The answer, also after the reporter took a step.
pub async fn show(door: &Door, report: &Report, asker: &Asker) -> Result<Response, Failure> {
    let page = progress(&door.house, asker, report).await?;
    let (case, now) = (&page.case, asker.now);
    let complaint = became(door, page.net.id, report).await?;
    let shape = ProgressShape {
        number: report.number.to_string(),
        complaint,
        version: case.version,
        state: case.state.name(),
        step: case.state.kind().step(),
        grid: GridShape::find(&page.net, case.grid),
        text: &report.words,
        received_at: Moment(report.received_at),
        answer_by: report.answer_by.map(Moment),
        next_date: case.next_due().map(Moment),
        late: is_late(case, now),
        close_by: close_by(case),
        owner: owner(&page.net, case, now),
        trail: trail(&page.net, case, &page.trail, &report.number),
        goes_on: page
            .goes_on
            .as_ref()
            .map(|on| goes_on(&page.net, on, &report.number, now)),
        may: page.may.iter().map(|command| command.as_str()).collect(),
        question_over: page
            .question_over()
            .filter(|_| is_first(report, case))
            .and_then(|asked| asked.words.first())
            .map(|remark| remark.words.as_str()),
    };
    let mut answer = body::answer(StatusCode::OK, &shape)?;
    let owner = shape.owner.as_ref();
    let elsewhere = owner.is_some_and(|owner| owner.stands_in.is_some());
    let left = case.owner.and_then(|owner| page.net.member(owner));
    if shape.goes_on.is_some() || elsewhere || left.is_some_and(Member::is_closed) {
        // how the other case goes, who stands in, and whose account was closed is not counted by the version of this one
        answer.extensions_mut().insert(HoldsMore);
    }
    Ok(body::versioned(answer, case.version))
}

/// The complaint that the first telling of a case became.
async fn became(
    door: &Door,
    community: CommunityId,
    report: &Report,
) -> Result<Option<BecameComplaint>, Failure> {
    if report.case != CaseId(report.id.0) {
        return Ok(None);
    }
    let receipt = work::complaint::of_first(&door.house, community, report.case).await?;
    Ok(receipt.map(|receipt| BecameComplaint {
        number: receipt.complaint.number.to_string(),
        code: receipt.code.reveal().to_owned(),
    }))
}

/// Whether the next step should have been taken by now: the rule by which the page marks a date as late.
fn is_late(case: &Case, now: OffsetDateTime) -> bool {
    case.next_due().is_some_and(|at| deadline::is_late(now, at))
}

/// By when a case that is worked on is to be closed.
fn close_by(case: &Case) -> Option<Moment> {
    let due = case.times.due_at.filter(|_| case.state.kind().runs());
    due.map(Moment)
}

fn goes_on<'a>(
    net: &'a CommunityNet,
    on: &'a GoesOn,
    number: &Number,
    now: OffsetDateTime,
) -> GoesOnShape<'a> {
    let case = &on.case;
    GoesOnShape {
        version: case.version,
        may: on.may.iter().map(|command| command.as_str()).collect(),
        state: case.state.name(),
        step: case.state.kind().step(),
        next_date: case.next_due().map(Moment),
        late: is_late(case, now),
        close_by: close_by(case),
        owner: owner(net, case, now),
        trail: trail(net, case, &on.trail, number),
    }
}

fn trail<'a>(
    net: &CommunityNet,
    case: &Case,
    trail: &'a [Happened],
    number: &Number,
) -> Vec<Step<'a>> {
    // what was taken for a complaint first was received when it was told
    let at = |happened: &Happened| match made_report(case, happened) {
        Some(_) => case.times.received_at,
        None => happened.at,
    };
    let steps = trail.iter().map(|happened| Step {
        at: Moment(at(happened)),
        deed: happened.event.deed.name(),
        state: happened.event.to.as_str(),
        passed: match happened.event.deed {
            Deed::Checked { passed, .. } => Some(passed),
            _ => None,
        },
        solved: match happened.event.deed {
            Deed::Visited { solved, .. } => Some(solved),
            _ => None,
        },
        outcome: match happened.event.deed {
            Deed::Closed { outcome, .. } => Some(outcome),
            _ => None,
        },
        granted: match happened.event.deed {
            Deed::ExtensionDecided { granted } => Some(granted),
            _ => None,
        },
        until: match happened.event.deed {
            Deed::ExtensionDecided { granted: true } => happened.event.due.map(Moment),
            _ => None,
        },
        answer: match happened.event.deed {
            Deed::ReferralAnswered { answer, .. } => Some(answer.as_str()),
            _ => None,
        },
        words: happened
            .words
            .iter()
            .map(|remark| remark.words.as_str())
            .collect(),
        told: ToldShape::of(net, happened, number),
    });
    steps.collect()
}

/// Who is responsible, and while that one is away from an open case, who stands in: the number is that of whoever is there. Whose
/// account was closed is named no more: of an open case it is whoever has their work then.
fn owner<'a>(net: &'a CommunityNet, case: &Case, now: OffsetDateTime) -> Option<ContactPerson<'a>> {
    let open = case.state.kind().is_open();
    let person = match case.owner? {
        owner if open => net.answers_for(owner, now)?,
        owner => net.member(owner)?,
    };
    let (post, name, phone) = public(net, person);
    let deputy = net.stand_in(person.id, now).filter(|_| open);
    Some(ContactPerson {
        post,
        name,
        phone: phone.filter(|_| deputy.is_none()),
        stands_in: deputy.map(|(deputy, until)| {
            let (post, name, phone) = public(net, deputy);
            StandInPerson {
                post,
                name,
                phone,
                until: Moment(until),
            }
        }),
    })
}

/// Post, name and number of somebody, as far as they agreed and serve still.
fn public<'a>(
    net: &'a CommunityNet,
    person: &'a Member,
) -> (Option<&'a str>, Option<&'a str>, Option<&'a str>) {
    let post = net.posts_of(person.id).next();
    let serves = !person.is_closed();
    (
        post.map(|post| post.title.as_str()),
        Some(person.name.as_str()).filter(|_| serves && person.name_public),
        person
            .phone
            .as_deref()
            .filter(|_| serves && person.phone_public),
    )
}
