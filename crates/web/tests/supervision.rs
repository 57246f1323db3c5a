//! Supervision through the real router: reminding, asking for an answer by a date, answering, circulars about units, and
//! the lists that find cases.

mod colleague;
mod common;

use axum::http::StatusCode;
use colleague::{Colleague, Office, form};
use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

const LAMP: &str = "暴露垃圾堆在 3 号楼下";

/// A case of the desk in the first micro-grid; its steward is responsible.
async fn case(office: &Office) -> String {
    let desk = office.sign_in("desk").await;
    let number = desk.enter(LAMP, "G01-M01").await;
    desk.step(&number, "file", &[("filing", "20110-2011001")])
        .await;
    desk.step(
        &number,
        "dispatch",
        &[("whom", "other"), ("to", "steward-01")],
    )
    .await;
    number
}

/// Sends the form of a page with its key.
async fn fill(who: &Colleague<'_>, page: &str, fields: &[(&str, &str)]) -> common::Answer {
    let shown = who.get(page).await;
    assert_eq!(shown.status, StatusCode::OK, "{page}: {}", shown.body);
    let key = form::value(&shown.body, "key").expect("a one-time key");
    let mut all = vec![("key", key.as_str())];
    all.extend_from_slice(fields);
    who.post(page, &all).await
}

/// The page on which a question of this case is answered.
fn answer_page(page: &str) -> String {
    let rest = page.split("/supervision/").nth(1).expect("a question");
    let id = rest.split('/').next().expect("an id");
    format!("/supervision/{id}/answer")
}

