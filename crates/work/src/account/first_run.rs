//! The first administrator of an empty installation: a link that works once, for half an hour. There is no default
//! password.

use rules::access::Role;
use rules::ids::AccountId;
use rules::journal::HouseEvent;
use rules::privacy::Secret;
use store::account::Account;
use store::community::INSTALLATION;
use time::{Duration, OffsetDateTime};

use super::make::{fits, note};
use super::password;
use super::secret::{draw, hash};
use crate::{Error, House, task};

const SETTING: &str = "first_run";
const LASTS: Duration = Duration::minutes(30);

/// The token of the link.
pub struct FirstRun {
    /// Its text, to be printed once.
    pub token: Secret<String>,
    /// When it ends.
    pub expires_at: OffsetDateTime,
}

/// A new link, if the installation has no account yet; an older one is void.
///
/// # Errors
/// `Store`.
#[task]
pub async fn first_run_link(house: &House) -> Result<Option<FirstRun>, Error> {
    if house.store.reader().has_accounts().await? {
        return Ok(None);
    }
    let token = draw("")?;
    let expires_at = house.clock.now() + LASTS;
    let value = format!(
        "{} {}",
        hex::encode(hash(token.expose())),
        expires_at.unix_timestamp()
    );
    let saved = house.store.unit(INSTALLATION, async move |unit| {
        unit.save_instance_setting(SETTING, &value).await
    });
    saved.await.map_err(Error::Store)?;
    Ok(Some(FirstRun { token, expires_at }))
}

/// Looks whether a link still works, and uses up nothing.
///
/// # Errors
/// `SignIn` if the token is wrong, used or too old.
#[task]
pub async fn first_run_works(house: &House, token: &str) -> Result<(), Error> {
    open(house, token).await.map(|_| ())
}

/// Whether the first run is over: there are accounts, and no link works any more, whatever its token.
///
/// # Errors
/// `Store`.
#[task]
pub async fn first_run_is_over(house: &House) -> Result<bool, Error> {
    Ok(living(house).await?.is_none() && house.store.reader().has_accounts().await?)
}

/// What is kept of the link with this token, while it works.
async fn open(house: &House, token: &str) -> Result<String, Error> {
    let kept = living(house).await?.ok_or(Error::SignIn)?;
    let of_token = kept.split_once(' ').map(|(hex, _)| hex) == Some(&hex::encode(hash(token)));
    of_token.then_some(kept).ok_or(Error::SignIn)
}

/// What is kept of the latest link, while it works.
async fn living(house: &House) -> Result<Option<String>, Error> {
    let kept = house.store.reader().instance_setting(SETTING).await?;
    let now = house.clock.now().unix_timestamp();
    let lives = |kept: &String| {
        let end = kept.split_once(' ').and_then(|(_, end)| end.parse().ok());
        end.is_some_and(|end: i64| now < end)
    };
    Ok(kept.filter(lives))
}

/// Creates the administrator with the link's token; the link is void afterwards.
///
/// # Errors
/// `SignIn` if the token is wrong, used or too old; `Invalid` for the name or password.
#[task]
pub async fn make_administrator(
    house: &House,
    token: &str,
    name: &str,
    new_password: &str,
) -> Result<AccountId, Error> {
    let (kept, now) = (open(house, token).await?, house.clock.now());
    fits(name, new_password)?;
    let account = Account {
        id: AccountId(house.clock.id()),
        name: name.to_owned(),
        password_hash: password::hash(house.passwords, new_password).await?,
        community: None,
        member: None,
        role: Role::Admin,
        disabled: false,
    };
    let id = account.id;
    house
        .store
        .unit(INSTALLATION, async move |unit| {
            // Taking the setting is what makes the link work once, whoever else uses it at this moment.
            if !unit.take_instance_setting(SETTING, &kept).await? {
                return Err(Error::SignIn);
            }
            unit.add_account(&account, now).await?;
            unit.note(note(now, id, HouseEvent::AccountMade));
            Ok(id)
        })
        .await
}
