//! The sheets of a community in memory, packed, brought up to what their follower has kept at every look. Only sheets that
//! changed are read again, a few at a time. Memory has a ceiling: books looked at longest ago make room, and of a book that
//! is larger than all of it the oldest sheets are left in the database, where `over` reads them when they count.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use rules::figures::{Columns, Packed, Settled, Stretches};
use rules::ids::{CaseId, CommunityId};
use store::Reader;

use super::names::Names;
use crate::follow::{Follower, SHEETS_ANEW};
use crate::{Error, House};

/// Bytes that the sheets of all communities may take in memory unless it is set otherwise: some one and a half million cases.
pub const MEMORY: usize = 48 << 20;
/// Sheets that are read in one statement at most.
pub(super) const AT_ONCE: usize = 32;
/// How often a book is begun again because others counted anew meanwhile.
pub(super) const TRIES: usize = 3;

/// A sheet with the days it reaches over.
pub(super) struct Page {
    pub stretches: Stretches,
    /// What is counted; none where there is no room for it.
    pub leaf: Option<Leaf>,
    seq: i64,
}

/// What is counted of a sheet.
pub(super) struct Leaf {
    pub packed: Packed,
    pub settled: Settled,
}

impl Page {
    fn of(columns: &Columns, seq: i64) -> Self {
        Self {
            stretches: columns.stretches(),
            leaf: Some(Leaf {
                packed: Packed::of(columns),
                settled: Settled::of(columns),
            }),
            seq,
        }
    }

    fn bytes(&self) -> usize {
        let leaf = |leaf: &Leaf| leaf.packed.bytes() + leaf.settled.bytes();
        self.leaf.as_ref().map_or(0, leaf) + size_of::<Self>()
    }
}

/// One community's sheets at one moment.
#[derive(Default)]
pub struct Book {
    /// The last entry of the journal that is surely counted.
    pub(super) seq: i64,
    /// How often the sheets had been begun anew before.
    pub(super) anew: i64,
    pub(super) names: Arc<Names>,
    pub(super) pages: BTreeMap<CaseId, Arc<Page>>,
    bytes: usize,
}

/// Whoever holds the lock brings the book up to date.
#[derive(Default)]
struct Shelf {
    book: tokio::sync::Mutex<Arc<Book>>,
}

/// The books of the communities that were looked at.
pub struct Books {
    /// Bytes they may take.
    most: usize,
    shelves: Mutex<Shelves>,
}

#[derive(Default)]
struct Shelves {
    /// With how many bytes each takes, and at which look it was looked at last.
    shelves: HashMap<CommunityId, (Arc<Shelf>, usize, u64)>,
    looks: u64,
}

impl House {
    /// The sheets of a community as their follower has kept them.
    pub(super) async fn book(&self, community: CommunityId) -> Result<Arc<Book>, Error> {
        let shelf = self.figures.shelf(community);
        let mut book = shelf.book.lock().await;
        let reader = self.store.reader();
        for _ in 0..TRIES {
            // Both before the sheets: the book may then hold more than it says, never less.
            let anew = reader.cursor(SHEETS_ANEW, community).await?;
            let seq = reader.cursor(Follower::Figures.name(), community).await?;
            if (book.anew, book.seq) == (anew, seq) {
                return Ok(Arc::clone(&book));
            }
            let most = self.figures.most;
            let fresh = book
                .brought_to(reader, community, (anew, seq), most)
                .await?;
            if reader.cursor(SHEETS_ANEW, community).await? == anew {
                *book = Arc::new(fresh);
                self.figures.note(community, book.bytes);
                return Ok(Arc::clone(&book));
            }
        }
        Err(Error::Unavailable("the sheets of figures".into()))
    }
}

impl Book {
    /// The first id behind a sheet; none behind the last.
    pub(super) fn until(&self, first: CaseId) -> Option<CaseId> {
        let behind = (std::ops::Bound::Excluded(first), std::ops::Bound::Unbounded);
        self.pages.range(behind).next().map(|(id, _)| *id)
    }

    async fn brought_to(
        &self,
        reader: &Reader,
        community: CommunityId,
        (anew, seq): (i64, i64),
        most: usize,
    ) -> Result<Book, Error> {
        let mut fresh = Book {
            seq,
            anew,
            names: Arc::clone(&self.names),
            ..Book::default()
        };
        let marks = reader.figure_marks(community).await?;
        let mut until = None;
        // From the newest on, so that it is the oldest for which there is no room.
        let mut left = marks.as_slice();
        while let Some((&(first, written), before)) = left.split_last() {
            // Begun anew, every sheet is another, whatever entry it was written after.
            let known = self.pages.get(&first).filter(|page| page.seq == written);
            if let Some(page) = known.filter(|_| anew == self.anew) {
                fresh.keep(first, Arc::clone(page), most);
                (left, until) = (before, Some(first));
                continue;
            }
            let is_new = |(first, written): &&(CaseId, i64)| {
                let known = self.pages.get(first).filter(|_| anew == self.anew);
                known.is_none_or(|page| page.seq != *written)
            };
            let run = left.iter().rev().take(AT_ONCE).take_while(is_new).count();
            let (rest, run) = left.split_at(left.len() - run);
            let from = run[0].0;
            fresh.read(reader, community, (from, until), most).await?;
            (left, until) = (rest, Some(from));
        }
        Ok(fresh)
    }

    async fn read(
        &mut self,
        reader: &Reader,
        community: CommunityId,
        (from, until): (CaseId, Option<CaseId>),
        most: usize,
    ) -> Result<(), Error> {
        let sheets = reader.figure_sheets(community, from, until).await?;
        let names = Arc::make_mut(&mut self.names);
        let mut pages = Vec::new();
        for read in sheets {
            let columns = names.take(*read.sheet);
            pages.push((read.first, Arc::new(Page::of(&columns, read.seq))));
        }
        for (first, page) in pages.into_iter().rev() {
            self.keep(first, page, most);
        }
        Ok(())
    }

    /// Keeps a page whole where there is room for it.
    fn keep(&mut self, first: CaseId, page: Arc<Page>, most: usize) {
        let page = if self.bytes + page.bytes() > most && page.leaf.is_some() {
            Arc::new(Page {
                leaf: None,
                ..*page
            })
        } else {
            page
        };
        self.bytes += page.bytes();
        self.pages.insert(first, page);
    }
}

impl Books {
    /// Books that may take so many bytes.
    pub fn new(most: usize) -> Self {
        Self {
            most,
            shelves: Mutex::default(),
        }
    }

    fn shelf(&self, community: CommunityId) -> Arc<Shelf> {
        let mut kept = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        kept.looks += 1;
        let look = kept.looks;
        let own = kept.shelves.entry(community).or_default();
        own.2 = look;
        Arc::clone(&own.0)
    }

    /// Notes how large a book has become, and puts away those looked at longest ago while all are too large.
    fn note(&self, community: CommunityId, bytes: usize) {
        let mut kept = self.shelves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = kept.shelves.get_mut(&community) {
            own.1 = bytes;
        }
        let all = |kept: &Shelves| kept.shelves.values().map(|one| one.1).sum::<usize>();
        while all(&kept) > self.most {
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
