//! What happened to a case, as JSON: who did it, for whom, and to whom or about what, so that the trail proves it by itself.

use door::moment::Moment;
use rules::case::{Deed, Event, Found, Method, Outcome, Satisfaction};
use rules::ids::{CaseId, DepartmentId, MemberId, PostId, ReferralId};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;
use work::case::{CasePage, Happened};
use work::net::CommunityNet;
use work::referral::OfCase;

use super::beside::FiledAnewShape;
use crate::shape::DepartmentShape;
use crate::steps::ClaimWord;
use crate::wordings::ToldShape;

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
    #[serde(flatten)]
    toward: TowardShape<'a>,
    #[serde(flatten)]
    came: CameShape,
    /// By when the whole case is due since, where the step changed that.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Moment>,
    words: Vec<&'a str>,
    /// Of `reclassified`: what it was filed under before and after.
    #[serde(skip_serializing_if = "Option::is_none")]
    filed_anew: Option<FiledAnewShape<'a>>,
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
    /// `serves`, `stands_in`, `fast_lane`, `lane_empty` (the department of the fast lane has nobody there),
    /// `department_empty` (the department that the catalogue names has nobody any more) or `last_resort`.
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
                Reason::DepartmentEmpty => "department_empty",
                Reason::LastResort => "last_resort",
            },
            grid: grid.map(|grid| grid.code.as_str()),
        }
    }
}

/// To whom something was given, or what it is about.
#[derive(Default, Serialize, ToSchema)]
pub struct TowardShape<'a> {
    /// Whom it was given to: the task, a look at the place, a return visit, what was agreed.
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    /// The departments it concerns: that of the seat the task went to, those that were called, the one whose part it is.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    departments: Vec<DepartmentShape<'a>>,
    /// Of `unheard` and `climbed`: the leaders that were told.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    leaders: Vec<&'a str>,
    /// Of `response_rated`: how the department's response was found.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    response: Option<Satisfaction>,
    /// Of `coordinated`: which of `coordinations`.
    #[serde(skip_serializing_if = "Option::is_none")]
    coordination: Option<Uuid>,
    /// Of `agreed` and `settled`: which of `items`.
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<Uuid>,
    /// Of `settled`: whether it was done; else it was dropped.
    #[serde(skip_serializing_if = "Option::is_none")]
    done: Option<bool>,
    /// Of `suspended`: until when.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Moment>,
    /// Of `merged`: the number of the case that goes on, where the asker finds it; of `attached`: of the case that was merged into
    /// this one, as long as it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    case: Option<String>,
    /// Of `referred` and `referral_answered`: the number of the lead, one of `referrals`.
    #[serde(skip_serializing_if = "Option::is_none")]
    referral: Option<String>,
}

impl<'a> TowardShape<'a> {
    fn of(net: &'a CommunityNet, page: &CasePage, leads: &[OfCase], event: &Event) -> Self {
        let member = |id: MemberId| name(net, id.0);
        let called = |ids: &[DepartmentId]| Self {
            departments: departments(net, ids),
            ..Self::default()
        };
        match &event.deed {
            Deed::Dispatched { addressee, .. }
            | Deed::Escalated { addressee, .. }
            | Deed::Raised { addressee }
            | Deed::Lowered { addressee } => Self {
                to: member(addressee.member),
                ..called(seat(net, addressee.post).as_slice())
            },
            Deed::HandedOver => Self::to(event.owner.and_then(member)),
            Deed::Verifying { by } => Self::to(member(*by)),
            Deed::Checked { visitor, .. } => Self::to(visitor.and_then(member)),
            Deed::VisitPassed { visitor } => Self::to(member(*visitor)),
            Deed::Whistled { departments, .. } => called(departments),
            Deed::Climbed {
                departments,
                called: leaders,
                ..
            } => Self {
                leaders: leaders.iter().copied().filter_map(member).collect(),
                ..called(departments)
            },
            Deed::Acknowledged { department }
            | Deed::ReportedIn { department }
            | Deed::Finished { department } => called(&[*department]),
            Deed::ResponseRated {
                department,
                response,
                ..
            } => Self {
                response: Some(*response),
                ..called(&[*department])
            },
            Deed::Suspended { until } => Self {
                until: Some(Moment(*until)),
                ..Self::default()
            },
            Deed::Coordinated { coordination, .. } => Self {
                coordination: Some(coordination.0),
                ..Self::default()
            },
            Deed::Agreed { item, by } => Self {
                item: Some(item.0),
                ..Self::to(by.and_then(member))
            },
            Deed::Settled { item, done } => Self {
                item: Some(item.0),
                done: Some(*done),
                ..Self::default()
            },
            Deed::Referred { referral } | Deed::ReferralAnswered { referral, .. } => Self {
                referral: lead(page, leads, *referral),
                ..Self::default()
            },
            Deed::Merged { .. } => Self::about(page.merged_into.as_ref().map(ToString::to_string)),
            Deed::Attached { other } => Self::about(merged(page, *other)),
            _ => Self::default(),
        }
    }

    fn to(to: Option<&'a str>) -> Self {
        Self {
            to,
            ..Self::default()
        }
    }

    fn about(case: Option<String>) -> Self {
        Self {
            case,
            ..Self::default()
        }
    }
}

