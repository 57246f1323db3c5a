//! Strangers who tell too much at once: a device is told when to come back and keeps its form, a grid refuses nobody and
//! its rush waits in the desk's queue.

mod common;

use axum::http::StatusCode;
use common::{Answer, Visit};
use testkit::on_both_houses;
use time::Duration;
use web::{Limits, Rate, Settings};

const GRID: &str = "510184999001-G01-M01";
const BESIDE: &str = "510184999001-G01-M02";

fn door(limits: Limits) -> Settings {
    Settings {
        limits,
        call: Some("028-82300000".into()),
        ..Settings::default()
    }
}

/// Presses "send" on the last page.
async fn send(visit: &Visit, grid: &str, key: &str, words: &str, cookie: &str) -> Answer {
    let form = [
        ("key", key),
        ("step", "check"),
        ("go", "send"),
        ("text", words),
        ("grid", grid),
    ];
    let mut headers = vec![("sec-fetch-site", "same-origin")];
    if !cookie.is_empty() {
        headers.push(("cookie", cookie));
    }
    visit
        .post_with(&format!("/g/{grid}/report"), &form, &headers)
        .await
}

async fn number(visit: &Visit, grid: &str, key: &str) -> String {
    let sent = send(visit, grid, key, "路灯坏了", "").await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let receipt = sent.header("location");
    receipt.rsplit('/').next().expect("a number").to_owned()
}

/// The first page as a browser that keeps cookies sees it: the name it was given.
async fn device(visit: &Visit) -> String {
    let page = visit.get(&format!("/g/{GRID}/report")).await;
    let cookie = page.header("set-cookie");
    assert!(cookie.starts_with("device="), "{cookie}");
    assert!(cookie.contains("Max-Age=86400"), "{cookie}");
    cookie.split(';').next().expect("a cookie").to_owned()
}

async fn as_desk(visit: &Visit, path: &str) -> String {
    let signed = work::account::sign_in(&visit.house, "desk", testkit::PASSWORD, None).await;
    let token = signed.expect("signed in").text;
    let cookie = format!("weige={}", token.expose());
    visit.get_with(path, &[("cookie", &cookie)]).await.body
}

