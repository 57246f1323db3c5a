//! Return visits, honest ends and the third reopening, through the door that people use: API and pages.

use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

use crate::common::Answer;
use crate::town::{HERE, LAT, LON, Town, VISITED, pair, text};

/// A case on its way, with the version it has now.
pub struct Way<'a> {
    pub town: &'a Town,
    pub number: String,
    pub code: String,
    pub at: i64,
}

impl<'a> Way<'a> {
    /// Told with a contact in the first micro-grid.
    pub async fn told(town: &'a Town) -> Self {
        let body = json!({
            "text": "路灯坏了", "location": {"lon": LON, "lat": LAT},
            "contact": {"name": "李小明", "phone": "10012345678"},
        });
        let key = town.house.clock.id().to_string();
        let told = town
            .send("/api/v1/reports", &[("idempotency-key", &key)], &body)
            .await;
        assert_eq!(told.status, 201, "{}", told.body);
        let told = told.json();
        let (number, code) = (text(&told["number"]), text(&told["code"]));
        Self {
            town,
            number,
            code,
            at: 1,
        }
    }

    /// Takes a step that has to succeed.
    pub async fn step(&mut self, who: &str, command: &str, body: Value) -> Value {
        let done = self.refused(who, command, body).await;
        assert_eq!(done.status, 200, "{command}: {}", done.body);
        let done = done.json();
        self.at = done["version"].as_i64().expect("a version");
        done
    }

    /// The answer to a step, whatever it is.
    pub async fn refused(&self, who: &str, command: &str, body: Value) -> Answer {
        self.town
            .step(who, &self.number, self.at, command, body)
            .await
    }

    pub async fn by_reporter(&mut self, command: &str, body: Value) -> Answer {
        let seen = format!("\"{}\"", self.at);
        let headers = [("receipt-code", self.code.as_str()), ("if-match", &seen)];
        let path = format!("/api/v1/cases/{}/{command}", self.number);
        let answer = self.town.send(&path, &headers, &body).await;
        assert_eq!(answer.status, 200, "{command}: {}", answer.body);
        self.at = answer.json()["version"].as_i64().expect("a version");
        answer
    }

    /// Filed, handled by the steward and found fixed by the lead.
    pub async fn checked(&mut self, category: &str, handled: Value) -> Value {
        self.step("desk", "file", json!({"category": category}))
            .await;
        self.handled(handled).await;
        self.step(
            "lead-01",
            "check",
            json!({"pass": true, "answer": "已修好"}),
        )
        .await
    }

    /// Dispatched to the steward, who takes it.
    pub async fn accepted(&mut self) {
        let to = json!({"to": "steward-01"});
        self.step("desk", "dispatch", to).await;
        self.step("steward-01", "accept", json!({})).await;
    }

    pub async fn handled(&mut self, handled: Value) {
        self.accepted().await;
        self.step("steward-01", "handle", handled).await;
    }

    fn visit(&self) -> String {
        format!("/api/v1/visits/{}", self.number)
    }

    pub async fn page(&self, who: &str, path: &str) -> Answer {
        let bearer = self.town.bearer(who);
        self.town
            .get_with(
                path,
                &[("authorization", &bearer), ("accept-language", "zh-CN")],
            )
            .await
    }

    /// A form as a browser sends it.
    pub async fn sends(&self, who: &str, path: &str, form: &[(&str, &str)]) -> Answer {
        let bearer = self.town.bearer(who);
        let headers = [
            ("authorization", bearer.as_str()),
            ("sec-fetch-site", "same-origin"),
        ];
        self.town.post_with(path, form, &headers).await
    }
}

pub fn solved() -> Value {
    json!({"note": "换了灯泡", "claim": "solved"})
}

async fn mine(town: &Town, who: &str) -> Vec<Value> {
    let list = town.read(who, "/api/v1/visits").await.json();
    list["mine"].as_array().expect("a list").clone()
}

