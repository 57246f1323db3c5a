//! Two small invented communities with grids, people, a catalogue and a token for everybody, and shorthands to ask as one
//! of them.

use std::collections::BTreeMap;
use std::ops::Deref;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::Body;
use rules::access::Role;
use rules::case::{Limit, Unit as Span};
use rules::catalogue::{Catalogue, Category, FilingCondition, Handler};
use rules::grid::{Grid, Level, Scheme};
use rules::ids::{CatalogueVersion, DepartmentId, GridId, GridVersion, MemberId, PostId};
use rules::people::{Department, Member, Post};
use serde_json::{Value, json};
use store::Unit;
use store::community::Founding;
use store::grid::Border;
use testkit::Database;
use time::OffsetDateTime;
use uuid::Uuid;
use work::House;
use work::account::{NewAccount, NewToken, create_token, make};

use crate::common::{Answer, Visit};

/// The communities' codes.
pub const HERE: &str = "510184999001";
pub const THERE: &str = "510184999002";

/// A point of the first micro-grid; the others lie a hundredth of a degree further east each.
pub const LON: f64 = 103.605;
pub const LAT: f64 = 30.605;

/// The category whose reporters are visited before closing.
pub const VISITED: &str = "20130";

/// Who works here: account, role, grid (by number in [`GRIDS`]) or department.
const PEOPLE: [(&str, Role, Option<usize>); 14] = [
    ("desk", Role::Desk, None),
    ("chief", Role::CommunityLead, Some(0)),
    ("lead-01", Role::GridLead, Some(1)),
    ("lead-02", Role::GridLead, Some(2)),
    ("steward-01", Role::Steward, Some(3)),
    ("steward-02", Role::Steward, Some(4)),
    ("worker-01", Role::Worker, Some(1)),
    ("supervisor", Role::Supervisor, None),
    ("water", Role::Department, None),
    ("partner", Role::Integration, None),
    ("officer-01", Role::Officer, None),
    ("officer-02", Role::Officer, None),
    ("volunteer-01", Role::Volunteer, Some(3)),
    ("volunteer-02", Role::Volunteer, Some(4)),
];

