//! The fuller life of a case through the office's pages: adopted by a leader, whistled for, brought together, lifted up and
//! down, appealed. Every step is a form that works without scripts.

#[path = "life/calls.rs"]
mod calls;
mod colleague;
mod common;
#[path = "life/waits.rs"]
mod waits;

use axum::http::StatusCode;
use colleague::{Colleague, Office};
use testkit::on_both_databases;
use time::Duration;

const LEAK: &str = "污水从井口冒出来";

/// A case in the hands of the grid's worker.
async fn at_work(desk: &Colleague<'_>, worker: &Colleague<'_>) -> String {
    let number = desk.enter(LEAK, "G01-M01").await;
    desk.step(&number, "file", &[("filing", "none")]).await;
    desk.step(&number, "dispatch", &[("to", "worker-01")]).await;
    worker.step(&number, "accept", &[]).await;
    number
}

/// Asks for a step that is refused, and gives the page that says why.
async fn refused(
    who: &Colleague<'_>,
    number: &str,
    command: &str,
    fields: &[(&str, &str)],
) -> String {
    let version = who.version(number).await;
    let mut all = vec![("version", version.as_str())];
    all.extend_from_slice(fields);
    let answer = who.post(&format!("/cases/{number}/{command}"), &all).await;
    assert_eq!(
        answer.status,
        StatusCode::CONFLICT,
        "{command}: {}",
        answer.body
    );
    answer.body
}

async fn page(who: &Colleague<'_>, number: &str) -> String {
    who.get(&format!("/cases/{number}")).await.body
}

