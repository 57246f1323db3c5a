//! A random life of a community: reports on every channel, and on any case a random colleague or its reporter takes a random
//! step that the rules let through, while hours or weeks go by. The same seed tells the same life.

use std::collections::BTreeSet;

use rules::access::Scope;
use rules::case::{
    Channel, CommandName, Found, Method, Rating, RedirectReason, Satisfaction, WontFixReason,
    commands,
};
use rules::ids::{CaseId, Number};
use rules::privacy::Pii;
use store::case::Trail;
use testkit::House;
use time::Duration;
use work::Asker;
use work::case::{Claimed, Expected, StepForm, VisitForm, step, tick};
use work::report::{Contact, ReportForm, RequestKey, Where, receive};

const EVERYBODY: [&str; 15] = [
    "desk",
    "desk-02",
    "community-lead",
    "supervisor",
    "lead-01",
    "lead-02",
    "worker-01",
    "worker-02",
    "steward-01",
    "steward-02",
    "steward-03",
    "steward-04",
    "department-water",
    "officer-01",
    "officer-02",
];
const MICRO: [&str; 4] = ["G01-M01", "G01-M02", "G02-M01", "G02-M02"];
const FILINGS: [(&str, &str); 4] = [
    ("10101", "1010102"),
    ("20110", "2011001"),
    ("20401", "2040101"),
    ("30401", "3040101"),
];

/// Steps that end a case or send it back before anything was done.
const EARLY: [CommandName; 5] = [
    CommandName::Withdraw,
    CommandName::Redirect,
    CommandName::Merge,
    CommandName::Void,
    CommandName::Return,
];

/// A reported case, and whether its reporter left a number.
pub struct Told {
    pub number: Number,
    pub id: CaseId,
    pub reachable: bool,
}

/// One history on its way.
pub struct Life {
    chance: u64,
    pub told: Vec<Told>,
    /// Which commands were taken.
    pub taken: BTreeSet<&'static str>,
    colleagues: Vec<Asker>,
}

impl Life {
    pub fn new(seed: u64) -> Self {
        Self {
            chance: seed.wrapping_mul(0x9E37_79B9_7F4A_7C15),
            told: Vec::new(),
            taken: BTreeSet::new(),
            colleagues: Vec::new(),
        }
    }

