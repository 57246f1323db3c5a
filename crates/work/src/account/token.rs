//! Tokens: bearer tokens for machines that act as an account, device tokens for walls that show counts without people.

use std::sync::Arc;

use rules::ids::CommunityId;
use rules::journal::HouseEvent;
use rules::privacy::Secret;
use store::account::{Token, TokenKind};
use store::community::INSTALLATION;
use time::{Duration, OffsetDateTime};

use super::known::Seen;
use super::make::note;
use super::secret::{draw, hash, hash_of_shown};
use crate::{Error, House, Visitor, task};

/// What every device token begins with.
const DEVICE: &str = "wgd_";

/// Whether a token says that it is one of a wall; whether it holds is asked of the store.
pub fn is_device(token: &str) -> bool {
    token.starts_with(DEVICE)
}

/// What a token is made for.
#[derive(Clone, Copy, Debug)]
pub enum NewToken<'a> {
    /// The API, as this account.
    Bearer {
        /// The account's name.
        account: &'a str,
    },
    /// A cockpit's wall of this community.
    Device {
        /// The community.
        community: CommunityId,
    },
}

/// A token's text, to be shown once.
pub struct TokenText(pub Secret<String>);

/// Makes a token; without `lasts` it ends only when it is taken back.
///
/// # Errors
/// `NotFound` for an account that is not there, `Invalid` for a label that is too long.
pub async fn create_token(
    house: &House,
    new: NewToken<'_>,
    label: &str,
    lasts: Option<Duration>,
) -> Result<TokenText, Error> {
    if label.chars().count() > 100 {
        return Err(Error::invalid("label", "too-long"));
    }
    let now = house.clock.now();
    let (account, community, kind) = match new {
        NewToken::Bearer { account } => {
            let kept = house
                .store
                .reader()
                .account_named(account)
                .await?
                .ok_or(Error::NotFound)?;
            (Some(kept.id), kept.community, TokenKind::Bearer)
        }
        NewToken::Device { community } => {
            house
                .net()
                .community_by_id(community)
                .ok_or(Error::NotFound)?;
            (None, Some(community), TokenKind::Device)
        }
    };
    let text = draw(if kind == TokenKind::Bearer {
        "wgb_"
    } else {
        DEVICE
    })?;
    let token = Token {
        token_hash: hash(text.expose()),
        kind,
        account,
        community,
        label: label.to_owned(),
        created_at: now,
        expires_at: lasts.map(|lasts| now + lasts),
        revoked_at: None,
    };
    keep(house, token).await?;
    Ok(TokenText(text))
}

async fn keep(house: &House, token: Token) -> Result<(), Error> {
    let kept = house
        .store
        .unit(token.community.unwrap_or(INSTALLATION), async move |unit| {
            unit.add_token(&token).await?;
            let mut note = note(
                token.created_at,
                rules::ids::AccountId(uuid::Uuid::nil()),
                HouseEvent::TokenMade,
            );
            note.subject = token.account.map(|account| account.0);
            unit.note(note);
            Ok::<(), store::Error>(())
        });
    kept.await.map_err(Error::from)
}

/// Takes a token back that somebody shows.
///
/// # Errors
/// `NotFound` if it is not there or was taken back before, `SignIn` for what cannot be a token.
#[task]
pub async fn revoke_shown(house: &House, token: &str) -> Result<(), Error> {
    revoke_token(house, &hash_of_shown(token)?).await
}

/// Takes a token back; it is void at once.
///
/// # Errors
/// `NotFound` if it is not there or was taken back before.
#[task]
pub async fn revoke_token(house: &House, token_hash: &[u8]) -> Result<(), Error> {
    let token = house
        .store
        .reader()
        .token(token_hash)
        .await?
        .ok_or(Error::NotFound)?;
    let now = house.clock.now();
    let revoked = house
        .store
        .unit(token.community.unwrap_or(INSTALLATION), async move |unit| {
            unit.revoke_token(&token.token_hash, now).await?;
            let mut note = note(
                now,
                rules::ids::AccountId(uuid::Uuid::nil()),
                HouseEvent::TokenRevoked,
            );
            note.subject = token.account.map(|account| account.0);
            unit.note(note);
            Ok::<(), store::Error>(())
        });
    revoked.await.map_err(Error::from)?;
    house.known.forget();
    Ok(())
}

/// The visitor behind a bearer token.
///
/// # Errors
/// `SignIn` if there is no such token, it has ended or was taken back, or its account is closed.
#[task]
pub async fn by_bearer(house: &House, token: &str) -> Result<Visitor, Error> {
    let (hash, now) = (hash_of_shown(token)?, house.clock.now());
    if let Some(seen) = house.known.get(&hash, now) {
        return if ended(&seen.token, now) {
            Err(Error::SignIn)
        } else {
            house.visitor(&seen.account)
        };
    }
    let token = live(house, token, TokenKind::Bearer).await?;
    let account = house
        .store
        .reader()
        .account(token.account.ok_or(Error::SignIn)?)
        .await?
        .ok_or(Error::SignIn)?;
    let seen = Seen {
        token: Arc::new(token),
        account: Arc::new(account),
        at: now,
    };
    let visitor = house.visitor(&seen.account);
    house.known.put(hash, seen);
    visitor
}

/// The community whose counts a device token shows.
///
/// # Errors
/// As [`by_bearer`].
#[task]
pub async fn by_device(house: &House, token: &str) -> Result<CommunityId, Error> {
    let token = live(house, token, TokenKind::Device).await?;
    token.community.ok_or(Error::SignIn)
}

async fn live(house: &House, shown: &str, kind: TokenKind) -> Result<Token, Error> {
    let token = house.store.reader().token(&hash_of_shown(shown)?).await?;
    let now = house.clock.now();
    let valid =
        |token: &Token| token.kind == kind && token.revoked_at.is_none() && !ended(token, now);
    token.filter(valid).ok_or(Error::SignIn)
}

fn ended(token: &Token, now: OffsetDateTime) -> bool {
    token.expires_at.is_some_and(|end| now >= end)
}
