//! A case whole: its row, the words it was told with, the masked contact, what the asker may do now, and on wish what
//! happened. The clear contact is never here.

use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::known::HoldsMore;
use door::moment::Moment;
use rules::access::{Action, may};
use rules::case::{Case, CommandName, Counts, Deed, Outcome, Rating, commands_at, goes_up};
use rules::ids::MemberId;
use rules::privacy::free_text::redact_persons;
use serde::Serialize;
use store::case::{Listed, Told, Trail};
use store::report::Report;
use utoipa::ToSchema;
use work::Asker;
use work::case::{CasePage, page};
use work::net::CommunityNet;
use work::referral::{OfCase, of_case};
use work::report::{MaskedContact, masked};

use super::CaseItem;
use super::beside::{
    self, CaseLeadShape, ClockShape, CoordinationShape, DeadlineShape, ItemShape, PartShape,
};
use super::visit::{ErrandShape, HeardShape};
use crate::body;
use crate::outbox::DeliveryShape;
use crate::shape::PersonShape;
use crate::wordings::ToldShape;

/// A case.
#[derive(Serialize, ToSchema)]
pub struct CaseShape<'a> {
    #[serde(flatten)]
    item: CaseItem<'a>,
    /// The words it was first told with, without the numbers of persons.
    text: Option<String>,
    /// Words on where it is, without the numbers of persons.
    place_note: Option<String>,
    /// Everything that was told of it, the first telling first, then whoever said "me too". What was told of a case that was
    /// merged into it stands with that one.
    tellings: Vec<TellingShape<'a>>,
    /// The reporter's contact, masked; only for roles that may ask for the clear one.
    contact: Option<MaskedShape<'a>>,
    /// The filing condition.
    condition: Option<&'a str>,
    filed_at: Option<Moment>,
    dispatched_at: Option<Moment>,
    accepted_at: Option<Moment>,
    handled_at: Option<Moment>,
    checked_at: Option<Moment>,
    #[schema(value_type = Option<Object>)]
    outcome: Option<Outcome>,
    /// What the reporter said in the return visit.
    heard: Option<HeardShape>,
    /// The return visit that is due.
    visit: Option<ErrandShape<'a>>,
    /// The leader who was called because it was reopened so often; only a leader dispatches it.
    leader_called: Option<PersonShape<'a>>,
    #[schema(value_type = Option<Object>)]
    rating: Option<Rating>,
    /// How often what happened.
    #[schema(value_type = Object)]
    counts: Counts,
    /// Who first took it in 首接负责人: it comes back to them.
    first_receiver: Option<PersonShape<'a>>,
    /// The leader who answers for its end 包案.
    adopted_by: Option<PersonShape<'a>>,
    /// The level it lies with: micro, general, community, subdistrict.
    tier: Option<&'a str>,
    /// The clocks that run, the nearest first.
    clocks: Vec<ClockShape>,
    /// The deadlines of the present round, met or not, each with its reasons; with the trail only.
    #[serde(skip_serializing_if = "Option::is_none")]
    deadlines: Option<Vec<DeadlineShape>>,
    /// How an appeal against being overdue stands: waiting, agreed (by one), granted, refused.
    appeal: Option<&'a str>,
    /// Whether a granted appeal takes it out of the figures of timeliness; being overdue stays a fact.
    exempt: bool,
    /// What the asker may do now.
    may: Vec<&'a str>,
    /// Whether `hand_over` or `return` by the asker goes not to whom is named but one level up, where a leader decides: it was
    /// passed on too often.
    goes_up: bool,
    /// Departments that were called to the spot.
    #[serde(skip_serializing_if = "Option::is_none")]
    whistles: Option<Vec<PartShape<'a>>>,
    /// Callings together.
    #[serde(skip_serializing_if = "Option::is_none")]
    coordinations: Option<Vec<CoordinationShape<'a>>>,
    /// What was agreed: who does what by when.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<ItemShape<'a>>>,
    /// Its leads that went to enforcement officers 执法线索, the latest first.
    #[serde(skip_serializing_if = "Option::is_none")]
    referrals: Option<Vec<CaseLeadShape<'a>>>,
    /// What happened, in order.
    #[serde(skip_serializing_if = "Option::is_none")]
    trail: Option<Vec<HappenedShape<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<Vec<ResultShape<'a>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attachments: Option<Vec<AttachmentShape>>,
    /// What was told outside the house, and what came of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    deliveries: Option<Vec<DeliveryShape>>,
}

