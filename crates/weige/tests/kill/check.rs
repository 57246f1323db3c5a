//! Compares what was promised with what is there: nothing lost, nothing twice, nothing in part, the chain whole.

use std::collections::{BTreeMap, HashMap, HashSet};

use rules::access::Scope;
use rules::case::{Case, Deed};
use rules::ids::CommunityId;
use rules::journal::Event;
use store::case::{Filter, Sort};
use store::report::Report;
use store::{Reader, Store};
use uuid::Uuid;

use crate::client::Acknowledged;

/// Everything that is wrong, in words.
pub async fn faults(
    store: &Store,
    community: CommunityId,
    acknowledged: &[Acknowledged],
) -> Vec<String> {
    let reader = store.reader();
    let mut faults = Vec::new();
    if let Err(broken) = reader.verify_journal(community).await.expect("readable") {
        faults.push(format!("chain: broken at {}", broken.seq));
    }
    let cases = cases(reader, community).await;
    let reports = reports(reader, community, &cases, &mut faults).await;
    compare_journal(&entries(reader, community).await, &cases, &mut faults);
    compare_promises(acknowledged, &reports, &mut faults);
    compare_numbers(&reports, &mut faults);
    faults
}

async fn cases(reader: &Reader, community: CommunityId) -> Vec<Case> {
    let (mut cases, mut after) = (Vec::new(), None::<String>);
    loop {
        let scope = Scope::Community(community);
        let page = reader
            .cases(
                &scope,
                community,
                &Filter::default(),
                Sort::Oldest,
                1_000,
                after.as_deref(),
            )
            .await;
        let page = page.expect("readable");
        cases.extend(page.rows.into_iter().map(|row| row.case));
        after = page.next;
        if after.is_none() {
            return cases;
        }
    }
}

/// The one report of each case.
async fn reports(
    reader: &Reader,
    community: CommunityId,
    cases: &[Case],
    faults: &mut Vec<String>,
) -> Vec<Report> {
    let mut reports = Vec::new();
    for case in cases {
        let mut of_case = reader
            .reports_of(community, case.id)
            .await
            .expect("readable");
        match of_case.pop() {
            Some(one) if of_case.is_empty() && one.number == case.number => reports.push(one),
            _ => faults.push(format!(
                "in part: case {} without its one report",
                case.number
            )),
        }
    }
    reports
}

/// How many entries each subject has, and how many of them say that it was told.
async fn entries(reader: &Reader, community: CommunityId) -> HashMap<Uuid, (i64, i64)> {
    let (mut found, mut last) = (HashMap::new(), 0);
    loop {
        let page = reader
            .journal_after(community, last, 1_000)
            .await
            .expect("readable");
        if page.entries.is_empty() {
            return found;
        }
        last = page.last;
        for entry in page.entries {
            let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) else {
                continue;
            };
            let counts: &mut (i64, i64) = found.entry(entry.subject.expect("a case")).or_default();
            counts.0 += 1;
            counts.1 += i64::from(matches!(event.deed, Deed::Reported { .. }));
        }
    }
}

fn compare_journal(entries: &HashMap<Uuid, (i64, i64)>, cases: &[Case], faults: &mut Vec<String>) {
    for case in cases {
        if entries.get(&case.id.0) != Some(&(case.version, 1)) {
            faults.push(format!(
                "in part: case {} without its journal entries",
                case.number
            ));
        }
    }
    let known: HashSet<Uuid> = cases.iter().map(|case| case.id.0).collect();
    let orphans = entries.keys().filter(|subject| !known.contains(subject));
    faults.extend(
        orphans.map(|subject| format!("in part: an entry of {subject}, which is not there")),
    );
}

fn compare_promises(acknowledged: &[Acknowledged], reports: &[Report], faults: &mut Vec<String>) {
    let mut stored: HashMap<&str, Vec<&Report>> = HashMap::new();
    for report in reports {
        stored.entry(&report.words).or_default().push(report);
    }
    for promise in acknowledged {
        match stored.get(promise.words.as_str()).map(Vec::as_slice) {
            None | Some([]) => faults.push(format!("lost: {}", promise.words)),
            Some([one]) => {
                if promise
                    .number()
                    .is_some_and(|number| number != one.number.to_string())
                {
                    faults.push(format!("changed: {} is {}", promise.answer, one.number));
                }
            }
            Some(many) => faults.push(format!("{} times: {}", many.len(), promise.words)),
        }
    }
    if stored.len() > acknowledged.len() {
        faults.push(format!(
            "unasked: {} told, {} stored",
            acknowledged.len(),
            stored.len()
        ));
    }
}

/// Numbers of a day run from 1 without gaps or repetitions.
fn compare_numbers(reports: &[Report], faults: &mut Vec<String>) {
    let mut days: BTreeMap<_, Vec<u32>> = BTreeMap::new();
    for report in reports {
        days.entry(report.number.day())
            .or_default()
            .push(report.number.n());
    }
    for (day, mut numbers) in days {
        numbers.sort_unstable();
        if !numbers.iter().copied().eq(1..=numbers.len() as u32) {
            faults.push(format!("numbers: of {day} are not 1 to {}", numbers.len()));
        }
    }
}
