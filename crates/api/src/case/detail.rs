//! A case whole: its row, the words it was told with, the masked contact, what the asker may do now, and on wish what
//! happened. The clear contact is never here.

use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::known::HoldsMore;
use door::moment::Moment;
use rules::case::{Case, CommandName, Counts, Outcome, Rating, goes_up};
use rules::ids::{MemberId, Number};
use serde::Serialize;
use store::case::{Attachment, Listed, Told, Trail};
use store::report::Report;
use utoipa::ToSchema;
use work::Asker;
use work::case::{CasePage, Merged, Round, merged, merged_into, open_steps, page};
use work::case_file::brought_by;
use work::net::CommunityNet;
use work::referral::{OfCase, of_case};
use work::report::MaskedContact;

use super::CaseItem;
use super::beside::{
    self, CaseLeadShape, ClockShape, CoordinationShape, DeadlineShape, ItemShape, PartShape,
};
use super::happened::{HappenedShape, happened, name};
use super::merged::{self, MergedShape, TakenUp, contacts_of};
use super::telling::{MaskedShape, TellingShape, contacts, tellings};
use super::visit::{ErrandShape, HeardShape};
use crate::body;
use crate::outbox::DeliveryShape;
use crate::shape::PersonShape;
use crate::steps::ClaimWord;

/// A case.
#[derive(Serialize, ToSchema)]
pub struct CaseShape<'a> {
    #[serde(flatten)]
    item: CaseItem<'a>,
    /// The words it was first told with, without the numbers of persons.
    text: Option<String>,
    /// Words on where it is, without the numbers of persons.
    place_note: Option<String>,
    /// Everything that was told of it, the first telling first, then whoever said "me too".
    tellings: Vec<TellingShape<'a>>,
    /// What was merged into it 并案, in the order in which it came.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    merged: Vec<MergedShape<'a>>,
    /// Where it was merged: the number of the case that goes on, if the asker finds that one.
    #[serde(skip_serializing_if = "Option::is_none")]
    merged_into: Option<String>,
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
    /// The leader who was called because so many rounds did not solve it, by reopenings and return visits; only a leader dispatches it.
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
    /// The deadlines of the present round, met or not, each with its reasons, and behind them those of the work and the whole in rounds
    /// that are over; with the trail only.
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
    /// Departments that were called to the spot; with the trail only.
    #[serde(skip_serializing_if = "Option::is_none")]
    whistles: Option<Vec<PartShape<'a>>>,
    /// Callings together; with the trail only.
    #[serde(skip_serializing_if = "Option::is_none")]
    coordinations: Option<Vec<CoordinationShape<'a>>>,
    /// What was agreed: who does what by when; with the trail only.
    #[serde(skip_serializing_if = "Option::is_none")]
    items: Option<Vec<ItemShape<'a>>>,
    /// Its leads that went to enforcement officers 执法线索, the latest first, and behind them those of what was merged into it, each
    /// with its `case`; with the trail only.
    #[serde(skip_serializing_if = "Option::is_none")]
    referrals: Option<Vec<CaseLeadShape<'a>>>,
    /// What happened, in order; where `with=trail` asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    trail: Option<Vec<HappenedShape<'a>>>,
    /// What was reported as done, in each round; with the trail only.
    #[serde(skip_serializing_if = "Option::is_none")]
    results: Option<Vec<ResultShape<'a>>>,
    /// Photos and sound notes; with the trail only.
    #[serde(skip_serializing_if = "Option::is_none")]
    attachments: Option<Vec<AttachmentShape<'a>>>,
    /// What was told outside the house, and what came of it; with the trail only.
    #[serde(skip_serializing_if = "Option::is_none")]
    deliveries: Option<Vec<DeliveryShape>>,
}

/// How it was solved, in words.
#[derive(Serialize, ToSchema)]
pub struct ResultShape<'a> {
    /// Its key; `handled` and `fixed` in the trail name it, and so do its photos.
    id: uuid::Uuid,
    at: Moment,
    by: Option<&'a str>,
    note: &'a str,
    #[serde(flatten)]
    round: RoundShape,
}

