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

/// The most characters that say what a token is for.
pub const LONGEST_LABEL: usize = 100;

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
/// `NotFound` for an account that is not there, `Forbidden` for one that is closed, `Invalid` for a label that is too long.
pub async fn create_token(
    house: &House,
    new: NewToken<'_>,
    label: &str,
    lasts: Option<Duration>,
) -> Result<TokenText, Error> {
    if label.chars().count() > LONGEST_LABEL {
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
            if kept.disabled {
                // it would open nothing now, and come alive unasked on the day the account is opened
                return Err(Error::Forbidden);
            }
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

/// How many hexadecimal digits of a token's hash tell it from the others in a list.
const DIGITS: usize = 12;

/// A token as an operator finds it in a list. Its text is not there: it was shown once.
pub struct Listed {
    /// What it is taken back by.
    pub id: String,
    /// What it opens.
    pub kind: TokenKind,
    /// The name of the account it acts as, or the code of the community whose counts it shows.
    pub whose: String,
    /// What it is for.
    pub label: String,
    /// When it was made.
    pub made_at: OffsetDateTime,
    /// When it ends by itself.
    pub ends_at: Option<OffsetDateTime>,
}

/// The tokens that act as an account and open something now, the newest first.
///
/// # Errors
/// `Store`.
#[task]
pub async fn live_tokens_of(house: &House, account: &str) -> Result<Vec<Listed>, Error> {
    let mut all = live_tokens(house).await?;
    all.retain(|token| token.kind == TokenKind::Bearer && token.whose == account);
    Ok(all)
}

/// The tokens that open something now, the newest first. Those of a closed account open nothing.
///
/// # Errors
/// `Store`.
#[task]
pub async fn live_tokens(house: &House) -> Result<Vec<Listed>, Error> {
    let (reader, net, now) = (house.store.reader(), house.net(), house.clock.now());
    let mut listed = Vec::new();
    for token in reader.tokens().await? {
        if token.revoked_at.is_some() || ended(&token, now) {
            continue;
        }
        let whose = match (token.account, token.community) {
            (Some(account), _) => match reader.account(account).await? {
                Some(account) if account.disabled => continue,
                account => account.map(|account| account.name),
            },
            (None, Some(id)) => net.community_by_id(id).map(|one| one.code.clone()),
            (None, None) => None,
        };
        listed.push(Listed {
            id: id_of(&token),
            kind: token.kind,
            whose: whose.unwrap_or_default(),
            label: token.label,
            made_at: token.created_at,
            ends_at: token.expires_at,
        });
    }
    Ok(listed)
}

fn id_of(token: &Token) -> String {
    let mut id = hex::encode(&token.token_hash);
    id.truncate(DIGITS);
    id
}

/// Takes a token back that stands in the list under this id, for whoever has lost its text.
///
/// # Errors
/// `NotFound` if none does.
#[task]
pub async fn revoke_listed(house: &House, id: &str) -> Result<(), Error> {
    let all = house.store.reader().tokens().await?;
    let mut named = all.iter().filter(|token| id_of(token) == id);
    match (named.next(), named.next()) {
        (Some(only), None) => revoke_token(house, &only.token_hash).await,
        _ => Err(Error::NotFound),
    }
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
