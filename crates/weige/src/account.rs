//! `weige account`: sign-ins for the people of a community, made by the operator. A password is shown once, and kept only
//! after it was shown: output that breaks off leaves no account behind whose password nobody knows.

use anyhow::Context;
use work::account::{
    Made, NewPassword, disable, keep_password, lacking, left_behind, live_tokens_of,
    make_for_member,
};
use work::{Error, House};

use crate::command::Account;
use crate::config::Config;
use crate::token::line;
use crate::{community, say};

/// `weige account members|password|disable|enable`.
pub async fn account(config: &Config, what: Account) -> anyhow::Result<()> {
    let house = config.standing_house().await?;
    match what {
        Account::Members { community } => members(&house, community.as_deref()).await,
        Account::Password { name } => password(&house, &name).await,
        Account::Disable { name } => closed(&house, &name, true).await,
        Account::Enable { name } => closed(&house, &name, false).await,
    }
}

/// An account for each member whose list of people names one and who has none yet.
async fn members(house: &House, community: Option<&str>) -> anyhow::Result<()> {
    let net = house.net();
    let found = community::named_or_only(&net, community)?;
    let mut made = 0;
    for name in lacking(house, found.id).await? {
        let new = Made::drawn(&name)?;
        show(&new).with_context(|| format!("{made} accounts made; the others were not"))?;
        make_for_member(house, found.id, &new)
            .await
            .with_context(|| format!("{name} was not made; what was shown of it is void"))?;
        made += 1;
    }
    say::aside(format_args!(
        "{made} accounts made; their passwords are shown this once, and `weige account password NAME` draws a new one"
    ));
    Ok(())
}

/// A new password for an account, should the old one be lost.
async fn password(house: &House, name: &str) -> anyhow::Result<()> {
    let new = NewPassword::draw(house, name).await;
    let new = new.map_err(|error| unknown(error, name))?;
    show(new.made()).context("the password stays as it was")?;
    keep_password(house, new)
        .await
        .context("the password stays as it was; the one shown is void")
}

fn show(made: &Made) -> anyhow::Result<()> {
    say::line(format_args!("{}\t{}", made.name, made.password.expose()))
}

async fn closed(house: &House, name: &str, closed: bool) -> anyhow::Result<()> {
    let done = disable(house, name, closed).await;
    done.map_err(|error| unknown(error, name))?;
    say::line(format_args!(
        "{name} is {}",
        if closed { "closed" } else { "open" }
    ))?;
    if closed {
        return serves_still(house, name).await;
    }
    let tokens = live_tokens_of(house, name).await?;
    if !tokens.is_empty() {
        say::line("with it these tokens open again; `weige token revoke ID` takes one back:")?;
    }
    tokens.iter().try_for_each(|token| say::line(line(token)))
}

/// Says where the list of people names somebody still whose account was closed, and what lies with them.
async fn serves_still(house: &House, name: &str) -> anyhow::Result<()> {
    let Some(left) = left_behind(house, name).await? else {
        return Ok(());
    };
    say::line(format_args!(
        "the list of people has them still: {}; open cases: {}; {}",
        left.posts.join(", "),
        left.open_cases,
        match &left.deputy {
            Some(deputy) => format!("{deputy} stands in"),
            None => "nobody stands in".to_owned(),
        }
    ))?;
    say::line(
        "nothing new goes to them; hand over what is open, and import a list of people without them",
    )
}

fn unknown(error: Error, name: &str) -> anyhow::Error {
    match error {
        Error::NotFound => anyhow::anyhow!("there is no account {name}"),
        other => other.into(),
    }
}
