//! Looking at a sheet: its rows checked as the net stands now, and the receipts of those that were sent.

use std::collections::HashMap;

use rules::access::{Action, may};
use rules::case::{Case, Channel, State};
use rules::ids::{CaseId, CommunityId, ComplaintId, MemberId, ReportId};
use rules::privacy::classes::Class;
use store::report::Report;
use store::sheet::{Sheet, SheetRow};
use time::OffsetDateTime;
use uuid::Uuid;

use super::check::{Checked, SEALED, check};
use super::keep::who;
use super::sealed::open;
use crate::complaint::{became, concerns, of_first};
use crate::net::CommunityNet;
use crate::report::{MaskedContact, Receipt, all_masked};
use crate::{Asker, Error, House, task};

/// A sheet with its rows.
pub struct Looked {
    /// The sheet.
    pub sheet: Sheet,
    /// Its rows, checked.
    pub rows: Vec<Checked>,
}

/// How many rows stand how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Totals {
    /// Can be sent.
    pub good: usize,
    /// Have to be changed first.
    pub faulty: usize,
    /// Are sent.
    pub sent: usize,
}

impl Looked {
    /// How many rows stand how.
    pub fn totals(&self) -> Totals {
        let count = |of: fn(&Checked) -> bool| self.rows.iter().filter(|row| of(row)).count();
        Totals {
            good: count(Checked::is_good),
            faulty: count(|row| !row.faults.is_empty()),
            sent: count(|row| row.report.is_some()),
        }
    }
}

/// A whole sheet.
///
/// # Errors
/// `NotFound` out of reach.
#[task]
pub async fn look(house: &House, asker: &Asker, id: Uuid) -> Result<Looked, Error> {
    let (_, community) = who(asker)?;
    let reader = house.store.reader();
    let sheet = reader.sheet_within(&asker.scope, id).await?;
    let kept = reader.sheet_rows(community, &sheet).await?;
    let rows = checked(house, asker, sheet.channel, kept).await?;
    Ok(Looked { sheet, rows })
}

/// One row of a sheet; what stands twice is not looked for.
///
/// # Errors
/// `NotFound` out of reach.
#[task]
pub async fn look_at_row(
    house: &House,
    asker: &Asker,
    id: Uuid,
    n: i64,
) -> Result<(Sheet, Checked), Error> {
    let (_, community) = who(asker)?;
    let reader = house.store.reader();
    let sheet = reader.sheet_within(&asker.scope, id).await?;
    let kept = reader.sheet_row(community, &sheet, n).await?;
    let row = checked(house, asker, sheet.channel, vec![kept])
        .await?
        .pop();
    Ok((sheet, row.ok_or(Error::NotFound)?))
}

/// A row that the asker may change or take off the sheet, as it stands now.
///
/// # Errors
/// `Invalid` for one that only whoever wrote it may read; `NotFound` out of reach.
pub(super) async fn own_row(
    house: &House,
    asker: &Asker,
    id: Uuid,
    n: i64,
) -> Result<Checked, Error> {
    let (_, row) = look_at_row(house, asker, id, n).await?;
    if row.sealed {
        return Err(Error::invalid("words", SEALED));
    }
    Ok(row)
}

/// What became of a row that was sent.
pub struct Become {
    /// Who answers for its case; none once nobody does.
    pub owner: Option<MemberId>,
    /// Whether it turned out to be a complaint: nothing of it stands here any more, nor where it went.
    pub elsewhere: bool,
    /// The contact that came with it, masked.
    pub contact: Option<MaskedContact>,
}

/// What became of rows that were sent, by the id of their report.
///
/// # Errors
/// `Store`, `Unavailable` if a seal does not open.
#[task]
pub async fn became_of(
    house: &House,
    community: CommunityId,
    reports: Vec<(ReportId, CaseId)>,
) -> Result<HashMap<ReportId, Become>, Error> {
    let reader = house.store.reader();
    let ids: Vec<CaseId> = reports.iter().map(|(_, case)| *case).collect();
    let cases = reader.cases_by_id(community, &ids).await?;
    let cases: HashMap<CaseId, Case> = cases.into_iter().map(|case| (case.id, case)).collect();
    let ids: Vec<ReportId> = reports.iter().map(|(report, _)| *report).collect();
    let mut contacts = all_masked(house, community, &ids).await?;
    let mut all = HashMap::new();
    for (report, case) in reports {
        let case = cases.get(&case);
        // nothing else ends so
        let ended = case.is_none_or(|case| matches!(case.state, State::Redirected { .. }));
        let elsewhere = ended && became(house, community, report).await?;
        let owner = case.and_then(|case| case.owner).filter(|_| !elsewhere);
        let become_of = Become {
            owner,
            elsewhere,
            contact: contacts.remove(&report),
        };
        all.insert(report, become_of);
    }
    Ok(all)
}

/// Who had a row last, and when: for whoever finds that another was faster.
pub struct Last {
    /// Who; none for a row that became a report nobody is named with.
    pub by: Option<MemberId>,
    /// When.
    pub at: OffsetDateTime,
    /// Whether they sent it; else they wrote it anew.
    pub sent: bool,
}

