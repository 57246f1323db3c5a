//! Migrations: numbered SQL files in the common subset, each applied once, in its own unit, in order.

use sea_orm::{ConnectionTrait, DatabaseConnection};

use crate::store::Store;
use crate::unit::Unit;
use crate::{Error, case, dialect, statistics};
use rules::ids::CommunityId;

/// The migration that gives a column to what waits for a decision; rows from before are read for it.
const ASKED: i64 = 23;
/// The same for until when a level has a case.
const TIER: i64 = 24;
/// The same for from when on a case is overdue.
const LATE: i64 = 27;
/// The one that ends whistles that their cases lost; of accepted work the facts are read for it.
const CALLED: i64 = 33;

/// The migrations in order; a landed one is never edited.
const MIGRATIONS: &[(i64, &str)] = &[
    (1, include_str!("../migrations/0001_house.sql")),
    (2, include_str!("../migrations/0002_small.sql")),
    (3, include_str!("../migrations/0003_marks.sql")),
    (4, include_str!("../migrations/0004_life.sql")),
    (5, include_str!("../migrations/0005_routing.sql")),
    (6, include_str!("../migrations/0006_intake.sql")),
    (7, include_str!("../migrations/0007_figures.sql")),
    (8, include_str!("../migrations/0008_referral_mediation.sql")),
    (9, include_str!("../migrations/0009_supervision.sql")),
    (10, include_str!("../migrations/0010_loop.sql")),
    (11, include_str!("../migrations/0011_disk.sql")),
    (12, include_str!("../migrations/0012_visit.sql")),
    (13, include_str!("../migrations/0013_watch.sql")),
    (14, include_str!("../migrations/0014_wording.sql")),
    (15, include_str!("../migrations/0015_outbox.sql")),
    (16, include_str!("../migrations/0016_settings.sql")),
    (17, include_str!("../migrations/0017_whistle_parts.sql")),
    (18, include_str!("../migrations/0018_withheld.sql")),
    (19, include_str!("../migrations/0019_held.sql")),
    (20, include_str!("../migrations/0020_order_key.sql")),
    (21, include_str!("../migrations/0021_read_for.sql")),
    (22, include_str!("../migrations/0022_once.sql")),
    (ASKED, include_str!("../migrations/0023_asked.sql")),
    (TIER, include_str!("../migrations/0024_tier.sql")),
    (25, include_str!("../migrations/0025_event_again.sql")),
    (26, include_str!("../migrations/0026_look.sql")),
    (LATE, include_str!("../migrations/0027_late.sql")),
    (28, include_str!("../migrations/0028_nobody_sees.sql")),
    (29, include_str!("../migrations/0029_unrated.sql")),
    (30, include_str!("../migrations/0030_followed.sql")),
    (31, include_str!("../migrations/0031_unguarded.sql")),
    (32, include_str!("../migrations/0032_leads_over.sql")),
    (CALLED, include_str!("../migrations/0033_called.sql")),
    (34, include_str!("../migrations/0034_plain_sheets.sql")),
];

/// Brings the tables up to date, at most to migration `newest`.
pub(crate) async fn run(store: &Store, newest: i64) -> Result<(), Error> {
    store
        .unit(CommunityId(0), async move |unit: &Unit| {
            unit.execute_unprepared(
                "CREATE TABLE IF NOT EXISTS migrations (version bigint NOT NULL PRIMARY KEY)",
            )
            .await?;
            let done = applied(unit).await?;
            let missing: Vec<_> = MIGRATIONS
                .iter()
                .filter(|(version, _)| !done.contains(version) && *version <= newest)
                .collect();
            for (version, sql) in &missing {
                unit.execute_unprepared(&dialect::migration(unit.get_database_backend(), sql))
                    .await?;
                unit.run(
                    "INSERT INTO migrations (version) VALUES (?)",
                    [(*version).into()],
                )
                .await?;
            }
            if missing.iter().any(|(version, _)| *version == ASKED) {
                case::asked::fill_in(unit).await?;
            }
            if missing.iter().any(|(version, _)| *version == TIER) {
                case::tier::fill_in(unit).await?;
            }
            if missing.iter().any(|(version, _)| *version == LATE) {
                case::late::fill_in(unit).await?;
            }
            if missing.iter().any(|(version, _)| *version == CALLED) {
                case::called::end_lost(unit).await?;
            }
            if !missing.is_empty() {
                statistics::tell(unit).await?;
            }
            Ok::<(), Error>(())
        })
        .await
}

/// The numbers already applied. Asked one by one, not by the highest: a branch with a lower number
/// may land after one with a higher.
async fn applied(unit: &Unit) -> Result<Vec<i64>, Error> {
    let sql = "SELECT version FROM migrations ORDER BY version";
    let statement = dialect::statement(unit.get_database_backend(), sql, []);
    unit.query_all_raw(statement)
        .await?
        .iter()
        .map(|row| Ok(row.try_get("", "version")?))
        .collect()
}

/// Refuses a PostgreSQL server that would forget what it acknowledged.
pub(crate) async fn refuse_unsafe_settings(pool: &DatabaseConnection) -> Result<(), Error> {
    for (name, wanted) in [("fsync", "on"), ("full_page_writes", "on")] {
        let row = pool
            .query_one_raw(dialect::statement(
                pool.get_database_backend(),
                &format!("SHOW {name}"),
                [],
            ))
            .await?;
        let is: String = row
            .ok_or_else(|| Error::Settings(format!("{name} is unknown")))?
            .try_get("", name)?;
        if is != wanted {
            return Err(Error::Settings(format!(
                "PostgreSQL runs with {name} = {is}; acknowledged reports could be lost"
            )));
        }
    }
    Ok(())
}