on_both_databases! {
    async fn a_supervisor_reminds_the_one_responsible_in_words_and_sending_it_twice_reminds_once(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/cases/{number}/remind");
        let shown = supervisor.get(&page).await.body;
        let key = form::value(&shown, "key").expect("a one-time key");
        let said = [("key", key.as_str()), ("words", "第三天了，请尽快清运，电话 13800001234")];
        for _ in 0..2 {
            let sent = supervisor.post(&page, &said).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
            assert_eq!(sent.header("location"), format!("/cases/{number}?done=supervision-remind"));
        }
        let trail = supervisor.get(&format!("/cases/{number}?done=supervision-remind")).await.body;
        assert!(trail.contains("已催办"), "{trail}");
        assert_eq!(trail.matches("第三天了").count(), 1, "{trail}");
        assert!(!trail.contains("13800001234"), "numbers are starred out: {trail}");
        office.follow().await;
        let owner = office.sign_in("steward-01").await;
        let tasks = owner.get("/tasks").await.body;
        assert_eq!(tasks.matches("有人催办您负责的事件").count(), 1, "{tasks}");
        let other = office.sign_in("steward-02").await.get("/tasks").await.body;
        assert!(!other.contains("有人催办"), "{other}");
        // nobody who works on it has become stale
        owner.step(&number, "accept", &[("from", "task")]).await;
    }

    async fn a_reminder_that_comes_again_with_other_words_says_what_went_out_and_gets_a_new_key(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/cases/{number}/remind");
        let key = form::value(&supervisor.get(&page).await.body, "key").expect("a one-time key");
        let first = supervisor.post(&page, &[("key", &key), ("words", "请尽快清运")]).await;
        assert_eq!(first.status, StatusCode::SEE_OTHER, "{}", first.body);
        let again = supervisor.post(&page, &[("key", &key), ("words", "明早来看")]).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", again.body);
        for said in ["这张表已经提交过", "发出的是：“请尽快清运”", "明早来看"] {
            assert!(again.body.contains(said), "{said}: {}", again.body);
        }
        let new = form::value(&again.body, "key").expect("a one-time key");
        assert_ne!(new, key);
        let once_more = supervisor.post(&page, &[("key", &new), ("words", "明早来看")]).await;
        assert_eq!(once_more.status, StatusCode::SEE_OTHER, "{}", once_more.body);
        let trail = supervisor.get(&format!("/cases/{number}")).await.body;
        assert_eq!((trail.matches("请尽快清运").count(), trail.matches("明早来看").count()), (1, 1), "{trail}");
    }

    async fn the_same_words_are_not_sent_again_within_a_day_whatever_key_a_form_has_got_on_the_way_back(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/cases/{number}/remind");
        let said = [("words", "请尽快清运")];
        assert_eq!(fill(&supervisor, &page, &said).await.status, StatusCode::SEE_OTHER);
        let back = fill(&supervisor, &page, &said).await;
        assert_eq!(back.status, StatusCode::CONFLICT, "{}", back.body);
        assert!(back.body.contains("已经用同样的话说过"), "{}", back.body);
        let lead = office.sign_in("lead-01").await;
        assert_eq!(fill(&lead, &page, &said).await.status, StatusCode::SEE_OTHER, "it is another one's");
        office.later(Duration::days(1));
        let supervisor = office.sign_in("supervisor").await;
        assert_eq!(fill(&supervisor, &page, &said).await.status, StatusCode::SEE_OTHER, "a day later it is news");
    }

    async fn through_the_api_the_same_key_says_it_once_and_something_else_under_it_is_refused(database: Database) {
        let office = Office::furnish(database).await;
        let (number, other) = (case(&office).await, case(&office).await);
        let token = office.token("supervisor").await;
        let key = [("idempotency-key", "remind-1")];
        let body = json!({"kind": "remind", "words": "请尽快清运"});
        let to = format!("/api/v1/cases/{number}/supervision");
        let read = |answer: &common::Answer| -> Value { serde_json::from_str(&answer.body).expect("JSON") };
        let first = office.api("POST", &to, &token, &key, &body).await;
        assert_eq!(first.status, StatusCode::CREATED, "{}", first.body);
        let again = office.api("POST", &to, &token, &key, &body).await;
        assert_eq!((again.status, read(&again)), (StatusCode::CREATED, read(&first)));
        let all = read(&office.api("GET", &to, &token, &[], &json!(null)).await);
        assert_eq!(all.as_array().map(Vec::len), Some(1), "{all}");
        let changed = json!({"kind": "remind", "words": "明早来看"});
        let elsewhere = format!("/api/v1/cases/{other}/supervision");
        for (to, body) in [(&to, &changed), (&elsewhere, &body)] {
            let refused = office.api("POST", to, &token, &key, body).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{to}: {}", refused.body);
            assert_eq!(read(&refused)["code"], "key-reused", "{to}");
        }
        let keyless = office.api("POST", &to, &token, &[], &changed).await;
        assert_eq!(keyless.status, StatusCode::CREATED, "a key may be left out: {}", keyless.body);
        let far = json!({"kind": "supervise", "words": "请答复", "answer_by": "2099-01-01T12:00:00+08:00"});
        let far = office.api("POST", &to, &token, &[], &far).await;
        let fault = &read(&far)["faults"][0];
        assert_eq!((&fault["field"], &fault["code"]), (&json!("answer_by"), &json!("outside-window")), "{}", far.body);
        assert_eq!(fault["message"].as_str().map(|said| said.matches("+08:00").count()), Some(2), "{fault}");
    }

    async fn a_circular_is_published_once_however_often_its_form_or_its_key_comes(database: Database) {
        let office = Office::furnish(database).await;
        let supervisor = office.sign_in("supervisor").await;
        let general = office.code("G01");
        let key = form::value(&supervisor.get("/circulars/new").await.body, "key").expect("a one-time key");
        let said = |words| [("key", key.as_str()), ("title", "督办情况"), ("words", words), ("grids", general.as_str())];
        for _ in 0..2 {
            let sent = supervisor.post("/circulars/new", &said("三件事超期未答复")).await;
            assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        }
        let changed = supervisor.post("/circulars/new", &said("四件事超期未答复")).await;
        assert_eq!(changed.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", changed.body);
        assert!(changed.body.contains("这张表已经提交过") && changed.body.contains("四件事超期未答复"), "{}", changed.body);
        assert_ne!(form::value(&changed.body, "key").expect("a one-time key"), key);
        let back = fill(&supervisor, "/circulars/new", &said("三件事超期未答复")[1..]).await;
        assert_eq!(back.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", back.body);
        assert!(back.body.contains("您已经发布过"), "{}", back.body);
        let token = office.token("supervisor").await;
        let body = json!({"title": "通报", "words": "按期答复", "grids": [general]});
        let named = [("idempotency-key", "circular-1")];
        let first = office.api("POST", "/api/v1/circulars", &token, &named, &body).await;
        let again = office.api("POST", "/api/v1/circulars", &token, &named, &body).await;
        assert_eq!((again.status, &again.body), (StatusCode::CREATED, &first.body));
        let list = supervisor.get("/circulars").await.body;
        for words in ["三件事超期未答复", "按期答复"] {
            assert_eq!(list.matches(words).count(), 1, "{words}: {list}");
        }
    }

    async fn a_circular_names_no_micro_grid_in_its_title_or_words_either(database: Database) {
        let office = Office::furnish(database).await;
        let supervisor = office.sign_in("supervisor").await;
        let (general, micro) = (office.code("G01"), office.code("G01-M01"));
        let by_name = "示例网格G01-M01的网格员办事慢".to_owned();
        for (title, words) in [("督办情况", by_name.clone()), (by_name.as_str(), "三件事超期".to_owned()), ("督办情况", format!("{micro}办事慢"))] {
            let sent = fill(&supervisor, "/circulars/new", &[("title", title), ("words", &words), ("grids", &general)]).await;
            assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{title}: {words}: {}", sent.body);
            assert!(sent.body.contains("点到了微网格的名称或编号"), "{title}: {words}: {}", sent.body);
        }
        let above = [("title", "督办情况"), ("words", "示例网格G01三件事超期"), ("grids", general.as_str())];
        let sent = fill(&supervisor, "/circulars/new", &above).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "the grid above may be named: {}", sent.body);
    }

    async fn a_reminder_of_somebody_who_is_away_reaches_the_deputy_until_they_are_back_and_each_reads_it_for_themselves(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        office.follow().await;
        let owner = office.sign_in("steward-01").await;
        owner.post("/inbox/read", &[]).await;
        let away = owner.post("/absence", &[("until", "2026-11-24"), ("deputy", "")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        let supervisor = office.sign_in("supervisor").await;
        fill(&supervisor, &format!("/cases/{number}/remind"), &[("words", "请尽快清运")]).await;
        office.follow().await;

        let deputy = office.sign_in("steward-02").await;
        let came = deputy.get("/tasks").await.body;
        assert_eq!(came.matches("有人催办您负责的事件").count(), 1, "{came}");
        assert!(came.contains("1 条未读"), "{came}");
        let whose = "代示例steward-01收";
        assert_eq!(came.matches(whose).count(), 1, "it says whose it is: {came}");
        assert!(!came.contains("给您派了一件事"), "it came before the absence: {came}");
        deputy.post("/inbox/read", &[]).await;
        let read = deputy.get("/tasks").await.body;
        assert!(read.contains("有人催办您负责的事件") && !read.contains("条未读"), "{read}");
        assert!(read.contains(whose), "and once it was read: {read}");
        let owners = owner.get("/tasks").await.body;
        assert!(owners.contains("1 条未读"), "nobody reads for somebody else: {owners}");
        fill(&supervisor, &format!("/cases/{number}/remind"), &[("words", "请再快一点")]).await;
        office.follow().await;
        assert!(deputy.get("/tasks").await.body.contains("1 条未读"));
        office.later(Duration::days(2));
        let deputys = office.sign_in("steward-02").await.get("/tasks").await.body;
        assert!(!deputys.contains("有人催办") && !deputys.contains("条未读"), "{deputys}");
        let owners = office.sign_in("steward-01").await.get("/tasks").await.body;
        assert_eq!(owners.matches("有人催办您负责的事件").count(), 2, "{owners}");
    }

    async fn a_question_with_a_date_is_answered_from_the_task_page_and_the_answer_comes_back(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        let supervisor = office.sign_in("supervisor").await;
        let page = format!("/cases/{number}/supervise");
        let asked = fill(&supervisor, &page, &[("words", "为什么还没有清运？"), ("until", "2026-11-25")]).await;
        assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
        let bench = supervisor.get("/work").await.body;
        assert!(bench.contains("等待督办答复 1"), "{bench}");
        let list = supervisor.get("/supervision?list=asked").await.body;
        assert!(list.contains(&format!("data-case=\"{number}\"")) && list.contains("前应答复"), "{list}");
        office.follow().await;
        let owner = office.sign_in("steward-01").await;
        assert!(owner.get("/tasks").await.body.contains("有一件督办要您限期答复"));
        let task = owner.get(&format!("/tasks/{number}")).await.body;
        assert!(task.contains("为什么还没有清运？"), "{task}");
        let answers = answer_page(&task);
        let empty = fill(&owner, &answers, &[("words", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let lead = office.sign_in("lead-01").await;
        let not_asked = fill(&lead, &answers, &[("words", "我来答")]).await;
        assert_eq!(not_asked.status, StatusCode::CONFLICT, "{}", not_asked.body);
        assert!(not_asked.body.contains("要由负责人答复") && not_asked.body.contains("我来答"), "{}", not_asked.body);
        let stranger = office.sign_in("steward-04").await;
        assert_eq!(stranger.get(&answers).await.status, StatusCode::NOT_FOUND);
        let given = fill(&owner, &answers, &[("words", "清运车明早到")]).await;
        assert_eq!(given.header("location"), format!("/tasks/{number}?done=supervision-answer"), "{}", given.body);
        let twice = fill(&owner, &answers, &[("words", "再答一次")]).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);
        assert!(twice.body.contains("已经答复"), "{}", twice.body);
        office.follow().await;
        let bench = supervisor.get("/work").await.body;
        assert!(bench.contains("您的督办有了答复") && bench.contains("1 条未读"), "{bench}");
        let read = supervisor.post("/inbox/read", &[]).await;
        assert_eq!(read.header("location"), "/work");
        assert!(!supervisor.get("/work").await.body.contains("条未读"));
        let list = supervisor.get("/supervision?list=answered").await.body;
        assert!(list.contains("清运车明早到"), "{list}");
        assert!(!supervisor.get("/supervision?list=asked").await.body.contains("data-case"));
        let english = supervisor.get_english(&format!("/cases/{number}")).await.body;
        assert!(english.contains("The question was answered"), "{english}");
    }

    async fn an_answer_says_who_gave_it_and_for_whom(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        let supervisor = office.sign_in("supervisor").await;
        let ask = format!("/cases/{number}/supervise");
        let owner = office.sign_in("steward-01").await;
        fill(&supervisor, &ask, &[("words", "什么时候清运？"), ("until", "2026-11-25")]).await;
        let own = answer_page(&owner.get(&format!("/tasks/{number}")).await.body);
        fill(&owner, &own, &[("words", "明早清运")]).await;
        let away = owner.post("/absence", &[("until", "2026-11-30"), ("deputy", "")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        fill(&supervisor, &ask, &[("words", "清运了没有？"), ("until", "2026-11-25")]).await;
        let deputy = office.sign_in("steward-02").await;
        let stood_in = answer_page(&deputy.get(&format!("/tasks/{number}")).await.body);
        let given = fill(&deputy, &stood_in, &[("words", "已经清运")]).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);

        let (one, other) = (office.name_of("steward-01"), office.name_of("steward-02"));
        let said = format!("{other} · 微网格员（代{one}）");
        for page in [format!("/cases/{number}"), format!("/cases/{number}/case-file")] {
            let shown = supervisor.get(&page).await.body;
            assert_eq!(shown.matches(&said).count(), 1, "{page}: {shown}");
        }
        let token = office.token("supervisor").await;
        let all = office.api("GET", &format!("/api/v1/cases/{number}/supervision"), &token, &[], &json!(null)).await;
        let all: Value = serde_json::from_str(&all.body).expect("JSON");
        assert_eq!((&all[0]["answered_by"], all[0].get("stands_for")), (&json!(one), None), "{all}");
        assert_eq!((&all[1]["answered_by"], &all[1]["stands_for"]), (&json!(other), &json!(one)), "{all}");
        let list = office.api("GET", "/api/v1/supervision?list=answered", &token, &[], &json!(null)).await;
        let list: Value = serde_json::from_str(&list.body).expect("JSON");
        let mut rows = list["items"].as_array().expect("items").iter();
        assert!(rows.any(|row| row["asked"]["stands_for"] == json!(one)), "{list}");
    }

    async fn time_says_once_to_both_that_an_answer_is_late(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        let lead = office.sign_in("community-lead").await;
        let page = format!("/cases/{number}/supervise");
        fill(&lead, &page, &[("words", "请说明进展"), ("until", "2026-11-24")]).await;
        office.tick().await;
        let owner = office.sign_in("steward-01").await;
        assert!(!owner.get("/tasks").await.body.contains("答复超期了"));
        office.later(Duration::days(3));
        office.tick().await;
        office.tick().await;
        for account in ["steward-01", "community-lead"] {
            let told = office.sign_in(account).await.get("/tasks").await.body;
            assert_eq!(told.matches("一件督办的答复超期了").count(), 1, "{account}: {told}");
        }
        let supervisor = office.sign_in("supervisor").await;
        let list = supervisor.get("/supervision?list=late").await.body;
        assert!(list.contains(&format!("data-case=\"{number}\"")), "{list}");
        assert!(supervisor.get("/work").await.body.contains("督办答复超期 1"));
        let trail = supervisor.get(&format!("/cases/{number}")).await.body;
        assert!(trail.contains("督办的答复超期"), "{trail}");
    }

    async fn who_may_not_supervise_or_does_not_see_the_case_cannot(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        let (remind, supervise) = (format!("/cases/{number}/remind"), format!("/cases/{number}/supervise"));
        for (account, reminds, supervises) in [
            ("steward-01", StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
            ("desk", StatusCode::FORBIDDEN, StatusCode::FORBIDDEN),
            ("lead-01", StatusCode::OK, StatusCode::FORBIDDEN),
            ("lead-02", StatusCode::NOT_FOUND, StatusCode::FORBIDDEN),
            ("supervisor", StatusCode::OK, StatusCode::OK),
        ] {
            let somebody = office.sign_in(account).await;
            assert_eq!(somebody.get(&remind).await.status, reminds, "{account}");
            assert_eq!(somebody.get(&supervise).await.status, supervises, "{account}");
        }
        let supervisor = office.sign_in("supervisor").await;
        for until in ["2026-11-01", "2027-11-01"] {
            let far = fill(&supervisor, &supervise, &[("words", "请答复"), ("until", until)]).await;
            assert_eq!(far.status, StatusCode::UNPROCESSABLE_ENTITY, "{until}: {}", far.body);
            let fits = "日期应在 2026年11月23日 至 ";
            assert!(far.body.contains(fits) && far.body.contains("请答复"), "it says which days fit: {}", far.body);
        }
        let desk = office.sign_in("desk").await;
        let over = desk.enter("误报一件", "G01-M01").await;
        desk.step(&over, "redirect", &[("redirect", "outside_area"), ("words", "请找隔壁社区")]).await;
        let over = fill(&supervisor, &format!("/cases/{over}/remind"), &[("words", "请尽快")]).await;
        assert_eq!(over.status, StatusCode::CONFLICT, "{}", over.body);
        assert!(over.body.contains("已经办完"), "{}", over.body);
    }

    async fn a_circular_names_units_and_never_a_worker(database: Database) {
        let office = Office::furnish(database).await;
        let supervisor = office.sign_in("supervisor").await;
        let form_page = supervisor.get("/circulars/new").await.body;
        let (general, micro) = (office.code("G01"), office.code("G01-M01"));
        assert!(form_page.contains(&format!("value=\"{general}\"")) && !form_page.contains(&micro), "{form_page}");
        let name = office.name_of("steward-01");
        for (words, grid, fault) in [
            (format!("{name}三次没有答复"), &general, "点到了同事"),
            ("示例网格G01网格长办事慢".to_owned(), &general, "点到了同事"),
            ("请联系 13800001234".to_owned(), &general, "个人号码"),
            ("供水排水服务站的联络员拖拉".to_owned(), &general, "点到了同事"),
            ("steward-01 慢".to_owned(), &general, "点到了同事"),
            ("The lead of Jinxiuyuan grid is slow".to_owned(), &general, "点到了同事"),
            (format!("{} 超期", office.code("20261201-0084")), &general, "事项编号"),
            ("三件事超期".to_owned(), &micro, "微网格只有一个人"),
        ] {
            let sent = fill(&supervisor, "/circulars/new", &[("title", "督办情况"), ("words", &words), ("grids", grid)]).await;
            assert_eq!(sent.status, StatusCode::UNPROCESSABLE_ENTITY, "{words}: {}", sent.body);
            assert!(sent.body.contains(fault) && sent.body.contains(&words), "{words}: {}", sent.body);
        }
        let sent = fill(&supervisor, "/circulars/new", &[("title", "督办情况"), ("words", "三件事超期未答复"), ("grids", &general)]).await;
        assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
        office.follow().await;
        let steward = office.sign_in("steward-02").await;
        let list = steward.get("/circulars").await.body;
        assert!(list.contains("三件事超期未答复") && list.contains("示例网格G01"), "{list}");
        assert_eq!(steward.get("/circulars/new").await.status, StatusCode::FORBIDDEN);
        let lead = office.sign_in("lead-01").await.get("/tasks").await.body;
        assert!(lead.contains("有一份通报说到您所在的单位"), "{lead}");
        let list = supervisor.get("/circulars").await.body;
        let withdraw = list.split("action=\"/circulars/").nth(1).and_then(|rest| rest.split('"').next());
        let withdraw = format!("/circulars/{}", withdraw.expect("a form"));
        assert_eq!(steward.post(&withdraw, &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(supervisor.post(&withdraw, &[]).await.status, StatusCode::SEE_OTHER);
        assert_eq!(supervisor.post(&withdraw, &[]).await.status, StatusCode::NOT_FOUND);
        assert!(!steward.get("/circulars").await.body.contains("三件事超期未答复"));
    }

    async fn the_api_reminds_asks_lists_and_answers_with_the_same_rules(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        let (supervisor, owner) = (office.token("supervisor").await, office.token("steward-01").await);
        let to = format!("/api/v1/cases/{number}/supervision");
        let read = |answer: &common::Answer| -> Value { serde_json::from_str(&answer.body).expect("JSON") };
        let dateless = office.api("POST", &to, &supervisor, &[], &json!({"kind": "supervise", "words": "x"})).await;
        assert_eq!(dateless.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", dateless.body);
        let refused = office.api("POST", &to, &owner, &[], &json!({"kind": "remind", "words": "x"})).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN);
        for n in 0..3 {
            let by = format!("2026-11-2{}T12:00:00+08:00", 5 + n);
            let asked = json!({"kind": "supervise", "words": format!("第{n}问"), "answer_by": by});
            let asked = office.api("POST", &to, &supervisor, &[], &asked).await;
            assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.body);
        }
        let first = office.api("GET", "/api/v1/supervision?list=asked&limit=2", &supervisor, &[], &json!(null)).await;
        let first = read(&first);
        assert_eq!(first["items"].as_array().expect("items").len(), 2, "{first}");
        let next = format!("/api/v1/supervision?list=asked&limit=2&after={}", first["next"].as_str().expect("a next page"));
        let second = read(&office.api("GET", &next, &supervisor, &[], &json!(null)).await);
        assert_eq!(second["items"][0]["asked"]["words"], "第2问", "{second}");
        assert_eq!((second["items"].as_array().expect("items").len(), &second["next"]), (1, &Value::Null));
        let id = first["items"][0]["asked"]["id"].as_str().expect("an id").to_owned();
        let answer = format!("/api/v1/supervision/{id}/answer");
        let given = office.api("POST", &answer, &owner, &[], &json!({"words": "明早到"})).await;
        assert_eq!(given.status, StatusCode::OK, "{}", given.body);
        let twice = office.api("POST", &answer, &owner, &[], &json!({"words": "明早到"})).await;
        assert_eq!(twice.status, StatusCode::CONFLICT, "{}", twice.body);
        let all = read(&office.api("GET", &to, &owner, &[], &json!(null)).await);
        assert_eq!(all[0]["answer"], "明早到", "{all}");
        let circular = json!({"title": "通报", "words": "按期答复", "grids": [office.code("G01")]});
        let published = office.api("POST", "/api/v1/circulars", &supervisor, &[], &circular).await;
        assert_eq!(published.status, StatusCode::CREATED, "{}", published.body);
        let list = read(&office.api("GET", "/api/v1/circulars", &owner, &[], &json!(null)).await);
        assert_eq!(list["items"][0]["words"], "按期答复", "{list}");
        let id = read(&published)["id"].as_str().expect("an id").to_owned();
        let withdrawn = office.api("POST", &format!("/api/v1/circulars/{id}/withdraw"), &supervisor, &[], &json!(null)).await;
        assert_eq!(withdrawn.status, StatusCode::NO_CONTENT, "{}", withdrawn.body);
    }

    async fn a_case_past_the_limit_of_its_level_is_listed_and_told_once_to_owner_and_lead(database: Database) {
        let office = Office::furnish(database).await;
        let number = case(&office).await;
        office.sign_in("steward-01").await.step(&number, "accept", &[("from", "task")]).await;
        office.tick().await;
        let listed = format!("data-case=\"{number}\"");
        let list = async |list: &str| {
            let supervisor = office.sign_in("supervisor").await;
            supervisor.get(&format!("/supervision?list={list}")).await.body
        };
        assert!(!list("tier").await.contains(&listed));
        office.later(Duration::days(4));
        office.tick().await;
        office.tick().await;
        let shown = list("tier").await;
        assert!(shown.contains(&listed) && shown.contains("前解决或上提"), "{shown}");
        for account in ["steward-01", "lead-01"] {
            let told = office.sign_in(account).await.get("/tasks").await.body;
            assert_eq!(told.matches("一件事在本层级超过了时限").count(), 1, "{account}: {told}");
        }
        let steward = office.sign_in("steward-01").await;
        steward.step(&number, "raise", &[("to", "lead-01"), ("words", "要吊车")]).await;
        assert!(!list("tier").await.contains(&listed), "the next level has its own time");
    }
}
