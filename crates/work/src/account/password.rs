//! Passwords: which may be chosen, how they are hashed and compared. Hashing runs beside the other work, a few at a
//! time, so that a flood of sign-ins cannot take all memory.

use std::sync::LazyLock;

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use rules::privacy::Secret;
use store::account::Account;
use tokio::sync::Semaphore;

use crate::{Error, Fault, House, PasswordCost, task};

/// Characters that a password has at least, and at most.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=128;
/// Passwords that are tried first by whoever guesses, one a line.
const COMMON: &str = include_str!("common_passwords.txt");
/// Words of the house that make a poor password with a few digits behind them.
const OURS: [&str; 6] = ["weige", "wangge", "minghu", "微格", "网格", "明湖"];

/// How many passwords are hashed at the same time.
static AT_ONCE: LazyLock<Semaphore> = LazyLock::new(|| Semaphore::new(2));

/// Checks a new password against the rules: length, the usual guesses, the account's own name.
pub(super) fn judge(password: &str, account: &str) -> Result<(), Error> {
    let length = password.chars().count();
    if length < *LENGTH.start() {
        let fault = Fault::new("password", "password-too-short").with("least", LENGTH.start());
        return Err(Error::Invalid(vec![fault]));
    }
    if length > *LENGTH.end() {
        let fault = Fault::new("password", "password-too-long").with("most", LENGTH.end());
        return Err(Error::Invalid(vec![fault]));
    }
    let plain = password.to_lowercase();
    let stem = plain.trim_matches(|c: char| !c.is_alphabetic());
    let guessed = COMMON.lines().any(|common| common == plain)
        || OURS.contains(&stem)
        || plain
            .strip_prefix(account)
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_digit()));
    if guessed {
        Err(Error::invalid("password", "password-too-common"))
    } else {
        Ok(())
    }
}

/// The hash to keep, in PHC form.
pub(super) async fn hash(cost: PasswordCost, password: &str) -> Result<String, Error> {
    let password = Secret::new(password.to_owned());
    beside(move || {
        let made: Result<PasswordHash, _> =
            argon2(cost)?.hash_password(password.expose().as_bytes());
        made.map(|hash| hash.to_string()).map_err(unavailable)
    })
    .await
}

/// Whether the password is the account's. An account that does not exist takes as long as one that does.
pub(super) async fn matches(
    cost: PasswordCost,
    account: Option<&Account>,
    password: &str,
) -> Result<bool, Error> {
    let known = account.map(|account| account.password_hash.clone());
    let password = Secret::new(password.to_owned());
    beside(move || {
        let argon2 = argon2(cost)?;
        let Some(known) = known else {
            let salt = [0u8; 16];
            let mut out = [0u8; 32];
            let spent = argon2.hash_password_into(password.expose().as_bytes(), &salt, &mut out);
            return spent.map(|()| false).map_err(unavailable);
        };
        let hash = PasswordHash::new(&known).map_err(unavailable)?;
        Ok(argon2
            .verify_password(password.expose().as_bytes(), &hash)
            .is_ok())
    })
    .await
}

async fn beside<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let _turn = AT_ONCE.acquire().await.map_err(unavailable)?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(unavailable)?
}

fn argon2(cost: PasswordCost) -> Result<Argon2<'static>, Error> {
    let params = Params::new(cost.memory, cost.passes, 1, None).map_err(unavailable)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn unavailable(error: impl std::fmt::Display) -> Error {
    Error::Unavailable(error.to_string())
}

/// Changes one's own password; every session of the account ends, this one too.
///
/// # Errors
/// `SignIn` if the present password is wrong, `Invalid` if the new one may not be chosen.
#[task]
pub async fn change_password(
    house: &House,
    account: &str,
    present: &str,
    new: &str,
) -> Result<(), Error> {
    let kept = house.store.reader().account_named(account).await?;
    if !matches(house.passwords, kept.as_ref(), present).await? {
        return Err(Error::SignIn);
    }
    set_password(house, account, new).await
}

/// Sets a password as the operator; every session of the account ends.
///
/// # Errors
/// `NotFound`, `Invalid` if the password may not be chosen.
#[task]
pub async fn set_password(house: &House, account: &str, new: &str) -> Result<(), Error> {
    judge(new, account)?;
    let kept = house
        .store
        .reader()
        .account_named(account)
        .await?
        .ok_or(Error::NotFound)?;
    let hash = hash(house.passwords, new).await?;
    let tenant = kept.community.unwrap_or(store::community::INSTALLATION);
    house
        .store
        .unit(tenant, async move |unit| {
            unit.save_password(kept.id, &hash).await
        })
        .await
        .map_err(Error::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(password: &str) -> &'static str {
        match judge(password, "steward-01") {
            Err(Error::Invalid(faults)) => faults[0].code,
            _ => "taken",
        }
    }

    #[test]
    fn short_long_and_common_passwords_are_refused() {
        assert_eq!(refused("sieben7"), "password-too-short");
        assert_eq!(refused(&"a".repeat(129)), "password-too-long");
        for guess in [
            "password",
            "12345678",
            "Weige2026",
            "微格20260101",
            "steward-01",
            "STEWARD-012026",
        ] {
            assert_eq!(refused(guess), "password-too-common", "{guess}");
        }
    }

    #[test]
    fn spaces_and_any_script_are_welcome() {
        assert_eq!(refused("湖边 的 柳树 发芽了"), "taken");
        assert_eq!(refused(&"长".repeat(128)), "taken");
    }

    #[tokio::test]
    async fn a_hash_fits_its_password_only() {
        let hash = hash(PasswordCost::least(), "湖边柳树发芽")
            .await
            .expect("hashed");
        let account = Account {
            id: rules::ids::AccountId(uuid::Uuid::from_u128(1)),
            name: "desk".into(),
            password_hash: hash,
            community: None,
            member: None,
            role: rules::access::Role::Admin,
            disabled: false,
        };
        let cost = PasswordCost::least();
        assert!(
            matches(cost, Some(&account), "湖边柳树发芽")
                .await
                .expect("compared")
        );
        assert!(
            !matches(cost, Some(&account), "湖边柳树发了芽")
                .await
                .expect("compared")
        );
        assert!(!matches(cost, None, "湖边柳树发芽").await.expect("compared"));
    }
}
