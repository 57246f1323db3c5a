//! The office at work, through the real router: from a call at the desk to a closed case, lists, files, and what nobody
//! else may see.

#[path = "office/again.rs"]
mod again;
#[path = "office/asked.rs"]
mod asked;
mod colleague;
mod common;
#[path = "office/here.rs"]
mod here;
#[path = "office/paper.rs"]
mod paper;
#[path = "office/progress.rs"]
mod progress;
#[path = "office/routing.rs"]
mod routing;

use axum::http::StatusCode;
use calamine::{Reader, Xlsx};
use colleague::{Office, form};
use testkit::{Database, on_both_databases};
use time::Duration;

const LAMP: &str = "暴露垃圾堆在 3 号楼下";

on_both_databases! {
    async fn a_case_goes_from_a_call_at_the_desk_to_its_end_through_four_pairs_of_hands(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LAMP, "G01-M01").await;

        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;

        let steward = office.sign_in("steward-01").await;
        let tasks = steward.get("/tasks").await;
        assert!(tasks.body.contains(LAMP), "{}", tasks.body);
        steward.step(&number, "accept", &[("from", "task")]).await;
        let handled = [("words", "已清运并冲洗"), ("claimed", "solved"), ("from", "task")];
        let handled = steward.step_with_photo(&number, "handle", &handled).await;
        assert_eq!(handled.header("location"), format!("/tasks/{number}?done=handle"));
        let told = steward.get(handled.header("location")).await.body;
        assert!(told.contains("由别人核查"), "{told}");

        let case = desk.get(&format!("/cases/{number}")).await.body;
        assert!(case.contains("已清运并冲洗"), "{case}");
        assert!(!case.contains("已清运并冲洗</textarea>"), "what was written for colleagues is not proposed to the reporter: {case}");
        desk.step(&number, "check", &[("yes", "yes"), ("answer", "垃圾已清走，谢谢您。")]).await;
        let closed = desk.get(&format!("/cases/{number}")).await.body;
        assert!(closed.contains("tag--closed"), "{closed}");
        assert!(closed.contains("垃圾已清走，谢谢您。"), "{closed}");
    }

    async fn whoever_was_named_gets_the_task_though_the_suggestion_was_left_chosen(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LAMP, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "suggested"), ("to", "worker-01")]).await;
        office.sign_in("worker-01").await.step(&number, "accept", &[("from", "task")]).await;
    }

    async fn whom_to_give_a_task_is_offered_nearest_first_and_everybody_else_by_their_general_grid(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LAMP, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        let case = desk.get(&format!("/cases/{number}")).await.body;
        let picker = case.split("id=\"dispatch-to\"").nth(1).expect("a picker");
        let picker = picker.split("</select>").next().expect("its end");
        let order = [
            "label=\"本网格和上级网格\"", "value=\"steward-01\"", "value=\"worker-01\"", "value=\"community-lead\"",
            "label=\"部门\"", "label=\"示例网格G01\"", "value=\"steward-02\"",
            "label=\"示例网格G02\"", "value=\"worker-02\"", "value=\"steward-03\"", "value=\"steward-04\"",
        ];
        let at: Vec<Option<usize>> = order.iter().map(|words| picker.find(words)).collect();
        assert!(at.iter().all(Option::is_some) && at.is_sorted(), "{at:?}: {picker}");
    }

    async fn filters_in_the_address_give_exactly_those_rows_and_the_file_has_exactly_the_list(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let here = desk.enter(LAMP, "G01-M01").await;
        let beside = desk.enter("井盖坏了", "G01-M02").await;
        let far = desk.enter("路灯不亮", "G02-M01").await;
        desk.step(&beside, "file", &[("filing", "20110-2011001")]).await;
        office.follow().await;

        for (query, wanted) in [
            (format!("grid={}", office.code("G01")), vec![&here, &beside]),
            (format!("grid={}&state=reported", office.code("G01")), vec![&here]),
            ("state=filed".to_owned(), vec![&beside]),
            ("category=201".to_owned(), vec![&beside]),
            ("owner=steward-03".to_owned(), vec![&far]),
            (format!("q={far}"), vec![&far]),
            ("from=2026-11-24".to_owned(), vec![]),
            ("state=open&to=2026-11-23".to_owned(), vec![&here, &beside, &far]),
        ] {
            let list = desk.get(&format!("/cases?{query}")).await.body;
            let file = desk.numbers_of_file(&query).await;
            for number in [&here, &beside, &far] {
                let is_wanted = wanted.contains(&number);
                assert_eq!(list.contains(&format!("data-case=\"{number}\"")), is_wanted, "{query}: {number}");
                assert_eq!(file.contains(number), is_wanted, "{query}: {number} in the file");
            }
            assert_eq!(file.len(), wanted.len(), "{query}");
        }
    }

    async fn somebody_who_was_slower_keeps_what_they_typed(database: Database) {
        let office = Office::furnish(database).await;
        let (first, second) = (office.sign_in("desk").await, office.sign_in("desk-02").await);
        let number = first.enter(LAMP, "G01-M01").await;
        let seen = second.version(&number).await;
        first.step(&number, "file", &[("filing", "none")]).await;

        let late = [("version", seen.as_str()), ("redirect", "outside_area"), ("words", "请找隔壁社区，电话见公示栏")];
        let late = second.post(&format!("/cases/{number}/redirect"), &late).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        assert!(late.body.contains("请找隔壁社区，电话见公示栏"), "{}", late.body);
        assert!(late.body.contains("tag--filed"), "{}", late.body);
        assert!(late.body.contains("综合窗口 已于"), "{}", late.body);
    }

    async fn somebody_who_was_slower_and_wrote_nothing_hears_of_no_words_that_are_still_there(database: Database) {
        let office = Office::furnish(database).await;
        let (first, second) = (office.sign_in("desk").await, office.sign_in("desk-02").await);
        let number = first.enter(LAMP, "G01-M01").await;
        let seen = second.version(&number).await;
        first.step(&number, "file", &[("filing", "none")]).await;
        let late = second.post(&format!("/cases/{number}/file"), &[("version", &seen), ("filing", "none")]).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED);
        assert!(late.body.contains("您这一步没有办") && !late.body.contains("您写的内容还在"), "{}", late.body);
    }

    async fn what_lies_outside_ones_grid_is_not_found(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LAMP, "G01-M01").await;
        let stranger = office.sign_in("steward-04").await;
        for path in ["", "/receipt"] {
            let answer = stranger.get(&format!("/cases/{number}{path}")).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        let list = stranger.get("/cases").await.body;
        assert!(!list.contains(&number), "{list}");
        let taken = stranger.post(&format!("/cases/{number}/fix"), &[("version", "1"), ("words", "x")]).await;
        assert_eq!(taken.status, StatusCode::NOT_FOUND);
    }

    async fn a_contact_is_masked_until_somebody_with_open_work_asks_and_each_look_is_noted(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter_with(LAMP, "G01-M01", &[("name", "李示例"), ("phone", "10012345678")]).await;
        let masked = desk.get(&format!("/cases/{number}")).await.body;
        assert!(masked.contains("李** 100****5678") && !masked.contains("10012345678"), "{masked}");
        let token = office.token("desk").await;
        let told = office.api("GET", &format!("/api/v1/cases/{number}"), &token, &[], &serde_json::json!(null)).await.body;
        assert!(told.contains("\"李**\"") && told.contains("\"100****5678\""), "the same masks: {told}");
        let shown = desk.post(&format!("/cases/{number}/contact"), &[]).await;
        assert_eq!(shown.status, StatusCode::OK);
        assert!(shown.body.contains("10012345678"), "{}", shown.body);
        assert_eq!(office.looks(&number).await, 1);
        let supervisor = office.sign_in("supervisor").await;
        let hidden = supervisor.get(&format!("/cases/{number}")).await.body;
        assert!(hidden.contains("****") && !hidden.contains("100****5678"), "{hidden}");
        let refused = supervisor.post(&format!("/cases/{number}/contact"), &[]).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        assert_eq!(office.looks(&number).await, 1);
    }

    async fn a_steward_reports_and_fixes_in_one_page_and_sending_it_twice_does_it_once(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.sign_in("steward-01").await;
        let page = steward.get("/report-here").await.body;
        let key = form::value(&page, "key").expect("a one-time key");
        let grid = office.code("G01-M01");
        let fields = [("key", key.as_str()), ("text", "楼道堆物"), ("grid", grid.as_str()), ("fixed", "yes"), ("note", "已搬走")];
        let once = steward.post("/report-here", &fields).await;
        assert_eq!(once.status, StatusCode::SEE_OTHER, "{}", once.body);
        let twice = steward.post("/report-here", &fields).await;
        assert_eq!(once.header("location"), twice.header("location"));
        let page = steward.get(once.header("location")).await.body;
        assert!(page.contains("tag--closed"), "{page}");
        let elsewhere = office.code("G02-M01");
        let wrong = [("key", "another"), ("text", "别处"), ("grid", elsewhere.as_str())];
        assert_eq!(steward.post("/report-here", &wrong).await.status, StatusCode::UNPROCESSABLE_ENTITY);
    }

    async fn the_form_of_the_desk_tells_every_fault_at_once_and_keeps_what_was_typed_and_its_photo(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let long = "示".repeat(41);
        let faulty = [("key", key.as_str()), ("channel", "phone"), ("text", " "), ("lon", "east"), ("place_note", "3 号楼"), ("category", "99999"), ("name", &long), ("phone", "12")];
        let again = desk.post_photo("/cases/new", &faulty).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        let summary = again.body.split("error-summary__title").nth(1).and_then(|rest| rest.split("</ul>").next());
        let summary = summary.expect("a summary");
        let told: Vec<_> = summary.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert_eq!(told, ["text", "grid", "lon", "lat", "category", "name", "phone"], "{summary}");
        assert!(again.body.contains("value=\"3 号楼\"") && again.body.contains("value=\"12\""), "{}", again.body);
        let kept = form::value(&again.body, "kept").expect("the photo needs no choosing again");
        let grid = office.code("G01-M01");
        let mended = [("key", key.as_str()), ("channel", "phone"), ("text", LAMP), ("grid", &grid), ("kept", &kept)];
        let entered = desk.post("/cases/new", &mended).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
        let number = entered.header("location").split('/').nth(2).expect("a number");
        assert!(desk.get(&format!("/cases/{number}")).await.body.contains("/attachments/"), "the photo went along");
    }

    async fn a_ticket_of_ones_own_making_is_no_photo(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let grid = office.code("G01-M01");
        let made_up = [("key", "k1"), ("text", LAMP), ("grid", grid.as_str()), ("kept", "image/jpeg~x~y~z")];
        let entered = desk.post("/cases/new", &made_up).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
        let number = entered.header("location").split('/').nth(2).expect("a number");
        assert!(!desk.get(&format!("/cases/{number}")).await.body.contains("/attachments/"));
    }

    async fn a_quick_report_tells_every_fault_at_once_and_keeps_its_photo(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.sign_in("steward-01").await;
        let elsewhere = office.code("G02-M01");
        let again = steward.post_photo("/report-here", &[("key", "k1"), ("text", ""), ("grid", &elsewhere)]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        assert!(again.body.contains("href=\"#text\"") && again.body.contains("href=\"#grid\""), "{}", again.body);
        let kept = form::value(&again.body, "kept").expect("the photo needs no taking again");
        let grid = office.code("G01-M01");
        let sent = steward.post("/report-here", &[("key", "k1"), ("text", "楼道堆物"), ("grid", &grid), ("kept", &kept)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        let task = steward.get(sent.header("location")).await.body;
        assert!(task.contains("/attachments/"), "{task}");
    }

    async fn a_task_names_what_is_due_next_and_says_besides_when_the_result_is(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter_with(LAMP, "G01-M01", &[("phone", "10012345678")]).await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let steward = office.sign_in("steward-01").await;
        steward.step(&number, "accept", &[("from", "task")]).await;
        let task = steward.get(&format!("/tasks/{number}")).await.body;
        let due = task.split("<dl class=\"facts\">").nth(1).and_then(|rest| rest.split("</dl>").next());
        let due = due.expect("what is due");
        let names: Vec<_> = due.split("<dt>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
        assert_eq!(names, ["首次答复", "处置"], "{task}");
        let english = steward.get_english(&format!("/tasks/{number}")).await.body;
        assert!(english.contains("<dt>First answer</dt>") && english.contains("<dt>Result</dt>"), "{english}");
    }

    async fn the_card_of_a_task_names_what_is_due_next_in_the_words_of_its_page(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter_with(LAMP, "G01-M01", &[("phone", "10012345678")]).await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        let steward = office.sign_in("steward-01").await;
        steward.step(&number, "accept", &[("from", "task")]).await;
        let card = |page: &str| page.split("<article").nth(1).and_then(|rest| rest.split("</article>").next()).expect("a card").to_owned();
        let shown = card(&steward.get("/tasks").await.body);
        assert!(shown.contains("</svg><span>首次答复 · ") && shown.contains("</svg><span>处置 · "), "{shown}");
        let english = card(&steward.get_english("/tasks").await.body);
        assert!(english.contains("</svg><span>First answer · "), "{english}");
        office.later(Duration::days(7));
        let late = card(&office.sign_in("steward-01").await.get("/tasks").await.body);
        assert!(late.contains("tag--overdue") && late.contains("</svg><span>首次答复 · 已超时：应在 <span class=\"whole\">"), "{late}");
    }

    async fn where_the_first_answer_and_the_work_are_due_at_the_same_moment_the_work_is_named(database: Database) {
        let office = Office::furnish(database).await;
        let number = office.sign_in("desk").await.enter(LAMP, "G01-M01").await;
        // a working day after nine and four working hours after three end together
        office.later(Duration::hours(6));
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        steward.step(&number, "accept", &[("from", "task")]).await;
        let case = desk.get(&format!("/cases/{number}")).await.body;
        assert!(case.contains("首次答复") && case.contains("处置"), "both run: {case}");
        let card = steward.get("/tasks").await.body;
        assert!(card.contains("</svg><span>处置 · ") && !card.contains("首次答复"), "{card}");
        let task = steward.get(&format!("/tasks/{number}")).await.body;
        let names = task.split("<dl class=\"facts\">").nth(1).and_then(|rest| rest.split("</dl>").next()).expect("what is due");
        let names: Vec<_> = names.split("<dt>").skip(1).filter_map(|rest| rest.split('<').next()).collect();
        assert_eq!(names, ["处置"], "{task}");
    }

    async fn what_was_taken_before_an_absence_lies_in_the_deputys_hands_meanwhile(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        let deputy = office.sign_in("steward-02").await;
        let number = desk.enter(LAMP, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        steward.step(&number, "accept", &[]).await;
        let page = format!("/cases/{number}");
        assert_eq!(deputy.get(&page).await.status, StatusCode::NOT_FOUND);
        steward.post("/absence", &[("until", "2026-11-24"), ("deputy", "")]).await;
        assert!(deputy.get("/tasks").await.body.contains(&number));
        deputy.step(&number, "ask", &[("words", "路灯在几号楼前？")]).await;
        let shown = deputy.get(&page).await.body;
        assert!(shown.contains("示例steward-02 · 微网格员（代示例steward-01）"), "{shown}");
        let token = office.token("desk").await;
        let told = office.api("GET", &format!("/api/v1{page}?with=trail"), &token, &[], &serde_json::Value::Null).await;
        let told: serde_json::Value = serde_json::from_str(&told.body).expect("JSON");
        let steps = told["trail"].as_array().expect("a trail");
        let whom = |deed: &str| steps.iter().find(|one| one["deed"] == deed).map(|one| one["stands_for"].clone());
        assert_eq!(whom("asked"), Some("示例steward-01".into()), "{told}");
        assert_eq!(whom("accepted"), Some(serde_json::Value::Null), "their own step is for nobody: {told}");
        let supervisor = office.sign_in("supervisor").await;
        let file = supervisor.get(&format!("{page}/case-file")).await.body;
        assert!(file.contains("（代示例steward-01）"), "the case file says so, too: {file}");
        office.later(Duration::days(2));
        let deputy = office.sign_in("steward-02").await;
        assert_eq!(deputy.get(&page).await.status, StatusCode::NOT_FOUND);
    }

    async fn while_a_steward_is_away_the_deputy_gets_the_work_and_it_comes_back_by_itself(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.sign_in("steward-01").await;
        let past = steward.post("/absence", &[("until", "2026-11-01"), ("deputy", "")]).await;
        assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY);
        let away = steward.post("/absence", &[("until", "2026-11-24"), ("deputy", "")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        let banner = steward.get("/tasks").await.body;
        assert!(banner.contains("示例steward-02"), "{banner}");

        let desk = office.sign_in("desk").await;
        let number = desk.enter(LAMP, "G01-M01").await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("示例steward-02"), "{page}");
        office.later(Duration::days(2));
        let desk = office.sign_in("desk").await;
        let next = desk.enter(LAMP, "G01-M01").await;
        let page = desk.get(&format!("/cases/{next}")).await.body;
        assert!(page.contains("<dd>示例steward-01</dd>"), "{page}");
    }
}

#[tokio::test]
async fn a_cell_of_the_file_is_never_a_formula() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    desk.enter(LAMP, "G01-M01").await;
    let bytes = desk.file("").await;
    let mut book: Xlsx<_> = Xlsx::new(std::io::Cursor::new(bytes)).expect("a workbook");
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).expect("a sheet");
    assert!(formulas.cells().all(|(_, _, formula)| formula.is_empty()));
}

#[tokio::test]
async fn a_filter_that_means_nothing_shows_no_rows_and_says_so() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    let number = desk.enter(LAMP, "G01-M01").await;
    let list = desk.get("/cases?state=lost").await;
    assert_eq!(list.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!list.body.contains(&number), "{}", list.body);
    assert!(list.body.contains("没有这个状态"), "{}", list.body);
}

#[tokio::test]
async fn a_period_that_ends_before_it_begins_is_told_at_the_filter_which_keeps_it() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    let list = desk.get("/cases?from=2026-11-30&to=2026-01-01").await;
    assert_eq!(list.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        list.body
            .contains("<a href=\"#to\">结束日期在开始日期之前。</a>"),
        "{}",
        list.body
    );
    for kept in ["value=\"2026-11-30\"", "value=\"2026-01-01\""] {
        assert!(list.body.contains(kept), "{kept}: {}", list.body);
    }
    let day = desk.get("/cases?from=2026-11-30&to=2026-11-30").await;
    assert_eq!(day.status, StatusCode::OK, "one day is a period");
}

