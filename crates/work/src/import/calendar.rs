//! The holiday notice of a year, as JSON in the layout of the holiday-cn collection. All communities share it. Deadlines
//! that were provisional for want of it are reckoned again at once, each change an event of its case.

use rules::calendar::{NoticeError, YearNotice};
use rules::journal::{Event, HouseEvent};
use serde_json::Value;
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
    if file.len() > FILE {
        return Err(vec![Problem::file("file-too-large").with("mebibytes", 1)]);
    }
    let text = std::str::from_utf8(file).map_err(|_| vec![Problem::file("encoding-unknown")])?;
    let notice = YearNotice::parse(text).map_err(|first| faults(text, first))?;
    if !notice.is_published() {
        return Err(vec![
            Problem::file("notice-empty").with("year", notice.year()),
        ]);
    }
    Ok((text.to_owned(), notice))
}

/// Every faulty entry: each one found is set aside, and the rest is read again.
fn faults(text: &str, first: NoticeError) -> Vec<Problem> {
    let Ok(mut json) = serde_json::from_str::<Value>(text) else {
        return vec![layout(&first)];
    };
    let (mut problems, mut next, mut aside) = (Vec::new(), Some(first), Vec::new());
    while let Some(fault) = next.take() {
        let Some(entry) = entry_of(&fault) else {
            problems.push(layout(&fault));
            break;
        };
        // Entries that were set aside before this one have moved it up.
        let mut number = entry;
        for gone in &aside {
            number += usize::from(*gone <= number);
        }
        aside.push(number);
        aside.sort_unstable();
        problems.push(Problem::row(number, "days", code_of(&fault)).with("why", &fault));
        let Some(days) = json.get_mut("days").and_then(Value::as_array_mut) else {
            break;
        };
        days.remove(entry - 1);
        next = YearNotice::parse(&json.to_string()).err();
    }
    problems
}

fn layout(fault: &NoticeError) -> Problem {
    Problem::file("notice-unreadable").with("why", fault)
}

fn entry_of(fault: &NoticeError) -> Option<usize> {
    match fault {
        NoticeError::Layout(_) => None,
        NoticeError::Date { entry, .. }
        | NoticeError::OtherYear { entry, .. }
        | NoticeError::Twice { entry, .. } => Some(*entry),
    }
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
    fn a_file_that_says_nothing_of_its_year_is_refused() {
        let problems = read(br#"{"year":2027,"papers":[],"days":[]}"#).expect_err("empty");
        assert_eq!(problems[0].code, "notice-empty");
    }
}
