//! A history of cases: five ways through the life cycle with four journal entries each, spread evenly over grids,
//! categories and fourteen months, decided by the real rules and written by the real units, many cases to a unit.

mod way;

use std::sync::Arc;

use anyhow::{Result, anyhow};
use rules::access::Actor;
use rules::case::{Case, Channel, Decision, Place, Telling, Terms, receive, transition};
use rules::ids::{CaseId, DepartmentId, ReportId};
use rules::journal;
use store::Unit;
use store::journal::Note;
use store::report::Report;
use time::{Duration, OffsetDateTime};
use work::House;
use work::net::CommunityNet;

use super::{CATEGORIES, Ground, id};
use way::{Cast, Way};

/// Cases written in one unit.
const BATCH: u32 = 50;
/// Cases after which old keys of requests are forgotten, as the clock of a running house does all the time.
const TIDY: u32 = 5_000;
/// Units on their way at once.
const AT_ONCE: usize = 8;
/// From the first to the last case of the history.
const SPAN: Duration = Duration::days(425);
/// How long after the first step time itself acts; the last case is older than that.
const LATE: Duration = Duration::days(30);
/// On which ways cases come; they take turns.
const CHANNELS: [Channel; 4] = [
    Channel::Resident,
    Channel::Phone,
    Channel::Hotline,
    Channel::Grid,
];
/// How many numbers are remembered for reading single cases.
const REMEMBERED: u32 = 20_000;

/// Loads so many cases and gives the numbers of the newest ones.
pub(super) async fn load(house: &Arc<House>, ground: &Ground, cases: u32) -> Result<Vec<String>> {
    let Some(net) = house.net().community_by_id(ground.community).cloned() else {
        anyhow::bail!("the net does not know its community");
    };
    let community = net.id;
    let from = house.clock.now() - SPAN - LATE * 2;
    let history = Arc::new(History {
        net,
        ground: ground.clone(),
        cases,
        from,
    });
    let mut numbers = Vec::new();
    let mut running = tokio::task::JoinSet::new();
    for first in (0..cases).step_by(BATCH as usize) {
        if first.is_multiple_of(TIDY) {
            work::report::tick(house).await?;
        }
        if running.len() == AT_ONCE
            && let Some(done) = running.join_next().await
        {
            numbers.extend(done??);
        }
        let (store, history) = (house.store.clone(), Arc::clone(&history));
        let batch = async move |unit: &Unit| history.keep(unit, first).await;
        running.spawn(async move { store.unit::<_, anyhow::Error, _>(community, batch).await });
    }
    while let Some(done) = running.join_next().await {
        numbers.extend(done??);
    }
    Ok(numbers)
}

struct History {
    net: Arc<CommunityNet>,
    ground: Ground,
    cases: u32,
    from: OffsetDateTime,
}

/// One case on its way into a unit.
struct Told {
    decision: Decision,
    notes: Vec<Note>,
    at: OffsetDateTime,
}

impl History {
    /// Writes the cases of one batch; gives the numbers worth remembering.
    async fn keep(&self, unit: &Unit, first: u32) -> Result<Vec<String>> {
        let mut numbers = Vec::new();
        for n in first..(first + BATCH).min(self.cases) {
            let number = self.keep_one(unit, n).await?;
            if n + REMEMBERED >= self.cases {
                numbers.push(number);
            }
        }
        Ok(numbers)
    }

    async fn keep_one(&self, unit: &Unit, n: u32) -> Result<String> {
        let at = self.from + SPAN * n / self.cases.max(1);
        let number = unit.next_number(self.net.calendar.local(at).date()).await?;
        let told = self.live(self.telling(n, number), n, at)?;
        let (case, report) = (&told.decision.case, self.report(&told, n));
        unit.keep_key(&id().into_bytes(), &id().into_bytes(), report.id, at)
            .await?;
        unit.keep_telling(case, self.department(n), &report)?;
        told.notes.into_iter().for_each(|note| unit.note(note));
        Ok(report.number.to_string())
    }

    /// Every third task lies with a department, with each in turn.
    fn department(&self, n: u32) -> Option<DepartmentId> {
        let all: Vec<DepartmentId> = self.net.departments().map(|one| one.id).collect();
        let own = all.get(n as usize / 3 % all.len().max(1)).copied();
        own.filter(|_| n.is_multiple_of(3))
    }

    fn telling(&self, n: u32, number: rules::ids::Number) -> Telling {
        let micro = &self.ground.micro[n as usize % self.ground.micro.len()];
        let place = self.ground.place(u64::from(n));
        // A stride that shares no factor with the number of grids, so that every grid has every category.
        let category =
            CATEGORIES[(n as usize * 7 / self.ground.micro.len().max(1)) % CATEGORIES.len()];
        Telling {
            community: self.net.id,
            id: CaseId(id()),
            number,
            grid: micro.id,
            grid_version: micro.version,
            place: Some(Place {
                lon: place.x,
                lat: place.y,
            }),
            channel: CHANNELS[n as usize % CHANNELS.len()],
            category: self
                .net
                .catalogue()
                .map(|catalogue| catalogue.version)
                .zip(category.parse().ok()),
        }
    }

    /// Leads the case down one of the ways, a minute a step.
    fn live(&self, telling: Telling, n: u32, at: OffsetDateTime) -> Result<Told> {
        let way = Way::of(n as usize / self.ground.micro.len());
        let cast = Cast::of(&self.net, telling.grid);
        let reporter = Actor::Reporter { case: telling.id };
        let condition = telling
            .category
            .as_ref()
            .and_then(|(_, code)| self.net.catalogue()?.condition(code, None));
        let terms = Terms {
            calendar: &*self.net.calendar,
            settings: &self.net.settings.case,
            condition: condition.as_ref(),
            ladder: &*self.net,
            above: Some(cast.desk_seat),
            on_duty: Some(cast.steward_seat.member),
            took_part: &[],
            judged: &[],
            moved: &[],
        };
        let decision = receive(telling, &reporter, &terms, at);
        let mut told = Told {
            notes: notes(&decision, &reporter, at),
            decision,
            at,
        };
        for (step, (who, command)) in way.steps(&cast, condition.as_ref()).into_iter().enumerate() {
            // Time itself acts late, everybody else a minute after the step before.
            let late = if who == Actor::Clock {
                LATE
            } else {
                Duration::ZERO
            };
            let now = at + late + Duration::minutes(step as i64 + 1);
            let decision = transition(&told.decision.case, command, &who, &terms, now)
                .map_err(|refusal| anyhow!("{way:?}: {refusal:?}"))?;
            told.notes.extend(notes(&decision, &who, now));
            told.decision = decision;
        }
        Ok(told)
    }

    fn report(&self, told: &Told, n: u32) -> Report {
        let case: &Case = &told.decision.case;
        Report {
            id: ReportId(case.id.0),
            number: case.number.clone(),
            case: case.id,
            channel: case.channel,
            words: super::words(n),
            place_note: "单元门口靠左（示例）".to_owned(),
            grid: case.grid,
            category: case.category.as_ref().map(ToString::to_string),
            place: case.place,
            answer_by: case.times.answer_by,
            received_at: told.at,
            entered_by: None,
        }
    }
}

fn notes(decision: &Decision, who: &Actor, at: OffsetDateTime) -> Vec<Note> {
    let note = |event: &rules::case::Event| Note {
        at,
        occurred_at: None,
        actor: who.member(),
        role: who.role().map_or("clock", |role| role.as_str()),
        subject: Some(decision.case.id.0),
        event: journal::Event::Case(event.clone()),
    };
    decision.events.iter().map(note).collect()
}
