//! The key figures of a period, each with its definition, numerator, denominator and the way to its rows. What counts in
//! which figure stands in `rules::figures`; a follower keeps what is counted of each case, and everything that shows a
//! figure (pages, files, the wall, the API) asks here, so that numbers agree.

mod books;
mod count;
mod facts;
pub(crate) mod follow;
mod question;
mod rows;
mod wall;

use std::sync::Arc;

use rules::figures::{Figure, hide};
use rules::ids::CommunityId;

use crate::follow::Follower;
use crate::{Error, House};

pub use books::Books;
pub use count::Figures;
pub use facts::{Judge, Told};
pub use question::{By, Hands, Question};
pub use rows::{PAGE, Rows, rows};
pub use wall::{Day, GridCount, Wall, seq, wall};

/// What a question comes to.
#[derive(Debug, Clone)]
pub struct Answer {
    /// All cases together.
    pub all: Figures,
    /// The same of the period directly before; none where the calendar has none.
    pub before: Option<Figures>,
    /// The same of the same days a year before.
    pub year_before: Option<Figures>,
    /// The parts of the split, in the order of their codes or of time.
    pub parts: Vec<Figures>,
    /// Entries of the journal that are not counted yet; 0 but for moments, or while everything is counted anew.
    pub behind: i64,
}

/// The figures of a period, with those it is compared to.
///
/// # Errors
/// `NotFound` for an unknown community or grid.
pub async fn figures(
    house: &House,
    community: CommunityId,
    question: &Question,
) -> Result<Answer, Error> {
    let head = house.store.reader().journal_head(community).await?;
    let book = house.book(community).await?;
    let behind = (head - book.seq).max(0);
    reckoned(house, community, question, move |net, question| {
        let choice = question::Choice::of(net, question)?;
        let of = |period| count::all(&book, &choice, period);
        let split = |by| count::parts(net, &book, &choice, question, by);
        let mut parts = question.by.map(split).unwrap_or_default();
        hide_small(&mut parts);
        Ok(Answer {
            all: of(question.period),
            before: question.period.before().ok().map(of),
            year_before: question.period.year_before().ok().map(of),
            parts,
            behind,
        })
    })
    .await
}

/// How far into the journal the figures of a community surely reach.
///
/// # Errors
/// What the store says.
pub async fn counted_to(house: &House, community: CommunityId) -> Result<i64, Error> {
    let reader = house.store.reader();
    Ok(reader.cursor(Follower::Figures.name(), community).await?)
}

/// Reckons where nobody waits for it: a large community takes some milliseconds.
async fn reckoned<T: Send + 'static>(
    house: &House,
    community: CommunityId,
    question: &Question,
    reckon: impl FnOnce(&crate::net::CommunityNet, &Question) -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    let net = house.net();
    let net = net.community_by_id(community).ok_or(Error::NotFound)?;
    let (net, question) = (Arc::clone(net), question.clone());
    tokio::task::spawn_blocking(move || reckon(&net, &question))
        .await
        .map_err(|error| Error::Unavailable(error.to_string()))?
}

/// What one part must not show, nor its neighbours give away.
fn hide_small(parts: &mut [Figures]) {
    for figure in Figure::ALL {
        let values = parts.iter_mut().flat_map(|part| &mut part.values);
        hide(
            values
                .filter(|(one, _)| *one == figure)
                .map(|(_, value)| value),
        );
    }
}
