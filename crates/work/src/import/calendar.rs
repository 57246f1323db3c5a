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
use crate::{Error, House, task};

/// The largest file, in bytes.
const FILE: usize = 1024 * 1024;

/// Takes in a year's notice.
///
/// # Errors
/// `Store` if the database fails. What is wrong with the file stands in the summary.
#[task]
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
    let notice = YearNotice::parse(text).map_err(|_| faults(text))?;
    if !notice.is_published() {
        return Err(vec![
            Problem::file("notice-empty").with("year", notice.year()),
        ]);
    }
    Ok((text.to_owned(), notice))
}

/// Everything that is wrong with a notice that cannot be used: the line where it stops to be JSON, or every field, entry by
/// entry.
fn faults(text: &str) -> Vec<Problem> {
    let json: Value = match serde_json::from_str(text) {
        Ok(json) => json,
        Err(error) => return vec![broken(&error)],
    };
    if json.get("year").is_none() && json.get("days").is_none() {
        return vec![Problem::file("not-a-notice")];
    }
    let mut problems: Vec<Problem> = TOP.iter().filter_map(|field| field.fault(&json)).collect();
    let year = json.get("year").and_then(Value::as_i64);
    let days = json.get("days").and_then(Value::as_array);
    let mut seen = HashMap::new();
    for (number, day) in (1..).zip(days.into_iter().flatten()) {
        if !day.is_object() {
            problems.push(Problem::row(number, "days", "field-shape"));
            continue;
        }
        let shape = DAY.iter().filter_map(|field| field.fault(day));
        problems.extend(shape.map(|problem| at(problem, number)));
        let Some(date) = day.get("date").and_then(Value::as_str) else {
            continue;
        };
        let wrong = |code| Problem::row(number, "date", code).with("text", date);
        if let Err(code) = judged(date, year) {
            problems.push(wrong(code));
        } else if let Some(first) = seen.get(date) {
            problems.push(wrong("date-twice").with("first", first));
        } else {
            seen.insert(date, number);
        }
    }
    if problems.is_empty() {
        problems.push(Problem::file("notice-unreadable"));
    }
    problems
}

/// Where a file stops to be JSON.
fn broken(error: &serde_json::Error) -> Problem {
    let line = Problem::row(error.line(), "", "json-broken");
    line.with("character", error.column())
}

/// A field of the layout, and what it has to hold.
struct Field {
    name: &'static str,
    fits: fn(&Value) -> bool,
    needed: bool,
}

const TOP: [Field; 3] = [
    Field {
        name: "year",
        fits: |value| {
            value
                .as_i64()
                .is_some_and(|year| i32::try_from(year).is_ok())
        },
        needed: true,
    },
    Field {
        name: "papers",
        fits: |value| {
            let papers = value.as_array();
            papers.is_some_and(|papers| papers.iter().all(Value::is_string))
        },
        needed: false,
    },
    Field {
        name: "days",
        fits: Value::is_array,
        needed: true,
    },
];

const DAY: [Field; 3] = [
    Field {
        name: "name",
        fits: Value::is_string,
        needed: true,
    },
    Field {
        name: "date",
        fits: Value::is_string,
        needed: true,
    },
    Field {
        name: "isOffDay",
        fits: Value::is_boolean,
        needed: true,
    },
];

impl Field {
    fn fault(&self, of: &Value) -> Option<Problem> {
        let code = match of.get(self.name) {
            None if self.needed => "field-missing",
            Some(value) if !(self.fits)(value) => "field-shape",
            _ => return None,
        };
        let mut problem = Problem::file(code);
        problem.column = Some(self.name.to_owned());
        Some(problem)
    }
}

fn at(problem: Problem, number: usize) -> Problem {
    Problem {
        row: Some(number),
        ..problem
    }
}

/// What is wrong with a date of the notice. Where the notice does not say its year, the date's own will do.
fn judged(date: &str, year: Option<i64>) -> Result<(), &'static str> {
    let own = || date.get(..4).and_then(|year| year.parse().ok());
    let year = year.or_else(own).unwrap_or_default();
    let day = json!({"name": "", "date": date, "isOffDay": true});
    let alone = json!({"year": year, "papers": [], "days": [day]});
    match YearNotice::parse(&alone.to_string()) {
        Err(NoticeError::Date { .. }) => Err("date-malformed"),
        Err(NoticeError::OtherYear { .. }) => Err("date-of-other-year"),
        // a year that can be none is told once, as a field
        Ok(_) | Err(NoticeError::Layout(_) | NoticeError::Twice { .. }) => Ok(()),
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
    fn every_field_of_every_entry_is_told_by_its_name_and_hides_no_other_fault() {
        let days = r#"{"name":"元旦","date":"2026-01-01","isOffDay":"ja"},{"name":7},7,
            {"name":"元旦","date":"2026-13-01","isOffDay":true}"#;
        let told = |head: &str| {
            let problems =
                read(format!("{{{head}\"days\":[{days}]}}").as_bytes()).expect_err("faults");
            let told = problems.into_iter();
            told.map(|one| (one.row, one.column.unwrap_or_default(), one.code))
                .collect::<Vec<_>>()
        };
        let at = |row, column: &str, code| (row, column.to_owned(), code);
        let entries = [
            at(Some(1), "isOffDay", "field-shape"),
            at(Some(2), "name", "field-shape"),
            at(Some(2), "date", "field-missing"),
            at(Some(2), "isOffDay", "field-missing"),
            at(Some(3), "days", "field-shape"),
            at(Some(4), "date", "date-malformed"),
        ];
        assert_eq!(told("\"year\":2026,"), entries);
        let after = |mut first: Vec<_>| {
            first.extend_from_slice(&entries);
            first
        };
        let without_year = vec![at(None, "year", "field-missing")];
        assert_eq!(told(""), after(without_year));
        let odd = vec![
            at(None, "year", "field-shape"),
            at(None, "papers", "field-shape"),
        ];
        let sent = "\"year\":\"2026\",\"papers\":[1],";
        assert_eq!(told(sent), after(odd));
    }

    #[test]
    fn a_file_that_stops_to_be_json_is_told_by_the_line() {
        let problems = read(b"{\n  \"year\": 2026,\n  \"days\": [ {]\n}").expect_err("broken");
        let told: Vec<_> = problems.iter().map(|one| (one.row, one.code)).collect();
        assert_eq!(told, [(Some(3), "json-broken")]);
    }

    #[test]
    fn no_word_of_a_library_is_told_with_a_fault() {
        for file in [
            r#"{"year":"x","days":[{"date":7}]}"#,
            r#"{"year":2026,"days":{}}"#,
            r#"{"year":2026,"days":["#,
        ] {
            let problems = read(file.as_bytes()).expect_err("faulty");
            assert!(
                problems
                    .iter()
                    .all(|one| one.args.iter().all(|(name, _)| *name != "why"))
            );
        }
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
