//! Signing in with name and password. A wrong name, a wrong password and a closed account get the same reply after the
//! same time. Who guesses waits longer and longer; who guesses from elsewhere does not make the owner wait.

use std::net::IpAddr;

use super::session::{SessionToken, begin};
use super::{attempts, password};
use crate::{Error, House, task};

/// Signs in; `origin` is the address the visitor comes from, where it is known.
///
/// # Errors
/// `SignIn` for a wrong name or password alike, `TooMany` while one has to wait.
#[task]
pub async fn sign_in(
    house: &House,
    name: &str,
    password: &str,
    origin: Option<IpAddr>,
) -> Result<SessionToken, Error> {
    let name = name.trim();
    if name.is_empty() || name.len() > attempts::LONGEST_NAME || password.chars().count() > 128 {
        return Err(Error::SignIn);
    }
    house.attempts.admit(name, origin, house.clock.now())?;
    let account = house.store.reader().account_named(name).await?;
    let fits = password::matches(house.passwords, account.as_ref(), password).await?;
    let account = account
        .filter(|account| fits && !account.disabled)
        .ok_or(Error::SignIn)?;
    // A member who holds no post any more has no session to begin.
    house.visitor(&account)?;
    house.attempts.forget(name, origin);
    begin(house, &account).await
}
