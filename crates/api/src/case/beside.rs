//! What goes on beside the way of a case, as JSON: clocks, whistles department by department, callings together and what was
//! agreed there.

use door::moment::Moment;
use rules::case::{ClockName, Deadline, Deed, Event, Limit, Ruling, Satisfaction};
use rules::deadline::{Basis, Clock};
use rules::ids::{CategoryCode, ConditionCode};
use rules::referral::{Referral, State};
use serde::Serialize;
use store::coordination::Party;
use time::OffsetDateTime;
use utoipa::ToSchema;
use work::case::{CasePage, Merged};
use work::net::CommunityNet;
use work::referral::OfCase;

use crate::shape::DepartmentShape;

/// A running clock.
#[derive(Serialize, ToSchema)]
pub struct ClockShape {
    /// Which: answer, contact, update, report_in, tier, handle, visit, whole, resume, question.
    name: &'static str,
    due_at: Moment,
    /// What it was reckoned from; with the trail only.
    #[serde(skip_serializing_if = "Option::is_none")]
    why: Option<BasisShape>,
}

/// What a clock was reckoned from.
#[derive(Serialize, ToSchema)]
pub struct BasisShape {
    /// The name of the setting that gave the limit, or `condition`, `order`, `chosen`, `promised` (on the receipt),
    /// `handling` (the end of the time for the matter).
    rule: &'static str,
    /// Since when it runs.
    from: Moment,
    /// The limit; none where the date was given.
    #[schema(value_type = Option<Object>)]
    limit: Option<Limit>,
    /// How many times the same limit was added.
    extensions: u16,
    /// When it stood still.
    pauses: Vec<PauseShape>,
    /// Time on top, for check and closing.
    #[schema(value_type = Option<Object>)]
    on_top: Option<Limit>,
    /// Years whose holiday notice was used.
    calendar: Vec<i32>,
    /// Years whose notice is not published yet: it may move.
    provisional: Vec<i32>,
    /// Whether it ends elsewhere than this reckoning, because the rule was changed since.
    moved: bool,
}

/// What a case was filed under before and after its category was changed.
#[derive(Serialize, ToSchema)]
pub struct FiledAnewShape<'a> {
    /// The category's code before.
    former_category: Option<&'a str>,
    /// The condition's code before.
    former_condition: Option<&'a str>,
    /// The category's code after.
    category: Option<&'a str>,
    /// The condition's code after.
    condition: Option<&'a str>,
}

impl<'a> FiledAnewShape<'a> {
    /// None for every step but that one.
    pub fn of(event: &'a Event) -> Option<Self> {
        let Deed::Reclassified { former, condition } = &event.deed else {
            return None;
        };
        Some(Self {
            former_category: event.category_before().map(CategoryCode::as_str),
            former_condition: former.as_ref().map(ConditionCode::as_str),
            category: event.category.as_ref().map(CategoryCode::as_str),
            condition: condition.as_ref().map(ConditionCode::as_str),
        })
    }
}

/// When a clock stood still.
#[derive(Serialize, ToSchema)]
pub struct PauseShape {
    since: Moment,
    until: Moment,
}

impl ClockShape {
    /// Of a clock, with its reasons where the page of the case is there.
    pub fn of((name, at): (ClockName, OffsetDateTime), page: Option<&CasePage>) -> Self {
        let basis = page.and_then(|page| Some((page.basis(name)?, page)));
        Self {
            name: name.as_str(),
            due_at: Moment(at),
            why: basis.map(|(basis, page)| BasisShape::of(&basis, at, &page.net)),
        }
    }
}

impl BasisShape {
    fn of(basis: &Basis, due: OffsetDateTime, net: &CommunityNet) -> Self {
        let clock = basis.clock.as_ref();
        let pauses = clock.map_or(&[][..], Clock::pauses).iter();
        let (first, last) = (net.calendar.local(basis.from), net.calendar.local(due));
        let (calendar, provisional) = (first.year()..=last.year())
            .filter(|_| clock.is_some())
            .partition(|year| net.calendar.is_published(*year));
        Self {
            rule: basis.rule.as_str(),
            from: Moment(basis.from),
            limit: clock.map(Clock::limit),
            extensions: clock.map_or(0, Clock::extensions),
            pauses: pauses
                .map(|pause| PauseShape {
                    since: Moment(pause.since),
                    until: Moment(pause.till),
                })
                .collect(),
            on_top: basis.on_top,
            calendar,
            provisional,
            moved: basis.moved(&net.calendar, due),
        }
    }
}