/// One telling of a case; of its reporter no more than the masked contact.
#[derive(Serialize, ToSchema)]
pub struct TellingShape<'a> {
    /// The number on its receipt; that of the case for the first one.
    number: String,
    /// On which way it came.
    channel: &'a str,
    received_at: Moment,
    /// What was told, without the numbers of persons.
    text: String,
    /// Words on where it is, without the numbers of persons.
    place_note: String,
    /// The contact of whoever told it, masked; only for roles that may ask for the clear one, with the number of this telling.
    #[serde(skip_serializing_if = "Option::is_none")]
    contact: Option<MaskedShape<'a>>,
}

impl<'a> TellingShape<'a> {
    fn of((report, contact): (&'a Report, Option<&'a MaskedContact>)) -> Self {
        Self {
            contact: contact.map(MaskedShape::of),
            number: report.number.to_string(),
            channel: report.channel.as_str(),
            received_at: Moment(report.received_at),
            text: redact_persons(&report.words),
            place_note: redact_persons(&report.place_note),
        }
    }
}

/// A masked contact.
#[derive(Serialize, ToSchema)]
pub struct MaskedShape<'a> {
    name: Option<&'a str>,
    phone: Option<&'a str>,
    visit_welcome: bool,
}

impl<'a> MaskedShape<'a> {
    fn of(contact: &'a MaskedContact) -> Self {
        Self {
            name: contact.name.as_deref(),
            phone: contact.phone.as_deref(),
            visit_welcome: contact.visit_welcome,
        }
    }
}

/// Something that happened.
#[derive(Serialize, ToSchema)]
pub struct HappenedShape<'a> {
    at: Moment,
    /// What. Of a whistle, `unheard` where a department did not acknowledge in time, `climbed` where it did not come.
    deed: &'a str,
    state: &'a str,
    /// Who did it; none for the reporter and for time itself.
    actor: Option<&'a str>,
    /// Whom they stood in for, where only that let them do it.
    #[serde(skip_serializing_if = "Option::is_none")]
    stands_for: Option<&'a str>,
    /// Of a task that was given: who is away, where whoever got it stands in for them.
    #[serde(skip_serializing_if = "Option::is_none")]
    absent: Option<&'a str>,
    role: &'a str,
    words: Vec<&'a str>,
    /// Why a task was given to whom, where routing decided.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<WhyShape<'a>>,
    /// What the reporter was told, where the community has words of its own for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    told: Option<ToldShape>,
}

/// Why a task was given to whom.
#[derive(Serialize, ToSchema)]
pub struct WhyShape<'a> {
    /// The routing rule that decided, by its name of then; none where the catalogue or the grid's duty did.
    rule: Option<&'a str>,
    /// The version of the list of rules.
    rules: i64,
    /// `serves`, `stands_in`, `fast_lane`, `lane_empty` (the department of the fast lane has nobody there) or `last_resort`.
    reason: &'a str,
    /// The code of the grid the seat serves.
    grid: Option<&'a str>,
}

impl<'a> WhyShape<'a> {
    fn of(net: &'a CommunityNet, why: &'a work::routing::Why) -> Self {
        use rules::people::Reason;
        let grid = why.kept.grid.and_then(|id| net.grid(id));
        Self {
            rule: why.rule.as_ref().map(|rule| rule.name.as_str()),
            rules: why.kept.rules,
            reason: match why.kept.reason {
                Reason::Serves(_) => "serves",
                Reason::StandsIn { .. } => "stands_in",
                Reason::FastLane => "fast_lane",
                Reason::LaneEmpty => "lane_empty",
                Reason::LastResort => "last_resort",
            },
            grid: grid.map(|grid| grid.code.as_str()),
        }
    }
}

/// How it was solved, in words.
#[derive(Serialize, ToSchema)]
pub struct ResultShape<'a> {
    at: Moment,
    by: Option<&'a str>,
    note: &'a str,
}

/// A photo or sound note.
#[derive(Serialize, ToSchema)]
pub struct AttachmentShape {
    id: uuid::Uuid,
    media_type: &'static str,
    /// Whether it shows the result; else it came with a report.
    of_result: bool,
    at: Moment,
}