    /// A number below `n` (splitmix64).
    fn pick(&mut self, n: usize) -> usize {
        self.chance = self.chance.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.chance;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n as u64) as usize
    }

    /// Lives so many steps and says how many of them changed a case.
    pub async fn live(&mut self, house: &House, steps: usize) -> usize {
        let mut taken = 0;
        for _ in 0..steps {
            match self.pick(20) {
                0..=2 => {
                    self.tell(house).await;
                }
                3 => {
                    let hours = 1 + self.pick(24 * 9) as i64;
                    house.later(Duration::hours(hours));
                    taken += tick(house).await.expect("time passes");
                }
                _ => taken += usize::from(self.step(house).await),
            }
            let minutes = 1 + self.pick(90) as i64;
            house.later(Duration::minutes(minutes));
        }
        taken
    }

    /// Somebody tells something.
    pub async fn tell(&mut self, house: &House) -> Number {
        let reachable = self.pick(2) == 0;
        let (lon, lat) = house.inside(MICRO[self.pick(MICRO.len())]);
        let category = self.pick(FILINGS.len() + 1);
        let channel = Channel::ALL[self.pick(Channel::ALL.len())];
        let form = ReportForm {
            words: "示例事项".into(),
            place: Where::Point(rules::case::Place { lon, lat }),
            place_note: String::new(),
            category: FILINGS
                .get(category)
                .map(|(code, _)| code.parse().expect("a code")),
            contact: reachable.then(|| Contact {
                name: None,
                phone: Some(Pii::new("10000000002".to_owned())),
                visit_welcome: false,
                ..Contact::default()
            }),
            channel,
            attached: Vec::new(),
            about_worker: None,
        };
        let desk = house.asker("desk").await;
        let key = house.clock.id();
        let key = RequestKey::new(key.as_bytes(), b"body");
        let receipt = receive(house, &desk, key, form).await.expect("received");
        let report = receipt.report;
        self.told.push(Told {
            number: report.number.clone(),
            id: report.case,
            reachable,
        });
        report.number
    }

    /// The desk files a case.
    pub async fn file(&mut self, house: &House, number: &Number) {
        let desk = house.asker("desk").await;
        let form = self.form(house, CommandName::File);
        let filed = step(house, &desk, number, Expected::Any, CommandName::File, form);
        filed.await.expect("filed");
    }

    /// Somebody takes a step on some case; whether anything came of it.
    async fn step(&mut self, house: &House) -> bool {
        if self.told.is_empty() {
            return false;
        }
        // Mostly the newest, so that some come to their end.
        let newest = self.told.len().min(6);
        let back = if self.pick(4) == 0 {
            self.pick(self.told.len())
        } else {
            self.pick(newest)
        };
        let number = self.told[self.told.len() - 1 - back].number.clone();
        let all = Scope::Community(house.community);
        let found = house
            .store
            .reader()
            .case_numbered(&all, house.community, &number);
        let Trail { case, .. } = found.await.expect("kept");
        let everybody = self.everybody(house, case.id).await;
        for _ in 0..4 {
            let mut offered: Vec<CommandName> = everybody
                .iter()
                .flat_map(|asker| commands(&case, &asker.actor))
                .collect();
            offered.sort_by_key(|command| command.as_str());
            offered.dedup();
            // Few lives end early, or most would never come to the later steps.
            offered.retain(|command| match command {
                CommandName::Fix => self.pick(2) == 0,
                // nor does a file change its category at every turn
                CommandName::File => case.category.is_none() || self.pick(6) == 0,
                early if EARLY.contains(early) => self.pick(3) == 0,
                _ => true,
            });
            let Some(command) = offered.get(self.pick(offered.len().max(1))).copied() else {
                continue;
            };
            let may: Vec<&Asker> = everybody
                .iter()
                .filter(|asker| commands(&case, &asker.actor).contains(&command))
                .collect();
            let asker = may[self.pick(may.len())];
            let form = self.form(house, command);
            let taken = step(house, asker, &number, Expected::Any, command, form);
            if taken.await.is_ok() {
                self.taken.insert(command.as_str());
                return true;
            }
        }
        false
    }

    /// All colleagues and the case's reporter, at this moment.
    async fn everybody(&mut self, house: &House, case: CaseId) -> Vec<Asker> {
        if self.colleagues.is_empty() {
            for account in EVERYBODY {
                self.colleagues.push(house.asker(account).await);
            }
        }
        let now = house.clock.now();
        let reporter = house.reporter_asker(house.community, case);
        let colleagues = self.colleagues.iter().cloned();
        let at_once = |asker: Asker| Asker { now, ..asker };
        colleagues.map(at_once).chain([reporter]).collect()
    }

    /// Everything a step may ask for, some of it by chance.
    fn form(&mut self, house: &House, command: CommandName) -> StepForm {
        let (category, condition) = FILINGS[self.pick(FILINGS.len())];
        let filed = command == CommandName::File || command == CommandName::Fix;
        let satisfaction = [
            Satisfaction::Satisfied,
            Satisfaction::Satisfied,
            Satisfaction::Fairly,
            Satisfaction::Dissatisfied,
        ][self.pick(4)];
        let to = match self.pick(EVERYBODY.len() + 2) {
            n if n < EVERYBODY.len() && EVERYBODY[n] != "supervisor" => EVERYBODY[n],
            _ => "D01",
        };
        let into = self.pick(self.told.len().max(1));
        let days = 1 + self.pick(30) as i64;
        StepForm {
            words: Some("示例说明".into()),
            answer: Some("示例答复".into()),
            to: Some(to.into()),
            category: filed.then(|| category.parse().expect("a code")),
            condition: filed.then(|| condition.parse().expect("a code")),
            into: self.told.get(into).map(|told| told.number.clone()),
            far: true,
            until: Some(house.clock.now() + Duration::days(days)),
            yes: (command != CommandName::Extend || self.pick(2) == 0).then(|| self.pick(3) > 0),
            found: Some([Found::Exists, Found::Exists, Found::Not, Found::Unclear][self.pick(4)]),
            redirect: Some(RedirectReason::OutsideArea),
            claimed: Some(match self.pick(5) {
                0 => Claimed::WontFix(WontFixReason::NoMeans),
                1 => Claimed::Partly,
                _ => Claimed::Solved,
            }),
            rating: Some(Rating {
                satisfaction,
                solved: self.pick(3) > 0,
            }),
            left: Some("示例剩余".into()),
            about_worker: None,
            matter: None,
            telling: None,
            visit: VisitForm {
                method: Some(Method::Phone),
                reached: Some(days % 4 > 0),
                satisfaction: Some(satisfaction),
            },
            attached: Vec::new(),
            coordination: Default::default(),
            whistle: Default::default(),
        }
    }
}
