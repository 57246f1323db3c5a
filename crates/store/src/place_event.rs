//! Events at places as sensors and partner systems told them, and which kinds of them become cases. An event is told once:
//! source and number are its key.

use std::collections::BTreeMap;

use rules::access::Scope;
use rules::case::Place;
use rules::ids::{CaseId, CategoryCode, CommunityId, GridId, MemberId, ReportId};
use sea_orm::{ConnectionTrait, QueryResult, Value};
use time::OffsetDateTime;
use uuid::Uuid;

use crate::conn::Reader;
use crate::unit::Unit;
use crate::{Error, ask, instant, micros};

/// An event.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceEvent {
    /// Its key here.
    pub id: Uuid,
    /// Who told it: the account of a sensor or system.
    pub source: String,
    /// Its number there.
    pub number: String,
    /// What kind of event.
    pub kind: String,
    /// Words of the machine.
    pub words: String,
    /// Words on the place.
    pub place_note: String,
    /// The grid.
    pub grid: GridId,
    /// The point, if one was given.
    pub place: Option<Place>,
    /// When it happened.
    pub occurred_at: OffsetDateTime,
    /// When it was received.
    pub received_at: OffsetDateTime,
    /// A digest of what was sent.
    pub digest: Vec<u8>,
    /// The report it became.
    pub report: Option<ReportId>,
    /// When it was decided upon; it waits until then.
    pub settled_at: Option<OffsetDateTime>,
    /// By whom; nobody where its kind decides.
    pub settled_by: Option<MemberId>,
}

/// How many of its earlier events a source is remembered by.
const REMEMBERED: i64 = 200;

const COLUMNS: &str = "id, source, event_no, kind, words, place_note, grid_id, lon, lat, occurred_at, received_at, digest, report_id, settled_at, settled_by";

impl Unit {
    /// Keeps an event.
    ///
    /// # Errors
    /// `Taken` if the source used the number before.
    pub async fn keep_place_event(&self, event: &PlaceEvent) -> Result<(), Error> {
        let values: [Value; 16] = [
            self.community().0.into(),
            event.id.into(),
            event.source.as_str().into(),
            event.number.as_str().into(),
            event.kind.as_str().into(),
            event.words.as_str().into(),
            event.place_note.as_str().into(),
            event.grid.0.into(),
            event.place.map(|place| place.lon).into(),
            event.place.map(|place| place.lat).into(),
            micros(event.occurred_at).into(),
            micros(event.received_at).into(),
            event.digest.clone().into(),
            event.report.map(|id| id.0).into(),
            event.settled_at.map(micros).into(),
            event.settled_by.map(|id| id.0).into(),
        ];
        let sql = format!(
            "INSERT INTO place_events (community_id, {COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
        );
        self.run(&sql, values).await?;
        Ok(())
    }

    /// The event of a source's number, if it was told before.
    ///
    /// # Errors
    /// What the database says.
    pub async fn place_event_numbered(
        &self,
        source: &str,
        number: &str,
    ) -> Result<Option<PlaceEvent>, Error> {
        let sql = format!(
            "SELECT {COLUMNS} FROM place_events WHERE community_id = ? AND source = ? AND event_no = ?"
        );
        let values = [self.community().0.into(), source.into(), number.into()];
        let row = self.row(&sql, values).await?;
        row.as_ref().map(event).transpose()
    }

    /// The earlier events of a source and kind that became tellings since a moment, each with the case that its telling belongs
    /// to, the newest first; of very many the newest.
    ///
    /// # Errors
    /// What the database says.
    pub async fn told_place_events(
        &self,
        (source, kind): (&str, &str),
        since: OffsetDateTime,
    ) -> Result<Vec<(PlaceEvent, CaseId)>, Error> {
        let of = COLUMNS.split(", ").map(|column| format!("e.{column}"));
        let columns = of.collect::<Vec<_>>().join(", ");
        let sql = format!(
            "SELECT {columns}, r.id AS first_id, r.case_id AS joined_id FROM place_events AS e JOIN reports AS r ON r.community_id = e.community_id AND r.id = e.report_id \
             WHERE e.community_id = ? AND e.source = ? AND e.kind = ? AND e.received_at >= ? AND e.report_id IS NOT NULL ORDER BY e.received_at DESC, e.id DESC LIMIT ?"
        );
        let values: [Value; 5] = [
            self.community().0.into(),
            source.into(),
            kind.into(),
            micros(since).into(),
            REMEMBERED.into(),
        ];
        let rows = ask::rows(self, &sql, values).await?;
        let told = |row: &QueryResult| {
            let (first, joined): (Uuid, Option<Uuid>) =
                (row.try_get("", "first_id")?, row.try_get("", "joined_id")?);
            Ok((event(row)?, CaseId(joined.unwrap_or(first))))
        };
        rows.iter().map(told).collect()
    }

