//! What waits for somebody, as on their page of a day: `GET /api/v1/tasks` is what they have to do, `GET /api/v1/decisions` what
//! others asked of them, `GET /api/v1/ratings` every whistle that waits for their word. It stands here until it is done, whatever was read. Return visits have a list of their own.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use door::Door;
use door::error::Failure;
use door::moment::Moment;
use door::routes::{Routes, Who};
use door::session::Signed;
use rules::access::{Action, may};
use rules::case::CommandName;
use rules::mediation::StateName;
use serde::{Deserialize, Serialize};
use store::case::Listed;
use store::coordination::{Item, Party};
use time::OffsetDateTime;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;
use work::Asker;
use work::case::{Asked as Waiting, Owed, What, asked, mine, next_clock, open_steps, owed};
use work::mediation::{Waiting as MediationWaiting, owed as mediations_owed};
use work::net::CommunityNet;

use super::asked::{Asked, Pages};
use super::body;
use super::case::{CaseItem, ruling};
use super::mediations::MediationItem;
use super::supervision::SaidShape;

/// The most cases in one pair of hands, and the most of each sort of what is owed beside them: as on the page.
const CASES: u16 = 100;
const OWED: u16 = 50;

/// The routes of what waits for somebody.
pub fn declare(routes: Routes) -> Routes {
    let decides = Who::May(Action::DecideExtension);
    routes
        // volunteers have no cases, but mediations
        .get("/api/v1/tasks", Who::SignedIn, tasks)
        .get("/api/v1/decisions", decides, decisions)
        .get("/api/v1/ratings", Who::May(Action::RateResponse), ratings)
}

/// No parameters: what is asked beside it is refused.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TasksQuery {}

/// What somebody has to do.
#[derive(Serialize, ToSchema)]
pub struct TasksShape<'a> {
    /// First what is owed in cases of others, then the cases in one's own hands and of those one stands in for; of both what is
    /// due first at the top.
    items: Vec<TaskItem<'a>>,
    /// Mediations that wait, which are no cases: what is due first at the top.
    mediations: Vec<MediationTask<'a>>,
    /// Whether there may be more than one list holds: 100 cases a pair of hands, 50 of each other sort.
    more: bool,
}

/// What sort of thing there is to do.
#[derive(Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// The next step of a case in one's hands.
    Case,
    /// The next step of one's department's part in a whistle 吹哨.
    Whistle,
    /// Saying how a department responded that one called by a whistle: the work waits for it.
    Rate,
    /// Something agreed upon in a calling together.
    Agreed,
    /// An answer that supervision waits for.
    Answer,
}

/// Something to do.
#[derive(Serialize, ToSchema)]
pub struct TaskItem<'a> {
    kind: TaskKind,
    #[serde(flatten)]
    case: CaseItem<'a>,
    /// The clock that is the asker's to look at; none while nothing says by when.
    clock: Option<TaskClock>,
    /// What may be done now: commands of `POST /api/v1/cases/{number}/{command}`; of an `answer` it is
    /// `POST /api/v1/supervision/{item}/answer` with the id of `question`.
    may: Vec<&'static str>,
    /// What was agreed; `settle` names its `item`.
    #[serde(skip_serializing_if = "Option::is_none")]
    agreed: Option<AgreedShape>,
    /// What supervision asks.
    #[serde(skip_serializing_if = "Option::is_none")]
    question: Option<SaidShape<'a>>,
}

/// By when something is to be done.
#[derive(Serialize, ToSchema)]
pub struct TaskClock {
    /// Of a case the name of its clock, where `answer` is what `take_by` tells: by when the next hand takes it, or the desk dispatches
    /// what is filed; else `acknowledge`, `report_in`, `agreed` or `reply`; of a rating `handle`, by when the work
    /// that waits for it is due.
    name: &'static str,
    due_at: Moment,
    /// Whether that has passed.
    overdue: bool,
}

impl TaskClock {
    fn of(name: &'static str, due: OffsetDateTime, now: OffsetDateTime) -> Self {
        Self {
            name,
            due_at: Moment(due),
            overdue: due < now,
        }
    }
}

/// Something that was agreed upon.
#[derive(Serialize, ToSchema)]
pub struct AgreedShape {
    /// What `settle` names in its field `item`.
    item: Uuid,
    /// What is to be done.
    what: String,
    /// The body outside the net that does it, where whoever called the parties, or the owner of the case while that one is not there,
    /// sees to it that it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    outside: Option<String>,
}