#[tokio::test]
async fn a_page_of_the_list_that_is_none_is_not_shown_as_another_one() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    let number = desk.enter(LAMP, "G01-M01").await;
    let list = desk.get("/cases?after=zzz").await;
    assert_eq!(list.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!list.body.contains(&number), "{}", list.body);
    assert!(list.body.contains("找不到这一页了"), "{}", list.body);
}

#[tokio::test]
async fn words_on_a_place_that_are_too_long_are_told_beside_their_box() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    let grid = office.code("G01-M01");
    let long = "楼".repeat(501);
    let fields = [
        ("key", "k1"),
        ("channel", "phone"),
        ("text", LAMP),
        ("grid", &grid),
        ("place_note", &long),
    ];
    let again = desk.post("/cases/new", &fields).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        again.body.contains("href=\"#place_note\"") && !again.body.contains("href=\"#text\""),
        "{}",
        again.body
    );
}

#[tokio::test]
async fn a_saved_filter_stands_above_its_owners_list_only() {
    let office = Office::furnish(Database::sqlite().await).await;
    let (desk, other) = (
        office.sign_in("desk").await,
        office.sign_in("desk-02").await,
    );
    let kept = desk
        .post(
            "/cases/filters",
            &[("name", "一号网格"), ("query", "state=filed")],
        )
        .await;
    assert_eq!(kept.header("location"), "/cases?state=filed");
    let list = desk.get("/cases?state=filed").await.body;
    assert!(list.contains("aria-current=\"page\">一号网格"), "{list}");
    assert!(!other.get("/cases").await.body.contains("一号网格"));
    let id = list
        .split("/cases/filters/")
        .nth(1)
        .and_then(|rest| rest.split('/').next())
        .expect("a key");
    let path = format!("/cases/filters/{id}/delete");
    assert_eq!(
        other.post(&path, &[("query", "")]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        desk.post(&path, &[("query", "")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(!desk.get("/cases").await.body.contains("一号网格"));
}

const PAGES_GOLDEN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/pages-access.csv");
/// Everybody who has an office here; `""` is somebody from the street.
const ACCOUNTS: &str = "desk community-lead lead-01 lead-02 worker-01 worker-02 steward-01 department-water officer-01 \
    supervisor ";
/// The case is in the first general grid; the complaint is about its worker; the mediation was opened by its worker for steward-01.
const PAGES: &str = "/work /cases /cases.xlsx /cases/new /tasks /report-here /absence /sheets /orders /place-events /routing /outbox /referrals /mediations \
    /mediations/new /cases/{case}/refer {referral} {referral}/print {mediation} {mediation}/receipt {mediation}/agreement \
    /ratings /supervision /circulars /circulars/new /cases/{case}/remind /cases/{case}/supervise /complaints {complaint}";

/// Role × page → status, as in the golden file; `WEIGE_GOLDEN=write` writes it anew.
#[tokio::test]
async fn each_role_comes_into_its_own_pages_only() {
    let office = Office::furnish(Database::sqlite().await).await;
    let case = office.sign_in("desk").await.enter(LAMP, "G01-M01").await;
    let worker = office.sign_in("worker-01").await;
    let referral = worker.refer(&case).await;
    let mediation = worker.open_mediation("steward-01", "").await;
    let complaint = office.stranger().complain("worker-01").await;
    let mediator = office.sign_in("steward-01").await;
    mediator
        .act(&mediation, "draft", &[("words", "甲方白天施工。")])
        .await;
    let mut now = String::from("account,page,status\n");
    for account in ACCOUNTS.split(' ') {
        let (somebody, name) = if account.is_empty() {
            (office.stranger(), "stranger")
        } else {
            (office.sign_in(account).await, account)
        };
        for page in PAGES.split_whitespace() {
            let path = page.replace("{case}", &case);
            let path = path.replace("{referral}", &referral);
            let path = path.replace("{mediation}", &mediation);
            let path = path.replace("{complaint}", &complaint);
            let status = somebody.get(&path).await.status.as_u16();
            now += &format!("{name},{page},{status}\n");
        }
    }
    if std::env::var("WEIGE_GOLDEN").is_ok_and(|wish| wish == "write") {
        std::fs::write(PAGES_GOLDEN, &now).expect("the golden file is written");
    }
    let golden = std::fs::read_to_string(PAGES_GOLDEN).expect("the golden file");
    assert_eq!(golden, now);
}
