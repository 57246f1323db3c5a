//! What the API shows of mediations: never anybody's contact, but to the mediator who asks for it.

use door::moment::Moment;
use rules::mediation::{Instead, Kept, Mediation, State as Stands};
use serde::Serialize;
use utoipa::ToSchema;
use work::mediation::MediationPage;
use work::net::CommunityNet;

use crate::shape::GridShape;

/// A mediation, without anybody's contact.
#[derive(Serialize, ToSchema)]
pub struct MediationShape<'a> {
    number: String,
    /// What `If-Match` names.
    version: i64,
    state: &'a str,
    kind: &'a str,
    grid: Option<GridShape<'a>>,
    /// The case it was opened from, where the asker sees it.
    case: Option<String>,
    mediator: Option<&'a str>,
    people: u16,
    parties: u8,
    matter: Option<&'a str>,
    place: Option<&'a str>,
    agreement: Option<&'a str>,
    /// The day it was agreed.
    agreed_on: Option<String>,
    /// Whether it was agreed on paper, or by word of mouth.
    written: Option<bool>,
    /// Whether the look a month later found it kept.
    kept: Option<bool>,
    /// Where the parties were told to go, as the step takes it.
    instead: Option<&'a str>,
    opened_at: Moment,
    due_at: Option<Moment>,
    follow_at: Option<Moment>,
    ended_at: Option<Moment>,
    trail: Vec<DeedShape<'a>>,
    /// What the asker may do now.
    may: Vec<&'a str>,
}

/// One entry of the trail.
#[derive(Serialize, ToSchema)]
pub struct DeedShape<'a> {
    at: Moment,
    deed: &'a str,
    /// Who did it; none for time itself.
    actor: Option<&'a str>,
    role: &'a str,
    /// The day of a talk, `2026-11-23`, which may have been written down later.
    on: Option<String>,
    words: Vec<&'a str>,
}

impl<'a> MediationShape<'a> {
    pub(crate) fn of(page: &'a MediationPage) -> Self {
        let (net, mediation): (&CommunityNet, _) = (&page.net, &page.mediation);
        let name = |id| net.member(id).map(|member| member.name.as_str());
        let agreement = mediation.state.agreement();
        let (kept, instead) = match mediation.state {
            Stands::NotAgreed { instead } => (None, Some(instead)),
            Stands::Finished { kept, .. } => match kept {
                Kept::Yes => (Some(kept), None),
                Kept::No { instead } => (Some(kept), Some(instead)),
            },
            _ => (None, None),
        };
        let trail = page.trail.iter().map(|happened| DeedShape {
            at: Moment(happened.at),
            deed: happened.deed.name(),
            actor: happened.actor.and_then(name),
            role: &happened.role,
            on: happened.held_on.map(|day| day.to_string()),
            words: happened.words.iter().map(String::as_str).collect(),
        });
        Self {
            number: mediation.number.to_string(),
            version: mediation.version,
            state: mediation.state.name().as_str(),
            kind: &mediation.kind,
            grid: GridShape::find(net, mediation.grid),
            case: page.case.as_ref().map(ToString::to_string),
            mediator: net
                .member(mediation.mediator)
                .map(|member| member.name.as_str()),
            people: mediation.people,
            parties: mediation.parties,
            matter: page.matter.as_deref(),
            place: page.place.as_deref(),
            agreement: page.agreement.as_deref(),
            agreed_on: agreement.map(|one| one.on.to_string()),
            written: agreement.map(|one| one.written),
            kept: kept.map(|kept| kept == Kept::Yes),
            instead: instead.map(Instead::as_str),
            opened_at: Moment(mediation.times.opened_at),
            due_at: mediation.times.due_at.map(Moment),
            follow_at: mediation.times.follow_at.map(Moment),
            ended_at: mediation.times.ended_at.map(Moment),
            trail: trail.collect(),
            may: page.may.iter().map(|name| name.as_str()).collect(),
        }
    }
}

/// A mediation in a list, and what whoever opened one for somebody else gets back.
#[derive(Serialize, ToSchema)]
pub struct MediationItem<'a> {
    number: String,
    /// What `If-Match` names.
    version: i64,
    state: &'a str,
    kind: &'a str,
    grid: Option<GridShape<'a>>,
    mediator: Option<&'a str>,
    opened_at: Moment,
    due_at: Option<Moment>,
    follow_at: Option<Moment>,
}

impl<'a> MediationItem<'a> {
    pub(crate) fn of(net: &'a CommunityNet, mediation: &'a Mediation) -> Self {
        Self {
            number: mediation.number.to_string(),
            version: mediation.version,
            state: mediation.state.name().as_str(),
            kind: &mediation.kind,
            grid: GridShape::find(net, mediation.grid),
            mediator: net
                .member(mediation.mediator)
                .map(|member| member.name.as_str()),
            opened_at: Moment(mediation.times.opened_at),
            due_at: mediation.times.due_at.map(Moment),
            follow_at: mediation.times.follow_at.map(Moment),
        }
    }
}

/// A page of mediations, newest first.
#[derive(Serialize, ToSchema)]
pub struct MediationsShape<'a> {
    pub(super) items: Vec<MediationItem<'a>>,
    /// The `before` of the next page.
    pub(super) next: Option<String>,
}

/// A party in clear.
#[derive(Serialize, ToSchema)]
pub struct PartyShape {
    /// 甲方, 乙方 …
    pub(super) party: &'static str,
    pub(super) name: Option<String>,
    pub(super) phone: Option<String>,
}
