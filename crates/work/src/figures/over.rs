//! Goes over the sheets of a community, the newest first: those in memory, then those there is no room for, read from the
//! database a few at a time. What is done with each is the counter's affair.

use std::sync::Arc;

use rules::figures::{Columns, Stretches};
use rules::ids::{CaseId, CommunityId};

use super::books::{AT_ONCE, Book, TRIES};
use super::names::Names;
use crate::follow::SHEETS_ANEW;
use crate::{Error, House};

/// What is done with sheets.
pub(super) trait Counter: Send + 'static {
    /// Whether a sheet that reaches over these days can matter.
    fn wants(&self, days: &Stretches) -> bool;

    /// Takes a sheet: the lowest id that may stand on it, and its columns with the names they point to.
    fn take(&mut self, first: CaseId, names: &Names, columns: &Columns, days: &Stretches);
}

/// Sheets that are not in memory: from an id up to another.
type Away = (CaseId, Option<CaseId>);

/// Goes over all sheets that the counter wants, with a new counter each time that others counted anew meanwhile.
pub(super) async fn over<C: Counter>(
    house: &House,
    community: CommunityId,
    make: impl Fn() -> Result<C, Error>,
) -> Result<(Arc<Book>, C), Error> {
    for _ in 0..TRIES {
        let book = house.book(community).await?;
        let (kept, counter) = (Arc::clone(&book), make()?);
        let held = move || in_memory(&kept, counter);
        let (mut counter, away) = apart(held).await??;
        if away.is_empty() {
            return Ok((book, counter));
        }
        let reader = house.store.reader();
        let mut names = Arc::clone(&book.names);
        for (from, until) in away {
            let sheets = reader.figure_sheets(community, from, until).await?;
            let count = move || {
                for read in sheets.into_iter().rev() {
                    let columns = Arc::make_mut(&mut names).take(*read.sheet);
                    let days = columns.stretches();
                    if counter.wants(&days) {
                        counter.take(read.first, &names, &columns, &days);
                    }
                }
                (counter, names)
            };
            (counter, names) = apart(count).await?;
        }
        if reader.cursor(SHEETS_ANEW, community).await? == book.anew {
            return Ok((book, counter));
        }
    }
    Err(Error::Unavailable("the sheets of figures".into()))
}

/// Where nobody waits for it: a large community takes some milliseconds.
async fn apart<T: Send + 'static>(count: impl FnOnce() -> T + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(count)
        .await
        .map_err(|error| Error::Unavailable(error.to_string()))
}

fn in_memory<C: Counter>(book: &Book, mut counter: C) -> Result<(C, Vec<Away>), Error> {
    let (mut columns, mut away) = (Box::<Columns>::default(), Vec::new());
    // How many sheets the last stretch of those away holds.
    let mut many = 0;
    for (first, page) in book.pages.iter().rev() {
        if !counter.wants(&page.stretches) {
            continue;
        }
        let Some(packed) = &page.packed else {
            let until = book.until(*first);
            match away.last_mut() {
                Some((from, _)) if many < AT_ONCE && Some(*from) == until => {
                    (*from, many) = (*first, many + 1);
                }
                _ => {
                    away.push((*first, until));
                    many = 1;
                }
            }
            continue;
        };
        if !packed.open(&mut columns) {
            return Err(Error::Unavailable("a sheet of figures in memory".into()));
        }
        counter.take(*first, &book.names, &columns, &page.stretches);
    }
    Ok((counter, away))
}
