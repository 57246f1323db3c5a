//! Complaints that nobody sees, because their words name everybody who could. Administrators hear how many there are, so the words
//! are opened beforehand, in rounds: each complaint once it came or was changed, all of a community where people or posts changed,
//! and every hour, because who is away changes by itself. What is kept is yes or no, never whom they name.

use std::collections::HashMap;

use rules::complaint::has_reader;
use rules::ids::CommunityId;
use store::Unit;
use store::complaint::{Looked, Told};
use time::{Duration, OffsetDateTime};

use super::seal::Lock;
use super::sight::{concerned_in, opened};
use crate::net::CommunityNet;
use crate::{Error, House, task};

/// Complaints opened in one go.
const AT_ONCE: u16 = 200;
/// After so long it is found out anew.
const ANEW: Duration = Duration::hours(1);

/// The rounds that find out which complaints nobody sees, with since when people and posts of each community are as they are; the
/// first round of all opens every open complaint.
#[derive(Debug, Default)]
pub struct Rounds {
    since: HashMap<CommunityId, (i64, OffsetDateTime)>,
}

impl Rounds {
    /// One round through every community.
    ///
    /// # Errors
    /// `Unavailable` without the key, `Store`.
    #[task]
    pub async fn go(&mut self, house: &House) -> Result<(), Error> {
        let (net, now) = (house.net(), house.clock.now());
        for net in net.communities() {
            let as_now = (net.version, now);
            let since = self.since.entry(net.id).or_insert(as_now);
            if since.0 != net.version {
                *since = as_now;
            }
            round_in(house, net, since.1.max(now - ANEW)).await?;
        }
        Ok(())
    }
}

/// Finds out of every open complaint whether nobody sees it.
///
/// # Errors
/// As [`Rounds::go`].
#[task]
pub async fn tick(house: &House) -> Result<(), Error> {
    Rounds::default().go(house).await
}

/// Those looked at before a moment, page by page.
async fn round_in(house: &House, net: &CommunityNet, before: OffsetDateTime) -> Result<(), Error> {
    let reader = house.store.reader();
    loop {
        let page = reader.complaints_looked_at_before(net.id, before, AT_ONCE);
        let page = page.await?;
        if page.is_empty() {
            return Ok(());
        }
        let is_last = page.len() < usize::from(AT_ONCE);
        // where the clock was set back, a page that is looked at does not come again
        let (lock, now) = (
            Lock::of(house, net.id).await?,
            house.clock.now().max(before),
        );
        let page = page.into_iter().map(|told| looked(&lock, net, told, now));
        let page: Vec<Looked> = page.collect();
        let kept = house.store.unit(net.id, async move |unit: &Unit| {
            for one in page {
                unit.keep_looked(one, now).await?;
            }
            Ok::<(), Error>(())
        });
        kept.await?;
        if is_last {
            return Ok(());
        }
    }
}

/// What does not open for anybody is left out.
fn looked(lock: &Lock, net: &CommunityNet, told: Told, now: OffsetDateTime) -> Looked {
    let (id, version) = (told.complaint.id, told.complaint.version);
    let nobody = opened(lock, told).is_some_and(|(complaint, clear)| {
        let line = concerned_in(net, &complaint, &clear, now);
        !has_reader(&complaint, &line, &net.posts_in_service())
    });
    Looked {
        id,
        version,
        nobody,
    }
}

/// How many open complaints of each community nobody sees: there another supervisor has to be appointed. For administrators, who
/// read none of them; communities without any are left out. As the last round found it.
///
/// # Errors
/// `Store`.
#[task]
pub async fn without_reader(house: &House) -> Result<Vec<(CommunityId, usize)>, Error> {
    let (net, reader) = (house.net(), house.store.reader());
    let mut counts = Vec::new();
    for net in net.communities() {
        let n = reader.complaints_nobody_sees(net.id).await?;
        if n > 0 {
            counts.push((net.id, usize::try_from(n).unwrap_or(usize::MAX)));
        }
    }
    Ok(counts)
}
