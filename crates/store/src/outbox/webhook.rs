//! Webhooks, and whether a community sends text messages.

use rules::ids::{CommunityId, MemberId, WebhookId};
use rules::outbox::Topic;
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// An address that is told of steps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptWebhook {
    /// Its key.
    pub id: WebhookId,
    /// Counts its changes, from 1.
    pub version: i64,
    /// Where.
    pub address: String,
    /// Of which steps.
    pub topics: Vec<Topic>,
    /// What signs, sealed.
    pub secret: Vec<u8>,
    /// What signed before and until when it signs beside, sealed.
    pub former: Option<(Vec<u8>, OffsetDateTime)>,
    /// Steps from then on are told.
    pub since: OffsetDateTime,
    /// Since when it is off, and whether the other side said so (410).
    pub off: Option<(OffsetDateTime, bool)>,
    /// Who changed it last.
    pub by: MemberId,
}

/// Who is told of what at this moment.
#[derive(Debug, Clone, Default)]
pub struct Targets {
    /// Addresses that are on.
    pub webhooks: Vec<KeptWebhook>,
    /// Since when reporters are sent text messages, if they are.
    pub sms: Option<OffsetDateTime>,
}

impl Targets {
    /// Whether nobody is told anything.
    pub fn is_empty(&self) -> bool {
        self.webhooks.is_empty() && self.sms.is_none()
    }
}

const COLUMNS: &str =
    "id, version, address, topics, secret, former, former_until, since_at, off_at, off_why, by_id";

/// What stands in `off_why` where the other side said that it is gone.
const GONE: &str = "gone";

impl Unit {
    /// Keeps a new webhook.
    ///
    /// # Errors
    /// What the database says.
    pub async fn keep_webhook(&self, hook: &KeptWebhook) -> Result<(), Error> {
        let key: [Value; 2] = [self.community().0.into(), hook.id.0.into()];
        let values = key.into_iter().chain(changeable(hook));
        let sql = "INSERT INTO webhooks (community_id, id, version, address, topics, secret, former, former_until, since_at, \
                   off_at, off_why, by_id) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Writes a changed webhook over the version before it.
    ///
    /// # Errors
    /// `Stale` if that version does not hold.
    pub async fn save_webhook(&self, hook: &KeptWebhook) -> Result<(), Error> {
        let before: [Value; 3] = [
            self.community().0.into(),
            hook.id.0.into(),
            (hook.version - 1).into(),
        ];
        let values = changeable(hook).into_iter().chain(before);
        let sql = "UPDATE webhooks SET version = ?, address = ?, topics = ?, secret = ?, former = ?, former_until = ?, since_at = ?, \
                   off_at = ?, off_why = ?, by_id = ? WHERE community_id = ? AND id = ? AND version = ?";
        match self.run(sql, values).await? {
            1 => Ok(()),
            _ => Err(Error::Stale { is: hook.version }),
        }
    }

    /// The webhook of that id.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn webhook(&self, id: WebhookId) -> Result<KeptWebhook, Error> {
        one(self, self.community(), id).await
    }

    /// How many webhooks the community has, on or off.
    ///
    /// # Errors
    /// What the database says.
    pub async fn count_webhooks(&self) -> Result<usize, Error> {
        Ok(all(self, self.community()).await?.len())
    }

    /// Switches text messages on, of steps from now on, or off.
    ///
    /// # Errors
    /// What the database says.
    pub async fn switch_sms(&self, on: Option<(OffsetDateTime, MemberId)>) -> Result<u64, Error> {
        let community = self.community().0;
        match on {
            None => {
                let sql = "DELETE FROM sms_switches WHERE community_id = ?";
                self.run(sql, [community.into()]).await
            }
            Some((since, by)) => {
                let sql = "INSERT INTO sms_switches (community_id, since_at, by_id) VALUES (?,?,?) ON CONFLICT (community_id) DO NOTHING";
                let values = [community.into(), micros(since).into(), by.0.into()];
                self.run(sql, values).await
            }
        }
    }
}

impl Reader {
    /// Every webhook of a community, the oldest first.
    ///
    /// # Errors
    /// What the database says.
    pub async fn webhooks(&self, community: CommunityId) -> Result<Vec<KeptWebhook>, Error> {
        all(self, community).await
    }

