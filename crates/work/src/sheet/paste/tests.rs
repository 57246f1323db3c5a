//! Tables, lists and chats as people paste them.

use super::*;

fn all(text: &str) -> Read {
    pasted(text).unwrap_or_else(|problems| panic!("{:?}", problems[0].code))
}

fn read(text: &str) -> Vec<[String; 5]> {
    let rows = all(text).rows;
    let clear = |text: &Option<Pii<String>>| {
        text.as_ref()
            .map(|text| text.reveal().clone())
            .unwrap_or_default()
    };
    rows.iter()
        .map(|row| {
            let (name, phone) = (clear(&row.name), clear(&row.phone));
            [
                row.place.clone(),
                row.words.clone(),
                name,
                phone,
                row.category.clone(),
            ]
        })
        .collect()
}

fn cells(cells: [&str; 5]) -> [String; 5] {
    cells.map(str::to_owned)
}

#[test]
fn rows_of_a_workbook_come_parted_by_tabs_with_quoted_line_breaks() {
    let rows = read("G01-M01\t\"路灯不亮\n晚上很黑\"\t李示例\t10012345678\n芙蓉里 3 栋\t井盖松动");
    assert_eq!(
        rows[0],
        cells(["G01-M01", "路灯不亮\n晚上很黑", "李示例", "10012345678", ""])
    );
    assert_eq!(rows[1], cells(["芙蓉里 3 栋", "井盖松动", "", "", ""]));
}

#[test]
fn a_header_puts_columns_in_any_order_and_forbidden_ones_are_dropped_and_told() {
    let Read { rows, warnings, .. } =
        all("电话,民族,诉求内容,所属网格,地址\n10012345678,示例,路灯不亮,G01-M01,3 号楼");
    assert_eq!(
        (rows[0].place.as_str(), rows[0].words.as_str()),
        ("G01-M01 3 号楼", "路灯不亮")
    );
    let told: Vec<_> = warnings
        .iter()
        .map(|one| (one.row, one.column.as_deref(), one.code))
        .collect();
    assert_eq!(told, [(Some(1), Some("民族"), "column-forbidden")]);
}

#[test]
fn lines_of_a_chat_are_words_and_a_point_in_front_is_one_place() {
    assert_eq!(
        read("芙蓉里3栋路灯坏了\n\n井盖响"),
        [
            cells(["", "芙蓉里3栋路灯坏了", "", "", ""]),
            cells(["", "井盖响", "", "", ""]),
        ]
    );
    assert_eq!(
        read("103.605,30.605,路灯不亮")[0],
        cells(["103.605,30.605", "路灯不亮", "", "", ""])
    );
}

#[test]
fn who_wrote_in_a_chat_is_the_name_of_what_follows_and_what_was_left_out_is_told() {
    let text = "张示例 2026-11-28 09:12\n芙蓉里3栋路灯坏了\n[图片]\n李示例：\n井盖响";
    assert_eq!(
        read(text),
        [
            cells(["", "芙蓉里3栋路灯坏了 [图片]", "张示例", "", ""]),
            cells(["", "井盖响", "李示例", "", ""]),
        ]
    );
    let parted = "张示例 09:12\nG01-M01,路灯坏了\n[图片]\n\n李示例：\nG01-M02,井盖响";
    assert_eq!(
        read(parted),
        [
            cells(["G01-M01", "路灯坏了 [图片]", "张示例", "", ""]),
            cells(["G01-M02", "井盖响", "李示例", "", ""]),
        ]
    );
    let told: Vec<_> = all(text)
        .warnings
        .iter()
        .map(|one| (one.code, one.severity))
        .collect();
    let warning = Severity::Warning;
    assert_eq!(
        told,
        [("chat-headings", warning), ("chat-pictures", warning)]
    );
    let read = all("[图片]\n[图片]");
    assert!(read.rows.is_empty() && read.warnings.len() == 1);
    assert_eq!(read.left_out.len(), 2, "nothing is left of it");
}