on_both_databases! {
    async fn a_grid_whistles_and_the_department_reports_in_finishes_and_is_rated(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let water = office.sign_in("department-water").await;
        let number = at_work(&desk, &worker).await;
        assert_eq!(water.get(&format!("/cases/{number}")).await.status, StatusCode::NOT_FOUND, "not called yet");

        let call = [("urgency", "urgent"), ("departments", "D01"), ("words", "请到现场封堵")];
        worker.step(&number, "whistle", &call).await;
        office.follow().await;
        assert!(water.get("/tasks").await.body.contains("请您单位到现场"), "the liaison is told");
        let task = water.get(&format!("/tasks/{number}")).await.body;
        let by = format!("{}吹哨", office.name_of("worker-01"));
        for words in ["请到现场封堵", by.as_str(), "供水排水服务站（主办）", "待响应"] {
            assert!(task.contains(words), "who called, and what for: {words}: {task}");
        }

        refused(&worker, &number, "handle", &[("words", "已封堵"), ("claimed", "solved")]).await;
        let early = refused(&water, &number, "finish", &[("words", "已封堵")]).await;
        assert!(early.contains("请先报到"), "{early}");
        water.step(&number, "acknowledge", &[]).await;
        water.step(&number, "report_in", &[]).await;
        water.step(&number, "finish", &[("words", "已封堵并抽干")]).await;
        worker.step(&number, "rate_response", &[("departments", "D01"), ("response", "satisfied")]).await;
        worker.step(&number, "handle", &[("words", "已封堵"), ("claimed", "solved")]).await;

        let told = page(&desk, &number).await;
        for words in ["供水排水服务站", "已报到", "已封堵并抽干", "满意"] {
            assert!(told.contains(words), "{words}: {told}");
        }
    }

    async fn while_a_whistle_is_open_its_owner_reads_why_no_result_can_be_told(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let why = "吹哨还没有结束：各部门的响应都评价完";
        assert!(!page(&worker, &number).await.contains(why));
        worker.step(&number, "whistle", &[("urgency", "urgent"), ("departments", "D01"), ("words", "请到现场封堵")]).await;
        assert!(page(&worker, &number).await.contains(why));
        assert!(!page(&desk, &number).await.contains(why), "the result is not theirs to tell");
        worker.step(&number, "call_off", &[("words", "不用来了")]).await;
        assert!(!page(&worker, &number).await.contains(why));
    }

    async fn a_case_that_stands_still_until_another_year_says_which(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        desk.step(&number, "suspend", &[("until", "2027-02-20"), ("words", "等材料到货")]).await;
        let shown = page(&desk, &number).await;
        assert!(shown.contains("2027年2月20日（周六）") && shown.contains("恢复办理"), "{shown}");
        assert!(!shown.contains("挂账到 2月20日"), "{shown}");
    }

    async fn a_whistle_that_is_called_off_tells_who_need_not_come_any_more(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let call = [("urgency", "urgent"), ("departments", "D01"), ("words", "井盖没了")];
        worker.step(&number, "whistle", &call).await;
        worker.step(&number, "call_off", &[("words", "已经找到井盖")]).await;
        office.follow().await;
        let water = office.sign_in("department-water").await;
        assert!(water.get("/tasks").await.body.contains("不必再到现场"));
        worker.step(&number, "handle", &[("words", "已盖好"), ("claimed", "solved")]).await;
    }

    async fn who_does_not_report_in_climbs_to_a_leader_and_can_be_rated_absent(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let call = [("urgency", "emergency"), ("departments", "D01"), ("words", "井盖没了")];
        worker.step(&number, "whistle", &call).await;
        office.later(Duration::minutes(31));
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        assert_eq!(office.tick().await, 1);
        assert_eq!(office.tick().await, 0, "nobody is told twice");
        office.follow().await;
        let chief = office.sign_in("community-lead").await;
        assert!(chief.get("/tasks").await.body.contains("未按时报到"));
        assert!(page(&desk, &number).await.contains("已报告负责人"));
        let rating = [("departments", "D01"), ("response", "dissatisfied"), ("words", "没有来")];
        worker.step(&number, "rate_response", &rating).await;
        worker.step(&number, "handle", &[("words", "自己放了围挡"), ("claimed", "solved")]).await;
    }

    async fn who_does_not_acknowledge_is_told_to_its_leader_while_it_may_still_come(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let call = [("urgency", "emergency"), ("departments", "D01"), ("words", "井盖没了")];
        worker.step(&number, "whistle", &call).await;
        office.later(Duration::minutes(11));
        assert_eq!(office.tick().await, 1);
        assert_eq!(office.tick().await, 0, "nobody is told twice");
        office.follow().await;
        let chief = office.sign_in("community-lead").await;
        assert!(chief.get("/tasks").await.body.contains("未按时响应"));
        let shown = page(&desk, &number).await;
        let told = format!("未按时响应，已报告负责人 {}", office.name_of("community-lead"));
        assert!(shown.contains(&told) && !shown.contains("未按时报到，已报告"), "{shown}");
        office.later(Duration::minutes(20));
        assert_eq!(office.tick().await, 1, "and it did not come");
        assert!(page(&office.sign_in("desk").await, &number).await.contains("未按时报到，已报告负责人"));
    }

    async fn whoever_whistles_says_which_department_leads(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let version = worker.version(&number).await;
        let call = [("version", version.as_str()), ("urgency", "urgent"), ("departments", "D01"), ("leads", "D02"), ("words", "占道施工挖断水管")];
        let refused = worker.post(&format!("/cases/{number}/whistle"), &call).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.body.contains("主办部门要在选中的部门里"), "{}", refused.body);
        let both = [("urgency", "urgent"), ("departments", "D01"), ("departments", "D02"), ("leads", "D02"), ("words", "占道施工挖断水管")];
        worker.step(&number, "whistle", &both).await;
        let shown = page(&worker, &number).await;
        let at = |words: &str| shown.find(words).unwrap_or_else(|| panic!("{words}: {shown}"));
        assert!(at("综合执法队（主办）") < at("供水排水服务站（协办）"), "whoever leads comes first");
    }

    async fn a_question_waits_for_its_own_time_and_then_the_work_goes_on_without_an_answer(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        worker.step(&number, "ask", &[("words", "是哪一栋？")]).await;
        let waits = page(&worker, &number).await;
        assert!(waits.contains("等报事人回答") && waits.contains("里的“等报事人回答”"), "{waits}");
        office.later(Duration::days(8));
        office.tick().await;
        office.follow().await;
        let worker = office.sign_in("worker-01").await;
        assert!(worker.get("/tasks").await.body.contains("报事人没有按时回答"));
        let shown = page(&worker, &number).await;
        assert!(shown.contains("报事人没有按时回答，按现有情况办理"), "{shown}");
        worker.step(&number, "ask", &[("words", "电话没有打通，是哪一栋？")]).await;
    }

    async fn whoever_passes_on_what_went_round_too_often_reads_where_it_goes(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        assert!(page(&worker, &number).await.contains("交给同事接着办"));
        for to in ["steward-01", "worker-01", "steward-01"] {
            desk.step(&number, "hand_over", &[("to", to), ("words", "请接着办")]).await;
        }
        let steward = office.sign_in("steward-01").await;
        let shown = page(&steward, &number).await;
        assert!(shown.contains("已经转手 3 次") && !shown.contains("交给同事接着办"), "{shown}");
        let version = steward.version(&number).await;
        let bare = steward.post(&format!("/cases/{number}/hand_over"), &[("version", &version), ("to", "worker-01")]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "whoever takes it over has to know how it stands");
        steward.step(&number, "hand_over", &[("to", "worker-01"), ("words", "请接着办")]).await;
        assert!(page(&desk, &number).await.contains("上提一级，交给"));
    }

    async fn a_leader_who_adopts_a_case_closes_it_and_nobody_else_does(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let lead = office.sign_in("lead-01").await;
        let number = at_work(&desk, &worker).await;
        lead.step(&number, "adopt", &[]).await;
        let shown = page(&worker, &number).await;
        assert!(shown.contains("包案领导") && shown.contains("示例lead-01"), "{shown}");
        assert!(shown.contains("首接负责人"), "{shown}");
        worker.step(&number, "handle", &[("words", "已办"), ("claimed", "solved")]).await;
        desk.step(&number, "check", &[("yes", "yes"), ("answer", "已办好")]).await;
        let waiting = page(&desk, &number).await;
        assert!(waiting.contains("tag--checked") && !waiting.contains("/close\""), "{waiting}");
        lead.step(&number, "close", &[("answer", "已办好，谢谢")]).await;
        assert!(page(&desk, &number).await.contains("tag--closed"));
    }

    async fn a_returned_case_comes_back_to_its_first_receiver_whoever_dispatched_it(database: Database) {
        let office = Office::furnish(database).await;
        let (first, second) = (office.sign_in("desk").await, office.sign_in("desk-02").await);
        let number = first.enter(LEAK, "G01-M01").await;
        first.step(&number, "file", &[("filing", "none")]).await;
        second.step(&number, "dispatch", &[("to", "worker-01")]).await;
        let worker = office.sign_in("worker-01").await;
        worker.step(&number, "return", &[("reason", "not_mine"), ("words", "不是我的")]).await;
        assert!(first.get("/cases?owner=desk").await.body.contains(&number));
        assert!(!second.get("/cases?owner=desk-02").await.body.contains(&number));
    }

    async fn a_case_goes_up_with_a_reason_and_down_again_with_one(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        assert!(page(&desk, &number).await.contains("一般网格"));
        worker.step(&number, "raise", &[("to", "community-lead"), ("words", "需要社区出面")]).await;
        let raised = page(&desk, &number).await;
        assert!(raised.contains("需要社区出面") && raised.contains("上提"), "{raised}");
        let chief = office.sign_in("community-lead").await;
        refused(&chief, &number, "lower", &[("to", "department-water"), ("words", "x")]).await;
        chief.step(&number, "lower", &[("to", "steward-01"), ("words", "微网格可以办")]).await;
        office.sign_in("steward-01").await.step(&number, "accept", &[]).await;
    }

    async fn a_case_goes_up_and_down_only_along_the_way_of_its_grid(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, steward) = (office.sign_in("desk").await, office.sign_in("steward-01").await);
        let number = desk.enter(LEAK, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("to", "steward-01")]).await;
        steward.step(&number, "accept", &[]).await;
        let offered = async |who: &Colleague<'_>, step: &str, name: &str| {
            let shown = page(who, &number).await;
            let form = shown.split(&format!("/cases/{number}/{step}\"")).nth(1).expect("a form");
            let form = form.split("</form>").next().expect("its end");
            form.contains(&format!("value=\"{name}\""))
        };
        assert!(offered(&steward, "raise", "lead-01").await && offered(&steward, "raise", "D01").await);
        assert!(!offered(&steward, "raise", "lead-02").await && !offered(&steward, "raise", "worker-02").await);
        refused(&steward, &number, "raise", &[("to", "lead-02"), ("words", "要吊车")]).await;
        assert!(offered(&steward, "hand_over", "steward-02").await && !offered(&steward, "hand_over", "D01").await);
        refused(&steward, &number, "hand_over", &[("to", "D01"), ("words", "要吊车")]).await;
        steward.step(&number, "raise", &[("to", "lead-01"), ("words", "要吊车")]).await;
        let lead = office.sign_in("lead-01").await;
        assert!(offered(&lead, "lower", "steward-01").await && !offered(&lead, "lower", "steward-03").await);
        refused(&lead, &number, "lower", &[("to", "steward-03"), ("words", "请办")]).await;
    }

    async fn what_is_raised_to_nobody_in_particular_goes_to_the_next_higher_level_and_no_other_is_offered(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let shown = page(&worker, &number).await;
        let form = shown.split(&format!("/cases/{number}/raise\"")).nth(1).expect("a form");
        let form = form.split("</form>").next().expect("its end");
        for higher in ["community-lead", "desk", "D01"] {
            assert!(form.contains(&format!("value=\"{higher}\"")), "{higher}: {form}");
        }
        for same in ["worker-01", "worker-02", "lead-01", "steward-01"] {
            assert!(!form.contains(&format!("value=\"{same}\"")), "{same}: {form}");
        }
        worker.step(&number, "raise", &[("to", ""), ("words", "需要社区出面")]).await;
        let raised = page(&desk, &number).await;
        let to = raised.split("上提，交给").nth(1).expect("whom it was raised to").trim_start();
        assert!(to.starts_with(&office.name_of("community-lead")), "{raised}");

        // whoever has it already does not get it once more as somebody's deputy
        let away = office.sign_in("community-lead").await.post("/absence", &[("until", "2026-11-30"), ("deputy", "lead-01")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        let (other, lead) = (desk.enter(LEAK, "G01-M01").await, office.sign_in("lead-01").await);
        desk.step(&other, "file", &[("filing", "none")]).await;
        desk.step(&other, "dispatch", &[("to", "lead-01")]).await;
        lead.step(&other, "accept", &[]).await;
        lead.step(&other, "raise", &[("to", ""), ("words", "需要社区出面")]).await;
        let raised = page(&desk, &other).await;
        let to = raised.split("上提，交给").nth(1).expect("whom it was raised to").trim_start();
        assert!(to.starts_with(&format!("{}<", office.name_of("desk"))), "{raised}");
    }

    async fn what_is_agreed_is_not_due_in_the_past(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let lead = office.sign_in("lead-01").await;
        let number = at_work(&desk, &worker).await;
        let call = [("parties", "steward-01"), ("until", "2026-11-24T10:00"), ("place", "社区二楼"), ("words", "井口由谁修")];
        lead.step(&number, "coordinate", &call).await;
        let version = lead.version(&number).await;
        let agree = |until| [("version", version.as_str()), ("words", "更换井盖"), ("to", "steward-01"), ("until", until)];
        let past = lead.post(&format!("/cases/{number}/agree"), &agree("2025-01-01")).await;
        assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", past.body);
        assert!(past.body.contains("这个时间已经过去") && past.body.contains("更换井盖"), "{}", past.body);
        let today = lead.post(&format!("/cases/{number}/agree"), &agree("2026-11-23")).await;
        assert_eq!(today.status, StatusCode::SEE_OTHER, "{}", today.body);
    }

    async fn what_was_agreed_is_followed_until_it_is_done(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let lead = office.sign_in("lead-01").await;
        let number = at_work(&desk, &worker).await;
        let call = [("parties", "D01"), ("parties", "steward-01"), ("outside", "示例物业公司"), ("until", "2026-11-24T10:00"),
                    ("place", "社区二楼"), ("words", "井口由谁修")];
        lead.step(&number, "coordinate", &call).await;
        lead.step(&number, "agree", &[("words", "更换井盖"), ("to", "D01"), ("until", "2026-11-26")]).await;
        lead.step(&number, "agree", &[("words", "清理垃圾"), ("outside", "示例物业公司"), ("until", "2026-11-25")]).await;
        let shown = page(&desk, &number).await;
        for words in ["井口由谁修", "社区二楼", "示例物业公司", "更换井盖", "清理垃圾"] {
            assert!(shown.contains(words), "{words}: {shown}");
        }
        let water = office.sign_in("department-water").await;
        assert!(page(&water, &number).await.contains("更换井盖"), "whoever is called sees the case");

        worker.step(&number, "handle", &[("words", "已修"), ("claimed", "solved")]).await;
        desk.step(&number, "check", &[("yes", "yes"), ("answer", "已修好")]).await;
        let waits = refused(&desk, &number, "close", &[("answer", "已修好")]).await;
        assert!(waits.contains("商定的事项"), "{waits}");
        for (done, words) in [("yes", ""), ("no", "物业已无人")] {
            let item = first_item(&page(&lead, &number).await);
            lead.step(&number, "settle", &[("item", item.as_str()), ("yes", done), ("words", words)]).await;
        }
        desk.step(&number, "close", &[("answer", "已修好")]).await;
    }

    async fn an_appeal_needs_two_people_and_keeps_the_fact(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        refused(&worker, &number, "appeal", &[("words", "下大雨")]).await;
        office.later(Duration::days(20));
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        worker.step(&number, "appeal", &[("words", "下大雨，施工队进不来")]).await;
        desk.step(&number, "review", &[("yes", "yes")]).await;
        refused(&desk, &number, "review", &[("yes", "yes")]).await;
        assert!(page(&desk, &number).await.contains("还需要另一人"));
        office.sign_in("lead-01").await.step(&number, "review", &[("yes", "yes")]).await;
        let shown = page(&worker, &number).await;
        assert!(shown.contains("超期的事实保留") && shown.contains("tag--overdue"), "{shown}");
        refused(&worker, &number, "appeal", &[("words", "再来一次")]).await;
    }

    async fn the_reporter_reads_how_it_goes_and_not_what_others_settle_among_themselves(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let before = page(&worker, &number).await;
        assert!(before.contains("首次答复"), "{before}");
        worker.step(&number, "tell", &[("words", "师傅明天上午到")]).await;
        let after = page(&worker, &number).await;
        assert!(!after.contains("首次答复") && after.contains("告知进展"), "{after}");
    }

    async fn the_page_of_a_fuller_life_is_in_english_too(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let call = [("urgency", "ordinary"), ("departments", "D01"), ("words", "x")];
        worker.step(&number, "whistle", &call).await;
        let shown = worker.get_in("en", &format!("/cases/{number}")).await.body;
        for words in ["Whistle", "First received by", "General grid", "Call off", "Report in"] {
            assert!(shown.to_lowercase().contains(&words.to_lowercase()), "{words}: {shown}");
        }
    }

    async fn a_rating_is_offered_once_it_can_be_given_and_says_from_when(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let call = [("urgency", "emergency"), ("departments", "D01"), ("words", "井盖没了")];
        worker.step(&number, "whistle", &call).await;
        let offered = format!("action=\"/cases/{number}/rate_response\"");
        assert!(!page(&worker, &number).await.contains(&offered));
        let rating = [("departments", "D01"), ("response", "satisfied")];
        let early = refused(&worker, &number, "rate_response", &rating).await;
        assert!(early.contains("9:30") && early.contains("以后才行"), "{early}");
        office.later(Duration::minutes(31));
        let worker = office.sign_in("worker-01").await;
        assert!(page(&worker, &number).await.contains(&offered));
        let absent = refused(&worker, &number, "rate_response", &rating).await;
        assert!(absent.contains("没有到场，只能评"), "{absent}");
        let rating = [("departments", "D01"), ("response", "dissatisfied"), ("words", "没有来")];
        worker.step(&number, "rate_response", &rating).await;
        let shown = page(&worker, &number).await;
        assert!(shown.contains("已评价，没有到场") && !shown.contains("已评价，迟到"), "{shown}");
    }

    async fn what_nobody_takes_says_in_its_trail_why_it_goes_on(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LEAK, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("to", "steward-01")]).await;
        for _ in 0..2 {
            office.later(Duration::days(2));
            assert_eq!(office.tick().await, 1);
        }
        let desk = office.sign_in("desk").await;
        let trail = page(&desk, &number).await;
        let to = trail.split("没有按时接单，转给").last().expect("whom it went to").trim_start();
        assert!(to.starts_with(&office.name_of("lead-01")), "{trail}");
    }

    async fn only_what_somebody_may_settle_is_offered_to_them(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let lead = office.sign_in("lead-01").await;
        let number = at_work(&desk, &worker).await;
        let call = [("parties", "D01"), ("parties", "D02"), ("until", "2026-11-24T10:00"), ("place", "社区二楼"), ("words", "井口由谁修")];
        lead.step(&number, "coordinate", &call).await;
        lead.step(&number, "agree", &[("words", "更换井盖"), ("to", "D01"), ("until", "2026-11-26")]).await;
        lead.step(&number, "agree", &[("words", "清理垃圾"), ("to", "worker-01"), ("until", "2026-11-25")]).await;
        let picker = async |who: &str| {
            let shown = page(&office.sign_in(who).await, &number).await;
            let picker = shown.split("id=\"settle-item\"").nth(1)?;
            picker.split("</select>").next().map(str::to_owned)
        };
        let water = picker("department-water").await.expect("something of theirs");
        assert!(water.contains("更换井盖") && !water.contains("清理垃圾"), "{water}");
        let owner = picker("worker-01").await.expect("the owner's");
        assert!(owner.contains("更换井盖") && owner.contains("清理垃圾"), "{owner}");
        assert_eq!(picker("officer-01").await, None, "nothing of theirs");
    }

    async fn nobody_is_called_together_for_a_time_that_is_over(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let lead = office.sign_in("lead-01").await;
        let number = at_work(&desk, &worker).await;
        let version = lead.version(&number).await;
        let call = |until| [("version", version.as_str()), ("parties", "D01"), ("until", until), ("words", "井口由谁修")];
        let path = format!("/cases/{number}/coordinate");
        let past = lead.post(&path, &call("2020-01-01T10:00")).await;
        assert_eq!(past.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", past.body);
        assert!(past.body.contains("这个时间已经过去") && past.body.contains("井口由谁修"), "{}", past.body);
        let now = lead.post(&path, &call("2026-11-23T09:00")).await;
        assert_eq!(now.status, StatusCode::SEE_OTHER, "{}", now.body);
    }

    async fn more_time_is_refused_with_a_reason_that_stands_in_the_trail(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let lead = office.sign_in("lead-01").await;
        let number = at_work(&desk, &worker).await;
        worker.step(&number, "extend", &[("words", "等配件")]).await;
        let version = lead.version(&number).await;
        let bare = lead.post(&format!("/cases/{number}/extend"), &[("version", &version), ("yes", "no")]).await;
        assert_eq!(bare.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", bare.body);
        assert!(bare.body.contains("href=\"#extend-words\""), "{}", bare.body);
        lead.step(&number, "extend", &[("yes", "no"), ("words", "配件本周能到")]).await;
        let trail = page(&worker, &number).await;
        assert!(trail.contains("配件本周能到"), "{trail}");
        worker.step(&number, "extend", &[("words", "厂家停产")]).await;
        lead.step(&number, "extend", &[("yes", "yes")]).await;
    }
}

/// The key of the first thing that can be settled.
fn first_item(page: &str) -> String {
    let select = page
        .split("name=\"item\"")
        .nth(1)
        .expect("something to settle");
    let keys = select
        .split("value=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next());
    keys.filter(|key| key.len() == 36)
        .map(str::to_owned)
        .next()
        .expect("a key")
}
