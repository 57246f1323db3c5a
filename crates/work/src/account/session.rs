//! Sessions: a random token in the visitor's hands, its hash here. One ends by signing out, after half an hour unused,
//! and after twelve hours in any case.

use rules::privacy::Secret;
use store::account::{Account, Session};
use store::community::INSTALLATION;
use time::{Duration, OffsetDateTime};

use super::secret::{draw, hash, hash_of_shown};
use crate::{Error, House, Visitor, task};

/// How long an unused session lasts.
const IDLE: Duration = Duration::minutes(30);
/// How long any session lasts.
const LONGEST: Duration = Duration::hours(12);
/// How exactly the last use is kept; not every request writes.
const SEEN_WITHIN: Duration = Duration::minutes(1);

/// A session's token, for the cookie.
pub struct SessionToken {
    /// The text.
    pub text: Secret<String>,
    /// When the session ends in any case.
    pub expires_at: OffsetDateTime,
}

/// Begins a session of an account that has proven itself.
pub(super) async fn begin(house: &House, account: &Account) -> Result<SessionToken, Error> {
    let now = house.clock.now();
    keep(house, account.id, now, now + LONGEST).await
}

async fn keep(
    house: &House,
    account: rules::ids::AccountId,
    now: OffsetDateTime,
    expires_at: OffsetDateTime,
) -> Result<SessionToken, Error> {
    let text = draw("")?;
    let session = Session {
        token_hash: hash(text.expose()),
        account,
        seen_at: now,
        expires_at,
    };
    house
        .store
        .unit(INSTALLATION, async move |unit| {
            unit.drop_ended_sessions(now).await?;
            unit.add_session(&session).await
        })
        .await
        .map_err(Error::Store)?;
    Ok(SessionToken { text, expires_at })
}

/// The visitor behind a session's token.
///
/// # Errors
/// `SignIn` if there is no such session, it has ended, or its account is closed.
#[task]
pub async fn by_session(house: &House, token: &str) -> Result<Visitor, Error> {
    let session = live(house, token).await?;
    let account = house.store.reader().account(session.account).await?;
    let visitor = house.visitor(&account.ok_or(Error::SignIn)?)?;
    let now = house.clock.now();
    if now - session.seen_at >= SEEN_WITHIN {
        let touched = house.store.unit(INSTALLATION, async move |unit| {
            unit.touch_session(&session.token_hash, now).await
        });
        touched.await.map_err(Error::Store)?;
    }
    Ok(visitor)
}

async fn live(house: &House, token: &str) -> Result<Session, Error> {
    let hash = hash_of_shown(token)?;
    let session = house
        .store
        .reader()
        .session(&hash)
        .await?
        .ok_or(Error::SignIn)?;
    let now = house.clock.now();
    let ended = now >= session.expires_at || now - session.seen_at >= IDLE;
    if ended {
        Err(Error::SignIn)
    } else {
        Ok(session)
    }
}

/// Ends a session. Signing out twice is no error.
///
/// # Errors
/// `Store`.
#[task]
pub async fn sign_out(house: &House, token: &str) -> Result<(), Error> {
    let Ok(hash) = hash_of_shown(token) else {
        return Ok(());
    };
    let ended = house.store.unit(INSTALLATION, async move |unit| {
        unit.end_session(&hash).await
    });
    ended.await.map(|_| ()).map_err(Error::Store)
}

/// Gives a session a new token; the old one is void at once, the end stays where it was.
///
/// # Errors
/// `SignIn` if the session has ended.
#[task]
pub async fn rotate(house: &House, token: &str) -> Result<SessionToken, Error> {
    let session = live(house, token).await?;
    sign_out(house, token).await?;
    keep(
        house,
        session.account,
        house.clock.now(),
        session.expires_at,
    )
    .await
}
