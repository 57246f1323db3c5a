//! The smallest community that can receive reports: one 总网格 around the place that the clients tell of, and a desk.

use rules::access::Role;
use rules::grid::{Grid, Level, Scheme};
use rules::ids::{CommunityId, GridId, GridVersion, MemberId, PostId};
use rules::people::{Member, Post};
use store::community::Founding;
use store::grid::Border;
use store::{Store, Unit};
use time::macros::datetime;
use uuid::Uuid;

const AT: time::OffsetDateTime = datetime!(2026-01-01 00:00 +8);
const SQUARE: &str = r#"{"type":"Polygon","coordinates":[[[103.5,30.4],[103.51,30.4],[103.51,30.41],[103.5,30.41],[103.5,30.4]]]}"#;

/// Founds it.
pub async fn found(store: &Store) -> CommunityId {
    let founding = Founding {
        code: "510184999001".into(),
        name: "示例社区".into(),
        settings: "{}".into(),
        at: AT,
    };
    let community = store.found(founding).await.expect("a free code").id;
    let keep = async |unit: &Unit| {
        let border = Border {
            geometry: SQUARE.into(),
            bounds: [103.5, 30.4, 103.51, 30.41],
        };
        unit.save_grid(&grid(), "510184999001", Some(&border), AT)
            .await?;
        unit.save_member(&member()).await?;
        unit.add_post(&post(), AT).await?;
        unit.net_changed().await
    };
    store
        .unit::<_, store::Error, _>(community, keep)
        .await
        .expect("kept");
    community
}

fn grid() -> Grid {
    Grid {
        id: GridId(Uuid::from_u128(1)),
        scheme: Scheme::governance(),
        level: Level::Community,
        code: "510184999001".parse().expect("a code"),
        name: "示例社区".into(),
        parent: None,
        version: GridVersion(1),
        households: None,
    }
}

fn member() -> Member {
    Member {
        id: MemberId(Uuid::from_u128(2)),
        code: None,
        name: "示例受理员".into(),
        name_public: true,
        phone: None,
        phone_public: false,
        service_hours: String::new(),
        duties: String::new(),
        skills: Vec::new(),
        deputy: None,
        away: None,
        closed: false,
    }
}

fn post() -> Post {
    Post {
        id: PostId(Uuid::from_u128(3)),
        member: member().id,
        role: Role::Desk,
        title: "示例受理员".into(),
        grid: None,
        department: None,
    }
}
