//! The life cycle, model-checked: every interleaving of four people and time over one case and over two, with commands written
//! on what somebody saw earlier (two may wait in a pocket), delivered in any order, twice, and with the answer lost between
//! the command and its acknowledgement. The function under test is the product's own `transition`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]
#![allow(
    clippy::print_stdout,
    reason = "how much was tried is told, so that a model that shrinks is seen"
)]

#[path = "../lifecycle/calendar.rs"]
mod calendar;
#[path = "../lifecycle/drive.rs"]
mod drive;
mod life;
mod moment;
mod plays;
mod truths;
mod what;
#[path = "../lifecycle/world.rs"]
#[allow(dead_code, reason = "the property tests use the rest of it")]
mod world;

use std::collections::BTreeSet;

use life::{Broken, Life};
use stateright::{Checker, HasDiscoveries, Model};

/// Tries everything, and tells how much that was.
fn check(life: Life, fewest: usize) {
    let name = life.name;
    let checker = life.checker().threads(2).spawn_bfs().join();
    let (unique, all) = (checker.unique_state_count(), checker.state_count());
    let (depth, late) = (checker.max_depth(), checker.model().turned_away());
    println!(
        "{name}: {unique} states, {all} reached, {depth} steps deep, {late} letters turned away"
    );
    checker.assert_properties();
    assert!(late > 0, "nothing came late or twice");
    assert!(unique >= fewest, "the model shrank to {unique} states");
}

/// The controls: with one guard taken out the checker has to find what that guard prevents.
fn is_caught(life: Life, broken: Broken, lie: &'static str) {
    let life = life.with(broken);
    let found = HasDiscoveries::AnyOf(BTreeSet::from([lie]));
    let checker = life.checker().finish_when(found).spawn_bfs().join();
    assert!(checker.discovery(lie).is_some(), "not found: {lie}");
}

#[test]
fn one_case_keeps_its_invariants_whatever_is_lost_doubled_or_late() {
    check(plays::the_way(), 150_000);
}

#[test]
fn two_cases_that_may_be_merged_keep_them_too() {
    check(plays::two_cases(), 90_000);
}

#[test]
fn a_whistle_keeps_them_while_departments_come_late_or_not_at_all() {
    check(plays::on_the_spot(), 100_000);
}

#[test]
fn an_appeal_is_granted_by_two_others_whatever_is_doubled_or_late() {
    check(plays::overdue(), 50_000);
}

#[test]
fn a_leader_is_called_to_what_is_not_solved_who_did_not_judge_it() {
    check(plays::not_solved(), 1_000);
}

#[test]
fn a_rule_that_calls_whoever_judged_it_is_caught() {
    is_caught(plays::not_solved(), Broken::Leaders, truths::CALLED);
}

#[test]
fn a_server_that_compares_no_versions_is_caught() {
    is_caught(plays::the_way(), Broken::Versions, truths::TWICE);
}

#[test]
fn a_rule_that_lets_people_judge_their_own_work_is_caught() {
    is_caught(plays::the_way(), Broken::Judges, truths::APART);
}

#[test]
fn a_rule_that_lets_people_grant_their_own_appeal_is_caught() {
    is_caught(plays::overdue(), Broken::Judges, truths::EXCUSED);
}

#[test]
fn a_rule_that_suspends_what_is_late_is_caught() {
    is_caught(plays::overdue(), Broken::Late, truths::STOPPED);
}

#[test]
fn a_rule_that_merges_into_what_is_over_is_caught() {
    is_caught(plays::two_cases(), Broken::Targets, truths::CIRCLE);
}
