//! `weige token`: tokens for programs and walls, shown once.

use anyhow::Context;
use rules::calendar::CHINA;
use store::account::TokenKind;
use work::account::{Listed, NewToken, create_token, live_tokens, revoke_listed, revoke_shown};
use work::{Error, House};

use crate::command::{Token, Whose};
use crate::config::Config;
use crate::{community, say};

/// `weige token create|list|revoke`.
pub async fn token(config: &Config, what: Token) -> anyhow::Result<()> {
    let house = config.standing_house().await?;
    match what {
        Token::Create { whose, label, days } => {
            let lasts = days.map(|days| time::Duration::days(i64::from(days)));
            create(&house, &whose, &label, lasts).await
        }
        Token::List => list(&house).await,
        Token::Revoke { token } => revoke(&house, &token).await,
    }
}

async fn create(
    house: &House,
    whose: &Whose,
    label: &str,
    lasts: Option<time::Duration>,
) -> anyhow::Result<()> {
    let new = match (&whose.account, &whose.device) {
        (Some(account), _) => NewToken::Bearer { account },
        (None, Some(code)) => NewToken::Device {
            community: community::named(&house.net(), code)?.id,
        },
        (None, None) => anyhow::bail!("name an account or a community"),
    };
    let made = create_token(house, new, label, lasts).await;
    let made = made.map_err(|error| match (error, &whose.account) {
        (Error::NotFound, Some(name)) => anyhow::anyhow!("there is no account {name}"),
        (Error::Forbidden, Some(name)) => anyhow::anyhow!(
            "{name} is closed, and a token of it would open nothing; `weige account enable {name}` opens it"
        ),
        (other, _) => other.into(),
    })?;
    say::line(made.0.expose())
        .context("the token was made; `weige token list` shows its id, and revoke takes it back")
}

async fn revoke(house: &House, token: &str) -> anyhow::Result<()> {
    let revoked = if token.starts_with("wg") {
        revoke_shown(house, token).await
    } else {
        revoke_listed(house, token).await
    };
    match revoked {
        Ok(()) => say::line("revoked"),
        // a token is nothing to be repeated in a terminal
        Err(Error::NotFound | Error::SignIn) => {
            anyhow::bail!("there is no such token, or it was taken back before")
        }
        Err(other) => Err(other.into()),
    }
}

/// Those that open something, one a line.
async fn list(house: &House) -> anyhow::Result<()> {
    let tokens = live_tokens(house).await?;
    tokens.iter().try_for_each(|token| say::line(line(token)))
}

/// A token in its line: id, kind, whose, made, ends, what for.
pub fn line(token: &Listed) -> String {
    let day = |at: time::OffsetDateTime| at.to_offset(CHINA).date().to_string();
    let kind = match token.kind {
        TokenKind::Bearer => "account",
        TokenKind::Device => "device",
    };
    let ends = token.ends_at.map_or_else(|| "never".into(), day);
    let made = day(token.made_at);
    [&token.id, kind, &token.whose, &made, &ends, &token.label].join("\t")
}
