//! A history of cases from a file, one row per event. Every row goes through the same transition function as today's work,
//! with the time at which it happened as now. The whole file or nothing; a case that is there already is left as it is.

mod beside;
mod keep;
mod life;
mod row;
mod trails;

use std::collections::HashMap;
use std::sync::Arc;

use rules::ids::{CommunityId, Number};
use rules::journal::{Event, HouseEvent};
use store::Unit;
use store::journal::Note;

use super::{Problem, Summary, any_error};
use crate::net::CommunityNet;
use crate::{Error, House, task};
use life::{Life, Lives};
use row::Line;

/// Takes in a file of cases.
///
/// # Errors
/// `Store` if the database fails. What is wrong with the file stands in the summary.
#[task]
pub async fn cases(house: &House, file: &[u8], dry_run: bool) -> Result<Summary, Error> {
    let (lines, mut problems) = match row::read(file) {
        Ok(read) => read,
        Err(problems) => return Ok(Summary::refused(problems)),
    };
    let Some(net) = community(house, &lines, &mut problems) else {
        return Ok(Summary::refused(problems));
    };
    let known = known(house, net.id, &lines).await?;
    let mut lives = Lives::new(house, Arc::clone(&net), known).await?;
    for line in &lines {
        lives.live(house, line);
    }
    let events = lives.notes.len();
    let (added, same) = (lives.new_cases(), lives.known_cases());
    problems.append(&mut lives.problems);
    if any_error(&problems) {
        return Ok(Summary::refused(problems));
    }
    if !dry_run && added > 0 {
        keep_all(house, &net, lives, added, events).await?;
    }
    Ok(Summary {
        added,
        same,
        problems,
        ..Summary::default()
    })
}

/// The community whose cases these are, by the first number that names one that is there. None where no number does, which
/// is told.
fn community(
    house: &House,
    lines: &[Line],
    problems: &mut Vec<Problem>,
) -> Option<Arc<CommunityNet>> {
    let net = house.net();
    let mut numbers = lines.iter().filter_map(|line| line.number.as_ref());
    let found = numbers.find_map(|number| net.community(number.community()).cloned());
    if found.is_some() {
        return found;
    }
    let first = lines
        .iter()
        .find_map(|line| Some((line.line, line.number.as_ref()?)));
    match first {
        Some((line, number)) => {
            let problem = Problem::row(line, "number", "community-unknown");
            problems.push(problem.with("community", number.community()));
        }
        // no number can be read, and that was told
        None if any_error(problems) => {}
        None => problems.push(Problem::file("file-empty")),
    }
    None
}

/// Which of the file's cases are there already, with their version.
async fn known(
    house: &House,
    community: CommunityId,
    lines: &[Line],
) -> Result<HashMap<Number, i64>, Error> {
    let mut known = HashMap::new();
    let all = rules::access::Scope::Community(community);
    let told = lines
        .iter()
        .filter(|line| line.is_report == Some(true))
        .filter_map(|line| line.number.as_ref());
    for number in told {
        match house
            .store
            .reader()
            .case_numbered(&all, community, number)
            .await
        {
            Ok(trail) => {
                known.insert(number.clone(), trail.case.version);
            }
            Err(store::Error::NotFound(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(known)
}

async fn keep_all(
    house: &House,
    net: &CommunityNet,
    lives: Lives,
    added: usize,
    events: usize,
) -> Result<(), Error> {
    let key = house
        .keys
        .data_key(
            &house.store,
            net.id,
            rules::privacy::classes::Class::C2,
            house.clock.now(),
        )
        .await?;
    let sealed = lives
        .lives
        .into_values()
        .map(|life: Life| life.sealed(&key))
        .collect::<Result<Vec<_>, _>>()?;
    let (notes, now) = (lives.notes, house.clock.now());
    house
        .store
        .unit(net.id, async move |unit: &Unit| {
            for life in &sealed {
                keep::life(unit, life).await?;
            }
            // a number that was used meanwhile is this import's trouble, not that of others in the same commit
            unit.settle().await?;
            for note in notes {
                unit.note(note);
            }
            unit.note(Note {
                at: now,
                occurred_at: None,
                actor: None,
                role: "admin",
                subject: None,
                event: Event::House(HouseEvent::CasesImported {
                    added: count(added),
                    events: count(events),
                }),
            });
            Ok::<(), Error>(())
        })
        .await
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
