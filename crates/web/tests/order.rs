//! Orders 工单 of the hotline at the office's door: the file in, results out.

mod books;
mod colleague;
mod common;

use axum::http::StatusCode;
use books::{Order, export, faulty, form, orders, texts, with_company};
use colleague::{Colleague, Office};
use testkit::{Database, on_both_databases};

/// A known category, two phones.
const ROWS: [Order; 2] = orders("暴露垃圾", "10012345678/10087654321");

async fn take(desk: &Colleague<'_>, file: &[u8], look: bool) -> (StatusCode, String) {
    let fields: &[(&str, &str)] = if look { &[("look", "yes")] } else { &[] };
    let answer = desk
        .post_file("/orders/hotline", fields, ("file", file))
        .await;
    (answer.status, answer.body)
}

on_both_databases! {
    async fn a_file_of_the_hotline_comes_in_once_with_its_own_limits_and_without_what_may_not_be_kept(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let file = export(&ROWS);
        let (_, looked) = take(&desk, &file, true).await;
        assert!(looked.contains("可以新录入 2 件"), "{looked}");
        assert!(desk.numbers_of_file("").await.is_empty(), "looking takes nothing in");

        let (status, taken) = take(&desk, &file, false).await;
        assert_eq!(status, StatusCode::OK);
        for said in [
            "新录入 2 件",
            "第 3 行，“身份证号”栏：提醒：这一栏属于不许收集的内容",
            "第 5 行，“事发地址”栏：提醒：没认出网格",
            "第 5 行，“诉求类别”栏：提醒：没有这个类别",
            "第 5 行，“是否保密”栏：提醒：诉求人要求保密",
        ] {
            assert!(taken.contains(said), "{said}: {taken}");
        }
        assert!(!taken.contains("10012345679"), "{taken}");
        assert!(taken.contains("SL-1") && taken.contains("12月1日（周二）18:00"), "{taken}");

        let known = desk.numbers_of_file("category=20110").await.remove(0);
        let page = desk.get(&format!("/cases/{known}")).await.body;
        assert!(page.contains("tag--dispatched") && page.contains("SL-1"), "{page}");
        assert!(page.contains("12月1日（周二）18:00") && page.contains("这是工单自带的时限"), "their limit wins: {page}");
        let owner = office.sign_in("worker-01").await;
        let clear = owner.post(&format!("/cases/{known}/contact"), &[]).await.body;
        assert!(clear.contains("10012345678"), "{clear}");

        let mut changed = ROWS;
        changed[1][1] = "河边异味更重了";
        let (_, again) = take(&desk, &export(&changed), false).await;
        assert!(again.contains("新录入 0 件，2 件以前录过") && again.contains("这张工单以前录过，内容有变，没有改动已录的（编号 SL-2）"), "{again}");
        assert_eq!(desk.numbers_of_file("").await.len(), 2);
    }

    async fn a_number_in_small_or_wide_letters_or_without_its_dash_is_the_order_that_came_before(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        take(&desk, &export(&ROWS), false).await;
        let mut otherwise = ROWS;
        otherwise[0][0] = "sl 1";
        otherwise[1][0] = "ＳＬ—２";
        let (_, again) = take(&desk, &export(&otherwise), false).await;
        assert!(again.contains("新录入 0 件，2 件以前录过") && !again.contains("内容有变"), "{again}");
        otherwise[1][0] = "Sl-1";
        let (status, twice) = take(&desk, &export(&otherwise), false).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(twice.contains("同一编号出现了两次"), "{twice}");
        assert_eq!(desk.numbers_of_file("").await.len(), 2);
    }

    async fn a_line_under_the_orders_instructions_and_a_hidden_list_are_told_and_stand_in_nobodys_way(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let (status, taken) = take(&desk, &with_company(&ROWS), false).await;
        assert_eq!(status, StatusCode::OK, "{taken}");
        for said in ["新录入 2 件", "整行是同一句话", "这张表里没有认得的栏目，没有读", "这张表是隐藏的，没有读"] {
            assert!(taken.contains(said), "{said}: {taken}");
        }
        assert_eq!(desk.numbers_of_file("").await.len(), 2);
    }

    async fn a_tick_keeps_the_reporter_secret_and_an_answer_that_is_none_is_told_by_row_and_column(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let file = |secret: &str, worker: &str| format!("工单编号,诉求内容,事发地址,联系电话,是否保密,是否投诉工作人员\nSL-1,路灯不亮,G01-M01,10012345678,{secret},{worker}\n");
        for (secret, worker, column) in [("看情况", "否", "是否保密"), ("否", "也许", "是否投诉工作人员")] {
            let (status, refused) = take(&desk, file(secret, worker).as_bytes(), false).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{column}");
            assert!(refused.contains(&format!("第 2 行，“{column}”栏：错误：看不懂是还是否")), "{refused}");
        }
        let (status, about) = take(&desk, file("否", "√").as_bytes(), false).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "a complaint is no order: {about}");
        assert!(desk.numbers_of_file("").await.is_empty());
        let (status, taken) = take(&desk, file("√", "×").as_bytes(), false).await;
        assert_eq!(status, StatusCode::OK, "{taken}");
        assert!(taken.contains("第 2 行，“是否保密”栏：提醒：诉求人要求保密"), "{taken}");
        let number = desk.numbers_of_file("").await.remove(0);
        let shown = desk.post(&format!("/cases/{number}/contact"), &[]).await.body;
        assert!(!shown.contains("10012345678"), "{shown}");
    }

    async fn lines_under_the_orders_are_told_and_left_out_and_one_between_them_is_an_order_without_words(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let orders = "序号,工单编号,诉求内容,事发地址\n1,SL-1,路灯不亮,G01-M01\n";
        let feet = "合计,,1 件,\n,制表人：示例,制表时间：2026-11-30,\n备注：按期办结,,,\n第 1 页 共 1 页,,,\n导出人,,示例张三,\n";
        let between = format!("{orders}合计,,1 件,\n2,SL-2,井盖响,G01-M01\n");
        let (status, refused) = take(&desk, between.as_bytes(), false).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert!(refused.contains("第 3 行，“工单编号”栏：错误：这一格不能空"), "{refused}");
        let (status, taken) = take(&desk, format!("{orders}{feet}").as_bytes(), false).await;
        assert_eq!(status, StatusCode::OK, "{taken}");
        assert!(taken.contains("新录入 1 件"), "{taken}");
        for line in [3, 4, 7] {
            assert!(taken.contains(&format!("第 {line} 行：提醒：这一行是表尾")), "{line}: {taken}");
        }
        assert!(!taken.contains("示例张三"), "{taken}");
    }

    async fn an_order_above_the_column_names_is_refused_by_its_row_and_the_names_once_more_are_no_order(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let head = "工单编号,诉求内容,事发地址,办结时限\n";
        let (one, two) = ("SL-1,路灯不亮,G01-M01,\n", "SL-2,井盖响,G01-M01,\n");
        let (status, refused) = take(&desk, format!("{one}{head}{two}").as_bytes(), true).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert!(refused.contains("第 1 行：错误：这一行在表头上面"), "{refused}");
        let other = format!("{head}{one}诉求内容,工单编号\n井盖响,SL-2\n");
        let (status, refused) = take(&desk, other.as_bytes(), true).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert!(refused.contains("第 3 行：错误：这里又有一行表头"), "{refused}");
        let about = "导出单位：示例,导出时间：今天\n";
        let (status, taken) = take(&desk, format!("{about}{head}{one}{head}{two}").as_bytes(), false).await;
        assert_eq!(status, StatusCode::OK, "{taken}");
        for said in ["新录入 2 件", "第 1 行：提醒：这一行在表头上面", "第 4 行：提醒：这一行又是表头"] {
            assert!(taken.contains(said), "{said}: {taken}");
        }
        assert_eq!(desk.numbers_of_file("").await.len(), 2);
    }

    async fn a_limit_that_lies_years_ahead_is_a_mistaken_year_and_is_refused(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let file = "工单编号,诉求内容,事发地址,办结时限\nSL-1,路灯不亮,G01-M01,2099-01-01 00:00\n";
        let (status, refused) = take(&desk, file.as_bytes(), false).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{refused}");
        assert!(refused.contains("第 2 行，“办结时限”栏：错误：时限在两年以后"), "{refused}");
        assert!(desk.numbers_of_file("").await.is_empty());
    }

    async fn a_limit_of_another_year_is_shown_with_its_year(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let file = "工单编号,诉求内容,事发地址,办结时限\nSL-1,路灯不亮,G01-M01,2027-02-20 09:00\nSL-2,井盖响,G01-M01,2026-12-30 09:00\n";
        let (status, _) = take(&desk, file.as_bytes(), false).await;
        assert_eq!(status, StatusCode::OK);
        let page = desk.get("/orders").await.body;
        assert!(page.contains("2027年2月20日（周六）09:00") && page.contains("12月30日（周三）09:00"), "{page}");
        assert!(!page.contains("2026年12月30日（周三）"), "this year's go without: {page}");
        let english = desk.get_english("/orders").await.body;
        assert!(english.contains("Saturday 20 February 2027, 09:00"), "{english}");
    }

    async fn an_order_that_was_merged_goes_back_once_the_case_it_joined_has_ended_and_with_its_answer(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        take(&desk, &export(&ROWS), false).await;
        let head = desk.numbers_of_file("category=20110").await.remove(0);
        let all = desk.numbers_of_file("").await;
        let other = all.into_iter().find(|number| *number != head).expect("the second order");
        desk.step(&other, "merge", &[("from", "case"), ("into", &head), ("words", "同一处垃圾")]).await;
        let period = [("from", "2026-11-01"), ("to", "2026-11-30")];
        let before = texts(desk.file_for("/orders/results", &period, None).await);
        assert_eq!(before.len(), 2, "neither has ended: {before:?}");
        let worker = office.sign_in("worker-01").await;
        worker.step(&head, "accept", &[("from", "task")]).await;
        worker.step(&head, "handle", &[("words", "已清运"), ("claimed", "solved"), ("from", "task")]).await;
        desk.step(&head, "check", &[("yes", "yes"), ("answer", "垃圾已清走")]).await;
        let rows = texts(desk.file_for("/orders/results", &period, None).await);
        assert_eq!(rows.len(), 4, "{rows:?}");
        for (row, number) in rows[2..].iter().zip(["SL-1", "SL-2"]) {
            assert_eq!(row[0], number, "{rows:?}");
            assert_eq!((row[3].as_str(), row[4].as_str(), row[5].as_str()), ("已办结", "已解决", "垃圾已清走"), "{rows:?}");
        }
    }

    async fn results_of_a_period_that_ends_before_it_begins_are_no_file(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let backwards = desk.post("/orders/results", &[("from", "2026-11-30"), ("to", "2026-11-01")]).await;
        assert_eq!(backwards.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", backwards.body);
        assert!(backwards.body.contains("结束日期在开始日期之前") && backwards.body.contains("value=\"2026-11-30\""), "{}", backwards.body);
    }

    async fn results_go_back_in_the_hotlines_own_form(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        take(&desk, &export(&ROWS), false).await;
        let number = desk.numbers_of_file("category=20110").await.remove(0);
        let worker = office.sign_in("worker-01").await;
        worker.step(&number, "accept", &[("from", "task")]).await;
        worker.step(&number, "handle", &[("words", "已清运"), ("claimed", "solved"), ("from", "task")]).await;
        desk.step(&number, "check", &[("yes", "yes"), ("answer", "=1+1 垃圾已清走")]).await;

        let period = [("from", "2026-11-01"), ("to", "2026-11-30")];
        let own = desk.file_for("/orders/results", &period, None).await;
        let rows = texts(own);
        assert_eq!(rows.len(), 3, "only what has ended: {rows:?}");
        assert_eq!((rows[2][0].as_str(), rows[2][4].as_str()), ("SL-1", "已解决"));

        let filled = texts(desk.file_for("/orders/results", &period, Some(&form())).await);
        assert_eq!(filled[0][0], "请如实填写（示例）");
        assert_eq!(filled[3], ["", "=1+1 垃圾已清走", "SL-1", ""]);

        let unfit = desk.post_file("/orders/results", &period, ("template", "甲,乙\n".as_bytes())).await;
        assert_eq!(unfit.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(unfit.body.contains("找不到表头"), "{}", unfit.body);
        let other = desk.post_file("/orders/results", &period, ("template", &export(&ROWS))).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY, "an export is no form for results");
        assert!(other.body.contains("第 3 行，“答复内容”栏：错误：缺少这一栏"), "{}", other.body);
        assert!(!other.body.contains("“工单编号”栏"), "{}", other.body);
    }
}

