//! Tokens of machines and devices: found by their hash, listed by their label, never shown again.

use rules::ids::{AccountId, CommunityId};
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// What a token opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TokenKind {
    /// The API, as an account.
    Bearer,
    /// The cockpit's wall, counts without people.
    Device,
}

impl TokenKind {
    /// The name in the table.
    pub const fn as_str(self) -> &'static str {
        match self {
            TokenKind::Bearer => "bearer",
            TokenKind::Device => "device",
        }
    }
}

/// A token as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// SHA-256 of its text.
    pub token_hash: Vec<u8>,
    /// What it opens.
    pub kind: TokenKind,
    /// As whom; `None` for devices.
    pub account: Option<AccountId>,
    /// Of which community; `None` for accounts of no community.
    pub community: Option<CommunityId>,
    /// What it is for, in its maker's words.
    pub label: String,
    /// When it was made.
    pub created_at: OffsetDateTime,
    /// When it ends.
    pub expires_at: Option<OffsetDateTime>,
    /// When it was taken back.
    pub revoked_at: Option<OffsetDateTime>,
}

impl Unit {
    /// Keeps a new token.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_token(&self, token: &Token) -> Result<(), Error> {
        let values: [Value; 7] = [
            token.token_hash.clone().into(),
            token.account.map(|id| id.0).into(),
            token.community.map(|id| id.0).into(),
            token.kind.as_str().into(),
            token.label.as_str().into(),
            micros(token.created_at).into(),
            token.expires_at.map(micros).into(),
        ];
        let sql = "INSERT INTO tokens (token_hash, account_id, community_id, kind, label, created_at, expires_at) VALUES (?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Takes a token back.
    ///
    /// # Errors
    /// `NotFound` if it is not there or was taken back before.
    pub async fn revoke_token(&self, token_hash: &[u8], at: OffsetDateTime) -> Result<(), Error> {
        let sql = "UPDATE tokens SET revoked_at = ? WHERE token_hash = ? AND revoked_at IS NULL";
        let changed = self
            .run(sql, [micros(at).into(), token_hash.to_vec().into()])
            .await?;
        if changed == 1 {
            Ok(())
        } else {
            Err(Error::NotFound("token"))
        }
    }
}

const COLUMNS: &str =
    "token_hash, account_id, community_id, kind, label, created_at, expires_at, revoked_at";

impl Reader {
    /// The token of a hash, whatever became of it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn token(&self, token_hash: &[u8]) -> Result<Option<Token>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM tokens WHERE token_hash = ?");
        let row = ask::row(self, &sql, [token_hash.to_vec().into()]).await?;
        row.as_ref().map(token).transpose()
    }

    /// All tokens, newest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn tokens(&self) -> Result<Vec<Token>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM tokens ORDER BY created_at DESC");
        let rows = ask::rows(self, &sql, []).await?;
        rows.iter().map(token).collect()
    }
}

fn token(row: &QueryResult) -> Result<Token, Error> {
    let kind: String = row.try_get("", "kind")?;
    let moment = |column: &str| -> Result<Option<OffsetDateTime>, Error> {
        Ok(row.try_get::<Option<i64>>("", column)?.map(instant))
    };
    Ok(Token {
        token_hash: row.try_get("", "token_hash")?,
        kind: if kind == "device" {
            TokenKind::Device
        } else {
            TokenKind::Bearer
        },
        account: row
            .try_get::<Option<Uuid>>("", "account_id")?
            .map(AccountId),
        community: row
            .try_get::<Option<i64>>("", "community_id")?
            .map(CommunityId),
        label: row.try_get("", "label")?,
        created_at: instant(row.try_get("", "created_at")?),
        expires_at: moment("expires_at")?,
        revoked_at: moment("revoked_at")?,
    })
}
