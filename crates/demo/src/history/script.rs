//! Puts the rows of all cases into one history: numbers by day, rows by time, nothing from today on.

use super::moment::local;
use super::opening::Script;
use super::plan::{Course, Plan, World};
use super::row::History;
use crate::dice::Dice;
use crate::ground::COMMUNITY;
use rules::case::CommandName;
use rules::ids::Number;
use std::collections::BTreeMap;
use time::{Date, Duration};

/// The whole history: every case's rows before today, by time.
pub fn write(seed: u64, world: &World<'_>, plans: &[Plan]) -> History {
    let numbers = numbers(plans);
    let mut rows = Vec::new();
    for (index, plan) in plans.iter().enumerate() {
        let script = Script::of(plan, world, Dice::new(seed, &numbers[index]));
        for (step, (at, mut row)) in script.kept(world).into_iter().enumerate() {
            row.number.clone_from(&numbers[index]);
            row.occurred_at = local(at);
            if let (Course::Merged { into: Some(other) }, "merge") =
                (plan.course, row.command.as_str())
            {
                row.into.clone_from(&numbers[other]);
            }
            rows.push((at, index, step, row));
        }
    }
    rows.sort_by_key(|(at, index, step, _)| (*at, *index, *step));
    History {
        rows: rows.into_iter().map(|(.., row)| row).collect(),
    }
}

/// Whether a plan comes to this command, with a day left in which nothing more happens at most.
pub fn reaches(plan: &Plan, world: &World<'_>, command: CommandName) -> bool {
    let script = Script::of(plan, world, Dice::new(0, &plan.text));
    let at = script
        .rows
        .iter()
        .find(|(_, row)| row.command == command.as_str())
        .map(|(at, _)| *at);
    at.is_some_and(|at| at + Duration::hours(1) < world.span.end)
}

fn numbers(plans: &[Plan]) -> Vec<String> {
    let mut counts: BTreeMap<Date, u32> = BTreeMap::new();
    let number = |plan: &Plan| {
        let day = plan.received.date();
        let count = counts.entry(day).or_default();
        *count += 1;
        Number::new(COMMUNITY, day, *count)
            .map_or_else(|_| String::new(), |number| number.to_string())
    };
    plans.iter().map(number).collect()
}