/// Suffix of the code, level, parent, and the columns it covers.
type Plan = (&'static str, Level, Option<usize>, (f64, f64));
const GRIDS: [Plan; 6] = [
    ("", Level::Community, None, (0.0, 3.0)),
    ("-G01", Level::General, Some(0), (0.0, 2.0)),
    ("-G02", Level::General, Some(0), (2.0, 3.0)),
    ("-G01-M01", Level::Micro, Some(1), (0.0, 1.0)),
    ("-G01-M02", Level::Micro, Some(1), (1.0, 2.0)),
    ("-G02-M03", Level::Micro, Some(2), (2.0, 3.0)),
];

/// The town.
pub struct Town {
    visit: Visit,
    tokens: BTreeMap<String, String>,
}

impl Deref for Town {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl Town {
    /// Both communities in an empty database.
    pub async fn on(database: Database) -> Self {
        Self::of(Visit::to(database).await).await
    }

    pub async fn of(visit: Visit) -> Self {
        let house = &visit.house;
        found(house, HERE, 0.0).await;
        found(house, THERE, 1.0).await;
        house.refresh_net().await.expect("the net");
        let mut tokens = BTreeMap::new();
        for (account, ..) in PEOPLE {
            tokens.insert(
                account.to_owned(),
                token(house, HERE, account, account).await,
            );
        }
        tokens.insert(
            "stranger".to_owned(),
            token(house, THERE, "desk", "stranger").await,
        );
        for (name, role) in [("admin", Role::Admin), ("auditor", Role::Auditor)] {
            let password = house.clock.id().to_string();
            let account = NewAccount {
                name,
                password: &password,
                member: None,
                role: Some(role),
            };
            make(house, account).await.expect("an administrator");
            let token = create_token(house, NewToken::Bearer { account: name }, "test", None).await;
            tokens.insert(name.to_owned(), token.expect("a token").0.expose().clone());
        }
        Self { visit, tokens }
    }

    /// The bearer token of somebody.
    pub fn bearer(&self, who: &str) -> String {
        format!("Bearer {}", self.tokens[who])
    }

    /// Reads as somebody; `""` is nobody.
    pub async fn read(&self, who: &str, path: &str) -> Answer {
        if who.is_empty() {
            return self.get(path).await;
        }
        self.get_with(path, &[("authorization", &self.bearer(who))])
            .await
    }

    /// Sends JSON.
    pub async fn send(&self, path: &str, headers: &[(&str, &str)], body: &Value) -> Answer {
        let mut headers = headers.to_vec();
        headers.push(("content-type", "application/json"));
        headers.push(("accept-language", "en"));
        self.ask("POST", path, &headers, Body::from(body.to_string()))
            .await
    }

    /// Sends JSON as somebody, who saw this version where one is named.
    pub async fn send_as(&self, who: &str, path: &str, seen: Option<i64>, body: Value) -> Answer {
        let (bearer, seen) = (self.bearer(who), seen.map(|seen| format!("\"{seen}\"")));
        let mut headers = vec![("authorization", bearer.as_str())];
        headers.extend(seen.iter().map(|seen| ("if-match", seen.as_str())));
        self.send(path, &headers, &body).await
    }

    /// Takes a step as somebody who saw this version.
    pub async fn step(
        &self,
        who: &str,
        number: &str,
        version: i64,
        command: &str,
        body: Value,
    ) -> Answer {
        let path = format!("/api/v1/cases/{number}/{command}");
        self.send_as(who, &path, Some(version), body).await
    }

    /// Opens the progress of a report as its reporter: the cookie.
    pub async fn opens(&self, number: &str, code: &str) -> String {
        let form = [("number", number), ("code", code)];
        let opened = self.post("/progress", &form).await;
        let cookie = opened.header("set-cookie").split(';').next();
        cookie.expect("a cookie").to_owned()
    }

    /// The progress page of a report, as its reporter opens it.
    pub async fn progress_page(&self, number: &str, code: &str) -> String {
        let cookie = self.opens(number, code).await;
        let headers = [("cookie", cookie.as_str()), ("accept-language", "zh-CN")];
        self.get_with(&format!("/progress/{number}"), &headers)
            .await
            .body
    }

    /// Tells a problem in the n-th micro-grid of the first community: number and code.
    pub async fn tell(&self, n: u8, words: &str) -> (String, String) {
        let key = id().to_string();
        let body =
            json!({"text": words, "location": {"lon": LON + 0.01 * f64::from(n), "lat": LAT}});
        let told = self
            .send("/api/v1/reports", &[("idempotency-key", &key)], &body)
            .await;
        assert_eq!(told.status, 201, "{}", told.body);
        let told = told.json();
        (text(&told["number"]), text(&told["code"]))
    }

    /// Brings the followers up to date.
    pub async fn settle(&self) {
        work::follow::catch_up_all(&self.house.store)
            .await
            .expect("followers");
    }
}

impl Answer {
    /// The body as JSON.
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }

    /// The first faulty field of a problem and what is wrong with it.
    pub fn fault(&self) -> (String, String) {
        let problem = self.json();
        (
            text(&problem["faults"][0]["field"]),
            text(&problem["faults"][0]["code"]),
        )
    }
}

impl Answer {
    /// Every faulty field of a problem and what is wrong with it, sorted.
    pub fn faults(&self) -> Vec<(String, String)> {
        let problem = self.json();
        let faults = problem["faults"].as_array();
        let faults = faults
            .unwrap_or_else(|| panic!("no faults: {}", self.body))
            .iter();
        let mut all: Vec<_> = faults
            .map(|fault| (text(&fault["field"]), text(&fault["code"])))
            .collect();
        all.sort();
        all
    }
}

/// A JSON string as text.
pub fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("a text, not {value}"))
        .to_owned()
}

/// A new id; their order is that of making.
pub fn id() -> Uuid {
    static MADE: AtomicU64 = AtomicU64::new(1);
    Uuid::from_u128(u128::from(MADE.fetch_add(1, Ordering::Relaxed)))
}

/// Field and code of a fault, to compare with.
pub fn pair(field: &str, code: &str) -> (String, String) {
    (field.to_owned(), code.to_owned())
}

async fn token(house: &House, community: &str, member: &str, name: &str) -> String {
    let community = house.net().community(community).expect("a community").id;
    let password = house.clock.id().to_string();
    let account = NewAccount {
        name,
        password: &password,
        member: Some((community, member)),
        role: None,
    };
    make(house, account).await.expect("an account");
    let token = create_token(house, NewToken::Bearer { account: name }, "test", None).await;
    token.expect("a token").0.expose().clone()
}

async fn found(house: &House, code: &'static str, north: f64) {
    let at = house.clock.now();
    let founding = Founding {
        code: code.to_owned(),
        name: format!("示例社区{code}"),
        settings: "{}".to_owned(),
        at,
    };
    let community = house.store.found(founding).await.expect("a community").id;
    let keep = async move |unit: &Unit| {
        let grids = grids(unit, code, north, at).await?;
        people(unit, &grids, at).await?;
        unit.publish_catalogue(&catalogue(), "示例", &[0; 32], at)
            .await?;
        unit.net_changed().await
    };
    house
        .store
        .unit::<_, store::Error, _>(community, keep)
        .await
        .expect("a furnished community");
}

