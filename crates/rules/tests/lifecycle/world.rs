//! A small community for the life cycle: a crowd of actors, a catalogue of four rows, and a way to make any command from a
//! handful of numbers.

use rules::access::{Actor, Role};
use rules::case::*;
use rules::ids::*;
use rules::settings::CaseSettings;
use rules::whistle::{Called, Urgency};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

pub use crate::calendar::Continuous;

pub const HERE: CommunityId = CommunityId(1);
pub const MORNING: OffsetDateTime = datetime!(2026-11-23 09:00 +8);

pub fn id(n: u128) -> Uuid {
    Uuid::from_u128(n)
}

pub fn member(n: u128) -> MemberId {
    MemberId(id(n))
}

pub const DESK: u128 = 1;
pub const OTHER_DESK: u128 = 2;
pub const LEAD: u128 = 3;
pub const CHIEF: u128 = 4;
pub const WORKER: u128 = 5;
pub const OTHER_WORKER: u128 = 6;
pub const STEWARD: u128 = 7;
pub const WATER: u128 = 8;
pub const OFFICER: u128 = 9;
pub const VOLUNTEER: u128 = 10;
/// Number 11 supervises.
pub const DEPUTY: u128 = 12;
/// Leads above the chief, and judges nothing.
pub const TOP: u128 = 13;

/// Somebody who works here. The deputy does the work of `WORKER`, who is away.
pub fn staff(n: u128) -> Actor {
    let role = match n {
        DESK | OTHER_DESK => Role::Desk,
        LEAD => Role::GridLead,
        CHIEF | TOP => Role::CommunityLead,
        WORKER | OTHER_WORKER | DEPUTY => Role::Worker,
        STEWARD => Role::Steward,
        WATER => Role::Department,
        OFFICER => Role::Officer,
        VOLUNTEER => Role::Volunteer,
        _ => Role::Supervisor,
    };
    Actor::Member {
        member: member(n),
        account: AccountId(id(n)),
        role,
        post: PostId(id(n)),
        community: HERE,
        stands_for: Vec::from_iter((n == DEPUTY).then(|| member(WORKER))),
    }
}

pub fn seat(n: u128) -> Addressee {
    Addressee {
        post: PostId(id(n)),
        member: member(n),
    }
}

pub fn reporter(case: &Case) -> Actor {
    Actor::Reporter { case: case.id }
}

pub fn words() -> Words {
    "示例".parse().unwrap()
}

/// A visit in which the reporter says whether it is solved.
pub fn says(solved: bool) -> Command {
    Command::Visit(Visit::Reached(Heard {
        method: Method::Phone,
        solved,
        satisfaction: None,
    }))
}

/// A visit that reached nobody.
pub fn unreached() -> Command {
    let method = Method::Phone;
    Command::Visit(Visit::NotReached { method })
}

/// Seats have the numbers of who holds them.
impl Ladder for World {
    fn tier(&self, post: PostId) -> Tier {
        let role = staff(post.0.as_u128()).role();
        role.map_or(Tier::Community, Tier::of)
    }

    fn is_on_the_way(&self, post: PostId, _: GridId) -> bool {
        !self.elsewhere.contains(&post)
    }

    fn leads(&self, _: GridId, _: OffsetDateTime) -> Vec<MemberId> {
        [LEAD, CHIEF, TOP].map(member).to_vec()
    }

    fn is_there(&self, member: MemberId, _: OffsetDateTime) -> bool {
        !self.gone.contains(&member)
    }

    fn stands_in(&self, absent: MemberId, _: OffsetDateTime) -> Option<MemberId> {
        let mut known = self.deputies.iter();
        known.find_map(|(one, deputy)| (*one == absent).then_some(*deputy))
    }

    fn can_rate(&self, by: MemberId, _: &Case, now: OffsetDateTime) -> bool {
        self.is_there(by, now) && !self.elsewhere.contains(&PostId(by.0))
    }

    fn visitors(&self, _: GridId, _: OffsetDateTime) -> Vec<Vec<MemberId>> {
        self.near.clone()
    }
}

