//! Accounts, sessions, tokens and the installation's own settings. Passwords and tokens are here only as hashes.

mod sessions;
mod tokens;

pub use sessions::Session;
pub use tokens::{Token, TokenKind};

use rules::access::Role;
use rules::ids::{AccountId, CommunityId, MemberId};
use sea_orm::{QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, micros};

/// An account as kept.
#[derive(Clone)]
pub struct Account {
    /// Its key.
    pub id: AccountId,
    /// The name one signs in with; unique in the installation.
    pub name: String,
    /// The password's hash in PHC form.
    pub password_hash: String,
    /// The community of its member; `None` for administrators.
    pub community: Option<CommunityId>,
    /// The member it belongs to.
    pub member: Option<MemberId>,
    /// Its role.
    pub role: Role,
    /// Whether it may not sign in.
    pub disabled: bool,
}

impl Unit {
    /// Keeps a new account.
    ///
    /// # Errors
    /// `Taken` if the name is.
    pub async fn add_account(&self, account: &Account, at: OffsetDateTime) -> Result<(), Error> {
        let values: [Value; 8] = [
            account.id.0.into(),
            account.name.as_str().into(),
            account.password_hash.as_str().into(),
            account.community.map(|id| id.0).into(),
            account.member.map(|id| id.0).into(),
            account.role.as_str().into(),
            account.disabled.into(),
            micros(at).into(),
        ];
        let sql = "INSERT INTO accounts (id, name, password_hash, community_id, member_id, role, disabled, created_at) \
                   VALUES (?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Replaces the password's hash; the account's sessions end.
    ///
    /// # Errors
    /// `NotFound` if there is no such account.
    pub async fn save_password(&self, account: AccountId, hash: &str) -> Result<(), Error> {
        let sql = "UPDATE accounts SET password_hash = ? WHERE id = ?";
        let changed = self.run(sql, [hash.into(), account.0.into()]).await?;
        self.end_sessions_of(account).await?;
        if changed == 1 {
            Ok(())
        } else {
            Err(Error::NotFound("account"))
        }
    }

    /// Opens or closes an account; closing ends its sessions.
    ///
    /// # Errors
    /// `NotFound` if there is no such account.
    pub async fn disable_account(&self, account: AccountId, disabled: bool) -> Result<(), Error> {
        let sql = "UPDATE accounts SET disabled = ? WHERE id = ?";
        let changed = self.run(sql, [disabled.into(), account.0.into()]).await?;
        self.end_sessions_of(account).await?;
        if changed == 1 {
            Ok(())
        } else {
            Err(Error::NotFound("account"))
        }
    }

    /// Keeps a setting of the installation.
    ///
    /// # Errors
    /// What the database says.
    pub async fn save_instance_setting(&self, name: &str, value: &str) -> Result<(), Error> {
        let sql = "INSERT INTO instance_settings (name, value) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        self.run(sql, [name.into(), value.into()]).await?;
        Ok(())
    }

    /// Keeps a setting of the installation unless there is one of that name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_instance_setting(&self, name: &str, value: &str) -> Result<(), Error> {
        let sql = "INSERT INTO instance_settings (name, value) VALUES (?,?) ON CONFLICT (name) DO NOTHING";
        self.run(sql, [name.into(), value.into()]).await?;
        Ok(())
    }

    /// Takes a setting away if it has exactly this value; tells whether it did.
    ///
    /// # Errors
    /// What the database says.
    pub async fn take_instance_setting(&self, name: &str, value: &str) -> Result<bool, Error> {
        let sql = "DELETE FROM instance_settings WHERE name = ? AND value = ?";
        Ok(self.run(sql, [name.into(), value.into()]).await? == 1)
    }
}

const COLUMNS: &str = "id, name, password_hash, community_id, member_id, role, disabled";

impl Reader {
    /// The account of a name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account_named(&self, name: &str) -> Result<Option<Account>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM accounts WHERE name = ?");
        let row = ask::row(self, &sql, [name.into()]).await?;
        row.as_ref().map(account).transpose()
    }

    /// The account of an id.
    ///
    /// # Errors
    /// What the database says.
    pub async fn account(&self, id: AccountId) -> Result<Option<Account>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM accounts WHERE id = ?");
        let row = ask::row(self, &sql, [id.0.into()]).await?;
        row.as_ref().map(account).transpose()
    }

    /// The accounts of a community's members, by name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn accounts_of(&self, community: CommunityId) -> Result<Vec<Account>, Error> {
        let sql = format!("SELECT {COLUMNS} FROM accounts WHERE community_id = ? ORDER BY name");
        let rows = ask::rows(self, &sql, [community.0.into()]).await?;
        rows.iter().map(account).collect()
    }

    /// The members of a community whose account was closed, and who have no other one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn closed_members(&self, community: CommunityId) -> Result<Vec<MemberId>, Error> {
        let sql = "SELECT a.member_id FROM accounts a WHERE a.community_id = ? AND a.member_id IS NOT NULL AND a.disabled = ? \
                   AND NOT EXISTS (SELECT 1 FROM accounts o WHERE o.community_id = a.community_id AND o.member_id = a.member_id \
                   AND o.disabled = ?)";
        let values = [community.0.into(), true.into(), false.into()];
        let rows = ask::rows(self, sql, values).await?;
        let id = |row: &QueryResult| Ok(MemberId(row.try_get("", "member_id")?));
        rows.iter().map(id).collect()
    }

    /// Whether the installation has any account at all.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_accounts(&self) -> Result<bool, Error> {
        Ok(ask::row(self, "SELECT id FROM accounts LIMIT 1", [])
            .await?
            .is_some())
    }

    /// A setting of the installation.
    ///
    /// # Errors
    /// What the database says.
    pub async fn instance_setting(&self, name: &str) -> Result<Option<String>, Error> {
        let sql = "SELECT value FROM instance_settings WHERE name = ?";
        let row = ask::row(self, sql, [name.into()]).await?;
        Ok(row.map(|row| row.try_get("", "value")).transpose()?)
    }
}

fn account(row: &QueryResult) -> Result<Account, Error> {
    Ok(Account {
        id: AccountId(row.try_get("", "id")?),
        name: row.try_get("", "name")?,
        password_hash: row.try_get("", "password_hash")?,
        community: row
            .try_get::<Option<i64>>("", "community_id")?
            .map(CommunityId),
        member: row.try_get::<Option<Uuid>>("", "member_id")?.map(MemberId),
        role: ask::typed(row, "accounts", "role")?,
        disabled: row.try_get("", "disabled")?,
    })
}
