//! Histories of cases: every fault of every row, all or nothing, twice is once.

use testkit::on_both_houses;
use work::import::{Severity, cases};

use super::{counts, errors, told};

/// A history of cases of the furnished house.
fn history(rows: &[&str]) -> Vec<u8> {
    let head = "number,occurred_at,command,actor,channel,grid,text\n";
    [head, &rows.join("\n"), "\n"].concat().into_bytes()
}

on_both_houses! {
    async fn faults_of_different_cases_are_all_told_and_none_follows_from_another(house: House) {
        let grid = "510184999001-G01-M01";
        let at = |number: &str, day: &str, rest: &str| format!("{number},2026-11-{day}T09:00:00+08:00,{rest}");
        let told_in = |number: &str, grid: &str| at(number, "02", &format!("report,reporter,resident,{grid},路灯不亮（示例）"));
        let number = |n: u32| format!("510184999001-20261102-{n:04}");
        let rows = [
            told_in(&number(1), grid),
            at(&number(1), "03", "accept,steward-01,,,"),
            at(&number(1), "04", "handle,steward-01,,,好了"),
            format!("{},gestern,report,reporter,resident,{grid},坏了", number(2)),
            at(&number(2), "03", "withdraw,reporter,,,"),
            told_in(&number(3), grid),
            at(&number(3), "03", "file,ghost,,,"),
            at(&number(3), "04", "accept,steward-01,,,"),
            told_in(&number(4), "510184999001-G77"),
            at(&number(5), "03", "withdraw,reporter,,,"),
            at(&number(5), "04", "withdraw,reporter,,,"),
            told_in(&number(3), grid),
            told_in("510184999001-20261102-000X", grid),
            at(&number(6), "03", "withdraw,reporter,,,"),
            told_in("510184999009-20261102-0001", grid),
            at(&number(7), "03", "dance,ghost,,,"),
        ];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        let summary = cases(&house, &history(&rows), false).await.expect("read");
        let places: Vec<_> = told(&summary).into_iter().map(|(row, column, _)| (row, column)).collect();
        assert_eq!(places, [
            (Some(3), Some("command")),
            (Some(5), Some("occurred_at")),
            (Some(8), Some("actor")),
            (Some(10), Some("grid")),
            (Some(11), Some("number")),
            (Some(13), Some("number")),
            (Some(14), Some("number")),
            (Some(16), Some("number")),
            (Some(17), Some("command")),
            (Some(17), Some("actor")),
        ], "{:?}", summary.problems);
        let codes: Vec<&str> = errors(&summary).into_iter().map(|(_, code)| code).collect();
        assert_eq!(codes[2..8], ["account-unknown", "grid-unknown", "case-unknown", "number-twice", "cell-unreadable", "number-elsewhere"]);
        let sound = cases(&house, &history(&rows[..1]), true).await.expect("read");
        assert_eq!((counts(&sound), sound.problems.len()), ((1, 0, 0), 0), "nothing of the faulty file was kept");
    }

    async fn a_sound_history_comes_in_once_and_twice_is_the_same(house: House) {
        let row = "510184999001-20261102-0001,2026-11-02T09:00:00+08:00,report,reporter,resident,510184999001-G01-M01,路灯不亮（示例）";
        let step = "510184999001-20261102-0001,2026-11-02T10:00:00+08:00,withdraw,reporter,,,";
        let file = history(&[row, "", step]);
        assert_eq!(counts(&cases(&house, &file, true).await.expect("read")), (1, 0, 0));
        assert_eq!(counts(&cases(&house, &file, false).await.expect("read")), (1, 0, 0));
        assert_eq!(counts(&cases(&house, &file, false).await.expect("read")), (0, 0, 1));
    }

    async fn a_result_in_a_history_is_no_answer_to_its_reporter(house: House) {
        let number = "510184999001-20261102-0001";
        let rows = [
            "number,occurred_at,command,actor,channel,grid,text,category,condition,result,photos".to_owned(),
            format!("{number},2026-11-02T09:00:00+08:00,report,reporter,resident,510184999001-G01-M01,垃圾堆在楼下（示例）"),
            format!("{number},2026-11-02T10:00:00+08:00,fix,steward-01,,,,20110,2011001,内部：老王家的,1"),
        ];
        assert_eq!(counts(&cases(&house, rows.join("\n").as_bytes(), false).await.expect("read")), (1, 0, 0));
        let (reader, desk) = (house.store.reader(), house.asker("desk").await);
        let case = reader.case_numbered(&desk.scope, house.community, &number.parse().expect("a number")).await.expect("kept").case;
        assert_eq!(reader.results(house.community, case.id).await.expect("read").len(), 1);
        let remarks = reader.remarks(house.community, case.id).await.expect("read");
        assert!(remarks.iter().all(|one| !one.for_reporter), "{remarks:?}");
    }

    async fn a_history_of_unknown_categories_of_tomorrow_or_without_words_is_refused(house: House) {
        let head = "number,occurred_at,command,actor,channel,grid,text,category\n";
        let row = |n: u32, year: u32, text: &str, category: &str| {
            format!("510184999001-{year}1102-{n:04},{year}-11-02T09:00:00+08:00,report,reporter,resident,510184999001-G01-M01,{text},{category}\n")
        };
        let file = [head, &row(1, 2026, "路灯不亮（示例）", "99999"), &row(2, 2027, "路灯不亮（示例）", ""), &row(3, 2026, "", "")].concat();
        let summary = cases(&house, file.as_bytes(), false).await.expect("read");
        assert_eq!(told(&summary), [
            (Some(2), Some("category"), "category-unknown"),
            (Some(3), Some("occurred_at"), "moment-ahead"),
            (Some(4), Some("text"), "cell-missing"),
        ]);
    }

    async fn the_row_of_a_fault_is_the_same_however_lines_end(house: House) {
        let row = |n: u32, grid: &str| {
            format!("510184999001-20261102-{n:04},2026-11-02T09:00:00+08:00,report,reporter,resident,{grid},\"路灯\n不亮（示例）\"")
        };
        let rows = [row(1, "510184999001-G01-M01"), String::new(), row(2, "510184999001-G99")];
        let text = String::from_utf8(history(&rows.each_ref().map(String::as_str))).expect("a text");
        for file in [text.clone(), text.replace('\n', "\r\n")] {
            let summary = cases(&house, file.as_bytes(), true).await.expect("read");
            assert_eq!(told(&summary), [(Some(5), Some("grid"), "grid-unknown")]);
        }
    }

    async fn a_history_says_which_columns_it_leaves_out(house: House) {
        let head = "number,occurred_at,command,actor,channel,grid,text,身份证号,心情\n";
        let row = "510184999001-20261102-0001,2026-11-02T09:00:00+08:00,report,reporter,resident,510184999001-G01-M01,路灯不亮（示例）,-,好\n";
        let summary = cases(&house, [head, row].concat().as_bytes(), false).await.expect("read");
        assert_eq!(counts(&summary), (1, 0, 0));
        let left = [(Some(1), Some("身份证号"), "column-forbidden"), (Some(1), Some("心情"), "column-unknown")];
        assert_eq!(told(&summary), left);
        assert!(summary.problems.iter().all(|one| one.severity == Severity::Warning));
    }

    async fn a_history_that_lacks_columns_is_told_all_of_them(house: House) {
        let file = "number,channel\n510184999001-20261102-0001,resident\n";
        let summary = cases(&house, file.as_bytes(), false).await.expect("read");
        let lacking = ["occurred_at", "command", "actor"].map(|name| (Some(1), Some(name), "column-missing"));
        assert_eq!(told(&summary), lacking);
    }
}
