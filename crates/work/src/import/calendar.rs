//! The holiday notice of a year, as JSON in the layout of the holiday-cn collection. All communities share it. Deadlines
//! that were provisional for want of it are reckoned again at once, each change an event of its case.

use std::collections::HashMap;

use rules::calendar::{NoticeError, YearNotice};
use rules::journal::{Event, HouseEvent};
use serde_json::{Value, json};
use store::Unit;
use store::community::INSTALLATION;
use store::journal::Note;

use super::{Problem, Summary};
use crate::{Error, House};

/// The largest file, in bytes.
const FILE: usize = 1024 * 1024;

/// Takes in a year's notice.
///
/// # Errors
/// `Store` if the database fails. What is wrong with the file stands in the summary.
pub async fn calendar(house: &House, file: &[u8], dry_run: bool) -> Result<Summary, Error> {
    let (text, notice) = match read(file) {
        Ok(read) => read,
        Err(problems) => return Ok(Summary::refused(problems)),
    };
    let year = notice.year();
    let kept = house
        .store
        .reader()
        .notices()
        .await?
        .into_iter()
        .find(|(kept, _)| *kept == i64::from(year));
    let mut summary = Summary::default();
    match kept.map(|(_, text)| YearNotice::parse(&text)) {
        Some(Ok(same)) if same == notice => {
            summary.same = 1;
            return Ok(summary);
        }
        Some(_) => summary.changed = 1,
        None => summary.added = 1,
    }
    if !dry_run {
        keep(house, year, text).await?;
        let moved = crate::case::recompute(house, year).await?;
        if moved > 0 {
            let said = Problem::file("deadlines-recomputed").as_warning();
            summary.problems.push(said.with("n", moved));
        }
    }
    Ok(summary)
}

async fn keep(house: &House, year: i32, text: String) -> Result<(), Error> {
    let now = house.clock.now();
    let kept = house.store.unit(INSTALLATION, async move |unit: &Unit| {
        unit.save_notice(year, &text, now).await?;
        unit.all_nets_changed().await?;
        unit.note(Note {
            at: now,
            occurred_at: None,
            actor: None,
            role: "admin",
            subject: None,
            event: Event::House(HouseEvent::CalendarLoaded { year }),
        });
        Ok::<(), store::Error>(())
    });
    kept.await.map_err(Error::from)?;
    house.refresh_net().await
}

fn read(file: &[u8]) -> Result<(String, YearNotice), Vec<Problem>> {
    let whole = |code| vec![Problem::file(code)];
    if file.trim_ascii().is_empty() {
        return Err(whole("file-empty"));
    }
    let text = std::str::from_utf8(file).map_err(|_| whole("not-a-notice"))?;
    let text = text.trim_start_matches('\u{feff}');
    if !text.trim_start().starts_with('{') {
        return Err(whole("not-a-notice"));
    }
    if file.len() > FILE {
        return Err(vec![Problem::file("file-too-large").with("mebibytes", 1)]);
    }
    let notice = YearNotice::parse(text).map_err(|first| faults(text, &first))?;
    if !notice.is_published() {
        return Err(vec![
            Problem::file("notice-empty").with("year", notice.year()),
        ]);
    }
    Ok((text.to_owned(), notice))
}

/// Everything that is wrong with a notice that cannot be used, entry by entry.
fn faults(text: &str, first: &NoticeError) -> Vec<Problem> {
    let Ok(json) = serde_json::from_str::<Value>(text) else {
        return vec![layout(first)];
    };
    let days = match (json.get("year"), json.get("days")) {
        (None, None) => return vec![Problem::file("not-a-notice")],
        (_, Some(Value::Array(days))) => days.as_slice(),
        (Some(_), _) | (None, Some(_)) => return vec![layout(first)],
    };
    let whole = json!({"year": json.get("year"), "papers": json.get("papers").unwrap_or(&json!([])), "days": []});
    let mut problems: Vec<Problem> = judged(&whole).err().iter().map(layout).collect();
    let year = json.get("year").filter(|_| problems.is_empty());
    let mut seen = HashMap::new();
    for (number, day) in (1..).zip(days) {
        let date = day.get("date").and_then(Value::as_str).unwrap_or_default();
        // where the notice does not say its year, the date's own will do
        let own = date.get(..4).and_then(|year| year.parse::<i32>().ok());
        let own = Value::from(own.unwrap_or_default());
        let alone = json!({"year": year.unwrap_or(&own), "papers": [], "days": [day]});
        if let Err(fault) = judged(&alone) {
            problems.push(entry(number, date, &fault));
        } else if let Some(first) = seen.insert(date, number) {
            seen.insert(date, first);
            let problem = Problem::row(number, "days", "date-twice");
            problems.push(problem.with("text", date).with("first", first));
        }
    }
    if problems.is_empty() {
        problems.push(layout(first));
    }
    problems
}

