//! `weige token`: tokens for programs and walls, shown once.

use anyhow::Context;
use work::account::{NewToken, create_token, revoke_shown};

use crate::command::Token;
use crate::config::Config;

/// `weige token create|revoke`.
pub async fn token(config: &Config, what: Token) -> anyhow::Result<()> {
    let house = config.house().await?;
    match what {
        Token::Create {
            account,
            device,
            label,
            days,
        } => {
            let net = house.net();
            let new = match (&account, &device) {
                (Some(account), _) => NewToken::Bearer { account },
                (None, Some(code)) => {
                    let community = net
                        .community(code)
                        .with_context(|| format!("there is no community {code}"))?;
                    NewToken::Device {
                        community: community.id,
                    }
                }
                (None, None) => anyhow::bail!("name an account or a community"),
            };
            let lasts = days.map(|days| time::Duration::days(i64::from(days)));
            println!(
                "{}",
                create_token(&house, new, &label, lasts).await?.0.expose()
            );
        }
        Token::Revoke { token } => {
            revoke_shown(&house, &token).await?;
            println!("revoked");
        }
    }
    Ok(())
}
