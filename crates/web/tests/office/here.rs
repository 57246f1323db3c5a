//! A quick report on the spot: where the device says that it is, and whose grid that is.

use axum::http::StatusCode;
use testkit::on_both_databases;

use super::colleague::Office;

on_both_databases! {
    async fn a_point_in_a_neighbours_grid_takes_nothing_away_from_whoever_writes_it_down(database: Database) {
        let office = Office::furnish(database).await;
        let (steward, grid) = (office.sign_in("steward-01").await, office.code("G01-M01"));
        let points = [("k1", [("lon", "103.611"), ("lat", "30.605")]), ("k2", [("lon", "116.39"), ("lat", "39.90")])];
        for (key, point) in points {
            for fixed in [&[][..], &[("fixed", "yes"), ("note", "已经清走")]] {
                let key = format!("{key}{}", fixed.len());
                let text = format!("这里有纸箱 {key}");
                let fields = [("key", key.as_str()), ("text", text.as_str()), ("grid", grid.as_str())];
                let told = steward.post("/report-here", &[&fields[..], &point, fixed].concat()).await;
                assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
                let to = told.header("location").to_owned();
                assert!(to.ends_with(if fixed.is_empty() { "?done=here-report" } else { "?done=here-fix" }), "{to}");
                let page = steward.get(&to).await;
                assert_eq!(page.status, StatusCode::OK, "it is a matter of their own grid: {}", page.body);
                assert!(page.body.contains(&text) && page.body.contains("没有采用，按所选网格登记"), "{}", page.body);
            }
        }
        let fields = [("key", "k3"), ("text", ""), ("grid", grid.as_str()), ("lon", "103.611"), ("lat", "30.605")];
        let again = steward.post("/report-here", &fields).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(again.body.contains("没有采用，按所选网格登记") && !again.body.contains("103.611"), "{}", again.body);
        let own = [("key", "k4"), ("text", "这里有纸箱"), ("grid", grid.as_str()), ("lon", "103.605"), ("lat", "30.605")];
        let told = steward.post("/report-here", &own).await;
        assert!(told.header("location").ends_with("?done=report"), "{}", told.header("location"));
    }

    async fn how_it_was_fixed_is_not_lost_where_nothing_is_said_to_be_fixed(database: Database) {
        let office = Office::furnish(database).await;
        let (steward, grid) = (office.sign_in("steward-01").await, office.code("G01-M01"));
        let fields = [("key", "k1"), ("text", "这里有纸箱"), ("grid", grid.as_str()), ("note", "已经清走")];
        let asked = steward.post("/report-here", &fields).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("href=\"#note\"") && asked.body.contains("value=\"已经清走\""), "{}", asked.body);
        let fixed = steward.post("/report-here", &[&fields[..], &[("fixed", "yes")]].concat()).await;
        assert!(fixed.header("location").ends_with("?done=fix"), "{}", fixed.body);
    }
}
