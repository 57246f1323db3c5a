//! What a list of cases is asked for: page, file and API take the same parameters and refuse the same.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;

use super::colleague::Office;

const LAMP: &str = "路灯不亮";

on_both_databases! {
    async fn page_file_and_api_list_the_same_for_the_same_parameters_or_all_refuse_them(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        desk.enter(LAMP, "G01-M01").await;
        let filed = desk.enter("井盖坏了", "G02-M01").await;
        desk.step(&filed, "file", &[("filing", "20110-2011001")]).await;
        office.follow().await;
        let token = office.token("desk").await;
        for (query, wanted) in [
            ("sort=received".to_owned(), Some(2)),
            ("sort=-received".to_owned(), Some(2)),
            ("sort=newest".to_owned(), Some(2)),
            ("sort=oldest".to_owned(), Some(2)),
            ("sort=owner".to_owned(), None),
            ("category=201".to_owned(), Some(1)),
            ("category=99999".to_owned(), None),
            ("state=reported,filed".to_owned(), Some(2)),
            ("state=reported&state=filed".to_owned(), Some(2)),
            ("state=lost".to_owned(), None),
            ("state=,".to_owned(), None),
            (format!("grid={}", office.code("G01")), Some(1)),
            ("grid=NOWHERE".to_owned(), None),
            (format!("grid={0}&grid={0}", office.code("G01")), None),
            ("from=2026-11-23T00:00:00Z".to_owned(), Some(2)),
            ("to=2026-11-22".to_owned(), Some(0)),
            ("from=yesterday".to_owned(), None),
            ("queued=0".to_owned(), Some(2)),
            ("queued=perhaps".to_owned(), None),
            ("visit=1".to_owned(), Some(0)),
            ("reopened=perhaps".to_owned(), None),
            ("owner=nobody".to_owned(), None),
            ("department=D99".to_owned(), None),
            ("due=never".to_owned(), None),
            ("bbox=0,0,1,1".to_owned(), Some(0)),
            ("bbox=1".to_owned(), None),
            ("after=zzz".to_owned(), None),
        ] {
            let status = wanted.map_or(StatusCode::UNPROCESSABLE_ENTITY, |_| StatusCode::OK);
            let page = desk.get(&format!("/cases?{query}")).await;
            let file = desk.get(&format!("/cases.xlsx?{query}")).await;
            let path = format!("/api/v1/cases?{query}");
            let api = office.api("GET", &path, &token, &[], &json!(null)).await;
            assert_eq!((page.status, file.status, api.status), (status, status, status), "{query}: {}", api.body);
            let Some(wanted) = wanted else { continue };
            let list: Value = serde_json::from_str(&api.body).expect("JSON");
            assert_eq!(list["total"], json!(wanted), "{query}");
            assert!(page.body.contains(&format!("共 {wanted} 件")), "{query}: {}", page.body);
        }
    }

    async fn what_is_faulty_and_stands_in_no_field_is_not_sent_again(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let page = desk.get("/cases?bbox=1&queued=perhaps&visit=1").await.body;
        assert!(page.contains("name=\"visit\" value=\"1\""), "{page}");
        for gone in ["name=\"bbox\"", "name=\"queued\""] {
            assert!(!page.contains(gone), "{gone}: {page}");
        }
    }

    async fn a_category_that_there_is_not_is_told_at_the_filter_which_keeps_the_rest(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let page = desk.get("/cases?category=99999&from=2026-11-30&sort=received").await.body;
        assert!(page.contains("<a href=\"#category\">没有这个类别。</a>"), "{page}");
        for kept in ["value=\"2026-11-30\"", "<option value=\"oldest\" selected>"] {
            assert!(page.contains(kept), "{kept}: {page}");
        }
    }
}