on_both_houses! {
    async fn a_device_that_tells_too_much_keeps_its_form_and_hears_when_to_press_again(house: House) {
        let visit = Visit::set_up(house, door(Limits::default()));
        let (greedy, neighbour) = (device(&visit).await, device(&visit).await);
        assert_ne!(greedy, neighbour);
        for key in ["a", "b", "c"] {
            let sent = send(&visit, GRID, key, "路灯坏了", &greedy).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        }
        let refused = send(&visit, GRID, "d", "<井盖>响", &greedy).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert_eq!(refused.header("retry-after"), "360");
        assert!(refused.body.contains("请过 6 分钟再按"), "{}", refused.body);
        assert!(refused.body.contains("href=\"tel:028-82300000\""), "{}", refused.body);
        assert!(refused.body.contains("name=\"text\" value=\"&#60;井盖&#62;响\""), "{}", refused.body);
        let other = send(&visit, GRID, "e", "路灯坏了", &neighbour).await;
        assert_eq!(other.status, StatusCode::SEE_OTHER, "the neighbour behind the same address may");
        visit.house.clock.move_to(visit.house.clock.now() + Duration::minutes(6));
        let later = send(&visit, GRID, "d", "<井盖>响", &greedy).await;
        assert_eq!(later.status, StatusCode::SEE_OTHER, "{}", later.body);
    }

    async fn whoever_tells_too_much_is_given_the_number_of_who_serves_the_grid(house: House) {
        let visit = Visit::set_up(house, door(Limits::default()));
        let greedy = device(&visit).await;
        for key in ["a", "b", "c"] {
            send(&visit, GRID, key, "路灯坏了", &greedy).await;
        }
        let refused = send(&visit, GRID, "d", "路灯坏了", &greedy).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(refused.body.contains("button--call\" href=\"tel:10000000001\""), "{}", refused.body);
    }

    async fn whoever_tries_too_many_codes_is_given_a_number_to_call(house: House) {
        let visit = Visit::set_up(house, door(Limits::default()));
        let form = [("number", "510184999001-20261123-0001"), ("code", "000000")];
        for _ in 0..10 {
            let wrong = visit.post("/progress", &form).await;
            assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        }
        let refused = visit.post("/progress", &form).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(refused.body.contains("button--call\" href=\"tel:028-82300000\""), "{}", refused.body);
    }

    async fn where_no_number_is_known_the_citys_line_is_given(house: House) {
        let visit = Visit::set_up(house, Settings { call: None, ..door(Limits::default()) });
        let form = [("number", "510184999001-20261123-0001"), ("code", "000000")];
        for _ in 0..10 {
            visit.post("/progress", &form).await;
        }
        let refused = visit.post("/progress", &form).await;
        assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
        assert!(refused.body.contains("button--call\" href=\"tel:12345\""), "{}", refused.body);
    }

    async fn the_same_form_pressed_again_is_not_counted(house: House) {
        let visit = Visit::set_up(house, door(Limits::default()));
        let cookie = device(&visit).await;
        for _ in 0..20 {
            let sent = send(&visit, GRID, "a", "路灯坏了", &cookie).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
            visit.house.clock.move_to(visit.house.clock.now() + Duration::milliseconds(5));
        }
    }

    async fn a_rush_of_one_grid_is_received_whole_and_waits_in_the_queue_of_the_desk(house: House) {
        let grid = Rate { burst: 2, per_hour: 2 };
        let visit = Visit::set_up(house, door(Limits { grid, ..Limits::default() }));
        let mut told = Vec::new();
        for key in ["a", "b", "c", "d"] {
            told.push(number(&visit, GRID, key).await);
        }
        let beside = number(&visit, BESIDE, "e").await;
        let queue = as_desk(&visit, "/cases?queued=1").await;
        let rest = as_desk(&visit, "/cases?queued=0").await;
        for (n, number) in told.iter().chain([&beside]).enumerate() {
            let row = format!("data-case=\"{number}\"");
            let waits = n == 2 || n == 3;
            assert_eq!(queue.contains(&row), waits, "{n}: {queue}");
            assert_eq!(rest.contains(&row), !waits, "{n}: {rest}");
        }
        assert!(as_desk(&visit, "/work").await.contains("集中上报，待甄别"));
        let desk = visit.house.asker_of("desk").await.expect("the desk");
        let reader = visit.house.store.reader();
        let community = desk.community().expect("a community");
        let waiting = reader.case_numbered(&desk.scope, community, &told[3].parse().expect("a number")).await;
        assert_eq!(waiting.expect("the case").case.owner, desk.member(), "the steward is not flooded");
    }

    async fn what_was_decided_leaves_the_queue(house: House) {
        let grid = Rate { burst: 1, per_hour: 1 };
        let visit = Visit::set_up(house, door(Limits { grid, ..Limits::default() }));
        number(&visit, GRID, "a").await;
        let rush = number(&visit, GRID, "b").await;
        let row = format!("data-case=\"{rush}\"");
        assert!(as_desk(&visit, "/cases?queued=1").await.contains(&row));
        let desk = visit.house.asker_of("desk").await.expect("the desk");
        let form = work::case::StepForm { condition: Some("2011001".parse().expect("a code")), category: Some("20110".parse().expect("a code")), ..Default::default() };
        let number = rush.parse().expect("a number");
        work::case::step(&visit.house, &desk, &number, work::case::Expected::Version(1), rules::case::CommandName::File, form).await.expect("filed");
        assert!(!as_desk(&visit, "/cases?queued=1").await.contains(&row));
        assert!(as_desk(&visit, "/cases?queued=0").await.contains(&row));
        assert!(!as_desk(&visit, "/work").await.contains("集中上报，待甄别"));
    }

    async fn whoever_mistypes_a_password_waits_with_the_form_kept_and_nobody_else_behind_the_address_does(house: House) {
        let visit = Visit::set_up(house, door(Limits { sign_ins: Rate { burst: 6, per_hour: 60 }, ..Limits::default() }));
        let wrong = [("name", "desk"), ("password", "not this one"), ("back", "/cases")];
        for _ in 0..5 {
            let again = visit.post("/sign-in", &wrong).await;
            assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        }
        for _ in 0..10 {
            let waits = visit.post("/sign-in", &wrong).await;
            assert_eq!((waits.status, waits.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "1"));
            assert!(waits.body.contains("请过 1 秒再登录"), "{}", waits.body);
            assert!(waits.body.contains("name=\"name\" value=\"desk\"") && waits.body.contains("value=\"/cases\""), "{}", waits.body);
        }
        let right = [("name", "steward-01"), ("password", testkit::PASSWORD)];
        let signed = visit.post("/sign-in", &right).await;
        assert_eq!(signed.status, StatusCode::SEE_OTHER, "a colleague comes to work: {}", signed.body);
    }

    async fn an_address_that_tries_many_accounts_waits_with_the_form_kept(house: House) {
        let visit = Visit::set_up(house, door(Limits { sign_ins: Rate { burst: 2, per_hour: 30 }, ..Limits::default() }));
        for name in ["a-one", "a-two"] {
            visit.post("/sign-in", &[("name", name), ("password", "guessed")]).await;
        }
        let waits = visit.post("/sign-in", &[("name", "a-three"), ("password", "guessed")]).await;
        assert_eq!((waits.status, waits.header("retry-after")), (StatusCode::TOO_MANY_REQUESTS, "120"));
        assert!(waits.body.contains("请过 2 分钟再登录"), "{}", waits.body);
        assert!(waits.body.contains("name=\"name\" value=\"a-three\"") && !waits.body.contains("guessed"), "{}", waits.body);
    }
}