/// A deadline of the case, whether its clock still runs or not.
#[derive(Serialize, ToSchema)]
pub struct DeadlineShape {
    /// Of which clock: contact, handle, whole, and whatever else runs.
    name: &'static str,
    due_at: Moment,
    /// When it was met; none while it is not.
    met_at: Option<Moment>,
    /// Whether it was met late, or has passed without being met.
    late: bool,
    why: Option<BasisShape>,
    /// Of `handle` and `whole` of a case that was opened again: in which round, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    round: Option<u16>,
}

/// The deadlines of the present round, and behind them those of the work and the whole in rounds that are over.
pub fn deadlines(page: &CasePage, now: OffsetDateTime) -> Vec<DeadlineShape> {
    let past = page.past_rounds();
    let present = Some(page.present_round()).filter(|_| !past.is_empty());
    let shape = |one: Deadline, round: Option<u16>| DeadlineShape {
        name: one.name.as_str(),
        due_at: Moment(one.due),
        met_at: one.met.map(Moment),
        late: one.is_late(now),
        why: None,
        round,
    };
    let own = page.case.deadlines().into_iter().map(|one| {
        let again = matches!(one.name, ClockName::Handle | ClockName::Whole);
        let why = page.basis(one.name);
        DeadlineShape {
            why: why.map(|basis| BasisShape::of(&basis, one.due, &page.net)),
            ..shape(one, present.filter(|_| again))
        }
    });
    let past = past.iter().map(|one| shape(one.deadline, Some(one.round)));
    own.chain(past).collect()
}

/// A lead of the case, as its page shows it: what was found stands with the lead itself.
#[derive(Serialize, ToSchema)]
pub struct CaseLeadShape<'a> {
    number: String,
    /// The enforcement team it went to.
    team: Option<DepartmentShape<'a>>,
    /// `referred`, `taken`, `started`, `ended`, `refused` or `withdrawn`.
    state: &'static str,
    /// What came of it: `no_violation`, `corrected_on_spot`, `penalty_decided`, `transferred` or `closed`; none before its end.
    result: Option<&'static str>,
    /// The two officers who have or had it, by name.
    officers: Vec<&'a str>,
    /// The number of the case that it was referred from, where that was merged into this one.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
}

impl<'a> CaseLeadShape<'a> {
    /// Of a lead.
    pub fn of(net: &'a CommunityNet, referral: &Referral) -> Self {
        let name = |id| net.member(id).map(|member| member.name.as_str());
        let two = referral.state.officers();
        let two = two.map(|two| [two.first(), two.second()]);
        Self {
            number: referral.number.to_string(),
            team: DepartmentShape::find(net, referral.team),
            state: referral.state.name().as_str(),
            result: match referral.state {
                State::Ended { result, .. } => Some(result.as_str()),
                _ => None,
            },
            officers: two.into_iter().flatten().filter_map(name).collect(),
            case: None,
        }
    }
}

/// The leads of a case, the latest first.
pub fn leads<'a>(net: &'a CommunityNet, leads: &[OfCase]) -> Vec<CaseLeadShape<'a>> {
    let shape = |one: &OfCase| CaseLeadShape::of(net, &one.kept.referral);
    leads.iter().map(shape).collect()
}

/// The leads of what was merged into a case, each with the number of the case that it is of.
pub fn leads_of_merged<'a>(net: &'a CommunityNet, merged: &[Merged]) -> Vec<CaseLeadShape<'a>> {
    let all = merged.iter().flat_map(|merged| {
        let number = merged.case.number.to_string();
        merged.referrals.iter().map(move |one| CaseLeadShape {
            case: Some(number.clone()),
            ..CaseLeadShape::of(net, &one.kept.referral)
        })
    });
    all.collect()
}

