//! A furnished house: one community of two general grids with two micro-grids each, everybody who works in it, a small
//! catalogue, the calendar of 2026, and a clock that stands on Monday 2026-11-23 at 09:00.

use std::collections::HashMap;
use std::ops::Deref;
use std::sync::Arc;

use rules::ids::{CommunityId, GridId, MemberId};
use time::macros::datetime;
use time::{Duration, OffsetDateTime};
use work::account::{NewAccount, make};
use work::{Asker, Clock, Config, PasswordCost};

use crate::{Database, furniture};

/// When every house begins.
pub const START: OffsetDateTime = datetime!(2026-11-23 09:00 +8);

/// The password of every account.
pub const PASSWORD: &str = "湖边的柳树发了新芽";

/// An open, furnished house. Everything of `work::House` can be asked of it directly.
pub struct House {
    /// The house.
    pub house: Arc<work::House>,
    /// The database under it, for a second process on the same data.
    pub database: Database,
    /// The community.
    pub community: CommunityId,
    outbox: work::outbox::Settings,
    grids: HashMap<&'static str, GridId>,
    members: HashMap<&'static str, MemberId>,
}

impl Deref for House {
    type Target = Arc<work::House>;

    fn deref(&self) -> &Self::Target {
        &self.house
    }
}

impl House {
    /// Furnishes a house over an empty database.
    pub async fn furnish(database: Database) -> Self {
        Self::furnish_with(database, work::outbox::Settings::default()).await
    }

    /// The same, with a way out that is set up so.
    pub async fn furnish_with(database: Database, outbox: work::outbox::Settings) -> Self {
        let furnished = furniture::carry_in(&database.store).await;
        let house = open(&database, outbox.clone()).await;
        for account in furniture::ACCOUNTS {
            let member = Some((furnished.community, account));
            let new = NewAccount {
                name: account,
                password: PASSWORD,
                member,
                role: None,
            };
            make(&house, new).await.expect("an account");
        }
        let (community, grids, members) = (furnished.community, furnished.grids, furnished.members);
        Self {
            house,
            database,
            community,
            outbox,
            grids,
            members,
        }
    }

    /// A second house over the same data and keys, as another process would open it.
    pub async fn beside(&self) -> Arc<work::House> {
        open(&self.database, self.outbox.clone()).await
    }

    /// The same, with another way out.
    pub async fn beside_with(&self, outbox: work::outbox::Settings) -> Arc<work::House> {
        open(&self.database, outbox).await
    }

    /// The grid of a code without the community's part: `""`, `"G01"`, `"G01-M02"`.
    pub fn grid(&self, code: &str) -> GridId {
        self.grids[code]
    }

    /// The member with an account name.
    pub fn member(&self, account: &str) -> MemberId {
        self.members[account]
    }

    /// A point well inside a micro-grid, longitude first.
    pub fn inside(&self, micro: &str) -> (f64, f64) {
        furniture::middle(micro)
    }

    /// The asker behind an account: `desk`, `lead-01`, `steward-01` …
    pub async fn asker(&self, account: &str) -> Asker {
        self.house
            .asker_of(account)
            .await
            .expect("an account that may sign in")
    }

    /// Moves the clock on.
    pub fn later(&self, by: Duration) {
        self.house.clock.move_to(self.house.clock.now() + by);
    }
}

async fn open(database: &Database, outbox: work::outbox::Settings) -> Arc<work::House> {
    let mut config = Config::new(
        database.address.clone(),
        database.folder.path().join("data"),
    );
    config.passwords = PasswordCost::least();
    config.outbox = outbox;
    work::House::open(config, Clock::set(START))
        .await
        .expect("a house opens")
}
