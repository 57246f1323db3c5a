//! The life cycle, model-checked: every interleaving of four people and time over one case and over two, with commands written
//! on what somebody saw earlier (two may wait in a pocket), delivered in any order, twice, and with the answer lost between
//! the command and its acknowledgement. The function under test is the product's own `transition`.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has to stop")]

#[path = "../lifecycle/drive.rs"]
mod drive;
mod life;
#[path = "../lifecycle/world.rs"]
#[allow(dead_code, reason = "the property tests use the rest of it")]
mod world;

use life::{Life, TWICE};
use stateright::{Checker, Model};

fn check(life: Life, fewest: usize) {
    let (name, checker) = (life.name, life.checker().threads(2).spawn_bfs().join());
    let (unique, all, depth) = (
        checker.unique_state_count(),
        checker.state_count(),
        checker.max_depth(),
    );
    println!("{name}: {unique} states ({all} reached, {depth} steps deep)");
    checker.assert_properties();
    assert!(unique >= fewest, "the model shrank: {unique} states");
}

#[test]
fn one_case_keeps_its_invariants_whatever_is_lost_doubled_or_late() {
    check(Life::of_one_case(), 100_000);
}

#[test]
fn two_cases_that_may_be_merged_keep_them_too() {
    check(Life::of_two_cases(), 50_000);
}

/// The control: without the comparison of versions the checker finds a command that has an effect twice.
#[test]
fn a_server_that_compares_no_versions_is_caught() {
    let checker = Life::careless().checker().threads(2).spawn_bfs().join();
    assert!(checker.discovery(TWICE).is_some(), "nothing was found");
}