impl AgreedShape {
    fn of(item: &Item) -> Self {
        Self {
            item: item.id.0,
            what: item.what.clone(),
            outside: match &item.by {
                Party::Outside(name) => Some(name.clone()),
                Party::Member(_) | Party::Department(_) => None,
            },
        }
    }
}

impl<'a> TaskItem<'a> {
    /// A case in somebody's hands.
    fn mine(net: &'a CommunityNet, listed: &'a Listed, asker: &Asker) -> Self {
        let may = open_steps(&asker.actor, net, &listed.case, asker.now);
        let clock = next_clock(&listed.case, &may);
        Self {
            kind: TaskKind::Case,
            case: CaseItem::of(net, listed, asker.now),
            clock: clock.map(|(name, due)| TaskClock::of(name.as_str(), due, asker.now)),
            may: may.into_iter().map(CommandName::as_str).collect(),
            agreed: None,
            question: None,
        }
    }

    /// Something owed in a case of others.
    fn owed(net: &'a CommunityNet, one: &'a Owed, asker: &Asker) -> Self {
        let (kind, clock, step) = match &one.what {
            What::Called(step) => (TaskKind::Whistle, step.as_str(), step.as_str()),
            What::Rate => {
                let rate = CommandName::RateResponse.as_str();
                (TaskKind::Rate, "handle", rate)
            }
            What::Agreed(_) => (TaskKind::Agreed, "agreed", CommandName::Settle.as_str()),
            What::Answer(_) => (TaskKind::Answer, "reply", "answer"),
        };
        Self {
            kind,
            case: CaseItem::of(net, &one.listed, asker.now),
            clock: one.due.map(|due| TaskClock::of(clock, due, asker.now)),
            may: vec![step],
            agreed: match &one.what {
                What::Agreed(item) => Some(AgreedShape::of(item)),
                _ => None,
            },
            question: match &one.what {
                What::Answer(asked) => Some(SaidShape::of(net, (asked, None), asker.now)),
                _ => None,
            },
        }
    }
}

/// A mediation that waits.
#[derive(Serialize, ToSchema)]
pub struct MediationTask<'a> {
    #[serde(flatten)]
    mediation: MediationItem<'a>,
    /// `mediate`: to be talked over, and to end; `follow`: to be looked at again; `hand_over`: its mediator is not there, and a lead
    /// names another one, for it goes to no deputy.
    waits_for: &'static str,
    /// By when; `mediation`, or `follow_up`.
    clock: Option<TaskClock>,
}

impl<'a> MediationTask<'a> {
    fn of(net: &'a CommunityNet, one: &'a MediationWaiting, now: OffsetDateTime) -> Self {
        let clock = match one.mediation.state.name() {
            StateName::Agreed => "follow_up",
            _ => "mediation",
        };
        Self {
            mediation: MediationItem::of(net, &one.mediation),
            waits_for: one.what.as_str(),
            clock: one.due.map(|due| TaskClock::of(clock, due, now)),
        }
    }
}

/// What the asker has to do: their cases, their department's part in whistles, rating those they whistled for, what was agreed upon, answers that supervision
/// waits for; while they stand in for somebody, that one's too. Beside them the mediations that wait for them; volunteers have these
/// alone. Return visits stand at `/api/v1/visits`.
#[utoipa::path(
    get,
    path = "/api/v1/tasks",
    tag = "tasks",
    params(TasksQuery),
    responses(
        (status = 200, description = "What there is to do", body = TasksShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role neither handles cases nor mediates"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn tasks(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<TasksQuery>,
) -> Result<Response, Failure> {
    let TasksQuery {} = query;
    reading.done()?;
    let has = |action| asker.role().is_some_and(|role| may(role, action));
    if !has(Action::Handle) && !has(Action::Mediate) {
        return Err(Failure::Forbidden);
    }
    let cases = match has(Action::Handle) {
        true => Some((
            owed(&door.house, &asker, OWED).await?,
            mine(&door.house, &asker, CASES).await?,
        )),
        false => None,
    };
    let waiting = mediations_owed(&door.house, &asker, OWED).await?;
    let net = door.house.net();
    let net = net.of(&asker)?;
    let items = cases.iter().flat_map(|(owing, mine)| {
        let owed = owing.all.iter().map(|one| TaskItem::owed(net, one, &asker));
        owed.chain(mine.rows.iter().map(|one| TaskItem::mine(net, one, &asker)))
    });
    let mediations = waiting.all.iter();
    let mediations = mediations.map(|one| MediationTask::of(net, one, asker.now));
    let shape = TasksShape {
        items: items.collect(),
        mediations: mediations.collect(),
        more: waiting.more || cases.iter().any(|(owing, mine)| owing.more || mine.more),
    };
    body::answer(StatusCode::OK, &shape)
}

/// A case with what somebody has to decide about it.
#[derive(Serialize, ToSchema)]
pub struct DecisionItem<'a> {
    #[serde(flatten)]
    case: CaseItem<'a>,
    /// What decides it: `extend` where more time is asked for, `review` where being overdue is appealed against.
    may: Vec<&'static str>,
    /// Since when it waits.
    since: Moment,
    /// How an appeal stands, where one is to be reviewed: `waiting`, or `agreed` by one, so that a second one is asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    appeal: Option<&'static str>,
}

