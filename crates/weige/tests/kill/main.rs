//! `kill -9` of the real server under load, again and again: whatever was acknowledged is there exactly once, with its
//! entry in the journal, and nothing is there in part. A control shows that the checker would notice the opposite.

mod check;
mod client;
mod community;
mod hasty;
mod server;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use client::Acknowledged;
use server::Server;
use testkit::{Database, on_both_databases};

/// Kills in a row.
const KILLS: u32 = 20;
/// Residents who tell something at the same time.
const CLIENTS: usize = 8;
/// Picks the moments of the kills; printed when a run fails, so that it can be repeated.
const SEED: u64 = 20_261_123;

/// Runs the server, kills it at seeded moments while the clients tell, and gives what they were promised. The server is
/// up again at the end.
async fn kill_under_load(server: &mut Server, door: String, kills: u32) -> Vec<Acknowledged> {
    let enough = Arc::new(AtomicBool::new(false));
    let clients: Vec<_> = (0..CLIENTS)
        .map(|n| tokio::spawn(client::tell(door.clone(), n, Arc::clone(&enough))))
        .collect();
    let mut chance = SEED;
    for _ in 0..kills {
        chance = next(chance);
        tokio::time::sleep(Duration::from_millis(40 + chance % 260)).await;
        server.kill();
        server.start().await;
    }
    enough.store(true, Ordering::Relaxed);
    let mut acknowledged = Vec::new();
    for client in clients {
        acknowledged.extend(client.await.expect("a client ends"));
    }
    acknowledged
}

/// SplitMix64: even bits from any number.
fn next(state: u64) -> u64 {
    let z = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

on_both_databases! {
    async fn every_acknowledged_report_outlives_twenty_kills_exactly_once(db: Database) {
        let community = community::found(&db.store).await;
        let mut server = Server::over(&db);
        server.start().await;
        let door = server.door();
        let acknowledged = kill_under_load(&mut server, door, KILLS).await;
        let replayed = client::replay(&server.door(), &acknowledged).await;
        server.kill();
        assert!(acknowledged.len() > CLIENTS, "nothing was told, so nothing was tried");
        assert_eq!(replayed, Vec::<String>::new(), "seed {SEED}");
        let faults = check::faults(&db.store, community, &acknowledged).await;
        assert_eq!(faults, Vec::<String>::new(), "seed {SEED}, {} acknowledged", acknowledged.len());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_acknowledgement_before_the_commit_is_caught() {
    let db = Database::sqlite().await;
    let community = community::found(&db.store).await;
    let mut server = Server::over(&db);
    server.start().await;
    let hasty = hasty::open(server.address).await;
    let acknowledged = kill_under_load(&mut server, format!("http://{hasty}"), 3).await;
    server.kill();
    let faults = check::faults(&db.store, community, &acknowledged).await;
    assert!(
        faults.iter().any(|fault| fault.starts_with("lost: ")),
        "{} acknowledged, {faults:?}",
        acknowledged.len()
    );
}
