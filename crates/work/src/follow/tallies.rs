//! Keeps how many cases of each category stand in each state in each grid. Reads events only, never rows.

use std::collections::HashMap;

use rules::case::{self, StateName};
use rules::ids::{CategoryCode, GridId};
use rules::journal::Event;
use store::Unit;
use store::case::Count;
use store::journal::Entry;

/// Where a case is counted.
type Place = (GridId, String, StateName);

pub(super) async fn apply(unit: &Unit, entries: &[Entry]) -> Result<(), store::Error> {
    let mut moved: Vec<(Place, i64)> = moves(entries)
        .into_iter()
        .filter(|(_, by)| *by != 0)
        .collect();
    // One order for everyone: two processes never wait for each other in a circle.
    moved.sort();
    let counts: Vec<Count> = moved
        .into_iter()
        .map(|((grid, category, state), n)| Count {
            grid,
            category,
            state,
            n,
        })
        .collect();
    unit.move_tallies(&counts).await
}

fn moves(entries: &[Entry]) -> HashMap<Place, i64> {
    let mut moved = HashMap::new();
    for entry in entries {
        if let Ok(Event::Case(event)) = Event::from_bytes(&entry.event) {
            count(&mut moved, &event);
        }
    }
    moved
}

fn count(moved: &mut HashMap<Place, i64>, event: &case::Event) {
    let text = |code: Option<&CategoryCode>| {
        code.map_or_else(String::new, |code| code.as_str().to_owned())
    };
    if let Some(from) = event.from {
        *moved
            .entry((event.grid, text(event.category_before()), from))
            .or_default() -= 1;
    }
    *moved
        .entry((event.grid, text(event.category.as_ref()), event.to))
        .or_default() += 1;
}
