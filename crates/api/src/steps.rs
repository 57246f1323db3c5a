//! `POST /api/v1/cases/{number}/{command}`: one step of a case, by staff with a token or by the reporter with the
//! receipt. The version that was seen is named in `If-Match`; what the rules refuse says what may be done instead.

mod form;

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::faster::case as meanwhile;
use door::faster::visit as made_meanwhile;
use door::form::Fault;
use door::moment::Moment;
use door::session::Signed;
use rules::access::{Action, may};
use rules::case::{Case, CommandName, Refusal};
use rules::ids::Number;
use store::case::Trail;
use store::report::Report;
use work::Asker;
use work::case::{Expected, StepForm, in_order, is_first, reporter_may, step};
use work::net::CommunityNet;

use super::parts::Parts;
use super::words::CommandWord;
use super::{body, case, progress, receipt};

pub use form::{ClaimWord, StepBody};

/// Takes a step.
#[utoipa::path(
    post,
    path = "/api/v1/cases/{number}/{command}",
    tag = "cases",
    params(
        ("number" = String, Path, description = "The number of the case, or of the report for the reporter's steps"),
        ("command" = inline(CommandWord), Path, description = "What is done; with the receipt `answer`, `rate`, `reopen` and \
            `withdraw`"),
        ("goes_on" = Option<bool>, Query, description = "With the receipt of a merged report: `rate` or `reopen` is about the case that \
            goes on, and `If-Match` names the version of that one"),
        ("If-Match" = String, Header, description = "The version that was seen, in quotes"),
        ("Receipt-Code" = Option<String>, Header, description = "Instead of a token, for the reporter's steps"),
    ),
    request_body(
        content((StepBody = "application/json"), (crate::parts::described::StepParts = "multipart/form-data")),
        description = "JSON, or for `handle` and `fix` parts: `step` with the JSON, up to three `photo`"
    ),
    responses(
        (status = 200, description = "The case after it; for a volunteer, who reads no cases, its `number`, `version` and `state`",
            body = case::CaseShape<'static>),
        (status = 400, description = "The body or the version cannot be read"),
        (status = 401, description = "Neither token nor receipt"),
        (status = 403, description = "The role has no such right"),
        (status = 404, description = "No such case within the scope, or no such command"),
        (status = 409, description = "The rules refuse it; `state` is where the case stands, `may` what whoever asks may do now, perhaps \
            nothing"),
        (status = 412, description = "The case has changed since; `version` is the one it has now, `done` who was faster and with what"),
        (status = 422, description = "Faulty fields"),
        (status = 428, description = "No version was named"),
    ),
    security(("bearer" = []), ())
)]
pub async fn post(
    State(door): State<Door>,
    Path((number, command)): Path<(String, String)>,
    request: Request,
) -> Result<Response, Failure> {
    let command: CommandName = command.parse().map_err(|_| Failure::NotFound)?;
    if receipt::shown(request.headers()) {
        return by_reporter(&door, &number, command, request).await;
    }
    by_staff(&door, &number, command, request).await
}

async fn by_staff(
    door: &Door,
    number: &str,
    command: CommandName,
    request: Request,
) -> Result<Response, Failure> {
    let Signed(asker) = Signed::of(door, request.headers()).await?;
    let number: Number = number.parse().map_err(|_| Failure::NotFound)?;
    let expected = expected(request.headers())?;
    if !asker
        .role()
        .is_some_and(|role| may(role, command.action()) || decides(role, command))
    {
        return Err(Failure::Forbidden);
    }
    let net = door.house.net();
    let net = net.community(number.community()).ok_or(Failure::NotFound)?;
    let parts = Parts::read(request, door, "step").await?;
    let taken = take(door, net, &asker, (&number, expected), command, parts).await;
    let trail = match taken {
        Ok(trail) => trail,
        Err(failure) => {
            return Err(first(door, &asker, (&number, expected), command, failure).await);
        }
    };
    if !asker.role().is_some_and(|role| may(role, Action::ReadCase)) {
        return case::taken(&trail.case);
    }
    let told = case::told(door, net, trail).await?;
    case::answer(door, &asker, net, told, case::Question::Step).await
}

async fn take(
    door: &Door,
    net: &CommunityNet,
    asker: &Asker,
    (number, expected): (&Number, Expected),
    command: CommandName,
    parts: Parts,
) -> Result<Trail, Failure> {
    let form = match form::read(net, command, &parts, asker.now) {
        Ok(form) => form,
        Err(refused) => return Err(parts.and_files(&door.house, refused).await),
    };
    let attached = parts.keep(&door.house, net.id).await?;
    let into = form.into.clone();
    let form = StepForm { attached, ..form };
    match step(&door.house, asker, number, expected, command, form).await {
        Ok(trail) => Ok(trail),
        Err(work::Error::Refused(Refusal::OutsideWindow { latest })) => {
            let bounds = [asker.now, latest].map(|at| Moment(at).to_string());
            Err(body::invalid(Fault::outside_window(bounds)))
        }
        Err(work::Error::Refused(refusal)) => {
            Err(went_into(door, asker, net, into.as_ref(), refusal).await)
        }
        Err(error) => Err(form::named(command, error)),
    }
}

