//! What stands in the furnished house: squares for grids, invented people, a few categories. Carried in through the
//! store, in one unit, so that a test house is ready in an instant.

use std::collections::{BTreeMap, HashMap};

use rules::access::Role;
use rules::case::{Limit, Unit as LimitUnit};
use rules::catalogue::{Catalogue, Category, FilingCondition, Handler};
use rules::grid::{Grid, Level, Scheme};
use rules::ids::{
    CatalogueVersion, CommunityId, DepartmentId, GridId, GridVersion, MemberId, PostId,
};
use rules::people::{Department, Member, Post};
use store::community::Founding;
use store::grid::Border;
use store::{Store, Unit};
use time::{Duration, OffsetDateTime};
use uuid::Uuid;

use crate::house::START;

const COMMUNITY: &str = "510184999001";
/// The day the house was set up, well before any test begins.
const SET_UP: OffsetDateTime = START.saturating_sub(Duration::days(400));
const WEST: f64 = 103.60;
const SOUTH: f64 = 30.60;
/// The side of a micro-grid, in degrees.
const SIDE: f64 = 0.01;

/// Everybody who signs in; the order is that of the posts.
pub(crate) const ACCOUNTS: [&str; 16] = [
    "community-lead",
    "desk",
    "desk-02",
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
    "officer-03",
];

/// The grids from the top down: code, level, parent's code, column and width in sides.
const GRIDS: [(&str, Level, Option<&str>, f64, f64); 7] = [
    ("", Level::Community, None, 0.0, 4.0),
    ("G01", Level::General, Some(""), 0.0, 2.0),
    ("G02", Level::General, Some(""), 2.0, 2.0),
    ("G01-M01", Level::Micro, Some("G01"), 0.0, 1.0),
    ("G01-M02", Level::Micro, Some("G01"), 1.0, 1.0),
    ("G02-M01", Level::Micro, Some("G02"), 2.0, 1.0),
    ("G02-M02", Level::Micro, Some("G02"), 3.0, 1.0),
];

/// Names of what was carried in.
pub(crate) struct Furnished {
    pub community: CommunityId,
    pub grids: HashMap<&'static str, GridId>,
    pub members: HashMap<&'static str, MemberId>,
}

/// Carries everything in.
pub(crate) async fn carry_in(store: &Store) -> Furnished {
    let community = store.reader().next_community().await.expect("readable");
    let grids: HashMap<&'static str, GridId> = GRIDS
        .iter()
        .map(|(code, ..)| (*code, GridId(Uuid::now_v7())))
        .collect();
    let members: HashMap<&'static str, MemberId> = ACCOUNTS
        .iter()
        .map(|account| (*account, MemberId(Uuid::now_v7())))
        .collect();
    let furnished = Furnished {
        community,
        grids: grids.clone(),
        members: members.clone(),
    };
    let kept = store.unit(community, async move |unit: &Unit| {
        let founding = Founding {
            code: COMMUNITY.into(),
            name: "示例社区".into(),
            settings: "{}".into(),
            at: SET_UP,
        };
        unit.found(&founding).await?;
        for (grid, path, border) in plan(&grids) {
            unit.save_grid(&grid, &path, Some(&border), SET_UP).await?;
        }
        people(unit, &grids, &members).await?;
        unit.publish_catalogue(&catalogue(), "示例", b"furniture", SET_UP)
            .await?;
        unit.save_notice(
            2026,
            include_str!("../../../demo/minghu/calendar-2026.json"),
            SET_UP,
        )
        .await
    });
    kept.await.expect("an empty database takes the furniture");
    furnished
}

/// The middle of a grid.
pub(crate) fn middle(code: &str) -> (f64, f64) {
    let (.., column, width) = GRIDS
        .iter()
        .find(|(own, ..)| *own == code)
        .expect("a grid of the house");
    (WEST + SIDE * (column + width / 2.0), SOUTH + SIDE / 2.0)
}

fn plan(ids: &HashMap<&'static str, GridId>) -> Vec<(Grid, String, Border)> {
    GRIDS
        .iter()
        .map(|(code, level, parent, column, width)| {
            let grid = Grid {
                id: ids[code],
                scheme: Scheme::governance(),
                level: *level,
                code: full(code).parse().expect("a code"),
                name: format!("示例网格{code}"),
                parent: parent.map(|parent| ids[parent]),
                version: GridVersion(1),
                households: Some(60),
            };
            (grid, path(code), square(*column, *width))
        })
        .collect()
}

fn full(code: &str) -> String {
    if code.is_empty() {
        COMMUNITY.to_owned()
    } else {
        format!("{COMMUNITY}-{code}")
    }
}

fn path(code: &str) -> String {
    let parent = GRIDS
        .iter()
        .find(|(own, ..)| *own == code)
        .and_then(|(_, _, parent, ..)| *parent);
    parent.map_or_else(
        || full(code),
        |parent| format!("{}/{}", path(parent), full(code)),
    )
}

fn square(column: f64, width: f64) -> Border {
    let (west, east) = (WEST + SIDE * column, WEST + SIDE * (column + width));
    let (south, north) = (SOUTH, SOUTH + SIDE);
    let ring = [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
    ];
    let corners: Vec<String> = ring
        .iter()
        .map(|[x, y]| format!("[{x:.6},{y:.6}]"))
        .collect();
    let geometry = format!(
        r#"{{"type":"Polygon","coordinates":[[{}]]}}"#,
        corners.join(",")
    );
    Border {
        geometry,
        bounds: [west, south, east, north],
    }
}