    /// The event of an id, for whoever reaches the whole community.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn place_event_within(&self, scope: &Scope, id: Uuid) -> Result<PlaceEvent, Error> {
        find(self, scope, id).await
    }

    /// Writes down what was decided on a waiting event.
    ///
    /// # Errors
    /// `Stale` if somebody was faster.
    pub async fn settle_place_event(
        &self,
        id: Uuid,
        report: Option<ReportId>,
        by: Option<MemberId>,
        at: OffsetDateTime,
    ) -> Result<(), Error> {
        let values: [Value; 5] = [
            report.map(|id| id.0).into(),
            by.map(|id| id.0).into(),
            micros(at).into(),
            self.community().0.into(),
            id.into(),
        ];
        let sql = "UPDATE place_events SET report_id = ?, settled_by = ?, settled_at = ? WHERE community_id = ? AND id = ? AND settled_at IS NULL";
        if self.run(sql, values).await? == 1 {
            Ok(())
        } else {
            Err(Error::Stale { is: 2 })
        }
    }

    /// Remembers a kind of event that was not told before; a known one stays as it is.
    ///
    /// # Errors
    /// What the database says.
    pub async fn meet_event_kind(&self, kind: &str, at: OffsetDateTime) -> Result<(), Error> {
        let values: [Value; 3] = [self.community().0.into(), kind.into(), micros(at).into()];
        let sql = "INSERT INTO event_kinds (community_id, kind, first_at) VALUES (?,?,?) ON CONFLICT (community_id, kind) DO NOTHING";
        self.run(sql, values).await?;
        Ok(())
    }

    /// Maps a known kind to a category, or to none.
    ///
    /// # Errors
    /// `NotFound` for a kind that nobody told of.
    pub async fn map_event_kind(
        &self,
        kind: &str,
        category: Option<&CategoryCode>,
    ) -> Result<(), Error> {
        let values: [Value; 3] = [
            category.map(CategoryCode::as_str).into(),
            self.community().0.into(),
            kind.into(),
        ];
        let sql = "UPDATE event_kinds SET category = ? WHERE community_id = ? AND kind = ?";
        if self.run(sql, values).await? == 1 {
            Ok(())
        } else {
            Err(Error::NotFound("kind"))
        }
    }
}

async fn find(on: &impl ConnectionTrait, scope: &Scope, id: Uuid) -> Result<PlaceEvent, Error> {
    let sql = format!("SELECT {COLUMNS} FROM place_events WHERE community_id = ? AND id = ?");
    let row = ask::row(on, &sql, [whole(scope)?, id.into()]).await?;
    row.as_ref()
        .map(event)
        .transpose()?
        .ok_or(Error::NotFound("place event"))
}

impl Reader {
    /// The event of an id, for whoever reaches the whole community.
    ///
    /// # Errors
    /// `NotFound`.
    pub async fn place_event_within(&self, scope: &Scope, id: Uuid) -> Result<PlaceEvent, Error> {
        find(self, scope, id).await
    }

    /// Events that wait for a decision, the oldest first, behind one of them if it is named; for whoever reaches the whole
    /// community.
    ///
    /// # Errors
    /// `NotFound` for a smaller scope.
    pub async fn waiting_place_events(
        &self,
        scope: &Scope,
        after: Option<Uuid>,
        most: u32,
    ) -> Result<Vec<PlaceEvent>, Error> {
        let community = whole(scope)?;
        let mut values = vec![community.clone()];
        let mut behind = "";
        if let Some(after) = after {
            // What is named may have been decided upon meanwhile; its place in the list stays.
            behind = " AND (received_at, id) > (SELECT received_at, id FROM place_events WHERE community_id = ? AND id = ?)";
            values.extend([community, after.into()]);
        }
        values.push(i64::from(most).into());
        let sql = format!(
            "SELECT {COLUMNS} FROM place_events WHERE community_id = ? AND settled_at IS NULL{behind} ORDER BY received_at, id LIMIT ?"
        );
        let rows = ask::rows(self, &sql, values).await?;
        rows.iter().map(event).collect()
    }

    /// The kinds of events that were told so far, with the category each is mapped to.
    ///
    /// # Errors
    /// What the database says; `Contradiction` for a category that is no code.
    pub async fn event_kinds(
        &self,
        community: CommunityId,
    ) -> Result<BTreeMap<String, Option<CategoryCode>>, Error> {
        let sql = "SELECT kind, category FROM event_kinds WHERE community_id = ? ORDER BY kind";
        let rows = ask::rows(self, sql, [community.0.into()]).await?;
        let kind = |row: &QueryResult| {
            let kind: String = row.try_get("", "kind")?;
            let category: Option<String> = row.try_get("", "category")?;
            let category = category.map(|code| code.parse()).transpose();
            let category = category.map_err(|_| Error::Contradiction {
                table: "event_kinds",
                id: kind.clone(),
                why: "category".to_owned(),
            })?;
            Ok((kind, category))
        };
        rows.iter().map(kind).collect()
    }
}

/// The community that a scope reaches whole.
fn whole(scope: &Scope) -> Result<Value, Error> {
    match scope {
        Scope::Community(community) => Ok(community.0.into()),
        _ => Err(Error::NotFound("place event")),
    }
}

fn event(row: &QueryResult) -> Result<PlaceEvent, Error> {
    let (lon, lat): (Option<f64>, Option<f64>) = (row.try_get("", "lon")?, row.try_get("", "lat")?);
    let (report, settled_by): (Option<Uuid>, Option<Uuid>) = (
        row.try_get("", "report_id")?,
        row.try_get("", "settled_by")?,
    );
    let settled_at: Option<i64> = row.try_get("", "settled_at")?;
    Ok(PlaceEvent {
        id: row.try_get("", "id")?,
        source: row.try_get("", "source")?,
        number: row.try_get("", "event_no")?,
        kind: row.try_get("", "kind")?,
        words: row.try_get("", "words")?,
        place_note: row.try_get("", "place_note")?,
        grid: GridId(row.try_get("", "grid_id")?),
        place: lon.zip(lat).map(|(lon, lat)| Place { lon, lat }),
        occurred_at: instant(row.try_get("", "occurred_at")?),
        received_at: instant(row.try_get("", "received_at")?),
        digest: row.try_get("", "digest")?,
        report: report.map(ReportId),
        settled_at: settled_at.map(instant),
        settled_by: settled_by.map(MemberId),
    })
}
