//! Who has something to do sees it: decisions that are asked for, parts of whistles, what was agreed, answers to supervision; and
//! what came to somebody is never marked as read unseen.

use axum::http::StatusCode;
use testkit::on_both_databases;
use time::Duration;

use super::colleague::{Colleague, Office, form};
use super::{LEAK, at_work, first_item, page, refused};

/// Reminds whoever is responsible of a case.
async fn remind(who: &Colleague<'_>, number: &str, words: &str) {
    say(who, number, "remind", &[("words", words)]).await;
}

/// Says something about a case in a form of supervision.
async fn say(who: &Colleague<'_>, number: &str, what: &str, fields: &[(&str, &str)]) {
    let path = format!("/cases/{number}/{what}");
    let key = form::value(&who.get(&path).await.body, "key").expect("a one-time key");
    let mut all = vec![("key", key.as_str())];
    all.extend_from_slice(fields);
    let sent = who.post(&path, &all).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
}

/// Reads what is shown, as the form on the page says it.
async fn read_shown(who: &Colleague<'_>, at: &str) {
    let shown = who.get(at).await.body;
    let form = shown.split("action=\"/inbox/read\"").nth(1);
    let form = form.and_then(|rest| rest.split("</form>").next());
    let form = form.expect("something new");
    let value = |name: &str| form::value(form, name).expect("a field");
    let (from, to, back) = (value("from"), value("to"), value("at"));
    let fields = [("from", from.as_str()), ("to", &to), ("at", &back)];
    let read = who.post("/inbox/read", &fields).await;
    assert_eq!(read.header("location"), at, "{}", read.body);
}

/// The card of something to do for a case of others, if it is there.
pub(super) async fn owed(who: &Colleague<'_>, number: &str) -> Option<String> {
    let tasks = who.get("/tasks").await.body;
    let card = tasks
        .split(&format!("data-owed=\"{number}\""))
        .nth(1)?
        .split("</article>")
        .next()?;
    Some(card.to_owned())
}

/// A case that the grid's worker has, for which its lead called the parties together, and what was agreed by the day after tomorrow.
async fn agreed(office: &Office, doer: (&str, &str), words: &str) -> String {
    let (desk, worker) = (
        office.sign_in("desk").await,
        office.sign_in("worker-01").await,
    );
    let number = at_work(&desk, &worker).await;
    let lead = office.sign_in("lead-01").await;
    let call = [
        ("parties", "D01"),
        ("outside", "示例物业公司"),
        ("until", "2026-11-24T10:00"),
        ("place", "社区二楼"),
        ("words", "由谁办"),
    ];
    lead.step(&number, "coordinate", &call).await;
    let item = [("words", words), doer, ("until", "2026-11-25")];
    lead.step(&number, "agree", &item).await;
    number
}