impl<'a> DecisionItem<'a> {
    fn of(net: &'a CommunityNet, one: &'a Waiting, now: OffsetDateTime) -> Self {
        let reviews = one.decisions.contains(&CommandName::Review);
        let appeal = one.listed.case.appeal.filter(|_| reviews);
        Self {
            case: CaseItem::of(net, &one.listed, now),
            may: one.decisions.iter().map(|name| name.as_str()).collect(),
            since: Moment(one.since),
            appeal: appeal.map(|appeal| ruling(appeal.ruling)),
        }
    }
}

/// A page of what somebody has to decide.
#[derive(Serialize, ToSchema)]
pub struct DecisionsShape<'a> {
    /// What waits, the longest first. A page may hold fewer than were asked for, where others decide what was looked at.
    items: Vec<DecisionItem<'a>>,
    /// The `after` of the next page; none on the last one.
    next: Option<String>,
}

/// What others asked of those who lead, and the asker may decide: more time, appeals against being overdue.
#[utoipa::path(
    get,
    path = "/api/v1/decisions",
    tag = "tasks",
    params(Pages),
    responses(
        (status = 200, description = "A page", body = DecisionsShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role decides nothing"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn decisions(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<Pages>,
) -> Result<Response, Failure> {
    let (after, limit) = query.read(reading)?;
    let found = asked(&door.house, &asker, after, usize::from(limit)).await?;
    let net = door.house.net();
    let net = net.of(&asker)?;
    let items = found.rows.iter();
    let shape = DecisionsShape {
        items: items
            .map(|one| DecisionItem::of(net, one, asker.now))
            .collect(),
        next: found.next.map(|next| next.to_string()),
    };
    body::answer(StatusCode::OK, &shape)
}

/// A page of the whistles that wait for somebody's rating.
#[derive(Serialize, ToSchema)]
pub struct RatingsShape<'a> {
    /// Each of the kind `rate`; those whose time to come was over first at the top. A page may hold fewer than were asked for, where
    /// others rate what was looked at.
    items: Vec<TaskItem<'a>>,
    /// The `after` of the next page; none on the last one.
    next: Option<String>,
}

/// The whistles that go on for nothing but the asker's word on how departments responded: all of them, where `tasks` holds the first.
#[utoipa::path(
    get,
    path = "/api/v1/ratings",
    tag = "tasks",
    params(Pages),
    responses(
        (status = 200, description = "A page", body = RatingsShape<'static>),
        (status = 401, description = "Not signed in"),
        (status = 403, description = "The role rates nobody"),
        (status = 422, description = "Faulty parameters"),
    ),
    security(("bearer" = []))
)]
pub async fn ratings(
    State(door): State<Door>,
    Signed(asker): Signed,
    Asked(query, reading): Asked<Pages>,
) -> Result<Response, Failure> {
    let (after, limit) = query.read(reading)?;
    let found = work::case::ratings(&door.house, &asker, after, usize::from(limit)).await?;
    let net = door.house.net();
    let net = net.of(&asker)?;
    let items = found.rows.iter();
    let shape = RatingsShape {
        items: items.map(|one| TaskItem::owed(net, one, &asker)).collect(),
        next: found.next.map(|next| next.to_string()),
    };
    body::answer(StatusCode::OK, &shape)
}
