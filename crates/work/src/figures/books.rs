//! The sheets of a community in memory, brought up to what their follower has kept at every look. Only sheets that changed
//! are read again. What is looked at seldom makes room for what is looked at often.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rules::figures::Sheet;
use rules::ids::{CaseId, CommunityId};
use store::Reader;

use crate::follow::{Follower, SHEETS_ANEW};
use crate::{Error, House};

/// Sheets kept in memory at most: some 35 KB each with their ids, so about ninety megabytes when a community of more than
/// a million cases is looked at. A community that is larger is kept all the same, alone.
const KEPT: usize = 2_600;

/// A sheet with the days it reaches over.
pub(super) struct Page {
    pub sheet: Box<Sheet>,
    pub stretch: (u16, u16),
    seq: i64,
}

/// One community's sheets at one moment.
#[derive(Default)]
pub struct Book {
    /// The last entry of the journal that is surely counted.
    pub(super) seq: i64,
    /// How often the sheets had been begun anew before.
    anew: i64,
    pub(super) pages: BTreeMap<CaseId, Arc<Page>>,
}

/// Whoever holds the lock brings the book up to date.
#[derive(Default)]
struct Shelf {
    book: tokio::sync::Mutex<Arc<Book>>,
}

/// The books of the communities that were looked at.
#[derive(Default)]
pub struct Books(Mutex<Shelves>);

#[derive(Default)]
struct Shelves {
    /// With how many sheets each had, and at which look it was looked at last.
    shelves: HashMap<CommunityId, (Arc<Shelf>, usize, u64)>,
    looks: u64,
}

impl House {
    /// The sheets of a community as their follower has kept them.
    pub(super) async fn book(&self, community: CommunityId) -> Result<Arc<Book>, Error> {
        let shelf = self.figures.shelf(community);
        let mut book = shelf.book.lock().await;
        let reader = self.store.reader();
        // Both before the sheets: the book may then hold more than it says, never less.
        let anew = reader.cursor(SHEETS_ANEW, community).await?;
        let seq = reader.cursor(Follower::Figures.name(), community).await?;
        if (book.anew, book.seq) != (anew, seq) {
            *book = Arc::new(book.brought_to(reader, community, anew, seq).await?);
            self.figures.note(community, book.pages.len());
        }
        Ok(Arc::clone(&book))
    }
}

impl Book {
    async fn brought_to(
        &self,
        reader: &Reader,
        community: CommunityId,
        anew: i64,
        seq: i64,
    ) -> Result<Book, Error> {
        // Begun anew, every sheet is another, whatever entry it was written after.
        let known = if anew == self.anew { self.seq } else { 0 };
        let of = |pages| Book { seq, anew, pages };
        if let Some(pages) = self.pages(reader, community, known).await? {
            return Ok(of(pages));
        }
        let whole = self.pages(reader, community, 0).await?;
        whole
            .map(of)
            .ok_or(Error::Unavailable("the sheets of figures".into()))
    }

    /// `None` if a sheet is neither known nor read: others have counted anew meanwhile.
    async fn pages(
        &self,
        reader: &Reader,
        community: CommunityId,
        known: i64,
    ) -> Result<Option<BTreeMap<CaseId, Arc<Page>>>, Error> {
        let mut pages = BTreeMap::new();
        for mark in reader.figure_sheets(community, known).await? {
            let page = match (mark.sheet, self.pages.get(&mark.first)) {
                (Some(sheet), _) => Arc::new(Page {
                    stretch: sheet.stretch(),
                    seq: mark.seq,
                    sheet,
                }),
                (None, Some(page)) if page.seq == mark.seq => Arc::clone(page),
                (None, _) => return Ok(None),
            };
            pages.insert(mark.first, page);
        }
        Ok(Some(pages))
    }
}

impl Books {
    fn shelf(&self, community: CommunityId) -> Arc<Shelf> {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.looks += 1;
        let look = kept.looks;
        let own = kept.shelves.entry(community).or_default();
        own.2 = look;
        Arc::clone(&own.0)
    }

    /// Notes how large a book has become, and puts away those looked at longest ago while there are too many sheets.
    fn note(&self, community: CommunityId, sheets: usize) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = kept.shelves.get_mut(&community) {
            own.1 = sheets;
        }
        while kept
            .shelves
            .values()
            .map(|(_, sheets, _)| sheets)
            .sum::<usize>()
            > KEPT
        {
            let others = kept.shelves.iter().filter(|(one, _)| **one != community);
            let Some(oldest) = others
                .min_by_key(|(_, (.., look))| *look)
                .map(|(id, _)| *id)
            else {
                return;
            };
            kept.shelves.remove(&oldest);
        }
    }
}