/// The water station, called by its liaison's number, and the enforcement team.
pub const STATIONS: [(u128, u128); 2] = [(801, WATER), (802, OFFICER)];

pub fn department(n: u128) -> DepartmentId {
    DepartmentId(id(n))
}

/// Some of the departments, with their seats.
pub fn called(n: usize) -> Vec<Called> {
    let one = |(of, liaison): &(u128, u128)| Called {
        department: department(*of),
        seats: vec![seat(*liaison)],
    };
    STATIONS.iter().take(n).map(one).collect()
}

/// What set the deadline of a case that nothing has moved since it was filed.
fn plainly_filed(case: &Case) -> Vec<Moved> {
    let counts = &case.counts;
    let is_plain = counts.extensions + counts.suspensions + counts.reopenings == 0;
    let filed_at = case.times.filed_at.filter(|_| is_plain);
    filed_at.map(Moved::Filed).into_iter().collect()
}

pub struct World {
    pub settings: CaseSettings,
    pub rows: Vec<Condition>,
    pub above: Option<Addressee>,
    /// Seats that serve other grids.
    pub elsewhere: Vec<PostId>,
    /// Who is away, or works here no more.
    pub gone: Vec<MemberId>,
    /// Who is away, and who stands in.
    pub deputies: Vec<(MemberId, MemberId)>,
    /// Who may be asked to visit, the nearest first.
    pub near: Vec<Vec<MemberId>>,
    /// Through whose hands the work went before.
    pub took_part: Vec<MemberId>,
    /// Who judged it before.
    pub judged: Vec<MemberId>,
    /// What set and moved the deadline before, where that is more than the filing.
    pub moved: Vec<Moved>,
}

impl World {
    pub fn new() -> Self {
        let row = |code: &str, photo_needed, visit_needed| Condition {
            version: CatalogueVersion(1),
            category: code[..5].parse().unwrap(),
            code: Some(code.parse().unwrap()),
            limit: Limit {
                unit: Unit::WorkDay,
                n: if code.starts_with("20110") { 2 } else { 5 },
            },
            first_answer: None,
            update_every: None,
            photo_needed,
            visit_needed,
            suspension_days: None,
        };
        let rows = vec![
            row("2011001", false, false),
            row("2011002", true, false),
            row("2011003", false, true),
            row("2012001", false, false),
        ];
        Self {
            settings: CaseSettings::default(),
            rows,
            above: Some(seat(CHIEF)),
            elsewhere: Vec::new(),
            gone: Vec::new(),
            deputies: Vec::new(),
            near: vec![vec![member(VOLUNTEER)], vec![member(STEWARD)]],
            took_part: Vec::new(),
            judged: Vec::new(),
            moved: Vec::new(),
        }
    }

    fn row(&self, code: Option<&ConditionCode>) -> Option<&Condition> {
        self.rows.iter().find(|row| row.code.as_ref() == code)
    }

    pub fn told(&self, n: u128, now: OffsetDateTime) -> Decision {
        self.promised(n, now, None)
    }

    /// The same with a moment for the first answer on the receipt.
    pub fn promised(
        &self,
        n: u128,
        now: OffsetDateTime,
        promised: Option<OffsetDateTime>,
    ) -> Decision {
        let telling = Telling {
            community: HERE,
            id: CaseId(id(n)),
            number: Number::new("MH", now.date(), 1).unwrap(),
            grid: GridId(id(77)),
            grid_version: GridVersion(1),
            place: None,
            channel: Channel::Resident,
            category: None,
        };
        let case = CaseId(id(n));
        let actor = Actor::Reporter { case };
        let terms = self.terms(None, None);
        receive_order(telling, (None, promised), &actor, &terms, now)
    }

