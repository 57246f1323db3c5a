//! What makes telling easier: a kind of matter to choose, a place picked on the map, and photos to look at before sending.
//! All of it by choice, and nothing of it needed.

mod colleague;
mod common;

use axum::body::Body;
use axum::http::StatusCode;
use colleague::form;
use common::{Answer, Visit};
use testkit::on_both_houses;

const GRID: &str = "510184999001-G01-M01";

/// A page of the form as it stands when `step` is sent.
fn page<'a>(step: &'a str, go: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut fields = vec![
        ("key", "k1"),
        ("step", step),
        ("go", go),
        ("text", "井盖响"),
        ("grid", GRID),
    ];
    fields.retain(|(name, _)| !more.iter().any(|(other, _)| other == name));
    fields.extend_from_slice(more);
    fields
}

fn path() -> String {
    format!("/g/{GRID}/report")
}

/// The receipt after sending.
async fn receipt(visit: &Visit, fields: &[(&str, &str)]) -> Answer {
    let sent = visit.post(&path(), fields).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let cookie = sent
        .header("set-cookie")
        .split(';')
        .next()
        .expect("a cookie")
        .to_owned();
    visit
        .get_with(sent.header("location"), &[("cookie", &cookie)])
        .await
}

/// What the desk reads of the one case there is.
async fn as_the_desk_sees_it(visit: &Visit) -> Answer {
    let token = work::account::sign_in(&visit.house, "desk", testkit::PASSWORD, None)
        .await
        .expect("signed in");
    let cookie = format!("weige={}", token.text.expose());
    let list = visit.get_with("/cases", &[("cookie", &cookie)]).await.body;
    let number = list
        .split("data-case=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let number = number.expect("a case").to_owned();
    visit
        .get_with(&format!("/cases/{number}"), &[("cookie", &cookie)])
        .await
}

on_both_houses! {
    async fn a_few_kinds_are_offered_and_not_knowing_is_chosen_already(house: House) {
        let visit = Visit::at(house);
        let what = visit.get(&path()).await.body;
        assert!(what.contains("name=\"category\" value=\"\" checked"), "{what}");
        assert!(what.contains("value=\"10101\"") && what.contains("上水井盖"), "{what}");
        let offered = what.matches("type=\"radio\" name=\"category\"").count();
        assert!((2..=9).contains(&offered), "{offered}");
    }

    async fn what_the_words_suggest_comes_first_when_one_comes_back(house: House) {
        let visit = Visit::at(house);
        let back = visit.post(&path(), &page("where", "what", &[("text", "楼下有生活噪声")])).await.body;
        let first = back.split("name=\"category\" value=\"").nth(2).expect("a kind after not knowing");
        assert!(first.starts_with("30401\""), "{first}");
    }

    async fn the_kind_that_was_chosen_goes_with_the_report(house: House) {
        let visit = Visit::at(house);
        let check = visit.post(&path(), &page("contact", "check", &[("category", "20110")])).await.body;
        assert!(check.contains("暴露垃圾"), "{check}");
        let told = receipt(&visit, &page("check", "send", &[("category", "20110")])).await;
        assert_eq!(told.status, StatusCode::OK);
        let case = as_the_desk_sees_it(&visit).await.body;
        assert!(case.contains("暴露垃圾"), "{case}");
    }

    async fn a_kind_that_the_catalogue_does_not_have_is_told_and_loses_nothing(house: House) {
        let visit = Visit::at(house);
        for category in ["99999", "<script>"] {
            let page = visit.post(&path(), &page("what", "where", &[("category", category)])).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
            assert!(page.body.contains("没有这个类别") && page.body.contains(">井盖响</textarea>"), "{}", page.body);
            assert!(!page.body.contains("<script>\""));
        }
    }

    async fn a_point_on_the_map_decides_the_grid_and_is_said_before_sending(house: House) {
        let (lon, lat) = house.inside("G02-M01");
        let (lon, lat) = (lon.to_string(), lat.to_string());
        let visit = Visit::at(house);
        let point = [("lon", lon.as_str()), ("lat", lat.as_str())];
        let check = visit.post(&path(), &page("contact", "check", &point)).await.body;
        assert!(check.contains("示例网格G02-M01") && check.contains("已在地图上标出位置"), "{check}");
        let told = receipt(&visit, &page("check", "send", &point)).await.body;
        assert!(told.contains("示例网格G02-M01"), "{told}");
        let case = as_the_desk_sees_it(&visit).await.body;
        assert!(case.contains("data-map"), "the desk sees the point on a map: {case}");
    }

    async fn a_point_alone_is_place_enough(house: House) {
        let (lon, lat) = house.inside("G01-M02");
        let (lon, lat) = (lon.to_string(), lat.to_string());
        let visit = Visit::at(house);
        let fields = page("check", "send", &[("grid", ""), ("lon", &lon), ("lat", &lat)]);
        assert!(receipt(&visit, &fields).await.body.contains("示例网格G01-M02"));
    }

    async fn a_point_that_is_none_is_told_beside_the_list_of_grids(house: House) {
        let visit = Visit::at(house);
        for (lon, lat) in [("here", "there"), ("181", "30"), ("104", ""), ("NaN", "30")] {
            let page = visit.post(&path(), &page("where", "contact", &[("lon", lon), ("lat", lat)])).await;
            assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{lon} {lat}");
            assert!(page.body.contains("这个位置不对") && page.body.contains("id=\"grid-fault\""), "{}", page.body);
        }
    }

    async fn a_point_far_from_the_grid_is_told_beside_the_list_of_grids(house: House) {
        let visit = Visit::at(house);
        let page = visit.post(&path(), &page("where", "contact", &[("lon", "104.9"), ("lat", "30.6")])).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", page.body);
        assert!(page.body.contains("这个位置离所选的网格很远") && page.body.contains("id=\"grid-fault\""), "{}", page.body);
    }

    async fn the_page_of_the_place_brings_the_map_of_its_grid(house: House) {
        let visit = Visit::at(house);
        let place = visit.post(&path(), &page("what", "where", &[])).await.body;
        assert!(place.contains("data-map-pick") && place.contains("data-bounds=\""), "{place}");
        assert!(place.contains("<details class=\"disclosure\" hidden"), "without scripts there is no empty fold");
        let what = visit.get(&path()).await.body;
        assert!(!what.contains("map.js"), "only that page pays for it");
    }

    async fn a_kept_photo_is_shown_before_sending_and_left_out_at_a_touch(house: House) {
        let visit = Visit::at(house);
        let (kind, body) = form::multipart(&page("what", "where", &[]), &form::photo());
        let headers = [("sec-fetch-site", "same-origin"), ("content-type", kind.as_str())];
        let place = visit.ask("POST", &path(), &headers, Body::from(body)).await;
        assert_eq!(place.status, StatusCode::OK, "{}", place.body);
        let ticket = form::value(&place.body, "kept").expect("the photo travels along");

        let check = visit.post(&path(), &page("contact", "check", &[("kept", &ticket)])).await.body;
        assert!(check.contains("<img src=\"data:image/jpeg;base64,"), "{check}");
        assert!(check.contains("alt=\"第 1 张照片\""), "{check}");

        let mut fields = page("check", "stay", &[("kept", &ticket), ("drop", &ticket)]);
        fields.retain(|(name, _)| *name != "go");
        let without = visit.post(&path(), &fields).await;
        assert_eq!(without.status, StatusCode::OK);
        assert!(without.body.contains("请核对") && !without.body.contains("<img"), "{}", without.body);
        assert_eq!(form::value(&without.body, "kept"), None);
    }

    async fn a_ticket_that_this_house_did_not_make_shows_nothing(house: House) {
        let visit = Visit::at(house);
        let forged = "image/jpeg~1/aa/aa.jpg~1/aa/aa.jpg~0000";
        let check = visit.post(&path(), &page("contact", "check", &[("kept", forged)])).await;
        assert_eq!(check.status, StatusCode::OK);
        assert!(!check.body.contains("<img"), "{}", check.body);
    }
}