fn judged(notice: &Value) -> Result<YearNotice, NoticeError> {
    YearNotice::parse(&notice.to_string())
}

/// A fault of one entry; a layout that is wrong there is told with its reason.
fn entry(number: usize, date: &str, fault: &NoticeError) -> Problem {
    let problem = Problem::row(number, "days", code_of(fault)).with("text", date);
    match fault {
        NoticeError::Layout(why) => problem.with("why", why),
        NoticeError::Date { .. } | NoticeError::OtherYear { .. } | NoticeError::Twice { .. } => {
            problem
        }
    }
}

fn layout(fault: &NoticeError) -> Problem {
    Problem::file("notice-unreadable").with("why", fault)
}

fn code_of(fault: &NoticeError) -> &'static str {
    match fault {
        NoticeError::Layout(_) => "notice-unreadable",
        NoticeError::Date { .. } => "date-malformed",
        NoticeError::OtherYear { .. } => "date-of-other-year",
        NoticeError::Twice { .. } => "date-twice",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_faulty_entry_is_told_by_its_number_in_the_file() {
        let day = |date: &str| format!(r#"{{"name":"元旦","date":"{date}","isOffDay":true}}"#);
        let days = ["2026-02-30", "2026-01-01", "2024-01-01", "2026-01-01", "x"]
            .map(day)
            .join(",");
        let file = format!(r#"{{"year":2026,"papers":[],"days":[{days}]}}"#);
        let problems = read(file.as_bytes()).expect_err("four faults");
        let found: Vec<_> = problems
            .iter()
            .map(|one| (one.row.unwrap_or(0), one.code))
            .collect();
        let wanted = [
            (1, "date-malformed"),
            (3, "date-of-other-year"),
            (4, "date-twice"),
            (5, "date-malformed"),
        ];
        assert_eq!(found, wanted);
    }

    #[test]
    fn an_entry_that_is_no_day_hides_no_other_fault() {
        let days = r#"{"name":"元旦","date":"2026-01-01","isOffDay":"ja"},{"name":"元旦"},7,
            {"name":"元旦","date":"2026-13-01","isOffDay":true}"#;
        let told = |head: &str| {
            let problems =
                read(format!("{{{head}\"days\":[{days}]}}").as_bytes()).expect_err("faults");
            let told: Vec<_> = problems.iter().map(|one| (one.row, one.code)).collect();
            told
        };
        let entries = [
            (Some(1), "notice-unreadable"),
            (Some(2), "notice-unreadable"),
            (Some(3), "notice-unreadable"),
            (Some(4), "date-malformed"),
        ];
        assert_eq!(told("\"year\":2026,"), entries);
        let without_year = [&[(None, "notice-unreadable")][..], &entries[..]].concat();
        assert_eq!(told(""), without_year);
    }

    #[test]
    fn what_is_no_notice_is_told_so() {
        let code = |file: &[u8]| read(file).expect_err("none")[0].code;
        assert_eq!(code(b"\xff\xd8\xff\xe0\x00"), "not-a-notice");
        assert_eq!(code(b"PK\x03\x04"), "not-a-notice");
        assert_eq!(code("2026年放假安排".as_bytes()), "not-a-notice");
        assert_eq!(
            code(br#"{"type":"FeatureCollection","features":[]}"#),
            "not-a-notice"
        );
        assert_eq!(code(b" \n"), "file-empty");
    }

    #[test]
    fn a_file_that_says_nothing_of_its_year_is_refused() {
        let problems = read(br#"{"year":2027,"papers":[],"days":[]}"#).expect_err("empty");
        assert_eq!(problems[0].code, "notice-empty");
    }
}
