//! A city to measure on: communities with their grids, people and catalogue, an account with a token, and a history of
//! cases, all loaded in bulk through `store`. Everything in it is invented; the same size gives the same city.

mod ground;
mod history;
mod people;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use rules::ids::CommunityId;
use store::Address;
use store::community::Founding;
use work::account::{NewAccount, NewToken, create_token, make};
use work::{Clock, Config, House};

pub use ground::Ground;
pub use people::{CATEGORIES, DEPARTMENTS};

/// How large a city is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    /// Communities side by side.
    pub communities: u32,
    /// Micro-grids of each community from west to east, and from south to north.
    pub side: u32,
    /// Cases of each community, four journal entries each.
    pub cases: u32,
}

/// A loaded city.
pub struct City {
    /// Its size.
    pub size: Size,
    /// The database's address, as `--database` takes it.
    pub database: String,
    /// The folder of keys and blobs.
    pub data: PathBuf,
    /// The first community's grids.
    pub grounds: Vec<Ground>,
    /// A bearer token of the first community's desk.
    pub token: String,
    /// Numbers of cases of the first community, as pages show them.
    pub numbers: Vec<String>,
}

/// The desk's account in the first community.
const DESK: &str = "desk";

/// Founds a city in an empty database and loads its history.
///
/// # Errors
/// What the store or a working room says.
pub async fn load(database: &str, data: &Path, size: Size) -> Result<City> {
    let address: Address = database.parse()?;
    let house = House::open(Config::new(address, data.to_owned()), Clock::System).await?;
    let mut grounds = Vec::new();
    for n in 0..size.communities {
        let ground = Ground::of(n, size);
        found(&house, n, &ground).await?;
        grounds.push(ground);
    }
    house.refresh_net().await?;
    let mut numbers = Vec::new();
    for ground in &grounds {
        let made = history::load(&house, ground, size.cases).await?;
        if numbers.is_empty() {
            numbers = made;
        }
    }
    work::follow::catch_up_all(&house.store).await?;
    work::report::tick(&house).await?;
    let token = token(&house, grounds[0].community).await?;
    Ok(City {
        size,
        database: database.to_owned(),
        data: data.to_owned(),
        grounds,
        token,
        numbers,
    })
}

async fn found(house: &Arc<House>, n: u32, ground: &Ground) -> Result<()> {
    let at = house.clock.now();
    let founding = Founding {
        code: code(n),
        name: format!("示例社区{n}"),
        settings: "{}".to_owned(),
        at,
    };
    let community = house.store.found(founding).await?.id;
    anyhow::ensure!(
        community == ground.community,
        "an empty database numbers communities from 1"
    );
    ground.keep(&house.store, at).await?;
    people::keep(&house.store, ground, at).await
}

/// The words of the n-th report: as long as people write, and no two alike.
pub fn words(n: u32) -> String {
    format!("三单元楼道的灯坏了三天，晚上老人上下楼看不见，请尽快来修。示例第{n}件")
}

/// A new id, from where the house makes them.
pub fn id() -> uuid::Uuid {
    Clock::System.id()
}

/// The public code of the n-th community.
pub fn code(n: u32) -> String {
    format!("5199{n:08}")
}

async fn token(house: &House, community: CommunityId) -> Result<String> {
    let password = house.clock.id().to_string();
    let account = NewAccount {
        name: DESK,
        password: &password,
        member: Some((community, DESK)),
        role: None,
    };
    make(house, account).await.context("the desk's account")?;
    let token = create_token(house, NewToken::Bearer { account: DESK }, "bench", None).await?;
    Ok(token.0.expose().clone())
}

#[cfg(test)]
mod tests {
    use rules::access::Scope;
    use rules::case::StateName;
    use rules::journal::Event;
    use store::case::{Filter, Sort};

    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn every_case_of_a_city_has_four_journal_entries_and_five_states_take_turns() -> Result<()>
    {
        let folder = tempfile::tempdir()?;
        let database = format!("sqlite:{}", folder.path().join("city.sqlite").display());
        let size = Size {
            communities: 2,
            side: 2,
            cases: 60,
        };
        let city = load(&database, folder.path(), size).await?;
        assert_eq!(city.numbers.len(), 60);
        let store = store::Store::open(&database.parse()?).await?;
        for ground in &city.grounds {
            let (reader, community) = (store.reader(), ground.community);
            let entries = reader.journal_after(community, 0, 1_000).await?.entries;
            let of_cases = entries
                .iter()
                .filter(|entry| matches!(Event::from_bytes(&entry.event), Ok(Event::Case(_))))
                .count();
            assert_eq!(of_cases, 240);
            let closed = Filter {
                states: vec![StateName::Closed],
                ..Filter::default()
            };
            let list = reader
                .cases(
                    &Scope::Community(community),
                    community,
                    &closed,
                    Sort::Newest,
                    50,
                    None,
                )
                .await?;
            assert_eq!((list.total, list.rows.len()), (12, 12));
        }
        Ok(())
    }
}