on_both_databases! {
    async fn the_visitor_s_field_leads_to_a_complaint_whatever_is_written(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let page = way.page("volunteer-01", &format!("/visits/{}", way.number)).await.body;
        assert!(page.contains("/complaint\">去投诉") && page.contains("请另外登记为投诉"), "{page}");
    }

    async fn whoever_is_late_with_a_visit_hears_who_made_it(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let asked = way.at;
        let heard = json!({"method": "phone", "solved": true, "satisfaction": "satisfied"});
        way.step("chief", "visit", heard.clone()).await;
        let late = town.step("volunteer-01", &way.number, asked, "visit", heard).await;
        assert_eq!(late.status, 409, "{}", late.body);
        let done = late.json()["done"].clone();
        assert_eq!((&done["deed"], &done["by"]), (&json!("visited"), &json!("示例chief")));
        let form = [("version", asked.to_string()), ("method", "phone".to_owned()), ("yes", "yes".to_owned()), ("satisfaction", "satisfied".to_owned())];
        let form: Vec<_> = form.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let page = way.sends("volunteer-01", &format!("/visits/{}/record", way.number), &form).await;
        assert_eq!(page.status, 409);
        assert!(page.body.contains("示例chief"), "{}", page.body);
        let stranger = town.step("volunteer-02", &way.number, asked, "visit", json!({"method": "phone", "solved": true, "satisfaction": "fairly"})).await;
        assert_eq!(stranger.status, 404, "whoever was never asked learns nothing");
    }

    async fn whoever_told_the_same_later_can_be_reached_on_a_visit_too(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": VISITED})).await;
        let near = town.get(&format!("/api/v1/similar?lon={LON}&lat={LAT}&category={VISITED}")).await.json();
        let body = json!({
            "text": "灯不亮", "location": {"lon": LON, "lat": LAT}, "category": VISITED,
            "contact": {"phone": "10087654321"}, "same": near["items"][0]["same"],
        });
        let later = town.send("/api/v1/reports", &[("idempotency-key", "later")], &body).await.json();
        let later = text(&later["number"]);
        way.at = town.read("desk", &format!("/api/v1/cases/{}", way.number)).await.json()["version"].as_i64().expect("a version");
        way.handled(solved()).await;
        way.step("lead-01", "check", json!({"pass": true, "answer": "已修好"})).await;
        let page = way.page("volunteer-01", &format!("/visits/{}", way.number)).await.body;
        assert!(page.contains(&format!("/visits/{later}/contact")) && page.contains("100****4321"), "{page}");
        let visit = town.read("volunteer-01", &format!("/api/v1/visits/{later}")).await.json();
        assert_eq!(visit["number"], way.number.as_str(), "{visit}");
        assert_eq!(visit["others"], json!([{"number": later, "phone": "100****4321"}]), "{visit}");
        let clear = way.sends("volunteer-01", &format!("/visits/{later}/contact"), &[]).await.body;
        assert!(clear.contains("10087654321") && !clear.contains("10012345678"), "{clear}");
        let bearer = town.bearer("volunteer-01");
        let clear = town.send(&format!("/api/v1/visits/{later}/contact"), &[("authorization", &bearer)], &json!({})).await;
        assert_eq!(clear.json()["phone"], "10087654321", "{}", clear.body);
    }

    async fn a_volunteer_is_asked_calls_and_what_is_not_solved_goes_back(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        let checked = way.checked(VISITED, solved()).await;
        assert_eq!(checked["state"], "checked", "the reporter is asked first");
        assert!(checked["visit"]["due_at"].is_string(), "{checked}");
        let early = way.refused("desk", "close", json!({"answer": "已修好"})).await;
        assert_eq!((early.status.as_u16(), text(&early.json()["code"])), (409, "visit-missing".to_owned()));

        let due = mine(&town, "volunteer-01").await;
        assert_eq!(due.len(), 1);
        assert_eq!(due[0]["number"], way.number.as_str());
        assert!(mine(&town, "volunteer-02").await.is_empty(), "another micro-grid's");
        let around = town.read("desk", "/api/v1/visits").await.json();
        assert_eq!(around["around"].as_array().map(Vec::len), Some(1));
        let visit = town.read("volunteer-01", &way.visit()).await.json();
        assert_eq!((visit["text"].clone(), visit["done"].clone()), (json!("路灯坏了"), json!("换了灯泡")));
        assert_eq!(visit["phone"], "100****5678");
        assert_eq!(visit["version"], way.at);

        let silent = json!({"method": "phone", "solved": false, "satisfaction": "dissatisfied"});
        let faulty = way.refused("volunteer-01", "visit", silent).await;
        assert_eq!((faulty.status.as_u16(), faulty.fault()), (422, pair("note", "field-missing")));
        let said = json!({"method": "phone", "solved": false, "satisfaction": "dissatisfied", "note": "晚上还是不亮"});
        let back = way.step("volunteer-01", "visit", said).await;
        assert_eq!(back, json!({"number": way.number, "version": way.at, "state": "accepted"}), "no more than that");
        assert!(mine(&town, "volunteer-01").await.is_empty());
        town.settle().await;
        let told = way.page("steward-01", "/tasks").await;
        assert!(told.body.contains("回访有了结果"), "{}", told.body);
        let case = town.read("desk", &format!("/api/v1/cases/{}?with=trail", way.number)).await;
        assert!(case.body.contains("晚上还是不亮"), "{}", case.body);
    }

    async fn a_visitor_sees_the_visit_alone_and_the_contact_only_while_it_is_due(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        let contact = |way: &Way<'_>| format!("{}/contact", way.visit());
        let bearer = town.bearer("volunteer-01");
        let headers = [("authorization", bearer.as_str())];
        assert_eq!(town.send(&contact(&way), &headers, &json!({})).await.status, 404, "not asked yet");
        way.checked(VISITED, solved()).await;
        let case = format!("/api/v1/cases/{}", way.number);
        assert_eq!(town.read("volunteer-01", &case).await.status, 403);
        assert_eq!(town.read("volunteer-02", &way.visit()).await.status, 404);
        assert_eq!(town.read("supervisor", &way.visit()).await.status, 403);
        let more = town.send(&contact(&way), &headers, &json!({"reason": "回访"})).await;
        assert_eq!((more.status.as_u16(), more.fault()), (422, pair("reason", "field-unknown")), "nothing is heard unread: {}", more.body);
        let torn = [headers[0], ("content-type", "application/json")];
        let torn = town.ask("POST", &contact(&way), &torn, "{".into()).await;
        assert_eq!(torn.status, 400, "{}", torn.body);
        let clear = town.send(&contact(&way), &headers, &json!({})).await;
        assert_eq!((clear.status.as_u16(), clear.json()["phone"].clone()), (200, json!("10012345678")));
        let (reader, net) = (town.house.store.reader(), town.house.net());
        let community = net.community(HERE).expect("a community").id;
        let report = reader.report_numbered(community, &way.number.parse().expect("a number")).await.expect("a report");
        let looks = reader.accesses(community, report.id).await.expect("the ledger");
        let roles: Vec<&str> = looks.iter().map(|(_, role, _)| role.as_str()).collect();
        assert_eq!(roles, ["volunteer"], "the reporter sees who looked");
        way.step("volunteer-01", "visit", json!({"method": "phone", "solved": true, "satisfaction": "satisfied"})).await;
        assert_eq!(town.send(&contact(&way), &headers, &json!({})).await.status, 404, "it is made");
        let closed = way.step("desk", "close", json!({"answer": "已修好"})).await;
        assert_eq!(closed["heard"], json!({"method": "phone", "solved": true, "satisfaction": "satisfied"}));
    }

    async fn who_handled_or_checked_it_is_not_the_visitor(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let said = json!({"method": "on_site", "solved": true, "satisfaction": "fairly"});
        for who in ["steward-01", "lead-01"] {
            let refused = way.refused(who, "visit", said.clone()).await;
            assert_eq!(text(&refused.json()["code"]), "same-person", "{who}");
        }
    }

    async fn who_is_not_reached_three_times_need_not_be_asked_any_more(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let nobody = || json!({"method": "phone", "reached": false, "note": "没人接"});
        way.step("volunteer-01", "visit", nobody()).await;
        let again = way.refused("volunteer-01", "visit", nobody()).await;
        assert_eq!(text(&again.json()["code"]), "too-early");
        let tried = town.read("volunteer-01", &way.visit()).await.json();
        assert_eq!(tried["tries"], 1);
        assert_eq!(tried["tried"][0]["words"], json!(["没人接"]));
        for _ in 0..2 {
            let now = town.house.clock.now();
            town.house.clock.move_to(now + Duration::hours(3));
            let early = way.refused("desk", "close", json!({"answer": "已修好"})).await;
            assert_eq!(text(&early.json()["code"]), "visit-missing");
            way.step("volunteer-01", "visit", nobody()).await;
        }
        assert!(mine(&town, "volunteer-01").await.is_empty());
        way.step("desk", "close", json!({"answer": "已修好"})).await;
    }

    async fn a_visit_that_nobody_made_in_time_goes_to_somebody_else_by_itself(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let now = town.house.clock.now();
        town.house.clock.move_to(now + Duration::days(1));
        assert_eq!(work::case::tick(&town.house).await.expect("time passes"), 0, "it is not over yet");
        town.house.clock.move_to(now + Duration::days(7));
        work::case::tick(&town.house).await.expect("time passes");
        assert!(mine(&town, "volunteer-01").await.is_empty());
        assert_eq!(mine(&town, "worker-01").await.len(), 1, "the next one near who is not concerned");
        way.at += 1;
        let late = way.refused("volunteer-01", "visit", json!({"method": "phone", "reached": false})).await;
        assert_eq!(late.status, 404, "{}", late.body);
        town.house.clock.move_to(now + Duration::days(7) + Duration::hours(1));
        way.step("desk", "pass_visit", json!({})).await;
        assert!(mine(&town, "worker-01").await.is_empty());
    }

    async fn whoever_had_the_work_before_is_not_asked_to_visit(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": VISITED})).await;
        way.step("desk", "dispatch", json!({"to": "worker-01"})).await;
        way.step("worker-01", "return", json!({"reason": "请换一位，不在我的责任范围"})).await;
        way.handled(solved()).await;
        way.step("lead-01", "check", json!({"pass": true, "answer": "已修好"})).await;
        assert_eq!(mine(&town, "volunteer-01").await.len(), 1);
        let now = town.house.clock.now();
        town.house.clock.move_to(now + Duration::days(7));
        work::case::tick(&town.house).await.expect("time passes");
        assert!(mine(&town, "volunteer-01").await.is_empty());
        assert!(mine(&town, "worker-01").await.is_empty(), "the task was theirs first");
        assert_eq!(mine(&town, "chief").await.len(), 1, "the next one near");
    }

    async fn a_volunteer_does_it_on_the_pages_and_what_was_typed_stays(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let day = way.page("volunteer-01", "/work").await;
        assert_eq!(day.header("location"), "/visits");
        let list = way.page("volunteer-01", "/visits").await;
        assert!(list.body.contains(&format!("/visits/{}", way.number)), "{}", list.body);
        let path = format!("/visits/{}", way.number);
        let page = way.page("volunteer-01", &path).await;
        assert!(page.body.contains("换了灯泡") && !page.body.contains("10012345678"));
        assert!(page.body.contains("3 个工作日"), "the deadline explains itself: {}", page.body);
        let clear = way.sends("volunteer-01", &format!("{path}/contact"), &[]).await;
        assert!(clear.body.contains("10012345678"));
        let version = way.at.to_string();
        let form = |yes, words| [("version", version.as_str()), ("method", "phone"), ("yes", yes), ("satisfaction", "dissatisfied"), ("words", words)];
        let record = format!("{path}/record");
        let again = way.sends("volunteer-01", &record, &form("no", " ")).await;
        assert_eq!(again.status, 422);
        let done = way.sends("volunteer-01", &record, &form("no", "还是不亮")).await;
        assert_eq!(done.header("location"), "/visits?done=visit", "{}", done.body);
        assert_eq!(way.page("volunteer-01", &path).await.status, 404, "it is made");
        let case = town.read("desk", &format!("/api/v1/cases/{}", way.number)).await.json();
        assert_eq!(case["state"], "accepted");
    }

    async fn a_volunteer_finds_what_came_to_them_among_the_visits_and_marks_it_read(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        let before = way.page("volunteer-01", "/visits").await.body;
        assert!(!before.contains("收到的消息"), "{before}");
        way.checked(VISITED, solved()).await;
        town.settle().await;
        let list = way.page("volunteer-01", "/visits").await.body;
        for words in ["收到的消息", "1 条未读", "请您回访一位报事人"] {
            assert!(list.contains(words), "{words}: {list}");
        }
        let elsewhere = way.page("volunteer-02", "/visits").await.body;
        assert!(!elsewhere.contains("请您回访一位报事人"), "it came to somebody else: {elsewhere}");
        let steward = way.page("steward-01", "/visits").await;
        assert!(!steward.body.contains("收到的消息"), "theirs stand among the tasks");
        let read = way.sends("volunteer-01", "/inbox/read", &[]).await;
        assert_eq!(read.header("location"), "/visits");
        let list = way.page("volunteer-01", "/visits").await.body;
        assert!(list.contains("请您回访一位报事人") && !list.contains("条未读"), "{list}");
        let said = json!({"method": "phone", "solved": true, "satisfaction": "satisfied"});
        way.step("volunteer-01", "visit", said).await;
        let list = way.page("volunteer-01", "/visits").await.body;
        assert!(!list.contains("请您回访一位报事人"), "what is over is out of sight: {list}");
    }

    async fn what_is_solved_in_part_is_told_with_what_is_left(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": "20110"})).await;
        way.accepted().await;
        let part = |left: Value| json!({"note": "换了两盏", "claim": "partly", "left": left});
        let missing = way.refused("steward-01", "handle", part(Value::Null)).await;
        assert_eq!((missing.status.as_u16(), missing.fault()), (422, pair("left", "field-missing")));
        way.step("steward-01", "handle", part(json!("三号楼等灯杆到货"))).await;
        let closed = way.step("lead-01", "check", json!({"pass": true, "answer": "换了两盏，三号楼下周装"})).await;
        assert_eq!((closed["state"].clone(), closed["outcome"].clone()), (json!("closed"), json!("partly")));
        let headers = [("receipt-code", way.code.as_str())];
        let seen = town.get_with(&format!("/api/v1/reports/{}", way.number), &headers).await;
        assert!(seen.body.contains("三号楼等灯杆到货"), "{}", seen.body);
        let page = way.page("desk", &format!("/cases/{}", way.number)).await;
        assert!(page.body.contains("办结：部分解决"), "{}", page.body);
    }

    async fn the_third_reopening_calls_a_leader_who_alone_dispatches_it(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": "20110"})).await;
        let received = town.read("desk", &format!("/api/v1/cases/{}", way.number)).await.json()["received_at"].clone();
        for round in 1..=3 {
            way.handled(solved()).await;
            way.step("lead-01", "check", json!({"pass": true, "answer": "已修好"})).await;
            way.by_reporter("reopen", json!({"reason": "又不亮了"})).await;
            let case = town.read("desk", &format!("/api/v1/cases/{}", way.number)).await.json();
            assert_eq!(case["received_at"], received);
            assert_eq!(case["leader_called"].is_null(), round < 3, "round {round}: {case}");
        }
        let desk = way.refused("desk", "dispatch", json!({"to": "steward-01"})).await;
        assert_eq!((desk.status.as_u16(), text(&desk.json()["code"])), (409, "leader-decides".to_owned()));
        let away = way.refused("desk", "void", json!({"reason": "不想办了"})).await;
        assert_eq!((away.status.as_u16(), text(&away.json()["code"])), (409, "leader-decides".to_owned()));
        let page = way.page("desk", &format!("/cases/{}", way.number)).await;
        assert!(page.body.contains("已经 3 次没有解决"), "{}", page.body);
        let paper = way.page("lead-01", &format!("/cases/{}/case-file", way.number)).await.body;
        assert!((1..=3).all(|round| paper.contains(&format!("待接手（第 {round} 轮）"))), "{paper}");
        town.settle().await;
        let told = way.page("chief", "/work").await;
        assert!(told.body.contains("请您决定派给谁"), "{}", told.body);
        let judge = way.page("lead-01", "/work").await;
        assert!(!judge.body.contains("请您决定派给谁"), "who checked and closed it is not called: {}", judge.body);
        way.step("chief", "dispatch", json!({"to": "worker-01"})).await;
    }

    async fn a_community_that_samples_everybody_visits_what_the_catalogue_does_not_ask(database: Database) {
        let town = Town::on(database).await;
        let mut before = Way::told(&town).await;
        before.checked("20110", solved()).await;
        assert_eq!(mine(&town, "volunteer-01").await.len(), 0, "nobody is visited by default");
        let bearer = town.bearer("desk");
        let headers = [("authorization", bearer.as_str()), ("if-match", "\"0\"")];
        let body = json!({"case": {"visit": {"sample": 100}}}).to_string();
        let put = town.ask("PUT", "/api/v1/settings", &headers, axum::body::Body::from(body)).await;
        assert_eq!(put.status, 200, "{}", put.body);
        let mut way = Way::told(&town).await;
        let checked = way.checked("20110", solved()).await;
        assert_eq!(checked["state"], "checked");
        assert_eq!(mine(&town, "volunteer-01").await.len(), 1);
    }

    async fn a_reporter_who_said_that_it_is_not_solved_reads_that_it_goes_on(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let said = json!({"method": "phone", "solved": false, "satisfaction": "dissatisfied", "note": "还是不亮"});
        way.step("volunteer-01", "visit", said).await;
        let headers = [("receipt-code", way.code.as_str())];
        let seen = town.get_with(&format!("/api/v1/reports/{}", way.number), &headers).await.json();
        let visited = seen["trail"].as_array().expect("a trail").last().expect("a step").clone();
        assert_eq!((&visited["deed"], &visited["solved"]), (&json!("visited"), &json!(false)));
        let page = town.progress_page(&way.number, &way.code).await;
        assert!(page.contains("已回访：电话。您说还没有解决，已交回去接着办"), "{page}");
    }

    async fn closing_without_an_answer_tells_what_the_checker_wrote(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.step("desk", "file", json!({"category": VISITED})).await;
        way.handled(json!({"note": "再换", "claim": "solved"})).await;
        way.step("lead-01", "check", json!({"pass": true, "answer": "路灯已修好"})).await;
        way.step("volunteer-01", "visit", json!({"method": "phone", "solved": true, "satisfaction": "satisfied"})).await;
        let form = way.page("desk", &format!("/cases/{}", way.number)).await.body;
        assert!(form.contains("路灯已修好</textarea>"), "it is proposed: {form}");
        way.step("desk", "close", json!({})).await;
        let headers = [("receipt-code", way.code.as_str())];
        let seen = town.get_with(&format!("/api/v1/reports/{}", way.number), &headers).await;
        let closed = seen.json()["trail"].as_array().expect("a trail").last().expect("a step").clone();
        assert_eq!((&closed["deed"], &closed["words"]), (&json!("closed"), &json!(["路灯已修好"])));
        assert!(!seen.body.contains("再换"), "{}", seen.body);
    }

    async fn words_kept_before_numbers_were_starred_are_starred_for_a_visitor(database: Database) {
        let town = Town::on(database).await;
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        let community = town.house.net().community(HERE).expect("a community").id;
        let number = way.number.parse().expect("a number");
        let report = town.house.store.reader().report_numbered(community, &number).await.expect("the report").id;
        let before = async move |unit: &store::Unit| unit.restore_telling(report, "13800001234说灯坏了", "").await;
        town.house.store.unit::<_, store::Error, _>(community, before).await.expect("kept as before");
        let visit = town.read("volunteer-01", &way.visit()).await.json();
        assert_eq!(visit["text"], "****说灯坏了", "{visit}");
        let page = way.page("volunteer-01", &format!("/visits/{}", way.number)).await.body;
        assert!(page.contains("****说灯坏了") && !page.contains("13800001234"), "{page}");
    }

    async fn whoever_stands_in_for_a_visitor_and_may_not_visit_is_passed_over(database: Database) {
        let town = Town::on(database).await;
        let (bearer, away) = (town.bearer("worker-01"), json!({"until": "2026-12-20", "deputy": "water"}));
        let told = town.send("/api/v1/absence", &[("authorization", &bearer)], &away).await;
        assert_eq!(told.status, 200, "{}", told.body);
        let mut way = Way::told(&town).await;
        way.checked(VISITED, solved()).await;
        town.house.clock.move_to(town.house.clock.now() + Duration::days(7));
        work::case::tick(&town.house).await.expect("time passes");
        assert!(mine(&town, "volunteer-01").await.is_empty());
        assert_eq!(mine(&town, "chief").await.len(), 1, "a department calls no reporter");
    }
}
