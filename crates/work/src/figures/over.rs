//! Goes over the sheets of a community, the newest first: those in memory, then those there is no room for, read from the
//! database a few at a time. What is done with each is the counter's affair.

use std::sync::Arc;

use rules::figures::{Columns, Settled, Stretches, Wanted};
use rules::ids::{CaseId, CommunityId};

use super::books::{AT_ONCE, Book, Leaf, TRIES};
use super::names::Names;
use crate::follow::SHEETS_ANEW;
use crate::{Error, House};

/// A sheet that is looked at.
#[derive(Clone, Copy)]
pub(super) struct Opened<'a> {
    pub names: &'a Names,
    /// Those that the counter wanted.
    pub columns: &'a Columns,
    pub days: &'a Stretches,
    /// Where its cases stand for ever, if that was reckoned before.
    pub settled: Option<&'a Settled>,
}

/// What is done with sheets.
pub(super) trait Counter: Send + 'static {
    /// Whether a sheet that reaches over these days can matter.
    fn matters(&self, days: &Stretches) -> bool;

    /// Which columns of a settled sheet it wants.
    fn wants(&self, days: &Stretches) -> Wanted;

    /// Takes a sheet, on which an id and those above it may stand.
    fn take(&mut self, first: CaseId, sheet: Opened<'_>);

    /// Adds up what it keeps in short sums; the last of its sheets was taken.
    fn settle(&mut self) {}

    /// Adds what another one counted of the same question on older sheets.
    fn merge(&mut self, older: Self);
}

/// So many sheets at least for each hand that counts: fewer are counted sooner than a thread is at work.
const FOR_A_HAND: usize = 8;
/// Hands that count one question at most; the others are for whoever else asks.
const HANDS: usize = 4;

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
        let hands = book.pages.len() / FOR_A_HAND;
        let counters = (0..hands.clamp(1, most_hands())).map(|_| make());
        let (kept, counters) = (Arc::clone(&book), counters.collect::<Result<Vec<C>, _>>()?);
        let held = move || in_memory(&kept, counters);
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
                    if counter.matters(&days) {
                        let sheet = Opened {
                            names: &names,
                            columns: &columns,
                            days: &days,
                            settled: None,
                        };
                        counter.take(read.first, sheet);
                    }
                }
                counter.settle();
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

fn most_hands() -> usize {
    std::thread::available_parallelism().map_or(1, |cores| cores.get().min(HANDS))
}

/// Counts what is in memory, each counter a stretch of the sheets, and says which are not.
fn in_memory<C: Counter>(book: &Book, counters: Vec<C>) -> Result<(C, Vec<Away>), Error> {
    let Some(one) = counters.first() else {
        return Err(Error::Unavailable("a counter of figures".into()));
    };
    let (held, away) = wanted(book, one);
    let stretch = held.len().div_ceil(counters.len()).max(1);
    let mut stretches = held.chunks(stretch);
    let counted: Vec<Result<C, Error>> = std::thread::scope(|scope| {
        let hands = counters.into_iter().map(|counter| {
            let held = stretches.next().unwrap_or_default();
            scope.spawn(move || count(&book.names, held, counter))
        });
        let hands: Vec<_> = hands.collect();
        let lost = |_| Err(Error::Unavailable("a hand that counted".into()));
        let end = hands
            .into_iter()
            .map(|hand| hand.join().unwrap_or_else(lost));
        end.collect()
    });
    let mut whole: Option<C> = None;
    for counter in counted {
        match &mut whole {
            Some(whole) => whole.merge(counter?),
            None => whole = Some(counter?),
        }
    }
    let whole = whole.ok_or_else(|| Error::Unavailable("a counter of figures".into()))?;
    Ok((whole, away))
}

/// A sheet in memory.
type Held<'a> = (CaseId, &'a Leaf, &'a Stretches);

/// The sheets that matter, the newest first: those in memory, and where those lie that are not.
fn wanted<'a, C: Counter>(book: &'a Book, counter: &C) -> (Vec<Held<'a>>, Vec<Away>) {
    let (mut held, mut away) = (Vec::new(), Vec::<Away>::new());
    // How many sheets the last stretch of those away holds.
    let mut many = 0;
    let pages = book.pages.iter().rev();
    for (first, page) in pages.filter(|(_, page)| counter.matters(&page.stretches)) {
        if let Some(leaf) = &page.leaf {
            held.push((*first, leaf, &page.stretches));
            continue;
        }
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
    }
    (held, away)
}

fn count<C: Counter>(names: &Names, held: &[Held<'_>], mut counter: C) -> Result<C, Error> {
    let mut columns = Box::<Columns>::default();
    for (first, leaf, days) in held {
        if !leaf.packed.open(&mut columns, counter.wants(days)) {
            return Err(Error::Unavailable("a sheet of figures in memory".into()));
        }
        let sheet = Opened {
            names,
            columns: &columns,
            days,
            settled: Some(&leaf.settled),
        };
        counter.take(*first, sheet);
    }
    counter.settle();
    Ok(counter)
}
