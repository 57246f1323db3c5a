//! The one gate in front of counts without people: the same for figures, counts, the map and their pages.

use axum::http::StatusCode;
use testkit::{Database, on_both_databases};
use web::{Limits, Settings};
use work::account::{NewToken, create_token};

use crate::common::Visit;
use crate::town::{HERE, THERE, Town};

/// What shows counts, for machines; pages lead strangers to sign in instead of refusing them.
fn counted(community: &str) -> [String; 2] {
    [
        format!("/api/v1/counts?grid={community}"),
        format!("/api/v1/figures?from=2026-11-01&to=2026-11-30&grid={community}"),
    ]
}

/// The cookie of a wall of the first community.
async fn wall(town: &Town) -> String {
    let community = town.house.net().community(HERE).expect("here").id;
    let new = NewToken::Device { community };
    let token = create_token(&town.house, new, "lobby", None).await;
    format!("wall={}", token.expect("a token").0.expose())
}

on_both_databases! {
    async fn in_a_real_installation_strangers_see_no_counts_and_no_figures(database: Database) {
        let town = Town::on(database).await;
        for path in counted(HERE) {
            let refused = town.get(&path).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{path}");
            assert_eq!(refused.header("content-type"), "application/problem+json", "{path}");
            assert_eq!(refused.header("www-authenticate"), "Bearer", "{path}");
        }
    }

    async fn whoever_has_the_right_sees_the_counts_of_their_own_community_only(database: Database) {
        let town = Town::on(database).await;
        for path in counted(HERE) {
            for (who, status) in [("steward-01", 200), ("partner", 200), ("auditor", 200), ("stranger", 403), ("admin", 403)] {
                let answer = town.read(who, &path).await;
                assert_eq!(answer.status.as_u16(), status, "{who} {path}");
            }
        }
    }

    async fn a_wall_sees_counts_and_figures_of_its_own_community_by_its_device_token(database: Database) {
        let town = Town::on(database).await;
        let cookie = wall(&town).await;
        for path in counted(HERE) {
            let shown = town.get_with(&path, &[("cookie", &cookie)]).await;
            assert_eq!(shown.status, StatusCode::OK, "{path}: {}", shown.body);
        }
        for path in counted(THERE) {
            let refused = town.get_with(&path, &[("cookie", &cookie)]).await;
            assert_eq!(refused.status, StatusCode::UNAUTHORIZED, "{path}");
        }
        let bearer = format!("Bearer {}", cookie.split_once('=').expect("a token").1);
        for path in counted(HERE) {
            let shown = town.get_with(&path, &[("authorization", &bearer)]).await;
            assert_eq!(shown.status, StatusCode::OK, "{path}: {}", shown.body);
        }
        let rows = town.get_with("/api/v1/cases", &[("authorization", &bearer)]).await;
        assert_eq!(rows.status, StatusCode::UNAUTHORIZED, "counts, not cases");
        let rows = town.get_with("/api/v1/cases", &[("cookie", &cookie)]).await;
        assert_eq!(rows.status, StatusCode::UNAUTHORIZED, "counts, not cases");
    }
}

#[tokio::test]
async fn in_the_demo_counts_and_figures_are_for_everybody() {
    let limits = Limits {
        anonymous: false,
        ..Limits::default()
    };
    let settings = Settings {
        demo: true,
        limits,
        ..Settings::default()
    };
    let town = Town::of(Visit::with(Database::sqlite().await, settings).await).await;
    for path in counted(HERE) {
        let shown = town.get(&path).await;
        assert_eq!(shown.status, StatusCode::OK, "{path}: {}", shown.body);
    }
}