    pub fn terms<'a>(
        &'a self,
        condition: Option<&'a Condition>,
        on_duty: Option<MemberId>,
    ) -> Terms<'a> {
        Terms {
            calendar: &Continuous,
            settings: &self.settings,
            condition,
            ladder: self,
            above: self.above,
            on_duty,
            took_part: &self.took_part,
            judged: &self.judged,
            moved: &self.moved,
        }
    }

    /// Carries a command out as a working room would: with the row of the catalogue it needs.
    pub fn run(
        &self,
        case: &Case,
        command: Command,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<Decision, Refusal> {
        let plain = plainly_filed(case);
        let code = match &command {
            Command::File { condition, .. } | Command::Fix { condition, .. } => condition.clone(),
            _ => case.condition.clone(),
        };
        let mut terms = self.terms(self.row(code.as_ref()), Some(member(DESK)));
        if self.moved.is_empty() {
            terms.moved = &plain;
        }
        transition(case, command, who, &terms, now)
    }

    pub fn attach(
        &self,
        case: &Case,
        merged: &Case,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<Decision, Refusal> {
        attach(case, merged, who, &self.terms(None, None), now)
    }

    pub fn detach(
        &self,
        case: &Case,
        leaving: &Case,
        who: &Actor,
        now: OffsetDateTime,
    ) -> Result<Decision, Refusal> {
        detach(case, (leaving, &[]), who, &self.terms(None, None), now)
    }

    pub fn join(&self, case: &Case, who: &Actor, now: OffsetDateTime) -> Result<Decision, Refusal> {
        join(case, ReportId(id(88)), who, &self.terms(None, None), now)
    }

    /// Runs commands that have to succeed, one minute apart.
    pub fn script(&self, mut case: Case, steps: Vec<(Actor, Command)>) -> Case {
        let mut now = case.times.received_at;
        for (who, command) in steps {
            now += Duration::minutes(1);
            let name = command.name();
            case = self
                .run(&case, command, &who, now)
                .unwrap_or_else(|refusal| panic!("{name}: {refusal:?}"))
                .case;
        }
        case
    }

    pub fn file(&self, row: usize) -> Command {
        let row = &self.rows[row];
        Command::File {
            category: Some(row.category.clone()),
            condition: row.code.clone(),
            reason: None,
        }
    }

    /// The same for a file that has a category already.
    pub fn file_anew(&self, row: usize) -> Command {
        let row = &self.rows[row];
        Command::File {
            category: Some(row.category.clone()),
            condition: row.code.clone(),
            reason: Some(words()),
        }
    }

    /// A command made of a name and some chance; every payload is well-formed, not every one is wise.
    pub fn command(
        &self,
        name: CommandName,
        chance: u64,
        now: OffsetDateTime,
        others: &[Case],
    ) -> Command {
        let pick = chance / 7;
        let row = self.rows.get(pick as usize % 5);
        let category = row.map(|row| row.category.clone());
        let condition = row.and_then(|row| row.code.clone());
        let answer = (!chance.is_multiple_of(3)).then_some(AnswerId(id(5)));
        let result = ResultId(id(6));
        let photos = (chance % 2) as u16;
        let someone = u128::from(pick % 12) + 1;
        let until = now + Duration::days((pick % 120) as i64 - 2);
        match name {
            CommandName::Verify => Command::Verify {
                by: member(someone),
            },
            CommandName::Verified => Command::Verified(Found::Unclear),
            CommandName::File => Command::File {
                category,
                condition,
                reason: (!chance.is_multiple_of(3)).then(words),
            },
            CommandName::Redirect => Command::Redirect {
                reason: RedirectReason::OutsideArea,
                instead: words(),
            },
            CommandName::Merge => {
                let other = &others[pick as usize % others.len()];
                let (id, state) = (other.id, other.state.kind());
                let into = Target { id, state };
                Command::Merge { into }
            }
            CommandName::Fix => Command::Fix {
                category,
                condition,
                result,
                photos,
                answer,
            },
            CommandName::Void => Command::Void { reason: words() },
            CommandName::Dispatch => Command::Dispatch(seat(someone)),
            CommandName::Accept => Command::Accept,
            CommandName::Return => Command::Return { reason: words() },
            CommandName::Escalate => Command::Escalate {
                reason: (!chance.is_multiple_of(3)).then(words),
            },
            CommandName::Ask => Command::Ask { question: words() },
            CommandName::Answer => Command::Answer,
            CommandName::Lapse => Command::Lapse,
            CommandName::Extend if chance.is_multiple_of(2) => {
                Command::Extend(Extend::Ask { reason: words() })
            }
            CommandName::Extend => Command::Extend(Extend::Decide {
                grant: !chance.is_multiple_of(3),
            }),
            CommandName::HandOver => Command::HandOver { to: seat(someone) },
            CommandName::Suspend => Command::Suspend {
                until,
                reason: words(),
            },
            CommandName::Resume => Command::Resume,
            CommandName::Handle if chance.is_multiple_of(5) => Command::Handle {
                result,
                photos,
                claim: Claim::WontFix(WontFixReason::NoMeans),
                left: None,
            },
            CommandName::Handle if chance.is_multiple_of(7) => Command::Handle {
                result,
                photos,
                claim: Claim::Partly,
                left: chance.is_multiple_of(2).then(words),
            },
            CommandName::Handle => Command::Handle {
                result,
                photos,
                claim: Claim::Solved,
                left: None,
            },
            CommandName::Check if chance.is_multiple_of(4) => Command::Check {
                verdict: Verdict::Fail { reason: words() },
                answer: None,
            },
            CommandName::Check => Command::Check {
                verdict: Verdict::Pass,
                answer,
            },
            CommandName::Visit if chance.is_multiple_of(3) => unreached(),
            CommandName::Visit => says(chance.is_multiple_of(2)),
            CommandName::PassVisit => Command::PassVisit,
            CommandName::Close => Command::Close { answer },
            CommandName::Rate => Command::Rate(Rating {
                satisfaction: Satisfaction::Fairly,
                solved: true,
            }),
            CommandName::Reopen => Command::Reopen { reason: words() },
            CommandName::Withdraw => Command::Withdraw,
            _ => self.beside(name, chance),
        }
    }

    /// A command of what goes on beside the way from state to state.
    fn beside(&self, name: CommandName, chance: u64) -> Command {
        let pick = chance / 7;
        let someone = u128::from(pick % 12) + 1;
        let item = ItemId(id(9_000 + u128::from(pick % 3)));
        let station = STATIONS[pick as usize % 2].0;
        match name {
            CommandName::Adopt => Command::Adopt,
            CommandName::Release => Command::Release { reason: words() },
            CommandName::Raise => Command::Raise {
                to: chance.is_multiple_of(2).then(|| seat(someone)),
                reason: words(),
            },
            CommandName::Lower => Command::Lower {
                to: seat(someone),
                reason: words(),
            },
            CommandName::Tell => Command::Tell { words: words() },
            CommandName::Whistle => Command::Whistle {
                id: WhistleId(id(8_000 + u128::from(pick % 3))),
                urgency: Urgency::ALL[pick as usize % 3],
                called: called(pick as usize % 3),
                reason: words(),
            },
            CommandName::Acknowledge => Command::Acknowledge,
            CommandName::ReportIn => Command::ReportIn,
            CommandName::Finish => Command::Finish { note: words() },
            CommandName::RateResponse => Command::RateResponse {
                department: department(station),
                response: match pick.is_multiple_of(2) {
                    true => Satisfaction::Fairly,
                    false => Satisfaction::Dissatisfied,
                },
            },
            CommandName::CallOff => Command::CallOff { reason: words() },
            CommandName::Climb => Command::Climb {
                leaders: vec![(department(station), seat(CHIEF))],
            },
            CommandName::Coordinate => Command::Coordinate {
                id: CoordinationId(id(7_000 + u128::from(pick % 3))),
                asked: vec![member(someone)],
                reason: words(),
            },
            CommandName::Agree => Command::Agree {
                item,
                by: Some(member(someone)),
                what: words(),
            },
            CommandName::Settle => Command::Settle {
                item,
                by: Some(member(someone)),
                done: chance.is_multiple_of(2),
            },
            CommandName::Appeal => Command::Appeal { reason: words() },
            CommandName::Review => Command::Review {
                agree: !chance.is_multiple_of(3),
            },
            other => unreachable!("{other} belongs to the way itself"),
        }
    }
}