/// The answer: the case as it stands now.
pub async fn answer(
    door: &Door,
    asker: &Asker,
    net: &CommunityNet,
    told: Told,
    with_trail: bool,
) -> Result<Response, Failure> {
    let page = if with_trail {
        Some(page(&door.house, asker, &told.trail.case.number).await?)
    } else {
        None
    };
    let leads = match &page {
        Some(page) => Some(of_case(&door.house, page.net.id, page.case.id).await?),
        None => None,
    };
    let tellings = match &page {
        Some(page) => page.reports.clone(),
        None => tellings(door, net, &told).await?,
    };
    let contacts = contacts(door, asker, net, &told, &tellings).await?;
    let row = Listed {
        case: told.trail.case,
        department: told.trail.department,
    };
    let beside = (page.as_ref(), leads.as_deref());
    let shape = shape(net, &row, asker, (&tellings, &contacts), beside);
    let mut answer = body::answer(StatusCode::OK, &shape)?;
    let told_outside = page
        .as_ref()
        .is_some_and(|page| !page.deliveries.is_empty());
    let stood_in_for = shape.item.stands_in.is_some();
    if told_outside || stood_in_for || leads.as_ref().is_some_and(|leads| !leads.is_empty()) {
        // what comes of them is not counted by the version
        answer.extensions_mut().insert(HoldsMore);
    }
    Ok(body::versioned(answer, row.case.version))
}

/// The case with its trail as JSON for its file; without a contact.
///
/// # Errors
/// `Inside` if it cannot be written.
pub fn document(asker: &Asker, page: &CasePage, leads: &[OfCase]) -> Result<Vec<u8>, Failure> {
    let row = Listed {
        case: page.case.clone(),
        department: page.department,
    };
    let told = &page.reports;
    let shape = shape(
        &page.net,
        &row,
        asker,
        (told, &[]),
        (Some(page), Some(leads)),
    );
    serde_json::to_vec_pretty(&shape).map_err(Failure::inside)
}

/// What somebody is answered who may take a step and reads no cases.
#[derive(Serialize)]
struct Taken<'a> {
    number: String,
    version: i64,
    state: &'a str,
}

/// The answer to a step by somebody who reads no cases: that it was taken.
pub fn taken(case: &Case) -> Result<Response, Failure> {
    let shape = Taken {
        number: case.number.to_string(),
        version: case.version,
        state: case.state.name(),
    };
    let answer = body::answer(StatusCode::OK, &shape)?;
    Ok(body::versioned(answer, case.version))
}

/// A case that was just found, with the telling of its own number and the contact that came with it.
pub async fn told(door: &Door, net: &CommunityNet, trail: Trail) -> Result<Told, Failure> {
    let reader = door.house.store.reader();
    let report = reader.report_numbered(net.id, &trail.case.number).await;
    let report = report.map_err(work::Error::from)?;
    let contact = reader.contact(net.id, report.id).await;
    Ok(Told {
        contact: contact.map_err(work::Error::from)?,
        report: Some(report),
        trail,
    })
}

/// Everything that was told of a case, the first telling first: more is asked for only where others joined it.
async fn tellings(door: &Door, net: &CommunityNet, told: &Told) -> Result<Vec<Report>, Failure> {
    if told.trail.case.reports <= 1 {
        return Ok(told.report.iter().cloned().collect());
    }
    let reader = door.house.store.reader();
    let all = reader.reports_of(net.id, told.trail.case.id).await;
    Ok(all.map_err(work::Error::from)?)
}

/// The masked contact of each telling, for roles that may ask for the clear ones.
async fn contacts(
    door: &Door,
    asker: &Asker,
    net: &CommunityNet,
    told: &Told,
    tellings: &[Report],
) -> Result<Vec<Option<MaskedContact>>, Failure> {
    let role = asker.role();
    let allowed = role.is_some_and(|role| may(role, Action::ReadContact));
    let (house, mut contacts) = (&door.house, Vec::new());
    for report in tellings.iter().filter(|_| allowed) {
        let first = told.report.as_ref().is_some_and(|own| own.id == report.id);
        let kept = if first {
            told.contact.clone()
        } else {
            let kept = house.store.reader().contact(net.id, report.id).await;
            kept.map_err(work::Error::from)?
        };
        contacts.push(match kept {
            Some(sealed) => Some(masked(house, net.id, report.id, sealed).await?),
            None => None,
        });
    }
    Ok(contacts)
}