    /// The webhook of that id.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn webhook(
        &self,
        community: CommunityId,
        id: WebhookId,
    ) -> Result<KeptWebhook, Error> {
        one(self, community, id).await
    }

    /// Who is told of what in a community; most tell nobody, which is one question.
    ///
    /// # Errors
    /// What the database says.
    pub async fn outbox_targets(&self, community: CommunityId) -> Result<Targets, Error> {
        let sql = "SELECT 1 FROM communities c WHERE c.id = ? AND \
                   (EXISTS (SELECT 1 FROM webhooks w WHERE w.community_id = c.id) OR \
                   EXISTS (SELECT 1 FROM sms_switches s WHERE s.community_id = c.id))";
        if ask::row(self, sql, [community.0.into()]).await?.is_none() {
            return Ok(Targets::default());
        }
        let mut webhooks = all(self, community).await?;
        webhooks.retain(|hook| hook.off.is_none());
        let sql = "SELECT since_at FROM sms_switches WHERE community_id = ?";
        let row = ask::row(self, sql, [community.0.into()]).await?;
        let sms = row.map(|row| row.try_get("", "since_at")).transpose()?;
        Ok(Targets {
            webhooks,
            sms: sms.map(instant),
        })
    }
}

async fn all(on: &impl ConnectionTrait, community: CommunityId) -> Result<Vec<KeptWebhook>, Error> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks WHERE community_id = ? ORDER BY id");
    let rows = ask::rows(on, &sql, [community.0.into()]).await?;
    rows.iter().map(webhook).collect()
}

async fn one(
    on: &impl ConnectionTrait,
    community: CommunityId,
    id: WebhookId,
) -> Result<KeptWebhook, Error> {
    let sql = format!("SELECT {COLUMNS} FROM webhooks WHERE community_id = ? AND id = ?");
    let row = ask::row(on, &sql, [community.0.into(), id.0.into()]).await?;
    row.as_ref()
        .map(webhook)
        .transpose()?
        .ok_or(Error::NotFound("webhook"))
}

fn topics(topics: &[Topic]) -> String {
    let names: Vec<_> = topics.iter().map(|topic| topic.as_str()).collect();
    names.join(" ")
}

/// What of a webhook can change, in the order of its columns.
fn changeable(hook: &KeptWebhook) -> [Value; 10] {
    [
        hook.version.into(),
        hook.address.as_str().into(),
        topics(&hook.topics).into(),
        hook.secret.clone().into(),
        hook.former
            .as_ref()
            .map(|(secret, _)| secret.clone())
            .into(),
        hook.former.as_ref().map(|(_, until)| micros(*until)).into(),
        micros(hook.since).into(),
        hook.off.map(|(at, _)| micros(at)).into(),
        off_why(hook).into(),
        hook.by.0.into(),
    ]
}

fn off_why(hook: &KeptWebhook) -> Option<&'static str> {
    hook.off.and_then(|(_, gone)| gone.then_some(GONE))
}

fn webhook(row: &QueryResult) -> Result<KeptWebhook, Error> {
    let id: uuid::Uuid = row.try_get("", "id")?;
    let named: String = row.try_get("", "topics")?;
    let topics: Result<Vec<Topic>, _> = named.split_whitespace().map(str::parse).collect();
    let former: Option<Vec<u8>> = row.try_get("", "former")?;
    let until: Option<i64> = row.try_get("", "former_until")?;
    let off: Option<i64> = row.try_get("", "off_at")?;
    let why: Option<String> = row.try_get("", "off_why")?;
    Ok(KeptWebhook {
        id: WebhookId(id),
        version: row.try_get("", "version")?,
        address: row.try_get("", "address")?,
        topics: topics.map_err(|_| Error::Contradiction {
            table: "webhooks",
            id: id.to_string(),
            why: format!("topics {named:?}"),
        })?,
        secret: row.try_get("", "secret")?,
        former: former.zip(until.map(instant)),
        since: instant(row.try_get("", "since_at")?),
        off: off.map(|at| (instant(at), why.as_deref() == Some(GONE))),
        by: MemberId(row.try_get("", "by_id")?),
    })
}