/// One department's part in a whistle.
#[derive(Serialize, ToSchema)]
pub struct PartShape<'a> {
    whistle: uuid::Uuid,
    /// The department's code.
    department: Option<&'a str>,
    /// Whether it leads 主办; the others help 协办.
    leads: bool,
    urgency: &'static str,
    called_at: Moment,
    /// By when it has to say that it has heard.
    hear_by: Option<Moment>,
    report_by: Moment,
    acknowledged_at: Option<Moment>,
    reported_in_at: Option<Moment>,
    finished_at: Option<Moment>,
    /// When its leader was told that nobody said they had heard.
    unheard_at: Option<Moment>,
    /// When being late was told to the department's leader.
    climbed_at: Option<Moment>,
    /// How whoever called found the department's response.
    #[schema(value_type = Option<String>)]
    response: Option<Satisfaction>,
    /// When the whistle was called off, for a department that is left in it to be rated: nobody waits for it any more.
    called_off_at: Option<Moment>,
    ended_at: Option<Moment>,
}

/// A calling together.
#[derive(Serialize, ToSchema)]
pub struct CoordinationShape<'a> {
    id: uuid::Uuid,
    purpose: &'a str,
    meets_at: Moment,
    place: &'a str,
    parties: Vec<String>,
}

/// Something that was agreed.
#[derive(Serialize, ToSchema)]
pub struct ItemShape<'a> {
    /// What `settle` names in its field `item`.
    item: uuid::Uuid,
    what: &'a str,
    /// Who does it, by name.
    by: String,
    due_at: Moment,
    /// Whether it was done; `false` if it was dropped; missing while it is open.
    done: Option<bool>,
}

/// How an appeal stands, in a word.
pub const fn ruling(ruling: Ruling) -> &'static str {
    match ruling {
        Ruling::Waiting => "waiting",
        Ruling::Agreed { .. } => "agreed",
        Ruling::Granted { .. } => "granted",
        Ruling::Refused { .. } => "refused",
    }
}

/// The whistles of a case.
pub fn whistles<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<PartShape<'a>> {
    let shape = |row: &store::whistle::PartRow| PartShape {
        whistle: row.whistle.0,
        department: net.department(row.department).map(|one| one.code.as_str()),
        leads: row.leads,
        urgency: row.urgency.as_str(),
        called_at: Moment(row.called_at),
        hear_by: row.hear_by.map(Moment),
        report_by: Moment(row.report_by),
        acknowledged_at: row.acknowledged_at.map(Moment),
        reported_in_at: row.reported_in_at.map(Moment),
        finished_at: row.finished_at.map(Moment),
        unheard_at: row.unheard_at.map(Moment),
        climbed_at: row.climbed_at.map(Moment),
        response: row.response,
        called_off_at: page.called_off(row).map(Moment),
        ended_at: row.ended_at.map(Moment),
    };
    page.whistles.iter().map(shape).collect()
}

/// The callings together of a case.
pub fn coordinations<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<CoordinationShape<'a>> {
    let shape = |one: &'a store::coordination::Coordination| CoordinationShape {
        id: one.id.0,
        purpose: &one.purpose,
        meets_at: Moment(one.meets_at),
        place: &one.place,
        parties: one.parties.iter().map(|party| name(net, party)).collect(),
    };
    page.coordinations.iter().map(shape).collect()
}

/// What was agreed for a case.
pub fn items<'a>(net: &'a CommunityNet, page: &'a CasePage) -> Vec<ItemShape<'a>> {
    let shape = |item: &'a store::coordination::Item| ItemShape {
        item: item.id.0,
        what: &item.what,
        by: name(net, &item.by),
        due_at: Moment(item.due_at),
        done: item.settled.map(|settled| settled.done),
    };
    page.items.iter().map(shape).collect()
}

fn name(net: &CommunityNet, party: &Party) -> String {
    match party {
        Party::Member(id) => net.member(*id).map(|one| one.name.clone()),
        Party::Department(id) => net.department(*id).map(|one| one.name.clone()),
        Party::Outside(name) => Some(name.clone()),
    }
    .unwrap_or_default()
}
