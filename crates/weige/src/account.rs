//! `weige account`: sign-ins for the people of a community, made by the operator. A password is shown once.

use work::account::{disable, make_for_members};
use work::{Error, House};

use crate::command::Account;
use crate::community;
use crate::config::Config;

/// `weige account members|disable|enable`.
pub async fn account(config: &Config, what: Account) -> anyhow::Result<()> {
    let house = config.house().await?;
    match what {
        Account::Members { community } => members(&house, community.as_deref()).await,
        Account::Disable { name } => closed(&house, &name, true).await,
        Account::Enable { name } => closed(&house, &name, false).await,
    }
}

/// An account for each member whose list of people names one and who has none yet.
async fn members(house: &House, community: Option<&str>) -> anyhow::Result<()> {
    let net = house.net();
    let found = community::named_or_only(&net, community)?;
    let made = make_for_members(house, found.id).await?;
    for account in &made {
        println!("{}\t{}", account.name, account.password.expose());
    }
    eprintln!(
        "{} accounts made; their passwords are shown this once",
        made.len()
    );
    Ok(())
}

async fn closed(house: &House, name: &str, closed: bool) -> anyhow::Result<()> {
    disable(house, name, closed)
        .await
        .map_err(|error| match error {
            Error::NotFound => anyhow::anyhow!("there is no account {name}"),
            other => other.into(),
        })?;
    println!("{name} is {}", if closed { "closed" } else { "open" });
    Ok(())
}