/// What was found, heard or decided by a step.
#[derive(Default, Serialize, ToSchema)]
pub struct CameShape {
    /// Of `handled` and `fixed`: which of `results`.
    #[serde(skip_serializing_if = "Option::is_none")]
    result: Option<Uuid>,
    /// Of `handled`: what it came to, by the words of `handle`; left out of what was written before that was noted.
    #[serde(skip_serializing_if = "Option::is_none")]
    claim: Option<ClaimWord>,
    /// Of `verified`: `exists`, `not` or `unclear`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    found: Option<Found>,
    /// Of `checked`: whether it passed.
    #[serde(skip_serializing_if = "Option::is_none")]
    passed: Option<bool>,
    /// Of `visited` and `rated`: whether the reporter said that it is solved.
    #[serde(skip_serializing_if = "Option::is_none")]
    solved: Option<bool>,
    /// Of `visited` and `rated`: `satisfied`, `fairly` or `dissatisfied`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    satisfaction: Option<Satisfaction>,
    /// Of `visited` and `not_reached`: `phone` or `on_site`.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    method: Option<Method>,
    /// Of `closed`: how it ended, as the case has it in `outcome` until it is reopened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    outcome: Option<Outcome>,
    /// Of `extension_decided`: whether more time was granted.
    #[serde(skip_serializing_if = "Option::is_none")]
    granted: Option<bool>,
    /// Of `extension_fell`: why nobody decides any more: `suspended`, `handled`, `given_on` or `ended`.
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<&'static str>,
    /// Of `reviewed`: whether whoever decided agreed to the appeal.
    #[serde(skip_serializing_if = "Option::is_none")]
    agreed: Option<bool>,
    /// Of `referral_answered`: what came of the lead: `refused`, `withdrawn`, `no_violation`, `corrected_on_spot`, `penalty_decided`,
    /// `transferred` or `closed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'static str>,
}

impl CameShape {
    fn of(page: &CasePage, happened: &Happened) -> Self {
        let mut came = Self::default();
        match &happened.event.deed {
            Deed::Handled { result, .. } => {
                came.result = Some(result.0);
                came.claim = page.claim(happened).map(Into::into);
            }
            Deed::Fixed { result, .. } => came.result = Some(result.0),
            Deed::Verified { found } => came.found = Some(*found),
            Deed::Checked { passed, .. } => came.passed = Some(*passed),
            Deed::Visited {
                solved,
                method,
                satisfaction,
                ..
            } => {
                came.solved = Some(*solved);
                (came.method, came.satisfaction) = (*method, *satisfaction);
            }
            Deed::NotReached { method, .. } => came.method = Some(*method),
            Deed::Rated { rating, .. } => {
                came.solved = Some(rating.solved);
                came.satisfaction = Some(rating.satisfaction);
            }
            Deed::Closed { outcome, .. } => came.outcome = Some(*outcome),
            Deed::ExtensionDecided { granted } => came.granted = Some(*granted),
            Deed::ExtensionFell { cause, .. } => came.cause = Some(cause.as_str()),
            Deed::Reviewed { agreed, .. } => came.agreed = Some(*agreed),
            Deed::ReferralAnswered { answer, .. } => came.answer = Some(answer.as_str()),
            _ => {}
        }
        came
    }
}

/// The department that a seat is in.
fn seat(net: &CommunityNet, post: PostId) -> Option<DepartmentId> {
    net.post(post)?.department
}

fn departments<'a>(net: &'a CommunityNet, ids: &[DepartmentId]) -> Vec<DepartmentShape<'a>> {
    let found = ids.iter().map(|id| DepartmentShape::find(net, *id));
    found.flatten().collect()
}

fn merged(page: &CasePage, case: CaseId) -> Option<String> {
    let mut merged = page.merged.iter();
    let found = merged.find(|one| one.case.id == case)?;
    Some(found.case.number.to_string())
}

/// The number of a lead of the case, or of one that was merged into it.
fn lead(page: &CasePage, leads: &[OfCase], id: ReferralId) -> Option<String> {
    let of_merged = page.merged.iter().flat_map(|one| &one.referrals);
    let mut all = leads.iter().chain(of_merged);
    let found = all.find(|one| one.kept.referral.id == id)?;
    Some(found.kept.referral.number.to_string())
}

/// The trail of a case, with its leads.
pub(super) fn happened<'a>(
    net: &'a CommunityNet,
    page: &'a CasePage,
    leads: &[OfCase],
) -> Vec<HappenedShape<'a>> {
    let shape = |happened: &'a Happened| HappenedShape {
        at: Moment(happened.at),
        deed: happened.event.deed.name(),
        state: happened.event.to.as_str(),
        actor: happened.actor.and_then(|id| name(net, id)),
        stands_for: happened
            .event
            .stands_for
            .and_then(|absent| name(net, absent.0)),
        absent: happened
            .event
            .absent()
            .and_then(|absent| name(net, absent.0)),
        role: &happened.role,
        toward: TowardShape::of(net, page, leads, &happened.event),
        came: CameShape::of(page, happened),
        due_at: happened.event.due.map(Moment),
        words: happened
            .words
            .iter()
            .map(|remark| remark.words.as_str())
            .collect(),
        filed_anew: FiledAnewShape::of(&happened.event),
        why: happened.why.as_ref().map(|why| WhyShape::of(net, why)),
        told: ToldShape::of(net, happened, &page.case.number),
    };
    page.trail.iter().map(shape).collect()
}

/// The name of somebody who works here; none where the net knows them no more.
pub(super) fn name(net: &CommunityNet, member: Uuid) -> Option<&str> {
    net.member(MemberId(member))
        .map(|member| member.name.as_str())
}
