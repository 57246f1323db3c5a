//! Serving: the door, the followers and the clock's own work, until somebody asks it to stop.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use work::House;
use work::import::Kind;

use crate::config::Config;
use crate::{address, say};

/// How often time itself looks for what is due.
const TICK: Duration = Duration::from_secs(10);

/// `weige serve`.
pub async fn serve(config: &Config) -> anyhow::Result<()> {
    // tried before anything is made, and given back: until the house is open nobody is left waiting at the door
    drop(address::listen(&config.listen, false).await?);
    let house = config.house().await?;
    let listener = address::listen(&config.listen, false).await?;
    let urls = address::urls(listener.local_addr()?, config.tls);
    for url in &urls {
        println!("Weige 微格  {url}");
    }
    if let Some(first) = work::account::first_run_link(&house).await? {
        println!(
            "\nThis installation has no administrator yet. Open this link once, within 30 minutes:"
        );
        println!(
            "  {}/setup/{}",
            urls.first().map_or("", String::as_str),
            first.token.expose()
        );
        println!(
            "Then, with the same --data, --database or --config: {}",
            first_files()
        );
    }
    run(house, listener, config.door(false)).await
}

/// The files of a new community, in the order in which it needs them.
fn first_files() -> String {
    let commands = Kind::ALL.map(|kind| format!("weige import {} FILE", kind.as_str()));
    commands.join(", ")
}

/// Serves until SIGINT or SIGTERM; requests under way are finished.
pub async fn run(
    house: Arc<House>,
    listener: TcpListener,
    settings: web::Settings,
) -> anyhow::Result<()> {
    let net = house.follow_net();
    let followers = work::follow::start(house.store.clone());
    let clock = tokio::spawn(tick(Arc::clone(&house)));
    let voice = Arc::new(web::Speaker);
    let outbox = tokio::spawn(work::outbox::run(Arc::clone(&house), voice));
    let door = web::router(Arc::clone(&house), settings)
        .into_make_service_with_connect_info::<SocketAddr>();
    axum::serve(listener, door)
        .with_graceful_shutdown(stop())
        .await?;
    outbox.abort();
    clock.abort();
    followers.abort();
    net.abort();
    Ok(())
}

async fn tick(house: Arc<House>) {
    let mut rounds = work::case::Rounds::default();
    let mut looks = work::complaint::Rounds::default();
    loop {
        tokio::time::sleep(TICK).await;
        if let Err(error) = rounds.go(&house).await {
            tracing::error!(%error, "the clock's work failed");
        }
        if let Err(error) = work::report::tick(&house).await {
            tracing::error!(%error, "old keys of requests could not be forgotten");
        }
        if let Err(error) = work::routing::tend(&house).await {
            tracing::error!(%error, "routing rules could not be looked after");
        }
        if let Err(error) = work::referral::tick(&house).await {
            tracing::error!(%error, "the clock's work on referrals failed");
        }
        if let Err(error) = work::mediation::tick(&house).await {
            tracing::error!(%error, "the clock's work on mediations failed");
        }
        if let Err(error) = work::supervision::tick(&house).await {
            tracing::error!(%error, "the clock's work on supervision failed");
        }
        if let Err(error) = looks.go(&house).await {
            tracing::error!(%error, "complaints that nobody sees could not be found out");
        }
    }
}

async fn stop() {
    let mut terminate =
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(signal) => signal,
            Err(error) => {
                tracing::error!(%error, "SIGTERM cannot be heard");
                return std::future::pending().await;
            }
        };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        _ = terminate.recv() => {}
    }
}

/// `weige verify`.
pub async fn verify(config: &Config) -> anyhow::Result<()> {
    let house = config.standing_house().await?;
    let mut broken = 0;
    for (community, _) in house.store.reader().heads().await? {
        match house.store.reader().verify_journal(community).await? {
            Ok(entries) => say::line(format_args!(
                "community {community}: {entries} entries, the chain is whole"
            ))?,
            Err(at) => {
                broken += 1;
                say::line(format_args!(
                    "community {community}: the chain breaks at entry {}",
                    at.seq
                ))?;
            }
        }
    }
    anyhow::ensure!(broken == 0, "{broken} journals are broken");
    Ok(())
}
