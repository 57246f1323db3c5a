//! Mediation through the real router: opened, talked over, signed, looked at a month later; and where it must not be found.

#[path = "mediation/again.rs"]
mod again;
#[path = "mediation/api.rs"]
mod api;
mod colleague;
mod common;

use axum::http::StatusCode;
use colleague::{Office, form};
use serde_json::json;
use testkit::on_both_databases;
use time::Duration;

const NOISE: &str = "楼上深夜装修，楼下要求改时间";

/// Opens a mediation as somebody, for a mediator; gives its page.
async fn opened(office: &Office, by: &str, mediator: &str, case: &str) -> String {
    office
        .sign_in(by)
        .await
        .open_mediation(mediator, case)
        .await
}

fn number(page: &str) -> &str {
    page.rsplit('/').next().expect("a number")
}

on_both_databases! {
    async fn a_dispute_is_talked_over_signed_and_looked_at_a_month_later(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "talk", &[("on", "2026-11-23"), ("words", "示例张三愿意改到白天")]).await;
        let shown = mediator.get(&page).await.body;
        assert!(shown.contains("甲方愿意改到白天"), "names become sides: {shown}");
        assert!(shown.contains("12月23日"), "thirty natural days: {shown}");
        mediator.act(&page, "draft", &[("words", "甲方只在 9 时至 18 时施工。\n乙方不再投诉此事。")]).await;
        let paper = mediator.get(&format!("{page}/agreement")).await.body;
        assert!(paper.contains("甲方只在 9 时至 18 时施工。") && paper.contains("paper__line"), "{paper}");
        mediator.act(&page, "agree", &[("on", "2026-11-23"), ("written", "yes")]).await;

        office.later(Duration::days(29));
        office.tick().await;
        assert!(!mediator.get("/tasks").await.body.contains("到了回访的日子"));
        office.later(Duration::days(2));
        office.tick().await;
        office.tick().await;
        let mediator = office.sign_in("steward-01").await;
        let told = mediator.get("/tasks").await.body;
        assert_eq!(told.matches("到了回访的日子").count(), 1, "{told}");
        mediator.act(&page, "follow", &[("kept", "yes")]).await;
        let over = mediator.get(&page).await.body;
        assert!(over.contains("协议已履行"), "{over}");
        let english = mediator.get_english(&page).await.body;
        assert!(english.contains("The agreement is kept"), "{english}");
    }

    async fn a_dispute_that_was_reported_leads_to_a_mediation_with_what_was_told(database: Database) {
        let office = Office::furnish(database).await;
        let changed = json!({"mediation": {"categories": ["304"]}});
        let set = office.api("PUT", "/api/v1/settings", &office.token("desk").await, &[("if-match", "\"0\"")], &changed).await;
        assert_eq!(set.status, StatusCode::OK, "{}", set.body);

        let desk = office.sign_in("desk").await;
        let other = desk.enter_with("楼下暴露垃圾，电话13800001234", "G01-M01", &[("phone_asked", "yes")]).await;
        assert!(!desk.get(&format!("/cases/{other}")).await.body.contains("这是一件纠纷"));
        let number = desk.enter_with(NOISE, "G01-M01", &[("category", "30401"), ("place_note", "3 号楼")]).await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(page.contains("这是一件纠纷") && page.contains("用上报的内容受理调解"), "{page}");
        let form = desk.get(&format!("/mediations/new?case={number}")).await.body;
        assert!(form.contains(&format!("{NOISE}</textarea>")) && form.contains("value=\"3 号楼\""), "{form}");
        opened(&office, "desk", "", &number).await;
        let page = desk.get(&format!("/cases/{number}")).await.body;
        assert!(!page.contains("这是一件纠纷"), "it has begun: {page}");
        let form = desk.get(&format!("/mediations/new?case={other}")).await.body;
        assert!(!form.contains("13800001234"), "numbers are starred out: {form}");

        // whoever tells it is told of mediation, and whom to ask
        let path = format!("/g/{}/report", office.code("G01-M01"));
        let grid = office.code("G01-M01");
        let told = |category| [("key", "k1"), ("step", "contact"), ("go", "check"), ("text", NOISE), ("grid", grid.as_str()), ("category", category)];
        let check = office.stranger().post(&path, &told("30401")).await.body;
        assert!(check.contains("纠纷也可以申请调解") && check.contains("href=\"tel:1"), "{check}");
        let check = office.stranger().post(&path, &told("20110")).await.body;
        assert!(!check.contains("纠纷也可以申请调解"));
    }

    async fn a_matter_is_mediated_once_at_a_time_and_whoever_may_see_it_hears_where(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let case = desk.enter(NOISE, "G01-M01").await;
        let first = opened(&office, "worker-01", "steward-01", &case).await;
        let again = async |by: &str| {
            let somebody = office.sign_in(by).await;
            let page = somebody.get(&format!("/mediations/new?case={case}")).await.body;
            let key = form::value(&page, "key").expect("a one-time key");
            let parties = [("name", "示例甲"), ("phone", ""), ("name", "示例乙"), ("phone", "")];
            let mut fields = vec![("key", key.as_str()), ("case", case.as_str()), ("kind", "neighbours"), ("matter", NOISE)];
            fields.extend(parties);
            somebody.post("/mediations/new", &fields).await
        };
        let refused = again("lead-01").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("这件事已经在调解") && refused.body.contains(number(&first)), "{}", refused.body);
        let refused = again("desk").await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("这件事已经有人在调解") && !refused.body.contains(number(&first)), "{}", refused.body);
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&first, "withdraw", &[("words", "双方和好")]).await;
        let later = again("desk").await;
        assert_eq!(later.status, StatusCode::SEE_OTHER, "one that is over stops no other: {}", later.body);
    }

    async fn a_case_offers_the_mediation_that_runs_instead_of_another_one(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let case = desk.enter(NOISE, "G01-M01").await;
        let (page, new) = (format!("/cases/{case}"), format!("/mediations/new?case={case}"));
        assert!(desk.get(&page).await.body.contains(&new));
        let first = opened(&office, "worker-01", "steward-01", &case).await;
        let lead = office.sign_in("lead-01").await.get(&page).await.body;
        assert!(lead.contains(&format!("href=\"{first}\"")) && !lead.contains(&new), "{lead}");
        assert!(!lead.contains("这件事已经有人在调解"), "whoever reaches it is led there: {lead}");
        let shown = desk.get(&page).await.body;
        assert!(shown.contains("这件事已经有人在调解") && !shown.contains(&new), "{shown}");
        assert!(!shown.contains(number(&first)), "which one stays with those who reach it: {shown}");
        office.sign_in("steward-01").await.act(&first, "withdraw", &[("words", "双方和好")]).await;
        assert!(desk.get(&page).await.body.contains(&new), "one that is over stops no other");
    }

    async fn a_mediation_of_a_case_that_was_merged_is_one_of_the_case_that_goes_on(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (first, second) = (desk.enter(NOISE, "G01-M01").await, desk.enter(NOISE, "G01-M01").await);
        let running = opened(&office, "worker-01", "steward-01", &second).await;
        let seen = format!("\"{}\"", desk.version(&second).await);
        let into = json!({"into": first, "reason": "同一件事"});
        let merged = office.api("POST", &format!("/api/v1/cases/{second}/merge"), &office.token("desk").await, &[("if-match", &seen)], &into).await;
        assert_eq!(merged.status, StatusCode::OK, "{}", merged.body);

        let lead = office.sign_in("lead-01").await;
        for case in [&first, &second] {
            let shown = lead.get(&format!("/cases/{case}")).await.body;
            assert!(shown.contains(&format!("href=\"{running}\"")) && !shown.contains("/mediations/new?case="), "{case}: {shown}");
            let page = lead.get(&format!("/mediations/new?case={case}")).await.body;
            let key = form::value(&page, "key").expect("a one-time key");
            let fields = [("key", key.as_str()), ("case", case.as_str()), ("kind", "neighbours"), ("matter", NOISE), ("name", "示例甲"), ("phone", ""), ("name", "示例乙"), ("phone", "")];
            let refused = lead.post("/mediations/new", &fields).await;
            assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{case}: {}", refused.body);
            assert!(refused.body.contains(number(&running)), "{case}: {}", refused.body);
        }
        let mediator = office.sign_in("steward-01").await;
        assert!(mediator.get(&running).await.body.contains(&format!("/cases/{first}\"")), "it leads to the case that goes on");
        mediator.act(&running, "withdraw", &[("words", "双方和好")]).await;

        let next = opened(&office, "desk", "steward-01", &second).await;
        let shown = lead.get(&format!("/cases/{first}")).await.body;
        assert!(shown.contains(&format!("href=\"{next}\"")), "opened on what was merged, it is about what goes on: {shown}");
    }

    async fn whoever_reported_becomes_the_first_side_under_seal_and_that_is_noted(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let case = desk.enter_with(NOISE, "G01-M01", &[("name", "李示例"), ("phone", "10012345678")]).await;
        let page = desk.get(&format!("/mediations/new?case={case}")).await.body;
        assert!(page.contains("李** 100****5678") && !page.contains("10012345678"), "{page}");
        assert!(page.contains("value=\"neighbours\" selected"), "the words say the kind: {page}");
        assert_eq!(office.looks(&case).await, 0, "a mask is no look");
        let key = form::value(&page, "key").expect("a one-time key");
        let typed = |more: &[(&'static str, &'static str)]| {
            let mut fields = vec![("key", key.clone()), ("case", case.clone()), ("kind", "neighbours".to_owned()), ("matter", NOISE.to_owned()), ("reporter", "yes".to_owned())];
            fields.extend([("name", String::new()), ("phone", String::new())]);
            fields.extend(more.iter().map(|(name, value)| (*name, (*value).to_owned())));
            fields
        };
        let send = async |fields: Vec<(&str, String)>| {
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            desk.post("/mediations/new", &fields).await
        };
        let alone = send(typed(&[])).await;
        assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", alone.body);
        assert_eq!(office.looks(&case).await, 0, "for a form with faults nothing is opened");
        let made = send(typed(&[("name", "示例乙"), ("phone", "10087654321")])).await;
        assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
        assert_eq!(office.looks(&case).await, 1);
        let mediation = made.header("location").strip_suffix("/receipt").expect("a receipt").to_owned();
        let clear = desk.post(&format!("{mediation}/contacts"), &[]).await.body;
        assert!(clear.contains("李示例") && clear.contains("10012345678") && clear.contains("示例乙"), "{clear}");

        let other = desk.enter_with(NOISE, "G01-M01", &[("name", "李示例"), ("phone", "10012345678")]).await;
        let worker = office.token("worker-01").await;
        let body = json!({"kind": "neighbours", "case": other, "matter": NOISE, "reporter": true, "parties": [{"name": ""}, {"name": "示例乙"}]});
        let refused = office.api("POST", "/api/v1/mediations", &worker, &[("idempotency-key", "m1")], &body).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.body);
        assert!(refused.body.contains("reporter-sealed"), "whoever has no work on the case opens no contact: {}", refused.body);
        assert_eq!(office.looks(&other).await, 0);
    }

    async fn at_the_desk_a_caller_s_dispute_becomes_a_mediation_without_a_case(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let page = desk.get("/cases/new").await.body;
        assert!(page.contains("是纠纷：改为受理调解"), "{page}");
        let key = form::value(&page, "key").expect("a one-time key");
        let grid = office.code("G01-M01");
        let typed = [("key", key.as_str()), ("go", "mediation"), ("channel", "phone"), ("text", NOISE), ("grid", &grid), ("place_note", "3 号楼"), ("name", "示例张三"), ("phone", "10012345678")];
        let form = desk.post("/cases/new", &typed).await;
        assert_eq!(form.status, StatusCode::OK, "{}", form.body);
        for kept in [format!("{NOISE}</textarea>"), "value=\"3 号楼\"".into(), "value=\"示例张三\"".into(), "value=\"10012345678\"".into()] {
            assert!(form.body.contains(&kept), "{kept}: {}", form.body);
        }
        assert!(desk.numbers_of_file("").await.is_empty(), "no case was made");
    }

    async fn whoever_is_late_with_a_step_hears_who_was_faster(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "desk", "steward-01", "").await;
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "talk", &[("on", "2026-11-23"), ("words", "说开了")]).await;
        let lead = office.sign_in("lead-01").await;
        let late = lead.post(&format!("{page}/hand_over"), &[("version", "1"), ("to", "worker-01")]).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.body);
        let who = office.name_of("steward-01");
        assert!(late.body.contains(&format!("{who} · ")) && late.body.contains("已于"), "{}", late.body);
        let token = office.token("lead-01").await;
        let late = office.api("POST", &format!("/api/v1{page}/hand_over"), &token, &[("if-match", "\"1\"")], &json!({"to": "worker-01"})).await;
        assert_eq!(late.status, StatusCode::PRECONDITION_FAILED, "{}", late.body);
        let late: serde_json::Value = serde_json::from_str(&late.body).expect("JSON");
        assert_eq!((&late["done"]["deed"], &late["done"]["by"]), (&json!("talked"), &json!(who)));
    }

    async fn only_mediator_leads_and_supervisor_find_it_wherever_others_look(database: Database) {
        let office = Office::furnish(database).await;
        let case = office.sign_in("desk").await.enter(NOISE, "G01-M01").await;
        let page = opened(&office, "worker-01", "steward-01", &case).await;
        office.follow().await;
        let here = number(&page);
        for account in ["steward-01", "lead-01", "community-lead", "supervisor"] {
            let somebody = office.sign_in(account).await;
            assert_eq!(somebody.get(&page).await.status, StatusCode::OK, "{account}");
            assert!(somebody.get("/mediations").await.body.contains(here), "{account}");
        }
        for account in ["worker-01", "desk", "desk-02", "lead-02", "steward-02", "worker-02"] {
            let somebody = office.sign_in(account).await;
            for path in ["", "/agreement"] {
                let answer = somebody.get(&format!("{page}{path}")).await;
                assert_eq!(answer.status, StatusCode::NOT_FOUND, "{account}{path}");
            }
            let taken = somebody.post(&format!("{page}/withdraw"), &[("version", "1")]).await;
            assert_eq!(taken.status, StatusCode::NOT_FOUND, "{account}");
            assert!(!somebody.get("/mediations?state=all").await.body.contains(here), "{account}");
            let beside = somebody.get(&format!("/cases/{case}")).await.body;
            assert!(!beside.contains(here), "{account}: the case does not tell: {beside}");
        }
        for account in ["officer-01", "department-water"] {
            let answer = office.sign_in(account).await.get(&page).await;
            assert_eq!(answer.status, StatusCode::FORBIDDEN, "{account}");
        }
        let lead = office.sign_in("lead-01").await;
        assert!(lead.get(&format!("/cases/{case}")).await.body.contains(here), "the lead sees the link");
    }

    async fn no_public_page_list_file_figure_or_stream_has_it(database: Database) {
        let office = Office::furnish(database).await;
        let case = office.sign_in("desk").await.enter(NOISE, "G01-M01").await;
        let mut readers = Vec::new();
        for account in ["desk", "community-lead", "supervisor"] {
            readers.push((account, office.token(account).await));
        }
        office.follow().await;
        let before = open_data(&office, &readers).await;
        let page = opened(&office, "worker-01", "steward-01", &case).await;
        office.follow().await;
        let here = number(&page);
        assert_eq!(open_data(&office, &readers).await, before, "opening a mediation moves no number, list, map or stream");
        let stranger = office.stranger();
        for path in ["/", "/map", "/boards", "/figures", "/cockpit", "/cockpit/data"] {
            assert!(!stranger.get(path).await.body.contains(here), "{path}");
        }
        for path in ["/progress", "/receipt", "/mediations"] {
            let answer = stranger.get(&format!("{path}/{here}")).await;
            assert_ne!(answer.status, StatusCode::OK, "{path}");
            assert!(!answer.body.contains("装修"), "{path}");
        }
        // even those who reach the mediation do not meet it among cases
        for account in ["desk", "community-lead", "supervisor"] {
            let somebody = office.sign_in(account).await;
            for path in ["/cases?state=open", "/work", "/map", "/figures", "/cockpit"] {
                assert!(!somebody.get(path).await.body.contains(here), "{account} {path}");
            }
            assert!(!somebody.numbers_of_file("").await.iter().any(|one| one == here), "{account}");
            let case = somebody.get(&format!("/cases/{here}")).await;
            assert_eq!(case.status, StatusCode::NOT_FOUND, "{account}");
        }
    }

    async fn contacts_and_words_are_sealed_masked_and_each_look_is_noted(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        let masked = mediator.get(&page).await.body;
        for secret in ["10012345678", "示例张三", "示例李四", "13800001234"] {
            assert!(!masked.contains(secret), "{secret}: {masked}");
        }
        assert!(masked.contains("甲方深夜装修，乙方要求改时间"), "{masked}");
        let kept = office.sealed_bytes(number(&page)).await;
        for secret in ["装修", "示例", "1001234"] {
            let found = kept.windows(secret.len()).any(|bytes| bytes == secret.as_bytes());
            assert!(!found, "{secret} lies open in the database");
        }
        assert_eq!(office.looks_at_parties(number(&page)).await, 0);
        for account in ["lead-01", "community-lead"] {
            let refused = office.sign_in(account).await.post(&format!("{page}/contacts"), &[]).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN, "{account}");
        }
        assert_eq!(office.looks_at_parties(number(&page)).await, 0);
        let clear = mediator.post(&format!("{page}/contacts"), &[]).await;
        assert!(clear.body.contains("10012345678") && clear.body.contains("示例李四"), "{}", clear.body);
        assert_eq!(office.looks_at_parties(number(&page)).await, 2, "one line for each party");
        mediator.act(&page, "draft", &[("words", "甲方白天施工。")]).await;
        let named = mediator.post(&format!("{page}/agreement"), &[]).await;
        assert!(named.body.contains("示例张三"), "{}", named.body);
        assert_eq!(office.looks_at_parties(number(&page)).await, 4);
    }

    async fn the_slips_prove_it_without_saying_what_it_is_about(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "desk", "steward-01", "").await;
        let desk = office.sign_in("desk").await;
        assert_eq!(desk.get(&page).await.status, StatusCode::NOT_FOUND, "the desk handed it on");
        let slip = desk.get(&format!("{page}/receipt")).await;
        assert_eq!(slip.status, StatusCode::OK);
        assert_eq!(slip.body.matches("paper--slip").count(), 2, "one for each party: {}", slip.body);
        assert!(slip.body.contains(number(&page)) && slip.body.contains("示例steward-01"), "{}", slip.body);
        for content in ["装修", "邻里", "示例张三", "10012345678"] {
            assert!(!slip.body.contains(content), "{content}: {}", slip.body);
        }
        let other = office.sign_in("desk-02").await.get(&format!("{page}/receipt")).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND);
    }

    async fn a_lead_hands_it_over_and_an_absence_opens_nothing(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let away = [("until", "2026-11-30"), ("deputy", "")];
        let away = office.sign_in("steward-01").await.post("/absence", &away).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER);
        let deputy = office.sign_in("steward-02").await;
        assert_eq!(deputy.get(&page).await.status, StatusCode::NOT_FOUND);
        let lead = office.sign_in("lead-01").await;
        let shown = lead.get(&page).await.body;
        assert!(shown.contains("调解不会自动交给代办人，请网格负责人转交"), "{shown}");
        let draft = [("version", "1"), ("words", "x")];
        let refused = lead.post(&format!("{page}/draft"), &draft).await;
        assert_eq!(refused.status, StatusCode::CONFLICT, "a lead does not mediate: {}", refused.body);
        lead.act(&page, "hand_over", &[("to", "worker-01")]).await;
        assert_eq!(office.sign_in("worker-01").await.get(&page).await.status, StatusCode::OK);
        assert_eq!(office.sign_in("steward-01").await.get(&page).await.status, StatusCode::NOT_FOUND);
        office.follow().await;
        let told = office.sign_in("worker-01").await.get("/tasks").await.body;
        assert!(told.contains("一件调解交给了您"), "{told}");
    }

    async fn what_comes_to_a_mediator_who_is_away_comes_to_no_deputy(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "worker-01", "", "").await;
        let away = [("until", "2026-11-30"), ("deputy", "")];
        office.sign_in("steward-01").await.post("/absence", &away).await;
        office.sign_in("lead-01").await.act(&page, "hand_over", &[("to", "steward-01")]).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter("楼道堆物", "G01-M01").await;
        desk.step(&number, "file", &[("filing", "20110-2011001")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "steward-01")]).await;
        office.follow().await;
        let mediators = office.sign_in("steward-01").await.get("/tasks").await.body;
        assert!(mediators.contains("一件调解交给了您"), "{mediators}");
        let deputys = office.sign_in("steward-02").await.get("/tasks").await.body;
        assert!(deputys.contains("给您派了一件事") && deputys.contains("1 条未读"), "the task alone: {deputys}");
        assert!(!deputys.contains("一件调解交给了您"), "{deputys}");
    }

    async fn words_that_judge_people_are_given_back_with_everything_typed(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        let talk = [("version", "1"), ("on", "2026-11-23"), ("words", "甲方是个无赖，要求赔偿")];
        let answer = mediator.post(&format!("{page}/talk"), &talk).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.body.contains("请不要写“无赖”"), "{}", answer.body);
        assert!(answer.body.contains("甲方是个无赖，要求赔偿</textarea>"), "{}", answer.body);
        let alone = mediator.post("/mediations/new", &[("key", "k"), ("kind", "neighbours"), ("matter", "漏水"), ("name", "一方"), ("phone", "")]).await;
        assert_eq!(alone.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(alone.body.contains("两到六方") && alone.body.contains("漏水"), "{}", alone.body);
    }

    async fn contacts_are_erased_ninety_days_after_the_end_and_words_after_three_years(database: Database) {
        let office = Office::furnish(database).await;
        let page = opened(&office, "steward-01", "", "").await;
        let mediator = office.sign_in("steward-01").await;
        mediator.act(&page, "fail", &[("instead", "court")]).await;
        office.later(Duration::days(89));
        office.tick().await;
        let kept = office.sign_in("steward-01").await.get(&page).await.body;
        assert!(kept.contains("示***"), "masked, and still there: {kept}");
        office.later(Duration::days(2));
        office.tick().await;
        let erased = office.sign_in("steward-01").await.get(&page).await.body;
        assert!(erased.contains("联系方式已删除"), "{erased}");
        assert!(erased.contains("甲方深夜装修"), "the words have more time: {erased}");
        office.later(Duration::days(1005));
        office.tick().await;
        let gone = office.sign_in("steward-01").await.get(&page).await.body;
        assert!(!gone.contains("装修"), "{gone}");
        assert!(office.sealed_bytes(number(&page)).await.is_empty());
    }
}

/// What lists, the map, figures and the event stream say to those who may read most.
async fn open_data(office: &Office, readers: &[(&str, String)]) -> Vec<String> {
    let grid = office.code("G01");
    let mut said = Vec::new();
    for (account, bearer) in readers {
        for path in [
            "/api/v1/cases".to_owned(),
            format!("/api/v1/counts?grid={grid}"),
            format!("/api/v1/figures?from=2026-11-01&to=2026-11-30&grid={grid}"),
            "/api/v1/events".to_owned(),
            "/map/counts".to_owned(),
        ] {
            let answer = office.api("GET", &path, bearer, &[], &json!(null)).await;
            assert_eq!(
                answer.status,
                StatusCode::OK,
                "{account} {path}: {}",
                answer.body
            );
            said.push(format!("{account} {path} {}", told(&answer.body)));
        }
    }
    said
}

/// An answer without the place in the journal, which grows with every step of anything.
fn told(body: &str) -> serde_json::Value {
    let mut said: serde_json::Value = serde_json::from_str(body).expect("JSON");
    if let Some(fields) = said.as_object_mut() {
        fields.remove("next");
        fields.remove("seq");
    }
    said
}
