//! Keeps the sheets that figures are counted on: reads which cases the journal speaks of, looks at their rows as they are
//! now, and writes them over what was kept. Doing it twice changes nothing, so a follower that stops anywhere goes on.

use std::collections::BTreeMap;

use rules::access::Scope;
use rules::calendar::CHINA;
use rules::figures::{Counted, DayFacts, NEVER, Sheet, Step};
use rules::ids::{CaseId, CommunityId};
use rules::journal::Event;
use store::case::Listed;
use store::figures::KeptSheet;
use store::journal::Entry;
use store::{Error, Reader, Store, Unit};
use uuid::Uuid;

use super::facts::{Judge, Told};

/// The entries about one case, of a page of the journal.
#[derive(Default)]
struct Heard<'a> {
    entries: Vec<&'a Entry>,
    /// From its very first entry on.
    whole: bool,
    /// Something that only the trail tells.
    tells: bool,
}

/// Makes the sheets anew that a page of the journal changes.
pub(crate) async fn prepare(
    store: &Store,
    community: CommunityId,
    entries: &[Entry],
) -> Result<Vec<KeptSheet>, Error> {
    let heard = heard(entries);
    if heard.is_empty() {
        return Ok(Vec::new());
    }
    let reader = store.reader();
    let judge = judge(reader, community).await?;
    let ids: Vec<CaseId> = heard.keys().copied().collect();
    let mut cases = reader
        .cases_listed(&Scope::Community(community), community, &ids)
        .await?;
    cases.sort_by_key(|listed| listed.case.id);
    let reachable = reader.with_a_phone(community, &ids).await?;
    let mut sheets: Vec<KeptSheet> = Vec::new();
    let mut open = Open::default();
    for listed in &cases {
        let id = listed.case.id;
        if !open.holds(id) {
            sheets.append(&mut open.sheets);
            open = Open::at(reader, community, id).await?;
        }
        let before = open.facts(id);
        let is_reachable = reachable.contains(&id) || before.is_some_and(was_reachable);
        let told = match heard.get(&id) {
            Some(heard) if heard.whole => Some(Told::of(heard.entries.iter().copied())),
            Some(heard) if !heard.tells && before.is_some() => None,
            _ => Some(Told::of(&reader.journal_of(community, id.0).await?)),
        };
        let facts = judge.facts(&listed.case, &told.unwrap_or_default(), is_reachable);
        let mut facts = facts.days(CHINA);
        if let (None, Some(before)) = (told, before) {
            facts = facts.with_told(&before);
        }
        open.put(&counted(listed, facts));
    }
    sheets.append(&mut open.sheets);
    Ok(sheets)
}

/// Writes what was prepared; in the unit that moves the cursor.
pub(crate) async fn apply(unit: &Unit, sheets: &[KeptSheet], seq: i64) -> Result<(), Error> {
    for sheet in sheets {
        unit.keep_figure_sheet(sheet, seq).await?;
    }
    Ok(())
}

/// The limits and the calendar by which cases of a community are judged now.
async fn judge(reader: &Reader, community: CommunityId) -> Result<Judge, Error> {
    let own = reader.community(community).await?;
    Ok(Judge {
        calendar: crate::net::calendar(reader).await?,
        settings: crate::net::settings(&own).case,
    })
}

fn heard(entries: &[Entry]) -> BTreeMap<CaseId, Heard<'_>> {
    let mut heard: BTreeMap<CaseId, Heard<'_>> = BTreeMap::new();
    for entry in entries {
        let (Some(id), Ok(Event::Case(event))) = (entry.subject, Event::from_bytes(&entry.event))
        else {
            continue;
        };
        let case = heard.entry(CaseId(id)).or_default();
        case.whole |= event.from.is_none();
        case.tells |= Told::is_told_by(&event.deed);
        case.entries.push(entry);
    }
    heard
}

fn counted(listed: &Listed, facts: DayFacts) -> Counted {
    let case = &listed.case;
    Counted {
        id: case.id,
        grid: case.grid,
        category: case
            .category
            .as_ref()
            .map_or_else(String::new, |code| code.as_str().to_owned()),
        department: listed.department,
        channel: case.channel,
        facts,
    }
}

/// A number that was left stays left for the figures, when the contact itself has long been erased.
fn was_reachable(before: DayFacts) -> bool {
    before.days[Step::ContactDue as usize] != NEVER
}

/// The sheet that is being written on, with those it had to be split into; sheets before `until` only.
#[derive(Default)]
struct Open {
    sheets: Vec<KeptSheet>,
    until: Option<CaseId>,
}

impl Open {
    /// The sheet where a case belongs; the first one of a community begins below every id.
    async fn at(reader: &Reader, community: CommunityId, id: CaseId) -> Result<Self, Error> {
        let (kept, until) = reader.figure_sheet_of(community, id).await?;
        let first = || KeptSheet {
            first: CaseId(Uuid::nil()),
            sheet: Box::default(),
        };
        Ok(Self {
            sheets: vec![kept.unwrap_or_else(first)],
            until,
        })
    }

    /// Whether a case belongs here; they come in the order of their ids.
    fn holds(&self, id: CaseId) -> bool {
        !self.sheets.is_empty() && self.until.is_none_or(|until| id < until)
    }

    fn facts(&self, id: CaseId) -> Option<DayFacts> {
        let kept = self.sheets.iter().rev().find(|kept| kept.first <= id)?;
        Some(kept.sheet.facts(kept.sheet.find(id).ok()?))
    }

    fn put(&mut self, case: &Counted) {
        let Some(at) = self.sheets.iter().rposition(|kept| kept.first <= case.id) else {
            return;
        };
        if self.sheets[at].sheet.put(case) {
            return;
        }
        let more = self.more(at, case.id);
        self.sheets.insert(at + 1, more);
        self.put(case);
    }

    /// Room on a full sheet: behind its last case begins a new one, in its midst it is halved.
    fn more(&mut self, at: usize, id: CaseId) -> KeptSheet {
        let full = &mut self.sheets[at].sheet;
        let is_behind = full.ids.last().is_some_and(|last| *last < id);
        let sheet = if is_behind {
            Box::<Sheet>::default()
        } else {
            Box::new(full.halve())
        };
        KeptSheet {
            first: sheet.ids.first().copied().unwrap_or(id),
            sheet,
        }
    }
}