/// The round that a result belongs to; of results and their photos only.
#[derive(Default, Serialize, ToSchema)]
pub struct RoundShape {
    /// 1, and one more for each time the reporter had it reopened before.
    #[serde(skip_serializing_if = "Option::is_none")]
    round: Option<u16>,
    /// What it came to, by the words of `handle`; left out of what was written before that was noted, and of `fix`.
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<ClaimWord>,
    /// What became of it: `stands`, or why it is no proof of how the case ended: `check_failed`, `visited_unsolved` (the reporter said so
    /// in a return visit, and the work went on), `reopened`.
    #[serde(skip_serializing_if = "Option::is_none")]
    became: Option<&'static str>,
}

/// A photo or sound note.
#[derive(Serialize, ToSchema)]
pub struct AttachmentShape<'a> {
    id: uuid::Uuid,
    media_type: &'static str,
    /// Whether it shows the result; else it came with a report.
    of_result: bool,
    at: Moment,
    /// Who brought it: whoever did the work, or wrote the report down for somebody; none for the reporter.
    by: Option<&'a str>,
    /// The result it came with, one of `results`.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<uuid::Uuid>,
    #[serde(flatten)]
    round: RoundShape,
}

/// What a case is answered to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Question {
    /// Somebody asked for it, and found it.
    Case,
    /// The same, with its trail.
    CaseWithTrail,
    /// Somebody took a step, and may have given it away.
    Step,
}