async fn grids(
    unit: &Unit,
    code: &str,
    north: f64,
    at: OffsetDateTime,
) -> Result<Vec<Grid>, store::Error> {
    let mut kept: Vec<(Grid, String)> = Vec::new();
    for (suffix, level, parent, columns) in GRIDS {
        let grid = Grid {
            id: GridId(id()),
            scheme: Scheme::governance(),
            level,
            code: format!("{code}{suffix}").parse().expect("a code"),
            name: format!("示例网格{suffix}"),
            parent: parent.map(|n| kept[n].0.id),
            version: GridVersion(1),
            households: Some(60),
        };
        let above = parent.map_or(String::new(), |n| format!("{}/", kept[n].1));
        let path = format!("{above}{}", grid.code);
        unit.save_grid(&grid, &path, Some(&square(columns, north)), at)
            .await?;
        kept.push((grid, path));
    }
    Ok(kept.into_iter().map(|(grid, _)| grid).collect())
}

/// The border of columns, so many degrees north of the first community.
pub fn square((from, to): (f64, f64), north: f64) -> Border {
    let [w, s, e, n] = [
        103.6 + from / 100.0,
        30.6 + north,
        103.6 + to / 100.0,
        30.61 + north,
    ];
    let geometry =
        json!({"type": "Polygon", "coordinates": [[[w, s], [e, s], [e, n], [w, n], [w, s]]]});
    Border {
        geometry: geometry.to_string(),
        bounds: [w, s, e, n],
    }
}

async fn people(unit: &Unit, grids: &[Grid], at: OffsetDateTime) -> Result<(), store::Error> {
    let water = department("water", "示例水务站", &["20120"]);
    let team = department("enforcement", "示例综合执法队", &[]);
    unit.save_department(&water).await?;
    unit.save_department(&team).await?;
    for (account, role, grid) in PEOPLE {
        let member = member(account);
        unit.save_member(&member).await?;
        let post = Post {
            id: PostId(id()),
            member: member.id,
            role,
            title: format!("示例岗位 {account}"),
            grid: grid.map(|n| grids[n].id),
            department: match role {
                Role::Department => Some(water.id),
                Role::Officer => Some(team.id),
                _ => None,
            },
        };
        unit.add_post(&post, at).await?;
    }
    Ok(())
}

fn department(code: &str, name: &str, serves: &[&str]) -> Department {
    Department {
        id: DepartmentId(id()),
        code: code.to_owned(),
        name: name.to_owned(),
        serves: serves
            .iter()
            .map(|code| code.parse().expect("a code"))
            .collect(),
    }
}

/// Stewards consent to be named, leads do not.
fn member(account: &str) -> Member {
    let public = account.starts_with("steward");
    Member {
        id: MemberId(id()),
        code: Some(account.to_owned()),
        name: format!("示例{account}"),
        name_public: public,
        phone: Some("10000000001".to_owned()),
        phone_public: public,
        service_hours: "09:00–17:30".to_owned(),
        duties: "示例职责".to_owned(),
        skills: if account.starts_with("worker") {
            vec!["水电".to_owned()]
        } else {
            Vec::new()
        },
        deputy: None,
        away: None,
        closed: false,
    }
}

fn catalogue() -> Catalogue {
    let mut categories = BTreeMap::new();
    for (code, handler) in [
        ("20110", Handler::Steward),
        ("20120", Handler::Department("示例水务站".to_owned())),
        (VISITED, Handler::Steward),
    ] {
        let condition = FilingCondition {
            code: format!("{code}01").parse().expect("a code"),
            filing: "示例立案条件".to_owned(),
            closing: "示例结案条件".to_owned(),
            limit: Limit {
                unit: Span::WorkDay,
                n: if code == "20120" { 4 } else { 2 },
            },
            first_answer: None,
            update_every: None,
            visit: code == VISITED,
            photo_before: false,
            photo_after: false,
        };
        let category = Category {
            code: code.parse().expect("a code"),
            name: format!("示例小类{code}"),
            class_code: "201".parse().expect("a code"),
            class_name: "示例大类".to_owned(),
            handler,
            authority: "示例主管部门".to_owned(),
            keywords: vec!["灯".to_owned()],
            conditions: vec![condition],
        };
        categories.insert(category.code.clone(), category);
    }
    Catalogue {
        version: CatalogueVersion(1),
        categories,
    }
}
