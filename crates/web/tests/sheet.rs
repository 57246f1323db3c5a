//! 线下汇总, 线上呼叫派单 at the office's door: notes typed, pasted and uploaded, checked by row and column, sent with one key.

mod books;
mod colleague;
mod common;

use axum::http::StatusCode;
use colleague::{Colleague, Office, form};
use testkit::{Database, on_both_databases};

/// Begins a sheet and gives its address.
async fn begin(who: &Colleague<'_>) -> String {
    let begun = who
        .post("/sheets", &[("title", "四月来件"), ("channel", "desk")])
        .await;
    assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
    begun.header("location").to_owned()
}

/// The one-time key of the form to type into.
async fn key(who: &Colleague<'_>, sheet: &str) -> String {
    form::value(&who.get(sheet).await.body, "key").expect("a one-time key")
}

/// Types rows into the table: place, words, name, phone, category.
async fn type_rows(who: &Colleague<'_>, sheet: &str, rows: &[[&str; 5]]) {
    let key = key(who, sheet).await;
    let mut fields = vec![("key", key.as_str())];
    for row in rows {
        fields.extend(
            ["place", "words", "name", "phone", "category"]
                .into_iter()
                .zip(*row),
        );
    }
    let kept = who.post(&format!("{sheet}/rows"), &fields).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
}

/// Presses the one key and says how many rows went and how many were passed over.
async fn send(who: &Colleague<'_>, sheet: &str) -> (u32, u32) {
    let sent = who.post(&format!("{sheet}/send"), &[]).await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let number = |name: &str| {
        let rest = sent.header("location").split(&format!("{name}=")).nth(1);
        rest.and_then(|rest| rest.split('&').next()?.parse().ok())
            .expect("a number")
    };
    (number("sent"), number("passed"))
}