/// The answer: the case as it stands now.
pub async fn answer(
    door: &Door,
    asker: &Asker,
    net: &CommunityNet,
    told: Told,
    question: Question,
) -> Result<Response, Failure> {
    let page = if question == Question::CaseWithTrail {
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
    let known = told.report.as_ref();
    let known = known.map(|own| (own, told.contact.as_ref()));
    let contacts = contacts(door, asker, net, known, &tellings).await?;
    let (merged, merged_into) = match &page {
        Some(_) => (Vec::new(), None),
        None => beyond(door, asker, &told, &tellings).await?,
    };
    let (merged, merged_into) = match &page {
        Some(page) => (page.merged.as_slice(), page.merged_into.as_ref()),
        None => (merged.as_slice(), merged_into.as_ref()),
    };
    let reached = contacts_of(door, asker, net, merged).await?;
    let row = Listed {
        case: told.trail.case,
        department: told.trail.department,
    };
    let beside = (page.as_ref(), leads.as_deref());
    let merges = ((merged, reached.as_slice()), merged_into);
    let sees = question != Question::Step || finds(door, asker, net, &row.case).await?;
    let mut shape = shape(net, &row, asker, (&tellings, &contacts), beside, merges);
    if !sees {
        (shape.may, shape.goes_up) = (Vec::new(), false);
    }
    let mut answer = body::answer(StatusCode::OK, &shape)?;
    let told_outside = page
        .as_ref()
        .is_some_and(|page| !page.deliveries.is_empty());
    let stood_in_for = shape.item.stands_in.is_some();
    let is_merged = !merged.is_empty() || merged_into.is_some();
    if told_outside
        || stood_in_for
        || is_merged
        || leads.as_ref().is_some_and(|leads| !leads.is_empty())
    {
        // what comes of them is not counted by the version
        answer.extensions_mut().insert(HoldsMore);
    }
    Ok(body::versioned(answer, row.case.version))
}

/// Whether the asker still finds a case after a step: whoever gave it away and follows nothing of it does nothing more about it.
async fn finds(
    door: &Door,
    asker: &Asker,
    net: &CommunityNet,
    case: &Case,
) -> Result<bool, Failure> {
    let reader = door.house.store.reader();
    match reader
        .case_numbered(&asker.scope, net.id, &case.number)
        .await
    {
        Ok(_) => Ok(true),
        Err(store::Error::NotFound(_)) => Ok(false),
        Err(error) => Err(work::Error::from(error).into()),
    }
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
        ((&page.merged, &[]), page.merged_into.as_ref()),
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

/// What was merged into a case, and where it went on, if it was merged: asked for only where the row says that there is some.
async fn beyond(
    door: &Door,
    asker: &Asker,
    told: &Told,
    tellings: &[Report],
) -> Result<(Vec<Merged>, Option<Number>), Failure> {
    let case = &told.trail.case;
    let counted = usize::try_from(case.reports).unwrap_or(usize::MAX);
    let taken_up = if counted > tellings.len() {
        merged(&door.house, asker, case).await?
    } else {
        Vec::new()
    };
    Ok((taken_up, merged_into(&door.house, asker, case).await?))
}

fn shape<'a>(
    net: &'a CommunityNet,
    row: &'a Listed,
    asker: &Asker,
    (tellings, contacts): (&'a [Report], &'a [Option<MaskedContact>]),
    (page, leads): (Option<&'a CasePage>, Option<&'a [OfCase]>),
    (taken_up, merged_into): (TakenUp<'a>, Option<&Number>),
) -> CaseShape<'a> {
    let (case, times) = (&row.case, &row.case.times);
    let contacts = contacts.iter().map(Option::as_ref);
    let mut contacts = contacts.chain(std::iter::repeat(None)).peekable();
    let contact = contacts.peek().copied().flatten();
    let tellings: Vec<_> = tellings
        .iter()
        .zip(contacts)
        .map(TellingShape::of)
        .collect();
    let first = tellings.first();
    let mut may = open_steps(&asker.actor, net, case, asker.now);
    // whoever judged a round is known to the page alone
    may.retain(|step| {
        let decides = matches!(
            step,
            CommandName::Dispatch | CommandName::Void | CommandName::Merge
        );
        !decides || page.is_none_or(|page| page.may.contains(step))
    });
    CaseShape {
        item: CaseItem::of(net, row, asker.now),
        text: first.map(|telling| telling.text.clone()),
        place_note: first
            .map(|telling| telling.place_note.clone())
            .filter(|note| !note.is_empty()),
        tellings,
        merged: merged::shapes(net, taken_up),
        merged_into: merged_into.map(ToString::to_string),
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
        referrals: leads.map(|leads| {
            let of_merged = beside::leads_of_merged(net, taken_up.0);
            beside::leads(net, leads)
                .into_iter()
                .chain(of_merged)
                .collect()
        }),
        trail: page.map(|page| happened(net, page, leads.unwrap_or_default())),
        results: page.map(|page| results(net, page)),
        attachments: page.map(|page| attachments(net, page)),
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

fn results<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<ResultShape<'a>> {
    let shape = |result: &'a store::case::KeptResult| ResultShape {
        id: result.id.0,
        round: RoundShape::of(page.round(result.id)),
        at: Moment(result.at),
        by: name(net, result.member.0),
        note: &result.note,
    };
    page.results.iter().map(shape).collect()
}

impl RoundShape {
    fn of(round: Option<Round>) -> Self {
        Self {
            round: round.map(|round| round.n),
            claim: round.and_then(|round| round.claim).map(Into::into),
            became: round.map(|round| round.end.as_str()),
        }
    }
}

fn attachments<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<AttachmentShape<'a>> {
    let shape = |one: &'a Attachment| AttachmentShape {
        round: RoundShape::of(one.result.and_then(|id| page.round(id))),
        ..attachment(one, by(net, brought_by(page, &page.reports, one)))
    };
    page.attachments.iter().map(shape).collect()
}

/// Somebody's name.
pub(super) fn by(net: &CommunityNet, member: Option<MemberId>) -> Option<&str> {
    name(net, member?.0)
}

/// The shape of a photo or sound note that somebody brought.
pub(super) fn attachment<'a>(attachment: &Attachment, by: Option<&'a str>) -> AttachmentShape<'a> {
    AttachmentShape {
        id: attachment.id,
        media_type: attachment.kind.media_type(),
        of_result: attachment.result.is_some(),
        at: Moment(attachment.at),
        by,
        result: attachment.result.map(|id| id.0),
        round: RoundShape::default(),
    }
}