/// A refusal; where the case that was named went into another one itself, with the number of that one, if the asker finds it.
async fn went_into(
    door: &Door,
    asker: &Asker,
    net: &CommunityNet,
    named: Option<&Number>,
    refusal: Refusal,
) -> Failure {
    let (Refusal::MergedIntoEnded { .. }, Some(named)) = (&refusal, named) else {
        return Failure::Refused(refusal);
    };
    match work::case::goes_on_as(&door.house, asker, net, named).await {
        Ok(Some(into)) => Failure::WentInto {
            code: refusal.code(),
            into,
            stands: None,
        },
        Ok(None) => Failure::Refused(refusal),
        Err(error) => error.into(),
    }
}

/// What stands in the way, first things first: that somebody was faster and who, that it is not the time for this step, and
/// only then what is wrong with its fields.
async fn first(
    door: &Door,
    asker: &Asker,
    (number, expected): (&Number, Expected),
    command: CommandName,
    failure: Failure,
) -> Failure {
    let failure = match failure {
        Failure::Invalid(faults) => {
            match in_order(&door.house, asker, number, expected, command).await {
                Ok(()) => Failure::Invalid(faults),
                Err(error) => Failure::from(error),
            }
        }
        other => other,
    };
    let failure = match command {
        CommandName::Visit => made_meanwhile(door, asker, number, failure).await,
        _ => failure,
    };
    let failure = meanwhile::told(door, asker, number, expected, failure).await;
    meanwhile::instead(door, asker, number, |_| true, failure).await
}

/// Whoever decides on more time uses the same command as whoever asks for it.
fn decides(role: rules::access::Role, command: CommandName) -> bool {
    command == CommandName::Extend && may(role, Action::DecideExtension)
}

async fn by_reporter(
    door: &Door,
    number: &str,
    command: CommandName,
    request: Request,
) -> Result<Response, Failure> {
    let (report, asker) = receipt::open(door, number, request.headers()).await?;
    let expected = expected(request.headers())?;
    let net = door.house.net();
    let net = asker.community().and_then(|id| net.community_by_id(id));
    let net = net.ok_or(Failure::NotFound)?;
    let reader = door.house.store.reader();
    let (case, asker) = if is_shared(&request) {
        followed(door, &report, &asker).await?
    } else {
        let found = reader.case_within(&asker.scope, net.id, report.case);
        (found.await.map_err(work::Error::from)?.case, asker)
    };
    let first = is_first(&report, &case);
    if !reporter_may(first, command) {
        return Err(Failure::Forbidden);
    }
    let parts = Parts::read(request, door, "step").await?;
    let form = match form::read(net, command, &parts, asker.now) {
        Ok(form) => form,
        Err(refused) => return Err(parts.and_files(&door.house, refused).await),
    };
    let form = StepForm {
        telling: Some(report.id),
        ..form
    };
    let number = &case.number;
    let done = step(&door.house, &asker, number, expected, command, form).await;
    if let Err(error) = done {
        let failure = form::named(command, error);
        let open_to = |command| reporter_may(first, command);
        return Err(meanwhile::instead(door, &asker, number, open_to, failure).await);
    }
    // a telling that left the case which it had joined is one of its own now
    let report = reader.report(net.id, report.id).await;
    let report = report.map_err(work::Error::from)?;
    let asker = door.house.reporter_asker(net.id, report.case);
    progress::show(door, &report, &asker).await
}

/// Whether a reporter's step is about the case that goes on where theirs was merged.
fn is_shared(request: &Request) -> bool {
    let query = request.uri().query().unwrap_or_default();
    query.split('&').any(|pair| pair == "goes_on=true")
}

/// The case that goes on where that of a report was merged, and its reporter, who may do there what those may who joined it.
async fn followed(door: &Door, report: &Report, asker: &Asker) -> Result<(Case, Asker), Failure> {
    let found = work::case::progress(&door.house, asker, report).await?;
    let on = found.goes_on.ok_or_else(|| {
        let fault = Fault::new("goes_on", "field-unknown");
        Failure::Invalid(std::iter::once(fault).collect())
    })?;
    let asker = door.house.reporter_asker(found.net.id, on.case.id);
    Ok((on.case, asker))
}

/// The version in `If-Match`, as something a step expects.
pub(super) fn expected(headers: &HeaderMap) -> Result<Expected, Failure> {
    Ok(Expected::Version(seen(headers)?))
}

/// The version in `If-Match`.
///
/// # Errors
/// `VersionMissing`, also for `*`, which names none; `VersionMalformed` for one that is no number.
pub(super) fn seen(headers: &HeaderMap) -> Result<i64, Failure> {
    let named = headers
        .get(header::IF_MATCH)
        .ok_or(Failure::VersionMissing)?;
    let named = named
        .to_str()
        .map_err(|_| Failure::VersionMalformed)?
        .trim();
    if named == "*" {
        return Err(Failure::VersionMissing);
    }
    let quoted = named
        .strip_prefix('"')
        .and_then(|rest| rest.strip_suffix('"'));
    quoted
        .unwrap_or(named)
        .parse()
        .map_err(|_| Failure::VersionMalformed)
}