async fn people(
    unit: &Unit,
    grids: &HashMap<&'static str, GridId>,
    members: &HashMap<&'static str, MemberId>,
) -> Result<(), store::Error> {
    let departments = [
        ("D01", "供水排水服务站", "10101"),
        ("D02", "综合执法队", "20401"),
    ];
    let departments = departments.map(|(code, name, serves)| Department {
        id: DepartmentId(Uuid::now_v7()),
        code: code.into(),
        name: name.into(),
        serves: vec![serves.parse().expect("a code")],
    });
    for department in &departments {
        unit.save_department(department).await?;
    }
    for account in ACCOUNTS {
        let (role, grid, department) = seat(account);
        unit.save_member(&member(account, members)).await?;
        let post = Post {
            id: PostId(Uuid::now_v7()),
            member: members[account],
            role,
            title: role.as_str().to_owned(),
            grid: grid.map(|code| grids[code]),
            department: department.map(|at: usize| departments[at].id),
        };
        unit.add_post(&post, SET_UP).await?;
    }
    Ok(())
}

fn seat(account: &str) -> (Role, Option<&'static str>, Option<usize>) {
    match account {
        "community-lead" => (Role::CommunityLead, Some(""), None),
        "desk" | "desk-02" => (Role::Desk, Some(""), None),
        "supervisor" => (Role::Supervisor, Some(""), None),
        "lead-01" => (Role::GridLead, Some("G01"), None),
        "lead-02" => (Role::GridLead, Some("G02"), None),
        "worker-01" => (Role::Worker, Some("G01"), None),
        "worker-02" => (Role::Worker, Some("G02"), None),
        "steward-01" => (Role::Steward, Some("G01-M01"), None),
        "steward-02" => (Role::Steward, Some("G01-M02"), None),
        "steward-03" => (Role::Steward, Some("G02-M01"), None),
        "steward-04" => (Role::Steward, Some("G02-M02"), None),
        "department-water" => (Role::Department, Some(""), Some(0)),
        "officer-03" => (Role::Officer, Some("G02"), Some(1)),
        _ => (Role::Officer, Some(""), Some(1)),
    }
}

/// Pairs stand in for each other; phones cannot ring.
fn member(account: &'static str, members: &HashMap<&'static str, MemberId>) -> Member {
    let deputy = match account {
        "desk" => "desk-02",
        "steward-01" => "steward-02",
        "steward-02" => "steward-01",
        "steward-03" => "steward-04",
        "steward-04" => "steward-03",
        "lead-01" => "lead-02",
        "lead-02" => "lead-01",
        _ => "desk",
    };
    Member {
        id: members[account],
        code: Some(account.to_owned()),
        name: format!("示例{account}"),
        name_public: true,
        phone: Some("10000000001".into()),
        phone_public: account != "steward-02",
        service_hours: "周一至周五 08:00-12:00".into(),
        duties: "示例职责".into(),
        skills: Vec::new(),
        deputy: members
            .get(deputy)
            .copied()
            .filter(|deputy| *deputy != members[account]),
        away: None,
        closed: false,
    }
}

fn catalogue() -> Catalogue {
    let hours = |n| Limit {
        unit: LimitUnit::WorkHour,
        n,
    };
    let days = |n| Limit {
        unit: LimitUnit::WorkDay,
        n,
    };
    let legal = |n| Limit {
        unit: LimitUnit::LegalDay,
        n,
    };
    let categories = [
        category(
            "10101",
            "上水井盖",
            Handler::Department("供水排水服务站".into()),
            &[hours(2), days(2)],
            false,
        ),
        category("20110", "暴露垃圾", Handler::Worker, &[hours(4)], false),
        category(
            "20401",
            "无照经营",
            Handler::Department("综合执法队".into()),
            &[hours(2)],
            false,
        ),
        category("30401", "生活噪声", Handler::Community, &[legal(15)], true),
    ];
    let categories: BTreeMap<_, _> = categories
        .into_iter()
        .map(|one| (one.code.clone(), one))
        .collect();
    Catalogue {
        version: CatalogueVersion(1),
        categories,
    }
}

/// Conditions `…01`, `…02`; photos only where the text says so, so that most steps need none.
fn category(code: &str, name: &str, handler: Handler, limits: &[Limit], visit: bool) -> Category {
    let condition = |(n, limit): (usize, &Limit)| FilingCondition {
        code: format!("{code}{:02}", n + 1).parse().expect("a code"),
        filing: format!("{name}，示例情形{}", n + 1),
        closing: "恢复原状".into(),
        limit: *limit,
        first_answer: None,
        update_every: None,
        visit,
        photo_before: false,
        photo_after: code == "10101",
    };
    Category {
        code: code.parse().expect("a code"),
        name: name.into(),
        class_code: code[..3].parse().expect("a code"),
        class_name: "示例大类".into(),
        handler,
        authority: "示例部门".into(),
        keywords: vec![name.into()],
        conditions: limits.iter().enumerate().map(condition).collect(),
    }
}