#[test]
fn a_chat_of_qq_is_read_with_its_numbers_and_its_own_lines_left_out() {
    let text = "2026-11-30 08:12:13 【管理员】张示例(12345)\n芙蓉里3栋路灯坏了\n[图片]\n\n张示例 撤回了一条消息\n\n\
                2026-11-30 08:15:02 李示例(67890)\n井盖响，晚上睡不着\n李示例 退出了群聊";
    assert_eq!(
        read(text),
        [
            cells(["", "芙蓉里3栋路灯坏了 [图片]", "张示例", "", ""]),
            cells(["", "井盖响，晚上睡不着", "李示例", "", ""]),
        ]
    );
    let told: Vec<_> = all(text)
        .warnings
        .iter()
        .map(|one| (one.code, one.args[0].1.clone()))
        .collect();
    let wanted = [
        ("chat-headings", "2"),
        ("chat-system", "2"),
        ("chat-pictures", "1"),
    ];
    assert_eq!(told, wanted.map(|(code, n)| (code, n.to_owned())));
    let lines: Vec<_> = all(text).left_out.into_iter().map(|one| one.line).collect();
    assert_eq!(lines, [1, 3, 5, 7, 9]);
}

#[test]
fn a_chat_of_wechat_is_read_between_its_times_and_separators() {
    let text = "昨天 20:15\n\n张示例：\n半夜施工\n太吵了\n\n————以下是新消息————\n\n星期一 09:12\n\"张示例\"邀请\"王示例\"加入了群聊\n\
                王示例：\n[照片][照片]\n垃圾桶满了";
    assert_eq!(
        read(text),
        [
            cells(["", "半夜施工\n太吵了", "张示例", "", ""]),
            cells(["", "垃圾桶满了 [照片][照片]", "王示例", "", ""]),
        ]
    );
}

#[test]
fn lines_with_a_name_in_front_of_the_words_are_notes_of_that_name() {
    let text = "张示例：3栋路灯坏了,晚上很黑\n三天了\n\u{1F44D}\n李示例: 井盖响\n[红包]恭喜发财，大吉大利\n地点：3栋门口";
    assert_eq!(
        read(text),
        [
            cells(["", "3栋路灯坏了,晚上很黑\n三天了", "张示例", "", ""]),
            cells(["", "井盖响\n地点：3栋门口", "李示例", "", ""]),
        ]
    );
    let lines: Vec<_> = all(text).left_out.into_iter().map(|one| one.line).collect();
    assert_eq!(lines, [3, 5]);
    assert_eq!(
        read("消防通道：被堵\n电梯：坏了"),
        [
            cells(["", "消防通道：被堵", "", "", ""]),
            cells(["", "电梯：坏了", "", "", ""]),
        ]
    );
}

#[test]
fn an_answer_under_a_name_without_a_time_keeps_its_name_and_loses_the_quotation() {
    for text in [
        "王示例：\n\"张示例：\n3栋灯坏了\"\n------\n我家也是\n2单元",
        "王示例：「张示例：3栋灯坏了」\n- - - - - -\n我家也是\n2单元",
        "王示例 18:05\n「张示例：他说\n「明天修」\n没人来」\n━━━━━━\n我家也是\n2单元",
    ] {
        assert_eq!(
            read(text),
            [cells(["", "我家也是\n2单元", "王示例", "", ""])],
            "{text}"
        );
    }
}

#[test]
fn chats_of_dingtalk_and_wecom_are_read_and_who_has_read_a_message_is_left_out() {
    let text = "张示例 11月30日 08:12\n路灯坏了\n3人未读\n李示例@示例物业 11/30 08:15:02\n已派人去看\n全部已读\n\
                2026-11-30 08:20:00 王示例: 井盖响";
    assert_eq!(
        read(text),
        [
            cells(["", "路灯坏了", "张示例", "", ""]),
            cells(["", "已派人去看", "李示例", "", ""]),
            cells(["", "井盖响", "王示例", "", ""]),
        ]
    );
}

#[test]
fn a_sentence_with_many_commas_and_a_quotation_that_nobody_ended_lose_no_words() {
    assert_eq!(
        read("3栋,停水,很久了,没人管,老人多,请快来")[0],
        cells(["", "3栋,停水,很久了,没人管,老人多,请快来", "", "", ""])
    );
    assert_eq!(
        read("G01-M01,\"路灯坏了\nG01-M02,井盖响"),
        [
            cells(["G01-M01", "\"路灯坏了", "", "", ""]),
            cells(["G01-M02", "井盖响", "", "", ""]),
        ]
    );
}

#[test]
fn a_header_without_words_and_too_many_rows_are_refused_whole() {
    let refused = |text: &str| pasted(text).err().map(|problems| problems[0].code);
    assert_eq!(refused("电话,地点\n1,2"), Some("column-missing"));
    assert_eq!(
        refused(&"字\n".repeat(ROWS_MAX + 1)),
        Some("sheet-too-long")
    );
}
