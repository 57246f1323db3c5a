//! Routing rules on their pages, and cases that may be the same on the page of a case: as desk, lead and steward see them.

use axum::http::StatusCode;
use testkit::on_both_databases;

use super::colleague::{Office, form};

/// Where a page offers to send: the value of the choice with this label.
fn choice(page: &str, label: &str) -> String {
    let before = page
        .split(&format!(">{label}</option>"))
        .next()
        .expect("a page");
    let rest = before.rsplit("<option value=\"").next().expect("a choice");
    rest.split('"').next().expect("a value").to_owned()
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
