//! Routing rules on their pages, and cases that may be the same on the page of a case: as desk, lead and steward see them.

use axum::http::StatusCode;
use serde_json::{Value, json};
use testkit::on_both_databases;
use time::Duration;

use super::colleague::{Colleague, Office, form};

/// Where a page offers to send: the value of the choice with this label.
fn choice(page: &str, label: &str) -> String {
    let before = page
        .split(&format!(">{label}</option>"))
        .next()
        .expect("a page");
    let rest = before.rsplit("<option value=\"").next().expect("a choice");
    rest.split('"').next().expect("a value").to_owned()
}

/// The account of whoever is responsible for a case.
async fn owner(office: &Office, number: &str) -> String {
    let (reader, community) = (office.house.store.reader(), office.community);
    let scope = rules::access::Scope::Community(community);
    let number = number.parse().expect("a number");
    let found = reader.case_numbered(&scope, community, &number).await;
    let net = office.house.net();
    let net = net.community_by_id(community).expect("the community");
    let owner = found.expect("the case").case.owner.expect("an owner");
    let code = net.member(owner).expect("a member").code.clone();
    code.expect("an account")
}

on_both_databases! {
    async fn a_rule_is_written_tried_out_on_past_cases_and_switched_on(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("小区门口井盖松动", "G01-M01").await;
        let empty = desk.get("/routing").await.body;
        assert!(empty.contains("还没有规则"), "{empty}");
        let page = desk.get("/routing/new").await.body;
        let version = form::value(&page, "version").expect("a version");
        let to = choice(&page, "供水排水服务站");
        let fields = [("version", version.as_str()), ("name", "井盖直派"), ("to", &to), ("words", "井盖、窨井"), ("go", "try")];
        let tried = desk.post("/routing/new", &fields).await;
        assert_eq!(tried.status, StatusCode::OK, "{}", tried.body);
        assert!(tried.body.contains("看了最近 1 件，其中 1 件"), "{}", tried.body);
        assert!(tried.body.contains(&format!("href=\"/cases/{number}\"")) && tried.body.contains("value=\"井盖直派\""), "{}", tried.body);
        let kept = [&fields[..4], &[("go", "keep")]].concat();
        let added = desk.post("/routing/new", &kept).await;
        assert_eq!((added.status, added.header("location")), (StatusCode::SEE_OTHER, "/routing?done=added"));
        let list = desk.get("/routing").await.body;
        assert!(list.contains("井盖直派") && list.contains("未启用") && list.contains("文字里有：井盖、窨井"), "{list}");
        let rule = list.split("/trial").next().and_then(|head| head.rsplit("/routing/").next()).expect("a rule").to_owned();
        let trial = desk.get(&format!("/routing/{rule}/trial")).await.body;
        assert!(trial.contains("启用这条规则"), "{trial}");
        let version = form::value(&trial, "version").expect("a version");
        let untried = desk.post(&format!("/routing/{rule}/on"), &[("version", &version)]).await;
        assert!(untried.body.contains("先试一试"), "{}", untried.body);
        let proof = form::value(&trial, "tried").expect("a proof");
        let on = desk.post(&format!("/routing/{rule}/on"), &[("version", &version), ("tried", &proof)]).await;
        assert_eq!(on.header("location"), "/routing?done=on");
        let stale = desk.post(&format!("/routing/{rule}/off"), &[("version", &version)]).await;
        assert_eq!(stale.status, StatusCode::PRECONDITION_FAILED);
        assert!(stale.body.contains("启用规则"), "what was done meanwhile: {}", stale.body);

        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("按规则“井盖直派”"), "{page}");
        desk.step(&number, "dispatch", &[("whom", "suggested")]).await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("示例department-water") && page.contains("按规则“井盖直派”"), "{page}");
        let english = desk.get_in("en", &format!("/routing/{rule}/trial")).await.body;
        assert!(english.contains("Tried out on past cases"), "{english}");
    }

    async fn what_is_picked_from_the_catalogue_wins_over_the_choice_that_was_left(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("小区门口井盖松动", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none"), ("other", "20110-2011001")]).await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("2011001"), "its condition gives the limit: {page}");
    }

    async fn a_faulty_rule_keeps_what_was_typed_and_says_what_is_wrong(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let typed = [("version", "0"), ("name", "半夜"), ("to", ""), ("categories", "999"), ("from", "22:00"), ("until", ""), ("go", "keep")];
        let again = desk.post("/routing/new", &typed).await;
        assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
        for said in ["目录里没有代码 999", "起止时间都要填", "value=\"半夜\"", "href=\"#to\""] {
            assert!(again.body.contains(said), "{said}: {}", again.body);
        }
    }

    async fn a_rule_that_does_something_else_than_before_is_said_to_be_off_until_it_is_tried_out(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let page = desk.get("/routing/new").await.body;
        let to = choice(&page, "供水排水服务站");
        let fields = |version, name, words| [("version", version), ("name", name), ("to", to.as_str()), ("words", words), ("go", "keep")];
        desk.post("/routing/new", &fields("0", "井盖直派", "井盖")).await;
        let list = desk.get("/routing").await.body;
        let rule = list.split("/trial").next().and_then(|head| head.rsplit("/routing/").next()).expect("a rule").to_owned();
        let trial = desk.get(&format!("/routing/{rule}/trial")).await.body;
        let proof = form::value(&trial, "tried").expect("a proof");
        desk.post(&format!("/routing/{rule}/on"), &[("version", "1"), ("tried", &proof)]).await;
        let named = desk.post(&format!("/routing/{rule}"), &fields("2", "井盖派水务", "井盖")).await;
        assert_eq!(named.header("location"), "/routing?done=changed", "another name changes nothing: {}", named.body);
        let other = desk.post(&format!("/routing/{rule}"), &fields("3", "井盖派水务", "井盖 窨井")).await;
        assert_eq!(other.header("location"), format!("/routing?done=changed-off&rule={rule}"), "{}", other.body);
        let list = desk.get(&format!("/routing?done=changed-off&rule={rule}")).await.body;
        assert!(list.contains("已停用，试算后才能再启用"), "{list}");
        let button = format!("<a class=\"button button--primary\" href=\"/routing/{rule}/trial\">试算</a>");
        assert!(list.contains(&button), "{list}");
    }

    async fn a_rule_that_is_moved_before_another_one_is_said_to_be_off_until_it_is_tried_out(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let page = desk.get("/routing/new").await.body;
        let mut rules: Vec<String> = Vec::new();
        for (at, department) in ["供水排水服务站", "综合执法队"].into_iter().enumerate() {
            let (seen, to) = ((2 * at).to_string(), choice(&page, department));
            let fields = [("version", seen.as_str()), ("name", department), ("to", &to), ("words", "井盖"), ("go", "keep")];
            desk.post("/routing/new", &fields).await;
            let list = desk.get("/routing").await.body;
            let before = list.rsplit_once("/trial").expect("a rule").0;
            rules.push(before.rsplit("/routing/").next().expect("a rule").to_owned());
            let trial = desk.get(&format!("/routing/{}/trial", rules[at])).await.body;
            let (version, proof) = (form::value(&trial, "version").expect("a version"), form::value(&trial, "tried").expect("a proof"));
            let on = desk.post(&format!("/routing/{}/on", rules[at]), &[("version", &version), ("tried", &proof)]).await;
            assert_eq!(on.header("location"), "/routing?done=on", "{}", on.body);
        }
        let moved = desk.post(&format!("/routing/{}/up", rules[1]), &[("version", "4")]).await;
        assert_eq!(moved.header("location"), format!("/routing?done=moved-off&rule={}", rules[1]), "{}", moved.body);
        let list = desk.get(moved.header("location")).await.body;
        assert!(list.contains("已停用，试算后才能再启用"), "{list}");
        let back = desk.post(&format!("/routing/{}/down", rules[1]), &[("version", "5")]).await;
        assert_eq!(back.header("location"), "/routing?done=moved", "a rule that is off changes nothing: {}", back.body);
    }

    async fn leads_read_the_rules_and_stewards_do_not_see_them(database: Database) {
        let office = Office::furnish(database).await;
        let lead = office.sign_in("lead-01").await;
        let list = lead.get("/routing").await;
        assert_eq!(list.status, StatusCode::OK);
        assert!(!list.body.contains("/routing/new"), "{}", list.body);
        assert_eq!(lead.get("/routing/new").await.status, StatusCode::FORBIDDEN);
        assert_eq!(office.sign_in("steward-01").await.get("/routing").await.status, StatusCode::FORBIDDEN);
        assert_eq!(office.stranger().get("/routing").await.status, StatusCode::SEE_OTHER);
    }

    async fn the_workbench_tells_of_a_rule_whose_people_have_left(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let page = desk.get("/routing/new").await.body;
        let to = choice(&page, "供水排水服务站");
        let fields = [("version", "0"), ("name", "井盖直派"), ("to", to.as_str()), ("words", "井盖"), ("go", "keep")];
        desk.post("/routing/new", &fields).await;
        let list = desk.get("/routing").await.body;
        let rule = list.split("/trial").next().and_then(|head| head.rsplit("/routing/").next()).expect("a rule").to_owned();
        let trial = desk.get(&format!("/routing/{rule}/trial")).await.body;
        let proof = form::value(&trial, "tried").expect("a proof");
        desk.post(&format!("/routing/{rule}/on"), &[("version", "1"), ("tried", &proof)]).await;
        assert!(!desk.get("/work").await.body.contains("分派规则因为"));
        office.leaves("department-water").await;
        let page = desk.get("/work").await.body;
        assert!(page.contains("1 条分派规则因为") && page.contains("href=\"/routing\""), "{page}");
        assert!(desk.get("/routing").await.body.contains("已自动停用"));
        assert!(office.sign_in("lead-01").await.get("/work").await.body.contains("1 条分派规则因为"));
        desk.post(&format!("/routing/{rule}/remove"), &[("version", "3")]).await;
        assert!(!desk.get("/work").await.body.contains("分派规则因为"));
    }

    async fn what_the_catalogue_gives_to_a_department_without_people_goes_to_the_desk_and_the_workbench_says_so(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        assert!(!desk.get("/work").await.body.contains("个部门没有人了"));
        office.leaves("department-water").await;
        let page = desk.get("/work").await.body;
        assert!(page.contains("有 1 个部门没有人了：供水排水服务站") && page.contains("href=\"/imports\""), "{page}");
        let number = desk.enter_with("井盖没了", "G01-M01", &[("category", "10101")]).await;
        desk.step(&number, "file", &[("filing", "10101-1010101")]).await;
        desk.step(&number, "dispatch", &[]).await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("目录指定的部门现在没有人了"), "no part-time steward has it: {page}");
        assert_eq!(owner(&office, &number).await, "desk");
    }

    async fn whose_account_is_closed_gets_nothing_new_and_the_workbench_says_what_lies_with_them(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let before = desk.enter("楼道堆物", "G01-M01").await;
        assert_eq!(owner(&office, &before).await, "steward-01");
        work::account::disable(&office.house, "steward-01", true).await.expect("closed");
        let page = desk.get("/work").await.body;
        assert!(page.contains("示例steward-01（steward）的账号已停用") && page.contains("还有 1 件没有办完"), "{page}");
        let after = desk.enter("路灯不亮", "G01-M01").await;
        assert_eq!(owner(&office, &after).await, "steward-02", "the deputy, for good");
        assert_eq!(owner(&office, &before).await, "steward-01", "until somebody hands it over");
        let public = office.stranger().get(&format!("/g/{}", office.code("G01-M01"))).await.body;
        assert!(public.contains("示例steward-02") && !public.contains("示例steward-01"), "{public}");
        work::account::disable(&office.house, "steward-01", false).await.expect("open");
        assert!(!desk.get("/work").await.body.contains("的账号已停用"));
        assert_eq!(owner(&office, &desk.enter("井盖响", "G01-M01").await).await, "steward-01");
    }

    async fn whoever_gets_another_account_after_theirs_was_closed_has_what_is_new_again(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        work::account::disable(&office.house, "steward-01", true).await.expect("closed");
        assert_eq!(owner(&office, &desk.enter("路灯不亮", "G01-M01").await).await, "steward-02");
        let member = Some((office.community, "steward-01"));
        let account = work::account::NewAccount { name: "steward-01-new", password: testkit::PASSWORD, member, role: None };
        work::account::make(&office.house, account).await.expect("another account");
        assert_eq!(owner(&office, &desk.enter("井盖响", "G01-M01").await).await, "steward-01");
    }

    async fn whoever_was_named_for_an_absence_stands_in_for_somebody_whose_account_is_closed_meanwhile(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let absence = [("until", "2026-11-24"), ("deputy", "worker-01")];
        let told = office.sign_in("steward-01").await.post("/absence", &absence).await;
        assert_eq!(told.status, StatusCode::SEE_OTHER, "{}", told.body);
        work::account::disable(&office.house, "steward-01", true).await.expect("closed");
        assert_eq!(owner(&office, &desk.enter("路灯不亮", "G01-M01").await).await, "worker-01", "as long as it was told");
        office.later(Duration::days(3));
        assert_eq!(owner(&office, &office.sign_in("desk").await.enter("井盖响", "G01-M01").await).await, "steward-02", "the usual deputy");
    }

    async fn nothing_is_given_to_whoever_cannot_sign_in_any_more_and_the_reason_is_said(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("楼道堆物", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        let page = format!("/cases/{number}");
        let offered = async |who: &Colleague<'_>| who.get(&page).await.body.contains("value=\"steward-03\"");
        assert!(offered(&desk).await);
        work::account::disable(&office.house, "steward-03", true).await.expect("closed");
        assert!(!offered(&desk).await, "nobody chooses them");
        let refused = async |who: &Colleague<'_>, step: &str| {
            let version = who.version(&number).await;
            let fields = [("version", version.as_str()), ("from", "case"), ("whom", "other"), ("to", "steward-03"), ("far", "yes"), ("words", "请接着办")];
            let answer = who.post(&format!("{page}/{step}"), &fields).await;
            assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{step}: {}", answer.body);
            assert!(answer.body.contains("这个人的账号已停用"), "{step}: {}", answer.body);
        };
        refused(&desk, "dispatch").await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "worker-01"), ("far", "yes")]).await;
        let worker = office.sign_in("worker-01").await;
        worker.step(&number, "accept", &[("from", "task")]).await;
        refused(&worker, "hand_over").await;
        worker.step(&number, "hand_over", &[("to", "steward-01"), ("words", "请接着办")]).await;
    }

    async fn whoever_cannot_sign_in_any_more_is_offered_to_nobody_as_a_deputy(database: Database) {
        let office = Office::furnish(database).await;
        let steward = office.sign_in("steward-01").await;
        let offered = async || steward.get("/absence").await.body.contains("value=\"steward-03\"");
        assert!(offered().await);
        work::account::disable(&office.house, "steward-03", true).await.expect("closed");
        assert!(!offered().await);
    }

    async fn a_reporter_reads_no_name_of_whoever_left_but_who_stands_in_or_the_desk(database: Database) {
        let office = Office::furnish(database).await;
        let body = json!({"text": "楼道堆物", "grid": office.code("G01-M01")});
        let told = office.api("POST", "/api/v1/reports", "", &[("idempotency-key", "told-once")], &body).await;
        let told: Value = serde_json::from_str(&told.body).expect("JSON");
        let [number, code] = ["number", "code"].map(|field| told[field].as_str().expect(field).to_owned());
        let shown = async || {
            let opened = office.stranger().post("/progress", &[("number", &number), ("code", &code)]).await;
            let page = office.stranger().get_keeping(&opened).await.body;
            let api = office.api("GET", &format!("/api/v1/reports/{number}"), "", &[("receipt-code", &code)], &Value::Null).await;
            (page, api.body)
        };
        let named = |(page, api): &(String, String), name: &str| page.contains(name) && api.contains(name);
        let says = |(page, api): &(String, String), name: &str| page.contains(name) || api.contains(name);
        assert!(named(&shown().await, "示例steward-01"));
        for (closed, there) in [("steward-01", "示例steward-02"), ("steward-02", "示例desk")] {
            work::account::disable(&office.house, closed, true).await.expect("closed");
            let told = shown().await;
            assert!(named(&told, there), "{there}: {told:?}");
            assert!(!says(&told, &format!("示例{closed}")) && !says(&told, "示例steward-01"), "{told:?}");
        }
    }

    async fn the_desk_is_asked_before_it_keeps_what_may_be_told_already_and_whoever_calls_joins_it(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let grid = office.code("G01-M01");
        let place = [("grid", grid.as_str()), ("category", "20110"), ("lon", "103.605"), ("lat", "30.605")];
        let first = desk.enter_with("垃圾堆了三天", "G01-M01", &place[1..]).await;
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let mut fields = vec![("key", key.as_str()), ("channel", "phone"), ("text", "垃圾没人收")];
        fields.extend(place);
        let asked = desk.post("/cases/new", &fields).await;
        assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
        assert!(asked.body.contains("是不是下面这件事？") && asked.body.contains("垃圾没人收</textarea>"), "{}", asked.body);
        let same = form::value(&asked.body, "same").expect("the one that was told");
        let said = form::value(&asked.body, "same_asked").expect("that it was asked");
        fields.extend([("same", same.as_str()), ("same_asked", said.as_str())]);
        let joined = desk.post("/cases/new", &fields).await;
        assert_eq!(joined.status, StatusCode::SEE_OTHER, "{}", joined.body);
        let shown = desk.get(&format!("/cases/{first}")).await.body;
        assert!(shown.contains("垃圾没人收"), "whoever called tells the same: {shown}");
        let again = desk.post("/cases/new", &fields).await;
        assert_eq!(again.header("location"), joined.header("location"), "sent twice, told once");
    }

    async fn what_the_desk_chose_stays_chosen_when_the_form_is_shown_again_and_choosing_nothing_is_asked_about(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let grid = office.code("G01-M01");
        let place = [("grid", grid.as_str()), ("category", "20110"), ("lon", "103.605"), ("lat", "30.605")];
        desk.enter_with("垃圾堆了三天", "G01-M01", &place[1..]).await;
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let mut fields = vec![("key", key.as_str()), ("channel", "phone"), ("text", "垃圾没人收")];
        fields.extend(place);
        let first = desk.post("/cases/new", &fields).await.body;
        let (same, said) = (form::value(&first, "same").expect("a ticket"), form::value(&first, "same_asked").expect("a mark"));
        fields.push(("same_asked", &said));
        let bare = desk.post("/cases/new", &fields).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing was chosen: {}", bare.body);
        assert!(bare.body.contains("请选一项：是上面的哪一件，还是都不是") && bare.body.contains("垃圾没人收</textarea>"), "{}", bare.body);
        office.later(time::Duration::minutes(1));
        fields.extend([("same", same.as_str()), ("phone", "1")]);
        let again = desk.post("/cases/new", &fields).await.body;
        let anew = form::value(&again, "same").expect("a ticket of now");
        assert_ne!(anew, same);
        assert!(again.contains(&format!("value=\"{anew}\" checked")), "{again}");
        assert!(!again.contains("name=\"same\" value=\"\" checked"), "{again}");
    }

    async fn cases_at_one_place_are_told_apart_by_what_the_desk_may_read_and_none_stands_chosen(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let grid = office.code("G01-M01");
        let place = [("category", "20110"), ("lon", "103.605"), ("lat", "30.605")];
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let mut told = Vec::new();
        for words in ["垃圾堆了三天", "垃圾没人收"] {
            told.push((desk.enter_with(words, "G01-M01", &place).await, words));
        }
        let fields = [("key", key.as_str()), ("text", "又有垃圾"), ("grid", grid.as_str())];
        let asked = desk.post("/cases/new", &[&fields[..], &place].concat()).await.body;
        for (number, words) in told {
            let choice = asked.split("name=\"same\" value=\"").find(|choice| choice.contains(words)).expect("a choice");
            let short = number.split_once('-').expect("a number").1;
            let who = format!("责任人：示例{}", owner(&office, &number).await);
            for said in [short, "11月23日", "1 人反映", &who] {
                assert!(choice.contains(said), "{said}: {choice}");
            }
        }
        assert_eq!(asked.matches("name=\"same\" value=\"").count(), 3, "{asked}");
        let chosen = asked.split("name=\"same\" ").skip(1).filter(|input| input.split('>').next().is_some_and(|input| input.contains("checked")));
        assert_eq!(chosen.count(), 0, "whoever writes it down has to look: {asked}");
    }

    async fn a_steward_on_the_spot_is_asked_by_point_or_building_and_joins_what_runs(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        let grid = office.code("G01-M01");
        let point = [("lon", "103.605"), ("lat", "30.605")];
        let building = [("place_note", "3 号楼东侧")];
        for (key, there) in [("k1", &point[..]), ("k2", &building[..])] {
            let first = desk.enter_with("暴露垃圾没人收", "G01-M01", &[&[("category", "20110")], there].concat()).await;
            let mut fields = vec![("key", key), ("text", "这里有暴露垃圾"), ("grid", grid.as_str())];
            fields.extend(there);
            let asked = steward.post("/report-here", &fields).await;
            assert_eq!(asked.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", asked.body);
            assert!(asked.body.contains("如果您看到的就是这件") && asked.body.contains(first.split_once('-').expect("a number").1), "{}", asked.body);
            assert!(asked.body.contains("这里有暴露垃圾</textarea>"), "{}", asked.body);
            let (same, said) = (form::value(&asked.body, "same").expect("a ticket"), form::value(&asked.body, "same_asked").expect("a mark"));
            fields.extend([("same", same.as_str()), ("same_asked", said.as_str())]);
            let joined = steward.post("/report-here", &fields).await;
            assert_eq!((joined.status, joined.header("location")), (StatusCode::SEE_OTHER, format!("/tasks/{first}?done=joined").as_str()), "{}", joined.body);
            let shown = steward.get(joined.header("location")).await.body;
            assert!(shown.contains("没有另立一件") && shown.contains("这里有暴露垃圾"), "{shown}");
            let again = steward.post("/report-here", &fields).await;
            assert_eq!(again.header("location"), joined.header("location"), "sent twice, told once");
        }
    }

    async fn a_steward_who_says_that_it_is_another_matter_makes_a_case_of_its_own(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        let (grid, there) = (office.code("G01-M01"), ("place_note", "3 号楼东侧"));
        let first = desk.enter_with("暴露垃圾没人收", "G01-M01", &[("category", "20110"), there]).await;
        let fields = [("key", "k1"), ("text", "这里有暴露垃圾"), ("grid", grid.as_str()), there];
        let asked = steward.post("/report-here", &fields).await.body;
        let said = form::value(&asked, "same_asked").expect("a mark");
        let bare = steward.post("/report-here", &[&fields[..], &[("same_asked", said.as_str())]].concat()).await;
        assert!(bare.body.contains("请选一项：是上面的哪一件，还是都不是"), "nothing was chosen: {}", bare.body);
        let own = steward.post("/report-here", &[&fields[..], &[("same_asked", said.as_str()), ("same", "")]].concat()).await;
        assert_eq!(own.status, StatusCode::SEE_OTHER, "{}", own.body);
        assert!(own.header("location").ends_with("?done=report") && !own.header("location").contains(&first), "{}", own.header("location"));
    }

    async fn what_is_the_same_as_a_case_that_runs_is_not_closed_on_the_spot(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        let (grid, there) = (office.code("G01-M01"), ("place_note", "3 号楼东侧"));
        let first = desk.enter_with("暴露垃圾没人收", "G01-M01", &[("category", "20110"), there]).await;
        let mut fields = vec![("key", "k1"), ("text", "这里有暴露垃圾"), ("grid", grid.as_str()), there, ("fixed", "yes")];
        let asked = steward.post("/report-here", &fields).await.body;
        let (same, said) = (form::value(&asked, "same").expect("a ticket"), form::value(&asked, "same_asked").expect("a mark"));
        fields.extend([("same", same.as_str()), ("same_asked", said.as_str())]);
        let refused = steward.post("/report-here", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("href=\"#fixed\"") && refused.body.contains("这里就不能直接办结"), "{}", refused.body);
        let shown = desk.get(&format!("/cases/{first}")).await.body;
        assert!(!shown.contains("这里有暴露垃圾"), "nothing was kept: {shown}");
        fields.retain(|(name, _)| *name != "fixed");
        assert_eq!(steward.post("/report-here", &fields).await.status, StatusCode::SEE_OTHER);
    }

    async fn the_desk_is_asked_about_what_lies_where_a_place_was_corrected_to(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let grid = office.code("G01-M01");
        let there = [("category", "20110"), ("lon", "103.605"), ("lat", "30.605")];
        let here = [("category", "20110"), ("lon", "103.608"), ("lat", "30.605")];
        desk.enter_with("垃圾堆了三天", "G01-M01", &there).await;
        desk.enter_with("垃圾没人收", "G01-M01", &here).await;
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let fields = [("key", key.as_str()), ("channel", "phone"), ("text", "又有垃圾"), ("grid", grid.as_str())];
        let first = desk.post("/cases/new", &[&fields[..], &here].concat()).await.body;
        let said = form::value(&first, "same_asked").expect("that it was asked");
        let another = [("same_asked", said.as_str()), ("same", "")];
        let corrected = desk.post("/cases/new", &[&fields[..], &there, &another].concat()).await;
        assert_eq!(corrected.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody was asked about that one: {}", corrected.body);
        let said = form::value(&corrected.body, "same_asked").expect("that it was asked");
        let another = [("same_asked", said.as_str()), ("same", "")];
        let kept = desk.post("/cases/new", &[&fields[..], &there, &another].concat()).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
    }

    async fn whoever_tells_another_kind_of_matter_joins_no_case_that_was_offered(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let grid = office.code("G01-M01");
        let place = [("grid", grid.as_str()), ("lon", "103.605"), ("lat", "30.605"), ("category", "20110")];
        desk.enter_with("垃圾堆了三天", "G01-M01", &place[1..]).await;
        let key = form::value(&desk.get("/cases/new").await.body, "key").expect("a one-time key");
        let mut fields = vec![("key", key.as_str()), ("channel", "phone"), ("text", "楼下摆摊")];
        fields.extend(place);
        let asked = desk.post("/cases/new", &fields).await.body;
        let same = form::value(&asked, "same").expect("the one that was told");
        fields.pop();
        fields.extend([("category", "20401"), ("same", same.as_str()), ("same_asked", "yes")]);
        let refused = desk.post("/cases/new", &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("刚才选的那件事已经对不上了"), "it would end with that one: {}", refused.body);
    }

    async fn a_merge_into_another_general_grid_asks_for_a_yes_and_keeps_the_words(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let first = desk.enter("垃圾堆了三天", "G02-M01").await;
        let second = desk.enter("垃圾没人收", "G01-M01").await;
        let form = desk.get(&format!("/cases/{second}")).await.body;
        assert!(form.contains("name=\"into\"") && !form.contains("name=\"far\""), "{form}");
        let version = desk.version(&second).await;
        let fields = [("version", version.as_str()), ("from", "case"), ("into", &first), ("words", "同一堆垃圾")];
        let refused = desk.post(&format!("/cases/{second}/merge"), &fields).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        let asked = ["不在同一个一般网格", "type=\"checkbox\"", "name=\"far\"", "同一堆垃圾", first.as_str()];
        assert!(asked.iter().all(|said| refused.body.contains(said)), "{}", refused.body);
        desk.step(&second, "merge", &[("from", "case"), ("into", &first), ("words", "同一堆垃圾"), ("far", "yes")]).await;
        assert!(desk.get(&format!("/cases/{second}")).await.body.contains(&first));
    }

    async fn the_page_of_a_case_names_those_like_it_and_merges_with_a_reason(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let place = [("category", "20110"), ("lon", "103.605"), ("lat", "30.605")];
        let first = desk.enter_with("垃圾堆了三天", "G01-M01", &place).await;
        let second = desk.enter_with("垃圾没人收", "G01-M01", &place).await;
        let page = desk.get(&format!("/cases/{second}")).await.body;
        assert!(page.contains("可能是同一件事") && page.contains(&format!("href=\"/cases/{first}\"")), "{page}");
        let version = desk.version(&second).await;
        let bare = [("version", version.as_str()), ("from", "case"), ("into", &first), ("words", " ")];
        let refused = desk.post(&format!("/cases/{second}/merge"), &bare).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        desk.step(&second, "merge", &[("from", "case"), ("into", &first), ("words", "同一堆垃圾")]).await;
        let page = desk.get(&format!("/cases/{second}")).await.body;
        assert!(page.contains("同一堆垃圾") && !page.contains("可能是同一件事"), "{page}");
        let out_of_sight = office.sign_in("steward-03").await;
        assert_eq!(out_of_sight.get(&format!("/cases/{first}")).await.status, StatusCode::NOT_FOUND);
    }
}
