//! Sessions: found by the hash of their token only.

use rules::ids::AccountId;
use sea_orm::Value;
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// A session as kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// SHA-256 of its token.
    pub token_hash: Vec<u8>,
    /// Whose it is.
    pub account: AccountId,
    /// When it was last used.
    pub seen_at: OffsetDateTime,
    /// When it ends, used or not.
    pub expires_at: OffsetDateTime,
}

impl Unit {
    /// Keeps a new session.
    ///
    /// # Errors
    /// What the database says.
    pub async fn add_session(&self, session: &Session) -> Result<(), Error> {
        let values: [Value; 5] = [
            session.token_hash.clone().into(),
            session.account.0.into(),
            micros(session.seen_at).into(),
            micros(session.seen_at).into(),
            micros(session.expires_at).into(),
        ];
        let sql = "INSERT INTO sessions (token_hash, account_id, created_at, seen_at, expires_at) VALUES (?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Notes that a session was used.
    ///
    /// # Errors
    /// What the database says.
    pub async fn touch_session(&self, token_hash: &[u8], at: OffsetDateTime) -> Result<(), Error> {
        let sql = "UPDATE sessions SET seen_at = ? WHERE token_hash = ?";
        self.run(sql, [micros(at).into(), token_hash.to_vec().into()])
            .await?;
        Ok(())
    }

    /// Ends a session; tells whether there was one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_session(&self, token_hash: &[u8]) -> Result<bool, Error> {
        let sql = "DELETE FROM sessions WHERE token_hash = ?";
        Ok(self.run(sql, [token_hash.to_vec().into()]).await? == 1)
    }

    /// Ends every session of an account.
    ///
    /// # Errors
    /// What the database says.
    pub async fn end_sessions_of(&self, account: AccountId) -> Result<(), Error> {
        self.run(
            "DELETE FROM sessions WHERE account_id = ?",
            [account.0.into()],
        )
        .await?;
        Ok(())
    }

    /// Removes sessions that ended before `before`.
    ///
    /// # Errors
    /// What the database says.
    pub async fn drop_ended_sessions(&self, before: OffsetDateTime) -> Result<u64, Error> {
        self.run(
            "DELETE FROM sessions WHERE expires_at < ?",
            [micros(before).into()],
        )
        .await
    }
}

impl Reader {
    /// The session of a token's hash.
    ///
    /// # Errors
    /// What the database says.
    pub async fn session(&self, token_hash: &[u8]) -> Result<Option<Session>, Error> {
        let sql = "SELECT account_id, seen_at, expires_at FROM sessions WHERE token_hash = ?";
        let row = ask::row(self, sql, [token_hash.to_vec().into()]).await?;
        row.map(|row| {
            Ok(Session {
                token_hash: token_hash.to_vec(),
                account: AccountId(row.try_get("", "account_id")?),
                seen_at: instant(row.try_get("", "seen_at")?),
                expires_at: instant(row.try_get("", "expires_at")?),
            })
        })
        .transpose()
    }
}
