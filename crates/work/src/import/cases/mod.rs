//! A history of cases from a file, one row per event. Every row goes through the same transition function as today's work,
//! with the time at which it happened as now. The whole file or nothing; a case that is there already is left as it is.

mod beside;
mod keep;
mod life;
mod row;

use std::collections::HashMap;
use std::sync::Arc;

use rules::ids::{CommunityId, Number};
use rules::journal::{Event, HouseEvent};
use store::Unit;
use store::journal::Note;

use super::{Problem, Summary};
use crate::net::CommunityNet;
use crate::{Error, House};
use life::{Life, Lives};

/// Takes in a file of cases.
///
/// # Errors
/// `Store` if the database fails. What is wrong with the file stands in the summary.
pub async fn cases(house: &House, file: &[u8], dry_run: bool) -> Result<Summary, Error> {
    let rows = match row::read(file) {
        Ok(rows) => rows,
        Err(problems) => return Ok(Summary::refused(problems)),
    };
    let Some(net) = rows
        .first()
        .and_then(|row| house.net().community(row.number.community()).cloned())
    else {
        return Ok(Summary::refused(vec![Problem::row(
            2,
            "number",
            "community-unknown",
        )]));
    };
    let known = known(house, net.id, &rows).await?;
    let mut lives = Lives::new(house, Arc::clone(&net), known).await?;
    for row in &rows {
        lives.live(house, row);
    }
    let events = lives.notes.len();
    let (added, same) = (lives.new_cases(), lives.known_cases());
    let problems = std::mem::take(&mut lives.problems);
    if !problems.is_empty() {
        return Ok(Summary::refused(problems));
    }
    if !dry_run && added > 0 {
        keep_all(house, &net, lives, added, events).await?;
    }
    Ok(Summary {
        added,
        same,
        ..Summary::default()
    })
}

/// Which of the file's cases are there already, with their version.
async fn known(
    house: &House,
    community: CommunityId,
    rows: &[row::Row],
) -> Result<HashMap<Number, i64>, Error> {
    let mut known = HashMap::new();
    let all = rules::access::Scope::Community(community);
    for row in rows.iter().filter(|row| row.is_report()) {
        match house
            .store
            .reader()
            .case_numbered(&all, community, &row.number)
            .await
        {
            Ok(trail) => {
                known.insert(row.number.clone(), trail.case.version);
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