on_both_databases! {
    async fn notes_on_paper_become_cases_with_one_key_and_pressing_it_twice_does_nothing_twice(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = begin(&desk).await;
        type_rows(&desk, &sheet, &[
            ["G01-M01 3 号楼", "楼下暴露垃圾", "李示例", "10012345678", "暴露垃圾"],
            ["示例网格G02-M01", "半夜有人唱歌", "", "", ""],
            ["G09-M09", "", "", "12", "没有这一类"],
        ]).await;

        let page = desk.get(&sheet).await.body;
        assert!(page.contains("可以派单 2 条，要先改 1 条，已派 0 条"), "{page}");
        for said in ["第 3 行，地点：没有这个网格", "第 3 行，诉求：请写几句话", "第 3 行，电话：", "第 3 行，类别：没有这个类别"] {
            assert!(page.contains(said), "{said}: {page}");
        }
        assert!(page.contains("100****5678") && !page.contains("10012345678"), "{page}");

        assert_eq!(send(&desk, &sheet).await, (2, 0));
        let said = desk.get(&format!("{sheet}?sent=2&passed=0&waiting=1")).await.body;
        assert!(said.contains("已派出 2 条。其中 1 条没写类别"), "{said}");
        assert_eq!(send(&desk, &sheet).await, (0, 0));
        let numbers = desk.numbers_of_file("").await;
        assert_eq!(numbers.len(), 2, "{numbers:?}");
        let list = desk.get("/cases").await.body;
        assert!(list.contains("tag--dispatched"), "the known category went on: {list}");
        assert!(list.contains("tag--reported"), "the unknown one waits: {list}");
        let sent = desk.get(&sheet).await.body;
        assert!(numbers.iter().all(|number| sent.contains(&format!("/cases/{number}"))), "{sent}");

        let row = desk.get(&format!("{sheet}/rows/3")).await.body;
        let version = form::value(&row, "version").expect("a version");
        let fixed = [("version", version.as_str()), ("place", "103.605,30.605"), ("words", "井盖松动"), ("name", ""), ("phone", ""), ("category", ""), ("forget", "yes")];
        assert_eq!(desk.post(&format!("{sheet}/rows/3"), &fixed).await.status, StatusCode::SEE_OTHER);
        assert_eq!(send(&desk, &sheet).await, (1, 0));
        assert_eq!(desk.numbers_of_file(&format!("grid={}", office.code("G01-M01"))).await.len(), 2);
    }

    async fn every_note_has_a_receipt_to_hand_out_for_whoever_sent_it_and_its_contact_stays_sealed(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, other) = (office.sign_in("desk").await, office.sign_in("desk-02").await);
        let sheet = begin(&desk).await;
        type_rows(&desk, &sheet, &[["G01-M01", "路灯不亮", "李示例", "10012345678", ""], ["G01-M02", "井盖响", "", "", ""]]).await;
        assert_eq!(send(&desk, &sheet).await, (2, 0));
        let receipts = desk.get(&format!("{sheet}/receipts")).await.body;
        assert_eq!(receipts.matches("receipt__code").count(), 2, "{receipts}");
        assert!(!receipts.contains("10012345678") && receipts.contains("路灯不亮"), "{receipts}");
        let others = other.get(&format!("{sheet}/receipts")).await.body;
        assert!(!others.contains("receipt__code") && others.contains("另有 2 条由别人派出"), "{others}");

        let number = desk.numbers_of_file(&format!("grid={}", office.code("G01-M01"))).await.remove(0);
        assert!(receipts.contains(&number), "{receipts}");
        let shown = desk.post(&format!("/cases/{number}/contact"), &[]).await;
        assert!(shown.body.contains("10012345678"), "{}", shown.body);
        assert_eq!(office.looks(&number).await, 1);
    }

    async fn a_number_beside_the_name_of_a_row_becomes_the_phone(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = begin(&desk).await;
        type_rows(&desk, &sheet, &[["G01-M01", "路灯不亮", "王阿姨 13800001234", "", ""]]).await;
        let page = desk.get(&sheet).await.body;
        assert!(page.contains("138****1234") && !page.contains("13800001234"), "{page}");
        assert_eq!(send(&desk, &sheet).await, (1, 0));
        let number = desk.numbers_of_file("").await.remove(0);
        let shown = desk.post(&format!("/cases/{number}/contact"), &[]).await.body;
        assert!(shown.contains("tel:13800001234") && !shown.contains("王阿姨 138"), "{shown}");
    }

    async fn two_people_pressing_at_once_send_each_row_once(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, other) = (office.sign_in("desk").await, office.sign_in("desk-02").await);
        let sheet = begin(&desk).await;
        let rows: Vec<String> = (1..=60).map(|n| format!("G01-M01 {n} 号楼\t第 {n} 张纸条")).collect();
        let key = key(&desk, &sheet).await;
        let pasted = rows.join("\n");
        let form = [("key", key.as_str()), ("pasted", pasted.as_str())];
        assert_eq!(desk.post(&format!("{sheet}/rows"), &form).await.header("location"), format!("{sheet}?kept=60"));
        // sent again by an impatient finger: the same key keeps nothing twice
        desk.post(&format!("{sheet}/rows"), &form).await;
        let (one, two) = tokio::join!(send(&desk, &sheet), send(&other, &sheet));
        assert_eq!(one.0 + two.0, 60, "{one:?} {two:?}");
        assert_eq!(desk.numbers_of_file("").await.len(), 60);
    }

    async fn a_home_visit_is_a_channel_of_its_own_at_the_desk_and_on_a_sheet(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let page = desk.get("/cases/new").await.body;
        assert!(page.contains("入户走访"), "{page}");
        let key = form::value(&page, "key").expect("a one-time key");
        let grid = office.code("G01-M01");
        let fields = [("key", key.as_str()), ("channel", "home_visit"), ("text", "楼道灯不亮"), ("grid", &grid)];
        let entered = desk.post("/cases/new", &fields).await;
        assert_eq!(entered.status, StatusCode::SEE_OTHER, "{}", entered.body);
        let begun = desk.post("/sheets", &[("title", "走访记录"), ("channel", "home_visit")]).await;
        assert_eq!(begun.status, StatusCode::SEE_OTHER, "{}", begun.body);
        let sheet = begun.header("location").to_owned();
        type_rows(&desk, &sheet, &[["G01-M02", "井盖松动", "", "", ""]]).await;
        assert_eq!(send(&desk, &sheet).await, (1, 0));
        let token = office.token("desk").await;
        let numbers = desk.numbers_of_file("").await;
        assert_eq!(numbers.len(), 2, "{numbers:?}");
        for number in numbers {
            let case = office.api("GET", &format!("/api/v1/cases/{number}"), &token, &[], &serde_json::json!(null)).await;
            let case: serde_json::Value = serde_json::from_str(&case.body).expect("JSON");
            assert_eq!(case["channel"], "home_visit", "{case}");
            assert!(desk.get(&format!("/cases/{number}")).await.body.contains("入户走访"));
        }
    }

    async fn a_chat_is_pasted_without_its_headings_and_pictures_and_that_is_told(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = begin(&desk).await;
        let key = key(&desk, &sheet).await;
        let pasted = "示例张三 2026-11-28 09:12\nG01-M01,路灯坏了\n[图片]\n[图片]\n\"示例王五\"撤回了一条消息\n示例李四：\nG01-M02,井盖响";
        let form = [("key", key.as_str()), ("pasted", pasted)];
        let told = desk.post(&format!("{sheet}/rows"), &form).await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.body);
        for said in ["聊天里的姓名和时间不作为诉求", "2 行", "图片没有粘贴进来", "2 个", "聊天软件自己的提示"] {
            assert!(told.body.contains(said), "{said}: {}", told.body);
        }
        for said in ["有 5 行没有当作诉求", "第 1 行：示例张三 2026-11-28 09:12", "第 6 行：示例李四："] {
            assert!(told.body.contains(said), "{said}: {}", told.body);
        }
        let page = desk.get(&sheet).await.body;
        assert!(page.contains("可以派单 2 条"), "{page}");
        assert!(page.contains("路灯坏了 [图片][图片]"), "that there were pictures is not lost: {page}");
        assert!(!page.contains("撤回") && !page.contains("09:12"), "{page}");
    }

    async fn a_name_and_a_colon_inside_a_message_change_nothing_of_who_wrote_it(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = begin(&desk).await;
        let key = key(&desk, &sheet).await;
        let pasted = "示例张三 2026-11-28 09:12\nG01-M01,单元门坏了\n王师傅：找他，他能修\n示例李四 2026-11-28 09:15\n王师傅：今天来修\n———\nG01-M02,井盖响";
        let told = desk.post(&format!("{sheet}/rows"), &[("key", key.as_str()), ("pasted", pasted)]).await;
        assert_eq!(told.status, StatusCode::OK, "{}", told.body);
        let page = desk.get(&sheet).await.body;
        assert!(page.contains("可以派单 2 条") && page.contains("王师傅：找他，他能修"), "{page}");
        assert!(!page.contains("今天来修"), "what is quoted is nobody's note: {page}");
        assert_eq!(send(&desk, &sheet).await, (2, 0));
        for (grid, name) in [("G01-M01", "示例张三"), ("G01-M02", "示例李四")] {
            let number = desk.numbers_of_file(&format!("grid={}", office.code(grid))).await.remove(0);
            let shown = desk.post(&format!("/cases/{number}/contact"), &[]).await.body;
            assert!(shown.contains(name), "{shown}");
        }
    }

    async fn one_place_is_written_into_every_row_that_has_none_and_into_no_other(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = begin(&desk).await;
        type_rows(&desk, &sheet, &[["", "路灯坏了", "", "", ""], ["G02-M01", "井盖响", "", "", ""], ["", "示例网格G01-M02 漏水", "", "", ""], ["", "门坏了", "", "", ""]]).await;
        let page = desk.get(&sheet).await.body;
        assert!(page.contains("有 2 行没有地点"), "{page}");
        let path = format!("{sheet}/place");
        let nowhere = desk.post(&path, &[("place", " ")]).await;
        assert_eq!(nowhere.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", nowhere.body);
        let unknown = desk.post(&path, &[("place", "乱写的地方")]).await;
        assert_eq!(unknown.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", unknown.body);
        assert!(unknown.body.contains("没认出这是本社区的哪个地方") && unknown.body.contains("value=\"乱写的地方\""), "{}", unknown.body);
        let placed = desk.post(&path, &[("place", "G01-M01 3 号楼")]).await;
        assert_eq!(placed.header("location"), format!("{sheet}?placed=2"));
        let page = desk.get(placed.header("location")).await.body;
        assert!(page.contains("已给 2 行填上地点") && page.contains("可以派单 4 条") && !page.contains("行没有地点"), "{page}");
        assert_eq!(page.matches("<td data-label=\"地点\">G01-M01 3 号楼").count(), 2, "{page}");
        assert!(page.contains("有 2 行的地点是“G01-M01 3 号楼”"), "{page}");
        let moved = desk.post(&path, &[("place", "G01-M02"), ("instead", "G01-M01 3 号楼")]).await;
        assert_eq!(moved.header("location"), format!("{sheet}?placed=2"), "as long as they are drafts: {}", moved.body);
        assert!(!desk.get(&sheet).await.body.contains("G01-M01 3 号楼"));
    }

    async fn a_row_that_tells_of_two_dangers_names_both_numbers(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = begin(&desk).await;
        type_rows(&desk, &sheet, &[["G01-M01", "有煤气味，老人晕倒了", "", "", ""]]).await;
        let page = desk.get(&sheet).await.body;
        assert!(page.contains("请先打 120") && page.contains("请先打 119"), "{page}");
    }

    async fn a_row_that_was_sent_goes_on_saying_who_has_it_and_how_to_reach_whoever_told_it(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = begin(&desk).await;
        type_rows(&desk, &sheet, &[["G01-M01 3 号楼", "楼下暴露垃圾", "李示例", "10012345678", "暴露垃圾"]]).await;
        send(&desk, &sheet).await;
        let page = desk.get(&sheet).await.body;
        let row = page.split("<tr id=\"row-1\">").nth(1).and_then(|rest| rest.split("</tr>").next()).expect("the row");
        assert!(row.contains(&office.name_of("worker-01")), "{row}");
        assert!(row.contains("100****5678") && !row.contains("10012345678"), "{row}");
    }

    async fn an_address_that_cannot_be_read_leads_nowhere_and_says_nothing_of_something_sent_in(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        for path in ["/sheets/abc", "/map?level=zzz", "/map?state=zzz"] {
            let answer = desk.get(path).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}: {}", answer.body);
            assert!(!answer.body.contains("这次提交看不懂"), "{path}: {}", answer.body);
        }
        let sent = desk.post("/sheets/abc/send", &[]).await;
        assert_eq!(sent.status, StatusCode::BAD_REQUEST, "{}", sent.body);
    }

    async fn whoever_is_slower_on_a_row_keeps_what_they_typed(database: Database) {
        let office = Office::furnish(database).await;
        let (desk, other) = (office.sign_in("desk").await, office.sign_in("desk-02").await);
        let sheet = begin(&desk).await;
        type_rows(&desk, &sheet, &[["G01-M01", "路灯不亮", "李示例", "10012345678", ""]]).await;
        let row = format!("{sheet}/rows/1");
        let version = form::value(&other.get(&row).await.body, "version").expect("a version");
        let form = |words: &'static str| vec![("version", version.clone()), ("place", "G01-M02".into()), ("words", words.to_owned())];
        let borrowed = |form: &[(&'static str, String)]| form.iter().map(|(name, text)| (*name, text.clone())).collect::<Vec<_>>();
        let first = borrowed(&form("路灯全灭"));
        let first: Vec<(&str, &str)> = first.iter().map(|(name, text)| (*name, text.as_str())).collect();
        assert_eq!(desk.post(&row, &first).await.status, StatusCode::SEE_OTHER);
        let late = borrowed(&form("路灯闪烁"));
        let late: Vec<(&str, &str)> = late.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let refused = other.post(&row, &late).await;
        assert_eq!(refused.status, StatusCode::PRECONDITION_FAILED);
        assert!(refused.body.contains("路灯闪烁") && refused.body.contains("改过这一行"), "{}", refused.body);
        assert!(refused.body.contains(&office.name_of("desk")) || refused.body.contains(&office.name_of("desk-02")), "who was faster: {}", refused.body);
        let kept = desk.get(&sheet).await.body;
        assert!(kept.contains("路灯全灭") && kept.contains("100****5678"), "a contact that was not typed again stays: {kept}");

        assert_eq!(send(&desk, &sheet).await, (1, 0));
        let version = form::value(&refused.body, "version").expect("the newer version");
        let gone = other.post(&row, &[("version", version.as_str()), ("place", "x"), ("words", "x")]).await;
        assert_eq!(gone.status, StatusCode::PRECONDITION_FAILED);
        assert!(gone.body.contains("派出这一行，不能再改"), "{}", gone.body);
        let dropped = other.post(&format!("{sheet}/drop"), &[]).await;
        assert_eq!(dropped.status, StatusCode::UNPROCESSABLE_ENTITY, "what was sent is not forgotten");
    }

    async fn a_lead_sends_only_into_their_own_grid_and_sees_only_their_own_sheets(database: Database) {
        let office = Office::furnish(database).await;
        let (lead, other) = (office.sign_in("lead-01").await, office.sign_in("lead-02").await);
        let sheet = begin(&lead).await;
        type_rows(&lead, &sheet, &[["G01-M01", "楼下暴露垃圾", "", "", "20110"], ["G02-M01", "桥头暴露垃圾", "", "", "20110"]]).await;
        assert_eq!(other.get(&sheet).await.status, StatusCode::NOT_FOUND);
        assert_eq!(other.post(&format!("{sheet}/send"), &[]).await.status, StatusCode::NOT_FOUND);
        assert!(!other.get("/sheets").await.body.contains("四月来件"));
        assert_eq!(send(&lead, &sheet).await, (2, 0));
        let desk = office.sign_in("desk").await;
        assert_eq!(desk.numbers_of_file("state=dispatched").await.len(), 1);
        assert_eq!(desk.numbers_of_file("state=reported").await.len(), 1);
        let worker = office.sign_in("worker-01").await;
        let drafts = begin(&worker).await;
        assert_eq!(worker.post(&format!("{drafts}/send"), &[]).await.status, StatusCode::FORBIDDEN);
        assert_eq!(office.sign_in("steward-01").await.get("/sheets").await.status, StatusCode::FORBIDDEN);
    }

    async fn a_number_in_the_words_of_a_row_is_offered_as_the_phone(database: Database) {
        let office = Office::furnish(database).await;
        let desk = office.sign_in("desk").await;
        let sheet = begin(&desk).await;
        type_rows(&desk, &sheet, &[["G01-M01", "路灯坏了，打13800001234", "", "", ""], ["G01-M01", "井盖响，打13800001234", "", "10012345678", ""]]).await;
        let page = desk.get(&sheet).await.body;
        assert_eq!(page.matches("诉求里写了 138****1234").count(), 1, "only where no phone was typed: {page}");
        assert!(!page.contains("13800001234"), "{page}");
        let row = format!("{sheet}/rows/1");
        let shown = desk.get(&row).await.body;
        assert!(shown.contains("把诉求里写的 138****1234 用作联系电话"), "{shown}");
        let version = form::value(&shown, "version").expect("a version");
        let used = form::value(&shown, "use_phone").expect("the number");
        let typed = [("version", version.as_str()), ("place", "G01-M01"), ("words", "路灯坏了，打13800001234"), ("name", ""), ("phone", ""), ("category", ""), ("use_phone", &used)];
        let kept = desk.post(&row, &typed).await;
        assert_eq!(kept.status, StatusCode::SEE_OTHER, "{}", kept.body);
        assert!(!desk.get(&sheet).await.body.contains("诉求里写了"));
        let again = desk.get(&row).await.body;
        assert!(again.contains("138****1234") && !again.contains("use_phone"), "{again}");
    }
}

#[tokio::test]
async fn five_hundred_rows_with_a_fault_each_are_all_told_and_none_is_sent() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    let sheet = begin(&desk).await;
    let faulty = |n: usize| match n % 4 {
        0 => format!("G09-M09\t第 {n} 张\t\t\t"),
        1 => "G01-M01\t\t李示例\t\t".to_owned(),
        2 => format!("G01-M01\t第 {n} 张\t\t12\t"),
        _ => format!("G01-M01\t第 {n} 张\t\t\t没有这一类"),
    };
    let pasted = (1..=500).map(faulty).collect::<Vec<_>>().join("\n");
    let key = key(&desk, &sheet).await;
    let form = [("key", key.as_str()), ("pasted", pasted.as_str())];
    let kept = desk.post(&format!("{sheet}/rows"), &form).await;
    assert_eq!(kept.header("location"), format!("{sheet}?kept=500"));
    let page = desk.get(&sheet).await.body;
    for said in [
        "可以派单 0 条，要先改 500 条，已派 0 条",
        "第 1、5、9、13、17、21 等 125 行，诉求：请写几句话",
        "第 4、8、12、16、20、24 等 125 行，地点：没有这个网格",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
    assert_eq!(
        page.matches("等 125 行").count(),
        4,
        "each fault once: {page}"
    );
    assert!(
        !page.contains(&format!("{sheet}/send")),
        "there is nothing to send: {page}"
    );
    let last = desk.get(&format!("{sheet}?show=faulty&page=10")).await.body;
    assert!(last.contains("id=\"row-500\""), "{last}");
    assert_eq!(send(&desk, &sheet).await, (0, 0));
    assert!(desk.numbers_of_file("").await.is_empty());
}

/// `地点,诉求 / G01-M01,路灯不亮` in GB18030.
const OLD_CSV: &[u8] =
    b"\xb5\xd8\xb5\xe3,\xcb\xdf\xc7\xf3\nG01-M01,\xc2\xb7\xb5\xc6\xb2\xbb\xc1\xc1\n";

#[tokio::test]
async fn a_file_of_an_old_office_program_is_read_and_forbidden_columns_are_dropped_and_told() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    let sheet = begin(&desk).await;
    let path = format!("{sheet}/rows");
    let key = key(&desk, &sheet).await;
    let read = desk
        .post_file(&path, &[("key", &key)], ("file", OLD_CSV))
        .await;
    assert_eq!(read.status, StatusCode::SEE_OTHER, "{}", read.body);
    assert!(desk.get(&sheet).await.body.contains("路灯不亮"));

    let book = books::written(|page| {
        page.merge_range(
            0,
            0,
            0,
            3,
            "网格收集表（示例）",
            &rust_xlsxwriter::Format::new(),
        )
        .expect("a title");
        for (column, name) in (0..).zip(["政治面貌", "内容", "小区", "电话"]) {
            page.write_string(1, column, name).expect("a cell");
        }
        for (column, text) in (0..).zip(["示例", "垃圾桶满了", "示例网格G02-M02", "10012345678"])
        {
            page.write_string(2, column, text).expect("a cell");
        }
    });
    let told = desk
        .post_file(&path, &[("key", "second")], ("file", &book))
        .await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.body);
    assert!(
        told.body
            .contains("第 2 行，“政治面貌”栏：提醒：这一栏属于不许收集的内容"),
        "{}",
        told.body
    );
    assert!(
        told.body.contains("垃圾桶满了") && told.body.contains("可以派单 2 条"),
        "{}",
        told.body
    );
}