fn shape<'a>(
    net: &'a CommunityNet,
    row: &'a Listed,
    asker: &Asker,
    (tellings, contacts): (&'a [Report], &'a [Option<MaskedContact>]),
    (page, leads): (Option<&'a CasePage>, Option<&'a [OfCase]>),
) -> CaseShape<'a> {
    let (case, times) = (&row.case, &row.case.times);
    let report = tellings.first();
    let contacts = contacts.iter().map(Option::as_ref);
    let mut contacts = contacts.chain(std::iter::repeat(None)).peekable();
    let contact = contacts.peek().copied().flatten();
    let may = commands_at(case, &asker.actor, &net.settings.case, asker.now);
    CaseShape {
        item: CaseItem::of(net, row, asker.now),
        text: report.map(|report| redact_persons(&report.words)),
        place_note: report
            .map(|report| redact_persons(&report.place_note))
            .filter(|note| !note.is_empty()),
        tellings: tellings
            .iter()
            .zip(contacts)
            .map(TellingShape::of)
            .collect(),
        contact: contact.map(MaskedShape::of),
        condition: case.condition.as_ref().map(|code| code.as_str()),
        filed_at: times.filed_at.map(Moment),
        dispatched_at: times.dispatched_at.map(Moment),
        accepted_at: times.accepted_at.map(Moment),
        handled_at: times.handled_at.map(Moment),
        checked_at: times.checked_at.map(Moment),
        outcome: case.outcome(),
        heard: case.heard().map(HeardShape::of),
        visit: ErrandShape::of(net, case),
        leader_called: person(net, case.leader_called, case),
        rating: case.rating,
        counts: case.counts,
        first_receiver: person(net, case.first_receiver, case),
        adopted_by: person(net, case.adoption.map(|one| one.by), case),
        tier: case.tier.map(|tier| tier.as_str()),
        clocks: case
            .clocks()
            .into_iter()
            .map(|clock| ClockShape::of(clock, page))
            .collect(),
        deadlines: page.map(|page| beside::deadlines(page, asker.now)),
        appeal: case.appeal.map(|appeal| beside::ruling(appeal.ruling)),
        exempt: case.is_exempt(),
        goes_up: lifts(net, case, asker, &may),
        may: words(may),
        whistles: page.map(|page| beside::whistles(net, page)),
        coordinations: page.map(|page| beside::coordinations(net, page)),
        items: page.map(|page| beside::items(net, page)),
        referrals: leads.map(|leads| beside::leads(net, leads)),
        trail: page.map(|page| happened(net, page)),
        results: page.map(|page| results(net, page)),
        attachments: page.map(attachments),
        deliveries: page.map(|page| page.deliveries.iter().map(DeliveryShape::of).collect()),
    }
}

fn person<'a>(
    net: &'a CommunityNet,
    member: Option<MemberId>,
    case: &Case,
) -> Option<PersonShape<'a>> {
    PersonShape::find(net, member?, case.grid)
}

fn words(may: Vec<CommandName>) -> Vec<&'static str> {
    may.into_iter().map(CommandName::as_str).collect()
}

/// Whether the asker may pass it on, and that lifts it.
fn lifts(net: &CommunityNet, case: &Case, asker: &Asker, may: &[CommandName]) -> bool {
    let passes = |name: &CommandName| matches!(name, CommandName::HandOver | CommandName::Return);
    may.iter().any(passes) && goes_up(case, &asker.actor, &net.settings.case)
}

fn happened<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<HappenedShape<'a>> {
    let shape = |happened: &'a work::case::Happened| HappenedShape {
        at: Moment(happened.at),
        deed: happened.event.deed.name(),
        state: happened.event.to.as_str(),
        actor: happened.actor.and_then(|id| name(net, id)),
        stands_for: happened
            .event
            .stands_for
            .and_then(|absent| name(net, absent.0)),
        absent: match happened.event.deed {
            Deed::Dispatched { absent, .. } => absent.and_then(|absent| name(net, absent.0)),
            _ => None,
        },
        role: &happened.role,
        words: happened
            .words
            .iter()
            .map(|remark| remark.words.as_str())
            .collect(),
        why: happened.why.as_ref().map(|why| WhyShape::of(net, why)),
        told: ToldShape::of(net, happened, &page.case.number),
    };
    page.trail.iter().map(shape).collect()
}

fn name(net: &CommunityNet, member: uuid::Uuid) -> Option<&str> {
    net.member(rules::ids::MemberId(member))
        .map(|member| member.name.as_str())
}

fn results<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<ResultShape<'a>> {
    let shape = |result: &'a store::case::KeptResult| ResultShape {
        at: Moment(result.at),
        by: name(net, result.member.0),
        note: &result.note,
    };
    page.results.iter().map(shape).collect()
}

fn attachments(page: &CasePage) -> Vec<AttachmentShape> {
    let shape = |attachment: &store::case::Attachment| AttachmentShape {
        id: attachment.id,
        media_type: attachment.kind.media_type(),
        of_result: attachment.result.is_some(),
        at: Moment(attachment.at),
    };
    page.attachments.iter().map(shape).collect()
}