on_both_databases! {
    async fn who_decides_is_told_that_more_time_is_asked_for_and_finds_it_until_it_is_decided(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let lead = office.sign_in("lead-01").await;
        assert!(lead.get("/work").await.body.contains("等我决定 0"));
        worker.step(&number, "extend", &[("words", "等配件")]).await;
        office.follow().await;
        let bench = lead.get("/work").await.body;
        assert!(bench.contains("有一件延期申请，请您决定") && bench.contains("等我决定 1"), "{bench}");
        let list = lead.get("/decisions").await.body;
        assert!(list.contains(&format!("data-case=\"{number}\"")) && list.contains("延期申请"), "{list}");
        assert!(desk.get("/work").await.body.contains("有一件延期申请"), "who took it in may decide, too");
        let other = office.sign_in("lead-02").await;
        let elsewhere = other.get("/work").await.body;
        assert!(!elsewhere.contains("延期申请") && elsewhere.contains("等我决定 0"), "another grid: {elsewhere}");
        assert_eq!(worker.get("/decisions").await.status, StatusCode::FORBIDDEN);
        lead.step(&number, "extend", &[("yes", "yes")]).await;
        let bench = lead.get("/work").await.body;
        let new = "有一件延期申请，请您决定</a> <span class=\"tag tag--soon\">";
        assert!(bench.contains("等我决定 0") && bench.contains("有一件延期申请") && !bench.contains(new), "read by deciding: {bench}");
        let others = desk.get("/work").await.body;
        assert!(!others.contains(new), "there is nothing left to decide for anybody else: {others}");
        let english = lead.get_english("/decisions").await.body;
        assert!(english.contains("Nothing waits for your decision"), "{english}");
    }

    async fn nobody_finds_their_own_request_among_their_decisions_and_somebody_else_does(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, lead) = (office.sign_in("desk").await, office.sign_in("lead-01").await);
        let number = desk.enter(LEAK, "G01-M01").await;
        lead.step(&number, "file", &[("filing", "none")]).await;
        lead.step(&number, "dispatch", &[("whom", "other"), ("to", "lead-01")]).await;
        lead.step(&number, "accept", &[]).await;
        lead.step(&number, "extend", &[("words", "等配件")]).await;
        office.follow().await;
        let own = lead.get("/work").await.body;
        assert!(own.contains("等我决定 0") && !own.contains("有一件延期申请"), "{own}");
        for account in ["desk", "community-lead"] {
            let bench = office.sign_in(account).await.get("/work").await.body;
            assert!(bench.contains("等我决定 1") && bench.contains("有一件延期申请"), "{account}: {bench}");
        }
    }

    async fn a_deputy_finds_the_decisions_of_a_lead_who_is_away(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let away = office.sign_in("lead-01").await.post("/absence", &[("until", "2026-11-24"), ("deputy", "lead-02")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        worker.step(&number, "extend", &[("words", "等配件")]).await;
        office.follow().await;
        let bench = office.sign_in("lead-02").await.get("/work").await.body;
        assert!(bench.contains("等我决定 1") && bench.contains("有一件延期申请"), "{bench}");
    }

    async fn everybody_who_may_review_an_appeal_is_told_and_after_the_first_whoever_may_be_the_second(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        office.later(Duration::days(20));
        let worker = office.sign_in("worker-01").await;
        worker.step(&number, "appeal", &[("words", "下大雨，施工队进不来")]).await;
        office.follow().await;
        for account in ["desk", "desk-02", "lead-01", "community-lead"] {
            let bench = office.sign_in(account).await.get("/work").await.body;
            assert!(bench.contains("有一件超期申诉，请您审议") && bench.contains("等我决定 1"), "{account}: {bench}");
        }
        let desk = office.sign_in("desk").await;
        desk.step(&number, "review", &[("yes", "yes")]).await;
        office.follow().await;
        let first = desk.get("/work").await.body;
        assert!(!first.contains("请您作第二人审议") && first.contains("等我决定 0"), "they have done theirs: {first}");
        let lead = office.sign_in("lead-01").await;
        let second = lead.get("/work").await.body;
        assert!(second.contains("请您作第二人审议") && second.contains("等我决定 1"), "{second}");
        let list = lead.get("/decisions").await.body;
        assert!(list.contains("已有一人同意"), "{list}");
        let appellant = worker.get("/tasks").await.body;
        assert!(appellant.contains("您的申诉有了意见") && !appellant.contains("第二人"), "{appellant}");
        lead.step(&number, "review", &[("yes", "yes")]).await;
        let over = office.sign_in("community-lead").await.get("/work").await.body;
        assert!(over.contains("等我决定 0"), "{over}");
    }

    async fn a_lead_reads_what_came_where_the_day_begins_and_the_menu_says_how_much_is_new(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        office.follow().await;
        let lead = office.sign_in("lead-01").await;
        assert!(!lead.get("/cases").await.body.contains("条未读"));
        worker.step(&number, "extend", &[("words", "等配件")]).await;
        office.follow().await;
        for at in ["/work", "/tasks"] {
            let shown = lead.get(at).await.body;
            assert!(shown.contains("收到的消息") && shown.contains("1 条未读"), "{at}: {shown}");
        }
        assert!(lead.get("/cases").await.body.contains("1 条未读"), "the menu says it everywhere");
        read_shown(&lead, "/tasks").await;
        let read = lead.get("/work").await.body;
        assert!(read.contains("有一件延期申请") && !read.contains("条未读"), "{read}");
    }

    async fn only_the_messages_that_were_shown_are_marked_as_read_and_the_older_ones_come_next(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        office.follow().await;
        read_shown(&worker, "/tasks").await;
        let supervisor = office.sign_in("supervisor").await;
        for n in 0..12 {
            remind(&supervisor, &number, &format!("请尽快，第 {n} 次")).await;
        }
        office.follow().await;
        let first = worker.get("/tasks").await.body;
        assert!(first.contains("12 条未读"), "{first}");
        assert_eq!(first.matches("有人催办您负责的事件").count(), 10, "{first}");
        remind(&supervisor, &number, "在您看的时候又来一条").await;
        read_shown(&worker, "/tasks").await;
        office.follow().await;
        let second = worker.get("/tasks").await.body;
        assert!(second.contains("3 条未读"), "the two older ones, and the one that came meanwhile: {second}");
        read_shown(&worker, "/tasks").await;
        assert!(!worker.get("/tasks").await.body.contains("条未读"));
    }

    async fn a_message_about_what_left_ones_sight_is_neither_shown_nor_counted(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let number = desk.enter(LEAK, "G01-M01").await;
        desk.step(&number, "file", &[("filing", "none")]).await;
        desk.step(&number, "dispatch", &[("whom", "other"), ("to", "D01")]).await;
        office.follow().await;
        let water = office.sign_in("department-water").await;
        assert!(water.get("/tasks").await.body.contains("1 条未读"));
        water.step(&number, "return", &[("words", "不是我们的管线")]).await;
        office.follow().await;
        let gone = water.get("/tasks").await.body;
        assert!(!gone.contains("条未读") && !gone.contains("给您派了一件事"), "{gone}");
    }

    async fn a_called_department_has_a_card_with_its_clock_until_its_part_is_done(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let call = [("urgency", "urgent"), ("departments", "D01"), ("words", "请到现场封堵")];
        worker.step(&number, "whistle", &call).await;
        office.follow().await;
        let water = office.sign_in("department-water").await;
        read_shown(&water, "/tasks").await;
        for (step, said) in [("acknowledge", "请响应"), ("report_in", "请到现场报到"), ("finish", "办好后请填完成情况")] {
            let card = owed(&water, &number).await.expect("a card");
            let href = format!("href=\"/tasks/{number}/{step}\"");
            assert!(card.contains(said) && card.contains(&href), "{step}: {card}");
            assert_eq!(card.contains("tag--"), step != "finish", "its clock: {card}");
            assert_eq!(water.get(&format!("/tasks/{number}/{step}")).await.status, StatusCode::OK);
            let other = office.sign_in("officer-01").await;
            assert_eq!(owed(&other, &number).await, None, "another department");
            let words: &[(&str, &str)] = if step == "finish" { &[("words", "已封堵")] } else { &[] };
            water.step(&number, step, words).await;
        }
        assert_eq!(owed(&water, &number).await, None, "it is done");
    }

    async fn whoever_stands_in_for_a_called_department_has_its_card(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let call = [("urgency", "urgent"), ("departments", "D01"), ("words", "请到现场封堵")];
        worker.step(&number, "whistle", &call).await;
        let water = office.sign_in("department-water").await;
        let away = water.post("/absence", &[("until", "2026-11-24"), ("deputy", "officer-01")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        let deputy = office.sign_in("officer-01").await;
        assert!(owed(&deputy, &number).await.is_some_and(|card| card.contains("请响应")));
        assert_eq!(owed(&office.sign_in("officer-02").await, &number).await, None);
    }

    async fn the_leader_to_whom_a_whistle_climbed_has_a_card_of_it(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let call = [("urgency", "emergency"), ("departments", "D01"), ("words", "井盖没了")];
        worker.step(&number, "whistle", &call).await;
        let chief = office.sign_in("community-lead").await;
        assert_eq!(owed(&chief, &number).await, None, "the department has time");
        office.later(Duration::minutes(31));
        office.tick().await;
        let chief = office.sign_in("community-lead").await;
        let card = owed(&chief, &number).await.expect("a card");
        assert!(card.contains("tag--overdue"), "{card}");
        assert_eq!(owed(&office.sign_in("lead-01").await, &number).await, None, "nobody's leader");
    }

    async fn what_was_agreed_stands_on_the_list_of_whoever_does_it_until_it_is_settled(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let lead = office.sign_in("lead-01").await;
        let call = [("parties", "D01"), ("parties", "steward-01"), ("until", "2026-11-24T10:00"), ("place", "社区二楼"), ("words", "井口由谁修")];
        lead.step(&number, "coordinate", &call).await;
        lead.step(&number, "agree", &[("words", "更换井盖"), ("to", "D01"), ("until", "2026-11-26")]).await;
        lead.step(&number, "agree", &[("words", "清理垃圾"), ("to", "steward-01"), ("until", "2026-11-25")]).await;
        let water = office.sign_in("department-water").await;
        let card = owed(&water, &number).await.expect("a card");
        assert!(card.contains("更换井盖") && card.contains("商定期限") && card.contains(&format!("/tasks/{number}/settle")), "{card}");
        assert!(!card.contains("清理垃圾"), "{card}");
        let steward = office.sign_in("steward-01").await;
        assert!(owed(&steward, &number).await.is_some_and(|card| card.contains("清理垃圾")));
        assert_eq!(owed(&office.sign_in("steward-03").await, &number).await, None);
        let item = first_item(&page(&water, &number).await);
        assert!(card.contains(&format!("/settle?item={item}")), "{card}");
        let form = water.get(&format!("/tasks/{number}/settle")).await.body;
        assert!(form.contains(&format!("value=\"{item}\" selected")), "the only one: {form}");
        water.step(&number, "settle", &[("item", item.as_str()), ("yes", "yes")]).await;
        assert_eq!(owed(&water, &number).await, None);
        assert!(owed(&steward, &number).await.is_some(), "theirs is not done");
    }

    async fn an_answer_that_supervision_waits_for_stands_on_the_list_though_the_work_is_done(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        worker.step(&number, "handle", &[("words", "已修"), ("claimed", "solved")]).await;
        let supervisor = office.sign_in("supervisor").await;
        say(&supervisor, &number, "supervise", &[("words", "为什么拖了三天？"), ("until", "2026-11-25")]).await;
        desk.step(&number, "check", &[("yes", "yes"), ("answer", "已修好")]).await;
        let card = owed(&worker, &number).await.expect("a card");
        assert!(card.contains("为什么拖了三天？") && card.contains("督办，请您答复") && card.contains("tag--"), "{card}");
        assert_eq!(owed(&office.sign_in("worker-02").await, &number).await, None, "somebody else");
        let away = worker.post("/absence", &[("until", "2026-11-24"), ("deputy", "lead-01")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        assert!(owed(&office.sign_in("lead-01").await, &number).await.is_some(), "whoever stands in answers, too");
        let answers = card.split("href=\"/supervision/").nth(1).and_then(|rest| rest.split('"').next()).expect("a link");
        let answers = format!("/supervision/{answers}");
        let key = form::value(&worker.get(&answers).await.body, "key").expect("a one-time key");
        let given = worker.post(&answers, &[("key", &key), ("words", "等配件")]).await;
        assert_eq!(given.status, StatusCode::SEE_OTHER, "{}", given.body);
        assert_eq!(owed(&worker, &number).await, None);
    }

    async fn a_request_for_more_time_that_fell_away_is_told_to_who_asked_and_its_message_leads_to_a_page_that_says_why(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        worker.step(&number, "extend", &[("words", "等配件")]).await;
        office.follow().await;
        let lead = office.sign_in("lead-01").await;
        let at = format!("/cases/{number}?about=extension");
        assert!(lead.get("/work").await.body.contains(&format!("href=\"{at}\"")));
        let over = "这件延期申请已不用您决定";
        assert!(!lead.get(&at).await.body.contains(over), "it waits for them");
        lead.step(&number, "suspend", &[("until", "2026-11-27"), ("words", "等材料到货")]).await;
        office.follow().await;
        let shown = lead.get(&at).await.body;
        let why = "延期申请已失效：事件挂账";
        assert!(shown.contains(over) && shown.matches(why).count() == 2, "on top and in the trail: {shown}");
        assert!(shown.contains("等材料到货"), "the reason stays with the step: {shown}");
        assert!(worker.get("/tasks").await.body.contains("您的延期申请已失效，原因见办理经过"));
        let plain = page(&lead, &number).await;
        assert!(!plain.contains(over), "only for who comes from the message: {plain}");
    }

    async fn a_leader_who_adopts_what_another_one_has_adopted_reads_so_on_the_page_of_the_case(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        office.sign_in("lead-01").await.step(&number, "adopt", &[]).await;
        let again = refused(&office.sign_in("community-lead").await, &number, "adopt", &[]).await;
        let name = office.name_of("lead-01");
        let said = again.split("notice--warn").nth(1).and_then(|rest| rest.split("</div>").next()).expect("a notice");
        assert!(said.contains(&name), "{said}");
        assert!(again.contains("class=\"timeline\""), "it is the page of the case: {again}");
    }

    async fn the_message_of_a_request_that_was_decided_leads_to_a_page_that_says_how(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        worker.step(&number, "extend", &[("words", "等配件")]).await;
        let lead = office.sign_in("lead-01").await;
        let at = format!("/cases/{number}?about=extension");
        lead.step(&number, "extend", &[("yes", "no"), ("words", "配件已到")]).await;
        let shown = desk.get(&at).await.body;
        assert!(shown.contains("这件延期申请已不用您决定"), "{shown}");
        assert_eq!(shown.matches("不同意延期").count(), 2, "on top and in the trail: {shown}");
        worker.step(&number, "extend", &[("words", "还缺一个配件")]).await;
        lead.step(&number, "extend", &[("yes", "yes")]).await;
        let shown = desk.get(&at).await.body;
        let said = [shown.matches("不同意延期").count(), shown.matches("同意延期").count()];
        assert_eq!(said, [1, 3], "the refusal in the trail alone, and that it was granted on top, too: {shown}");
    }

    async fn what_one_of_several_has_decided_is_new_to_none_of_the_others_nor_to_who_stands_in(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        let away = office.sign_in("lead-01").await.post("/absence", &[("until", "2026-11-24"), ("deputy", "lead-02")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        worker.step(&number, "extend", &[("words", "等配件")]).await;
        office.follow().await;
        let new = "有一件延期申请，请您决定</a>";
        let is_new = async |account: &str| {
            let bench = office.sign_in(account).await.get("/work").await.body;
            let said = bench.split(new).nth(1).and_then(|rest| rest.split("</li>").next());
            said.is_some_and(|rest| rest.contains("tag--soon"))
        };
        for account in ["desk", "lead-01", "lead-02"] {
            assert!(is_new(account).await, "{account} may decide");
        }
        desk.step(&number, "extend", &[("yes", "no"), ("words", "不行")]).await;
        for followed in [false, true] {
            for account in ["desk", "lead-01", "lead-02"] {
                assert!(!is_new(account).await, "{account}, {followed}");
            }
            office.follow().await;
        }
        let read = office.sign_in("lead-01").await.get("/work").await.body;
        assert!(read.contains(new), "it stands among what was read: {read}");
        worker.step(&number, "extend", &[("words", "还是等配件")]).await;
        office.follow().await;
        assert!(is_new("lead-01").await && is_new("lead-02").await, "another request is another one");
    }

    async fn an_appeal_that_is_decided_is_new_to_nobody(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, worker) = (office.sign_in("desk").await, office.sign_in("worker-01").await);
        let number = at_work(&desk, &worker).await;
        office.later(Duration::days(20));
        office.sign_in("worker-01").await.step(&number, "appeal", &[("words", "下大雨，施工队进不来")]).await;
        office.follow().await;
        let new = async |account: &str| {
            let token = office.token(account).await;
            let all = office.api("GET", "/api/v1/messages", &token, &[], &serde_json::json!(null)).await.body;
            let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
            let new = all["items"].as_array().expect("items").iter().filter(|one| one["new"] == true);
            new.filter_map(|one| one["kind"].as_str().map(str::to_owned)).collect::<Vec<_>>()
        };
        let asks = |kinds: &[String], kind: &str| kinds.iter().any(|one| one == kind);
        assert!(asks(&new("community-lead").await, "appealed"));
        office.sign_in("desk").await.step(&number, "review", &[("yes", "yes")]).await;
        office.follow().await;
        let second = new("community-lead").await;
        assert!(asks(&second, "review_second") && !asks(&second, "appealed"), "the second one is asked for: {second:?}");
        office.sign_in("lead-01").await.step(&number, "review", &[("yes", "yes")]).await;
        for followed in [false, true] {
            let over = new("community-lead").await;
            assert!(!asks(&over, "review_second") && !asks(&over, "appealed"), "{followed}: {over:?}");
            office.follow().await;
        }
    }

    async fn what_was_agreed_and_is_late_is_told_once_to_who_does_it_and_who_called_and_stands_on_a_list(database: Database) {
        let office = Office::furnish(database).await;
        let number = agreed(&office, ("to", "D01"), "更换井盖").await;
        let listed = format!("data-case=\"{number}\"");
        let list = async || office.sign_in("supervisor").await.get("/supervision?list=agreed").await.body;
        office.tick().await;
        assert!(!list().await.contains(&listed), "there is time");
        office.later(Duration::days(4));
        office.tick().await;
        office.tick().await;
        let shown = list().await;
        assert!(shown.contains(&listed) && shown.contains("商定的事项应在"), "{shown}");
        for (account, times) in [("department-water", 1), ("lead-01", 1), ("worker-01", 0)] {
            let told = office.sign_in(account).await.get("/tasks").await.body;
            assert_eq!(told.matches("商定的一件事过了期限").count(), times, "{account}: {told}");
        }
        let lead = office.sign_in("lead-01").await;
        let item = first_item(&page(&lead, &number).await);
        lead.step(&number, "settle", &[("item", item.as_str()), ("yes", "yes")]).await;
        assert!(!list().await.contains(&listed), "it is done");
    }

    async fn what_was_late_is_new_to_nobody_once_it_is_done_though_something_else_is_still_open(database: Database) {
        let office = Office::furnish(database).await;
        let number = agreed(&office, ("to", "D01"), "更换井盖").await;
        office.sign_in("lead-01").await.step(&number, "agree", &[("words", "补漆"), ("to", "D01"), ("until", "2026-12-10")]).await;
        office.later(Duration::days(4));
        office.tick().await;
        let (lead, token) = (office.sign_in("lead-01").await, office.token("lead-01").await);
        for is_new in [true, false] {
            let all = office.api("GET", "/api/v1/messages", &token, &[], &serde_json::json!(null)).await.body;
            let all: serde_json::Value = serde_json::from_str(&all).expect("JSON");
            let mut all = all["items"].as_array().expect("items").iter();
            let late = all.find(|one| one["kind"] == "supervision-agreed_late").expect("it was told");
            assert_eq!(late["new"], is_new, "{late}");
            let item = first_item(&page(&lead, &number).await);
            lead.step(&number, "settle", &[("item", item.as_str()), ("yes", "yes")]).await;
        }
    }

    async fn what_a_body_outside_is_late_with_is_told_to_the_owner_where_the_account_of_who_called_is_closed(database: Database) {
        let office = Office::furnish(database).await;
        agreed(&office, ("outside", "示例物业公司"), "清理垃圾").await;
        work::account::disable(&office.house, "lead-01", true).await.expect("closed");
        office.later(Duration::days(4));
        office.tick().await;
        let told = office.sign_in("worker-01").await.get("/tasks").await.body;
        assert_eq!(told.matches("商定的一件事过了期限").count(), 1, "nobody else hears of it: {told}");
    }

    async fn what_a_body_outside_does_is_a_card_of_who_called_and_of_the_owner_while_that_one_is_away(database: Database) {
        let office = Office::furnish(database).await;
        let number = agreed(&office, ("outside", "示例物业公司"), "清理垃圾").await;
        let (lead, worker) = (office.sign_in("lead-01").await, office.sign_in("worker-01").await);
        let card = owed(&lead, &number).await.expect("a card");
        assert!(card.contains("示例物业公司：清理垃圾") && card.contains("请您跟进"), "{card}");
        assert_eq!(owed(&worker, &number).await, None, "who called is there");
        let away = lead.post("/absence", &[("until", "2026-11-25"), ("deputy", "lead-02")]).await;
        assert_eq!(away.status, StatusCode::SEE_OTHER, "{}", away.body);
        for account in ["worker-01", "lead-02"] {
            assert!(owed(&office.sign_in(account).await, &number).await.is_some(), "{account}");
        }
    }

    async fn whoever_does_no_more_than_what_was_agreed_reads_that_as_the_next_step_with_its_day(database: Database) {
        let office = Office::furnish(database).await;
        let number = agreed(&office, ("to", "D01"), "更换井盖").await;
        let shown = office.sign_in("department-water").await.get(&format!("/tasks/{number}")).await.body;
        assert!(shown.contains("接下来：办商定的事项：更换井盖") && shown.contains("商定期限"), "{shown}");
        assert!(!shown.contains("接下来：去办理"), "that is the worker's: {shown}");
        let own = office.sign_in("worker-01").await.get(&format!("/tasks/{number}")).await.body;
        assert!(own.contains("接下来：去办理") && !own.contains("接下来：办商定的事项"), "{own}");
    }
}