#[tokio::test]
async fn hostile_and_broken_files_are_told_by_row_and_column_and_change_nothing() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    let sheet = begin(&desk).await;
    let formula = books::linked();
    let wide = books::written(|page| {
        page.write_string(1_000_000, 0, "远").expect("a cell");
    });
    let files: [(&[u8], &str); 6] = [
        (&formula, "第 2 行，“B”栏：错误：单元格里是公式"),
        (&wide, "表太大"),
        (b"PK\x03\x04 no workbook", "文件打不开"),
        (b"\xff\xff\xff\xff", "文字编码认不出"),
        (
            "电话,地点\n1,2\n".as_bytes(),
            "第 1 行，“诉求”栏：错误：缺少这一栏",
        ),
        (
            "地点,诉求\nG01-M01,\"路灯坏了\nG01-M02,井盖响\n".as_bytes(),
            "第 2 行：错误：这一行有一个引号没有成对",
        ),
    ];
    for (n, (file, said)) in files.into_iter().enumerate() {
        let key = n.to_string();
        let typed = [("key", key.as_str()), ("pasted", "G01-M01\t这一行还在")];
        let refused = desk
            .post_file(&format!("{sheet}/rows"), &typed, ("file", file))
            .await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{said}");
        assert!(refused.body.contains(said), "{said}: {}", refused.body);
        assert!(
            refused.body.contains("这一行还在</textarea>"),
            "what was pasted stays: {}",
            refused.body
        );
        assert!(
            refused.body.contains("可以派单 0 条，要先改 0 条"),
            "nothing was kept: {}",
            refused.body
        );
    }
}

#[tokio::test]
async fn the_sheet_speaks_english_too_and_says_what_is_only_worth_knowing() {
    let office = Office::furnish(Database::sqlite().await).await;
    let desk = office.sign_in("desk").await;
    let sheet = begin(&desk).await;
    type_rows(
        &desk,
        &sheet,
        &[
            ["桥洞下面", "有人落水", "", "", ""],
            ["桥洞下面", "有人落水！", "", "", ""],
            ["G09-M09", "x", "", "", ""],
        ],
    )
    .await;
    let page = desk.get_in("en", &sheet).await.body;
    for said in [
        "Can be sent: 2; need a change first: 1; sent: 0.",
        "No grid was recognised; the desk will find out where it is",
        "The same as row 1",
        "This may be dangerous: call 1",
        "Row 3, Place: There is no such grid",
    ] {
        assert!(page.contains(said), "{said}: {page}");
    }
}