#[tokio::test]
async fn a_file_with_faults_names_row_and_column_and_changes_nothing() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    let bad = export(&faulty(ROWS[0]));
    let (status, told) = take(&desk, &bad, false).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for said in [
        "第 5 行，“工单编号”栏：错误：同一编号出现了两次：“SL-1”（第 4 行已经有了）",
        "第 6 行，“工单编号”栏：错误：这一格不能空",
        "第 7 行，“诉求内容”栏：错误：这一格不能空",
        "第 7 行，“办结时限”栏：错误：时限看不懂",
        "第 8 行，“事发地址”栏：错误：这个位置不在本社区",
        "第 9 行，“工单编号”栏：错误：同一编号出现了两次：“SL-4”（第 7 行已经有了）",
        "这张表没有录入",
    ] {
        assert!(told.contains(said), "{said}: {told}");
    }
    for (file, said) in [
        (
            b"<html><table><tr><td>1</td></tr></table></html>".as_slice(),
            "网页格式的表格",
        ),
        (
            "工单编号,诉求内容\n2.02611E+17,路灯不亮\n".as_bytes(),
            "编号被表格软件改短了",
        ),
        (b"PK nothing more".as_slice(), "文件打不开"),
        (b"\xff\xff".as_slice(), "文字编码认不出"),
    ] {
        let (status, told) = take(&desk, file, false).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(told.contains(said), "{said}: {told}");
    }
    let english = desk.get_in("en", "/orders").await.body;
    assert!(
        english.contains("No orders in the last 30 days."),
        "{english}"
    );
    let steward = office.sign_in("steward-01").await;
    assert_eq!(steward.get("/orders").await.status, StatusCode::FORBIDDEN);
}