/// Who wrote or sent a row last.
///
/// # Errors
/// `NotFound` out of reach, or for a row that was dropped.
#[task]
pub async fn last_on_row(house: &House, asker: &Asker, id: Uuid, n: i64) -> Result<Last, Error> {
    let (_, community) = who(asker)?;
    let reader = house.store.reader();
    let sheet = reader.sheet_within(&asker.scope, id).await?;
    let kept = reader.sheet_row(community, &sheet, n).await?;
    if kept.report.is_none() {
        return Ok(Last {
            by: Some(kept.changed_by),
            at: kept.changed_at,
            sent: false,
        });
    }
    let reports = reader.sheet_reports(community, sheet.id).await?;
    let report = reports.into_iter().find(|(at, _)| *at == n);
    let (_, report) = report.ok_or(Error::NotFound)?;
    Ok(Last {
        by: report.entered_by,
        at: report.received_at,
        sent: true,
    })
}

async fn checked(
    house: &House,
    asker: &Asker,
    channel: Channel,
    kept: Vec<SheetRow>,
) -> Result<Vec<Checked>, Error> {
    let (member, community) = who(asker)?;
    let others: HashMap<i64, MemberId> = kept
        .iter()
        .filter(|row| row.changed_by != member)
        .map(|row| (row.n, row.changed_by))
        .collect();
    let rows = as_written(house, asker, channel, kept).await?.into_iter();
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let shown = rows.map(|row| match others.get(&row.n) {
        Some(writer) => row.for_others(is_there(net, *writer, asker.now).then_some(*writer)),
        None => row,
    });
    Ok(shown.collect())
}

/// Whether whoever wrote a row can go on with it: they have a post still at which sheets are kept, an account that is open, and are not
/// away.
pub(super) fn is_there(net: &CommunityNet, writer: MemberId, now: OffsetDateTime) -> bool {
    let away = net
        .member(writer)
        .is_none_or(|one| one.away_at(now).is_some());
    let mut posts = net.posts_of(writer);
    !away && posts.any(|post| may(post.role, Action::KeepSheet))
}

/// Rows as whoever wrote each has it before them.
async fn as_written(
    house: &House,
    asker: &Asker,
    channel: Channel,
    kept: Vec<SheetRow>,
) -> Result<Vec<Checked>, Error> {
    let (_, community) = who(asker)?;
    let key = house
        .keys
        .data_key(&house.store, community, Class::C2, asker.now)
        .await?;
    let rows = kept
        .into_iter()
        .map(|kept| Ok((kept.n, kept.version, kept.report, open(&key, &kept.row)?)))
        .collect::<Result<Vec<_>, Error>>()?;
    let net = house.net();
    let own = net.community_by_id(community).ok_or(Error::NotFound)?;
    Ok(check(&net, own, rows, (channel, asker.now)))
}

/// A row as it was written, and by whom: to be passed on, never to be shown, since whoever it speaks of may be the one who asks.
///
/// # Errors
/// `NotFound` out of reach.
pub(super) async fn written(
    house: &House,
    asker: &Asker,
    id: Uuid,
    n: i64,
) -> Result<(Checked, MemberId), Error> {
    let (_, community) = who(asker)?;
    let reader = house.store.reader();
    let sheet = reader.sheet_within(&asker.scope, id).await?;
    let kept = reader.sheet_row(community, &sheet, n).await?;
    let writer = kept.changed_by;
    let rows = as_written(house, asker, sheet.channel, vec![kept]).await?;
    let row = rows.into_iter().next().ok_or(Error::NotFound)?;
    Ok((row, writer))
}

/// The receipts of a sheet's sent rows, to hand out: of those that the asker sent, as whoever sends a note answers for its
/// receipt. With the number of each row. That of a note that became a complaint opens the complaint, and says nothing of it; whoever
/// is concerned by that has it no more.
///
/// # Errors
/// `NotFound` out of reach.
#[task]
pub async fn receipts(
    house: &House,
    asker: &Asker,
    id: Uuid,
) -> Result<Vec<(i64, Receipt)>, Error> {
    let (member, community) = who(asker)?;
    let reader = house.store.reader();
    let sheet = reader.sheet_within(&asker.scope, id).await?;
    let reports = reader.sheet_reports(community, sheet.id).await?;
    let own = reports
        .into_iter()
        .filter(|(_, report)| report.entered_by == Some(member));
    let mut receipts = Vec::new();
    for (n, report) in own {
        let is_one = became(house, community, report.id).await?;
        let complaint = match is_one {
            true => Some(ComplaintId(report.id.0)),
            // the page of a first telling that left its case shows what opens the complaint
            false => left(house, community, &report).await?,
        };
        if let Some(complaint) = complaint
            && concerns(house, asker, complaint).await?
        {
            continue;
        }
        let report = if is_one { bare(report) } else { report };
        receipts.push((n, Receipt::of(house, report)?));
    }
    Ok(receipts)
}

/// The complaint that a telling became which left the case that it was the first of.
async fn left(
    house: &House,
    community: CommunityId,
    report: &Report,
) -> Result<Option<ComplaintId>, Error> {
    if report.id.0 != report.case.0 {
        return Ok(None);
    }
    let receipt = of_first(house, community, report.case).await?;
    Ok(receipt.map(|receipt| receipt.complaint.id))
}

/// A report without what was told.
fn bare(report: Report) -> Report {
    Report {
        words: String::new(),
        place_note: String::new(),
        answer_by: None,
        ..report
    }
}
